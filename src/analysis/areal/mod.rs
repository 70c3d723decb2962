//! Values from one division to another: areal interpolation (Goodchild and Lam 1980).
//!
//! A count is spread over the areas that its area went into, and added up there; a share, a mean or
//! a score is averaged. What is missing leaves the sum and its weight alike, and every result says
//! which part of its area is covered by figures.

mod pycnophylactic;
mod shares;

pub use pycnophylactic::{Grid, pycnophylactic};
pub use shares::{Interpolated, Share, Shares};
