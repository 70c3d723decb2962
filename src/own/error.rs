//! Why own figures cannot be taken.

use std::path::Path;

use crate::{source::SourceError, store::StoreError};

/// Why own figures cannot be taken. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OwnError {
    /// A file or folder cannot be read.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// A description is not what it must be.
    #[error("{path}: {message}")]
    Description {
        /// The description.
        path: String,
        /// What is wrong, and what is allowed.
        message: String,
    },
    /// A table cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The atlas cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no atlas to check codes and residents against.
    #[error("{0}: no atlas: import the areas of CBS first, own figures are checked against them")]
    NoAtlas(String),
    /// There are no descriptions.
    #[error("{0}: no description (*.toml) in this folder")]
    NoDescriptions(String),
    /// Some rows cannot be used.
    #[error(
        "{faults} rows cannot be used, named above; mend them, or take the others with --accept-partial"
    )]
    Faults {
        /// How many.
        faults: usize,
    },
    /// What was shown before gives a figure away.
    #[error(
        "{path}: {area} would be given away by what an earlier import showed ({low} to {high}); \
         nothing that is hidden now changes that. Take the topic under another id, or have the figures \
         changed at the source"
    )]
    GivenAway {
        /// The description.
        path: String,
        /// The area.
        area: String,
        /// The least that it can be.
        low: u64,
        /// The most.
        high: u64,
    },
}

impl OwnError {
    pub(super) fn io(path: &Path, source: std::io::Error) -> Self {
        Self::Io { path: path.display().to_string(), source }
    }

    pub(super) fn description(path: &Path, message: impl Into<String>) -> Self {
        Self::Description { path: path.display().to_string(), message: message.into() }
    }
}
