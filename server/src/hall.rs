//! The hall behind every door: what the whole server shares.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::FromRef;
use ipnet::IpNet;
use pigeon_app::Assets;
use pigeon_core::Office;
use pigeon_wire::setting::Colour;

use crate::assets;
use crate::cookie::Cookies;
use crate::layer::origin::Origins;
use crate::live::Pigeonholes;

/// What the whole server shares. Cheap to clone.
#[derive(Clone)]
pub struct Hall {
    /// What does the work.
    pub office: Office,
    /// Addresses of what was built for the pages.
    built: Arc<Assets>,
    /// How cookies are named and set.
    pub cookies: Cookies,
    /// From where writes may come.
    pub origins: Arc<Origins>,
    /// Proxies whose word about the client's address is taken.
    pub trusted_proxies: Arc<[IpNet]>,
    /// Whether pages are reached by https.
    pub is_https: bool,
    /// Where live lines without a socket keep what waits for their clients.
    pub pigeonholes: Arc<Pigeonholes>,
}

/// Where the server stands.
#[derive(Clone, Debug)]
pub struct House {
    /// The address that it listens on.
    pub listening: SocketAddr,
    /// Proxies whose word about the client's address is taken.
    pub trusted_proxies: Vec<IpNet>,
}

impl Hall {
    /// The hall of `office` in `house`.
    pub fn new(office: Office, house: House) -> Self {
        let public_url = office.settings().public_url.clone();
        let origins = Origins::new(&public_url, house.listening);
        Self {
            cookies: Cookies::new(origins.is_secure()),
            is_https: public_url.starts_with("https://"),
            origins: Arc::new(origins),
            built: Arc::new(assets::addresses()),
            pigeonholes: Arc::default(),
            trusted_proxies: house.trusted_proxies.into(),
            office,
        }
    }

    /// Addresses of what a page loads now.
    pub fn assets(&self) -> Assets {
        let accent = self.office.settings().accent;
        Assets {
            brand: accent.map(Colour::style).unwrap_or_default(),
            ..self.built.as_ref().clone()
        }
    }
}

impl FromRef<Hall> for Office {
    fn from_ref(hall: &Hall) -> Self {
        hall.office.clone()
    }
}
