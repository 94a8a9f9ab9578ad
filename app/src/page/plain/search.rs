//! What a search finds. A plain page: the form is a GET, so every search has an address.

use leptos::prelude::*;
use pigeon_wire::search::{Hit, Order, Piece, SearchPage};

use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::words::admin::words;

/// The page's content.
pub fn search(page: SearchPage) -> AnyView {
    let words = &words().search;
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
    let found = found(&page);
    view! {
        <form method="get" action="/search" role="search" class="search-form">
            <div class="field">
                <label for="q">{words.label}</label>
                <input id="q" name="q" type="search" value=typed maxlength="200" autofocus aria-describedby="q-hint" />
                <p class="field-hint" id="q-hint">
                    {words.hint}
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
        <p class="field-hint">{words.operators}</p>
        {found}
    }
    .boxed()
}

fn found(page: &SearchPage) -> AnyView {
    let words = &words().search;
    let Some(hits) = &page.hits else {
        return view! { <p class="lead">{words.begin}</p> }.boxed();
    };
    let order = page.search.order;
    let chips = page.chips.iter().map(|chip| {
        let label = (words.without)(&chip.text);
        view! {
            <li>
                <a class="chip" href=address(&chip.without, order, None) aria-label=label>
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
        let href = address(&page.search.typed, order, Some(&next.to_string()));
        view! {
            <a class="btn" href=href>
                {words.more}
            </a>
        }
    });
    view! {
        <ul class="search-chips">{chips.collect_view()}</ul>
        <p role="status">{total}</p>
        <ol class="hits">{hits.iter().map(hit).collect_view()}</ol>
        {next}
    }
    .boxed()
}

fn hit(hit: &Hit) -> AnyView {
    let subject = hit.subject.clone().unwrap_or_else(|| hit.customer.clone());
    let href = format!("/inbox/{}?at={}#e{}", hit.thread, hit.place, hit.place);
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

fn address(typed: &str, order: Order, after: Option<&str>) -> String {
    let typed = percent_encoding::utf8_percent_encode(typed, percent_encoding::NON_ALPHANUMERIC);
    let order = order.as_str();
    let after = after.map(|after| ["&after=", after].concat());
    format!(
        "/search?q={typed}&order={order}{}",
        after.unwrap_or_default()
    )
}
