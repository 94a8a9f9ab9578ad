//! The files of a message: a small image where there is one, name and size for all.

use leptos::prelude::*;
use pigeon_wire::attachment::{AttachmentView, FileRules};

use crate::words::file::{size_text, words};

/// The files of a message; nothing is seen where there are none.
#[component]
pub fn Files(
    /// The files.
    files: Vec<AttachmentView>,
    /// The address of their conversation.
    room: String,
) -> impl IntoView {
    let items: Vec<_> = files
        .into_iter()
        .map(|file| {
            let address = [&room, "/file/", &file.id.to_string()].concat();
            let small = [&address, "/small"].concat();
            let picture = file.thumb.map(|_| view! { <img src=small alt="" /> });
            let said = [&file.name, " · ", &size_text(file.bytes)].concat();
            view! { <li><a href=address download="">{picture} {said}</a></li> }
        })
        .collect();
    view! { <ul class="files">{items}</ul> }
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
                    accept=rules.accept.clone()
                    aria-describedby="attachments-hint"
                />
                <p class="field-hint" id="attachments-hint">
                    {(words.limits)(&rules)} ": " {rules.accept.replace('.', "").replace(',', ", ")}
                </p>
            </div>
        }
    })
}

/// Files that came in with a form that was refused: they go along with the next try, unless they
/// are unticked.
#[component]
pub fn KeptFiles(
    /// The files.
    files: Vec<AttachmentView>,
) -> impl IntoView {
    (!files.is_empty()).then(|| {
        let items: Vec<_> = files
            .into_iter()
            .map(|file| {
                let (name, size) = (file.name.clone(), size_text(file.bytes));
                view! {
                    <label class="file-kept">
                        <input
                            type="checkbox"
                            name="kept"
                            value=file.id.to_string()
                            checked
                            autocomplete="off"
                        />
                        <span class="file-name" dir="auto">{name}</span>
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
