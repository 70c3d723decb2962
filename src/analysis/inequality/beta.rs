//! Beta convergence: whether those that are behind catch up.

use crate::analysis::{
    AnalysisError,
    distribution::student_two_sided,
    numbers::{check_parameter, complete, deviations, differ, dot, finite, mean, select},
};

/// What the change is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// The values: scores.
    #[default]
    Levels,
    /// Their logarithms: incomes, home values.
    Logarithms,
}

/// A line through yearly change over the level at the start. A slope below 0 alone is what chance
/// gives when extremes fall back (regression to the mean; Quah 1993, Friedman 1992): never show it
/// without [`sigma_convergence`](super::sigma_convergence).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beta {
    /// The intercept a.
    pub intercept: f64,
    /// The slope b.
    pub slope: f64,
    /// The standard error of the slope.
    pub error: f64,
    /// The same where errors vary over units (HC1; MacKinnon and White 1985).
    pub robust_error: f64,
    /// b over its standard error; `None` where the line fits exactly.
    pub t: Option<f64>,
    /// How probable such a t is, to either side.
    pub p: Option<f64>,
    /// The part of the variance of change that the line explains.
    pub r_squared: f64,
    /// How fast the distance shrinks a year, -ln(1+bT)/T; `None` where it does not end.
    pub speed: Option<f64>,
    /// After how many years half of the distance is left, ln 2 over the speed; `None` where it grows.
    pub half_life: Option<f64>,
    /// How many units have both values.
    pub units: usize,
}

/// (y_T - y₀)/T = a + b·y₀ by least squares over the units that have both values, or the same in
/// logarithms (Barro and Sala-i-Martin 1992). Linear.
///
/// # Errors
/// When the lists differ in length, fewer than three units have both, all start at the same level,
/// the years are not above zero, or a logarithm is asked of a value that is not above zero.
pub fn beta_convergence(
    start: &[f64],
    end: &[f64],
    years: f64,
    form: Form,
) -> Result<Beta, AnalysisError> {
    AnalysisError::check_length("the values at the end", end.len(), start.len())?;
    check_parameter("the years between", years, "above zero", years.is_finite() && years > 0.0)?;
    let both = complete(&[start, end]);
    if form == Form::Logarithms {
        for (unit, ((&a, &b), _)) in
            start.iter().zip(end).zip(&both).enumerate().filter(|(_, (_, both))| **both)
        {
            if a.min(b) <= 0.0 {
                return Err(AnalysisError::NotPositive { unit, value: a.min(b) });
            }
        }
    }
    let level = |list: &[f64]| -> Vec<f64> {
        let levels = select(list, &both).into_iter();
        levels.map(|value| if form == Form::Levels { value } else { value.ln() }).collect()
    };
    let (x, last) = (level(start), level(end));
    if x.len() < 3 {
        return Err(AnalysisError::TooFewUnits { got: x.len(), needed: 3 });
    }
    let y: Vec<f64> = x.iter().zip(&last).map(|(x, last)| (last - x) / years).collect();
    let (dx, dy) = (deviations(&x), deviations(&y));
    let (xx, yy) = (dot(&dx, &dx), dot(&dy, &dy));
    if !differ(&x, xx) {
        return Err(AnalysisError::Constant);
    }
    let slope = finite("the slope", dot(&dx, &dy) / xx)?;
    let intercept = finite("the intercept", mean(&y) - slope * mean(&x))?;
    let n = x.len() as f64;
    let left: Vec<f64> = dx.iter().zip(&dy).map(|(dx, dy)| dy - slope * dx).collect();
    let squares = dot(&left, &left);
    let robust: f64 = dx.iter().zip(&left).map(|(dx, left)| (dx * left).powi(2)).sum();
    let error = finite("the error of the slope", (squares / (n - 2.0) / xx).sqrt())?;
    let t = Some(slope / error).filter(|t| t.is_finite() && differ(&y, squares));
    let speed = Some(-(slope * years).ln_1p() / years).filter(|speed| speed.is_finite());
    Ok(Beta {
        intercept,
        slope,
        error,
        robust_error: finite("the error of the slope", (n / (n - 2.0) * robust).sqrt() / xx)?,
        t,
        p: t.map(|t| student_two_sided(t, n - 2.0)),
        r_squared: if yy > 0.0 { (1.0 - squares / yy).clamp(0.0, 1.0) } else { 1.0 },
        speed,
        half_life: speed
            .filter(|speed| *speed > 0.0)
            .map(|speed| std::f64::consts::LN_2 / speed)
            .filter(|years| years.is_finite()),
        units: x.len(),
    })
}
