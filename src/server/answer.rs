//! What a resource answers: a body with its type and headers.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Response,
};
use bytes::Bytes;

use super::{asked::Asked, entry::Entry, problem::Problem};

/// The type of an Excel workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What is to be sent. How it is sent (encoded, or not at all where the client has it) is not its
/// concern: [`App::keep`](super::App::keep) keeps it ready for everybody, [`Answer::send`] sends it
/// once.
#[derive(Debug)]
pub struct Answer {
    /// The type of the body.
    pub(super) content_type: &'static str,
    /// The body.
    pub(super) body: Bytes,
    /// Further headers.
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    /// Whether compressing it would save nothing.
    pub(super) is_packed: bool,
}

impl Answer {
    /// An answer with a body of that type. Every cache may keep it and must ask whether it is still
    /// so, unless [`Answer::with`] sets another `Cache-Control`.
    pub fn new(content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self { content_type, body: body.into(), headers: Vec::new(), is_packed: false }
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

    /// The same answer with one more header, which replaces the one that would be set otherwise.
    pub fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The same answer as a download with that file name. A name that fits no header is left out.
    pub fn named(self, file: &str) -> Self {
        match HeaderValue::from_str(&format!("attachment; filename=\"{file}\"")) {
            Ok(value) => self.with(header::CONTENT_DISPOSITION, value),
            Err(_) => self,
        }
    }

    /// The same answer, never compressed: its body is already, as a picture or a workbook is.
    pub fn packed(mut self) -> Self {
        self.is_packed = true;
        self
    }

    /// The same answer with another type.
    pub(super) fn of_type(self, content_type: &'static str) -> Self {
        Self { content_type, ..self }
    }

    /// The same answer, which another `Accept` may answer otherwise.
    pub(super) fn varied(self) -> Self {
        self.with(header::VARY, HeaderValue::from_static("accept, accept-encoding"))
    }

    /// Sends an answer that is not kept: one that is different every time, or nobody else's
    /// business. Cost: a hash of the body. It is sent as it is, so it should be short.
    pub fn send(self, asked: &Asked) -> Response {
        Entry::new(self.packed()).response(asked)
    }
}
