//! What a request says about how it may be answered, beside what it asks for.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, Method, Uri, header, request::Parts},
};

use super::{encoding::Accepted, tag::Tag};

/// What a request says about how it may be answered: which encodings it takes, which answers it
/// has already, and how it spelled its question.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The address as it was sent; `None` where the method is neither GET nor HEAD.
    target: Option<Uri>,
    accepted: Accepted,
    known: Vec<HeaderValue>,
    is_head: bool,
    prefers_page: bool,
}

impl Asked {
    /// Reads a request's head. Cost: a pass over two headers.
    pub fn new(method: &Method, target: &Uri, headers: &HeaderMap) -> Self {
        let is_head = method == Method::HEAD;
        Self {
            target: (is_head || method == Method::GET).then(|| target.clone()),
            accepted: Accepted::new(headers),
            known: headers.get_all(header::IF_NONE_MATCH).iter().cloned().collect(),
            is_head,
            prefers_page: prefers_page(headers),
        }
    }

    /// The same request, whose answer depends on more than its address says, such as the host that
    /// it was sent to: the address alone may not find the answer again.
    pub(super) fn of_more_than_its_address(self) -> Self {
        Self { target: None, ..self }
    }

    /// Whether it is sent by a browser that shows pages: it would rather have HTML than JSON.
    pub(super) fn prefers_page(&self) -> bool {
        self.prefers_page
    }

    /// The path and query as they were sent.
    pub(super) fn target(&self) -> Option<&str> {
        Some(self.target.as_ref()?.path_and_query()?.as_str())
    }

    /// The encodings that it takes.
    pub(super) fn accepted(&self) -> Accepted {
        self.accepted
    }

    /// Whether it asks for the headers alone.
    pub(super) fn is_head(&self) -> bool {
        self.is_head
    }

    /// Whether the client has the content with that hash already, in an encoding that it takes.
    pub(super) fn knows(&self, hash: &str) -> Option<Known> {
        let tags = self.known.iter().filter_map(|value| value.to_str().ok());
        tags.flat_map(|value| value.split(',')).find_map(|tag| {
            let tag = tag.trim();
            if tag == "*" {
                return Some(Known::Any);
            }
            let tag = tag.strip_prefix("W/").unwrap_or(tag);
            let tag = Tag::parse(tag, hash)?;
            self.accepted.takes(tag.encoding).then_some(Known::As(tag))
        })
    }
}

/// Whether `Accept` (RFC 9110, 12.5.1) weighs HTML above JSON; without the header it does not.
fn prefers_page(headers: &HeaderMap) -> bool {
    let (mut page, mut data) = (0.0_f32, 0.0_f32);
    let values = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    for part in values.flat_map(|value| value.split(',')).take(20) {
        let mut parameters = part.split(';').map(str::trim);
        let kind = parameters.next().unwrap_or_default();
        let weight = parameters.find_map(|one| one.strip_prefix("q=")?.parse().ok());
        let weight = weight.unwrap_or(1.0);
        match kind {
            "text/html" | "application/xhtml+xml" => page = page.max(weight),
            "application/json" | "application/geo+json" | "application/*" | "*/*" => {
                data = data.max(weight);
            }
            _ => {}
        }
    }
    page > data
}

/// What a client has already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Whatever there is.
    Any,
    /// The content in one form.
    As(Tag),
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::new(&parts.method, &parts.uri, &parts.headers))
    }
}
