//! What of the catalogue a site has.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::area::{Level, Vintage};

use super::{SiteError, SiteFilter};

/// A layer of figures that a site has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The topic.
    pub indicator: String,
    /// The level.
    pub level: Level,
    /// The year.
    pub year: u64,
    /// The year that a change is counted from; `None` is what the interface takes for itself.
    pub begin: Option<u64>,
    /// How many decimals are shown.
    pub decimals: u64,
}

/// The catalogue, as the interface gives it, without what the filter leaves out, and with what
/// there is a file of alone: the usual classes. Its layers, and the divisions that draw these.
pub struct Narrowed {
    /// The answer in the place of `/v1/indicatoren`.
    pub catalogue: Value,
    /// Every layer.
    pub figures: Vec<Figures>,
    /// The divisions, ascending.
    pub vintages: BTreeSet<Vintage>,
}

/// # Errors
/// When the filter names a topic, level or year that there is none of, or nothing is left.
pub fn narrow(mut catalogue: Value, filter: &SiteFilter) -> Result<Narrowed, SiteError> {
    let all = catalogue["indicatoren"].as_array().cloned().unwrap_or_default();
    check(&all, filter)?;
    let kept: Vec<Value> =
        all.into_iter().filter_map(|indicator| narrow_indicator(indicator, filter)).collect();
    if kept.is_empty() {
        return Err(SiteError::Nothing);
    }
    let mut figures = Vec::new();
    let mut vintages = BTreeSet::new();
    for indicator in &kept {
        for (level, entries) in levels_of(indicator) {
            let mut seen: BTreeSet<u64> = BTreeSet::new();
            for entry in entries {
                vintages.extend(serde_json::from_value::<Vintage>(entry["indeling"].clone()).ok());
                let Some(year) = entry["jaar"].as_u64() else { continue };
                // The list is by year and begin: the first is the one that is taken unasked.
                let begin = if seen.insert(year) { None } else { entry["sinds"].as_u64() };
                figures.push(Figures {
                    indicator: indicator["id"].as_str().unwrap_or_default().to_owned(),
                    level: level.clone(),
                    year,
                    begin,
                    decimals: indicator["decimalen"].as_u64().unwrap_or_default(),
                });
            }
        }
    }
    catalogue["indicatoren"] = kept.into();
    Ok(Narrowed { catalogue, figures, vintages })
}

fn levels_of(indicator: &Value) -> impl Iterator<Item = (Level, &Vec<Value>)> {
    let levels = indicator["niveaus"].as_array().into_iter().flatten();
    levels.filter_map(|entry| {
        let level = entry["niveau"].as_str()?.parse().ok()?;
        Some((level, entry["jaren"].as_array()?))
    })
}

fn narrow_indicator(mut indicator: Value, filter: &SiteFilter) -> Option<Value> {
    let id = indicator["id"].as_str()?;
    if !filter.indicators.is_empty() && !filter.indicators.iter().any(|wanted| wanted == id) {
        return None;
    }
    let mut levels = indicator["niveaus"].as_array().cloned()?;
    levels.retain_mut(|entry| {
        let level: Option<Level> = entry["niveau"].as_str().and_then(|name| name.parse().ok());
        let is_shown = level.is_some_and(|level| {
            // The page paints these three.
            [Level::Gemeente, Level::Wijk, Level::Buurt].contains(&level)
                && (filter.levels.is_empty() || filter.levels.contains(&level))
        });
        let Some(years) = entry["jaren"].as_array_mut() else { return false };
        years.retain(|entry| has_year(filter, entry));
        is_shown && !years.is_empty()
    });
    if levels.is_empty() {
        return None;
    }
    indicator["niveaus"] = levels.into();
    indicator["methoden"] = vec![indicator["methode"].clone()].into();
    Some(indicator)
}

/// Whether the year of an entry is one of those that the site has.
pub fn has_year(filter: &SiteFilter, entry: &Value) -> bool {
    let year = entry["jaar"].as_u64();
    filter.years.is_empty() || filter.years.iter().any(|one| year == Some(one.get().into()))
}

fn check(all: &[Value], filter: &SiteFilter) -> Result<(), SiteError> {
    let ids = all.iter().filter_map(|one| Some(one["id"].as_str()?.to_owned()));
    known("indicator", filter.indicators.iter().map(ToString::to_string), ids)?;
    let levels = || all.iter().flat_map(levels_of);
    let there: BTreeSet<_> = levels().map(|(level, _)| level).collect();
    let there = there.iter().map(ToString::to_string);
    known("level", filter.levels.iter().map(ToString::to_string), there)?;
    let years: BTreeSet<_> =
        levels().flat_map(|(_, years)| years).filter_map(|one| one["jaar"].as_u64()).collect();
    let there = years.iter().map(ToString::to_string);
    known("year", filter.years.iter().map(ToString::to_string), there)
}

/// Refuses the first that is not there.
pub fn known(
    what: &'static str,
    asked: impl Iterator<Item = String>,
    there: impl Iterator<Item = String>,
) -> Result<(), SiteError> {
    let there: Vec<_> = there.collect();
    for asked in asked {
        if !there.contains(&asked) {
            return Err(SiteError::Unknown { what, asked, there: there.join(", ") });
        }
    }
    Ok(())
}
