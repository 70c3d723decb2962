//! Counts as circles: a count is never a filled area.

use crate::{coverage::Detail, layer::PaintedLayer};

use super::{ink, scene::Circle, viewport::Viewport};

/// The part of the land that circles cover together.
const COVERED: f64 = 0.22;
/// The bounds of the largest radius, pixels.
const RADII: [f64; 2] = [6.0, 40.0];

/// A circle in each area with a number, the largest first; their surfaces are the numbers, and as
/// large as the land allows. Cost: a pass over the vertices of the areas.
pub(super) fn circles(layer: &PaintedLayer<'_>, viewport: Viewport, detail: Detail) -> Vec<Circle> {
    let coverage = layer.series.coverage;
    let counted: Vec<_> = layer
        .areas
        .iter()
        .filter(|area| !layer.is_water(area))
        .filter_map(|area| Some((area, area.value.number()?.abs())))
        .collect();
    let largest = counted.iter().map(|(_, count)| *count).fold(1.0, f64::max);
    let shares: f64 = counted.iter().map(|(_, count)| count / largest).sum();
    let dry = layer.areas.iter().filter(|area| !layer.is_water(area));
    let land: f64 = dry.map(|area| coverage.shape_at(area.ordinal, detail).area_m2()).sum();
    let pixels = land * (viewport.scale() * 1000.0).powi(2);
    let fitting = (COVERED * pixels / std::f64::consts::PI / shares.max(f64::EPSILON)).sqrt();
    let radius = fitting.clamp(RADII[0], RADII[1]);
    let mut circles: Vec<_> = counted
        .into_iter()
        .filter_map(|(area, count)| {
            let middle = coverage.shape_at(area.ordinal, detail).interior_point()?;
            let class = layer.scale.classes().get(area.class?)?;
            let radius = ((count / largest).sqrt() * radius) as f32;
            (radius > 0.05).then_some(Circle {
                centre: viewport.to_pixel([middle.x * 1000.0, middle.y * 1000.0]),
                radius,
                fill: class.colour,
                edge: ink::BORDER,
            })
        })
        .collect();
    circles.sort_by(|a, b| b.radius.total_cmp(&a.radius));
    circles
}
