//! A query string into checked values: everything that is wrong is told at once.

use std::{collections::BTreeSet, fmt};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

use crate::{
    area::{AreaCode, Postcode, Year},
    scale::ManualBreaks,
};

use super::{
    parameter::{Form, Parameter},
    problem::{InputError, Problem, shorten},
};

/// Of a query that is wrong throughout, so many errors are told.
const MOST_ERRORS: usize = 20;

/// What stands encoded in a value: all but what a query may hold and people like to read.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b',')
    .remove(b':')
    .remove(b'/');

/// A text as a value in a query string.
pub(super) fn encoded(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, VALUE)
}

/// The parameters of a request, each of the right form.
#[derive(Debug)]
pub struct Query {
    values: Vec<(&'static str, String)>,
    errors: Vec<InputError>,
}

impl Query {
    /// Reads a query string by the list of parameters that the resource knows. An unknown, a
    /// repeated, a missing or a malformed parameter is noted; [`Query::check`] tells all of them.
    pub fn parse(raw: Option<&str>, known: &[&'static Parameter]) -> Self {
        let mut query = Self { values: Vec::new(), errors: Vec::new() };
        for pair in raw.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
            if query.errors.len() >= MOST_ERRORS {
                break;
            }
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decode(name).unwrap_or_else(|| shorten(name));
            let Some(parameter) = known.iter().find(|parameter| parameter.name == name) else {
                let names = known.iter().map(|parameter| parameter.name);
                query.fail(
                    InputError::query(&name, "onbekend", "is hier geen parameter").allowing(names),
                );
                continue;
            };
            let checked = decode(value)
                .ok_or_else(|| "is geen geldige tekst (UTF-8, %-codering)".to_owned())
                .and_then(|value| check(&value, parameter.form).map(|()| value));
            match checked {
                Err(detail) => {
                    let error = InputError::query(parameter.name, "ongeldig", detail);
                    query.fail(match parameter.form {
                        Form::OneOf(allowed) => error.allowing(allowed),
                        _ => error,
                    });
                }
                Ok(value) => {
                    if query.values.iter().any(|(name, _)| *name == parameter.name) {
                        let detail = "staat er meer dan één keer";
                        query.fail(InputError::query(parameter.name, "herhaald", detail));
                    }
                    query.values.push((parameter.name, value));
                }
            }
        }
        for parameter in known.iter().filter(|parameter| parameter.required) {
            if query.text(parameter).is_none() && !query.is_wrong(parameter) {
                query.fail(InputError::query(parameter.name, "ontbreekt", "is verplicht"));
            }
        }
        query
    }

    /// Notes a further error, found by who knows more than the form.
    pub fn fail(&mut self, error: InputError) {
        self.errors.push(error);
    }

    /// Whether something was wrong with a parameter.
    pub fn is_wrong(&self, parameter: &Parameter) -> bool {
        self.errors.iter().any(|error| error.location.name == parameter.name)
    }

    /// Every error so far as one problem.
    ///
    /// # Errors
    /// When anything is wrong.
    pub fn check(&self) -> Result<(), Problem> {
        if self.errors.is_empty() { Ok(()) } else { Err(Problem::invalid(self.errors.clone())) }
    }

    /// Every error so far.
    pub fn errors(&self) -> &[InputError] {
        &self.errors
    }

    /// The text of a parameter; an empty one is as good as none.
    pub fn text(&self, parameter: &Parameter) -> Option<&str> {
        // Of a parameter that is repeated the last counts, until the error is told.
        let (_, text) = self.values.iter().rfind(|(name, _)| *name == parameter.name)?;
        Some(text.as_str()).filter(|text| !text.is_empty())
    }

    /// A parameter of form [`Form::Year`].
    pub fn year(&self, parameter: &Parameter) -> Option<Year> {
        self.text(parameter)?.parse().ok()
    }

    /// A parameter of form [`Form::Code`].
    pub fn code(&self, parameter: &Parameter) -> Option<AreaCode> {
        AreaCode::parse(self.text(parameter)?).ok()
    }

    /// A parameter of form [`Form::Whole`].
    pub fn whole(&self, parameter: &Parameter) -> Option<usize> {
        self.text(parameter)?.parse().ok()
    }

    /// A parameter of form [`Form::Number`].
    pub fn number(&self, parameter: &Parameter) -> Option<f64> {
        self.text(parameter).and_then(finite)
    }

    /// A parameter of form [`Form::Postcode`].
    pub fn postcode(&self, parameter: &Parameter) -> Option<Postcode> {
        self.text(parameter)?.parse().ok()
    }

    /// A parameter of form [`Form::Box`].
    pub fn bbox(&self, parameter: &Parameter) -> Option<[f64; 4]> {
        self.text(parameter).and_then(bbox)
    }

    /// A parameter of form [`Form::Corners`].
    pub fn numbers(&self, parameter: &Parameter) -> Option<Vec<f64>> {
        self.text(parameter).and_then(corners)
    }

    /// A parameter of form [`Form::Bounds`].
    pub fn bounds(&self, parameter: &Parameter) -> Option<ManualBreaks> {
        self.text(parameter)?.parse().ok()
    }

    /// A parameter of form [`Form::List`].
    pub fn list(&self, parameter: &Parameter) -> Option<Vec<&str>> {
        Some(self.text(parameter)?.split(',').collect())
    }

    /// A parameter of form [`Form::Codes`].
    pub fn codes(&self, parameter: &Parameter) -> Option<Vec<AreaCode>> {
        codes(self.text(parameter)?)
    }
}

/// Four or six finite numbers.
fn corners(text: &str) -> Option<Vec<f64>> {
    let numbers: Vec<_> = text.split(',').map(finite).collect::<Option<_>>()?;
    matches!(numbers.len(), 4 | 6).then_some(numbers)
}

/// Codes with commas, none of them twice.
fn codes(text: &str) -> Option<Vec<AreaCode>> {
    let codes: Vec<_> =
        text.split(',').map(|code| AreaCode::parse(code).ok()).collect::<Option<_>>()?;
    let once: BTreeSet<_> = codes.iter().collect();
    (once.len() == codes.len()).then_some(codes)
}

/// What bounds of classes must look like.
pub(super) const BOUNDS_FORM: &str =
    "1 tot en met 8 oplopende getallen met decimale punt en komma's ertussen, zoals 10,12.5,20";

fn check(value: &str, form: Form) -> Result<(), String> {
    let wanted = |fits: bool, wanted: fmt::Arguments<'_>| {
        if fits { Ok(()) } else { Err(format!("verwacht: {wanted}")) }
    };
    match form {
        Form::Text(longest) => wanted(
            value.chars().count() <= longest && !value.contains(char::is_control),
            format_args!("een tekst van ten hoogste {longest} tekens"),
        ),
        Form::Long(longest) => wanted(
            value.chars().count() <= longest,
            format_args!("een tekst van ten hoogste {longest} tekens"),
        ),
        Form::Corners => wanted(
            corners(value).is_some(),
            format_args!("vier of zes getallen met komma's ertussen"),
        ),
        Form::Year => wanted(
            value.parse::<Year>().is_ok(),
            format_args!("een jaar van vier cijfers, 1900 tot en met 2100"),
        ),
        Form::Day => {
            wanted(is_day(value), format_args!("een dag als jaar-maand-dag, zoals 2026-11-21"))
        }
        Form::Code => wanted(
            AreaCode::parse(value).is_ok(),
            format_args!("een gebiedscode, zoals GM0363, WK036301 of BU0363AA01"),
        ),
        Form::OneOf(allowed) => {
            wanted(allowed.contains(&value), format_args!("een waarde uit de lijst"))
        }
        Form::Whole(least, most) => wanted(
            value.bytes().all(|b| b.is_ascii_digit())
                && value.parse::<u32>().is_ok_and(|n| (least..=most).contains(&n)),
            format_args!("een geheel getal van {least} tot en met {most}"),
        ),
        Form::Postcode => wanted(
            value.parse::<Postcode>().is_ok(),
            format_args!("een postcode van vier cijfers en twee letters, zoals 1011AB"),
        ),
        Form::Number => {
            wanted(finite(value).is_some(), format_args!("een getal met decimale punt"))
        }
        Form::Box => wanted(
            bbox(value).is_some(),
            format_args!(
                "vier getallen met komma's, west,zuid,oost,noord in graden, west < oost, zuid < noord"
            ),
        ),
        Form::Bounds => {
            wanted(value.parse::<ManualBreaks>().is_ok(), format_args!("{BOUNDS_FORM}"))
        }
        Form::Codes(most) => wanted(
            codes(value).is_some_and(|codes| codes.len() <= most),
            format_args!(
                "ten hoogste {most} gebiedscodes met komma's ertussen, elk één keer, zoals \
                 BU0363AA01,WK036301"
            ),
        ),
        Form::List(most) => {
            let ids: Vec<_> = value.split(',').collect();
            let mut once = ids.clone();
            once.sort_unstable();
            once.dedup();
            wanted(
                ids.len() <= most && once.len() == ids.len() && ids.iter().all(|id| id.len() <= 60),
                format_args!("ten hoogste {most} ids met komma's ertussen, elk één keer"),
            )
        }
    }
}

/// A finite number in plain decimal notation; `NaN`, `inf` and hexadecimals are none.
fn finite(text: &str) -> Option<f64> {
    let plain =
        text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    text.parse::<f64>().ok().filter(|number| plain && number.is_finite())
}

fn bbox(text: &str) -> Option<[f64; 4]> {
    let numbers: Vec<f64> = text.split(',').map(finite).collect::<Option<_>>()?;
    let [west, south, east, north] = numbers.try_into().ok()?;
    let fits = west < east && south < north && west >= -180.0 && east <= 180.0;
    (fits && south >= -90.0 && north <= 90.0).then_some([west, south, east, north])
}

/// Whether a text is a day of the calendar as `2026-11-21`, and written in no other way.
fn is_day(text: &str) -> bool {
    text.parse::<jiff::civil::Date>().is_ok_and(|day| day.to_string() == text)
}

/// Percent-decoding of a form-encoded text, `+` being a space; `None` where it is no UTF-8 or the
/// encoding is broken.
fn decode(text: &str) -> Option<String> {
    if !text.bytes().any(|byte| matches!(byte, b'+' | b'%')) {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let high = char::from(rest.next()?).to_digit(16)?;
                let low = char::from(rest.next()?).to_digit(16)?;
                u8::try_from(high * 16 + low).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::parameter::{BBOX, CLASS_COUNT, INDICATOR, LEVEL, METHOD, SEARCH, X, YEAR};

    fn errors(raw: &str) -> Vec<(String, &'static str)> {
        let known = [&INDICATOR, &YEAR, &METHOD, &CLASS_COUNT, &X, &BBOX, &SEARCH];
        let query = Query::parse(Some(raw), &known);
        query.errors.iter().map(|e| (e.location.name.clone(), e.code)).collect()
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        assert_eq!(
            errors("jaar=20x4&kleur=rood&jaar=2024&jaar=2024"),
            [
                ("jaar".into(), "ongeldig"),
                ("kleur".into(), "onbekend"),
                ("jaar".into(), "herhaald"),
                ("indicator".into(), "ontbreekt"),
            ]
        );
    }

    #[test]
    fn odd_numbers_and_boxes_are_refused() {
        for wrong in ["NaN", "inf", "1e999", "0x1", "1,5", "--1", "%00"] {
            assert_eq!(errors(&format!("indicator=a&x={wrong}")).len(), 1, "{wrong}");
        }
        for wrong in ["1,2,3", "5,52,4,53", "5,52,6,NaN", "5,52,6,53,7,8", "-181,0,0,1"] {
            assert_eq!(errors(&format!("indicator=a&bbox={wrong}")).len(), 1, "{wrong}");
        }
        for wrong in ["0", "1", "10", "-1", "18446744073709551616", "5.0", "+5"] {
            assert_eq!(errors(&format!("indicator=a&aantalKlassen={wrong}")).len(), 1, "{wrong}");
        }
        assert!(errors("indicator=a&bbox=4.5,52,5,53&aantalKlassen=9&x=-1.5e3").is_empty());
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        for day in ["2026-11-21", "2024-02-29", "1900-01-01"] {
            assert!(is_day(day), "{day}");
        }
        for wrong in
            ["2023-02-29", "2026-11-31", "20261121", "2026-11-21T00:00:00", "21-11-2026", "x"]
        {
            assert!(!is_day(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_query_that_is_wrong_throughout_is_not_read_to_its_end() {
        assert!(errors(&"a&".repeat(30_000)).len() <= MOST_ERRORS + 1);
    }

    #[test]
    fn texts_are_decoded_once() {
        let query = Query::parse(Some("q=S%C3%BAdwest+Frysl%25"), &[&SEARCH, &YEAR]);
        assert_eq!(query.text(&SEARCH), Some("Súdwest Frysl%"));
        assert!(Query::parse(Some("q=%ff"), &[&SEARCH]).check().is_err());
        assert!(Query::parse(Some("q=%2"), &[&SEARCH]).check().is_err());
        // What is there but empty is missing.
        for raw in [None, Some("niveau"), Some("niveau=")] {
            assert!(Query::parse(raw, &[&LEVEL]).check().is_err(), "{raw:?}");
        }
    }
}
