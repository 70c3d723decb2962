//! What was taken from tables becomes areas, series and notes.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use crate::{
    area::{Level, Year},
    indicator::{Reason, Series, SeriesKey, Value},
};

use super::{
    AreaTable, Delivery, Recode, SourceError, TableNote,
    division::Division,
    error::Place,
    harvest::{Group, Harvest},
    missing::EmptyColumn,
    plan::Plan,
};

/// The years of a table's figures and shapes.
pub fn years(plan: &Plan<'_>, harvest: &Harvest<'_>) -> BTreeSet<Year> {
    let of_columns = plan.values.iter().filter_map(|column| column.years.year);
    harvest.groups.iter().filter_map(|group| group.year).chain(of_columns).collect()
}

/// What gives a series already, for a message.
pub type Given = BTreeMap<SeriesKey, String>;

/// Turns what was taken from one table into areas, series and a note.
pub fn store(
    delivery: &mut Delivery,
    given: &mut Given,
    division: &Division,
    place: &Place,
    plan: &Plan<'_>,
    mut harvest: Harvest<'_>,
) -> Result<(), SourceError> {
    let all_years = years(plan, &harvest);
    let mut numbers = 0;
    let mut missing: BTreeMap<Reason, u64> = BTreeMap::new();
    for at in 0..plan.values.len() {
        judge_empty(plan, &mut harvest.groups, at);
    }
    let records = harvest.records;
    let mut levels: BTreeMap<Level, usize> = BTreeMap::new();
    for group in harvest.groups {
        *levels.entry(group.level.clone()).or_default() += group.codes.len();
        let Group { level, begin, year, codes, values, areas, formers, .. } = group;
        for (column, values) in plan.values.iter().zip(values) {
            let Some(year) = column.years.year.or(year) else { continue };
            if values.is_empty() {
                continue;
            }
            for value in &values {
                match value {
                    Value::Number(_) => numbers += 1,
                    Value::Missing(reason) => *missing.entry(*reason).or_default() += 1,
                }
            }
            let key = SeriesKey {
                indicator: column.indicator.id.clone(),
                begin: column.years.begin.or(begin),
                year,
                vintage: division.of(year, plan.years_from).0,
                level: level.clone(),
            };
            let by = format!("column {} of {}", column.name, table_name(place));
            if let Some(first) = given.insert(key.clone(), by.clone()) {
                return Err(SourceError::Twice {
                    file: place.file.clone(),
                    first,
                    second: by,
                    what: format!("{} {year} for {level}", column.indicator.id),
                });
            }
            let values = codes.iter().cloned().zip(values).collect();
            let series = Series { key, values };
            if division.floats() {
                delivery.floating.push(series);
            } else {
                delivery.series.push(series);
            }
        }
        let year = year.or_else(|| all_years.last().copied());
        if let Some(year) = year
            && !formers.is_empty()
        {
            let (vintage, _) = division.of(year, plan.years_from);
            delivery.recodes.push(Recode { vintage, level: level.clone(), pairs: formers });
        }
        if let Some(year) = year
            && !areas.is_empty()
        {
            let (vintage, _) = division.of(year, plan.years_from);
            delivery.tables.push(AreaTable { vintage, level, areas });
        }
    }
    // The note tells of the level that most records have, and of the newest division.
    let level = levels.into_iter().max_by_key(|(_, count)| *count).map(|(level, _)| level);
    let newest = all_years.last().copied();
    let (Some(level), Some(newest)) = (level.or(plan.fixed_level.clone()), newest) else {
        return Ok(());
    };
    let (vintage, vintage_from) = division.of(newest, plan.years_from);
    delivery.notes.push(TableNote {
        table: table_name(place),
        level,
        level_from: plan.level_from,
        vintage,
        vintage_from,
        years: all_years.into_iter().collect(),
        years_from: plan.years_from,
        records,
        shapes: harvest.shapes,
        numbers,
        addresses: 0,
        missing,
        ignored_columns: plan.ignored.clone(),
        skipped: harvest.skips.named,
        skipped_count: harvest.skips.count,
        repaired_names: harvest.repaired_names,
    });
    Ok(())
}

/// Gives a column without a single number the meaning that the dialect says it has.
fn judge_empty(plan: &Plan<'_>, groups: &mut [Group], at: usize) {
    let of = |group: &Group| {
        group.values.get(at).is_some_and(|v| v.iter().all(|v| v.number().is_none()))
    };
    match plan.dialect.missing.empty_column {
        None => {}
        Some(EmptyColumn::Skip) => {
            for group in groups.iter_mut().filter(|group| of(group)) {
                if let Some(values) = group.values.get_mut(at) {
                    values.clear();
                }
            }
        }
        Some(EmptyColumn::NogNietGepubliceerd) => {
            // Only what says no more than "empty": a column of secrets stays one of secrets.
            let bare = plan.dialect.missing.empty.unwrap_or(Reason::Onbekend);
            let threshold = plan.values.get(at).and_then(|column| column.threshold);
            let says_no_more = |reason| reason == bare || threshold.is_some_and(|t| t.2 == reason);
            let mut values = groups.iter().filter_map(|group| group.values.get(at)).flatten();
            if !values.all(|value| value.reason().is_some_and(says_no_more)) {
                return;
            }
            for values in groups.iter_mut().filter_map(|group| group.values.get_mut(at)) {
                values.fill(Value::Missing(Reason::NogNietGepubliceerd));
            }
        }
    }
}

/// The table's name, or the file's where it has but one.
pub fn table_name(place: &Place) -> String {
    if place.table.is_empty() {
        Path::new(&place.file)
            .file_name()
            .map_or_else(|| place.file.clone(), |name| name.to_string_lossy().into_owned())
    } else {
        place.table.clone()
    }
}
