//! The files of a message: a small image where there is one, name and size for all.

use leptos::prelude::*;
use pigeon_wire::attachment::{AttachmentView, FileRules};

use crate::part::icon::{FILE, Icon};
use crate::words::file::{size_text, words};
use crate::words::language;

/// The files of a message; nothing where there are none.
#[component]
pub fn Files(
    /// The files.
    files: Vec<AttachmentView>,
    /// The address of their conversation; nothing as long as they cannot be opened.
    room: Option<String>,
) -> impl IntoView {
    let language = language();
    (!files.is_empty()).then(move || {
        let items: Vec<_> = files
            .into_iter()
            .map(|file| {
                let id = file.id.to_string();
                let address = room.as_ref().map(|room| [room, "/file/", &id].concat());
                let name = address.as_ref().map(|_| file.name.clone());
                let picture = address.clone().zip(file.thumb).map(|(address, thumb)| {
                    view! {
                        <img
                            src=[&address, "/small"].concat()
                            width=thumb.width.to_string()
                            height=thumb.height.to_string()
                            alt=""
                            loading="lazy"
                        />
                    }
                });
                let size = size_text(language, file.bytes);
                view! {
                    <li>
                        <a class="file" href=address download=name>
                            {picture}
                            <span class="file-line">
                                <Icon of=FILE />
                                <span class="file-name" dir="auto">{file.name}</span>
                                " "
                                <span class="file-size">{size}</span>
                            </span>
                        </a>
                    </li>
                }
            })
            .collect();
        view! { <ul class="files" aria-label=words().files>{items}</ul> }
    })
}

/// A plain field for files; nothing where none are taken.
#[component]
pub fn FileField(
    /// Which files are taken.
    rules: FileRules,
) -> impl IntoView {
    let words = words();
    rules.is_on().then(|| {
        view! {
            <div class="field">
                <label for="attachments">{words.add}</label>
                <input
                    class="file-field"
                    id="attachments"
                    type="file"
                    name="attachments[]"
                    multiple
                    accept=rules.accept()
                    aria-describedby="attachments-hint"
                />
                <FileHint rules=rules />
            </div>
        }
    })
}

/// Which files are taken, told before somebody chooses.
#[component]
pub fn FileHint(
    /// Which files are taken.
    rules: FileRules,
) -> impl IntoView {
    let endings = [": ", &rules.endings.join(", ")].concat();
    view! {
        <p class="field-hint" id="attachments-hint">
            {(words().limits)(&rules)} <span class="file-endings">{endings}</span>
        </p>
    }
}

/// Files that came in with a form that was refused: they go along with the next try, unless they
/// are unticked.
#[component]
pub fn KeptFiles(
    /// The files.
    files: Vec<AttachmentView>,
) -> impl IntoView {
    let language = language();
    (!files.is_empty()).then(|| {
        let items: Vec<_> = files
            .into_iter()
            .map(|file| {
                let size = size_text(language, file.bytes);
                view! {
                    <label class="file-kept">
                        <input
                            type="checkbox"
                            name="kept"
                            value=file.id.to_string()
                            checked
                            autocomplete="off"
                        />
                        <span class="file-name" dir="auto">{file.name}</span>
                        " "
                        <span class="file-size">{size}</span>
                    </label>
                }
            })
            .collect();
        view! {
            <fieldset class="files-kept">
                <legend>{words().kept}</legend>
                {items}
            </fieldset>
        }
    })
}
