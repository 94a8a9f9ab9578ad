//! The live side of a page: one line, and pure folds of what it brings.

pub mod socket;

pub mod around;
pub mod conversation;
pub mod guest;
pub mod mine;
pub mod own;
pub mod rows;

pub mod team;
