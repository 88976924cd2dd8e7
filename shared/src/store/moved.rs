//! Moving an enrollment from one member to another, when an address is corrected. A member's id follows from the address, so the
//! enrollment goes under another key; the seat or the place in the line, and all that was said with it, go along.

use super::{StoreError, seat::enrollment_write};
use crate::{
    domain::{Enrollment, MemberId},
    table::{Record, Write},
};

/// The enrollment as it is once it is another member's.
pub(super) fn moved(enrollment: &Enrollment, to: MemberId) -> Enrollment {
    Enrollment { member: to, corrected_from: Some(enrollment.member), ..enrollment.clone() }
}

/// Takes an enrollment away from its member, if it is still as it was read, and puts it where it is to be, if nothing is in its way
/// there. What its lot counts stays true as long as its state does.
pub(super) fn moving_writes(from: &Enrollment, into: &Enrollment) -> Result<[Write; 2], StoreError> {
    let gone = Write::delete(from.key())
        .when("#state = :was AND #registered_at = :registered_at")
        .value(":was", from.state)
        .value(":registered_at", from.registered_at);
    Ok([gone, enrollment_write(into)?])
}
