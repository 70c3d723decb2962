//! Whether levels as delivered are what their parts make.

use std::collections::{BTreeMap, BTreeSet};

use crate::area::{AreaCode, Level, Vintage};

use super::{Finding, FindingKind, number};
use crate::store::{Areas, Contents};

/// Borders of wijken and buurten are drawn to some tens of metres; a difference in area below this
/// part of an area, or below a hectare, says nothing.
const EXTENT_PART: f64 = 0.01;
const HECTARE: f64 = 10_000.0;
/// Residents are multiples of five, so each number is at most this far from what was counted.
const ROUNDING: f64 = 2.5;

/// Holds every level of a division against the ones below it.
pub fn inspect(contents: &Contents, findings: &mut Vec<Finding>) {
    let vintages: BTreeSet<Vintage> = contents.areas.keys().map(|(vintage, _)| *vintage).collect();
    for vintage in vintages {
        for (parent, child) in [
            (Level::Gemeente, Level::Wijk),
            (Level::Wijk, Level::Buurt),
            (Level::Gemeente, Level::Buurt),
        ] {
            // Gemeenten are held against buurten only where there are no wijken between.
            let skips = child == Level::Buurt && parent == Level::Gemeente;
            if skips && contents.areas.contains_key(&(vintage, Level::Wijk)) {
                continue;
            }
            let of = |level: &Level| contents.areas.get(&(vintage, level.clone()));
            if let (Some(parents), Some(children)) = (of(&parent), of(&child)) {
                let pair = Pair { contents, vintage, parent, child };
                pair.inspect(parents, children, findings);
            }
        }
    }
}

/// Two levels of a division.
struct Pair<'a> {
    contents: &'a Contents,
    vintage: Vintage,
    parent: Level,
    child: Level,
}

impl Pair<'_> {
    fn parent_of(&self, code: &AreaCode) -> Option<AreaCode> {
        if self.parent == Level::Gemeente { code.gemeente() } else { code.wijk() }
    }

    fn inspect(&self, parents: &Areas, children: &Areas, findings: &mut Vec<Finding>) {
        let Self { vintage, parent, child, .. } = self;
        let mut of: BTreeMap<AreaCode, Vec<usize>> = BTreeMap::new();
        let mut orphans = Vec::new();
        for (at, area) in children.areas.iter().enumerate() {
            match self.parent_of(&area.code).filter(|code| parents.get(code).is_some()) {
                Some(code) => of.entry(code).or_default().push(at),
                None => orphans.push(area.code.clone()),
            }
        }
        let childless: Vec<_> = parents
            .areas
            .iter()
            .filter(|area| !of.contains_key(&area.code))
            .map(|area| area.code.clone())
            .collect();
        let text =
            |n: usize| format!("{n} {child} lie in no {} of that division", parent.singular());
        findings.extend(Finding::about(FindingKind::Parents, *vintage, child, text, orphans));
        let text = |n: usize| format!("{n} {parent} have no {child}");
        findings.extend(Finding::about(FindingKind::Parents, *vintage, parent, text, childless));

        let mut differing: Vec<(f64, AreaCode)> = Vec::new();
        for (code, parts) in &of {
            let Some(whole) = parents.position(code) else { continue };
            let whole = parents.shape(whole).area_m2();
            let sum: f64 = parts.iter().map(|&at| children.shape(at).area_m2()).sum();
            let difference = (sum - whole).abs();
            if difference > HECTARE && difference > whole * EXTENT_PART {
                differing.push((difference, code.clone()));
            }
        }
        let text = |n: usize| {
            format!("{n} {parent} differ from their {child} together by more than 1% and a hectare")
        };
        findings.extend(Finding::about(
            FindingKind::Extent,
            *vintage,
            parent,
            text,
            worst(differing),
        ));
        self.sums(findings);
    }

    /// Holds residents of a whole against those of its parts, where all are known. Parts without a
    /// shape count too: people live there all the same.
    fn sums(&self, findings: &mut Vec<Finding>) {
        let Self { contents, vintage, parent, child } = self;
        let residents = |level: &Level| contents.residents(*vintage, level);
        let (Some(wholes), Some(parts)) = (residents(parent), residents(child)) else { return };
        let mut sums: BTreeMap<AreaCode, (f64, u32, bool)> = BTreeMap::new();
        for part in parts {
            let Some(code) = self.parent_of(&part.code) else { continue };
            let (sum, count, known) = sums.entry(code).or_insert((0.0, 0, true));
            *sum += part.value.number().unwrap_or_default();
            *count += 1;
            *known &= part.value.number().is_some();
        }
        let mut differing: Vec<(f64, AreaCode)> = Vec::new();
        for (code, (sum, count, known)) in sums {
            let Some(whole) = number(wholes, &code).filter(|_| known) else { continue };
            let difference = (sum - whole).abs();
            if difference > ROUNDING * f64::from(count + 1) {
                differing.push((difference, code));
            }
        }
        let text = |n: usize| {
            format!(
                "{n} {parent} have other residents than their {child} together, by more than \
                 rounding allows"
            )
        };
        findings.extend(Finding::about(
            FindingKind::Sums,
            *vintage,
            parent,
            text,
            worst(differing),
        ));
    }
}

/// The codes, the largest difference first.
fn worst(mut differing: Vec<(f64, AreaCode)>) -> Vec<AreaCode> {
    differing.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    differing.into_iter().map(|(_, code)| code).collect()
}
