//! The areas that one is held against: those most like it in which nothing of the kind was done.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    area::{AreaCode, Text, Vintage, Year},
    atlas::{Atlas, LevelCoverage},
    profile::{Trait, similar},
    store::Pillar,
};

/// A period in which something was done, and of which pillar where that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The year in which it began.
    pub from: Year,
    /// The year in which it ended; `None` while it goes on.
    pub until: Option<Year>,
    /// What it aimed at; `None` where that is not known, and then anything counts.
    pub pillar: Option<Pillar>,
}

/// How areas were chosen.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Choice {
    /// The division on which areas were compared.
    #[serde(rename = "indeling")]
    #[schema(value_type = u16)]
    pub vintage: Vintage,
    /// Whether everything that they were compared on is from before the beginning.
    #[serde(rename = "vanErvoor")]
    pub is_before: bool,
    /// What they were compared on, with its year.
    #[serde(rename = "kenmerken")]
    pub traits: Vec<Trait>,
    /// How many were more alike than the last of those chosen, and left out since something of the
    /// kind was done there in the same years.
    #[serde(rename = "weggelatenMetAanpak")]
    pub with_approach: usize,
    /// How many were left out since the division of the figures does not have them.
    #[serde(rename = "weggelatenAndereGrenzen")]
    pub without_area: usize,
}

/// The areas that were chosen, the most alike first: their place on the division of the figures, and
/// how far they are from the area.
pub(super) struct Alike {
    pub(super) choice: Choice,
    pub(super) areas: Vec<(usize, f64)>,
}

/// Chooses the `count` areas most like one, on the traits of the last division before the period, or
/// else the first after it that can tell.
///
/// # Errors
/// The reason why none can be told.
pub(super) fn alike(
    atlas: &Atlas,
    coverage: &LevelCoverage,
    ordinal: usize,
    period: Period,
    count: usize,
) -> Result<Alike, Text> {
    let code = &coverage.codes()[ordinal];
    let mut divisions = atlas.vintages(&coverage.level);
    divisions.sort_by_key(|vintage| {
        let is_after = vintage.0 >= period.from;
        (is_after, vintage.get().abs_diff(period.from.get()))
    });
    let codes = atlas.codes_of(coverage.vintage, &coverage.level, code);
    let mut why = None;
    for vintage in divisions {
        let found = codes.get(&vintage).zip(atlas.coverage(vintage, &coverage.level));
        let Some((code, there)) = found else { continue };
        let Some(at) = there.ordinal(code) else { continue };
        let like = similar(atlas, there, at, usize::MAX);
        if let Some(reason) = like.reason {
            why.get_or_insert(reason);
            continue;
        }
        let mut choice = Choice {
            vintage,
            is_before: like.traits.iter().all(|one| one.year < period.from.get()),
            traits: like.traits,
            with_approach: 0,
            without_area: 0,
        };
        let mut areas = Vec::new();
        for one in &like.nearest {
            if areas.len() == count {
                break;
            }
            let code = &there.codes()[one.ordinal];
            let Some(at) = on(atlas, there, code, coverage) else {
                choice.without_area += 1;
                continue;
            };
            if has_approach(atlas, coverage, at, period) {
                choice.with_approach += 1;
            } else {
                areas.push((at, one.distance));
            }
        }
        return Ok(Alike { choice, areas });
    }
    Err(why.unwrap_or_else(|| Text {
        nl: "de atlas heeft geen kenmerken om dit gebied met andere te vergelijken".into(),
        en: "the atlas has no traits to compare this area with others".into(),
    }))
}

/// The place of an area of one division on another.
fn on(
    atlas: &Atlas,
    there: &LevelCoverage,
    code: &AreaCode,
    coverage: &LevelCoverage,
) -> Option<usize> {
    if there.vintage == coverage.vintage {
        return coverage.ordinal(code);
    }
    let codes = atlas.codes_of(there.vintage, &there.level, code);
    coverage.ordinal(codes.get(&coverage.vintage)?)
}

/// Whether something of the kind was done in the same years: in an area, in one that it lies in, or
/// in one that lies in it.
fn has_approach(atlas: &Atlas, coverage: &LevelCoverage, at: usize, period: Period) -> bool {
    let code = &coverage.codes()[at];
    atlas.stories().iter().any(|placed| {
        let story = &placed.story;
        period.pillar.is_none_or(|pillar| pillar == story.pillar)
            && story.overlaps(period.from, period.until)
            && (placed.is_about(atlas, code, coverage.vintage)
                || placed.is_within(atlas, code, coverage.vintage))
    })
}
