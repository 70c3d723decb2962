//! What chance would have given: values dealt out anew.

use rayon::prelude::*;

use crate::analysis::{AnalysisError, numbers::check_parameter, stream::Stream};

/// How often values are dealt out anew, and from which seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permutations {
    least: u32,
    most: u32,
    seed: u64,
}

/// What simulated values may differ from the observed one and still be equal to it: the same
/// values summed in another order are.
const TIE: f64 = 1e-12;

impl Permutations {
    /// The most that is offered.
    pub const MOST: u32 = 99_999;

    /// As many for every unit. With M permutations no p is below 2/(M+1): after 999, a correction
    /// for many tests can reject nothing in a country of buurten.
    ///
    /// # Errors
    /// When the number is not from 1 to [`Permutations::MOST`].
    pub fn fixed(number: u32, seed: u64) -> Result<Self, AnalysisError> {
        Self::adaptive(number, number, seed)
    }

    /// At least so many for every unit, and ten times as many again, up to `most`, for units whose
    /// p is still told by fewer than fifty permutations. Global statistics take `most`.
    ///
    /// # Errors
    /// When the numbers are not from 1 to [`Permutations::MOST`], the lesser first.
    pub fn adaptive(least: u32, most: u32, seed: u64) -> Result<Self, AnalysisError> {
        let is_allowed = 1 <= least && least <= most && most <= Self::MOST;
        let got = f64::from(if least <= most { most } else { least });
        check_parameter("the number of permutations", got, "from 1 to 99,999", is_allowed)?;
        Ok(Self { least, most, seed })
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The most that any unit gets.
    pub fn most(&self) -> u32 {
        self.most
    }

    /// Draws until the number of draws tells p: `draw` gives what each is beside the observed value.
    pub(super) fn count(&self, mut draw: impl FnMut() -> f64, observed: f64) -> Counts {
        let tie = TIE * observed.abs().max(1.0);
        let (low, high) = (observed - tie, observed + tie);
        let mut counts = Counts::default();
        let mut goal = self.least;
        loop {
            for _ in counts.drawn..goal {
                let simulated = draw();
                counts.at_least += u32::from(simulated >= low);
                counts.at_most += u32::from(simulated <= high);
            }
            counts.drawn = goal;
            if goal >= self.most || counts.at_least.min(counts.at_most) >= ENOUGH {
                return counts;
            }
            goal = goal.saturating_mul(10).saturating_add(9).min(self.most);
        }
    }
}

/// A p that so many permutations are as extreme for is known well enough to be left: its standard
/// error is a seventh of it.
const ENOUGH: u32 = 50;

/// How many draws there were, and how many were not below and not above the observed value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) drawn: u32,
    pub(super) at_least: u32,
    pub(super) at_most: u32,
}

impl Counts {
    pub(super) fn p(self) -> f64 {
        two_sided_p(self.at_least, self.at_most, self.drawn)
    }
}

/// The two-sided p of a permutation test, min(1, 2(min(#≥, #≤) + 1)/(M + 1)): the observed value
/// counts as one of the permutations, so that p is never 0 (Davison and Hinkley 1997). Twice the
/// "pseudo p" of GeoDa and esda, which look at the nearer side alone.
pub fn two_sided_p(at_least: u32, at_most: u32, permutations: u32) -> f64 {
    let extreme = f64::from(at_least.min(at_most)) + 1.0;
    (2.0 * extreme / (f64::from(permutations) + 1.0)).min(1.0)
}

/// A statistic of the whole map against values that were dealt out anew.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Permuted {
    /// The statistic as it is.
    pub observed: f64,
    /// The mean of the permutations.
    pub mean: f64,
    /// Their standard deviation (over M - 1); 0 of one.
    pub deviation: f64,
    /// How many were at least as high, equals within 10⁻¹² among them.
    pub at_least: u32,
    /// How many were at most as high.
    pub at_most: u32,
    /// The two-sided p: see [`two_sided_p`].
    pub p: f64,
    /// How many permutations there were.
    pub permutations: u32,
    /// The seed that they came from.
    pub seed: u64,
}

impl Permuted {
    /// Counts the simulated values against the observed one; missing where there is none.
    pub fn of(observed: f64, simulated: &[f64], seed: u64) -> Option<Self> {
        let m = u32::try_from(simulated.len()).ok().filter(|m| *m > 0)?;
        if !observed.is_finite() || !simulated.iter().all(|value| value.is_finite()) {
            return None;
        }
        let tie = TIE * observed.abs().max(1.0);
        let count = |is: &dyn Fn(f64) -> bool| simulated.iter().filter(|&&v| is(v)).count() as u32;
        let at_least = count(&|value| value >= observed - tie);
        let at_most = count(&|value| value <= observed + tie);
        let mean = simulated.iter().sum::<f64>() / f64::from(m);
        let squares: f64 = simulated.iter().map(|value| (value - mean).powi(2)).sum();
        let deviation = (squares / f64::from(m.max(2) - 1)).sqrt();
        let p = two_sided_p(at_least, at_most, m);
        Some(Self { observed, mean, deviation, at_least, at_most, p, permutations: m, seed })
    }
}

/// The statistic of values dealt out anew, each time in an order of its own stream.
pub(super) fn permuted(
    values: &[f64],
    permutations: Permutations,
    statistic: impl Fn(&[f64]) -> f64 + Sync,
) -> Result<Permuted, AnalysisError> {
    let simulated: Vec<f64> = (0..permutations.most)
        .into_par_iter()
        .map_init(Vec::new, |dealt: &mut Vec<f64>, number| {
            dealt.clear();
            dealt.extend_from_slice(values);
            Stream::new(permutations.seed, u64::from(number)).shuffle(dealt);
            statistic(dealt)
        })
        .collect();
    Permuted::of(statistic(values), &simulated, permutations.seed)
        .ok_or(AnalysisError::OutOfRange { what: "a permuted statistic" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p_is_never_nothing_and_never_above_one() {
        assert_eq!(two_sided_p(0, 999, 999), 0.002);
        assert_eq!(two_sided_p(999, 999, 999), 1.0);
        assert_eq!(two_sided_p(24, 975, 999), 0.05);
        let constant = Permuted::of(1.0, &[1.0 + 1e-15; 99], 1).expect("finite");
        assert_eq!((constant.at_least, constant.at_most, constant.p), (99, 99, 1.0));
        assert_eq!(Permuted::of(1.0, &[], 1), None);
        assert_eq!(Permuted::of(1.0, &[f64::NAN], 1), None);
    }

    #[test]
    fn more_permutations_only_where_p_is_small() {
        let adaptive = Permutations::adaptive(99, 99_999, 1).expect("in range");
        let mut stream = Stream::new(1, 1);
        let common = adaptive.count(|| stream.unit(), 0.5);
        assert_eq!((common.drawn, common.p() > 0.5), (999, true));
        let rare = adaptive.count(|| stream.unit(), 2.0);
        assert_eq!((rare.drawn, rare.p()), (99_999, 2e-5));
        for refused in [Permutations::fixed(0, 1), Permutations::adaptive(9, 5, 1)] {
            assert!(refused.is_err());
        }
    }
}
