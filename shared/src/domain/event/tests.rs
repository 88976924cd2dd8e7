use std::collections::BTreeSet;

use super::*;
use crate::{
    domain::{
        Admission, Alerts, Allocation, Answers, Cap, EmailAddress, Gate, Intake, LinkCode, LinkName, LongText,
        PersonName, TimeZone,
    },
    random::SystemRandom,
};

fn at(second: i64) -> Timestamp {
    Timestamp::from_millis(1_795_330_800_000 + second * 1000)
}

fn organization() -> OrganizationId {
    OrganizationId::from_bytes([6; 16])
}

fn link() -> Link {
    Link {
        id: LinkId::from_bytes([1; 16]),
        organization: organization(),
        name: LinkName::parse("Spring crew").unwrap(),
        description: LongText::parse("").unwrap(),
        welcome: None,
        code: LinkCode::generate(&SystemRandom),
        state: LinkState::Active,
        version: 1,
        expires_at: None,
        cap: None,
        admission: Admission::Instant,
        allocation: Allocation::default(),
        intake: Intake::default(),
        asked_before: Vec::new(),
        created_at: at(0),
        created_by: MemberId::from_bytes([9; 16]).into(),
        updated_at: at(0),
        code_replaced: None,
        deleted: None,
        expiry_noted: false,
        time_zone: TimeZone::default(),
        notify_waiting: true,
        alerts: Alerts::default(),
        gate: Gate::fresh(1),
    }
}

fn member() -> Member {
    let (name, email) = (PersonName::parse("Ana Welder").unwrap(), EmailAddress::parse("ana@example.com").unwrap());
    Member::new(organization(), name, email, Access::Unverified, at(0))
}

fn enrollment(state: EnrollmentState) -> Enrollment {
    Enrollment {
        organization: organization(),
        link: link().id,
        member: member().id,
        state,
        lot: 0,
        allocation: Allocation::default(),
        registered_at: at(1),
        lapses_at: Some(at(100)),
        enrolled_at: None,
        signed_in_at: None,
        granted_by: None,
        answers: Answers::default(),
        allocation_ends: None,
        allocation_ends_at: None,
        allocation_ended_at: None,
        request: None,
        challenge: None,
        withdrawn_at: None,
        given: None,
        corrected_from: None,
        corrections: 0,
        erased: false,
    }
}

fn of_link(before: Option<Link>, after: Link) -> Vec<Told> {
    Change::Link(before.map(Box::new), Box::new(after)).told()
}

fn of_enrollment(before: Option<Enrollment>, after: Enrollment) -> Vec<Told> {
    Change::Enrollment(before.map(Box::new), Box::new(after)).told()
}

fn of_member(before: Option<Member>, after: Member) -> Vec<Told> {
    Change::Member(before.map(Box::new), Box::new(after)).told()
}

fn kinds(told: &[Told]) -> Vec<&'static str> {
    told.iter().map(|told| told.kind.name()).collect()
}

#[test]
fn every_type_is_written_as_it_is_named() {
    let names: BTreeSet<_> = EventType::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(names.len(), EventType::ALL.len());
    for kind in EventType::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
    }
}

#[test]
fn what_an_admin_does_to_a_link_is_told_and_what_the_system_notes_on_it_is_not() {
    assert_eq!(kinds(&of_link(None, link())), ["link.created"]);
    let before = link();
    let edited = Link { cap: Some(Cap::parse(3).unwrap()), version: 2, ..before.clone() };
    let told = of_link(Some(before.clone()), edited);
    assert_eq!((kinds(&told), &told[0].data["changed"]), (vec!["link.updated"], &json!(["cap"])));
    assert_eq!(told[0].data["version"], 2);
    let shut = Link { state: LinkState::Inactive, ..before.clone() };
    assert_eq!(of_link(Some(before.clone()), shut)[0].data["changed"], json!(["state"]));
    let new_code = Link { code: LinkCode::generate(&SystemRandom), ..before.clone() };
    assert_eq!(kinds(&of_link(Some(before.clone()), new_code.clone())), ["link.code_replaced"]);
    let deleted = Link { state: LinkState::Deleted, ..before.clone() };
    assert_eq!(kinds(&of_link(Some(before.clone()), deleted.clone())), ["link.deleted"]);
    assert_eq!(kinds(&of_link(Some(deleted.clone()), Link { version: 9, ..deleted })), [""; 0]);
    let noted = Link { expiry_noted: true, gate: Gate { unsettled: true, ..before.gate }, ..before.clone() };
    assert_eq!(kinds(&of_link(Some(before), noted)), [""; 0]);
}

#[test]
fn every_state_an_enrollment_comes_to_is_told_once() {
    for state in EnrollmentState::ALL {
        let told = of_enrollment(None, enrollment(state));
        assert_eq!(kinds(&told), [format!("enrollment.{}", state.name())]);
        assert_eq!(told[0].data["previous_state"], Value::Null);
        for before in EnrollmentState::ALL {
            let told = of_enrollment(Some(enrollment(before)), enrollment(state));
            assert_eq!(told.len(), usize::from(before != state), "{before:?} to {state:?}");
            for told in told {
                assert_eq!(told.data["previous_state"], before.name());
                assert_eq!(told.data["link_id"], json!(link().id));
            }
        }
    }
    let again = Enrollment { registered_at: at(500), ..enrollment(EnrollmentState::Reserved) };
    assert_eq!(kinds(&of_enrollment(Some(enrollment(EnrollmentState::Reserved)), again)), ["enrollment.reserved"]);
    let erased = Enrollment { erased: true, ..enrollment(EnrollmentState::Removed) };
    assert_eq!(kinds(&of_enrollment(None, erased)), [""; 0]);
}

#[test]
fn a_corrected_address_is_told_once_with_the_member_whose_it_was() {
    let from = Some(MemberId::from_bytes([8; 16]));
    let moved = Enrollment { corrected_from: from, ..enrollment(EnrollmentState::Reserved) };
    let lapsed = Enrollment { registered_at: at(0), ..enrollment(EnrollmentState::Lapsed) };
    for before in [None, Some(lapsed), Some(enrollment(EnrollmentState::Removed))] {
        let told = of_enrollment(before, moved.clone());
        assert_eq!((kinds(&told), &told[0].data["previous_member_id"]), (vec!["enrollment.moved"], &json!(from)));
    }
    let landed = Enrollment { state: EnrollmentState::Enrolled, ..moved.clone() };
    assert_eq!(kinds(&of_enrollment(Some(moved.clone()), landed)), ["enrollment.enrolled"]);
    assert_eq!(kinds(&of_enrollment(Some(moved.clone()), moved)), [""; 0]);
    let corrected = Member { corrected_from: from, access: Access::Granted, ..member() };
    let told = of_member(None, corrected.clone());
    assert_eq!((kinds(&told), &told[0].data["previous_member_id"]), (vec!["member.corrected"], &json!(from)));
    let revoked = Member { access: Access::Revoked, ..corrected.clone() };
    assert_eq!(kinds(&of_member(Some(corrected), revoked)), ["access.revoked"]);
}

#[test]
fn access_is_told_of_when_it_changes() {
    use Access::{Granted, Pending, Rejected, Revoked, Unverified};
    let with = |access| Member { access, ..member() };
    let mut seen = Vec::new();
    for before in [None, Some(Unverified), Some(Rejected), Some(Pending), Some(Granted), Some(Revoked)] {
        for after in Access::ALL {
            let told = of_member(before.map(with), with(after));
            seen.extend(told.iter().map(|told| (before, after, told.kind)));
        }
    }
    let granted = EventType::AccessGranted;
    let (revoked, restored) = (EventType::AccessRevoked, EventType::AccessRestored);
    assert_eq!(
        seen,
        [
            (None, Granted, granted),
            (None, Revoked, revoked),
            (Some(Unverified), Granted, granted),
            (Some(Unverified), Revoked, revoked),
            (Some(Rejected), Granted, granted),
            (Some(Rejected), Revoked, revoked),
            (Some(Pending), Granted, granted),
            (Some(Pending), Revoked, revoked),
            (Some(Granted), Revoked, revoked),
            (Some(Revoked), Unverified, restored),
            (Some(Revoked), Rejected, restored),
            (Some(Revoked), Pending, restored),
            (Some(Revoked), Granted, restored),
        ]
    );
}

#[test]
fn an_event_about_access_names_the_link_that_landed_last_and_all_others() {
    let older = Enrollment { enrolled_at: Some(at(5)), ..enrollment(EnrollmentState::Enrolled) };
    let landed = Enrollment { link: LinkId::from_bytes([2; 16]), enrolled_at: Some(at(7)), ..older.clone() };
    let waits =
        Enrollment { link: LinkId::from_bytes([3; 16]), registered_at: at(50), ..enrollment(EnrollmentState::Pending) };
    let granted = || of_member(Some(member()), Member { access: Access::Granted, ..member() }).remove(0);
    let event = granted().event("r1", at(9), &[older, waits.clone(), landed.clone()]);
    assert_eq!(event.data["link_id"], json!(landed.link));
    assert_eq!(event.data["link_ids"], json!([landed.link, link().id, waits.link]));
    let gone = Member { access: Access::Granted, first_link: Some(link().id), ..member() };
    let gone = of_member(Some(member()), gone).remove(0).event("r1", at(9), &[]);
    assert_eq!((&gone.data["link_id"], &gone.data["link_ids"]), (&json!(link().id), &json!([link().id])));
    let alone = granted().event("r1", at(9), &[]);
    assert_eq!((&alone.data["link_id"], &alone.data["link_ids"]), (&Value::Null, &json!([])));
    assert_eq!(alone.id, event.id, "the same change, the same id");
    assert_ne!(alone.id, granted().event("r2", at(9), &[]).id);
}

#[test]
fn somebody_erased_is_told_of_once_with_their_links() {
    let links = vec![LinkId::from_bytes([2; 16]), link().id];
    let erased_as = Some(MemberId::from_bytes([8; 16]));
    let erased = Member { access: Access::Revoked, erased_as, erased_links: links.clone(), ..member() };
    let told = of_member(Some(member()), erased.clone());
    assert_eq!((kinds(&told), &told[0].data["link_id"]), (vec!["member.erased"], &json!(links[0])));
    assert_eq!(told[0].data["link_ids"], json!(links));
    assert_eq!(kinds(&of_member(Some(erased.clone()), erased)), [""; 0]);
}

#[test]
fn no_event_holds_a_name_an_address_an_answer_or_a_code() {
    let mut all = of_link(None, link());
    all.extend(of_enrollment(None, enrollment(EnrollmentState::Enrolled)));
    all.extend(of_member(None, Member { access: Access::Granted, ..member() }));
    for told in all {
        let text = serde_json::to_string(&told.event("r", at(0), &[])).unwrap();
        for secret in ["Ana", "ana@", "Spring", "\"code\"", link().code.reveal()] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}
