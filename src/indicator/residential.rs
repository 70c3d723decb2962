//! *Nauwelijks woongebied*: where hardly anybody lives in an ordinary way, so that a score says
//! little about a neighbourhood.
//!
//! A number of inhabitants does not tell (the lowest scores of 2024 are of industrial estates with
//! up to 2,410 of them), nor does density alone (farms are lived in). What tells is that an area
//! has hardly any single-family houses and is thinly populated besides: so thinly that it is no
//! neighbourhood of flats, or with homes that are worth a fraction of what homes are, or with many
//! more people than its households explain.

mod judgement;
mod words;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Text;
use crate::area::AreaCode;

pub use self::judgement::{Figures, HardlyResidential};

/// The thresholds and the list, as they stand in `geodata/sets/nauwelijks-woongebied.toml`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ResidentialRule {
    /// The thresholds.
    #[serde(rename = "drempels")]
    pub thresholds: Thresholds,
    /// Areas that always count as hardly residential.
    #[serde(default, rename = "wel")]
    pub always: Vec<ListedArea>,
    /// Areas that never do.
    #[serde(default, rename = "niet")]
    pub never: Vec<ListedArea>,
}

/// From where an area is hardly residential. Each can be set by the administrator.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Thresholds {
    /// Fewer inhabitants than this: nobody lives there to speak of.
    pub inwoners: f64,
    /// Fewer inhabitants on a hectare of land than this is thinly populated.
    pub inwoners_per_hectare: f64,
    /// Fewer than this is very thinly populated.
    pub inwoners_per_hectare_zeer_dun: f64,
    /// A share of single-family houses below this, in per cents, is hardly any.
    pub eengezinswoningen: f64,
    /// Homes worth less than this part of the median of all areas are hardly homes.
    pub deel_van_woningwaarde: f64,
    /// More inhabitants than this times what the households explain live in institutions.
    pub inwoners_boven_huishoudens: f64,
    /// Fewer inhabitants than this are too few, rounded as they are, to compare with households.
    pub inwoners_om_te_vergelijken: f64,
    /// The class of urbanity that is countryside: there, figures that are not published because
    /// there are few homes tell nothing.
    pub stedelijkheid_platteland: f64,
}

/// What an administrator changes of the rule.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResidentialChange {
    /// Thresholds by name; the others stay.
    #[serde(default)]
    pub drempels: BTreeMap<String, f64>,
    /// Further areas that always count as hardly residential.
    #[serde(default)]
    pub wel: Vec<ListedArea>,
    /// Further areas that never do.
    #[serde(default)]
    pub niet: Vec<ListedArea>,
}

/// An area on a list, and why.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedArea {
    /// Its code, in every division that has it.
    pub code: AreaCode,
    /// Why it stands there: a text in both languages, or one for both.
    #[serde(rename = "reden", deserialize_with = "Text::one_or_both")]
    pub reason: Text,
}

/// What is wrong with a rule.
#[derive(Debug, thiserror::Error)]
pub enum ResidentialError {
    /// It does not read as TOML of the right shape.
    #[error("{file}: {message}")]
    Malformed {
        /// The file.
        file: String,
        /// What the parser says.
        message: String,
    },
    /// The administrator sets a threshold that the rule does not have, or not to a number.
    #[error("{name:?} is no threshold of hardly residential areas; these are: {known}")]
    Threshold {
        /// What was set.
        name: String,
        /// What can be set.
        known: String,
    },
    /// An area stands on both lists.
    #[error("{0} stands on both lists of hardly residential areas, `wel` and `niet`")]
    Both(AreaCode),
}

impl ResidentialRule {
    /// Reads a rule from TOML, with what the administrator changes of it: a threshold replaces
    /// that of the rule, an area on one list leaves the other.
    ///
    /// # Errors
    /// When it is malformed, a threshold is unknown or no number, or the change has an area on
    /// both lists.
    pub fn parse(
        file: &str,
        text: &str,
        change: &ResidentialChange,
    ) -> Result<Self, ResidentialError> {
        let malformed = |error: toml::de::Error| ResidentialError::Malformed {
            file: file.to_owned(),
            message: error.to_string(),
        };
        if let Some(both) = change.wel.iter().find(|one| listed(&change.niet, &one.code).is_some())
        {
            return Err(ResidentialError::Both(both.code.clone()));
        }
        let mut table: toml::Table = text.parse().map_err(malformed)?;
        if let Some(thresholds) = table.get_mut("drempels").and_then(toml::Value::as_table_mut) {
            for (name, &number) in &change.drempels {
                if thresholds.insert(name.clone(), number.into()).is_none() || !number.is_finite() {
                    let known = thresholds.keys().filter(|key| *key != name).cloned();
                    return Err(ResidentialError::Threshold {
                        name: name.clone(),
                        known: known.collect::<Vec<_>>().join(", "),
                    });
                }
            }
        }
        let mut rule: Self = table.try_into().map_err(malformed)?;
        let replace = |list: &mut Vec<ListedArea>, more: &[ListedArea], other: &[ListedArea]| {
            list.retain(|area| [more, other].iter().all(|by| listed(by, &area.code).is_none()));
            list.extend_from_slice(more);
        };
        replace(&mut rule.always, &change.wel, &change.niet);
        replace(&mut rule.never, &change.niet, &change.wel);
        Ok(rule)
    }
}

fn listed<'a>(list: &'a [ListedArea], code: &AreaCode) -> Option<&'a ListedArea> {
    list.iter().find(|area| area.code == *code)
}

#[cfg(test)]
mod tests;
