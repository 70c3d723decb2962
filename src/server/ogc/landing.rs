//! The landing page, and the collections.

use std::cmp::Reverse;

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use serde_json::{Value as Json, json};

use crate::{
    atlas::Atlas,
    indicator::Language,
    layer::LayerCrs,
    server::{App, asked::Asked, key::Key, problem::Problem},
};

use super::{answer, collection::Collection, links, media, page, plain_form};

/// `GET /ogc/v1`.
pub(super) async fn landing(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let form = plain_form(raw.as_deref(), &asked)?;
    let make = |app: &App, language| {
        let links = links(app);
        Ok(json!({
            "title": app.config.titel.as_deref().unwrap_or("wijkzicht"),
            "description": description(&app.atlas, language),
            "attribution": "Zie elke collectie",
            "links": [
                links.to("", "self", media::JSON, "Deze pagina"),
                links.page("", "alternate", "Deze pagina als HTML"),
                links.to("/openapi.json", "service-desc", media::OPENAPI, "Beschrijving van de interface"),
                links.page("", "service-doc", "Uitleg van de interface"),
                links.to("/conformance", "conformance", media::JSON, "Aan welke delen van de standaard dit voldoet"),
                links.to("/collections", "data", media::JSON, "De collecties"),
                links.to("/tileMatrixSets", "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes", media::JSON, "Indelingen in tegels"),
                links.to("/dataset.jsonld", "describedby", media::LD, "De gegevens beschreven (DCAT-AP-NL)"),
            ],
        }))
    };
    answer(&app, &asked, form, Key::new("ogc"), media::JSON, make, page::landing).await
}

/// What all of it is, in a sentence or two.
pub(super) fn description(atlas: &Atlas, language: Language) -> String {
    let fictional = fictional(atlas, language);
    let version = &atlas.version;
    match language {
        Language::Nl => format!(
            "{fictional}Gemeenten, wijken en buurten met leefbaarheid en kerncijfers, een collectie \
             per niveau en indeling. Versie van de gegevens: {version}."
        ),
        Language::En => format!(
            "{fictional}Gemeenten, wijken and buurten with liveability and key figures, a collection \
             for each level and division. Version of the data: {version}."
        ),
    }
}

/// Before all else, where the country is invented.
pub(super) fn fictional(atlas: &Atlas, language: Language) -> &'static str {
    match (atlas.fictional, language) {
        (false, _) => "",
        (true, Language::Nl) => "Fictieve gegevens: dit land bestaat niet. ",
        (true, Language::En) => "Fictional data: this country does not exist. ",
    }
}

/// `GET /ogc/v1/collections`.
pub(super) async fn collections(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let form = plain_form(raw.as_deref(), &asked)?;
    let make = |app: &App, language| {
        let links = links(app);
        // The newest first, fine to coarse: who takes the first one has today's buurten.
        let mut all: Vec<_> = app.atlas.coverages().collect();
        all.sort_by_key(|of| {
            let is_own = of.level.code_prefix().is_none();
            (Reverse(of.vintage), is_own, Reverse(&of.level))
        });
        let described = all
            .into_iter()
            .map(|coverage| Collection::of(&app.atlas, coverage).describe(&links, language));
        Ok(json!({
            "links": [
                links.to("/collections", "self", media::JSON, "De collecties"),
                links.page("/collections", "alternate", "De collecties als HTML"),
            ],
            "crs": LayerCrs::ALL.map(LayerCrs::uri),
            "collections": described.collect::<Vec<Json>>(),
        }))
    };
    let key = Key::new("ogc-collecties");
    answer(&app, &asked, form, key, media::JSON, make, page::collections).await
}

/// `GET /ogc/v1/collections/{id}`.
pub(super) async fn collection(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let form = plain_form(raw.as_deref(), &asked)?;
    let key = Key::new("ogc-collectie").and(Collection::find(&app.atlas, &id)?.id());
    let make = move |app: &App, language| {
        Ok(Collection::find(&app.atlas, &id)?.describe(&links(app), language))
    };
    answer(&app, &asked, form, key, media::JSON, make, page::collection).await
}
