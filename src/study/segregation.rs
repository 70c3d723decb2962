//! How unevenly a group lives over the areas of a place, year by year.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    analysis::{
        AnalysisError, Transform, Weights,
        rounding::dissimilarity_interval,
        segregation::{Composition, PROFILE_RADII, TwoGroups},
    },
    area::Text,
    indicator::Language,
    layer::{format_number, short},
    profile::IntervalEntry,
};

use super::{Account, LeftOut, Scope, StudyError, group::Group, text};

/// Where the draws that undo rounding begin.
const SEED: u64 = 2024;

/// The segregation of one year. Shares and indices are from 0 to 100 but for H over distances.
#[derive(Debug, Serialize, ToSchema)]
pub struct SegregationYear {
    /// The year of the figures.
    #[serde(rename = "jaar")]
    pub year: u16,
    /// How many areas have the figures, and of these how many are lived in.
    #[serde(rename = "eenheden")]
    pub units: usize,
    /// How many of them are lived in.
    #[serde(rename = "bewoond")]
    pub inhabited: usize,
    /// How many belong to the group, and of how many.
    #[serde(rename = "groep")]
    pub group: f64,
    /// Of how many.
    #[serde(rename = "totaal")]
    pub total: f64,
    /// The share of the group, per cents.
    #[serde(rename = "aandeel")]
    pub share: f64,
    /// D: which part of the group would have to move to live as evenly as the others.
    #[serde(rename = "dissimilariteit")]
    pub dissimilarity: f64,
    /// Where D lies in 95 of 100 ways to undo the rounding of the figures; `null` where they are not
    /// rounded.
    #[serde(rename = "marge")]
    pub margin: Option<IntervalEntry>,
    /// The D that chance alone would give.
    #[serde(rename = "doorToeval")]
    pub by_chance: f64,
    /// Whether the group is so small by area that chance weighs.
    #[serde(rename = "kleineAantallen")]
    pub is_small: bool,
    /// The share of the group where one of it lives on average.
    #[serde(rename = "isolatie")]
    pub isolation: f64,
    /// The share of the group where one of the others lives on average.
    #[serde(rename = "aandeelBijAnderen")]
    pub among_others: f64,
    /// Isolation less what the share of the group alone would give.
    pub eta2: f64,
    /// The Gini index of the distribution.
    pub gini: f64,
    /// Theil's H.
    #[serde(rename = "entropie")]
    pub entropy: f64,
    /// D less what neighbours on both sides of borders make up for; `null` without neighbours.
    #[serde(rename = "ruimtelijkeDissimilariteit")]
    pub spatial_dissimilarity: Option<f64>,
    /// Theil's H of people's surroundings, by their radius.
    #[serde(rename = "omgevingen")]
    pub surroundings: Vec<Surroundings>,
    /// Areas that take no part.
    #[serde(rename = "weggelaten")]
    pub left_out: LeftOut,
}

/// Theil's H of surroundings of one size.
#[derive(Debug, Serialize, ToSchema)]
pub struct Surroundings {
    /// Their radius in metres.
    #[serde(rename = "straal")]
    pub radius: f64,
    /// H, 0 to 1.
    pub h: f64,
}

/// The segregation of a place, by year.
#[derive(Debug, Serialize, ToSchema)]
pub struct SegregationStudy {
    /// What the group is a part of.
    #[serde(rename = "noemer")]
    pub denominator: Text,
    /// Year by year.
    #[serde(rename = "jaren")]
    pub years: Vec<SegregationYear>,
    /// What comes out, in sentences.
    #[serde(rename = "zinnen")]
    pub sentences: Vec<Text>,
    /// How it was made.
    #[serde(rename = "verantwoording")]
    pub account: Account,
}

pub(super) fn percent(part: f64) -> f64 {
    short(part * 100.0)
}

pub(super) fn others(groups: &TwoGroups) -> Vec<f64> {
    groups.total().iter().zip(groups.group()).map(|(all, group)| all - group).collect()
}

/// The segregation of a group over the areas of a scope, in every year that the division has
/// figures of. Cost: some passes over the areas a year, 200 of them to undo rounding.
///
/// # Errors
/// When the indicator tells of no group, or no year has an outcome: then why the scope's own has
/// none.
pub fn segregation(scope: &Scope<'_>) -> Result<SegregationStudy, StudyError> {
    let weights = subset(scope);
    let centroids = scope.centroids();
    let mut years = Vec::new();
    for there in scope.years() {
        let here = scope.with(there);
        match year(&here, weights.as_ref(), &centroids) {
            Ok(found) => years.push(found),
            Err(error) if there.key == scope.series.key => return Err(error),
            Err(_) => {}
        }
    }
    let group = Group::of(scope)?;
    let denominator = group.denominator.name.clone();
    let mut account = account(scope, &group);
    if years.iter().any(|year| year.margin.is_some()) {
        account.seed = Some(SEED);
    }
    let sentences = sentences(scope, &years);
    Ok(SegregationStudy { denominator, years, sentences, account })
}

/// The links between the areas of a scope.
fn subset(scope: &Scope<'_>) -> Option<Weights> {
    let mut keep = vec![false; scope.series.coverage.len()];
    scope.ordinals.iter().for_each(|&at| keep[at] = true);
    Weights::queen(scope.series.coverage.neighbours()).keep(&keep).ok()
}

fn year(
    scope: &Scope<'_>,
    weights: Option<&Weights>,
    centroids: &[[f64; 2]],
) -> Result<SegregationYear, StudyError> {
    let group = Group::of(scope)?;
    let groups = TwoGroups::new(&group.counts, &group.totals)?;
    let (units, left_out) = scope.left_out(|place| group.is_known(place));
    if groups.inhabited() < 2 {
        return Err(AnalysisError::TooFewUnits { got: groups.inhabited(), needed: 2 }.into());
    }
    let margin = dissimilarity_interval(&group.count_intervals, &group.total_intervals, SEED).ok();
    let margin = margin
        .filter(|of| of.likely.low < of.likely.high)
        .map(|of| IntervalEntry { low: percent(of.likely.low), high: percent(of.likely.high) });
    let surroundings = Composition::new(&[groups.group(), &others(&groups)])
        .and_then(|both| both.spatial_profile(centroids, &PROFILE_RADII))
        .unwrap_or_default();
    let spatial =
        weights.and_then(|weights| groups.spatial_dissimilarity(weights, Transform::Binary).ok());
    Ok(SegregationYear {
        year: scope.series.key.year.get(),
        units,
        inhabited: groups.inhabited(),
        group: groups.group_size().round(),
        total: groups.population().round(),
        share: percent(groups.share()),
        dissimilarity: percent(groups.dissimilarity()),
        margin,
        by_chance: percent(groups.expected_dissimilarity()),
        is_small: groups.is_small(),
        isolation: percent(groups.isolation()),
        among_others: percent(
            (1.0 - groups.isolation()) * groups.group_size() / groups.other_size(),
        ),
        eta2: short(groups.correlation_ratio()),
        gini: short(groups.gini()),
        entropy: short(groups.information_theory()),
        spatial_dissimilarity: spatial.map(percent),
        surroundings: surroundings
            .into_iter()
            .map(|one| Surroundings { radius: one.radius, h: short(one.information_theory) })
            .collect(),
        left_out,
    })
}

pub(super) fn account(scope: &Scope<'_>, group: &Group<'_>) -> Account {
    let account = Account::new(
        scope,
        &text("segregatie", "segregation"),
        text(
            "D = ½ Σ |xᵢ/X − yᵢ/Y|; isolatie = Σ (xᵢ/X)(xᵢ/tᵢ); eta² = (isolatie − P)/(1 − P); H = Σ tᵢ(E − Eᵢ)/(ET); ruimtelijke D = D − Σcᵢⱼ|pᵢ − pⱼ|/Σcᵢⱼ; omgevingen: H van dichtheden met een biweight-kern",
            "D = ½ Σ |xᵢ/X − yᵢ/Y|; isolation = Σ (xᵢ/X)(xᵢ/tᵢ); eta² = (isolation − P)/(1 − P); H = Σ tᵢ(E − Eᵢ)/(ET); spatial D = D − Σcᵢⱼ|pᵢ − pⱼ|/Σcᵢⱼ; surroundings: H of densities with a biweight kernel",
        ),
        &[
            "Duncan en Duncan 1955",
            "Massey en Denton 1988",
            "Morrill 1991",
            "Reardon en O'Sullivan 2004",
        ],
        |place| group.is_known(place),
    );
    if group.is_own {
        return account;
    }
    account.noting(text(
        "Het aandeel is van iets waarvan het aantal niet per gebied bekend is; het aantal inwoners staat ervoor in.",
        "The share is of something of which the number by area is not known; the number of residents stands in for it.",
    ))
}

fn sentences(scope: &Scope<'_>, years: &[SegregationYear]) -> Vec<Text> {
    let Some(last) = years.iter().find(|one| one.year == scope.series.key.year.get()) else {
        return Vec::new();
    };
    let name = &scope.indicator.name;
    let number = |number, language| format_number(number, 0, language);
    let (nl, en) = (Language::Nl, Language::En);
    let level = &scope.series.key.level;
    let mut all = vec![
        text(
            format!(
                "{}: {}% van deze groep zou naar een ander gebied moeten verhuizen om even gelijk verspreid te wonen als de anderen ({} {level}, {}).",
                name.nl,
                number(last.dissimilarity, nl),
                last.inhabited,
                last.year
            ),
            format!(
                "{}: {}% of this group would have to move to another area to live as evenly spread as the others ({} {level}, {}).",
                name.en,
                number(last.dissimilarity, en),
                last.inhabited,
                last.year
            ),
        ),
        text(
            format!(
                "Wie erbij hoort woont gemiddeld waar {}% erbij hoort; wie er niet bij hoort waar {}% dat doet.",
                number(last.isolation, nl),
                number(last.among_others, nl)
            ),
            format!(
                "Who belongs to it lives on average where {}% do; who does not, where {}% do.",
                number(last.isolation, en),
                number(last.among_others, en)
            ),
        ),
    ];
    if last.is_small {
        all.push(text(
            format!(
                "De groep is hier klein: door toeval alleen zou het al {}% zijn.",
                number(last.by_chance, nl)
            ),
            format!(
                "The group is small here: chance alone would make it {}%.",
                number(last.by_chance, en)
            ),
        ));
    }
    if let Some(first) = years.first().filter(|first| first.year < last.year) {
        let change = last.dissimilarity - first.dissimilarity;
        let (up, risen) = if change > 0.0 { ("meer", "more") } else { ("minder", "less") };
        let size = format_number(change.abs(), 1, nl);
        all.push(if change.abs() < 1.0 {
            text(
                format!(
                    "Sinds {} is de ongelijkheid van spreiding vrijwel gelijk gebleven.",
                    first.year
                ),
                format!("Since {} the unevenness has hardly changed.", first.year),
            )
        } else {
            text(
                format!("Dat is {size} procentpunt {up} dan in {}.", first.year),
                format!(
                    "That is {} percentage points {risen} than in {}.",
                    format_number(change.abs(), 1, en),
                    first.year
                ),
            )
        });
    }
    all
}
