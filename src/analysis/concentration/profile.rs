//! The concentration profile: which part of a group lives where it is how common.

use crate::analysis::segregation::TwoGroups;

/// v(θ), the part of a group that lives in units where its share is at least θ (Hong and Sadahiro
/// 2014, *Measuring geographic segregation: a graph-based approach*): a step function, held exactly.
#[derive(Clone, Debug, PartialEq)]
pub struct ConcentrationProfile {
    /// Shares in units, descending, each once.
    shares: Vec<f64>,
    /// The part of the group at or above each of them.
    parts: Vec<f64>,
    ratio: f64,
}

impl ConcentrationProfile {
    /// The profile of a group. By sorting, n log n.
    pub fn new(groups: &TwoGroups) -> Self {
        let mut units: Vec<(f64, f64)> =
            groups.inhabited_units().map(|(x, t)| (x / t, x)).collect();
        units.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        let (mut shares, mut parts): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
        let mut sum = 0.0;
        for (share, x) in units {
            sum += x;
            let part = (sum / groups.group_size()).min(1.0);
            match parts.last_mut() {
                Some(last) if shares.last() == Some(&share) => *last = part,
                _ => {
                    shares.push(share);
                    parts.push(part);
                }
            }
        }
        // The integrals of the steps: unit by unit, below and above P.
        let p = groups.share();
        let (mut below, mut above) = (0.0, 0.0);
        for (x, t) in groups.inhabited_units() {
            below += x * (x / t).min(p);
            above += x * (x / t - p).max(0.0);
        }
        let size = groups.group_size();
        let ratio = (p - below / size + above / size) / (1.0 - p);
        Self { shares, parts, ratio: ratio.clamp(0.0, 1.0) }
    }

    /// v(θ): which part of the group lives in units where its share is at least θ, both 0 to 1.
    pub fn part_at_least(&self, share: f64) -> f64 {
        let reached = self.shares.partition_point(|&own| own >= share);
        reached.checked_sub(1).and_then(|last| self.parts.get(last)).copied().unwrap_or(0.0)
    }

    /// The highest share at which at least such a part of the group lives: 0.5 gives "half of the
    /// group lives in units with at least x %". `None` for a part above 1, and for none.
    pub fn share_of(&self, part: f64) -> Option<f64> {
        if !(part > 0.0 && part <= 1.0) {
            return None;
        }
        // Sums of parts: a last digit is no difference.
        let first = self.parts.partition_point(|&own| own < part - 1e-12);
        self.shares.get(first).or(self.shares.last()).copied()
    }

    /// The steps of the curve: a share, and the part of the group at or above it; shares descend.
    pub fn steps(&self) -> impl ExactSizeIterator<Item = (f64, f64)> + '_ {
        self.shares.iter().copied().zip(self.parts.iter().copied())
    }

    /// R = (P - ∫₀ᴾ v + ∫ₚ¹ v) / (1 - P): 0 where every unit has the share of the whole, 1 where the
    /// group lives by itself.
    pub fn ratio(&self) -> f64 {
        self.ratio
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_group_lives_where_it_is_at_least_so_common() {
        let groups = TwoGroups::new(&[40.0, 10.0, 50.0, 0.0], &[50.0, 100.0, 100.0, 100.0])
            .expect("two groups");
        let profile = ConcentrationProfile::new(&groups);
        let steps: Vec<_> = profile.steps().collect();
        assert_eq!(steps, [(0.8, 0.4), (0.5, 0.9), (0.1, 1.0), (0.0, 1.0)]);
        assert_eq!(profile.part_at_least(0.5), 0.9);
        assert_eq!(profile.part_at_least(0.51), 0.4);
        assert_eq!(profile.part_at_least(0.9), 0.0);
        assert_eq!(profile.share_of(0.5), Some(0.5));
        assert_eq!(profile.share_of(0.4), Some(0.8));
        assert_eq!(profile.share_of(1.0), Some(0.1));
        assert_eq!((profile.share_of(0.0), profile.share_of(f64::NAN)), (None, None));
    }
}
