//! Whether an area is hardly residential, by the rule and what is known of it.

use super::{ResidentialRule, listed};
use crate::{
    area::{AreaCode, Text},
    indicator::{Reason, Value},
};

/// What is known of an area; `None` where the atlas has no such series.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// Inhabitants.
    pub residents: Option<Value>,
    /// Households.
    pub households: Option<Value>,
    /// Mean size of households.
    pub household_size: Option<Value>,
    /// Inhabitants on a hectare of land.
    pub density: Option<f64>,
    /// Single-family houses, in per cents of the homes.
    pub houses: Option<Value>,
    /// The mean value of homes, as a part of the median of all areas.
    pub home_value: Option<f64>,
    /// The class of urbanity, 1 to 5.
    pub urbanity: Option<Value>,
}

/// Why an area is hardly residential.
#[derive(Clone, Debug, PartialEq)]
pub enum HardlyResidential {
    /// Hardly anybody lives there.
    Nobody,
    /// Very thinly populated, and hardly any houses.
    Thin,
    /// Thinly populated, hardly any houses, and homes that are worth little.
    Worthless,
    /// Thinly populated, hardly any houses, and more people than the households explain.
    Institution,
    /// It stands on the list.
    Listed(Text),
}

impl ResidentialRule {
    /// Why an area is hardly residential; `None` where it is an ordinary one, or where too little
    /// is known to say so.
    pub fn judge(&self, code: &AreaCode, of: &Figures) -> Option<HardlyResidential> {
        if let Some(area) = listed(&self.always, code) {
            return Some(HardlyResidential::Listed(area.reason.clone()));
        }
        if listed(&self.never, code).is_some() {
            return None;
        }
        let at = &self.thresholds;
        let residents = of.residents?.number()?;
        if residents < at.inwoners {
            return Some(HardlyResidential::Nobody);
        }
        let density = of.density.filter(|&density| density < at.inwoners_per_hectare)?;
        let houses = of.houses?;
        let hardly_any =
            houses.number().map_or_else(|| is_withheld(houses), |part| part < at.eengezinswoningen);
        if !hardly_any {
            return None;
        }
        let in_or_near_a_town = || {
            let class = of.urbanity.and_then(Value::number);
            houses.number().is_some()
                || class.is_some_and(|class| class < at.stedelijkheid_platteland)
        };
        if self.is_institution(residents, of) {
            Some(HardlyResidential::Institution)
        } else if of.home_value.is_some_and(|part| part < at.deel_van_woningwaarde) {
            Some(HardlyResidential::Worthless)
        } else if density < at.inwoners_per_hectare_zeer_dun && in_or_near_a_town() {
            Some(HardlyResidential::Thin)
        } else {
            None
        }
    }

    /// Whether many more people live there than its households explain. Households that are
    /// withheld, although enough people live there, are next to none.
    fn is_institution(&self, residents: f64, of: &Figures) -> bool {
        let at = &self.thresholds;
        let explained = match of.households {
            Some(Value::Number(0.0)) => 0.0,
            Some(Value::Number(households)) => {
                let Some(size) = of.household_size.and_then(Value::number) else { return false };
                households * size
            }
            Some(withheld) if is_withheld(withheld) => 0.0,
            _ => return false,
        };
        let times = at.inwoners_boven_huishoudens;
        residents >= at.inwoners_om_te_vergelijken && residents > times * explained
    }
}

/// Whether a figure is missing because there is too little to publish, rather than because it is
/// not published yet or at all.
fn is_withheld(value: Value) -> bool {
    value.reason().is_some_and(|reason| reason.is_hidden() || reason == Reason::Onbekend)
}
