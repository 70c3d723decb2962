//! Which figures must be hidden so that nobody can be recognised.
//!
//! Small counts are hidden, and so many others beside them that nobody who knows every figure that
//! is shown, and how areas add up, can bring a hidden count to fewer values than the rule says
//! (primary and secondary cell suppression; Hundepool et al., *Statistical Disclosure Control*,
//! 2012, chapter 4). What is known to an attacker is computed exactly: areas nest, and in a tree of
//! sums the bounds of every count follow from one pass up and one pass down.

mod bounds;
mod protect;

pub use bounds::{Bounds, bounds};
pub use protect::{DisclosureRule, Hidden, Protected, Unprotectable, protect};

/// A count of an area, and what others may know of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// The cell of the area that it lies in, as a place in the list; `None` at the top.
    pub parent: Option<usize>,
    /// How many.
    pub count: u64,
    /// How many there are at most, as everybody knows: the people that it is a part of. `None`
    /// where there is no such number.
    pub among: Option<u64>,
    /// The residents of the area; `None` where they are not known.
    pub residents: Option<u64>,
    /// Whether others know the count already, from what was shown before.
    pub is_known: bool,
    /// Whether one contributor makes so much of it that it tells of them alone.
    pub is_dominated: bool,
}

#[cfg(test)]
mod tests;
