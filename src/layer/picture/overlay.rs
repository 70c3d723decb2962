//! What lies over a picture's map for who points at it: every area by itself.

use std::fmt::Write;

use crate::layer::{PaintedLayer, legend as legend_of};

use super::{
    layout,
    map::Need,
    scene::Item,
    size::PictureSize,
    viewport::{Viewport, detail_within, extent},
    words::Words,
};

/// The words of a picture, and the outlines of its areas.
#[derive(Debug)]
pub struct Overlay {
    /// What the picture shows, in a line.
    pub title: String,
    /// How many areas have a value, and how many people live there.
    pub cover: String,
    /// Source, licence, version and what else belongs to the figures.
    pub source: String,
    /// For each area of the layer, in its order, the outline as path data in CSS pixels of the
    /// picture, even-odd; empty where it has none or none of it shows.
    pub paths: Vec<String>,
}

/// What lies over [`svg`](super::svg) of the same layer and size.
pub fn overlay(layer: &PaintedLayer<'_>, size: PictureSize) -> Overlay {
    let scene = layout::compose(layer, size, Need::Crossings);
    let words = Words::of(layer);
    let legend = legend_of(layer);
    let note = legend.note.as_ref().map(|note| note.get(layer.spec.language));
    let source =
        [words.source(&legend), words.delivery(&legend), note.unwrap_or_default().to_owned()];
    let map = scene.items.iter().find_map(|item| match item {
        Item::Map(map) => Some(map.frame),
        _ => None,
    });
    let viewport = map.and_then(|frame| Some(Viewport::around(&extent(layer)?, frame)));
    let paths = match viewport {
        Some(viewport) => paths(layer, viewport),
        None => vec![String::new(); layer.areas.len()],
    };
    Overlay {
        title: scene.title,
        cover: words.cover(&legend),
        source: source.join(" ").trim_end().to_owned(),
        paths,
    }
}

fn paths(layer: &PaintedLayer<'_>, viewport: Viewport) -> Vec<String> {
    let coverage = layer.series.coverage;
    let detail = detail_within(0.5 / viewport.scale());
    // Tenths of a pixel, as whole numbers.
    let tenths = |vertex: [i32; 2]| {
        viewport.to_pixel(vertex.map(f64::from)).map(|side| (side * 10.0).round() as i32)
    };
    let outline = |ordinal: usize| {
        let mut path = String::new();
        for ring in coverage.shape_at(ordinal, detail).rings() {
            let mut points = ring.iter().map(|vertex| tenths(*vertex));
            let Some(mut last) = points.next() else { continue };
            let _ = write!(path, "M{} {}l", tenth(last[0]), tenth(last[1]));
            for point in points.filter(|point| *point != last).collect::<Vec<_>>() {
                let (dx, dy) = (point[0] - last[0], point[1] - last[1]);
                let _ = write!(path, "{} {} ", tenth(dx), tenth(dy));
                last = point;
            }
            path.truncate(path.trim_end().len());
            path.push('z');
        }
        path
    };
    layer.areas.iter().map(|area| outline(area.ordinal)).collect()
}

/// A whole number of tenths as a decimal.
fn tenth(tenths: i32) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}
