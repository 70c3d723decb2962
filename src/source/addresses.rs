//! Tables of addresses: postcode, house number and the buurt that they lie in.

use crate::area::{AddressEntry, AddressTableBuilder, AreaCode, Level, Vintage};

use super::{
    Origin, ReadOptions, SourceError, TableNote,
    dialect::position,
    error::{Place, shorten},
    form::Form,
    harvest::{Skips, cell_text},
    pattern::ColumnPattern,
    table::{Cell, Head, Row},
};

/// How many characters follow the letters of a buurt code.
const BUURT_LENGTH: usize = 8;

/// What was taken from a table of addresses so far.
pub struct AddressHarvest {
    place: Place,
    /// The columns that are wanted: postcode, code, and number where there is one.
    pub columns: Vec<usize>,
    code_name: String,
    number_name: String,
    vintage: Vintage,
    vintage_from: Origin,
    ignored: Vec<String>,
    records: u64,
    skips: Skips,
    builder: AddressTableBuilder,
}

impl AddressHarvest {
    /// Plans the reading of a table.
    ///
    /// The division is the one of `--vintage`, else of `--year`, else the year in the name of the
    /// column of codes (`Buurt2025`), else in the file's name.
    ///
    /// # Errors
    /// When nothing says the division.
    pub fn new(
        place: &Place,
        head: &Head,
        form: &Form,
        options: &ReadOptions,
        name_year: Option<crate::area::Year>,
    ) -> Result<Self, SourceError> {
        let name = |at: usize| head.columns.get(at).cloned().unwrap_or_default();
        let wanted = [form.postcode.as_deref(), Some(form.code.as_str()), form.number.as_deref()];
        let columns: Vec<_> =
            wanted.into_iter().flatten().filter_map(|column| position(head, column)).collect();
        let code_name = columns.get(1).map(|at| name(*at)).unwrap_or_default();
        let column_year = || ColumnPattern::parse(&form.code).ok()?.fit(&code_name)?.year;
        let (vintage, vintage_from) = if let Some(vintage) = options.vintage {
            (vintage, Origin::Option)
        } else if let Some(year) = options.year {
            (Vintage(year), Origin::Option)
        } else if let Some(year) = column_year() {
            (Vintage(year), Origin::Column)
        } else if let Some(year) = name_year {
            (Vintage(year), Origin::FileName)
        } else {
            return Err(SourceError::NoYear(Box::new(place.clone())));
        };
        let ignored =
            (0..head.columns.len()).filter(|at| !columns.contains(at)).map(name).collect();
        Ok(Self {
            place: place.clone(),
            number_name: columns.get(2).map(|at| name(*at)).unwrap_or_default(),
            code_name,
            columns,
            vintage,
            vintage_from,
            ignored,
            records: 0,
            skips: Skips::default(),
            builder: AddressTableBuilder::default(),
        })
    }

    /// Takes one record; one without a postcode or a code is left out and counted.
    ///
    /// # Errors
    /// When a postcode, number or code is none.
    pub fn take(&mut self, row: &Row<'_>) -> Result<(), SourceError> {
        self.records += 1;
        let postcode = cell_text(row.cells.first());
        let code = cell_text(row.cells.get(1));
        if postcode.is_empty() || code.is_empty() {
            let lacking = if postcode.is_empty() { "postcode" } else { "code" };
            self.skips.push(row.record, format!("no {lacking}"));
            return Ok(());
        }
        let place = || Box::new(Place { record: row.record, ..self.place.clone() });
        let postcode = postcode.parse().map_err(|_| SourceError::Cell {
            place: place(),
            column: "postcode".to_owned(),
            found: shorten(&postcode),
            expected: "four digits and two letters (1011AB)",
        })?;
        let buurt = buurt(&code).map_err(|error| SourceError::Code {
            place: place(),
            column: self.code_name.clone(),
            error,
        })?;
        let number = match row.cells.get(2) {
            None => None,
            Some(cell) => Some(house_number(cell).ok_or_else(|| SourceError::Cell {
                place: place(),
                column: self.number_name.clone(),
                found: shorten(&cell_text(Some(cell))),
                expected: "a house number, a whole number from 1 to 99999",
            })?),
        };
        self.builder.push(&AddressEntry { postcode, number, buurt });
        Ok(())
    }

    /// Whether no record was taken.
    pub fn is_empty(&self) -> bool {
        self.records == 0
    }

    /// The division, its table, and a note.
    pub fn finish(self) -> (Vintage, crate::area::AddressTable, TableNote) {
        let addresses = self.builder.len() as u64;
        let note = TableNote {
            table: super::assembly::table_name(&self.place),
            level: Level::Buurt,
            level_from: Origin::Dialect,
            vintage: self.vintage,
            vintage_from: self.vintage_from,
            years: Vec::new(),
            years_from: self.vintage_from,
            records: self.records,
            shapes: 0,
            numbers: 0,
            addresses,
            missing: std::collections::BTreeMap::new(),
            ignored_columns: self.ignored,
            skipped: self.skips.named,
            skipped_count: self.skips.count,
            repaired_names: 0,
        };
        (self.vintage, self.builder.build(), note)
    }
}

/// The code of a buurt, as CBS writes it in its tables of addresses: with its letters, without
/// them, or as a number that lost its noughts as well. Nowhere else is a code ever completed: here
/// the column holds buurten by definition, all of eight characters.
fn buurt(text: &str) -> Result<AreaCode, crate::area::CodeError> {
    if text.starts_with("BU") {
        return AreaCode::parse_at(text, &Level::Buurt);
    }
    AreaCode::parse_at(&format!("BU{text:0>BUURT_LENGTH$}"), &Level::Buurt)
}

fn house_number(cell: &Cell<'_>) -> Option<u32> {
    let text = cell_text(Some(cell));
    text.parse().ok().filter(|number| (1..=99_999).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_get_back_what_they_lost() {
        for (text, code) in [
            ("BU0363TH02", "BU0363TH02"),
            ("0363AF01", "BU0363AF01"),
            ("363AF01", "BU0363AF01"),
            ("16800309", "BU16800309"),
            ("140000", "BU00140000"),
        ] {
            assert_eq!(buurt(text).map(|code| code.to_string()), Ok(code.to_owned()), "{text}");
        }
        for text in ["WK036301", "123456789", "x", "BU140000", "-1"] {
            assert!(buurt(text).is_err(), "{text}");
        }
    }
}
