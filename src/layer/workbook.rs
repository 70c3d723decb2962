//! Excel workbooks (Office Open XML, ECMA-376), written a row at a time.
//!
//! As much of the form as tables need: sheets of texts and numbers, a few styles, frozen headers.
//! Texts stand in their cells, so that nothing has to be kept until the end. The same cells give
//! the same bytes: no moment is written.

use std::{
    fmt::Write as _,
    io::{Seek, Write},
};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

mod styles;

use super::{table::Cell, xml::escape};

pub(in crate::layer) use styles::Style;
use styles::Styles;

/// The rows that a sheet has.
pub(super) const MAX_ROWS: usize = 1_048_576;

/// The most characters of a cell.
const MAX_TEXT: usize = 32_767;

/// Why a workbook cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// The archive refuses.
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
    /// The output refuses.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// A sheet that begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet<'a> {
    /// Its name; what a name may not hold is replaced.
    pub name: &'a str,
    /// How wide columns are, in digits.
    pub widths: &'a [u8],
    /// Whether the first row is a header: it stays in sight, and filters.
    pub header: bool,
    /// How many columns it has.
    pub columns: usize,
}

/// A workbook in the making.
pub(super) struct Workbook<W: Write + Seek> {
    zip: ZipWriter<W>,
    names: Vec<String>,
    /// What the last sheet ends with, where one was begun.
    end: Option<End>,
    row: usize,
    styles: Styles,
    /// A row as text.
    line: String,
}

struct End {
    columns: usize,
    header: bool,
}

impl<W: Write + Seek> Workbook<W> {
    pub(super) fn new(output: W) -> Self {
        Self {
            zip: ZipWriter::new(output),
            names: Vec::new(),
            end: None,
            row: 0,
            styles: Styles::default(),
            line: String::new(),
        }
    }

    fn part(&mut self, name: &str) -> Result<(), WorkbookError> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        Ok(self.zip.start_file(name, options)?)
    }

    fn whole_part(&mut self, name: &str, text: &str) -> Result<(), WorkbookError> {
        self.part(name)?;
        Ok(self.zip.write_all(text.as_bytes())?)
    }

    /// Begins the next sheet, ending the one before.
    pub(super) fn begin(&mut self, sheet: &Sheet<'_>) -> Result<(), WorkbookError> {
        self.end_sheet()?;
        self.names.push(sheet_name(sheet.name, &self.names));
        self.row = 0;
        self.end = Some(End { columns: sheet.columns, header: sheet.header });
        let number = self.names.len();
        self.part(&format!("xl/worksheets/sheet{number}.xml"))?;
        let mut text = format!("{XML}<worksheet xmlns=\"{MAIN}\"><sheetViews>");
        let _ = write!(
            text,
            "<sheetView{} workbookViewId=\"0\">",
            if number == 1 { " tabSelected=\"1\"" } else { "" }
        );
        if sheet.header {
            text.push_str(
                "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>",
            );
        }
        text.push_str("</sheetView></sheetViews><cols>");
        for (at, width) in (1..).zip(sheet.widths) {
            let _ = write!(
                text,
                "<col min=\"{at}\" max=\"{at}\" width=\"{width}\" customWidth=\"1\"/>"
            );
        }
        text.push_str("</cols><sheetData>");
        Ok(self.zip.write_all(text.as_bytes())?)
    }

    /// Writes a row. Empty cells are left out.
    pub(super) fn row(&mut self, cells: &[(Cell<'_>, Style)]) -> Result<(), WorkbookError> {
        self.row += 1;
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        let row = self.row;
        let _ = write!(line, "<row r=\"{row}\">");
        for (column, (cell, style)) in cells.iter().enumerate() {
            let style = self.styles.number(*style, cell);
            let at = column_name(column);
            let _ = match cell {
                Cell::Empty if style == 0 => Ok(()),
                Cell::Empty => write!(line, "<c r=\"{at}{row}\" s=\"{style}\"/>"),
                Cell::Whole(number) => {
                    write!(line, "<c r=\"{at}{row}\" s=\"{style}\"><v>{number}</v></c>")
                }
                Cell::Number(number) if number.is_finite() => {
                    write!(line, "<c r=\"{at}{row}\" s=\"{style}\"><v>{number}</v></c>")
                }
                Cell::Number(_) => Ok(()),
                Cell::Text(text) => {
                    let text: String = text.chars().take(MAX_TEXT).collect();
                    write!(
                        line,
                        "<c r=\"{at}{row}\" s=\"{style}\" t=\"inlineStr\"><is>\
                         <t xml:space=\"preserve\">{}</t></is></c>",
                        cell_text(&text)
                    )
                }
            };
        }
        line.push_str("</row>");
        let written = self.zip.write_all(line.as_bytes());
        self.line = line;
        Ok(written?)
    }

    fn end_sheet(&mut self) -> Result<(), WorkbookError> {
        let Some(end) = self.end.take() else { return Ok(()) };
        let mut text = String::from("</sheetData>");
        if end.header && end.columns > 0 {
            let last = column_name(end.columns - 1);
            let _ = write!(text, "<autoFilter ref=\"A1:{last}{}\"/>", self.row.max(1));
        }
        text.push_str("</worksheet>");
        Ok(self.zip.write_all(text.as_bytes())?)
    }

    /// Ends the workbook and gives back what it was written to.
    pub(super) fn finish(mut self) -> Result<W, WorkbookError> {
        self.end_sheet()?;
        let count = self.names.len();
        let styles = self.styles.write();
        self.whole_part("xl/styles.xml", &styles)?;
        let mut sheets = String::new();
        let mut relations = String::new();
        let mut types = String::new();
        for (number, name) in (1..).zip(&self.names) {
            let name = escape(name);
            let _ = write!(
                sheets,
                "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>"
            );
            let _ = write!(
                relations,
                "<Relationship Id=\"rId{number}\" Type=\"{RELATIONS}/worksheet\" \
                 Target=\"worksheets/sheet{number}.xml\"/>"
            );
            let _ = write!(
                types,
                "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" \
                 ContentType=\"{SPREADSHEET}.worksheet+xml\"/>"
            );
        }
        self.whole_part(
            "xl/workbook.xml",
            &format!(
                "{XML}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>{sheets}</sheets>\
                 </workbook>"
            ),
        )?;
        self.whole_part(
            "xl/_rels/workbook.xml.rels",
            &format!(
                "{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">{relations}\
                 <Relationship Id=\"rId{}\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/>\
                 </Relationships>",
                count + 1
            ),
        )?;
        self.whole_part(
            "_rels/.rels",
            &format!(
                "{XML}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
                 Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        )?;
        self.whole_part(
            "[Content_Types].xml",
            &format!(
                "{XML}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
                 ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
                 <Override PartName=\"/xl/workbook.xml\" ContentType=\"{SPREADSHEET}.sheet.main+xml\"/>\
                 <Override PartName=\"/xl/styles.xml\" ContentType=\"{SPREADSHEET}.styles+xml\"/>\
                 {types}</Types>"
            ),
        )?;
        Ok(self.zip.finish()?)
    }
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const SPREADSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// A text in a cell. Excel reads `_x000D_` as a character: an underscore that would begin one is
/// written as one itself.
fn cell_text(text: &str) -> String {
    let mut escaped = escape(text);
    if escaped.contains("_x") {
        escaped = escaped.replace("_x", "_x005F_x");
    }
    escaped
}

/// `A`, `B`, … `Z`, `AA`, …
fn column_name(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or_default()));
        match (column / 26).checked_sub(1) {
            Some(next) => column = next,
            None => break,
        }
    }
    letters.into_iter().rev().collect()
}

/// A name that Excel takes: at most 31 characters, none of `[]:*?/\`, no apostrophe at an end, and
/// not one that there is.
fn sheet_name(wanted: &str, taken: &[String]) -> String {
    let clean = |c: char| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c };
    let mut name: String = wanted.chars().map(clean).take(31).collect();
    name = name.trim().trim_matches('\'').to_owned();
    if name.is_empty() || taken.contains(&name) {
        name = format!("Blad {}", taken.len() + 1);
    }
    name
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use crate::scale::Rgb;

    use super::*;

    fn written() -> Vec<u8> {
        let mut book = Workbook::new(Cursor::new(Vec::new()));
        let sheet = Sheet { name: "A/B: 'c'", widths: &[10, 20], header: true, columns: 4 };
        book.begin(&sheet).expect("begun");
        let header = ["a", "b", "c", "d"].map(|name| (Cell::from(name), Style::Header));
        book.row(&header).expect("written");
        let cells = [
            (Cell::from("=1+1 <&\"'> _x000D_ Súd\u{1}"), Style::Plain),
            (Cell::from(-0.156_874), Style::Decimals(3)),
            (Cell::Empty, Style::Plain),
            (Cell::from(2024_u16), Style::Plain),
        ];
        book.row(&cells).expect("written");
        book.begin(&Sheet { name: "", widths: &[10], header: false, columns: 1 }).expect("begun");
        book.row(&[(Cell::Empty, Style::Colour(Rgb::from_u24(0x7f_2704)))]).expect("written");
        book.finish().expect("finished").into_inner()
    }

    #[test]
    fn cells_read_back_as_what_they_were() {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(written())).expect("a workbook");
        let names = book.sheet_names();
        assert_eq!(names, ["A B  'c", "Blad 2"]);
        let range = book.worksheet_range(&names[0]).expect("a sheet");
        let row: Vec<_> = range.rows().nth(1).expect("two rows").to_vec();
        assert_eq!(row[0], Data::String("=1+1 <&\"'> _x000D_ Súd\u{fffd}".into()));
        assert_eq!(row[1..], [Data::Float(-0.156_874), Data::Empty, Data::Float(2024.0)]);
    }

    #[test]
    fn the_same_cells_are_the_same_bytes() {
        assert_eq!(written(), written());
    }

    #[test]
    fn columns_are_named_as_excel_names_them() {
        let names = [0, 25, 26, 51, 52, 701, 702].map(column_name);
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
