//! The fields of a link, as create-link and update-link take them.

use std::collections::BTreeSet;

use shared::domain::{
    Admission, Allocation, Cap, Catalog, MAX_ALLOCATED_UNITS, TimeZone, Timestamp, UnitId, UnitKind, parse_expiry,
};

use crate::{App, http::whole, views::AllocationIds};

/// What is said of a start that no expiry leaves room for.
pub(super) const STARTS_TOO_LATE: &str = "must be before the expiration date";

/// Why an expiry is not accepted.
#[derive(Debug, thiserror::Error)]
pub(super) enum ExpiryRefused {
    #[error(transparent)]
    Unreadable(#[from] shared::domain::ExpiryError),
    #[error("must be in the future")]
    Past,
    #[error("must be within {0} days from now")]
    TooFar(i64),
}

/// Why a cap is not accepted.
#[derive(Debug, thiserror::Error)]
#[error("must be a whole number from 1 to {0}")]
pub(super) struct CapRefused(u32);

/// Why an allocation is not accepted.
#[derive(Debug, thiserror::Error)]
pub(super) enum AllocationRefused {
    #[error("contains an invalid id")]
    NoId,
    #[error("contains a unit that is not in the catalog or is of another kind")]
    UnknownUnit,
    #[error("must have at most {MAX_ALLOCATED_UNITS} units")]
    TooMany,
}

/// An expiry: an instant, or a date in the organization's zone; in the future, and within the configured reach.
pub(super) fn expiry(app: &App, text: &str, zone: TimeZone) -> Result<Timestamp, ExpiryRefused> {
    let at = parse_expiry(text, zone)?;
    let now = app.clock.now();
    if at <= now {
        return Err(ExpiryRefused::Past);
    }
    if at > now.plus(app.config.expiry_max) {
        return Err(ExpiryRefused::TooFar(app.config.expiry_max.num_days()));
    }
    Ok(at)
}

/// A cap, up to the configured one.
pub(super) fn cap(app: &App, number: &serde_json::Number) -> Result<Cap, CapRefused> {
    let max = app.config.cap_max;
    let cap = whole(number).and_then(|number| Cap::parse(number).ok());
    cap.filter(|cap| cap.seats() <= u64::from(max)).ok_or(CapRefused(max))
}

/// An allocation whose units are all in the catalog, each of the kind it is named as.
pub(super) fn allocation(ids: &AllocationIds, catalog: &Catalog) -> Result<Allocation, AllocationRefused> {
    let units = |ids: &[String], kind: UnitKind| {
        ids.iter()
            .map(|text| {
                let id = UnitId::parse(text).map_err(|_| AllocationRefused::NoId)?;
                let unit = catalog.unit(id).filter(|unit| unit.kind == kind);
                unit.map(|unit| unit.id).ok_or(AllocationRefused::UnknownUnit)
            })
            .collect::<Result<BTreeSet<_>, _>>()
    };
    let allocation = Allocation {
        groups: units(&ids.groups, UnitKind::Group)?,
        sites: units(&ids.sites, UnitKind::Site)?,
        regions: units(&ids.regions, UnitKind::Region)?,
    };
    if allocation.len() > MAX_ALLOCATED_UNITS { Err(AllocationRefused::TooMany) } else { Ok(allocation) }
}

/// How people get in, by its name.
pub(super) fn admission(name: &str) -> Result<Admission, &'static str> {
    match name {
        "instant" => Ok(Admission::Instant),
        "approval" => Ok(Admission::Approval),
        _ => Err("must be \"instant\" or \"approval\""),
    }
}
