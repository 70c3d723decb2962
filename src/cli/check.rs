//! `wijkzicht check`.

mod transition;

use std::{io::Write, path::PathBuf};

use clap::Args;

use crate::{
    area::Year,
    geodata,
    store::{Finding, Inspection, SeriesInspection},
};

use super::{CommandError, contents_at, own};

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The atlas to look into
    #[arg(long, value_name = "ATLAS")]
    data: PathBuf,
    /// A folder with own figures: says what an import of it would do
    #[arg(value_name = "FOLDER")]
    own: Option<PathBuf>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) fn run(self) -> Result<(), CommandError> {
        if let Some(folder) = &self.own {
            return own::look(&self.data, folder, self.json);
        }
        let contents = contents_at(&self.data)?;
        let inspection = Inspection::of(contents, &geodata::catalogue()?);
        let mut out = std::io::stdout().lock();
        if self.json {
            serde_json::to_writer_pretty(&mut out, &inspection)?;
            writeln!(out)?;
        } else {
            print(&mut out, &inspection)?;
        }
        Ok(())
    }
}

fn print(out: &mut impl Write, inspection: &Inspection) -> std::io::Result<()> {
    let fictional = if inspection.fictional { ", fictional" } else { "" };
    writeln!(out, "version {}{fictional}", inspection.version)?;
    let grid = if inspection.has_grid {
        "with the official grid, within 2 mm"
    } else {
        "without the official grid (import --rd-grid), within 0.25 m"
    };
    writeln!(out, "RD and ETRS89: {grid}")?;
    for coverage in &inspection.coverages {
        writeln!(
            out,
            "{} {}: {} areas ({} water) in {} gemeenten, {} vertices, {} repaired; {}",
            coverage.level,
            coverage.vintage,
            coverage.areas,
            coverage.water,
            coverage.gemeenten,
            coverage.vertices,
            coverage.repaired,
            coverage.file
        )?;
    }
    for addresses in &inspection.addresses {
        writeln!(
            out,
            "addresses {}: {} of {} postcodes, {} of those in several buurten",
            addresses.vintage, addresses.addresses, addresses.postcodes, addresses.split
        )?;
    }
    for recodes in &inspection.recodes {
        writeln!(
            out,
            "{} {}: {} codes in the place of others",
            recodes.level, recodes.vintage, recodes.count
        )?;
    }
    inspection.transitions.iter().try_for_each(|one| transition::print(out, one))?;
    inspection.series.iter().try_for_each(|series| print_series(out, series))?;
    for source in &inspection.sources {
        let from = &source.provenance;
        writeln!(out, "{}: {}, {}, {}", from.file, from.publisher, from.licence, source.retrieved)?;
    }
    match inspection.findings.len() {
        0 => writeln!(out, "nothing found that is wrong"),
        count => {
            writeln!(out, "{count} findings:")?;
            inspection.findings.iter().try_for_each(|finding| print_finding(out, finding))
        }
    }
}

fn print_series(out: &mut impl Write, series: &SeriesInspection) -> std::io::Result<()> {
    let since = series.begin.map(|year: Year| format!("{year} to ")).unwrap_or_default();
    let floats = if series.floats { " (as its codes match)" } else { "" };
    let residents =
        series.residents.map_or_else(String::new, |part| format!(", {part}% of residents"));
    let missing: Vec<_> = series
        .missing
        .iter()
        .map(|(reason, count)| format!("{count} {}", reason.as_str()))
        .collect();
    let missing =
        if missing.is_empty() { String::new() } else { format!("; {}", missing.join(", ")) };
    let waiting = match series.waiting {
        0 => String::new(),
        waiting => format!("; {waiting} values without a shape"),
    };
    writeln!(
        out,
        "{} {since}{} {} on division {}{floats}: {} of {} areas{residents}{missing}{waiting}",
        series.indicator,
        series.year,
        series.level,
        series.vintage,
        series.with_value,
        series.areas
    )
}

fn print_finding(out: &mut impl Write, finding: &Finding) -> std::io::Result<()> {
    let place = finding.vintage.map_or_else(String::new, |vintage| format!("division {vintage}: "));
    let examples: Vec<_> = finding.examples.iter().map(ToString::to_string).collect();
    let examples = match examples.len() {
        0 => String::new(),
        _ => format!(
            " ({}{})",
            examples.join(", "),
            if finding.count > examples.len() { ", …" } else { "" }
        ),
    };
    writeln!(out, "  {place}{}{examples}", finding.text)
}
