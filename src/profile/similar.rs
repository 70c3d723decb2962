//! The areas that are most like one: nearest in what a place is, not in how it scores.

use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    area::Text,
    atlas::{Atlas, Available, LevelCoverage},
};

/// What areas are compared on, by id in the catalogue: urbanity, density, owner-occupied homes,
/// home value, people of 65 and over, and household size. An atlas may lack some.
pub const TRAITS: [&str; 6] = [
    "stedelijkheid",
    "bevolkingsdichtheid",
    "koopwoningen",
    "woningwaarde",
    "aandeel-65-plus",
    "huishoudensgrootte",
];

/// Two areas are compared on at least so many traits that are known of both.
pub const LEAST_TRAITS: usize = 4;

/// One thing that areas are compared on.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Trait {
    /// The indicator's id.
    #[schema(value_type = String)]
    pub id: SmolStr,
    /// Its name.
    #[serde(rename = "naam")]
    pub name: Text,
    /// The year of the figures: that of the division, else the nearest within three.
    #[serde(rename = "jaar")]
    pub year: u16,
    /// The mean over the areas of the level that are compared and have a number.
    #[serde(rename = "gemiddelde")]
    pub mean: f64,
    /// Their standard deviation, by which differences are divided.
    #[serde(rename = "standaardafwijking")]
    pub deviation: f64,
    /// How many these are.
    #[serde(rename = "gebieden")]
    pub areas: usize,
    /// The number of the area itself; `null` where it is not known, and then the others count.
    #[serde(rename = "waarde")]
    pub value: Option<f64>,
}

/// A trait that areas are not compared on.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LeftOut {
    /// The indicator's id.
    pub id: String,
    /// Why not.
    #[serde(rename = "reden")]
    pub reason: Text,
}

/// An area that is like another.
#[derive(Clone, Debug)]
pub struct Likeness {
    /// Its ordinal.
    pub ordinal: usize,
    /// The root of the mean square of the differences in standard deviations, over the traits that
    /// are known of both: 0 is the same, 1 is a standard deviation apart on average.
    pub distance: f64,
    /// Its number of each trait, in their order.
    pub values: Vec<Option<f64>>,
}

/// The areas most like one, and what they were compared on.
#[derive(Clone, Debug)]
pub struct Similar {
    /// What areas are compared on.
    pub traits: Vec<Trait>,
    /// What they are not, since the atlas lacks it or all are the same.
    pub left_out: Vec<LeftOut>,
    /// The nearest first; of equal ones the lowest code. Empty where there is a reason.
    pub nearest: Vec<Likeness>,
    /// Why there is no answer, where there is none.
    pub reason: Option<Text>,
}

/// The `count` areas of the same level and division that are most like one. An area with a mark has
/// none and is like none. Cost: two passes over six columns, and sorting the distances.
pub fn similar(atlas: &Atlas, coverage: &LevelCoverage, ordinal: usize, count: usize) -> Similar {
    let (mut traits, mut columns, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    for id in TRAITS {
        match standardised(atlas, coverage, id, ordinal) {
            Ok((one, series)) => {
                traits.push(one);
                columns.push(series.column);
            }
            Err(reason) => left_out.push(LeftOut { id: id.to_owned(), reason }),
        }
    }
    let reason = reason(coverage, ordinal, &traits);
    let mut nearest = Vec::new();
    if reason.is_none() {
        let compared = (0..coverage.len()).filter(|&at| at != ordinal && coverage.is_compared(at));
        nearest = compared
            .filter_map(|at| {
                let values: Vec<_> = columns.iter().map(|column| column.get(at).number()).collect();
                Some(Likeness { ordinal: at, distance: distance(&traits, &values)?, values })
            })
            .collect();
        // Ordinals follow the codes.
        nearest.sort_by(|a, b| a.distance.total_cmp(&b.distance).then(a.ordinal.cmp(&b.ordinal)));
        nearest.truncate(count);
    }
    Similar { traits, left_out, nearest, reason }
}

fn standardised<'a>(
    atlas: &'a Atlas,
    coverage: &'a LevelCoverage,
    id: &str,
    ordinal: usize,
) -> Result<(Trait, Available<'a>), Text> {
    let lacking = || Text {
        nl: "de atlas heeft dit niet op deze indeling en dit niveau".into(),
        en: "the atlas does not have it on this division and level".into(),
    };
    let indicator = atlas.indicator(id).ok_or_else(lacking)?;
    let series = atlas.beside(id, coverage, coverage.vintage.0).ok_or_else(lacking)?;
    let numbers = || {
        let compared = (0..coverage.len()).filter(|&at| coverage.is_compared(at));
        compared.filter_map(|at| series.column.get(at).number())
    };
    let areas = numbers().count();
    let mean = numbers().sum::<f64>() / areas as f64;
    let variance = numbers().map(|number| (number - mean).powi(2)).sum::<f64>() / areas as f64;
    let deviation = variance.sqrt();
    if areas == 0 || deviation <= 0.0 {
        return Err(Text {
            nl: "alle gebieden zijn hierin hetzelfde".into(),
            en: "all areas are the same in this".into(),
        });
    }
    let value = series.column.get(ordinal).number();
    let (id, name, year) = (indicator.id.clone(), indicator.name.clone(), series.key.year.get());
    Ok((Trait { id, name, year, mean, deviation, areas, value }, series))
}

fn reason(coverage: &LevelCoverage, ordinal: usize, traits: &[Trait]) -> Option<Text> {
    if !coverage.is_compared(ordinal) {
        return Some(Text {
            nl: "dit gebied telt niet mee in vergelijkingen: het is water of nauwelijks woongebied"
                .into(),
            en: "this area takes no part in comparisons: it is water or hardly residential".into(),
        });
    }
    let known = traits.iter().filter(|one| one.value.is_some()).count();
    (known < LEAST_TRAITS).then(|| Text {
        nl: format!(
            "van dit gebied zijn {known} van de {} kenmerken bekend; vergelijken kan vanaf \
             {LEAST_TRAITS}",
            TRAITS.len()
        ),
        en: format!(
            "{known} of the {} traits of this area are known; comparing takes at least \
             {LEAST_TRAITS}",
            TRAITS.len()
        ),
    })
}

/// `None` where fewer than [`LEAST_TRAITS`] are known of both.
fn distance(traits: &[Trait], values: &[Option<f64>]) -> Option<f64> {
    let mut known = 0;
    let mut squares = 0.0;
    for (one, value) in traits.iter().zip(values) {
        let Some((own, other)) = one.value.zip(*value) else { continue };
        known += 1;
        squares += ((own - other) / one.deviation).powi(2);
    }
    (known >= LEAST_TRAITS).then(|| (squares / f64::from(known as u32)).sqrt())
}
