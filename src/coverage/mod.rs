//! Shapes on a millimetre grid in RD, their repair, and the index that finds them.

mod arcs;
mod borders;
mod crosswalk;
mod detail;
mod dissolve;
mod exact;
mod fault;
mod locator;
mod neighbours;
mod pole;
mod removal;
mod repair;
mod rings;
mod shape;
#[cfg(test)]
pub(crate) mod testdata;
mod topology;
mod validity;

pub use arcs::{ArcRef, Arcs};
pub use borders::Borders;
pub use crosswalk::{Change, ChangeKind, Changes, Crosswalk, Extent, Flow, Intersection};
pub use detail::Detail;
pub use fault::Fault;
pub use locator::Locator;
pub use neighbours::{Neighbour, Neighbours};
pub use pole::Pole;
pub use repair::{Repair, ShapeError, repair};
pub use rings::Rings;
pub use shape::{BBox, Polygon, Shape};
pub use topology::{Cleaning, Gap, Overlap, Tolerance, Topology, TopologyError};
