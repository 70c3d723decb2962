//! *Nauwelijks woongebied*: where hardly anybody lives in an ordinary way, so that a score says
//! little about a neighbourhood.
//!
//! A number of inhabitants does not tell (the lowest scores of 2024 are of industrial estates with
//! up to 2,410 of them), nor does density alone (farms are lived in). What tells is that an area
//! has hardly any single-family houses and is thinly populated besides: so thinly that it is no
//! neighbourhood of flats, or with homes that are worth a fraction of what homes are, or with many
//! more people than its households explain.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::{Reason, Text, Value};
use crate::area::AreaCode;

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
    #[serde(rename = "reden", deserialize_with = "one_or_both")]
    pub reason: Text,
}

fn one_or_both<'de, D: Deserializer<'de>>(from: D) -> Result<Text, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Words {
        Both(Text),
        One(String),
    }
    Ok(match Words::deserialize(from)? {
        Words::Both(text) => text,
        Words::One(text) => Text { nl: text.clone(), en: text },
    })
}

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

    /// What makes an area hardly residential, in words with the thresholds in them.
    pub fn text(&self) -> Text {
        let at = &self.thresholds;
        let english = |number: f64| number.to_string();
        let dutch = |number: f64| number.to_string().replace('.', ",");
        let (residents, times) = (at.inwoners, at.inwoners_boven_huishoudens);
        let (dense, thin) = (at.inwoners_per_hectare, at.inwoners_per_hectare_zeer_dun);
        let (houses, value) = (at.eengezinswoningen, at.deel_van_woningwaarde * 100.0);
        Text {
            nl: format!(
                "Hier wonen zo weinig mensen op een gewone manier dat een cijfer weinig over een \
                 buurt zegt. De regel: minder dan {} inwoners; of nauwelijks eengezinswoningen \
                 (minder dan {}%, of niet gepubliceerd) en daarbij minder dan {} inwoners per \
                 hectare land, of minder dan {} met woningen onder {}% van de middelste \
                 woningwaarde of met meer dan {} keer zo veel inwoners als de huishoudens \
                 verklaren. Een lijst voegt gebieden toe of zondert ze uit. Deze gebieden tellen \
                 niet mee in klassengrenzen, rangen en vergelijkingen.",
                dutch(residents),
                dutch(houses),
                dutch(thin),
                dutch(dense),
                dutch(value),
                dutch(times),
            ),
            en: format!(
                "So few people live here in an ordinary way that a figure says little about a \
                 neighbourhood. The rule: fewer than {} inhabitants; or hardly any single-family \
                 houses (below {}%, or not published) and besides fewer than {} inhabitants on a \
                 hectare of land, or fewer than {} with homes below {}% of the median value or \
                 more than {} times the inhabitants that the households explain. A list adds or \
                 excepts areas. These areas take no part in class bounds, ranks and comparisons.",
                english(residents),
                english(houses),
                english(thin),
                english(dense),
                english(value),
                english(times),
            ),
        }
    }
}

impl HardlyResidential {
    /// Why, as a reader of one area is told.
    pub fn text(&self) -> Text {
        let (nl, en) = match self {
            Self::Listed(reason) => return reason.clone(),
            Self::Nobody => ("hier woont vrijwel niemand", "hardly anybody lives here"),
            Self::Thin => (
                "zeer dun bewoond, met nauwelijks eengezinswoningen",
                "very thinly populated, with hardly any single-family houses",
            ),
            Self::Worthless => (
                "dun bewoond, met nauwelijks eengezinswoningen en woningen van zeer lage waarde",
                "thinly populated, with hardly any single-family houses and homes of very low value",
            ),
            Self::Institution => (
                "dun bewoond, met veel meer mensen dan de huishoudens verklaren, zoals in een \
                 instelling of opvang",
                "thinly populated, with many more people than the households explain, as in an \
                 institution or reception centre",
            ),
        };
        Text { nl: nl.into(), en: en.into() }
    }
}

fn listed<'a>(list: &'a [ListedArea], code: &AreaCode) -> Option<&'a ListedArea> {
    list.iter().find(|area| area.code == *code)
}

/// Whether a figure is missing because there is too little to publish, rather than because it is
/// not published yet or at all.
fn is_withheld(value: Value) -> bool {
    value.reason().is_some_and(|reason| reason.is_hidden() || reason == Reason::Onbekend)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodata;

    fn code(code: &str) -> AreaCode {
        AreaCode::parse(code).expect("a code")
    }

    fn rule(change: &str) -> Result<ResidentialRule, ResidentialError> {
        geodata::residential_rule(&toml::from_str(change).expect("TOML"))
    }

    /// Inhabitants, households, size of households, per hectare, houses, value, urbanity.
    fn figures(of: [f64; 7]) -> Figures {
        // A number below zero stands for one that is not published.
        let value = |at: usize| {
            Some(match of[at] {
                number if number < 0.0 => Value::Missing(Reason::GeheimOfAfwezig),
                number => Value::Number(number),
            })
        };
        let part = Some(of[5]).filter(|part| *part >= 0.0);
        Figures {
            residents: value(0),
            households: value(1),
            household_size: value(2),
            density: Some(of[3]),
            houses: value(4),
            home_value: part,
            urbanity: value(6),
        }
    }

    #[test]
    fn estates_and_institutions_are_told_from_villages_farms_and_flats() {
        let rule = rule("").expect("the rule that is built in");
        let judge = |of| rule.judge(&code("BU00010000"), &figures(of));
        let thin = Some(HardlyResidential::Thin);
        // The figures of 2024 of De Vergulde Hand, Biomassa, Nieuw Mathenesse, Sloterdijk.
        let worthless = Some(HardlyResidential::Worthless);
        assert_eq!(judge([1025.0, 470.0, 2.2, 19.1, 13.0, 0.225, 4.0]), worthless);
        assert_eq!(judge([485.0, 295.0, 1.7, 7.1, -1.0, 0.23, 3.0]), worthless);
        let institution = Some(HardlyResidential::Institution);
        assert_eq!(judge([2410.0, 870.0, 1.5, 19.6, -1.0, 0.58, 1.0]), institution);
        assert_eq!(judge([450.0, 0.0, -1.0, 9.1, -1.0, -1.0, 5.0]), institution);
        assert_eq!(judge([450.0, -1.0, -1.0, 9.1, -1.0, -1.0, 5.0]), institution);
        assert_eq!(judge([115.0, 100.0, 1.2, 0.8, 3.0, 1.44, 5.0]), thin);
        assert_eq!(judge([40.0, 20.0, 2.0, 0.9, -1.0, -1.0, 3.0]), thin);
        assert_eq!(judge([5.0, 5.0, 1.0, 0.1, -1.0, -1.0, 5.0]), Some(HardlyResidential::Nobody));
        // Farms, with and without published figures; a village; flats; a village with a home.
        assert_eq!(judge([580.0, 210.0, 2.8, 0.05, 100.0, 2.35, 5.0]), None);
        assert_eq!(judge([35.0, 15.0, 2.3, 0.1, -1.0, -1.0, 5.0]), None);
        assert_eq!(judge([900.0, 390.0, 2.3, 12.0, 85.0, 0.9, 5.0]), None);
        assert_eq!(judge([3250.0, 1425.0, 2.3, 129.0, -1.0, 0.7, 2.0]), None);
        assert_eq!(judge([1025.0, 240.0, 2.6, 12.5, 62.0, 1.1, 3.0]), None);
    }

    #[test]
    fn what_is_not_published_yet_tells_nothing() {
        let rule = rule("").expect("the rule that is built in");
        let mut of = figures([40.0, 20.0, 2.0, 0.9, -1.0, -1.0, 3.0]);
        of.houses = Some(Value::Missing(Reason::NogNietGepubliceerd));
        assert_eq!(rule.judge(&code("BU00010000"), &of), None);
        assert_eq!(rule.judge(&code("BU00010000"), &Figures::default()), None);
    }

    #[test]
    fn an_administrator_sets_thresholds_and_lists() {
        let estate = figures([115.0, 100.0, 1.2, 0.8, 3.0, 1.44, 5.0]);
        let farms = figures([580.0, 210.0, 2.8, 0.05, 100.0, 2.35, 5.0]);
        let stricter = rule("drempels = { eengezinswoningen = 2 }").expect("a threshold");
        assert_eq!(stricter.judge(&code("BU00010000"), &estate), None);
        let listed = rule(
            "wel = [{ code = 'BU00020000', reden = 'camping' }]\n\
             niet = [{ code = 'BU00500007', reden = { nl = 'bewoond', en = 'lived in' } }]",
        )
        .expect("lists");
        let why = listed.judge(&code("BU00020000"), &farms).expect("it is listed");
        assert_eq!(why.text().nl, "camping");
        // Built in as hardly residential, and taken off here.
        assert_eq!(listed.judge(&code("BU00500007"), &farms), None);
        assert!(listed.text().nl.contains("15%") && stricter.text().nl.contains("2%"));
        for wrong in [
            "drempels = { huizen = 2 }",
            "drempels = { inwoners = nan }",
            "wel = [{ code = 'BU00020000', reden = 'a' }]\nniet = [{ code = 'BU00020000', reden = 'b' }]",
        ] {
            assert!(rule(wrong).is_err(), "{wrong}");
        }
    }
}
