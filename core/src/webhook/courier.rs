//! Who carries deliveries away. The office knows no HTTP: whoever opens it brings a courier.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::FutureExt as _;
use futures::future::BoxFuture;

/// Characters of an answer that are kept.
const KEPT_CHARS: usize = 500;

/// One delivery, ready to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// Where to.
    pub url: String,
    /// Headers beside those of every request: id, moment, signature.
    pub headers: [(&'static str, String); 3],
    /// The body, JSON.
    pub body: String,
}

/// What a receiver has answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It answered with this status, and with a text that begins like this.
    Said(u16, String),
    /// There was no answer, and why.
    Silent(String),
}

impl Answer {
    /// What is kept of the answer: its beginning, with what no text holds replaced.
    pub(super) fn kept(&self) -> String {
        let (Self::Said(_, text) | Self::Silent(text)) = self;
        let fits = |c: char| if c.is_control() && c != '\n' { ' ' } else { c };
        text.trim().chars().take(KEPT_CHARS).map(fits).collect()
    }
}

/// Carries deliveries to their receivers.
pub trait Courier: Send + Sync {
    /// Whether hooks may lead to private addresses, and over plain http.
    fn may_go_private(&self) -> bool;

    /// Hands one delivery over, and answers within a bound of the courier's own. Goes where the
    /// address says and nowhere else: it follows no redirect.
    fn carry(&self, parcel: Parcel) -> BoxFuture<'_, Answer>;
}

/// Where deliveries land in memory, for tests. A clone is the same dock.
#[derive(Clone, Default)]
pub struct Dock(Arc<Mutex<Contents>>);

#[derive(Default)]
struct Contents {
    parcels: Vec<Parcel>,
    answers: HashMap<String, VecDeque<Answer>>,
}

impl Dock {
    /// The deliveries that came, oldest first, whatever was answered.
    pub fn parcels(&self) -> Vec<Parcel> {
        self.contents().parcels.clone()
    }

    /// The bodies of the deliveries to an address, oldest first.
    pub fn bodies(&self, url: &str) -> Vec<serde_json::Value> {
        let to = self.parcels().into_iter().filter(|one| one.url == url);
        let bodies = to.map(|one| serde_json::from_str(&one.body).unwrap_or_default());
        bodies.collect()
    }

    /// Makes the receiver at `url` answer one coming delivery like this; several calls answer as
    /// many, in this order. Whoever was told nothing takes what comes.
    pub fn answer_next(&self, url: &str, answer: Answer) {
        let mut contents = self.contents();
        let answers = contents.answers.entry(url.to_owned()).or_default();
        answers.push_back(answer);
    }

    fn contents(&self) -> MutexGuard<'_, Contents> {
        // A panic elsewhere cannot leave the dock half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Courier for Dock {
    fn may_go_private(&self) -> bool {
        false
    }

    fn carry(&self, parcel: Parcel) -> BoxFuture<'_, Answer> {
        let mut contents = self.contents();
        let answers = contents.answers.get_mut(&parcel.url);
        let answer = answers.and_then(VecDeque::pop_front);
        contents.parcels.push(parcel);
        let taken = || Answer::Said(200, String::new());
        std::future::ready(answer.unwrap_or_else(taken)).boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_answer_the_beginning_is_kept() {
        let long = Answer::Said(500, format!(" \0a\tb\n{}", "ü".repeat(600)));
        let kept = long.kept();
        assert_eq!(kept.chars().count(), KEPT_CHARS);
        assert!(kept.starts_with(" a b\nü"), "{kept}");
        assert_eq!(Answer::Silent(" no ".to_owned()).kept(), "no");
    }
}
