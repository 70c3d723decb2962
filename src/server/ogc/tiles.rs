//! OGC API Tiles: the tiles of `/v1/tegels` under the names of the standard.

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use serde_json::{Value as Json, json};

use crate::{
    indicator::Language,
    layer::{DESCRIBED_TO, TILE_TYPE},
    server::{
        App,
        answer::Answer,
        asked::Asked,
        key::Key,
        problem::{InputError, Problem, shorten},
        query::Query,
        tiles::plain_tile,
    },
};

use super::{collection::Collection, link::Links, links, media, parameter::FORM};

/// The only tile matrix set: that of web maps.
const MATRICES: &str = "WebMercatorQuad";
const MATRICES_URI: &str = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
const CRS: &str = "http://www.opengis.net/def/crs/EPSG/0/3857";
/// Metres a pixel of 256 to a tile at zoom 0.
const RESOLUTION: f64 = 156_543.033_928_041;
/// Half the width of the world, metres.
const HALF: f64 = 20_037_508.342_789_2;
/// A pixel of the standard, metres.
const PIXEL: f64 = 0.000_28;

fn known(matrices: &str) -> Result<(), Problem> {
    if matrices == MATRICES {
        return Ok(());
    }
    let detail = format!("{:?} is hier geen indeling in tegels", shorten(matrices));
    Err(Problem::unknown(
        InputError::path("tileMatrixSetId", "onbekend", detail).allowing([MATRICES]),
    ))
}

/// `GET /ogc/v1/collections/{id}/tiles`.
pub(super) async fn list(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    Query::parse(raw.as_deref(), &[&FORM]).check()?;
    let key = Key::new("ogc-tegels").and(Collection::find(&app.atlas, &id)?.id());
    app.keep(&asked, key, move |app| {
        let collection = Collection::find(&app.atlas, &id)?;
        let links = links(app);
        let path = format!("/collections/{}/tiles", collection.id());
        Answer::json(&json!({
            "links": [links.to(&path, "self", media::JSON, "De tegels van deze collectie")],
            "tilesets": [describe(&collection, &links, false)],
        }))
    })
    .await
}

/// `GET /ogc/v1/collections/{id}/tiles/WebMercatorQuad`.
pub(super) async fn tileset(
    State(app): State<App>,
    Path((id, matrices)): Path<(String, String)>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    Query::parse(raw.as_deref(), &[&FORM]).check()?;
    known(&matrices)?;
    let key = Key::new("ogc-tegelset").and(Collection::find(&app.atlas, &id)?.id());
    app.keep(&asked, key, move |app| {
        Answer::json(&describe(&Collection::find(&app.atlas, &id)?, &links(app), true))
    })
    .await
}

/// `GET /ogc/v1/collections/{id}/tiles/WebMercatorQuad/{z}/{y}/{x}`: 204 where the tile is empty.
pub(super) async fn tile(
    State(app): State<App>,
    Path((id, matrices, z, y, x)): Path<(String, String, String, String, String)>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let query = Query::parse(raw.as_deref(), &[&TILE_FORM]);
    query.check()?;
    known(&matrices)?;
    let collection = Collection::find(&app.atlas, &id)?;
    let division = (collection.coverage.level.clone(), collection.coverage.vintage);
    plain_tile(&app, &asked, division, [&z, &x, &y]).await
}

/// Clients may say what they want, and there is one thing.
static TILE_FORM: crate::server::parameter::Parameter = crate::server::parameter::Parameter {
    name: "f",
    description: "mvt",
    required: false,
    form: crate::server::parameter::Form::OneOf(&["mvt"]),
};

/// A tileset as the standard describes it (OGC 17-083r4, 6.4).
fn describe(collection: &Collection<'_>, links: &Links<'_>, whole: bool) -> Json {
    let path = format!("/collections/{}/tiles/{MATRICES}", collection.id());
    let mut described = json!({
        "title": collection.title(Language::Nl),
        "dataType": "vector",
        "crs": CRS,
        "tileMatrixSetURI": MATRICES_URI,
        "links": [
            links.to(&path, "self", media::JSON, "Deze tegels"),
            links.to(&format!("/tileMatrixSets/{MATRICES}"), "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme", media::JSON, "De indeling in tegels"),
            {
                "href": links.address(&format!("{path}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}")),
                "rel": "item", "type": TILE_TYPE, "templated": true, "title": "Een tegel",
            },
        ],
    });
    if whole {
        let [west, south, east, north] = collection.extent().unwrap_or([3.0, 50.0, 8.0, 54.0]);
        described["boundingBox"] = json!({
            "lowerLeft": [west, south], "upperRight": [east, north],
            "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
        });
        described["layers"] = json!([{
            "id": collection.coverage.level.to_string(),
            "dataType": "vector",
            "geometryDimension": 2,
            "propertiesSchema": {
                "type": "object",
                "properties": {
                    "code": {"type": "string", "title": "gebiedscode"},
                    "naam": {"type": "string", "title": "naam"},
                    "gemeente": {"type": "string", "title": "naam van de gemeente"},
                    "vlaggen": {"type": "string", "title": "water, nauwelijks-woongebied, met een spatie ertussen"},
                },
            },
        }]);
    }
    described
}

/// `GET /ogc/v1/tileMatrixSets`.
pub(super) async fn matrix_sets(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    Query::parse(raw.as_deref(), &[&FORM]).check()?;
    app.keep(&asked, Key::new("ogc-indelingen"), |app| {
        let links = links(app);
        Answer::json(&json!({
            "tileMatrixSets": [{
                "id": MATRICES, "title": "Google Maps Compatible for the World", "uri": MATRICES_URI,
                "links": [links.to(&format!("/tileMatrixSets/{MATRICES}"), "self", media::JSON, MATRICES)],
            }],
        }))
    })
    .await
}

/// `GET /ogc/v1/tileMatrixSets/WebMercatorQuad`.
pub(super) async fn matrix_set(
    State(app): State<App>,
    Path(matrices): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    Query::parse(raw.as_deref(), &[&FORM]).check()?;
    known(&matrices)?;
    app.keep(&asked, Key::new("ogc-indeling"), |_| Answer::json(&matrix_set_of())).await
}

/// WebMercatorQuad (OGC 17-083r4, annex D.1), as deep as tiles go.
fn matrix_set_of() -> Json {
    let matrices = (0..=DESCRIBED_TO).map(|zoom| {
        let cell = RESOLUTION / 2_f64.powi(i32::from(zoom));
        let side = 1_u64 << zoom;
        json!({
            "id": zoom.to_string(), "scaleDenominator": cell / PIXEL, "cellSize": cell,
            "cornerOfOrigin": "topLeft", "pointOfOrigin": [-HALF, HALF],
            "tileWidth": 256, "tileHeight": 256, "matrixWidth": side, "matrixHeight": side,
        })
    });
    json!({
        "id": MATRICES,
        "title": "Google Maps Compatible for the World",
        "uri": MATRICES_URI,
        "crs": CRS,
        "orderedAxes": ["X", "Y"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": matrices.collect::<Vec<_>>(),
    })
}
