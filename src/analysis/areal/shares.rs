//! What parts of the areas of one division the areas of another have.

use crate::coverage::Crosswalk;

/// What an area of the old division and one of the new have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The old area, by ordinal.
    pub old: u32,
    /// The new area, by ordinal.
    pub new: u32,
    /// The part of what is in the old area that is in the new one, from 0 to 1.
    pub of_old: f64,
    /// The part of what is in the new area that was in the old one, from 0 to 1.
    pub of_new: f64,
}

/// The shares of two divisions, by new area. The parts of an old area add up to 1 where all of it
/// went somewhere, those of a new one where all of it came from somewhere.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shares {
    all: Box<[Share]>,
    /// Where those of each new area start; one more than there are new areas.
    starts: Box<[u32]>,
}

/// A value of a new area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interpolated {
    /// The value; `None` where no old area with a value has part in it.
    pub value: Option<f64>,
    /// The part of the new area that comes from old areas with a value, from 0 to 1.
    pub covered: f64,
}

impl Shares {
    /// Shares in any order, of a new division of `count` areas; those of areas beyond it are left
    /// out.
    pub fn new(mut all: Vec<Share>, count: usize) -> Self {
        all.retain(|share| (share.new as usize) < count);
        all.sort_by_key(|share| (share.new, share.old));
        let start = |area: usize| all.partition_point(|share| (share.new as usize) < area) as u32;
        let starts = (0..=count).map(start).collect();
        Self { all: all.into(), starts }
    }

    /// The parts of ground: what lies beyond the other division belongs to no share.
    pub fn by_ground(crosswalk: &Crosswalk) -> Self {
        let share = |flow: crate::coverage::Flow| Share {
            old: flow.old,
            new: flow.new,
            of_old: flow.of_old,
            of_new: flow.of_new,
        };
        let all = crosswalk.intersections().iter().map(|one| share(crosswalk.flow(one))).collect();
        Self::new(all, crosswalk.new_len())
    }

    /// The same with the parts of every old area adding up to 1: what lies beyond the new division
    /// goes with the rest, so that counts keep their totals.
    #[must_use]
    pub fn allotting_all(mut self) -> Self {
        let count = self.all.iter().map(|share| share.old as usize + 1).max().unwrap_or_default();
        let mut sums = vec![0.0; count];
        for share in &self.all {
            sums[share.old as usize] += share.of_old;
        }
        for share in &mut self.all {
            let sum = sums[share.old as usize];
            if sum > 0.0 {
                share.of_old /= sum;
            }
        }
        self
    }

    /// How many new areas there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is no new area.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every share, by new and old ordinal.
    pub fn all(&self) -> &[Share] {
        &self.all
    }

    /// The shares of a new area, by old ordinal.
    pub fn of_new(&self, area: usize) -> &[Share] {
        let bound = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
        self.all.get(bound(area)..bound(area + 1)).unwrap_or_default()
    }

    /// Counts of the old areas, by ordinal, spread over the new ones and added up. Cost: linear in
    /// the shares.
    pub fn extensive(&self, counts: &[Option<f64>]) -> Vec<Interpolated> {
        let count = |old: u32| counts.get(old as usize).copied().flatten();
        (0..self.len()).map(|area| self.sum(area, count)).collect()
    }

    /// The same of one new area.
    pub fn sum(&self, area: usize, count: impl Fn(u32) -> Option<f64>) -> Interpolated {
        let known = self.of_new(area).iter().filter_map(|share| Some((share, count(share.old)?)));
        let start = (None, 0.0);
        let (value, covered) = known.fold(start, |(sum, covered), (share, count)| {
            (Some(sum.unwrap_or(0.0) + count * share.of_old), covered + share.of_new)
        });
        Interpolated { value, covered: f64::min(covered, 1.0) }
    }

    /// Shares, means or scores of the old areas, by ordinal, averaged over the new ones: each
    /// counts as `weigh` says, [`Share::of_new`] for a mean over ground. One that weighs nothing
    /// counts for nothing; a weight that is no number makes the value missing. Cost: linear in the
    /// shares.
    pub fn intensive(
        &self,
        values: &[Option<f64>],
        weigh: impl Fn(&Share) -> f64,
    ) -> Vec<Interpolated> {
        let value = |old: u32| values.get(old as usize).copied().flatten();
        (0..self.len()).map(|area| self.mean(area, value, &weigh)).collect()
    }

    /// The same of one new area.
    pub fn mean(
        &self,
        area: usize,
        value: impl Fn(u32) -> Option<f64>,
        weigh: impl Fn(&Share) -> f64,
    ) -> Interpolated {
        let (mut sum, mut weights, mut covered) = (0.0, 0.0, 0.0);
        for share in self.of_new(area) {
            let weight = weigh(share);
            if let Some(value) = value(share.old)
                && weight.is_finite()
                && weight >= 0.0
            {
                sum += value * weight;
                weights += weight;
                covered += share.of_new;
            }
        }
        let value = (weights > 0.0).then(|| sum / weights);
        Interpolated { value, covered: f64::min(covered, 1.0) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn share(old: u32, new: u32, of_old: f64, of_new: f64) -> Share {
        Share { old, new, of_old, of_new }
    }

    #[test]
    fn what_is_missing_leaves_sum_and_weight_and_is_told() {
        let shares = Shares::new(
            vec![share(1, 0, 0.5, 0.4), share(0, 0, 1.0, 0.6), share(1, 1, 0.5, 1.0)],
            3,
        );
        let counts = shares.extensive(&[Some(100.0), None]);
        assert_eq!(counts[0], Interpolated { value: Some(100.0), covered: 0.6 });
        assert_eq!(counts[1], Interpolated { value: None, covered: 0.0 });
        assert_eq!(counts[2], Interpolated { value: None, covered: 0.0 });
        let means = shares.intensive(&[Some(10.0), Some(20.0)], |share| share.of_new);
        assert_eq!(means[0].value, Some(14.0));
        let means = shares.intensive(&[Some(10.0), None], |share| share.of_new);
        assert_eq!(means[0], Interpolated { value: Some(10.0), covered: 0.6 });
        let means = shares.intensive(&[Some(10.0), Some(0.0)], |_| f64::NAN);
        assert_eq!(means[0], Interpolated { value: None, covered: 0.0 });
    }

    proptest! {
        #[test]
        fn counts_keep_their_total_and_means_stay_between(
            parts in prop::collection::vec((0u32..6, 0u32..5, 0.01..1.0f64), 1..40),
            values in prop::collection::vec(-50.0..50.0f64, 6),
        ) {
            let all: Vec<_> = parts.iter().map(|&(old, new, part)| share(old, new, part, part)).collect();
            let shares = Shares::new(all.clone(), 5).allotting_all();
            let known: Vec<_> = values.iter().copied().map(Some).collect();
            let there = |at: usize| all.iter().any(|share| share.old as usize == at);
            let before: f64 = values.iter().enumerate().filter(|(at, _)| there(*at)).map(|(_, v)| v).sum();
            let after: f64 = shares.extensive(&known).iter().filter_map(|one| one.value).sum();
            prop_assert!((before - after).abs() < 1e-9 * (1.0 + before.abs()), "{before} {after}");
            for (area, mean) in shares.intensive(&known, |share| share.of_new).iter().enumerate() {
                let of = || shares.of_new(area).iter().map(|share| values[share.old as usize]);
                match mean.value {
                    Some(mean) => {
                        prop_assert!(mean >= of().fold(f64::INFINITY, f64::min) - 1e-9);
                        prop_assert!(mean <= of().fold(f64::NEG_INFINITY, f64::max) + 1e-9);
                    }
                    None => prop_assert_eq!(of().count(), 0),
                }
            }
        }
    }
}
