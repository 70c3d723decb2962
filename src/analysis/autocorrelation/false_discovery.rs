//! Many tests at once: what may be called significant.

use super::Adjustment;
use crate::analysis::{AnalysisError, numbers::check_parameter};

/// What the procedure of Benjamini and Hochberg leaves standing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FalseDiscovery {
    /// The largest p that is rejected; `None` where none is.
    pub cutoff: Option<f64>,
    /// What that p was held against, i·α/n; α/n where none is rejected.
    pub threshold: f64,
    /// How many are rejected.
    pub rejected: usize,
    /// How many tests there were.
    pub tests: usize,
}

/// Rejects so that no more than a share α of what is rejected is expected to be chance (Benjamini
/// and Hochberg 1995): all up to the largest p₍ᵢ₎ ≤ i·α/n. What is not finite is no test. n log n.
///
/// # Errors
/// When α is not between 0 and 1.
pub fn benjamini_hochberg(p: &[f64], alpha: f64) -> Result<FalseDiscovery, AnalysisError> {
    check_level(alpha)?;
    Ok(discovery(p, alpha))
}

/// Refuses a level that is not between 0 and 1.
pub(super) fn check_level(alpha: f64) -> Result<(), AnalysisError> {
    check_parameter("the level", alpha, "between 0 and 1", alpha > 0.0 && alpha < 1.0)
}

fn discovery(p: &[f64], alpha: f64) -> FalseDiscovery {
    let mut sorted: Vec<f64> = p.iter().copied().filter(|p| p.is_finite()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let share = alpha / sorted.len().max(1) as f64;
    let threshold = |place: usize| (place + 1) as f64 * share;
    let last = (0..sorted.len()).rev().find(|&place| sorted[place] <= threshold(place));
    FalseDiscovery {
        cutoff: last.map(|place| sorted[place]),
        threshold: threshold(last.unwrap_or(0)),
        rejected: last.map_or(0, |place| place + 1),
        tests: sorted.len(),
    }
}

/// Each p as the least level at which the procedure rejects it; `None` where there is no p.
/// n log n.
pub fn adjusted_by_benjamini_hochberg(p: &[f64]) -> Vec<Option<f64>> {
    adjusted(p, |_| 1.0)
}

/// The same where tests may depend on each other in any way (Benjamini and Yekutieli 2001).
pub fn adjusted_by_benjamini_yekutieli(p: &[f64]) -> Vec<Option<f64>> {
    adjusted(p, |tests| (1..=tests).map(|i| 1.0 / i as f64).sum())
}

fn adjusted(p: &[f64], factor: impl Fn(usize) -> f64) -> Vec<Option<f64>> {
    let mut order: Vec<usize> = (0..p.len()).filter(|&test| p[test].is_finite()).collect();
    order.sort_unstable_by(|&a, &b| p[a].total_cmp(&p[b]));
    let (n, factor) = (order.len() as f64, factor(order.len()));
    let mut adjusted = vec![None; p.len()];
    let mut least = 1.0_f64;
    for (place, &test) in order.iter().enumerate().rev() {
        least = least.min(p[test] * factor * n / (place + 1) as f64);
        adjusted[test] = Some(least);
    }
    adjusted
}

/// The largest p that counts as significant at a level; below 0 where none does.
pub(super) fn limit(p: &[f64], alpha: f64, adjustment: Adjustment) -> f64 {
    match adjustment {
        Adjustment::None => alpha,
        Adjustment::Bonferroni => alpha / p.len().max(1) as f64,
        Adjustment::FalseDiscovery => discovery(p, alpha).cutoff.unwrap_or(-1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_wider_level_rejects_no_less_and_adjusted_p_says_the_same(
            p in prop::collection::vec(0.0..1.0_f64, 1..60),
        ) {
            let mut before = 0;
            for alpha in [0.01, 0.05, 0.1, 0.5] {
                let found = benjamini_hochberg(&p, alpha).expect("a level");
                prop_assert!(found.rejected >= before);
                before = found.rejected;
                let adjusted = adjusted_by_benjamini_hochberg(&p);
                let under = adjusted.iter().flatten().filter(|p| **p <= alpha).count();
                prop_assert_eq!(under, found.rejected);
                prop_assert!(found.rejected >= p.iter().filter(|p| **p <= alpha / 60.0).count());
            }
        }
    }

    #[test]
    fn without_tests_nothing_is_rejected() {
        let none = benjamini_hochberg(&[f64::NAN], 0.05).expect("a level");
        assert_eq!((none.cutoff, none.rejected, none.tests), (None, 0, 0));
        assert!(benjamini_hochberg(&[0.1], 0.0).is_err());
        assert_eq!(adjusted_by_benjamini_hochberg(&[f64::NAN, 0.5]), [None, Some(0.5)]);
    }
}
