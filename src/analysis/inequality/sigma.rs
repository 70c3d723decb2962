//! Sigma convergence: whether the spread shrinks.

use crate::analysis::{
    AnalysisError,
    distribution::student_two_sided,
    numbers::{complete, deviations, differ, dot, finite, mean, select},
};

/// The spread of one year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The mean over units.
    pub mean: f64,
    /// The standard deviation over units, of a sample.
    pub deviation: f64,
    /// The second over the first; `None` where the mean is not above zero, as of scores around zero.
    pub variation: Option<f64>,
    /// Mean and standard deviation over people (population form); `None` without weights.
    pub weighted: Option<(f64, f64)>,
}

/// A test of whether the variances of two years differ, given that they are of the same units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PitmanMorgan {
    /// The correlation of the sum of both years with their difference: below 0 where the spread
    /// shrank.
    pub r: f64,
    /// r√((n-2)/(1-r²)); `None` where r is 1 or -1.
    pub t: Option<f64>,
    /// How probable such a t is, to either side.
    pub p: Option<f64>,
}

/// The spread over the years.
#[derive(Clone, Debug, PartialEq)]
pub struct Sigma {
    /// One entry a year.
    pub years: Vec<Spread>,
    /// The deviation of the last year over that of the first: below 1 where it shrank.
    pub ratio: Option<f64>,
    /// First against last year; `None` where nothing changed.
    pub test: Option<PitmanMorgan>,
    /// How many units have a value, and a weight where there are weights, in all years.
    pub units: usize,
}

/// The spread of every year over the units that have a value in all of them, and the test of Pitman
/// (1939) and Morgan (1939) of the first against the last year. Compare one division of the country
/// and one version of a score. Linear.
///
/// # Errors
/// When there are fewer than two years, the lists differ in length, fewer than three units have all
/// years, or the weights add up to zero.
pub fn sigma_convergence(
    years: &[&[f64]],
    weights: Option<&[f64]>,
) -> Result<Sigma, AnalysisError> {
    let (Some(first), Some(last)) = (years.first(), years.get(1..).and_then(<[_]>::last)) else {
        return Err(AnalysisError::Parameter {
            what: "the number of years",
            got: years.len() as f64,
            allowed: "2 or more",
        });
    };
    for values in years {
        AnalysisError::check_length("a year", values.len(), first.len())?;
    }
    let mut keep = complete(years);
    if let Some(weights) = weights {
        AnalysisError::check_length("the weights", weights.len(), first.len())?;
        for (keep, weight) in keep.iter_mut().zip(weights) {
            *keep &= weight.is_finite() && *weight >= 0.0;
        }
    }
    let weights = weights.map(|weights| select(weights, &keep));
    let kept: Vec<Vec<f64>> = years.iter().map(|values| select(values, &keep)).collect();
    let units = kept.first().map_or(0, Vec::len);
    if units < 3 {
        return Err(AnalysisError::TooFewUnits { got: units, needed: 3 });
    }
    let spreads: Result<Vec<Spread>, _> =
        kept.iter().map(|values| spread(values, weights.as_deref())).collect();
    let spreads = spreads?;
    let deviation = |year: Option<&Spread>| year.map_or(0.0, |year| year.deviation);
    let ratio = deviation(spreads.last()) / deviation(spreads.first());
    let test = pitman_morgan(&select(first, &keep), &select(last, &keep));
    Ok(Sigma { years: spreads, ratio: Some(ratio).filter(|ratio| ratio.is_finite()), test, units })
}

fn spread(values: &[f64], weights: Option<&[f64]>) -> Result<Spread, AnalysisError> {
    let z = deviations(values);
    let centre = finite("the mean", mean(values))?;
    let deviation = finite("the spread", (dot(&z, &z) / (values.len() as f64 - 1.0)).sqrt())?;
    let weighted = weights.map(|weights| {
        let all: f64 = weights.iter().sum();
        if all <= 0.0 {
            return Err(AnalysisError::NoDenominator { what: "the weights" });
        }
        let mean = dot(values, weights) / all;
        let squares: f64 = values.iter().zip(weights).map(|(v, w)| w * (v - mean).powi(2)).sum();
        Ok((finite("the mean", mean)?, finite("the spread", (squares / all).sqrt())?))
    });
    Ok(Spread {
        mean: centre,
        deviation,
        variation: Some(deviation / centre).filter(|cv| centre > 0.0 && cv.is_finite()),
        weighted: weighted.transpose()?,
    })
}

fn pitman_morgan(first: &[f64], last: &[f64]) -> Option<PitmanMorgan> {
    let sums: Vec<f64> = first.iter().zip(last).map(|(a, b)| b + a).collect();
    let changes: Vec<f64> = first.iter().zip(last).map(|(a, b)| b - a).collect();
    let (s, d) = (deviations(&sums), deviations(&changes));
    let (ss, dd) = (dot(&s, &s), dot(&d, &d));
    let r = dot(&s, &d) / (ss * dd).sqrt();
    if !(r.is_finite() && differ(&sums, ss) && differ(&sums, dd)) {
        return None;
    }
    let r = r.clamp(-1.0, 1.0);
    let freedom = first.len() as f64 - 2.0;
    let t = Some(r * (freedom / (1.0 - r * r)).sqrt()).filter(|t| t.is_finite());
    Some(PitmanMorgan { r, t, p: t.map(|t| student_two_sided(t, freedom)) })
}
