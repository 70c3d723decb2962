//! What classes are called, and what is said of an area.

use crate::{
    indicator::{Indicator, Language, Value},
    scale::{Class, Method},
};

use super::{
    PaintedArea, PaintedLayer,
    number::decimals_of,
    quantity::{exact_quantity, quantity},
};

/// The name of an area's class, where it has one.
pub fn area_class_name(layer: &PaintedLayer<'_>, area: &PaintedArea) -> Option<String> {
    layer.scale.classes().get(area.class?).map(|class| class_name(layer, class))
}

/// The value of an area with its unit, or why there is none.
pub fn area_value_text(layer: &PaintedLayer<'_>, area: &PaintedArea) -> String {
    value_text(area.value, layer.indicator, layer.spec.language)
}

/// The same of its second value; `None` in a layer of one topic.
pub fn area_second_text(layer: &PaintedLayer<'_>, area: &PaintedArea) -> Option<String> {
    let indicator = layer.pair.as_ref()?.indicator;
    Some(value_text(area.second?, indicator, layer.spec.language))
}

fn value_text(value: Value, indicator: &Indicator, language: Language) -> String {
    let Some(number) = value.number() else {
        let reason = value.reason().map(|reason| reason.text().get(language).to_owned());
        return reason.unwrap_or_default();
    };
    quantity(number, indicator, language)
}

/// The name of an area's class, with the mark *nauwelijks woongebied* where it has that.
pub fn area_class_text(layer: &PaintedLayer<'_>, area: &PaintedArea) -> String {
    let class = area_class_name(layer, area).unwrap_or_default();
    if layer.series.coverage.hardly_residential(area.ordinal).is_none() {
        return class;
    }
    let mark = match layer.spec.language {
        Language::Nl => "nauwelijks woongebied",
        Language::En => "hardly residential",
    };
    format!("{class} ({mark})").trim_start().to_owned()
}

/// The name of a class: the publisher's, else its bounds in words.
pub(super) fn class_name(layer: &PaintedLayer<'_>, class: &Class) -> String {
    let language = layer.spec.language;
    if let Some(name) = &class.name {
        return name.get(language).to_owned();
    }
    let number = |value: f64| {
        let decimals = match layer.spec.method {
            // Cut off, a bound that somebody chose would be another bound.
            Method::Eigen => layer.indicator.decimals.max(decimals_of(value)),
            _ => layer.indicator.decimals,
        };
        exact_quantity(value, decimals, layer.indicator, language)
    };
    let (over, to) = match language {
        Language::Nl => ("meer dan", "t/m"),
        Language::En => ("more than", "up to"),
    };
    match (class.lower, class.upper) {
        (None, Some(upper)) => format!("{to} {}", number(upper)),
        (Some(lower), None) => format!("{over} {}", number(lower)),
        (Some(lower), Some(upper)) => format!("{over} {} {to} {}", number(lower), number(upper)),
        (None, None) => class.number.to_string(),
    }
}
