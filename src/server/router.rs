//! The whole interface on one page.

use std::{any::Any, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, Method, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    cors::{Any as AnyOrigin, CorsLayer},
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
};

use super::{
    App, areas, basemap, borders, headers, health, indicators, layers, locations, openapi, page,
    problem::Problem, table_page, tiles, value_columns,
};

/// No answer takes longer than this; a national layer takes a fraction of a second.
const LONGEST: Duration = Duration::from_secs(30);

/// No request has a body that is larger than this.
const LARGEST_BODY: usize = 64 * 1024;

/// Every address and who answers it.
pub fn router(app: App) -> Router {
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
    let request_id = HeaderName::from_static("x-request-id");
    let mut routes = pages
        .merge(interface)
        .merge(health)
        .fallback(async || Problem::not_found("dit adres is er niet"))
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(DefaultBodyLimit::max(LARGEST_BODY));
    for (name, value) in headers::defaults() {
        routes = routes.layer(SetResponseHeaderLayer::if_not_present(name, value));
    }
    routes
        .layer(
            // The first is the outermost: a panic is caught inside, so that its answer carries
            // the request's id and every default header too.
            ServiceBuilder::new()
                .layer(SetRequestIdLayer::new(request_id.clone(), MakeRequestUuid))
                .layer(PropagateRequestIdLayer::new(request_id))
                .layer(open_to_every_origin())
                .layer(CatchPanicLayer::custom(panicked))
                .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, LONGEST)),
        )
        .with_state(app)
}

/// Open data: any page may read any answer, without credentials.
fn open_to_every_origin() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AnyOrigin)
        .allow_methods([Method::GET, Method::HEAD])
        .allow_headers(AnyOrigin)
        .expose_headers(AnyOrigin)
        .max_age(Duration::from_secs(86_400))
}

fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a request panicked");
    Problem::internal().into_response()
}
