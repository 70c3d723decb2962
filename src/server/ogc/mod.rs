//! OGC API Features and Tiles under `/ogc/v1`: the areas of each level and division with their
//! figures, for whoever speaks to PDOK already.
//!
//! A collection for each level of each division (`buurten-2024`), with the same id for good. The
//! names of the standard are kept, also where the house would choose others.

mod api;
mod collection;
mod conformance;
mod cursor;
mod dataset;
mod feature;
mod filters;
mod items;
mod landing;
mod link;
mod media;
mod page;
mod paging;
mod parameter;
mod question;
mod row;
mod schema;
mod tiles;

use axum::{Router, response::Response, routing::get};
use serde_json::Value as Json;

use crate::indicator::Language;

use super::{App, answer::Answer, asked::Asked, key::Key, problem::Problem, query::Query};

pub(super) use link::ROOT;

use link::Links;
use parameter::{FORM, LANGUAGE};

/// Every address of the interface.
pub(super) fn routes() -> Router<App> {
    let collection = |rest: &str| format!("{ROOT}/collections/{{id}}{rest}");
    Router::new()
        .route(ROOT, get(landing::landing))
        // Where OWSLib looks, whatever address it is given.
        .route(&format!("{ROOT}/"), get(landing::landing))
        .route(&format!("{ROOT}/conformance"), get(conformance::conformance))
        .route(&format!("{ROOT}/openapi.json"), get(api::document))
        .route(&format!("{ROOT}/dataset.jsonld"), get(dataset::dataset))
        .route(&format!("{ROOT}/collections"), get(landing::collections))
        .route(&collection(""), get(landing::collection))
        .route(&collection("/{schema}"), get(schema::schema))
        .route(&collection("/items"), get(items::items))
        .route(&collection("/items/{code}"), get(items::item))
        .route(&collection("/tiles"), get(tiles::list))
        .route(&collection("/tiles/{matrices}"), get(tiles::tileset))
        .route(&collection("/tiles/{matrices}/{z}/{y}/{x}"), get(tiles::tile))
        .route(&format!("{ROOT}/tileMatrixSets"), get(tiles::matrix_sets))
        .route(&format!("{ROOT}/tileMatrixSets/{{matrices}}"), get(tiles::matrix_set))
}

/// In what form an answer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Json,
    Page(Language),
}

/// The form that a query or else the header says.
fn form(query: &Query, asked: &Asked) -> Form {
    let is_page = match query.text(&FORM) {
        Some(form) => form == "html",
        None => asked.prefers_page(),
    };
    let language = if query.text(&LANGUAGE) == Some("en") { Language::En } else { Language::Nl };
    if is_page { Form::Page(language) } else { Form::Json }
}

/// The form of an answer to a query that may say nothing else.
///
/// # Errors
/// A 400 problem where it says more.
fn plain_form(raw: Option<&str>, asked: &Asked) -> Result<Form, Problem> {
    let query = Query::parse(raw, &[&FORM, &LANGUAGE]);
    query.check()?;
    Ok(form(&query, asked))
}

/// Answers a question without choices of its own: as JSON, which is kept and in Dutch, or as a page.
async fn answer(
    app: &App,
    asked: &Asked,
    form: Form,
    key: Key,
    kind: &'static str,
    make: impl Fn(&App, Language) -> Result<Json, Problem> + Send + 'static,
    page: impl Fn(&App, Language, &Json) -> String,
) -> Result<Response, Problem> {
    match form {
        Form::Json => {
            let make = move |app: &App| make(app, Language::Nl);
            app.keep(asked, key, move |app| Ok(Answer::json(&make(app)?)?.of_type(kind).varied()))
                .await
        }
        Form::Page(language) => {
            let made = make(app, language)?;
            Ok(page_answer(app, page(app, language, &made)).send(asked))
        }
    }
}

fn page_answer(app: &App, page: String) -> Answer {
    super::place_page::page_answer(app, page).varied()
}

/// Links from the address that the administrator says the server is reached at.
fn links(app: &App) -> Links<'_> {
    Links::new(app.config.adres.as_deref())
}
