//! What lies over a picture's map for who points at it: every area by itself.

use std::fmt::Write;

use crate::{
    atlas::LevelCoverage,
    layer::{PaintedLayer, legend as legend_of},
};

use super::{
    layout,
    map::Need,
    scene::{Item, Scene},
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
    let viewport = viewport(layer, &scene);
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

/// The outline of any area of the atlas on [`svg`](super::svg) of a layer and size, as path data in
/// CSS pixels of the picture, even-odd. `None` where the picture has no map, or the area no border.
pub fn outline(
    layer: &PaintedLayer<'_>,
    size: PictureSize,
    coverage: &LevelCoverage,
    ordinal: usize,
) -> Option<String> {
    let viewport = viewport(layer, &layout::compose(layer, size, Need::Crossings))?;
    Some(path(coverage, ordinal, viewport)).filter(|path| !path.is_empty())
}

/// Where the country lies in a picture.
fn viewport(layer: &PaintedLayer<'_>, scene: &Scene) -> Option<Viewport> {
    let frame = scene.items.iter().find_map(|item| match item {
        Item::Map(map) => Some(map.frame),
        _ => None,
    })?;
    Some(Viewport::around(&extent(layer)?, frame))
}

fn paths(layer: &PaintedLayer<'_>, viewport: Viewport) -> Vec<String> {
    let coverage = layer.series.coverage;
    layer.areas.iter().map(|area| path(coverage, area.ordinal, viewport)).collect()
}

fn path(coverage: &LevelCoverage, ordinal: usize, viewport: Viewport) -> String {
    let detail = detail_within(0.5 / viewport.scale());
    // Tenths of a pixel, as whole numbers.
    let tenths = |vertex: [i32; 2]| {
        viewport.to_pixel(vertex.map(f64::from)).map(|side| (side * 10.0).round() as i32)
    };
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
}

/// A whole number of tenths as a decimal.
fn tenth(tenths: i32) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}
