//! Several groups, unit by unit.

use super::two_groups::{LEAST, MOST};
use crate::analysis::{
    AnalysisError,
    numbers::{complete, p_ln_p},
};

/// The counts of several groups that together are everybody, checked once for all indices.
///
/// Notation: tᵢₘ the count of group m in unit i, tᵢ and T the sums over groups and over all,
/// pᵢₘ = tᵢₘ/tᵢ, Pₘ the share of the group in all. Groups of nobody are left out of every index;
/// units without people, and units that lack a count of any group, weigh nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Composition {
    /// Unit by unit, of the groups that are not empty.
    counts: Vec<f64>,
    totals: Vec<f64>,
    shares: Vec<f64>,
    /// Which of the given groups these are.
    present: Vec<usize>,
    groups: usize,
    population: f64,
    missing: usize,
}

impl Composition {
    /// Takes the counts of each group, one list a group with one entry a unit.
    ///
    /// # Errors
    /// When the lists differ in length, a count is below zero, no unit has all counts, nobody lives
    /// there, or fewer than two groups have members.
    pub fn new(groups: &[&[f64]]) -> Result<Self, AnalysisError> {
        let units = groups.first().map_or(0, |group| group.len());
        for group in groups {
            AnalysisError::check_length("a group", group.len(), units)?;
            let mut numbered = group.iter().enumerate();
            if let Some((unit, &value)) = numbered.find(|(_, count)| **count < 0.0) {
                return Err(AnalysisError::Negative { what: "the group", unit, value });
            }
        }
        let complete = complete(groups);
        let missing = complete.iter().filter(|complete| !**complete).count();
        if missing == units {
            return Err(AnalysisError::TooFewUnits { got: 0, needed: 1 });
        }
        let known = |group: &[f64]| -> f64 {
            let counts = group.iter().zip(&complete);
            counts.filter(|(_, complete)| **complete).map(|(count, _)| count).sum()
        };
        let sizes: Vec<f64> = groups.iter().map(|group| known(group)).collect();
        let population: f64 = sizes.iter().sum();
        if population < LEAST {
            return Err(AnalysisError::NoDenominator { what: "the groups" });
        }
        if population > MOST {
            return Err(AnalysisError::OutOfRange { what: "the sum of the groups" });
        }
        let is_present = |group: &usize| sizes[*group] / population >= LEAST;
        let present: Vec<usize> = (0..groups.len()).filter(is_present).collect();
        if present.len() < 2 {
            return Err(AnalysisError::OnlyGroup);
        }
        let count =
            |group: usize, unit: usize| if complete[unit] { groups[group][unit] } else { 0.0 };
        let counts: Vec<f64> = (0..units)
            .flat_map(|unit| present.iter().map(move |&group| (group, unit)))
            .map(|(group, unit)| count(group, unit))
            .collect();
        Ok(Self {
            totals: counts.chunks(present.len()).map(|unit| unit.iter().sum()).collect(),
            counts,
            shares: present.iter().map(|&group| sizes[group] / population).collect(),
            present,
            groups: groups.len(),
            population,
            missing,
        })
    }

    /// How many units there are.
    pub fn len(&self) -> usize {
        self.totals.len()
    }

    /// Whether there is none; never so.
    pub fn is_empty(&self) -> bool {
        self.totals.is_empty()
    }

    /// How many groups were given, those without members among them.
    pub fn groups(&self) -> usize {
        self.groups
    }

    /// Which of the given groups have members, ascending.
    pub fn present(&self) -> &[usize] {
        &self.present
    }

    /// How many units lacked a count.
    pub fn missing(&self) -> usize {
        self.missing
    }

    /// T, how many people there are.
    pub fn population(&self) -> f64 {
        self.population
    }

    /// Pₘ of the groups that are [present](Composition::present).
    pub fn shares(&self) -> &[f64] {
        &self.shares
    }

    /// The people of each unit.
    pub fn totals(&self) -> &[f64] {
        &self.totals
    }

    /// Counts of the present groups with their sum, unit by unit.
    pub(in crate::analysis) fn units(&self) -> impl Iterator<Item = (&[f64], f64)> + Clone {
        self.counts.chunks(self.shares.len()).zip(self.totals.iter().copied())
    }

    /// The same of the units where people live.
    pub(in crate::analysis) fn inhabited(&self) -> impl Iterator<Item = (&[f64], f64)> + Clone {
        self.units().filter(|&(_, total)| total > 0.0)
    }

    /// Counts of the present groups of a unit.
    pub(in crate::analysis) fn unit(&self, unit: usize) -> &[f64] {
        let groups = self.shares.len();
        self.counts.get(unit * groups..(unit + 1) * groups).unwrap_or(&[])
    }

    /// The entropy of everybody, E = -Σ Pₘ ln Pₘ.
    pub fn entropy(&self) -> f64 {
        -self.shares.iter().copied().map(p_ln_p).sum::<f64>()
    }

    /// Simpson's interaction, I = Σ Pₘ(1-Pₘ): how often two people belong to different groups.
    pub fn interaction(&self) -> f64 {
        self.shares.iter().map(|p| p * (1.0 - p)).sum()
    }

    /// Simpson's concentration, Σ Pₘ²: how often two people belong to the same group.
    pub fn simpson_concentration(&self) -> f64 {
        self.shares.iter().map(|p| p * p).sum()
    }
}
