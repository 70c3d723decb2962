//! A layer as an Excel workbook: its table, and a sheet that says what it is.

use std::io::Cursor;

use crate::{
    indicator::{Display, Language, Reason, Text},
    scale::Rgb,
};

use super::{
    LegendBody, PaintedLayer, legend,
    table::{Cell, SECOND, columns, rows},
    workbook::{Sheet, Style, Workbook, WorkbookError},
};

/// What a column shows, beside those of CSV: the reason in words.
const REASON_TEXT: &str = "reden_tekst";
/// The same of the second topic.
const SECOND_REASON_TEXT: &str = "met_reden_tekst";

/// Where it stands.
const REASON: usize = 12;
/// The columns of numbers with the decimals of the indicator.
const NUMBERS: [usize; 3] = [7, 8, 9];
/// The column of the numbers of a second topic, and that of its reasons.
const SECOND_NUMBER: usize = SECOND + 2;
const SECOND_REASON: usize = SECOND + 3;

/// The layer as a workbook. The first sheet has the columns of [`csv`](super::csv()), numbers as
/// numbers, and the reason in words beside its key; the second has the legend, source, licence,
/// year, division and version. The same layer gives the same bytes.
///
/// # Errors
/// When the writer refuses, which in memory it does not.
pub fn xlsx(layer: &PaintedLayer<'_>) -> Result<Vec<u8>, WorkbookError> {
    let mut book = Workbook::new(Cursor::new(Vec::new()));
    table(&mut book, layer)?;
    explanation(&mut book, layer, &legend(layer))?;
    Ok(book.finish()?.into_inner())
}

type Book = Workbook<Cursor<Vec<u8>>>;

fn table(book: &mut Book, layer: &PaintedLayer<'_>) -> Result<(), WorkbookError> {
    let name = format!("{} {}", layer.spec.level.plural(), layer.spec.year);
    let second = layer.pair.as_ref().map(|pair| Style::Decimals(pair.indicator.decimals));
    let mut widths =
        vec![12, 30, 11, 13, 24, 22, 7, 12, 12, 12, 10, 10, 20, 36, 7, 24, 22, 40, 12, 30, 12];
    let mut names = columns(layer);
    if second.is_some() {
        widths.splice(REASON + 2..REASON + 2, [22, 9, 12, 20, 36]);
        names.insert(SECOND_REASON + 1, SECOND_REASON_TEXT);
    }
    names.insert(REASON + 1, REASON_TEXT);
    widths.resize(names.len(), 14);
    book.begin(&Sheet { name: &name, widths: &widths, header: true, columns: widths.len() })?;
    let header: Vec<_> = names.into_iter().map(|name| (Cell::from(name), Style::Header)).collect();
    book.row(&header)?;
    let decimals = Style::Decimals(layer.indicator.decimals);
    let words = |reason: Option<Reason>| {
        let text = reason.map(|reason| reason.text().get(layer.spec.language).to_owned());
        (Cell::from(text), Style::Plain)
    };
    for (row, area) in rows(layer).zip(&layer.areas) {
        let style = |column| match second {
            _ if NUMBERS.contains(&column) => decimals,
            Some(decimals) if column == SECOND_NUMBER => decimals,
            _ => Style::Plain,
        };
        let mut cells: Vec<_> =
            row.into_iter().enumerate().map(|(column, cell)| (cell, style(column))).collect();
        if let Some(second) = area.second {
            cells.insert(SECOND_REASON + 1, words(second.reason()));
        }
        cells.insert(REASON + 1, words(area.value.reason()));
        book.row(&cells)?;
    }
    Ok(())
}

/// Where a second topic is told: behind the year of the first.
const SECOND_TOPIC: usize = 5;

/// The words of the second sheet.
struct Words {
    sheet: &'static str,
    fictional: &'static str,
    topic: &'static str,
    second: &'static str,
    meaning: &'static str,
    unit: &'static str,
    year: &'static str,
    since: &'static str,
    division: &'static str,
    level: &'static str,
    within: &'static str,
    method: &'static str,
    source: &'static str,
    licence: &'static str,
    borders: &'static str,
    files: &'static str,
    version: &'static str,
    note: &'static str,
    legend: [&'static str; 6],
    bounds: &'static str,
    reasons: &'static str,
    flags: &'static str,
    circles: &'static str,
}

const DUTCH: Words = Words {
    sheet: "Toelichting",
    fictional: "Fictieve gegevens: dit land bestaat niet",
    topic: "Onderwerp",
    second: "Tweede onderwerp",
    meaning: "Betekenis",
    unit: "Eenheid",
    year: "Jaar",
    since: "Sinds",
    division: "Indeling",
    level: "Niveau",
    within: "Binnen",
    method: "Indeling in klassen",
    source: "Bron",
    licence: "Licentie",
    borders: "Grenzen",
    files: "Bestanden",
    version: "Versie",
    note: "Opmerking",
    legend: ["Kleur", "Klasse", "Meer dan", "Tot en met", "Gebieden", "Inwoners"],
    bounds: "Grenzen van de klassen",
    reasons: "Zonder cijfer",
    flags: "Gemarkeerd",
    circles: "Een aantal wordt op de kaart met een cirkel getekend, nooit als gevuld gebied.",
};

const ENGLISH: Words = Words {
    sheet: "Explanation",
    fictional: "Fictional data: this country does not exist",
    topic: "Topic",
    second: "Second topic",
    meaning: "Meaning",
    unit: "Unit",
    year: "Year",
    since: "Since",
    division: "Division",
    level: "Level",
    within: "Within",
    method: "Classification",
    source: "Source",
    licence: "Licence",
    borders: "Borders",
    files: "Files",
    version: "Version",
    note: "Note",
    legend: ["Colour", "Class", "More than", "Up to", "Areas", "Residents"],
    bounds: "Bounds of the classes",
    reasons: "Without a figure",
    flags: "Marked",
    circles: "On the map a count is drawn as a circle, never as a filled area.",
};

fn explanation(
    book: &mut Book,
    layer: &PaintedLayer<'_>,
    legend: &LegendBody,
) -> Result<(), WorkbookError> {
    let language = layer.spec.language;
    let words = match language {
        Language::Nl => &DUTCH,
        Language::En => &ENGLISH,
    };
    let sheet =
        Sheet { name: words.sheet, widths: &[22, 60, 14, 14, 12, 14], header: false, columns: 6 };
    book.begin(&sheet)?;
    let say = |text: &Text| Cell::text(text.get(language).to_owned());
    book.row(&[(say(&legend.name), Style::Title)])?;
    if layer.atlas.fictional {
        book.row(&[(words.fictional.into(), Style::Header)])?;
    }
    book.row(&[])?;
    let files: Vec<_> = legend
        .files
        .iter()
        .map(|from| {
            let parts = [&from.file, &from.publisher, &from.delivery, &from.retrieved];
            let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            parts.into_iter().map(String::as_str).collect::<Vec<_>>().join(", ")
        })
        .collect();
    let said: [(&str, Cell<'_>); 16] = [
        (words.topic, say(&legend.name)),
        ("id", legend.indicator.as_str().into()),
        (words.meaning, say(&layer.indicator.description)),
        (words.unit, legend.unit.get(language).trim().into()),
        (words.year, legend.year.into()),
        (words.since, legend.begin.into()),
        (words.division, legend.vintage.into()),
        (words.level, legend.level.as_str().into()),
        (words.within, legend.within.as_deref().into()),
        (words.method, legend.method.into()),
        (words.source, say(&legend.source)),
        (words.licence, legend.licence.as_str().into()),
        (words.borders, legend.borders_source.as_deref().into()),
        (words.files, Cell::text(files.join("\n"))),
        (words.version, legend.version.as_str().into()),
        (words.note, legend.note.as_ref().map(|note| note.get(language)).into()),
    ];
    let mut said = said.to_vec();
    if let Some(pair) = &layer.pair {
        let year = pair.series.key.year.get();
        let second: [(&str, Cell<'_>); 5] = [
            (words.second, say(&pair.indicator.name)),
            ("met", pair.indicator.id.as_str().into()),
            (words.meaning, say(&pair.indicator.description)),
            (words.unit, pair.indicator.unit.get(language).trim().into()),
            (words.year, year.into()),
        ];
        said.splice(SECOND_TOPIC..SECOND_TOPIC, second);
    }
    for (name, cell) in said {
        let is_empty = match &cell {
            Cell::Empty => true,
            Cell::Text(text) => text.is_empty(),
            _ => false,
        };
        if !is_empty {
            book.row(&[(name.into(), Style::Header), (cell, Style::Wrapped)])?;
        }
    }
    book.row(&[])?;
    classes(book, layer, legend, words)?;
    let reasons = legend.reasons.iter().map(|entry| (&entry.name, entry.areas, entry.residents));
    others(book, words.reasons, language, reasons)?;
    let flags = legend.flags.iter().map(|entry| (&entry.name, entry.areas, entry.residents));
    others(book, words.flags, language, flags)?;
    for text in legend.flags.iter().filter_map(|entry| entry.explanation.as_ref()) {
        book.row(&[(Cell::Empty, Style::Plain), (say(text), Style::Wrapped)])?;
    }
    if layer.indicator.display == Display::Cirkel {
        book.row(&[(Cell::Empty, Style::Plain), (words.circles.into(), Style::Wrapped)])?;
    }
    Ok(())
}

/// The classes and how many areas each has; of two topics the cells, after the bounds of both.
fn classes(
    book: &mut Book,
    layer: &PaintedLayer<'_>,
    legend: &LegendBody,
    words: &Words,
) -> Result<(), WorkbookError> {
    let language = layer.spec.language;
    if let Some(pair) = &layer.pair {
        for (indicator, axis) in
            [(layer.indicator, pair.cells.y()), (pair.indicator, pair.cells.x())]
        {
            let mut row = vec![
                (Cell::from(words.bounds), Style::Header),
                (Cell::text(indicator.name.get(language).to_owned()), Style::Wrapped),
            ];
            row.extend(axis.breaks().iter().map(|bound| (Cell::from(*bound), Style::Plain)));
            book.row(&row)?;
        }
        book.row(&[])?;
    }
    book.row(&words.legend.map(|name| (Cell::from(name), Style::Header)))?;
    let mut entries: Vec<_> = legend.classes.iter().collect();
    if layer.pair.is_some() {
        entries.reverse();
    }
    for class in entries {
        let name = class.name.as_ref().map_or_else(
            || class.number.to_string(),
            |name| format!("{} {}", class.number, name.get(language)),
        );
        let colour = class.colour.parse::<Rgb>().map_or(Style::Plain, Style::Colour);
        book.row(&[
            (Cell::Empty, colour),
            (name.into(), Style::Plain),
            (class.lower.into(), Style::Plain),
            (class.upper.into(), Style::Plain),
            (count(u64::from(class.areas)), Style::Grouped),
            (class.residents.map_or(Cell::Empty, count), Style::Grouped),
        ])?;
    }
    Ok(())
}

fn others<'a>(
    book: &mut Book,
    heading: &'static str,
    language: Language,
    entries: impl Iterator<Item = (&'a Text, u32, Option<u64>)>,
) -> Result<(), WorkbookError> {
    let mut heading = Some(heading);
    for (name, areas, residents) in entries.filter(|(_, areas, _)| *areas > 0) {
        book.row(&[
            (heading.take().into(), Style::Header),
            (Cell::text(name.get(language).to_owned()), Style::Plain),
            (Cell::Empty, Style::Plain),
            (Cell::Empty, Style::Plain),
            (count(u64::from(areas)), Style::Grouped),
            (residents.map_or(Cell::Empty, count), Style::Grouped),
        ])?;
    }
    Ok(())
}

fn count(number: u64) -> Cell<'static> {
    Cell::Whole(i64::try_from(number).unwrap_or(i64::MAX))
}
