//! Lines without a socket: what is for a client waits in a pigeonhole until a request of theirs fetches
//! it, and what they say is handed in by others. Whose it is stands on it; its address cannot be guessed.

use std::collections::{HashMap, VecDeque};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use pigeon_core::actor::{Account, Guest};
use pigeon_wire::Fault;
use pigeon_wire::live::close;
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, timeout, timeout_at};

use super::Who;
use super::peer::Said;

/// Pigeonholes there are at most: lines with a socket cost less, and only who cannot have one is here.
const HOLES_MAX: usize = 4096;
/// The same for one person or link: more windows than anybody looks at.
const HOLES_EACH_MAX: usize = 32;
/// Frames that lie in one. Those behind them wait in the line itself, within its own bound.
const FRAMES_MAX: usize = 64;
/// Calls that were handed in and are not answered yet.
const CALLS_MAX: usize = 64;
/// How long the word that a line has ended lies there to be fetched.
const GOODBYE_TIME: Duration = Duration::from_secs(5);

/// All of them.
#[derive(Default)]
pub struct Pigeonholes(Mutex<Rack>);

#[derive(Default)]
struct Rack {
    /// Whether there are no more: the server is stopping.
    closed: bool,
    holes: HashMap<String, Arc<Pigeonhole>>,
}

/// Whose a pigeonhole is.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Owner {
    Guest(Guest),
    Account(Account),
}

impl Owner {
    pub fn of(who: &Who) -> Self {
        match who {
            Who::Guest(guest, _) => Self::Guest(guest.clone()),
            Who::User(account) | Who::Mine(account) => Self::Account(account.clone()),
        }
    }

    /// Whether two of them are one person's, or of one link.
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Guest(one), Self::Guest(other)) => one.link == other.link,
            (Self::Account(one), Self::Account(other)) => one.person == other.person,
            _ => false,
        }
    }
}

/// One.
pub(super) struct Pigeonhole {
    address: String,
    pub owner: Owner,
    inside: Mutex<Inside>,
    /// Rung when there is something to fetch, and when somebody else comes to fetch it.
    bell: Notify,
    /// Rung when something was fetched.
    room: Notify,
    /// Rung when nobody comes any more.
    left: Notify,
    calls: mpsc::Sender<Said>,
}

#[derive(Default)]
struct Inside {
    frames: VecDeque<Utf8Bytes>,
    /// How many were fetched.
    fetched: u64,
    /// How often somebody came.
    visits: u64,
    /// The close code, once the line has ended.
    code: Option<u16>,
    /// Whether that was fetched.
    is_told: bool,
}

/// What was fetched.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Fetched {
    pub frames: Vec<Utf8Bytes>,
    /// How many were fetched before.
    pub before: u64,
    /// With which code the line has ended.
    pub code: Option<u16>,
}

impl Pigeonholes {
    /// A fresh one at `address`, and who fills it.
    pub(super) fn rent(
        self: &Arc<Self>,
        owner: Owner,
        address: String,
    ) -> Result<(Arc<Pigeonhole>, Clerk), Fault> {
        let mut rack = self.rack();
        if rack.closed || rack.holes.len() >= HOLES_MAX {
            return Err(Fault::Busy { retry_after_s: 2 });
        }
        let alike = rack
            .holes
            .values()
            .filter(|hole| hole.owner.is_like(&owner));
        if alike.count() >= HOLES_EACH_MAX {
            return Err(Fault::TooMany { retry_after_s: 45 });
        }
        let (calls, said) = mpsc::channel(CALLS_MAX);
        let hole = Arc::new(Pigeonhole {
            address: address.clone(),
            owner,
            inside: Mutex::default(),
            bell: Notify::new(),
            room: Notify::new(),
            left: Notify::new(),
            calls,
        });
        rack.holes.insert(address, Arc::clone(&hole));
        drop(rack);
        let clerk = Clerk {
            holes: Arc::clone(self),
            hole: Arc::clone(&hole),
            said,
        };
        Ok((hole, clerk))
    }

    /// The one at `address`.
    pub(super) fn at(&self, address: &str) -> Option<Arc<Pigeonhole>> {
        self.rack().holes.get(address).cloned()
    }

    /// Ends all of them: the server is stopping, and waits for no request that waits for news.
    pub fn close_all(&self) {
        let mut rack = self.rack();
        rack.closed = true;
        for hole in rack.holes.values() {
            hole.end(close::RESTART);
            hole.left.notify_one();
        }
    }

    fn rack(&self) -> MutexGuard<'_, Rack> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pigeonhole {
    /// How clients name it, once they have fetched so many frames.
    pub fn mark(&self, upto: u64) -> String {
        format!("{}.{upto}", self.address)
    }

    /// Waits until there is something, takes all of it, and answers with nothing at `until` or when
    /// somebody else has come meanwhile. Nothing is taken unless all comes that is answered here.
    pub async fn fetch(&self, until: Option<Instant>) -> Fetched {
        let visit = {
            let mut inside = self.inside();
            inside.visits += 1;
            inside.visits
        };
        // Whoever waited before was given up.
        self.bell.notify_waiters();
        loop {
            let mut rung = pin!(self.bell.notified());
            // Before looking: what comes in between rings too.
            rung.as_mut().enable();
            {
                let mut inside = self.inside();
                if inside.visits != visit {
                    return Fetched::default();
                }
                if !inside.frames.is_empty() || inside.code.is_some() {
                    let frames: Vec<_> = inside.frames.drain(..).collect();
                    let before = inside.fetched;
                    inside.fetched += u64::try_from(frames.len()).unwrap_or_default();
                    inside.is_told = inside.code.is_some();
                    self.room.notify_one();
                    return Fetched {
                        frames,
                        before,
                        code: inside.code,
                    };
                }
            }
            match until {
                None => rung.await,
                Some(until) => {
                    if timeout_at(until, rung).await.is_err() {
                        return Fetched::default();
                    }
                }
            }
        }
    }

    /// Whether a client that has got so many frames has got all that were fetched: else an answer
    /// was lost on the way.
    pub fn has_all(&self, upto: u64) -> bool {
        self.inside().fetched == upto
    }

    /// Hands in what the client says. `false` when too much lies there unanswered.
    pub fn say(&self, said: Said) -> bool {
        self.calls.try_send(said).is_ok()
    }

    /// Nobody comes any more.
    pub fn leave(&self) {
        self.left.notify_one();
    }

    /// The line has ended; the first code stands.
    fn end(&self, code: u16) {
        self.inside().code.get_or_insert(code);
        self.bell.notify_waiters();
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Who fills a pigeonhole. It goes with them.
pub struct Clerk {
    holes: Arc<Pigeonholes>,
    hole: Arc<Pigeonhole>,
    said: mpsc::Receiver<Said>,
}

impl Clerk {
    /// What the client says next. Safe to drop and call again.
    pub async fn hear(&mut self) -> Said {
        tokio::select! {
            () = self.hole.left.notified() => Said::Gone,
            said = self.said.recv() => said.unwrap_or(Said::Gone),
        }
    }

    /// Puts frames in, as soon as there is room.
    pub async fn put(&self, frames: impl IntoIterator<Item = Utf8Bytes>) {
        for frame in frames {
            while self.is_full() {
                self.hole.bell.notify_waiters();
                self.hole.room.notified().await;
            }
            self.hole.inside().frames.push_back(frame);
        }
        self.hole.bell.notify_waiters();
    }

    fn is_full(&self) -> bool {
        self.hole.inside().frames.len() >= FRAMES_MAX
    }

    /// Lets the client know why it ends, if they come for it.
    pub async fn dismiss(&self, code: u16) {
        self.hole.end(code);
        let fetched = async {
            while !self.hole.inside().is_told {
                self.hole.room.notified().await;
            }
        };
        // Who does not come for it is told at the door, like everybody who knows no line.
        let _ = timeout(GOODBYE_TIME, fetched).await;
    }
}

impl Drop for Clerk {
    fn drop(&mut self) {
        // A request that still waits is answered.
        self.hole.end(close::BEHIND);
        self.holes.rack().holes.remove(&self.hole.address);
    }
}

#[cfg(test)]
mod tests {
    use std::task::Poll;

    use futures::{FutureExt as _, poll};
    use pigeon_core::actor::Credential;

    use super::*;

    const NOBODY: &str = "019abc2a-0001-7d4b-8e2f-6c7180a3b4c5";

    fn rented() -> (Arc<Pigeonholes>, Arc<Pigeonhole>, Clerk) {
        let account = Account {
            person: NOBODY.parse().unwrap(),
            by: Credential::Session(NOBODY.parse().unwrap()),
        };
        let holes = Arc::new(Pigeonholes::default());
        let (hole, clerk) = holes
            .rent(Owner::Account(account), "address".to_owned())
            .unwrap();
        (holes, hole, clerk)
    }

    fn frames(count: usize) -> Vec<Utf8Bytes> {
        (0..count).map(|at| at.to_string().into()).collect()
    }

    #[tokio::test]
    async fn what_waits_is_fetched_in_one_go_and_counted() {
        let (_holes, hole, clerk) = rented();
        clerk.put(frames(2)).await;
        let fetched = hole.fetch(None).await;
        assert_eq!((fetched.frames, fetched.before), (frames(2), 0));
        assert!(hole.has_all(2) && !hole.has_all(0));
        clerk.put(frames(1)).await;
        assert_eq!(hole.fetch(None).await.before, 2);
    }

    #[tokio::test]
    async fn a_full_one_holds_up_whoever_fills_it_until_somebody_comes() {
        let (_holes, hole, clerk) = rented();
        let mut put = pin!(clerk.put(frames(FRAMES_MAX + 1)));
        assert!(poll!(&mut put).is_pending());
        assert_eq!(hole.fetch(None).await.frames.len(), FRAMES_MAX);
        put.await;
        assert_eq!(hole.fetch(None).await.frames.len(), 1);
    }

    #[tokio::test]
    async fn whoever_comes_later_takes_the_place_of_who_waits() {
        let (_holes, hole, clerk) = rented();
        let mut first = pin!(hole.fetch(None));
        assert!(poll!(&mut first).is_pending());
        let mut second = pin!(hole.fetch(None));
        assert!(poll!(&mut second).is_pending());
        assert_eq!(poll!(&mut first), Poll::Ready(Fetched::default()));
        clerk.put(frames(1)).await;
        assert_eq!(second.await.frames, frames(1));
    }

    #[tokio::test]
    async fn an_end_is_told_once_and_with_its_first_code() {
        let (holes, hole, clerk) = rented();
        let mut waits = pin!(hole.fetch(None));
        assert!(poll!(&mut waits).is_pending());
        let mut dismissed = pin!(async move {
            clerk.dismiss(close::REVOKED).await;
            drop(clerk);
        });
        assert!(poll!(&mut dismissed).is_pending(), "until it is fetched");
        assert!(holes.at("address").is_some());
        assert_eq!(waits.await.code, Some(close::REVOKED));
        dismissed.await;
        assert!(holes.at("address").is_none());
        assert_eq!(hole.fetch(None).await.code, Some(close::REVOKED));
    }

    #[tokio::test]
    async fn a_server_that_stops_ends_all_and_rents_no_more() {
        let (holes, hole, mut clerk) = rented();
        holes.close_all();
        assert_eq!(hole.fetch(None).await.code, Some(close::RESTART));
        assert!(matches!(clerk.hear().now_or_never(), Some(Said::Gone)));
        let again = holes.rent(hole.owner.clone(), "other".to_owned());
        assert!(matches!(again.err(), Some(Fault::Busy { .. })));
    }
}
