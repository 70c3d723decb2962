//! Pages about the map itself: how figures are made, and where they come from.

use std::borrow::Cow;

use crate::indicator::Language;

use super::{
    App, html::Frame, key::Key, parameter::LANGUAGE, problem::Problem, query::Query, spec::language,
};

/// A page about the map, as it is asked for.
pub(super) struct AskedDocument {
    path: Cow<'static, str>,
    pub language: Language,
    day: String,
}

impl AskedDocument {
    /// # Errors
    /// When the query has anything but a language.
    pub fn read(raw: Option<&str>, path: &'static str) -> Result<Self, Problem> {
        let query = Query::parse(raw, &[&LANGUAGE]);
        let asked = language(&query);
        query.check()?;
        Ok(Self::of(path.into(), asked))
    }

    /// The page of a path.
    pub fn of(path: Cow<'static, str>, language: Language) -> Self {
        Self { path, language, day: jiff::Zoned::now().date().to_string() }
    }

    /// The key of the page.
    pub fn key(&self) -> Key {
        Key::new("document").and(&self.path).and(self.language == Language::En).and(&self.day)
    }
}

/// The whole page.
pub(super) fn document(app: &App, wanted: &AskedDocument, title: &str, body: &str) -> String {
    let mut sources: Vec<&str> = Vec::new();
    for source in app.atlas.sources.values() {
        if !sources.contains(&source.provenance.publisher.as_str()) {
            sources.push(&source.provenance.publisher);
        }
    }
    Frame {
        language: wanted.language,
        title,
        address: &wanted.path,
        map: if wanted.language == Language::En { "/?taal=en" } else { "/" },
        base: app.config.adres.as_deref(),
        site: app.config.titel.as_deref().unwrap_or("wijkzicht"),
        is_fictional: app.atlas.fictional,
        version: &app.atlas.version,
        day: &wanted.day,
        sources: &sources.join("; "),
    }
    .page(&format!("<div class=\"lezen\">\n{body}</div>\n"))
}
