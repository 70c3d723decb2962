//! The catalogue: one TOML entry an indicator, no code.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use smol_str::SmolStr;

use super::{Indicator, Kind, MethodName, Redirects, Text};

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
    /// An entry contradicts itself.
    #[error("indicator {id}: {message}")]
    Contradiction {
        /// The entry.
        id: SmolStr,
        /// What is wrong.
        message: String,
    },
    /// An old id is one of today, or leads to none of today.
    #[error("{old} cannot lead to {new}: {message}")]
    Redirect {
        /// The old id.
        old: SmolStr,
        /// Where it should lead.
        new: SmolStr,
        /// What is wrong.
        message: &'static str,
    },
    /// What is to be allowed is no sensitive indicator.
    #[error("{id} is no sensitive indicator of the catalogue; these are: {known}")]
    NotSensitive {
        /// What was named.
        id: SmolStr,
        /// What may be named.
        known: String,
    },
}

/// Every indicator, by id.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    indicators: BTreeMap<SmolStr, Indicator>,
    redirects: Redirects,
    allowed: BTreeSet<SmolStr>,
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
    /// When a file is malformed, an id stands there twice, a named indicator is missing, or an
    /// entry contradicts itself.
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
        let catalogue = Self { indicators, ..Self::default() };
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
            .chain(indicator.form_of.iter().map(|other| (other, "score")))
            .chain(indicator.incomparable_with.iter().map(|other| (other, "look-alike")))
            .chain(
                indicator
                    .derived
                    .iter()
                    .flat_map(|recipe| recipe.ingredients())
                    .map(|other| (other, "ingredient")),
            )
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
        let of_recipe = || indicator.derived.as_ref()?.contradiction(indicator, self);
        match contradiction(indicator).or_else(of_recipe) {
            Some(message) => Err(CatalogueError::Contradiction { id: id.clone(), message }),
            None => Ok(()),
        }
    }

    /// The same catalogue with topics that a municipality measures itself. One whose id the catalogue
    /// has by now is left out: what everybody knows by that name goes before.
    #[must_use]
    pub fn with_own<'a>(mut self, own: impl IntoIterator<Item = &'a Indicator>) -> Self {
        for indicator in own {
            if self.get(&indicator.id).is_none() && self.check(indicator).is_ok() {
                self.indicators.insert(indicator.id.clone(), indicator.clone());
            }
        }
        self
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

    /// The same catalogue in which these sensitive indicators may be shown: the administrator
    /// names them.
    ///
    /// # Errors
    /// When one is not in the catalogue, or not sensitive.
    pub fn allowing(mut self, sensitive: &[SmolStr]) -> Result<Self, CatalogueError> {
        for id in sensitive {
            if !self.get(id).is_some_and(|indicator| indicator.sensitive) {
                let known = self.iter().filter(|one| one.sensitive).map(|one| one.id.as_str());
                let known = known.collect::<Vec<_>>().join(", ");
                return Err(CatalogueError::NotSensitive { id: id.clone(), known });
            }
            self.allowed.insert(id.clone());
        }
        Ok(self)
    }

    /// The same catalogue in which old ids lead to those of today.
    ///
    /// # Errors
    /// When an old id is one of today, or where it leads is none: a chain of old ids is written out.
    pub fn redirecting(mut self, redirects: &Redirects) -> Result<Self, CatalogueError> {
        for (old, new) in redirects {
            let message = if self.indicators.contains_key(old) {
                "the catalogue has an indicator of the old name"
            } else if !self.indicators.contains_key(new) {
                "the catalogue has no indicator of the new name"
            } else {
                self.redirects.insert(old.clone(), new.clone());
                continue;
            };
            let (old, new) = (old.clone(), new.clone());
            return Err(CatalogueError::Redirect { old, new, message });
        }
        Ok(self)
    }

    /// Whether an indicator may be shown: it is not sensitive, or the administrator names it.
    pub fn is_shown(&self, indicator: &Indicator) -> bool {
        !indicator.sensitive || self.allowed.contains(&indicator.id)
    }

    /// Whether two indicators tell partly the same by construction: one is made of the other, or
    /// both are forms of one score, or of a score and of what it is made of. What is found by
    /// crossing them was put in.
    pub fn overlap(&self, one: &Indicator, other: &Indicator) -> bool {
        let (one, other) = (self.base(one), self.base(other));
        one.id == other.id || self.is_part(one, other) || self.is_part(other, one)
    }

    /// The score that an indicator is a form of, else itself.
    fn base<'a>(&'a self, of: &'a Indicator) -> &'a Indicator {
        of.form_of.as_ref().and_then(|id| self.get(id)).unwrap_or(of)
    }

    /// Whether a score is made of `part`, by the entry of the part or by the recipe of the whole, or
    /// of something that is.
    fn is_part(&self, part: &Indicator, whole: &Indicator) -> bool {
        let made_of = |whole: &Indicator| {
            let ids = whole.derived.iter().flat_map(|recipe| recipe.ingredients());
            ids.filter_map(|id| self.get(id)).map(|one| self.base(one)).collect::<Vec<_>>()
        };
        let is_in = |whole: &Indicator| {
            part.ingredient_of.contains(&whole.id)
                || made_of(whole).iter().any(|one| one.id == part.id)
        };
        is_in(whole) || made_of(whole).into_iter().any(is_in)
    }

    /// The indicator of that id, or of what the id became.
    pub fn get(&self, id: &str) -> Option<&Indicator> {
        self.indicators.get(id).or_else(|| self.indicators.get(self.redirects.get(id)?))
    }

    /// Every indicator, by its place in lists and then by id.
    pub fn iter(&self) -> impl Iterator<Item = &Indicator> {
        let mut all: Vec<_> = self.indicators.values().collect();
        all.sort_by_key(|indicator| (indicator.order, indicator.id.clone()));
        all.into_iter()
    }
}

/// What an entry says against itself, if anything.
fn contradiction(indicator: &Indicator) -> Option<String> {
    if indicator.method == MethodName::Publicatie && indicator.classes.is_none() {
        return Some("method publicatie wants classes".to_owned());
    }
    if !indicator.breaks.is_sorted_by(|a, b| a.from < b.from) {
        return Some("the breaks of the series do not ascend".to_owned());
    }
    if indicator.rounding.is_some_and(|step| !step.is_finite() || step <= 0.0) {
        return Some("a rounding is above zero".to_owned());
    }
    if indicator.kind == Kind::Klasse && indicator.rounding.is_some() {
        return Some("a class is not rounded".to_owned());
    }
    let classes = indicator.classes.as_ref()?;
    if classes.names.is_empty() {
        return Some("classes without names".to_owned());
    }
    if !classes.cuts.is_sorted_by(|a, b| a < b) {
        return Some("the class cuts do not ascend".to_owned());
    }
    let (names, cuts) = (classes.names.len(), classes.cuts.len());
    (cuts > 0 && cuts + 1 != names)
        .then(|| format!("{names} class names want {} cuts, not {cuts}", names - 1))
}

#[cfg(test)]
mod tests {
    use crate::geodata;

    #[test]
    fn what_overlaps_by_construction_is_known() {
        let catalogue = geodata::catalogue().expect("a sound catalogue");
        let overlap = |one: &str, other: &str| {
            let get = |id: &str| catalogue.get(id).unwrap_or_else(|| unreachable!("{id}"));
            assert_eq!(
                catalogue.overlap(get(one), get(other)),
                catalogue.overlap(get(other), get(one)),
                "{one} {other}"
            );
            catalogue.overlap(get(one), get(other))
        };
        assert!(overlap("leefbaarheid", "leefbaarheid-klasse"));
        assert!(overlap("leefbaarheid-absoluut", "leefbaarheid-afwijking"));
        assert!(overlap("leefbaarheid-klasse", "leefbaarheid-woningvoorraad"));
        // Version 2.0 counted origin, version 3.0 does not.
        assert!(overlap("leefbaarheid-2-klasse", "migratieachtergrond-niet-westers"));
        assert!(!overlap("leefbaarheid", "migratieachtergrond-niet-westers"));
        assert!(!overlap("leefbaarheid", "laagste-inkomens"));
    }

    #[test]
    fn old_ids_lead_to_those_of_today_and_to_nothing_else() {
        let catalogue = geodata::catalogue().expect("a sound catalogue");
        let led = |old: &str, new: &str| {
            catalogue.clone().redirecting(&[(old.into(), new.into())].into())
        };
        let renamed = led("veiligheidsgevoel", "leefbaarheid").expect("an old id");
        assert_eq!(renamed.get("veiligheidsgevoel"), renamed.get("leefbaarheid"));
        assert!(renamed.iter().count() == catalogue.iter().count(), "no indicator of its own");
        assert!(led("inwoners", "leefbaarheid").is_err(), "an id of today");
        assert!(led("veiligheidsgevoel", "geluk").is_err(), "to nowhere");
        assert!(led("veiligheidsgevoel", "veiligheidsgevoel").is_err(), "to itself");
    }

    #[test]
    fn sensitive_indicators_are_shown_only_where_they_are_named() {
        let catalogue = geodata::catalogue().expect("a sound catalogue");
        let origin = catalogue.get("herkomst-buiten-europa").expect("in the catalogue").clone();
        assert!(!catalogue.is_shown(&origin));
        let named =
            catalogue.clone().allowing(std::slice::from_ref(&origin.id)).expect("it is sensitive");
        assert!(named.is_shown(&origin));
        for wrong in ["inwoners", "geluk"] {
            let refused = catalogue.clone().allowing(&[wrong.into()]).expect_err(wrong);
            assert!(refused.to_string().contains("herkomst-buiten-europa"), "{refused}");
        }
    }
}
