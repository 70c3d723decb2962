//! Where neighbours are alike.

use std::sync::Arc;

use crate::{
    analysis::{
        Weights,
        autocorrelation::{self, Adjustment, Permutations, local_moran},
    },
    atlas::{awaited::Work, neighbourhood::Neighbourhood},
    indicator::{Cluster, Indicator, Reason, Value},
};

use super::{Atlas, Column, Made, by_division, key_of};

/// Local Moran wants so many numbers.
const LEAST: usize = 4;

/// The classes, low to high; see [`Cluster`].
const LOW_LOW: f64 = 1.0;
const LOW_HIGH: f64 = 2.0;
const NO_PATTERN: f64 = 3.0;
const HIGH_LOW: f64 = 4.0;
const HIGH_HIGH: f64 = 5.0;

/// The clusters of every series of the figure that has differences, none computed yet.
pub(super) fn columns(atlas: &Atlas, indicator: &Indicator, rule: &Cluster) -> Made {
    let mut made = Made::new();
    for years in by_division(atlas, &rule.of) {
        let mut is_newest = true;
        for series in years.iter().rev() {
            let Some(values) = series.column.shared().filter(|values| differ(values)) else {
                continue;
            };
            let work = Clusters { values, around: series.coverage.neighbourhood() };
            let column = Column::awaited(work, is_newest, &[series.column]);
            made.push((key_of(indicator, series), column));
            is_newest = false;
        }
    }
    made
}

/// Whether there are enough numbers, and not all the same.
fn differ(values: &[Value]) -> bool {
    let mut numbers = values.iter().filter_map(|value| value.number());
    let first = numbers.next();
    let (count, others) =
        numbers.fold((1, false), |(count, others), one| (count + 1, others || Some(one) != first));
    others && count >= LEAST
}

/// The figures, and who is beside whom.
struct Clusters {
    values: Arc<[Value]>,
    around: Arc<Neighbourhood>,
}

impl Work for Clusters {
    fn reasons(&self) -> Vec<Option<Reason>> {
        let neighbours = self.around.get();
        let has_number = |at: usize| self.values.get(at).is_some_and(|v| v.number().is_some());
        let reason = |(at, value): (usize, &Value)| match value {
            Value::Missing(reason) => Some(*reason),
            Value::Number(_) => {
                let beside = neighbours.queen(at).iter().any(|one| has_number(one.area as usize));
                (!beside).then_some(Reason::GeenBuren)
            }
        };
        self.values.iter().enumerate().map(reason).collect()
    }

    /// Weights of all areas, so that one beside a gap is no island; those without a figure leave in
    /// the statistic itself.
    fn numbers(&self, _: &[Option<Reason>]) -> Vec<f64> {
        let numbers: Vec<f64> =
            self.values.iter().map(|value| value.number().unwrap_or(f64::NAN)).collect();
        let weights = Weights::queen(self.around.get());
        let [least, most] = Cluster::PERMUTATIONS;
        let found = Permutations::adaptive(least, most, Cluster::SEED)
            .and_then(|permutations| local_moran(&numbers, &weights, permutations))
            .and_then(|found| found.clusters(Cluster::LEVEL, Adjustment::FalseDiscovery));
        match found {
            Ok(clusters) => clusters.into_iter().map(class).collect(),
            // Differences no larger than rounding, or none between neighbours: no pattern.
            Err(_) => vec![NO_PATTERN; numbers.len()],
        }
    }
}

fn class(cluster: autocorrelation::Cluster) -> f64 {
    use autocorrelation::Cluster::{
        HighHigh, HighLow, Isolated, LowHigh, LowLow, NoData, NotSignificant,
    };
    match cluster {
        LowLow => LOW_LOW,
        LowHigh => LOW_HIGH,
        NotSignificant | Isolated | NoData => NO_PATTERN,
        HighLow => HIGH_LOW,
        HighHigh => HIGH_HIGH,
    }
}
