//! Every address on one page.

use axum::{Router, extract::DefaultBodyLimit, routing::get};

use super::{
    App, areas, basemap, borders, health, indicators, layers, locations, openapi, page,
    problem::Problem, table_page, tiles, value_columns,
};

/// No request has a body that is larger than this.
const LARGEST_BODY: usize = 64 * 1024;

/// Every address and who answers it. What goes for all of them is done by the
/// [`Front`](super::Front).
pub(super) fn router(app: App) -> Router {
    let pages = Router::new()
        .route("/", get(page::map))
        .route("/kaart/{indicator}", get(page::map))
        .route("/kaart/{indicator}/tabel", get(table_page::table))
        .route("/assets/{*path}", get(page::asset))
        .route("/favicon.svg", get(page::icon));
    let interface = Router::new()
        .route("/v1/openapi.json", get(openapi::document))
        .route("/v1/indicatoren", get(indicators::list))
        .route("/v1/indicatoren/{id}", get(indicators::detail))
        .route("/v1/gebieden", get(areas::search))
        .route("/v1/gebieden/{code}", get(areas::detail))
        .route("/v1/locaties", get(locations::at))
        .route("/v1/lagen/{file}", get(layers::layer))
        .route("/v1/legenda", get(layers::legend))
        .route("/v1/tegels/{niveau}/tilejson.json", get(tiles::description))
        .route("/v1/tegels/{niveau}/{z}/{x}/{y}", get(tiles::tile))
        .route("/v1/gebiedsgrenzen/{niveau}", get(borders::borders))
        .route("/v1/waarden/{niveau}", get(value_columns::values))
        .route("/v1/achtergrondkaart/{z}/{x}/{y}", get(basemap::tile));
    let health = Router::new()
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready));
    pages
        .merge(interface)
        .merge(health)
        .fallback(async || Problem::not_found("dit adres is er niet"))
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(app)
}
