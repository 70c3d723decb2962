//! What the areas of a collection have: all of it, what filters may name, what they may be sorted
//! by (OGC API Features 3 and 5).

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use serde_json::{Map, Value as Json, json};

use crate::{
    indicator::Language,
    server::{
        App,
        asked::Asked,
        key::Key,
        problem::{InputError, Problem, shorten},
    },
};

use super::{
    answer,
    collection::{Collection, Content, GEOMETRY},
    links, media, page, plain_form,
};

/// What a schema is of, by the end of its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Schema,
    Queryables,
    Sortables,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Schema, Self::Queryables, Self::Sortables];

    fn path(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Queryables => "queryables",
            Self::Sortables => "sortables",
        }
    }

    fn find(path: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|kind| kind.path() == path).ok_or_else(|| {
            let detail = format!("{:?} is geen deel van een collectie", shorten(path));
            let known = ["items", "tiles"].into_iter().chain(Self::ALL.map(Self::path));
            Problem::unknown(InputError::path("deel", "onbekend", detail).allowing(known))
        })
    }
}

/// `GET /ogc/v1/collections/{id}/schema`, `/queryables` and `/sortables`.
pub(super) async fn schema(
    State(app): State<App>,
    Path((id, path)): Path<(String, String)>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let kind = Kind::find(&path)?;
    let form = plain_form(raw.as_deref(), &asked)?;
    let key = Key::new("ogc-schema").and(kind.path()).and(Collection::find(&app.atlas, &id)?.id());
    let make = move |app: &App, language| {
        let collection = Collection::find(&app.atlas, &id)?;
        let at = links(app).address(&format!("/collections/{}/{}", collection.id(), kind.path()));
        Ok(describe(&collection, kind, &at, language))
    };
    answer(&app, &asked, form, key, media::SCHEMA, make, page::schema).await
}

fn describe(collection: &Collection<'_>, kind: Kind, address: &str, language: Language) -> Json {
    let mut properties = Map::new();
    for (at, field) in collection.fields.iter().enumerate() {
        let mut schema = field.schema(language);
        if kind == Kind::Schema {
            schema["x-ogc-propertySeq"] = json!(at + 1);
        }
        properties.insert(field.name.clone(), schema);
    }
    if kind != Kind::Sortables {
        properties.insert(
            GEOMETRY.to_owned(),
            json!({
                "title": crate::server::html::say(language, "grens", "border"), "format": "geometry-multipolygon",
                "x-ogc-role": "primary-geometry",
            }),
        );
    }
    let required: Vec<_> = collection
        .fields
        .iter()
        .filter(|field| matches!(field.content, Content::Code | Content::Name))
        .map(|field| field.name.as_str())
        .collect();
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "type": "object",
        "title": collection.title(language),
        "properties": properties,
        "additionalProperties": false,
    });
    if kind == Kind::Schema {
        schema["required"] = json!(required);
    }
    schema
}
