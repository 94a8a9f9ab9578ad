//! Time zones: the IANA list as this program carries it, whatever the machine knows.

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use pigeon_wire::Millis;
use pigeon_wire::act::Rest;
use pigeon_wire::id::{DAY_MS, HOUR_MS};

/// The moment of a text in the form of RFC 3339, if it is one.
pub fn moment(text: &str) -> Option<Millis> {
    let at: Timestamp = text.parse().ok()?;
    Some(Millis(at.as_millisecond()))
}

/// A time zone in which somebody reads times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// A moment on the clocks of a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Local {
    /// Day and time in the form `2026-11-23T09:04:05`, to be read by whoever words them.
    pub at: String,
    /// What the zone's time is called then, like `CET`.
    pub zone: String,
}

/// A moment with the zone of whoever reads of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    at: Millis,
    zone: Zone,
}

impl When {
    /// The moment on its reader's clocks.
    pub fn local(&self) -> Local {
        self.zone.local(self.at)
    }
}

impl From<Millis> for When {
    fn from(at: Millis) -> Self {
        Zone::UTC.tells(at)
    }
}

impl Zone {
    /// The zone of every clock that nobody has set to another.
    pub const UTC: Self = Self(TimeZone::UTC);

    /// The zone of this name, if the list has it.
    pub fn named(name: &str) -> Option<Self> {
        let is_listed = jiff::tz::db()
            .available()
            .any(|listed| listed.as_str() == name);
        is_listed.then(|| TimeZone::get(name).ok().map(Self))?
    }

    /// The zone of a stored name; UTC for one that the list has lost.
    pub(crate) fn stored(name: &str) -> Self {
        TimeZone::get(name).map_or(Self::UTC, Self)
    }

    /// The names that people choose from: places, and UTC.
    pub fn names() -> Vec<String> {
        let names = jiff::tz::db().available();
        let mut names: Vec<String> = names
            .map(|name| name.as_str().to_owned())
            .filter(|name| name == "UTC" || (name.contains('/') && !name.starts_with("Etc/")))
            .collect();
        names.sort();
        names
    }

    /// A moment that is to be told by this zone's clocks.
    pub(crate) fn tells(&self, at: Millis) -> When {
        When {
            at,
            zone: self.clone(),
        }
    }

    /// The next moment after `now` at which this zone's clocks show a full hour of the day.
    pub(crate) fn next_hour(&self, now: Millis, hour: i8) -> Millis {
        let next = || {
            let moment = Timestamp::from_millisecond(now.0).ok()?;
            let local = moment.to_zoned(self.0.clone());
            let on = |day: jiff::civil::Date| day.at(hour, 0, 0, 0).to_zoned(self.0.clone()).ok();
            let today = on(local.date())?;
            if today > local {
                return Some(today);
            }
            on(local.date().tomorrow().ok()?)
        };
        // What no calendar holds is a day away.
        next().map_or(now.plus(DAY_MS), |at| {
            Millis(at.timestamp().as_millisecond())
        })
    }

    /// When a rest that begins now ends, by this zone's clocks.
    pub(crate) fn rested(&self, now: Millis, rest: Rest) -> Millis {
        const HOURS: i64 = 3;
        const MORNING: i8 = 9;
        let end = || {
            let moment = Timestamp::from_millisecond(now.0).ok()?;
            let today = moment.to_zoned(self.0.clone()).date();
            let day = match rest {
                Rest::Hours => return None,
                Rest::Tomorrow => today.tomorrow().ok()?,
                Rest::Monday => today.nth_weekday(1, jiff::civil::Weekday::Monday).ok()?,
                Rest::Month => today.checked_add(Span::new().months(1)).ok()?,
            };
            let morning = day.at(MORNING, 0, 0, 0).to_zoned(self.0.clone()).ok()?;
            Some(Millis(morning.timestamp().as_millisecond()))
        };
        end().unwrap_or_else(|| now.plus(HOURS * HOUR_MS))
    }

    /// The last `count` days of this zone's calendar, the oldest first and the present one last: each in
    /// the form `2026-11-23`, with its first moment.
    pub(crate) fn days(&self, now: Millis, count: usize) -> Vec<(String, Millis)> {
        let Ok(moment) = Timestamp::from_millisecond(now.0) else {
            return Vec::new();
        };
        let today = moment.to_zoned(self.0.clone()).date();
        let begun = |back: usize| {
            let back = Span::new().try_days(i64::try_from(back).ok()?).ok()?;
            let day = today.checked_sub(back).ok()?;
            let first = day.to_zoned(self.0.clone()).ok()?;
            Some((day.to_string(), Millis(first.timestamp().as_millisecond())))
        };
        (0..count).rev().filter_map(begun).collect()
    }

    /// A moment on this zone's clocks.
    pub fn local(&self, at: Millis) -> Local {
        // What no calendar holds is told as the calendar's end.
        let last = if at.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        };
        let moment = Timestamp::from_millisecond(at.0).unwrap_or(last);
        let local = moment.to_zoned(self.0.clone());
        Local {
            at: local.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
            zone: local.strftime("%Z").to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_of_the_list_knows_its_summers() {
        let berlin = Zone::named("Europe/Berlin").unwrap();
        let told = |ms| {
            let Local { at, zone } = berlin.local(Millis(ms));
            [at, zone].join(" ")
        };
        assert_eq!(told(1_795_392_245_999), "2026-11-23T01:04:05 CET");
        assert_eq!(told(1_783_900_800_000), "2026-07-13T02:00:00 CEST");
        assert!(!told(i64::MAX).is_empty() && !told(i64::MIN).is_empty());
        assert_eq!(Zone::UTC.local(Millis(0)).zone, "UTC");
    }

    #[test]
    fn the_next_morning_follows_the_zones_clocks() {
        let berlin = Zone::named("Europe/Berlin").unwrap();
        let next = |ms| berlin.local(berlin.next_hour(Millis(ms), 8)).at;
        // 23 November 2026, 01:04 there; and the moment of eight itself.
        assert_eq!(next(1_795_392_245_999), "2026-11-23T08:00:00");
        let eight = berlin.next_hour(Millis(1_795_392_245_999), 8);
        assert_eq!(next(eight.0), "2026-11-24T08:00:00");
        // Over the night in which the clocks go forward.
        assert_eq!(next(1_774_720_800_000), "2026-03-29T08:00:00");
        assert!(berlin.next_hour(Millis(i64::MAX - DAY_MS), 8) > Millis(0));
    }

    #[test]
    fn days_are_those_of_the_zones_calendar() {
        let days = |zone: &str, ms, count| {
            let zone = Zone::named(zone).unwrap();
            let days = zone.days(Millis(ms), count).into_iter();
            days.map(|(day, from)| [day, zone.local(from).at].join(" "))
                .collect::<Vec<_>>()
        };
        // 23 November 2026, 00:04 in UTC; in Berlin 01:04, in New York the evening before.
        let now = 1_795_392_245_999;
        let last = |zone| days(zone, now, 1);
        assert_eq!(last("UTC"), ["2026-11-23 2026-11-23T00:00:00"]);
        assert_eq!(last("America/New_York"), ["2026-11-22 2026-11-22T00:00:00"]);
        // The night in which the clocks go forward is an hour shorter.
        let berlin = Zone::named("Europe/Berlin").unwrap();
        let spring = berlin.days(Millis(1_774_900_000_000), 3);
        let names: Vec<&str> = spring.iter().map(|(day, _)| day.as_str()).collect();
        assert_eq!(names, ["2026-03-28", "2026-03-29", "2026-03-30"]);
        assert_eq!(spring[1].1.since(spring[0].1), DAY_MS);
        assert_eq!(spring[2].1.since(spring[1].1), DAY_MS - DAY_MS / 24);
    }

    #[test]
    fn only_names_of_the_list_are_zones() {
        for bad in [
            "",
            "europe/berlin",
            "Mars/Base",
            "../../etc/passwd",
            "CET+1",
        ] {
            assert_eq!(Zone::named(bad), None, "{bad}");
        }
        assert_eq!(Zone::stored("Mars/Base"), Zone::UTC);
        let names = Zone::names();
        assert!(names.len() > 300, "{}", names.len());
        assert!(names.iter().all(|name| Zone::named(name).is_some()));
    }
}
