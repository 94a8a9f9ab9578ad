//! The mails that are owed, and what became of each. Nothing of what stands in them.

use leptos::prelude::*;
use pigeon_wire::outbox::{MailLine, MailPage, MailState, MailView, MailWay, Trial};

use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::words::admin::words;

/// The page's content. `tried` is what became of a test mail just now.
pub fn mail(page: &MailPage, tried: Option<&Trial>, may_open: bool) -> AnyView {
    let words = &words().mail;
    let way = (words.way)(&page.way);
    let tried = tried.map(result);
    let retry_all = (page.view == MailView::Trouble && page.counts.failed > 0).then(|| {
        view! {
            <form method="post" action="/mail/retry">
                <button class="btn" type="submit">
                    {words.retry_all}
                </button>
            </form>
        }
    });
    let list = if page.lines.is_empty() {
        view! { <p class="lead">{(words.none)(page.view)}</p> }.boxed()
    } else {
        let lines = page.lines.iter().map(|one| line(one, may_open));
        view! { <ul class="records">{lines.collect_view()}</ul> }.boxed()
    };
    let next = page.next.map(|next| {
        let href = format!("/mail?view={}&after={next}", page.view);
        view! {
            <a class="btn" href=href>
                {words.more}
            </a>
        }
    });
    view! {
        {tried}
        <section class="plain-form">
            <p>{way}</p>
            <form method="post" action="/mail/test" class="ways">
                <button class="btn primary" type="submit">
                    {words.test}
                </button>
            </form>
        </section>
        {views(page)}
        {retry_all}
        {list}
        {next}
    }
    .boxed()
}

/// The ways between the lists, each with how many are in it.
fn views(page: &MailPage) -> AnyView {
    let words = &words().mail;
    let counts = page.counts;
    let ways = MailView::ALL.iter().map(|view| {
        let here = (*view == page.view).then_some("page");
        let label = (words.view)(*view, counts);
        view! {
            <li>
                <a href=["/mail?view=", view.as_str()].concat() aria-current=here>
                    {label}
                </a>
            </li>
        }
    });
    view! {
        <nav class="tabs" aria-label=words.views>
            <ul>{ways.collect_view()}</ul>
        </nav>
    }
    .boxed()
}

fn line(line: &MailLine, may_open: bool) -> AnyView {
    let words = &words().mail;
    let to = match (&line.name, &line.address) {
        (Some(name), Some(address)) => [name, " <", address, ">"].concat(),
        (None, Some(address)) => address.clone(),
        _ => words.nobody.to_owned(),
    };
    let thread = line.thread.filter(|_| may_open).map(|thread| {
        view! {
            " · "
            <a href=format!("/inbox/{thread}")>{words.conversation}</a>
        }
    });
    let answer = line
        .answer
        .clone()
        .filter(|_| line.state != MailState::Sent);
    let answer = answer.map(|answer| view! { <p class="record-said" lang="en">{answer}</p> });
    let when = match (line.state, line.sent_at) {
        (MailState::Sent, Some(at)) => view! { {words.sent_at} " " <Moment at=at /> }.boxed(),
        (MailState::Queued | MailState::Deferred, _) => {
            view! { {words.next_at} " " <Moment at=line.due_at /> }.boxed()
        }
        _ => view! { {words.owed_at} " " <Moment at=line.created_at /> }.boxed(),
    };
    let attempts = (line.attempts > 0).then(|| {
        view! { " · " {(words.attempts)(line.attempts)} }
    });
    let class = ["record is-", line.state.as_str()].concat();
    view! {
        <li class=class>
            <p class="record-head">
                <strong class="record-state">{(words.state)(line.state)}</strong>
                " "
                {to.clone()}
            </p>
            <p class="record-meta">
                {(words.kind)(line.kind)} {thread} " · " {when} {attempts}
            </p>
            {answer}
            {acts(line, &to)}
        </li>
    }
    .boxed()
}

/// What can be done about a mail.
fn acts(line: &MailLine, to: &str) -> Option<AnyView> {
    let words = &words().mail;
    let (retry, cancel) = match line.state {
        MailState::Failed => (Some(words.retry), Some(words.put_aside)),
        MailState::Deferred => (Some(words.retry), Some(words.cancel)),
        MailState::Queued => (None, Some(words.cancel)),
        MailState::Leased | MailState::Sent | MailState::Dropped => return None,
    };
    let button = |word: Option<&'static str>, act: &'static str| {
        word.map(|word| {
            let label = (words.act_on)(word, to);
            view! {
                <form method="post" action=format!("/mail/{}/{act}", line.id)>
                    <button class="btn" type="submit" aria-label=label>
                        {word}
                    </button>
                </form>
            }
        })
    };
    Some(
        view! {
            <div class="record-acts">{button(retry, "retry")} {button(cancel, "cancel")}</div>
        }
        .boxed(),
    )
}

/// What the mail server answered to a test.
fn result(trial: &Trial) -> AnyView {
    let words = &words().mail;
    match &trial.refusal {
        None => {
            let text = match trial.way {
                MailWay::Folder(_) => (words.written)(&trial.to),
                _ => (words.taken)(&trial.to),
            };
            view! { <p class="done" role="status">{text}</p> }.boxed()
        }
        Some(said) => view! {
            <div class="refusal" role="alert">
                <div>
                    <p>{(words.refused)(&trial.to)}</p>
                    <p class="record-said" lang="en">
                        {said.clone()}
                    </p>
                </div>
            </div>
        }
        .boxed(),
    }
}
