//! A person as a small disc with initials.

use leptos::prelude::*;

/// A person's initials on a disc; outlined for somebody without an account. The name stands beside
/// it wherever it is used, so those who hear the page are spared it.
#[component]
pub fn Avatar(
    /// The person's display name.
    #[prop(into)]
    name: String,
    /// Whether the person is a guest.
    #[prop(optional)]
    outlined: bool,
    /// Whether it stands in a line of text.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    view! {
        <span class="avatar" class:outlined=outlined class:small=small aria-hidden="true">
            {initials(&name)}
        </span>
    }
}

/// The first letters of the first and the last word of a name.
fn initials(name: &str) -> String {
    let mut letters = name
        .split_whitespace()
        .filter_map(|word| word.chars().next());
    let first = letters.next().into_iter();
    first
        .chain(letters.next_back())
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        let told = ["Nora", "nora van der Berg", " ", "émile Zola"].map(initials);
        assert_eq!(told, ["N", "NB", "", "ÉZ"]);
    }
}
