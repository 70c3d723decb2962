//! `wijkzicht check`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::{atlas::Atlas, store::Source};

use super::{CommandError, load};

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The atlas to look into
    #[arg(long, value_name = "ATLAS")]
    data: PathBuf,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

/// What an atlas holds.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct CheckReport<'a> {
    #[serde(rename = "versie")]
    version: &'a str,
    #[serde(rename = "fictief")]
    fictional: bool,
    /// Whether coordinates are brought over with the official grid, within 2 mm; else by the
    /// formulas alone, within 0.25 m.
    #[serde(rename = "rdGrid")]
    has_grid: bool,
    #[serde(rename = "vlakken")]
    coverages: Vec<CoverageReport>,
    #[serde(rename = "reeksen")]
    series: Vec<SeriesReport>,
    #[serde(rename = "bronnen")]
    sources: Vec<&'a Source>,
}

#[derive(Debug, Serialize)]
struct CoverageReport {
    #[serde(rename = "indeling")]
    vintage: u16,
    #[serde(rename = "niveau")]
    level: String,
    #[serde(rename = "gebieden")]
    areas: usize,
    water: usize,
    #[serde(rename = "hoekpunten")]
    vertices: usize,
}

#[derive(Debug, Serialize)]
struct SeriesReport {
    indicator: String,
    #[serde(rename = "sinds")]
    begin: Option<u16>,
    #[serde(rename = "jaar")]
    year: u16,
    #[serde(rename = "indeling")]
    vintage: u16,
    #[serde(rename = "niveau")]
    level: String,
    #[serde(rename = "gebieden")]
    areas: usize,
    #[serde(rename = "metWaarde")]
    with_value: usize,
    #[serde(rename = "zonderVlak")]
    waiting: usize,
}

impl Check {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let atlas = load(&self.data)?;
        let report = report(&atlas);
        if self.json {
            println!("{}", serde_json::to_string_pretty(&report)?);
        } else {
            print(&report);
        }
        Ok(())
    }
}

fn report(atlas: &Atlas) -> CheckReport<'_> {
    let land = |coverage: &crate::atlas::LevelCoverage| {
        (0..coverage.len()).filter(|&at| !coverage.is_water(at)).collect::<Vec<_>>()
    };
    CheckReport {
        version: &atlas.version,
        fictional: atlas.fictional,
        has_grid: atlas.transform.has_grid(),
        coverages: atlas
            .coverages()
            .map(|coverage| CoverageReport {
                vintage: coverage.vintage.get(),
                level: coverage.level.to_string(),
                areas: coverage.len(),
                water: coverage.len() - land(coverage).len(),
                vertices: (0..coverage.len()).map(|at| coverage.shape(at).vertices().len()).sum(),
            })
            .collect(),
        series: atlas
            .catalogue
            .iter()
            .flat_map(|indicator| atlas.series_of(&indicator.id))
            .map(|series| {
                let land = land(series.coverage);
                let has_value = |&&at: &&usize| series.column.get(at).number().is_some();
                SeriesReport {
                    indicator: series.key.indicator.to_string(),
                    begin: series.key.begin.map(crate::area::Year::get),
                    year: series.key.year.get(),
                    vintage: series.key.vintage.get(),
                    level: series.key.level.to_string(),
                    areas: land.len(),
                    with_value: land.iter().filter(has_value).count(),
                    waiting: series.column.waiting(),
                }
            })
            .collect(),
        sources: atlas.sources.values().collect(),
    }
}

fn print(report: &CheckReport<'_>) {
    println!("version {}{}", report.version, if report.fictional { ", fictional" } else { "" });
    println!(
        "RD and ETRS89: {}",
        if report.has_grid {
            "with the official grid, within 2 mm"
        } else {
            "without the official grid (import --rd-grid), within 0.25 m"
        }
    );
    for coverage in &report.coverages {
        println!(
            "{} {}: {} areas ({} water), {} vertices",
            coverage.level, coverage.vintage, coverage.areas, coverage.water, coverage.vertices
        );
    }
    for series in &report.series {
        let since = series.begin.map(|year| format!("{year} to ")).unwrap_or_default();
        println!(
            "{} {since}{} {} on division {}: {} of {} areas{}",
            series.indicator,
            series.year,
            series.level,
            series.vintage,
            series.with_value,
            series.areas,
            match series.waiting {
                0 => String::new(),
                waiting => format!("; {waiting} values without a shape"),
            }
        );
    }
    for source in &report.sources {
        let from = &source.provenance;
        println!("{}: {}, {}, {}", from.file, from.publisher, from.licence, source.retrieved);
    }
}
