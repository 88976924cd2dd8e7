//! Roles grant what the functions do, and nothing else: every operation is run through all its branches, and what its calls
//! need is held against its role in the template.

mod granted;
mod runs;

use std::collections::{BTreeMap, BTreeSet};

use shared::{domain::OrganizationId, table::keys};
use tests::fault_proxy::Permission;

fn names(permissions: &BTreeSet<Permission>) -> BTreeSet<String> {
    let name = |permission: &Permission| match &permission.index {
        Some(index) => format!("{} on {index}", permission.action),
        None => permission.action.clone(),
    };
    permissions.iter().map(name).collect()
}

/// Where the two differ, a line each.
fn differences(
    needed: &BTreeMap<String, BTreeSet<Permission>>,
    granted: &BTreeMap<String, BTreeSet<Permission>>,
) -> Vec<String> {
    let mut differences = Vec::new();
    for (operation, granted) in granted {
        let (needed, granted) = (names(needed.get(operation).unwrap_or(&BTreeSet::new())), names(granted));
        differences.extend(needed.difference(&granted).map(|name| format!("the role of {operation} lacks {name}")));
        differences.extend(granted.difference(&needed).map(|name| format!("no run of {operation} needs {name}")));
    }
    differences
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_role_grants_what_its_operation_does_and_nothing_else() {
    let needed = runs::every_operation().await;
    let granted = granted::by_operation().unwrap();
    assert_eq!(needed.keys().collect::<Vec<_>>(), granted.keys().collect::<Vec<_>>(), "every operation was run");
    let differences = differences(&needed, &granted);
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

#[test]
fn no_role_may_change_or_delete_an_audit_record() {
    let (actions, keys) = granted::denied_to_all().unwrap();
    for action in ["UpdateItem", "DeleteItem", "BatchWriteItem", "PartiQLUpdate", "PartiQLDelete", "PartiQLInsert"] {
        assert!(actions.contains(&format!("dynamodb:{action}")), "{action}");
    }
    let organization = OrganizationId::from_bytes([7; 16]);
    let [pattern] = &keys[..] else { panic!("one pattern: {keys:?}") };
    let (start, end) = pattern.split_once('*').expect("a pattern for every organization");
    let like = |key: &str| key.len() >= start.len() + end.len() && key.starts_with(start) && key.ends_with(end);
    assert!(like(&keys::audit_of(organization)));
    // And nothing else that functions change.
    for key in [keys::organization(organization).partition, keys::catalog(organization), keys::members_of(organization)]
    {
        assert!(!like(&key), "{key}");
    }
}

#[test]
fn a_lack_and_an_excess_are_both_seen() {
    let permission = |action: &str, index: Option<&str>| Permission {
        action: format!("dynamodb:{action}"),
        index: index.map(str::to_owned),
    };
    let of =
        |permissions: Vec<Permission>| BTreeMap::from([("get-link".to_owned(), permissions.into_iter().collect())]);
    let needed = of(vec![permission("GetItem", None), permission("Query", Some("GSI1"))]);
    assert!(differences(&needed, &needed).is_empty());
    let granted = of(vec![permission("GetItem", None), permission("Query", None)]);
    let expected = ["the role of get-link lacks dynamodb:Query on GSI1", "no run of get-link needs dynamodb:Query"];
    assert_eq!(differences(&needed, &granted), expected);
}
