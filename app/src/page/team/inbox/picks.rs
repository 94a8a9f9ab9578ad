//! Which rows are chosen, for acts on many at once.

use leptos::prelude::*;
use pigeon_wire::ThreadId;
use pigeon_wire::act::TASKS_MAX;

use crate::live::team::list::List;

/// The chosen rows of a list.
#[derive(Clone, Copy)]
pub struct Picks {
    list: RwSignal<List>,
    chosen: RwSignal<Vec<ThreadId>>,
    /// The row that was chosen last: a range begins there.
    last: StoredValue<Option<ThreadId>>,
}

impl Picks {
    /// Nothing of `list` is chosen.
    pub fn of(list: RwSignal<List>) -> Self {
        Self {
            list,
            chosen: RwSignal::new(Vec::new()),
            last: StoredValue::new(None),
        }
    }

    /// The chosen rows that still stand in the list.
    pub fn all(self) -> Vec<ThreadId> {
        self.chosen.with(|chosen| {
            self.list.with(|list| {
                let stands = |id: &&ThreadId| list.row(**id).is_some();
                chosen.iter().filter(stands).copied().collect()
            })
        })
    }

    /// Whether a row is chosen.
    pub fn has(self, id: ThreadId) -> bool {
        self.chosen.with(|chosen| chosen.contains(&id))
    }

    /// Chooses a row, or no longer.
    pub fn toggle(self, id: ThreadId) {
        self.last.set_value(Some(id));
        self.chosen
            .update(|chosen| match chosen.iter().position(|one| *one == id) {
                Some(at) => {
                    chosen.remove(at);
                }
                None => add(chosen, &[id]),
            });
    }

    /// Chooses all rows from the one chosen last up to this one.
    pub fn reach(self, id: ThreadId) {
        let last = self.last.get_value();
        let ids = self.list.with_untracked(|list| {
            let ids = list.rows().iter().map(|mine| mine.row.id);
            range(&ids.collect::<Vec<_>>(), last, id)
        });
        self.last.set_value(Some(id));
        self.chosen.update(|chosen| add(chosen, &ids));
    }

    /// Chooses nothing.
    pub fn clear(self) {
        self.last.set_value(None);
        self.chosen.set(Vec::new());
    }
}

/// Adds what is not there yet, up to as many as one call takes.
fn add(chosen: &mut Vec<ThreadId>, more: &[ThreadId]) {
    for id in more {
        if chosen.len() < TASKS_MAX && !chosen.contains(id) {
            chosen.push(*id);
        }
    }
}

/// The rows from `from` to `to`, both included, whichever stands first.
fn range(ids: &[ThreadId], from: Option<ThreadId>, to: ThreadId) -> Vec<ThreadId> {
    let at = |wanted: ThreadId| ids.iter().position(|id| *id == wanted);
    let (Some(from), Some(to)) = (from.and_then(at), at(to)) else {
        return vec![to];
    };
    let (first, last) = (from.min(to), from.max(to));
    ids.get(first..=last).unwrap_or_default().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::team::cast::thread;

    #[test]
    fn a_range_goes_either_way_and_begins_where_one_stands() {
        let ids = [1, 2, 3, 4].map(thread);
        let of = |from: Option<i64>, to| range(&ids, from.map(thread), thread(to));
        assert_eq!(of(Some(2), 4), ids[1..]);
        assert_eq!(of(Some(3), 1), ids[..3]);
        assert_eq!(of(None, 3), [thread(3)]);
        assert_eq!(of(Some(9), 3), [thread(3)]);
    }

    #[test]
    fn no_more_are_chosen_than_one_call_takes() {
        let mut chosen = Vec::new();
        let ids: Vec<_> = (1..=200).map(thread).collect();
        add(&mut chosen, &ids);
        add(&mut chosen, &ids);
        assert_eq!(chosen.len(), TASKS_MAX);
    }
}
