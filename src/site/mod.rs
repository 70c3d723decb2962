//! The whole map as static files, for a web space without a server.
//!
//! Every file of figures is what the interface answers to one question, or such answers side by
//! side, so that the page reads the same from a folder as from a server.

mod catalogue;
mod contents;
mod folder;
mod page;

use smol_str::SmolStr;

use crate::{
    area::{AreaCode, Level, Year},
    server::Refused,
};

pub use contents::write;
pub use folder::{MANIFEST, SiteFolder};

/// What of an atlas becomes a site; an empty list limits nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SiteFilter {
    /// The topics.
    pub indicators: Vec<SmolStr>,
    /// The levels that are painted.
    pub levels: Vec<Level>,
    /// The years of the figures.
    pub years: Vec<Year>,
    /// The gemeenten whose areas have a panel with every topic and year. The rest of the country
    /// stays on the map, to be compared with.
    pub gemeenten: Vec<AreaCode>,
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SiteSize {
    /// How many files.
    pub files: usize,
    /// How many bytes.
    pub bytes: u64,
}

/// Why there is no site.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// Something was asked for that the atlas does not have.
    #[error("{what} {asked}: the atlas has {there}")]
    Unknown {
        /// What kind of thing.
        what: &'static str,
        /// What was asked.
        asked: String,
        /// What there is.
        there: String,
    },
    /// No figures are left by all limits together.
    #[error("no figures of these topics, levels and years together")]
    Nothing,
    /// The folder holds something else.
    #[error("{0}: is there already and is no site of wijkzicht; choose an empty or a new folder")]
    NotOurs(String),
    /// The program was built without the page.
    #[error("this program was built without the page of the map")]
    NoPage,
    /// A file cannot be written.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The interface does not answer what a site is made of.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// An answer is of another form than it should be, which a bug alone can cause.
    #[error("an answer cannot be read: {0}")]
    Answer(#[from] serde_json::Error),
}
