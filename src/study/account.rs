//! How a study accounts for itself.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    area::Text,
    indicator::{Indicator, Reason},
};

use super::{Scope, text};

/// Areas that take no part, and who lives there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct LeftOut {
    /// How many areas, water not counted.
    #[serde(rename = "gebieden")]
    pub areas: usize,
    /// How many residents they have as far as known; `null` where the atlas has none.
    #[serde(rename = "inwoners")]
    pub residents: Option<u64>,
    /// How many areas by the reason why their figure is missing. What is missing may be the figure
    /// that it is a part of: then an area has no reason here.
    #[serde(rename = "redenen")]
    #[schema(value_type = Object)]
    pub reasons: BTreeMap<Reason, u32>,
}

/// What somebody needs to check a study or to do it again.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Account {
    /// What was computed, as a formula in words.
    #[serde(rename = "formule")]
    pub formula: Text,
    /// The papers that define it.
    #[serde(rename = "literatuur")]
    pub papers: Vec<&'static str>,
    /// How many areas took part.
    #[serde(rename = "eenheden")]
    pub units: usize,
    /// Areas that take no part.
    #[serde(rename = "weggelaten")]
    pub left_out: LeftOut,
    /// What must be known to read it well.
    #[serde(rename = "kanttekeningen")]
    pub remarks: Vec<Text>,
    /// The seed of what was drawn by lot; `null` where nothing was.
    #[serde(rename = "zaad")]
    pub seed: Option<u64>,
    /// Into how many orders the figures were drawn, at most; `null` where they were not.
    #[serde(rename = "permutaties")]
    pub permutations: Option<u32>,
    /// Whose figures they are.
    #[serde(rename = "bron")]
    pub source: Text,
    /// Their licence.
    #[serde(rename = "licentie")]
    pub licence: String,
    /// The version of the data.
    #[serde(rename = "versie")]
    pub version: String,
    /// Whether the country is invented.
    #[serde(rename = "fictief")]
    pub fictional: bool,
    /// A line to cite it by.
    #[serde(rename = "citaat")]
    pub citation: Text,
}

impl Account {
    /// The account of a study of a scope in which `has_part` tells who took part; `what` it is, as a
    /// citation names it.
    pub(super) fn new(
        scope: &Scope<'_>,
        what: &Text,
        formula: Text,
        papers: &[&'static str],
        has_part: impl Fn(usize) -> bool,
    ) -> Self {
        Self::of_several(scope, &[scope.indicator], what, formula, papers, has_part)
    }

    /// The same of a study of several indicators: it names them all, with their sources.
    pub(super) fn of_several(
        scope: &Scope<'_>,
        indicators: &[&Indicator],
        what: &Text,
        formula: Text,
        papers: &[&'static str],
        has_part: impl Fn(usize) -> bool,
    ) -> Self {
        let Scope { atlas, series, ordinals, .. } = scope;
        let (units, left_out) = scope.left_out(has_part);
        let name = listed(indicators.iter().map(|one| &one.name), ", ");
        let source = listed(indicators.iter().map(|one| &one.source), "; ");
        let mut licences: Vec<_> = indicators.iter().map(|one| one.licence.to_string()).collect();
        licences.sort();
        licences.dedup();
        let licence = licences.join("; ");
        let mut remarks: Vec<Text> = Vec::new();
        for note in indicators.iter().filter_map(|one| one.note.as_ref()) {
            if !remarks.contains(note) {
                remarks.push(note.clone());
            }
        }
        let (year, version) = (series.key.year, &atlas.version);
        let level = &series.key.level;
        if level.to_string() != "gemeenten" && ordinals.len() > 1 {
            remarks.push(text(
                "De uitkomst hangt af van hoe groot de gebieden zijn: buurten, wijken en gemeenten geven andere getallen.",
                "The outcome depends on how large the areas are: buurten, wijken and gemeenten give other numbers.",
            ));
        }
        let estimates = ordinals.iter().filter(|&&at| series.column.estimate(at).is_some()).count();
        if estimates > 0 {
            remarks.push(text(
                format!("Van {estimates} van de {} gebieden is het cijfer geschat uit dat van buurten die niet geheel in één gebied liggen.", ordinals.len()),
                format!("Of {estimates} of the {} areas the figure is an estimate from neighbourhoods that are not wholly in one area.", ordinals.len()),
            ));
        }
        Self {
            formula,
            papers: papers.to_vec(),
            units,
            left_out,
            remarks,
            seed: None,
            permutations: None,
            source: source.clone(),
            licence: licence.clone(),
            version: version.clone(),
            fictional: atlas.fictional,
            citation: text(
                format!(
                    "wijkzicht {}, {}, {}, {level} {year}, versie van de gegevens {version}. Cijfers: {} ({licence}).",
                    env!("CARGO_PKG_VERSION"),
                    what.nl,
                    name.nl,
                    source.nl
                ),
                format!(
                    "wijkzicht {}, {}, {}, {level} {year}, version of the data {version}. Figures: {} ({licence}).",
                    env!("CARGO_PKG_VERSION"),
                    what.en,
                    name.en,
                    source.en
                ),
            ),
        }
    }

    /// The same, with a remark.
    pub(super) fn noting(mut self, remark: Text) -> Self {
        self.remarks.push(remark);
        self
    }
}

/// Texts one after the other, each once.
fn listed<'a>(texts: impl Iterator<Item = &'a Text>, between: &str) -> Text {
    let mut once: Vec<&Text> = Vec::new();
    for one in texts {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    let joined =
        |of: fn(&Text) -> &str| once.iter().map(|one| of(one)).collect::<Vec<_>>().join(between);
    text(joined(|one| &one.nl), joined(|one| &one.en))
}
