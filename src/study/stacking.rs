//! How many disadvantages pile up in the areas of a place.

use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    analysis::concentration::{self, Unfavourable, correlation_matrix},
    area::{AreaCode, Text},
    atlas::Available,
    indicator::{Indicator, Kind, Language},
    layer::{format_number, short},
};

use super::{Account, Scope, StudyError, text};

/// An area is told of when at least this part of the topics is known.
const KNOWN: f64 = 0.6;

/// From this correlation on, two topics mostly tell the same.
const ALIKE: f64 = 0.7;

/// A topic, and which end of it is the unfavourable one.
#[derive(Clone, Copy, Debug)]
pub struct StackedTopic<'a> {
    /// The topic.
    pub indicator: &'a Indicator,
    /// Its figures, of the scope's division; the year may be another.
    pub series: Available<'a>,
    /// Which end is bad.
    pub bad: Unfavourable,
}

/// A topic as it took part.
#[derive(Debug, Serialize, ToSchema)]
pub struct StackedTopicEntry {
    /// Its id.
    #[schema(value_type = String)]
    pub indicator: SmolStr,
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: Text,
    /// The year of its figures.
    #[serde(rename = "jaar")]
    pub year: u16,
    /// Which end is unfavourable: `laag` or `hoog`.
    #[serde(rename = "ongunstig")]
    pub bad: &'static str,
    /// At this value or beyond it an area counts; `null` where the country has no figures.
    #[serde(rename = "grens")]
    pub limit: Option<f64>,
    /// In how many areas of the scope it is known.
    #[serde(rename = "bekend")]
    pub known: usize,
    /// In how many of them it is unfavourable.
    #[serde(rename = "ongunstigIn")]
    pub unfavourable: usize,
    /// Pearson's r with each topic, in their order, over the areas of the country that have both;
    /// `null` where one of the two does not vary.
    #[serde(rename = "correlaties")]
    pub correlations: Vec<Option<f64>>,
}

/// Areas with as many topics unfavourable.
#[derive(Debug, Serialize, ToSchema)]
pub struct StackCount {
    /// How many topics.
    #[serde(rename = "aantal")]
    pub count: usize,
    /// How many areas.
    #[serde(rename = "gebieden")]
    pub areas: usize,
    /// Their residents as far as known; `null` where the atlas has none.
    #[serde(rename = "inwoners")]
    pub residents: Option<u64>,
}

/// An area, and what piles up there.
#[derive(Debug, Serialize, ToSchema)]
pub struct StackedArea {
    /// The code of the area.
    #[schema(value_type = String)]
    pub code: AreaCode,
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: String,
    /// The gemeente that it lies in.
    #[serde(rename = "gemeente")]
    pub gemeente: Option<String>,
    /// How many topics are unfavourable.
    #[serde(rename = "aantal")]
    pub count: usize,
    /// How many are known.
    #[serde(rename = "bekend")]
    pub known: usize,
    /// Which are unfavourable.
    #[serde(rename = "onderwerpen")]
    #[schema(value_type = Vec<String>)]
    pub topics: Vec<SmolStr>,
}

/// What piles up where.
#[derive(Debug, Serialize, ToSchema)]
pub struct StackingStudy {
    /// The part of the country that counts as unfavourable, per cents.
    #[serde(rename = "deel")]
    pub part: f64,
    /// Of how many topics at least an area must have a figure.
    #[serde(rename = "minstensBekend")]
    pub least_known: usize,
    /// The topics.
    #[serde(rename = "onderwerpen")]
    pub topics: Vec<StackedTopicEntry>,
    /// How many areas have none, one, two … unfavourable.
    #[serde(rename = "verdeling")]
    pub counts: Vec<StackCount>,
    /// The areas with two or more, the most first.
    #[serde(rename = "gebieden")]
    pub areas: Vec<StackedArea>,
    /// What comes out, in sentences.
    #[serde(rename = "zinnen")]
    pub sentences: Vec<Text>,
    /// How it was made.
    #[serde(rename = "verantwoording")]
    pub account: Account,
}

/// How many of the topics are in the least favourable `part` (per cents) of the country, in every
/// area of the scope. What is not known does not count, and an area of which too little is known is
/// left out. Cost: n log n a topic, and a pass for every two of them.
///
/// # Errors
/// When a topic has classes or is a count, or one is made of another: then it would count twice.
pub fn stacking(
    scope: &Scope<'_>,
    topics: &[StackedTopic<'_>],
    part: f64,
) -> Result<StackingStudy, StudyError> {
    for (at, one) in topics.iter().enumerate() {
        let name = |of: &StackedTopic<'_>| of.indicator.name.nl.to_lowercase();
        if matches!(one.indicator.kind, Kind::Klasse | Kind::Aantal) {
            return Err(StudyError::NoShare { indicator: name(one) });
        }
        let twice = |other: &&StackedTopic<'_>| {
            scope.atlas.catalogue.overlap(one.indicator, other.indicator)
        };
        if let Some(other) = topics[..at].iter().find(twice) {
            return Err(StudyError::Overlap { one: name(other), other: name(one) });
        }
    }
    let coverage = scope.series.coverage;
    let country: Vec<usize> = (0..coverage.len()).filter(|&at| coverage.is_compared(at)).collect();
    let numbers = |series: &Available<'_>, of: &[usize]| -> Vec<f64> {
        of.iter().map(|&at| series.column.get(at).number().unwrap_or(f64::NAN)).collect()
    };
    let here: Vec<_> = topics.iter().map(|one| numbers(&one.series, &scope.ordinals)).collect();
    let all: Vec<_> = topics.iter().map(|one| numbers(&one.series, &country)).collect();
    let given: Vec<_> = topics
        .iter()
        .zip(here.iter().zip(&all))
        .map(|(one, (here, all))| (&here[..], &all[..], one.bad))
        .collect();
    let stacked = concentration::stacking(&given, part / 100.0)?;
    let lists: Vec<_> = all.iter().map(Vec::as_slice).collect();
    let correlations = correlation_matrix(&lists)?;

    let least_known = (KNOWN * topics.len() as f64).ceil() as usize;
    let is_told = |place: usize| stacked.units[place].known >= least_known;
    let entries = topics.iter().enumerate().map(|(at, one)| StackedTopicEntry {
        indicator: one.indicator.id.clone(),
        name: one.indicator.name.clone(),
        year: one.series.key.year.get(),
        bad: if one.bad == Unfavourable::Low { "laag" } else { "hoog" },
        limit: stacked.limits[at].map(short),
        known: here[at].iter().filter(|value| value.is_finite()).count(),
        unfavourable: stacked.units.iter().filter(|unit| unit.indicators.contains(&at)).count(),
        correlations: correlations[at].iter().map(|with| with.r.map(short)).collect(),
    });
    let entries: Vec<_> = entries.collect();
    let residents = scope.residents();
    let counts = (0..=topics.len()).map(|count| {
        let mut found = StackCount { count, areas: 0, residents: residents.as_ref().map(|_| 0) };
        let mut lived = 0.0;
        for (place, unit) in stacked.units.iter().enumerate() {
            if is_told(place) && unit.indicators.len() == count {
                found.areas += 1;
                let here = residents.as_ref().and_then(|all| all.get(place)).copied();
                lived += here.filter(|here| here.is_finite()).unwrap_or_default();
            }
        }
        found.residents = found.residents.map(|_| lived.round() as u64);
        found
    });
    let mut areas: Vec<_> = scope
        .ordinals
        .iter()
        .zip(&stacked.units)
        .filter(|(_, unit)| unit.known >= least_known && unit.indicators.len() > 1)
        .map(|(&at, unit)| StackedArea {
            code: coverage.codes()[at].clone(),
            name: coverage.name(at).to_owned(),
            gemeente: scope.atlas.gemeente_name(coverage, at).map(ToOwned::to_owned),
            count: unit.indicators.len(),
            known: unit.known,
            topics: unit.indicators.iter().map(|&at| topics[at].indicator.id.clone()).collect(),
        })
        .collect();
    areas.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.code.cmp(&b.code)));
    let mut study = StackingStudy {
        part: short(part),
        least_known,
        topics: entries,
        counts: counts.collect(),
        areas,
        sentences: Vec::new(),
        account: account(scope, topics, least_known, is_told),
    };
    study.sentences = sentences(scope, &study);
    Ok(study)
}

fn account(
    scope: &Scope<'_>,
    topics: &[StackedTopic<'_>],
    least: usize,
    is_told: impl Fn(usize) -> bool,
) -> Account {
    let indicators: Vec<_> = topics.iter().map(|one| one.indicator).collect();
    let mut account = Account::of_several(
        scope,
        &indicators,
        &text("stapeling", "stacking"),
        text(
            "aantal onderwerpen waarvan de waarde in het ongunstigste deel van de gebieden in het land ligt (kwantiel type 7; gelijke waarden tellen mee); samenhang: r van Pearson",
            "number of topics whose value lies in the least favourable part of the areas of the country (quantile of type 7; ties count); correlation: Pearson's r",
        ),
        &["Hyndman en Fan 1996"],
        is_told,
    );
    let years: Vec<_> = topics.iter().map(|one| one.series.key.year).collect();
    if years.iter().any(|year| *year != scope.series.key.year) {
        account = account.noting(text(
            "Niet alle cijfers zijn van hetzelfde jaar; bij elk onderwerp staat het zijne.",
            "Not all figures are of the same year; each topic names its own.",
        ));
    }
    account.noting(text(
        format!("Van een gebied moeten ten minste {least} van de {} onderwerpen bekend zijn; wat onbekend is telt niet als ongunstig. Welke onderwerpen en welk deel is een keuze: met andere komen er andere gebieden uit.", topics.len()),
        format!("Of an area at least {least} of the {} topics must be known; what is not known does not count as unfavourable. Which topics and which part is a choice: others give other areas.", topics.len()),
    ))
}

fn sentences(scope: &Scope<'_>, study: &StackingStudy) -> Vec<Text> {
    let (nl, en) = (Language::Nl, Language::En);
    let of = |number: f64, decimals, language| format_number(number, decimals, language);
    let level = &scope.series.key.level;
    let topics = study.topics.len();
    let many = topics.div_ceil(2).max(2);
    let sum = |from: usize| {
        let told = study.counts.iter().filter(|one| one.count >= from);
        told.fold((0, 0), |(areas, lived), one| {
            (areas + one.areas, lived + one.residents.unwrap_or_default())
        })
    };
    let (all, _) = sum(0);
    let (areas, lived) = sum(many);
    let mut said = vec![text(
        format!(
            "In {} van {} {level} zijn {many} of meer van de {topics} onderwerpen ongunstig: zij horen daarbij tot de ongunstigste {}% van het land. Daar wonen {} mensen.",
            of(areas as f64, 0, nl),
            of(all as f64, 0, nl),
            of(study.part, 0, nl),
            of(lived as f64, 0, nl)
        ),
        format!(
            "In {} of {} {level} {many} or more of the {topics} topics are unfavourable: in these they are among the least favourable {}% of the country. {} people live there.",
            of(areas as f64, 0, en),
            of(all as f64, 0, en),
            of(study.part, 0, en),
            of(lived as f64, 0, en)
        ),
    )];
    let (most, _) = sum(topics);
    if topics > many {
        said.push(text(
            format!("Alle {topics} tegelijk: {} {level}.", of(most as f64, 0, nl)),
            format!("All {topics} at once: {} {level}.", of(most as f64, 0, en)),
        ));
    }
    let mut pairs = Vec::new();
    for (at, one) in study.topics.iter().enumerate() {
        let others = study.topics.iter().zip(&one.correlations).take(at);
        pairs.extend(others.filter_map(|(other, r)| Some((other, one, (*r)?))));
    }
    pairs.retain(|(_, _, r)| r.abs() >= ALIKE);
    pairs.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()));
    if let Some((other, one, r)) = pairs.first() {
        let (more, also) = match pairs.len() - 1 {
            0 => (String::new(), String::new()),
            1 => (" Nog één paar doet dat ook.".into(), " So does one more pair.".into()),
            n => (format!(" Nog {n} paren doen dat ook."), format!(" So do {n} more pairs.")),
        };
        said.push(text(
            format!(
                "{} en {} gaan sterk samen (r = {}): zij tellen deels hetzelfde.{more}",
                other.name.nl,
                one.name.nl.to_lowercase(),
                of(*r, 2, nl)
            ),
            format!(
                "{} and {} go together strongly (r = {}): in part they count the same.{also}",
                other.name.en,
                one.name.en.to_lowercase(),
                of(*r, 2, en)
            ),
        ));
    }
    said
}
