//! Small parts that pages share.

pub mod avatar;

pub mod boxed;

pub mod field;

pub mod files;

pub mod icon;

pub mod moment;

pub mod prose;

pub mod status;

pub mod tray;

pub mod typed;
