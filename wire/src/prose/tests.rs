use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::text::BODY_CHARS_MAX;

/// How the cases write pieces down: `{name|inside}`, `{name with|inside}`.
fn written(text: &str) -> String {
    let one = |piece| match piece {
        Piece::Text(text) => text,
        Piece::Open(tag, None) => format!("{{{}|", tag.name()),
        Piece::Open(tag, Some(with)) => format!("{{{} {with}|", tag.name()),
        Piece::Close(_) => "}".to_owned(),
    };
    pieces(text).into_iter().map(one).collect()
}

/// All that is shown as text.
fn shown(text: &str) -> String {
    let one = |piece| match piece {
        Piece::Text(text) => Some(text),
        _ => None,
    };
    pieces(text).into_iter().filter_map(one).collect()
}

/// The frame on other sites reads the same cases: `end2end/journeys/markdown.spec.js`.
#[test]
fn each_case_is_shown_as_agreed() {
    let cases: Vec<(String, String)> = serde_json::from_str(include_str!("cases.json")).unwrap();
    for (text, expected) in cases {
        assert_eq!(written(&text), expected, "{text}");
    }
}

#[test]
fn what_a_link_leads_to_is_of_the_web_or_a_mail() {
    for text in [
        "[x](\u{1}javascript:alert(1))",
        "[x]( javascript:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](vbscript:x) [x](file:///x) [x](blob:x) [x](HTTPS://x)",
        "[a](https://a.example\u{202f}b)",
    ] {
        assert!(!written(text).contains("{a j"), "{text}");
        assert_eq!(shown(text), text);
    }
}

/// Whatever is typed, all of it takes time in proportion. The bound is wide for a slow machine without
/// optimisation; what grows with the square takes seconds.
#[test]
fn hostile_texts_take_no_time() {
    for unit in [
        "*",
        "**",
        "* ",
        " *",
        "a*",
        "*a ",
        " *a",
        "`",
        "` ",
        "`a ",
        "[",
        "]",
        "[a](",
        "[a](http://x(",
        "[a](https://a.example) ",
        "(",
        ")",
        "http://a",
        "ahttp://a",
        " http://",
        " http://a)",
        "http://.",
        ">",
        "> ",
        ">\n",
        "> a\n",
        ">> ",
        "- ",
        "- a\n",
        "  - a\n",
        "- a\n  - b\n",
        "1. a\n",
        "1. a\n   x\n",
        "   x\n",
        "```\n",
        "```a\n",
        "> ```\n",
        "- ```\n",
        "\n",
        " \n",
        "**a *b ",
        "*a **b* c** ",
        "ä*",
        "\u{1f600}*",
    ] {
        for end in ["", "*", "`", ")", "\n```", "- a"] {
            let text: String = unit
                .chars()
                .cycle()
                .take(BODY_CHARS_MAX)
                .chain(end.chars())
                .collect();
            let begin = Instant::now();
            let _ = pieces(&text);
            let took = begin.elapsed();
            assert!(
                took < Duration::from_millis(400),
                "{unit:?} {end:?}: {took:?}"
            );
        }
        // Each begins with a mark that waits for its end.
        let text = ["- a\n", &unit.repeat(BODY_CHARS_MAX / unit.len())].concat();
        let begin = Instant::now();
        let _ = pieces(&text);
        assert!(begin.elapsed() < Duration::from_millis(400), "{unit:?}");
    }
}

/// Texts in which much is of significance.
fn lively() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "*",
        "**",
        "***",
        "`",
        "```",
        "```rust",
        "[",
        "](",
        ")",
        "]",
        "(",
        ">",
        "> ",
        "- ",
        "1. ",
        "12. ",
        "  ",
        " ",
        "\n",
        "\n",
        "\n\n",
        "a",
        "Ab",
        "ä",
        "字",
        "\u{1f600}",
        "https://a.example",
        "http://",
        "mailto:a@b",
        "javascript:x",
        ".",
        ",",
        "<",
        "&",
        "\"",
        "/",
        "\\",
        "_",
        "#",
        "\t",
        "\u{a0}",
        "\r",
    ]);
    prop::collection::vec(bits, 0..60).prop_map(|bits| bits.concat())
}

/// Whether every piece that opens is closed in its turn, and texts are neither empty nor neighbours.
fn well_made(pieces: &[Piece]) -> bool {
    let mut open = Vec::new();
    let neighbours = pieces
        .windows(2)
        .any(|two| matches!(two, [Piece::Text(_), Piece::Text(_)]));
    let nested = pieces.iter().all(|piece| match piece {
        Piece::Text(text) => !text.is_empty(),
        Piece::Open(tag, with) => {
            let is_fit = match tag {
                Tag::Link => with.is_some(),
                Tag::Item => matches!(open.last(), Some(Tag::Bullets | Tag::Numbers)),
                Tag::Code => open.last() == Some(&Tag::Fence) || with.is_none(),
                _ => with.is_none(),
            };
            open.push(*tag);
            is_fit && open.len() < 16
        }
        Piece::Close(tag) => open.pop() == Some(*tag),
    });
    nested && open.is_empty() && !neighbours
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn pieces_are_well_made(text in lively()) {
        prop_assert!(well_made(&pieces(&text)), "{:?}", pieces(&text));
    }

    #[test]
    fn anything_at_all_is_well_made(text in any::<String>()) {
        prop_assert!(well_made(&pieces(&text)));
    }

    #[test]
    fn only_marks_are_left_out(text in lively()) {
        // What is shown is what was typed, in its order, without some of it.
        let mut typed = text.chars();
        prop_assert!(shown(&text).chars().all(|c| typed.any(|t| t == c)));
    }

    #[test]
    fn words_are_never_lost(text in lively()) {
        // All but an address behind its text, and the word behind a fence.
        let words = |text: &str| -> String {
            text.chars().filter(|c| "Abä字<&\"_#\u{1f600}".contains(*c)).collect()
        };
        let without: String = text.replace("](", "]").replace("```", "");
        prop_assert_eq!(words(&shown(&without)), words(&without));
    }

    #[test]
    fn text_without_marks_is_one_piece(text in "[a-zA-Z0-9äöü .,;:!?()_#\"'/&<\n]{1,80}") {
        prop_assume!(!text.contains("http") && !text.lines().any(|l| l.trim_start().starts_with(|c: char| c.is_ascii_digit())));
        prop_assert_eq!(pieces(&text), [Piece::Text(text)]);
    }

    #[test]
    fn links_lead_where_they_may(text in lively()) {
        for piece in pieces(&text) {
            if let Piece::Open(Tag::Link, Some(address)) = piece {
                let known = ["https://", "http://", "mailto:"];
                prop_assert!(known.iter().any(|scheme| address.starts_with(scheme)), "{}", address);
                prop_assert!(!address.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"`".contains(c)));
            }
        }
    }
}
