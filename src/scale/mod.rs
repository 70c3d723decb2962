//! How values become classes and colours.

mod ascending;
mod bivariate;
mod boxplot;
mod breaks;
mod colour;
#[cfg(test)]
mod colour_difference;
mod double;
mod equal_intervals;
mod hatch;
mod head_tail;
mod legend;
mod manual;
mod method;
mod moments;
mod natural_breaks;
mod palette;
mod pretty;
mod quantiles;
mod standard_deviation;

pub use bivariate::{Axis, Bivariate, PAIR_CLASSES, PAIR_COLOURS};
pub use boxplot::boxplot;
pub use breaks::breaks;
pub use colour::{Rgb, RgbError};
pub use equal_intervals::equal_intervals;
pub use hatch::{HIDDEN, Hatch, NO_FIGURE, WATER};
pub use head_tail::{HeadTailStop, head_tail};
pub use legend::{ClassCount, Count, Legend, Tally};
pub use manual::{BOUND_COUNTS, ManualBreaks, ManualBreaksError};
pub use method::Method;
pub use natural_breaks::natural_breaks;
pub use palette::{CLASS_COUNTS, Palette, PaletteError, PaletteKind, Palettes};
pub use pretty::pretty;
pub use quantiles::{percentiles, quantiles};
pub use standard_deviation::{deviation_multiples, deviation_names, standard_deviations};

use crate::area::Text;

/// One class of a scale: `lower` < value ≤ `upper`, in the indicator's unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// Its number; the publisher's where it has classes.
    pub number: u8,
    /// Above this; `None` is open.
    pub lower: Option<f64>,
    /// Up to and including this; `None` is open.
    pub upper: Option<f64>,
    /// What it is called, where the publisher says so.
    pub name: Option<Text>,
    /// Its colour.
    pub colour: Rgb,
}

/// What does not make a scale.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ScaleError {
    /// The breaks do not ascend, or one is no finite number.
    #[error("breaks {0:?} are not finite numbers that ascend")]
    Breaks(Vec<f64>),
    /// A list has not one entry a class.
    #[error("{got} {what} for {expected} classes")]
    Length {
        /// What is listed.
        what: &'static str,
        /// How many there are.
        got: usize,
        /// How many classes there are.
        expected: usize,
    },
    /// The class numbers would pass 255.
    #[error("{classes} classes numbered from {first} pass 255")]
    Numbers {
        /// The number of the lowest class.
        first: u8,
        /// How many classes there are.
        classes: usize,
    },
}

/// Classes, low to high, that share out every number: right-closed, the lowest and the highest
/// open. There is at least one class.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    method: Method,
    breaks: Vec<f64>,
    classes: Vec<Class>,
}

impl Scale {
    /// A scale from the upper bounds of all classes but the highest, ascending, and one colour
    /// a class, low to high. Classes are numbered from 1 and have no names.
    ///
    /// # Errors
    /// When the breaks do not ascend or are not finite, when there is not one colour a class, or
    /// when there are more than 255 classes.
    pub fn new(method: Method, breaks: Vec<f64>, colours: &[Rgb]) -> Result<Self, ScaleError> {
        let ascend = breaks.is_sorted_by(|a, b| a < b);
        if !ascend || !breaks.iter().all(|bound| bound.is_finite()) {
            return Err(ScaleError::Breaks(breaks));
        }
        let expected = breaks.len() + 1;
        if colours.len() != expected {
            return Err(ScaleError::Length { what: "colours", got: colours.len(), expected });
        }
        let lower = std::iter::once(None).chain(breaks.iter().copied().map(Some));
        let upper = breaks.iter().copied().map(Some).chain(std::iter::once(None));
        let classes = lower
            .zip(upper)
            .zip(colours)
            .map(|((lower, upper), &colour)| Class { number: 1, lower, upper, name: None, colour })
            .collect();
        Self { method, breaks, classes }.with_numbers(1)
    }

    /// A scale whose values are the numbers of the publisher's classes themselves, `first` being
    /// the lowest: its classes have no bounds, only numbers and names.
    ///
    /// # Errors
    /// When there are no colours, or so many that the numbers pass 255.
    pub fn of_numbers(first: u8, colours: &[Rgb]) -> Result<Self, ScaleError> {
        let last = colours.len().saturating_sub(1);
        let breaks = (0..last).map(|step| f64::from(first) + step as f64).collect();
        let mut scale = Self::new(Method::Publicatie, breaks, colours)?.with_numbers(first)?;
        for class in &mut scale.classes {
            (class.lower, class.upper) = (None, None);
        }
        Ok(scale)
    }

    /// The same scale with the lowest class numbered `first`, the others following by one.
    ///
    /// # Errors
    /// When the numbers pass 255.
    pub fn with_numbers(mut self, first: u8) -> Result<Self, ScaleError> {
        if self.classes.len() > 256 - usize::from(first) {
            return Err(ScaleError::Numbers { first, classes: self.classes.len() });
        }
        for (class, number) in self.classes.iter_mut().zip(first..=u8::MAX) {
            class.number = number;
        }
        Ok(self)
    }

    /// The same scale with names, the lowest class first.
    ///
    /// # Errors
    /// When there is not one entry a class.
    pub fn with_names(
        mut self,
        names: impl IntoIterator<Item = Option<Text>>,
    ) -> Result<Self, ScaleError> {
        let names: Vec<_> = names.into_iter().collect();
        let expected = self.classes.len();
        if names.len() != expected {
            return Err(ScaleError::Length { what: "names", got: names.len(), expected });
        }
        for (class, name) in self.classes.iter_mut().zip(names) {
            class.name = name;
        }
        Ok(self)
    }

    /// How the classes were made.
    pub fn method(&self) -> Method {
        self.method
    }

    /// The classes, low to high.
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// The index in [`Scale::classes`] of the class of a finite value; a value on a bound belongs
    /// to the lower class. O(log k). A NaN, which no value is, falls in the lowest class.
    pub fn classify(&self, value: f64) -> usize {
        self.breaks.partition_point(|&bound| bound < value)
    }

    /// The index in [`Scale::classes`] of the class of that number, as a publisher delivers it.
    pub fn index_of_number(&self, number: u8) -> Option<usize> {
        let first = self.classes.first()?.number;
        let index = usize::from(number.checked_sub(first)?);
        (index < self.classes.len()).then_some(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn colours(count: usize) -> Vec<Rgb> {
        vec![Rgb::from_u24(0x7f_2704); count]
    }

    fn scale(breaks: &[f64]) -> Scale {
        Scale::new(Method::Kwantielen, breaks.to_vec(), &colours(breaks.len() + 1)).expect("valid")
    }

    #[test]
    fn a_bound_belongs_to_the_lower_class_and_the_ends_are_open() {
        let scale = scale(&[-1.5, 0.0]);
        let values = [f64::MIN, -1.5, (-1.5_f64).next_up(), -0.0, 0.0, f64::from_bits(1), f64::MAX];
        assert_eq!(values.map(|value| scale.classify(value)), [0, 0, 1, 1, 1, 2, 2]);
        let bounds: Vec<_> = scale.classes().iter().map(|c| (c.number, c.lower, c.upper)).collect();
        assert_eq!(
            bounds,
            [(1, None, Some(-1.5)), (2, Some(-1.5), Some(0.0)), (3, Some(0.0), None)]
        );
    }

    #[test]
    fn without_breaks_there_is_one_open_class() {
        let scale = scale(&[]);
        assert_eq!(scale.classes().len(), 1);
        assert_eq!((scale.classify(f64::MIN), scale.classify(f64::MAX)), (0, 0));
    }

    #[test]
    fn numbers_and_names_are_the_publishers() {
        let name = |nl: &str| Text { nl: nl.to_owned(), en: String::new() };
        let scale = scale(&[1.0, 2.0])
            .with_numbers(4)
            .and_then(|scale| scale.with_names([None, Some(name("zwak")), None]))
            .expect("three names");
        let numbers: Vec<u8> = scale.classes().iter().map(|class| class.number).collect();
        assert_eq!(numbers, [4, 5, 6]);
        assert_eq!(scale.classes()[1].name, Some(name("zwak")));
        let places = [3, 4, 6, 7].map(|number| scale.index_of_number(number));
        assert_eq!(places, [None, Some(0), Some(2), None]);
    }

    #[test]
    fn class_numbers_as_values_have_no_bounds() {
        let scale = Scale::of_numbers(3, &colours(4)).expect("four colours");
        let got = [3.0, 4.0, 5.0, 6.0].map(|number| scale.classify(number));
        assert_eq!(got, [0, 1, 2, 3]);
        assert!(scale.classes().iter().all(|c| c.lower.is_none() && c.upper.is_none()));
        assert!(Scale::of_numbers(1, &[]).is_err());
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for breaks in [vec![1.0, 1.0], vec![2.0, 1.0], vec![f64::NAN], vec![f64::INFINITY]] {
            let colours = colours(breaks.len() + 1);
            let refused = Scale::new(Method::Publicatie, breaks, &colours);
            assert!(matches!(refused, Err(ScaleError::Breaks(_))), "{refused:?}");
        }
        let refused = Scale::new(Method::Publicatie, vec![1.0], &colours(3));
        assert_eq!(refused, Err(ScaleError::Length { what: "colours", got: 3, expected: 2 }));
        assert!(scale(&[1.0]).with_names([None]).is_err());
        assert!(scale(&[1.0]).with_numbers(254).is_ok());
        assert_eq!(
            scale(&[1.0]).with_numbers(255),
            Err(ScaleError::Numbers { first: 255, classes: 2 })
        );
    }

    proptest! {
        #[test]
        fn the_class_found_is_the_one_whose_bounds_hold_the_value(
            breaks in prop::collection::btree_set(-50..50_i32, 0..12),
            value in -60..60_i32,
        ) {
            let breaks: Vec<f64> = breaks.into_iter().map(f64::from).collect();
            let (scale, value) = (scale(&breaks), f64::from(value));
            let holds = |class: &Class| {
                class.lower.is_none_or(|lower| lower < value)
                    && class.upper.is_none_or(|upper| value <= upper)
            };
            let found: Vec<usize> = (0..scale.classes().len())
                .filter(|&index| holds(&scale.classes()[index]))
                .collect();
            prop_assert_eq!(found, [scale.classify(value)]);
        }
    }
}
