//! Accepts connections: as many as there is room for, and some more that are told to come back.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

use axum::{http::Request, response::Response};
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    time::{sleep, timeout},
};
use tower::Service;

use super::{
    Front,
    clients::Clients,
    connection::{Patience, Timed},
    front::Visit,
    metrics::Metrics,
    paced::Paced,
};

/// How many connections there may be, and how long they may take.
#[derive(Clone, Debug, PartialEq)]
pub struct Room {
    /// So many are served.
    pub connections: usize,
    /// What each may take its time for.
    pub patience: Patience,
    /// How long requests under way may take after the server was asked to stop.
    pub farewell: Duration,
}

impl Default for Room {
    fn default() -> Self {
        Self { connections: 2000, patience: Patience::default(), farewell: Duration::from_secs(25) }
    }
}

/// So many connections beyond those that are served are told that it is busy; but the health checks
/// answer them.
const BEYOND: usize = 200;

/// How long to wait when the system has no more to give.
const BREATH: Duration = Duration::from_millis(50);

/// Serves connections until `stop`, then lets those under way end their requests, as long as the
/// room says.
pub(super) async fn listen(
    listener: TcpListener,
    front: Front,
    clients: Arc<Clients>,
    metrics: Arc<Metrics>,
    room: Room,
    stop: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(room.connections + BEYOND));
    let (stopping, stopped) = watch::channel(false);
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = async {
                // Never closed.
                let place = places.clone().acquire_owned().await.ok();
                (place, listener.accept().await)
            } => accepted,
        };
        let (Some(place), accepted) = accepted else { break };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Of a connection that has gone again, or too many files: neither ends the server.
                tracing::debug!(%error, "a connection is not accepted");
                sleep(BREATH).await;
                continue;
            }
        };
        // This one included.
        let is_crowded = places.available_permits() < BEYOND;
        let visitor = Visitor { front: front.clone(), clients: clients.clone(), peer, is_crowded };
        let (patience, stopped) = (room.patience, stopped.clone());
        let metrics = metrics.clone();
        tokio::spawn(async move {
            metrics.connects();
            serve(stream, visitor, patience, stopped).await;
            metrics.disconnects();
            drop(place);
        });
    }
    drop(listener);
    front.say_farewell();
    stopping.send_replace(true);
    // All places are free when the last connection is gone.
    let all = u32::try_from(room.connections + BEYOND).unwrap_or(u32::MAX);
    if timeout(room.farewell, places.acquire_many(all)).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
}

async fn serve(
    stream: TcpStream,
    visitor: Visitor,
    patience: Patience,
    mut stopped: watch::Receiver<bool>,
) {
    // Answers are written whole: waiting for more of them would only delay.
    let _ = stream.set_nodelay(true);
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(patience.head);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(64)
        .max_header_list_size(16 * 1024)
        .keep_alive_interval(Duration::from_secs(20))
        .keep_alive_timeout(Duration::from_secs(20));
    let io = TokioIo::new(Timed::new(stream, patience));
    let connection = builder.serve_connection(io, TowerToHyperService::new(visitor));
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = async { let _ = stopped.wait_for(|stopped| *stopped).await; } => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
}

/// Who is at the other end of a connection, as the [`Front`] meets him.
#[derive(Clone, Debug)]
struct Visitor {
    front: Front,
    clients: Arc<Clients>,
    peer: SocketAddr,
    is_crowded: bool,
}

impl Service<Request<Incoming>> for Visitor {
    type Response = Response;
    type Error = Infallible;
    type Future = <Front as Service<Request<Paced<Incoming>>>>::Future;

    fn poll_ready(
        &mut self,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Result<(), Infallible>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Incoming>) -> Self::Future {
        let visit = if self.is_crowded {
            Visit::Crowded
        } else if self.clients.admits(self.peer.ip(), request.headers()) {
            Visit::Welcome
        } else {
            Visit::TooOften
        };
        self.front.receive(request.map(Paced::new), visit)
    }
}
