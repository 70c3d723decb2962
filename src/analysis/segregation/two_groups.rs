//! A group and everybody, unit by unit.

use crate::analysis::AnalysisError;

/// How far a group may be above its total and count as all of it: what sums of rounded shares are
/// beside each other.
const ROUNDING: f64 = 1e-9;

/// More than this are no people.
pub(super) const MOST: f64 = 1e15;

/// Fewer people than this are nobody, and a share below it is that of no whole person.
pub(super) const LEAST: f64 = 1e-15;

/// The counts of a group and of everybody in units, checked once for all indices of two groups.
///
/// Notation of the indices: xᵢ the group and tᵢ everybody in unit i, yᵢ = tᵢ - xᵢ the others; X, Y
/// and T their sums; pᵢ = xᵢ/tᵢ, P = X/T. Units without people stay in the list with tᵢ = 0 and
/// weigh nothing; so do units that lack one of the counts.
#[derive(Clone, Debug, PartialEq)]
pub struct TwoGroups {
    group: Vec<f64>,
    total: Vec<f64>,
    sums: (f64, f64),
    missing: usize,
}

impl TwoGroups {
    /// Takes the counts of the group and of everybody, one a unit.
    ///
    /// # Errors
    /// When the lists are not of one length, a count is below zero, a group is larger than its
    /// total, no unit has both counts, there are more than 10¹⁵ people, or when the group is nobody
    /// or everybody.
    pub fn new(group: &[f64], total: &[f64]) -> Result<Self, AnalysisError> {
        AnalysisError::check_length("the totals", total.len(), group.len())?;
        let mut checked = Self {
            group: Vec::with_capacity(group.len()),
            total: Vec::with_capacity(total.len()),
            sums: (0.0, 0.0),
            missing: 0,
        };
        for (unit, (&x, &t)) in group.iter().zip(total).enumerate() {
            let (x, t) = if x.is_finite() && t.is_finite() {
                (x, t)
            } else {
                checked.missing += 1;
                (0.0, 0.0)
            };
            for (what, value) in [("the group", x), ("the total", t)] {
                if value < 0.0 {
                    return Err(AnalysisError::Negative { what, unit, value });
                }
            }
            if x > t * (1.0 + ROUNDING) {
                return Err(AnalysisError::GroupAboveTotal { unit, group: x, total: t });
            }
            checked.group.push(x.min(t));
            checked.total.push(t);
        }
        if checked.missing == group.len() {
            return Err(AnalysisError::TooFewUnits { got: 0, needed: 1 });
        }
        let (x, t) = (checked.group.iter().sum::<f64>(), checked.total.iter().sum::<f64>());
        if t < LEAST {
            return Err(AnalysisError::NoDenominator { what: "the totals" });
        }
        if x <= 0.0 {
            return Err(AnalysisError::NoGroup);
        }
        if x >= t {
            return Err(AnalysisError::OnlyGroup);
        }
        if t > MOST || x / t < LEAST || (t - x) / t < LEAST {
            return Err(AnalysisError::OutOfRange { what: "the share of the group" });
        }
        checked.sums = (x, t);
        Ok(checked)
    }

    /// How many units there are, those without people among them.
    pub fn len(&self) -> usize {
        self.total.len()
    }

    /// Whether there is none; never so.
    pub fn is_empty(&self) -> bool {
        self.total.is_empty()
    }

    /// How many units lacked a count.
    pub fn missing(&self) -> usize {
        self.missing
    }

    /// How many units have people.
    pub fn inhabited(&self) -> usize {
        self.total.iter().filter(|&&total| total > 0.0).count()
    }

    /// X, how many belong to the group.
    pub fn group_size(&self) -> f64 {
        self.sums.0
    }

    /// Y, how many do not.
    pub fn other_size(&self) -> f64 {
        self.sums.1 - self.sums.0
    }

    /// T, how many there are in all.
    pub fn population(&self) -> f64 {
        self.sums.1
    }

    /// P, the share of the group in all.
    pub fn share(&self) -> f64 {
        self.sums.0 / self.sums.1
    }

    /// How many of the group live in each unit, 0 where a count is missing.
    pub fn group(&self) -> &[f64] {
        &self.group
    }

    /// How many live in each unit, 0 where a count is missing.
    pub fn total(&self) -> &[f64] {
        &self.total
    }

    /// The share of the group in each unit; `None` where nobody lives.
    pub fn shares(&self) -> Vec<Option<f64>> {
        self.units().map(|(x, t)| (t > 0.0).then(|| x / t)).collect()
    }

    /// Group and total of each unit.
    pub(in crate::analysis) fn units(&self) -> impl ExactSizeIterator<Item = (f64, f64)> + Clone {
        self.group.iter().copied().zip(self.total.iter().copied())
    }

    /// Group and total of the units where people live.
    pub(in crate::analysis) fn inhabited_units(&self) -> impl Iterator<Item = (f64, f64)> + Clone {
        self.units().filter(|&(_, total)| total > 0.0)
    }
}
