//! Why fetching cannot begin or go on.

/// Why nothing can be fetched. What goes wrong with one address is told in the report instead.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The list of publishers, or what the configuration changes of it, cannot be used.
    #[error("{file}: {message}")]
    Publishers {
        /// The file.
        file: String,
        /// What is wrong, and what was expected.
        message: String,
    },
    /// The cache cannot be read or written.
    #[error("{path}: {action}: {source}")]
    Cache {
        /// The file or folder.
        path: String,
        /// What was tried.
        action: &'static str,
        /// What the system says.
        source: std::io::Error,
    },
    /// The record of the cache is no such thing.
    #[error(
        "{path}: {message}; remove the folder of the cache to fetch all of it again, or name another \
         with --cache"
    )]
    Manifest {
        /// The file.
        path: String,
        /// What is wrong.
        message: String,
    },
    /// There is no way to speak HTTP.
    #[error("cannot make requests: {0}")]
    Client(String),
    /// No folder is known to keep the cache in.
    #[error("no folder for the cache: name one with --cache, or set XDG_CACHE_HOME or HOME")]
    NoCache,
}
