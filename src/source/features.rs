//! The features of a GeoJSON collection, one by one.

use std::{borrow::Cow, cell::Cell, fmt, fs::File, io::BufReader, path::Path, rc::Rc};

use ::geojson::{GeometryValue, JsonObject, JsonValue};
use serde::{
    Deserialize,
    de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use crate::area::Year;

use super::{
    SourceError,
    error::{Place, io},
    guard::Guard,
};

/// No feature may be longer; the longest coast of a gemeente at full detail takes some 3 MB. Read,
/// one of nothing but brackets takes some twenty times as much memory.
const MAX_FEATURE: usize = 16 << 20;
/// A feature as far as it is of use.
#[derive(Deserialize)]
pub struct Feature {
    /// Its geometry; not yet known to be a polygon.
    #[serde(default)]
    pub geometry: Option<GeometryValue>,
    /// Its properties.
    #[serde(default)]
    pub properties: Option<JsonObject>,
}

/// The members of the collection beside its features.
#[derive(Default)]
pub struct About {
    /// The year in `metadata.year`.
    pub year: Option<Year>,
    /// The name of the reference system, as files of 2008 have it.
    pub crs: Option<String>,
    /// How many features there are.
    pub features: u64,
}

/// Calls `each` with every feature and its place, counted from 1.
pub fn features(
    path: &Path,
    each: &mut dyn FnMut(u64, &Feature) -> Result<(), SourceError>,
) -> Result<About, SourceError> {
    let file = File::open(path).map_err(|error| io(path, error))?;
    let message = "a feature of more than 16 MiB, is a bracket left open?";
    let (guard, handed) = Guard::new(file, MAX_FEATURE, message);
    let mut reading = Reading { about: About::default(), seen: false, handed, each, failed: None };
    let mut json = serde_json::Deserializer::from_reader(BufReader::with_capacity(1 << 16, guard));
    let read = json.deserialize_map(Collection(&mut reading)).and_then(|()| json.end());
    let Reading { about, seen, failed, .. } = reading;
    if let Some(error) = failed {
        return Err(error);
    }
    // The feature after the last whole one is where the text went wrong.
    let record = if seen { about.features + 1 } else { 0 };
    read.map_err(|error| malformed(path, record, format!("no GeoJSON: {error}")))?;
    if !seen {
        let message = "no GeoJSON: no member \"features\", expected a FeatureCollection";
        return Err(malformed(path, 0, message.to_owned()));
    }
    Ok(about)
}

/// What a pass over the file has seen.
struct Reading<'a> {
    about: About,
    seen: bool,
    handed: Rc<Cell<usize>>,
    each: &'a mut dyn FnMut(u64, &Feature) -> Result<(), SourceError>,
    failed: Option<SourceError>,
}

struct Collection<'r, 'a>(&'r mut Reading<'a>);

struct Features<'r, 'a>(&'r mut Reading<'a>);

#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    year: Option<JsonValue>,
}

#[derive(Deserialize)]
struct Crs {
    #[serde(default)]
    properties: Option<CrsName>,
}

#[derive(Deserialize)]
struct CrsName {
    #[serde(default)]
    name: Option<String>,
}

impl<'de> Visitor<'de> for Collection<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a FeatureCollection")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(reading) = self;
        while let Some(member) = map.next_key::<Cow<'_, str>>()? {
            match member.as_ref() {
                "features" => map.next_value_seed(Features(reading))?,
                "metadata" => {
                    let year = map.next_value::<Option<Metadata>>()?.and_then(|about| about.year);
                    let text = year.map(|year| year.to_string());
                    reading.about.year = text.and_then(|text| text.trim_matches('"').parse().ok());
                }
                "crs" => {
                    let crs = map.next_value::<Option<Crs>>()?;
                    reading.about.crs = crs.and_then(|crs| crs.properties?.name);
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Features<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Self(reading) = self;
        reading.seen = true;
        while let Some(feature) = list.next_element::<Feature>()? {
            reading.handed.set(0);
            reading.about.features += 1;
            if let Err(error) = (reading.each)(reading.about.features, &feature) {
                reading.failed = Some(error);
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

fn malformed(path: &Path, record: u64, message: String) -> SourceError {
    SourceError::Malformed(Box::new(Place::record(path, "", record)), message)
}
