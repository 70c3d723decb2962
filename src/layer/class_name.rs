//! What classes are called.

use crate::scale::{Class, Method};

use super::{PaintedArea, PaintedLayer, format_number, number::decimals_of};

/// The name of an area's class, where it has one.
pub fn area_class_name(layer: &PaintedLayer<'_>, area: &PaintedArea) -> Option<String> {
    layer.scale.classes().get(area.class?).map(|class| class_name(layer, class))
}

/// The name of a class: the publisher's, else its bounds in words.
pub(super) fn class_name(layer: &PaintedLayer<'_>, class: &Class) -> String {
    let language = layer.spec.language;
    if let Some(name) = &class.name {
        return name.get(language).to_owned();
    }
    let unit = layer.indicator.unit.get(language);
    let number = |value: f64| {
        let decimals = match layer.spec.method {
            // Cut off, a bound that somebody chose would be another bound.
            Method::Eigen => layer.indicator.decimals.max(decimals_of(value)),
            _ => layer.indicator.decimals,
        };
        let text = format_number(value, decimals, language);
        if unit.is_empty() { text } else { format!("{text} {unit}") }
    };
    let (over, to) = match language {
        crate::indicator::Language::Nl => ("meer dan", "t/m"),
        crate::indicator::Language::En => ("more than", "up to"),
    };
    match (class.lower, class.upper) {
        (None, Some(upper)) => format!("{to} {}", number(upper)),
        (Some(lower), None) => format!("{over} {}", number(lower)),
        (Some(lower), Some(upper)) => format!("{over} {} {to} {}", number(lower), number(upper)),
        (None, None) => class.number.to_string(),
    }
}
