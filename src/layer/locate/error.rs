//! Why a table cannot be located.

use std::{fmt, io};

use super::{MAX_RECORD, RowFault};

/// Why a table could not be read to its end. Shown in English; [`LocateError::in_dutch`] is for
/// who asks over HTTP.
#[derive(Debug, thiserror::Error)]
pub enum LocateError {
    /// The input failed.
    #[error("input: {0}")]
    Read(io::Error),
    /// The output failed.
    #[error("output: {0}")]
    Write(io::Error),
    /// There is nothing to read.
    #[error(
        "the input is empty: expected a header line with columns lon,lat or x,y or postcode,huisnummer"
    )]
    Empty,
    /// The delimiter cannot stand between fields.
    #[error("{0:?} cannot be the delimiter: expected one of , ; | : tab or space")]
    Delimiter(char),
    /// A column that tells the place is not there, is there twice, or it is not said which.
    #[error("{0}")]
    Columns(ColumnFault),
    /// The input has a column of a name that is to be added.
    #[error("the input already has a column {0}, which is to be added: rename or remove it")]
    Added(String),
    /// A record is longer than [`MAX_RECORD`].
    #[error("line {line}: a row of more than {MAX_RECORD} bytes; is a quotation mark not closed?")]
    TooLong {
        /// The line that the record starts on, counted from 1.
        line: u64,
    },
    /// What is called GeoJSON has no list of features.
    #[error("expected a GeoJSON FeatureCollection with features")]
    NoFeatures,
    /// The input ends within a collection.
    #[error("line {line}: the input ends within the collection")]
    Unfinished {
        /// The line that what is not whole starts on, counted from 1.
        line: u64,
    },
    /// A row cannot be read, and the options ask to stop at it.
    #[error("line {line}: {fault}")]
    Row {
        /// The line that the row starts on, counted from 1.
        line: u64,
        /// What is wrong.
        fault: RowFault,
    },
}

impl LocateError {
    /// What is wrong, in Dutch.
    pub fn in_dutch(&self) -> String {
        match self {
            Self::Read(_) => "de invoer brak af".to_owned(),
            Self::Write(_) => "de uitvoer brak af".to_owned(),
            Self::Empty => "de invoer is leeg: verwacht een kopregel met kolommen lon,lat of x,y \
                 of postcode,huisnummer"
                .to_owned(),
            Self::Delimiter(other) => format!("{other:?} kan niet tussen velden staan"),
            Self::Columns(fault) => fault.in_dutch(),
            Self::Added(name) => format!(
                "de invoer heeft al een kolom {name}, die erbij komt: hernoem of verwijder die"
            ),
            Self::TooLong { line } => format!(
                "regel {line}: een rij van meer dan {MAX_RECORD} bytes; ontbreekt een \
                 aanhalingsteken?"
            ),
            Self::NoFeatures => "verwacht een GeoJSON-FeatureCollection met features".to_owned(),
            Self::Unfinished { line } => format!("regel {line}: de invoer eindigt te vroeg"),
            Self::Row { line, fault } => format!("regel {line}: {fault}"),
        }
    }
}

/// What is wrong with the columns that should tell the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnFault {
    /// There are none of those that could.
    NoPlace {
        /// Those that could.
        expected: Vec<&'static str>,
        /// Those that there are.
        there: Columns,
    },
    /// There is none of a name.
    NoColumn {
        /// The name.
        name: String,
        /// Those that there are.
        there: Columns,
    },
    /// A name is there more than once.
    Twice {
        /// The name.
        name: String,
    },
    /// One column is named for both coordinates.
    OneForBoth,
    /// Only one of two columns is named.
    Half,
    /// The names do not say the system of the coordinates.
    Unsaid {
        /// The names.
        columns: [String; 2],
    },
    /// There are columns of two systems.
    Both,
}

/// The columns that there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// Their names, shortened.
    pub names: String,
    /// Whether it looks as if another delimiter stands between them.
    pub is_other_delimiter: bool,
}

impl fmt::Display for ColumnFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hint = |there: &Columns| match there.is_other_delimiter {
            true => " (is the delimiter another one?)",
            false => "",
        };
        match self {
            Self::NoPlace { expected, there } => {
                let expected = expected.join(" or ");
                write!(f, "expected columns {expected}: ")?;
                write!(f, "the columns are {}{}", there.names, hint(there))
            }
            Self::NoColumn { name, there } => {
                write!(f, "there is no column {name:?}: ")?;
                write!(f, "the columns are {}{}", there.names, hint(there))
            }
            Self::Twice { name } => write!(f, "column {name:?} is there more than once"),
            Self::OneForBoth => write!(f, "one column cannot hold both coordinates"),
            Self::Half => write!(f, "expected --x-column and --y-column together, or neither"),
            Self::Unsaid { columns: [x, y] } => write!(
                f,
                "columns {x:?} and {y:?} do not say their system: expected --crs rd or wgs84"
            ),
            Self::Both => {
                write!(f, "there are columns lon,lat and x,y: expected --crs rd or wgs84")
            }
        }
    }
}

impl ColumnFault {
    fn in_dutch(&self) -> String {
        let hint = |there: &Columns| match there.is_other_delimiter {
            true => " (staat er een ander scheidingsteken tussen?)",
            false => "",
        };
        match self {
            Self::NoPlace { expected, there } => {
                let expected = expected.join(" of ");
                let names = &there.names;
                format!("verwacht kolommen {expected}; er zijn {names}{}", hint(there))
            }
            Self::NoColumn { name, there } => {
                format!("er is geen kolom {name}; er zijn {}{}", there.names, hint(there))
            }
            Self::Twice { name } => format!("kolom {name} staat er meer dan één keer"),
            Self::OneForBoth => "één kolom kan niet beide coördinaten zijn".to_owned(),
            Self::Half => "noem beide kolommen, of geen van beide".to_owned(),
            Self::Unsaid { columns: [x, y] } => {
                format!("kolommen {x} en {y} zeggen hun stelsel niet: geef crs=rd of crs=wgs84")
            }
            Self::Both => "er zijn kolommen lon,lat en x,y: geef crs=rd of crs=wgs84".to_owned(),
        }
    }
}
