//! `/v1/locaties`: which buurt, wijk and gemeente a coordinate or an address lies in, and what is
//! known there.

use std::collections::BTreeMap;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderValue, header},
    response::Response,
};
use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    area::{AddressFound, AreaCode, Level, Postcode, Vintage},
    atlas::{Atlas, Available, LevelCoverage, Located},
    crs::{LonLat, Rd},
    indicator::{Indicator, Language, Reason},
    layer,
};

use super::{
    App,
    answer::Answer,
    area_heading::AreaName,
    asked::Asked,
    indicators,
    parameter::{HOUSE_NUMBER, INDICATORS, LANGUAGE, LAT, LON, POSTCODE, VINTAGE, X, Y},
    place::{Place, place},
    problem::{InputError, Problem},
    query::Query,
    spec::language,
};

/// A value at a location.
#[derive(Debug, Serialize, ToSchema)]
pub struct LocationValue {
    /// The year of the figure.
    #[serde(rename = "jaar")]
    year: u16,
    /// The level that the figure is of: the finest that has one for this indicator.
    #[serde(rename = "niveau")]
    level: String,
    #[serde(rename = "waarde")]
    value: Option<f64>,
    #[serde(rename = "klasse")]
    class: Option<u8>,
    #[serde(rename = "klassenaam")]
    class_name: Option<String>,
    #[serde(rename = "reden")]
    #[schema(value_type = Option<String>)]
    reason: Option<Reason>,
}

/// An address, and where the answer to it comes from.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddressBody {
    postcode: String,
    #[serde(rename = "huisnummer")]
    number: Option<u32>,
    /// Every buurt that it lies in; one where the source can tell.
    #[serde(rename = "kandidaten")]
    candidates: Vec<AreaName>,
    /// The source of the addresses, with its licence.
    #[serde(rename = "bron")]
    source: String,
}

/// What lies at a coordinate or an address.
#[derive(Debug, Serialize, ToSchema)]
pub struct LocationBody {
    /// The division.
    #[serde(rename = "jaar")]
    vintage: u16,
    /// The coordinate in RD New: x, y in metres; `null` for an address.
    rd: Option<[f64; 2]>,
    /// The coordinate in ETRS89: longitude, latitude in degrees; `null` for an address.
    #[serde(rename = "lonLat")]
    lon_lat: Option<[f64; 2]>,
    /// The address that was asked for.
    #[serde(rename = "adres", skip_serializing_if = "Option::is_none")]
    address: Option<AddressBody>,
    /// The buurt; `null` where the division has none here, or an address may lie in several.
    buurt: Option<AreaName>,
    /// The wijk.
    wijk: Option<AreaName>,
    /// The gemeente.
    gemeente: Option<AreaName>,
    /// By level that a municipality drew itself: the area at a coordinate, `null` where there is none
    /// or an address was asked for. Not there where there are no such levels.
    #[serde(rename = "eigen", skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = Object)]
    own: BTreeMap<SmolStr, Option<AreaName>>,
    /// By indicator: the newest value of the finest of these areas that has a series of it.
    #[serde(rename = "waarden")]
    #[schema(value_type = Object)]
    values: BTreeMap<SmolStr, LocationValue>,
    #[serde(rename = "versie")]
    version: String,
    #[serde(rename = "fictief")]
    fictional: bool,
}

/// Whether the answer may have to wait for values that are computed when they are first asked for:
/// then it is made off the async threads. `raw` is the query string as it came, in which an id may
/// be spelled with percent signs.
pub(super) fn must_wait(app: &App, raw: Option<&str>) -> bool {
    let names =
        |raw: &str| app.atlas.awaited().any(|id| raw.contains(id.as_str())) || raw.contains('%');
    raw.is_some_and(|raw| raw.contains(INDICATORS.name) && names(raw))
}

/// `GET /v1/locaties` where it has to wait.
pub(super) async fn later(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let work = move || at(&app, raw.as_deref(), &asked);
    tokio::task::spawn_blocking(work).await.map_err(|_| Problem::internal())?
}

/// `GET /v1/locaties`. A coordinate or an address is where somebody is: the answer may not be kept
/// by caches that are shared, that to an address by none, and neither is ever logged.
pub fn at(app: &App, raw: Option<&str>, asked: &Asked) -> Result<Response, Problem> {
    let known = [&LAT, &LON, &X, &Y, &POSTCODE, &HOUSE_NUMBER, &INDICATORS, &VINTAGE, &LANGUAGE];
    let mut query = Query::parse(raw, &known);
    let atlas = &app.atlas;
    let place = place(atlas, &mut query);
    let is_address = matches!(place, Some(Place::Address(..)));
    let vintage = vintage(atlas, &mut query, is_address);
    let indicators = chosen(atlas, &mut query);
    query.check()?;
    let Some(place) = place else { return Err(Problem::internal()) };
    let language = language(&query);
    let (mut body, found) = match place {
        Place::Point(rd, lon_lat) => at_point(atlas, vintage, rd, lon_lat)?,
        Place::Address(postcode, number) => at_address(atlas, vintage, postcode, number)?,
    };
    body.values = indicators
        .iter()
        .filter_map(|indicator| {
            Some((indicator.id.clone(), value(atlas, &found, indicator, language)?))
        })
        .collect();
    let kept = if is_address { "no-store" } else { "private, no-cache" };
    let answer = Answer::json(&body)?.with(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    Ok(answer.send(asked))
}

fn at_point(
    atlas: &Atlas,
    vintage: Option<Vintage>,
    rd: Rd,
    lon_lat: LonLat,
) -> Result<(LocationBody, Located<'_>), Problem> {
    let vintage = vintage.ok_or_else(|| Problem::not_found("de atlas heeft geen gebieden"))?;
    let found = atlas.division_locator(vintage).at(rd);
    if found.is_empty() {
        let detail = format!("deze coördinaat ligt in geen gebied van de indeling {vintage}");
        return Err(Problem::not_found(detail));
    }
    let name = |area: Option<(&LevelCoverage, usize)>| area.map(named);
    let mut own = own_levels(atlas);
    for (id, area) in &mut own {
        let coverage = own_coverage(atlas, vintage, &Level::Own(id.clone().into()));
        *area = coverage.and_then(|coverage| Some(named((coverage, coverage.at(rd)?))));
    }
    let round = |value: f64, factor: f64| (value * factor).round() / factor;
    let body = LocationBody {
        rd: Some([round(rd.x, 1e3), round(rd.y, 1e3)]),
        lon_lat: Some([round(lon_lat.lon, 1e8), round(lon_lat.lat, 1e8)]),
        own,
        ..LocationBody::of(atlas, vintage, [found.buurt, found.wijk, found.gemeente].map(name))
    };
    Ok((body, found))
}

fn named((coverage, at): (&LevelCoverage, usize)) -> AreaName {
    AreaName { code: coverage.codes()[at].clone(), name: coverage.name(at).to_owned() }
}

/// The levels that a municipality drew itself, by id.
fn own_levels(atlas: &Atlas) -> BTreeMap<SmolStr, Option<AreaName>> {
    let own = atlas.coverages().filter_map(|coverage| match &coverage.level {
        Level::Own(level) => Some((level.id().clone(), None)),
        _ => None,
    });
    own.collect()
}

/// An own level as it was drawn for a division, else as it was drawn last.
fn own_coverage<'a>(
    atlas: &'a Atlas,
    vintage: Vintage,
    level: &Level,
) -> Option<&'a LevelCoverage> {
    atlas.coverage(vintage, level).or_else(|| atlas.coverage(atlas.newest(level)?, level))
}

fn at_address(
    atlas: &Atlas,
    vintage: Option<Vintage>,
    postcode: Postcode,
    number: Option<u32>,
) -> Result<(LocationBody, Located<'_>), Problem> {
    let found = vintage.and_then(|v| Some((v, atlas.at_address(v, postcode, number)?)));
    let Some((vintage, found)) = found else {
        return Err(Problem::not_found("de atlas heeft geen adressen: zoek op coördinaat"));
    };
    let unknown =
        |what: &str| Problem::not_found(format!("{what} staat niet in de adressen van {vintage}"));
    let codes = found.certain();
    let buurten = match found {
        AddressFound::NoPostcode => return Err(unknown("deze postcode")),
        AddressFound::NoNumber => return Err(unknown("dit huisnummer bij deze postcode")),
        AddressFound::Buurten(buurten) => buurten,
    };
    let name = |level: Level, code: AreaCode| {
        let coverage = atlas.coverage(vintage, &level);
        let name = coverage.and_then(|coverage| Some(coverage.name(coverage.ordinal(&code)?)));
        AreaName { name: name.unwrap_or(code.as_str()).to_owned(), code }
    };
    let levels = [Level::Buurt, Level::Wijk, Level::Gemeente];
    let area = |at: usize| {
        let coverage = atlas.coverage(vintage, &levels[at])?;
        Some((coverage, coverage.ordinal(codes[at].as_ref()?)?))
    };
    let located = Located { buurt: area(0), wijk: area(1), gemeente: area(2) };
    let sources: Vec<_> = atlas
        .address_sources(vintage)
        .filter_map(|id| atlas.sources.get(&id))
        .map(|source| format!("{}, {}", source.provenance.publisher, source.provenance.licence))
        .collect();
    let address = AddressBody {
        postcode: postcode.to_string(),
        number,
        candidates: buurten.into_iter().map(|code| name(Level::Buurt, code.clone())).collect(),
        source: sources.join("; "),
    };
    let [buurt, wijk, gemeente] = codes;
    let names = [(Level::Buurt, buurt), (Level::Wijk, wijk), (Level::Gemeente, gemeente)]
        .map(|(level, code)| code.map(|code| name(level, code)));
    let body = LocationBody { address: Some(address), ..LocationBody::of(atlas, vintage, names) };
    Ok((body, located))
}

impl LocationBody {
    /// A body of areas, without a place and without values.
    fn of(atlas: &Atlas, vintage: Vintage, [buurt, wijk, gemeente]: [Option<AreaName>; 3]) -> Self {
        Self {
            vintage: vintage.get(),
            rd: None,
            lon_lat: None,
            address: None,
            buurt,
            wijk,
            gemeente,
            own: own_levels(atlas),
            values: BTreeMap::new(),
            version: atlas.version.clone(),
            fictional: atlas.fictional,
        }
    }
}

/// The division that is asked for, else the newest that can answer.
pub(super) fn vintage(atlas: &Atlas, query: &mut Query, is_address: bool) -> Option<Vintage> {
    let mut there: Vec<_> = if is_address {
        atlas.address_vintages().collect()
    } else {
        atlas.coverages().map(|coverage| coverage.vintage).collect()
    };
    let Some(wanted) = query.year(&VINTAGE).map(Vintage) else {
        return if is_address { there.pop() } else { atlas.location_vintage() };
    };
    there.dedup();
    if !there.contains(&wanted) {
        let what = if is_address { "adressen" } else { "indeling" };
        let detail = format!("de atlas heeft geen {what} van {wanted}");
        query.fail(InputError::query("jaar", "onbekend", detail).allowing(there));
    }
    Some(wanted)
}

/// The indicators that are asked for; without, none.
fn chosen<'a>(atlas: &'a Atlas, query: &mut Query) -> Vec<&'a Indicator> {
    let ids: Vec<String> =
        query.list(&INDICATORS).unwrap_or_default().into_iter().map(ToOwned::to_owned).collect();
    let mut chosen = Vec::with_capacity(ids.len());
    for id in ids {
        match indicators::find(atlas, &id) {
            Ok(indicator) => chosen.push(indicator),
            Err(error) => {
                let detail = error.detail;
                query.fail(
                    InputError::query("indicatoren", "onbekend", detail).allowing(error.allowed),
                );
            }
        }
    }
    chosen
}

/// The newest value of the finest area that has a series of the indicator.
fn value(
    atlas: &Atlas,
    found: &Located<'_>,
    indicator: &Indicator,
    language: Language,
) -> Option<LocationValue> {
    found.areas().find_map(|(coverage, ordinal)| {
        let (key, column) = atlas
            .series_on(&indicator.id, coverage.vintage, &coverage.level)
            .max_by_key(|(key, _)| (key.year, key.begin))?;
        let series = Available { key, column, coverage };
        let class = layer::publisher_class(atlas, indicator, &series, ordinal);
        let value = column.get(ordinal);
        Some(LocationValue {
            year: key.year.get(),
            level: coverage.level.to_string(),
            value: value.number(),
            class: class.as_ref().map(|(number, _)| *number),
            class_name: class.map(|(_, name)| name.get(language).to_owned()),
            reason: value.reason(),
        })
    })
}
