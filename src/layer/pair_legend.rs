//! The legend of two topics on one map: two axes, nine cells, and what has no cell and why.

use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    area::Text,
    indicator::{Indicator, Language},
    scale::Axis,
};

use super::{
    Cover, FlagEntry, LegendBody, PaintedLayer, Pair, ReasonEntry, SourceFile,
    cell_name::{areas, axis_names, corner},
    format_number, legend,
    pair::row_and_column,
};

/// One of the two topics.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct AxisEntry {
    /// The indicator's id.
    #[schema(value_type = String)]
    pub indicator: SmolStr,
    /// Its name.
    #[serde(rename = "naam")]
    pub name: Text,
    /// The unit of its numbers and bounds.
    #[serde(rename = "eenheid")]
    pub unit: Text,
    /// How many decimals are shown.
    #[serde(rename = "decimalen")]
    pub decimals: u8,
    /// The year that a change is counted from.
    #[serde(rename = "sinds")]
    pub begin: Option<u16>,
    /// The year of its figures.
    #[serde(rename = "jaar")]
    pub year: u16,
    /// The bounds between its classes, ascending: two, or fewer where many numbers are the same. A
    /// number on a bound belongs to the lower numbers.
    #[serde(rename = "grenzen")]
    pub bounds: Vec<f64>,
    /// Whether the first class is that of the highest numbers.
    #[serde(rename = "omgekeerd")]
    pub is_reversed: bool,
    /// What its three classes are called, the first class first.
    #[serde(rename = "klassen")]
    pub classes: Vec<Text>,
}

/// A cell: a class of the one and a class of the other.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CellEntry {
    /// Its number, 1 to 9, row by row.
    #[serde(rename = "klasse")]
    pub number: u8,
    /// The class of the topic itself, from 1.
    #[serde(rename = "rij")]
    pub row: u8,
    /// The class of the second topic, from 1.
    #[serde(rename = "kolom")]
    pub column: u8,
    /// Its colour, `#rrggbb`.
    #[serde(rename = "kleur")]
    pub colour: String,
    /// What it means.
    #[serde(rename = "naam")]
    pub name: Text,
    /// How many areas.
    #[serde(rename = "gebieden")]
    pub areas: u32,
    /// Of these, areas with a mark, which take no part in comparisons.
    #[serde(rename = "gemarkeerd")]
    pub marked: u32,
    /// How many residents; `null` where the atlas has none for the division.
    #[serde(rename = "inwoners")]
    pub residents: Option<u64>,
}

/// The legend of a layer of two topics.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PairLegend {
    /// The id of the topic itself, that of the rows.
    #[schema(value_type = String)]
    pub indicator: SmolStr,
    /// The id of the second topic, that of the columns.
    #[serde(rename = "met")]
    #[schema(value_type = String)]
    pub second: SmolStr,
    /// The year of the figures of the rows.
    #[serde(rename = "jaar")]
    pub year: u16,
    /// The year of the figures of the columns: the same, else the nearest within three.
    #[serde(rename = "metJaar")]
    pub second_year: u16,
    /// The level.
    #[serde(rename = "niveau")]
    pub level: String,
    /// The division that is drawn.
    #[serde(rename = "indeling")]
    pub vintage: u16,
    /// The gemeente, wijk or selection that the layer is limited to.
    #[serde(rename = "binnen")]
    pub within: Option<String>,
    /// How the classes were made: always `kwantielen`.
    #[serde(rename = "methode")]
    pub method: &'static str,
    /// The topic itself.
    #[serde(rename = "rijen")]
    pub rows: AxisEntry,
    /// The second topic.
    #[serde(rename = "kolommen")]
    pub columns: AxisEntry,
    /// The nine cells, by number.
    #[serde(rename = "cellen")]
    pub cells: Vec<CellEntry>,
    /// The reasons that occur: that of the topic itself, else that of the second.
    #[serde(rename = "redenen")]
    pub reasons: Vec<ReasonEntry>,
    /// The marks that occur.
    #[serde(rename = "vlaggen")]
    pub flags: Vec<FlagEntry>,
    /// How many areas and residents have both numbers.
    #[serde(rename = "dekking")]
    pub cover: Cover,
    /// How many areas are in the last cell, in a sentence.
    #[serde(rename = "zin")]
    pub sentence: Text,
    /// Why it says little that both go together, where one is made of the other.
    #[serde(rename = "letOp")]
    pub warning: Option<Text>,
    /// Who publishes the figures of both.
    #[serde(rename = "bron")]
    pub source: Text,
    /// The licence of the figures of both.
    #[serde(rename = "licentie")]
    #[schema(value_type = String)]
    pub licence: SmolStr,
    /// Who publishes the borders.
    #[serde(rename = "bronGrenzen")]
    pub borders_source: Option<String>,
    /// The files that the figures and the borders come from.
    #[serde(rename = "bestanden")]
    pub files: Vec<SourceFile>,
    /// What belongs beside every map of either.
    #[serde(rename = "opmerking")]
    pub note: Option<Text>,
    /// The version of the atlas.
    #[serde(rename = "versie")]
    pub version: String,
    /// Whether the country is invented.
    #[serde(rename = "fictief")]
    pub fictional: bool,
}

/// The legend of a layer of one topic or of two.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum AnyLegend {
    /// Of one topic.
    One(Box<LegendBody>),
    /// Of two, with `met=`.
    Pair(Box<PairLegend>),
}

/// The legend of a painted layer: counts are of the areas within its limits.
pub fn any_legend(layer: &PaintedLayer<'_>) -> AnyLegend {
    let legend = legend(layer);
    match &layer.pair {
        Some(pair) => AnyLegend::Pair(Box::new(pair_legend(layer, pair, legend))),
        None => AnyLegend::One(Box::new(legend)),
    }
}

/// What `legend` counts of the cells, told with the axes they are made of.
pub(super) fn pair_legend(
    layer: &PaintedLayer<'_>,
    pair: &Pair<'_>,
    legend: LegendBody,
) -> PairLegend {
    let cells: Vec<_> = legend
        .classes
        .into_iter()
        .rev()
        .enumerate()
        .map(|(at, class)| {
            let (row, column) = row_and_column(at);
            // Below three.
            let number = |at: usize| u8::try_from(at + 1).unwrap_or(u8::MAX);
            CellEntry {
                number: class.number,
                row: number(row),
                column: number(column),
                colour: class.colour,
                name: class.name.unwrap_or(Text { nl: String::new(), en: String::new() }),
                areas: class.areas,
                marked: class.marked,
                residents: class.residents,
            }
        })
        .collect();
    let begin = pair.series.key.begin.map(crate::area::Year::get);
    let year = pair.series.key.year.get();
    PairLegend {
        indicator: legend.indicator,
        second: pair.indicator.id.clone(),
        year: legend.year,
        second_year: year,
        level: legend.level,
        vintage: legend.vintage,
        within: legend.within,
        method: legend.method,
        rows: axis(layer.indicator, pair.cells.y(), legend.begin, legend.year),
        columns: axis(pair.indicator, pair.cells.x(), begin, year),
        sentence: sentence(layer, pair, cells.last()),
        cells,
        reasons: legend.reasons,
        flags: legend.flags,
        cover: legend.cover,
        warning: layer.atlas.catalogue.overlap_text(layer.indicator, pair.indicator),
        source: legend.source,
        licence: legend.licence,
        borders_source: legend.borders_source,
        files: legend.files,
        note: legend.note,
        version: legend.version,
        fictional: legend.fictional,
    }
}

fn axis(indicator: &Indicator, axis: &Axis, begin: Option<u16>, year: u16) -> AxisEntry {
    AxisEntry {
        indicator: indicator.id.clone(),
        name: indicator.name.clone(),
        unit: indicator.unit.clone(),
        decimals: indicator.decimals,
        begin,
        year,
        bounds: axis.breaks().to_vec(),
        is_reversed: axis.is_reversed(),
        classes: axis_names(axis).into(),
    }
}

/// "63 buurten: leefbaarheid laag én aandeel huurwoningen hoog (12.345 inwoners)".
fn sentence(layer: &PaintedLayer<'_>, pair: &Pair<'_>, last: Option<&CellEntry>) -> Text {
    let (count, residents) = last.map_or((0, None), |cell| (cell.areas, cell.residents));
    let words = areas(&layer.spec.level, count);
    let corner = corner(layer.indicator, pair.indicator, &pair.cells);
    let say = |language: Language, many: &str, what: &str, people: &str| {
        let number = |number: u64| format_number(number as f64, 0, language);
        let people = residents.map(|sum| format!(" ({} {people})", number(sum)));
        format!("{} {many}: {what}{}", number(count.into()), people.unwrap_or_default())
    };
    Text {
        nl: say(Language::Nl, &words.nl, &corner.nl, "inwoners"),
        en: say(Language::En, &words.en, &corner.en, "residents"),
    }
}
