//! What a filter is asked of.

use std::borrow::Cow;

use geo_types::{MultiPolygon, Rect};

/// What sort of values a property has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Texts, in the order of their characters' code points.
    Text,
    /// Numbers; whole ones are no kind of their own.
    Number,
    /// Truth values; false comes before true.
    Boolean,
    /// The geometry of the row; a row has one, whatever the number of its names.
    Geometry,
    /// Days; the value is a [`Value::Text`] such as `2024-01-31`.
    Date,
    /// Moments in UTC; the value is a [`Value::Text`] such as `2024-01-31T12:00:00Z`.
    Timestamp,
}

/// A property that filters may name.
#[derive(Clone, Copy, Debug)]
pub struct Property<'a> {
    /// Its name, as it stands in a filter.
    pub name: &'a str,
    /// The sort of its values.
    pub kind: Kind,
}

/// The value of a property of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// There is none. It equals nothing, not even itself, and is never 0 or empty.
    Null,
    /// A text.
    Text(&'a str),
    /// A number; NaN counts as [`Value::Null`].
    Number(f64),
    /// A truth value.
    Boolean(bool),
}

/// What a filter reads of a row. A value of another sort than the property has counts as
/// [`Value::Null`].
pub trait Row {
    /// The value of a property by its index in the list that the filter was read with. Not asked
    /// for properties of kind [`Kind::Geometry`].
    fn value(&self, property: usize) -> Value<'_>;

    /// The bounds of the shape; `None` where the row has no geometry, which makes spatial
    /// predicates unknown.
    fn bounds(&self) -> Option<Rect<f64>>;

    /// The shape, valid and not empty, in the system that the literals were brought to. Asked only
    /// of rows with bounds, and where those do not answer.
    fn shape(&self) -> Cow<'_, MultiPolygon<f64>>;
}
