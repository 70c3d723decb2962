//! What became of the areas of one division in the next.

use std::fmt;

use serde::Serialize;

use crate::area::AreaCode;

use super::{Crosswalk, Extent, Intersection};

/// A piece of ground that is no wider, in metres, lies between two drawings of the same border.
const WIDTH: f64 = 0.1;

/// Where borders were drawn anew, pieces are this many times as wide as half of them before they say
/// that a border moved. Between the wijken of 2022 in whole metres and those of 2024 simplified to
/// ten, half of the border is within 8 m and 93 in 100 within 30; gemeenten of these years are much
/// alike.
const TIMES_AS_WIDE: f64 = 4.0;

/// The widest that may pass for drawing, metres, however they were drawn.
const WIDEST: f64 = 40.0;

/// Fewer areas than this say nothing about how a division was drawn.
const SEVERAL: usize = 20;

/// A piece that is at least this part of the old or of the new area is its counterpart, or one.
const COUNTERPART: f64 = 0.1;

/// A piece that is at least this part of the old or of the new area is no sliver, however narrow:
/// the area is as narrow itself.
const MOST: f64 = 0.5;

/// What happened to areas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum ChangeKind {
    /// Same code, same border.
    #[serde(rename = "gelijk")]
    Equal,
    /// Another code for the same border, or in the words of a recode.
    #[serde(rename = "hernoemd")]
    Renamed,
    /// Same codes, and borders that moved.
    #[serde(rename = "hertekend")]
    Redrawn,
    /// One area in the place of one other, with other borders.
    #[serde(rename = "vervangen")]
    Replaced,
    /// One into several.
    #[serde(rename = "gesplitst")]
    Split,
    /// Several into one.
    #[serde(rename = "samengevoegd")]
    Merged,
    /// Several into several others.
    #[serde(rename = "herverdeeld")]
    Redivided,
    /// Where no area was before.
    #[serde(rename = "nieuw")]
    New,
    /// Where no area is any more.
    #[serde(rename = "vervallen")]
    Vanished,
}

impl ChangeKind {
    /// All of them, in order.
    pub const ALL: [Self; 9] = [
        Self::Equal,
        Self::Renamed,
        Self::Redrawn,
        Self::Replaced,
        Self::Split,
        Self::Merged,
        Self::Redivided,
        Self::New,
        Self::Vanished,
    ];
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Equal => "equal",
            Self::Renamed => "renamed",
            Self::Redrawn => "redrawn",
            Self::Replaced => "replaced",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Redivided => "redivided",
            Self::New => "new",
            Self::Vanished => "vanished",
        })
    }
}

/// Ground that an old area and a new one have in common, as parts of both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// The old area, by ordinal.
    pub old: u32,
    /// The new area, by ordinal.
    pub new: u32,
    /// Square metres.
    pub m2: f64,
    /// The part of the old area that lies in the new one, from 0 to 1.
    pub of_old: f64,
    /// The part of the new area that lies in the old one, from 0 to 1.
    pub of_new: f64,
}

/// Old areas and the new ones that came in their place: as few as can be told apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// The old areas, by ordinal, ascending; none of new ones.
    pub old: Vec<u32>,
    /// The new areas, by ordinal, ascending; none of vanished ones.
    pub new: Vec<u32>,
    /// The ground that they have in common, slivers left out, in the order of old and new ordinals.
    pub flows: Vec<Flow>,
}

/// What became of the areas of one division in the next: every old and every new area is in one
/// change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Pieces of ground that are no wider, in metres, count as drawing: see [`Changes::of`].
    pub tolerance: f64,
    /// In the order of the least old ordinal, new areas last.
    pub changes: Vec<Change>,
}

impl Changes {
    /// Judges a crosswalk between areas with these codes, by ordinal; `is_recode` says whether the
    /// publisher names the second code as put in the place of the first.
    ///
    /// **Slivers.** A piece of ground with less than half of its old and of its new area is a sliver
    /// where its mean width is at most `tolerance`: ten centimetres. Two drawings of one border
    /// differ by more, and no publisher moves most borders at once: so where those of most areas
    /// differ, it is four times what half of the differing border is apart, up to 40 m.
    ///
    /// **Counterparts.** An old and a new area belong together where what they share is no sliver
    /// and at least a tenth of either, or the largest piece of either where less than nine tenths of
    /// that lie in no area of the other division. Areas that belong together through others are one
    /// change. Smaller pieces make borders that moved, and join nothing.
    pub fn of(
        crosswalk: &Crosswalk,
        old: &[AreaCode],
        new: &[AreaCode],
        is_recode: impl Fn(&AreaCode, &AreaCode) -> bool,
    ) -> Self {
        let tolerance = match drawn_apart(crosswalk) {
            Some(apart) => WIDTH.max(TIMES_AS_WIDE * apart).min(WIDEST),
            None => WIDTH,
        };
        let judge = Judge { crosswalk, old, new, tolerance };
        let mut changes: Vec<Change> =
            judge.groups().into_iter().map(|group| judge.change(group, &is_recode)).collect();
        // Of new areas the old ordinals, which are none, come last.
        changes.sort_by_key(|change| {
            let first = |areas: &[u32]| areas.first().copied().unwrap_or(u32::MAX);
            (first(&change.old), first(&change.new))
        });
        Self { tolerance, changes }
    }

    /// How many changes are of a kind.
    pub fn count(&self, kind: ChangeKind) -> usize {
        self.changes.iter().filter(|change| change.kind == kind).count()
    }
}

/// Where most areas have borders that differ: how far apart half of the differing border is, metres,
/// by length. Differing are the pieces wider than [`WIDTH`] that are the less of both their areas.
fn drawn_apart(crosswalk: &Crosswalk) -> Option<f64> {
    let (old_count, new_count) = (crosswalk.old_len(), crosswalk.new_len());
    let mut differs = vec![false; old_count + new_count];
    let mut pieces: Vec<Extent> = Vec::new();
    for one in crosswalk.intersections() {
        let flow = crosswalk.flow(one);
        if flow.of_old.max(flow.of_new) < MOST && one.extent.width() > WIDTH {
            pieces.push(one.extent);
            differs[one.old as usize] = true;
            differs[old_count + one.new as usize] = true;
        }
    }
    let old = (0..old_count).map(|area| (crosswalk.beyond_new(area), crosswalk.old_m2(area)));
    let new = (0..new_count).map(|area| (crosswalk.beyond_old(area), crosswalk.new_m2(area)));
    let mut alone = 0;
    for (differs, (beyond, whole)) in differs.iter_mut().zip(old.chain(new)) {
        if beyond.m2 >= MOST * whole {
            alone += 1;
        } else if beyond.width() > WIDTH {
            pieces.push(beyond);
            *differs = true;
        }
    }
    let (count, differing) =
        (differs.len() - alone, differs.iter().filter(|differs| **differs).count());
    if count < SEVERAL || 2 * differing <= count {
        return None;
    }
    pieces.sort_by(|a, b| a.width().total_cmp(&b.width()));
    let half = pieces.iter().map(|piece| piece.perimeter).sum::<f64>() / 2.0;
    let mut sum = 0.0;
    let median = pieces.iter().find(|piece| {
        sum += piece.perimeter;
        sum >= half
    });
    median.map(Extent::width)
}

impl Crosswalk {
    /// An intersection as parts of its areas.
    pub fn flow(&self, one: &Intersection) -> Flow {
        let part = |whole: f64| if whole > 0.0 { (one.extent.m2 / whole).min(1.0) } else { 0.0 };
        Flow {
            old: one.old,
            new: one.new,
            m2: one.extent.m2,
            of_old: part(self.old_m2(one.old as usize)),
            of_new: part(self.new_m2(one.new as usize)),
        }
    }
}

impl Crosswalk {
    /// Whether an intersection is a sliver between two drawings of the same border, as
    /// [`Changes::of`] judges it: less than half of both its areas, and no wider than `tolerance`
    /// metres.
    pub fn is_sliver(&self, one: &Intersection, tolerance: f64) -> bool {
        let flow = self.flow(one);
        flow.of_old.max(flow.of_new) < MOST && one.extent.width() <= tolerance
    }
}

struct Judge<'a> {
    crosswalk: &'a Crosswalk,
    old: &'a [AreaCode],
    new: &'a [AreaCode],
    tolerance: f64,
}

/// Old and new areas that belong together.
#[derive(Default)]
struct Group {
    old: Vec<u32>,
    new: Vec<u32>,
}

impl Judge<'_> {
    fn is_sliver(&self, one: &Intersection) -> bool {
        self.crosswalk.is_sliver(one, self.tolerance)
    }

    /// Joins what belongs together, old areas being numbered before new ones.
    fn groups(&self) -> Vec<Group> {
        let (old_count, count) =
            (self.crosswalk.old_len(), self.crosswalk.old_len() + self.crosswalk.new_len());
        let mut parents: Vec<usize> = (0..count).collect();
        fn root(parents: &mut [usize], mut at: usize) -> usize {
            while parents[at] != at {
                parents[at] = parents[parents[at]];
                at = parents[at];
            }
            at
        }
        let mut join = |one: &Intersection| {
            let a = root(&mut parents, one.old as usize);
            let b = root(&mut parents, old_count + one.new as usize);
            parents[a.max(b)] = a.min(b);
        };
        let is_counterpart = |one: &&Intersection| {
            let flow = self.crosswalk.flow(one);
            flow.of_old.max(flow.of_new) >= COUNTERPART && !self.is_sliver(one)
        };
        self.crosswalk.intersections().iter().filter(is_counterpart).for_each(&mut join);
        let largest = |parts: &mut dyn Iterator<Item = &Intersection>| {
            parts
                .filter(|one| !self.is_sliver(one))
                .max_by(|a, b| a.extent.m2.total_cmp(&b.extent.m2))
                .copied()
        };
        let is_elsewhere = |beyond: Extent, m2: f64| beyond.m2 >= (1.0 - COUNTERPART) * m2;
        let crosswalk = self.crosswalk;
        for area in 0..old_count {
            if !is_elsewhere(crosswalk.beyond_new(area), crosswalk.old_m2(area)) {
                largest(&mut crosswalk.of_old(area)).iter().for_each(&mut join);
            }
        }
        for area in 0..crosswalk.new_len() {
            if !is_elsewhere(crosswalk.beyond_old(area), crosswalk.new_m2(area)) {
                largest(&mut crosswalk.of_new(area)).iter().for_each(&mut join);
            }
        }
        let mut groups: Vec<Group> = Vec::new();
        let mut numbers = vec![usize::MAX; count];
        for node in 0..count {
            let root = root(&mut parents, node);
            if numbers[root] == usize::MAX {
                numbers[root] = groups.len();
                groups.push(Group::default());
            }
            let group = &mut groups[numbers[root]];
            match node.checked_sub(old_count) {
                None => group.old.push(node as u32),
                Some(area) => group.new.push(area as u32),
            }
        }
        groups
    }

    fn change(&self, group: Group, is_recode: impl Fn(&AreaCode, &AreaCode) -> bool) -> Change {
        let kind = match (&group.old[..], &group.new[..]) {
            (&[], _) => ChangeKind::New,
            (_, &[]) => ChangeKind::Vanished,
            (&[old], &[new]) => {
                let codes = (self.old.get(old as usize), self.new.get(new as usize));
                let is_named =
                    matches!(codes, (Some(old), Some(new)) if old != new && is_recode(old, new));
                match (codes.0 == codes.1, self.is_same_border(old, new)) {
                    (true, true) => ChangeKind::Equal,
                    (true, false) => ChangeKind::Redrawn,
                    (false, true) => ChangeKind::Renamed,
                    (false, false) if is_named => ChangeKind::Renamed,
                    (false, false) => ChangeKind::Replaced,
                }
            }
            (&[_], _) => ChangeKind::Split,
            (_, &[_]) => ChangeKind::Merged,
            (old, new) => {
                let mut codes: [Vec<_>; 2] = [
                    old.iter().filter_map(|&area| self.old.get(area as usize)).collect(),
                    new.iter().filter_map(|&area| self.new.get(area as usize)).collect(),
                ];
                codes.iter_mut().for_each(|codes| codes.sort_unstable());
                if codes[0] == codes[1] { ChangeKind::Redrawn } else { ChangeKind::Redivided }
            }
        };
        let flows = group
            .old
            .iter()
            .flat_map(|&area| self.crosswalk.of_old(area as usize))
            .filter(|one| group.new.binary_search(&one.new).is_ok() && !self.is_sliver(one))
            .map(|one| self.crosswalk.flow(one))
            .collect();
        Change { kind, old: group.old, new: group.new, flows }
    }

    /// Whether nothing but slivers of either area lies outside the other.
    fn is_same_border(&self, old: u32, new: u32) -> bool {
        let is_drawing = |beyond: Extent| beyond.width() <= self.tolerance;
        let (old_at, new_at) = (old as usize, new as usize);
        let is_own = |one: &&Intersection| one.old != old || one.new != new;
        self.crosswalk
            .of_old(old_at)
            .chain(self.crosswalk.of_new(new_at))
            .filter(is_own)
            .all(|one| self.is_sliver(one))
            && is_drawing(self.crosswalk.beyond_new(old_at))
            && is_drawing(self.crosswalk.beyond_old(new_at))
    }
}
