//! What follows from the delivered columns: their precision, and columns that are computed.

mod above;
mod cluster;
mod location_quotient;
mod stacking;
mod typology;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rayon::prelude::*;
use smol_str::SmolStr;

use crate::{
    area::Year,
    indicator::{Catalogue, Indicator, Recipe, SeriesKey},
};

use super::{Atlas, Available, Column};

/// Columns that were computed, each with what it is about.
type Made = Vec<(SeriesKey, Column)>;

/// Finds the precision of every column and adds the quotients. A series that was delivered is
/// never replaced by a computed one.
pub(super) fn complete(columns: &mut BTreeMap<SeriesKey, Column>, catalogue: &Catalogue) {
    let beside = |key: &SeriesKey, indicator: &SmolStr| SeriesKey {
        indicator: indicator.clone(),
        ..key.clone()
    };
    // Counts stand in the denominator of shares: their own precision first.
    let keys: Vec<_> = columns.keys().cloned().collect();
    for shares in [false, true] {
        for key in &keys {
            let Some(indicator) = catalogue.get(&key.indicator) else { continue };
            if indicator.denominator.is_some() != shares {
                continue;
            }
            let Some(mut column) = columns.remove(key) else { continue };
            let denominator = indicator.denominator.as_ref().map(|of| beside(key, of));
            column.find_precision(indicator, denominator.and_then(|of| columns.get(&of)));
            columns.insert(key.clone(), column);
        }
    }
    for indicator in catalogue.iter() {
        let Some(Recipe::Quotient(recipe)) = &indicator.derived else { continue };
        for key in keys.iter().filter(|key| key.indicator == recipe.numerator) {
            let own = beside(key, &indicator.id);
            if columns.contains_key(&own) {
                continue;
            }
            let (Some(part), Some(whole)) =
                (columns.get(key), columns.get(&beside(key, &recipe.denominator)))
            else {
                continue;
            };
            let column = Column::quotient(recipe, part, whole);
            columns.insert(own, column);
        }
    }
}

/// Adds what is computed of whole levels: it wants to know which areas are compared. A series that
/// was delivered is never replaced by a computed one. Cost: some passes over each column that is
/// used; clusters are computed when they are first asked for.
pub(super) fn add(atlas: &mut Atlas) {
    let recipes: Vec<_> = atlas
        .catalogue
        .iter()
        .filter_map(|indicator| Some((indicator, indicator.derived.as_ref()?)))
        .collect();
    let of_recipe = |(indicator, recipe): &(&Indicator, &Recipe)| match recipe {
        Recipe::Quotient(_) => Made::new(),
        Recipe::LocationQuotient(rule) => location_quotient::columns(atlas, indicator, rule),
        Recipe::Cluster(rule) => cluster::columns(atlas, indicator, rule),
        Recipe::Stacking(rule) => stacking::columns(atlas, indicator, rule),
        Recipe::Typology(rule) => typology::columns(atlas, indicator, rule),
        Recipe::Above(rule) => above::columns(atlas, indicator, rule),
    };
    let made: Vec<Made> = recipes.par_iter().map(of_recipe).collect();
    for (key, column) in made.into_iter().flatten() {
        if !column.is_ready() {
            atlas.awaited.insert(key.indicator.clone());
        }
        atlas.columns.entry(key).or_insert(column);
    }
}

/// What a series of `indicator` is about that is computed of another.
fn key_of(indicator: &Indicator, series: &Available<'_>) -> SeriesKey {
    SeriesKey { indicator: indicator.id.clone(), ..series.key.clone() }
}

/// The years of a figure with numbers on every division and level, no changes, ascending.
fn by_division<'a>(atlas: &'a Atlas, of: &'a str) -> Vec<Vec<Available<'a>>> {
    let mut found: BTreeMap<_, BTreeMap<Year, Available<'a>>> = BTreeMap::new();
    for series in atlas.series_of(of) {
        if series.key.begin.is_none() && series.column.has_numbers() {
            let at = (series.key.vintage, series.key.level.clone());
            found.entry(at).or_default().insert(series.key.year, series);
        }
    }
    found.into_values().map(|years| years.into_values().collect()).collect()
}

/// Whether enough areas of the level have a figure to stand for the country: one in four, water left
/// out. The figures of a single gemeente say nothing of it.
fn is_national(series: &Available<'_>) -> bool {
    let land = || (0..series.coverage.len()).filter(|&at| !series.coverage.is_water(at));
    4 * land().filter(|&at| series.column.has_number(at)).count() >= land().count()
}

/// The numbers of a column; not a number where there is none.
fn numbers(column: &Column) -> Vec<f64> {
    column.values().iter().map(|value| value.number().unwrap_or(f64::NAN)).collect()
}
