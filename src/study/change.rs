//! What changed between two years, and what happened around it.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    analysis::{
        Weights,
        change::{Change, Direction, changes, counted, rings},
    },
    area::{AreaCode, Text, Year},
    atlas::Column,
    indicator::{Kind, Language},
    layer::{format_number, quantity, short},
};

use super::{Account, Scope, StudyError, text};

/// Of more areas than this only the extremes are named.
const NAMED: usize = 500;
/// So many at either end.
const EXTREMES: usize = 50;
/// How many steps around a place are told.
const STEPS: u32 = 2;

/// How many areas went which way; shares are of `bekend`.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct ChangeCount {
    /// Areas with a figure of both years.
    #[serde(rename = "bekend")]
    pub known: usize,
    /// Lower and higher by more than the dead band, and within it.
    #[serde(rename = "gedaald")]
    pub down: usize,
    #[serde(rename = "gelijk")]
    pub stable: usize,
    #[serde(rename = "gestegen")]
    pub up: usize,
    /// Lower and higher by anything at all.
    #[serde(rename = "lager")]
    pub lower: usize,
    #[serde(rename = "hoger")]
    pub higher: usize,
    /// The mean difference over areas; `null` without any.
    #[serde(rename = "gemiddeld")]
    pub mean: Option<f64>,
}

/// The areas at some steps from a place.
#[derive(Debug, Serialize, ToSchema)]
pub struct RingCount {
    /// 1 for neighbours, 2 for theirs.
    #[serde(rename = "stappen")]
    pub steps: u32,
    /// How many areas went which way.
    #[serde(flatten)]
    pub counts: ChangeCount,
}

/// An area that changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedArea {
    /// The code of the area.
    #[schema(value_type = String)]
    pub code: AreaCode,
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: String,
    /// The last figure less the first.
    #[serde(rename = "verschil")]
    pub difference: f64,
    /// `gedaald`, `gelijk` or `gestegen`.
    #[serde(rename = "richting")]
    pub direction: &'static str,
}

/// What changed between two years.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeStudy {
    /// The first year.
    #[serde(rename = "van")]
    pub from: u16,
    /// The last year.
    #[serde(rename = "tot")]
    pub to: u16,
    /// `geleverd` where the publisher gives the change, `tegenover-het-land` where the difference is
    /// beside the change of the country, else `verschil`.
    #[serde(rename = "grondslag")]
    pub basis: &'static str,
    /// Differences that are no larger, either way, count as none.
    #[serde(rename = "band")]
    pub band: f64,
    /// How many areas went which way.
    #[serde(flatten)]
    pub counts: ChangeCount,
    /// The same beside the country, where the publisher gives the change itself and its scores are
    /// relative: an area may get better and fall still.
    #[serde(rename = "tegenoverHetLand")]
    pub beside_country: Option<ChangeCount>,
    /// What happened around the place; empty for the whole country.
    #[serde(rename = "rondom")]
    pub around: Vec<RingCount>,
    /// The areas, most fallen first; of many only the fifty at either end.
    #[serde(rename = "gebieden")]
    pub areas: Vec<ChangedArea>,
    /// What comes out, in sentences.
    #[serde(rename = "zinnen")]
    pub sentences: Vec<Text>,
    /// How it was made.
    #[serde(rename = "verantwoording")]
    pub account: Account,
}

/// The dead band of an indicator, in its unit; zero where none is known. That of version 3.0 is the
/// middle class of `kafw` and as a band of changes ours; that of 2.0 is the publisher's middle class.
fn default_band(id: &str) -> f64 {
    match id {
        "leefbaarheid" => 0.0392,
        // Between the delivered classes "stayed the same" and its neighbours: 0.06657 is in, 0.06661 out.
        "leefbaarheid-2" => 0.0666,
        _ => 0.0,
    }
}

/// What changed from a year to that of the scope, on the division of the scope.
///
/// # Errors
/// When the indicator has classes, the years are the wrong way round or mean something else, or one
/// of them has no figures.
pub fn change(scope: &Scope<'_>, from: Year, band: Option<f64>) -> Result<ChangeStudy, StudyError> {
    let Scope { atlas, indicator, series, .. } = scope;
    let name = || indicator.name.nl.to_lowercase();
    let to = series.key.year;
    if indicator.kind == Kind::Klasse {
        return Err(StudyError::Classes { indicator: name() });
    }
    if from >= to {
        return Err(StudyError::Order { from, to });
    }
    if let Some(at) = indicator.breaks.iter().find(|at| from < at.from && at.from <= to) {
        return Err(StudyError::Break { indicator: name(), from: at.from });
    }
    let of = |id: &str, begin: Option<Year>, year: Year| {
        let mut all = atlas.series_on(id, series.key.vintage, &series.key.level);
        all.find(|(key, _)| key.begin == begin && key.year == year)
    };
    let (_, before) = of(&indicator.id, None, from)
        .ok_or_else(|| StudyError::Year { indicator: name(), year: from })?;
    let delivered = of(&format!("{}-ontwikkeling", indicator.id), Some(from), to);
    let band = band.unwrap_or_else(|| default_band(&indicator.id));
    let country = Scope::new(atlas, indicator, *series, None);
    let all = differences(&country, before, delivered.map(|(_, column)| column), band)?;
    let mut by_ordinal: Vec<Option<Change>> = vec![None; series.coverage.len()];
    country.ordinals.iter().zip(all).for_each(|(&at, change)| by_ordinal[at] = change);
    let own: Vec<_> = scope.ordinals.iter().map(|&at| by_ordinal[at]).collect();
    let beside_country = delivered.is_some().then(|| {
        let (before, after) = (scope.numbers(before), scope.values());
        changes(&before, &after, band, true).map(|changes| count(&changes))
    });
    let basis = match (delivered.is_some(), indicator.id.as_str()) {
        (true, _) => "geleverd",
        (false, "leefbaarheid-2") => "tegenover-het-land",
        (false, _) => "verschil",
    };
    let account = Account::new(
        scope,
        &text("verandering", "change"),
        text(
            "verschil = cijfer van het laatste jaar − cijfer van het eerste jaar, op dezelfde indeling; binnen de band telt het als gelijk",
            "difference = figure of the last year − figure of the first, on the same division; within the band it counts as none",
        ),
        &[],
        |place| own.get(place).is_some_and(Option::is_some),
    );
    let account = match basis {
        "tegenover-het-land" => account.noting(text(
            "In versie 2.0 is een verschil van scores de verandering tegenover het land: een gebied kan vooruitgaan en toch dalen.",
            "In version 2.0 a difference of scores is the change beside the country: an area may get better and fall still.",
        )),
        _ if band == default_band("leefbaarheid-2") && indicator.id == "leefbaarheid-2" => account.noting(text(
            "De band is die van de klasse 'gelijk gebleven' van de bron.",
            "The band is that of the publisher's class 'stayed the same'.",
        )),
        _ if band > 0.0 => account.noting(text(
            format!("De band van {} is van ons; de bron noemt geen grens.", format_number(band, 4, Language::Nl)),
            format!("The band of {} is ours; the publisher names no limit.", format_number(band, 4, Language::En)),
        )),
        _ => account,
    };
    let mut study = ChangeStudy {
        from: from.get(),
        to: to.get(),
        basis,
        band,
        counts: count(&own),
        beside_country: beside_country.transpose()?,
        around: around(scope, &country, &by_ordinal)?,
        areas: named(scope, &own),
        sentences: Vec::new(),
        account,
    };
    study.sentences = sentences(scope, &study);
    Ok(study)
}

fn differences(
    country: &Scope<'_>,
    before: &Column,
    delivered: Option<&Column>,
    band: f64,
) -> Result<Vec<Option<Change>>, StudyError> {
    let (before, after) = match delivered {
        // What is delivered is the change itself.
        Some(column) => (vec![0.0; country.ordinals.len()], country.numbers(column)),
        None => (country.numbers(before), country.values()),
    };
    Ok(changes(&before, &after, band, true)?)
}

fn count(changes: &[Option<Change>]) -> ChangeCount {
    let found = counted(changes);
    let which = |holds: fn(f64) -> bool| {
        changes.iter().flatten().filter(|one| holds(one.difference)).count()
    };
    ChangeCount {
        known: found.known,
        down: found.worse,
        stable: found.stable,
        up: found.better,
        lower: which(|difference| difference < 0.0),
        higher: which(|difference| difference > 0.0),
        mean: found.mean.map(short),
    }
}

fn around(
    scope: &Scope<'_>,
    country: &Scope<'_>,
    changes: &[Option<Change>],
) -> Result<Vec<RingCount>, StudyError> {
    if scope.ordinals.len() == country.ordinals.len() {
        return Ok(Vec::new());
    }
    let mut set = vec![false; changes.len()];
    scope.ordinals.iter().for_each(|&at| set[at] = true);
    let steps = rings(&set, &Weights::queen(scope.series.coverage.neighbours()), STEPS)?;
    let ring = |step: u32| {
        let here = steps.iter().zip(changes).filter(|(steps, _)| **steps == Some(step));
        let here: Vec<_> = here.map(|(_, change)| *change).collect();
        RingCount { steps: step, counts: count(&here) }
    };
    Ok((1..=STEPS).map(ring).collect())
}

fn named(scope: &Scope<'_>, changes: &[Option<Change>]) -> Vec<ChangedArea> {
    let coverage = scope.series.coverage;
    let mut areas: Vec<_> = scope
        .ordinals
        .iter()
        .zip(changes)
        .filter_map(|(&at, change)| {
            let Change { difference, direction } = (*change)?;
            Some(ChangedArea {
                code: coverage.codes()[at].clone(),
                name: coverage.name(at).to_owned(),
                difference: short(difference),
                direction: match direction {
                    Direction::Worse => "gedaald",
                    Direction::Stable => "gelijk",
                    Direction::Better => "gestegen",
                },
            })
        })
        .collect();
    areas.sort_by(|a, b| a.difference.total_cmp(&b.difference).then_with(|| a.code.cmp(&b.code)));
    if areas.len() > NAMED {
        areas.drain(EXTREMES..areas.len() - EXTREMES);
    }
    areas
}

fn sentences(scope: &Scope<'_>, study: &ChangeStudy) -> Vec<Text> {
    let (nl, en) = (Language::Nl, Language::En);
    let level = &scope.series.key.level;
    let counts = &study.counts;
    let share = |of: usize, language| {
        let part = 100.0 * of as f64 / counts.known.max(1) as f64;
        format!("{}%", format_number(part, 1, language))
    };
    let beside = match study.basis {
        "tegenover-het-land" => (" tegenover het land", " beside the country"),
        _ => ("", ""),
    };
    let mut all = vec![text(
        format!(
            "Van {} {level} met cijfers van {} en {} ging {} omlaag{} en {} omhoog.",
            format_number(counts.known as f64, 0, nl),
            study.from,
            study.to,
            share(counts.lower, nl),
            beside.0,
            share(counts.higher, nl)
        ),
        format!(
            "Of {} {level} with figures of {} and {}, {} went down{} and {} up.",
            format_number(counts.known as f64, 0, en),
            study.from,
            study.to,
            share(counts.lower, en),
            beside.1,
            share(counts.higher, en)
        ),
    )];
    if let Some(beside) = &study.beside_country {
        let part = |language| {
            format_number(100.0 * beside.lower as f64 / beside.known.max(1) as f64, 1, language)
        };
        all.push(text(
            format!(
                "Tegenover het land ging {}% omlaag: het land als geheel veranderde ook.",
                part(nl)
            ),
            format!(
                "Beside the country {}% went down: the country as a whole changed too.",
                part(en)
            ),
        ));
    }
    if study.band > 0.0 {
        let number = |of: usize, language| format_number(of as f64, 0, language);
        all.push(text(
            format!(
                "Met meer dan de band van {} daalden er {}, stegen er {} en bleven er {} gelijk.",
                format_number(study.band, 4, nl),
                number(counts.down, nl),
                number(counts.up, nl),
                number(counts.stable, nl)
            ),
            format!(
                "By more than the band of {}, {} fell, {} rose and {} stayed the same.",
                format_number(study.band, 4, en),
                number(counts.down, en),
                number(counts.up, en),
                number(counts.stable, en)
            ),
        ));
    }
    if let Some(ring) = study.around.first().filter(|ring| ring.counts.known > 0)
        && let (Some(here), Some(there)) = (counts.mean, ring.counts.mean)
    {
        let of = |number, language| quantity(number, scope.indicator, language);
        all.push(text(
            format!(
                "Gemiddeld veranderde het hier met {}, en in de {} gebieden eromheen met {}.",
                of(here, nl),
                ring.counts.known,
                of(there, nl)
            ),
            format!(
                "On average it changed by {} here, and by {} in the {} areas around it.",
                of(here, en),
                of(there, en),
                ring.counts.known
            ),
        ));
    }
    all
}
