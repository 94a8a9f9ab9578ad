//! The team's plain pages: settings, people and the like. Rendered by the server alone, with plain
//! forms, so that they add nothing to the team's program. In the browser only the [`rail`] lives:
//! the badge in it and in the tab's title, and the strip that tells of a missing connection.

mod account;
mod api;
mod ask;
mod audit;
mod blocked;
mod canned;
pub mod chat;
mod contact;
mod device;
mod embed;
mod fate;
mod figures;
mod form;
mod frame;
mod hand_over;
mod join;
mod keys;
mod login;
mod mail;
mod mentions;
mod merge;
mod mine;
mod notices;
mod outside;
pub mod part;
mod people;
mod portrait;
mod proof;
mod quarantine;
mod rail;
mod reports;
mod roles;
mod saved;
mod search;
mod section;
mod sessions;
mod settings;
mod setup;
mod snippet;
mod stop;
mod tokens;
mod trouble;
mod waiting;
mod webhook_log;
mod webhooks;

pub use account::{Own, Profile};
pub use api::{ApiDoor, ApiPage};
pub use ask::{Ask, Wanted};
pub use audit::{Log, end_of_day};
pub use blocked::Blocked;
pub use canned::{Canned, OneCanned, Pick, pick};
pub use chat::Chat;
pub use contact::{Beside, Contact};
pub use embed::Embed;
pub use fate::{Fate, known_tags};
pub use figures::figures;
pub use frame::PlainPage;
pub use hand_over::HandOverPage;
pub use join::{JOIN_ADDRESS, Join};
pub use keys::keys;
pub use login::Login;
pub use mail::mail;
pub use mentions::colleagues;
pub use merge::Merge;
pub use mine::{
    LiveRows, LiveTalk, Question, Talk, Write, found_rows, found_talk, request, requests, threads,
};
pub use notices::{badge_field, mail_field};
pub use outside::Outside;
pub use people::{InviteForm, People, Person};
pub use proof::{PROOF_ADDRESS, Present, Proof};
pub use quarantine::quarantine;
pub use rail::{LiveRail, OwnRail, PlainStart, found};
pub use reports::{behind_glass, glass, reports};
pub use roles::{OneRole, RoleForm, Roles};
pub use saved::SavedViews;
pub use search::{Reach, search};
pub use section::{Counts, Section};
pub use settings::SettingsPage;
pub use setup::{OwnerForm, Setup};
pub use snippet::Snippet;
pub use stop::Stop;
pub use tokens::{Tokens, scope_field};
pub use trouble::trouble;
pub use waiting::{lines, moments, scheduled};
pub use webhook_log::webhook_log;
pub use webhooks::{Webhooks, event_field};

pub use crate::page::team::signed::Signed;

/// The id of the element in which the rail's data travels.
pub const DATA_ID: &str = "pigeon-rail";
/// The id of the element that holds the rail.
pub const SEAT_ID: &str = "rail";
