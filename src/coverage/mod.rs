//! Shapes on a millimetre grid in RD, their repair, and the index that finds them.

mod exact;
mod fault;
mod locator;
mod repair;
mod shape;
#[cfg(test)]
pub(crate) mod testdata;
mod validity;

pub use fault::Fault;
pub use locator::Locator;
pub use repair::{Repair, ShapeError, repair};
pub use shape::{BBox, Polygon, Shape};
