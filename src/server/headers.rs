//! Headers that every answer carries.

use axum::http::{HeaderName, HeaderValue, header};

/// What a page of the map may load: only from here. Styles that Leaflet sets through the DOM are
/// no inline styles in this sense.
pub const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; \
     base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

/// What an answer of the interface may load: nothing.
const API_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// Name and value of each header that is set where an answer does not set it itself.
pub fn defaults() -> [(HeaderName, HeaderValue); 5] {
    [
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(API_POLICY)),
        (
            HeaderName::from_static("api-version"),
            HeaderValue::from_static(env!("CARGO_PKG_VERSION")),
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        ),
    ]
}
