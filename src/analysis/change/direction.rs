//! The change between two years.

use crate::analysis::{
    AnalysisError,
    numbers::{check_parameter, complete},
};

/// Whether it got better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Worse by more than the dead band.
    Worse,
    /// Within the dead band, its ends included.
    Stable,
    /// Better by more than the dead band.
    Better,
}

/// The change of one unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The later value less the earlier one, in the indicator's unit.
    pub difference: f64,
    /// What that means.
    pub direction: Direction,
}

/// The change of every unit; `None` where a value is missing. `band` is the dead band: changes that
/// are no larger, either way, are none (0.0392 of the Leefbaarometer 3.0 and 0.0665 of the 2.0 are
/// what this product uses and calls its own). `high_is_good` says which way is up. Linear.
///
/// # Errors
/// When the lists differ in length, or the band is below zero.
pub fn changes(
    before: &[f64],
    after: &[f64],
    band: f64,
    high_is_good: bool,
) -> Result<Vec<Option<Change>>, AnalysisError> {
    relative(before, after, band, high_is_good, 0.0)
}

/// The change of every unit less that of the country: `country` is the difference of the means of
/// the reference, which the publisher gives, or the mean that [`counted`] finds over all units. Say
/// that it is relative.
///
/// # Errors
/// As [`changes`], and when the country's change is not finite.
pub fn relative_changes(
    before: &[f64],
    after: &[f64],
    band: f64,
    high_is_good: bool,
    country: f64,
) -> Result<Vec<Option<Change>>, AnalysisError> {
    let what = "the change of the country";
    check_parameter(what, country, "a finite number", country.is_finite())?;
    relative(before, after, band, high_is_good, country)
}

fn relative(
    before: &[f64],
    after: &[f64],
    band: f64,
    high_is_good: bool,
    country: f64,
) -> Result<Vec<Option<Change>>, AnalysisError> {
    AnalysisError::check_length("the later values", after.len(), before.len())?;
    check_parameter("the dead band", band, "0 or more", band.is_finite() && band >= 0.0)?;
    let both = complete(&[before, after]);
    let one = |((&before, &after), both): ((&f64, &f64), bool)| {
        let difference = after - before - country;
        let gain = if high_is_good { difference } else { -difference };
        let direction = if gain > band {
            Direction::Better
        } else if gain < -band {
            Direction::Worse
        } else {
            Direction::Stable
        };
        (both && difference.is_finite()).then_some(Change { difference, direction })
    };
    Ok(before.iter().zip(after).zip(both).map(one).collect())
}

/// How many units went which way: the denominator of every share is `known`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counted {
    /// Units with both values.
    pub known: usize,
    /// Of them worse.
    pub worse: usize,
    /// Of them within the dead band.
    pub stable: usize,
    /// Of them better.
    pub better: usize,
    /// The mean difference over units; `None` without any.
    pub mean: Option<f64>,
}

/// Counts changes. Linear.
pub fn counted(changes: &[Option<Change>]) -> Counted {
    let mut counted = Counted::default();
    let mut sum = 0.0;
    for change in changes.iter().flatten() {
        counted.known += 1;
        sum += change.difference;
        match change.direction {
            Direction::Worse => counted.worse += 1,
            Direction::Stable => counted.stable += 1,
            Direction::Better => counted.better += 1,
        }
    }
    let mean = sum / counted.known as f64;
    counted.mean = Some(mean).filter(|mean| mean.is_finite());
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dead_band_and_which_way_is_up_decide() {
        let (before, after) = ([1.0, 1.0, 1.0, f64::NAN], [1.5, 1.4, 0.0, 1.0]);
        let found = changes(&before, &after, 0.5, true).expect("one a unit");
        let count = counted(&found);
        assert_eq!((count.known, count.worse, count.stable, count.better), (3, 1, 2, 0));
        let bad = counted(&changes(&before, &after, 0.1, false).expect("one a unit"));
        assert_eq!((bad.worse, bad.better), (2, 1));
        let relative = relative_changes(&before, &after, 0.1, true, 0.5).expect("one a unit");
        assert_eq!(relative[0].map(|change| change.direction), Some(Direction::Stable));
        assert!(changes(&before, &after, -1.0, true).is_err());
    }
}
