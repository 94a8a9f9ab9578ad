//! Files on their way from a page to the server, ahead of the message that they go with. Each is at
//! a desk: a composer, or (under its key) a text that was sent and has not come back yet.

mod request;

use leptos::prelude::*;
use pigeon_wire::attachment::{AttachmentView, FileProblem, FileRules};
use pigeon_wire::{AttachmentId, Fault};
use send_wrapper::SendWrapper;

use crate::browser;
use request::{Answer, Request};
pub use request::{Chosen, chosen, dropped, pasted};

/// The files of one page.
#[derive(Clone, Copy)]
pub struct Tray {
    items: RwSignal<Vec<Item>>,
    requests: StoredValue<Vec<(u32, SendWrapper<Request>)>>,
    next: StoredValue<u32>,
}

/// A file of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What tells it from the others of this page.
    pub number: u32,
    /// What it is called.
    pub name: String,
    /// How many bytes it has.
    pub bytes: i64,
    /// How far it has come.
    pub state: State,
    desk: String,
    /// Whether it goes with a text that was sent.
    is_posted: bool,
}

/// How far a file has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// On its way: so many of a hundred parts.
    Coming(u8),
    /// There, waiting for its message.
    There(AttachmentView),
    /// It cannot be taken.
    Refused(FileProblem),
    /// It did not get through, or was refused for another reason.
    Failed(Option<Fault>),
}

impl Default for Tray {
    fn default() -> Self {
        Self {
            items: RwSignal::new(Vec::new()),
            requests: StoredValue::new(Vec::new()),
            next: StoredValue::new(0),
        }
    }
}

impl Tray {
    /// The files at a desk.
    pub fn at(self, desk: &str) -> Vec<Item> {
        self.items.with(|all| {
            let here = all.iter().filter(|item| item.desk == desk);
            here.cloned().collect()
        })
    }

    /// The files of a desk that are there, as long as nobody can open them: without images.
    pub fn views(self, desk: &str) -> Vec<AttachmentView> {
        let there = |item: &Item| match &item.state {
            State::There(file) if item.desk == desk => Some(AttachmentView {
                thumb: None,
                ..file.clone()
            }),
            _ => None,
        };
        self.items
            .with_untracked(|all| all.iter().filter_map(there).collect())
    }

    /// Whether a file of a desk is still on its way.
    pub fn is_coming(self, desk: &str) -> bool {
        self.has(desk, |state| matches!(state, State::Coming(_)))
    }

    /// Whether a file of a desk waits for its message.
    pub fn is_filled(self, desk: &str) -> bool {
        self.has(desk, |state| matches!(state, State::There(_)))
    }

    fn has(self, desk: &str, is: fn(&State) -> bool) -> bool {
        self.items
            .with(|all| all.iter().any(|item| item.desk == desk && is(&item.state)))
    }

    /// Whether no file would be lost with the page.
    pub fn is_empty(self) -> bool {
        self.items.with_untracked(|all| {
            let is_kept = |state: &State| matches!(state, State::Coming(_) | State::There(_));
            !all.iter()
                .any(|item| !item.is_posted && is_kept(&item.state))
        })
    }

    /// Files that the server holds already.
    pub fn put(self, desk: &str, files: Vec<AttachmentView>) {
        for file in files {
            self.push(desk, file.name.clone(), file.bytes, State::There(file));
        }
    }

    /// Sends files to the conversation at `room`, for the message of a desk.
    pub fn add(self, desk: &str, room: &str, rules: &FileRules, files: Vec<Chosen>) {
        for file in files {
            let held = self.items.with_untracked(|all| {
                let counts = |state: &State| matches!(state, State::Coming(_) | State::There(_));
                let here = all.iter().filter(|item| item.desk == desk);
                here.filter(|item| counts(&item.state)).count()
            });
            let is_full = u32::try_from(held).is_ok_and(|held| held >= rules.most);
            let problem = rules.problem(&file.name, file.bytes);
            let too_many = FileProblem::TooMany { most: rules.most };
            match problem.or_else(|| is_full.then_some(too_many)) {
                Some(why) => {
                    self.push(desk, file.name, file.bytes, State::Refused(why));
                }
                None => self.send(desk, room, file),
            }
        }
    }

    fn send(self, desk: &str, room: &str, file: Chosen) {
        let number = self.push(desk, file.name.clone(), file.bytes, State::Coming(0));
        let told = move |percent| self.change(number, State::Coming(percent));
        let ended = move |answer| self.end(number, answer);
        match Request::send(room, &file, told, ended) {
            Some(request) => self
                .requests
                .update_value(|all| all.push((number, SendWrapper::new(request)))),
            None => self.change(number, State::Failed(None)),
        }
    }

    fn push(self, desk: &str, name: String, bytes: i64, state: State) -> u32 {
        let number = self.next.get_value();
        self.next.set_value(number + 1);
        let desk = desk.to_owned();
        self.items.update(|all| {
            all.push(Item {
                number,
                name,
                bytes,
                state,
                desk,
                is_posted: false,
            });
        });
        number
    }

    fn change(self, number: u32, state: State) {
        // Removed meanwhile: nobody cares how it went.
        self.items.try_update(|all| {
            if let Some(item) = all.iter_mut().find(|item| item.number == number) {
                item.state = state;
            }
        });
    }

    fn end(self, number: u32, answer: Answer) {
        let state = match answer {
            Answer::Taken(text) => browser::parsed(&text).map(State::There),
            Answer::Refused(text) => browser::parsed(&text).map(|fault| match fault {
                Fault::Files(files) => match files.first() {
                    Some(file) => State::Refused(file.problem),
                    None => State::Failed(None),
                },
                fault => State::Failed(Some(fault)),
            }),
            Answer::Lost => None,
        };
        self.change(number, state.unwrap_or(State::Failed(None)));
        self.forget(number);
    }

    fn forget(self, number: u32) -> Option<SendWrapper<Request>> {
        let taken = self.requests.try_update_value(|all| {
            let at = all.iter().position(|(held, _)| *held == number)?;
            Some(all.remove(at).1)
        });
        taken.flatten()
    }

    /// Takes a file away; one that is on its way is stopped.
    pub fn remove(self, number: u32) {
        self.items
            .update(|all| all.retain(|item| item.number != number));
        if let Some(request) = self.forget(number) {
            request.stop();
        }
    }

    /// The files of a composer's desk go with a text that is sent under `key`: those that are there.
    /// What was refused is forgotten.
    pub fn post(self, desk: &str, key: &str) -> Vec<AttachmentId> {
        let mut ids = Vec::new();
        self.items.update(|all| {
            all.retain(|item| item.desk != desk || matches!(item.state, State::There(_)));
            for item in all.iter_mut().filter(|item| item.desk == desk) {
                key.clone_into(&mut item.desk);
                item.is_posted = true;
                if let State::There(file) = &item.state {
                    ids.push(file.id);
                }
            }
        });
        ids
    }

    /// The files of a text that was not taken are back on a composer's desk.
    pub fn take_back(self, key: &str, desk: &str) {
        self.items.update(|all| {
            for item in all.iter_mut().filter(|item| item.desk == key) {
                desk.clone_into(&mut item.desk);
                item.is_posted = false;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> AttachmentView {
        AttachmentView {
            id: "0123456789abcdef0123456789abcdef".parse().unwrap(),
            name: name.into(),
            bytes: 7,
            thumb: None,
        }
    }

    fn names(tray: Tray, desk: &str) -> Vec<String> {
        tray.at(desk).into_iter().map(|item| item.name).collect()
    }

    #[test]
    fn files_go_with_their_text_and_come_back_with_it() {
        Owner::new().with(|| {
            let tray = Tray::default();
            let rules = FileRules {
                most: 2,
                mb: 1,
                endings: vec!["txt".into()],
            };
            tray.put("t/reply", vec![file("a.txt")]);
            tray.put("t/note", vec![file("b.txt")]);
            let chosen = |name: &str| Chosen::named(name, 7);
            tray.add("t/reply", "/inbox/t", &rules, vec![chosen("c.exe")]);
            assert_eq!(names(tray, "t/reply"), ["a.txt", "c.exe"]);
            assert!(tray.is_filled("t/reply") && !tray.is_coming("t/reply"));
            assert_eq!(tray.post("t/reply", "key"), [file("a.txt").id]);
            assert_eq!(
                names(tray, "t/reply"),
                [""; 0],
                "what was refused is forgotten"
            );
            assert_eq!(tray.views("key"), [file("a.txt")]);
            assert!(!tray.is_empty(), "the note's file still waits");
            tray.take_back("key", "t/reply");
            assert_eq!(names(tray, "t/reply"), ["a.txt"]);
            tray.put("t/reply", vec![file("d.txt")]);
            tray.add("t/reply", "/inbox/t", &rules, vec![chosen("e.txt")]);
            let last = tray.at("t/reply").pop().unwrap();
            let full = FileProblem::TooMany { most: 2 };
            assert_eq!(last.state, State::Refused(full));
            for item in [tray.at("t/reply"), tray.at("t/note")].concat() {
                tray.remove(item.number);
            }
            assert!(tray.is_empty());
        });
    }
}
