//! A list of signed-in browsers, each with a way to end it.

use leptos::prelude::*;
use pigeon_wire::team::SessionView;

use super::device::device;
use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::words::people::words;

/// The sessions of somebody. Their forms post to `action`; `all` is the word of the button that
/// ends every one but the one that asks.
pub fn sessions(sessions: &[SessionView], action: &str, all: &'static str) -> AnyView {
    let words = &words().sessions;
    if sessions.is_empty() {
        return view! { <p class="lead">{words.none}</p> }.boxed();
    }
    let has_others = sessions.iter().any(|session| !session.this);
    let end_all = has_others.then(|| {
        view! {
            <form method="post" action=action.to_owned() class="ways">
                <button class="btn" name="session" value="all">{all}</button>
            </form>
        }
    });
    view! {
        <ul class="ledger">{sessions.iter().map(|one| line(one, action)).collect_view()}</ul>
        {end_all}
    }
    .boxed()
}

fn line(session: &SessionView, action: &str) -> AnyView {
    let words = &words().sessions;
    // The hour is kept: a browser that signed in within it was used then at the earliest.
    let used = session.seen_at.max(session.created_at);
    let (browser, system) = device(&session.agent);
    let device = (words.device)(browser, system);
    let label = (words.end_of)(&device);
    let end = if session.this {
        view! { <span class="chip open">{words.this}</span> }.boxed()
    } else {
        view! {
            <form method="post" action=action.to_owned()>
                <button
                    class="btn small"
                    name="session"
                    value=session.id.to_string()
                    aria-label=label
                >
                    {words.end}
                </button>
            </form>
        }
        .boxed()
    };
    view! {
        <li class="ledger-row">
            <div class="ledger-main">
                <p class="ledger-title" title=session.agent.clone()>{device}</p>
                <p class="ledger-meta">
                    {words.signed_in} " " <Moment at=session.created_at /> " · " {words.used} " "
                    <Moment at=used />
                </p>
            </div>
            {end}
        </li>
    }
    .boxed()
}
