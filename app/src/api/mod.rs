//! Server functions: who is asking, one command, the answer. Their addresses are fixed, so that a
//! page opened before an update goes on working after it.

pub mod guest;

pub mod session;

pub mod dashboard;

pub mod inbox;

pub mod thread;

pub mod message;

pub mod mine;
