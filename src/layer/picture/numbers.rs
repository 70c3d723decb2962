//! The number of its class in each area of a gemeente that has room for it: for who sees no
//! colours, and for grey copies.

use crate::{
    indicator::Display,
    layer::{PaintedLayer, Within},
    scale::Rgb,
};

use super::{
    font::Style,
    ink,
    scene::{Anchor, Rect, Text},
    viewport::{Viewport, detail_within},
};

/// How far the border is from the middle of a number, at least, pixels.
const ROOM: f64 = 7.5;
const STYLE: Style = Style::bold(12.0);
/// From the baseline of a digit to its middle.
const RISE: f32 = 4.3;

/// Whether a picture has them: one of a gemeente or wijk, in classes. Across the country hardly an
/// area has room.
pub(super) fn has_numbers(layer: &PaintedLayer<'_>) -> bool {
    matches!(layer.spec.within, Some(Within::Area(_))) && layer.indicator.display == Display::Vlak
}

/// Cost: that of [`pole`](crate::coverage::Shape::pole) for each area that may have room.
pub(super) fn numbers(layer: &PaintedLayer<'_>, viewport: Viewport, frame: Rect) -> Vec<Text> {
    let coverage = layer.series.coverage;
    let detail = detail_within(0.5 / viewport.scale());
    // Millimetres in the country.
    let room = ROOM / viewport.scale();
    let mut texts = Vec::new();
    for area in &layer.areas {
        let class = area.class.and_then(|class| layer.scale.classes().get(class));
        let (Some(class), Some(bbox)) = (class, coverage.bbox(area.ordinal)) else { continue };
        let side = |axis: usize| f64::from(bbox.max[axis]) - f64::from(bbox.min[axis]);
        if layer.is_water(area) || side(0).min(side(1)) < 2.0 * room {
            continue;
        }
        let Some(pole) = coverage.shape_at(area.ordinal, detail).pole() else { continue };
        if pole.radius * 1000.0 < room {
            continue;
        }
        let [x, y] = viewport.to_pixel([pole.at.x * 1000.0, pole.at.y * 1000.0]);
        if is_within(frame, [x, y]) {
            texts.push(number([x, y], class.number, class.colour));
        }
    }
    texts
}

/// The number of a class in the middle of a place with its colour.
pub(super) fn number([x, y]: [f32; 2], number: u8, fill: Rgb) -> Text {
    Text {
        at: [x, y + RISE],
        style: STYLE,
        anchor: Anchor::Middle,
        colour: ink::on(fill),
        // Over a hatch it keeps the number free.
        halo: Some(fill),
        text: number.to_string(),
    }
}

/// Whether a number there is whole.
fn is_within(frame: Rect, [x, y]: [f32; 2]) -> bool {
    let air = ROOM as f32;
    x >= frame.x + air
        && x <= frame.right() - air
        && y >= frame.y + air
        && y <= frame.bottom() - air
}
