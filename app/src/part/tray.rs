//! Where files are added to what is being written: chosen, dropped or pasted, each with its progress,
//! and taken away again.

use leptos::either::Either;
use leptos::prelude::*;
use pigeon_wire::attachment::{FileRules, RefusedFile};

use crate::part::files::FileHint;
use crate::part::icon::{CROSS, FILE, Icon};
use crate::upload::{Chosen, Item, State, Tray, chosen, dropped, pasted};
use crate::words::file::{refused_text, size_text, words};
use crate::words::{fault_text, language};

/// A composer's place for files.
#[derive(Clone, Copy)]
pub struct Adding {
    /// The page's files.
    pub tray: Tray,
    /// Which of them are the composer's.
    pub desk: Signal<String>,
    /// The address of the conversation.
    pub room: StoredValue<String>,
    /// Which files are taken.
    pub rules: StoredValue<FileRules>,
    /// Whether something is held over the composer.
    over: RwSignal<bool>,
}

impl Adding {
    /// A place for files of the conversation at `room`.
    pub fn new(tray: Tray, desk: Signal<String>, room: String, rules: FileRules) -> Self {
        Self {
            tray,
            desk,
            room: StoredValue::new(room),
            rules: StoredValue::new(rules),
            over: RwSignal::new(false),
        }
    }

    /// Whether files are taken.
    pub fn is_on(self) -> bool {
        self.rules.with_value(FileRules::is_on)
    }

    /// Whether files are still on their way.
    pub fn is_coming(self) -> bool {
        self.desk.with(|desk| self.tray.is_coming(desk))
    }

    /// Whether a file waits for its message.
    pub fn is_filled(self) -> bool {
        self.desk.with(|desk| self.tray.is_filled(desk))
    }

    /// Whether something is held over the composer that would be added.
    pub fn is_over(self) -> bool {
        self.over.get()
    }

    fn add(self, files: Vec<Chosen>) {
        let desk = self.desk.get_untracked();
        self.room.with_value(|room| {
            self.rules
                .with_value(|rules| self.tray.add(&desk, room, rules, files));
        });
    }

    /// Something is held over the composer.
    pub fn hover(self, event: &web_sys::DragEvent) {
        if self.is_on() {
            // Else the browser would open what is dropped.
            event.prevent_default();
            self.over.set(true);
        }
    }

    /// It went elsewhere.
    pub fn leave(self) {
        self.over.set(false);
    }

    /// It was let go.
    pub fn drop(self, event: &web_sys::DragEvent) {
        self.over.set(false);
        let files = dropped(event);
        if self.is_on() && !files.is_empty() {
            event.prevent_default();
            self.add(files);
        }
    }

    /// Something was pasted: text goes its own way.
    pub fn paste(self, event: &web_sys::Event) {
        let files = pasted(event);
        if self.is_on() && !files.is_empty() {
            event.prevent_default();
            self.add(files);
        }
    }
}

/// The field for files, plain until the page lives, and then a button.
#[component]
pub fn AddFiles(
    /// The composer's place for files.
    adding: Adding,
) -> impl IntoView {
    let words = words();
    let is_live = RwSignal::new(false);
    Effect::new(move |_| is_live.set(true));
    adding.is_on().then(|| {
        let accept = adding.rules.with_value(FileRules::accept);
        let rules = adding.rules.get_value();
        let endings = rules.endings.join(", ");
        view! {
            <div class="add-files" class:live=move || is_live.get()>
                <input
                    class="file-field"
                    id="attachments"
                    type="file"
                    name="attachments[]"
                    multiple
                    accept=accept
                    aria-describedby="attachments-hint"
                    on:change=move |event| adding.add(chosen(&event))
                />
                <label class="btn quiet small" for="attachments" title=endings>
                    <Icon of=FILE />
                    {words.add}
                </label>
                <FileHint rules=rules />
            </div>
        }
    })
}

/// The files of a composer.
#[component]
pub fn TrayList(
    /// The composer's place for files.
    adding: Adding,
) -> impl IntoView {
    let items = move || adding.desk.with(|desk| adding.tray.at(desk));
    // Progress is told inside an item, so that its button keeps the focus.
    let key = |item: &Item| (item.number, stage(&item.state));
    let said = move || {
        let last = items().pop()?;
        matches!(last.state, State::There(_)).then(|| (words().there)(&last.name))
    };
    view! {
        <ul class="tray" aria-label=words().files>
            <For each=items key=key let:item>
                <TrayItem adding=adding item=item />
            </For>
        </ul>
        <p class="unseen" role="status">{said}</p>
    }
}

const fn stage(state: &State) -> u8 {
    match state {
        State::Coming(_) => 0,
        State::There(_) => 1,
        State::Refused(_) => 2,
        State::Failed(_) => 3,
    }
}

#[component]
fn TrayItem(adding: Adding, item: Item) -> impl IntoView {
    let (words, language) = (words(), language());
    let Item {
        number,
        name,
        bytes,
        state,
        ..
    } = item;
    let label = (words.remove)(&name);
    let remove = move |_| adding.tray.remove(number);
    let coming = matches!(state, State::Coming(_)).then(|| {
        let percent = move || {
            let desk = adding.desk.get();
            let all = adding.tray.at(&desk);
            let item = all.into_iter().find(|item| item.number == number);
            match item.map(|item| item.state) {
                Some(State::Coming(percent)) => percent,
                _ => 100,
            }
        };
        view! {
            <progress
                max="100"
                value=move || percent().to_string()
                aria-label=(words.coming)(&name)
            ></progress>
        }
    });
    let trouble = match state {
        State::Coming(_) | State::There(_) => None,
        State::Refused(problem) => {
            let name = name.clone();
            Some(refused_text(language, &RefusedFile { name, problem }))
        }
        State::Failed(None) => Some((words.lost)(&name)),
        State::Failed(Some(fault)) => Some([&name, ": ", &fault_text(language, &fault)].concat()),
    };
    let is_refused = trouble.is_some();
    let line = match trouble {
        Some(trouble) => Either::Left(view! {
            <span class="field-problem" role="alert">{trouble}</span>
        }),
        None => Either::Right(view! {
            <span class="file-name" dir="auto">{name}</span>
            " "
            <span class="file-size">{size_text(language, bytes)}</span>
        }),
    };
    view! {
        <li class="tray-item" class:refused-file=is_refused>
            <Icon of=FILE />
            <span class="file-line">{line}</span>
            {coming}
            <button
                class="btn quiet small"
                type="button"
                aria-label=label.clone()
                title=label
                on:click=remove
            >
                <Icon of=CROSS />
            </button>
        </li>
    }
}
