//! Which rows of a long list are drawn: those that can be seen and some beyond. What is left out above
//! and below is as high as it would be.

use leptos::prelude::*;
use pigeon_wire::ThreadId;
use pigeon_wire::inbox::MyRow;

use crate::live::team::list::List;

/// Rows up to which a list is drawn whole: so many cost nothing that anybody would feel.
const WHOLE_MAX: usize = 150;
/// Rows that are drawn at least beyond either edge of what can be seen: keys and quick hands find them there.
const BEYOND: usize = 8;
/// Rows by which what is drawn moves along: not every turn of a wheel draws something.
const STEP: usize = 2;
/// Pixels before the end at which the next page is asked for.
const NEAR_PX: i32 = 900;

/// Pixels by which the height of rows may differ and be the same.
const SAME_PX: i32 = 3;

/// A part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    /// The first row that is drawn.
    first: usize,
    /// The row after the last one; past the end means up to the end.
    end: usize,
}

impl Part {
    const WHOLE: Self = Self {
        first: 0,
        end: usize::MAX,
    };

    /// The part of `count` rows, each `row` pixels high, that is drawn where `top` pixels are scrolled
    /// away and `height` can be seen.
    fn of(count: usize, row: i32, top: i32, height: i32) -> Self {
        if count <= WHOLE_MAX || row <= 0 {
            return Self::WHOLE;
        }
        let at = |pixels: i32| usize::try_from(pixels.max(0) / row).unwrap_or_default();
        let first = at(top).saturating_sub(BEYOND).min(count);
        let end = at(top.saturating_add(height)).saturating_add(BEYOND + 1);
        Self {
            first: first - first % STEP,
            end: end.next_multiple_of(STEP),
        }
    }
}

/// What of a list is drawn now.
#[derive(Clone, Copy)]
pub struct Window {
    /// The element that scrolls.
    pub rows: NodeRef<leptos::html::Div>,
    /// Whether the end of what is loaded is near.
    pub near_end: RwSignal<bool>,
    list: RwSignal<List>,
    part: RwSignal<Part>,
    /// The height of a row in pixels, once one was measured.
    row_px: StoredValue<i32>,
}

impl Window {
    /// All of `list`, until it is long.
    pub fn of(list: RwSignal<List>) -> Self {
        let window = Self {
            rows: NodeRef::new(),
            near_end: RwSignal::new(false),
            list,
            part: RwSignal::new(Part::WHOLE),
            row_px: StoredValue::new(0),
        };
        let count = Memo::new(move |_| list.with(|list| list.rows().len()));
        Effect::new(move |_| {
            count.get();
            window.look();
        });
        window
    }

    /// The threads that are drawn.
    pub fn ids(self) -> Vec<ThreadId> {
        let Part { first, end } = self.part();
        self.list.with(|list| {
            let drawn = list.rows().get(first..end).unwrap_or_default();
            drawn.iter().map(|mine| mine.row.id).collect()
        })
    }

    /// The row of a thread that is drawn, each time the list changes.
    pub fn row(self, id: ThreadId) -> Option<MyRow> {
        let Part { first, end } = self.part.get_untracked();
        self.list.with(|list| {
            let rows = list.rows();
            let drawn = rows.get(first.min(rows.len())..end.min(rows.len()));
            let mut drawn = drawn.unwrap_or_default().iter();
            drawn.find(|mine| mine.row.id == id).cloned()
        })
    }

    /// The part that is drawn, within the list as it is.
    fn part(self) -> Part {
        let count = self.list.with(|list| list.rows().len());
        let Part { first, end } = self.part.get();
        let end = end.min(count);
        Part {
            first: first.min(end),
            end,
        }
    }

    /// How high the rows are that are left out above, in pixels.
    pub fn above(self) -> i32 {
        self.pixels(self.part().first)
    }

    /// How high the rows are that are left out below, in pixels.
    pub fn below(self) -> i32 {
        let count = self.list.with(|list| list.rows().len());
        self.pixels(count.saturating_sub(self.part().end))
    }

    /// Looks where the list stands now.
    pub fn look(self) {
        let Some(rows) = self.rows.get_untracked() else {
            return;
        };
        let (top, height) = (rows.scroll_top(), rows.client_height());
        if height == 0 {
            // Nobody sees it: on a phone an open conversation takes its place.
            self.near_end.set(false);
            return;
        }
        if let Ok(Some(items)) = rows.query_selector("ul")
            && let Ok(drawn) = i32::try_from(items.child_element_count())
            && drawn > 0
        {
            let (known, now) = (self.row_px.get_value(), items.client_height() / drawn);
            // A pixel more or less, by which rows differ, would move all that stands below.
            if (known - now).abs() > SAME_PX {
                self.row_px.set_value(now);
                self.part.notify();
            }
        }
        let count = self.list.with_untracked(|list| list.rows().len());
        let part = Part::of(count, self.row_px.get_value(), top, height);
        if self.part.get_untracked() != part {
            self.part.set(part);
        }
        let near = top + height > rows.scroll_height() - NEAR_PX;
        if self.near_end.get_untracked() != near {
            self.near_end.set(near);
        }
    }

    fn pixels(self, rows: usize) -> i32 {
        let rows = i32::try_from(rows).unwrap_or_default();
        rows.saturating_mul(self.row_px.get_value())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_list_is_drawn_whole_and_a_long_one_around_what_is_seen() {
        assert_eq!(Part::of(WHOLE_MAX, 76, 5_000, 900), Part::WHOLE);
        assert_eq!(Part::of(1_000, 0, 5_000, 900), Part::WHOLE, "not measured");
        let top = Part::of(50_000, 76, 0, 900);
        assert_eq!((top.first, top.end), (0, 20));
        let middle = Part::of(50_000, 76, 76_000, 900);
        assert_eq!((middle.first, middle.end), (992, 1_020));
        let next = Part::of(50_000, 76, 76_000 + 76, 900);
        assert_eq!((next.first, next.end), (992, 1_022), "two at a time");
    }

    #[test]
    fn what_is_seen_is_drawn_wherever_the_list_stands() {
        for top in (0..76 * 1_000).step_by(777) {
            let part = Part::of(1_000, 76, top, 900);
            let seen = |pixels: i32| usize::try_from(pixels / 76).unwrap();
            assert!(
                part.first <= seen(top) && part.end > seen(top + 900),
                "{top}"
            );
        }
    }
}
