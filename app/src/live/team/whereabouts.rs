//! Who is where, as one tab was told: a pure fold.

use std::collections::HashMap;

use pigeon_wire::presence::{Present, ThreadPresence};
use pigeon_wire::{PersonId, ThreadId};

/// Everybody who is at some thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// Who reads in this tab, once it is alive: never told as one of the others.
    pub reader: Option<PersonId>,
    threads: HashMap<ThreadId, ThreadPresence>,
}

impl Whereabouts {
    /// One thread's, whole.
    pub fn hear(&mut self, told: ThreadPresence) {
        if told.is_empty() {
            self.threads.remove(&told.thread);
        } else {
            self.threads.insert(told.thread, told);
        }
    }

    /// A new line begins with nobody anywhere.
    pub fn clear(&mut self) {
        self.threads.clear();
    }

    /// Who of the team is at a thread beside the reader.
    pub fn others(&self, thread: ThreadId) -> Vec<Present> {
        let people = self.threads.get(&thread).map(|told| told.people.as_slice());
        let others = people.unwrap_or_default().iter();
        others
            .filter(|one| Some(one.who.id) != self.reader)
            .cloned()
            .collect()
    }

    /// Whether the customer of a thread types.
    pub fn customer_types(&self, thread: ThreadId) -> bool {
        self.threads
            .get(&thread)
            .is_some_and(|told| told.customer_types)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::team::cast::{ME, NORA, person, thread};
    use pigeon_wire::presence::Doing;

    #[test]
    fn the_last_word_on_a_thread_replaces_the_one_before() {
        let present = |id| Present {
            who: person(id),
            doing: Doing::Looking,
        };
        let told = |people, customer_types| ThreadPresence {
            thread: thread(1),
            people,
            customer_types,
        };
        let mut all = Whereabouts {
            reader: Some(ME),
            ..Whereabouts::default()
        };
        all.hear(told(vec![present(ME), present(NORA)], true));
        assert_eq!(all.others(thread(1)), [present(NORA)]);
        assert!(all.customer_types(thread(1)) && !all.customer_types(thread(2)));
        all.hear(told(vec![present(ME)], false));
        assert!(all.others(thread(1)).is_empty());
        all.hear(told(Vec::new(), false));
        assert!(all.threads.is_empty());
    }
}
