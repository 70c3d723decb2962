//! What a selection comes to, inside and outside of it, from published figures.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    area::{AreaCode, Text},
    atlas::{Atlas, Available, RESIDENTS},
    indicator::{Indicator, Reason},
    layer,
};

use super::{Aggregate, Weighting, aggregate};

/// A class of the publisher, and what is in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassCount {
    /// Its number.
    #[serde(rename = "nummer")]
    pub number: u8,
    /// Its name.
    #[serde(rename = "naam")]
    pub name: Text,
    /// How many areas.
    #[serde(rename = "gebieden")]
    pub areas: u32,
    /// How many residents live there, as far as they are known; `null` where the atlas has none.
    #[serde(rename = "inwoners")]
    pub residents: Option<u64>,
}

/// The areas inside or outside a selection, together.
#[derive(Debug, Serialize, ToSchema)]
pub struct SelectionPart {
    /// How many areas, water left out.
    #[serde(rename = "gebieden")]
    pub areas: u32,
    /// Of these, areas with a mark: they count here, and in no ranking.
    #[serde(rename = "gemarkeerd")]
    pub marked: u32,
    /// The sum of counts, or the mean by residents; `null` for classes, and where there are no
    /// residents to weigh by.
    #[serde(rename = "totaal")]
    pub total: Option<Aggregate>,
    /// The publisher's classes with what is in them, highest first; empty where it has none.
    #[serde(rename = "klassen")]
    pub classes: Vec<ClassCount>,
    /// How many areas have no figure, by reason.
    #[serde(rename = "redenen")]
    #[schema(value_type = Object)]
    pub reasons: BTreeMap<Reason, u32>,
}

/// What a selection comes to.
#[derive(Debug, Serialize, ToSchema)]
pub struct SelectionTotals {
    /// The areas of the selection.
    #[serde(rename = "binnen")]
    pub inside: SelectionPart,
    /// All other areas of the level in the country.
    #[serde(rename = "buiten")]
    pub outside: SelectionPart,
    /// The codes that name no area of the division.
    #[serde(rename = "ontbreekt")]
    #[schema(value_type = Vec<String>)]
    pub missing: Vec<AreaCode>,
}

/// What the areas of a level inside and outside of `codes` come to. A code of a coarser level
/// stands for the areas in it; an area that several codes name counts once. Cost: some passes over
/// the level.
pub fn selection_totals(
    atlas: &Atlas,
    indicator: &Indicator,
    series: &Available<'_>,
    codes: &[AreaCode],
) -> SelectionTotals {
    let coverage = series.coverage;
    let (mut inside, mut missing) = (BTreeSet::new(), Vec::new());
    for code in codes {
        let found = coverage.within(code);
        if found.is_empty() {
            missing.push(code.clone());
        }
        inside.extend(found);
    }
    let (inside, outside): (Vec<_>, Vec<_>) =
        (0..coverage.len()).partition(|at| inside.contains(at));
    SelectionTotals {
        inside: part(atlas, indicator, series, &inside),
        outside: part(atlas, indicator, series, &outside),
        missing,
    }
}

fn part(
    atlas: &Atlas,
    indicator: &Indicator,
    series: &Available<'_>,
    ordinals: &[usize],
) -> SelectionPart {
    let coverage = series.coverage;
    let residents = atlas.beside(RESIDENTS, coverage, series.key.year).map(|one| one.column);
    let mut classes: BTreeMap<u8, (Text, u32, f64)> = BTreeMap::new();
    let mut reasons = BTreeMap::new();
    let (mut areas, mut marked) = (0, 0);
    for &at in ordinals.iter().filter(|&&at| !coverage.is_water(at)) {
        areas += 1;
        marked += u32::from(!coverage.flags(at).is_empty());
        if let Some(reason) = series.column.get(at).reason() {
            *reasons.entry(reason).or_default() += 1;
        }
        if let Some((number, name)) = layer::publisher_class(atlas, indicator, series, at) {
            let lived = residents.and_then(|column| column.get(at).number()).unwrap_or_default();
            let (_, count, sum) = classes.entry(number).or_insert_with(|| (name, 0, 0.0));
            *count += 1;
            *sum += lived;
        }
    }
    let class = |(number, (name, areas, lived)): (u8, (Text, u32, f64))| ClassCount {
        number,
        name,
        areas,
        residents: residents.is_some().then(|| lived.round() as u64),
    };
    SelectionPart {
        areas,
        marked,
        total: aggregate(atlas, indicator, series, ordinals, Weighting::Residents),
        classes: classes.into_iter().rev().map(class).collect(),
        reasons,
    }
}
