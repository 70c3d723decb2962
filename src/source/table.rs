//! What every reader yields: tables of named columns, record by record.

use std::borrow::Cow;

use geo_types::MultiPolygon;

use crate::area::Year;

use super::SourceError;

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
