//! `wijkzicht locate`.

use std::{io::Write, path::PathBuf};

use clap::{Args, ValueEnum};

use crate::{
    area::Vintage,
    atlas::Atlas,
    layer::{DivisionGazetteer, LocateBy, LocateOptions, TableCrs, TableForm, locate},
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

/// The form of a table.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Form {
    /// Delimited fields with a header
    #[default]
    Csv,
    /// A JSON object a line
    Ndjson,
    /// A GeoJSON collection of points
    Geojson,
}

impl From<Form> for TableForm {
    fn from(form: Form) -> Self {
        match form {
            Form::Csv => Self::Csv,
            Form::Ndjson => Self::Ndjson,
            Form::Geojson => Self::Geojson,
        }
    }
}

/// Arguments of `locate`.
#[derive(Debug, Args)]
pub struct Locate {
    /// The atlas to look in
    #[arg(long, value_name = "ATLAS")]
    data: PathBuf,
    /// The form of the table, of input and output alike
    #[arg(long = "format", value_name = "FORMAT", default_value = "csv")]
    form: Form,
    /// What the coordinates are in; without it, what the names of the columns say
    #[arg(long, conflicts_with = "address")]
    crs: Option<Crs>,
    /// Look up addresses: columns postcode and, where there is one, huisnummer
    #[arg(long, conflicts_with_all = ["x_column", "y_column"])]
    address: bool,
    /// The year of the division; without it, the newest with buurten or, for addresses, the newest
    /// with addresses
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
        let (input, output) = (std::io::stdin().lock(), std::io::stdout());
        let [division, addresses] = if self.address {
            [self.address_vintage(&atlas)?; 2]
        } else {
            [self.vintage(&atlas)?; 2]
        };
        let options = LocateOptions {
            form: self.form.into(),
            delimiter: self.delimiter,
            strict: self.strict,
            by: if self.address { LocateBy::Address } else { LocateBy::Coordinate },
            crs: self.crs.map(|crs| match crs {
                Crs::Rd => TableCrs::Rd,
                Crs::Wgs84 => TableCrs::Wgs84,
            }),
            x_column: self.x_column.clone(),
            y_column: self.y_column.clone(),
        };
        let gazetteer = DivisionGazetteer::new(&atlas, division, addresses);
        let counts = locate(input, output, &options, &gazetteer)?;
        let several = match counts.ambiguous {
            0 => String::new(),
            several => format!("{several} in several buurten, "),
        };
        let mut errors = std::io::stderr().lock();
        writeln!(
            errors,
            "{} rows: {} found, {several}{} outside, {} faulty",
            counts.rows, counts.found, counts.outside, counts.faulty
        )?;
        Ok(())
    }

    fn vintage(&self, atlas: &Atlas) -> Result<Vintage, CommandError> {
        let vintage = self.year.or_else(|| atlas.location_vintage());
        let vintage = vintage.ok_or_else(|| format!("{}: has no areas", self.data.display()))?;
        if atlas.coverages().any(|coverage| coverage.vintage == vintage) {
            return Ok(vintage);
        }
        let mut there: Vec<_> = atlas.coverages().map(|c| c.vintage.to_string()).collect();
        there.dedup();
        let there = there.join(", ");
        Err(format!("--year {vintage}: the atlas has divisions {there}").into())
    }

    fn address_vintage(&self, atlas: &Atlas) -> Result<Vintage, CommandError> {
        let there: Vec<_> = atlas.address_vintages().collect();
        match self.year.or_else(|| there.last().copied()) {
            None => Err(format!(
                "{}: has no addresses; import a table of postcodes and house numbers first",
                self.data.display()
            )
            .into()),
            Some(year) if !there.contains(&year) => {
                let there: Vec<_> = there.iter().map(ToString::to_string).collect();
                let there = there.join(", ");
                Err(format!("--year {year}: the atlas has addresses of {there}").into())
            }
            Some(year) => Ok(year),
        }
    }
}
