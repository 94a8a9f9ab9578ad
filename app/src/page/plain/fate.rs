//! What became of one message's mail, for whoever works on its conversation; and the tags that are known.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::outbox::{MailFate, MailState};
use pigeon_wire::tag::Tag;

use super::form::refusal;
use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::words::fate::words;

/// The page of one message's mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    /// The address of its conversation.
    pub room: String,
    /// The page's own address.
    pub here: String,
    /// What became of it; nothing where no mail is owed.
    pub fate: Option<MailFate>,
    /// Whether the reader may have it tried again.
    pub may: bool,
    /// Why that was refused, if it was.
    pub fault: Option<Fault>,
}

impl Fate {
    /// The page's content.
    pub fn view(&self) -> AnyView {
        let words = words();
        let told = match &self.fate {
            Some(fate) => self.told(fate),
            None => view! { <p class="lead">{words.none}</p> }.boxed(),
        };
        view! {
            {refusal(self.fault.as_ref(), &[])}
            {told}
            <p>
                <a href=self.room.clone()>{words.back}</a>
            </p>
        }
        .boxed()
    }

    fn told(&self, fate: &MailFate) -> AnyView {
        let words = words();
        let answer = fate.answer.clone().map(|answer| {
            view! {
                <p>{words.answer}</p>
                <blockquote class="canned-text" dir="auto">{answer}</blockquote>
            }
        });
        let tried = fate.state == MailState::Failed || fate.state == MailState::Deferred;
        let retry = (self.may && tried).then(|| {
            view! {
                <form method="post" action=self.here.clone() class="plain-form">
                    <div class="ways">
                        <button class="btn primary">{words.retry}</button>
                    </div>
                </form>
            }
        });
        view! {
            <p class="lead">
                {(words.state)(fate.state)} " " {(words.tries)(fate.attempts)} " "
                <Moment at=fate.due_at />
            </p>
            {answer}
            {retry}
        }
        .boxed()
    }
}

/// The tags that conversations have, for a field that offers them.
pub fn known_tags(tags: &[Tag]) -> AnyView {
    let options = tags
        .iter()
        .map(|tag| view! { <option value=tag.to_string()></option> });
    view! { <datalist id="known-tags">{options.collect_view()}</datalist> }.boxed()
}
