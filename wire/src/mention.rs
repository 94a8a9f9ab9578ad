//! Who is mentioned in a note: `@` and somebody's name.

use crate::id::PersonId;
use crate::person::PersonRef;

/// The sign before a name.
pub const SIGN: char = '@';

/// Those of `people` whom `text` mentions: the sign at the beginning of a word, and their whole name
/// after it, in whatever case. Where one name is the beginning of another, the longer one is meant.
pub fn mentioned(text: &str, people: &[PersonRef]) -> Vec<PersonId> {
    let names: Vec<(String, PersonId)> = people
        .iter()
        .map(|person| (person.name.trim().to_lowercase(), person.id))
        .filter(|(name, _)| !name.is_empty())
        .collect();
    let text = text.to_lowercase();
    let mut found = Vec::new();
    for (at, _) in text.match_indices(SIGN) {
        let (before, after) = text.split_at(at);
        let after = after.get(SIGN.len_utf8()..).unwrap_or_default();
        if before.chars().next_back().is_some_and(is_of_word) {
            continue;
        }
        let fits = |name: &str| {
            let rest = after.strip_prefix(name);
            rest.is_some_and(|rest| !rest.chars().next().is_some_and(is_of_word))
        };
        let fitting = names.iter().filter(|(name, _)| fits(name));
        let longest = fitting.clone().map(|(name, _)| name.len()).max();
        for (name, id) in fitting {
            if Some(name.len()) == longest && !found.contains(id) {
                found.push(*id);
            }
        }
    }
    found
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn people() -> Vec<PersonRef> {
        let names = ["Nora", "Nora Field", "Jörg Öhm", "Nils", "Nils"];
        let person = |(n, name): (usize, &str)| PersonRef {
            id: PersonId(Uuid::from_u128(u128::try_from(n).unwrap())),
            name: name.into(),
        };
        names.into_iter().enumerate().map(person).collect()
    }

    fn found(text: &str) -> Vec<usize> {
        let all = people();
        let place = |id: &PersonId| all.iter().position(|person| person.id == *id).unwrap();
        mentioned(text, &all).iter().map(place).collect()
    }

    #[test]
    fn a_whole_name_after_the_sign_is_a_mention() {
        assert_eq!(found("@Nora, can you look?"), [0]);
        assert_eq!(found("ask @nora field."), [1], "the longer name");
        assert_eq!(found("(@JÖRG ÖHM)"), [2]);
        assert_eq!(found("@nils"), [3, 4], "both of that name");
        assert_eq!(found("@Nora @Nora @Jörg Öhm"), [0, 2], "once each");
    }

    #[test]
    fn what_only_looks_like_one_is_none() {
        for text in ["Nora", "@Noras", "a@nora", "@", "@ Nora", "@Jörg", ""] {
            assert_eq!(found(text), [0_usize; 0], "{text}");
        }
    }
}
