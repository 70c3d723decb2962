//! `wijkzicht import`.

use std::{io::Write, path::PathBuf};

use clap::Args;

use crate::{
    area::{Level, Vintage, Year},
    geodata,
    source::{Dialect, Dialects, Origin, ReadOptions, TableNote},
    store::{self, ChangeRecord, FileReport, FitReport, GpkgStore, ImportOptions, ImportReport},
};

use super::{CommandError, now, own, progress::Progress, today};

/// How many repaired shapes are named on the screen; `--json` names all.
const REPAIRS_SHOWN: usize = 20;

/// How many series that changed are shown on the screen; `--json` shows all.
const CHANGES_SHOWN: usize = 20;

/// Arguments of `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// The atlas: made when it is not there, else added to
    #[arg(long, value_name = "ATLAS")]
    data: PathBuf,
    /// The year of the figures, where the file does not say it
    #[arg(long, value_name = "YEAR")]
    year: Option<Year>,
    /// The year of the division that the codes belong to, where the file does not say it
    #[arg(long, value_name = "YEAR")]
    vintage: Option<Vintage>,
    /// The level of the areas: gemeenten, wijken, buurten
    #[arg(long)]
    level: Option<Level>,
    /// The official correction grid between RD and ETRS89 (rdcorr2018, zip or text), kept in the
    /// atlas
    #[arg(long, value_name = "FILE")]
    rd_grid: Option<PathBuf>,
    /// Read the files in this dialect (TOML, see docs/voorbeeld-dialect.toml) and no other
    #[arg(long, value_name = "FILE")]
    dialect: Option<PathBuf>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
    /// Of own figures, take the rows that can be used and leave out the others
    #[arg(long)]
    accept_partial: bool,
    /// Files to import: GeoPackage, shapefile (.shp or .dbf), GeoJSON, CSV, XLSX; or a folder with
    /// own figures
    files: Vec<PathBuf>,
}

impl Import {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let (folders, files): (Vec<_>, Vec<_>) =
            self.files.into_iter().partition(|path| path.is_dir());
        if !folders.is_empty() {
            if !files.is_empty() {
                return Err("a folder with own figures is imported by itself, without files".into());
            }
            return own::import(&self.data, &folders, self.accept_partial, self.json);
        }
        let catalogue = geodata::catalogue()?;
        let dialects = match &self.dialect {
            Some(path) => Dialects::only(Dialect::read(path)?),
            None => Dialects::built_in()?,
        };
        let options = ImportOptions {
            read: ReadOptions { year: self.year, vintage: self.vintage, level: self.level },
            rd_grid: self.rd_grid,
            today: today(),
            moment: now(),
            ..ImportOptions::default()
        };
        let name = self.data.display().to_string();
        let progress = Progress::new();
        let store = GpkgStore::new(self.data);
        let imported =
            store::import(&store, &name, &files, &options, &dialects, &catalogue, &|step| {
                progress.tell(step);
            });
        progress.end();
        let report = imported?;
        let mut out = std::io::stdout().lock();
        if self.json {
            serde_json::to_writer_pretty(&mut out, &report)?;
            writeln!(out)?;
        } else {
            print(&mut out, &report)?;
        }
        Ok(())
    }
}

pub(super) fn print(out: &mut impl Write, report: &ImportReport) -> std::io::Result<()> {
    for file in &report.files {
        print_file(out, file)?;
    }
    let changed = if report.changed { "" } else { ", nothing new" };
    if let Some(record) = &report.changes {
        print_changes(out, record)?;
    }
    writeln!(out, "{}: version {}{changed}, {:.1} s", report.atlas, report.version, report.seconds)
}

/// What the import changed, as the atlas keeps it.
fn print_changes(out: &mut impl Write, record: &ChangeRecord) -> std::io::Result<()> {
    match &record.before {
        Some(before) => writeln!(out, "changed since version {before}:")?,
        None => writeln!(out, "new:")?,
    }
    let changes = &record.changes;
    for areas in &changes.areas {
        let redrawn = if areas.is_redrawn { "; borders of another file" } else { "" };
        writeln!(
            out,
            "  {} of {}: {} new, {} gone{redrawn}",
            areas.level, areas.vintage, areas.added, areas.gone
        )?;
    }
    for addresses in &changes.addresses {
        writeln!(
            out,
            "  postcodes of {}: {}, were {}",
            addresses.vintage, addresses.after, addresses.before
        )?;
    }
    for figures in changes.figures.iter().take(CHANGES_SHOWN) {
        let since = figures.begin.map(|year| format!(" since {year}")).unwrap_or_default();
        let reasons = match figures.reasons {
            0 => String::new(),
            count => format!(", {count} without a number for another reason"),
        };
        writeln!(
            out,
            "  {} {}{since}, {} of {}: {} new, {} changed, {} gone{reasons}",
            figures.indicator,
            figures.year,
            figures.level,
            figures.vintage,
            figures.added,
            figures.changed,
            figures.gone
        )?;
    }
    if changes.figures.len() > CHANGES_SHOWN {
        writeln!(out, "  and {} more (--json)", changes.figures.len() - CHANGES_SHOWN)?;
    }
    let (added, changed, gone) = changes.totals();
    writeln!(out, "  figures in all: {added} new, {changed} changed, {gone} gone")
}

fn print_file(out: &mut impl Write, report: &FileReport) -> std::io::Result<()> {
    let from = &report.provenance;
    let delivery = if from.delivery.is_empty() { "" } else { " " };
    writeln!(
        out,
        "{}\n  dialect {}; {}{delivery}{}, {}",
        from.file, from.dialect, from.publisher, from.delivery, from.licence
    )?;
    for table in &report.tables {
        print_table(out, table)?;
    }
    for ignored in &report.ignored_tables {
        writeln!(out, "  {}: not read: {}", ignored.table, ignored.reason)?;
    }
    for areas in &report.areas {
        let kept = if areas.taken { "" } else { "; NOT taken: the atlas has better shapes" };
        writeln!(
            out,
            "  shapes of {} {}: {} areas ({} water), {} vertices, {} repaired{kept}",
            areas.level,
            areas.vintage,
            areas.areas,
            areas.water,
            areas.vertices,
            areas.repaired.len()
        )?;
        for repair in areas.repaired.iter().take(REPAIRS_SHOWN) {
            writeln!(out, "    {} (record {}): {}", repair.code, repair.record, repair.repaired)?;
        }
        if areas.repaired.len() > REPAIRS_SHOWN {
            writeln!(out, "    and {} more (--json)", areas.repaired.len() - REPAIRS_SHOWN)?;
        }
        print_fitted(out, &areas.fitted)?;
    }
    if report.recoded > 0 {
        writeln!(out, "  {} codes in the place of others", report.recoded)?;
    }
    if report.taken + report.agreeing + report.rounded + report.disagreeing > 0 {
        writeln!(
            out,
            "  values: {} taken, {} the same as before, {} the same but for rounding, {} differ from \
             another file",
            report.taken, report.agreeing, report.rounded, report.disagreeing
        )?;
    }
    for example in &report.disagreements {
        writeln!(out, "    {example}")?;
    }
    for join in &report.joins {
        let examples: Vec<_> = join.examples.iter().map(ToString::to_string).collect();
        let examples = match examples.len() {
            0 => String::new(),
            _ => format!(", such as {}", examples.join(", ")),
        };
        writeln!(
            out,
            "  joined to {} {}: {} codes with a shape, {} without{examples}",
            join.level, join.vintage, join.matched, join.unmatched
        )?;
    }
    Ok(())
}

/// How shapes were made to fit each other, where anything was done.
fn print_fitted(out: &mut impl Write, fitted: &FitReport) -> std::io::Result<()> {
    if fitted.overlaps + fitted.gaps > 0 {
        writeln!(
            out,
            "    {} overlaps ({:.0} m2) and {} narrow gaps ({:.0} m2) between areas mended; {} areas \
             changed in size",
            fitted.overlaps,
            fitted.overlaps_m2,
            fitted.gaps,
            fitted.gaps_m2,
            fitted.changed.len()
        )?;
    }
    for (codes, what) in [
        (&fitted.vanished, "left out: other areas cover it wholly"),
        (&fitted.unsettled, "its borders cross a neighbour's, and could not be mended"),
    ] {
        for code in codes.iter().take(REPAIRS_SHOWN) {
            writeln!(out, "    {code}: {what}")?;
        }
        if codes.len() > REPAIRS_SHOWN {
            writeln!(out, "    and {} more (--json)", codes.len() - REPAIRS_SHOWN)?;
        }
    }
    Ok(())
}

fn print_table(out: &mut impl Write, table: &TableNote) -> std::io::Result<()> {
    let guess = |origin: Origin| if origin == Origin::FileName { " (a guess)" } else { "" };
    let years: Vec<_> = table.years.iter().map(ToString::to_string).collect();
    let missing: Vec<_> =
        table.missing.iter().map(|(reason, n)| format!("{n} {}", reason.as_str())).collect();
    writeln!(
        out,
        "  {}: {} records, {}{}, division {}{}{}{}{}: {} numbers{}{}",
        table.table,
        table.records,
        table.level,
        guess(table.level_from),
        table.vintage,
        guess(table.vintage_from),
        if years.is_empty() { "" } else { ", years " },
        years.join(" "),
        guess(table.years_from),
        table.numbers,
        if missing.is_empty() { "" } else { ", missing: " },
        missing.join(", ")
    )?;
    if table.addresses > 0 {
        writeln!(out, "    {} addresses", table.addresses)?;
    }
    if !table.ignored_columns.is_empty() {
        writeln!(out, "    columns not used: {}", table.ignored_columns.join(" "))?;
    }
    if table.skipped_count > 0 {
        writeln!(out, "    {} records left out:", table.skipped_count)?;
        for skipped in &table.skipped {
            writeln!(out, "      record {}: {}", skipped.record, skipped.reason)?;
        }
    }
    Ok(())
}
