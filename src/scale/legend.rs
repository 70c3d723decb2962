//! How many areas and residents each class and each reason for a missing value has.

use std::collections::BTreeMap;

use super::{Class, Scale};

/// Areas and residents counted together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Count {
    /// Areas.
    pub areas: u32,
    /// Residents of those areas whose number is known; `None` where the division has no numbers
    /// of residents at all, which is not 0.
    pub residents: Option<f64>,
    /// Areas among `areas` whose number of residents is not known.
    pub residents_unknown: u32,
}

impl Count {
    fn add(&mut self, residents: Option<f64>) {
        self.areas += 1;
        match (residents, &mut self.residents) {
            (Some(more), Some(sum)) => *sum += more,
            _ => self.residents_unknown += 1,
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            areas: self.areas + other.areas,
            residents: self.residents.zip(other.residents).map(|(a, b)| a + b),
            residents_unknown: self.residents_unknown + other.residents_unknown,
        }
    }
}

/// Counts areas one by one, into classes or, where there is no value, under a reason.
#[derive(Clone, Debug)]
pub struct Tally<K> {
    zero: Count,
    classes: Vec<Count>,
    reasons: BTreeMap<K, Count>,
}

impl<K: Ord> Tally<K> {
    /// An empty tally for that many classes. `with_residents` says whether the division has
    /// numbers of residents: without, every count of them is `None`.
    pub fn new(classes: usize, with_residents: bool) -> Self {
        let zero = Count { residents: with_residents.then_some(0.0), ..Count::default() };
        Self { zero, classes: vec![zero; classes], reasons: BTreeMap::new() }
    }

    /// Counts an area with a value, under the index that [`Scale::classify`] gives; an index
    /// beyond the classes counts nowhere, and `false` comes back.
    pub fn add_class(&mut self, class: usize, residents: Option<f64>) -> bool {
        self.classes.get_mut(class).map(|count| count.add(residents)).is_some()
    }

    /// Counts an area without a value.
    pub fn add_reason(&mut self, reason: K, residents: Option<f64>) {
        self.reasons.entry(reason).or_insert(self.zero).add(residents);
    }

    /// The legend: the classes of `scale`, each with its count.
    pub fn legend(self, scale: &Scale) -> Legend<K> {
        let counts = self.classes.into_iter().chain(std::iter::repeat(self.zero));
        let mut classes: Vec<_> = scale
            .classes()
            .iter()
            .cloned()
            .zip(counts)
            .map(|(class, count)| ClassCount { class, count })
            .collect();
        classes.reverse();
        Legend { zero: self.zero, classes, reasons: self.reasons.into_iter().collect() }
    }
}

/// A class and what is in it.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassCount {
    /// The class.
    pub class: Class,
    /// What is in it.
    pub count: Count,
}

/// What a legend lists.
#[derive(Clone, Debug, PartialEq)]
pub struct Legend<K> {
    zero: Count,
    /// The highest class first; empty classes too.
    pub classes: Vec<ClassCount>,
    /// The reasons that occur, in their own order.
    pub reasons: Vec<(K, Count)>,
}

impl<K> Legend<K> {
    /// Everything with a value.
    pub fn with_value(&self) -> Count {
        self.classes.iter().fold(self.zero, |sum, class| sum.plus(class.count))
    }

    /// Everything, with a value or without.
    pub fn total(&self) -> Count {
        self.reasons.iter().fold(self.with_value(), |sum, (_, count)| sum.plus(*count))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Method, Rgb};
    use super::*;

    fn scale() -> Scale {
        Scale::new(Method::Publicatie, vec![0.0, 1.0], &[Rgb::from_u24(0); 3]).expect("valid")
    }

    fn count(areas: u32, residents: Option<f64>, residents_unknown: u32) -> Count {
        Count { areas, residents, residents_unknown }
    }

    #[test]
    fn every_area_is_counted_once() {
        let mut tally = Tally::new(3, true);
        assert!(tally.add_class(0, Some(100.0)));
        assert!(tally.add_class(2, Some(40.0)));
        assert!(tally.add_class(2, None));
        tally.add_reason("z", Some(5.0));
        tally.add_reason("a", Some(0.0));
        tally.add_reason("z", Some(2.0));
        let legend = tally.legend(&scale());
        let listed: Vec<_> = legend.classes.iter().map(|c| (c.class.number, c.count)).collect();
        assert_eq!(
            listed,
            [
                (3, count(2, Some(40.0), 1)),
                (2, count(0, Some(0.0), 0)),
                (1, count(1, Some(100.0), 0)),
            ]
        );
        assert_eq!(legend.reasons, [("a", count(1, Some(0.0), 0)), ("z", count(2, Some(7.0), 0))]);
        assert_eq!(legend.with_value(), count(3, Some(140.0), 1));
        assert_eq!(legend.total(), count(6, Some(147.0), 1));
    }

    #[test]
    fn a_division_without_residents_has_none_rather_than_zero() {
        let mut tally = Tally::<u8>::new(3, false);
        tally.add_class(1, None);
        let legend = tally.legend(&scale());
        assert!(legend.classes.iter().all(|class| class.count.residents.is_none()));
        assert_eq!(legend.total(), count(1, None, 1));
    }

    #[test]
    fn a_class_that_is_not_there_counts_nowhere() {
        let mut tally = Tally::<u8>::new(3, true);
        assert!(!tally.add_class(3, Some(1.0)));
        assert_eq!(tally.legend(&scale()).total().areas, 0);
    }
}
