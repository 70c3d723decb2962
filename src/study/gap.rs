//! How far apart areas are, and whether that becomes less.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    analysis::inequality::{
        Form, beta_convergence, gap as gap_of, sigma_convergence, tenth_gap, variance_split,
    },
    area::Text,
    indicator::{Kind, Language},
    layer::{format_number, short},
};

use super::{Account, LeftOut, Scope, StudyError, text};

/// The differences of one year, in the unit of the indicator.
#[derive(Debug, Serialize, ToSchema)]
pub struct GapYear {
    /// The year of the figures.
    #[serde(rename = "jaar")]
    pub year: u16,
    /// How many areas take part.
    #[serde(rename = "eenheden")]
    pub units: usize,
    /// One in ten residents lives in an area below this, half below the median, one in ten above p90.
    pub p10: f64,
    /// Half of the residents live in an area below this.
    #[serde(rename = "mediaan")]
    pub median: f64,
    /// One in ten residents lives in an area above this.
    pub p90: f64,
    /// p90 less p10.
    #[serde(rename = "kloof")]
    pub gap: f64,
    /// The mean of the tenth of residents in the lowest areas, and of that in the highest.
    #[serde(rename = "laagsteTiende")]
    pub lowest: Option<f64>,
    /// The mean of the tenth of residents in the highest areas.
    #[serde(rename = "hoogsteTiende")]
    pub highest: Option<f64>,
    /// Which part of the differences lies between gemeenten, per cents; `null` within one gemeente.
    #[serde(rename = "tussenGemeenten")]
    pub between: Option<f64>,
    /// Areas that take no part.
    #[serde(rename = "weggelaten")]
    pub left_out: LeftOut,
}

/// Whether areas grow alike between the first year and the last, of areas with figures of all years.
#[derive(Debug, Serialize, ToSchema)]
pub struct Convergence {
    #[serde(rename = "van")]
    pub from: u16,
    #[serde(rename = "tot")]
    pub to: u16,
    #[serde(rename = "eenheden")]
    pub units: usize,
    /// The standard deviation of each year.
    #[serde(rename = "spreiding")]
    pub spread: Vec<f64>,
    /// How probable so different a spread is by chance (Pitman-Morgan); `null` where it cannot be told.
    #[serde(rename = "spreidingP")]
    pub p: Option<f64>,
    /// By how much an area rose a year for each point that it began lower; never to be read without
    /// the spread.
    #[serde(rename = "beta")]
    pub beta: Option<f64>,
}

/// How far apart areas are, by year.
#[derive(Debug, Serialize, ToSchema)]
pub struct GapStudy {
    /// Whether areas weigh by their residents.
    #[serde(rename = "gewogenNaarInwoners")]
    pub is_weighted: bool,
    /// Year by year.
    #[serde(rename = "jaren")]
    pub years: Vec<GapYear>,
    /// Whether areas grow alike.
    #[serde(rename = "convergentie")]
    pub convergence: Option<Convergence>,
    /// What comes out, in sentences.
    #[serde(rename = "zinnen")]
    pub sentences: Vec<Text>,
    /// How it was made.
    #[serde(rename = "verantwoording")]
    pub account: Account,
}

/// How far apart the areas of a scope are in every year of its division. Areas weigh by their
/// residents where these are known.
///
/// # Errors
/// When the indicator is a count or has classes, or the scope's own year has too few figures.
pub fn gap(scope: &Scope<'_>) -> Result<GapStudy, StudyError> {
    let indicator = scope.indicator;
    if matches!(indicator.kind, Kind::Klasse | Kind::Aantal) {
        return Err(StudyError::Classes { indicator: indicator.name.nl.to_lowercase() });
    }
    let residents = scope.residents();
    let mut years = Vec::new();
    let mut columns = Vec::new();
    for there in scope.years() {
        let here = scope.with(there);
        let values = here.values();
        match year(&here, &values, residents.as_deref()) {
            Ok(found) => {
                years.push(found);
                columns.push(values);
            }
            Err(error) if there.key == scope.series.key => return Err(error),
            Err(_) => {}
        }
    }
    let values = scope.values();
    let account = Account::new(
        scope,
        &text("kloof", "gap"),
        text(
            "kloof = P90 − P10, gewogen naar inwoners: de kleinste waarde waaronder 90% (10%) van de inwoners woont; tussen gemeenten: eta² van de variantie; spreiding: standaardafwijking, toets van Pitman en Morgan; beta: (y_T − y_0)/T = a + b·y_0",
            "gap = P90 − P10, weighted by residents: the smallest value below which 90% (10%) of the residents live; between gemeenten: eta² of the variance; spread: standard deviation, tested by Pitman and Morgan; beta: (y_T − y_0)/T = a + b·y_0",
        ),
        &["Barro en Sala-i-Martin 1992", "Quah 1993", "Pitman 1939", "Morgan 1939"],
        |place| values.get(place).is_some_and(|value| value.is_finite()),
    )
    .noting(text(
        "Uitersten komen vanzelf iets terug: deel van een daling van de hoogste en een stijging van de laagste is toeval.",
        "Extremes come back a little by themselves: part of a fall of the highest and a rise of the lowest is chance.",
    ));
    let convergence = convergence(&years, &columns);
    let mut study = GapStudy {
        is_weighted: residents.is_some(),
        years,
        convergence,
        sentences: Vec::new(),
        account,
    };
    study.sentences = sentences(scope, &study);
    Ok(study)
}

fn year(
    scope: &Scope<'_>,
    values: &[f64],
    residents: Option<&[f64]>,
) -> Result<GapYear, StudyError> {
    let found = gap_of(values, residents)?;
    let tenths = residents.and_then(|residents| tenth_gap(values, residents).ok());
    let gemeenten = scope.gemeenten();
    let several = gemeenten.iter().any(|one| *one != gemeenten[0]);
    let split = several.then(|| variance_split(values, residents, &gemeenten).ok()).flatten();
    let (_, left_out) = scope.left_out(|place| values[place].is_finite());
    Ok(GapYear {
        year: scope.series.key.year.get(),
        units: found.units,
        p10: short(found.p10),
        median: short(found.median),
        p90: short(found.p90),
        gap: short(found.difference()),
        lowest: tenths.as_ref().map(|of| short(of.lowest)),
        highest: tenths.as_ref().map(|of| short(of.highest)),
        between: split.and_then(|of| of.share_between).map(|part| short(part * 100.0)),
        left_out,
    })
}

fn convergence(years: &[GapYear], columns: &[Vec<f64>]) -> Option<Convergence> {
    let (first, last) = (years.first()?, years.last()?);
    if first.year == last.year {
        return None;
    }
    let lists: Vec<_> = columns.iter().map(Vec::as_slice).collect();
    let sigma = sigma_convergence(&lists, None).ok()?;
    let span = f64::from(last.year - first.year);
    let beta = beta_convergence(columns.first()?, columns.last()?, span, Form::Levels).ok();
    Some(Convergence {
        from: first.year,
        to: last.year,
        units: sigma.units,
        spread: sigma.years.iter().map(|year| short(year.deviation)).collect(),
        p: sigma.test.and_then(|test| test.p),
        beta: beta.map(|beta| short(beta.slope)),
    })
}

fn sentences(scope: &Scope<'_>, study: &GapStudy) -> Vec<Text> {
    let Some(last) = study.years.iter().find(|one| one.year == scope.series.key.year.get()) else {
        return Vec::new();
    };
    let of = |number, language| crate::layer::quantity(number, scope.indicator, language);
    let (nl, en) = (Language::Nl, Language::En);
    let who = if study.is_weighted {
        ("inwoners woont in een gebied", "residents live in an area")
    } else {
        ("gebieden", "areas are")
    };
    let mut all = vec![text(
        format!(
            "{}, {}: een tiende van de {} onder {}, een tiende boven {}; het verschil is {}.",
            scope.indicator.name.nl,
            last.year,
            who.0,
            of(last.p10, nl),
            of(last.p90, nl),
            of(last.gap, nl)
        ),
        format!(
            "{}, {}: a tenth of the {} below {}, a tenth above {}; the difference is {}.",
            scope.indicator.name.en,
            last.year,
            who.1,
            of(last.p10, en),
            of(last.p90, en),
            of(last.gap, en)
        ),
    )];
    if let Some(between) = last.between {
        let number = |language| format_number(between, 0, language);
        all.push(text(
            format!(
                "{}% van de verschillen ligt tussen gemeenten, de rest binnen gemeenten.",
                number(nl)
            ),
            format!(
                "{}% of the differences lie between gemeenten, the rest within them.",
                number(en)
            ),
        ));
    }
    if let Some(found) = &study.convergence
        && let (Some(first), Some(end)) = (found.spread.first(), found.spread.last())
    {
        let (dutch, english) = match (found.p, end < first) {
            (Some(p), true) if p <= 0.05 => {
                ("zijn de gebieden meer op elkaar gaan lijken", "areas grew more alike")
            }
            (Some(p), false) if p <= 0.05 => {
                ("zijn de gebieden verder uit elkaar gegroeid", "areas grew further apart")
            }
            _ => ("is de spreiding niet duidelijk veranderd", "the spread did not clearly change"),
        };
        all.push(text(
            format!(
                "Tussen {} en {} {dutch} ({} gebieden met cijfers van alle jaren).",
                found.from, found.to, found.units
            ),
            format!(
                "Between {} and {} {english} ({} areas with figures of all years).",
                found.from, found.to, found.units
            ),
        ));
    }
    all
}
