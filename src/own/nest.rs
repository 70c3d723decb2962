//! How the areas of an own level lie over a division.

use std::{collections::BTreeMap, path::Path};

use serde::Serialize;

use crate::{
    area::{AreaCode, Flag, Level},
    atlas::RESIDENTS,
    coverage::{Changes, Crosswalk, Topology},
    store::{Areas, Contents, StoredArea},
};

use super::{AreaDescription, OwnError};

/// An own area lies in a gemeente when more than this part of it does.
const MOST: f64 = 0.5;

/// How the areas of an own level lie over a division.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NestReport {
    /// How many areas there are.
    #[serde(rename = "gebieden")]
    pub areas: usize,
    /// How many are made of whole buurten: their figures are added up, not estimated.
    #[serde(rename = "vanHeleBuurten")]
    pub whole: usize,
    /// The others, with the buurten that they cut.
    #[serde(rename = "doorsnijdingen")]
    pub cuts: Vec<Cut>,
    /// Of each gemeente that they lie in, the part of its residents in them.
    #[serde(rename = "gemeenten")]
    pub gemeenten: Vec<Covered>,
    /// Ground of the areas beyond the division, square metres.
    #[serde(rename = "buitenIndelingM2")]
    pub beyond_m2: f64,
}

/// A buurt that is not wholly in one area.
#[derive(Clone, Debug, Serialize)]
pub struct Cut {
    /// The buurt.
    pub buurt: AreaCode,
    /// The areas that have part of it, with that part of its ground, from 0 to 1.
    #[serde(rename = "delen")]
    pub parts: Vec<(AreaCode, f64)>,
}

/// How much of a gemeente lies in the areas.
#[derive(Clone, Debug, Serialize)]
pub struct Covered {
    /// The gemeente.
    pub code: AreaCode,
    /// Its name.
    #[serde(rename = "naam")]
    pub name: String,
    /// The part of its residents whose buurten lie in the areas, by their ground where they are cut,
    /// from 0 to 1; of its ground where nobody counts residents.
    #[serde(rename = "gedekt")]
    pub part: f64,
}

/// Lays areas over the buurten of their division, and says of each area which gemeente it lies in.
///
/// # Errors
/// When the atlas lacks the division.
pub(super) fn lay(
    path: &Path,
    of: &AreaDescription,
    areas: &mut [StoredArea],
    topology: &Topology,
    contents: &Contents,
) -> Result<NestReport, OwnError> {
    let vintage = of.indeling;
    let Some(buurten) = contents.areas.get(&(vintage, Level::Buurt)) else {
        let known: Vec<_> = contents
            .areas
            .keys()
            .filter(|(_, level)| *level == Level::Buurt)
            .map(|(vintage, _)| vintage.to_string())
            .collect();
        let message = format!(
            "indeling = {vintage}: de atlas heeft daarvan geen buurten; wel van {}",
            known.join(", ")
        );
        return Err(OwnError::description(path, message));
    };
    let crosswalk = Crosswalk::between(&buurten.topology, topology)
        .map_err(|error| OwnError::description(path, format!("{}: {error}", of.bestand)))?;
    let codes: Vec<_> = buurten.areas.iter().map(|area| area.code.clone()).collect();
    let own: Vec<_> = areas.iter().map(|area| area.code.clone()).collect();
    let changes = Changes::of(&crosswalk, &codes, &own, |_, _| false);
    let laid = Laid { crosswalk: &crosswalk, tolerance: changes.tolerance, buurten, own: &own };
    for (at, area) in areas.iter_mut().enumerate() {
        area.gemeente = laid.gemeente(at, contents, of).unwrap_or_default();
    }
    Ok(laid.report(contents, of))
}

struct Laid<'a> {
    crosswalk: &'a Crosswalk,
    tolerance: f64,
    buurten: &'a Areas,
    own: &'a [AreaCode],
}

impl Laid<'_> {
    /// The parts of a buurt in own areas, slivers left out, and whether it is wholly in one or in
    /// none.
    fn parts(&self, buurt: usize) -> (Vec<(u32, f64)>, bool) {
        let m2 = self.crosswalk.old_m2(buurt);
        let pieces = self.crosswalk.of_old(buurt);
        let pieces = pieces.filter(|one| !self.crosswalk.is_sliver(one, self.tolerance));
        let parts: Vec<_> = pieces.map(|one| (one.new, one.extent.m2 / m2)).collect();
        let rest = self.crosswalk.beyond_new(buurt);
        let is_whole = match parts.len() {
            0 => true,
            1 => rest.width() <= self.tolerance,
            _ => false,
        };
        (parts, is_whole)
    }

    /// The name of the gemeente that most of an area lies in.
    fn gemeente(&self, area: usize, contents: &Contents, of: &AreaDescription) -> Option<String> {
        let mut grounds: BTreeMap<AreaCode, f64> = BTreeMap::new();
        for one in self.crosswalk.of_new(area) {
            let buurt = &self.buurten.areas[one.old as usize];
            if let Some(gemeente) = buurt.code.gemeente() {
                *grounds.entry(gemeente).or_default() += one.extent.m2;
            }
        }
        let (code, m2) = grounds.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
        if m2 <= MOST * self.crosswalk.new_m2(area) {
            return None;
        }
        let gemeenten = contents.areas.get(&(of.indeling, Level::Gemeente))?;
        Some(gemeenten.get(&code)?.name.clone())
    }

    fn report(&self, contents: &Contents, of: &AreaDescription) -> NestReport {
        let residents = contents
            .series
            .iter()
            .filter(|(key, _)| {
                key.indicator == RESIDENTS
                    && key.vintage == of.indeling
                    && key.level == Level::Buurt
                    && key.begin.is_none()
            })
            .min_by_key(|(key, _)| key.year.get().abs_diff(of.indeling.get()))
            .map(|(_, series)| series);
        let size = |at: usize| match residents {
            Some(series) => {
                let code = &self.buurten.areas[at].code;
                let found = series.binary_search_by(|row| row.code.cmp(code)).ok();
                found.and_then(|at| series[at].value.number()).unwrap_or(0.0)
            }
            None => self.crosswalk.old_m2(at),
        };
        let mut is_cut = vec![false; self.own.len()];
        let mut cuts = Vec::new();
        let mut covered: BTreeMap<AreaCode, (f64, f64)> = BTreeMap::new();
        for (at, buurt) in self.buurten.areas.iter().enumerate() {
            let (parts, is_whole) = self.parts(at);
            let inside: f64 = parts.iter().map(|(_, part)| part).sum();
            if let Some(gemeente) = buurt.code.gemeente() {
                let sums = covered.entry(gemeente).or_default();
                sums.0 += size(at) * if is_whole && !parts.is_empty() { 1.0 } else { inside };
                sums.1 += size(at);
            }
            // Nobody lives in water: cutting it makes no estimate.
            if !is_whole && !buurt.flags.contains(&Flag::Water) {
                parts.iter().for_each(|(area, _)| is_cut[*area as usize] = true);
                let parts = parts.iter().map(|(area, part)| {
                    (self.own[*area as usize].clone(), (part * 1e4).round() / 1e4)
                });
                cuts.push(Cut { buurt: buurt.code.clone(), parts: parts.collect() });
            }
        }
        let gemeenten = contents.areas.get(&(of.indeling, Level::Gemeente));
        let beyond = (0..self.own.len()).map(|at| self.crosswalk.beyond_old(at));
        NestReport {
            areas: self.own.len(),
            whole: is_cut.iter().filter(|is_cut| !**is_cut).count(),
            cuts,
            gemeenten: covered
                .into_iter()
                .filter(|(_, (inside, all))| *inside > 0.0 && *all > 0.0)
                .map(|(code, (inside, all))| Covered {
                    name: gemeenten
                        .and_then(|areas| Some(areas.get(&code)?.name.clone()))
                        .unwrap_or_default(),
                    part: inside / all,
                    code,
                })
                .collect(),
            beyond_m2: beyond
                .filter(|extent| extent.width() > self.tolerance)
                .map(|extent| extent.m2)
                .sum(),
        }
    }
}
