//! Filters in CQL2 Text (OGC 21-065r2): a text becomes a checked tree, which is asked row by row.
//!
//! Of the standard this reads the classes in [`CONFORMANCE`], and of the class `spatial-functions`
//! only `S_WITHIN` and `S_DISJOINT`. Arithmetic, `ACCENTI`, arrays, intervals, temporal functions
//! and functions of one's own are refused by name.

mod bounds;
mod canonical;
mod error;
mod evaluate;
mod expression;
mod instant;
mod keyword;
mod like;
mod literal;
mod operand;
mod parse;
mod ring;
mod row;
mod spatial;
#[cfg(test)]
mod tests;
mod text;
mod token;
mod wkt;

use geo_types::{Coord, Rect};

pub use self::{
    error::CqlError,
    row::{Kind, Property, Row, Value},
};

use self::{expression::Expression, parse::Parser};

/// A text may have so many bytes.
pub const MOST_BYTES: usize = 8_192;
/// Parentheses, `NOT`s, functions within functions and collections within collections may go so
/// deep.
pub const MOST_LEVELS: usize = 32;
/// A filter may have so many predicates.
pub const MOST_PREDICATES: usize = 500;
/// The list of an `IN` may have so many items.
pub const MOST_ITEMS: usize = 1_000;
/// The geometries of a filter may have so many coordinates together; a `BBOX` has 65.
pub const MOST_COORDINATES: usize = 10_000;
/// A coordinate may be so large, in units of whatever system it is in: beyond it products of
/// coordinates lose their meaning.
pub const MOST_COORDINATE: f64 = 1e9;

/// The conformance classes of CQL2 that are met, as URIs.
///
/// Two things are the caller's for `basic-spatial-functions`: to refuse what lies outside the area
/// of validity of the system of coordinates ([`Filter::visit_coordinates`]), and to say of a system
/// in degrees which axis is the [`Longitude`].
pub const CONFORMANCE: &[&str] = &[
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
    "http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators",
    "http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison",
    "http://www.opengis.net/spec/cql2/1.0/conf/property-property",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus",
];

/// Which axis of a system of coordinates goes round the earth. Along it a `BBOX` with west beyond
/// east spans the antimeridian, at 180 degrees; in other systems it is refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Longitude {
    /// The system is of a plane.
    #[default]
    None,
    /// The first, as in CRS84.
    First,
    /// The second, as in EPSG:4258.
    Second,
}

impl Longitude {
    fn axis(self) -> Option<usize> {
        match self {
            Self::None => None,
            Self::First => Some(0),
            Self::Second => Some(1),
        }
    }
}

/// A filter expression, checked against the properties it was read for.
///
/// Two filters are equal when their trees are: `NOT NOT x` is `x`, `S_DISJOINT` is
/// `NOT S_INTERSECTS`, and the order of the items of an `IN` does not count; that of the operands
/// of `AND` and `OR` does.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    root: Expression,
}

impl Filter {
    /// Reads a text. The names of properties are compared exactly; a name that is a keyword, or no
    /// identifier, stands in double quotes.
    ///
    /// Cost: linear in the text, but for the rings of polygons, which are compared segment by
    /// segment.
    ///
    /// # Errors
    /// The first thing that is wrong, with its position.
    pub fn parse(
        text: &str,
        properties: &[Property<'_>],
        longitude: Longitude,
    ) -> Result<Self, CqlError> {
        Parser::new(text, properties, longitude)?.filter().map(|root| Self { root })
    }

    /// Whether a row passes, in the three-valued logic of SQL: what is unknown, by a missing value
    /// or a missing geometry, does not pass.
    ///
    /// Cost: a shape is asked for only where its bounds do not answer; with `CASEI` the texts of
    /// the row that are no ASCII are copied.
    pub fn holds(&self, row: &(impl Row + ?Sized)) -> bool {
        self.root.evaluate(row) == Some(true)
    }

    /// A box such that no row passes whose bounds do not meet it; `None` where no box follows from
    /// the expression. In the system of the literals, as [`Self::map_coordinates`] left them.
    pub fn bounds(&self) -> Option<Rect<f64>> {
        self.root.bounds()
    }

    /// Whether the expression asks for the geometry of a row at all.
    pub fn is_spatial(&self) -> bool {
        self.root.is_spatial()
    }

    /// Brings every coordinate of the geometry literals to another system. A `BBOX` is by then a
    /// polygon with 16 points a side. A literal of which a coordinate comes out as no number, or
    /// beyond [`MOST_COORDINATE`], makes its predicates unknown.
    pub fn map_coordinates(&mut self, mut f: impl FnMut(Coord<f64>) -> Coord<f64>) {
        self.root.visit_literals_mut(&mut |literal| literal.map_coordinates(&mut f));
    }

    /// Shows every coordinate of the geometry literals, so that the caller can refuse those outside
    /// the area of validity of their system.
    pub fn visit_coordinates(&self, mut f: impl FnMut(Coord<f64>)) {
        self.root.visit_literals(&mut |literal| literal.visit_coordinates(&mut f));
    }

    /// A text that is the same for equal filters and reads back as an equal one; fit as the key of
    /// a cache.
    ///
    /// It has the coordinates that the literals have now: who maps from several systems takes it
    /// afterwards, or adds the system to the key. Mapped, it may be longer than what
    /// [`Self::parse`] reads, as it may when `CASEI` lengthened a text near the limit.
    pub fn canonical(&self) -> String {
        self.root.to_string()
    }
}
