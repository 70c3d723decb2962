//! The catalogue: one TOML entry an indicator, no code.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::{MethodName, Text};

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
    /// From which count of the denominator the publisher gives the figure, in words.
    #[serde(default)]
    pub publication_threshold: Option<Text>,
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

/// What is wrong with the catalogue.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// A file of the catalogue does not read as TOML of the right shape.
    #[error("{file}: {message}")]
    Malformed {
        /// The file.
        file: String,
        /// What the parser says.
        message: String,
    },
    /// An id stands there twice.
    #[error("{file}: indicator {id} stands in the catalogue twice")]
    Twice {
        /// The file that holds the second one.
        file: String,
        /// The id.
        id: SmolStr,
    },
    /// An entry names an indicator that is not there.
    #[error("indicator {id} names {other} as its {role}, which the catalogue does not have")]
    Dangling {
        /// The entry.
        id: SmolStr,
        /// What it names.
        other: SmolStr,
        /// As what.
        role: &'static str,
    },
    /// The classes of an entry contradict themselves.
    #[error("indicator {id}: {message}")]
    Classes {
        /// The entry.
        id: SmolStr,
        /// What is wrong.
        message: String,
    },
}

/// Every indicator, by id.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    indicators: BTreeMap<SmolStr, Indicator>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogueFile {
    indicator: Vec<Indicator>,
}

impl Catalogue {
    /// Reads the catalogue from TOML files, given as name and text.
    ///
    /// # Errors
    /// When a file is malformed, an id stands there twice, a named indicator is missing, or the
    /// classes of an entry contradict themselves.
    pub fn parse<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, CatalogueError> {
        let mut indicators = BTreeMap::new();
        for (file, text) in files {
            let read: CatalogueFile = toml::from_str(text).map_err(|error| {
                CatalogueError::Malformed { file: file.to_owned(), message: error.to_string() }
            })?;
            for indicator in read.indicator {
                let id = indicator.id.clone();
                if indicators.insert(id.clone(), indicator).is_some() {
                    return Err(CatalogueError::Twice { file: file.to_owned(), id });
                }
            }
        }
        let catalogue = Self { indicators };
        catalogue.indicators.values().try_for_each(|indicator| catalogue.check(indicator))?;
        Ok(catalogue)
    }

    fn check(&self, indicator: &Indicator) -> Result<(), CatalogueError> {
        let id = &indicator.id;
        let delivered = indicator.classes.iter().filter_map(|classes| classes.delivered.as_ref());
        let named = indicator
            .denominator
            .iter()
            .map(|other| (other, "denominator"))
            .chain(indicator.ingredient_of.iter().map(|other| (other, "score")))
            .chain(delivered.map(|other| (other, "class")));
        for (other, role) in named {
            if !self.indicators.contains_key(other) {
                return Err(CatalogueError::Dangling {
                    id: id.clone(),
                    other: other.clone(),
                    role,
                });
            }
        }
        if let Some(classes) = &indicator.classes {
            let message = if !classes.cuts.is_sorted_by(|a, b| a < b) {
                Some("the class cuts do not ascend".to_owned())
            } else if !classes.cuts.is_empty() && classes.cuts.len() + 1 != classes.names.len() {
                Some(format!(
                    "{} class names want {} cuts, not {}",
                    classes.names.len(),
                    classes.names.len().saturating_sub(1),
                    classes.cuts.len()
                ))
            } else if classes.names.is_empty() {
                Some("classes without names".to_owned())
            } else {
                None
            };
            if let Some(message) = message {
                return Err(CatalogueError::Classes { id: id.clone(), message });
            }
        }
        if indicator.method == MethodName::Publicatie && indicator.classes.is_none() {
            let message = "method publicatie wants classes".to_owned();
            return Err(CatalogueError::Classes { id: id.clone(), message });
        }
        Ok(())
    }

    /// The same catalogue with every figure attributed to `source`: invented figures must not bear
    /// the name of a publisher.
    #[must_use]
    pub fn attributed_to(mut self, source: &Text, licence: &str) -> Self {
        for indicator in self.indicators.values_mut() {
            indicator.source = source.clone();
            indicator.licence = licence.into();
        }
        self
    }

    /// The indicator of that id.
    pub fn get(&self, id: &str) -> Option<&Indicator> {
        self.indicators.get(id)
    }

    /// Every indicator, by its place in lists and then by id.
    pub fn iter(&self) -> impl Iterator<Item = &Indicator> {
        let mut all: Vec<_> = self.indicators.values().collect();
        all.sort_by_key(|indicator| (indicator.order, indicator.id.clone()));
        all.into_iter()
    }
}
