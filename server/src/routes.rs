//! Every door on one page.

use std::any::Any;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use pigeon_wire::Fault;
use tower_http::catch_panic::CatchPanicLayer;

use crate::door::{
    asset, contact, conversation, front, health, link, login, setup, taste, team, ui,
};
use crate::{Hall, Refused, layer, live};

/// All doors behind all layers.
pub fn router(hall: Hall) -> Router {
    // Pages spawn what they wait for; a second router finds the executor already there.
    let _ = any_spawner::Executor::init_tokio();

    let guest = Router::new()
        .route("/contact", get(contact::show).post(contact::send))
        .route("/contact/sent", get(contact::sent))
        .route("/t/{token}", get(link::follow))
        .route("/c/{id}", get(conversation::show).post(conversation::reply))
        .route("/c/{id}/read", post(conversation::read))
        .route(
            "/c/{id}/sign-out",
            get(conversation::signed_out).post(conversation::sign_out),
        )
        .route(
            "/c/{id}/not-me",
            get(conversation::was_not_me).post(conversation::not_me),
        )
        .route("/c/{id}/link", post(conversation::fresh_link))
        .route("/link", get(link::show).post(link::request))
        .route("/link/sent", get(link::sent))
        .route("/ui/guest/{*function}", post(ui::call))
        .route_layer(from_fn_with_state(hall.clone(), layer::guest::layer));

    let account = Router::new()
        .route("/", get(front::show))
        .route("/login", get(login::show).post(login::log_in))
        .route("/logout", post(login::log_out))
        .route("/setup/{token}", get(setup::show).post(setup::claim))
        .route("/inbox", get(team::show))
        .route("/inbox/{id}", get(team::show))
        .route("/dashboard", get(team::show))
        .route("/ui/{*function}", post(ui::call))
        .route_layer(from_fn_with_state(hall.clone(), layer::session::layer));

    // The one door for both: the address says as whom it is asked.
    let both = Router::new()
        .route("/api/v1/live", get(live::door))
        .route_layer(from_fn_with_state(hall.clone(), layer::session::layer))
        .route_layer(from_fn_with_state(hall.clone(), layer::guest::layer));

    let nobody = Router::new()
        .route("/lang", post(taste::language))
        .route("/theme", post(taste::theme))
        .route("/pkg/{*name}", get(asset::hashed))
        .route("/favicon.svg", get(asset::favicon))
        .route("/healthz", get(health::show));

    guest
        .merge(account)
        .merge(both)
        .merge(nobody)
        .fallback(async || Refused::from(Fault::NotFound))
        // The last one is the outermost.
        .layer(from_fn_with_state(hall.clone(), layer::origin::layer))
        .layer(from_fn(layer::limit::layer))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(hall.clone(), layer::face::layer))
        .layer(from_fn_with_state(hall.clone(), layer::visitor::layer))
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
