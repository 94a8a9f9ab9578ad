//! What a staff member writes, from the first letter until it comes back as an entry.

use std::collections::{HashMap, HashSet};

use pigeon_wire::draft::{DRAFT_PREVIEW_CHARS, DraftKept, DraftKind, DraftView};
use pigeon_wire::fault::Overtaken;
use pigeon_wire::message::ReplyForm;
use pigeon_wire::note::NoteForm;
use pigeon_wire::waiting::SendWhen;
use pigeon_wire::{AttachmentId, Fault, ThreadId};

use crate::UiError;

/// What the composer writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// A reply that the customer sees.
    #[default]
    Reply,
    /// A note that only the team sees.
    Note,
}

impl From<DraftKind> for Mode {
    fn from(kind: DraftKind) -> Self {
        match kind {
            DraftKind::Reply => Self::Reply,
            DraftKind::Note => Self::Note,
        }
    }
}

impl From<Mode> for DraftKind {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Reply => Self::Reply,
            Mode::Note => Self::Note,
        }
    }
}

/// What is being written, kept per thread and mode while the reader moves about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drafts {
    texts: HashMap<(ThreadId, Mode), Draft>,
    modes: HashMap<ThreadId, Mode>,
    /// Which of the texts were typed here, and not taken over from the server or another window.
    typed: HashSet<(ThreadId, Mode)>,
    /// The beginnings of replies that this tab does not hold.
    beginnings: HashMap<ThreadId, String>,
}

/// One text being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The text so far.
    pub text: String,
    /// The thread's staff number when its first letter was typed: what its author has seen.
    pub began: i64,
}

impl Drafts {
    /// In which mode the composer of a thread was left.
    pub fn mode(&self, thread: ThreadId) -> Mode {
        self.modes.get(&thread).copied().unwrap_or_default()
    }

    /// Sets the composer's mode.
    pub fn set_mode(&mut self, thread: ThreadId, mode: Mode) {
        self.modes.insert(thread, mode);
    }

    /// The text of one mode.
    pub fn text(&self, thread: ThreadId, mode: Mode) -> &str {
        self.texts
            .get(&(thread, mode))
            .map_or("", |draft| draft.text.as_str())
    }

    /// Keeps what was typed; `change` is the thread's staff number now.
    pub fn keep(&mut self, thread: ThreadId, mode: Mode, text: String, change: i64) {
        let draft = self.texts.entry((thread, mode)).or_default();
        if draft.is_blank() {
            draft.began = change;
        }
        draft.text = text;
        self.typed.insert((thread, mode));
    }

    /// Learns the beginnings of replies that are kept by the server.
    pub fn learn(&mut self, all: &[(ThreadId, String)]) {
        self.beginnings = all.iter().cloned().collect();
    }

    /// Takes what the server keeps of a thread, its absence included, unless something is typed here or
    /// is `held` otherwise.
    pub fn open(
        &mut self,
        thread: ThreadId,
        mut kept: Vec<DraftView>,
        held: impl Fn(Mode, &str) -> bool,
    ) {
        for mode in [Mode::Reply, Mode::Note] {
            let here = (thread, mode);
            let at = kept.iter().position(|one| Mode::from(one.kind) == mode);
            let kept = at.map(|at| kept.swap_remove(at));
            let text = kept.as_ref().map_or("", |kept| kept.text.as_str());
            let is_typed = self.typed.contains(&here) && !self.text(thread, mode).is_empty();
            if is_typed || held(mode, text) {
                continue;
            }
            match kept {
                Some(DraftView { text, began, .. }) => {
                    self.texts.insert(here, Draft { text, began });
                }
                None => {
                    self.texts.remove(&here);
                }
            }
        }
    }

    /// From now on what the server keeps is taken for all texts but `unkept` ones: changes of other
    /// windows may have been missed.
    pub fn trust_the_server(&mut self, unkept: impl Fn(ThreadId, Mode) -> bool) {
        self.typed.retain(|(thread, mode)| unkept(*thread, *mode));
    }

    /// Takes what another window has kept.
    pub fn hear(&mut self, kept: &DraftKept) {
        let mode = Mode::from(kept.kind);
        if mode == Mode::Reply {
            let beginning = kept.text.chars().take(DRAFT_PREVIEW_CHARS).collect();
            self.beginnings.insert(kept.thread, beginning);
        }
        let draft = Draft {
            text: kept.text.clone(),
            began: kept.began,
        };
        self.texts.insert((kept.thread, mode), draft);
        self.typed.remove(&(kept.thread, mode));
    }

    /// The beginning of the reply that is being written to a thread, if there is one.
    pub fn beginning(&self, thread: ThreadId) -> Option<String> {
        let here = self.texts.get(&(thread, Mode::Reply));
        let text = here.map(|draft| &draft.text);
        let text = text.or_else(|| self.beginnings.get(&thread))?;
        let text = text.trim();
        (!text.is_empty()).then(|| text.chars().take(DRAFT_PREVIEW_CHARS).collect())
    }

    /// What of a thread is to be kept by the server, as it is now.
    pub fn kept(&self, thread: ThreadId, mode: Mode, tab: u32) -> DraftKept {
        let draft = self.texts.get(&(thread, mode)).cloned().unwrap_or_default();
        DraftKept {
            thread,
            kind: mode.into(),
            text: draft.text,
            began: draft.began,
            tab,
        }
    }

    /// Takes the text of one mode away, to send it.
    pub fn take(&mut self, thread: ThreadId, mode: Mode) -> Option<Draft> {
        self.beginnings.remove(&thread);
        self.typed.remove(&(thread, mode));
        self.texts
            .remove(&(thread, mode))
            .filter(|draft| !draft.is_blank())
    }

    /// Puts a text back before whatever was typed since; nothing typed is lost.
    pub fn put_back(&mut self, thread: ThreadId, mode: Mode, draft: Draft) {
        let text = match self.text(thread, mode) {
            "" => draft.text,
            since => [draft.text.as_str(), since].join("\n\n"),
        };
        self.texts.insert(
            (thread, mode),
            Draft {
                text,
                began: draft.began,
            },
        );
        self.modes.insert(thread, mode);
        self.typed.insert((thread, mode));
    }

    /// Whether nothing is being written here.
    pub fn is_empty(&self) -> bool {
        let is_blank = |here| self.texts.get(here).is_none_or(Draft::is_blank);
        self.typed.iter().all(is_blank)
    }
}

impl Draft {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Where the files of what is being written to a thread wait.
pub fn desk_of(thread: ThreadId, mode: Mode) -> String {
    let mode = match mode {
        Mode::Reply => "/reply",
        Mode::Note => "/note",
    };
    [&thread.to_string(), mode].concat()
}

/// A text on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// To which thread.
    pub thread: ThreadId,
    /// As what.
    pub mode: Mode,
    /// As what it was written.
    pub written: Mode,
    /// The text.
    pub body: String,
    /// Its files.
    pub attachments: Vec<AttachmentId>,
    /// The idempotency key: every repetition is the same message.
    pub key: String,
    /// The last staff number that its author saw.
    pub seen: i64,
    /// Whether it opens a closed thread again.
    pub reopen: bool,
    /// Whether it closes the thread.
    pub close: bool,
    /// The acts that go with it, as the server gave them; nothing for none.
    pub acts: String,
    /// The last staff number that the page showed when it was sent.
    pub shown: i64,
    /// When it is posted, as a reply.
    pub when: SendWhen,
    /// How far it has come.
    pub stage: Stage,
}

/// How far a text on its way has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Being sent.
    Sending,
    /// Stored; its entry is on the way.
    Stored,
    /// Not stored, and why.
    Failed(UiError),
    /// Not stored: another staff member acted meanwhile (rule 8).
    Overtaken(Overtaken),
}

impl Outgoing {
    /// As a reply.
    pub fn reply(&self) -> ReplyForm {
        ReplyForm {
            body: self.body.clone(),
            key: self.key.clone(),
            seen: Some(self.seen),
            reopen: self.reopen,
            close: self.close,
            shown: Some(self.shown).filter(|_| self.close || !self.acts.is_empty()),
            attachments: self.attachments.clone(),
        }
    }

    /// As a note.
    pub fn note(&self) -> NoteForm {
        NoteForm {
            body: self.body.clone(),
            key: self.key.clone(),
            attachments: self.attachments.clone(),
        }
    }

    /// As it was in the composer.
    pub fn draft(&self) -> Draft {
        Draft {
            text: self.body.clone(),
            began: self.seen,
        }
    }

    /// The stage after a refusal.
    pub fn refused(error: UiError) -> Stage {
        match error {
            UiError::Fault(Fault::Overtaken(overtaken)) => Stage::Overtaken(overtaken),
            other => Stage::Failed(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::team::cast::thread;

    #[test]
    fn texts_are_kept_per_thread_and_mode() {
        let mut drafts = Drafts::default();
        drafts.keep(thread(1), Mode::Reply, "to them".into(), 3);
        drafts.keep(thread(1), Mode::Note, "to us".into(), 3);
        drafts.set_mode(thread(1), Mode::Note);
        assert_eq!(drafts.text(thread(1), Mode::Reply), "to them");
        assert_eq!(drafts.text(thread(1), Mode::Note), "to us");
        assert_eq!(drafts.text(thread(2), Mode::Note), "");
        assert_eq!(
            (drafts.mode(thread(1)), drafts.mode(thread(2))),
            (Mode::Note, Mode::Reply)
        );
    }

    #[test]
    fn a_draft_remembers_what_its_author_had_seen_when_it_began() {
        let mut drafts = Drafts::default();
        drafts.keep(thread(1), Mode::Reply, "a".into(), 3);
        drafts.keep(thread(1), Mode::Reply, "ab".into(), 7);
        assert_eq!(
            drafts
                .clone()
                .take(thread(1), Mode::Reply)
                .map(|draft| draft.began),
            Some(3)
        );
        drafts.keep(thread(1), Mode::Reply, " ".into(), 7);
        assert!(drafts.is_empty());
        assert_eq!(drafts.text(thread(1), Mode::Reply), " ");
        drafts.keep(thread(1), Mode::Reply, "new".into(), 7);
        assert_eq!(
            drafts.take(thread(1), Mode::Reply).map(|draft| draft.began),
            Some(7)
        );
    }

    #[test]
    fn what_the_server_keeps_is_taken_and_what_is_typed_here_stays() {
        let mut drafts = Drafts::default();
        let view = |text: &str| DraftView {
            kind: DraftKind::Reply,
            text: text.into(),
            began: 3,
        };
        drafts.learn(&[(thread(1), "Dear".into()), (thread(2), "Hi".into())]);
        assert_eq!(drafts.beginning(thread(1)).as_deref(), Some("Dear"));
        let nothing = |_, _: &str| false;
        drafts.open(thread(1), vec![view("Dear Guido,")], |_, text| {
            text == "Dear Guido,"
        });
        assert_eq!(drafts.text(thread(1), Mode::Reply), "");
        drafts.open(thread(1), vec![view("Dear Guido,")], nothing);
        assert_eq!(drafts.text(thread(1), Mode::Reply), "Dear Guido,");
        drafts.keep(thread(1), Mode::Reply, "Dear Guido, it".into(), 7);
        drafts.open(thread(1), vec![view("Older")], nothing);
        let kept = drafts.kept(thread(1), Mode::Reply, 5);
        assert_eq!((kept.text.as_str(), kept.began), ("Dear Guido, it", 3));
        // Another window goes on, and then sends it.
        let told = |text: &str| DraftKept {
            text: text.into(),
            tab: 6,
            ..kept.clone()
        };
        drafts.hear(&told("Dear Guido, it is"));
        assert_eq!(drafts.text(thread(1), Mode::Reply), "Dear Guido, it is");
        // What was not typed here goes as it came, and so does what may have changed unheard.
        drafts.open(thread(1), Vec::new(), nothing);
        assert_eq!(drafts.text(thread(1), Mode::Reply), "");
        drafts.keep(thread(1), Mode::Reply, "Dear".into(), 7);
        drafts.trust_the_server(|_, _| true);
        drafts.open(thread(1), vec![view("Newer")], nothing);
        assert_eq!(drafts.text(thread(1), Mode::Reply), "Dear");
        drafts.trust_the_server(|_, _| false);
        drafts.open(thread(1), vec![view("Newer")], nothing);
        assert_eq!(drafts.text(thread(1), Mode::Reply), "Newer");
        assert!(drafts.is_empty());
        drafts.hear(&told(""));
        assert_eq!(drafts.beginning(thread(1)), None);
        assert_eq!(drafts.beginning(thread(2)).as_deref(), Some("Hi"));
    }

    #[test]
    fn what_comes_back_stands_before_what_was_typed_since() {
        let mut drafts = Drafts::default();
        drafts.keep(thread(1), Mode::Reply, "second".into(), 5);
        drafts.put_back(
            thread(1),
            Mode::Reply,
            Draft {
                text: "first".into(),
                began: 3,
            },
        );
        assert_eq!(drafts.text(thread(1), Mode::Reply), "first\n\nsecond");
    }
}
