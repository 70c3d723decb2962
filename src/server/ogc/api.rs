//! `/ogc/v1/openapi.json`: the interface described for machines (OpenAPI 3.0, which the standard
//! asks for).

use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use serde_json::{Map, Value as Json, json};

use crate::{
    indicator::Language,
    layer::TILE_TYPE,
    server::{
        App, answer::Answer, asked::Asked, key::Key, openapi::schema, problem::Problem,
        query::Query,
    },
};

use super::{
    link::ROOT,
    links, media,
    parameter::{self, FORM, ITEM_CRS, LANGUAGE, PROPERTIES, Parameter},
    question::MOST,
};

/// A path below the root, its id, what it answers, and in what types.
struct Path {
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    parameters: &'static [&'static Parameter],
    kinds: &'static [&'static str],
}

const PAGE: &[&str] = &[media::JSON, media::HTML];
const SCHEMA: &[&str] = &[media::SCHEMA, media::HTML];
const FEATURE: &[&str] = &[media::GEOJSON, media::HTML];

static PLAIN: [&Parameter; 2] = [&FORM, &LANGUAGE];
static ITEM: [&Parameter; 4] = [&ITEM_CRS, &PROPERTIES, &FORM, &LANGUAGE];

static PATHS: [Path; 15] = [
    Path {
        path: "",
        id: "landing",
        summary: "Waar alles te vinden is",
        parameters: &PLAIN,
        kinds: PAGE,
    },
    Path {
        path: "/conformance",
        id: "conformance",
        summary: "Aan welke delen van de standaarden dit voldoet",
        parameters: &PLAIN,
        kinds: PAGE,
    },
    Path {
        path: "/dataset.jsonld",
        id: "dataset",
        summary: "De gegevens beschreven voor catalogi (DCAT-AP-NL)",
        parameters: &[],
        kinds: &[media::LD],
    },
    Path {
        path: "/collections",
        id: "collections",
        summary: "De collecties: een per niveau en indeling",
        parameters: &PLAIN,
        kinds: PAGE,
    },
    Path {
        path: "/collections/{collectionId}",
        id: "collection",
        summary: "Een collectie",
        parameters: &PLAIN,
        kinds: PAGE,
    },
    Path {
        path: "/collections/{collectionId}/queryables",
        id: "queryables",
        summary: "Waarop gefilterd kan worden",
        parameters: &PLAIN,
        kinds: SCHEMA,
    },
    Path {
        path: "/collections/{collectionId}/sortables",
        id: "sortables",
        summary: "Waarop gesorteerd kan worden",
        parameters: &PLAIN,
        kinds: SCHEMA,
    },
    Path {
        path: "/collections/{collectionId}/schema",
        id: "schema",
        summary: "Wat van elk gebied bekend is",
        parameters: &PLAIN,
        kinds: SCHEMA,
    },
    Path {
        path: "/collections/{collectionId}/items",
        id: "items",
        summary: "De gebieden, pagina voor pagina",
        parameters: &parameter::ITEMS,
        kinds: FEATURE,
    },
    Path {
        path: "/collections/{collectionId}/items/{featureId}",
        id: "item",
        summary: "Een gebied",
        parameters: &ITEM,
        kinds: FEATURE,
    },
    Path {
        path: "/collections/{collectionId}/tiles",
        id: "tilesets",
        summary: "De vectortegels van een collectie",
        parameters: &[],
        kinds: &[media::JSON],
    },
    Path {
        path: "/collections/{collectionId}/tiles/{tileMatrixSetId}",
        id: "tileset",
        summary: "Een verzameling vectortegels",
        parameters: &[],
        kinds: &[media::JSON],
    },
    Path {
        path: "/collections/{collectionId}/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}",
        id: "tile",
        summary: "Een vectortegel; 204 waar hij leeg is",
        parameters: &[],
        kinds: &[TILE_TYPE],
    },
    Path {
        path: "/tileMatrixSets",
        id: "tileMatrixSets",
        summary: "De indelingen in tegels",
        parameters: &[],
        kinds: &[media::JSON],
    },
    Path {
        path: "/tileMatrixSets/{tileMatrixSetId}",
        id: "tileMatrixSet",
        summary: "Een indeling in tegels",
        parameters: &[],
        kinds: &[media::JSON],
    },
];

/// `GET /ogc/v1/openapi.json`.
pub(super) async fn document(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    Query::parse(raw.as_deref(), &[]).check()?;
    app.keep(&asked, Key::new("ogc-openapi"), |app| {
        Ok(Answer::json(&describe(app))?.of_type(media::OPENAPI))
    })
    .await
}

fn describe(app: &App) -> Json {
    let mut paths = Map::new();
    for one in &PATHS {
        // An empty path is no key of its own: the root is "/" below the server.
        let path = if one.path.is_empty() { "/" } else { one.path };
        paths.insert(path.to_owned(), json!({"get": operation(one)}));
    }
    let mut info = json!({
        "title": app.config.titel.as_deref().unwrap_or("wijkzicht"),
        "description": super::landing::description(&app.atlas, Language::Nl),
        "version": env!("CARGO_PKG_VERSION"),
        "license": {"name": "EUPL-1.2"},
    });
    if let Some(contact) = &app.config.contact {
        info["contact"] = json!({"name": contact.naam, "email": contact.email, "url": contact.url});
    }
    json!({
        "openapi": "3.0.3",
        "info": info,
        "servers": [{"url": links(app).elsewhere(ROOT)}],
        "paths": paths,
        "components": {"schemas": {"Problem": {
            "type": "object",
            "required": ["type", "title", "status", "detail"],
            "properties": {
                "type": {"type": "string"}, "title": {"type": "string"},
                "status": {"type": "integer"}, "detail": {"type": "string"},
                "errors": {"type": "array", "items": {"type": "object"}},
            },
        }}},
    })
}

fn operation(one: &Path) -> Json {
    let in_path = one.path.split(['{', '}']).skip(1).step_by(2).map(
        |name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}),
    );
    let in_query = one.parameters.iter().map(|parameter| {
        let mut schema = schema(parameter.form);
        if parameter.name == parameter::ITEM_LIMIT.name {
            // Above it is no error; but no page has more.
            schema = json!({"type": "integer", "minimum": 1, "maximum": MOST, "default": 10});
        }
        let mut described = json!({
            "name": parameter.name, "in": "query", "required": parameter.required,
            "description": parameter.description, "schema": schema,
        });
        if schema_is_list(&described) {
            described["style"] = json!("form");
            described["explode"] = json!(false);
        }
        described
    });
    let content: Map<String, Json> =
        one.kinds.iter().map(|kind| ((*kind).to_owned(), json!({}))).collect();
    let problem = |description: &str| {
        json!({
            "description": description,
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        })
    };
    json!({
        "operationId": one.id,
        "summary": one.summary,
        "parameters": in_path.chain(in_query).collect::<Vec<_>>(),
        "responses": {
            "200": {"description": "Het antwoord", "content": content},
            "304": {"description": "Niet veranderd sinds de ETag van het verzoek"},
            "400": problem("Ongeldig verzoek: wat er mis is en wat mag"),
            "404": problem("Niet gevonden: wat er mis is en wat er is"),
            // Far too long an address is refused before anything can be said about it.
            "414": {"description": "Het adres is te lang"},
        },
    })
}

fn schema_is_list(described: &Json) -> bool {
    described["schema"]["type"] == "array"
}
