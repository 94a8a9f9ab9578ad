//! Every door on one page.

use std::any::Any;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use pigeon_wire::Fault;
use tower_http::catch_panic::CatchPanicLayer;

use crate::door::{
    account as own, asset, audit, blocked, canned, contact, contacts, conversation, direct, embed,
    fate, figures, file, front, hand_over, health, invite, keys, link, login, logo, mail, merge,
    mine, people, person, picture, proof, quarantine, roles, saved, search, settings, setup,
    snippet, stop, taste, team, tokens, ui, waiting, webhooks,
};
use crate::embed as embedded;
use crate::rest::{act, doc, guest as by_guest, search as find, thread};
use crate::{Hall, Refused, layer, live, rest};

/// A group of doors: its router, and the same list for whoever must look at every door (the table
/// of rights in the tests has a row for each, or fails).
macro_rules! doors {
    ($(#[$about:meta])* $group:ident { $($path:literal $($method:ident $door:path),+;)+ }) => {
        $(#[$about])*
        mod $group {
            use super::*;

            pub const LIST: &[(&str, &[&str])] = &[$(($path, &[$(stringify!($method)),+])),+];

            pub fn router() -> Router<Hall> {
                Router::new()$(.route($path, MethodRouter::new()$(.$method($door))+))+
            }
        }
    };
}

doors! {
    /// As a guest: who asks is known by the cookies of their threads.
    guest {
        "/contact" get contact::show, post contact::send;
        "/contact/sent" get contact::sent;
        "/t/{token}" get link::follow;
        "/c/{id}" get conversation::show, post conversation::reply;
        "/c/{id}/file" post file::guest_upload;
        "/c/{id}/file/{file}" get file::guest_file;
        "/c/{id}/file/{file}/small" get file::guest_small;
        "/c/{id}/read" post conversation::read;
        "/c/{id}/sign-out" get conversation::signed_out, post conversation::sign_out;
        "/c/{id}/not-me" get conversation::was_not_me, post conversation::not_me;
        "/c/{id}/link" post conversation::fresh_link;
        "/link" get link::show, post link::request;
        "/link/sent" get link::sent;
        "/ui/guest/{*function}" post ui::call;
    }
}

doors! {
    /// With an account: who asks is known by the session's cookie.
    account {
        "/" get front::show;
        "/login" get login::show, post login::log_in;
        "/logout" post login::log_out;
        "/setup/{token}" get setup::show, post setup::claim;
        "/inbox" get team::show;
        "/inbox/{id}" get team::show;
        "/inbox/{id}/waiting" get waiting::lines;
        "/inbox/{id}/file" post file::team_upload;
        "/inbox/{id}/file/{file}" get file::team_file;
        "/inbox/{id}/file/{file}/small" get file::team_small;
        "/dashboard" get team::show;
        "/threads" get mine::show;
        "/threads/new" get mine::blank, post mine::ask;
        "/threads/search" get search::own;
        "/threads/write" get direct::blank, post direct::start;
        "/threads/claim" post mine::claim;
        "/threads/unblock" post direct::unblock;
        "/threads/requests" get direct::requests;
        "/threads/requests/{id}" get direct::request;
        "/threads/requests/{id}/accept" post direct::accept;
        "/threads/requests/{id}/ignore" post direct::ignore;
        "/threads/{id}/block" post direct::block;
        "/threads/{id}/leave" post direct::leave;
        "/threads/{id}/add" post direct::add;
        "/threads/{id}/status" post direct::status;
        "/threads/{id}/edit" post direct::edit;
        "/threads/{id}/report" post direct::report;
        "/direct/{id}" get direct::glass, post direct::break_glass;
        "/reports" get direct::reports;
        "/reports/{id}/settle" post direct::settle;
        "/threads/{id}" get mine::open, post mine::reply;
        "/threads/{id}/read" post mine::read;
        "/threads/{id}/unread" post mine::unread;
        "/threads/{id}/mute" post mine::mute;
        "/threads/{id}/file/{file}" get file::own_file;
        "/threads/{id}/file/{file}/small" get file::own_small;
        "/search" get search::show;
        "/people" get people::show, post people::invite;
        "/people/invitations/{invitation}/again" post people::send_again;
        "/people/invitations/{invitation}/revoke" post people::revoke;
        "/people/{person}" get person::show;
        "/people/{person}/role" post person::role;
        "/people/{person}/deactivate" post person::deactivate;
        "/people/{person}/reactivate" post person::reactivate;
        "/people/{person}/release" post person::release;
        "/people/{person}/sessions" post person::sessions;
        "/roles" get roles::show, post roles::create;
        "/roles/{role}" get roles::show_one, post roles::edit;
        "/roles/{role}/delete" post roles::delete;
        "/audit" get audit::show;
        "/keys" get keys::show;
        "/tags" get fate::tags;
        "/later" get waiting::moments;
        "/scheduled" get waiting::show;
        "/inbox/{thread}/merge" get merge::show, post merge::merge;
        "/inbox/{thread}/merge/undo" post merge::undo;
        "/inbox/{thread}/mail/{message}" get fate::show, post fate::retry;
        "/inbox/{thread}/hand-over" get hand_over::show, post hand_over::give;
        "/views" get saved::show, post saved::save;
        "/views/counts" get saved::counts;
        "/views/{saved}/delete" post saved::delete;
        "/figures" get figures::show;
        "/figures.csv" get figures::csv;
        "/canned" get canned::show, post canned::make;
        "/canned/for/{thread}" get canned::pick;
        "/mentions/for/{thread}" get canned::mentions;
        "/canned/{canned}" get canned::show_one, post canned::change;
        "/canned/{canned}/delete" post canned::delete;
        "/contacts/{customer}" get contacts::show;
        "/contacts/{customer}/beside" get contacts::beside;
        "/contacts/{customer}/links" post contacts::links;
        "/contacts/{customer}/note" post contacts::note;
        "/blocked" get blocked::show, post blocked::add;
        "/blocked/{id}/lift" post blocked::lift;
        "/account" get own::show, post own::save;
        "/account/password" post own::password;
        "/account/address" post own::address;
        "/account/picture" post picture::change;
        "/account/picture/remove" post picture::remove;
        "/account/notices" post own::notices;
        "/account/sessions" post own::sessions;
        "/account/export" get own::export;
        "/account/tokens" get tokens::show, post tokens::make;
        "/account/tokens/{token}/revoke" post tokens::revoke;
        "/picture/{person}" get picture::show;
        "/register" get proof::register, post proof::ask_register;
        "/reset" get proof::reset, post proof::ask_reset;
        "/confirm" get proof::show, post proof::confirm;
        "/confirm/{token}" get proof::follow;
        "/invite" get invite::show, post invite::accept;
        "/invite/{token}" get invite::follow;
        "/settings" get settings::show, post settings::change;
        "/settings/form" get snippet::show;
        "/settings/logo" post logo::change;
        "/settings/logo/remove" post logo::remove;
        "/settings/embed" get embed::show;
        "/settings/embed/keys" post embed::make;
        "/settings/embed/keys/{key}/renew" post embed::renew;
        "/settings/embed/keys/{key}/revoke" post embed::revoke;
        "/settings/webhooks" get webhooks::show, post webhooks::make;
        "/settings/webhooks/{webhook}" get webhooks::log;
        "/settings/webhooks/{webhook}/switch" post webhooks::switch;
        "/settings/webhooks/{webhook}/delete" post webhooks::delete;
        "/settings/webhooks/{webhook}/replay" post webhooks::replay_failed;
        "/settings/webhooks/{webhook}/{delivery}/replay" post webhooks::replay;
        "/mail" get mail::show;
        "/mail/test" post mail::test;
        "/mail/retry" post mail::retry_all;
        "/mail/{id}/retry" post mail::retry;
        "/mail/{id}/cancel" post mail::cancel;
        "/quarantine" get quarantine::show;
        "/quarantine/delete" post quarantine::delete_all;
        "/quarantine/{id}/accept" post quarantine::accept;
        "/quarantine/{id}/delete" post quarantine::delete;
        "/ui/{*function}" post ui::call;
    }
}

doors! {
    /// As a program: who asks is known by a token.
    program {
        "/api/v1/me" get thread::me;
        "/api/v1/threads" get thread::list;
        "/api/v1/threads/{id}" get thread::show;
        "/api/v1/threads/{id}/entries" get thread::entries;
        "/api/v1/threads/{id}/replies" post act::reply;
        "/api/v1/threads/{id}/waiting" get rest::waiting::list;
        "/api/v1/threads/{id}/waiting/{reply}" put rest::waiting::send;
        "/api/v1/threads/{id}/waiting/{reply}/cancel" post rest::waiting::cancel;
        "/api/v1/threads/{id}/notes" post act::add_note;
        "/api/v1/threads/{id}/status" put act::set_status;
        "/api/v1/threads/{id}/snooze" put act::snooze;
        "/api/v1/threads/{id}/following" put act::follow;
        "/api/v1/threads/{id}/tags" put act::set_tag;
        "/api/v1/threads/{id}/assignee" put act::set_assignee;
        "/api/v1/threads/{id}/read" put act::mark_read;
        "/api/v1/threads/{id}/trash" post act::trash;
        "/api/v1/threads/{id}/restore" post act::restore;
        "/api/v1/threads/{id}/merge" post act::merge;
        "/api/v1/threads/{id}/merge/undo" post act::part;
        "/api/v1/threads/{id}/links/revoke" post act::revoke_links;
        "/api/v1/counts" get thread::counts;
        "/api/v1/figures" get rest::figures::figures;
        "/api/v1/threads/{id}/files" post rest::file::send;
        "/api/v1/threads/{id}/files/{file}" get rest::file::fetch;
        "/api/v1/own/counts" get rest::own::counts;
        "/api/v1/own/threads" get rest::own::list, post rest::own::ask;
        "/api/v1/own/direct" post rest::own::write;
        "/api/v1/own/threads/{id}" get rest::own::show;
        "/api/v1/own/threads/{id}/entries" get rest::own::entries;
        "/api/v1/own/threads/{id}/replies" post rest::own::reply;
        "/api/v1/own/threads/{id}/read" put rest::own::mark_read;
        "/api/v1/own/threads/{id}/unread" put rest::own::mark_unread;
        "/api/v1/own/threads/{id}/muted" put rest::own::mute;
        "/api/v1/own/threads/{id}/people" post rest::party::add;
        "/api/v1/own/threads/{id}/leave" post rest::party::leave;
        "/api/v1/own/threads/{id}/closed" put rest::party::close;
        "/api/v1/own/threads/{id}/entries/{entry}" put rest::party::edit;
        "/api/v1/own/threads/{id}/reports" post rest::party::report;
        "/api/v1/own/threads/{id}/block/{person}" post rest::party::block;
        "/api/v1/own/threads/{id}/files" post rest::file::send_own;
        "/api/v1/own/threads/{id}/files/{file}" get rest::file::fetch_own;
        "/api/v1/own/requests" get rest::party::requests;
        "/api/v1/own/requests/{id}/accept" post rest::party::accept;
        "/api/v1/own/requests/{id}/ignore" post rest::party::ignore;
        "/api/v1/own/blocked" get rest::party::blocked;
        "/api/v1/own/blocked/{person}/unblock" post rest::party::unblock;
        "/api/v1/search" get find::find;
        "/api/v1/people" get rest::people::list;
        "/api/v1/contacts/{id}" get rest::contact::show;
        "/api/v1/contacts/{id}/threads" get rest::contact::threads;
        "/api/v1/contacts/{id}/note" put rest::contact::write_note;
        "/api/v1/contacts/{id}/links" post rest::contact::send_links;
        "/api/v1/blocked" get rest::contact::blocks, post rest::contact::block;
        "/api/v1/blocked/{id}/lift" post rest::contact::lift;
        "/api/v1/quarantine" get rest::admin::caught::catches;
        "/api/v1/quarantine/{id}/accept" post rest::admin::caught::accept;
        "/api/v1/quarantine/{id}/delete" post rest::admin::caught::delete;
        "/api/v1/reports" get rest::admin::caught::reports;
        "/api/v1/reports/{id}/settle" post rest::admin::caught::settle;
        "/api/v1/settings" get rest::admin::house::settings;
        "/api/v1/settings/{name}" put rest::admin::house::set;
        "/api/v1/mails" get rest::admin::house::mails;
        "/api/v1/mails/{id}/retry" post rest::admin::house::retry;
        "/api/v1/mails/retry" post rest::admin::house::retry_all;
        "/api/v1/mails/{id}/cancel" post rest::admin::house::cancel;
        "/api/v1/mails/test" post rest::admin::house::test;
        "/api/v1/audit" get rest::admin::house::log;
        "/api/v1/invitations" get rest::admin::team::invitations, post rest::admin::team::invite;
        "/api/v1/invitations/{id}/send" post rest::admin::team::send_again;
        "/api/v1/invitations/{id}/revoke" post rest::admin::team::take_back;
        "/api/v1/people/{id}/role" put rest::admin::team::set_role;
        "/api/v1/people/{id}/deactivate" post rest::admin::team::deactivate;
        "/api/v1/people/{id}/reactivate" post rest::admin::team::reactivate;
        "/api/v1/roles" get rest::admin::team::roles, post rest::admin::team::make_role;
        "/api/v1/roles/{role}" put rest::admin::team::edit_role;
        "/api/v1/roles/{role}/delete" post rest::admin::team::delete_role;
        "/api/v1/webhooks" get rest::admin::hooks::list, post rest::admin::hooks::make;
        "/api/v1/webhooks/{id}/active" put rest::admin::hooks::switch;
        "/api/v1/webhooks/{id}/delete" post rest::admin::hooks::delete;
        "/api/v1/webhooks/{id}/deliveries" get rest::admin::hooks::log;
        "/api/v1/webhooks/{id}/deliveries/{delivery}/replay" post rest::admin::hooks::replay;
        "/api/v1/webhooks/{id}/replay" post rest::admin::hooks::replay_failed;
    }
}

doors! {
    /// As a guest's program: who asks is known by a link's secret, where it is asked at all.
    guest_program {
        "/api/v1/guest/threads" post by_guest::start;
        "/api/v1/guest/thread" get by_guest::thread;
        "/api/v1/guest/entries" get by_guest::entries;
        "/api/v1/guest/replies" post by_guest::reply;
        "/api/v1/guest/links" post by_guest::ask_link;
        "/api/v1/guest/files" post rest::file::send_guest;
        "/api/v1/guest/files/{file}" get rest::file::fetch_guest;
    }
}

doors! {
    /// As whoever a site vouches for: who asks is known by a token. Pages of listed sites ask here.
    vouched {
        "/embed/able" get embedded::session::able;
        "/embed/session" post embedded::session::vouch;
        "/embed/threads" get embedded::user::list, post embedded::user::start;
        "/embed/threads/{id}" get embedded::user::open;
        "/embed/threads/{id}/entries" get embedded::user::entries;
        "/embed/threads/{id}/replies" post embedded::user::reply;
        "/embed/threads/{id}/read" post embedded::user::read;
    }
}

doors! {
    /// As a guest in the frame: who asks is known by a link's secret. Our own frame alone asks here.
    framed {
        "/embed/guest/threads" post embedded::guest::start;
        "/embed/guest/thread" get embedded::guest::thread;
        "/embed/guest/entries" get embedded::guest::entries;
        "/embed/guest/replies" post embedded::guest::reply;
        "/embed/guest/read" post embedded::guest::read;
        "/embed/guest/sign-out" post embedded::guest::sign_out;
        "/embed/live" get live::embed::door;
    }
}

doors! {
    /// The doors for both: the address says as whom the line is asked for.
    both {
        "/api/v1/live" get live::door;
        "/api/v1/live/events" get live::plain::events;
        "/api/v1/live/poll" get live::plain::poll;
        "/api/v1/live/call" post live::plain::call;
    }
}

doors! {
    /// As nobody in particular.
    nobody {
        "/lang" post taste::language;
        "/theme" post taste::theme;
        "/pkg/{*name}" get asset::hashed;
        "/favicon.svg" get asset::favicon;
        "/brand.css" get asset::brand;
        "/logo.png" get logo::show;
        "/stop/{token}" get stop::show, post stop::set;
        "/embed.js" get embedded::file::embed;
        "/embed/frame" get embedded::frame::show;
        "/embed/frame.js" get embedded::file::script;
        "/embed/frame.css" get embedded::file::style;
        "/healthz" get health::show;
        "/api/v1/openapi.json" get doc::json;
        "/api/v1/docs" get doc::page;
    }
}

/// Every door's address with its methods, in lower case. A door that is opened with `get` answers
/// `HEAD` as well.
pub fn doors() -> impl Iterator<Item = (&'static str, &'static str)> {
    [
        guest::LIST,
        account::LIST,
        program::LIST,
        guest_program::LIST,
        vouched::LIST,
        framed::LIST,
        both::LIST,
        nobody::LIST,
    ]
    .into_iter()
    .flatten()
    .flat_map(|(path, methods)| methods.iter().map(|method| (*method, *path)))
}

/// All doors behind all layers.
pub fn router(hall: Hall) -> Router {
    // Pages spawn what they wait for; a second router finds the executor already there.
    let _ = any_spawner::Executor::init_tokio();

    let guest = guest::router().route_layer(from_fn_with_state(hall.clone(), layer::guest::layer));
    let account =
        account::router().route_layer(from_fn_with_state(hall.clone(), layer::session::layer));
    let program =
        program::router().route_layer(from_fn_with_state(hall.clone(), rest::bearer::layer));
    let vouched = vouched::router().route_layer(from_fn_with_state(hall.clone(), embedded::layer));
    let both = both::router()
        .route_layer(from_fn_with_state(hall.clone(), layer::session::layer))
        .route_layer(from_fn_with_state(hall.clone(), layer::guest::layer));

    guest
        .merge(account)
        .merge(program)
        .merge(guest_program::router())
        .merge(vouched)
        .merge(framed::router())
        .merge(both)
        .merge(nobody::router())
        .fallback(async || Refused::from(Fault::NotFound))
        // The last one is the outermost.
        .layer(from_fn_with_state(hall.clone(), layer::origin::layer))
        // Bodies are bounded by the layer below, for each door as it needs.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(hall.clone(), layer::limit::layer))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(hall.clone(), layer::face::layer))
        .layer(from_fn_with_state(hall.clone(), layer::visitor::layer))
        .layer(layer::squeeze::layer())
        .layer(from_fn_with_state(hall.clone(), layer::csp::layer))
        .layer(from_fn(layer::trace::layer))
        .with_state(hall)
}

/// A door that broke answers like one that failed; what broke it stands in the log.
fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let text = cause.downcast_ref::<String>().map(String::as_str);
    let text = text
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("no words");
    tracing::error!(cause = text, "a door broke");
    Refused::from(Fault::Internal).into_response()
}
