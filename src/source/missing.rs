//! How publishers write that there is no number.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{geodata, indicator::Reason};

/// What becomes of a column without a single number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EmptyColumn {
    /// No series: the publisher does not give it for this year.
    Skip,
    /// The publisher gives it later.
    NogNietGepubliceerd,
}

/// A number that stands for a reason.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentinel {
    /// The number.
    pub code: i64,
    /// The reason.
    pub reason: Reason,
}

/// How a dialect writes that there is no number.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Missing {
    /// The reason of an empty cell and of NULL; `onbekend` when the dialect does not say.
    pub empty: Option<Reason>,
    /// What a column without a single number means.
    pub empty_column: Option<EmptyColumn>,
    /// Texts that stand for a reason.
    pub marks: BTreeMap<String, Reason>,
    /// Texts that stand for nought.
    pub zero: Vec<String>,
    /// Every number at or below this one is missing: `onbekend` unless listed.
    pub at_most: Option<f64>,
    /// Numbers that stand for a reason.
    pub sentinels: Vec<Sentinel>,
}

impl Missing {
    /// How publishers of that name write that there is no number, from `geodata/missing.toml`.
    pub fn custom(name: &str) -> Result<Self, String> {
        let files = geodata::files("missing.toml");
        let text = files.iter().map(|(_, text)| text.as_str()).next().unwrap_or_default();
        let mut customs: BTreeMap<String, Self> =
            toml::from_str(text).map_err(|error| format!("missing.toml: {error}"))?;
        let known = customs.keys().cloned().collect::<Vec<_>>().join(", ");
        customs.remove(name).ok_or_else(|| format!("missing = {name:?}, expected one of {known}"))
    }
}
