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
