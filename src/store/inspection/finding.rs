//! One thing that is wrong with an atlas, or wants knowing.

use serde::Serialize;

use crate::area::{AreaCode, Level, Vintage};

/// How many areas a finding names.
const EXAMPLES: usize = 5;

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// Areas without the area that their code says they lie in, or the other way round.
    #[serde(rename = "ouders")]
    Parents,
    /// Areas that together are larger or smaller than the one they make.
    #[serde(rename = "oppervlakte")]
    Extent,
    /// Counts that do not add up to that of the area they make, by more than rounding allows.
    #[serde(rename = "optelling")]
    Sums,
    /// Numbers that their kind does not have.
    #[serde(rename = "waarden")]
    Values,
    /// Values whose areas are not there.
    #[serde(rename = "zonder-vlak")]
    Waiting,
    /// Values of an indicator that the catalogue does not have.
    #[serde(rename = "onbekend-onderwerp")]
    Unknown,
    /// Divisions that cannot be held against each other.
    #[serde(rename = "indelingen")]
    Divisions,
    /// A source without a licence.
    #[serde(rename = "licentie")]
    Licence,
}

/// One thing that is wrong, or wants knowing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// What it is about.
    #[serde(rename = "soort")]
    pub kind: FindingKind,
    /// The division, where it is of one.
    #[serde(rename = "indeling")]
    pub vintage: Option<Vintage>,
    /// The level, where it is of one.
    #[serde(rename = "niveau")]
    pub level: Option<Level>,
    /// What is wrong, in a sentence.
    #[serde(rename = "tekst")]
    pub text: String,
    /// How many areas it is about.
    #[serde(rename = "aantal")]
    pub count: usize,
    /// A few of them.
    #[serde(rename = "voorbeelden")]
    pub examples: Vec<AreaCode>,
}

impl Finding {
    /// A finding about the whole.
    pub fn new(kind: FindingKind, text: String) -> Self {
        Self { kind, vintage: None, level: None, text, count: 1, examples: Vec::new() }
    }

    /// A finding about areas, the worst first; `None` where there are none.
    pub fn about(
        kind: FindingKind,
        vintage: Vintage,
        level: &Level,
        text: impl FnOnce(usize) -> String,
        areas: Vec<AreaCode>,
    ) -> Option<Self> {
        let count = areas.len();
        (count > 0).then(|| Self {
            kind,
            vintage: Some(vintage),
            level: Some(level.clone()),
            text: text(count),
            count,
            examples: areas.into_iter().take(EXAMPLES).collect(),
        })
    }
}
