//! How the cells of a workbook look: the styles that are used, by their number.

use std::fmt::Write;

use crate::{
    layer::table::{Cell, is_formula},
    scale::Rgb,
};

use super::{MAIN, XML};

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layer) enum Style {
    /// As it comes.
    Plain,
    /// The head of a column.
    Header,
    /// The title of a sheet.
    Title,
    /// A text of several lines.
    Wrapped,
    /// A number with so many decimals, nine at most.
    Decimals(u8),
    /// A whole number in groups of three digits.
    Grouped,
    /// A colour to be seen.
    Colour(Rgb),
}

/// The styles before the decimals: plain, header, title, wrapped, quoted, grouped.
const FIRST_DECIMALS: usize = 6;
const MOST_DECIMALS: u8 = 9;
const QUOTED: usize = 4;

/// The styles of a workbook; those of colours are numbered as they come.
#[derive(Debug, Default)]
pub(super) struct Styles {
    colours: Vec<Rgb>,
}

impl Styles {
    /// The number of a style. A text that would be computed were it typed is marked as a text.
    pub fn number(&mut self, style: Style, cell: &Cell<'_>) -> usize {
        match style {
            Style::Plain if matches!(cell, Cell::Text(text) if is_formula(text)) => QUOTED,
            Style::Plain => 0,
            Style::Header => 1,
            Style::Title => 2,
            Style::Wrapped => 3,
            Style::Grouped => 5,
            Style::Decimals(decimals) => FIRST_DECIMALS + usize::from(decimals.min(MOST_DECIMALS)),
            Style::Colour(colour) => {
                let known = self.colours.iter().position(|known| *known == colour);
                let number = known.unwrap_or_else(|| {
                    self.colours.push(colour);
                    self.colours.len() - 1
                });
                FIRST_DECIMALS + usize::from(MOST_DECIMALS) + 1 + number
            }
        }
    }

    /// The part of the workbook that describes them.
    pub fn write(&self) -> String {
        let colours = &self.colours;
        let mut formats = String::new();
        let mut cells = String::new();
        for decimals in 0..=MOST_DECIMALS {
            let zeros = "0".repeat(usize::from(decimals));
            let point = if decimals == 0 { "" } else { "." };
            let number = 164 + u32::from(decimals);
            let _ = write!(
                formats,
                "<numFmt numFmtId=\"{number}\" formatCode=\"#,##0{point}{zeros}\"/>"
            );
            let _ = write!(
                cells,
                "<xf numFmtId=\"{number}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" \
             applyNumberFormat=\"1\"/>"
            );
        }
        let mut fills = String::new();
        for (number, colour) in (2..).zip(colours) {
            let hex = colour.to_string();
            let _ = write!(
                fills,
                "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF{}\"/>\
             <bgColor indexed=\"64\"/></patternFill></fill>",
                hex.trim_start_matches('#').to_uppercase()
            );
            let _ = write!(
                cells,
                "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"{number}\" borderId=\"0\" xfId=\"0\" \
             applyFill=\"1\"/>"
            );
        }
        let plain = "numFmtId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"";
        format!(
            "{XML}<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"{}\">{formats}</numFmts>\
         <fonts count=\"3\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>\
         <font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font>\
         <font><b/><sz val=\"14\"/><name val=\"Calibri\"/></font></fonts>\
         <fills count=\"{}\"><fill><patternFill patternType=\"none\"/></fill>\
         <fill><patternFill patternType=\"gray125\"/></fill>{fills}</fills>\
         <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>\
         </cellStyleXfs><cellXfs count=\"{}\"><xf fontId=\"0\" {plain}/>\
         <xf fontId=\"1\" {plain} applyFont=\"1\"/><xf fontId=\"2\" {plain} applyFont=\"1\"/>\
         <xf fontId=\"0\" {plain} applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>\
         <xf fontId=\"0\" {plain} quotePrefix=\"1\"/>\
         <xf numFmtId=\"3\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" \
         applyNumberFormat=\"1\"/>{cells}</cellXfs>\
         <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>\
         </styleSheet>",
            u32::from(MOST_DECIMALS) + 1,
            colours.len() + 2,
            FIRST_DECIMALS + usize::from(MOST_DECIMALS) + 1 + colours.len(),
        )
    }
}
