//! Places to keep an eye on, and why.

use super::{Change, Course, Direction};
use crate::analysis::{AnalysisError, autocorrelation::Cluster, concentration::Stacked};

/// Why a unit is on the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// Its score fell by more than the dead band.
    Fell {
        /// By how much, in the unit of the score.
        difference: f64,
    },
    /// Its course is one of *terugval* or *vroegsignalering*.
    Course(Course),
    /// At least so many disadvantages pile up.
    Stacked {
        /// How many.
        indicators: usize,
        /// Of how many that are known.
        known: usize,
    },
    /// It is the core of a cluster of low scores, or low among high.
    Cluster(Cluster),
    /// Its neighbours fell: what is going on may spread.
    NeighboursFell {
        /// How many of them.
        fell: usize,
        /// Of how many with a change.
        known: usize,
    },
}

/// When a reason counts; our own numbers, to be shown and changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// So many piled-up disadvantages are a reason.
    pub stacked: usize,
    /// Such a part of the neighbours falling is a reason.
    pub neighbours: f64,
    /// So many reasons put a unit on the list.
    pub reasons: usize,
}

impl Default for Rules {
    fn default() -> Self {
        Self { stacked: 3, neighbours: 0.5, reasons: 2 }
    }
}

/// A unit on the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its place in the lists.
    pub unit: usize,
    /// All reasons, in the order of [`Reason`].
    pub reasons: Vec<Reason>,
}

/// The units with enough reasons, those with most first, equals in their order. Every list may be
/// empty where it is not known; one that is not has one entry a unit. The cluster is that of a score
/// of which high is good. Leave flagged areas and sensitive indicators out before. Linear in the
/// links.
///
/// # Errors
/// When the lists that are not empty differ in length.
pub fn watch_list(
    changes: &[Option<Change>],
    courses: &[Option<Course>],
    stacked: &[Stacked],
    clusters: &[Cluster],
    neighbours: &crate::analysis::Weights,
    rules: Rules,
) -> Result<Vec<Entry>, AnalysisError> {
    let lengths = [
        ("the changes", changes.len()),
        ("the courses", courses.len()),
        ("what is stacked", stacked.len()),
        ("the clusters", clusters.len()),
        ("the neighbours", neighbours.len()),
    ];
    let units = lengths.iter().map(|(_, length)| *length).max().unwrap_or(0);
    for (what, length) in lengths {
        if length > 0 {
            AnalysisError::check_length(what, length, units)?;
        }
    }
    let change = |unit: usize| changes.get(unit).copied().flatten();
    let has_fallen = |change: &Change| change.direction == Direction::Worse;
    let reasons = |unit: usize| {
        let fell = change(unit)
            .filter(has_fallen)
            .map(|change| Reason::Fell { difference: change.difference });
        let course = courses.get(unit).copied().flatten();
        let course = course
            .filter(|course| matches!(course, Course::Terugval | Course::Vroegsignalering))
            .map(Reason::Course);
        let stacked = stacked
            .get(unit)
            .filter(|stacked| rules.stacked > 0 && stacked.indicators.len() >= rules.stacked)
            .map(|one| Reason::Stacked { indicators: one.indicators.len(), known: one.known });
        let cluster = clusters
            .get(unit)
            .filter(|cluster| matches!(cluster, Cluster::LowLow | Cluster::LowHigh))
            .map(|cluster| Reason::Cluster(*cluster));
        let around: Vec<Change> = neighbours
            .neighbours(unit)
            .iter()
            .filter_map(|&neighbour| change(neighbour as usize))
            .collect();
        let (known, fallen) = (around.len(), around.iter().filter(|one| has_fallen(one)).count());
        let around = (fallen > 0 && fallen as f64 >= rules.neighbours * known as f64)
            .then_some(Reason::NeighboursFell { fell: fallen, known });
        [fell, course, stacked, cluster, around].into_iter().flatten().collect::<Vec<_>>()
    };
    let mut entries: Vec<Entry> = (0..units)
        .map(|unit| Entry { unit, reasons: reasons(unit) })
        .filter(|entry| entry.reasons.len() >= rules.reasons.max(1))
        .collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.reasons.len()));
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Weights, change::changes};

    #[test]
    fn every_entry_says_why_and_most_reasons_come_first() {
        let points = [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]];
        let weights = Weights::distance_band(&points, 1.0).expect("points");
        let changes = changes(&[0.0; 3], &[0.0, -1.0, -1.0], 0.5, true).expect("one a unit");
        let clusters = [Cluster::NotSignificant, Cluster::NoData, Cluster::LowLow];
        let list = |rules| watch_list(&changes, &[], &[], &clusters, &weights, rules);
        let found = list(Rules::default()).expect("one a unit");
        let units: Vec<_> = found.iter().map(|entry| (entry.unit, entry.reasons.len())).collect();
        assert_eq!(units, [(2, 3), (1, 2)]);
        assert_eq!(found[1].reasons[1], Reason::NeighboursFell { fell: 1, known: 2 });
        assert_eq!(list(Rules { reasons: 1, ..Rules::default() }).expect("one a unit").len(), 3);
        assert!(
            watch_list(&changes[..2], &[], &[], &clusters, &weights, Rules::default()).is_err()
        );
    }
}
