//! An area as a GeoJSON feature, and its fields as people read them.

use std::fmt::Write;

use serde_json::{Map, Value as Json, json};

use crate::{coverage::Detail, cql::Value, indicator::Language, server::html::say};

use super::{collection::Collection, question::Question, row::Row};

/// Writes an area with the fields that are asked for, in the system that is asked for.
pub(super) fn feature(
    body: &mut String,
    collection: &Collection<'_>,
    ordinal: usize,
    question: &Question,
    links: Option<&Json>,
) {
    let code = &collection.coverage.codes()[ordinal];
    let geometry = collection.coverage.fragment(ordinal, Detail::VOLLEDIG, question.crs);
    let _ = write!(
        body,
        "{{\"type\":\"Feature\",\"id\":{},\"geometry\":{geometry},\"properties\":{}",
        json!(code.as_str()),
        Json::Object(properties(collection, ordinal, &question.fields)),
    );
    if let Some(links) = links {
        let _ = write!(body, ",\"links\":{links}");
    }
    body.push('}');
}

fn properties(collection: &Collection<'_>, ordinal: usize, fields: &[usize]) -> Map<String, Json> {
    let row = Row::new(collection, ordinal);
    fields
        .iter()
        .map(|&at| {
            let field = &collection.fields[at];
            let value = match row.get(field.content) {
                Value::Null => Json::Null,
                Value::Text(text) => json!(text),
                Value::Number(number) => json!(number),
                Value::Boolean(is) => json!(is),
            };
            (field.name.clone(), value)
        })
        .collect()
}

/// What a field says, as people read it.
pub(super) fn shown(found: Value<'_>, language: Language) -> String {
    match found {
        Value::Null => String::new(),
        Value::Text(text) => text.to_owned(),
        Value::Number(number) => {
            let text = number.to_string();
            if language == Language::Nl { text.replace('.', ",") } else { text }
        }
        Value::Boolean(is) => {
            say(language, if is { "ja" } else { "nee" }, if is { "yes" } else { "no" }).to_owned()
        }
    }
}
