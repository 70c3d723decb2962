//! Breaks: the upper bounds of all classes but the highest.

use super::{Method, equal_intervals, natural_breaks, quantiles};

/// The breaks that a method makes of `values` for at most `classes` classes, ascending: the upper
/// bounds of all classes but the highest, so that there is one class more than there are breaks.
/// A method may return fewer classes than asked; never two equal breaks, never one at or above
/// the highest value. Values that are not finite are left out.
///
/// `None` without values, and for [`Method::Publicatie`], whose breaks the catalogue holds.
pub fn breaks(method: Method, values: &[f64], classes: usize) -> Option<Vec<f64>> {
    match method {
        Method::Publicatie => None,
        Method::Kwantielen => quantiles(values, classes),
        Method::GelijkeIntervallen => equal_intervals(values, classes),
        Method::NatuurlijkeGrenzen => natural_breaks(values, classes),
    }
}
