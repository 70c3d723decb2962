//! `/v1/adressen?q=`: addresses by what somebody types: postcode and house number from the atlas,
//! other texts from a PDOK Locatieserver where the administrator switched that on.
//!
//! What is asked is where somebody lives or goes: it is never logged, and no cache keeps the answer.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{RawQuery, State},
    http::{HeaderValue, header},
    response::Response,
};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use utoipa::ToSchema;

use crate::{
    area::{AddressFound, AreaCode, Level, Postcode, Vintage},
    atlas::{Atlas, LevelCoverage},
    crs::LonLat,
};

use super::{
    App,
    answer::Answer,
    area_heading::AreaName,
    areas::vintage,
    asked::Asked,
    parameter::{ADDRESS, ADDRESS_LIMIT, VINTAGE},
    problem::{InputError, Problem},
    query::{Query, encoded},
};

/// How many addresses are told when nothing is said.
const DEFAULT_LIMIT: usize = 10;

/// An answer of the other server is some kilobytes; more than this is none.
const LARGEST: usize = 512 * 1024;

/// Requests to the other server under way at once.
const AT_ONCE: usize = 8;

/// Somebody waits for it while typing.
const WITHIN: Duration = Duration::from_secs(4);

/// Where free texts are looked up.
#[derive(Debug)]
pub struct Gazetteer {
    address: String,
    client: reqwest::Client,
    under_way: Semaphore,
}

/// An address that was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddressHit {
    /// The address in words, as the source writes it.
    #[serde(rename = "omschrijving")]
    label: String,
    /// What it is: `adres`, `postcode`, `weg`, `woonplaats`, … as the source says.
    #[serde(rename = "soort")]
    kind: String,
    /// Longitude, latitude in degrees; `null` where the source knows the buurt alone.
    #[serde(rename = "lonLat")]
    lon_lat: Option<[f64; 2]>,
    /// The buurt; `null` where there is none, or several.
    buurt: Option<AreaName>,
    wijk: Option<AreaName>,
    gemeente: Option<AreaName>,
    /// Every buurt that a postcode or number lies in.
    #[serde(rename = "kandidaten")]
    candidates: Vec<AreaName>,
    /// Who says so.
    #[serde(rename = "bron")]
    source: String,
}

/// The addresses that were found.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddressHits {
    /// The division that the areas are of.
    #[serde(rename = "jaar")]
    year: u16,
    #[serde(rename = "adressen")]
    addresses: Vec<AddressHit>,
    /// Whether this server looks up free texts, or postcodes and house numbers alone.
    #[serde(rename = "vrijeTekst")]
    free_text: bool,
    #[serde(rename = "versie")]
    version: String,
    #[serde(rename = "fictief")]
    fictional: bool,
}

/// `GET /v1/adressen`.
pub async fn search(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let mut query = Query::parse(raw.as_deref(), &[&ADDRESS, &ADDRESS_LIMIT, &VINTAGE]);
    let atlas = Arc::clone(&app.atlas);
    let vintage = vintage(&atlas, &mut query);
    let text = query.text(&ADDRESS).unwrap_or_default().trim().to_owned();
    if text.is_empty() && query.text(&ADDRESS).is_some() {
        let detail = "verwacht: een adres, of een postcode met huisnummer";
        query.fail(InputError::query(ADDRESS.name, "ongeldig", detail));
    }
    query.check()?;
    let limit = query.whole(&ADDRESS_LIMIT).unwrap_or(DEFAULT_LIMIT);
    let with_addresses = || atlas.address_vintages().next_back();
    let year = vintage
        .or_else(with_addresses)
        .or_else(|| atlas.location_vintage())
        .ok_or_else(|| Problem::not_found("de atlas heeft geen gebieden"))?;
    let own = postcode_and_number(&text);
    let mut addresses: Vec<_> = own
        .and_then(|(postcode, number)| of_atlas(&atlas, year, postcode, number))
        .into_iter()
        .collect();
    // A postcode that the atlas knows needs nobody else.
    if addresses.is_empty()
        && let Some(gazetteer) = app.gazetteer.clone()
    {
        let found = gazetteer.find(&text, limit).await.map_err(|error| {
            tracing::warn!(%error, "the address search does not answer");
            Problem::bad_gateway("de adreszoeker antwoordt nu niet; zoek op postcode en huisnummer")
        })?;
        addresses = found.into_iter().map(|hit| hit.placed(&atlas, year)).collect();
    }
    addresses.truncate(limit);
    let body = AddressHits {
        year: year.get(),
        addresses,
        free_text: app.gazetteer.is_some(),
        version: atlas.version.clone(),
        fictional: atlas.fictional,
    };
    let kept = HeaderValue::from_static("no-store");
    Ok(Answer::json(&body)?.with(header::CACHE_CONTROL, kept).send(&asked))
}

/// A text that is a postcode, or a postcode and a house number with or without an addition.
fn postcode_and_number(text: &str) -> Option<(Postcode, Option<u32>)> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let postcode: Postcode = compact.get(..6)?.parse().ok()?;
    let rest = compact.get(6..)?;
    if rest.is_empty() {
        return Some((postcode, None));
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number: u32 = rest[..digits].parse().ok().filter(|number| (1..=99_999).contains(number))?;
    // What follows the number is a letter or an addition; the atlas knows numbers only.
    let addition = &rest[digits..];
    let plain = addition.chars().all(|c| c.is_alphanumeric() || c == '-');
    (plain && addition.len() <= 8).then_some((postcode, Some(number)))
}

fn of_atlas(
    atlas: &Atlas,
    vintage: Vintage,
    postcode: Postcode,
    number: Option<u32>,
) -> Option<AddressHit> {
    let found = atlas.at_address(vintage, postcode, number)?;
    let codes = found.certain();
    let AddressFound::Buurten(buurten) = found else { return None };
    let named = |level: Level, code: &AreaCode| {
        let there = atlas.coverage(vintage, &level);
        let name = there.and_then(|coverage| Some(coverage.name(coverage.ordinal(code)?)));
        AreaName { code: code.clone(), name: name.unwrap_or(code.as_str()).to_owned() }
    };
    let [buurt, wijk, gemeente] = codes;
    let sources: Vec<_> = atlas
        .address_sources(vintage)
        .filter_map(|id| atlas.sources.get(&id))
        .map(|source| format!("{}, {}", source.provenance.publisher, source.provenance.licence))
        .collect();
    let number_text = number.map(|number| format!(" {number}")).unwrap_or_default();
    Some(AddressHit {
        label: format!("{postcode}{number_text}"),
        kind: if number.is_some() { "adres" } else { "postcode" }.to_owned(),
        lon_lat: None,
        buurt: buurt.as_ref().map(|code| named(Level::Buurt, code)),
        wijk: wijk.as_ref().map(|code| named(Level::Wijk, code)),
        gemeente: gemeente.as_ref().map(|code| named(Level::Gemeente, code)),
        candidates: buurten.into_iter().map(|code| named(Level::Buurt, code)).collect(),
        source: sources.join("; "),
    })
}

/// What the other server answers, of which little is read.
#[derive(Deserialize)]
struct Found {
    response: FoundList,
}

#[derive(Deserialize)]
struct FoundList {
    docs: Vec<FoundAddress>,
}

#[derive(Deserialize)]
struct FoundAddress {
    #[serde(default)]
    weergavenaam: String,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    centroide_ll: String,
}

impl Gazetteer {
    /// A Locatieserver at an address such as `https://api.pdok.nl/bzk/locatieserver/search/v3_1/free`.
    ///
    /// # Errors
    /// When there is no way to speak TLS.
    pub fn new(address: &str) -> Result<Self, reqwest::Error> {
        // A second call finds the provider installed already, which is just as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .user_agent(concat!("wijkzicht/", env!("CARGO_PKG_VERSION")))
            .timeout(WITHIN)
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self { address: address.to_owned(), client, under_way: Semaphore::new(AT_ONCE) })
    }

    async fn find(&self, text: &str, limit: usize) -> Result<Vec<FoundAddress>, String> {
        let body = tokio::time::timeout(WITHIN, self.ask(text, limit));
        let body = body.await.map_err(|_| "no answer in time".to_owned())??;
        // Not what it says: that may repeat what was asked.
        let found: Found =
            serde_json::from_slice(&body).map_err(|_| "an answer of another form".to_owned())?;
        Ok(found.response.docs)
    }

    async fn ask(&self, text: &str, limit: usize) -> Result<Vec<u8>, String> {
        let _turn = self.under_way.acquire().await.map_err(|error| error.to_string())?;
        // Of an error the kind alone is told: its text may hold the address that was asked for.
        let failed = |error: reqwest::Error| error.without_url().to_string();
        let mark = if self.address.contains('?') { '&' } else { '?' };
        let address = format!(
            "{}{mark}q={}&rows={limit}&fl=weergavenaam,type,centroide_ll",
            self.address,
            encoded(text)
        );
        let mut response = self.client.get(address).send().await.map_err(failed)?;
        if !response.status().is_success() {
            return Err(format!("status {}", response.status().as_u16()));
        }
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await.map_err(failed)? {
            body.extend_from_slice(&part);
            if body.len() > LARGEST {
                return Err("more bytes than such an answer has".to_owned());
            }
        }
        Ok(body)
    }
}

impl FoundAddress {
    /// The address with the areas that its coordinate lies in.
    fn placed(self, atlas: &Atlas, vintage: Vintage) -> AddressHit {
        let at = point(&self.centroide_ll).filter(|at| at.is_plausible());
        let found = at.map(|at| atlas.division_locator(vintage).at(atlas.transform.to_rd(at)));
        let name = |area: Option<(&LevelCoverage, usize)>| {
            area.map(|(coverage, at)| AreaName {
                code: coverage.codes()[at].clone(),
                name: coverage.name(at).to_owned(),
            })
        };
        let buurt = found.as_ref().and_then(|found| name(found.buurt));
        AddressHit {
            label: printable(&self.weergavenaam),
            kind: printable(&self.kind),
            lon_lat: at.map(|at| [at.lon, at.lat]),
            candidates: buurt.iter().cloned().collect(),
            buurt,
            wijk: found.as_ref().and_then(|found| name(found.wijk)),
            gemeente: found.as_ref().and_then(|found| name(found.gemeente)),
            source: "PDOK Locatieserver, CC BY 4.0".to_owned(),
        }
    }
}

/// `POINT(5.38 52.15)`.
fn point(text: &str) -> Option<LonLat> {
    let inner = text.trim().strip_prefix("POINT(")?.strip_suffix(')')?;
    let (lon, lat) = inner.trim().split_once(' ')?;
    Some(LonLat { lon: lon.parse().ok()?, lat: lat.trim().parse().ok()? })
}

/// At most 200 characters, none of which steers anything.
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postcodes_are_read_as_people_write_them() {
        let read =
            |text| postcode_and_number(text).map(|(code, number)| (code.to_string(), number));
        let of = |number| Some(("1011AB".to_owned(), number));
        assert_eq!(read("1011ab"), of(None));
        assert_eq!(read("1011 AB 12"), of(Some(12)));
        assert_eq!(read("1011AB, 12-a"), of(Some(12)));
        assert_eq!(read("1011AB12bis"), of(Some(12)));
        for other in ["Dam 1", "1011", "1011AB 0", "1011AB x", "1011AB 100000", "é1011AB", ""] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn coordinates_of_the_other_server_are_read_or_refused() {
        assert_eq!(point("POINT(5.5 52.25)").map(|at| (at.lon, at.lat)), Some((5.5, 52.25)));
        for wrong in ["", "POINT(5.5)", "POINT(a b)", "LINESTRING(1 2)"] {
            assert!(point(wrong).is_none(), "{wrong}");
        }
        assert_eq!(encoded("Dam 1, ö&q=x").to_string(), "Dam%201,%20%C3%B6%26q%3Dx");
    }
}
