//! Errors as problem+json (RFC 9457), with what was wrong, where, and what is allowed.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct InputError {
    /// `query`, `path` or `body`.
    #[serde(rename = "in")]
    pub place: &'static str,
    /// Where in it.
    pub location: Location,
    /// A short key for machines.
    pub code: &'static str,
    /// What is wrong, in Dutch.
    pub detail: String,
    /// What is allowed, where that can be listed.
    #[serde(rename = "toegestaan", skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
}

/// The name of the parameter that is wrong.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Location {
    /// The parameter.
    pub name: String,
}

/// A problem, as it is sent.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the status says the kind.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// A few words.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What was wrong and what is allowed, in Dutch.
    pub detail: String,
    /// Each thing that is wrong, all at once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<InputError>,
}

impl InputError {
    /// A parameter of the query that is wrong.
    pub fn query(name: &str, code: &'static str, detail: impl Into<String>) -> Self {
        Self::at("query", name, code, detail)
    }

    /// A part of the path that is wrong.
    pub fn path(name: &str, code: &'static str, detail: impl Into<String>) -> Self {
        Self::at("path", name, code, detail)
    }

    /// A part of the body that is wrong.
    pub fn body(name: &str, code: &'static str, detail: impl Into<String>) -> Self {
        Self::at("body", name, code, detail)
    }

    fn at(place: &'static str, name: &str, code: &'static str, detail: impl Into<String>) -> Self {
        let location = Location { name: shorten(name) };
        Self { place, location, code, detail: detail.into(), allowed: Vec::new() }
    }

    /// The same, of another parameter.
    pub fn named(mut self, name: &str) -> Self {
        self.location = Location { name: shorten(name) };
        self
    }

    /// The same of a parameter of that name.
    pub fn of_query(self, name: &str) -> Self {
        Self { place: "query", location: Location { name: name.to_owned() }, ..self }
    }

    /// The same, with what is allowed.
    pub fn allowing<S: ToString>(mut self, allowed: impl IntoIterator<Item = S>) -> Self {
        self.allowed = allowed.into_iter().map(|one| one.to_string()).collect();
        self
    }
}

impl Problem {
    fn new(status: StatusCode, title: &'static str, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank",
            title,
            status: status.as_u16(),
            detail: detail.into(),
            errors: Vec::new(),
        }
    }

    /// What is wrong, in sentences.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The status of the answer.
    pub fn status(&self) -> Option<StatusCode> {
        StatusCode::from_u16(self.status).ok()
    }

    /// 400: everything that is wrong with the input.
    pub fn invalid(errors: Vec<InputError>) -> Self {
        Self::listing(StatusCode::BAD_REQUEST, "Ongeldig verzoek", errors)
    }

    /// 404 for a part of the address that names nothing.
    pub fn unknown(error: InputError) -> Self {
        Self::listing(StatusCode::NOT_FOUND, "Niet gevonden", vec![error])
    }

    fn listing(status: StatusCode, title: &'static str, errors: Vec<InputError>) -> Self {
        let sentences: Vec<_> = errors
            .iter()
            .map(|error| {
                if error.allowed.is_empty() {
                    format!("{}: {}.", error.location.name, error.detail)
                } else {
                    let allowed = error.allowed.join(", ");
                    format!("{}: {}; toegestaan: {allowed}.", error.location.name, error.detail)
                }
            })
            .collect();
        Self { errors, ..Self::new(status, title, sentences.join(" ")) }
    }

    /// 404.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "Niet gevonden", detail)
    }

    /// 410: it was here, and nothing takes its place.
    pub fn gone(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::GONE, "Niet meer hier", detail)
    }

    /// 405.
    pub fn method_not_allowed() -> Self {
        let detail = "dit adres antwoordt niet op deze methode, wel op GET en HEAD";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "Methode niet toegestaan", detail)
    }

    /// 413: a body of more bytes than are read.
    pub fn too_large(most: usize) -> Self {
        let detail = format!("de inhoud is te groot: ten hoogste {most} bytes");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "Te groot", detail)
    }

    /// 414: an address of more bytes than are read.
    pub fn too_long(most: usize) -> Self {
        let detail = format!("het adres is te lang: ten hoogste {most} bytes");
        Self::new(StatusCode::URI_TOO_LONG, "Adres te lang", detail)
    }

    /// 415: a body of a type that is not read.
    pub fn unsupported(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Vorm wordt niet gelezen", detail)
    }

    /// 500: what went wrong inside is logged, never shown.
    pub fn internal() -> Self {
        let detail = "er ging iets mis bij het maken van het antwoord; het is vastgelegd";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "Fout in de server", detail)
    }

    /// 503: more is asked than can be answered now.
    pub fn busy() -> Self {
        let detail = "de server heeft het te druk; probeer het over enkele seconden nog eens";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "Te druk", detail)
    }

    /// 503: the server is about to end.
    pub fn leaving() -> Self {
        let detail = "de server stopt; verzoeken die al binnen zijn worden afgemaakt";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "Stopt", detail)
    }

    /// 429: this client asks more often than it may.
    pub fn too_often() -> Self {
        let detail = "u vraagt vaker dan deze server toestaat; wacht even, of vraag meer ineens";
        Self::new(StatusCode::TOO_MANY_REQUESTS, "Te vaak", detail)
    }

    /// 504: the answer would come too late to be of use.
    pub fn too_late() -> Self {
        let detail = "het antwoord liet te lang op zich wachten; probeer het later nog eens";
        Self::new(StatusCode::GATEWAY_TIMEOUT, "Het duurt te lang", detail)
    }

    /// 502: another service did not answer well.
    pub fn bad_gateway(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_GATEWAY, "Andere dienst antwoordt niet", detail)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER));
        }
        // Who shows pages makes one of it.
        response.extensions_mut().insert(self);
        response
    }
}

/// After so many seconds a client may try again.
const RETRY_AFTER: &str = "3";

/// At most 60 characters of an input that goes into a message.
pub(super) fn shorten(text: &str) -> String {
    text.chars().take(60).collect()
}
