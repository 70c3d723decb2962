//! `wijkzicht locate`.

use std::{io::Write, path::PathBuf};

use clap::{Args, ValueEnum};

use crate::{
    area::Vintage,
    layer::{LocateOptions, Places, TableCrs, locate_csv},
};

use super::{CommandError, load};

/// What coordinates are in.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Crs {
    /// RD New, metres: columns x and y
    Rd,
    /// Longitude and latitude in degrees: columns lon and lat
    Wgs84,
}

/// Arguments of `locate`.
#[derive(Debug, Args)]
pub struct Locate {
    /// The atlas to look in
    #[arg(long, value_name = "ATLAS")]
    data: PathBuf,
    /// What the coordinates are in; without it, what the names of the columns say
    #[arg(long)]
    crs: Option<Crs>,
    /// The year of the division; without it, the newest with buurten
    #[arg(long, value_name = "YEAR")]
    year: Option<Vintage>,
    /// The column of x or longitude
    #[arg(long, value_name = "COLUMN")]
    x_column: Option<String>,
    /// The column of y or latitude
    #[arg(long, value_name = "COLUMN")]
    y_column: Option<String>,
    /// What stands between fields: one of , ; | : tab or space
    #[arg(long, value_name = "CHARACTER", default_value = ",", value_parser = delimiter)]
    delimiter: u8,
    /// Stop at the first row that cannot be read
    #[arg(long)]
    strict: bool,
}

/// One character, or the word `tab`.
fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [one] => Ok(*one),
        _ => Err("expected one character, or the word tab".to_owned()),
    }
}

impl Locate {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let atlas = load(&self.data)?;
        let vintage = self.year.or_else(|| atlas.location_vintage());
        let vintage = vintage.ok_or_else(|| format!("{}: has no areas", self.data.display()))?;
        if !atlas.coverages().any(|coverage| coverage.vintage == vintage) {
            let mut there: Vec<_> = atlas.coverages().map(|c| c.vintage.to_string()).collect();
            there.dedup();
            let there = there.join(", ");
            return Err(format!("--year {vintage}: the atlas has divisions {there}").into());
        }
        let options = LocateOptions {
            crs: self.crs.map(|crs| match crs {
                Crs::Rd => TableCrs::Rd,
                Crs::Wgs84 => TableCrs::Wgs84,
            }),
            x_column: self.x_column,
            y_column: self.y_column,
            delimiter: self.delimiter,
            strict: self.strict,
        };
        let locator = atlas.division_locator(vintage);
        let find = |point| {
            let found = locator.at(point);
            Places {
                buurt: found.buurt.map(|(coverage, at)| &coverage.codes()[at]),
                wijk: found.wijk.map(|(coverage, at)| &coverage.codes()[at]),
                gemeente: found.gemeente.map(|(coverage, at)| &coverage.codes()[at]),
            }
        };
        let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
        let counts = locate_csv(input, output, &options, &atlas.transform, find)?;
        let mut errors = std::io::stderr().lock();
        writeln!(
            errors,
            "{} rows: {} found, {} outside, {} faulty",
            counts.rows, counts.found, counts.outside, counts.faulty
        )?;
        Ok(())
    }
}
