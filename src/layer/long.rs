//! Every value as a row: a table for programs of statistics.

use std::{
    collections::BTreeSet,
    io::{Seek, Write},
};

use smol_str::SmolStr;

use crate::{
    area::{Level, Year},
    atlas::{Atlas, Available},
    indicator::{Indicator, Language, Reason},
};

use super::{
    table::{Cell, write_row},
    workbook::{MAX_ROWS, Sheet, Style, Workbook, WorkbookError},
};

/// The columns of a long table.
const COLUMNS: [&str; 12] = [
    "code",
    "naam",
    "niveau",
    "indeling",
    "jaar",
    "sinds",
    "indicator",
    "waarde",
    "reden",
    "bron",
    "levering",
    "licentie",
];

/// What a long table is limited to; an empty list limits nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LongFilter {
    /// The ids of indicators.
    pub indicators: Vec<SmolStr>,
    /// Levels.
    pub levels: Vec<Level>,
    /// Years of the figures.
    pub years: Vec<Year>,
}

/// Why there is no long table.
#[derive(Debug, thiserror::Error)]
pub enum LongError {
    /// Something was asked for that the atlas has no values of.
    #[error("{what} {asked}: the atlas has {there}")]
    Unknown {
        /// What kind of thing.
        what: &'static str,
        /// What was asked.
        asked: String,
        /// What there is.
        there: String,
    },
    /// No series is left by all limits together.
    #[error("no values of these indicators, levels and years together")]
    Nothing,
    /// More rows than a sheet of Excel has.
    #[error(
        "{rows} rows do not fit in a sheet of Excel, which has {MAX_ROWS} with its header: \
         choose fewer indicators, levels or years, or csv"
    )]
    TooLong {
        /// How many there would be.
        rows: usize,
    },
    /// The table cannot be written.
    #[error("cannot write: {0}")]
    Csv(#[from] csv::Error),
    /// The workbook cannot be written.
    #[error("cannot write: {0}")]
    Workbook(#[from] WorkbookError),
    /// The output refuses.
    #[error("cannot write: {0}")]
    Io(#[from] std::io::Error),
}

/// The series that a filter leaves, by indicator in the order of lists, then by level, year,
/// begin and division.
fn series<'a>(
    atlas: &'a Atlas,
    filter: &LongFilter,
) -> Result<Vec<(&'a Indicator, Available<'a>)>, LongError> {
    let all = || {
        let of = |indicator: &'a Indicator| {
            atlas.series_of(&indicator.id).map(move |series| (indicator, series))
        };
        atlas.indicators().flat_map(of)
    };
    known("indicator", &filter.indicators, all().map(|(indicator, _)| indicator.id.clone()))?;
    known("level", &filter.levels, all().map(|(_, series)| series.key.level.clone()))?;
    known("year", &filter.years, all().map(|(_, series)| series.key.year))?;
    let mut found: Vec<_> = all()
        .filter(|(indicator, series)| {
            (filter.indicators.is_empty() || filter.indicators.contains(&indicator.id))
                && (filter.levels.is_empty() || filter.levels.contains(&series.key.level))
                && (filter.years.is_empty() || filter.years.contains(&series.key.year))
        })
        .collect();
    // The order of the catalogue stays: this sort is stable.
    found.sort_by_key(|(indicator, series)| {
        let key = series.key;
        (indicator.order, &indicator.id, &key.level, key.year, key.begin, key.vintage)
    });
    if found.is_empty() { Err(LongError::Nothing) } else { Ok(found) }
}

/// Whether everything that is asked is there.
fn known<T: Ord + ToString>(
    what: &'static str,
    asked: &[T],
    there: impl Iterator<Item = T>,
) -> Result<(), LongError> {
    if asked.is_empty() {
        return Ok(());
    }
    let there: BTreeSet<_> = there.collect();
    let Some(unknown) = asked.iter().find(|one| !there.contains(one)) else { return Ok(()) };
    let there: Vec<_> = there.iter().map(ToString::to_string).collect();
    Err(LongError::Unknown { what, asked: unknown.to_string(), there: there.join(", ") })
}

/// Whether so many rows go in a sheet, below its header.
fn fits(rows: usize) -> Result<(), LongError> {
    if rows < MAX_ROWS { Ok(()) } else { Err(LongError::TooLong { rows }) }
}

/// The rows of a series, by code.
fn rows<'a>(
    atlas: &'a Atlas,
    indicator: &'a Indicator,
    series: Available<'a>,
    language: Language,
) -> impl Iterator<Item = [Cell<'a>; COLUMNS.len()]> {
    let key = series.key;
    let source = indicator.source.get(language);
    let source = if atlas.fictional { format!("FICTIEF: {source}") } else { source.to_owned() };
    let sources = series.column.sources().iter().filter_map(|id| atlas.sources.get(id));
    let deliveries: Vec<_> = sources
        .map(|source| match source.provenance.delivery.as_str() {
            "" => source.provenance.file.clone(),
            delivery => format!("{} ({delivery})", source.provenance.file),
        })
        .collect();
    let deliveries = deliveries.join("; ");
    (0..series.coverage.len()).map(move |at| {
        let value = series.column.get(at);
        [
            series.coverage.codes()[at].as_str().into(),
            series.coverage.name(at).into(),
            key.level.plural().into(),
            key.vintage.get().into(),
            key.year.get().into(),
            key.begin.map(Year::get).into(),
            indicator.id.as_str().into(),
            value.number().into(),
            value.reason().map(Reason::as_str).into(),
            Cell::text(source.clone()),
            Cell::text(deliveries.clone()),
            indicator.licence.as_str().into(),
        ]
    })
}

/// Writes a row for each area of each series as CSV, in the form of [`csv`](super::csv()), as it
/// goes. Values that have no shape in the atlas are not among them. Gives the number of rows.
///
/// # Errors
/// When something is asked that is not there, or the output refuses.
pub fn long_csv(
    atlas: &Atlas,
    filter: &LongFilter,
    language: Language,
    output: impl Write,
) -> Result<usize, LongError> {
    let found = series(atlas, filter)?;
    let mut table = csv::Writer::from_writer(output);
    table.write_record(COLUMNS)?;
    let mut count = 0;
    for (indicator, series) in found {
        for row in rows(atlas, indicator, series, language) {
            write_row(&mut table, &row)?;
            count += 1;
        }
    }
    table.flush()?;
    Ok(count)
}

/// The same as a workbook of one sheet, written as it goes.
///
/// # Errors
/// As [`long_csv`]; before anything is written when a sheet has too few rows.
pub fn long_xlsx(
    atlas: &Atlas,
    filter: &LongFilter,
    language: Language,
    output: impl Write + Seek,
) -> Result<usize, LongError> {
    let found = series(atlas, filter)?;
    let count: usize = found.iter().map(|(_, series)| series.coverage.len()).sum();
    fits(count)?;
    let mut book = Workbook::new(output);
    let widths = [12, 28, 11, 9, 7, 7, 30, 12, 20, 36, 40, 12];
    book.begin(&Sheet { name: "Waarden", widths: &widths, header: true, columns: COLUMNS.len() })?;
    let header = COLUMNS.map(|name| (Cell::from(name), Style::Header));
    book.row(&header)?;
    for (indicator, series) in found {
        for row in rows(atlas, indicator, series, language) {
            book.row(&row.map(|cell| (cell, Style::Plain)))?;
        }
    }
    book.finish()?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_sheet_has_a_million_rows_and_a_header() {
        assert!(fits(1_048_575).is_ok());
        let refused = fits(1_048_576).expect_err("one too many").to_string();
        assert!(refused.contains("1048576") && refused.contains("csv"), "{refused}");
    }
}
