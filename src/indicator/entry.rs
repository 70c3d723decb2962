//! An entry of the catalogue: one thing that can be known about areas.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::{MethodName, Reason, Recipe, Text};
use crate::area::Year;

/// Whether a high number is a good thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// High is favourable.
    Hoog,
    /// Low is favourable.
    Laag,
    /// Neither: it describes.
    Neutraal,
}

/// What kind of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A count; adds up over areas.
    Aantal,
    /// A share, in per cents of its denominator.
    Aandeel,
    /// A mean.
    Gemiddelde,
    /// A score on a scale of the publisher.
    Score,
    /// An ordered class of the publisher, a whole number.
    Klasse,
}

/// How a layer shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Display {
    /// Filled areas.
    Vlak,
    /// Circles: a count is never a filled area.
    Cirkel,
}

/// Why an area without a row in a series has no value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Absent {
    /// The source lists only areas with a score.
    GeenScore,
    /// Nothing was delivered.
    #[default]
    NietGevraagd,
}

impl Absent {
    /// The reason of such an area.
    pub fn reason(self) -> Reason {
        match self {
            Self::GeenScore => Reason::GeenScore,
            Self::NietGevraagd => Reason::NietGevraagd,
        }
    }
}

/// What an area weighs in a mean over several areas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// Its count of the indicator's denominator, else its residents.
    #[default]
    Noemer,
    /// Its land: the figure is a number of residents on a square kilometre.
    Oppervlakte,
}

/// The publisher's own classes of an indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Classes {
    /// The number of the lowest class; the others follow by one.
    #[serde(default = "one")]
    pub first: u8,
    /// The names, lowest class first.
    pub names: Vec<Text>,
    /// Upper bounds of all classes but the highest, in the indicator's unit, ascending: a value
    /// on a bound belongs to the lower class. Empty where classes come only as delivered.
    #[serde(default)]
    pub cuts: Vec<f64>,
    /// The indicator that holds the class as delivered: it goes before the cuts.
    #[serde(default)]
    pub delivered: Option<SmolStr>,
    /// Where the cuts come from, told in the legend.
    #[serde(default)]
    pub source: Option<Text>,
}

fn one() -> u8 {
    1
}

/// What publishers count before they give a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Counted {
    /// People who live there.
    Inwoners,
    /// Households.
    Huishoudens,
    /// Homes.
    Woningen,
    /// Properties that are valued for tax.
    Objecten,
}

/// The least that must be counted for a figure to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// How many, at least.
    #[serde(rename(serialize = "minstens"))]
    #[schema(rename = "minstens")]
    pub least: u32,
    /// Of what.
    #[serde(rename(serialize = "van"))]
    #[schema(rename = "van")]
    pub of: Counted,
}

/// A year from which an indicator means something else: numbers from before and after it are not
/// compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeriesBreak {
    /// The first year of the new meaning.
    #[serde(rename(serialize = "vanaf"))]
    #[schema(rename = "vanaf", value_type = u16)]
    pub from: Year,
    /// What changed, in a sentence.
    #[serde(rename(serialize = "tekst"))]
    #[schema(rename = "tekst")]
    pub text: Text,
}

/// One thing that can be known about areas.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Indicator {
    /// The id, kebab-case, as it stands in addresses.
    pub id: SmolStr,
    /// What it is called, on the first level.
    pub name: Text,
    /// What it means, in plain words.
    pub description: Text,
    /// The topic that it is listed under.
    pub topic: Text,
    /// The unit, as it follows a number (`%`, ` km`); may be empty.
    pub unit: Text,
    /// What a delivered number is multiplied by to come to `unit` (income comes in thousands).
    #[serde(default = "unit_factor")]
    pub factor: f64,
    /// How many decimals are shown.
    pub decimals: u8,
    /// Whether high is good.
    pub direction: Direction,
    /// What kind of number it is.
    pub kind: Kind,
    /// How a layer shows it.
    pub display: Display,
    /// The indicator that it is a share or mean of.
    #[serde(default)]
    pub denominator: Option<SmolStr>,
    /// What an area weighs in a mean over several.
    #[serde(default)]
    pub weight: Weight,
    /// From which count of the denominator the publisher gives the figure, in words.
    #[serde(default)]
    pub publication_threshold: Option<Text>,
    /// The same as numbers: each must be reached.
    #[serde(default)]
    pub published_from: Vec<Threshold>,
    /// What published numbers are a multiple of, in `unit`. `None` where they are not rounded so
    /// far that it shows. A finer delivery is seen by its numbers.
    #[serde(default)]
    pub rounding: Option<f64>,
    /// How the atlas makes it from others; `None` where it is delivered.
    #[serde(default)]
    pub derived: Option<Recipe>,
    /// The palette's id.
    pub palette: SmolStr,
    /// The method that a layer takes when none is asked for.
    pub method: MethodName,
    /// How many classes a layer has when none is asked for.
    #[serde(default = "five")]
    pub class_count: u8,
    /// The publisher's classes.
    #[serde(default)]
    pub classes: Option<Classes>,
    /// Scores that this indicator is an ingredient of.
    #[serde(default)]
    pub ingredient_of: Vec<SmolStr>,
    /// The score that this is another form of: its classes, its distance to a reference.
    #[serde(default)]
    pub form_of: Option<SmolStr>,
    /// Years in which it came to mean something else, ascending.
    #[serde(default, rename = "break")]
    pub breaks: Vec<SeriesBreak>,
    /// Indicators that look alike and measure something else.
    #[serde(default)]
    pub incomparable_with: Vec<SmolStr>,
    /// Off unless the configuration names it: origin and the like.
    #[serde(default)]
    pub sensitive: bool,
    /// Why an area without a row has no value.
    #[serde(default)]
    pub absent: Absent,
    /// Who publishes it.
    pub source: Text,
    /// The licence's name.
    pub licence: SmolStr,
    /// What belongs beside every map of it.
    #[serde(default)]
    pub note: Option<Text>,
    /// Its place in lists; low comes first.
    #[serde(default = "last")]
    pub order: u16,
}

fn unit_factor() -> f64 {
    1.0
}
fn five() -> u8 {
    5
}
fn last() -> u16 {
    1000
}

impl Indicator {
    /// Whether numbers of two years measure the same: no break lies between them.
    pub fn comparable(&self, one: Year, other: Year) -> bool {
        let (first, last) = (one.min(other), one.max(other));
        !self.breaks.iter().any(|at| first < at.from && at.from <= last)
    }
}

#[cfg(test)]
mod tests {
    use crate::{area::Year, geodata};

    #[test]
    fn a_break_parts_the_years_before_it_from_its_own_and_later_ones() {
        let catalogue = geodata::catalogue().expect("a sound catalogue");
        let year = |year| Year::new(year).expect("a year");
        let value = catalogue.get("woningwaarde").expect("in the catalogue");
        assert_eq!(value.breaks.iter().map(|at| at.from.get()).collect::<Vec<_>>(), [2020]);
        for (one, other, same) in
            [(2016, 2019, true), (2019, 2020, false), (2020, 2024, true), (2018, 2024, false)]
        {
            assert_eq!(value.comparable(year(one), year(other)), same, "{one} {other}");
            assert_eq!(value.comparable(year(other), year(one)), same, "{other} {one}");
        }
        let residents = catalogue.get("inwoners").expect("in the catalogue");
        assert!(residents.comparable(year(2000), year(2024)));
    }
}
