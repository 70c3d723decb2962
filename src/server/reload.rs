//! A changed atlas takes the place of the one that is served.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use tokio::time::{MissedTickBehavior, interval};

use crate::atlas::Atlas;

use super::{Front, metrics::Metrics};

/// How often the file is looked at.
const EVERY: Duration = Duration::from_secs(1);

/// Reads an atlas again; what is wrong with it in words.
pub type Load = Arc<dyn Fn() -> Result<Atlas, String> + Send + Sync>;

/// The atlas as a file, and how to load it.
pub struct Reload {
    path: PathBuf,
    load: Load,
    /// As the file was before it was loaded first.
    served: Option<Stamp>,
}

impl Reload {
    /// Notes how the file is now, so that what replaces it while it is loaded for the first time is
    /// loaded too.
    pub fn of(path: PathBuf, load: Load) -> Self {
        let served = Stamp::of(&path);
        Self { path, load, served }
    }
}

impl fmt::Debug for Reload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reload").field("path", &self.path).finish_non_exhaustive()
    }
}

/// What a file is known by: another one has another of these. An import puts a new file in the
/// place of the old one; who copies over it changes its length or time.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    file: u64,
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let metadata = std::fs::metadata(path).ok()?;
        #[cfg(unix)]
        let file = std::os::unix::fs::MetadataExt::ino(&metadata);
        #[cfg(not(unix))]
        let file = 0;
        Some(Self { length: metadata.len(), modified: metadata.modified().ok(), file })
    }
}

/// Looks at the file every second, and at once when the process gets a hang-up signal. When it has
/// changed, and has not changed since the look before, it is loaded beside the one that is served,
/// which stays until the new one is whole. A file that cannot be loaded is told in the log and
/// never again. Runs until the server ends.
pub(super) async fn reload(front: Front, metrics: Arc<Metrics>, reload: Reload, warm_up: bool) {
    let Reload { path, load, mut served } = reload;
    let mut before = served.clone();
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut signal = Hangup::new();
    loop {
        let is_asked = tokio::select! {
            _ = ticks.tick() => false,
            () = signal.next() => true,
        };
        let now = Stamp::of(&path);
        // While it is away or still being written there is nothing to load.
        let is_settled = now.is_some() && now == before;
        let is_new = now != served && is_settled;
        before.clone_from(&now);
        if !is_new && !is_asked {
            continue;
        }
        served = now;
        tracing::info!("loads the atlas again");
        let load = load.clone();
        match tokio::task::spawn_blocking(move || load()).await {
            Ok(Ok(atlas)) => {
                tracing::info!(version = atlas.version, "serves another atlas");
                metrics.reloads(true);
                let atlas = front.replace(atlas);
                if warm_up {
                    super::serve::warm(atlas);
                }
            }
            Ok(Err(reason)) => {
                metrics.reloads(false);
                tracing::warn!("keeps the atlas it has: {reason}");
            }
            Err(error) => {
                metrics.reloads(false);
                tracing::error!(%error, "keeps the atlas it has");
            }
        }
    }
}

/// The signal that services are asked with to read their files again.
#[cfg(unix)]
struct Hangup(Option<tokio::signal::unix::Signal>);

#[cfg(unix)]
impl Hangup {
    fn new() -> Self {
        Self(tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).ok())
    }

    async fn next(&mut self) {
        match &mut self.0 {
            Some(signal) => {
                signal.recv().await;
            }
            None => std::future::pending().await,
        }
    }
}

#[cfg(not(unix))]
struct Hangup;

#[cfg(not(unix))]
impl Hangup {
    fn new() -> Self {
        Self
    }

    async fn next(&mut self) {
        std::future::pending::<()>().await;
    }
}
