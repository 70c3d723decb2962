//! A layer as a table: the cells that CSV, Excel and GeoPackage have in common.

use std::borrow::Cow;

use crate::indicator::{Reason, Standing};

use super::{
    PaintedArea, PaintedLayer,
    class_name::class_name,
    conversion::origin,
    number::short,
    source_file::{self, files},
    standings,
};

/// The columns of the table of a layer of one topic.
const COLUMNS: [&str; 20] = [
    "code",
    "naam",
    "niveau",
    "gemeentecode",
    "gemeente",
    "indicator",
    "jaar",
    "waarde",
    "waarde_van",
    "waarde_tot",
    "rang_van",
    "rang_tot",
    "reden",
    "klasse",
    "klassenaam",
    "vlaggen",
    "bron",
    "licentie",
    "levering",
    "opgehaald",
];

/// Where the columns of a second topic begin: behind the reason of the first.
pub(super) const SECOND: usize = 13;

/// The columns of a second topic.
pub(super) const SECOND_COLUMNS: [&str; 4] = ["met_indicator", "met_jaar", "met", "met_reden"];

/// The columns of figures that were read on another division than their own, behind all others.
pub(super) const CONVERTED_COLUMNS: [&str; 4] =
    ["indeling", "indeling_cijfers", "omrekening", "gedekt"];

/// The columns of a layer's table.
pub(super) fn columns(layer: &PaintedLayer<'_>) -> Vec<&'static str> {
    let mut columns = COLUMNS.to_vec();
    if layer.pair.is_some() {
        columns.splice(SECOND..SECOND, SECOND_COLUMNS);
    }
    if layer.series.column.converted().is_some() {
        columns.extend(CONVERTED_COLUMNS);
    }
    columns
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    /// Nothing is known, which is not zero.
    Empty,
    /// A text.
    Text(Cow<'a, str>),
    /// A whole number.
    Whole(i64),
    /// A finite number.
    Number(f64),
}

impl<'a> Cell<'a> {
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// The cell as CSV has it.
    fn plain(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => guarded(text),
            Self::Whole(number) => number.to_string().into(),
            Self::Number(number) => number.to_string().into(),
        }
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(cell: Option<T>) -> Self {
        cell.map_or(Cell::Empty, Into::into)
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        Self::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u16> for Cell<'_> {
    fn from(number: u16) -> Self {
        Self::Whole(number.into())
    }
}

impl From<u8> for Cell<'_> {
    fn from(number: u8) -> Self {
        Self::Whole(number.into())
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

/// Whether a program of sheets may take a text for something to compute.
pub(super) fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A text for a CSV file: one that would be computed when the file is opened in a program of
/// sheets gets an apostrophe before it, which makes it a text there.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The source as it stands in every row, so that rows that are copied elsewhere keep it.
pub(super) fn source(layer: &PaintedLayer<'_>) -> String {
    let source = layer.source();
    let source = source.get(layer.spec.language);
    if layer.atlas.fictional { format!("FICTIEF: {source}") } else { source.to_owned() }
}

/// The rows of a layer's table, in the order of its areas and of [`columns`]: what `waarde_van` and `waarde_tot` the
/// rounded number may stand for is empty where it is not rounded; `rang_van` and `rang_tot` are the
/// ranks that follow among all areas of the level in the country, 1 being the highest number.
pub(super) fn rows<'a>(layer: &'a PaintedLayer<'a>) -> impl Iterator<Item = Vec<Cell<'a>>> {
    let files = files(layer);
    let whose = [
        source(layer),
        layer.licence().to_string(),
        source_file::deliveries(&files),
        source_file::newest(&files),
    ];
    layer
        .areas
        .iter()
        .zip(standings(layer))
        .map(move |(area, standing)| row(layer, area, standing, &whose))
}

fn row<'a>(
    layer: &'a PaintedLayer<'a>,
    area: &PaintedArea,
    standing: Option<Standing>,
    whose: &[String; 4],
) -> Vec<Cell<'a>> {
    let coverage = layer.series.coverage;
    let interval = layer.series.column.interval(area.ordinal).filter(|one| !one.is_exact());
    let code = &coverage.codes()[area.ordinal];
    let class = area.class.and_then(|class| layer.scale.classes().get(class));
    let flags: Vec<_> = coverage.flags(area.ordinal).iter().map(|flag| flag.as_str()).collect();
    let mut row = vec![
        code.as_str().into(),
        coverage.name(area.ordinal).into(),
        layer.spec.level.plural().into(),
        coverage.gemeente(area.ordinal).map(|code| code.to_string()).into(),
        layer.atlas.gemeente_name(coverage, area.ordinal).into(),
        layer.indicator.id.as_str().into(),
        layer.spec.year.get().into(),
        area.value.number().into(),
        interval.map(|one| short(one.low)).into(),
        interval.map(|one| short(one.high)).into(),
        standing.map(|one| one.best).into(),
        standing.map(|one| one.worst).into(),
        area.value.reason().map(Reason::as_str).into(),
        class.map(|class| class.number).into(),
        class.map(|class| class_name(layer, class)).into(),
        Some(flags.join(" ")).filter(|flags| !flags.is_empty()).into(),
    ];
    row.extend(whose.iter().cloned().map(Cell::text));
    if let (Some(pair), Some(second)) = (&layer.pair, area.second) {
        let cells = [
            pair.indicator.id.as_str().into(),
            pair.series.key.year.get().into(),
            second.number().into(),
            second.reason().map(Reason::as_str).into(),
        ];
        row.splice(SECOND..SECOND, cells);
    }
    if let Some(converted) = layer.series.column.converted() {
        let origin = origin(Some(converted), area.ordinal);
        row.extend([
            coverage.vintage.get().into(),
            converted.from.get().into(),
            origin.map(|origin| origin.way.as_str()).into(),
            origin.map(|origin| origin.covered).into(),
        ]);
    }
    row
}

/// The layer as CSV (RFC 4180): UTF-8, comma, decimal point, a header; missing values are empty
/// with the reason beside them. A layer of two topics has four columns more: `met_indicator`,
/// `met_jaar`, `met` and `met_reden`; one of figures that were read on another division than their
/// own `indeling`, `indeling_cijfers`, `omrekening` (how each came there; `adressen`, `inwoners` and
/// `oppervlakte` are estimates) and `gedekt`. Source, licence, files with their deliveries and the day
/// on which they were taken in stand in every row. A name that would be
/// computed by a program of sheets gets an apostrophe before it.
///
/// # Errors
/// Only when memory runs out: the writer is in memory.
pub fn csv(layer: &PaintedLayer<'_>) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::with_capacity(160 * layer.areas.len()));
    table.write_record(columns(layer))?;
    for row in rows(layer) {
        write_row(&mut table, &row)?;
    }
    table.into_inner().map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))
}

/// Writes a row of cells.
///
/// # Errors
/// When the writer refuses.
pub(super) fn write_row(
    table: &mut csv::Writer<impl std::io::Write>,
    row: &[Cell<'_>],
) -> Result<(), csv::Error> {
    for cell in row {
        table.write_field(cell.plain().as_bytes())?;
    }
    table.write_record(None::<&[u8]>)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sheet_would_compute_is_made_a_text() {
        for text in ["=1+1", "+31", "-2", "@sum", "\t=1"] {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        for text in ["'s-Gravenhage", "Centrum", "\u{2212}0,5 tot 1", ""] {
            assert_eq!(guarded(text), text);
        }
        // A number below zero is a number.
        assert_eq!(Cell::from(-0.25).plain(), "-0.25");
    }
}
