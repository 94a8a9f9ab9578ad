//! Twin houses behind their doors: the same acts in both, and in one of them notes besides. Whatever
//! a guest or a user can fetch or is sent (pages, headers, JSON, frames, mails) is equal to the byte.
//! `core/tests/acts/trace.rs` asks the same of the commands.

mod guest;
mod user;

use std::collections::HashMap;

use crate::harness::{Answer, Socket};

/// What the server says when nothing happened for a while.
const BEAT: &str = r#"{"t":"beat"}"#;

/// What differs between any two answers, renamed by first sight; a name keeps the length.
#[derive(Default)]
pub struct Names(HashMap<String, String>);

impl Names {
    /// Renames ids (36 characters in JSON, 32 in addresses), keys (32), tokens and hashes (43).
    pub fn rename(&mut self, text: &str) -> String {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let mut out = String::new();
        let mut rest = text;
        while let Some(begin) = rest.find(is_word) {
            out.push_str(&rest[..begin]);
            let end = rest[begin..].find(|c| !is_word(c));
            let (word, after) = rest[begin..].split_at(end.unwrap_or(rest.len() - begin));
            out.push_str(&self.word(word));
            rest = after;
        }
        out.push_str(rest);
        out
    }

    fn word(&mut self, word: &str) -> String {
        let is_hex = |text: &str| text.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
        for length in [36, 32, 43] {
            let Some(tail) = word.len().checked_sub(length) else {
                continue;
            };
            let (front, id) = word.split_at(tail);
            let is_id = match length {
                43 => front.is_empty(),
                _ => is_hex(id) && id.matches('-').count() == if length == 36 { 4 } else { 0 },
            };
            if is_id {
                let next = format!("{:#>length$}", self.0.len());
                let name = self.0.entry(id.to_owned()).or_insert(next);
                return format!("{front}{name}");
            }
        }
        word.to_owned()
    }
}

/// A sequence that a failure can be repeated with.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, faces: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % faces
    }
}

/// An answer with everything in it: status, headers, body. The moment on the machine's clock and the
/// request's number are the request's own, and so are a page's nonce and key.
pub fn whole(answer: &Answer) -> String {
    let own = ["date", "x-request-id"];
    let kept = |name: &str| !own.contains(&name);
    let headers = answer.headers.iter().filter(|(name, _)| kept(name));
    let headers: Vec<String> = headers
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    let mut text = format!("{}\n{}\n\n", answer.status, headers.join("\n"));
    text.push_str(&answer.text());
    let policy = answer.header("content-security-policy");
    if let Some(rest) = policy.split("'nonce-").nth(1) {
        let nonce = rest.split('\'').next().unwrap();
        text = text.replace(nonce, &"N".repeat(nonce.len()));
    }
    if text.contains("name=\"key\"") {
        let key = answer.field("key");
        text = text.replace(&key, &"K".repeat(key.len()));
    }
    text
}

/// Every frame up to the one that tells of `marker`; beats go by the machine's clock and tell of no
/// act.
pub async fn frames(line: &mut Socket, marker: &str) -> Vec<String> {
    let mut frames = Vec::new();
    while !frames.last().is_some_and(|f: &String| f.contains(marker)) {
        let frame = line.text().await;
        if frame != BEAT {
            frames.push(frame);
        }
    }
    frames
}

/// Both houses told the same; if not, where they differ first.
pub fn assert_same(without: &str, with: &str, when: &str) {
    if without == with {
        return;
    }
    let pairs = without.chars().zip(with.chars());
    let at = pairs.take_while(|(one, other)| one == other).count();
    let around = |text: &str| {
        let from = at.saturating_sub(200);
        text.chars().skip(from).take(500).collect::<String>()
    };
    panic!(
        "{when}: without notes\n{}\nwith notes\n{}",
        around(without),
        around(with)
    );
}
