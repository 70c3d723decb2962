//! From an atlas to a listening server.

use std::{io::Write, net::SocketAddr, sync::Arc};

use tokio::net::TcpListener;
use tower::make::Shared;

use crate::atlas::Atlas;

use super::{App, Config, Front};

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

/// Serves an atlas until a signal ends it; requests under way are finished. Prints the address on
/// standard output when it listens; with `warm_up` then makes what first questions need, while it
/// answers.
///
/// # Errors
/// When it cannot listen, or the system stops it.
pub async fn serve(
    atlas: Atlas,
    config: Config,
    address: SocketAddr,
    warm_up: bool,
) -> Result<(), ServeError> {
    let app = App::new(atlas, config)?;
    let listener = TcpListener::bind(address)
        .await
        .map_err(|source| ServeError::Listen { address, source })?;
    let address = listener.local_addr()?;
    {
        // A reader that went away is no reason not to serve.
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "luistert op http://{address}");
        let _ = out.flush();
    }
    if warm_up {
        let atlas = Arc::clone(&app.atlas);
        let warm = std::thread::Builder::new().name("warm-up".to_owned());
        if let Err(error) = warm.spawn(move || atlas.warm_up()) {
            tracing::warn!("nothing is made beforehand: {error}");
        }
    }
    axum::serve(listener, Shared::new(Front::new(app))).with_graceful_shutdown(stopped()).await?;
    Ok(())
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
