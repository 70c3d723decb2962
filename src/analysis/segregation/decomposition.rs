//! How much of the segregation lies between larger units, and how much within them.

use std::collections::BTreeMap;

use super::Composition;
use crate::analysis::{AnalysisError, numbers::p_ln_p};

/// H between and within larger units.
#[derive(Clone, Debug, PartialEq)]
pub struct EntropyDecomposition {
    /// H of all units.
    pub total: f64,
    /// H of the larger units.
    pub between: f64,
    /// What is left: the units' H within each of them, weighed by people and entropy.
    pub within: f64,
    /// The part of H that lies between them, 0 to 1; `None` where there is no segregation.
    pub share_between: Option<f64>,
    /// What each larger unit adds to `within`.
    pub parts: BTreeMap<u32, f64>,
}

impl Composition {
    /// H = H_between + Σ_g (T_g E_g)/(TE)·H_g over the larger units that the list names for each
    /// unit: gemeenten, say (Reardon and Firebaugh 2002). It adds up exactly. n log n.
    ///
    /// # Errors
    /// When the list has not one entry a unit.
    pub fn decompose(&self, larger: &[u32]) -> Result<EntropyDecomposition, AnalysisError> {
        AnalysisError::check_length("the larger units", larger.len(), self.len())?;
        let mut sums: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
        for ((counts, _), one) in self.units().zip(larger) {
            let sum = sums.entry(*one).or_insert_with(|| vec![0.0; counts.len()]);
            sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        // T·E, people times entropy, of any counts.
        let spread = |counts: &[f64]| {
            let total: f64 = counts.iter().sum();
            let entropy: f64 = counts.iter().map(|count| -p_ln_p(count / total)).sum();
            if total > 0.0 { total * entropy } else { 0.0 }
        };
        let whole = self.population() * self.entropy();
        let mut parts: BTreeMap<u32, f64> =
            sums.iter().map(|(one, counts)| (*one, spread(counts))).collect();
        let between = ((whole - parts.values().sum::<f64>()) / whole).max(0.0);
        for ((counts, _), one) in self.units().zip(larger) {
            if let Some(part) = parts.get_mut(one) {
                *part -= spread(counts);
            }
        }
        parts.values_mut().for_each(|part| *part = (*part / whole).max(0.0));
        let within = parts.values().sum::<f64>();
        let total = between + within;
        let share_between = (total > 0.0).then(|| between / total);
        Ok(EntropyDecomposition { total, between, within, share_between, parts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn between_and_within_are_all(
            units in prop::collection::vec((0..50_u8, 0..50_u8, 1..50_u8, 0..4_u32), 3..30),
        ) {
            let list = |f: fn(&(u8, u8, u8, u32)) -> u8| -> Vec<f64> {
                units.iter().map(|unit| f64::from(f(unit))).collect()
            };
            let (a, b, c) = (list(|u| u.0), list(|u| u.1), list(|u| u.2));
            let larger: Vec<u32> = units.iter().map(|unit| unit.3).collect();
            if let Ok(all) = Composition::new(&[&a, &b, &c]) {
                let parts = all.decompose(&larger).expect("one a unit");
                prop_assert!((parts.total - all.information_theory()).abs() < 1e-10);
                prop_assert!((parts.between + parts.within - parts.total).abs() < 1e-12);
            }
        }
    }
}
