//! By which way a line is tried next. Pure.
//!
//! A socket is best. Where proxies forbid or break it, a stream of events comes next, and where they hold
//! that back as well, requests that wait for news. While one of the two carries the line, the socket is
//! tried beside it, less and less often.

/// Tries of a socket that fail before something else is tried; also lines of any sort that broke soon.
const PATIENCE: u32 = 2;
/// Milliseconds after which a line that brought something counts as one that works.
const SETTLED_MS: f64 = 10_000.0;
/// Milliseconds until the socket is first tried beside another way: a server that was away a moment ago
/// may have been the reason.
const FIRST_TRIAL_MS: u64 = 2000;
/// Milliseconds until it is tried again, doubled each time …
const NEXT_TRIAL_MS: u64 = 15_000;
/// … so often: up to sixteen minutes.
const TRIAL_DOUBLINGS_MAX: u32 = 6;

/// What carries a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// A socket.
    #[default]
    Socket,
    /// A request whose answer goes on.
    Events,
    /// A request that is answered when there is news, and made again.
    Polls,
}

impl Way {
    /// The word by which it is remembered from page to page.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Socket => "",
            Self::Events => "events",
            Self::Polls => "polls",
        }
    }

    /// The way of this word.
    pub fn of(word: &str) -> Self {
        match word {
            "events" => Self::Events,
            "polls" => Self::Polls,
            _ => Self::Socket,
        }
    }
}

/// How a line was lost, or a try failed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Loss {
    /// It was not let in, or nobody was there.
    Refused,
    /// It was let in as it seems, and brought nothing.
    Mute,
    /// It broke after it had brought something for so many milliseconds.
    Broken(f64),
    /// The server itself said goodbye: the way is good.
    Told,
}

/// Where a line is among the ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// What carries it, or is tried.
    pub way: Way,
    failures: u32,
    /// Whether the server may just have been away when events were last refused.
    doubted: bool,
}

impl Course {
    /// A course that begins with `way`.
    pub fn begin(way: Way) -> Self {
        Self {
            way,
            ..Self::default()
        }
    }

    /// After a loss.
    #[must_use]
    pub fn after(self, loss: Loss) -> Self {
        let failures = match loss {
            Loss::Told => 0,
            Loss::Broken(lived_ms) if lived_ms >= SETTLED_MS => 0,
            Loss::Broken(_) => self.failures + 1,
            Loss::Refused if self.way == Way::Socket => self.failures + 1,
            Loss::Refused | Loss::Mute => PATIENCE,
        };
        if failures < PATIENCE {
            return Self { failures, ..self };
        }
        let (way, doubted) = match self.way {
            Way::Socket => (Way::Events, self.doubted),
            // Refused at once: more likely nobody was there at all, at least for the first time.
            Way::Events if loss == Loss::Refused && !self.doubted => (Way::Socket, true),
            Way::Events => (Way::Polls, self.doubted),
            Way::Polls => (Way::Socket, false),
        };
        Self {
            way,
            failures: 0,
            doubted,
        }
    }
}

/// Milliseconds until the socket is tried beside another way, after so many trials.
pub fn trial_after(trials: u32) -> u64 {
    match trials.checked_sub(1) {
        None => FIRST_TRIAL_MS,
        Some(before) => NEXT_TRIAL_MS << before.min(TRIAL_DOUBLINGS_MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::Loss::{Broken, Mute, Refused, Told};
    use super::Way::{Events, Polls, Socket};
    use super::*;

    /// The ways that are tried when these losses follow each other.
    fn ways(losses: &[Loss]) -> Vec<Way> {
        let mut course = Course::default();
        let mut ways = Vec::new();
        for loss in losses {
            course = course.after(*loss);
            ways.push(course.way);
        }
        ways
    }

    #[test]
    fn a_socket_that_is_refused_twice_gives_way_to_events() {
        assert_eq!(ways(&[Refused, Refused]), [Socket, Events]);
    }

    #[test]
    fn a_socket_that_brings_nothing_or_breaks_soon_gives_way_too() {
        assert_eq!(ways(&[Mute]), [Events]);
        assert_eq!(ways(&[Broken(300.0), Broken(9_999.0)]), [Socket, Events]);
        assert_eq!(ways(&[Refused, Broken(0.0)]), [Socket, Events]);
    }

    #[test]
    fn a_socket_that_worked_for_a_while_or_was_hung_up_is_taken_again() {
        assert_eq!(ways(&[Broken(10_000.0); 9]), [Socket; 9]);
        assert_eq!(ways(&[Told; 9]), [Socket; 9]);
        assert_eq!(
            ways(&[Refused, Told, Refused, Broken(60_000.0), Refused]),
            [Socket; 5],
            "what works makes good what failed"
        );
    }

    #[test]
    fn events_that_are_held_back_give_way_to_requests() {
        assert_eq!(ways(&[Mute, Mute]), [Events, Polls]);
        assert_eq!(
            ways(&[Mute, Broken(5.0), Broken(5.0)]),
            [Events, Events, Polls]
        );
        assert_eq!(
            ways(&[Mute, Broken(30_000.0), Told]),
            [Events, Events, Events]
        );
    }

    #[test]
    fn a_server_that_is_away_is_asked_for_sockets_again_and_then_for_everything() {
        assert_eq!(
            ways(&[Refused; 9]),
            [
                Socket, Events, Socket, // nobody there, it seems
                Socket, Events, Polls, // or something on the way that likes no streams
                Socket, Socket, Events,
            ]
        );
    }

    #[test]
    fn requests_that_fail_lead_back_to_the_socket() {
        for loss in [Refused, Mute] {
            assert_eq!(ways(&[Mute, Mute, loss]), [Events, Polls, Socket]);
        }
    }

    #[test]
    fn the_socket_is_tried_again_soon_and_then_less_and_less_often() {
        let waits = [0, 1, 2, 3, 7, 99].map(trial_after);
        assert_eq!(waits, [2_000, 15_000, 30_000, 60_000, 960_000, 960_000]);
    }

    #[test]
    fn a_way_is_known_by_its_word() {
        for way in [Socket, Events, Polls] {
            assert_eq!(Way::of(way.word()), way);
        }
        assert_eq!(Way::of("pigeons"), Socket);
    }
}
