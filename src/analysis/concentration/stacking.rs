//! Stapeling: how many disadvantages pile up in one place.

use crate::analysis::{AnalysisError, inequality::percentile, numbers::check_parameter};

/// Which end of an indicator is the unfavourable one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfavourable {
    /// Low is bad: a score of liveability.
    Low,
    /// High is bad: a share of low incomes.
    High,
}

/// What piles up in one unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stacked {
    /// Which of the indicators are in the least favourable part, ascending.
    pub indicators: Vec<usize>,
    /// How many of the indicators are known. A unit with fewer than all may have more that nobody
    /// knows of.
    pub known: usize,
}

/// What piles up where.
#[derive(Clone, Debug, PartialEq)]
pub struct Stacking {
    /// One entry a unit.
    pub units: Vec<Stacked>,
    /// Of each indicator the limit: at it or beyond is in the least favourable part. `None` where
    /// the reference has no value.
    pub limits: Vec<Option<f64>>,
    /// How many units have 0, 1, 2, … indicators in the least favourable part; of the units with at
    /// least one known.
    pub counts: Vec<usize>,
}

/// How many of the indicators are in the least favourable part q of a reference, in every unit.
///
/// Each indicator comes with its values, one a unit, the values of its reference (all buurten of
/// the country with residents, say) and which end is bad. The limit is the quantile of type 7 of
/// the reference, and ties with it count, so that more than q can be in where many share a value.
/// n log n in the reference.
///
/// # Errors
/// When the lists differ in length, or q is not above 0 and at most ½.
pub fn stacking(
    indicators: &[(&[f64], &[f64], Unfavourable)],
    q: f64,
) -> Result<Stacking, AnalysisError> {
    check_parameter("the least favourable part", q, "above 0, at most 0.5", q > 0.0 && q <= 0.5)?;
    let count = indicators.first().map_or(0, |(values, ..)| values.len());
    let mut units = vec![Stacked::default(); count];
    let mut limits = Vec::with_capacity(indicators.len());
    for (indicator, (values, reference, bad)) in indicators.iter().enumerate() {
        AnalysisError::check_length("an indicator", values.len(), count)?;
        let at = if *bad == Unfavourable::Low { q } else { 1.0 - q };
        let limit = percentile(reference, at);
        limits.push(limit);
        let Some(limit) = limit else { continue };
        for (unit, value) in units.iter_mut().zip(*values) {
            unit.known += usize::from(value.is_finite());
            let is_in = match bad {
                Unfavourable::Low => *value <= limit,
                Unfavourable::High => *value >= limit,
            };
            if value.is_finite() && is_in {
                unit.indicators.push(indicator);
            }
        }
    }
    let mut counts = vec![0; indicators.len() + 1];
    for unit in units.iter().filter(|unit| unit.known > 0) {
        if let Some(count) = counts.get_mut(unit.indicators.len()) {
            *count += 1;
        }
    }
    Ok(Stacking { units, limits, counts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_and_in_the_least_favourable_fifth_is_listed() {
        let score: Vec<f64> = (0..=10).map(f64::from).collect();
        let mut poor: Vec<f64> = score.iter().map(|score| 10.0 - score).collect();
        poor[1] = f64::NAN;
        let indicators = [
            (&score[..], &score[..], Unfavourable::Low),
            (&poor[..], &score[..], Unfavourable::High),
        ];
        let stacked = stacking(&indicators, 0.2).expect("one a unit");
        assert_eq!(stacked.limits, [Some(2.0), Some(8.0)]);
        let found: Vec<_> = stacked.units.iter().map(|unit| unit.indicators.clone()).collect();
        assert_eq!(found[..4], [vec![0, 1], vec![0], vec![0, 1], vec![]]);
        assert_eq!((stacked.units[1].known, stacked.counts), (1, vec![8, 1, 2]));
        assert!(stacking(&indicators, 0.6).is_err());
    }
}
