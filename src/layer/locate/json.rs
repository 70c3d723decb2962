//! Texts of JSON: where a value ends, what a member says, and members that are added.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize,
    de::{Deserializer, IgnoredAny, MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::{ADDED_COLUMNS, AddedTo, RowFault};

/// Where the value ends that starts at `at`, white space before it left out by the caller; `None`
/// where the text ends first. Brackets and strings are followed, nothing else is checked.
pub(super) fn value_end(text: &[u8], at: usize) -> Option<usize> {
    let (mut depth, mut in_string, mut at) = (0_usize, false, at);
    let is_scalar = !matches!(text.get(at)?, b'{' | b'[' | b'"');
    while let Some(byte) = text.get(at) {
        match byte {
            b'\\' if in_string => at += 1,
            b'"' => {
                in_string = !in_string;
                if !in_string && depth == 0 {
                    return Some(at + 1);
                }
            }
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' | b',' if depth == 0 && is_scalar => return Some(at),
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where white space ends.
pub(super) fn skip_space(text: &[u8], at: usize) -> usize {
    let space = text[at..].iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n'));
    at + space.count()
}

/// What a value says as the field of a table would: a string without its quotation marks, `null`
/// as nothing.
pub(super) fn field(value: &RawValue) -> &[u8] {
    let text = value.get();
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    if text == "null" { b"" } else { inner.trim().as_bytes() }
}

/// Members of an object by name, in any letter case; of a name that is there twice the last.
pub(super) struct Members<'a, 'n, const N: usize> {
    names: &'n [&'n str; N],
    pub(super) values: [Option<&'a RawValue>; N],
}

impl<'a, 'n, const N: usize> Members<'a, 'n, N> {
    /// Reads an object.
    ///
    /// # Errors
    /// [`RowFault::Json`] for what is no object, [`RowFault::Added`] for one that has a member of
    /// a name that is to be added.
    pub(super) fn read(text: &'a [u8], names: &'n [&'n str; N]) -> Result<Self, RowFault> {
        if text.first() != Some(&b'{') {
            return Err(RowFault::NoObject);
        }
        let mut read = serde_json::Deserializer::from_slice(text);
        let members = Self { names, values: [None; N] };
        let (members, added) = read.deserialize_map(members).map_err(|e| no_json(&e))?;
        read.end().map_err(|e| no_json(&e))?;
        match added {
            Some(column) => Err(RowFault::Added { column }),
            None => Ok(members),
        }
    }
}

fn no_json(error: &serde_json::Error) -> RowFault {
    RowFault::Json { column: error.column() }
}

impl<'a, const N: usize> Visitor<'a> for Members<'a, '_, N> {
    type Value = (Self, Option<&'static str>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(mut self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut added = None;
        while let Some(Name(name)) = map.next_key::<Name<'a>>()? {
            if let Some(at) = self.names.iter().position(|one| one.eq_ignore_ascii_case(&name)) {
                self.values[at] = Some(map.next_value()?);
                continue;
            }
            added = added.or_else(|| ADDED_COLUMNS.into_iter().find(|column| *column == name));
            map.next_value::<IgnoredAny>()?;
        }
        Ok((self, added))
    }
}

/// A name, copied only where it has escapes.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// Writes an object with what is added to it; `object` is the text of one, or nothing.
pub(super) fn write_with(object: &[u8], added: &AddedTo, out: &mut Vec<u8>) {
    let body = object.strip_suffix(b"}").unwrap_or(b"{").trim_ascii_end();
    out.extend_from_slice(body);
    let mut is_first = body == b"{";
    for (name, value) in ADDED_COLUMNS.into_iter().zip(added.columns()) {
        if !std::mem::take(&mut is_first) {
            out.push(b',');
        }
        out.push(b'"');
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b"\":");
        match value {
            None => out.extend_from_slice(b"null"),
            // A text of the program, or one that is shortened: no more than a few bytes.
            Some(value) => {
                let value = serde_json::Value::from(value).to_string();
                out.extend_from_slice(value.as_bytes());
            }
        }
    }
    out.push(b'}');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_end_where_their_brackets_close() {
        for (text, end) in [
            (r#"{"a":"}\"]"},1"#, Some(12)),
            (r#"[[],{}]x"#, Some(7)),
            (r#""a\\",2"#, Some(5)),
            ("12.5,3", Some(4)),
            ("null}", Some(4)),
            (r#"{"a":[1,2"#, None),
            (r#""open"#, None),
            ("", None),
        ] {
            assert_eq!(value_end(text.as_bytes(), 0), end, "{text}");
        }
    }

    #[test]
    fn members_are_found_in_any_letter_case() {
        let read = Members::read(br#"{"a":{"lon":9},"LON":"5.1","lat":null}"#, &["lon", "lat"]);
        let values = read.map(|members| members.values.map(|v| v.map(field))).ok();
        assert_eq!(values, Some([Some(&b"5.1"[..]), Some(&b""[..])]));
    }
}
