//! Who else is at a direct thread just now, as its page heard it: pure, and told the time. Signs are
//! given again and again; what was not given again has run out.

use pigeon_wire::person::PersonRef;
use pigeon_wire::presence::{LOOK_MS, TYPING_MS};
use pigeon_wire::{Millis, PersonId};

/// Everybody who gave a sign.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around(Vec<Sign>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Sign {
    who: PersonRef,
    here_until: Millis,
    types_until: Option<Millis>,
}

impl Around {
    /// Somebody is here, and types or does not.
    pub fn hear(&mut self, who: PersonRef, types: bool, now: Millis) {
        let types_until = types.then(|| now.plus(TYPING_MS));
        let here_until = now.plus(LOOK_MS);
        match self.0.iter_mut().find(|sign| sign.who.id == who.id) {
            Some(sign) => {
                sign.who = who;
                sign.here_until = here_until;
                // Whoever looks in one window may type in another.
                sign.types_until = types_until.or(sign.types_until);
            }
            None => self.0.push(Sign {
                who,
                here_until,
                types_until,
            }),
        }
    }

    /// Somebody has sent what they typed.
    pub fn sent(&mut self, who: PersonId) {
        let theirs = self.0.iter_mut().find(|sign| sign.who.id == who);
        if let Some(sign) = theirs {
            sign.types_until = None;
        }
    }

    /// Forgets what has run out; answers when the next of it will.
    pub fn keep(&mut self, now: Millis) -> Option<Millis> {
        self.0.retain(|sign| sign.here_until > now);
        for sign in &mut self.0 {
            sign.types_until = sign.types_until.filter(|until| *until > now);
        }
        let ends = self.0.iter();
        ends.flat_map(|sign| [Some(sign.here_until), sign.types_until])
            .flatten()
            .min()
    }

    /// Forgets everybody: a line begins with nobody here.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The names of those who type.
    pub fn typing(&self) -> Vec<String> {
        self.names(|sign| sign.types_until.is_some())
    }

    /// The names of those who are here and do not type.
    pub fn reading(&self) -> Vec<String> {
        self.names(|sign| sign.types_until.is_none())
    }

    fn names(&self, fits: impl Fn(&Sign) -> bool) -> Vec<String> {
        let fitting = self.0.iter().filter(|sign| fits(sign));
        fitting.map(|sign| sign.who.name.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn vera() -> PersonRef {
        PersonRef {
            id: PersonId(Uuid::from_u128(1)),
            name: "Vera".to_owned(),
        }
    }

    #[test]
    fn whoever_types_is_told_until_they_rest_send_or_leave() {
        let mut around = Around::default();
        let start = Millis(1000);
        around.hear(vera(), true, start);
        assert_eq!(around.typing(), ["Vera"]);
        assert!(around.reading().is_empty());
        assert_eq!(around.keep(start), Some(start.plus(TYPING_MS)));
        around.hear(vera(), false, start.plus(1));
        assert_eq!(around.typing(), ["Vera"], "another window looks");
        around.keep(start.plus(TYPING_MS));
        assert_eq!(around.reading(), ["Vera"]);
        assert_eq!(around.keep(start.plus(1 + LOOK_MS)), None);
        assert_eq!(around, Around::default());

        around.hear(vera(), true, start);
        around.sent(vera().id);
        assert_eq!(around.reading(), ["Vera"]);
    }
}
