//! The landing page, and the collections.

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use serde_json::{Value as Json, json};

use crate::{
    atlas::Atlas,
    server::{App, asked::Asked, key::Key, problem::Problem, query::Query},
};

use super::{
    answer,
    collection::Collection,
    form,
    link::{Link, Links},
    links, page,
    parameter::{FORM, LANGUAGE},
};

/// `GET /ogc/v1`.
pub(super) async fn landing(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let query = Query::parse(raw.as_deref(), &[&FORM, &LANGUAGE]);
    query.check()?;
    let make = |app: &App| {
        let links = links(app);
        Ok(json!({
            "title": app.config.titel.as_deref().unwrap_or("wijkzicht"),
            "description": description(&app.atlas),
            "attribution": "Zie elke collectie",
            "links": [
                links.to("", "self", Link::JSON, "Deze pagina"),
                links.page("", "alternate", "Deze pagina als HTML"),
                links.to("/openapi.json", "service-desc", Link::OPENAPI, "Beschrijving van de interface"),
                links.page("", "service-doc", "Uitleg van de interface"),
                links.to("/conformance", "conformance", Link::JSON, "Aan welke delen van de standaard dit voldoet"),
                links.to("/collections", "data", Link::JSON, "De collecties"),
                links.to("/tileMatrixSets", "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes", Link::JSON, "Indelingen in tegels"),
                links.to("/dataset.jsonld", "describedby", Link::LD, "De gegevens beschreven (DCAT-AP-NL)"),
            ],
        }))
    };
    answer(&app, &asked, form(&query, &asked), Key::new("ogc"), Link::JSON, make, page::landing)
        .await
}

pub(super) fn description(atlas: &Atlas) -> String {
    let fictional = if atlas.fictional { "Fictieve gegevens: dit land bestaat niet. " } else { "" };
    format!(
        "{fictional}Gemeenten, wijken en buurten met leefbaarheid en kerncijfers, een collectie per \
         niveau en indeling. Versie van de gegevens: {}.",
        atlas.version
    )
}

/// `GET /ogc/v1/collections`.
pub(super) async fn collections(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let query = Query::parse(raw.as_deref(), &[&FORM, &LANGUAGE]);
    query.check()?;
    let make = |app: &App| {
        let links = links(app);
        // The newest first: who takes the first one has today's.
        let mut all: Vec<_> = app.atlas.coverages().collect();
        all.reverse();
        let described =
            all.into_iter().map(|coverage| Collection::of(&app.atlas, coverage).describe(&links));
        Ok(json!({
            "links": [
                links.to("/collections", "self", Link::JSON, "De collecties"),
                links.page("/collections", "alternate", "De collecties als HTML"),
            ],
            "crs": crate::layer::LayerCrs::ALL.map(crate::layer::LayerCrs::uri),
            "collections": described.collect::<Vec<Json>>(),
        }))
    };
    let key = Key::new("ogc-collecties");
    answer(&app, &asked, form(&query, &asked), key, Link::JSON, make, page::collections).await
}

/// `GET /ogc/v1/collections/{id}`.
pub(super) async fn collection(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let query = Query::parse(raw.as_deref(), &[&FORM, &LANGUAGE]);
    query.check()?;
    let key = Key::new("ogc-collectie").and(Collection::find(&app.atlas, &id)?.id());
    let make = move |app: &App| described(&app.atlas, &id, &links(app));
    answer(&app, &asked, form(&query, &asked), key, Link::JSON, make, page::collection).await
}

fn described(atlas: &Atlas, id: &str, links: &Links<'_>) -> Result<Json, Problem> {
    Ok(Collection::find(atlas, id)?.describe(links))
}
