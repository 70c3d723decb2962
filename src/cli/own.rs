//! Own figures on the command line: what is in a folder, and what of it is shown.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use crate::{
    geodata,
    own::{self, LevelReport, OwnOptions, OwnReport, RowFault, StoriesReport, TopicReport},
    store::GpkgStore,
};

use super::{CommandError, now, progress::Progress, today};

/// How many areas are named for each year; `--json` names all.
const AREAS_SHOWN: usize = 12;

/// Says what an import of a folder would do; changes nothing.
pub(super) fn look(data: &Path, folder: &Path, json: bool) -> Result<(), CommandError> {
    let options =
        OwnOptions { is_preview: true, accept_partial: true, today: today(), moment: now() };
    run(data, folder, &options, json).map(|_| ())
}

/// Imports folders with own figures.
pub(super) fn import(
    data: &Path,
    folders: &[PathBuf],
    accept_partial: bool,
    json: bool,
) -> Result<(), CommandError> {
    let options = OwnOptions { accept_partial, is_preview: false, today: today(), moment: now() };
    for folder in folders {
        let report = run(data, folder, &options, json)?;
        if !json {
            let changed = if report.changed { "" } else { ", nothing new" };
            println!("{}: version {}{changed}", data.display(), report.version);
        }
    }
    Ok(())
}

fn run(
    data: &Path,
    folder: &Path,
    options: &OwnOptions,
    json: bool,
) -> Result<OwnReport, CommandError> {
    let progress = Progress::new();
    let store = GpkgStore::new(data);
    let name = data.display().to_string();
    let mut told = Ok(());
    let mut tell = |report: &OwnReport| {
        progress.end();
        told = say(report, json);
    };
    let step = |step: &str| progress.tell(step);
    let catalogue = geodata::catalogue()?;
    let report = own::import(&store, &name, folder, &catalogue, options, &step, &mut tell);
    progress.end();
    told?;
    Ok(report?)
}

fn say(report: &OwnReport, json: bool) -> Result<(), std::io::Error> {
    let mut out = std::io::stdout().lock();
    if json {
        serde_json::to_writer_pretty(&mut out, report)?;
        return writeln!(out);
    }
    report.levels.iter().try_for_each(|level| print_level(&mut out, level))?;
    report.topics.iter().try_for_each(|topic| print(&mut out, topic))?;
    report.stories.iter().try_for_each(|stories| print_stories(&mut out, stories))
}

fn print_stories(out: &mut impl Write, of: &StoriesReport) -> std::io::Result<()> {
    let StoriesReport { collection, file, count, areas, .. } = of;
    let seen = seen(of.is_public);
    writeln!(out, "{collection}: {file}, {count} stories of {areas} areas; {seen}")?;
    print_rows(out, &of.remarks, &of.faults)
}

/// What is strange, and the rows that cannot be used.
fn print_rows(
    out: &mut impl Write,
    remarks: &[String],
    faults: &[RowFault],
) -> std::io::Result<()> {
    for remark in remarks {
        writeln!(out, "  note: {remark}")?;
    }
    for fault in faults {
        writeln!(out, "  {} line {}: {}", fault.file, fault.line, fault.reason)?;
    }
    Ok(())
}

fn print_level(out: &mut impl Write, level: &LevelReport) -> std::io::Result<()> {
    let seen = seen(level.is_public);
    let LevelReport { nest, fitted, .. } = level;
    writeln!(
        out,
        "{} of division {}: {}, {} areas; {seen}",
        level.level, level.vintage, level.file, nest.areas
    )?;
    for fault in &level.faults {
        writeln!(out, "  {} record {}: {}", fault.file, fault.line, fault.reason)?;
    }
    for code in &fitted.vanished {
        writeln!(out, "  {code}: lies wholly under others, and was left out")?;
    }
    if fitted.overlaps > 0 {
        writeln!(
            out,
            "  {} overlaps, {:.0} m2: each went to the smaller of the areas",
            fitted.overlaps, fitted.overlaps_m2
        )?;
    }
    if fitted.gaps > 0 {
        writeln!(out, "  {} narrow gaps, {:.0} m2, closed", fitted.gaps, fitted.gaps_m2)?;
    }
    for one in &nest.gemeenten {
        writeln!(out, "  {} {}: {:.1}% of its residents", one.code, one.name, one.part * 100.0)?;
    }
    if nest.beyond_m2 > 0.0 {
        writeln!(out, "  {:.0} m2 lies in no buurt of {}", nest.beyond_m2, level.vintage)?;
    }
    writeln!(
        out,
        "  {} of {} areas are made of whole buurten: their figures are added up, those of the others \
         estimated",
        nest.whole, nest.areas
    )?;
    for cut in nest.cuts.iter().take(AREAS_SHOWN) {
        let parts: Vec<_> = cut
            .parts
            .iter()
            .map(|(area, part)| format!("{:.1}% in {area}", part * 100.0))
            .collect();
        writeln!(out, "    cut: {}, {}", cut.buurt, parts.join(", "))?;
    }
    if let Some(more @ 1..) = nest.cuts.len().checked_sub(AREAS_SHOWN) {
        writeln!(out, "    and {more} more (--json)")?;
    }
    Ok(())
}

fn seen(is_public: bool) -> &'static str {
    if is_public { "public" } else { "internal, not public" }
}

fn print(out: &mut impl Write, topic: &TopicReport) -> std::io::Result<()> {
    let seen = seen(topic.is_public);
    writeln!(out, "{} ({}): {}, {} rows; {seen}", topic.name, topic.id, topic.file, topic.rows)?;
    print_rows(out, &topic.remarks, &topic.faults)?;
    if topic.unnamed > 0 {
        writeln!(out, "  and {} more lines that cannot be used", topic.unnamed)?;
    }
    for year in &topic.years {
        let hidden: Vec<_> =
            year.hidden.iter().map(|one| format!("{} {}", one.count, one.why)).collect();
        let hidden = if hidden.is_empty() { "nothing".to_owned() } else { hidden.join(", ") };
        writeln!(
            out,
            "  {}, division {}: {} figures shown; hidden: {hidden}",
            year.year, year.vintage, year.shown
        )?;
        for (code, why) in year.areas.iter().take(AREAS_SHOWN) {
            writeln!(out, "    {code}: {why}")?;
        }
        if let Some(more @ 1..) = year.areas.len().checked_sub(AREAS_SHOWN) {
            writeln!(out, "    and {more} more (--json)")?;
        }
    }
    Ok(())
}
