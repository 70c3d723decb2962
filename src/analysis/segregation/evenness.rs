//! Evenness of two groups: whether every unit has its share of the group.

use super::TwoGroups;
use crate::analysis::{
    AnalysisError,
    numbers::{check_parameter, finite, p_ln_p},
};

/// The entropy of a share p and the rest, natural logarithm.
fn entropy(p: f64) -> f64 {
    -p_ln_p(p) - p_ln_p(1.0 - p)
}

impl TwoGroups {
    /// The index of dissimilarity, D = ½ Σ |xᵢ/X - yᵢ/Y| (Duncan and Duncan 1955): which part of
    /// the group would have to move to be spread evenly; 0 to 1.
    ///
    /// Chance alone makes it larger where units have few members of the group: see
    /// [`TwoGroups::expected_dissimilarity`]. Linear.
    pub fn dissimilarity(&self) -> f64 {
        let (per_group, per_other) = (1.0 / self.group_size(), 1.0 / self.other_size());
        let sum: f64 = self.units().map(|(x, t)| (x * per_group - (t - x) * per_other).abs()).sum();
        (sum / 2.0).clamp(0.0, 1.0)
    }

    /// The Gini index of segregation, Σᵢⱼ tᵢtⱼ|pᵢ-pⱼ| / (2T²P(1-P)): twice the area between the
    /// Lorenz curve and the diagonal; 0 to 1, never below D. By sorting, n log n.
    pub fn gini(&self) -> f64 {
        let mut units: Vec<(f64, f64, f64)> =
            self.inhabited_units().map(|(x, t)| (x / t, x, t)).collect();
        units.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        // Every pair once: the one with the lower share came before.
        let (mut x_before, mut t_before, mut sum) = (0.0, 0.0, 0.0);
        for (_, x, t) in units {
            sum += x * t_before - t * x_before;
            x_before += x;
            t_before += t;
        }
        (sum / self.group_size() / self.other_size()).clamp(0.0, 1.0)
    }

    /// The information theory index, H = Σ tᵢ(E-Eᵢ) / (ET), with E and Eᵢ the entropies of P and
    /// of pᵢ (Theil and Finizza 1971): 0 where every unit is as mixed as the whole, 1 where none
    /// is mixed at all. Unlike D and Gini it adds up over levels. Linear.
    pub fn information_theory(&self) -> f64 {
        let whole = entropy(self.share());
        let sum: f64 = self.inhabited_units().map(|(x, t)| t * (whole - entropy(x / t))).sum();
        (sum / whole / self.population()).clamp(0.0, 1.0)
    }

    /// Atkinson's index, 1 - P/(1-P)·|Σ (1-pᵢ)^(1-b) pᵢ^b tᵢ/(PT)|^(1/(1-b)) (Atkinson 1970, as
    /// Massey and Denton write it): with b below ½ units where the group is scarce weigh more, above
    /// ½ those where it is plenty. Linear.
    ///
    /// # Errors
    /// When b is not between 0 and 1.
    pub fn atkinson(&self, b: f64) -> Result<f64, AnalysisError> {
        check_parameter("the shape b", b, "a number between 0 and 1", b > 0.0 && b < 1.0)?;
        let p = self.share();
        let sum: f64 = self
            .inhabited_units()
            .map(|(x, t)| (1.0 - x / t).powf(1.0 - b) * (x / t).powf(b) * t / self.group_size())
            .sum();
        finite("Atkinson's index", 1.0 - p / (1.0 - p) * sum.powf(1.0 / (1.0 - b)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Units of up to 500 people with part of them in the group, both groups present.
    pub(super) fn populations() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
        prop::collection::vec((0..=500_u16, 0.0..=1.0_f64), 2..40).prop_map(|units| {
            let mut totals: Vec<f64> = units.iter().map(|(t, _)| f64::from(*t)).collect();
            let mut group: Vec<f64> =
                units.iter().map(|(t, p)| (f64::from(*t) * p).floor()).collect();
            totals.extend([3.0, 4.0]);
            group.extend([1.0, 3.0]);
            (group, totals)
        })
    }

    proptest! {
        #[test]
        fn indices_lie_between_nothing_and_all_and_gini_is_not_below_d(
            (group, total) in populations(),
        ) {
            let groups = TwoGroups::new(&group, &total).expect("two groups");
            let atkinson = groups.atkinson(0.5).expect("a half");
            for index in [
                groups.dissimilarity(), groups.gini(), groups.information_theory(), atkinson,
                groups.isolation(), groups.exposure(), groups.correlation_ratio(),
            ] {
                prop_assert!((-1e-12..=1.0 + 1e-12).contains(&index), "{index}");
            }
            prop_assert!(groups.gini() >= groups.dissimilarity() - 1e-12);
            prop_assert!((groups.isolation() + groups.exposure() - 1.0).abs() < 1e-12);
        }

        #[test]
        fn splitting_units_and_scaling_counts_change_nothing(
            (group, total) in populations(), parts in 2..5_u32, factor in 0.01..100.0_f64,
        ) {
            let whole = TwoGroups::new(&group, &total).expect("two groups");
            let split = |list: &[f64]| -> Vec<f64> {
                let part = |&count: &f64| count * factor / f64::from(parts);
                list.iter().flat_map(|count| vec![part(count); parts as usize]).collect()
            };
            let parts = TwoGroups::new(&split(&group), &split(&total)).expect("two groups");
            for (a, b) in [
                (whole.dissimilarity(), parts.dissimilarity()),
                (whole.gini(), parts.gini()),
                (whole.information_theory(), parts.information_theory()),
                (whole.isolation(), parts.isolation()),
                (whole.correlation_ratio(), parts.correlation_ratio()),
            ] {
                prop_assert!((a - b).abs() < 1e-9, "{a} and {b}");
            }
        }

        #[test]
        fn gini_is_that_of_all_pairs((group, total) in populations()) {
            let groups = TwoGroups::new(&group, &total).expect("two groups");
            let (x, t) = (groups.group_size(), groups.population());
            let mut sum = 0.0;
            for (a, s) in groups.inhabited_units() {
                for (b, u) in groups.inhabited_units() {
                    sum += s * u * (a / s - b / u).abs();
                }
            }
            let p = x / t;
            prop_assert!((groups.gini() - sum / (2.0 * t * t * p * (1.0 - p))).abs() < 1e-9);
        }

        #[test]
        fn anything_is_refused_or_gives_finite_indices(
            units in prop::collection::vec((any::<f64>(), any::<f64>()), 0..6),
        ) {
            let (group, total): (Vec<f64>, Vec<f64>) = units.into_iter().unzip();
            if let Ok(groups) = TwoGroups::new(&group, &total) {
                for index in [groups.dissimilarity(), groups.gini(), groups.information_theory(),
                    groups.isolation(), groups.correlation_ratio()] {
                    prop_assert!(index.is_finite(), "{index} of {groups:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_undefined_says_why() {
        let new = TwoGroups::new;
        assert_eq!(new(&[0.0], &[9.0]), Err(AnalysisError::NoGroup));
        assert_eq!(new(&[9.0], &[9.0]), Err(AnalysisError::OnlyGroup));
        assert_eq!(new(&[0.0], &[0.0]), Err(AnalysisError::NoDenominator { what: "the totals" }));
        assert!(matches!(new(&[f64::NAN], &[1.0]), Err(AnalysisError::TooFewUnits { .. })));
        assert!(matches!(new(&[2.0], &[1.0]), Err(AnalysisError::GroupAboveTotal { .. })));
        assert!(matches!(new(&[-2.0], &[1.0]), Err(AnalysisError::Negative { .. })));
        assert!(matches!(new(&[1.0], &[]), Err(AnalysisError::Length { .. })));
        let groups = new(&[1.0, 2.0, f64::INFINITY], &[2.0, 9.0, 1.0]).expect("two units");
        assert_eq!((groups.missing(), groups.inhabited()), (1, 2));
        assert!(groups.atkinson(1.0).is_err() && groups.atkinson(f64::NAN).is_err());
    }
}
