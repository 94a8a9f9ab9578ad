//! How long conversations rest, by the clocks of whoever chooses.

use pigeon_wire::Millis;

use crate::browser;

/// How long a conversation can rest, as the page offers it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// A few hours.
    Hours,
    /// Until tomorrow morning.
    Tomorrow,
    /// Until the morning of the next Monday.
    Monday,
    /// Until the morning of the same day of next month.
    Month,
}

impl Rest {
    /// Every choice with its word.
    pub const ALL: [(&'static str, Self); 4] = [
        ("hours", Self::Hours),
        ("tomorrow", Self::Tomorrow),
        ("monday", Self::Monday),
        ("month", Self::Month),
    ];
}

/// The moment that a word chooses, by the clocks of whoever chooses it. Browser only.
pub fn moment(word: &str) -> Option<Millis> {
    const MORNING: u32 = 9;
    const EVENING: u32 = 18;
    let date = js_sys::Date::new_0();
    let today = date.get_date();
    let hours = match word {
        "hour" => 1,
        "hours" => 3,
        _ => 0,
    };
    if hours > 0 {
        date.set_hours(date.get_hours() + hours);
        return Some(browser::moment_of(&date));
    }
    let mut hour = MORNING;
    match word {
        "evening" => hour = EVENING,
        "tomorrow" => {
            date.set_date(today + 1);
        }
        "monday" => {
            // Sunday is 0, and on a Monday the next one is meant.
            date.set_date(today + 1 + (7 - date.get_day()) % 7);
        }
        "month" => {
            date.set_month(date.get_month() + 1);
        }
        _ => return None,
    }
    date.set_hours(hour);
    date.set_minutes(0);
    date.set_seconds(0);
    date.set_milliseconds(0);
    Some(browser::moment_of(&date))
}
