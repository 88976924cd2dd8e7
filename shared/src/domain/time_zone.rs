//! Local times: an expiry given as a date means the end of that day in the organization's time zone.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::Timestamp;

/// A time zone by its IANA name, such as `Europe/Berlin`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeZone(Tz);

impl Default for TimeZone {
    fn default() -> Self {
        Self::UTC
    }
}

/// A text that names no time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be a time zone, such as Europe/Berlin")]
pub struct UnknownTimeZone;

/// Why a text is no expiry. The messages are meant for the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ExpiryError {
    /// Neither a date nor an instant.
    #[error("must be a date such as 2026-12-01, or a time such as 2026-12-01T18:00:00+01:00")]
    Form,
    /// The time zone went without this day: some island states have crossed the date line.
    #[error("is a day that does not exist in the organization's time zone")]
    NoSuchDay,
}

/// How spreadsheets read a moment.
const CELL: &str = "%Y-%m-%d %H:%M:%S";

impl TimeZone {
    /// UTC.
    pub const UTC: Self = Self(Tz::UTC);

    /// Reads an IANA name.
    ///
    /// # Errors
    /// [`UnknownTimeZone`] for every other text.
    pub fn parse(text: &str) -> Result<Self, UnknownTimeZone> {
        Tz::from_str(text).map(Self).map_err(|_| UnknownTimeZone)
    }

    /// The IANA name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The moment as a local time to the minute, with the zone. A moment at which a day begins is shown as the last
    /// minute of the day before, because an expiry is the first moment that is too late.
    #[must_use]
    pub fn show(self, moment: Timestamp) -> String {
        format!("{} {}", self.last_minute(moment).format("%Y-%m-%d %H:%M"), self.name())
    }

    /// The moment as a local time; if a day begins with it, the last minute of the day before.
    pub(crate) fn last_minute(self, moment: Timestamp) -> DateTime<Tz> {
        let local = self.local(moment);
        let begins = self.start_of_day(local.date_naive()) == Some(moment);
        if begins { self.local(moment.plus(TimeDelta::minutes(-1))) } else { local }
    }

    /// The moment as a local time to the minute, with the zone. For a moment from which on something holds.
    #[must_use]
    pub fn show_start(self, moment: Timestamp) -> String {
        format!("{} {}", self.local(moment).format("%Y-%m-%d %H:%M"), self.name())
    }

    /// The moment as spreadsheets read one in any country: `2026-11-22 18:29:09`, local time.
    #[must_use]
    pub fn cell(self, moment: Timestamp) -> String {
        self.local(moment).format(CELL).to_string()
    }

    /// The same for a moment that is the first one too late: where a day begins with it, the last minute of the day before.
    #[must_use]
    pub fn cell_of_end(self, moment: Timestamp) -> String {
        self.last_minute(moment).format(CELL).to_string()
    }

    fn local(self, moment: Timestamp) -> DateTime<Tz> {
        moment.to_utc().with_timezone(&self.0)
    }

    /// The first moment of the day, if the zone has that day.
    fn start_of_day(self, day: NaiveDate) -> Option<Timestamp> {
        let midnight = day.and_time(NaiveTime::MIN);
        let start = match self.0.from_local_datetime(&midnight) {
            LocalResult::Single(start) => start.to_utc(),
            // The clock went back over midnight: the day before is over when it can't be that day any more.
            LocalResult::Ambiguous(first, second) => {
                let (first, second) = (first.min(second), first.max(second));
                let before_second = second - TimeDelta::milliseconds(1);
                if before_second.date_naive() < day { second.to_utc() } else { first.to_utc() }
            }
            // The clock went forward over midnight: the day begins when the clock has moved.
            LocalResult::None => self.first_moment_from(midnight),
        };
        // Before it becomes a timestamp, which ends at 1970 and at the year 9999: days beyond are days too.
        (start.with_timezone(&self.0).date_naive() == day).then(|| start.into())
    }

    /// The first second at which the local clock shows `local` or later, for a `local` that the clock jumps over.
    fn first_moment_from(self, local: NaiveDateTime) -> DateTime<chrono::Utc> {
        // No zone is further than 26 hours from UTC, and none changes twice within these two days.
        let (mut too_early, mut late_enough) =
            (local.and_utc().timestamp() - 93_600, local.and_utc().timestamp() + 93_600);
        while late_enough - too_early > 1 {
            let middle = too_early + (late_enough - too_early) / 2;
            let reached = DateTime::from_timestamp(middle, 0)
                .is_some_and(|moment| moment.with_timezone(&self.0).naive_local() >= local);
            if reached { late_enough = middle } else { too_early = middle }
        }
        DateTime::from_timestamp(late_enough, 0).unwrap_or(DateTime::<chrono::Utc>::MAX_UTC)
    }
}

/// Reads an expiry: an RFC 3339 instant, or a date, which means the end of that day in `zone`. Gives the first moment
/// that is too late.
///
/// # Errors
/// [`ExpiryError`] for a text that is neither, or a day the zone went without.
pub fn parse_expiry(text: &str, zone: TimeZone) -> Result<Timestamp, ExpiryError> {
    if text.len() > 40 || !text.is_ascii() {
        return Err(ExpiryError::Form);
    }
    if text.len() > 10 {
        return DateTime::parse_from_rfc3339(text).map(|moment| moment.to_utc().into()).map_err(|_| ExpiryError::Form);
    }
    let dashed = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    let day = dashed.then(|| NaiveDate::from_str(text).ok()).flatten().ok_or(ExpiryError::Form)?;
    zone.start_of_day(day).ok_or(ExpiryError::NoSuchDay)?;
    // The next day is one that exists: a zone that skips one goes on with the one after.
    (1..=2).filter_map(|days| zone.start_of_day(day.checked_add_days(Days::new(days))?)).next().ok_or(ExpiryError::Form)
}

/// Reads an RFC 3339 instant, or a date in `zone`. Gives its first moment, and the first that is later: the end of the day for a
/// date, and for an instant itself.
///
/// # Errors
/// See [`parse_expiry`].
pub fn parse_day_or_instant(text: &str, zone: TimeZone) -> Result<(Timestamp, Timestamp), ExpiryError> {
    let end = parse_expiry(text, zone)?;
    let begin = NaiveDate::from_str(text).ok().and_then(|day| zone.start_of_day(day));
    Ok((begin.unwrap_or(end), end))
}

impl TimeZone {
    /// The day of the moment, `2026-11-22`.
    #[must_use]
    pub fn day(self, moment: Timestamp) -> NaiveDate {
        self.local(moment).date_naive()
    }
}

impl fmt::Display for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl TryFrom<String> for TimeZone {
    type Error = UnknownTimeZone;
    fn try_from(text: String) -> Result<Self, UnknownTimeZone> {
        Self::parse(&text)
    }
}

impl From<TimeZone> for String {
    fn from(zone: TimeZone) -> Self {
        zone.name().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expiry(text: &str, zone: &str) -> Result<String, ExpiryError> {
        parse_expiry(text, TimeZone::parse(zone).unwrap()).map(|moment| moment.to_string())
    }

    fn shown(text: &str, zone: &str) -> String {
        let zone = TimeZone::parse(zone).unwrap();
        zone.show(parse_expiry(text, zone).unwrap())
    }

    #[test]
    fn a_date_means_the_end_of_that_day_in_the_zone() {
        assert_eq!(expiry("2026-12-01", "Europe/Berlin").unwrap(), "2026-12-01T23:00:00.000Z");
        assert_eq!(shown("2026-12-01", "Europe/Berlin"), "2026-12-01 23:59 Europe/Berlin");
        assert_eq!(expiry("2026-07-01", "Europe/Berlin").unwrap(), "2026-07-01T22:00:00.000Z");
        assert_eq!(expiry("2026-12-31", "America/Los_Angeles").unwrap(), "2027-01-01T08:00:00.000Z");
        assert_eq!(expiry("2028-02-29", "UTC").unwrap(), "2028-03-01T00:00:00.000Z");
    }

    #[test]
    fn an_instant_is_taken_as_it_is() {
        assert_eq!(expiry("2026-12-01T18:00:00+01:00", "America/Lima").unwrap(), "2026-12-01T17:00:00.000Z");
        assert_eq!(shown("2026-12-01T18:00:00+01:00", "Europe/Berlin"), "2026-12-01 18:00 Europe/Berlin");
        assert_eq!(shown("2026-12-01T23:00:00Z", "Europe/Berlin"), "2026-12-01 23:59 Europe/Berlin");
    }

    #[test]
    fn a_day_that_begins_after_midnight_ends_the_one_before() {
        // Brazil set its clocks forward at midnight until 2018.
        assert_eq!(expiry("2018-11-03", "America/Sao_Paulo").unwrap(), "2018-11-04T03:00:00.000Z");
        assert_eq!(shown("2018-11-03", "America/Sao_Paulo"), "2018-11-03 23:59 America/Sao_Paulo");
        // Egypt does, on the last Friday of April.
        assert_eq!(expiry("2026-04-23", "Africa/Cairo").unwrap(), "2026-04-23T22:00:00.000Z");
        assert_eq!(shown("2026-04-23", "Africa/Cairo"), "2026-04-23 23:59 Africa/Cairo");
    }

    #[test]
    fn a_day_that_ends_twice_ends_the_second_time() {
        // Clocks went back from midnight to eleven.
        assert_eq!(expiry("2018-02-17", "America/Sao_Paulo").unwrap(), "2018-02-18T03:00:00.000Z");
        assert_eq!(expiry("2026-10-29", "Africa/Cairo").unwrap(), "2026-10-29T22:00:00.000Z");
        assert_eq!(shown("2026-10-29", "Africa/Cairo"), "2026-10-29 23:59 Africa/Cairo");
        // Cuba's go back from one to midnight: the day before was over the first time.
        assert_eq!(expiry("2025-11-01", "America/Havana").unwrap(), "2025-11-02T04:00:00.000Z");
        // Newfoundland's went back from 0:01 to 23:01: the day before had another hour.
        assert_eq!(expiry("2010-11-06", "America/St_Johns").unwrap(), "2010-11-07T03:30:00.000Z");
    }

    #[test]
    fn a_day_the_zone_went_without_is_refused() {
        assert_eq!(expiry("2011-12-30", "Pacific/Apia"), Err(ExpiryError::NoSuchDay));
        assert_eq!(expiry("2011-12-29", "Pacific/Apia").unwrap(), "2011-12-30T10:00:00.000Z");
        assert_eq!(shown("2011-12-29", "Pacific/Apia"), "2011-12-29 23:59 Pacific/Apia");
    }

    #[test]
    fn a_day_beyond_all_timestamps_is_a_day_too() {
        for zone in ["UTC", "Asia/Tokyo", "America/Los_Angeles"] {
            assert_eq!(expiry("0915-12-29", zone).unwrap(), "1970-01-01T00:00:00.000Z", "{zone}");
            assert!(expiry("9999-12-31", zone).unwrap().starts_with("9999-12-31T"), "{zone}");
        }
    }

    #[test]
    fn what_is_no_expiry_is_refused() {
        for text in [
            "",
            "tomorrow",
            "2026-13-01",
            "2026-02-30",
            "2026-2-3",
            "26-12-01",
            "+2026-12-1",
            "2026/12/01",
            " 2026-12-01",
            "2026-12-01 ",
            "2026-12-01T18:00:00",
            "2026-12-01T25:00:00Z",
            "٢٠٢٦-١٢-٠١",
            "2026-12-01T18:00:00Z; drop",
        ] {
            assert_eq!(expiry(text, "UTC"), Err(ExpiryError::Form), "{text:?}");
        }
        assert_eq!(expiry(&"9".repeat(100_000), "UTC"), Err(ExpiryError::Form));
    }

    #[test]
    fn every_day_of_every_zone_ends() {
        for zone in chrono_tz::TZ_VARIANTS {
            let zone = TimeZone(zone);
            let mut day = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap();
            for _ in 0..800 {
                let end = parse_expiry(&day.to_string(), zone).unwrap();
                // Not 23:59 everywhere: Greenland's clocks jump from 23:00 to midnight.
                assert!(zone.show(end).starts_with(&format!("{day} 2")), "{day} {}", zone.show(end));
                day = day.succ_opt().unwrap();
            }
        }
    }

    #[test]
    fn a_zone_is_stored_by_its_name() {
        let zone = TimeZone::parse("America/Argentina/Ushuaia").unwrap();
        assert_eq!(serde_json::to_string(&zone).unwrap(), "\"America/Argentina/Ushuaia\"");
        for text in ["", "Berlin", "europe/berlin", "Europe/Berlin ", "../etc/passwd", "UTC+1"] {
            assert_eq!(TimeZone::parse(text), Err(UnknownTimeZone), "{text:?}");
        }
    }
}
