//! Two scales at once: where both are high, where both are low.

use super::{Method, breaks};

/// The classes of two quantities together: k by k, as in a bivariate map.
#[derive(Clone, Debug, PartialEq)]
pub struct Bivariate {
    classes: usize,
    x: Vec<f64>,
    y: Vec<f64>,
}

impl Bivariate {
    /// Breaks of both quantities, made by one method for at most `classes` classes each, from the
    /// pairs of areas that have both; pairs with a number that is not finite are left out.
    ///
    /// `None` without pairs, and for a method that computes no breaks. Cost: twice that of the
    /// method.
    pub fn new(method: Method, pairs: &[(f64, f64)], classes: usize) -> Option<Self> {
        let classes = classes.max(1);
        let (x, y): (Vec<f64>, Vec<f64>) =
            pairs.iter().filter(|(x, y)| x.is_finite() && y.is_finite()).copied().unzip();
        Some(Self { classes, x: breaks(method, &x, classes)?, y: breaks(method, &y, classes)? })
    }

    /// The breaks of the first quantity.
    pub fn x(&self) -> &[f64] {
        &self.x
    }

    /// The breaks of the second quantity.
    pub fn y(&self) -> &[f64] {
        &self.y
    }

    /// The class of a pair, from 0 (both low) to k² - 1 (both high): the class of y times k plus
    /// that of x, each right-closed.
    pub fn classify(&self, x: f64, y: f64) -> usize {
        let class = |breaks: &[f64], value: f64| breaks.partition_point(|&bound| bound < value);
        class(&self.y, y) * self.classes + class(&self.x, x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corners_are_where_both_are_low_or_high() {
        let pairs: Vec<(f64, f64)> =
            (0..9).map(|i| (f64::from(i % 3), 10.0 * f64::from(i / 3))).collect();
        let both = Bivariate::new(Method::Kwantielen, &pairs, 3).expect("pairs");
        let codes: Vec<usize> = pairs.iter().map(|&(x, y)| both.classify(x, y)).collect();
        assert_eq!(codes, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    }

    #[test]
    fn half_a_pair_makes_no_breaks() {
        let pairs = [(1.0, f64::NAN), (f64::NAN, 1.0)];
        assert_eq!(Bivariate::new(Method::Kwantielen, &pairs, 3), None);
        assert_eq!(Bivariate::new(Method::Publicatie, &[(1.0, 1.0)], 3), None);
        // Fewer classes of x than asked: the code still counts in threes.
        let both = Bivariate::new(Method::Kwantielen, &[(1.0, 1.0), (1.0, 2.0)], 3).expect("pairs");
        assert_eq!((both.x().len(), both.y().len(), both.classify(1.0, 2.0)), (0, 1, 3));
    }
}
