//! Figures: what the team's work comes to, in charts that the server draws, with tables of the same
//! numbers below.

use leptos::prelude::*;
use pigeon_wire::figures::{DayFigures, Figures, Happened, Period, PersonFigures, Spread};

use crate::part::boxed::Boxed;
use crate::words::figures::{FiguresWords, words};

/// Width of a bar's place and height of a chart, in the drawing's own units.
const PLACE: i64 = 12;
const HEIGHT: i64 = 100;

/// The page's content.
pub fn figures(figures: &Figures) -> AnyView {
    let words = words();
    let sampled = figures
        .sampled
        .then(|| view! { <p class="lead">{words.sampled}</p> });
    let defined = words.defined.iter().map(|(what, how)| {
        view! {
            <dt>{*what}</dt>
            <dd>{*how}</dd>
        }
    });
    view! {
        <p class="lead">{(words.lead)(&figures.zone)}</p>
        {periods(figures.period)}
        {together(&figures.total)}
        {sampled}
        <h2 id="by-day">{words.by_day}</h2>
        {charts(&figures.days)}
        {day_table(&figures.days)}
        <h2 id="by-person">{words.by_person}</h2>
        {people(figures)}
        {exports(figures.period)}
        <h2>{words.meaning}</h2>
        <dl class="figures-meaning">{defined.collect_view()}</dl>
    }
    .boxed()
}

fn periods(current: Period) -> AnyView {
    let words = words();
    let ways = Period::ALL.iter().map(|period| {
        let here = (*period == current).then_some("page");
        view! {
            <li>
                <a href=format!("/figures?days={period}") aria-current=here>
                    {(words.period)(*period)}
                </a>
            </li>
        }
    });
    view! {
        <nav class="tabs" aria-label=words.periods>
            <ul>{ways.collect_view()}</ul>
        </nav>
    }
    .boxed()
}

fn together(total: &Happened) -> AnyView {
    let words = words();
    let all = [
        (words.opened, total.opened.to_string()),
        (words.reopened, total.reopened.to_string()),
        (words.closed, total.closed.to_string()),
        (words.backlog_now, total.backlog.to_string()),
        (words.replies, total.replies.to_string()),
        (words.first_response, told(words, total.first_response)),
        (words.resolution, told(words, total.resolution)),
    ];
    let all = all.into_iter().map(|(what, how_much)| {
        view! {
            <div>
                <dt>{what}</dt>
                <dd>{how_much}</dd>
            </div>
        }
    });
    view! { <dl class="figures-sum">{all.collect_view()}</dl> }.boxed()
}

fn told(words: &FiguresWords, spread: Spread) -> String {
    match (spread.median, spread.p90) {
        (Some(median), Some(p90)) => {
            let (median, p90) = (words.duration(median), words.duration(p90));
            (words.spread)(&median, &p90, spread.count)
        }
        _ => words.none.to_owned(),
    }
}

/// What one chart shows: a value for each day, and how it is told.
struct Series {
    title: String,
    values: Vec<Option<i64>>,
    tell: fn(&FiguresWords, i64) -> String,
}

fn charts(days: &[DayFigures]) -> AnyView {
    let words = words();
    let count: fn(&FiguresWords, i64) -> String = |_, count| count.to_string();
    let of = |title: &str, of: fn(&Happened) -> Option<i64>, tell| Series {
        title: title.to_owned(),
        values: days.iter().map(|day| of(&day.happened)).collect(),
        tell,
    };
    // One series for each chart: nothing has to be told apart by its colour.
    let all = [
        of(words.opened, |day| Some(day.opened), count),
        of(words.closed, |day| Some(day.closed), count),
        of(words.backlog, |day| Some(day.backlog), count),
        of(
            &[words.first_response, ", ", words.median].concat(),
            |day| day.first_response.median,
            FiguresWords::duration,
        ),
    ];
    let all = all.iter().map(|series| chart(series, days));
    view! { <div class="charts">{all.collect_view()}</div> }.boxed()
}

fn chart(series: &Series, days: &[DayFigures]) -> AnyView {
    let words = words();
    let day = |at: usize| days.get(at).map_or("", |day| day.day.as_str());
    let values = series.values.iter().enumerate();
    // The earliest of the days that have it.
    let most = values
        .clone()
        .filter_map(|(at, value)| Some((at, (*value)?)))
        .filter(|(_, value)| *value > 0)
        .min_by_key(|(at, value)| (-value, *at));
    let about = most.map_or_else(
        || words.empty.to_owned(),
        |(at, most)| (words.most)(&(series.tell)(words, most), day(at)),
    );
    let top = most.map_or(1, |(_, most)| most);
    let bars = values.filter_map(|(at, value)| {
        let value = value.filter(|value| *value > 0)?;
        // What is little is still to be seen.
        let height = (value.saturating_mul(HEIGHT) / top).max(2);
        let x = i64::try_from(at).unwrap_or_default() * PLACE + 1;
        let hint = [day(at), ": ", &(series.tell)(words, value)].concat();
        Some(view! {
            <rect
                x=x.to_string()
                y=(HEIGHT - height).to_string()
                width=(PLACE - 2).to_string()
                height=height.to_string()
            >
                <title>{hint}</title>
            </rect>
        })
    });
    let width = i64::try_from(days.len()).unwrap_or(1) * PLACE;
    view! {
        <figure class="chart">
            <figcaption>
                <b>{series.title.clone()}</b>
                " "
                <span>{about.clone()}</span>
            </figcaption>
            <svg
                viewBox=format!("0 0 {width} {HEIGHT}")
                preserveAspectRatio="none"
                role="img"
                aria-label=[series.title.as_str(), ": ", &about].concat()
            >
                {bars.collect_view()}
            </svg>
            <p class="chart-days" aria-hidden="true">
                <span>{day(0).to_owned()}</span>
                <span>{day(days.len().saturating_sub(1)).to_owned()}</span>
            </p>
        </figure>
    }
    .boxed()
}

/// A time in a cell, or a dash where there is none.
fn cell(words: &FiguresWords, ms: Option<i64>) -> String {
    ms.map_or("–".to_owned(), |ms| words.duration(ms))
}

fn day_table(days: &[DayFigures]) -> AnyView {
    let words = words();
    let two = |what: &str| {
        [
            [what, ", ", words.median].concat(),
            [what, ", ", words.p90].concat(),
        ]
    };
    let [first, first_p90] = two(words.first_response);
    let [resolution, resolution_p90] = two(words.resolution);
    let heads = [
        words.opened.to_owned(),
        words.reopened.to_owned(),
        words.closed.to_owned(),
        words.backlog.to_owned(),
        words.replies.to_owned(),
        first,
        first_p90,
        resolution,
        resolution_p90,
    ];
    // What is newest is looked for first.
    let rows = days.iter().rev().map(|DayFigures { day, happened }| {
        let times = [
            happened.first_response.median,
            happened.first_response.p90,
            happened.resolution.median,
            happened.resolution.p90,
        ];
        let counts = [
            happened.opened,
            happened.reopened,
            happened.closed,
            happened.backlog,
            happened.replies,
        ];
        let counts = counts.iter().map(ToString::to_string);
        let times = times.iter().map(|ms| cell(words, *ms));
        (day.clone(), counts.chain(times).collect())
    });
    table("by-day", words.day, &heads, rows.collect())
}

fn people(figures: &Figures) -> AnyView {
    let words = words();
    if figures.people.is_empty() {
        return view! { <p class="lead">{words.nobody}</p> }.boxed();
    }
    let own = (!figures.everybody).then(|| view! { <p class="lead">{words.own_alone}</p> });
    let heads = [
        words.replies.to_owned(),
        words.first_responses.to_owned(),
        [words.first_response, ", ", words.median].concat(),
        words.closed.to_owned(),
    ];
    let rows = figures.people.iter().map(|one: &PersonFigures| {
        let cells = vec![
            one.replies.to_string(),
            one.first_response.count.to_string(),
            cell(words, one.first_response.median),
            one.closed.to_string(),
        ];
        (one.person.name.clone(), cells)
    });
    view! {
        {own}
        {table("by-person", words.person, &heads, rows.collect())}
    }
    .boxed()
}

/// A table under the heading with this id, which can be moved to and fro where it is too wide.
fn table(
    heading: &'static str,
    first: &'static str,
    heads: &[String],
    rows: Vec<(String, Vec<String>)>,
) -> AnyView {
    let heads = heads.iter().map(|head| {
        view! { <th scope="col">{head.clone()}</th> }
    });
    let rows = rows.into_iter().map(|(name, cells)| {
        let cells = cells.into_iter().map(|cell| view! { <td>{cell}</td> });
        view! {
            <tr>
                <th scope="row">{name}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    view! {
        <div class="figures-table" role="region" aria-labelledby=heading tabindex="0">
            <table aria-labelledby=heading>
                <thead>
                    <tr>
                        <th scope="col">{first}</th>
                        {heads.collect_view()}
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .boxed()
}

fn exports(period: Period) -> AnyView {
    let words = words();
    view! {
        <p class="ways">
            <a class="btn" download href=format!("/figures.csv?days={period}&of=days")>
                {words.csv_days}
            </a>
            <a class="btn" download href=format!("/figures.csv?days={period}&of=people")>
                {words.csv_people}
            </a>
        </p>
    }
    .boxed()
}
