//! Whether numbers are what their kind allows.

use crate::{
    area::AreaCode,
    indicator::{Catalogue, Indicator, Kind, SeriesKey},
};

use super::{Finding, FindingKind, number};
use crate::store::{Contents, StoredSeries};

/// The score of version 3.0 and the parts that it is the sum of.
const SCORE: &str = "leefbaarheid";
const PARTS: [&str; 5] = [
    "leefbaarheid-woningvoorraad",
    "leefbaarheid-fysieke-omgeving",
    "leefbaarheid-voorzieningen",
    "leefbaarheid-sociale-samenhang",
    "leefbaarheid-overlast-onveiligheid",
];
/// The largest error of the sum in the publisher's own figures.
const SUM_ERROR: f64 = 2e-6;

/// Looks for numbers that cannot be.
pub fn inspect(contents: &Contents, catalogue: &Catalogue, findings: &mut Vec<Finding>) {
    for (key, values) in &contents.series {
        let Some(indicator) = catalogue.get(&key.indicator) else {
            findings.push(Finding {
                vintage: Some(key.vintage),
                level: Some(key.level.clone()),
                count: values.len(),
                ..Finding::new(
                    FindingKind::Unknown,
                    format!(
                        "{}: not in the catalogue of this program, so not shown",
                        key.indicator
                    ),
                )
            });
            continue;
        };
        let wrong = |expected: &str| {
            let wrong: Vec<AreaCode> = values
                .iter()
                .filter(|value| value.value.number().is_some_and(|n| !is_possible(indicator, n)))
                .map(|value| value.code.clone())
                .collect();
            let text = |n: usize| {
                format!("{} {}: {n} numbers are not {expected}", key.indicator, key.year)
            };
            Finding::about(FindingKind::Values, key.vintage, &key.level, text, wrong)
        };
        findings.extend(wrong(match indicator.kind {
            Kind::Aandeel => "from 0 to 100",
            Kind::Aantal => "whole and not below 0",
            Kind::Klasse => "classes of the publisher",
            Kind::Gemiddelde | Kind::Score => "finite",
        }));
        if key.indicator == SCORE {
            findings.extend(sum(contents, key, values));
        }
    }
}

fn is_possible(indicator: &Indicator, number: f64) -> bool {
    match indicator.kind {
        Kind::Aandeel => (0.0..=100.0).contains(&number),
        Kind::Aantal => number >= 0.0 && number.fract() == 0.0,
        Kind::Klasse => indicator.classes.as_ref().is_none_or(|classes| {
            let first = f64::from(classes.first);
            number.fract() == 0.0 && (first..first + classes.names.len() as f64).contains(&number)
        }),
        Kind::Gemiddelde | Kind::Score => number.is_finite(),
    }
}

/// Holds a score against the sum of its parts.
fn sum(contents: &Contents, key: &SeriesKey, scores: &StoredSeries) -> Option<Finding> {
    let parts: Vec<_> = PARTS
        .iter()
        .map(|part| contents.series.get(&SeriesKey { indicator: (*part).into(), ..key.clone() }))
        .collect::<Option<_>>()?;
    let wrong = scores
        .iter()
        .filter(|score| {
            let of: Option<f64> = parts.iter().map(|part| number(part, &score.code)).sum();
            let difference = of.zip(score.value.number()).map(|(sum, score)| (sum - score).abs());
            difference.is_some_and(|difference| difference > SUM_ERROR)
        })
        .map(|score| score.code.clone())
        .collect();
    let text =
        |n: usize| format!("{SCORE} {}: {n} scores are not the sum of their five parts", key.year);
    Finding::about(FindingKind::Sums, key.vintage, &key.level, text, wrong)
}
