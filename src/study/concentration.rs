//! Where a group concentrates.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    analysis::{
        concentration::{ConcentrationProfile, above_threshold, location_quotient},
        rounding::location_quotient_intervals,
        segregation::TwoGroups,
    },
    area::{AreaCode, Text},
    indicator::{Interval, Language},
    layer::{format_number, short},
    profile::IntervalEntry,
};

use super::{Account, Scope, StudyError, group::Group, text};

/// The most steps of the profile that are told.
const STEPS: usize = 200;

/// Below so many people or households an area has no quotient: a handful says nothing.
const LEAST: f64 = 50.0;

/// An area, and how much of the group lives there.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConcentratedArea {
    /// The code of the area.
    #[schema(value_type = String)]
    pub code: AreaCode,
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: String,
    /// The gemeente that it lies in.
    #[serde(rename = "gemeente")]
    pub gemeente: Option<String>,
    /// The share of the group, per cents.
    #[serde(rename = "aandeel")]
    pub share: f64,
    /// How many belong to it, and of how many.
    #[serde(rename = "aantal")]
    pub group: f64,
    /// Of how many.
    #[serde(rename = "totaal")]
    pub total: f64,
    /// The share here over that of the reference; `null` where fewer than fifty are counted.
    #[serde(rename = "quotient")]
    pub quotient: Option<f64>,
    /// What it may be, since the figures are rounded.
    #[serde(rename = "marge")]
    pub margin: Option<IntervalEntry>,
}

/// Where a group concentrates.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConcentrationStudy {
    /// The year of the figures.
    #[serde(rename = "jaar")]
    pub year: u16,
    /// What the group is a part of.
    #[serde(rename = "noemer")]
    pub denominator: Text,
    /// What quotients are of: the share of the group in the whole country by these figures.
    #[serde(rename = "aandeelLand")]
    pub reference: f64,
    /// The share in the scope.
    #[serde(rename = "aandeel")]
    pub share: f64,
    /// Half of the group lives in areas with at least this share of it, per cents.
    #[serde(rename = "helftVanaf")]
    pub half: Option<f64>,
    /// The threshold that was asked for, else twice the share of the country at most 100, per cents.
    #[serde(rename = "drempel")]
    pub threshold: f64,
    /// How many areas reach it, which part of the group lives there, and which part of all.
    #[serde(rename = "gebiedenErboven")]
    pub above: usize,
    /// Which part of the group lives in them, per cents.
    #[serde(rename = "groepErboven")]
    pub group_above: f64,
    /// Which part of everybody, per cents.
    #[serde(rename = "iedereenErboven")]
    pub all_above: f64,
    /// The concentration profile: of each share the part of the group that lives where it is at
    /// least that, per cents; at most two hundred steps.
    #[serde(rename = "profiel")]
    pub profile: Vec<[f64; 2]>,
    /// The areas, highest quotient first.
    #[serde(rename = "gebieden")]
    pub areas: Vec<ConcentratedArea>,
    /// What comes out, in sentences.
    #[serde(rename = "zinnen")]
    pub sentences: Vec<Text>,
    /// How it was made.
    #[serde(rename = "verantwoording")]
    pub account: Account,
}

/// Where a group concentrates in a scope, beside the country. `threshold` is a share in per cents.
///
/// # Errors
/// When the indicator tells of no group, or nobody or everybody belongs to it.
pub fn concentration(
    scope: &Scope<'_>,
    threshold: Option<f64>,
) -> Result<ConcentrationStudy, StudyError> {
    let group = Group::of(scope)?;
    let country = Scope::new(scope.atlas, scope.indicator, scope.series, None);
    let all = Group::of(&country)?;
    let reference = TwoGroups::new(&all.counts, &all.totals)?.share();
    let groups = TwoGroups::new(&group.counts, &group.totals)?;
    let quotients = location_quotient(&group.counts, &group.totals, reference)?;
    let margins = location_quotient_intervals(
        &group.count_intervals,
        &group.total_intervals,
        Interval::exact(reference),
    )?;
    let threshold = threshold.unwrap_or((reference * 200.0).min(100.0));
    let above = above_threshold(&groups, threshold / 100.0)?;
    let profile = ConcentrationProfile::new(&groups);
    let coverage = scope.series.coverage;
    let mut areas: Vec<_> = scope
        .ordinals
        .iter()
        .enumerate()
        .filter(|(place, _)| group.is_known(*place) && group.totals[*place] > 0.0)
        .map(|(place, &at)| {
            let enough = group.totals[place] >= LEAST;
            let margin = margins[place].filter(|of| enough && of.low < of.high);
            ConcentratedArea {
                code: coverage.codes()[at].clone(),
                name: coverage.name(at).to_owned(),
                gemeente: scope.atlas.gemeente_name(coverage, at).map(ToOwned::to_owned),
                share: short(group.counts[place] / group.totals[place] * 100.0),
                group: group.counts[place].round(),
                total: group.totals[place].round(),
                quotient: quotients[place].filter(|_| enough).map(short),
                margin: margin.map(|of| IntervalEntry { low: short(of.low), high: short(of.high) }),
            }
        })
        .collect();
    areas.sort_by(|a, b| {
        b.quotient
            .unwrap_or(-1.0)
            .total_cmp(&a.quotient.unwrap_or(-1.0))
            .then_with(|| a.code.cmp(&b.code))
    });
    let steps = profile.steps();
    let every = steps.len().div_ceil(STEPS).max(1);
    let mut study = ConcentrationStudy {
        year: scope.series.key.year.get(),
        denominator: group.denominator.name.clone(),
        reference: short(reference * 100.0),
        share: short(groups.share() * 100.0),
        half: profile.share_of(0.5).map(|share| short(share * 100.0)),
        threshold: short(threshold),
        above: above.units,
        group_above: short(above.group * 100.0),
        all_above: short(above.population * 100.0),
        profile: steps
            .step_by(every)
            .map(|(share, part)| [short(share * 100.0), short(part * 100.0)])
            .collect(),
        areas,
        sentences: Vec::new(),
        account: account(scope, &group),
    };
    study.sentences = sentences(scope, &study);
    Ok(study)
}

fn account(scope: &Scope<'_>, group: &Group<'_>) -> Account {
    Account::new(
        scope,
        &text("concentratie", "concentration"),
        text(
            "quotiënt = (xᵢ/tᵢ)/(X/T) met X/T van het land; profiel: deel van de groep in gebieden met aandeel ≥ p",
            "quotient = (xᵢ/tᵢ)/(X/T) with X/T of the country; profile: part of the group in areas with share ≥ p",
        ),
        &["Isard 1960", "Hong en Sadahiro 2014"],
        |place| group.is_known(place),
    )
}

fn sentences(scope: &Scope<'_>, study: &ConcentrationStudy) -> Vec<Text> {
    let level = &scope.series.key.level;
    let of = |number: f64, decimals, language| format_number(number, decimals, language);
    let (nl, en) = (Language::Nl, Language::En);
    let mut all = Vec::new();
    if let Some(half) = study.half {
        all.push(text(
            format!("{}: de helft van deze groep woont in {level} waar ten minste {}% erbij hoort; in heel het gebied is dat {}%.", scope.indicator.name.nl, of(half, 0, nl), of(study.share, 0, nl)),
            format!("{}: half of this group lives in {level} where at least {}% belong to it; in the whole area {}% do.", scope.indicator.name.en, of(half, 0, en), of(study.share, 0, en)),
        ));
    }
    let (where_nl, where_en) = match study.above {
        1 => ("één gebied".to_owned(), "one area".to_owned()),
        n => {
            (format!("{} {level}", of(n as f64, 0, nl)), format!("{} {level}", of(n as f64, 0, en)))
        }
    };
    let above = text(
        format!(
            "In {where_nl} is het aandeel {}% of meer: daar woont {}% van de groep en {}% van iedereen.",
            of(study.threshold, 0, nl),
            of(study.group_above, 0, nl),
            of(study.all_above, 0, nl)
        ),
        format!(
            "In {where_en} the share is {}% or more: {}% of the group lives there, and {}% of everybody.",
            of(study.threshold, 0, en),
            of(study.group_above, 0, en),
            of(study.all_above, 0, en)
        ),
    );
    // Where none reaches it there is nothing to tell of who lives there.
    if study.above > 0 {
        all.push(above);
    }
    if let Some(first) = study.areas.first()
        && let Some(quotient) = first.quotient
    {
        all.push(text(
            format!(
                "Het hoogst is {}: {} keer het aandeel van het land.",
                first.name,
                of(quotient, 1, nl)
            ),
            format!(
                "Highest is {}: {} times the share of the country.",
                first.name,
                of(quotient, 1, en)
            ),
        ));
    }
    all
}
