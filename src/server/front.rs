//! What every request meets first: answers that are ready, the headers that each answer carries,
//! and what happens when something goes wrong behind it.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    panic::AssertUnwindSafe,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes, HttpBody},
    http::{Method, Request},
    response::{IntoResponse, Response},
};
use futures_util::{
    FutureExt,
    future::{BoxFuture, Either},
};
use tower::Service;

use super::{App, asked::Asked, headers, problem::Problem, router::router};

/// No answer takes longer than this; a national layer takes a fraction of a second.
const LONGEST: Duration = Duration::from_secs(30);

/// The whole interface as one service. Cheap to clone.
///
/// An answer that is kept ready is given at once, without looking for the resource; anything else
/// goes to the [`router`]. Every answer gets the request's id, the default headers, and permission
/// for every origin to read it; a panic becomes a 500, and what takes too long a 504.
#[derive(Clone, Debug)]
pub struct Front {
    app: App,
    routes: Router,
}

impl Front {
    /// The interface to an app.
    pub fn new(app: App) -> Self {
        Self { routes: router(app.clone()), app }
    }
}

impl<B> Service<Request<B>> for Front
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Either<
        Ready<Result<Response, Infallible>>,
        BoxFuture<'static, Result<Response, Infallible>>,
    >;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let id = headers::request_id(request.headers());
        if request.method() == Method::OPTIONS {
            let mut response = headers::preflight();
            headers::complete(&mut response, id);
            return Either::Left(ready(Ok(response)));
        }
        let asked = Asked::new(request.method(), request.uri(), request.headers());
        if let Some(mut response) = self.app.answers.at_once(self.app.atlas.id, &asked) {
            headers::complete(&mut response, id);
            return Either::Left(ready(Ok(response)));
        }
        let work = AssertUnwindSafe(self.routes.call(request.map(Body::new))).catch_unwind();
        Either::Right(Box::pin(async move {
            let mut response = match tokio::time::timeout(LONGEST, work).await {
                Ok(Ok(Ok(response))) => response,
                Ok(Err(_)) => {
                    tracing::error!("a request panicked");
                    Problem::internal().into_response()
                }
                Err(_) => Problem::too_late().into_response(),
            };
            headers::complete(&mut response, id);
            Ok(response)
        }))
    }
}
