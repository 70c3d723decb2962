//! A fictional country, made from a recipe: to try things out on, and to test with.
//!
//! It yields what the readers of real files yield, so that it takes the same road into an atlas:
//! two divisions of an invented island, with figures of every kind and reasons of every kind.
//! Nothing in it is about a real place, and all of it is CC0 1.0.

mod borders;
mod chance;
mod changes;
mod division;
mod growth;
mod landscape;
mod mesh;
mod names;
mod recipe;
mod settlement;

use crate::{
    area::{Flag, Level, Vintage},
    source::{AreaRecord, AreaTable, Delivery, Provenance},
};

pub use recipe::{Recipe, RecipeError};

use borders::Borders;
use division::Division;

/// The years of the two divisions.
const DIVISIONS: [u16; 2] = [2018, 2024];

/// Everything of the fictional country, as the readers of files would deliver it: one delivery a
/// division, the older one first. Equal recipes give equal deliveries on every machine.
pub fn deliveries(recipe: &Recipe) -> Vec<Delivery> {
    let seed = recipe.seed;
    let merged = recipe.size().div_ceil(12);
    let land = landscape::Landscape::new(seed, recipe.size() + merged);
    let mut mesh = mesh::Mesh::new(seed, &land);
    let old = settlement::settle(seed, &land, &mesh, recipe.size() + merged, DIVISIONS[0]);
    let new = changes::later(seed, &mesh, &old, merged, DIVISIONS[1]);
    borders::pinch_some(seed, &mut mesh, &[&old, &new]);
    let borders = Borders::new(seed, &mesh, &[&old, &new]);
    [&old, &new].into_iter().map(|division| delivery(recipe, &borders, division)).collect()
}

fn delivery(recipe: &Recipe, borders: &Borders<'_>, division: &Division) -> Delivery {
    let (checksum, size) = recipe.checksum(division.year);
    Delivery {
        provenance: Provenance {
            file: "demo".to_owned(),
            checksum,
            size,
            publisher: "wijkzicht (fictief)".to_owned(),
            licence: "CC0 1.0".to_owned(),
            delivery: String::new(),
            dialect: "demo".to_owned(),
        },
        tables: Level::CBS.into_iter().map(|level| table(borders, division, level)).collect(),
        series: Vec::new(),
        notes: Vec::new(),
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
            let water = division.is_water(&level, area);
            AreaRecord {
                code,
                name: division.name(&level, area).to_owned(),
                gemeente: Some(division.gemeenten[gemeente].name.clone()),
                flags: if water { vec![Flag::Water] } else { Vec::new() },
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
