//! Which gemeenten are divided most unevenly, and how much of that lies between them.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    analysis::segregation::{Composition, TwoGroups},
    area::{AreaCode, Text},
    indicator::Language,
    layer::format_number,
};

use super::{
    Account, Scope, StudyError,
    group::Group,
    segregation::{account, others, percent},
    text,
};

/// The segregation within one gemeente.
#[derive(Debug, Serialize, ToSchema)]
pub struct GemeenteSegregation {
    #[schema(value_type = String)]
    pub code: AreaCode,
    #[serde(rename = "naam")]
    pub name: String,
    #[serde(rename = "eenheden")]
    pub units: usize,
    #[serde(rename = "aandeel")]
    pub share: f64,
    #[serde(rename = "dissimilariteit")]
    pub dissimilarity: f64,
    #[serde(rename = "isolatie")]
    pub isolation: f64,
    #[serde(rename = "kleineAantallen")]
    pub is_small: bool,
}

/// Every gemeente of a country, and how much of the segregation lies between them.
#[derive(Debug, Serialize, ToSchema)]
pub struct SegregationOfGemeenten {
    /// The year of the figures.
    #[serde(rename = "jaar")]
    pub year: u16,
    /// What the group is a part of.
    #[serde(rename = "noemer")]
    pub denominator: Text,
    /// Most uneven first.
    #[serde(rename = "gemeenten")]
    pub gemeenten: Vec<GemeenteSegregation>,
    /// How many gemeenten have no outcome: too few areas, or nobody of the group.
    #[serde(rename = "zonderUitkomst")]
    pub without: usize,
    /// Which part of Theil's H lies between gemeenten, per cents; the rest lies within them.
    #[serde(rename = "tussenGemeenten")]
    pub between: Option<f64>,
    /// What comes out, in sentences.
    #[serde(rename = "zinnen")]
    pub sentences: Vec<Text>,
    /// How it was made.
    #[serde(rename = "verantwoording")]
    pub account: Account,
}

/// The segregation within every gemeente by the areas of a scope, for its year alone.
///
/// # Errors
/// When the indicator tells of no group, or no gemeente has an outcome.
pub fn of_gemeenten(scope: &Scope<'_>) -> Result<SegregationOfGemeenten, StudyError> {
    let group = Group::of(scope)?;
    let coverage = scope.series.coverage;
    let mut places: BTreeMap<AreaCode, Vec<usize>> = BTreeMap::new();
    for (place, &at) in scope.ordinals.iter().enumerate() {
        if let Some(code) = coverage.codes()[at].gemeente() {
            places.entry(code).or_default().push(place);
        }
    }
    let mut gemeenten = Vec::new();
    let mut without = 0;
    for (code, places) in places {
        let of = |list: &[f64]| places.iter().map(|&place| list[place]).collect::<Vec<_>>();
        let found = TwoGroups::new(&of(&group.counts), &of(&group.totals)).ok();
        let Some(groups) = found.filter(|groups| groups.inhabited() >= 2) else {
            without += 1;
            continue;
        };
        let name = places
            .first()
            .and_then(|&place| scope.atlas.gemeente_name(coverage, scope.ordinals[place]));
        gemeenten.push(GemeenteSegregation {
            name: name.unwrap_or(code.as_str()).to_owned(),
            code,
            units: groups.inhabited(),
            share: percent(groups.share()),
            dissimilarity: percent(groups.dissimilarity()),
            isolation: percent(groups.isolation()),
            is_small: groups.is_small(),
        });
    }
    gemeenten.sort_by(|a, b| {
        b.dissimilarity.total_cmp(&a.dissimilarity).then_with(|| a.code.cmp(&b.code))
    });
    let whole = TwoGroups::new(&group.counts, &group.totals)?;
    let parts = Composition::new(&[whole.group(), &others(&whole)])?;
    let between =
        parts.decompose(&scope.gemeenten()).ok().and_then(|of| of.share_between).map(percent);
    let sentences = of_gemeenten_sentences(scope, &gemeenten, between);
    Ok(SegregationOfGemeenten {
        year: scope.series.key.year.get(),
        denominator: group.denominator.name.clone(),
        gemeenten,
        without,
        between,
        sentences,
        account: account(scope, &group),
    })
}

fn of_gemeenten_sentences(
    scope: &Scope<'_>,
    gemeenten: &[GemeenteSegregation],
    between: Option<f64>,
) -> Vec<Text> {
    let mut all = Vec::new();
    let number = |number| format_number(number, 0, Language::Nl);
    if let Some(most) = gemeenten.iter().find(|one| !one.is_small && one.units >= 10) {
        all.push(text(
            format!(
                "Van de gemeenten met tien of meer {} is {} het ongelijkst verdeeld: {}%.",
                scope.series.key.level,
                most.name,
                number(most.dissimilarity)
            ),
            format!(
                "Of the gemeenten with ten or more {}, {} is divided most unevenly: {}%.",
                scope.series.key.level,
                most.name,
                number(most.dissimilarity)
            ),
        ));
    }
    if let Some(between) = between {
        all.push(text(
            format!(
                "{}% van de segregatie ligt tussen gemeenten, de rest binnen gemeenten.",
                number(between)
            ),
            format!(
                "{}% of the segregation lies between gemeenten, the rest within them.",
                number(between)
            ),
        ));
    }
    all
}
