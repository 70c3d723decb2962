//! What the classes of two topics on one map are called, and the cells that they make.

use crate::{
    area::{Level, Text},
    indicator::{Indicator, Kind},
    scale::{Axis, Bivariate, PAIR_CLASSES},
};

/// The names of the classes of an axis, the first class first.
pub(super) fn axis_names(axis: &Axis) -> [Text; PAIR_CLASSES] {
    let mut names = [("laag", "low"), ("midden", "middle"), ("hoog", "high")];
    if axis.is_reversed() {
        names.reverse();
    }
    names.map(|(nl, en)| Text { nl: nl.into(), en: en.into() })
}

/// What a topic is called before "high" or "low": a share of people is not high, their share is.
pub(super) fn quantity(indicator: &Indicator) -> Text {
    let of = |name: &str, share: &str| {
        // What stands between brackets at the end is told beside the axis.
        let short = name.rsplit_once(" (").filter(|(_, rest)| rest.ends_with(')'));
        let name = uncapitalised(short.map_or(name, |(name, _)| name));
        match indicator.kind {
            Kind::Aandeel => format!("{share} {name}"),
            _ => name,
        }
    };
    Text { nl: of(&indicator.name.nl, "aandeel"), en: of(&indicator.name.en, "share of") }
}

/// The names of the cells, row by row: "leefbaarheid laag, aandeel koopwoningen midden".
pub(super) fn cell_names(first: &Indicator, second: &Indicator, cells: &Bivariate) -> Vec<Text> {
    let rows = axis_names(cells.y());
    let columns = axis_names(cells.x());
    rows.iter()
        .flat_map(|row| columns.iter().map(|column| said(first, row, second, column, ", ", ", ")))
        .collect()
}

/// What the last cell is, where both are less favourable: "leefbaarheid laag én aandeel
/// koopwoningen laag".
pub(super) fn corner(first: &Indicator, second: &Indicator, cells: &Bivariate) -> Text {
    let [.., row] = axis_names(cells.y());
    let [.., column] = axis_names(cells.x());
    said(first, &row, second, &column, " én ", " and ")
}

fn said(
    first: &Indicator,
    row: &Text,
    second: &Indicator,
    column: &Text,
    nl: &str,
    en: &str,
) -> Text {
    let (one, other) = (quantity(first), quantity(second));
    Text {
        nl: format!("{} {}{nl}{} {}", one.nl, row.nl, other.nl, column.nl),
        en: format!("{} {}{en}{} {}", one.en, row.en, other.en, column.en),
    }
}

/// So many areas of a level, in words.
pub(super) fn areas(level: &Level, count: u32) -> Text {
    let [nl, en] = if count == 1 { level.one() } else { level.many() };
    Text { nl: nl.to_owned(), en: en.to_owned() }
}

/// A text at the beginning of a sentence.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// A name in the middle of a sentence; one that begins with an abbreviation keeps its capitals.
pub(super) fn uncapitalised(name: &str) -> String {
    let mut characters = name.chars();
    let Some(first) = characters.next() else { return String::new() };
    let is_word = characters.clone().next().is_some_and(char::is_lowercase);
    if is_word { first.to_lowercase().chain(characters).collect() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use crate::{geodata, scale::Method};

    use super::*;

    #[test]
    fn the_corner_says_what_is_high_and_what_is_low() {
        let catalogue = geodata::catalogue().expect("a sound catalogue");
        let get = |id: &str| catalogue.get(id).expect("in the catalogue");
        let pairs: Vec<_> = (0..9).map(|i| (f64::from(i), f64::from(i))).collect();
        let cells = Bivariate::new(Method::Kwantielen, &pairs, 3).expect("pairs");
        let cells = cells.reversing(false, true);
        let (score, income) = (get("leefbaarheid"), get("laagste-inkomens"));
        let names = cell_names(score, income, &cells);
        assert_eq!(names[0].nl, "leefbaarheid hoog, aandeel personen met een laag inkomen laag");
        assert_eq!(names[5].en, "liveability middle, share of people with a low income high");
        assert_eq!(
            corner(score, income, &cells).nl,
            "leefbaarheid laag én aandeel personen met een laag inkomen hoog"
        );
        assert_eq!(uncapitalised("SES-WOA"), "SES-WOA");
        assert_eq!(uncapitalised("65-plussers"), "65-plussers");
    }
}
