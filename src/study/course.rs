//! The course that places run, and places to keep an eye on.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    analysis::{
        Weights,
        autocorrelation::{Adjustment, Permutations, local_moran},
        change::{Course, Direction, Reason, Rules, changes, typology, watch_list},
    },
    area::{AreaCode, Text, Year},
    atlas::Column,
    indicator::{Direction as Good, Kind, Language},
    layer::{format_number, short},
};

use super::{Account, Scope, StudyError, text};

pub use crate::analysis::change::Thresholds;

/// Where draws begin, and how many there are.
const SEED: u64 = 20_240_101;
const DRAWS: u32 = 999;

/// How many areas run a course, and which.
#[derive(Debug, Serialize, ToSchema)]
pub struct CourseCount {
    /// `succes`, `gestaag-herstel`, `terugval`, `vroegsignalering` or `geen`.
    #[serde(rename = "verloop")]
    pub course: &'static str,
    #[serde(rename = "naam")]
    pub name: Text,
    #[serde(rename = "gebieden")]
    pub areas: usize,
    /// Their codes; of `geen` none are named.
    #[schema(value_type = Vec<String>)]
    pub codes: Vec<AreaCode>,
}

/// An area to keep an eye on.
#[derive(Debug, Serialize, ToSchema)]
pub struct WatchedArea {
    /// The code of the area.
    #[schema(value_type = String)]
    pub code: AreaCode,
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: String,
    /// The gemeente that it lies in.
    #[serde(rename = "gemeente")]
    pub gemeente: Option<String>,
    /// Why; most reasons first in the list.
    #[serde(rename = "redenen")]
    pub reasons: Vec<Text>,
}

/// The courses of places over three years.
#[derive(Debug, Serialize, ToSchema)]
pub struct CourseStudy {
    /// The first year, one in between, the last.
    #[serde(rename = "jaren")]
    pub years: [u16; 3],
    /// At most this is weak.
    #[serde(rename = "zwakTot")]
    pub weak: f64,
    /// A change that is no larger is none.
    #[serde(rename = "band")]
    pub band: f64,
    /// How many areas run which course.
    #[serde(rename = "verlopen")]
    pub courses: Vec<CourseCount>,
    /// Areas with two reasons or more.
    #[serde(rename = "omTeVolgen")]
    pub watched: Vec<WatchedArea>,
    /// What comes out, in sentences.
    #[serde(rename = "zinnen")]
    pub sentences: Vec<Text>,
    /// How it was made.
    #[serde(rename = "verantwoording")]
    pub account: Account,
}

/// The courses of the areas of a scope by its score, over the first year, one in between and the
/// last of its division, and the areas to keep an eye on. Areas that are hardly residential take no
/// part.
///
/// # Errors
/// When the indicator is no score of which high is good, or there are fewer than three years.
pub fn courses<'a>(
    scope: &Scope<'a>,
    asked: [Option<Year>; 2],
    thresholds: Thresholds,
) -> Result<CourseStudy, StudyError> {
    let Scope { atlas, indicator, series, .. } = scope;
    let name = || indicator.name.nl.to_lowercase();
    if indicator.kind != Kind::Score || indicator.direction != Good::Hoog {
        return Err(StudyError::NoScore { indicator: name() });
    }
    let scope = &Scope {
        ordinals: scope
            .ordinals
            .iter()
            .copied()
            .filter(|&at| series.coverage.is_compared(at))
            .collect(),
        ..scope.clone()
    };
    let last = series.key.year;
    let all = scope.years().into_iter().filter(|there| there.key.year < last);
    let years: Vec<(Year, &'a Column)> = all.map(|there| (there.key.year, there.column)).collect();
    let pick = |asked: Option<Year>, other: Option<(Year, &'a Column)>| {
        let missing = |year| StudyError::Year { indicator: name(), year };
        let few = || StudyError::Years { indicator: name(), got: years.len() + 1, needed: 3 };
        match asked {
            Some(year) => {
                years.iter().find(|one| one.0 == year).copied().ok_or_else(|| missing(year))
            }
            None => other.ok_or_else(few),
        }
    };
    let (first, start) = pick(asked[0], years.first().copied())?;
    // Nearest to the middle of the period.
    let middle = u32::from(first.get()) + u32::from(last.get());
    let between = years
        .iter()
        .filter(|(year, _)| *year > first)
        .min_by_key(|(year, _)| (2 * u32::from(year.get())).abs_diff(middle));
    let (between, midway) = pick(asked[1], between.copied())?;
    if first >= between {
        return Err(StudyError::Order { from: first, to: between });
    }
    let [start, midway, end] = [scope.numbers(start), scope.numbers(midway), scope.values()];
    let found = typology(&start, &midway, &end, thresholds)?;
    let recent = changes(&midway, &end, thresholds.band, true)?;
    let weights = links(scope)?;
    // Clusters are a reason more; without neighbours there are none.
    let clusters = Permutations::fixed(DRAWS, SEED)
        .and_then(|draws| local_moran(&end, &weights, draws))
        .and_then(|local| local.clusters(0.05, Adjustment::FalseDiscovery))
        .unwrap_or_default();
    let watched = watch_list(&recent, &found, &[], &clusters, &weights, Rules::default())?;
    let coverage = series.coverage;
    let watched: Vec<_> = watched
        .into_iter()
        .filter(|entry| {
            recent[entry.unit].is_some_and(|change| change.direction == Direction::Worse)
                || entry.reasons.iter().any(|one| matches!(one, Reason::Course(_)))
        })
        .map(|entry| {
            let at = scope.ordinals[entry.unit];
            WatchedArea {
                code: coverage.codes()[at].clone(),
                name: coverage.name(at).to_owned(),
                gemeente: atlas.gemeente_name(coverage, at).map(ToOwned::to_owned),
                reasons: entry.reasons.iter().map(|reason| why(reason, between, last)).collect(),
            }
        })
        .collect();
    let count = |course: Course| {
        let here = scope.ordinals.iter().zip(&found).filter(|(_, one)| **one == Some(course));
        let codes: Vec<_> = here.map(|(&at, _)| coverage.codes()[at].clone()).collect();
        CourseCount {
            course: id(course),
            name: title(course),
            areas: codes.len(),
            codes: if course == Course::Geen { Vec::new() } else { codes },
        }
    };
    let mut account = Account::new(
        scope,
        &text("verloop", "course"),
        text(
            "vier verlopen naar het voorbeeld van Kwetsbare wijken in beeld; drempels en volgorde van de regels zijn van ons",
            "four courses after the example of Kwetsbare wijken in beeld; thresholds and order of the rules are ours",
        ),
        &["Platform31, Kwetsbare wijken in beeld"],
        |place| found.get(place).is_some_and(Option::is_some),
    )
    .noting(text(
        "Nauwelijks woongebied telt niet mee. Een kleine daling kan toeval zijn, en uitersten komen vanzelf iets terug: de lijst is een aanleiding om te kijken, geen oordeel.",
        "What is hardly residential takes no part. A small fall may be chance, and extremes come back a little by themselves: the list is a reason to look, no verdict.",
    ));
    account.seed = Some(SEED);
    account.permutations = Some(DRAWS);
    let courses: Vec<_> = [
        Course::Succes,
        Course::GestaagHerstel,
        Course::Terugval,
        Course::Vroegsignalering,
        Course::Geen,
    ]
    .map(count)
    .into();
    let sentences = sentences(scope, &courses, watched.len(), [first, last]);
    Ok(CourseStudy {
        years: [first.get(), between.get(), last.get()],
        weak: short(thresholds.weak),
        band: short(thresholds.band),
        courses,
        watched,
        sentences,
        account,
    })
}

fn links(scope: &Scope<'_>) -> Result<Weights, StudyError> {
    let mut keep = vec![false; scope.series.coverage.len()];
    scope.ordinals.iter().for_each(|&at| keep[at] = true);
    Ok(Weights::queen(scope.series.coverage.neighbours()).keep(&keep)?)
}

fn id(course: Course) -> &'static str {
    match course {
        Course::Succes => "succes",
        Course::GestaagHerstel => "gestaag-herstel",
        Course::Terugval => "terugval",
        Course::Vroegsignalering => "vroegsignalering",
        Course::Geen => "geen",
    }
}

fn title(course: Course) -> Text {
    match course {
        Course::Succes => {
            text("succes: was zwak en is het niet meer", "success: was weak and no longer is")
        }
        Course::GestaagHerstel => text(
            "gestaag herstel: nog zwak, maar beter dan eerst",
            "steady recovery: weak still, but better than before",
        ),
        Course::Terugval => text(
            "terugval: zwak, en slechter dan eerst of dan tussendoor",
            "relapse: weak, and worse than before or than in between",
        ),
        Course::Vroegsignalering => text(
            "vroegsignalering: niet zwak, maar het gaat omlaag",
            "early signal: not weak, but going down",
        ),
        Course::Geen => text("geen van deze", "none of these"),
    }
}

fn why(reason: &Reason, from: Year, to: Year) -> Text {
    let number = |number: f64, language| format_number(number, 3, language);
    match reason {
        Reason::Fell { difference } => text(
            format!("gedaald met {} tussen {from} en {to}", number(-difference, Language::Nl)),
            format!("fell by {} between {from} and {to}", number(-difference, Language::En)),
        ),
        Reason::Course(course) => {
            let Text { nl, en } = title(*course);
            text(format!("verloop: {nl}"), format!("course: {en}"))
        }
        Reason::Stacked { indicators, known } => text(
            format!("{indicators} van {known} onderwerpen ongunstig"),
            format!("{indicators} of {known} topics unfavourable"),
        ),
        Reason::Cluster(_) => text(
            "ligt waar het laag is, of laag tussen hoog",
            "lies where it is low, or low among high",
        ),
        Reason::NeighboursFell { fell, known } => text(
            format!("{fell} van {known} buren daalden ook"),
            format!("{fell} of {known} neighbours fell too"),
        ),
    }
}

fn sentences(
    scope: &Scope<'_>,
    courses: &[CourseCount],
    watched: usize,
    [from, to]: [Year; 2],
) -> Vec<Text> {
    let level = &scope.series.key.level;
    let of = |id: &str| courses.iter().find(|one| one.course == id).map_or(0, |one| one.areas);
    let known: usize = courses.iter().map(|one| one.areas).sum();
    let [success, steady, relapse, early] =
        ["succes", "gestaag-herstel", "terugval", "vroegsignalering"].map(of);
    vec![
        text(
            format!(
                "Van {known} {level} met cijfers van {from} tot {to}: succes {success}, gestaag herstel {steady}, terugval {relapse}, vroegsignalering {early}."
            ),
            format!(
                "Of {known} {level} with figures from {from} to {to}: success {success}, steady recovery {steady}, relapse {relapse}, early signal {early}."
            ),
        ),
        text(
            format!("{watched} {level} hebben twee of meer redenen om te volgen."),
            format!("{watched} {level} have two reasons or more to keep an eye on."),
        ),
    ]
}
