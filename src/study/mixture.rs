//! How mixed several groups live that together are everybody.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    analysis::{AnalysisError, segregation::Composition},
    area::{AreaCode, Text},
    indicator::{Indicator, Language},
    layer::{format_number, short},
};

use super::{Account, LeftOut, Scope, StudyError, group::Group, segregation::percent, text};

/// Groups that do not overlap, with one for who is in none of them.
#[derive(Debug)]
pub struct Partition {
    /// As it stands in addresses.
    pub id: &'static str,
    /// What it is called, Dutch and English.
    pub name: (&'static str, &'static str),
    /// The shares, of one denominator.
    pub shares: &'static [&'static str],
    /// What the others are called.
    pub rest: (&'static str, &'static str),
}

/// The partitions that are known. Shares that overlap (rented, and rented of a corporation) would
/// count people twice, and no figure tells it: so these are named one by one.
pub static PARTITIONS: [Partition; 3] = [
    Partition {
        id: "leeftijd",
        name: ("leeftijd", "age"),
        shares: &["aandeel-0-15", "aandeel-65-plus"],
        rest: ("15 tot 65 jaar", "15 to 65 years"),
    },
    Partition {
        id: "woningen",
        name: ("koop en huur", "tenure"),
        shares: &["koopwoningen", "corporatiewoningen"],
        rest: ("overige huur en onbekend", "other rent and unknown"),
    },
    Partition {
        id: "inkomen",
        name: ("inkomen", "income"),
        shares: &["laagste-inkomens", "hoogste-inkomens"],
        rest: ("daartussen", "in between"),
    },
];

/// A group, and how large it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct MixedGroup {
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: Text,
    /// Its share of all, per cents.
    #[serde(rename = "aandeel")]
    pub share: f64,
}

/// How mixed groups live in one year. Indices are from 0 (everywhere alike) to 1 (no group with
/// another).
#[derive(Debug, Serialize, ToSchema)]
pub struct MixtureYear {
    /// The year of the figures.
    #[serde(rename = "jaar")]
    pub year: u16,
    /// How many areas have the figures.
    #[serde(rename = "eenheden")]
    pub units: usize,
    /// The groups.
    #[serde(rename = "groepen")]
    pub groups: Vec<MixedGroup>,
    /// Theil's H of all groups together.
    #[serde(rename = "entropie")]
    pub entropy: f64,
    /// D of all groups together: which part of all would have to move, of the most that could.
    #[serde(rename = "dissimilariteit")]
    pub dissimilarity: f64,
    /// The normalised exposure, P.
    #[serde(rename = "blootstelling")]
    pub exposure: f64,
    /// Areas that take no part.
    #[serde(rename = "weggelaten")]
    pub left_out: LeftOut,
}

/// An area, and how mixed it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct MixedArea {
    /// The code of the area.
    #[schema(value_type = String)]
    pub code: AreaCode,
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: String,
    /// The gemeente that it lies in.
    #[serde(rename = "gemeente")]
    pub gemeente: Option<String>,
    /// How mixed it is: 0 where all are of one group, 1 where all groups are as large.
    #[serde(rename = "menging")]
    pub mixture: f64,
    /// The share of each group, per cents, in the order of the groups.
    #[serde(rename = "aandelen")]
    pub shares: Vec<f64>,
}

/// How mixed groups live, by year.
#[derive(Debug, Serialize, ToSchema)]
pub struct MixtureStudy {
    /// The partition.
    #[serde(rename = "indelingNaar")]
    pub partition: Text,
    /// What the groups are parts of.
    #[serde(rename = "noemer")]
    pub denominator: Text,
    /// Year by year.
    #[serde(rename = "jaren")]
    pub years: Vec<MixtureYear>,
    /// The areas with at least fifty counted, least mixed first.
    #[serde(rename = "gebieden")]
    pub areas: Vec<MixedArea>,
    /// What comes out, in sentences.
    #[serde(rename = "zinnen")]
    pub sentences: Vec<Text>,
    /// How it was made.
    #[serde(rename = "verantwoording")]
    pub account: Account,
}

/// Below so many people or homes an area is not listed: a handful says nothing.
const LEAST: f64 = 50.0;

/// How mixed the groups of a partition live over the areas of a scope, whose own series is the first
/// share of the partition, in every year that has all shares. Cost: some passes over the areas a
/// year.
///
/// # Errors
/// When a share is not there in the scope's own year, or fewer than two groups have members.
pub fn mixture(scope: &Scope<'_>, partition: &Partition) -> Result<MixtureStudy, StudyError> {
    let own = Year::of(scope, partition)?;
    let mut years = Vec::new();
    for there in scope.years() {
        let here = scope.with(there);
        match Year::of(&here, partition).map(|year| year.entry(&here)) {
            Ok(found) => years.push(found),
            Err(error) if there.key == scope.series.key => return Err(error),
            Err(_) => {}
        }
    }
    let mut study = MixtureStudy {
        partition: text(partition.name.0, partition.name.1),
        denominator: own.denominator.name.clone(),
        years,
        areas: own.areas(scope),
        sentences: Vec::new(),
        account: own.account(scope),
    };
    study.sentences = sentences(scope, &study);
    Ok(study)
}

/// The groups of one year.
struct Year<'a> {
    indicators: Vec<&'a Indicator>,
    names: Vec<Text>,
    counts: Vec<Vec<f64>>,
    denominator: &'a Indicator,
    is_own: bool,
    composition: Composition,
}

impl<'a> Year<'a> {
    fn of(scope: &Scope<'a>, partition: &Partition) -> Result<Self, StudyError> {
        let key = scope.series.key;
        let mut groups = Vec::new();
        for id in partition.shares {
            let unknown = || StudyError::Year { indicator: (*id).to_owned(), year: key.year };
            let indicator = scope.atlas.indicator(id).ok_or_else(unknown)?;
            let series = scope.atlas.beside(id, scope.series.coverage, key.year);
            let series = series.filter(|there| there.key.year == key.year).ok_or_else(unknown)?;
            let here = Scope { indicator, ..scope.with(series) };
            groups.push((indicator, Group::of(&here)?));
        }
        let Some((_, first)) = groups.first() else {
            return Err(AnalysisError::TooFewUnits { got: 0, needed: 1 }.into());
        };
        let (denominator, is_own, totals) = (first.denominator, first.is_own, first.totals.clone());
        let indicators: Vec<_> = groups.iter().map(|(one, _)| *one).collect();
        let mut names: Vec<_> = indicators.iter().map(|one| one.name.clone()).collect();
        names.push(text(partition.rest.0, partition.rest.1));
        let mut counts: Vec<_> = groups.into_iter().map(|(_, group)| group.counts).collect();
        // Rounded shares may add up to a little more than all.
        let rest = |(at, total): (usize, &f64)| {
            let sum: f64 = counts.iter().map(|group| group[at]).sum();
            let rest = total - sum;
            if rest < 0.0 { 0.0 } else { rest }
        };
        let rest: Vec<f64> = totals.iter().enumerate().map(rest).collect();
        counts.push(rest);
        let lists: Vec<_> = counts.iter().map(Vec::as_slice).collect();
        let composition = Composition::new(&lists)?;
        if composition.len() - composition.missing() < 2 {
            let got = composition.len() - composition.missing();
            return Err(AnalysisError::TooFewUnits { got, needed: 2 }.into());
        }
        Ok(Self { indicators, names, counts, denominator, is_own, composition })
    }

    fn is_known(&self, place: usize) -> bool {
        self.counts.iter().all(|group| group.get(place).is_some_and(|count| count.is_finite()))
    }

    fn entry(&self, scope: &Scope<'_>) -> MixtureYear {
        let of = &self.composition;
        let (units, left_out) = scope.left_out(|place| self.is_known(place));
        let share = |group: usize| {
            let at = of.present().iter().position(|one| *one == group);
            at.and_then(|at| of.shares().get(at)).copied().unwrap_or_default()
        };
        let groups = self.names.iter().enumerate();
        MixtureYear {
            year: scope.series.key.year.get(),
            units,
            groups: groups
                .map(|(at, name)| MixedGroup { name: name.clone(), share: percent(share(at)) })
                .collect(),
            entropy: short(of.information_theory()),
            dissimilarity: short(of.dissimilarity()),
            exposure: short(of.normalised_exposure()),
            left_out,
        }
    }

    fn areas(&self, scope: &Scope<'_>) -> Vec<MixedArea> {
        let coverage = scope.series.coverage;
        let entropies = self.composition.local_entropy();
        let totals = self.composition.totals();
        let mut areas = Vec::new();
        for (place, &at) in scope.ordinals.iter().enumerate() {
            let Some(mixture) = entropies.get(place).copied().flatten() else { continue };
            let total = totals.get(place).copied().unwrap_or_default();
            if total < LEAST || !self.is_known(place) {
                continue;
            }
            areas.push(MixedArea {
                code: coverage.codes()[at].clone(),
                name: coverage.name(at).to_owned(),
                gemeente: scope.atlas.gemeente_name(coverage, at).map(ToOwned::to_owned),
                mixture: short(mixture),
                shares: self.counts.iter().map(|group| percent(group[place] / total)).collect(),
            });
        }
        areas.sort_by(|a, b| a.mixture.total_cmp(&b.mixture).then_with(|| a.code.cmp(&b.code)));
        areas
    }

    fn account(&self, scope: &Scope<'_>) -> Account {
        let account = Account::of_several(
            scope,
            &self.indicators,
            &text("menging", "mixture"),
            text(
                "H = Σ tᵢₘ ln(pᵢₘ/Pₘ)/(TE); D = Σ tᵢ|pᵢₘ − Pₘ|/(2TI); blootstelling = Σ tᵢ(pᵢₘ − Pₘ)²/(T(1 − Pₘ)); menging van een gebied: −Σ pᵢₘ ln pᵢₘ / ln K",
                "H = Σ tᵢₘ ln(pᵢₘ/Pₘ)/(TE); D = Σ tᵢ|pᵢₘ − Pₘ|/(2TI); exposure = Σ tᵢ(pᵢₘ − Pₘ)²/(T(1 − Pₘ)); mixture of an area: −Σ pᵢₘ ln pᵢₘ / ln K",
            ),
            &["Theil en Finizza 1971", "Reardon en Firebaugh 2002"],
            |place| self.is_known(place),
        );
        if self.is_own {
            return account;
        }
        account.noting(text(
            "De aandelen zijn van iets waarvan het aantal niet per gebied bekend is; het aantal inwoners staat ervoor in.",
            "The shares are of something of which the number by area is not known; the number of residents stands in for it.",
        ))
    }
}

fn sentences(scope: &Scope<'_>, study: &MixtureStudy) -> Vec<Text> {
    let own = scope.series.key.year.get();
    let Some(last) = study.years.iter().find(|one| one.year == own) else { return Vec::new() };
    let (nl, en) = (Language::Nl, Language::En);
    let of = |number: f64, decimals, language| format_number(number, decimals, language);
    let list = |language| {
        let one = |group: &MixedGroup| {
            format!("{} {}%", group.name.get(language).to_lowercase(), of(group.share, 0, language))
        };
        last.groups.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let level = &scope.series.key.level;
    let hundred = last.entropy * 100.0;
    let mut all = vec![
        text(
            format!(
                "De verdeling over {level} is voor {}% gescheiden: bij 0% heeft elk gebied dezelfde samenstelling, bij 100% woont geen groep bij een andere ({own}).",
                of(hundred, 0, nl)
            ),
            format!(
                "The division over {level} is {}% segregated: at 0% every area has the same composition, at 100% no group lives with another ({own}).",
                of(hundred, 0, en)
            ),
        ),
        text(format!("De groepen: {}.", list(nl)), format!("The groups: {}.", list(en))),
    ];
    if let Some(first) = study.years.first().filter(|first| first.year < last.year) {
        let change = (last.entropy - first.entropy) * 100.0;
        all.push(if change.abs() < 0.5 {
            text(
                format!("Sinds {} is dat vrijwel gelijk gebleven.", first.year),
                format!("Since {} that has hardly changed.", first.year),
            )
        } else {
            let (up, risen) = if change > 0.0 { ("meer", "more") } else { ("minder", "less") };
            let size = change.abs();
            text(
                format!("Dat is {} procentpunt {up} dan in {}.", of(size, 1, nl), first.year),
                format!(
                    "That is {} percentage points {risen} than in {}.",
                    of(size, 1, en),
                    first.year
                ),
            )
        });
    }
    all
}
