//! What figures say of places together: who lives apart, whether neighbours are alike, how large
//! the differences are, and where it gets worse.
//!
//! Every measure is a pure function of slices with one entry a unit, all in the same order; none
//! knows an atlas. What holds for all of them:
//!
//! - A number that is not finite is missing. Missing is never 0: a unit that lacks a figure which a
//!   measure needs is left out, and results say how many were.
//! - No result holds a number that is not finite. What is undefined is an [`AnalysisError`] that
//!   says why, or `None` in a list with an entry a unit.
//! - Chance comes from counter-based streams: the same seed gives the same result on any number of
//!   threads.
//! - Counts are of residents or households, areas in square metres, points in metres of RD, shares
//!   from 0 to 1 unless something else is said.

pub mod areal;
pub mod autocorrelation;
pub mod before_after;
pub mod change;
pub mod concentration;
pub mod disclosure;
pub mod inequality;
pub mod rounding;
pub mod segregation;
pub mod weights;

mod cells;
mod distribution;
mod error;
mod numbers;
mod stream;

#[cfg(test)]
mod tests;

pub use error::AnalysisError;
pub use weights::{Transform, Weights};
