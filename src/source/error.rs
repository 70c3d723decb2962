//! What can be wrong with a file, told so that its owner can mend it.

use std::{fmt, path::Path};

use smol_str::SmolStr;

use crate::area::{AreaCode, CodeError, LevelError};

/// Where in a file something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file as it was named.
    pub file: String,
    /// The layer or sheet; empty where the file has but one table.
    pub table: String,
    /// The record, counted from 1; 0 where the whole table is meant.
    pub record: u64,
}

impl Place {
    /// The whole of a file.
    pub(super) fn file(path: &Path) -> Self {
        Self { file: path.display().to_string(), ..Self::default() }
    }

    /// A record of a table in a file.
    pub(super) fn record(path: &Path, table: &str, record: u64) -> Self {
        Self { file: path.display().to_string(), table: table.to_owned(), record }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if !self.table.is_empty() {
            write!(f, ", table {}", self.table)?;
        }
        if self.record > 0 {
            write!(f, ", record {}", self.record)?;
        }
        Ok(())
    }
}

/// Why a file could not be read as a delivery.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The file cannot be opened or read.
    #[error("{file}: {error}")]
    Io {
        /// The file.
        file: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// The file, or a table that was wanted, holds nothing.
    #[error("{0}: empty, expected {1}")]
    Empty(Box<Place>, &'static str),
    /// No reader knows this kind of file.
    #[error(
        "{0}: unknown kind of file, expected .gpkg, .shp (with .dbf, .shx and .prj), .dbf, .geojson, \
         .csv or .xlsx"
    )]
    Format(String),
    /// A file that must stand beside this one is not there.
    #[error(
        "{file}: {missing} is missing beside it; a shapefile needs .shp, .shx and .dbf together"
    )]
    Companion {
        /// The file.
        file: String,
        /// The name of the one that is missing.
        missing: String,
    },
    /// The file breaks the rules of its own format.
    #[error("{0}: {1}")]
    Malformed(Box<Place>, String),
    /// The shapes lie in another coordinate reference system.
    #[error("{place}: shapes in {found}, expected RD New (EPSG:28992)")]
    Crs {
        /// The file and layer.
        place: Box<Place>,
        /// The system that the file names.
        found: String,
    },
    /// A shape that is none.
    #[error("{0}: {1}")]
    Shape(Box<Place>, String),
    /// No dialect fits any table of the file.
    #[error("{file}: no known table. It has {found}. {nearest}")]
    Unknown {
        /// The file.
        file: String,
        /// Its tables and columns.
        found: String,
        /// The dialect that shares most columns, and what it needs besides.
        nearest: String,
    },
    /// A file of areas that nothing says the codes of.
    #[error(
        "{file}: no code column. It has {found}; areas are joined by their codes, and to match \
         names would be guessing. Add a column of codes and a dialect that names it (--dialect)"
    )]
    NoCode {
        /// The file.
        file: String,
        /// Its tables, columns and shapes.
        found: String,
    },
    /// A code that is none, or one of another level.
    #[error("{place}, column {column}: {error}")]
    Code {
        /// The record.
        place: Box<Place>,
        /// The column.
        column: String,
        /// What is wrong with it.
        error: CodeError,
    },
    /// A cell that holds something else than it must.
    #[error("{place}, column {column}: {found:?}, expected {expected}")]
    Cell {
        /// The record.
        place: Box<Place>,
        /// The column.
        column: String,
        /// What stands there, at most 40 characters of it.
        found: String,
        /// What was expected.
        expected: &'static str,
    },
    /// A name that is none.
    #[error("{place}: name {found:?}, expected at most 250 bytes and no control characters")]
    Name {
        /// The record.
        place: Box<Place>,
        /// What stands there, at most 40 characters of it.
        found: String,
    },
    /// A class that its indicator does not have.
    #[error(
        "{place}, column {column}: class {found}, expected a whole number from {first} to {last}"
    )]
    Class {
        /// The record.
        place: Box<Place>,
        /// The column.
        column: String,
        /// What stands there.
        found: f64,
        /// The lowest class.
        first: u8,
        /// The highest class.
        last: u8,
    },
    /// One code twice for the same level and year.
    #[error("{place}: {code} stands there already in record {first}{}, expected each code once", year_text(*.year))]
    Duplicate {
        /// The second record.
        place: Box<Place>,
        /// The code.
        code: AreaCode,
        /// The year of both, where the table has one.
        year: Option<u16>,
        /// The first record.
        first: u64,
    },
    /// Two columns or tables of one file give the same figures.
    #[error("{file}: {first} and {second} both give {what}, expected one of them")]
    Twice {
        /// The file.
        file: String,
        /// One column, and its table.
        first: String,
        /// The other.
        second: String,
        /// What both give.
        what: String,
    },
    /// Nothing says which year the figures are of.
    #[error(
        "{0}: no year. It has no column of years, and its name holds not exactly one year; say \
         --year"
    )]
    NoYear(Box<Place>),
    /// A text that names no level.
    #[error("{place}: {error}")]
    Level {
        /// The record.
        place: Box<Place>,
        /// What is wrong with it.
        error: LevelError,
    },
    /// An option that contradicts the file.
    #[error("{0}: {1}")]
    Option(Box<Place>, String),
    /// A dialect that names an indicator which the catalogue does not have.
    #[error(
        "dialect {dialect}: column {column} names indicator {indicator}, which the catalogue does not have"
    )]
    Indicator {
        /// The dialect.
        dialect: SmolStr,
        /// Its column.
        column: String,
        /// The indicator.
        indicator: SmolStr,
    },
}

fn year_text(year: Option<u16>) -> String {
    year.map(|year| format!(" for {year}")).unwrap_or_default()
}

/// At most 40 characters of a text that goes into a message.
pub(super) fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}

/// The reader's shorthand for an error of the system.
pub(super) fn io(path: &Path, error: std::io::Error) -> SourceError {
    SourceError::Io { file: path.display().to_string(), error }
}
