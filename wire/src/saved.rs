//! Saved views: lists of the inbox, with their filters and order, under a name.

use serde::{Deserialize, Serialize};

use crate::id::SavedViewId;

/// Most characters of a saved view's name.
pub const SAVED_NAME_CHARS_MAX: usize = 40;
/// Most saved views of one person, and of the team: more than a hand full would not be found again.
pub const SAVED_MAX: i64 = 30;

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// Its id.
    pub id: SavedViewId,
    /// What it is called.
    pub name: String,
    /// What it shows, as [`crate::inbox::Ask::query`] words it.
    pub query: String,
    /// Whether the whole team has it.
    pub shared: bool,
    /// Who saved it.
    pub author: String,
    /// Whether the reader may delete it.
    pub deletable: bool,
}
