//! An answer as it is kept: its body in each encoding that was asked for, with a tag of its own.

use std::sync::OnceLock;

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use bytes::Bytes;
use sha2::{Digest, Sha256};

use super::{answer::Answer, asked::Asked, encoding::Encoding, problem::Problem};

/// Bodies below this are sent as they are: compressing them saves no packet.
const WORTH_ENCODING: usize = 1024;

/// What an entry takes beside its bodies, roughly.
const OVERHEAD: usize = 512;

/// An answer as it is kept. Bodies are shared: sending one copies nothing.
#[derive(Debug)]
pub struct Entry {
    content_type: HeaderValue,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// Of the body as it is, in hexadecimals.
    hash: String,
    is_packed: bool,
    plain: Variant,
    coded: [OnceLock<Variant>; Encoding::CODED.len()],
}

/// A body in one encoding.
#[derive(Debug)]
struct Variant {
    tag: HeaderValue,
    body: Bytes,
}

impl Entry {
    /// Takes an answer. Cost: a hash of its body.
    pub fn new(answer: Answer) -> Self {
        let digest = Sha256::digest(&answer.body);
        let hash: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        let mut headers = answer.headers;
        if !headers.iter().any(|(name, _)| name == header::CACHE_CONTROL) {
            let control = HeaderValue::from_static("public, max-age=0, must-revalidate");
            headers.push((header::CACHE_CONTROL, control));
        }
        Self {
            content_type: HeaderValue::from_static(answer.content_type),
            headers,
            plain: Variant { tag: tag(&hash, Encoding::Identity), body: answer.body },
            hash,
            is_packed: answer.is_packed,
            coded: Default::default(),
        }
    }

    /// The encoding that the client is sent, made or not.
    pub fn encoding(&self, asked: &Asked) -> Encoding {
        if self.is_packed || self.plain.body.len() < WORTH_ENCODING {
            return Encoding::Identity;
        }
        asked.accepted().best(&[Encoding::Brotli, Encoding::Gzip])
    }

    /// Whether the answer to such a request can be sent at once: its body is there, or is not
    /// needed.
    pub fn is_ready(&self, asked: &Asked) -> bool {
        let sent = self.encoding(asked);
        self.variant(sent).is_some() || asked.known(&self.hash, sent).is_some()
    }

    /// Makes the body in an encoding, where it is not there yet. Costs a compression; two at once
    /// wait for one another.
    ///
    /// # Errors
    /// When compression fails.
    pub fn make(&self, encoding: Encoding) -> Result<(), Problem> {
        let Some(cell) = encoding.coded().and_then(|at| self.coded.get(at)) else { return Ok(()) };
        if cell.get().is_some() {
            return Ok(());
        }
        let body = encoding.encode(&self.plain.body).map_err(|error| {
            tracing::error!(%error, "a body does not compress");
            Problem::internal()
        })?;
        cell.get_or_init(|| Variant { tag: tag(&self.hash, encoding), body: body.into() });
        Ok(())
    }

    /// How many bytes it takes as it is now.
    pub fn weight(&self) -> u64 {
        let coded = self.coded.iter().filter_map(OnceLock::get).map(|variant| variant.body.len());
        (OVERHEAD + self.plain.body.len() + coded.sum::<usize>()) as u64
    }

    /// The answer to a request: 304 where the client has the body, else the body in the best
    /// encoding that is [made](Entry::make), else as it is. Cost: that of building the headers.
    pub fn response(&self, asked: &Asked) -> Response {
        let wanted = self.encoding(asked);
        let (encoding, variant) = match self.variant(wanted) {
            Some(variant) => (wanted, variant),
            None => (Encoding::Identity, &self.plain),
        };
        let known = asked.known(&self.hash, wanted);
        let mut response = Response::new(match known {
            None if !asked.is_head() => Body::from(variant.body.clone()),
            _ => Body::empty(),
        });
        let headers = response.headers_mut();
        headers.reserve(24);
        if let Some(known) = known {
            headers.insert(header::ETAG, tag(&self.hash, known));
        } else {
            headers.insert(header::CONTENT_TYPE, self.content_type.clone());
            headers.insert(header::ETAG, variant.tag.clone());
            if encoding != Encoding::Identity {
                let name = HeaderValue::from_static(encoding.as_str());
                headers.insert(header::CONTENT_ENCODING, name);
            }
            headers.insert(header::CONTENT_LENGTH, variant.body.len().into());
        }
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        if known.is_some() {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        response
    }

    /// Whether the body is there in an encoding.
    pub fn has(&self, encoding: Encoding) -> bool {
        self.variant(encoding).is_some()
    }

    fn variant(&self, encoding: Encoding) -> Option<&Variant> {
        match encoding.coded() {
            Some(at) => self.coded.get(at)?.get(),
            None => Some(&self.plain),
        }
    }
}

/// The tag of the content with that hash in an encoding.
fn tag(hash: &str, encoding: Encoding) -> HeaderValue {
    // Hexadecimals and lower case letters: always a header.
    HeaderValue::from_str(&format!("\"{hash}-{}\"", encoding.as_str()))
        .unwrap_or(HeaderValue::from_static("\"\""))
}
