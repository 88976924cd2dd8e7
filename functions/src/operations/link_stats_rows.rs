//! The people of link-stats, one by one: as JSON and as rows of a table.

use std::collections::HashMap;

use serde_json::{Value, json};
use shared::domain::{ActorId, Catalog, Enrollment, Link, Member, Timestamp, UnitKind};

use crate::{http::Csv, views};

/// The columns that every link has; one for each thing it asks follows.
const HEADINGS: [&str; 12] = [
    "member id",
    "name",
    "address",
    "state",
    "registered",
    "landed",
    "signed in",
    "granted by",
    "groups",
    "sites",
    "regions",
    "allocation ends",
];

/// An enrollment with its member, as JSON.
pub(super) fn row(enrollment: &Enrollment, member: Option<&Member>, catalog: &Catalog) -> Value {
    let member = member.map_or_else(
        || json!({"id": enrollment.member, "erased": enrollment.erased}),
        |member| {
            json!({
                "id": member.id, "name": member.name, "email": member.email.typed(), "access": member.access,
            })
        },
    );
    let moment = |at: Option<Timestamp>| at.map(|at| at.to_string());
    json!({
        "member": member,
        "state": enrollment.state,
        "registered_at": enrollment.registered_at.to_string(),
        "lapses_at": moment(enrollment.lapses_at),
        "enrolled_at": moment(enrollment.enrolled_at),
        "signed_in_at": moment(enrollment.signed_in_at),
        "granted_by": enrollment.granted_by,
        "allocation": views::named_allocation(&enrollment.allocation, catalog),
        "allocation_ends_at": moment(enrollment.allocation_ends_at),
        "answers": enrollment.answers,
    })
}

/// Enrollments with their members, as a table: with headings where it is the first page.
pub(super) fn table(
    link: &Link,
    enrollments: &[(Enrollment, Option<Member>)],
    catalog: &Catalog,
    names: &HashMap<ActorId, String>,
    first: bool,
) -> Csv {
    let asked = &link.intake.fields;
    let headings: Vec<&str> = HEADINGS.into_iter().chain(asked.iter().map(|field| field.label.as_str())).collect();
    let mut table = if first { Csv::with_headings(&headings) } else { Csv::continued() };
    for (enrollment, member) in enrollments {
        let moment = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
        let of_member = |text: fn(&Member) -> String| member.as_ref().map(text).unwrap_or_default();
        let granted_by = enrollment.granted_by.map(|by| names.get(&by).cloned().unwrap_or_else(|| by.to_string()));
        let units = |kind| {
            let units = enrollment.allocation.of_kind(kind).iter();
            let names = units.map(|&id| catalog.unit(id).map_or(id.to_string(), |unit| unit.name.to_string()));
            names.collect::<Vec<_>>().join("; ")
        };
        let cells = [
            enrollment.member.to_string(),
            of_member(|member| member.name.to_string()),
            of_member(|member| member.email.typed().to_owned()),
            enrollment.state.name().to_owned(),
            enrollment.registered_at.to_string(),
            moment(enrollment.enrolled_at),
            moment(enrollment.signed_in_at),
            granted_by.unwrap_or_default(),
            units(UnitKind::Group),
            units(UnitKind::Site),
            units(UnitKind::Region),
            moment(enrollment.allocation_ends_at),
        ];
        let answers =
            asked.iter().map(|field| enrollment.answers.get(&field.key).map(ToString::to_string).unwrap_or_default());
        table.row(cells.into_iter().chain(answers));
    }
    table
}
