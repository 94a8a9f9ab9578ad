//! What a search finds. A plain page: the form is a GET, so every search has an address.

use leptos::prelude::*;
use pigeon_wire::search::{Hit, Order, Piece, SearchPage};

use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::words::admin::words;

/// Whose conversations are looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All that the team may read.
    Team,
    /// The reader's own with the team.
    Own,
}

impl Reach {
    /// The page's address.
    pub const fn address(self) -> &'static str {
        match self {
            Self::Team => "/search",
            Self::Own => "/threads/search",
        }
    }

    /// Where a hit leads.
    fn way(self, hit: &Hit) -> String {
        let of = match self {
            Self::Team => "/inbox",
            Self::Own => "/threads",
        };
        format!("{of}/{}?at={}#e{}", hit.thread, hit.place, hit.place)
    }
}

/// The page's content.
pub fn search(reach: Reach, page: SearchPage) -> AnyView {
    let words = &words().search;
    let (hint, operators) = match reach {
        Reach::Team => (words.hint, words.operators),
        Reach::Own => (words.own_hint, words.own_operators),
    };
    let typed = page.search.typed.clone();
    let orders = [(Order::Ranked, words.ranked), (Order::Newest, words.newest)];
    let choices = orders.map(|(order, name)| {
        let is_chosen = page.search.order == order;
        view! {
            <option value=order.as_str() selected=is_chosen>
                {name}
            </option>
        }
    });
    let found = found(reach, &page);
    view! {
        <form method="get" action=reach.address() role="search" class="search-form">
            <div class="field">
                <label for="q">{words.label}</label>
                <input id="q" name="q" type="search" value=typed maxlength="200" autofocus aria-describedby="q-hint" />
                <p class="field-hint" id="q-hint">
                    {hint}
                </p>
            </div>
            <div class="field">
                <label for="order">{words.order}</label>
                <select id="order" name="order">
                    {choices.collect_view()}
                </select>
            </div>
            <button class="btn primary">{words.look}</button>
        </form>
        <p class="field-hint">{operators}</p>
        {found}
    }
    .boxed()
}

fn found(reach: Reach, page: &SearchPage) -> AnyView {
    let words = &words().search;
    let Some(hits) = &page.hits else {
        return view! { <p class="lead">{words.begin}</p> }.boxed();
    };
    let order = page.search.order;
    let chips = page.chips.iter().map(|chip| {
        let label = (words.without)(&chip.text);
        view! {
            <li>
                <a class="chip" href=address(reach, &chip.without, order, None) aria-label=label>
                    {chip.text.clone()}
                    <span aria-hidden="true">" ×"</span>
                </a>
            </li>
        }
    });
    let total = if hits.is_empty() {
        words.none.to_owned()
    } else {
        (words.total)(page.total.count, page.total.more)
    };
    let next = page.next.map(|next| {
        let href = address(reach, &page.search.typed, order, Some(&next.to_string()));
        view! {
            <a class="btn" href=href>
                {words.more}
            </a>
        }
    });
    view! {
        <ul class="search-chips">{chips.collect_view()}</ul>
        <p role="status">{total}</p>
        <ol class="hits">{hits.iter().map(|one| hit(reach, one)).collect_view()}</ol>
        {next}
    }
    .boxed()
}

fn hit(reach: Reach, hit: &Hit) -> AnyView {
    let subject = hit.subject.clone().unwrap_or_else(|| hit.customer.clone());
    let href = reach.way(hit);
    let note = hit
        .note
        .then(|| view! { <span class="hit-note">{words().search.note}</span> });
    let class = if hit.note { "hit is-note" } else { "hit" };
    view! {
        <li class=class>
            <a href=href>{subject}</a>
            <p class="hit-meta">
                {hit.author.clone()} " · " <Moment at=hit.at /> {note}
            </p>
            <p class="hit-text">{hit.snippet.iter().map(piece).collect_view()}</p>
        </li>
    }
    .boxed()
}

fn piece(piece: &Piece) -> AnyView {
    let text = piece.text.clone();
    if piece.hit {
        view! { <mark>{text}</mark> }.boxed()
    } else {
        text.boxed()
    }
}

fn address(reach: Reach, typed: &str, order: Order, after: Option<&str>) -> String {
    let typed = percent_encoding::utf8_percent_encode(typed, percent_encoding::NON_ALPHANUMERIC);
    let order = order.as_str();
    let after = after.map(|after| ["&after=", after].concat());
    format!(
        "{}?q={typed}&order={order}{}",
        reach.address(),
        after.unwrap_or_default()
    )
}
