//! Two scales at once: where both are high, where both are low.

use super::{Method, Rgb, breaks};

/// How many classes each of two quantities has on a map of both: sixteen cells nobody tells apart.
pub const PAIR_CLASSES: usize = 3;

/// The colours of the nine cells of such a map: row by row, and in a row column by column, each
/// from favourable to less favourable. Along an axis the colour says which of the two it is, and
/// the last is the darkest.
pub const PAIR_COLOURS: [Rgb; PAIR_CLASSES * PAIR_CLASSES] = [
    Rgb::from_u24(0xf3_efe8),
    Rgb::from_u24(0xf6_b26b),
    Rgb::from_u24(0xd9_680f),
    Rgb::from_u24(0x86_b6d9),
    Rgb::from_u24(0x88_8864),
    Rgb::from_u24(0x78_4f0e),
    Rgb::from_u24(0x21_66ac),
    Rgb::from_u24(0x21_4c4f),
    Rgb::from_u24(0x1d_2c0b),
];

/// One of two quantities.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    breaks: Vec<f64>,
    classes: usize,
    is_reversed: bool,
}

impl Axis {
    /// The bounds between its classes in its own unit, ascending; fewer than asked for where many
    /// numbers are the same.
    pub fn breaks(&self) -> &[f64] {
        &self.breaks
    }

    /// Whether its first class is that of the highest numbers.
    pub fn is_reversed(&self) -> bool {
        self.is_reversed
    }

    /// The class of a finite number, from 0: right-closed, so that a number on a bound belongs to
    /// the lower numbers, whichever class these are.
    pub fn classify(&self, value: f64) -> usize {
        let class = self.breaks.partition_point(|&bound| bound < value);
        if self.is_reversed { self.classes.saturating_sub(class + 1) } else { class }
    }
}

/// The classes of two quantities together: k by k, as in a bivariate map.
#[derive(Clone, Debug, PartialEq)]
pub struct Bivariate {
    x: Axis,
    y: Axis,
}

impl Bivariate {
    /// Breaks of both quantities, made by one method for at most `classes` classes each, from the
    /// pairs of areas that have both; pairs with a number that is not finite are left out. The
    /// first class of each is that of the lowest numbers.
    ///
    /// `None` without pairs, and for a method that computes no breaks. Cost: twice that of the
    /// method.
    pub fn new(method: Method, pairs: &[(f64, f64)], classes: usize) -> Option<Self> {
        let classes = classes.max(1);
        let (x, y): (Vec<f64>, Vec<f64>) =
            pairs.iter().filter(|(x, y)| x.is_finite() && y.is_finite()).copied().unzip();
        let axis = |values: &[f64]| {
            Some(Axis { breaks: breaks(method, values, classes)?, classes, is_reversed: false })
        };
        Some(Self { x: axis(&x)?, y: axis(&y)? })
    }

    /// The same with the highest numbers first, of x, of y, of both or of neither.
    #[must_use]
    pub fn reversing(mut self, x: bool, y: bool) -> Self {
        (self.x.is_reversed, self.y.is_reversed) = (x, y);
        self
    }

    /// The first quantity: the columns.
    pub fn x(&self) -> &Axis {
        &self.x
    }

    /// The second quantity: the rows.
    pub fn y(&self) -> &Axis {
        &self.y
    }

    /// The class of a pair, from 0 (both in their first class) to k² - 1 (both in their last): the
    /// class of y times k plus that of x.
    pub fn classify(&self, x: f64, y: f64) -> usize {
        self.y.classify(y) * self.x.classes + self.x.classify(x)
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
        let codes = |both: &Bivariate| -> Vec<usize> {
            pairs.iter().map(|&(x, y)| both.classify(x, y)).collect()
        };
        assert_eq!(codes(&both), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(codes(&both.clone().reversing(true, false)), [2, 1, 0, 5, 4, 3, 8, 7, 6]);
        assert_eq!(codes(&both.clone().reversing(false, true)), [6, 7, 8, 3, 4, 5, 0, 1, 2]);
        assert_eq!(codes(&both.reversing(true, true)), [8, 7, 6, 5, 4, 3, 2, 1, 0]);
    }

    #[test]
    fn half_a_pair_makes_no_breaks() {
        let pairs = [(1.0, f64::NAN), (f64::NAN, 1.0)];
        assert_eq!(Bivariate::new(Method::Kwantielen, &pairs, 3), None);
        assert_eq!(Bivariate::new(Method::Publicatie, &[(1.0, 1.0)], 3), None);
        // Fewer classes of x than asked: the code still counts in threes.
        let both = Bivariate::new(Method::Kwantielen, &[(1.0, 1.0), (1.0, 2.0)], 3).expect("pairs");
        let breaks = (both.x().breaks().len(), both.y().breaks().len());
        assert_eq!((breaks, both.classify(1.0, 2.0)), ((0, 1), 3));
    }

    #[test]
    fn a_number_on_a_bound_belongs_to_the_lower_ones_either_way_round() {
        let pairs: Vec<(f64, f64)> = (1..=10).map(|i| (f64::from(i), f64::from(i))).collect();
        let both = Bivariate::new(Method::Kwantielen, &pairs, 3).expect("pairs");
        assert_eq!(both.x().breaks(), [4.0, 7.0]);
        let both = both.reversing(false, true);
        assert_eq!([4.0, 4.5, 7.0, 7.5].map(|x| both.x().classify(x)), [0, 1, 1, 2]);
        assert_eq!([4.0, 4.5, 7.0, 7.5].map(|y| both.y().classify(y)), [2, 1, 1, 0]);
    }
}
