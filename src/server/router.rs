//! Every address on one page.

use axum::{Router, http::Uri, response::Response, routing::get};

use super::{
    App, address_search, area_detail, area_years, areas, areas_around, asked::Asked, basemap,
    borders, built, changes, changes_feed, embed, health, html, indicators, layers,
    location_tables, locations, methods_page, ogc, openapi, page, place_page, problem::Problem,
    profiles, report_page, security_contact, selection_totals, selections, similar_areas, sources,
    sources_page, stories, studies, study_page, table_page, tiles, value_columns,
};

/// What answers in some microseconds, without waiting for anything: from the app, the query string
/// and what the request says beside.
pub(super) type Quick = fn(&App, Option<&str>, &Asked) -> Result<Response, Problem>;

/// Who answers a GET so quickly that finding out would take longer by the [`router`].
pub(super) fn quick(app: &App, uri: &Uri) -> Option<Quick> {
    match uri.path() {
        "/v1/locaties" if locations::must_wait(app, uri.query()) => None,
        "/v1/locaties" => Some(locations::at),
        "/health/live" => Some(health::live),
        "/health/ready" => Some(health::ready),
        _ => None,
    }
}

/// Every other address and who answers it. What goes for all of them is done by the
/// [`Front`](super::Front).
pub(super) fn router(app: App) -> Router {
    let pages = Router::new()
        .route("/", get(page::map))
        .route("/kaart/{indicator}", get(page::map))
        .route("/kaart/{indicator}/tabel", get(table_page::table))
        .route("/embed/{indicator}", get(embed::frame))
        .route("/oembed", get(embed::oembed))
        .route("/wijk-kaart.js", get(built::loader))
        .route("/gebied/{code}", get(place_page::place))
        .route("/gebied/{code}/rapport", get(report_page::report))
        .route("/analyse", get(study_page::index))
        .route("/analyse/{analyse}", get(study_page::page))
        .route("/methoden", get(methods_page::page))
        .route("/bronnen", get(sources_page::page))
        .route(html::STYLES_PATH, get(place_page::styles))
        .route("/assets/{*path}", get(built::asset))
        .route("/favicon.svg", get(built::icon))
        .route("/.well-known/security.txt", get(security_contact::contact));
    let interface = Router::new()
        .route("/v1/openapi.json", get(openapi::document))
        .route("/v1/indicatoren", get(indicators::list))
        .route("/v1/indicatoren/{id}", get(indicators::detail))
        .route("/v1/gebieden", get(areas::search).post(areas_around::within_polygon))
        .route("/v1/gebieden/{code}", get(area_detail::detail))
        .route("/v1/gebieden/{code}/reeks", get(area_years::years))
        .route("/v1/gebieden/{code}/profiel", get(profiles::profile))
        .route("/v1/gebieden/{code}/vergelijkbaar", get(similar_areas::similar_areas))
        .route("/v1/locaties", get(locations::later).post(location_tables::locate))
        .route("/v1/adressen", get(address_search::search))
        .route("/v1/selecties", get(selections::list))
        .route("/v1/selecties/{id}", get(selections::detail))
        .route("/v1/selecties/{id}/totalen", get(selection_totals::totals))
        .route("/v1/analyses", get(studies::list))
        .route("/v1/analyses/{analyse}", get(studies::study))
        .route("/v1/verhalen", get(stories::list))
        .route("/v1/verhalen.geojson", get(stories::points))
        .route("/v1/verhalen.csv", get(stories::table))
        .route("/v1/bronnen", get(sources::list))
        .route("/v1/wijzigingen", get(changes::list))
        .route(changes_feed::PATH, get(changes_feed::feed))
        .route("/v1/lagen/{file}", get(layers::layer))
        .route("/v1/legenda", get(layers::legend))
        .route("/v1/samenvatting", get(embed::summary))
        .route("/v1/insluiten", get(embed::codes))
        .route("/v1/tegels/{niveau}/tilejson.json", get(tiles::description))
        .route("/v1/tegels/{niveau}/{z}/{x}/{y}", get(tiles::tile))
        .route("/v1/gebiedsgrenzen/{niveau}", get(borders::borders))
        .route("/v1/waarden/{niveau}", get(value_columns::values))
        .route("/v1/achtergrondkaart/{z}/{x}/{y}", get(basemap::tile));
    let health =
        Router::new().route("/health/live", get(by_front)).route("/health/ready", get(by_front));
    pages
        .merge(interface)
        .merge(ogc::routes())
        .merge(health)
        .fallback(async || Problem::not_found("dit adres is er niet"))
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .with_state(app)
}

/// Stands for what is [`quick`], which the front answers before the router is asked: what remains
/// of it here are the methods that it does not have.
async fn by_front() -> Problem {
    Problem::internal()
}
