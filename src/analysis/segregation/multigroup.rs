//! Evenness of several groups (Reardon and Firebaugh 2002, *Measures of multigroup segregation*,
//! Sociological Methodology 32). All lie from 0 to 1, but the divergence.

use super::Composition;
use crate::analysis::numbers::p_ln_p;

impl Composition {
    /// Dissimilarity, D = Σ tᵢ|pᵢₘ-Pₘ| / (2TI) (Morgan 1975; Sakoda 1981). Linear.
    pub fn dissimilarity(&self) -> f64 {
        self.mean(|share, whole| (share - whole).abs()) / (2.0 * self.interaction())
    }

    /// The information theory index, H = Σ tᵢₘ ln(pᵢₘ/Pₘ) / (TE) (Theil and Finizza 1971; Reardon
    /// and O'Sullivan 2004 call it the most satisfactory). Linear.
    pub fn information_theory(&self) -> f64 {
        self.divergence() / self.entropy()
    }

    /// The divergence index, Σ (tᵢ/T) Σ pᵢₘ ln(pᵢₘ/Pₘ) (Roberto 2016): H·E, not normalised. Linear.
    pub fn divergence(&self) -> f64 {
        let of = |share: f64, whole: f64| p_ln_p(share) - share * whole.ln();
        self.mean(of).max(0.0)
    }

    /// Relative diversity, R = Σ tᵢ(pᵢₘ-Pₘ)² / (TI) (Carlson 1992; Goodman and Kruskal's τ).
    /// Linear.
    pub fn relative_diversity(&self) -> f64 {
        self.mean(|share, whole| (share - whole).powi(2)) / self.interaction()
    }

    /// Normalised exposure, P = Σ tᵢ(pᵢₘ-Pₘ)² / (T(1-Pₘ)) (James 1986). Linear.
    pub fn normalised_exposure(&self) -> f64 {
        self.mean(|share, whole| (share - whole).powi(2) / (1.0 - whole))
    }

    /// The squared coefficient of variation, C = Σ tᵢ(pᵢₘ-Pₘ)² / (T(K-1)Pₘ). Linear.
    pub fn squared_variation(&self) -> f64 {
        let others = (self.shares().len() - 1) as f64;
        self.mean(|share, whole| (share - whole).powi(2) / whole) / others
    }

    /// Gini, Σₘ Σᵢⱼ tᵢtⱼ|pᵢₘ-pⱼₘ| / (2T²I), by sorting each group: K·n log n.
    pub fn gini(&self) -> f64 {
        let mut order: Vec<(f64, f64, f64)> = Vec::with_capacity(self.len());
        let mut sum = 0.0;
        for group in 0..self.shares().len() {
            order.clear();
            order.extend(self.inhabited().filter_map(|(counts, total)| {
                let count = *counts.get(group)?;
                Some((count / total, count, total))
            }));
            order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
            let (mut counts, mut totals) = (0.0, 0.0);
            for &(_, count, total) in &order {
                sum += count * totals - total * counts;
                counts += count;
                totals += total;
            }
        }
        sum / (self.population() * self.population() * self.interaction())
    }

    /// The entropy of each unit over ln K, K the number of groups with members: 0 where there is one
    /// group, 1 where all are as many; `None` where nobody lives. Linear.
    pub fn local_entropy(&self) -> Vec<Option<f64>> {
        let most = (self.shares().len() as f64).ln();
        let of = |(counts, total): (&[f64], f64)| {
            let entropy: f64 = counts.iter().map(|count| -p_ln_p(count / total)).sum();
            (total > 0.0).then(|| (entropy / most).clamp(0.0, 1.0))
        };
        self.units().map(of).collect()
    }

    /// The mean over all people of the sum over groups of f(pᵢₘ, Pₘ).
    fn mean(&self, f: impl Fn(f64, f64) -> f64) -> f64 {
        let of = |(counts, total): (&[f64], f64)| {
            let shares = counts.iter().zip(self.shares());
            total * shares.map(|(count, whole)| f(count / total, *whole)).sum::<f64>()
        };
        self.inhabited().map(of).sum::<f64>() / self.population()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::segregation::TwoGroups;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn two_groups_are_a_case_of_several(
            units in prop::collection::vec((1..50_u8, 1..50_u8), 2..30),
        ) {
            let x: Vec<f64> = units.iter().map(|unit| f64::from(unit.0)).collect();
            let y: Vec<f64> = units.iter().map(|unit| f64::from(unit.1)).collect();
            let t: Vec<f64> = x.iter().zip(&y).map(|(x, y)| x + y).collect();
            let two = TwoGroups::new(&x, &t).expect("two groups");
            let nobody = vec![0.0; x.len()];
            let several = Composition::new(&[&x, &nobody, &y]).expect("two groups");
            prop_assert_eq!(several.present(), [0, 2]);
            for (a, b) in [
                (two.dissimilarity(), several.dissimilarity()),
                (two.gini(), several.gini()),
                (two.information_theory(), several.information_theory()),
                (two.correlation_ratio(), several.normalised_exposure()),
                (two.correlation_ratio(), several.relative_diversity()),
                (two.correlation_ratio(), several.squared_variation()),
            ] {
                prop_assert!((a - b).abs() < 1e-10, "{} and {}", a, b);
            }
        }
    }
}
