//! Read marks: set only while somebody can see the page.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Open;
use crate::api::thread;
use crate::live::team::Store;

/// Marks what is written here as read, while the page is visible.
pub fn keep_read(store: Store, open: Open) {
    let unread = Memo::new(move |_| {
        open.talk.with(|talk| {
            let latest = talk.latest()?;
            (latest > talk.read).then_some(latest)
        })
    });
    Effect::new(move |_| {
        let Some(upto) = unread.get().filter(|_| store.visible.get()) else {
            return;
        };
        spawn_local(async move {
            if thread::seen(open.id, upto).await.is_ok() {
                store.note_read(open.id, upto);
            }
        });
    });
}
