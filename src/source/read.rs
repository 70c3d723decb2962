//! One file becomes one delivery.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use crate::{
    area::{Level, Vintage, Year},
    indicator::{Catalogue, Reason, Series, SeriesKey, Value},
};

use super::{
    AreaTable, Delivery, Dialect, Dialects, IgnoredTable, Origin, Provenance, SourceError,
    TableNote,
    csv::CsvFile,
    dialect::{EmptyColumn, VintageRule},
    error::{Place, io},
    fingerprint::{fingerprint, year_in_name},
    geopackage::GeoPackage,
    harvest::{Group, Harvest},
    plan::Plan,
    shapefile::Shapefile,
    table::{Head, Tables},
    xlsx::Workbook,
};

/// What whoever imports a file says of it; it goes before what the file says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The year of the figures.
    pub year: Option<Year>,
    /// The division that the codes belong to.
    pub vintage: Option<Vintage>,
    /// The level of the codes.
    pub level: Option<Level>,
}

/// Reads one file: its areas, its values, and a note on each table.
///
/// Streams records; holds the shapes and values of the delivery itself. Changes nothing on disk.
/// Year and level come from the options, else a column, else the name of a layer, else the
/// dialect, else (a guess) the file's name; the vintage from the options, else the dialect's rule.
///
/// # Errors
/// When the file or a record in it is not what it must be; the message names file, table, record,
/// column and what was expected.
pub fn read(
    path: &Path,
    options: &ReadOptions,
    dialects: &Dialects,
    catalogue: &Catalogue,
) -> Result<Delivery, SourceError> {
    let (mut tables, parts) = open(path)?;
    let heads = tables.heads().to_vec();
    let (dialect, chosen, ignored_tables) = choose(path, &heads, options, dialects)?;

    let name_year = year_in_name(path);
    let mut plans = Vec::new();
    for (at, form) in chosen {
        let Some(head) = heads.get(at) else { continue };
        let place = Place { table: head.name.clone(), ..Place::file(path) };
        let plan = Plan::make(&place, head, dialect, form, options, catalogue, name_year)?;
        plans.push((at, place, plan));
    }
    let mut harvests = Vec::new();
    for (at, place, plan) in &plans {
        let mut harvest = Harvest::new(plan, place.clone());
        tables.read(*at, &plan.columns, &mut |row| harvest.take(row))?;
        harvests.push((place, plan, harvest));
    }
    if harvests.iter().all(|(.., harvest)| harvest.records == 0) {
        return Err(SourceError::Empty(Box::new(Place::file(path)), "at least one record"));
    }

    let (checksum, size) = fingerprint(&parts)?;
    let text = |part: Option<&std::ffi::OsStr>| {
        part.map_or_else(String::new, |part| part.to_string_lossy().into_owned())
    };
    let provenance = Provenance {
        file: text(path.file_name()),
        checksum,
        size,
        publisher: dialect.publisher.clone(),
        licence: dialect.licence.clone(),
        delivery: dialect.delivery_of(&text(path.file_stem())).unwrap_or_default(),
        dialect: dialect.id.to_string(),
    };
    let mut delivery = Delivery {
        provenance,
        tables: Vec::new(),
        series: Vec::new(),
        notes: Vec::new(),
        ignored_tables,
    };
    let newest = harvests.iter().flat_map(|(_, plan, harvest)| years(plan, harvest)).max();
    let division = Division { said: options.vintage, rule: dialect.vintage, newest };
    let mut given = BTreeMap::new();
    for (place, plan, harvest) in harvests {
        store(&mut delivery, &mut given, &division, place, plan, harvest)?;
    }
    Ok(delivery)
}

/// Opens a file by the ending of its name; with the files that its checksum is over.
fn open(path: &Path) -> Result<(Box<dyn Tables>, Vec<PathBuf>), SourceError> {
    let size = path.metadata().map_err(|error| io(path, error))?;
    if size.is_dir() {
        return Err(SourceError::Format(path.display().to_string()));
    }
    if size.len() == 0 {
        return Err(SourceError::Empty(Box::new(Place::file(path)), "a table of figures or areas"));
    }
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    let alone = vec![path.to_owned()];
    Ok(match extension.as_deref() {
        Some("gpkg") => (Box::new(GeoPackage::open(path)?), alone),
        Some("shp" | "dbf") => (Box::new(Shapefile::open(path)?), Shapefile::parts(path)),
        Some("csv" | "txt" | "tsv") => (Box::new(CsvFile::open(path)?), alone),
        Some("xlsx" | "xlsm") => (Box::new(Workbook::open(path)?), alone),
        _ => return Err(SourceError::Format(path.display().to_string())),
    })
}

/// The tables to read with their forms, and those that are left out.
type Choice<'a> = (&'a Dialect, Vec<(usize, &'a super::dialect::Form)>, Vec<IgnoredTable>);

/// Chooses the dialect of a file and the tables that it knows.
fn choose<'a>(
    path: &Path,
    heads: &[Head],
    options: &ReadOptions,
    dialects: &'a Dialects,
) -> Result<Choice<'a>, SourceError> {
    let known: Vec<_> = heads.iter().map(|head| dialects.recognise(head)).collect();
    let Some((dialect, _)) = known.iter().flatten().next() else {
        return Err(SourceError::Unknown {
            file: path.display().to_string(),
            found: describe(heads),
            nearest: dialects.nearest(heads),
        });
    };
    let at_level = |form: &super::dialect::Form| form.level == options.level;
    let only = options.level.is_some() && known.iter().flatten().any(|(_, form)| at_level(form));
    let (mut chosen, mut ignored) = (Vec::new(), Vec::new());
    for (at, (head, known)) in heads.iter().zip(&known).enumerate() {
        let reason = match known {
            None => dialect
                .ignored_tables
                .get(&head.name)
                .cloned()
                .unwrap_or_else(|| "no dialect knows its columns".to_owned()),
            Some((other, _)) if other.id != dialect.id => {
                format!("it is of dialect {}, the file is read in {}", other.id, dialect.id)
            }
            Some((_, form)) if only && !at_level(form) => "it is of another level".to_owned(),
            Some((_, form)) => {
                chosen.push((at, *form));
                continue;
            }
        };
        ignored.push(IgnoredTable { table: head.name.clone(), reason });
    }
    Ok((*dialect, chosen, ignored))
}

/// The tables of a file and their first columns, for a message.
fn describe(heads: &[Head]) -> String {
    const TABLES: usize = 4;
    const COLUMNS: usize = 12;
    let mut parts: Vec<_> = heads
        .iter()
        .take(TABLES)
        .map(|head| {
            let mut columns: Vec<String> =
                head.columns.iter().take(COLUMNS).map(|name| super::error::shorten(name)).collect();
            if head.columns.len() > COLUMNS {
                columns.push(format!("and {} more", head.columns.len() - COLUMNS));
            }
            let table = if head.name.is_empty() {
                String::new()
            } else {
                format!("table {} with ", head.name)
            };
            let list =
                if columns.is_empty() { "no columns".to_owned() } else { columns.join(", ") };
            format!("{table}{list}")
        })
        .collect();
    match heads.len() {
        0 => return "no tables".to_owned(),
        count if count > TABLES => parts.push(format!("{} more tables", count - TABLES)),
        _ => {}
    }
    parts.join("; ")
}

/// What says which division codes belong to.
struct Division {
    said: Option<Vintage>,
    rule: VintageRule,
    newest: Option<Year>,
}

impl Division {
    /// The division of figures of a year, and what says so.
    fn of(&self, year: Year, years_from: Origin) -> (Vintage, Origin) {
        match (self.said, self.rule) {
            (Some(vintage), _) => (vintage, Origin::Option),
            (None, VintageRule::Fixed(vintage)) => (vintage, Origin::Dialect),
            (None, VintageRule::NewestYear) => {
                (Vintage(self.newest.unwrap_or(year)), Origin::Dialect)
            }
            (None, VintageRule::Year) => (Vintage(year), years_from),
        }
    }
}

/// The years of a table's figures and shapes.
fn years(plan: &Plan<'_>, harvest: &Harvest<'_>) -> BTreeSet<Year> {
    let of_columns = plan.values.iter().filter_map(|column| column.years.year);
    harvest.groups.iter().filter_map(|group| group.year).chain(of_columns).collect()
}

/// What gives a series already, for a message.
type Given = BTreeMap<SeriesKey, String>;

/// Turns what was taken from one table into areas, series and a note.
fn store(
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
        let Group { level, begin, year, codes, values, areas, .. } = group;
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
            delivery.series.push(Series { key, values });
        }
        if let Some(year) = year.or_else(|| all_years.last().copied())
            && !areas.is_empty()
        {
            let (vintage, _) = division.of(year, plan.years_from);
            let same = |table: &&AreaTable| table.vintage == vintage && table.level == level;
            if delivery.tables.iter().any(|table| same(&table)) {
                return Err(SourceError::Twice {
                    file: place.file.clone(),
                    first: "another table or year".to_owned(),
                    second: table_name(place),
                    what: format!("the shapes of {level} {vintage}"),
                });
            }
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
        missing,
        ignored_columns: plan.ignored.clone(),
        skipped: harvest.skipped,
        skipped_count: harvest.skipped_count,
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
            let bare = Value::Missing(plan.dialect.missing.empty.unwrap_or(Reason::Onbekend));
            let mut values = groups.iter().filter_map(|group| group.values.get(at)).flatten();
            if !values.all(|value| *value == bare) {
                return;
            }
            for values in groups.iter_mut().filter_map(|group| group.values.get_mut(at)) {
                values.fill(Value::Missing(Reason::NogNietGepubliceerd));
            }
        }
    }
}

/// The table's name, or the file's where it has but one.
fn table_name(place: &Place) -> String {
    if place.table.is_empty() {
        Path::new(&place.file)
            .file_name()
            .map_or_else(|| place.file.clone(), |name| name.to_string_lossy().into_owned())
    } else {
        place.table.clone()
    }
}
