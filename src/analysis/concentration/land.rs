//! How little land a group takes.

use crate::analysis::{AnalysisError, numbers::finite, segregation::TwoGroups};

/// Concentration on land (Massey and Denton 1988). Say which areas were taken: of CBS figures the
/// *land* area, without water.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LandConcentration {
    /// Delta = ½ Σ |xᵢ/X - aᵢ/A| (Hoover 1941; Duncan et al. 1961): which part of the group would
    /// have to move to live as dense everywhere; 0 to 1.
    pub delta: f64,
    /// ACO, absolute concentration: 1 where the group lives in the smallest units that hold it, 0
    /// where in the largest. `None` where all units are as large.
    pub absolute: Option<f64>,
    /// RCO, relative concentration: above 0 where the group lives on less land than the others.
    /// `None` where all units are as large.
    pub relative: Option<f64>,
}

impl LandConcentration {
    /// From the areas of the units, m². Units of equal area stay in their order; units without an
    /// area are left out of all three, with their people. By sorting, n log n.
    ///
    /// # Errors
    /// When there is not one area a unit, one is below zero, they add up to zero, or the units with
    /// an area hold nobody of the group or nobody else.
    pub fn new(groups: &TwoGroups, areas: &[f64]) -> Result<Self, AnalysisError> {
        AnalysisError::check_length("the areas", areas.len(), groups.len())?;
        if let Some((unit, &value)) = areas.iter().enumerate().find(|(_, area)| **area < 0.0) {
            return Err(AnalysisError::Negative { what: "the area", unit, value });
        }
        let mut units: Vec<Unit> = groups
            .units()
            .zip(areas)
            .filter(|(_, area)| area.is_finite())
            .map(|((x, t), &area)| Unit { x, t, area })
            .collect();
        let sum = |f: fn(&Unit) -> f64| units.iter().map(f).sum::<f64>();
        let (x, t, land) = (sum(|unit| unit.x), sum(|unit| unit.t), sum(|unit| unit.area));
        if x <= 0.0 {
            return Err(AnalysisError::NoGroup);
        }
        if t - x <= 0.0 {
            return Err(AnalysisError::OnlyGroup);
        }
        if finite("the sum of the areas", land)? <= 0.0 {
            return Err(AnalysisError::NoDenominator { what: "the areas" });
        }
        let delta =
            units.iter().map(|unit| (unit.x / x - unit.area / land).abs()).sum::<f64>() / 2.0;
        let of_group = sum(|unit| unit.x * unit.area) / x;
        let of_others = sum(|unit| (unit.t - unit.x) * unit.area) / (t - x);
        units.sort_by(|a, b| a.area.total_cmp(&b.area));
        let differ = units.first().zip(units.last()).is_some_and(|(a, b)| a.area < b.area);
        let smallest = area_that_holds(units.iter(), x);
        // Of equal ones the first stand last, so that both ways keep the order of the list.
        units.sort_by(|a, b| b.area.total_cmp(&a.area));
        let largest = area_that_holds(units.iter(), x);
        let defined = |number: f64| Some(number).filter(|number| differ && number.is_finite());
        Ok(Self {
            delta,
            absolute: defined(1.0 - (of_group - smallest) / (largest - smallest)),
            relative: defined((of_group / of_others - 1.0) / (smallest / largest - 1.0)),
        })
    }
}

struct Unit {
    x: f64,
    t: f64,
    area: f64,
}

/// The mean area, over people, of the first units that hold as many people as the group has.
fn area_that_holds<'a>(units: impl Iterator<Item = &'a Unit>, group: f64) -> f64 {
    let (mut people, mut land) = (0.0, 0.0);
    for unit in units {
        people += unit.t;
        land += unit.t * unit.area;
        if people >= group {
            break;
        }
    }
    land / people
}
