//! Where a rounded number may stand among others: a rank is as uncertain as the numbers are.

use super::Interval;

/// The ranks that an area may have; 1 is the highest number, and equals share a rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The best: only those that are certainly higher stand before it.
    pub best: usize,
    /// The worst: all that may be higher stand before it.
    pub worst: usize,
    /// How many are ranked.
    pub among: usize,
}

/// Every interval of those that are ranked, ready to be asked.
#[derive(Clone, Debug)]
pub struct Ranking {
    lows: Vec<f64>,
    highs: Vec<f64>,
}

/// Whether `other` is higher whatever the two stand for. Intervals that touch do not overlap: the
/// higher number of the lower one is not reached.
fn is_surely_above(other_low: f64, own: Interval) -> bool {
    if own.is_exact() { other_low > own.high } else { other_low >= own.high }
}

/// Whether `other` may be higher than what `own` may stand for.
fn may_be_above(other_high: f64, own: Interval) -> bool {
    other_high > own.low
}

impl Ranking {
    /// The ranking of these intervals. Cost: sorting them.
    pub fn new(intervals: impl IntoIterator<Item = Interval>) -> Self {
        let (mut lows, mut highs): (Vec<_>, Vec<_>) =
            intervals.into_iter().map(|one| (one.low, one.high)).unzip();
        lows.sort_unstable_by(f64::total_cmp);
        highs.sort_unstable_by(f64::total_cmp);
        Self { lows, highs }
    }

    /// Where one of the ranked intervals may stand. Cost: two binary searches.
    pub fn standing(&self, own: Interval) -> Standing {
        let surely = self.lows.partition_point(|&low| !is_surely_above(low, own));
        let maybe = self.highs.partition_point(|&high| !may_be_above(high, own));
        let among = self.lows.len();
        standing(among - surely, among - maybe, own, among)
    }
}

impl Standing {
    /// Where `own` may stand among `all`, which holds it too. Cost: one pass; to rank many, make a
    /// [`Ranking`].
    pub fn among(own: Interval, all: impl IntoIterator<Item = Interval>) -> Self {
        let (mut surely, mut maybe, mut among) = (0, 0, 0);
        for other in all {
            among += 1;
            surely += usize::from(is_surely_above(other.low, own));
            maybe += usize::from(may_be_above(other.high, own));
        }
        standing(surely, maybe, own, among)
    }
}

fn standing(surely: usize, maybe: usize, own: Interval, among: usize) -> Standing {
    // What is no single number may be above its own lowest, and stands not before itself.
    let itself = usize::from(!own.is_exact());
    Standing { best: 1 + surely, worst: 1 + maybe.saturating_sub(itself), among }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::indicator::{Kind, Limits};

    /// The ranks over every choice of a number from each interval: its lowest, its middle, and
    /// just below its highest.
    fn brute_force(intervals: &[Interval], own: usize) -> (usize, usize) {
        let choices = |one: &Interval| {
            if one.is_exact() {
                return vec![one.low];
            }
            let just_below = one.high - (one.high - one.low) * 1e-6;
            vec![one.low, f64::midpoint(one.low, one.high), just_below]
        };
        let (mut best, mut worst) = (usize::MAX, 0);
        for mine in choices(&intervals[own]) {
            let others = || intervals.iter().enumerate().filter(|(at, _)| *at != own);
            // Each of the others is chosen by itself: as low, or as high as it can be.
            let least = others().filter(|(_, one)| choices(one).iter().all(|c| *c > mine)).count();
            let most = others().filter(|(_, one)| choices(one).iter().any(|c| *c > mine)).count();
            best = best.min(1 + least);
            worst = worst.max(1 + most);
        }
        (best, worst)
    }

    fn rounded(number: f64, step: f64, kind: Kind) -> Interval {
        Interval::of(number, step, Limits::of(kind, std::iter::empty()))
    }

    proptest! {
        #[test]
        fn ranks_are_those_of_brute_force(
            numbers in prop::collection::vec(0_u8..12, 1..30),
            step in prop::sample::select(vec![0.0, 1.0, 2.0, 5.0]),
            counts in any::<bool>(),
        ) {
            let kind = if counts { Kind::Aantal } else { Kind::Score };
            let intervals: Vec<_> = numbers
                .iter()
                .map(|&number| rounded(f64::from(number), step, kind))
                .collect();
            let ranking = Ranking::new(intervals.iter().copied());
            for (at, &own) in intervals.iter().enumerate() {
                let standing = ranking.standing(own);
                prop_assert_eq!((standing.best, standing.worst), brute_force(&intervals, at));
                prop_assert_eq!(standing.among, intervals.len());
                prop_assert_eq!(standing, Standing::among(own, intervals.iter().copied()));
            }
        }

        #[test]
        fn intervals_of_any_width_are_ranked_as_by_brute_force(
            bounds in prop::collection::vec((0_u8..10, 0_u8..4), 1..20),
        ) {
            let intervals: Vec<_> = bounds
                .iter()
                .map(|&(low, width)| Interval {
                    low: f64::from(low),
                    high: f64::from(low + width),
                })
                .collect();
            let ranking = Ranking::new(intervals.iter().copied());
            for (at, &own) in intervals.iter().enumerate() {
                let standing = ranking.standing(own);
                prop_assert_eq!((standing.best, standing.worst), brute_force(&intervals, at));
            }
        }
    }

    #[test]
    fn exact_equals_share_a_rank_and_rounded_equals_share_a_range() {
        let ranks = |step: f64| {
            let all = [7.0, 5.0, 5.0, 1.0].map(|number| rounded(number, step, Kind::Aandeel));
            let ranking = Ranking::new(all);
            all.map(|own| ranking.standing(own)).map(|one| (one.best, one.worst))
        };
        assert_eq!(ranks(0.0), [(1, 1), (2, 2), (2, 2), (4, 4)]);
        assert_eq!(ranks(1.0), [(1, 1), (2, 3), (2, 3), (4, 4)]);
        assert_eq!(ranks(2.0), [(1, 1), (2, 3), (2, 3), (4, 4)], "touching is not overlapping");
        assert_eq!(ranks(3.0), [(1, 3), (1, 3), (1, 3), (4, 4)]);
    }
}
