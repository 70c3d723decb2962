//! An area as filters see it.

use std::{borrow::Cow, cell::OnceCell};

use geo::MapCoords;
use geo_types::{MultiPolygon, Rect, coord};

use crate::{
    area::Flag,
    cql::{self, Value},
    crs::Rd,
};

use super::collection::{Collection, Content};

/// The plane that places are compared in. Straight lines differ between them by metres, so that
/// each filter is asked in the one that it was written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Plane {
    /// Longitude and latitude.
    #[default]
    Degrees,
    /// RD metres.
    Rd,
}

/// How far an extent in degrees may be rounded.
const ROUNDED: f64 = 2e-5;

/// An area of a collection.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    collection: &'a Collection<'a>,
    ordinal: usize,
    plane: Plane,
    gemeente: OnceCell<String>,
    reasons: OnceCell<String>,
    /// On the plane, once a filter asks for it: it may have several predicates that do.
    shape: OnceCell<MultiPolygon<f64>>,
}

impl<'a> Row<'a> {
    pub fn new(collection: &'a Collection<'a>, ordinal: usize) -> Self {
        Self::on(collection, ordinal, Plane::default())
    }

    /// The area on a plane.
    pub fn on(collection: &'a Collection<'a>, ordinal: usize, plane: Plane) -> Self {
        Self {
            collection,
            ordinal,
            plane,
            gemeente: OnceCell::new(),
            reasons: OnceCell::new(),
            shape: OnceCell::new(),
        }
    }

    /// What a field says of the area.
    pub fn get(&self, content: Content<'a>) -> Value<'_> {
        let Self { collection, ordinal, .. } = *self;
        let coverage = collection.coverage;
        match content {
            Content::Code => Value::Text(coverage.codes()[ordinal].as_str()),
            Content::Name => Value::Text(coverage.name(ordinal)),
            Content::GemeenteCode => {
                let code = || coverage.gemeente(ordinal);
                let text = self
                    .gemeente
                    .get_or_init(|| code().map_or_else(String::new, |code| code.to_string()));
                known(text)
            }
            Content::Gemeente => {
                known(collection.atlas.gemeente_name(coverage, ordinal).unwrap_or_default())
            }
            Content::Water => Value::Boolean(coverage.is_water(ordinal)),
            Content::HardlyResidential => {
                Value::Boolean(coverage.flags(ordinal).contains(&Flag::NauwelijksWoongebied))
            }
            Content::Figure(_, series) => {
                series.column.get(ordinal).number().map_or(Value::Null, Value::Number)
            }
            Content::Reasons => {
                let text = self.reasons.get_or_init(|| self.reasons());
                known(text)
            }
        }
    }

    fn mapped(&self) -> MultiPolygon<f64> {
        let shape = self.collection.coverage.shape(self.ordinal).to_multi_polygon();
        let transform = &self.collection.atlas.transform;
        match self.plane {
            Plane::Rd => shape,
            Plane::Degrees => shape.map_coords(|at| {
                let at = transform.to_lonlat(Rd { x: at.x, y: at.y });
                coord! { x: at.lon, y: at.lat }
            }),
        }
    }

    fn reasons(&self) -> String {
        let mut text = String::new();
        for field in &self.collection.fields {
            if let Content::Figure(_, series) = field.content
                && let Some(reason) = series.column.reason(self.ordinal)
            {
                if !text.is_empty() {
                    text.push_str(", ");
                }
                text.push_str(&field.name);
                text.push_str(": ");
                text.push_str(reason.as_str());
            }
        }
        text
    }
}

/// What is not there is empty here, and nothing elsewhere.
fn known(text: &str) -> Value<'_> {
    if text.is_empty() { Value::Null } else { Value::Text(text) }
}

impl cql::Row for Row<'_> {
    fn value(&self, property: usize) -> Value<'_> {
        let field = self.collection.fields.get(property);
        field.map_or(Value::Null, |field| self.get(field.content))
    }

    fn bounds(&self) -> Option<Rect<f64>> {
        let bbox = self.collection.coverage.bbox(self.ordinal)?;
        Some(match self.plane {
            Plane::Rd => {
                let [low, high] = [bbox.south_west(), bbox.north_east()];
                Rect::new(coord! { x: low.x, y: low.y }, coord! { x: high.x, y: high.y })
            }
            Plane::Degrees => {
                let [west, south, east, north] = self.collection.coverage.extent(self.ordinal);
                Rect::new(
                    coord! { x: west - ROUNDED, y: south - ROUNDED },
                    coord! { x: east + ROUNDED, y: north + ROUNDED },
                )
            }
        })
    }

    fn shape(&self) -> Cow<'_, MultiPolygon<f64>> {
        Cow::Borrowed(self.shape.get_or_init(|| self.mapped()))
    }
}
