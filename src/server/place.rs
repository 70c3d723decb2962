//! Where a query asks about: a coordinate, or an address.

use crate::{
    area::Postcode,
    atlas::Atlas,
    crs::{LonLat, Rd},
};

use super::{
    parameter::{HOUSE_NUMBER, LAT, LON, POSTCODE, X, Y},
    problem::InputError,
    query::Query,
};

/// Where a query asks about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// A coordinate in both systems.
    Point(Rd, LonLat),
    /// A postcode and perhaps a house number.
    Address(Postcode, Option<u32>),
}

/// The place of a query: `lat` and `lon`, `x` and `y`, or `postcode` with or without `huisnummer`.
pub(super) fn place(atlas: &Atlas, query: &mut Query) -> Option<Place> {
    let has_coordinate = [&LAT, &LON, &X, &Y].into_iter().any(|p| query.text(p).is_some());
    let postcode = query.text(&POSTCODE).is_some();
    if postcode && has_coordinate {
        let detail = "geef een coördinaat of een postcode, niet allebei";
        query.fail(InputError::query("postcode", "dubbel", detail));
        return None;
    }
    if !postcode && query.text(&HOUSE_NUMBER).is_some() {
        let detail = "ontbreekt: een huisnummer hoort bij een postcode";
        query.fail(InputError::query("postcode", "ontbreekt", detail));
        return None;
    }
    if !postcode {
        return point(atlas, query).map(|(rd, lon_lat)| Place::Point(rd, lon_lat));
    }
    let number = query.whole(&HOUSE_NUMBER).and_then(|number| u32::try_from(number).ok());
    Some(Place::Address(query.postcode(&POSTCODE)?, number))
}

/// The coordinate of a query in both systems: `lat` and `lon`, or `x` and `y`.
fn point(atlas: &Atlas, query: &mut Query) -> Option<(Rd, LonLat)> {
    let given = |query: &Query, parameter| query.text(parameter).is_some();
    let degrees = given(query, &LAT) || given(query, &LON);
    let metres = given(query, &X) || given(query, &Y);
    let missing = |query: &mut Query, name: &str, other: &str| {
        let detail = format!("ontbreekt: {name} en {other} horen bij elkaar");
        query.fail(InputError::query(name, "ontbreekt", detail));
    };
    match (degrees, metres) {
        (true, false) => match (query.number(&LAT), query.number(&LON)) {
            (Some(lat), Some(lon)) => {
                let lon_lat = LonLat { lon, lat };
                if lon_lat.is_plausible() {
                    return Some((atlas.transform.to_rd(lon_lat), lon_lat));
                }
                if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
                    let detail = "lat ligt tussen -90 en 90, lon tussen -180 en 180 graden";
                    query.fail(InputError::query("lat", "ongeldig", detail));
                    return None;
                }
                Some((OUTSIDE, lon_lat))
            }
            (None, _) if !given(query, &LAT) => {
                missing(query, "lat", "lon");
                None
            }
            (_, None) if !given(query, &LON) => {
                missing(query, "lon", "lat");
                None
            }
            _ => None,
        },
        (false, true) => match (query.number(&X), query.number(&Y)) {
            (Some(x), Some(y)) => {
                let rd = Rd { x, y };
                if rd.is_plausible() {
                    return Some((rd, atlas.transform.to_lonlat(rd)));
                }
                Some((OUTSIDE, LonLat { lon: f64::NAN, lat: f64::NAN }))
            }
            (None, _) if !given(query, &X) => {
                missing(query, "x", "y");
                None
            }
            (_, None) if !given(query, &Y) => {
                missing(query, "y", "x");
                None
            }
            _ => None,
        },
        (true, true) => {
            let detail = "geef lat en lon, of x en y, niet allebei";
            query.fail(InputError::query("lat", "dubbel", detail));
            None
        }
        (false, false) => {
            let detail = "geef een plek: lat en lon in graden, x en y in RD, of een postcode";
            query.fail(InputError::query("lat", "ontbreekt", detail));
            None
        }
    }
}

/// A point in no area: what lies far outside the country is not projected at all.
const OUTSIDE: Rd = Rd { x: f64::NAN, y: f64::NAN };
