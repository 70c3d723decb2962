//! Rows that hold a coordinate.

use std::io::{Read, Write};

use crate::crs::{LonLat, Rd, RdTransform};

use super::{
    Found, LocateCounts, LocateError, LocateOptions, Places, Row, RowFault, fault, header::Header,
    locate_rows,
};

/// What the coordinates of a table are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableCrs {
    /// RD New, metres; columns `x` and `y` unless named otherwise.
    Rd,
    /// Longitude and latitude in degrees, ETRS89 or WGS 84; columns `lon` and `lat` unless named
    /// otherwise.
    Wgs84,
}

/// Where the coordinates stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoordinateOptions {
    /// What the coordinates are in; by default what the columns' names say.
    pub crs: Option<TableCrs>,
    /// The column of the easting or longitude, in any letter case.
    pub x_column: Option<String>,
    /// The column of the northing or latitude, in any letter case.
    pub y_column: Option<String>,
}

/// Copies a table of coordinates and adds the codes of the areas that each lies in, as
/// [`super::locate_addresses`] does for addresses; see the module for what is copied and how.
///
/// `find` is asked only for places in and around the country; everywhere else is outside.
///
/// # Errors
/// See [`LocateError`]. What was written before an error is whole rows.
pub fn locate_csv(
    input: impl Read,
    output: impl Write,
    options: &LocateOptions,
    coordinates: &CoordinateOptions,
    transform: &RdTransform,
    find: impl Fn(Rd) -> Places + Sync,
) -> Result<LocateCounts, LocateError> {
    locate_rows(input, output, options, |header| {
        let (crs, x, y) = columns(header, coordinates)?;
        let names = [header.names[x].clone(), header.names[y].clone()];
        Ok(move |row: Row<'_>| {
            let x = fault::number(row.field(x), &names[0])?;
            let y = fault::number(row.field(y), &names[1])?;
            let place = place(crs, x, y, &names, transform)?;
            let places = place.map(&find).unwrap_or_default();
            Ok(Found { places, ..Found::default() })
        })
    })
}

/// A coordinate in RD; `None` far outside the country.
fn place(
    crs: TableCrs,
    x: f64,
    y: f64,
    names: &[String; 2],
    transform: &RdTransform,
) -> Result<Option<Rd>, RowFault> {
    let rd = match crs {
        TableCrs::Rd => Rd { x, y },
        TableCrs::Wgs84 => {
            let point = LonLat { lon: x, lat: y };
            if !point.is_plausible() {
                return fault::elsewhere_lonlat(point, names).map(|()| None);
            }
            transform.to_rd(point)
        }
    };
    if rd.is_plausible() {
        return Ok(Some(rd));
    }
    match crs {
        TableCrs::Rd => fault::elsewhere_rd(rd, names).map(|()| None),
        TableCrs::Wgs84 => Ok(None),
    }
}

/// The system of the coordinates, and their columns; or what is wrong.
fn columns(
    header: &Header,
    options: &CoordinateOptions,
) -> Result<(TableCrs, usize, usize), String> {
    let pair = |x: &str, y: &str| -> Result<(usize, usize), String> {
        let column = |name: &str| {
            header
                .find(name)?
                .ok_or_else(|| format!("there is no column {name:?}: {}", header.describe()))
        };
        let (x, y) = (column(x)?, column(y)?);
        if x == y { Err("one column cannot hold both coordinates".to_owned()) } else { Ok((x, y)) }
    };
    let usual = |crs| match crs {
        TableCrs::Rd => ("x", "y"),
        TableCrs::Wgs84 => ("lon", "lat"),
    };
    // What the names of a pair of columns say about their system.
    let said = |x: &str, y: &str| {
        [TableCrs::Rd, TableCrs::Wgs84].into_iter().find(|&crs| {
            let (a, b) = usual(crs);
            x.eq_ignore_ascii_case(a) && y.eq_ignore_ascii_case(b)
        })
    };
    if let (Some(x), Some(y)) = (&options.x_column, &options.y_column) {
        let (i, j) = pair(x, y)?;
        let crs = options.crs.or_else(|| said(x, y)).ok_or_else(|| {
            format!("columns {x:?} and {y:?} do not say their system: expected --crs rd or wgs84")
        })?;
        return Ok((crs, i, j));
    }
    if options.x_column.is_some() || options.y_column.is_some() {
        return Err("expected --x-column and --y-column together, or neither".to_owned());
    }
    if let Some(crs) = options.crs {
        let (x, y) = usual(crs);
        let (i, j) = pair(x, y)?;
        return Ok((crs, i, j));
    }
    let mut there = Vec::new();
    for crs in [TableCrs::Wgs84, TableCrs::Rd] {
        let (x, y) = usual(crs);
        if let (Some(i), Some(j)) = (header.find(x)?, header.find(y)?) {
            there.push((crs, i, j));
        }
    }
    match there[..] {
        [found] => Ok(found),
        [] => Err(format!("expected columns lon,lat or x,y: {}", header.describe())),
        _ => Err("there are columns lon,lat and x,y: expected --crs rd or wgs84".to_owned()),
    }
}
