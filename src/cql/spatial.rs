//! How the shape of a row lies towards a geometry literal, as DE-9IM has it. What the bounds of the
//! row answer, the shape is not asked for; what they leave open costs the segments near the border.

use std::{borrow::Cow, cell::LazyCell};

use geo::{
    BoundingRect, CoordinatePosition, InteriorPoint, Intersects, LineIntersection, Relate,
    coordinate_position::CoordPos, dimensions::Dimensions, line_intersection::line_intersection,
};
use geo_types::{Coord, Line, LineString, MultiLineString, MultiPolygon, Polygon, Rect};

use super::{
    literal::{Literal, Member},
    row::Row,
};

/// A relation between the geometry of a row and a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// They have a point in common.
    Intersects,
    /// The geometry lies within the literal: within one area of it, where it has several.
    Within,
    /// The literal lies within the geometry: no part of it outside, and some part not on the
    /// border.
    Contains,
}

/// Where a rectangle lies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Inside,
    Outside,
    /// Possibly both.
    Across,
}

impl Relation {
    /// Whether a row has the relation; unknown without a geometry, or with a literal that could not
    /// be mapped.
    pub fn holds(self, row: &(impl Row + ?Sized), literal: &Literal) -> Option<bool> {
        let bounds = row.bounds()?;
        let reach = literal.bounds()?;
        let shape = LazyCell::new(|| row.shape());
        Some(match self {
            Self::Intersects => {
                bounds.intersects(&reach)
                    && literal.members().iter().any(|member| member.meets(bounds, &shape))
            }
            Self::Within => encloses(reach, bounds) && within(bounds, literal, &shape),
            Self::Contains => encloses(bounds, reach) && contains(literal, &shape),
        })
    }
}

type Shape<'a, F> = LazyCell<Cow<'a, MultiPolygon<f64>>, F>;

impl Member<'_> {
    fn meets<'a>(
        self,
        bounds: Rect<f64>,
        shape: &Shape<'a, impl FnOnce() -> Cow<'a, MultiPolygon<f64>>>,
    ) -> bool {
        let line_meets = |line: Line<f64>| line.intersects(&bounds) && shape.intersects(&line);
        match self {
            Self::Point(point) => bounds.intersects(&point) && shape.intersects(&point),
            Self::Line(line) => line.lines().any(line_meets),
            Self::Area(area) => match side(bounds, area) {
                Side::Inside => true,
                Side::Outside => false,
                // Where the border does not meet the shape, each of its polygons lies wholly to
                // one side.
                Side::Across => {
                    segments(area).any(line_meets)
                        || shape.iter().filter_map(first).any(|point| area.intersects(&point))
                }
            },
        }
    }
}

/// Whether every polygon of a shape lies within an area of a literal.
fn within<'a>(
    bounds: Rect<f64>,
    literal: &Literal,
    shape: &Shape<'a, impl FnOnce() -> Cow<'a, MultiPolygon<f64>>>,
) -> bool {
    let areas: Vec<_> = literal
        .members()
        .into_iter()
        .filter_map(|member| if let Member::Area(area) = member { Some(area) } else { None })
        .filter_map(|area| Some((area, side(bounds, area), area.bounding_rect()?)))
        .filter(|(_, side, _)| *side != Side::Outside)
        .collect();
    if areas.iter().any(|(_, side, _)| *side == Side::Inside) {
        return true;
    }
    !areas.is_empty()
        && !shape.0.is_empty()
        && shape.iter().all(|polygon| {
            let Some(bounds) = polygon.bounding_rect() else { return false };
            areas.iter().any(|(area, _, reach)| {
                encloses(*reach, bounds)
                    && match side(bounds, area) {
                        Side::Inside => true,
                        Side::Outside => false,
                        Side::Across => covers(segments(area), *area, polygon, bounds),
                    }
            })
        })
}

/// Whether a literal lies within a shape.
fn contains<'a>(
    literal: &Literal,
    shape: &Shape<'a, impl FnOnce() -> Cow<'a, MultiPolygon<f64>>>,
) -> bool {
    let mut lines = Vec::new();
    let mut inside = false;
    for member in literal.members() {
        let covered = match member {
            Member::Point(point) => {
                let position = shape.coordinate_position(&point);
                inside |= position == CoordPos::Inside;
                position != CoordPos::Outside
            }
            Member::Line(line) => {
                lines.push(line.clone());
                true
            }
            Member::Area(area) => {
                inside = true;
                let borders = shape.iter().flat_map(segments);
                area.bounding_rect().is_some_and(|bounds| covers(borders, &***shape, area, bounds))
            }
        };
        if !covered {
            return false;
        }
    }
    if lines.is_empty() {
        return inside;
    }
    let relation = MultiLineString(lines).relate(&***shape);
    relation.is_coveredby() && (inside || relation.is_within())
}

/// Whether a polygon lies within areas, given the segments of their borders: no border runs through
/// its inside, and its inside is inside them.
fn covers(
    borders: impl Iterator<Item = Line<f64>>,
    areas: &impl CoordinatePosition<Scalar = f64>,
    polygon: &Polygon<f64>,
    bounds: Rect<f64>,
) -> bool {
    let position = |point: Coord<f64>| areas.coordinate_position(&point);
    // Most often the first point tells.
    let told = polygon
        .exterior()
        .coords()
        .map(|point| position(*point))
        .find(|position| *position != CoordPos::OnBoundary)
        .or_else(|| polygon.interior_point().map(|point| position(point.0)));
    if told != Some(CoordPos::Inside) {
        return false;
    }
    let near: Vec<_> = borders.filter(|line| line.intersects(&bounds)).collect();
    // A border that plainly crosses needs no matrix.
    let crosses = |one: &Line<f64>, two: Line<f64>| {
        let common = line_intersection(*one, two);
        matches!(common, Some(LineIntersection::SinglePoint { is_proper: true, .. }))
    };
    if near.iter().any(|line| segments(polygon).any(|edge| crosses(line, edge))) {
        return false;
    }
    let near = near.iter().map(|line| LineString(vec![line.start, line.end])).collect();
    let matrix = MultiLineString(near).relate(polygon);
    matrix.get(CoordPos::Inside, CoordPos::Inside) == Dimensions::Empty
}

/// Where a rectangle lies towards an area. What touches its border counts as across.
fn side(rect: Rect<f64>, area: &Polygon<f64>) -> Side {
    if segments(area).any(|line| line.intersects(&rect)) {
        return Side::Across;
    }
    match area.coordinate_position(&rect.min()) {
        CoordPos::Inside => Side::Inside,
        CoordPos::OnBoundary => Side::Across,
        CoordPos::Outside => Side::Outside,
    }
}

fn segments(area: &Polygon<f64>) -> impl Iterator<Item = Line<f64>> {
    std::iter::once(area.exterior()).chain(area.interiors()).flat_map(LineString::lines)
}

fn first(polygon: &Polygon<f64>) -> Option<Coord<f64>> {
    polygon.exterior().0.first().copied()
}

fn encloses(outer: Rect<f64>, inner: Rect<f64>) -> bool {
    outer.min().x <= inner.min().x
        && outer.min().y <= inner.min().y
        && outer.max().x >= inner.max().x
        && outer.max().y >= inner.max().y
}
