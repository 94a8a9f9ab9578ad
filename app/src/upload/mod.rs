//! Files on their way from a page to the server, ahead of the message that they go with. Each is at
//! a desk: a composer, or (under its key) a text that was sent and has not come back yet.
//!
//! Their rows are made here, without the views' machinery: there are none before somebody adds a
//! file, and both programs carry this.

mod request;
mod row;

use leptos::prelude::*;
use pigeon_wire::attachment::{AttachmentView, FileProblem, FileRules, RefusedFile};
use pigeon_wire::person::Language;
use pigeon_wire::{AttachmentId, Fault};
use send_wrapper::SendWrapper;
use web_sys::Element;

use crate::browser;
use crate::words::fault_text;
use crate::words::file::{FileWords, refused_text};
use request::{Answer, Request};
pub use request::{Chosen, taken};
use row::Row;

/// The files of one page.
#[derive(Clone, Copy)]
pub struct Tray {
    held: StoredValue<Held>,
    /// Flips whenever something has changed.
    news: RwSignal<bool>,
}

/// What a page holds.
#[derive(Default)]
struct Held {
    items: Vec<Item>,
    /// The number of the next file.
    next: u32,
    /// The desk that is shown, and where.
    shown: Option<(String, SendWrapper<Element>)>,
}

/// A file of a page.
struct Item {
    number: u32,
    desk: String,
    name: String,
    state: State,
    row: SendWrapper<Row>,
    request: Option<SendWrapper<Request>>,
}

/// How far a file has come.
enum State {
    /// On its way.
    Coming,
    /// There, waiting for its message.
    There(AttachmentView),
    /// There, and its message was sent.
    Posted(AttachmentView),
    /// It cannot be taken, or did not get through.
    Refused,
}

/// A composer that takes files.
#[derive(Clone)]
pub struct Room {
    /// The address of the conversation.
    pub address: String,
    /// Which files are taken.
    pub rules: FileRules,
    /// The reader's language.
    pub language: Language,
}

impl Default for Tray {
    fn default() -> Self {
        Self {
            held: StoredValue::new(Held::default()),
            news: RwSignal::new(false),
        }
    }
}

impl Tray {
    /// Shows the files of a desk in this list, and those that are added to it.
    pub fn show(self, desk: &str, list: Element) {
        list.set_text_content(None);
        self.held.update_value(|held| {
            for item in held.items.iter().filter(|item| item.desk == desk) {
                item.row.show(&list);
            }
            held.shown = Some((desk.to_owned(), SendWrapper::new(list)));
        });
    }

    /// Whether a file of a desk is still on its way.
    pub fn is_coming(self, desk: &str) -> bool {
        self.has(desk, |state| matches!(state, State::Coming))
    }

    /// Whether a file of a desk waits for its message.
    pub fn is_filled(self, desk: &str) -> bool {
        self.has(desk, |state| matches!(state, State::There(_)))
    }

    fn has(self, desk: &str, is: fn(&State) -> bool) -> bool {
        self.news.track();
        let here = |item: &Item| item.desk == desk && is(&item.state);
        self.held.with_value(|held| held.items.iter().any(here))
    }

    /// Whether no file would be lost with the page.
    pub fn is_empty(self) -> bool {
        let is_kept = |item: &Item| matches!(item.state, State::Coming | State::There(_));
        !self.held.with_value(|held| held.items.iter().any(is_kept))
    }

    /// The names of the files that were sent under a key.
    pub fn names(self, key: &str) -> String {
        let mut names = Vec::new();
        self.held.with_value(|held| {
            let here = held.items.iter().filter(|item| item.desk == key);
            names.extend(here.map(|item| item.name.clone()));
        });
        names.join(", ")
    }

    /// Sends files to a conversation, for the message of a desk.
    pub fn add(self, desk: &str, room: &Room, files: Vec<Chosen>) {
        for file in files {
            let counts = |item: &&Item| {
                item.desk == desk && matches!(item.state, State::Coming | State::There(_))
            };
            let held = self
                .held
                .with_value(|held| held.items.iter().filter(counts).count());
            let most = room.rules.most;
            let is_full = u32::try_from(held).is_ok_and(|held| held >= most);
            let too_many = is_full.then_some(FileProblem::TooMany { most });
            let problem = room.rules.problem(&file.name, file.bytes).or(too_many);
            self.push(desk, room, file, problem);
        }
        self.tell();
    }

    fn push(self, desk: &str, room: &Room, file: Chosen, problem: Option<FileProblem>) {
        let language = room.language;
        let Some((number, row)) = self.row(language, (&file.name, file.bytes)) else {
            return;
        };
        let request = match problem {
            Some(_) => None,
            None => Request::send(
                &room.address,
                &file,
                move |percent| self.moves(number, percent),
                move |answer| self.end(number, language, answer),
            ),
        };
        let item = Item {
            number,
            desk: desk.to_owned(),
            name: file.name,
            state: State::Coming,
            row: SendWrapper::new(row),
            request: request.map(SendWrapper::new),
        };
        let is_lost = item.request.is_none();
        self.hold(item);
        if let Some(problem) = problem {
            let fault = Fault::file("", problem);
            self.refuse(number, language, Some(fault));
        } else if is_lost {
            self.refuse(number, language, None);
        }
    }

    /// Files that the server has and that wait for a message again are on a desk.
    pub fn put(self, desk: &str, language: Language, files: Vec<AttachmentView>) {
        for file in files {
            let Some((number, row)) = self.row(language, (&file.name, file.bytes)) else {
                continue;
            };
            row.arrived();
            self.hold(Item {
                number,
                desk: desk.to_owned(),
                name: file.name.clone(),
                state: State::There(file),
                row: SendWrapper::new(row),
                request: None,
            });
        }
        self.tell();
    }

    /// The row of another file, with its number.
    fn row(self, language: Language, file: (&str, i64)) -> Option<(u32, Row)> {
        let mut number = 0;
        self.held.update_value(|held| {
            number = held.next;
            held.next += 1;
        });
        let row = Row::new(language, file, move || self.remove(number))?;
        Some((number, row))
    }

    fn hold(self, item: Item) {
        self.held.update_value(|held| {
            if let Some((shown, list)) = &held.shown
                && *shown == item.desk
            {
                item.row.show(list);
            }
            held.items.push(item);
        });
    }

    /// Changes a file, unless it was taken away meanwhile.
    fn change(self, number: u32, to: impl FnOnce(&mut Item)) {
        self.held.update_value(|held| {
            if let Some(item) = held.items.iter_mut().find(|item| item.number == number) {
                to(item);
            }
        });
    }

    fn moves(self, number: u32, percent: u8) {
        self.change(number, |item| item.row.moves(percent));
    }

    fn end(self, number: u32, language: Language, answer: Answer) {
        match answer {
            Answer::Taken(text) => match browser::parsed::<AttachmentView>(&text) {
                Some(file) => {
                    self.change(number, |item| {
                        item.row.arrived();
                        item.state = State::There(file);
                    });
                    self.tell();
                }
                None => self.refuse(number, language, None),
            },
            Answer::Refused(text) => self.refuse(number, language, browser::parsed(&text)),
            Answer::Lost => self.refuse(number, language, None),
        }
    }

    /// Says why a file does not go along.
    fn refuse(self, number: u32, language: Language, fault: Option<Fault>) {
        self.change(number, |item| {
            let name = item.name.clone();
            let text = match fault {
                None => (FileWords::of(language).lost)(&name),
                Some(Fault::Files(files)) if files.len() == 1 => {
                    let named = |file: RefusedFile| RefusedFile {
                        name: name.clone(),
                        ..file
                    };
                    let texts = files.into_iter().map(named);
                    texts.map(|file| refused_text(language, &file)).collect()
                }
                Some(fault) => [&name, ": ", &fault_text(language, &fault)].concat(),
            };
            item.row.refused(&text);
            item.state = State::Refused;
        });
        self.tell();
    }

    /// Takes a file away; one that is on its way is stopped.
    fn remove(self, number: u32) {
        let mut gone = None;
        self.held.update_value(|held| {
            let at = held.items.iter().position(|item| item.number == number);
            gone = at.map(|at| held.items.remove(at));
        });
        if let Some(item) = gone {
            item.row.hide();
            if let Some(request) = &item.request {
                request.stop();
            }
            // Later: what led here belongs to the row.
            set_timeout(move || drop(item), std::time::Duration::ZERO);
        }
        self.tell();
    }

    /// The files of a composer's desk go with a text that is sent under `key`: those that are there.
    /// What was refused is forgotten.
    pub fn post(self, desk: &str, key: &str) -> Vec<AttachmentId> {
        self.hand_over(desk, key, true)
    }

    /// The files of a text that was not taken are back on a composer's desk.
    pub fn take_back(self, key: &str, desk: &str) {
        self.hand_over(key, desk, false);
    }

    fn hand_over(self, from: &str, to: &str, posted: bool) -> Vec<AttachmentId> {
        let mut ids = Vec::new();
        let mut list = None;
        self.held.update_value(|held| {
            let all = &mut held.items;
            let is_there = |state: &State| matches!(state, State::There(_) | State::Posted(_));
            all.retain(|item| {
                let stays = item.desk != from || is_there(&item.state);
                if !stays {
                    item.row.hide();
                }
                stays
            });
            for item in all.iter_mut().filter(|item| item.desk == from) {
                to.clone_into(&mut item.desk);
                item.row.hide();
                if let State::There(file) | State::Posted(file) = &item.state {
                    let file = file.clone();
                    ids.push(file.id);
                    item.state = if posted {
                        State::Posted(file)
                    } else {
                        State::There(file)
                    };
                }
            }
            let shown = held.shown.as_ref().filter(|(desk, _)| desk == to);
            list = shown.map(|(_, list)| (**list).clone());
        });
        if let Some(list) = list {
            self.show(to, list);
        }
        self.tell();
        ids
    }

    fn tell(self) {
        self.news.update(|news| *news = !*news);
    }
}
