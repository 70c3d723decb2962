//! The gap between the best and the worst.

use super::{percentile, weighed::weighed, weighted_percentile};
use crate::analysis::AnalysisError;

/// The ninetieth and the tenth percentile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// P10.
    pub p10: f64,
    /// The median.
    pub median: f64,
    /// P90.
    pub p90: f64,
    /// How many units it is of.
    pub units: usize,
}

impl Gap {
    /// P90 - P10.
    pub fn difference(&self) -> f64 {
        self.p90 - self.p10
    }

    /// P90/P10; `None` where values are not above zero: scores around zero have differences only.
    pub fn ratio(&self) -> Option<f64> {
        (self.p10 > 0.0).then(|| self.p90 / self.p10).filter(|ratio| ratio.is_finite())
    }
}

/// P10, median and P90: of units by type 7 where no weights are given, else of people (the smallest
/// value at which that share of the weight is reached). n log n.
///
/// # Errors
/// When the lists differ in length, a weight is below zero, or nothing is left to weigh.
pub fn gap(values: &[f64], weights: Option<&[f64]>) -> Result<Gap, AnalysisError> {
    let units = weighed(values, weights, 1)?.len();
    let at = |p: f64| {
        let found = match weights {
            Some(weights) => weighted_percentile(values, weights, p),
            None => percentile(values, p),
        };
        found.ok_or(AnalysisError::TooFewUnits { got: 0, needed: 1 })
    };
    Ok(Gap { p10: at(0.1)?, median: at(0.5)?, p90: at(0.9)?, units })
}

/// The means of the tenth of the people with the lowest and with the highest values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TenthGap {
    /// The mean of the lowest tenth.
    pub lowest: f64,
    /// The mean of the highest tenth.
    pub highest: f64,
    /// The second less the first.
    pub difference: f64,
}

/// The tenth of all residents that lives in the units with the lowest values beside the tenth with
/// the highest. A unit across the limit counts for the part that fits. n log n.
///
/// # Errors
/// When the lists differ in length, a weight is below zero, or nothing is left to weigh.
pub fn tenth_gap(values: &[f64], residents: &[f64]) -> Result<TenthGap, AnalysisError> {
    let mut units = weighed(values, Some(residents), 1)?;
    units.sort_unstable_by(|a, b| a.value.total_cmp(&b.value));
    let tenth = units.iter().map(|one| one.weight).sum::<f64>() / 10.0;
    let mean = |units: &mut dyn Iterator<Item = (f64, f64)>| {
        let (mut left, mut sum) = (1.0, 0.0);
        for (value, weight) in units {
            let part = (weight / tenth).min(left);
            sum += part * value;
            left -= part;
            if left <= 0.0 {
                break;
            }
        }
        sum
    };
    let lowest = mean(&mut units.iter().map(|one| (one.value, one.weight)));
    let highest = mean(&mut units.iter().rev().map(|one| (one.value, one.weight)));
    let difference = crate::analysis::numbers::finite("the gap", highest - lowest)?;
    Ok(TenthGap { lowest, highest, difference })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_across_the_limit_counts_in_part() {
        let gap = tenth_gap(&[1.0, 3.0, 5.0, f64::NAN], &[5.0, 90.0, 5.0, 50.0]).expect("people");
        assert_eq!((gap.lowest, gap.highest, gap.difference), (2.0, 4.0, 2.0));
        assert!(tenth_gap(&[1.0], &[0.0]).is_err());
    }

    #[test]
    fn scores_around_zero_have_no_ratio() {
        let gap = gap(&[-1.0, 0.0, 1.0], None).expect("values");
        assert_eq!((gap.median, gap.ratio()), (0.0, None));
    }
}
