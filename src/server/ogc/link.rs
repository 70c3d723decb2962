//! Links: where else to go from an answer.

use serde_json::{Value as Json, json};

use super::media;

/// Where the interface begins, under the address of the server.
pub(in crate::server) const ROOT: &str = "/ogc/v1";

/// Makes links that begin with the public address of the server; where that is not known they
/// begin with a stroke, which clients complete with the address that they asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Links<'a> {
    base: &'a str,
}

impl<'a> Links<'a> {
    pub fn new(base: Option<&'a str>) -> Self {
        Self { base: base.unwrap_or_default().trim_end_matches('/') }
    }

    /// The whole address of a path of this interface.
    pub fn address(&self, path: &str) -> String {
        format!("{}{ROOT}{path}", self.base)
    }

    /// The whole address of another path of this server.
    pub fn elsewhere(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// A link to a path of this interface.
    pub fn to(&self, path: &str, rel: &str, kind: &str, title: &str) -> Json {
        json!({"href": self.address(path), "rel": rel, "type": kind, "title": title})
    }

    /// A link to the page of a path.
    pub fn page(&self, path: &str, rel: &str, title: &str) -> Json {
        let mark = if path.contains('?') { '&' } else { '?' };
        self.to(&format!("{path}{mark}f=html"), rel, media::HTML, title)
    }
}
