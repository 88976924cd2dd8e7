//! The six weeks up to now, by the days and hours of the organization.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone, Weekday};
use chrono_tz::{Europe::Berlin, Tz};
use shared::domain::Timestamp;

/// How many days lie between the first and today, which is the last.
pub(super) const DAYS: i64 = 42;

/// Day 0 is six weeks ago, day [`DAYS`] is today.
pub(super) struct Calendar {
    now: Timestamp,
    today: NaiveDate,
}

impl Calendar {
    pub(super) fn new(now: Timestamp) -> Self {
        let local: DateTime<Tz> = chrono::Utc.timestamp_millis_opt(now.millis()).unwrap().with_timezone(&Berlin);
        Self { now, today: local.date_naive() }
    }

    /// The moment the story is told.
    pub(super) fn now(&self) -> Timestamp {
        self.now
    }

    /// The date of a day.
    pub(super) fn date(&self, day: i64) -> NaiveDate {
        self.today + TimeDelta::days(day - DAYS)
    }

    /// A moment of a day, so many minutes after midnight.
    pub(super) fn at(&self, day: i64, minute: i64) -> Timestamp {
        let local = self.date(day).and_time(NaiveTime::MIN) + TimeDelta::minutes(minute);
        // Nothing is told of the hours in which clocks are changed; if they were meant, UTC would be near enough.
        let moment = Berlin.from_local_datetime(&local).earliest().unwrap_or_else(|| Berlin.from_utc_datetime(&local));
        Timestamp::from_millis(moment.timestamp_millis())
    }

    /// The day itself, or else the Monday after it.
    pub(super) fn workday(&self, day: i64) -> i64 {
        match self.date(day).weekday() {
            Weekday::Sat => day + 2,
            Weekday::Sun => day + 1,
            _ => day,
        }
    }

    /// The first Monday after the first day.
    pub(super) fn first_monday(&self) -> i64 {
        (1..=7).find(|&day| self.date(day).weekday() == Weekday::Mon).unwrap_or(7)
    }

    /// How busy a day is, against others.
    pub(super) fn weight(&self, day: i64) -> f64 {
        match self.date(day).weekday() {
            Weekday::Mon => 1.4,
            Weekday::Tue | Weekday::Wed => 1.0,
            Weekday::Thu => 0.9,
            Weekday::Fri => 0.7,
            Weekday::Sat => 0.15,
            Weekday::Sun => 0.05,
        }
    }
}
