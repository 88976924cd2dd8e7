//! Keys are read back as they were made, and sort as what they stand for.

use super::*;
use crate::domain::{Access, EmailAddress};
use crate::random::SystemRandom;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

#[test]
fn what_falls_due_is_found_again_by_its_key() {
    let organization = OrganizationId::generate(&SystemRandom);
    let new_link = LinkId::generate(at(1), &SystemRandom);
    let somebody = MemberId::from_bytes([7; 16]);
    let letter = MailId::generate(&SystemRandom);
    assert_eq!(parse(&super::organization(organization)), Some(Named::Organization(organization)));
    assert_eq!(parse(&link(organization, new_link)), Some(Named::Link(organization, new_link)));
    assert_eq!(parse(&enrollment(somebody, new_link)), Some(Named::Enrollment(somebody, new_link)));
    assert_eq!(parse(&member(somebody)), Some(Named::Member(somebody)));
    assert_eq!(parse(&mail(letter)), Some(Named::Mail(letter)));
    let work = JobId::generate(at(1), &SystemRandom);
    assert_eq!(parse(&job(organization, work)), Some(Named::Job(organization, work)));
    let sort = unit_member(organization, UnitId::from_bytes([1; 16]), somebody).sort;
    assert_eq!(member_of_sort_key(&sort), Some(somebody));
    let address = |text| EmailAddress::parse(text).unwrap();
    let (ana, tagged) = (address("ana@example.com"), address("ana+crew@example.com"));
    let (entry, other) = (member_by_address(&ana, organization), member_by_address(&tagged, organization));
    assert_eq!(organization_of_address(&entry.sort), Some(organization));
    assert_eq!(entry.partition, other.partition);
    let (first, last) = same_address_range(&ana);
    assert!((&first..=&last).contains(&&entry.sort) && !(&first..=&last).contains(&&other.sort));
}

#[test]
fn a_key_of_anything_else_names_nothing() {
    for (partition, sort) in [
        ("", ""),
        ("ORG#x", "LINK#y"),
        ("ORG#00000000-0000-4000-8000-000000000000#ADMINS", "ORG"),
        ("MAIL#00000000-0000-4000-8000-000000000000#", "MAIL"),
        ("MEMBER#00000000-0000-4000-8000-000000000000", "ENROLLMENT#"),
        ("MEMBER#{00000000-0000-4000-8000-000000000000}", "MEMBER"),
    ] {
        assert_eq!(parse(&Key::new(partition, sort)), None, "{partition} {sort}");
    }
}

#[test]
fn sort_keys_sort_as_time_does_and_until_now_holds_what_is_due_now() {
    let letter = MailId::generate(&SystemRandom);
    let moments = [0, 9, 10, 1_795_330_845_000, Timestamp::NEVER.millis()];
    let sorts: Vec<_> = moments.iter().map(|&millis| mail_due(letter, at(millis)).sort).collect();
    assert!(sorts.is_sorted());
    assert!(mail_due(letter, at(10)).sort < due_until(at(10)));
    assert!(mail_due(letter, at(11)).sort > due_until(at(10)));
}

#[test]
fn the_members_without_access_are_one_range_of_the_list() {
    let organization = OrganizationId::generate(&SystemRandom);
    let (first, last) = member_list_range(Access::Unverified, Access::Pending);
    for access in Access::ALL {
        let sort = member_list(organization, access, at(5), MemberId::from_bytes([2; 16])).sort;
        assert_eq!((&first..=&last).contains(&&sort), access.is_without(), "{access:?}");
    }
}

#[test]
fn due_work_is_spread_over_every_shard_there_is() {
    let shards: std::collections::BTreeSet<_> =
        (0..=255).map(|last| mail_due(MailId::from_bytes([last; 16]), at(0)).partition).collect();
    for kind in Due::ALL {
        assert!((0..DUE_SHARDS).all(|shard| Due::of(&kind.shard(shard)) == Some(kind)));
    }
    assert_eq!(Due::of("DUE#other#0"), None);
    assert_eq!(shards, (0..DUE_SHARDS).map(|shard| Due::Mail.shard(shard)).collect());
}
