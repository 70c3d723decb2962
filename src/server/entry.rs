//! An answer as it is kept: its body in each encoding that was asked for, with a tag of its own.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicU32, Ordering},
};

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use bytes::Bytes;

use super::{
    answer::Answer,
    asked::{Asked, Known},
    compression::Effort,
    encoding::Encoding,
    problem::Problem,
    tag::{self, Tag},
};

/// Bodies below this are sent as they are: compressing them saves no packet.
const WORTH_ENCODING: usize = 1024;

/// Above this, brotli costs more than it saves.
const LONG: usize = 64 * 1024;

/// A body that was sent so often is worth compressing better. A power of two.
const OFTEN: u32 = 32;

/// What an entry takes beside its bodies, roughly.
const OVERHEAD: usize = 512;

/// An answer as it is kept. Bodies are shared: sending one copies nothing.
#[derive(Debug)]
pub struct Entry {
    content: Arc<Content>,
    coded: [OnceLock<Variant>; Encoding::CODED.len()],
}

/// What is the same in every encoding.
#[derive(Debug)]
struct Content {
    content_type: HeaderValue,
    headers: Vec<(HeaderName, HeaderValue)>,
    hash: String,
    is_packed: bool,
    plain: Variant,
}

/// A body in one encoding.
#[derive(Debug)]
struct Variant {
    tag: HeaderValue,
    effort: Effort,
    body: Bytes,
    sent: AtomicU32,
}

impl Entry {
    /// Takes an answer. Cost: a hash of its body.
    pub fn new(answer: Answer) -> Self {
        let hash = tag::hash(&answer.body);
        let mut headers = answer.headers;
        if !headers.iter().any(|(name, _)| name == header::CACHE_CONTROL) {
            let control = HeaderValue::from_static("public, max-age=0, must-revalidate");
            headers.push((header::CACHE_CONTROL, control));
        }
        let content = Content {
            content_type: HeaderValue::from_static(answer.content_type),
            headers,
            plain: Variant::new(&hash, Encoding::Identity, Effort::Quick, answer.body),
            hash,
            is_packed: answer.is_packed,
        };
        Self { content: Arc::new(content), coded: Default::default() }
    }

    /// The encoding that the client is sent, made or not.
    pub fn encoding(&self, asked: &Asked) -> Encoding {
        let length = self.content.plain.body.len();
        if self.content.is_packed || length < WORTH_ENCODING {
            return Encoding::Identity;
        }
        asked.accepted().best(if length < LONG {
            &[Encoding::Zstd, Encoding::Brotli, Encoding::Gzip]
        } else {
            &[Encoding::Zstd, Encoding::Gzip, Encoding::Brotli]
        })
    }

    /// Whether the answer to such a request can be sent at once: its body is there, or is not
    /// needed.
    pub fn is_ready(&self, asked: &Asked) -> bool {
        self.has(self.encoding(asked), Effort::Quick) || asked.knows(&self.content.hash).is_some()
    }

    /// Whether the body is there in an encoding, made with so much work or more.
    pub fn has(&self, encoding: Encoding, effort: Effort) -> bool {
        self.variant(encoding).is_some_and(|variant| variant.effort >= effort)
    }

    /// Makes the body in an encoding, where it is not there yet. Costs a compression.
    ///
    /// # Errors
    /// When compression fails.
    pub fn make(&self, encoding: Encoding) -> Result<(), Problem> {
        if let Some(cell) = encoding.coded().and_then(|at| self.coded.get(at))
            && cell.get().is_none()
        {
            let variant = self.content.encode(encoding, Effort::Quick)?;
            cell.get_or_init(|| variant);
        }
        Ok(())
    }

    /// The same answer with a smaller body in one encoding, and those in the others as they are.
    /// Costs a thorough compression.
    ///
    /// # Errors
    /// When compression fails.
    pub fn improved(&self, encoding: Encoding) -> Result<Self, Problem> {
        let better = self.content.encode(encoding, Effort::Thorough)?;
        let mut coded = self.coded.clone();
        if let Some(cell) = encoding.coded().and_then(|at| coded.get_mut(at)) {
            *cell = OnceLock::from(better);
        }
        Ok(Self { content: self.content.clone(), coded })
    }

    /// Counts a body that is sent; gives its encoding where it was sent often enough now to be
    /// worth improving.
    pub fn count(&self, asked: &Asked) -> Option<Encoding> {
        let encoding = self.encoding(asked);
        encoding.coded()?;
        let variant = self.variant(encoding).filter(|variant| variant.effort == Effort::Quick)?;
        let sent = variant.sent.fetch_add(1, Ordering::Relaxed);
        // More than once, since the better one may have got lost.
        (sent >= OFTEN && sent.is_power_of_two()).then_some(encoding)
    }

    /// How many bytes it takes as it is now.
    pub fn weight(&self) -> u64 {
        let coded = self.coded.iter().filter_map(OnceLock::get).map(|variant| variant.body.len());
        (OVERHEAD + self.content.plain.body.len() + coded.sum::<usize>()) as u64
    }

    /// The answer to a request: 304 where the client has the body, else the body in the best
    /// encoding that is [made](Entry::make), else as it is. Cost: that of building the headers.
    pub fn response(&self, asked: &Asked) -> Response {
        let content = &*self.content;
        let wanted = self.encoding(asked);
        let (encoding, variant) = match self.variant(wanted) {
            Some(variant) => (wanted, variant),
            None => (Encoding::Identity, &content.plain),
        };
        let known = asked.knows(&content.hash);
        let body = match known {
            None if !asked.is_head() => Body::from(variant.body.clone()),
            _ => Body::empty(),
        };
        let mut response = Response::new(body);
        let headers = response.headers_mut();
        // With those that every answer has, so that the map grows once.
        headers.reserve(16);
        match known {
            Some(Known::As(tag)) => {
                headers.insert(header::ETAG, tag.header(&content.hash));
            }
            Some(Known::Any) => {
                headers.insert(header::ETAG, variant.tag.clone());
            }
            None => {
                headers.insert(header::CONTENT_TYPE, content.content_type.clone());
                headers.insert(header::ETAG, variant.tag.clone());
                if encoding != Encoding::Identity {
                    let name = HeaderValue::from_static(encoding.as_str());
                    headers.insert(header::CONTENT_ENCODING, name);
                }
                headers.insert(header::CONTENT_LENGTH, variant.body.len().into());
            }
        }
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        for (name, value) in &content.headers {
            headers.insert(name, value.clone());
        }
        if known.is_some() {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        response
    }

    fn variant(&self, encoding: Encoding) -> Option<&Variant> {
        match encoding.coded() {
            Some(at) => self.coded.get(at)?.get(),
            None => Some(&self.content.plain),
        }
    }
}

impl Content {
    fn encode(&self, encoding: Encoding, effort: Effort) -> Result<Variant, Problem> {
        let body = encoding.encode(&self.plain.body, effort).map_err(|error| {
            tracing::error!(%error, "a body does not compress");
            Problem::internal()
        })?;
        Ok(Variant::new(&self.hash, encoding, effort, body.into()))
    }
}

impl Variant {
    fn new(hash: &str, encoding: Encoding, effort: Effort, body: Bytes) -> Self {
        let tag = Tag { encoding, effort }.header(hash);
        Self { tag, effort, body, sent: AtomicU32::new(0) }
    }
}

impl Clone for Variant {
    fn clone(&self) -> Self {
        let sent = AtomicU32::new(self.sent.load(Ordering::Relaxed));
        Self { tag: self.tag.clone(), effort: self.effort, body: self.body.clone(), sent }
    }
}
