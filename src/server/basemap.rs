//! `/v1/achtergrondkaart/{z}/{x}/{y}.png`: somebody else's basemap, fetched by the server so that
//! no visitor's browser asks anybody else. Off unless configured.

use std::{sync::Arc, time::Duration};

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use tokio::sync::Semaphore;

use super::{
    App,
    problem::{InputError, Problem},
};

/// The finest zoom that is fetched; the grey basemap of PDOK has tiles to 19.
const FINEST: u32 = 19;

/// A tile is some tens of kilobytes; more than this is no tile.
const LARGEST: usize = 1024 * 1024;

/// Requests to the other server under way at once.
const AT_ONCE: usize = 16;

/// Where the tiles come from.
#[derive(Debug)]
pub struct Basemap {
    address: String,
    client: reqwest::Client,
    under_way: Semaphore,
}

impl Basemap {
    /// A basemap from an address with `{z}`, `{x}` and `{y}` in it.
    ///
    /// # Errors
    /// When there is no way to speak TLS.
    pub fn new(address: &str) -> Result<Self, reqwest::Error> {
        // A second call finds the provider installed already, which is just as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .user_agent(concat!("wijkzicht/", env!("CARGO_PKG_VERSION")))
            .timeout(Duration::from_secs(10))
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self { address: address.to_owned(), client, under_way: Semaphore::new(AT_ONCE) })
    }

    async fn fetch(&self, z: u32, x: u32, y: u32) -> Result<Vec<u8>, String> {
        let address = self
            .address
            .replace("{z}", &z.to_string())
            .replace("{x}", &x.to_string())
            .replace("{y}", &y.to_string());
        let _turn = self.under_way.acquire().await.map_err(|error| error.to_string())?;
        let failed = |error: reqwest::Error| error.without_url().to_string();
        let mut response = self.client.get(address).send().await.map_err(failed)?;
        if !response.status().is_success() {
            return Err(format!("status {}", response.status().as_u16()));
        }
        let mut tile = Vec::new();
        while let Some(part) = response.chunk().await.map_err(failed)? {
            tile.extend_from_slice(&part);
            if tile.len() > LARGEST {
                return Err("more bytes than a tile has".to_owned());
            }
        }
        Ok(tile)
    }
}

/// `GET /v1/achtergrondkaart/{z}/{x}/{y}`.
pub async fn tile(
    State(app): State<App>,
    Path((z, x, y)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let basemap: Arc<Basemap> = app
        .basemap
        .clone()
        .ok_or_else(|| Problem::not_found("deze server heeft geen achtergrondkaart"))?;
    let y = y.strip_suffix(".png").unwrap_or(&y);
    let number = |text: &str| {
        Some(text).filter(|t| t.len() <= 7 && t.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
    };
    let within = |z: u32, x: u32, y: u32| z <= FINEST && x < 1 << z && y < 1 << z;
    let (z, x, y) = match (number(&z), number(&x), number(y)) {
        (Some(z), Some(x), Some(y)) if within(z, x, y) => (z, x, y),
        _ => {
            let detail = format!("verwacht: z van 0 tot en met {FINEST}, x en y onder 2^z");
            return Err(Problem::unknown(InputError::path("z", "ongeldig", detail)));
        }
    };
    let tile = basemap.fetch(z, x, y).await.map_err(|error| {
        tracing::warn!(%error, z, "the basemap does not answer");
        Problem::bad_gateway("de achtergrondkaart antwoordt nu niet; de kaart is zonder ook goed")
    })?;
    let kind = match tile.get(..4) {
        Some([0x89, b'P', b'N', b'G']) => "image/png",
        Some([0xff, 0xd8, 0xff, _]) => "image/jpeg",
        _ => {
            tracing::warn!(z, "the basemap answers with something that is no picture");
            return Err(Problem::bad_gateway("de achtergrondkaart geeft geen plaatje"));
        }
    };
    let mut response = Response::new(Body::from(tile));
    *response.status_mut() = StatusCode::OK;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    Ok(response)
}
