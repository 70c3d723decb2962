//! What every request meets first: answers that are ready, the headers that each answer carries,
//! and what happens when something goes wrong behind it.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, PoisonError, RwLock, atomic::Ordering},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, Bytes, HttpBody},
    http::{HeaderValue, Method, Request, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::{
    FutureExt,
    future::{BoxFuture, Either},
};
use tower::Service;

use crate::atlas::Atlas;

use super::{
    App,
    asked::Asked,
    headers,
    metrics::Metrics,
    ogc,
    prefix::Prefix,
    problem::Problem,
    problem_page::as_page,
    router::{quick, router},
};

/// No answer takes longer than this; a national layer takes a fraction of a second.
const LONGEST: Duration = Duration::from_secs(30);

/// The whole interface as one service. Cheap to clone.
///
/// An answer that is kept ready is given at once, without looking for the resource; anything else
/// goes to the [`router`]. Every answer gets the request's id, the default headers, and permission
/// for every origin to read it; a panic becomes a 500, and what takes too long a 504.
#[derive(Clone, Debug)]
pub struct Front {
    served: Arc<RwLock<Arc<Served>>>,
}

/// An app and the ways to it. A request keeps the one that it began with.
#[derive(Debug)]
struct Served {
    app: App,
    prefix: Prefix,
    routes: Router,
}

impl Served {
    fn new(app: App) -> Arc<Self> {
        Arc::new(Self { routes: router(app.clone()), prefix: app.config.prefix(), app })
    }
}

/// Whether a request may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Visit {
    /// It may.
    Welcome,
    /// There are more connections than are served.
    Crowded,
    /// Its client asks too often.
    TooOften,
}

impl Visit {
    fn refusal(self) -> Option<Problem> {
        match self {
            Self::Welcome => None,
            Self::Crowded => Some(Problem::busy()),
            Self::TooOften => Some(Problem::too_often()),
        }
    }
}

impl Front {
    /// The interface to an app.
    pub fn new(app: App) -> Self {
        Self { served: Arc::new(RwLock::new(Served::new(app))) }
    }

    /// Serves another atlas from now on, to who asks from now on; gives it back.
    pub(super) fn replace(&self, atlas: Atlas) -> Arc<Atlas> {
        let atlas = Arc::new(atlas);
        let app = App { atlas: atlas.clone(), ..self.served().app.clone() };
        *self.served.write().unwrap_or_else(PoisonError::into_inner) = Served::new(app);
        atlas
    }

    fn served(&self) -> Arc<Served> {
        self.served.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl<B> Service<Request<B>> for Front
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Reply;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        self.receive(request, Visit::Welcome)
    }
}

/// No address is longer, bytes: those of the largest selections have a third of it.
const LONGEST_TARGET: usize = 16 * 1024;

/// Who watches over the server asks here, and is answered however busy it is.
const HEALTH: &str = "/health/";

type Reply =
    Either<Ready<Result<Response, Infallible>>, BoxFuture<'static, Result<Response, Infallible>>>;

impl Front {
    /// Answers a request that comes in, or says why it may not.
    pub(super) fn receive<B>(&self, mut request: Request<B>, visit: Visit) -> Reply
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<axum::BoxError>,
    {
        let served = self.served();
        if let Some(target) = served.prefix.cut(request.uri()) {
            *request.uri_mut() = target;
        }
        let head = Head::new(&request, served.app.metrics.clone());
        if let Some(problem) = visit.refusal()
            && !request.uri().path().starts_with(HEALTH)
        {
            let mut response = problem.into_response();
            if visit == Visit::Crowded {
                let close = HeaderValue::from_static("close");
                response.headers_mut().insert(header::CONNECTION, close);
            }
            return Either::Left(ready(Ok(head.complete(response))));
        }
        let length = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
        if length > LONGEST_TARGET && head.asked.target().is_some() {
            let response = Problem::too_long(LONGEST_TARGET).into_response();
            return Either::Left(ready(Ok(head.complete(response))));
        }
        match served.at_once(&request, &head.asked) {
            Some(response) => Either::Left(ready(Ok(head.complete(response)))),
            None => Either::Right(Box::pin(served.in_time(request.map(Body::new), head))),
        }
    }
}

impl Front {
    /// What the server counts of itself, as text.
    pub(super) fn metrics(&self) -> String {
        let served = self.served();
        let App { atlas, answers, metrics, .. } = &served.app;
        metrics.text(&atlas.version, answers.weight())
    }

    /// From now on the server is not ready any more: it is about to end.
    pub(super) fn say_farewell(&self) {
        self.served().app.is_leaving.store(true, Ordering::Relaxed);
    }
}

impl Served {
    /// The answer to a request that needs no waiting.
    fn at_once<B>(&self, request: &Request<B>, asked: &Asked) -> Option<Response> {
        if request.method() == Method::OPTIONS {
            return Some(headers::preflight());
        }
        asked.target()?;
        if let Some(quick) = quick(&self.app, request.uri()) {
            let work = || quick(&self.app, request.uri().query(), asked).into_response();
            return Some(
                catch_unwind(AssertUnwindSafe(work))
                    .unwrap_or_else(|_| panicked(&self.app.metrics)),
            );
        }
        // What is there under this spelling is JSON.
        let is_page = asked.prefers_page() && request.uri().path().starts_with(ogc::ROOT);
        if is_page { None } else { self.app.answers.at_once(self.app.atlas.id, asked) }
    }

    /// The answer to a request that the router gives, sooner or later.
    fn in_time(
        &self,
        request: Request<Body>,
        head: Head,
    ) -> impl Future<Output = Result<Response, Infallible>> + use<> {
        let metrics = self.app.metrics.clone();
        let shown = head.asked.prefers_page().then(|| (self.app.clone(), request.uri().clone()));
        let work = AssertUnwindSafe(self.routes.clone().call(request)).catch_unwind();
        async move {
            let response = match tokio::time::timeout(LONGEST, work).await {
                Ok(Ok(Ok(response))) => response,
                Ok(Err(_)) => panicked(&metrics),
                Err(_) => Problem::too_late().into_response(),
            };
            let response = match shown {
                Some((app, target)) => as_page(&app, &target, response),
                None => response,
            };
            Ok(head.complete(response))
        }
    }
}

fn panicked(metrics: &Metrics) -> Response {
    metrics.panics();
    tracing::error!("a request panicked");
    Problem::internal().into_response()
}

/// What of a request decides about every answer to it.
struct Head {
    id: HeaderValue,
    asked: Asked,
    measured: Measured,
}

/// A request that is counted once its answer begins, or when it is given up.
struct Measured {
    metrics: Arc<Metrics>,
    since: Instant,
    status: Option<StatusCode>,
}

impl Measured {
    fn new(metrics: Arc<Metrics>) -> Self {
        metrics.begins();
        Self { metrics, since: Instant::now(), status: None }
    }
}

impl Drop for Measured {
    fn drop(&mut self) {
        self.metrics.ends(self.status, self.since.elapsed());
    }
}

impl Head {
    fn new<B>(request: &Request<B>, metrics: Arc<Metrics>) -> Self {
        Self {
            measured: Measured::new(metrics),
            id: headers::request_id(request.headers()),
            asked: Asked::new(request.method(), request.uri(), request.headers()),
        }
    }

    /// The answer with what every answer has; to HEAD without its body.
    fn complete(mut self, mut response: Response) -> Response {
        let status = response.status();
        self.measured.status = Some(status);
        // Of busy hours there is a counter.
        if status.is_server_error() && status != StatusCode::SERVICE_UNAVAILABLE {
            tracing::error!(request = ?self.id, status = status.as_u16(), "a request failed");
        }
        headers::complete(&mut response, self.id);
        if self.asked.is_head() && !response.body().is_end_stream() {
            let length = response.body().size_hint().exact();
            *response.body_mut() = Body::empty();
            if let Some(length) = length {
                response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
            }
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;

    use super::*;

    #[expect(clippy::panic, reason = "what is tested")]
    async fn panics() -> &'static str {
        panic!("on purpose")
    }

    /// martin GHSA-6774: a panic that ends a worker.
    #[tokio::test]
    async fn a_panic_is_a_500_that_is_counted_and_the_next_request_is_answered() {
        let atlas = crate::atlas::testdata::atlas();
        let app = App::new(atlas, crate::server::Config::default()).expect("an app");
        let metrics = app.metrics.clone();
        let routes =
            Router::new().route("/paniek", get(panics)).route("/goed", get(|| async { "goed" }));
        let served = Arc::new(Served { routes, prefix: Prefix::default(), app });
        let mut front = Front { served: Arc::new(RwLock::new(served)) };
        let ask = |path: &str| Request::get(path).body(Body::empty()).expect("a request");
        for _ in 0..3 {
            let told = front.call(ask("/paniek")).await.expect("an answer");
            assert_eq!(told.status(), StatusCode::INTERNAL_SERVER_ERROR);
            let kind = told.headers()[header::CONTENT_TYPE].to_str().expect("ASCII");
            assert_eq!(kind, "application/problem+json");
            assert!(told.headers().contains_key("x-request-id"));
            assert_eq!(front.call(ask("/goed")).await.expect("an answer").status(), 200);
        }
        assert!(metrics.text("", 0).contains("wijkzicht_panics_total 3"));
    }
}
