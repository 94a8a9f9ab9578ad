//! Text inside a `<textarea>`.

/// What was typed, as the content of a `<textarea>` on a page that the server renders. The framework
/// writes such content as it is, where `</textarea>` would end the field and begin a page of the
/// typist's own; and browsers drop a line break at its very beginning. In the browser the framework
/// leaves the content alone.
pub fn inside_textarea(text: &str) -> String {
    if !cfg!(feature = "ssr") {
        return text.to_owned();
    }
    let mut html = String::with_capacity(text.len() + 1);
    html.push('\n');
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            other => html.push(other),
        }
    }
    html
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::inside_textarea;

    #[test]
    fn nothing_typed_can_end_its_field() {
        assert_eq!(
            inside_textarea("</textarea><b>&lt;"),
            "\n&lt;/textarea>&lt;b>&amp;lt;"
        );
    }
}
