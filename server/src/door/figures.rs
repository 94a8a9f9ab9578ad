//! Figures: as a page, and as a file for whoever goes on calculating.

use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, Uri};
use axum::response::IntoResponse as _;
use pigeon_app::plain::{Section, figures as shown};
use pigeon_core::figures;
use pigeon_wire::Fault;
use pigeon_wire::figures::{Figures, Period, Spread};

use super::form::Form;
use crate::desk::Desk;
use crate::refusal::Answer;

/// The period of whoever names none.
pub const USUAL: Period = Period::Month;

/// `GET /figures?days=…`. What is no choice is left out.
pub async fn show(desk: Desk, uri: Uri) -> Answer {
    let asked = asked(&uri)?;
    let period = asked.text("days").parse().unwrap_or(USUAL);
    let told = figures::of(desk.office(), desk.account(), period).await;
    desk.show(Section::Figures, told, |told| shown(&told)).await
}

/// `GET /figures.csv?days=…&of=days`, or `of=people`: the same as a file.
pub async fn csv(desk: Desk, uri: Uri) -> Answer {
    let asked = asked(&uri)?;
    let period = asked.text("days").parse().unwrap_or(USUAL);
    let told = match figures::of(desk.office(), desk.account(), period).await {
        Ok(told) => told,
        Err(error) => return desk.refuse(Section::Figures, error.into()).await,
    };
    let (what, rows) = match asked.given("of") {
        Some("people") => ("people", people(&told)),
        _ => ("days", days(&told)),
    };
    let name = format!("attachment; filename=\"pigeon-{what}-{period}.csv\"");
    let headers = [
        (
            CONTENT_TYPE,
            HeaderValue::from_static("text/csv; charset=utf-8"),
        ),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            CONTENT_DISPOSITION,
            HeaderValue::try_from(name).map_err(|_| Fault::Internal)?,
        ),
    ];
    Ok((headers, file(rows)).into_response())
}

fn asked(uri: &Uri) -> Result<Form, Fault> {
    Form::urlencoded(uri.query().unwrap_or_default().as_bytes())
}

/// One value of a file.
enum Cell {
    Word(String),
    Count(i64),
    /// A time in seconds, if there is one.
    Took(Option<i64>),
}

type Rows = Vec<Vec<Cell>>;

fn heads(names: &[&str]) -> Vec<Cell> {
    let names = names.iter();
    names.map(|name| Cell::Word((*name).to_owned())).collect()
}

fn spread(of: Spread) -> [Cell; 3] {
    let count = i64::try_from(of.count).unwrap_or(i64::MAX);
    [
        Cell::Count(count),
        Cell::Took(of.median),
        Cell::Took(of.p90),
    ]
}

fn days(told: &Figures) -> Rows {
    let mut rows = vec![heads(&[
        "day",
        "opened",
        "reopened",
        "closed",
        "backlog",
        "replies",
        "first_responses",
        "first_response_median_s",
        "first_response_p90_s",
        "resolutions",
        "resolution_median_s",
        "resolution_p90_s",
    ])];
    rows.extend(told.days.iter().map(|day| {
        let all = day.happened;
        let counts = [
            all.opened,
            all.reopened,
            all.closed,
            all.backlog,
            all.replies,
        ];
        let mut row = vec![Cell::Word(day.day.clone())];
        row.extend(counts.map(Cell::Count));
        row.extend(spread(all.first_response));
        row.extend(spread(all.resolution));
        row
    }));
    rows
}

fn people(told: &Figures) -> Rows {
    let mut rows = vec![heads(&[
        "person",
        "replies",
        "closed",
        "first_responses",
        "first_response_median_s",
        "first_response_p90_s",
    ])];
    rows.extend(told.people.iter().map(|one| {
        let mut row = vec![
            Cell::Word(one.person.name.clone()),
            Cell::Count(one.replies),
            Cell::Count(one.closed),
        ];
        row.extend(spread(one.first_response));
        row
    }));
    rows
}

/// The rows in the form of RFC 4180.
fn file(rows: Rows) -> String {
    let mut text = String::new();
    for row in rows {
        let cells = row.into_iter().map(|cell| match cell {
            Cell::Word(word) => quoted(&word),
            Cell::Count(count) => count.to_string(),
            Cell::Took(ms) => ms.map(|ms| (ms / 1000).to_string()).unwrap_or_default(),
        });
        text.push_str(&cells.collect::<Vec<_>>().join(","));
        text.push_str("\r\n");
    }
    text
}

/// A word in quotation marks. Programs that calculate take what begins like a formula for one, even so: an
/// apostrophe before it makes it a text.
fn quoted(word: &str) -> String {
    let begins = word.trim_start().chars().next();
    let is_formula = word.starts_with(['\t', '\r', '\n'])
        || begins.is_some_and(|first| "=+-@\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".contains(first));
    let guard = if is_formula { "'" } else { "" };
    ["\"", guard, &word.replace('"', "\"\""), "\""].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_a_formula_and_no_name_ends_its_cell() {
        for (word, expected) in [
            ("Nora", "\"Nora\""),
            ("Nora \"No\" Ng, B.A.", "\"Nora \"\"No\"\" Ng, B.A.\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            (" =1", "\"' =1\""),
            ("\t=1", "\"'\t=1\""),
            ("\u{ff1d}1", "\"'\u{ff1d}1\""),
            ("", "\"\""),
        ] {
            assert_eq!(quoted(word), expected, "{word}");
        }
        let rows = vec![vec![
            Cell::Word("a".to_owned()),
            Cell::Count(-1),
            Cell::Took(Some(1999)),
            Cell::Took(None),
        ]];
        assert_eq!(file(rows), "\"a\",-1,1,\r\n");
    }
}
