//! Geometry literals.

use std::cell::RefCell;

use geo::{BoundingRect, CoordsIter, Intersects, MapCoordsInPlace};
use geo_types::{Coord, Geometry, GeometryCollection, LineString, Point, Polygon, Rect};

use super::MOST_COORDINATE;

/// A side of a `BBOX` has so many points, so that a projection bends it as it should.
const POINTS_A_SIDE: u32 = 16;

/// A geometry as written, sound when it was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Literal {
    /// A collection has no collections within.
    shape: Geometry<f64>,
    /// West, south, east and north where it was written as a `BBOX`, and not mapped since.
    bbox: Option<[f64; 4]>,
    /// `None` where a coordinate is no number, or too large to reckon with.
    bounds: Option<Rect<f64>>,
}

/// A part of a literal.
#[derive(Clone, Copy, Debug)]
pub(super) enum Member<'a> {
    Point(Coord<f64>),
    Line(&'a LineString<f64>),
    Area(&'a Polygon<f64>),
}

impl Literal {
    pub fn new(shape: Geometry<f64>) -> Self {
        let bounds = bounds(&shape);
        Self { shape, bbox: None, bounds }
    }

    /// A box; one without height or width is a line or a point. West is not beyond east, nor south
    /// beyond north.
    pub fn bbox([west, south, east, north]: [f64; 4]) -> Self {
        let corner = |x, y| Coord { x, y };
        let shape = if west == east && south == north {
            Point::new(west, south).into()
        } else if west == east || south == north {
            let mut line = side(corner(west, south), corner(east, north));
            line.push(corner(east, north));
            LineString(line).into()
        } else {
            let corners = [
                corner(west, south),
                corner(east, south),
                corner(east, north),
                corner(west, north),
                corner(west, south),
            ];
            let ring = corners.array_windows().flat_map(|[from, to]| side(*from, *to)).collect();
            Polygon::new(LineString(ring), vec![]).into()
        };
        Self { bbox: Some([west, south, east, north]), ..Self::new(shape) }
    }

    /// A box with west beyond east, of which longitude is the axis: it goes round the far side of the
    /// earth, as two boxes that meet there.
    pub fn across_antimeridian(edges: [f64; 4], axis: usize) -> Self {
        let (mut to_east, mut from_west) = (edges, edges);
        to_east[2 + axis] = 180.0;
        from_west[axis] = -180.0;
        let shapes = [to_east, from_west].map(|edges| Self::bbox(edges).shape);
        Self::new(Geometry::GeometryCollection(GeometryCollection::from(shapes.to_vec())))
    }

    pub fn shape(&self) -> &Geometry<f64> {
        &self.shape
    }

    /// The box that it was written as, unless it was mapped.
    pub fn as_bbox(&self) -> Option<[f64; 4]> {
        self.bbox
    }

    /// `None` where it cannot be compared with anything.
    pub fn bounds(&self) -> Option<Rect<f64>> {
        self.bounds
    }

    pub fn map_coordinates(&mut self, f: &mut impl FnMut(Coord<f64>) -> Coord<f64>) {
        // What is asked for is a function that can be copied.
        let f = RefCell::new(f);
        let f = &f;
        self.shape.map_coords_in_place(|c| f.borrow_mut()(c));
        *self = Self::new(std::mem::replace(&mut self.shape, Point::new(0.0, 0.0).into()));
    }

    pub fn visit_coordinates(&self, f: &mut impl FnMut(Coord<f64>)) {
        self.shape.coords_iter().for_each(f);
    }

    pub fn coordinate_count(&self) -> usize {
        self.shape.coords_count()
    }

    /// Whether two literals have a point in common.
    pub fn intersects(&self, other: &Self) -> bool {
        self.shape.intersects(&other.shape)
    }

    pub fn members(&self) -> Vec<Member<'_>> {
        let mut members = Vec::new();
        add_members(&self.shape, &mut members);
        members
    }
}

fn add_members<'a>(shape: &'a Geometry<f64>, members: &mut Vec<Member<'a>>) {
    match shape {
        Geometry::Point(point) => members.push(Member::Point(point.0)),
        Geometry::MultiPoint(points) => {
            members.extend(points.iter().map(|point| Member::Point(point.0)));
        }
        Geometry::LineString(line) => members.push(Member::Line(line)),
        Geometry::MultiLineString(lines) => members.extend(lines.iter().map(Member::Line)),
        Geometry::Polygon(polygon) => members.push(Member::Area(polygon)),
        Geometry::MultiPolygon(polygons) => members.extend(polygons.iter().map(Member::Area)),
        Geometry::GeometryCollection(collection) => {
            collection.iter().for_each(|shape| add_members(shape, members));
        }
        // No literal is read as one of these.
        Geometry::Line(_) | Geometry::Rect(_) | Geometry::Triangle(_) => {}
    }
}

/// The points from one corner up to, and without, the next. The points along a line have its
/// coordinates exactly, so that the box stays one.
fn side(from: Coord<f64>, to: Coord<f64>) -> Vec<Coord<f64>> {
    let along =
        |from: f64, to: f64, part| if from == to { from } else { from + (to - from) * part };
    (0..POINTS_A_SIDE)
        .map(|i| f64::from(i) / f64::from(POINTS_A_SIDE))
        .map(|part| Coord { x: along(from.x, to.x, part), y: along(from.y, to.y, part) })
        .collect()
}

fn bounds(shape: &Geometry<f64>) -> Option<Rect<f64>> {
    let sound = |c: Coord<f64>| c.x.abs() <= MOST_COORDINATE && c.y.abs() <= MOST_COORDINATE;
    if shape.coords_iter().all(sound) { shape.bounding_rect() } else { None }
}
