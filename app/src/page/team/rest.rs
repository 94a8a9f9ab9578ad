//! How long conversations rest, by the clocks of whoever chooses.

use pigeon_wire::Millis;

use crate::browser;

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
