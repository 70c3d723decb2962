//! A fictional country, made from a recipe: to try things out on, and to test with.
//!
//! It yields what the readers of real files yield, so that it takes the same road into an atlas:
//! two divisions of an invented island, with figures of every kind and reasons of every kind.
//! Nothing in it is about a real place, and all of it is CC0 1.0.

mod addresses;
mod borders;
mod chance;
mod changes;
mod division;
mod figures;
mod growth;
mod initiatives;
mod landscape;
mod liveability;
mod mesh;
mod names;
mod people;
mod recipe;
mod scores;
mod settlement;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    area::{AreaCode, Flag, Level, Vintage, Year},
    indicator::Series,
    source::{AreaRecord, AreaTable, Delivery, Origin, Provenance, TableNote},
};

pub use initiatives::stories;
pub use liveability::Story;
pub use recipe::{Recipe, RecipeError};

use borders::Borders;
use division::Division;
use landscape::Landscape;
use liveability::Liveability;
use mesh::Mesh;
use people::People;

/// The years of the two divisions.
const DIVISIONS: [u16; 2] = [2018, 2024];

/// A buurt of the newest division in whose scores a story was planted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planted {
    /// Its code.
    pub code: AreaCode,
    /// What its scores tell.
    pub story: Story,
}

/// A fictional country and what is known to be in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Country {
    /// One delivery a division, the older one first.
    pub deliveries: Vec<Delivery>,
    /// What was planted in the scores, by code.
    pub planted: Vec<Planted>,
}

/// Everything of the fictional country, as the readers of files would deliver it: one delivery a
/// division, the older one first. Equal recipes give equal deliveries on every machine.
pub fn deliveries(recipe: &Recipe) -> Vec<Delivery> {
    country(recipe).deliveries
}

/// Makes the fictional country of a recipe.
pub fn country(recipe: &Recipe) -> Country {
    let seed = recipe.seed;
    let merged = recipe.size().div_ceil(12);
    let land = Landscape::new(seed, recipe.size() + merged);
    let mut mesh = Mesh::new(seed, &land);
    let old = settlement::settle(seed, &land, &mesh, recipe.size() + merged, DIVISIONS[0]);
    let new = changes::later(seed, &mesh, &old, merged, DIVISIONS[1]);
    borders::pinch_some(seed, &mut mesh, &[&old, &new]);
    let borders = Borders::new(seed, &mesh, &[&old, &new]);
    let people = People::new(seed, &land, &mesh, &new);
    let scores = Liveability::new(seed, &land, &new, &people);
    let addresses = addresses::tables(seed, &people, &new, &[&old, &new]);
    let deliveries = [&old, &new]
        .into_iter()
        .zip(addresses)
        .map(|(division, addresses)| {
            let codes = Level::CBS.map(|level| (level.clone(), division.codes(&level)));
            let mut series = figures::series(seed, &people, &new, division, &codes);
            series.extend(if division.year == new.year {
                scores::version_3(&scores, &people, &new, &codes)
            } else {
                scores::version_2(&scores, &people, &new, division, &codes)
            });
            for one in &mut series {
                one.values.sort_by(|a, b| a.0.cmp(&b.0));
            }
            series.sort_by(|a, b| a.key.cmp(&b.key));
            let of_division = (vintage(division.year), addresses);
            let rest = delivery(recipe, &borders, division, series);
            Delivery { addresses: vec![of_division], ..rest }
        })
        .collect();
    let codes = new.codes(&Level::Buurt);
    let mut planted: Vec<Planted> = scores
        .stories
        .iter()
        .map(|&(buurt, story)| Planted { code: codes[buurt].clone(), story })
        .collect();
    planted.sort();
    Country { deliveries, planted }
}

fn delivery(
    recipe: &Recipe,
    borders: &Borders<'_>,
    division: &Division,
    series: Vec<Series>,
) -> Delivery {
    let (checksum, size) = recipe.checksum(division.year);
    let tables: Vec<AreaTable> =
        Level::CBS.into_iter().map(|level| table(borders, division, level)).collect();
    let notes = tables.iter().map(|table| note(table, &series)).collect();
    let provenance = Provenance {
        file: "demo".to_owned(),
        checksum,
        size,
        publisher: "wijkzicht (fictief)".to_owned(),
        licence: "CC0 1.0".to_owned(),
        delivery: String::new(),
        dialect: "demo".to_owned(),
    };
    Delivery { tables, series, notes, ..Delivery::of(provenance) }
}

/// What a reader would say of one level.
fn note(table: &AreaTable, series: &[Series]) -> TableNote {
    let own = || series.iter().filter(|series| series.key.level == table.level);
    let mut missing = BTreeMap::new();
    let mut numbers = 0;
    for (_, value) in own().flat_map(|series| &series.values) {
        match value.reason() {
            Some(reason) => *missing.entry(reason).or_insert(0) += 1,
            None => numbers += 1,
        }
    }
    let years: BTreeSet<Year> = own().map(|series| series.key.year).collect();
    TableNote {
        table: table.level.plural().to_owned(),
        level: table.level.clone(),
        level_from: Origin::Metadata,
        vintage: table.vintage,
        vintage_from: Origin::Metadata,
        years: years.into_iter().collect(),
        years_from: Origin::Metadata,
        records: table.areas.len() as u64,
        shapes: table.areas.len() as u64,
        numbers,
        addresses: 0,
        missing,
        ignored_columns: Vec::new(),
        skipped: Vec::new(),
        skipped_count: 0,
        repaired_names: 0,
    }
}

fn table(borders: &Borders<'_>, division: &Division, level: Level) -> AreaTable {
    let codes = division.codes(&level);
    let shapes = borders.shapes(&division.cells_at(&level), codes.len());
    let mut areas: Vec<AreaRecord> = codes
        .into_iter()
        .zip(shapes)
        .enumerate()
        .map(|(area, (code, shape))| {
            let gemeente = division.gemeente_at(&level, area);
            let mut flags = Vec::new();
            if division.is_water(&level, area) {
                flags.push(Flag::Water);
            }
            AreaRecord {
                code,
                name: division.name(&level, area).to_owned(),
                gemeente: Some(division.gemeenten[gemeente].name.clone()),
                flags,
                shape,
                record: 0,
            }
        })
        .collect();
    areas.sort_by(|a, b| a.code.cmp(&b.code));
    for (record, area) in (1..).zip(&mut areas) {
        area.record = record;
    }
    AreaTable { vintage: vintage(division.year), level, areas }
}

fn vintage(year: u16) -> Vintage {
    Vintage::new(year).expect("the demo's years lie between 1900 and 2100")
}
