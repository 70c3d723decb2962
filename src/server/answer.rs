//! A body with its headers: encoded, tagged, and 304 where the client has it already.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use sha2::{Digest, Sha256};

use super::{encoding::Encoding, problem::Problem};

/// Bodies below this are sent as they are: compressing them saves no packet.
const WORTH_ENCODING: usize = 1024;

/// The type of an Excel workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What is to be sent.
#[derive(Debug)]
pub struct Answer {
    /// The type of the body.
    pub content_type: &'static str,
    /// The body.
    pub body: Vec<u8>,
    /// Further headers.
    pub headers: Vec<(header::HeaderName, HeaderValue)>,
}

impl Answer {
    /// An answer with a body of that type.
    pub fn new(content_type: &'static str, body: Vec<u8>) -> Self {
        Self { content_type, body, headers: Vec::new() }
    }

    /// A JSON answer.
    ///
    /// # Errors
    /// When the value does not serialise, which a bug alone can cause.
    pub fn json(value: &impl serde::Serialize) -> Result<Self, Problem> {
        serde_json::to_vec(value).map(|body| Self::new("application/json", body)).map_err(|error| {
            tracing::error!(%error, "an answer does not serialise");
            Problem::internal()
        })
    }

    /// The same answer with one more header.
    pub fn with(mut self, name: header::HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Whether the body is compressed by its own form.
    fn is_packed(&self) -> bool {
        ["image/png", XLSX].contains(&self.content_type)
    }

    /// The answer to a request with those headers: in the encoding it takes, with an ETag that is
    /// of this body in this encoding, or 304 where it names that ETag. Cost: a hash of the body
    /// and its compression; to be called off the async threads.
    ///
    /// # Errors
    /// When compression fails.
    pub fn respond(self, request: &HeaderMap) -> Result<Response, Problem> {
        let encoding = match Encoding::of(request) {
            _ if self.body.len() < WORTH_ENCODING || self.is_packed() => Encoding::Identity,
            encoding => encoding,
        };
        let digest = Sha256::digest(&self.body);
        let hash: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        let etag = format!("\"{hash}-{}\"", encoding.as_str());
        let is_known = request
            .get_all(header::IF_NONE_MATCH)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|tag| tag.trim() == "*" || tag.trim().trim_start_matches("W/") == etag);
        let mut response =
            Response::builder().header(header::ETAG, etag).header(header::VARY, "accept-encoding");
        let is_own = |name: &header::HeaderName| self.headers.iter().any(|(own, _)| own == name);
        if !is_own(&header::CACHE_CONTROL) {
            response = response.header(header::CACHE_CONTROL, "public, max-age=0, must-revalidate");
        }
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        let built = if is_known {
            response.status(StatusCode::NOT_MODIFIED).body(Body::empty())
        } else {
            if encoding != Encoding::Identity {
                response = response.header(header::CONTENT_ENCODING, encoding.as_str());
            }
            let body = encoding.encode(self.body).map_err(|error| {
                tracing::error!(%error, "a body does not compress");
                Problem::internal()
            })?;
            response.header(header::CONTENT_TYPE, self.content_type).body(Body::from(body))
        };
        built.map_err(|error| {
            tracing::error!(%error, "a response has a header that cannot be");
            Problem::internal()
        })
    }
}

/// Makes and encodes an answer off the async threads.
///
/// # Errors
/// As `make`; a panic in it is an internal problem.
pub async fn answer(
    request: HeaderMap,
    make: impl FnOnce() -> Result<Answer, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    tokio::task::spawn_blocking(move || make()?.respond(&request)).await.unwrap_or_else(|error| {
        tracing::error!(%error, "an answer panicked");
        Err(Problem::internal())
    })
}
