//! What of own figures is hidden before they are stored.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    analysis::disclosure::{Cell, DisclosureRule, Hidden, protect},
    area::{AreaCode, Flag, Level, Vintage, Year},
    atlas::RESIDENTS,
    indicator::{Kind, Reason, SeriesKey, Value},
    store::{Contents, StoredSeries},
};

use super::{OwnError, OwnRow, OwnTopic};

/// How many were hidden for a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HiddenCount {
    /// Why.
    #[serde(rename = "reden")]
    pub why: &'static str,
    /// How many.
    #[serde(rename = "aantal")]
    pub count: usize,
}

/// What was hidden of one year and division of a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GuardReport {
    /// The year.
    #[serde(rename = "jaar")]
    pub year: Year,
    /// The division.
    #[serde(rename = "indeling")]
    pub vintage: Vintage,
    /// How many figures are shown.
    #[serde(rename = "getoond")]
    pub shown: usize,
    /// How many are hidden, by reason.
    #[serde(rename = "verborgen")]
    pub hidden: Vec<HiddenCount>,
    /// The areas whose figures are hidden, with the reason.
    #[serde(rename = "gebieden")]
    pub areas: Vec<(AreaCode, &'static str)>,
}

fn in_words(why: Hidden) -> &'static str {
    match why {
        Hidden::Few => "te weinig, of niemand",
        Hidden::NearlyAll => "iedereen, of bijna",
        Hidden::FewResidents => "te weinig inwoners",
        Hidden::Dominated => "één bijdrage maakt het grootste deel",
        Hidden::Beside => "om een ander gebied te beschermen",
    }
}

/// The figures of one year of a topic that may be stored, by level.
pub(super) struct Guarded {
    pub(super) values: BTreeMap<Level, Vec<(AreaCode, Value)>>,
    pub(super) report: GuardReport,
}

/// Decides for the rows of one year of a topic what is hidden. What the atlas shows of it already is
/// known to whoever looked.
///
/// # Errors
/// When what was shown before gives a figure away.
pub(super) fn guard(
    topic: &OwnTopic,
    contents: &Contents,
    year: Year,
    rows: &[&OwnRow],
) -> Result<Guarded, OwnError> {
    let vintage = topic.vintage(year);
    let people = People::of(topic, contents, vintage, year);
    let before = Before { topic, contents, vintage, year };
    let counted: Vec<&OwnRow> =
        rows.iter().copied().filter(|row| row.value.number().is_some()).collect();
    let at: BTreeMap<&AreaCode, usize> =
        counted.iter().enumerate().map(|(at, row)| (&row.code, at)).collect();
    let cell = |row: &&OwnRow| {
        let parents = [row.code.wijk(), row.code.gemeente()];
        let parent = parents
            .into_iter()
            .flatten()
            .filter(|code| *code != row.code)
            .find_map(|code| at.get(&code).copied());
        people.cell(row, parent, before.shows(row))
    };
    let mut cells: Vec<Cell> = counted.iter().map(cell).collect();
    let adds_up = matches!(topic.description.soort, Kind::Aantal | Kind::Aandeel);
    if adds_up || rows.iter().any(|row| row.contributors.is_some()) {
        complete(&mut cells, rows, &at);
    }
    if matches!(topic.description.soort, Kind::Gemiddelde | Kind::Score) {
        tie(&mut cells);
    }
    let rule = DisclosureRule {
        minimum: topic.description.minimum,
        residents: topic.description.minimum_inwoners,
    };
    let hidden = protect(&cells, rule).map_err(|error| OwnError::GivenAway {
        path: topic.path.display().to_string(),
        area: counted.get(error.cell).map_or_else(String::new, |row| row.code.to_string()),
        low: error.low,
        high: error.high,
    })?;
    let why: BTreeMap<&AreaCode, Hidden> = counted
        .iter()
        .zip(&hidden.hidden)
        .filter_map(|(row, why)| Some((&row.code, (*why)?)))
        .collect();
    let mut values: BTreeMap<Level, Vec<(AreaCode, Value)>> = BTreeMap::new();
    let mut counts: BTreeMap<Hidden, usize> = BTreeMap::new();
    for row in rows {
        let value = match why.get(&row.code) {
            Some(why) => {
                *counts.entry(*why).or_default() += 1;
                Value::Missing(Reason::Onderdrukt)
            }
            None => row.value,
        };
        values.entry(row.level.clone()).or_default().push((row.code.clone(), value));
    }
    let report = GuardReport {
        year,
        vintage,
        shown: counted.len() - why.len(),
        hidden: counts
            .into_iter()
            .map(|(why, count)| HiddenCount { why: in_words(why), count })
            .collect(),
        areas: why.into_iter().map(|(code, why)| (code.clone(), in_words(why))).collect(),
    };
    Ok(Guarded { values, report })
}

/// Sums that are off by what rounding does are sums to an attacker: they are made exact. Of rows
/// without a figure the sum leaves so much: one more cell, which is never shown.
fn complete(cells: &mut Vec<Cell>, rows: &[&OwnRow], at: &BTreeMap<&AreaCode, usize>) {
    let mut without: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.value.number().is_none()) {
        let parents = [row.code.wijk(), row.code.gemeente()].into_iter().flatten();
        let parent =
            parents.filter(|code| *code != row.code).find_map(|code| at.get(&code).copied());
        if let Some(parent) = parent {
            *without.entry(parent).or_default() += 1;
        }
    }
    let mut children = vec![Vec::new(); cells.len()];
    for (at, cell) in cells.iter().enumerate() {
        if let Some(parent) = cell.parent {
            children[parent].push(at);
        }
    }
    for (parent, _) in without {
        let sum: u64 = children[parent].iter().map(|&child| cells[child].count).sum();
        let count = cells[parent].count.saturating_sub(sum);
        children[parent].push(cells.len());
        cells.push(Cell { parent: Some(parent), count, is_dominated: true, ..NOBODY });
    }
    // Wijken first, then gemeenten, which are made of them.
    for _ in 0..2 {
        for (parent, children) in children.iter().enumerate() {
            let sum: u64 = children.iter().map(|&child| cells[child].count).sum();
            let slack = (cells[parent].count / 100).max(2 * children.len() as u64);
            if !children.is_empty() && cells[parent].count.abs_diff(sum) <= slack {
                cells[parent].count = sum;
            }
        }
    }
}

/// A mean over areas follows from theirs, whatever they weigh: one that is hidden alone follows from
/// the others. Cells of people are made to add up, so that at least two are.
fn tie(cells: &mut [Cell]) {
    // Wijken first, then gemeenten, which are made of them.
    for _ in 0..2 {
        let mut sums: BTreeMap<usize, u64> = BTreeMap::new();
        for cell in cells.iter() {
            if let Some(parent) = cell.parent {
                *sums.entry(parent).or_default() += cell.count;
            }
        }
        for (parent, sum) in sums {
            cells[parent].count = sum;
        }
    }
}

/// A cell that nothing is known of.
const NOBODY: Cell = Cell {
    parent: None,
    count: 0,
    among: None,
    residents: None,
    is_known: false,
    is_dominated: false,
};

/// What the atlas shows of a topic before an import.
struct Before<'a> {
    topic: &'a OwnTopic,
    contents: &'a Contents,
    vintage: Vintage,
    year: Year,
}

impl Before<'_> {
    /// Whether the atlas shows the figure of a row as it is.
    fn shows(&self, row: &OwnRow) -> bool {
        let key = SeriesKey {
            indicator: self.topic.description.id.clone(),
            begin: None,
            year: self.year,
            vintage: self.vintage,
            level: row.level.clone(),
        };
        let Some(series) = self.contents.series.get(&key) else { return false };
        value_of(series, &row.code) == Some(row.value)
    }
}

fn value_of(series: &StoredSeries, code: &AreaCode) -> Option<Value> {
    series.binary_search_by(|row| row.code.cmp(code)).ok().map(|at| series[at].value)
}

/// How many people areas have, and are counted.
struct People<'a> {
    kind: Kind,
    residents: BTreeMap<&'a Level, &'a StoredSeries>,
    among: BTreeMap<&'a Level, &'a StoredSeries>,
    has_column: bool,
    water: BTreeSet<&'a AreaCode>,
}

impl<'a> People<'a> {
    fn of(topic: &OwnTopic, contents: &'a Contents, vintage: Vintage, year: Year) -> Self {
        // Of the year, else of the nearest within three.
        let nearest = |id: &str| {
            let mut found: BTreeMap<&Level, (u16, &StoredSeries)> = BTreeMap::new();
            for (key, series) in &contents.series {
                let away = key.year.get().abs_diff(year.get());
                let fits = key.indicator == id && key.vintage == vintage && key.begin.is_none();
                if fits && away <= 3 {
                    let best = found.entry(&key.level).or_insert((away, series));
                    if away < best.0 {
                        *best = (away, series);
                    }
                }
            }
            found.into_iter().map(|(level, (_, series))| (level, series)).collect()
        };
        Self {
            kind: topic.description.soort,
            residents: nearest(RESIDENTS),
            among: topic.description.noemer.as_deref().map(nearest).unwrap_or_default(),
            has_column: topic.description.noemerkolom.is_some(),
            water: contents
                .areas
                .iter()
                .filter(|((of, _), _)| *of == vintage)
                .flat_map(|(_, areas)| &areas.areas)
                .filter(|area| area.flags.contains(&Flag::Water))
                .map(|area| &area.code)
                .collect(),
        }
    }

    fn cell(&self, row: &OwnRow, parent: Option<usize>, is_known: bool) -> Cell {
        let whole = |number: f64| number.round().max(0.0) as u64;
        let of = |series: &BTreeMap<&Level, &StoredSeries>| {
            value_of(series.get(&row.level)?, &row.code)?.number().map(whole)
        };
        let residents = of(&self.residents);
        let among = if self.has_column { row.among.map(whole) } else { of(&self.among) };
        let number = row.value.number().unwrap_or_default();
        // Nobody where nobody lives is no secret.
        let is_empty = residents == Some(0) || self.water.contains(&row.code);
        let among = if number == 0.0 && is_empty { Some(0) } else { among };
        let cell =
            Cell { parent, among, residents, is_known, is_dominated: row.is_dominated, ..NOBODY };
        if let Some(count) = row.contributors {
            return Cell { count, among: among.filter(|_| is_empty), ..cell };
        }
        match self.kind {
            Kind::Aantal => Cell { count: whole(number), ..cell },
            // Where nobody knows of how many, it may be few: then it is hidden.
            Kind::Aandeel => match among {
                Some(among) => Cell { count: whole(number / 100.0 * among as f64), ..cell },
                None => Cell { count: 0, ..cell },
            },
            // A mean of few tells of each. What it is a mean of is no secret, the mean is: one that
            // is hidden alone follows from the others, two do not.
            Kind::Gemiddelde | Kind::Score | Kind::Klasse => {
                Cell { count: among.unwrap_or(ENOUGH), among: None, ..cell }
            }
        }
    }
}

/// A count of people that is never too small: where nobody says how many a mean is of.
const ENOUGH: u64 = 1000;
