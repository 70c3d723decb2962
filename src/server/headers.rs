//! Headers that every answer carries.

use std::{
    hash::{BuildHasher, RandomState},
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};

use super::Config;

/// What a page of the map may load: only from here. Styles that Leaflet sets through the DOM are
/// no inline styles in this sense.
pub const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; \
     frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

/// Where a policy says who may frame the page.
const ANCESTORS: &str = "frame-ancestors ";

/// The policy of a map to be framed: that of a page, and any site may frame it. There is nothing to
/// hijack: no session, nothing to press that changes anything. Where the administrator names sites,
/// these may, and the server itself, which shows editors how it will look.
pub fn frame_policy(config: &Config) -> HeaderValue {
    let page = PAGE_POLICY.split_once(ANCESTORS).map_or(PAGE_POLICY, |(page, _)| page);
    let sites = match &config.insluiten {
        None => "*".to_owned(),
        Some(sites) => ["'self'"]
            .into_iter()
            .chain(sites.iter().map(String::as_str))
            .collect::<Vec<_>>()
            .join(" "),
    };
    HeaderValue::from_str(&format!("{page}{ANCESTORS}{sites}"))
        .unwrap_or(HeaderValue::from_static(PAGE_POLICY))
}

/// Whether a policy lets other sites frame a page. The older header that forbids it knows no list.
fn is_framed(headers: &HeaderMap) -> bool {
    let policy = headers.get(header::CONTENT_SECURITY_POLICY);
    let policy = policy.and_then(|policy| policy.to_str().ok()).unwrap_or_default();
    policy.split_once(ANCESTORS).is_some_and(|(_, sites)| !matches!(sites, "'none'" | "'self'"))
}

/// What an answer of the interface may load: nothing.
const API_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Name and value of each header that is set where an answer does not set it itself. Open data:
/// any page may read any answer, without credentials.
static DEFAULTS: LazyLock<[(HeaderName, HeaderValue); 8]> = LazyLock::new(|| {
    [
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(API_POLICY)),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("*")),
        (
            HeaderName::from_static("api-version"),
            HeaderValue::from_static(env!("CARGO_PKG_VERSION")),
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        ),
    ]
});

/// The id of a request: its own where it has one, else a number that no other request to this
/// process has, from where nobody can tell how many there were.
pub fn request_id(request: &HeaderMap) -> HeaderValue {
    static FIRST: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0));
    static COUNT: AtomicU64 = AtomicU64::new(0);
    if let Some(own) = request.get(&REQUEST_ID) {
        return own.clone();
    }
    // SplitMix64 is one to one.
    let step = COUNT.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut id = FIRST.wrapping_add(step);
    id = (id ^ (id >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    id = (id ^ (id >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    id ^= id >> 31;
    let mut text = [0; 16];
    for (at, digit) in text.iter_mut().enumerate() {
        *digit = b"0123456789abcdef"[(id >> (60 - 4 * at)) as usize & 15];
    }
    HeaderValue::from_bytes(&text).unwrap_or(HeaderValue::from_static("-"))
}

/// Gives an answer the id of its request and the default headers that it does not have.
pub fn complete(response: &mut Response, id: HeaderValue) {
    let headers = response.headers_mut();
    headers.reserve(DEFAULTS.len() + 1);
    let is_framed = is_framed(headers);
    for (name, value) in DEFAULTS.iter() {
        if is_framed && name == header::X_FRAME_OPTIONS {
            continue;
        }
        headers.entry(name).or_insert_with(|| value.clone());
    }
    headers.insert(REQUEST_ID, id);
}

/// The answer to a browser that asks whether a page may ask: yes.
pub fn preflight() -> Response {
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    let methods = HeaderValue::from_static("GET, HEAD, POST");
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    response
}
