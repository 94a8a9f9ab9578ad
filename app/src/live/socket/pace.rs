//! When a line comes back. Pure.

use pigeon_wire::live::close;

/// Milliseconds before the first try, on average.
const FIRST_MS: f64 = 400.0;
/// Most milliseconds between two tries.
const LONGEST_MS: f64 = 30_000.0;
/// Tries after which the wait no longer grows.
const DOUBLINGS_MAX: u32 = 7;

/// What a line does after it was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Comes back after this many milliseconds.
    ReturnAfter(u64),
    /// Does not come back.
    End,
}

/// What to do after a close with `code`, after `tries` that failed in a row. `chance` lies in
/// 0..1 and spreads the pages that one restart sent away.
pub fn after_close(code: u16, tries: u32, chance: f64) -> Next {
    if code == close::REVOKED {
        return Next::End;
    }
    let grown = FIRST_MS * f64::from(1_u32 << tries.min(DOUBLINGS_MAX));
    let wait = grown.min(LONGEST_MS) * (0.5 + chance);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::as_conversions,
        reason = "a positive number below 45,000"
    )]
    Next::ReturnAfter(wait as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revoked_line_stays_away() {
        assert_eq!(after_close(close::REVOKED, 0, 0.5), Next::End);
    }

    #[test]
    fn a_line_comes_back_soon_and_then_less_and_less_often() {
        let waits = [0, 1, 2, 6, 7, 99].map(|tries| after_close(1006, tries, 0.5));
        let expected = [400, 800, 1600, 25_600, 30_000, 30_000].map(Next::ReturnAfter);
        assert_eq!(waits, expected);
        for code in [close::RESTART, close::BEHIND, close::MALFORMED] {
            assert_eq!(after_close(code, 0, 0.5), Next::ReturnAfter(400));
        }
    }

    #[test]
    fn pages_do_not_come_back_all_at_once() {
        assert_eq!(after_close(1012, 1, 0.0), Next::ReturnAfter(400));
        assert_eq!(after_close(1012, 1, 0.999), Next::ReturnAfter(1199));
    }
}
