//! What a request passes on its way to a door, outermost first.

pub mod trace;

pub mod csp;

pub mod squeeze;

pub mod visitor;

pub mod face;

pub mod limit;

pub mod origin;

pub mod guest;
pub mod session;
