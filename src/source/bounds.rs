//! Where shapes may lie, and what is no shape.

use std::ops::RangeInclusive;

use geo_types::MultiPolygon;

/// Where RD New has any land or water of the Netherlands, with room to spare; in metres.
pub const RD_X: RangeInclusive<f64> = -100_000.0..=400_000.0;
/// The same northward.
pub const RD_Y: RangeInclusive<f64> = 200_000.0..=900_000.0;

/// Refuses a shape without area, and coordinates that RD New does not have. Everything else is
/// for the coverage to repair.
pub fn check_shape(shape: &MultiPolygon<f64>) -> Result<(), String> {
    /// A triangle: a closed ring of four points.
    const LEAST_CORNERS: usize = 3;
    let rings = || {
        shape
            .0
            .iter()
            .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
    };
    // Reading closed every ring, so its last point repeats its first.
    let corners = rings().map(|ring| ring.0.len().saturating_sub(1)).max().unwrap_or(0);
    if corners < LEAST_CORNERS {
        return Err(format!(
            "a ring of {corners} corners, expected at least {LEAST_CORNERS} (four points, closed)"
        ));
    }
    let outside = rings()
        .flat_map(|ring| &ring.0)
        .find(|point| !RD_X.contains(&point.x) || !RD_Y.contains(&point.y));
    outside.map_or(Ok(()), |point| {
        Err(format!(
            "point {}, {} lies outside RD New (x {} to {}, y {} to {} m)",
            point.x,
            point.y,
            RD_X.start(),
            RD_X.end(),
            RD_Y.start(),
            RD_Y.end()
        ))
    })
}
