//! What whoever looks after a house does with it, for programs: all that the administrative pages do but for
//! what is about accounts, tokens and keys. A program never makes itself more than it is.

pub mod caught;
pub mod hooks;
pub mod house;
pub mod team;
