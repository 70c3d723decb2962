//! Rates of small numbers, standardised.

use crate::analysis::{
    AnalysisError,
    numbers::{complete, finite},
};

/// Rates with the noise of small denominators taken into account.
#[derive(Clone, Debug, PartialEq)]
pub struct BayesRates {
    /// The standardised rate of each unit; `None` without a denominator or a count. Feed it to
    /// [`moran`](super::moran) or [`local_moran`](super::local_moran).
    pub standardised: Vec<Option<f64>>,
    /// The rate of each unit drawn to that of all, the more so the smaller its denominator
    /// (empirical Bayes).
    pub smoothed: Vec<Option<f64>>,
    /// The rate of all units together.
    pub rate: f64,
    /// The variance of the rates that is not chance; 0 where chance alone explains them.
    pub variance: f64,
}

/// Empirical Bayes rates (Assunção and Reis 1999, Statistics in Medicine 18; Marshall 1991): a rate
/// less that of all, over the standard deviation that a rate of its denominator has. Linear.
///
/// # Errors
/// When the lists differ in length, fewer than two units have both numbers with a denominator above
/// zero, a number is below zero, or there are no events at all.
pub fn empirical_bayes_rates(
    events: &[f64],
    population: &[f64],
) -> Result<BayesRates, AnalysisError> {
    AnalysisError::check_length("the populations", population.len(), events.len())?;
    for (what, list) in [("the number of events", events), ("the population", population)] {
        let found = list.iter().enumerate().find(|(_, value)| value.is_finite() && **value < 0.0);
        if let Some((unit, &value)) = found {
            return Err(AnalysisError::Negative { what, unit, value });
        }
    }
    let keep: Vec<bool> = complete(&[events, population])
        .iter()
        .zip(population)
        .map(|(complete, population)| *complete && *population > 0.0)
        .collect();
    let units = || {
        let all = events.iter().zip(population).zip(&keep);
        all.filter(|(_, keep)| **keep).map(|((events, population), _)| (*events, *population))
    };
    let n = units().count();
    if n < 2 {
        return Err(AnalysisError::TooFewUnits { got: n, needed: 2 });
    }
    let all: f64 = units().map(|(_, population)| population).sum();
    let rate = finite("the rate", units().map(|(events, _)| events).sum::<f64>() / all)?;
    if rate <= 0.0 {
        return Err(AnalysisError::NoGroup);
    }
    let spread: f64 = units().map(|(e, b)| b * (e / b - rate).powi(2)).sum::<f64>() / all;
    let between = spread - rate / (all / n as f64);
    let variance = finite("the variance of the rates", between.max(0.0))?;
    let each = |f: &dyn Fn(f64, f64) -> f64| -> Vec<Option<f64>> {
        let one = |((&e, &b), &keep): ((&f64, &f64), &bool)| {
            keep.then(|| f(e, b)).filter(|value| value.is_finite())
        };
        events.iter().zip(population).zip(&keep).map(one).collect()
    };
    // Where chance explains all, what is left is the variance of a Poisson rate.
    Ok(BayesRates {
        standardised: each(&|e, b| (e / b - rate) / (variance + rate / b).sqrt()),
        smoothed: each(&|e, b| rate + variance / (variance + rate / b) * (e / b - rate)),
        rate,
        variance,
    })
}
