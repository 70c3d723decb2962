//! Files into an atlas: read, repair, merge, replace.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
    time::Instant,
};

use rayon::prelude::*;

use crate::{
    area::{AreaCode, Flag, Level, Vintage},
    coverage::{self, Repair, Shape, ShapeError, Tolerance, Topology},
    crs::{CorrectionGrid, GridError},
    indicator::{Catalogue, Series, SeriesKey},
    source::{self, AreaRecord, AreaTable, Delivery, Dialects, ReadOptions, SourceError},
};

use super::{
    Areas, AreasReport, ChangeRecord, Contents, FileReport, FitChange, FitReport, ImportReport,
    JoinReport, RepairReport, Store, StoreError, StoredArea, change::Before,
};

/// How many codes without a shape a report names.
const EXAMPLES: usize = 5;

/// A change of an area's size that is told, square metres.
const TOLD_M2: f64 = 0.01;

/// What an import is told.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// How files are read.
    pub read: ReadOptions,
    /// The official correction grid, to keep in the atlas.
    pub rd_grid: Option<PathBuf>,
    /// The day to write beside new sources, `2026-11-21`.
    pub today: String,
    /// Now, in UTC, to write beside what changed: `2026-11-21T09:30:00Z`.
    pub moment: String,
    /// The days on which files were fetched, where that was not today.
    pub retrieved: BTreeMap<PathBuf, String>,
}

/// Why an import failed. The atlas is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A shape cannot be repaired.
    #[error("{file}: record {record} ({code}): {source}")]
    Shape {
        /// The file.
        file: String,
        /// The record, counted from 1.
        record: u64,
        /// The area.
        code: String,
        /// What is wrong with it.
        source: ShapeError,
    },
    /// The correction grid cannot be read.
    #[error(transparent)]
    Grid(#[from] GridError),
    /// The atlas cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is nothing to do.
    #[error("no file given: name at least one file to import, or --rd-grid")]
    Nothing,
    /// A fictional and a real country do not mix.
    #[error("{0} holds a fictional country: import real files into an atlas of their own")]
    Fictional(String),
}

/// Imports `files` into `store`; `name` is what the report calls it, `progress` is told of each
/// step. A failure leaves the store as it was.
///
/// # Errors
/// When a file cannot be read, a shape not repaired, or the atlas not written.
pub fn import(
    store: &dyn Store,
    name: &str,
    files: &[PathBuf],
    options: &ImportOptions,
    dialects: &Dialects,
    catalogue: &Catalogue,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<ImportReport, ImportError> {
    let started = Instant::now();
    if files.is_empty() && options.rd_grid.is_none() {
        return Err(ImportError::Nothing);
    }
    let waits = || progress(&format!("waits for another import into {name}"));
    let _lock = store.lock(&waits)?;
    let grid = options.rd_grid.as_deref().map(CorrectionGrid::read).transpose()?;
    let (before, prepared) = rayon::join(
        || store.read(),
        || {
            files
                .par_iter()
                .map(|file| {
                    progress(&format!("reads {}", file.display()));
                    prepare(source::read(file, &options.read, dialects, catalogue)?)
                })
                .collect::<Result<Vec<_>, ImportError>>()
        },
    );
    let mut contents = before?.unwrap_or_default();
    let outdated = store.is_outdated()?;
    let prepared = prepared?;
    if contents.fictional {
        return Err(ImportError::Fictional(name.to_owned()));
    }
    let before =
        (!contents.sources.is_empty()).then(|| (contents.version(), contents.sources.clone()));
    // What is remembered is told to everybody.
    let public_before = before.as_ref().map(|_| contents.public_version());
    let looked_at = Before::of(&contents, prepared.iter().map(|part| &part.delivery));
    let (mut reports, mut codes) = (Vec::new(), Vec::new());
    for (file, part) in files.iter().zip(prepared) {
        codes.push(codes_of(&part.delivery));
        let day = options.retrieved.get(file).unwrap_or(&options.today);
        reports.push(absorb(&mut contents, part, day));
    }
    if grid.is_some() {
        contents.grid = grid;
    }
    contents.renumber();
    for (report, codes) in reports.iter_mut().zip(codes) {
        report.joins = joins(&contents, codes);
    }
    let version = contents.version();
    let changed = before.as_ref().is_none_or(|(before, _)| *before != version);
    let sources_changed = before.as_ref().is_none_or(|(_, sources)| *sources != contents.sources);
    let changes = looked_at.compare(&contents);
    let record = (changed || !changes.is_empty()).then(|| ChangeRecord {
        moment: options.moment.clone(),
        before: public_before,
        after: contents.public_version(),
        changes,
    });
    if let Some(record) = &record {
        contents.remember(record.clone());
    }
    if changed || outdated || sources_changed {
        progress("orders the borders");
        contents.derive();
        progress("writes the atlas");
        store.replace(&contents)?;
    }
    let seconds = started.elapsed().as_secs_f64();
    let atlas = name.to_owned();
    Ok(ImportReport { atlas, version, changed, changes: record, files: reports, seconds })
}

/// Contents of deliveries that come from no file: the demo.
///
/// # Errors
/// When a shape cannot be repaired.
pub fn contents_of(deliveries: Vec<Delivery>, today: &str) -> Result<Contents, ImportError> {
    let mut contents = Contents::default();
    for delivery in deliveries {
        let part = prepare(delivery)?;
        absorb(&mut contents, part, today);
    }
    contents.derive();
    Ok(contents)
}

/// A delivery whose shapes are repaired.
struct Prepared {
    delivery: Delivery,
    areas: Vec<PreparedAreas>,
}

/// Areas that fit each other.
struct PreparedAreas {
    vintage: Vintage,
    level: Level,
    areas: Vec<StoredArea>,
    topology: Topology,
    repaired: Vec<RepairReport>,
    fitted: FitReport,
}

fn prepare(mut delivery: Delivery) -> Result<Prepared, ImportError> {
    let file = &delivery.provenance.file;
    let areas = std::mem::take(&mut delivery.tables)
        .into_iter()
        .map(|AreaTable { vintage, level, areas }| {
            let (areas, repaired) = repair(file, areas)?;
            let (areas, topology, fitted) = fit(areas);
            Ok(PreparedAreas { vintage, level, areas, topology, repaired, fitted })
        })
        .collect::<Result<_, ImportError>>()?;
    Ok(Prepared { delivery, areas })
}

/// Areas with the shape that is valid, before they are made to fit.
type ValidAreas = Vec<(StoredArea, Shape)>;

fn repair(
    file: &str,
    records: Vec<AreaRecord>,
) -> Result<(ValidAreas, Vec<RepairReport>), ImportError> {
    let repaired = records
        .into_par_iter()
        .map(|record| {
            let (shape, repair) =
                coverage::repair(&record.shape).map_err(|source| ImportError::Shape {
                    file: file.to_owned(),
                    record: record.record,
                    code: record.code.to_string(),
                    source,
                })?;
            let repaired = in_words(&repair);
            let note = (!repaired.is_empty()).then(|| RepairReport {
                code: record.code.to_string(),
                record: record.record,
                repaired: repaired.clone(),
            });
            let mut flags = record.flags;
            flags.sort_unstable();
            let area = StoredArea {
                code: record.code,
                name: record.name,
                gemeente: record.gemeente.unwrap_or_default(),
                flags,
                repaired,
            };
            Ok(((area, shape), note))
        })
        .collect::<Result<Vec<_>, ImportError>>()?;
    let mut areas = Vec::with_capacity(repaired.len());
    let mut notes = Vec::new();
    for (area, note) in repaired {
        areas.push(area);
        notes.extend(note);
    }
    areas.sort_unstable_by(|(a, _), (b, _)| a.code.cmp(&b.code));
    Ok((areas, notes))
}

/// Makes one coverage of shapes, in the order of their areas. An area of which nothing is left,
/// since others cover it wholly, has no shape: it is left out, and named.
pub(crate) fn fit(areas: Vec<(StoredArea, Shape)>) -> (Vec<StoredArea>, Topology, FitReport) {
    let (mut areas, mut shapes): (Vec<StoredArea>, Vec<Shape>) = areas.into_iter().unzip();
    let mut report = FitReport::default();
    loop {
        let (topology, cleaning) = Topology::of(&shapes, Tolerance::default());
        let code = |at: u32| areas[at as usize].code.clone();
        let is_empty = |at: &usize| topology.rings().polygons(*at).len() == 0;
        let vanished: Vec<usize> = (0..areas.len()).filter(is_empty).collect();
        if !vanished.is_empty() {
            report.vanished.extend(vanished.iter().map(|&at| areas[at].code.clone()));
            for at in vanished.into_iter().rev() {
                areas.remove(at);
                shapes.remove(at);
            }
            continue;
        }
        report.overlaps = cleaning.overlaps.len();
        report.overlaps_m2 = cleaning.overlaps.iter().map(|overlap| overlap.m2).sum();
        report.gaps = cleaning.gaps.len();
        report.gaps_m2 = cleaning.gaps.iter().map(|gap| gap.m2).sum();
        report.unsettled = cleaning.unsettled.iter().map(|&at| code(at)).collect();
        let sizes = shapes.iter().map(Shape::area_m2).zip(topology.sizes());
        report.changed = sizes
            .zip(&areas)
            .map(|((before, after), area)| (area.code.clone(), after - before))
            .filter(|(_, change)| change.abs() >= TOLD_M2)
            .map(|(code, change_m2)| FitChange { code, change_m2 })
            .collect();
        return (areas, topology, report);
    }
}

/// What was repaired, in words; empty for a shape that was valid.
fn in_words(repair: &Repair) -> String {
    if repair.was_valid {
        return String::new();
    }
    let faults: Vec<_> = repair
        .faults
        .iter()
        .map(
            |(fault, count)| {
                if *count > 1 { format!("{count} x {fault}") } else { fault.to_string() }
            },
        )
        .collect();
    format!("{}; area {:+.3} m2", faults.join(", "), repair.area_change_m2)
}

fn absorb(contents: &mut Contents, part: Prepared, today: &str) -> FileReport {
    let Prepared { delivery, areas } = part;
    let source = contents.source(delivery.provenance.clone(), today);
    let mut report = FileReport {
        provenance: delivery.provenance,
        tables: delivery.notes,
        ignored_tables: delivery.ignored_tables,
        areas: Vec::new(),
        taken: 0,
        agreeing: 0,
        rounded: 0,
        disagreeing: 0,
        disagreements: Vec::new(),
        recoded: 0,
        joins: Vec::new(),
    };
    let mut levels: BTreeMap<Vintage, BTreeSet<Level>> = BTreeMap::new();
    for PreparedAreas { vintage, level, .. } in &areas {
        levels.entry(*vintage).or_default().insert(level.clone());
    }
    for PreparedAreas { vintage, level, areas, topology, repaired, fitted } in areas {
        let here = levels.get(&vintage);
        let nested = Level::CBS.iter().filter(|level| here.is_some_and(|l| l.contains(level)));
        let nested = u8::try_from(nested.count()).unwrap_or_default();
        let offered = Areas { source, nested, areas, topology: Arc::new(topology) };
        let water = offered.areas.iter().filter(|area| area.flags.contains(&Flag::Water)).count();
        let (count, vertices) = (offered.areas.len(), offered.vertices());
        let taken = contents.merge_areas(vintage, level.clone(), offered);
        report.areas.push(AreasReport {
            vintage,
            level,
            areas: count,
            water,
            vertices,
            repaired,
            fitted,
            taken,
        });
    }
    let notes = delivery
        .series
        .into_iter()
        .map(|series| (false, series))
        .chain(delivery.floating.into_iter().map(|series| (true, series)))
        .map(|(floats, series)| {
            if floats {
                contents.merge_floating(series, source)
            } else {
                contents.merge_series(series, source)
            }
        })
        .collect::<Vec<_>>();
    for note in notes {
        report.rounded += note.rounded;
        report.taken += note.taken;
        report.agreeing += note.agreeing;
        report.disagreeing += note.disagreeing;
        report.disagreements.extend(note.examples);
        report.disagreements.truncate(EXAMPLES);
    }
    for recode in delivery.recodes {
        report.recoded += recode.pairs.len();
        contents.merge_recode(recode, source);
    }
    for (vintage, table) in delivery.addresses {
        contents.merge_addresses(vintage, table, source);
    }
    report
}

/// The codes that a file gives values for, per division and level.
#[derive(Default)]
struct Codes {
    of_division: BTreeMap<(Vintage, Level), BTreeSet<AreaCode>>,
    floating: BTreeMap<SeriesKey, BTreeSet<AreaCode>>,
}

fn codes_of(delivery: &Delivery) -> Codes {
    let mut codes = Codes::default();
    let of =
        |series: &Series| series.values.iter().map(|(code, _)| code.clone()).collect::<Vec<_>>();
    for series in &delivery.series {
        let key = (series.key.vintage, series.key.level.clone());
        codes.of_division.entry(key).or_default().extend(of(series));
    }
    for series in &delivery.floating {
        codes.floating.entry(series.key.clone()).or_default().extend(of(series));
    }
    for (vintage, table) in &delivery.addresses {
        let key = (*vintage, Level::Buurt);
        codes.of_division.entry(key).or_default().extend(table.codes().iter().cloned());
    }
    codes
}

/// How codes meet the shapes that the atlas has now.
fn joins(contents: &Contents, codes: Codes) -> Vec<JoinReport> {
    let Codes { mut of_division, floating } = codes;
    let divisions = contents.divisions_of_floating();
    for (key, codes) in floating {
        let vintage = divisions.get(&key).copied().unwrap_or(key.vintage);
        of_division.entry((vintage, key.level)).or_default().extend(codes);
    }
    of_division
        .into_iter()
        .map(|((vintage, level), codes)| {
            let areas = contents.areas.get(&(vintage, level.clone()));
            let has_shape = |code: &AreaCode| areas.is_some_and(|areas| areas.get(code).is_some());
            let all = codes.len();
            let without: Vec<_> = codes.into_iter().filter(|code| !has_shape(code)).collect();
            JoinReport {
                vintage,
                level,
                matched: all - without.len(),
                unmatched: without.len(),
                examples: without.into_iter().take(EXAMPLES).collect(),
            }
        })
        .collect()
}
