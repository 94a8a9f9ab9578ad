//! One web hook: what became of its deliveries, and sending them again.

use leptos::prelude::*;
use pigeon_wire::webhook::{DeliveryLine, DeliveryPage, DeliveryState};

use super::webhooks::{address, standing, switch, told};
use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::words::webhook::{counted, words};

/// The page's content; `is_later` where it is not the log's first page.
pub fn webhook_log(page: &DeliveryPage, is_later: bool) -> AnyView {
    let words = words();
    let hook = &page.hook;
    let here = address(hook);
    let list = if page.lines.is_empty() {
        view! { <p class="lead">{words.no_delivery}</p> }.boxed()
    } else {
        let lines = page.lines.iter().map(|one| line(&here, one));
        view! { <ul class="records">{lines.collect_view()}</ul> }.boxed()
    };
    let replay = (hook.failed > 0).then(|| {
        view! {
            <form method="post" action=[&here, "/replay"].concat() class="ways">
                <span class="ledger-trouble">{(words.failed)(&counted(hook.failed))}</span>
                <button class="btn">{words.replay_failed}</button>
            </form>
        }
    });
    let older = page.next.map(|next| {
        view! { <a class="btn" href=format!("{here}?after={next}")>{words.older}</a> }
    });
    let newest = is_later.then(|| view! { <a class="btn" href=here.clone()>{words.newest}</a> });
    view! {
        <p><a href="/settings/webhooks">{words.back}</a></p>
        <h2>{hook.name.clone()}</h2>
        <p class="ledger-meta">{hook.url.clone()}</p>
        <p class="ledger-meta">{told(hook)}</p>
        <p class="ledger-meta">{standing(hook)}</p>
        <div class="ways">{switch(hook)}</div>
        <section class="plain-part">
            <h3>{words.log}</h3>
            <p class="lead">{words.log_lead}</p>
            {replay}
            {list}
            <p class="ways">{newest} {older}</p>
        </section>
        {deletion(&here, &hook.name)}
    }
    .boxed()
}

fn deletion(here: &str, name: &str) -> AnyView {
    let words = words();
    view! {
        <section class="plain-part">
            <details class="asks-once">
                <summary class="btn">{words.delete}</summary>
                <form method="post" action=[here, "/delete"].concat() class="plain-form">
                    <p>{words.delete_lead}</p>
                    <div class="ways">
                        <button class="btn danger">{(words.act_on)(words.delete, name)}</button>
                    </div>
                </form>
            </details>
        </section>
    }
    .boxed()
}

fn line(here: &str, line: &DeliveryLine) -> AnyView {
    let words = words();
    let event = (words.event)(line.event);
    let when = match (line.state, line.settled_at) {
        (_, Some(at)) => view! { " · " {words.settled} " " <Moment at=at /> }.boxed(),
        (DeliveryState::Deferred, _) => {
            view! { " · " {words.next} " " <Moment at=line.due_at /> }.boxed()
        }
        _ => ().boxed(),
    };
    let attempts = (line.attempts > 0).then(|| {
        view! { " · " {(words.attempts)(line.attempts)} }
    });
    let status = line
        .status
        .map(|status| view! { " · " {(words.answered)(status)} });
    let answer = line.answer.clone().filter(|answer| !answer.is_empty());
    let answer = answer.map(|answer| view! { <p class="record-said" lang="en">{answer}</p> });
    let act = match line.state {
        DeliveryState::Queued | DeliveryState::Leased => None,
        DeliveryState::Deferred => Some(words.try_now),
        _ => Some(words.replay),
    };
    let act = act.map(|act| {
        let action = format!("{here}/{}/replay", line.id);
        view! {
            <form method="post" action=action class="record-acts">
                <button class="btn small" aria-label=(words.act_on)(act, event)>
                    {act}
                </button>
            </form>
        }
    });
    let class = ["record is-", line.state.as_str()].concat();
    view! {
        <li class=class>
            <p class="record-head">
                <strong class="record-state">{(words.state)(line.state)}</strong>
                " "
                {event}
            </p>
            <p class="record-meta">
                {words.happened} " " <Moment at=line.created_at /> {when} {attempts} {status}
            </p>
            <p class="record-meta">"webhook-id " {line.id.to_string()}</p>
            {answer}
            {act}
        </li>
    }
    .boxed()
}
