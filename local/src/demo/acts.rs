//! What the admins do in the six weeks, and when.

use shared::domain::Timestamp;

use super::{
    calendar::{Calendar, DAYS},
    guest::{Fate, Guest},
    links::{Link, PLANS},
};

/// One act of an admin; guests by their number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Act {
    /// Settings, catalog, the other admins and the API key.
    SetUp,
    Make(Link),
    Deactivate(Link),
    Delete(Link),
    ReplaceCode(Link),
    SetCap(Link, u32),
    /// Grants access to everybody who waits for it, as one bulk call.
    GrantAll,
    /// The same as a job.
    OrderGrants,
    Refuse(Vec<usize>),
    Revoke(Vec<usize>),
    Restore(Vec<usize>),
    /// Takes somebody out of their link.
    TakeOut(usize),
    Erase(usize),
    Rename(usize, &'static str),
    /// Puts somebody in one more unit.
    PutIn(usize, &'static str),
    MailAgain(Vec<usize>),
    ClearSuppression(usize),
    /// Brings in the people who come through no link.
    Import,
}

impl Act {
    /// Whether it gives access to somebody who has come through this link, or through none.
    pub(super) fn lets_in(&self, link: Option<Link>) -> bool {
        match self {
            Self::GrantAll | Self::OrderGrants => link.is_some(),
            Self::Import => link.is_none(),
            _ => false,
        }
    }
}

/// The days on which those who wait for it are granted access. Whoever comes after the last one waits.
const GRANTS: [i64; 6] = [5, 10, 15, 21, 27, 36];

/// Every act with its moment and its admin.
pub(super) fn acts(calendar: &Calendar, guests: &[Guest]) -> Vec<(Timestamp, usize, Act)> {
    let at = |day: i64, minute: i64| calendar.at(calendar.workday(day), minute);
    let guest = |link: Link, nth: usize| {
        let mut of_link = guests.iter().enumerate().filter(|(_, guest)| guest.link == Some(link));
        of_link.nth(nth).map(|(number, _)| number).unwrap_or_default()
    };
    // Before anything else of the first day, be it a Sunday.
    let mut acts = vec![(calendar.at(0, 8 * 60 + 40), 0, Act::SetUp)];
    for (plan, minute) in PLANS.iter().zip((9 * 60 + 5..).step_by(7)) {
        let moment = if plan.made == 0 { calendar.at(0, minute) } else { at(plan.made, minute) };
        acts.push((moment, plan.by, Act::Make(plan.link)));
    }
    let mut since = calendar.at(0, 0);
    for (nth, day) in GRANTS.into_iter().enumerate() {
        let moment = at(day, 10 * 60 + 20);
        let refused = guests
            .iter()
            .enumerate()
            .filter(|(_, guest)| guest.fate == Fate::Refused && guest.registers > since && guest.registers <= moment);
        let refused: Vec<usize> = refused.map(|(number, _)| number).collect();
        if !refused.is_empty() {
            acts.push((moment, 1, Act::Refuse(refused)));
        }
        let act = if nth % 3 == 1 { Act::OrderGrants } else { Act::GrantAll };
        acts.push((at(day, 10 * 60 + 24), 1, act));
        since = moment;
    }
    acts.extend([
        (at(3, 15 * 60), 0, Act::Delete(Link::OldPoster)),
        (at(12, 9 * 60), 0, Act::Import),
        (at(14, 11 * 60), 0, Act::SetCap(Link::Staff, 120)),
        (at(16, 9 * 60 + 30), 0, Act::ReplaceCode(Link::Staff)),
        (at(18, 14 * 60), 2, Act::Rename(guest(Link::NightShift, 2), "Sofía Otero Blanco")),
        (at(20, 16 * 60), 1, Act::Revoke(vec![guest(Link::Staff, 1), guest(Link::Staff, 9)])),
        (at(21, 16 * 60), 1, Act::Deactivate(Link::Refit)),
        (at(22, 13 * 60), 0, Act::PutIn(guest(Link::Staff, 5), "Crane operators")),
        (at(23, 13 * 60), 0, Act::PutIn(guest(Link::Staff, 10), "Electricians")),
        (at(24, 10 * 60), 2, Act::MailAgain(vec![guest(Link::NightShift, 0), guest(Link::NightShift, 3)])),
        (at(30, 11 * 60), 0, Act::Erase(guest(Link::SafetyWeek, 10))),
        (at(31, 9 * 60), 1, Act::ClearSuppression(guest(Link::Subcontractors, 15))),
        (
            at(33, 10 * 60),
            1,
            Act::Revoke(vec![guest(Link::Welders, 3), guest(Link::Refit, 5), guest(Link::SafetyWeek, 5)]),
        ),
        (at(34, 9 * 60), 1, Act::Restore(vec![guest(Link::Staff, 9)])),
        (at(37, 15 * 60), 1, Act::TakeOut(guest(Link::Welders, 10))),
    ]);
    debug_assert!(acts.iter().all(|(moment, ..)| *moment <= calendar.at(DAYS, 0)));
    acts
}
