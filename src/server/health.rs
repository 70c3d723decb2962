//! Whether the program lives, and whether it can answer.

use std::sync::atomic::Ordering;

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::{App, asked::Asked, problem::Problem};

/// `GET /health/live`: the program runs.
pub fn live(_: &App, _: Option<&str>, _: &Asked) -> Result<Response, Problem> {
    Ok(text("leeft\n"))
}

/// `GET /health/ready`: an atlas is loaded; the server listens only after that. 503 from when it is
/// asked to stop.
pub fn ready(app: &App, _: Option<&str>, _: &Asked) -> Result<Response, Problem> {
    if app.is_leaving.load(Ordering::Relaxed) {
        return Err(Problem::leaving());
    }
    Ok(text("gereed\n"))
}

fn text(body: &'static str) -> Response {
    ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], body).into_response()
}
