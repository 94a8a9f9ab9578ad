//! The list of everybody with an account, and its filter.

use leptos::prelude::*;
use pigeon_wire::PersonId;
use pigeon_wire::team::{PeopleFilter, PeopleState, PersonRow, RoleRef};

use super::People;
use crate::page::plain::form::role_choices;
use crate::page::plain::part::{Control, PlainField};
use crate::page::plain::portrait::Portrait;
use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::words::people::words;

/// Most characters of a name to look for.
pub const FIND_CHARS_MAX: usize = 100;

/// The form that narrows the list down: a GET, so that what it shows has an address.
pub fn filter(filter: &PeopleFilter, roles: &[RoleRef]) -> AnyView {
    let words = &words().list;
    let any = (String::new(), words.any_role.to_owned());
    let roles = std::iter::once(any).chain(role_choices(roles)).collect();
    let states = [
        PeopleState::Active,
        PeopleState::Deactivated,
        PeopleState::All,
    ]
    .map(|state| (state.as_str().to_owned(), (words.states)(state).to_owned()));
    let line = Control::Line {
        kind: "search",
        max: FIND_CHARS_MAX,
    };
    view! {
        <form method="get" action="/people" role="search" class="plain-filter">
            <PlainField
                name="q"
                label=words.find
                control=line
                value=filter.text.clone()
                optional=true
            />
            <PlainField
                name="of"
                label=words.role
                control=Control::Choice(roles)
                value=filter.role.clone().unwrap_or_default()
            />
            <PlainField
                name="state"
                label=words.state
                control=Control::Choice(states.to_vec())
                value=filter.state.as_str()
            />
            <button class="btn">{words.look}</button>
        </form>
    }
    .boxed()
}

/// The people that were found.
pub fn rows(shown: &People) -> AnyView {
    let words = &words().list;
    let People {
        page,
        filter,
        reader,
        ..
    } = shown;
    if page.people.is_empty() {
        return view! { <p class="lead" role="status">{words.none}</p> }.boxed();
    }
    let last = page.people.last().filter(|_| page.more);
    let more = last.map(|last| {
        view! { <a class="btn" href=address(filter, Some(last.id))>{words.more}</a> }
    });
    let first = filter
        .after
        .map(|_| view! { <a class="btn" href=address(filter, None)>{words.first}</a> });
    view! {
        <ul class="ledger">{page.people.iter().map(|one| row(one, *reader)).collect_view()}</ul>
        <p class="ways">{first} {more}</p>
    }
    .boxed()
}

fn row(person: &PersonRow, reader: PersonId) -> AnyView {
    let all = words();
    let words = &all.list;
    let href = format!("/people/{}", person.id);
    let is_me = (person.id == reader).then(|| view! { <span class="chip open">{words.you}</span> });
    let off = person
        .deactivated_at
        .map(|_| view! { <span class="chip closed">{words.deactivated}</span> });
    let seen = match person.seen_at {
        None => words.never_seen.boxed(),
        Some(at) => {
            let at = at.max(person.created_at);
            view! { {words.last_seen} " " <Moment at=at /> }.boxed()
        }
    };
    view! {
        <li class="ledger-row">
            <Portrait person=person.id name=person.name.clone() picture_at=person.picture_at />
            <div class="ledger-main">
                <p class="ledger-title">
                    <a href=href>{person.name.clone()}</a>
                    {is_me}
                    {off}
                </p>
                <p class="ledger-meta">{person.email.clone()}</p>
            </div>
            <div class="ledger-side">
                <p>{all.role_name(person.role.as_ref())}</p>
                <p class="ledger-meta">{seen}</p>
            </div>
        </li>
    }
    .boxed()
}

fn address(filter: &PeopleFilter, after: Option<PersonId>) -> String {
    let text =
        percent_encoding::utf8_percent_encode(&filter.text, percent_encoding::NON_ALPHANUMERIC);
    let role = filter.role.as_deref().unwrap_or_default();
    let state = filter.state.as_str();
    let after = after.map(|after| format!("&after={after}"));
    format!(
        "/people?q={text}&of={role}&state={state}{}",
        after.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use pigeon_wire::team::NO_ROLE;

    #[test]
    fn the_next_page_asks_for_the_same_people() {
        let filter = PeopleFilter {
            text: "a&b".to_owned(),
            state: PeopleState::All,
            role: Some(NO_ROLE.to_owned()),
            after: None,
        };
        let all = "/people?q=a%26b&of=user&state=all";
        assert_eq!(address(&filter, None), all);
        let after = PersonId(uuid::Uuid::nil());
        assert_eq!(
            address(&filter, Some(after)),
            format!("{all}&after={after}")
        );
    }
}
