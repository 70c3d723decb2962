//! Where the areas of one division of a level went in another.

use std::collections::BTreeMap;

use crate::{
    analysis::areal::{Share, Shares},
    area::{AreaCode, Level, Vintage},
    atlas::{Atlas, LevelCoverage},
    coverage::{ChangeKind, Changes, Crosswalk, Extent, Intersection},
};

use super::{
    Way,
    side::{Nest, Side, beyond, crosswalk, cut},
    split::Splits,
};

/// Where the areas of one division of a level went in another.
#[derive(Debug)]
pub(super) struct Transfer {
    /// By where people are: the addresses, else the residents, else the ground.
    pub(super) shares: Shares,
    /// By ground alone, of the same pairs.
    pub(super) ground: Shares,
    /// How figures come to each new area, by ordinal; `None` to one that has no part of an old one.
    pub(super) ways: Vec<Option<Way>>,
    /// The size of each old area, square metres.
    pub(super) m2: Vec<f64>,
}

/// A piece with a lesser part of the people of both its areas is left out.
const LEAST_PART: f64 = 0.01;

/// A piece of an old area in a new one.
#[derive(Clone, Copy, Debug)]
struct Piece {
    old: u32,
    new: u32,
    m2: f64,
}

impl Transfer {
    /// Lays two divisions of a level over each other. `None` where they cannot be.
    pub(super) fn between(
        atlas: &Atlas,
        level: &Level,
        from: Vintage,
        to: Vintage,
    ) -> Option<Self> {
        let (old, new) = (atlas.coverage(from, level)?, atlas.coverage(to, level)?);
        let (old, new) = (Side::whole(old), Side::whole(new));
        Self::of(atlas, &old, &new, |before, after| {
            is_recode(atlas, level, [from, to], before, after)
        })
    }

    /// Lays the areas of an own level over buurten, of its division or of another. What of a buurt
    /// lies in none of them is in no share. `None` where they cannot be laid over each other.
    pub(super) fn onto(
        atlas: &Atlas,
        buurten: &LevelCoverage,
        own: &LevelCoverage,
    ) -> Option<Self> {
        let of_division = atlas.coverage(own.vintage, &Level::Buurt);
        let nest = match of_division.filter(|one| one.vintage != buurten.vintage) {
            Some(own_buurten) => Some(nest(atlas, own_buurten, own)?),
            None => None,
        };
        let new = Side { nest, ..Side::whole(own) };
        Self::of(atlas, &Side::near(buurten, own), &new, |_, _| false)
    }

    fn of(
        atlas: &Atlas,
        old_side: &Side<'_>,
        new_side: &Side<'_>,
        is_recode: impl Fn(&AreaCode, &AreaCode) -> bool,
    ) -> Option<Self> {
        let (old, new) = (old_side.coverage, new_side.coverage);
        let crosswalk = crosswalk(old_side, new_side)?;
        let changes = Changes::of(&crosswalk, old.codes(), new.codes(), is_recode);
        let mut same: BTreeMap<u32, u32> = BTreeMap::new();
        for change in &changes.changes {
            if let (ChangeKind::Equal | ChangeKind::Renamed, &[before], &[after]) =
                (change.kind, &change.old[..], &change.new[..])
            {
                same.insert(before, after);
            }
        }
        let pieces = pieces(&crosswalk, changes.tolerance, [old, new], &same);
        let splits = Splits::new(atlas, old_side, new_side);
        let m2: Vec<_> = (0..old.len()).map(|area| crosswalk.old_m2(area)).collect();
        // Where nobody counts residents, ground stands for them.
        let residents = atlas.residents(old);
        let size = |area: u32| match residents {
            Some(column) => column.get(area as usize).number().unwrap_or(0.0),
            None => m2[area as usize],
        };
        let first = placed(&pieces, &splits);
        let moved = without_drawing(&first, size, new.len());
        let inside = |placed: Vec<Placed>| {
            let is_inside = |one: &Placed| one.piece.new < beyond(new);
            placed.into_iter().filter(is_inside).collect::<Vec<_>>()
        };
        let placed = inside(placed(&moved, &splits));
        let ground = inside(on_ground(&moved));
        Some(Self {
            shares: shares(&placed, |one| size(one.piece.old) * one.of_old, new.len()),
            ground: shares(&ground, |one| one.piece.m2, new.len()),
            ways: ways(&placed, [old, new]),
            m2,
        })
    }
}

/// Where the buurten of the division of an own level lie in it.
fn nest<'a>(
    atlas: &'a Atlas,
    buurten: &'a LevelCoverage,
    own: &'a LevelCoverage,
) -> Option<Nest<'a>> {
    let transfer = Transfer::onto(atlas, buurten, own)?;
    let mut areas = vec![beyond(own); buurten.len()];
    for share in transfer.shares.all() {
        areas[share.old as usize] = if share.of_old == 1.0 { share.new } else { cut(own) };
    }
    Some(Nest { buurten, areas })
}

/// A piece with the part of its old area, by its people, that it has, and how that is known.
#[derive(Clone, Copy, Debug)]
struct Placed {
    piece: Piece,
    of_old: f64,
    way: Way,
}

/// Divides every old area over its pieces.
fn placed(pieces: &[Piece], splits: &Splits) -> Vec<Placed> {
    let mut placed = Vec::with_capacity(pieces.len());
    for of_old in pieces.chunk_by(|a, b| a.old == b.old) {
        let (way, parts) = match of_old {
            [_] => (Way::Gelijk, vec![1.0]),
            _ => {
                let to: Vec<_> = of_old.iter().map(|piece| (piece.new, piece.m2)).collect();
                splits.of(of_old[0].old, &to)
            }
        };
        let each = of_old.iter().zip(parts);
        placed.extend(each.map(|(piece, of_old)| Placed { piece: *piece, of_old, way }));
    }
    placed
}

/// The same by ground alone.
fn on_ground(pieces: &[Piece]) -> Vec<Placed> {
    let of_area = |of_old: &[Piece]| {
        let whole: f64 = of_old.iter().map(|piece| piece.m2).sum();
        let part = |piece: &Piece| Placed {
            piece: *piece,
            of_old: piece.m2 / whole,
            way: Way::Oppervlakte,
        };
        of_old.iter().map(part).collect::<Vec<_>>()
    };
    pieces.chunk_by(|a, b| a.old == b.old).flat_map(of_area).collect()
}

/// The pieces but those that hold next to nothing of their old and of their new area: a border that
/// was drawn anew, or moved where nobody lives. An old area keeps its largest.
fn without_drawing(placed: &[Placed], size: impl Fn(u32) -> f64, count: usize) -> Vec<Piece> {
    let mass = |one: &Placed| size(one.piece.old) * one.of_old;
    // What lies beyond the new areas stands after them.
    let mut sums = vec![0.0; count + 1];
    for one in placed {
        sums[one.piece.new as usize] += mass(one);
    }
    let is_kept = |one: &&Placed| {
        let whole = sums[one.piece.new as usize];
        one.of_old >= LEAST_PART || mass(one) >= LEAST_PART * whole && mass(one) > 0.0
    };
    placed.iter().filter(is_kept).map(|one| one.piece).collect()
}

/// How figures come to each new area.
fn ways(placed: &[Placed], [old, new]: [&LevelCoverage; 2]) -> Vec<Option<Way>> {
    let mut ways: Vec<Option<Way>> = vec![None; new.len()];
    let mut parts = vec![0u32; new.len()];
    for one in placed {
        let at = one.piece.new as usize;
        parts[at] += 1;
        ways[at] = ways[at].max(Some(one.way));
    }
    for one in placed {
        let at = one.piece.new as usize;
        if ways[at] == Some(Way::Gelijk) {
            let is_same = old.codes()[one.piece.old as usize] == new.codes()[at];
            ways[at] = Some(match (parts[at], is_same) {
                (1, true) => Way::Gelijk,
                (1, false) => Way::Hernoemd,
                _ => Way::Samengevoegd,
            });
        }
    }
    ways
}

/// What old areas went where, by old and new ordinal: all of an area that stayed the same, and of
/// the others what is no sliver. People do not move into water: a piece of land there counts only
/// where there is no other.
fn pieces(
    crosswalk: &Crosswalk,
    tolerance: f64,
    [old, new]: [&LevelCoverage; 2],
    same: &BTreeMap<u32, u32>,
) -> Vec<Piece> {
    let mut taken = vec![false; new.len()];
    same.values().for_each(|&after| taken[after as usize] = true);
    let piece = |one: &Intersection| Piece { old: one.old, new: one.new, m2: one.extent.m2 };
    let mut pieces = Vec::new();
    let is_own = matches!(new.level, Level::Own(_));
    for area in 0..old.len() {
        let ordinal = area as u32;
        // Nobody lives in water: it makes no figure of an own area an estimate.
        if is_own && old.is_water(area) {
            continue;
        }
        if let Some(&after) = same.get(&ordinal) {
            let m2 = crosswalk.old_m2(area);
            pieces.push(Piece { old: ordinal, new: after, m2 });
            continue;
        }
        let own: Vec<Piece> = crosswalk
            .of_old(area)
            .filter(|one| !taken[one.new as usize] && !crosswalk.is_sliver(one, tolerance))
            .map(piece)
            .collect();
        let is_alike = |piece: &&Piece| old.is_water(area) == new.is_water(piece.new as usize);
        let alike: Vec<Piece> = own.iter().filter(is_alike).copied().collect();
        pieces.extend(if alike.is_empty() { own } else { alike });
        // An own level need not cover the country.
        let Extent { m2, .. } = crosswalk.beyond_new(area);
        if is_own && crosswalk.beyond_new(area).width() > tolerance {
            pieces.push(Piece { old: ordinal, new: beyond(new), m2 });
        }
    }
    pieces
}

/// Shares of pieces, each counting in its new area for its mass. Where nothing counts in a new area,
/// its pieces of ground do.
fn shares(placed: &[Placed], mass: impl Fn(&Placed) -> f64, count: usize) -> Shares {
    let (mut sums, mut grounds) = (vec![0.0; count], vec![0.0; count]);
    for one in placed {
        sums[one.piece.new as usize] += mass(one);
        grounds[one.piece.new as usize] += one.piece.m2;
    }
    let share = |one: &Placed| {
        let Piece { old, new, m2 } = one.piece;
        let at = new as usize;
        let of_new = if sums[at] > 0.0 { mass(one) / sums[at] } else { m2 / grounds[at] };
        Share { old, new, of_old: one.of_old, of_new }
    };
    Shares::new(placed.iter().map(share).collect(), count)
}

/// Whether a code was put in the place of another between two divisions, either way in time.
fn is_recode(
    atlas: &Atlas,
    level: &Level,
    [from, to]: [Vintage; 2],
    before: &AreaCode,
    after: &AreaCode,
) -> bool {
    let (early, late) = (from.min(to), from.max(to));
    let pair = if from < to { (after, before) } else { (before, after) };
    atlas.recodes.iter().any(|((vintage, of), pairs)| {
        of == level
            && early < *vintage
            && *vintage <= late
            && pairs.contains_key(&(pair.0.clone(), pair.1.clone()))
    })
}
