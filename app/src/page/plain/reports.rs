//! What participants of direct threads have reported: the picked messages and nothing else.

use leptos::prelude::*;
use pigeon_wire::direct::ReportView;

use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::part::prose::Prose;
use crate::words::mine::words;

/// The page's content.
pub fn reports(all: &[ReportView]) -> AnyView {
    let words = &words().reports;
    if all.is_empty() {
        return view! { <p class="lead">{words.none}</p> }.boxed();
    }
    view! {
        <p class="lead">{words.lead}</p>
        <ul class="records">{all.iter().map(report).collect_view()}</ul>
    }
    .boxed()
}

fn report(one: &ReportView) -> AnyView {
    let words = &words().reports;
    let lines = one.lines.iter().map(|line| {
        view! {
            <li>
                <p class="record-meta">
                    <a href=format!("/people/{}", line.author.id)>{line.author.name.clone()}</a>
                    " · "
                    <Moment at=line.at />
                </p>
                <Prose text=line.body.clone() />
            </li>
        }
    });
    let reason = (!one.reason.is_empty())
        .then(|| view! { <p class="record-text" dir="auto">{one.reason.clone()}</p> });
    view! {
        <li class="record">
            <p class="record-head">{(words.by)(&one.reporter.name)}</p>
            <p class="record-meta"><Moment at=one.at /></p>
            {reason}
            <ul class="records">{lines.collect_view()}</ul>
            <div class="record-acts">
                <form method="post" action=format!("/reports/{}/settle", one.id)>
                    <button class="btn">{words.settle}</button>
                </form>
            </div>
        </li>
    }
    .boxed()
}
