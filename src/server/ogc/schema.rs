//! What the areas of a collection have: all of it, what filters may name, what they may be sorted
//! by (OGC API Features 3 and 5).

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use serde_json::{Map, Value as Json, json};

use crate::server::{App, asked::Asked, key::Key, problem::Problem, query::Query};

use super::{
    answer,
    collection::{Collection, Content, GEOMETRY},
    form,
    link::Link,
    links, page,
    parameter::{FORM, LANGUAGE},
};

/// What a schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Schema,
    Queryables,
    Sortables,
}

impl Kind {
    fn path(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Queryables => "queryables",
            Self::Sortables => "sortables",
        }
    }
}

/// `GET /ogc/v1/collections/{id}/schema`.
pub(super) async fn schema(
    state: State<App>,
    id: Path<String>,
    raw: RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    of_kind(state, id, raw, asked, Kind::Schema).await
}

/// `GET /ogc/v1/collections/{id}/queryables`.
pub(super) async fn queryables(
    state: State<App>,
    id: Path<String>,
    raw: RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    of_kind(state, id, raw, asked, Kind::Queryables).await
}

/// `GET /ogc/v1/collections/{id}/sortables`.
pub(super) async fn sortables(
    state: State<App>,
    id: Path<String>,
    raw: RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    of_kind(state, id, raw, asked, Kind::Sortables).await
}

async fn of_kind(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
    kind: Kind,
) -> Result<Response, Problem> {
    let query = Query::parse(raw.as_deref(), &[&FORM, &LANGUAGE]);
    query.check()?;
    let key = Key::new("ogc-schema").and(kind.path()).and(Collection::find(&app.atlas, &id)?.id());
    let make = move |app: &App| {
        let collection = Collection::find(&app.atlas, &id)?;
        let at = links(app).address(&format!("/collections/{}/{}", collection.id(), kind.path()));
        Ok(describe(&collection, kind, &at))
    };
    answer(&app, &asked, form(&query, &asked), key, Link::SCHEMA, make, page::schema).await
}

fn describe(collection: &Collection<'_>, kind: Kind, address: &str) -> Json {
    let mut properties = Map::new();
    for (at, field) in collection.fields.iter().enumerate() {
        let mut schema = field.schema();
        if kind == Kind::Schema {
            schema["x-ogc-propertySeq"] = json!(at + 1);
        }
        properties.insert(field.name.clone(), schema);
    }
    if kind != Kind::Sortables {
        properties.insert(
            GEOMETRY.to_owned(),
            json!({
                "title": "grens", "format": "geometry-multipolygon",
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
        "title": collection.title(crate::indicator::Language::Nl),
        "properties": properties,
        "additionalProperties": false,
    });
    if kind == Kind::Schema {
        schema["required"] = json!(required);
    }
    schema
}
