//! What every reader yields: tables of named columns, record by record.

use std::{borrow::Cow, cell::OnceCell, path::Path};

use geo_types::MultiPolygon;

use crate::area::Year;

use super::{
    SourceError,
    error::{Place, shorten},
    pattern::fold,
};

/// The most columns that a table may have: each is held against every column of every dialect.
/// The widest that is published has some 200.
pub const MAX_COLUMNS: usize = 4096;
/// The longest name of a table or column, bytes: it is repeated in messages and reports.
pub const MAX_NAME: usize = 1024;
/// The most tables that a file may have. A file can list one part many times at little cost.
pub const MAX_TABLES: usize = 256;

/// One cell as the file has it; nothing is interpreted yet.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// NULL, or a cell that is not there.
    Null,
    /// A number of the format's own.
    Number(f64),
    /// Text, or a number written as text.
    Text(Cow<'a, str>),
}

/// The head of one table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The layer or sheet; empty where the file has but one table.
    pub name: String,
    /// The columns, without the geometry and the format's own record number.
    pub columns: Vec<String>,
    /// Whether records have shapes.
    pub has_shapes: bool,
    /// The year that the file's own metadata says.
    pub year: Option<Year>,
    /// The columns folded, once they were asked for: each is held against every dialect.
    pub(super) folded: OnceCell<Vec<String>>,
}

impl Head {
    /// The columns as [`fold`] makes them.
    pub fn folded(&self) -> &[String] {
        self.folded.get_or_init(|| self.columns.iter().map(|name| fold(name)).collect())
    }
}

/// Refuses more tables or columns, or longer names, than any file of figures has.
///
/// # Errors
/// Names the table.
pub fn check_heads(path: &Path, heads: &[Head]) -> Result<(), SourceError> {
    let wrong = |table: &str, message: String| {
        let place = Place::record(path, &shorten(table), 0);
        Err(SourceError::Malformed(Box::new(place), message))
    };
    if heads.len() > MAX_TABLES {
        return wrong("", format!("more than {MAX_TABLES} tables"));
    }
    // Line ends stand in the headers of workbooks; anything else would steer a terminal.
    let steers = |name: &str| name.contains(|c: char| c.is_control() && !c.is_ascii_whitespace());
    for head in heads {
        if let Some(name) = head.columns.iter().chain([&head.name]).find(|name| steers(name)) {
            let name = shorten(name);
            return wrong("", format!("control characters in the name {name:?}"));
        }
        if head.name.len() > MAX_NAME {
            return wrong(&head.name, format!("a table's name of more than {MAX_NAME} bytes"));
        }
        if head.columns.len() > MAX_COLUMNS {
            let count = head.columns.len();
            return wrong(&head.name, format!("{count} columns, expected at most {MAX_COLUMNS}"));
        }
        if let Some(name) = head.columns.iter().find(|name| name.len() > MAX_NAME) {
            let name = shorten(name);
            let message = format!("a column {name}… with a name of more than {MAX_NAME} bytes");
            return wrong(&head.name, message);
        }
    }
    Ok(())
}

/// One record.
#[derive(Debug)]
pub struct Row<'a> {
    /// Its place in the table, counted from 1.
    pub record: u64,
    /// The wanted columns, in the order in which they were asked for.
    pub cells: &'a [Cell<'a>],
    /// Its shape in RD New metres; `None` where it has none or none was asked for.
    pub shape: Option<MultiPolygon<f64>>,
}

/// What takes the records one by one; its error ends the reading.
pub type Sink<'s> = dyn FnMut(Row<'_>) -> Result<(), SourceError> + 's;

/// A file of one or more tables.
pub trait Tables {
    /// The heads of its tables.
    fn heads(&self) -> &[Head];

    /// Streams the records of one table, holding one at a time.
    ///
    /// # Errors
    /// What the file breaks, naming the record; and whatever `sink` returns.
    fn read(
        &mut self,
        table: usize,
        columns: &[usize],
        sink: &mut Sink<'_>,
    ) -> Result<(), SourceError>;
}
