//! What was kept from the team. What was typed is shown as text.

use leptos::prelude::*;
use pigeon_wire::quarantine::{Catch, CatchPage, CatchReason};

use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::words::admin::words;

/// The page's content.
pub fn quarantine(page: &CatchPage) -> AnyView {
    let words = &words().quarantine;
    let head = view! {
        <p class="lead">{words.lead}</p>
        <p>
            <a href="/blocked">{words.senders}</a>
        </p>
    };
    if page.catches.is_empty() {
        return view! {
            {head}
            <p>{words.none}</p>
        }
        .boxed();
    }
    let ids = page.catches.iter();
    let ids = ids.map(|one| view! { <input type="hidden" name="id" value=one.id.to_string() /> });
    let next = page.next.map(|next| {
        let href = format!("/quarantine?after={next}");
        view! {
            <a class="btn" href=href>
                {words.more}
            </a>
        }
    });
    view! {
        {head}
        <p class="record-meta">{(words.counts)(page.counts)}</p>
        <ul class="records">{page.catches.iter().map(catch).collect_view()}</ul>
        <div class="ways">
            {next}
            <form method="post" action="/quarantine/delete">
                {ids.collect_view()}
                <button class="btn" type="submit">
                    {(words.delete_all)(page.catches.len())}
                </button>
            </form>
        </div>
    }
    .boxed()
}

fn catch(one: &Catch) -> AnyView {
    let words = &words().quarantine;
    let from = [&one.name, " <", &one.email, ">"].concat();
    let subject = one.subject.clone();
    let subject = subject.map(|subject| view! { <p class="record-title">{subject}</p> });
    let why = match one.reason {
        CatchReason::Honeypot => (words.bait)(&one.bait),
        CatchReason::Blocked => words.blocked.to_owned(),
    };
    let reply = one.thread_id.map(|thread| {
        view! { " · " <a href=format!("/inbox/{thread}")>{words.reply}</a> }
    });
    let (accept, delete) = (
        (words.act_on)(words.accept, &from),
        (words.act_on)(words.delete, &from),
    );
    view! {
        <li class="record">
            <p class="record-head">{from}</p>
            <p class="record-meta">
                <Moment at=one.created_at />
                " · "
                {why}
                {reply}
            </p>
            {subject}
            <p class="record-text">{one.body.clone()}</p>
            <div class="record-acts">
                <form method="post" action=format!("/quarantine/{}/accept", one.id)>
                    <button class="btn" type="submit" aria-label=accept>
                        {words.accept}
                    </button>
                </form>
                <form method="post" action=format!("/quarantine/{}/delete", one.id)>
                    <button class="btn" type="submit" aria-label=delete>
                        {words.delete}
                    </button>
                </form>
            </div>
        </li>
    }
    .boxed()
}
