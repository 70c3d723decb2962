//! Tables as GeoJSON.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::{
    AddedTo, Found, Gazetteer, LocateError, LocateOptions, MAX_RECORD, RowFault, TableCrs,
    form::{Form, Located, Stop, Stretch, TASK, newlines},
    json::{Members, field, skip_space, value_end, write_with},
    question::coordinate,
};

/// A GeoJSON collection of points (RFC 7946): longitude and latitude, unless the options or the
/// collection's `crs` of old say RD. What is found becomes properties.
pub(super) struct Features {
    crs: Option<TableCrs>,
    strict: bool,
    /// Whether the list of features was closed.
    is_closed: bool,
}

impl Features {
    pub(super) fn new(options: &LocateOptions) -> Self {
        Self { crs: options.crs, strict: options.strict, is_closed: false }
    }

    /// The answer to a feature.
    fn find(&self, feature: &Feature<'_>, gazetteer: &dyn Gazetteer) -> Result<Found, RowFault> {
        if let Some(properties) = feature.properties.filter(|one| one.get() != "null") {
            Members::read(properties.get().as_bytes(), &[])?;
        }
        let geometry = feature.geometry.as_ref().ok_or(RowFault::NoGeometry)?;
        if geometry.kind != "Point" {
            return Err(RowFault::NoPoint { kind: super::fault::shorten(&geometry.kind) });
        }
        let crs = self.crs.unwrap_or(TableCrs::Wgs84);
        let names = crs.usual().map(str::to_owned);
        let [x, y, ..] = geometry.coordinates[..] else {
            return Err(RowFault::Empty { column: names[geometry.coordinates.len()].clone() });
        };
        coordinate(crs, [field(x), field(y)], &names, gazetteer)
    }

    fn answer<'a>(
        &self,
        text: &'a [u8],
        gazetteer: &dyn Gazetteer,
    ) -> (Result<Found, RowFault>, Option<Properties<'a>>) {
        match Feature::read(text) {
            Err(fault) => (Err(fault), None),
            Ok(feature) => {
                let found = self.find(&feature, gazetteer);
                (found, feature.place_of_properties(text))
            }
        }
    }
}

impl Form for Features {
    fn begin(
        &mut self,
        text: &[u8],
        at_end: bool,
        out: &mut Vec<u8>,
    ) -> Result<Option<usize>, LocateError> {
        match head(text) {
            Head::Whole(length) => {
                if self.crs.is_none() {
                    self.crs = said(&text[..length]);
                }
                out.extend_from_slice(&text[..length]);
                Ok(Some(length))
            }
            Head::None => Err(LocateError::NoFeatures),
            Head::Unfinished if at_end || text.len() > MAX_RECORD => Err(LocateError::NoFeatures),
            Head::Unfinished => Ok(None),
        }
    }

    fn split(&mut self, text: &[u8], _: bool) -> Vec<Stretch> {
        let (mut stretches, mut begun, mut at) = (Vec::new(), 0, 0);
        while !self.is_closed {
            let value = separator_end(text, at);
            if text.get(value) == Some(&b']') {
                self.is_closed = true;
                break;
            }
            let Some(end) = value_end(text, value) else { break };
            at = end.max(value + 1);
            if at - begun >= TASK {
                stretches.push(Stretch::of_records(begun..at));
                begun = at;
            }
        }
        if at > begun {
            stretches.push(Stretch::of_records(begun..at));
        }
        if self.is_closed && at < text.len() {
            stretches.push(Stretch { range: at..text.len(), is_below: true });
        }
        stretches
    }

    fn locate(&self, stretch: &[u8], gazetteer: &dyn Gazetteer, out: Vec<u8>) -> Located {
        let mut done = Located { text: out, ..Located::default() };
        done.text.reserve(2 * stretch.len());
        let mut at = 0;
        while at < stretch.len() {
            let value = separator_end(stretch, at);
            let Some(end) = value_end(stretch, value) else { break };
            let end = end.max(value + 1).min(stretch.len());
            done.lines += newlines(&stretch[at..value]);
            let (lines, text) = (done.lines, &stretch[value..end]);
            if text.len() > MAX_RECORD {
                done.stopped = Some((lines, Stop::TooLong));
                return done;
            }
            done.lines += newlines(text);
            let (found, properties) = self.answer(text, gazetteer);
            let found = done.counts.count(found);
            if let (Err(fault), true) = (&found, self.strict) {
                done.stopped = Some((lines, Stop::Fault(fault.clone())));
                return done;
            }
            done.text.extend_from_slice(&stretch[at..value]);
            let is_added =
                !found.as_ref().is_err_and(|fault| matches!(fault, RowFault::Added { .. }));
            let added = AddedTo::from(found);
            match properties {
                Some(Properties { before, object, after }) => {
                    done.text.extend_from_slice(&before);
                    write_with(if is_added { object } else { b"" }, &added, &mut done.text);
                    done.text.extend_from_slice(after);
                }
                None => {
                    done.text
                        .extend_from_slice(br#"{"type":"Feature","geometry":null,"properties":"#);
                    write_with(b"", &added, &mut done.text);
                    done.text.push(b'}');
                }
            }
            at = end;
        }
        done
    }

    fn is_whole(&self) -> bool {
        self.is_closed
    }
}

/// A feature as far as it matters here.
#[derive(Deserialize)]
struct Feature<'a> {
    #[serde(borrow, default)]
    geometry: Option<Geometry<'a>>,
    #[serde(borrow, default, deserialize_with = "present")]
    properties: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Geometry<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow, default, deserialize_with = "position")]
    coordinates: Vec<&'a RawValue>,
}

/// What stands there, `null` among it.
fn present<'a, D: Deserializer<'a>>(read: D) -> Result<Option<&'a RawValue>, D::Error> {
    <&RawValue>::deserialize(read).map(Some)
}

/// The numbers of a position; none for the coordinates of anything but a point.
fn position<'a, D: Deserializer<'a>>(read: D) -> Result<Vec<&'a RawValue>, D::Error> {
    let coordinates = <&RawValue>::deserialize(read)?;
    Ok(serde_json::from_str(coordinates.get()).unwrap_or_default())
}

/// The text of a feature in three: its properties and what stands around them.
struct Properties<'a> {
    before: Cow<'a, [u8]>,
    object: &'a [u8],
    after: &'a [u8],
}

impl<'a> Feature<'a> {
    fn read(text: &'a [u8]) -> Result<Self, RowFault> {
        if text.first() != Some(&b'{') {
            return Err(RowFault::NoObject);
        }
        serde_json::from_slice(text).map_err(|e| RowFault::Json { column: e.column() })
    }

    fn place_of_properties(&self, text: &'a [u8]) -> Option<Properties<'a>> {
        let Some(properties) = self.properties else {
            let body = text.strip_suffix(b"}")?.trim_ascii_end();
            let comma: &[u8] = if body == b"{" { b"" } else { b"," };
            let before = [body, comma, br#""properties":"#].concat().into();
            return Some(Properties { before, object: b"", after: b"}" });
        };
        let properties = properties.get().as_bytes();
        // It is borrowed from the text, so that it says where in it it stands.
        let start = (properties.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
        let after = text.get(start + properties.len()..)?;
        let object = if properties.first() == Some(&b'{') { properties } else { b"" };
        Some(Properties { before: text[..start].into(), object, after })
    }
}

/// Where the next feature starts, or the list ends: behind white space and a comma.
fn separator_end(text: &[u8], at: usize) -> usize {
    let at = skip_space(text, at);
    if text.get(at) == Some(&b',') { skip_space(text, at + 1) } else { at }
}

/// What stands above the features.
enum Head {
    /// So many bytes, up to the first feature.
    Whole(usize),
    /// The text ends before the list of features begins.
    Unfinished,
    /// It is something else.
    None,
}

/// Looks for the list of features in the collection that the text is.
fn head(text: &[u8]) -> Head {
    let mark = if text.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let mut at = skip_space(text, mark);
    match text.get(at) {
        None => return Head::Unfinished,
        Some(b'{') => at = skip_space(text, at + 1),
        Some(_) => return Head::None,
    }
    loop {
        match text.get(at) {
            None => return Head::Unfinished,
            Some(b'"') => {}
            Some(_) => return Head::None,
        }
        let Some(name_end) = value_end(text, at) else { return Head::Unfinished };
        let is_features = &text[at..name_end] == br#""features""#;
        at = skip_space(text, name_end);
        match text.get(at) {
            None => return Head::Unfinished,
            Some(b':') => at = skip_space(text, at + 1),
            Some(_) => return Head::None,
        }
        if is_features {
            return match text.get(at) {
                None => Head::Unfinished,
                Some(b'[') => Head::Whole(at + 1),
                Some(_) => Head::None,
            };
        }
        let Some(end) = value_end(text, at) else { return Head::Unfinished };
        at = skip_space(text, end);
        match text.get(at) {
            None => return Head::Unfinished,
            Some(b',') => at = skip_space(text, at + 1),
            Some(_) => return Head::None,
        }
    }
}

/// The system that a collection names above its features, as GeoJSON of 2008 did.
fn said(head: &[u8]) -> Option<TableCrs> {
    let whole = [head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head), b"]}"].concat();
    let head: serde_json::Value = serde_json::from_slice(&whole).ok()?;
    let name = head.pointer("/crs/properties/name")?.as_str()?;
    TableCrs::from_name(name)
}
