//! The scores as files deliver them: version 3.0 on the newest division, 2.0 on the older one.

use crate::{
    area::{AreaCode, Level},
    indicator::{Reason, Series, SeriesKey, Value},
};

use super::{
    division::Division,
    figures::published,
    liveability::{Liveability, SCORED, Score, class, people_of},
    mesh::NONE,
    people::{Count, People},
    vintage,
};

/// What the fixed reference of version 3.0 scores; measured, the same in every year and level.
const REFERENCE: f64 = 4.102_264_851_143_685;
/// The bounds of the classes of deviation, in millionths.
const DEVIATION_CUTS: [i64; 8] =
    [-235_200, -156_800, -78_400, -39_200, 39_200, 78_400, 156_800, 235_200];
const DIMENSIONS: [&str; 5] = [
    "leefbaarheid-woningvoorraad",
    "leefbaarheid-fysieke-omgeving",
    "leefbaarheid-voorzieningen",
    "leefbaarheid-sociale-samenhang",
    "leefbaarheid-overlast-onveiligheid",
];
/// The classes of version 2.0, in millionths; the lowest bound is our own, the rest measured.
const CUTS_2: [i64; 8] =
    [-800_000, -640_000, -489_000, -288_000, -187_000, 8_000, 120_000, 208_000];
/// The classes of developments in version 2.0, in millionths: the middle ones measured, the others
/// our own.
const CHANGE_CUTS_2: [i64; 6] = [-200_000, -133_000, -66_500, 66_500, 133_000, 200_000];
const DIMENSIONS_2: [&str; 5] =
    ["woningen", "bewoners", "voorzieningen", "veiligheid", "fysieke-omgeving"];
/// Which part of a score or change each of them makes, in hundredths.
const SHARES_2: [i64; 5] = [24, 30, 12, 22, 12];
/// Begin, end, and what the country itself changed between them in version 2.0, in millionths.
const CHANGES_2: [(u16, u16, i64); 3] =
    [(2012, 2014, 8_648), (2014, 2016, 21_411), (2012, 2016, 30_059)];

/// What to write of an area.
type Cell = (Option<Score>, f64);

fn collect(
    key: SeriesKey,
    codes: &[AreaCode],
    cells: &[Cell],
    number: impl Fn(&Score) -> Option<f64>,
) -> Series {
    let values = codes
        .iter()
        .zip(cells)
        .filter_map(|(code, (score, residents))| match score {
            Some(score) => number(score).map(|number| (code.clone(), Value::Number(number))),
            // Where nobody lives the source has no row at all.
            None if *residents > 0.0 => Some((code.clone(), Value::Missing(Reason::GeenScore))),
            None => None,
        })
        .collect();
    Series { key, values }
}

fn units(millionths: i64) -> f64 {
    millionths as f64 / 1e6
}

fn key(id: &str, begin: Option<u16>, year: u16, division: &Division, level: &Level) -> SeriesKey {
    SeriesKey {
        indicator: id.into(),
        begin: begin.map(published),
        year: published(year),
        vintage: vintage(division.year),
        level: level.clone(),
    }
}

/// The scores of version 3.0, on the newest division.
pub(super) fn version_3(
    scores: &Liveability,
    people: &People,
    newest: &Division,
    codes: &[(Level, Vec<AreaCode>)],
) -> Vec<Series> {
    let mut all = Vec::new();
    for (place, year) in SCORED.into_iter().enumerate() {
        for (level, codes) in codes {
            let cells = cells(scores, people, newest, newest, level, place);
            let mut add = |id: &str, number: &dyn Fn(&Score) -> Option<f64>| {
                all.push(collect(key(id, None, year, newest, level), codes, &cells, number));
            };
            add("leefbaarheid", &|score| Some(units(score.deviation)));
            add("leefbaarheid-klasse", &|score| Some(f64::from(class(score.deviation))));
            add("leefbaarheid-afwijking", &|score| Some(deviation_class(score.deviation)));
            add("leefbaarheid-absoluut", &|score| Some(units(score.deviation) + REFERENCE));
            for (dimension, id) in DIMENSIONS.into_iter().enumerate() {
                add(id, &|score| score.dimensions.map(|parts| units(parts[dimension])));
            }
        }
    }
    // Years without dimensions deliver none.
    all.retain(|series: &Series| series.values.iter().any(|(_, value)| value.number().is_some()));
    all
}

fn deviation_class(deviation: i64) -> f64 {
    1.0 + DEVIATION_CUTS.iter().filter(|&&cut| cut < deviation).count() as f64
}

/// The scores of version 2.0 on the older division, gemeenten and wijken: relative to the country
/// in the same year, not comparable with version 3.0.
pub(super) fn version_2(
    scores: &Liveability,
    people: &People,
    newest: &Division,
    division: &Division,
    codes: &[(Level, Vec<AreaCode>)],
) -> Vec<Series> {
    let mut all = Vec::new();
    for (level, codes) in codes.iter().filter(|(level, _)| *level != Level::Buurt) {
        let of = |year: u16| {
            let place = SCORED.iter().position(|&other| other == year).unwrap_or(0);
            let mut cells = cells(scores, people, newest, division, level, place);
            let (sum, weight) =
                cells.iter().fold((0.0, 0.0), |(sum, weight), (score, residents)| {
                    score.map_or((sum, weight), |score| {
                        (sum + score.deviation as f64 * residents, weight + residents)
                    })
                });
            let mean = if weight > 0.0 { sum / weight } else { 0.0 };
            for (area, (score, _)) in cells.iter_mut().enumerate() {
                if let Some(score) = score {
                    score.deviation = ((score.deviation as f64 - mean) * 1.15).round() as i64;
                    score.dimensions = Some(parts_2(score.deviation, Some(area)));
                }
            }
            cells
        };
        for year in [2012, 2014, 2016] {
            let cells = of(year);
            let key = |id: &str| key(id, None, year, division, level);
            all.push(collect(key("leefbaarheid-2"), codes, &cells, |s| Some(units(s.deviation))));
            all.push(collect(key("leefbaarheid-2-klasse"), codes, &cells, |score| {
                Some(1.0 + CUTS_2.iter().filter(|&&cut| cut < score.deviation).count() as f64)
            }));
            for (part, name) in DIMENSIONS_2.into_iter().enumerate() {
                all.push(collect(key(&format!("leefbaarheid-2-{name}")), codes, &cells, |score| {
                    score.dimensions.map(|parts| units(parts[part]))
                }));
            }
        }
        for (begin, end, national) in CHANGES_2 {
            let mut change = of(end);
            for (now, before) in change.iter_mut().zip(of(begin)) {
                now.0 = now.0.zip(before.0).map(|(now, before)| Score {
                    deviation: now.deviation - before.deviation + national,
                    dimensions: now.dimensions.zip(before.dimensions).map(|(now, before)| {
                        let nationally = parts_2(national, None);
                        std::array::from_fn(|at| now[at] - before[at] + nationally[at])
                    }),
                });
            }
            let key = |id: &str| key(id, Some(begin), end, division, level);
            let change = &change;
            let id = "leefbaarheid-2-ontwikkeling";
            all.push(collect(key(id), codes, change, |score| Some(units(score.deviation))));
            all.push(collect(key(&format!("{id}-klasse")), codes, change, |score| {
                let below = CHANGE_CUTS_2.iter().filter(|&&cut| cut < score.deviation).count();
                Some(1.0 + below as f64)
            }));
            for (part, name) in DIMENSIONS_2.into_iter().enumerate() {
                all.push(collect(key(&format!("{id}-{name}")), codes, change, |score| {
                    score.dimensions.map(|parts| units(parts[part]))
                }));
            }
        }
    }
    all
}

/// The five parts of a score or change of version 2.0, which add up to it. What an area is better or
/// worse at stays the same over the years; the country as a whole has no such bent.
fn parts_2(whole: i64, area: Option<usize>) -> [i64; 5] {
    let bent =
        |at: usize| area.map_or(0, |area| (area * (at + 3) * 7919 % 41) as i64 * 900 - 18_000);
    let mut parts: [i64; 5] = std::array::from_fn(|at| whole * SHARES_2[at] / 100 + bent(at));
    parts[4] = whole - parts[..4].iter().sum::<i64>();
    parts
}

/// The score of each area of a level, weighted by residents, and how many live there.
fn cells(
    scores: &Liveability,
    people: &People,
    newest: &Division,
    division: &Division,
    level: &Level,
    place: usize,
) -> Vec<Cell> {
    let year = people_of(SCORED[place]);
    let scores = &scores.scores[place];
    let counted = people.tally(year, newest, division, level);
    let count = division.count(level);
    if division.year == newest.year && *level == Level::Buurt {
        return scores
            .iter()
            .copied()
            .zip(counted.iter().map(|t| t.get(Count::Residents)))
            .collect();
    }
    // Sums of residents, of residents times deviation, and of residents times each dimension.
    let mut sums = vec![([0.0_f64; 7], true); count];
    let mut add = |area: usize, buurt: usize, part: f64| {
        let Some(score) = scores[buurt] else { return };
        let residents = people.of_buurt(year, buurt).get(Count::Residents) * part;
        let (sum, dimensions) = &mut sums[area];
        sum[0] += residents;
        sum[1] += residents * score.deviation as f64;
        match score.dimensions {
            Some(parts) => {
                for (sum, part) in sum[2..].iter_mut().zip(parts) {
                    *sum += residents * part as f64;
                }
            }
            None => *dimensions = false,
        }
    };
    if division.year == newest.year {
        for buurt in 0..scores.len() {
            add(division.at_level(buurt, level), buurt, 1.0);
        }
    } else {
        for (cell, (&own, &old)) in newest.of_cell.iter().zip(&division.of_cell).enumerate() {
            if own != NONE && old != NONE {
                add(division.at_level(old as usize, level), own as usize, people.part(cell));
            }
        }
    }
    sums.into_iter()
        .zip(counted)
        .map(|((sum, dimensions), tally)| {
            let mean = |at: usize| (sum[at] / sum[0]).round() as i64;
            let score = (sum[0] >= 1.0).then(|| {
                let parts = dimensions.then(|| [mean(2), mean(3), mean(4), mean(5), mean(6)]);
                Score {
                    deviation: parts.map_or_else(|| mean(1), |parts| parts.iter().sum()),
                    dimensions: parts,
                }
            });
            (score, tally.get(Count::Residents))
        })
        .collect()
}
