//! The audit log: acts worded from typed data, newest first.

use leptos::prelude::*;
use pigeon_wire::Millis;
use pigeon_wire::audit::{Act, AuditCursor, AuditFilter, AuditLine, AuditPage, Recorded};
use pigeon_wire::id::DAY_MS;
use pigeon_wire::person::PersonRef;

use super::part::{Control, PlainField};
use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::words::audit::{Told, words};

/// The page of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// What was asked for.
    pub filter: AuditFilter,
    /// What was found.
    pub page: AuditPage,
    /// Whether it is a later page.
    pub is_later: bool,
}

impl Log {
    /// The page's content.
    pub fn view(&self) -> AnyView {
        let words = words();
        let lines = if self.page.lines.is_empty() {
            view! { <p class="lead" role="status">{words.none}</p> }.boxed()
        } else {
            let lines = self.page.lines.iter().map(line);
            view! { <ol class="ledger" aria-label=words.list>{lines.collect_view()}</ol> }.boxed()
        };
        let older = self.page.next.map(|next| {
            view! { <a class="btn" href=address(&self.filter, Some(next))>{words.older}</a> }
        });
        let newest = self.is_later.then(|| {
            view! { <a class="btn" href=address(&self.filter, None)>{words.newest}</a> }
        });
        view! {
            <p class="lead">{words.lead}</p>
            {self.form()}
            {lines}
            <p class="ways">{newest} {older}</p>
        }
        .boxed()
    }

    fn form(&self) -> AnyView {
        let words = words();
        let Self { filter, page, .. } = self;
        let person = |person: &PersonRef| (person.id.to_string(), person.name.clone());
        let mut people = vec![(String::new(), words.everybody.to_owned())];
        people.extend(page.people.iter().map(person));
        if let Some(named) = page.person.as_ref().map(person)
            && !people.contains(&named)
        {
            people.push(named);
        }
        let mut acts = vec![(String::new(), words.everything.to_owned())];
        let act = |act: &Act| (act.as_str().to_owned(), (words.act)(*act).to_owned());
        acts.extend(Act::ALL.iter().map(act));
        let chosen = filter.person.map(|id| id.to_string()).unwrap_or_default();
        let day = || Control::Line {
            kind: "date",
            max: 10,
        };
        let thread = filter.thread.map(|thread| {
            view! { <input type="hidden" name="thread" value=thread.to_string() /> }
        });
        view! {
            <form method="get" action="/audit" role="search" class="plain-filter">
                {thread}
                <PlainField
                    name="person"
                    label=words.person
                    control=Control::Choice(people)
                    value=chosen
                />
                <PlainField
                    name="act"
                    label=words.what
                    control=Control::Choice(acts)
                    value=filter.act.map(Act::as_str).unwrap_or_default()
                />
                <PlainField
                    name="from"
                    label=words.from
                    control=day()
                    value=filter.from.map(day_of).unwrap_or_default()
                    optional=true
                />
                <PlainField
                    name="until"
                    label=words.until
                    control=day()
                    value=filter.until.map(last_day_of).unwrap_or_default()
                    optional=true
                />
                <button class="btn">{words.look}</button>
            </form>
            <p class="field-hint">{words.day_hint}</p>
        }
        .boxed()
    }
}

/// The day of a moment, as a date field holds it.
fn day_of(at: Millis) -> String {
    let text = at.rfc3339();
    text.split('T').next().unwrap_or_default().to_owned()
}

/// The last day before a moment.
fn last_day_of(end: Millis) -> String {
    day_of(end.plus(-1))
}

/// The end of the day that a date field holds: lines before it are of that day too.
pub fn end_of_day(text: &str) -> Option<Millis> {
    Millis::of_day(text).map(|day| day.plus(DAY_MS))
}

fn line(line: &AuditLine) -> AnyView {
    let words = words();
    let named = |person: &Option<PersonRef>| person.as_ref().map(|person| person.name.clone());
    let (who, whom) = (named(&line.actor), named(&line.person));
    let told = Told::new(
        who.as_deref(),
        whom.as_deref(),
        line.own,
        words,
        line.facts.clone(),
    );
    let sentence = match &line.act {
        Recorded::Known(act) => (words.told)(*act, &told),
        Recorded::Other(word) => (words.other)(word, &told),
    };
    let thread = line.thread.as_ref().map(|thread| {
        let subject = thread.subject.as_deref().unwrap_or(words.no_subject);
        view! {
            " " {words.in_thread} " " <a href=format!("/inbox/{}", thread.id)>{subject.to_owned()}</a>
        }
    });
    view! {
        <li class="ledger-row">
            <p class="ledger-main">{sentence} {thread}</p>
            <p class="ledger-side ledger-meta">
                <Moment at=line.at />
            </p>
        </li>
    }
    .boxed()
}

fn address(filter: &AuditFilter, after: Option<AuditCursor>) -> String {
    let mut parts = Vec::new();
    let mut part = |name: &str, value: Option<String>| {
        parts.extend(value.map(|value| [name, "=", &value].concat()));
    };
    part("person", filter.person.map(|id| id.to_string()));
    part("act", filter.act.map(|act| act.to_string()));
    part("thread", filter.thread.map(|id| id.to_string()));
    part("from", filter.from.map(day_of));
    part("until", filter.until.map(last_day_of));
    part("after", after.map(|after| after.to_string()));
    ["/audit?", &parts.join("&")].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use pigeon_wire::id::RecordId;

    #[test]
    fn the_next_page_asks_for_the_same_acts() {
        let filter = AuditFilter {
            act: Some(Act::Assigned),
            from: Millis::of_day("2026-01-31"),
            until: end_of_day("2026-02-01"),
            ..AuditFilter::default()
        };
        let all = "/audit?act=assigned&from=2026-01-31&until=2026-02-01";
        assert_eq!(address(&filter, None), all);
        let after = AuditCursor {
            at: Millis(7),
            id: RecordId(uuid::Uuid::nil()),
        };
        assert_eq!(
            address(&filter, Some(after)),
            [all, "&after=", &after.to_string()].concat()
        );
        assert_eq!(after.to_string().parse(), Ok(after));
    }
}
