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

    /// When it ends, by the clocks of whoever chooses it. Browser only.
    pub fn until(self) -> Millis {
        const HOURS: u32 = 3;
        const MORNING: u32 = 9;
        let date = js_sys::Date::new_0();
        let today = date.get_date();
        if self == Self::Hours {
            date.set_hours(date.get_hours() + HOURS);
            return browser::moment_of(&date);
        }
        match self {
            Self::Hours => {}
            Self::Tomorrow => {
                date.set_date(today + 1);
            }
            Self::Monday => {
                // Sunday is 0, and on a Monday the next one is meant.
                date.set_date(today + 1 + (7 - date.get_day()) % 7);
            }
            Self::Month => {
                date.set_month(date.get_month() + 1);
            }
        }
        date.set_hours(MORNING);
        date.set_minutes(0);
        date.set_seconds(0);
        date.set_milliseconds(0);
        browser::moment_of(&date)
    }
}
