//! Which parts of the standards the interface meets.

use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use serde_json::json;

use crate::{
    cql,
    server::{App, asked::Asked, key::Key, problem::Problem},
};

use super::{answer, media, page, plain_form};

/// The classes of a part, behind its beginning.
const PARTS: [(&str, &[&str]); 7] = [
    ("http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/", &["core", "json", "html", "oas30"]),
    ("http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/", &["collections"]),
    (
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/",
        &["core", "oas30", "html", "geojson"],
    ),
    ("http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/", &["crs"]),
    (
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/",
        &["queryables", "filter", "features-filter"],
    ),
    (
        "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/",
        &[
            "schemas",
            "core-roles-features",
            "returnables-and-receivables",
            "queryables",
            "sortables",
        ],
    ),
    (
        "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/",
        &["core", "tileset", "tilesets-list", "geodata-tilesets", "mvt"],
    ),
];

/// The addresses of all classes.
pub(super) fn classes() -> Vec<String> {
    let parts = PARTS
        .iter()
        .flat_map(|(part, classes)| classes.iter().map(move |class| format!("{part}{class}")));
    parts.chain(cql::CONFORMANCE.iter().map(|class| (*class).to_owned())).collect()
}

/// `GET /ogc/v1/conformance`.
pub(super) async fn conformance(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let form = plain_form(raw.as_deref(), &asked)?;
    let make = |_: &App, _| Ok(json!({"conformsTo": classes()}));
    let key = Key::new("ogc-conformiteit");
    answer(&app, &asked, form, key, media::JSON, make, page::conformance).await
}
