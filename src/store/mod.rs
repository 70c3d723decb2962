//! An atlas at rest: one GeoPackage file that QGIS opens as it is.
//!
//! [`Contents`] is everything that an atlas holds, in canonical order; deliveries are merged into
//! it by rules that do not depend on the order of import; [`Store`] reads and replaces it whole.

mod change;
mod contents;
mod derive;
mod floating;
mod geometry_blob;
mod gpkg;
mod gpkg_read;
mod gpkg_schema;
mod gpkg_stories;
mod gpkg_write;
mod import;
mod inspection;
mod lock;
mod merge;
mod own_change;
mod report;
mod story;

pub(crate) use geometry_blob::{SRS_RD, encode as geometry_blob};
pub(crate) use gpkg_write::new_geopackage;

pub use change::{
    AddressesChanged, AreasChanged, ChangeRecord, Changes, FiguresChanged, SourceAdded,
};
pub use contents::{
    Areas, Contents, LevelEntry, OWN, OwnEntry, Source, StoredAddresses, StoredArea, StoredSeries,
    StoredValue,
};
pub use derive::Parents;
pub use gpkg::GpkgStore;
pub(crate) use import::fit;
pub use import::{ImportError, ImportOptions, contents_of, import};
pub use inspection::{
    AddressInspection, AreaChange, Count, CoverageInspection, Finding, FindingKind, Inspection,
    Part, RecodeInspection, SeriesInspection, Transition,
};
pub use lock::Lock;
pub use merge::MergeNote;
pub use report::{
    AreasReport, FileReport, FitChange, FitReport, ImportReport, JoinReport, RepairReport,
};
pub use story::{Pillar, Story};

/// Why an atlas at rest cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file cannot be opened, read, written or put in place.
    #[error("{path}: {action}: {source}")]
    Io {
        /// The file.
        path: String,
        /// What was tried.
        action: &'static str,
        /// What the system says.
        source: std::io::Error,
    },
    /// SQLite refuses.
    #[error("{path}: {action}: {source}")]
    Sqlite {
        /// The file.
        path: String,
        /// What was tried.
        action: &'static str,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// There is a file, but it is no atlas.
    #[error("{path}: {found}; expected an atlas made by `wijkzicht import` or `wijkzicht demo`")]
    NoAtlas {
        /// The file.
        path: String,
        /// What it is instead.
        found: String,
    },
    /// The atlas was written by a newer program.
    #[error(
        "{path}: written in schema {found}, and this program knows schemas up to {known}: \
         use a newer wijkzicht"
    )]
    Newer {
        /// The file.
        path: String,
        /// Its schema.
        found: u32,
        /// The newest schema known here.
        known: u32,
    },
    /// A row of the atlas cannot be right.
    #[error("{path}: table {table}, row {row}: {message}")]
    Corrupt {
        /// The file.
        path: String,
        /// The table.
        table: String,
        /// The row's id.
        row: i64,
        /// What is wrong.
        message: String,
    },
}

/// Where an atlas rests: a GeoPackage file, later a shared database.
pub trait Store: Sync {
    /// Everything in the atlas; `None` where there is none yet.
    ///
    /// # Errors
    /// When there is something that is no atlas, a newer one, or a damaged one.
    fn read(&self) -> Result<Option<Contents>, StoreError>;

    /// Whether what is there was written in an older schema than [`Self::replace`] writes; not so
    /// where there is nothing yet.
    ///
    /// # Errors
    /// As [`Self::read`].
    fn is_outdated(&self) -> Result<bool, StoreError>;

    /// Becomes the only writer until the answer goes out of scope; `waits` is told once when
    /// somebody else is, whose end is waited for.
    ///
    /// # Errors
    /// When nothing can be written there.
    fn lock(&self, waits: &dyn Fn()) -> Result<Lock, StoreError>;

    /// Puts `contents` in the place of what was there, whole: whoever reads meanwhile sees the
    /// old atlas or the new one, and a failure leaves the old one.
    ///
    /// # Errors
    /// When it cannot be written.
    fn replace(&self, contents: &Contents) -> Result<(), StoreError>;
}
