//! The first sign-in after landing: noted once for each enrollment, on it and in its lot, in the transaction of the sign-in.

use super::access::ENROLLMENT_ITEMS;
use crate::{
    domain::{Enrollment, EnrollmentState, Timestamp},
    table::{Record, Update, Write, keys},
};

/// The items of a transaction that noting one enrollment takes.
const ITEMS: usize = 2;

/// Those that have landed and whose member has not signed in since, as many as there is room for beside what lands.
pub(super) fn unnoted<'a>(enrollments: &'a [Enrollment], landing: &[&Enrollment]) -> Vec<&'a Enrollment> {
    let taken: usize = landing.iter().map(|enrollment| 2 + enrollment.allocation.len()).sum();
    let room = ENROLLMENT_ITEMS.saturating_sub(taken) / ITEMS;
    enrollments.iter().filter(|enrollment| is_unnoted(enrollment)).take(room).collect()
}

/// Whether it has landed, and its member has not signed in since.
pub(super) fn is_unnoted(enrollment: &Enrollment) -> bool {
    enrollment.state == EnrollmentState::Enrolled && enrollment.signed_in_at.is_none()
}

/// Notes the sign-in.
pub(super) fn note_writes(enrollments: &[&Enrollment], now: Timestamp) -> Vec<Write> {
    let of_one = |enrollment: &&Enrollment| {
        let noted = Update::new().put("signed_in_at", now);
        [
            Write::update(enrollment.key(), noted)
                .when("#state = :enrolled AND attribute_not_exists(#signed_in_at)")
                .value(":enrolled", EnrollmentState::Enrolled),
            Write::update(keys::lot(enrollment.link, enrollment.lot), Update::new().increase("signed_in", 1)),
        ]
    };
    enrollments.iter().flat_map(of_one).collect()
}
