//! From an atlas to a listening server.

use std::{io::Write, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, http::header, routing::get};
use tokio::net::TcpListener;

use crate::atlas::Atlas;

use super::{
    App, Config, Front,
    clients::Clients,
    listener::{Room, listen},
    metrics,
    reload::{Reload, reload},
};

/// Why a server does not come to listen.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken or not of this machine.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// There is no way to fetch the basemap.
    #[error("cannot fetch a basemap: {0}")]
    Basemap(#[from] reqwest::Error),
    /// The system stopped it.
    #[error("the server stopped: {0}")]
    Stopped(#[from] std::io::Error),
}

/// The same atlas with what is not public in it, on a listener of its own. Whoever reaches that may
/// see it: it is meant to stand behind a proxy with sign-in.
#[derive(Debug)]
pub struct Internal {
    /// Where it listens.
    pub address: SocketAddr,
    /// Everything.
    pub atlas: Atlas,
    /// Where it is from.
    pub from: Option<Reload>,
}

/// Serves an atlas until a signal ends it; requests under way are finished, as long as the
/// configuration allows. Prints the address on
/// standard output when it listens. Where the atlas is from a file, a changed file is loaded and
/// served in its place. With `warm_up` it then makes what first questions need, while it
/// answers. `internal` is served beside it and shares nothing with it.
///
/// # Errors
/// When it cannot listen, or the system stops it.
pub async fn serve(
    atlas: Atlas,
    mut config: Config,
    address: SocketAddr,
    metrics_address: Option<SocketAddr>,
    from: Option<Reload>,
    internal: Option<Internal>,
    warm_up: bool,
) -> Result<(), ServeError> {
    let (listener, address) = bind(address).await?;
    let counted = match metrics_address {
        Some(address) => Some(bind(address).await?),
        None => None,
    };
    let internal = match internal {
        Some(internal) => {
            let (listener, address) = bind(internal.address).await?;
            // It has an address of its own, and no other site shows what is not public.
            let mut config = Config { adres: None, insluiten: Some(Vec::new()), ..config.clone() };
            name_address(&mut config, address);
            let opened = Opened::new(internal.atlas, config, internal.from, warm_up)?;
            Some((listener, address, opened))
        }
        None => None,
    };
    name_address(&mut config, address);
    let opened = Opened::new(atlas, config, from, warm_up)?;
    {
        // A reader that went away is no reason not to serve.
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "luistert op http://{address}");
        if let Some((_, address, _)) = &internal {
            let _ = writeln!(out, "intern op http://{address}");
        }
        let _ = out.flush();
    }
    if let Some((listener, address)) = counted {
        tracing::info!("metrics on http://{address}/metrics");
        tokio::spawn(count(listener, opened.front.clone()));
    }
    match internal {
        Some((own, _, internal)) => {
            tokio::join!(opened.listen(listener), internal.listen(own));
        }
        None => opened.listen(listener).await,
    }
    Ok(())
}

async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), ServeError> {
    let bound = TcpListener::bind(address).await;
    let listener = bound.map_err(|source| ServeError::Listen { address, source })?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// An address that stands for all is none to be reached at: then links begin with a stroke.
fn name_address(config: &mut Config, address: SocketAddr) {
    if config.adres.is_none() && !address.ip().is_unspecified() {
        config.adres = Some(format!("http://{address}"));
    }
}

/// A server that is ready to listen.
struct Opened {
    front: Front,
    clients: Clients,
    metrics: Arc<metrics::Metrics>,
    room: Room,
}

impl Opened {
    fn new(
        atlas: Atlas,
        config: Config,
        from: Option<Reload>,
        warm_up: bool,
    ) -> Result<Self, ServeError> {
        let app = App::new(atlas, config)?;
        if warm_up {
            warm(Arc::clone(&app.atlas));
        }
        let limits = &app.config.grenzen;
        let clients = Clients::new(limits.verzoeken_per_seconde, limits.vertrouwde_proxys.clone());
        let room = Room {
            connections: limits.verbindingen,
            farewell: Duration::from_secs(limits.afscheid),
            ..Room::default()
        };
        let metrics = app.metrics.clone();
        let front = Front::new(app);
        if let Some(atlas) = from {
            tokio::spawn(reload(front.clone(), metrics.clone(), atlas, warm_up));
        }
        Ok(Self { front, clients, metrics, room })
    }

    async fn listen(self, listener: TcpListener) {
        let Self { front, clients, metrics, room } = self;
        listen(listener, front, Arc::new(clients), metrics, room, stopped()).await;
    }
}

/// Answers `GET /metrics` on a listener of its own, which the world need not reach.
async fn count(listener: TcpListener, front: Front) {
    let text = move || {
        let answer = ([(header::CONTENT_TYPE, metrics::TYPE)], front.metrics());
        async move { answer }
    };
    let routes = Router::new().route("/metrics", get(text));
    if let Err(error) = axum::serve(listener, routes).await {
        tracing::error!(%error, "metrics are not served any more");
    }
}

/// Makes what first questions need, on a thread of its own.
pub(super) fn warm(atlas: Arc<Atlas>) {
    let thread = std::thread::Builder::new().name("warm-up".to_owned());
    if let Err(error) = thread.spawn(move || atlas.warm_up()) {
        tracing::warn!("nothing is made beforehand: {error}");
    }
}

/// Resolves when the process is asked to stop.
async fn stopped() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
    tracing::info!("stops");
}
