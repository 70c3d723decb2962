//! The areas of a collection page by page: which, and where the page before and the next one are.

use std::fmt::Write;

use crate::server::{
    problem::{InputError, Problem},
    query::{Query, encoded},
};

use super::{
    collection::Collection,
    cursor::Cursor,
    parameter::{self, FORM},
    question::Question,
};

/// One page of what matches a question.
#[derive(Debug)]
pub(super) struct Page {
    /// How many match in all.
    pub matched: usize,
    /// Where the page begins among them.
    pub start: usize,
    /// The ordinals of its areas.
    pub ordinals: Vec<usize>,
    /// The cursor of the next page, where there is one.
    pub next: Option<String>,
}

impl Page {
    /// # Errors
    /// A 400 problem where the area that the page begins behind is no answer any more.
    pub fn of(collection: &Collection<'_>, question: &Question) -> Result<Self, Problem> {
        let all = question.matches(collection);
        let codes = collection.coverage.codes();
        let start = match &question.after {
            Some(code) => match all.iter().position(|&at| codes[at] == *code) {
                Some(at) => at + 1,
                None => {
                    let detail =
                        "hoort bij een eerdere versie van de gegevens; begin zonder cursor";
                    let error = InputError::query(parameter::CURSOR.name, "verlopen", detail);
                    return Err(Problem::invalid(vec![error]));
                }
            },
            None => question.offset.unwrap_or_default().min(all.len()),
        };
        let end = (start + question.limit).min(all.len());
        let ordinals = all[start..end].to_vec();
        let next = ordinals
            .last()
            .filter(|_| end < all.len())
            .map(|&last| Cursor::behind(codes[last].clone(), &question.set(collection)).write());
        Ok(Self { matched: all.len(), start, ordinals, next })
    }
}

/// What was asked but the place and the size of the page, to be asked again: `bbox=…&filter=…`.
pub(super) fn words(query: &Query, known: &[&'static parameter::Parameter]) -> String {
    let mut words = String::new();
    for parameter in known {
        let is_place = [&parameter::CURSOR, &parameter::OFFSET, &FORM]
            .iter()
            .any(|other| other.name == parameter.name);
        if is_place {
            continue;
        }
        if let Some(text) = query.text(parameter) {
            let _ = write!(words, "&{}={}", parameter.name, encoded(text));
        }
    }
    words
}
