//! Whether the program lives, and whether it can answer.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

/// `GET /health/live`: the program runs.
pub async fn live() -> Response {
    text("leeft\n")
}

/// `GET /health/ready`: an atlas is loaded; the server listens only after that.
pub async fn ready() -> Response {
    text("gereed\n")
}

fn text(body: &'static str) -> Response {
    ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], body).into_response()
}
