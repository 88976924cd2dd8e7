//! The people of link-stats, one by one: as JSON and as rows of a table.

use std::collections::HashMap;

use serde_json::{Value, json};
use shared::domain::{ActorId, Answer, Catalog, Enrollment, Link, Member, TimeZone, Timestamp, UnitKind};

use crate::{
    http::{Cell, Csv, Separator, joined},
    views,
};

/// The columns that every link has, and whether a time stands in them; one for each thing it asks or asked follows.
const HEADINGS: [(&str, bool); 12] = [
    ("member id", false),
    ("name", false),
    ("email", false),
    ("state", false),
    ("registered", true),
    ("landed", true),
    ("signed in", true),
    ("granted by", false),
    ("groups", false),
    ("sites", false),
    ("regions", false),
    ("allocation ends", true),
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

/// What the rows of a table are written with.
pub(super) struct Shown<'s> {
    /// Where the names of units come from.
    pub catalog: &'s Catalog,
    /// The names of those who granted.
    pub names: &'s HashMap<ActorId, String>,
    /// The zone of its times.
    pub zone: TimeZone,
}

/// Enrollments with their members, as a table: with headings where it is the first page.
pub(super) fn table(
    link: &Link,
    enrollments: &[(Enrollment, Option<Member>)],
    shown: &Shown<'_>,
    separator: Separator,
    first: bool,
) -> Csv {
    let asked = link.intake.fields.iter().map(|field| (&field.key, &field.label));
    let asked: Vec<_> = asked.chain(link.asked_before.iter().map(|field| (&field.key, &field.label))).collect();
    let mut table = if first {
        let of_all = HEADINGS
            .into_iter()
            .map(|(name, is_time)| if is_time { format!("{name} ({})", shown.zone) } else { name.to_owned() });
        Csv::with_headings(separator, of_all.chain(asked.iter().map(|(_, label)| label.to_string())))
    } else {
        Csv::continued(separator)
    };
    for (enrollment, member) in enrollments {
        let answers = asked.iter().map(|(key, _)| match enrollment.answers.get(*key) {
            Some(Answer::Number(number)) => Cell::Number(number.to_string()),
            answer => answer.map(ToString::to_string).unwrap_or_default().into(),
        });
        table.row(shown.cells(enrollment, member.as_ref()).map(Cell::from).into_iter().chain(answers));
    }
    table
}

impl Shown<'_> {
    fn cells(&self, enrollment: &Enrollment, member: Option<&Member>) -> [String; 12] {
        let moment = |at: Option<Timestamp>| at.map(|at| self.zone.cell(at)).unwrap_or_default();
        let of_member = |text: fn(&Member) -> String| member.map(text).unwrap_or_default();
        let granted_by = enrollment.granted_by.map(|by| self.names.get(&by).cloned().unwrap_or_else(|| by.to_string()));
        let units = |kind| {
            let units = enrollment.allocation.of_kind(kind).iter();
            joined(units.map(|&id| self.catalog.unit(id).map_or(id.to_string(), |unit| unit.name.to_string())))
        };
        [
            enrollment.member.to_string(),
            of_member(|member| member.name.to_string()),
            of_member(|member| member.email.typed().to_owned()),
            enrollment.state.name().to_owned(),
            self.zone.cell(enrollment.registered_at),
            moment(enrollment.enrolled_at),
            moment(enrollment.signed_in_at),
            granted_by.unwrap_or_default(),
            units(UnitKind::Group),
            units(UnitKind::Site),
            units(UnitKind::Region),
            enrollment.allocation_ends_at.map(|at| self.zone.cell_of_end(at)).unwrap_or_default(),
        ]
    }
}
