//! What an atlas holds, and what is wrong with it.

mod figures;
mod finding;
mod nesting;
mod series;
mod transition;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    area::{AreaCode, Flag, Level, Vintage},
    indicator::{Catalogue, SeriesKey, Value},
};

use super::{Contents, Source, StoredSeries};

pub use finding::{Finding, FindingKind};
pub use series::SeriesInspection;
pub use transition::{AreaChange, Count, Part, Transition};

/// The indicator that counts residents.
const RESIDENTS: &str = "inwoners";

/// What an atlas holds, and what is wrong with it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Inspection {
    /// The version of the contents.
    #[serde(rename = "versie")]
    pub version: String,
    /// Whether this is an invented country.
    #[serde(rename = "fictief")]
    pub fictional: bool,
    /// Whether coordinates are brought over with the official grid, within 2 mm; else by the
    /// formulas alone, within 0.25 m.
    #[serde(rename = "rdGrid")]
    pub has_grid: bool,
    /// The areas, by division and level.
    #[serde(rename = "vlakken")]
    pub coverages: Vec<CoverageInspection>,
    /// The values, by indicator, year, division and level.
    #[serde(rename = "reeksen")]
    pub series: Vec<SeriesInspection>,
    /// The addresses, by division.
    #[serde(rename = "adressen")]
    pub addresses: Vec<AddressInspection>,
    /// How many codes replaced others, by division and level.
    #[serde(rename = "hercoderingen")]
    pub recodes: Vec<RecodeInspection>,
    /// What became of the areas of each division in the next, level by level.
    #[serde(rename = "overgangen")]
    pub transitions: Vec<Transition>,
    /// What is wrong, or wants knowing.
    #[serde(rename = "bevindingen")]
    pub findings: Vec<Finding>,
    /// The sources.
    #[serde(rename = "bronnen")]
    pub sources: Vec<Source>,
}

/// The areas of one division and level.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageInspection {
    /// The division.
    #[serde(rename = "indeling")]
    pub vintage: Vintage,
    /// The level.
    #[serde(rename = "niveau")]
    pub level: Level,
    /// How many areas.
    #[serde(rename = "gebieden")]
    pub areas: usize,
    /// How many of them are water.
    pub water: usize,
    /// In how many gemeenten they lie.
    pub gemeenten: usize,
    /// How many vertices.
    #[serde(rename = "hoekpunten")]
    pub vertices: usize,
    /// How many shapes were repaired at import.
    #[serde(rename = "hersteld")]
    pub repaired: usize,
    /// The file of the shapes.
    #[serde(rename = "bestand")]
    pub file: String,
}

/// The addresses of one division.
#[derive(Clone, Debug, Serialize)]
pub struct AddressInspection {
    /// The division.
    #[serde(rename = "indeling")]
    pub vintage: Vintage,
    /// How many postcodes.
    pub postcodes: usize,
    /// How many of them lie in several buurten.
    #[serde(rename = "inMeerBuurten")]
    pub split: usize,
    /// How many postcodes and house numbers.
    #[serde(rename = "adressen")]
    pub addresses: usize,
}

/// Codes that replaced others.
#[derive(Clone, Debug, Serialize)]
pub struct RecodeInspection {
    /// The division of the new codes.
    #[serde(rename = "indeling")]
    pub vintage: Vintage,
    /// The level.
    #[serde(rename = "niveau")]
    pub level: Level,
    /// How many.
    #[serde(rename = "aantal")]
    pub count: usize,
}

impl Inspection {
    /// Inspects contents. Cost: a few passes over everything, and n log n in the edges of each two
    /// successive divisions of a level; nothing is changed.
    pub fn of(mut contents: Contents, catalogue: &Catalogue) -> Self {
        let version = contents.version();
        let floating = contents.divisions_of_floating();
        contents.settle();
        let mut findings = Vec::new();
        nesting::inspect(&contents, &mut findings);
        figures::inspect(&contents, catalogue, &mut findings);
        let series = series::inspect(&contents, catalogue, &floating, &mut findings);
        let coverages = contents.areas.iter().map(|((vintage, level), areas)| {
            let gemeenten: std::collections::BTreeSet<_> =
                areas.areas.iter().filter_map(|area| area.code.gemeente()).collect();
            CoverageInspection {
                vintage: *vintage,
                level: level.clone(),
                areas: areas.areas.len(),
                water: areas.areas.iter().filter(|area| area.flags.contains(&Flag::Water)).count(),
                gemeenten: gemeenten.len(),
                vertices: areas.vertices(),
                repaired: areas.areas.iter().filter(|area| !area.repaired.is_empty()).count(),
                file: contents
                    .sources
                    .get(&areas.source)
                    .map_or_else(String::new, |source| source.provenance.file.clone()),
            }
        });
        let coverages = coverages.collect();
        let addresses = contents
            .addresses
            .iter()
            .map(|(vintage, stored)| {
                let mut per_postcode: BTreeMap<u32, Vec<AreaCode>> = BTreeMap::new();
                let mut addresses = 0;
                for entry in stored.table.entries() {
                    addresses += 1;
                    let codes = per_postcode.entry(entry.postcode.number()).or_default();
                    if !codes.contains(&entry.buurt) {
                        codes.push(entry.buurt);
                    }
                }
                AddressInspection {
                    vintage: *vintage,
                    postcodes: stored.table.len(),
                    split: per_postcode.values().filter(|codes| codes.len() > 1).count(),
                    addresses,
                }
            })
            .collect();
        let recodes = contents
            .recodes
            .iter()
            .map(|((vintage, level), pairs)| RecodeInspection {
                vintage: *vintage,
                level: level.clone(),
                count: pairs.len(),
            })
            .collect();
        let transitions = transition::inspect(&contents, &mut findings);
        for source in contents.sources.values() {
            if source.provenance.licence == "niet vermeld" {
                let file = &source.provenance.file;
                findings.push(Finding::new(
                    FindingKind::Licence,
                    format!(
                        "{file}: its publisher states no licence; ask before showing it to others"
                    ),
                ));
            }
        }
        Self {
            version,
            fictional: contents.fictional,
            has_grid: contents.grid.is_some(),
            coverages,
            series,
            addresses,
            recodes,
            transitions,
            findings,
            sources: contents.sources.into_values().collect(),
        }
    }
}

impl Contents {
    /// The numbers of residents of a division and level: of its own year, else of the nearest
    /// within three.
    fn residents(&self, vintage: Vintage, level: &Level) -> Option<&StoredSeries> {
        let distance = |key: &SeriesKey| key.year.get().abs_diff(vintage.get());
        self.series
            .iter()
            .filter(|(key, _)| {
                key.indicator == RESIDENTS && key.vintage == vintage && key.level == *level
            })
            .filter(|(key, _)| distance(key) <= 3)
            .min_by_key(|(key, _)| distance(key))
            .map(|(_, values)| values)
    }
}

/// The number of an area in a series, which is ordered by code.
fn number(values: &StoredSeries, code: &AreaCode) -> Option<f64> {
    let at = values.binary_search_by(|value| value.code.cmp(code)).ok()?;
    values.get(at).and_then(|value| match value.value {
        Value::Number(number) => Some(number),
        Value::Missing(_) => None,
    })
}
