//! What is said of figures that were read on another division than their own.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    area::{Level, Text},
    atlas::{Converted, Way},
    indicator::Language,
};

use super::{PaintedLayer, format_number};

/// How many areas a figure came to in one way.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct WayEntry {
    /// The way.
    #[serde(rename = "wijze")]
    pub way: Way,
    /// What it is.
    #[serde(rename = "naam")]
    pub name: Text,
    /// Whether these figures are estimates.
    #[serde(rename = "geschat")]
    pub is_estimate: bool,
    /// How many areas with a figure.
    #[serde(rename = "gebieden")]
    pub areas: u32,
}

/// How the figures of a layer came from the division that they were delivered on.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ConversionEntry {
    /// The division that they were delivered on.
    #[serde(rename = "van")]
    pub from: u16,
    /// The division that they are read on.
    #[serde(rename = "naar")]
    pub to: u16,
    /// The ways that occur, the surest first.
    #[serde(rename = "wijzen")]
    pub ways: Vec<WayEntry>,
    /// How many areas have an estimate.
    #[serde(rename = "geschat")]
    pub estimated: u32,
    /// Of the estimates, the least part of an area that comes from areas with a figure, from 0 to
    /// 1; `null` without estimates.
    #[serde(rename = "gedekt")]
    pub least_covered: Option<f64>,
    /// The same in a sentence.
    #[serde(rename = "zin")]
    pub sentence: Text,
}

/// What is said of the figure of an area, in rows of tables and features.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Origin {
    /// How it came there.
    pub way: Way,
    /// The part of the area that comes from areas with a figure, from 0 to 1, in thousandths.
    pub covered: f64,
}

/// How the figure of an area came there; `None` where it has none, or the layer is not converted.
pub(super) fn origin(converted: Option<&Converted>, ordinal: usize) -> Option<Origin> {
    let converted = converted?;
    let covered = (converted.covered(ordinal) * 1000.0).round() / 1000.0;
    Some(Origin { way: converted.way(ordinal)?, covered })
}

/// How the figures of a layer came from the division that they were delivered on; `None` where
/// they are shown on their own.
pub fn conversion(layer: &PaintedLayer<'_>) -> Option<ConversionEntry> {
    let converted = layer.series.column.converted()?;
    let (from, to) = (converted.from.get(), layer.series.key.vintage.get());
    let counted =
        layer.areas.iter().filter(|area| !layer.is_water(area) && area.value.number().is_some());
    let mut counts = [0u32; Way::ALL.len()];
    let mut least: Option<f64> = None;
    for area in counted {
        let Some(origin) = origin(Some(converted), area.ordinal) else { continue };
        counts[origin.way as usize] += 1;
        if origin.way.is_estimate() {
            least = Some(least.map_or(origin.covered, |least| least.min(origin.covered)));
        }
    }
    let ways: Vec<_> = Way::ALL
        .into_iter()
        .zip(counts)
        .filter(|(_, areas)| *areas > 0)
        .map(|(way, areas)| WayEntry {
            way,
            name: way.text(),
            is_estimate: way.is_estimate(),
            areas,
        })
        .collect();
    let estimated = ways.iter().filter(|one| one.is_estimate).map(|one| one.areas).sum();
    let sentence = Text {
        nl: said(&ways, Language::Nl, &layer.series.key.level, [from, to]),
        en: said(&ways, Language::En, &layer.series.key.level, [from, to]),
    };
    Some(ConversionEntry { from, to, ways, estimated, least_covered: least, sentence })
}

fn said(ways: &[WayEntry], language: Language, level: &Level, [from, to]: [u16; 2]) -> String {
    let parts: Vec<_> = ways
        .iter()
        .map(|one| {
            let count = format_number(one.areas.into(), 0, language);
            format!("{count} {}", one.name.get(language))
        })
        .collect();
    let begin = match (language, level) {
        (Language::Nl, Level::Own(_)) => {
            format!("Cijfers van de buurten van {from}, gelezen op {}", level.many()[0])
        }
        (Language::En, Level::Own(_)) => {
            format!("Figures of the neighbourhoods of {from}, read on {}", level.many()[1])
        }
        (Language::Nl, _) => {
            format!("Cijfers van de indeling van {from}, gelezen op die van {to}")
        }
        (Language::En, _) => {
            format!("Figures of the division of {from}, read on that of {to}")
        }
    };
    if parts.is_empty() { format!("{begin}.") } else { format!("{begin}: {}.", parts.join("; ")) }
}
