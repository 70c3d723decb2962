//! How long a kilometre is on the map.

use crate::{
    crs::Rd,
    indicator::Language,
    layer::{PaintedLayer, format_number},
};

use super::{
    font::Style,
    ink,
    scene::{Anchor, Item, Rect, Text},
    viewport::Viewport,
};

const STYLE: Style = Style::regular(12.0);
/// From the sides of the map.
const INSET: f32 = 10.0;
/// The height of bar and text.
const HEIGHT: f32 = 22.0;

/// A bar of a round length, in the corner of the map that hides least of what is shown. `metres` is
/// the size of a pixel.
pub(super) fn scale_bar(
    layer: &PaintedLayer<'_>,
    viewport: Viewport,
    frame: Rect,
    metres: f32,
) -> Vec<Item> {
    let length = round_length(f64::from(metres * frame.width.min(frame.height * 2.0)) / 4.0);
    let pixels = (length / f64::from(metres)) as f32;
    let (number, unit) = if length >= 1000.0 { (length / 1000.0, "km") } else { (length, "m") };
    let decimals = u8::from(number < 1.0);
    let language: Language = layer.spec.language;
    let words = format!("{}\u{a0}{unit}", format_number(number, decimals, language));
    let width = pixels.max(STYLE.width(&words));
    if width + 2.0 * INSET > frame.width || HEIGHT + 2.0 * INSET > frame.height {
        return Vec::new();
    }
    let (left, right) = (frame.x + INSET, frame.right() - INSET - width);
    let (top, bottom) = (frame.y + INSET, frame.bottom() - INSET - HEIGHT);
    let corners = [[left, bottom], [right, bottom], [left, top], [right, top]];
    let hidden = |corner: &&[f32; 2]| hidden(layer, viewport, **corner, width);
    let [x, y] = *corners.iter().min_by_key(hidden).unwrap_or(&corners[0]);
    let base = (y + HEIGHT).round() - 0.5;
    let rise = 5.0;
    let line =
        |from: [f32; 2], to: [f32; 2], width: f32, colour| Item::Line { from, to, width, colour };
    let strokes = [
        ([x, base], [x + pixels, base]),
        ([x, base - rise], [x, base]),
        ([x + pixels, base - rise], [x + pixels, base]),
    ];
    let mut items: Vec<_> =
        strokes.iter().map(|(from, to)| line(*from, *to, 4.0, ink::PAPER)).collect();
    items.extend(strokes.iter().map(|(from, to)| line(*from, *to, 1.5, ink::INK)));
    items.push(Item::Text(Text {
        at: [x + pixels / 2.0, base - 7.0],
        style: STYLE,
        anchor: if pixels < STYLE.width(&words) { Anchor::Start } else { Anchor::Middle },
        colour: ink::INK,
        halo: Some(ink::PAPER),
        text: words,
    }));
    if let (Some(Item::Text(text)), true) = (items.last_mut(), pixels < width) {
        text.at[0] = x;
    }
    items
}

/// 1, 2 or 5 times a power of ten, no longer than asked.
fn round_length(most: f64) -> f64 {
    let power = 10_f64.powf(most.max(1.0).log10().floor());
    [5.0, 2.0, 1.0].into_iter().map(|n| n * power).find(|n| *n <= most).unwrap_or(power)
}

/// How many of some points in a corner lie in an area of the layer.
fn hidden(layer: &PaintedLayer<'_>, viewport: Viewport, [x, y]: [f32; 2], width: f32) -> usize {
    let coverage = layer.series.coverage;
    let points = (0..=8).flat_map(|i| (0..=3).map(move |j| (i, j)));
    points
        .filter(|&(i, j)| {
            let at = [x + width * i as f32 / 8.0, y + HEIGHT * j as f32 / 3.0];
            let [x, y] = viewport.to_country(at);
            let found = coverage.at(Rd { x: x / 1000.0, y: y / 1000.0 });
            found.is_some_and(|ordinal| {
                let known = layer.areas.binary_search_by_key(&ordinal, |area| area.ordinal);
                known.is_ok() && !coverage.is_water(ordinal)
            })
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::round_length;

    #[test]
    fn lengths_are_round() {
        for (most, length) in [(999.0, 500.0), (1000.0, 1000.0), (43_000.0, 20_000.0), (7.0, 5.0)] {
            assert_eq!(round_length(most), length);
        }
    }
}
