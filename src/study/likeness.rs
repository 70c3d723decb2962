//! Whether areas resemble their neighbours, and where.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    analysis::{
        Transform, Weights,
        autocorrelation::{
            Adjustment, Cluster, Getis, HotSpot, LocalGetis, Permutations, geary, general_g,
            local_getis, local_moran, moran, moran_permuted,
        },
    },
    area::{AreaCode, Text},
    indicator::{Cluster as Recipe, Kind, Language},
    layer::{format_number, short},
};

use super::{Account, Neighbourship, Scope, StudyError, text};

/// The same as of the calculated indicators, so that both name the same areas.
const SEED: u64 = Recipe::SEED;
const LEAST: u32 = Recipe::PERMUTATIONS[0];
const MOST: u32 = Recipe::PERMUTATIONS[1];

/// An area that is like its neighbours, or unlike them, more than chance allows.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClusteredArea {
    /// The code of the area.
    #[schema(value_type = String)]
    pub code: AreaCode,
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: String,
    /// `HH`, `LL`, `HL`, `LH`: its own side of the mean, then that of its neighbours.
    #[serde(rename = "cluster")]
    pub cluster: &'static str,
    /// The figure.
    #[serde(rename = "waarde")]
    pub value: f64,
    /// How probable so much likeness is by chance.
    pub p: f64,
    /// How many neighbours with a figure it has.
    #[serde(rename = "buren")]
    pub neighbours: usize,
}

/// How many areas are of a kind.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClusterCount {
    #[serde(rename = "cluster")]
    pub cluster: &'static str,
    #[serde(rename = "naam")]
    pub name: Text,
    #[serde(rename = "gebieden")]
    pub areas: usize,
    /// How many it would be without the correction for many tests.
    #[serde(rename = "zonderCorrectie")]
    pub uncorrected: usize,
}

/// What other measures of likeness say. These have no permutations: p is that of the normal
/// distribution, were the values dealt out at random.
#[derive(Debug, Serialize, ToSchema)]
pub struct OtherMeasures {
    /// Geary's C: below 1 where neighbours are alike.
    #[serde(rename = "gearyC")]
    pub geary: f64,
    /// How probable a C so far from 1 is by chance; `null` where chance leaves no room.
    #[serde(rename = "gearyP")]
    pub geary_p: Option<f64>,
    /// How far the general G of Getis and Ord lies from chance, in standard deviations: above 0
    /// where high values lie together. `null` where a figure is not above zero.
    #[serde(rename = "algemeneGZ")]
    pub general_z: Option<f64>,
    /// In how many areas high values lie together by Gi*, after the correction for many tests.
    #[serde(rename = "hetePlekken")]
    pub hot: usize,
    /// In how many low values do.
    #[serde(rename = "koudePlekken")]
    pub cold: usize,
}

/// Whether areas resemble their neighbours.
#[derive(Debug, Serialize, ToSchema)]
pub struct LikenessStudy {
    /// The year of the figures.
    #[serde(rename = "jaar")]
    pub year: u16,
    /// Moran's I: 1 where neighbours are alike, 0 where they are as chance has it.
    pub i: f64,
    /// What chance gives on average.
    #[serde(rename = "verwacht")]
    pub expected: f64,
    /// How probable an I so far from that is by chance, to either side.
    pub p: f64,
    /// Who counted as a neighbour.
    #[serde(rename = "buren")]
    pub neighbourship: Neighbourship,
    /// Other measures of the same.
    #[serde(rename = "anders")]
    pub others: OtherMeasures,
    /// How many areas have a figure and no neighbour with one.
    #[serde(rename = "zonderBuren")]
    #[schema(value_type = Vec<String>)]
    pub islands: Vec<AreaCode>,
    /// How many areas are of which kind.
    #[serde(rename = "clusters")]
    pub clusters: Vec<ClusterCount>,
    /// The areas of clusters, by code.
    #[serde(rename = "gebieden")]
    pub areas: Vec<ClusteredArea>,
    /// What comes out, in sentences.
    #[serde(rename = "zinnen")]
    pub sentences: Vec<Text>,
    /// How it was made.
    #[serde(rename = "verantwoording")]
    pub account: Account,
}

/// Whether the areas of a scope resemble their neighbours; links to areas without a figure fall
/// away. Cost: some hundred milliseconds for the buurten of the country.
///
/// # Errors
/// When the indicator has classes, or fewer than three areas have figures that differ.
pub fn likeness(
    scope: &Scope<'_>,
    neighbourship: Neighbourship,
) -> Result<LikenessStudy, StudyError> {
    if scope.indicator.kind == Kind::Klasse {
        return Err(StudyError::Classes { indicator: scope.indicator.name.nl.to_lowercase() });
    }
    let coverage = scope.series.coverage;
    let weights = neighbourship.weights(scope)?;
    let values = scope.values();
    let whole = moran(&values, &weights, Transform::RowStandardised)?;
    let drawn = moran_permuted(
        &values,
        &weights,
        Transform::RowStandardised,
        Permutations::fixed(LEAST, SEED)?,
    )?;
    let local = local_moran(&values, &weights, Permutations::adaptive(LEAST, MOST, SEED)?)?;
    let found = local.clusters(Recipe::LEVEL, Adjustment::FalseDiscovery)?;
    let bare = local.clusters(Recipe::LEVEL, Adjustment::None)?;
    let count = |of: &[Cluster]| {
        of.iter().fold(BTreeMap::<Cluster, usize>::new(), |mut all, one| {
            *all.entry(*one).or_default() += 1;
            all
        })
    };
    let (counts, bare) = (count(&found), count(&bare));
    let clusters = Cluster::ALL
        .iter()
        .map(|cluster| ClusterCount {
            cluster: cluster.code(),
            name: name(*cluster, scope),
            areas: counts.get(cluster).copied().unwrap_or_default(),
            uncorrected: bare.get(cluster).copied().unwrap_or_default(),
        })
        .collect();
    let (mut areas, mut islands) = (Vec::new(), Vec::new());
    for ((&at, unit), cluster) in scope.ordinals.iter().zip(&local.units).zip(&found) {
        let Some(unit) = unit else { continue };
        let code = coverage.codes()[at].clone();
        match cluster {
            Cluster::Isolated => islands.push(code),
            Cluster::HighHigh | Cluster::LowLow | Cluster::HighLow | Cluster::LowHigh => {
                areas.push(ClusteredArea {
                    name: coverage.name(at).to_owned(),
                    code,
                    cluster: cluster.code(),
                    value: scope.series.column.get(at).number().unwrap_or_default(),
                    p: unit.p,
                    neighbours: unit.neighbours,
                });
            }
            Cluster::NotSignificant | Cluster::NoData => {}
        }
    }
    let mut account = Account::new(
        scope,
        &text("gelijkenis van buren", "likeness of neighbours"),
        text(
            "Moran I = n/S₀ · z'Wz/z'z, rijen van W tellen op tot 1; lokaal Iᵢ = (n − 1) zᵢ Σ wᵢⱼzⱼ / Σz²; p tweezijdig uit permutaties, na correctie voor veel toetsen (Benjamini-Hochberg, 5%)",
            "Moran I = n/S₀ · z'Wz/z'z, rows of W add up to 1; local Iᵢ = (n − 1) zᵢ Σ wᵢⱼzⱼ / Σz²; p two-sided by permutations, corrected for many tests (Benjamini-Hochberg, 5%)",
        ),
        &["Moran 1950", "Cliff en Ord 1981", "Geary 1954", "Ord en Getis 1995", "Anselin 1995", "Benjamini en Hochberg 1995"],
        |place| values.get(place).is_some_and(|value| value.is_finite()),
    )
    .noting(neighbourship.name())
    .noting(text(
        "Een cluster is een aanleiding om te kijken, geen verklaring; het noemt de kern en niet de rand.",
        "A cluster is a reason to look, no explanation; it names the core and not the edge.",
    ));
    account.seed = Some(SEED);
    account.permutations = Some(MOST);
    let mut study = LikenessStudy {
        year: scope.series.key.year.get(),
        i: short(whole.i),
        expected: short(whole.expected),
        p: drawn.p,
        neighbourship,
        others: others(&values, &weights)?,
        islands,
        clusters,
        areas,
        sentences: Vec::new(),
        account,
    };
    study.sentences = sentences(scope, &study);
    Ok(study)
}

fn others(values: &[f64], weights: &Weights) -> Result<OtherMeasures, StudyError> {
    let geary = geary(values, weights, Transform::RowStandardised)?;
    let general = general_g(values, weights).ok().and_then(|found| found.significance);
    let local = local_getis(values, weights, Transform::Binary, Getis::WithItself)?;
    let spots = LocalGetis::hot_spots(&local, Adjustment::FalseDiscovery);
    // At 95% and 99%.
    let is_hot = |spot: &&HotSpot| matches!(spot, HotSpot::Hot(level) if *level >= 95);
    let is_cold = |spot: &&HotSpot| matches!(spot, HotSpot::Cold(level) if *level >= 95);
    Ok(OtherMeasures {
        geary: short(geary.c),
        geary_p: geary.randomisation.map(|of| of.p),
        general_z: general.map(|of| short(of.z)),
        hot: spots.iter().filter(is_hot).count(),
        cold: spots.iter().filter(is_cold).count(),
    })
}

/// What a cluster is called, after what is high and low in it.
fn name(cluster: Cluster, scope: &Scope<'_>) -> Text {
    let what = &scope.indicator.name;
    let of = |nl: &str, en: &str| text(format!("{}: {nl}", what.nl), format!("{}: {en}", what.en));
    match cluster {
        Cluster::HighHigh => of("hoog, omringd door hoog", "high, among high"),
        Cluster::LowLow => of("laag, omringd door laag", "low, among low"),
        Cluster::HighLow => of("hoog, omringd door laag", "high, among low"),
        Cluster::LowHigh => of("laag, omringd door hoog", "low, among high"),
        Cluster::NotSignificant => text("geen duidelijk patroon", "no clear pattern"),
        Cluster::Isolated => text("geen buren met een cijfer", "no neighbours with a figure"),
        Cluster::NoData => text("geen cijfer", "no figure"),
    }
}

fn sentences(scope: &Scope<'_>, study: &LikenessStudy) -> Vec<Text> {
    let level = &scope.series.key.level;
    let (nl, en) = match (study.p <= 0.05, study.i > study.expected) {
        (false, _) => (
            "lijken niet meer of minder op elkaar dan door toeval te verwachten is",
            "are no more or less alike than chance would have it",
        ),
        (true, true) if study.i >= 0.5 => (
            "lijken sterk op elkaar, veel meer dan door toeval",
            "are strongly alike, far more than by chance",
        ),
        (true, true) => {
            ("lijken op elkaar, meer dan door toeval", "are alike, more than by chance")
        }
        (true, false) => (
            "verschillen van elkaar, meer dan door toeval",
            "differ from each other, more than by chance",
        ),
    };
    let p = |language| {
        let least = 1.0 / f64::from(LEAST + 1) * 2.0;
        let sign = if study.p <= least { "≤" } else { "=" };
        format!("p {sign} {}", format_number(study.p.max(least), 3, language))
    };
    let moran = |language| format!("I = {}, {}", format_number(study.i, 2, language), p(language));
    let (near, close) = match study.neighbourship {
        Neighbourship::Punt | Neighbourship::Grens | Neighbourship::Lengte => {
            ("die aan elkaar grenzen", "that touch")
        }
        Neighbourship::Naaste => ("die bij elkaar liggen", "that lie near each other"),
    };
    let count = |code: &str| {
        study
            .clusters
            .iter()
            .find(|one| one.cluster == code)
            .map_or((0, 0), |one| (one.areas, one.uncorrected))
    };
    let ((high, _), (low, _)) = (count("HH"), count("LL"));
    let before: usize = ["HH", "LL", "HL", "LH"].iter().map(|code| count(code).1).sum();
    let after: usize = ["HH", "LL", "HL", "LH"].iter().map(|code| count(code).0).sum();
    vec![
        text(
            format!("{}: {level} {near} {nl} ({}).", scope.indicator.name.nl, moran(Language::Nl)),
            format!("{}: {level} {close} {en} ({}).", scope.indicator.name.en, moran(Language::En)),
        ),
        text(
            format!(
                "{high} {level} liggen in een gebied waar het hoog is, {low} waar het laag is; na correctie voor toeval bleven {after} van {before} over."
            ),
            format!(
                "{high} {level} lie where it is high around them, {low} where it is low; after the correction for chance {after} of {before} remained."
            ),
        ),
    ]
}
