//! How areas are filled.

use crate::{
    area::Flag,
    indicator::{Display, Reason},
    layer::{PaintedArea, PaintedLayer},
    scale::{HIDDEN, NO_FIGURE, Rgb, WATER},
};

use super::{
    ink,
    scene::{Fill, Pattern},
};

/// The hatch of a reason.
pub(super) fn reason_fill(reason: Reason) -> Fill {
    if reason.is_hidden() {
        Fill { ground: HIDDEN.ground, pattern: Some(Pattern::Dots(HIDDEN.stroke)) }
    } else {
        Fill { ground: NO_FIGURE.ground, pattern: Some(Pattern::Lines(NO_FIGURE.stroke)) }
    }
}

/// The marks of *nauwelijks woongebied* over a colour.
pub(super) fn hardly_residential_fill(ground: Rgb) -> Fill {
    Fill { ground, pattern: Some(Pattern::Twin(ink::INK, ink::TWIN)) }
}

/// The marks of an estimate over a colour.
pub(super) fn estimate_fill(ground: Rgb) -> Fill {
    Fill { ground, pattern: Some(Pattern::Upright(ink::INK, ink::TWIN)) }
}

/// How an area of the layer is filled, as the map in the browser does.
pub(super) fn area_fill(layer: &PaintedLayer<'_>, area: &PaintedArea) -> Fill {
    let class = area.class.and_then(|class| layer.scale.classes().get(class));
    let flags = layer.series.coverage.flags(area.ordinal);
    match (class, area.reason()) {
        _ if layer.is_water(area) => Fill::plain(WATER),
        (None, reason) => reason_fill(reason.unwrap_or(Reason::Onbekend)),
        _ if layer.indicator.display == Display::Cirkel => Fill::plain(ink::BLANK),
        (Some(class), _) if flags.contains(&Flag::NauwelijksWoongebied) => {
            hardly_residential_fill(class.colour)
        }
        (Some(class), _) if layer.series.column.estimate(area.ordinal).is_some() => {
            estimate_fill(class.colour)
        }
        (Some(class), _) => Fill::plain(class.colour),
    }
}
