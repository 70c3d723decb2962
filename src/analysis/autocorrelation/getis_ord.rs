//! Getis and Ord's G: whether high values lie together, over the whole map and around each unit.

use super::{Adjustment, HotSpot, Significance, false_discovery::limit, prepared::Prepared};
use crate::analysis::{
    AnalysisError, Transform, Weights,
    distribution::normal_two_sided,
    numbers::{dot, finite},
    weights::Sums,
};

/// Which of the two local statistics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Getis {
    /// Gᵢ: the neighbours alone. A unit without neighbours has none.
    Neighbours,
    /// Gᵢ*: the unit itself too, with weight 1: the usual "hot spot".
    #[default]
    WithItself,
}

/// The general G of a map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct General {
    /// G = Σ wᵢⱼxᵢxⱼ / Σ xᵢxⱼ over pairs of different units.
    pub g: f64,
    /// What chance gives on average.
    pub expected: f64,
    /// If the values are dealt out to the units at random.
    pub significance: Option<Significance>,
    /// How many units have a value.
    pub units: usize,
}

/// G around a unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalGetis {
    /// The share of the neighbours, weighed, in the sum of all values; `None` where that is 0.
    pub g: Option<f64>,
    /// The standardised statistic of Ord and Getis (1995): how far the sum of the neighbours is from
    /// what chance gives. `None` without neighbours, or where chance leaves no room.
    pub z: Option<f64>,
    /// How probable such a z is, to either side.
    pub p: Option<f64>,
}

/// The general G (Getis and Ord 1992) with binary weights. It knows whether high values lie
/// together, not whether low ones do. Linear in the links.
///
/// # Errors
/// As [`moran`](super::moran); and when a value is not above zero, or one is all there is of the sum.
pub fn general_g(values: &[f64], weights: &Weights) -> Result<General, AnalysisError> {
    let of = Prepared::new(values, weights, Transform::Binary, 4)?;
    let mut numbered = values.iter().enumerate();
    if let Some((unit, &value)) = numbered.find(|(_, value)| value.is_finite() && **value <= 0.0) {
        return Err(AnalysisError::NotPositive { unit, value });
    }
    let n = of.len() as f64;
    let Sums { s0, s1, s2 } = of.weights.sums();
    // In units of their mean, which keeps fourth powers in range.
    let mean = of.values.iter().sum::<f64>() / n;
    let x: Vec<f64> = of.values.iter().map(|value| value / mean).collect();
    let power = |k: i32| x.iter().map(|x| x.powi(k)).sum::<f64>();
    let (m1, m2, m3, m4) = (power(1), power(2), power(3), power(4));
    let g = finite("G", of.weights.pairs().sum(&x, |a, b| a * b) / (m1 * m1 - m2))?;
    let expected = s0 / (n * (n - 1.0));
    let nn = n * n;
    let b0 = (nn - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s0 * s0;
    let b1 = -((nn - n) * s1 - 2.0 * n * s2 + 6.0 * s0 * s0);
    let b2 = -(2.0 * n * s1 - (n + 3.0) * s2 + 6.0 * s0 * s0);
    let b3 = 4.0 * (n - 1.0) * s1 - 2.0 * (n + 1.0) * s2 + 8.0 * s0 * s0;
    let b4 = s1 - s2 + s0 * s0;
    let square = b0 * m2 * m2 + b1 * m4 + b2 * m1 * m1 * m2 + b3 * m1 * m3 + b4 * m1.powi(4);
    let pairs = (m1 * m1 - m2).powi(2) * n * (n - 1.0) * (n - 2.0) * (n - 3.0);
    Ok(General {
        g,
        expected,
        significance: Significance::of(g, expected, square / pairs - expected * expected),
        units: of.len(),
    })
}

/// Gᵢ or Gᵢ* of every unit (Ord and Getis 1995), `None` where a unit has no value. Use binary
/// weights unless there is a reason not to. Linear in the links.
///
/// # Errors
/// As [`moran`](super::moran).
pub fn local_getis(
    values: &[f64],
    weights: &Weights,
    transform: Transform,
    which: Getis,
) -> Result<Vec<Option<LocalGetis>>, AnalysisError> {
    let of = Prepared::new(values, weights, transform, 4)?;
    let n = of.len() as f64;
    let sum: f64 = of.values.iter().sum();
    let squares = dot(&of.values, &of.values);
    let all_around = of.squares;
    let one = |unit: usize| {
        let own = of.values[unit];
        let (mut row, mut row_squares) = (0.0, 0.0);
        for (_, weight) in of.weights.row(unit) {
            row += weight;
            row_squares += weight * weight;
        }
        let mut lag = of.weights.lag(unit, &of.values);
        // Mean and variance of those that may be neighbours, and how many they are.
        let (whole, mean, variance, m) = match which {
            Getis::WithItself => {
                (row, row_squares, lag) = (row + 1.0, row_squares + 1.0, lag + own);
                (sum, sum / n, all_around / n, n)
            }
            Getis::Neighbours => {
                let (whole, m) = (sum - own, n - 1.0);
                let mean = whole / m;
                (whole, mean, (squares - own * own) / m - mean * mean, m)
            }
        };
        let spread = variance * (m * row_squares - row * row) / (m - 1.0);
        let z = (lag - row * mean) / spread.sqrt();
        let z = (row > 0.0 && spread > 0.0 && z.is_finite()).then_some(z);
        let g = lag / whole;
        LocalGetis { g: g.is_finite().then_some(g), z, p: z.map(normal_two_sided) }
    };
    Ok(of.spread((0..of.len()).map(one)))
}

impl LocalGetis {
    /// Hot and cold spots at the 90, 95 and 99 % level, each with its own correction for many tests;
    /// one entry a unit. Units without a z are isolated.
    pub fn hot_spots(units: &[Option<Self>], adjustment: Adjustment) -> Vec<HotSpot> {
        let p: Vec<f64> = units.iter().flatten().filter_map(|unit| unit.p).collect();
        let limits = [0.01, 0.05, 0.10].map(|alpha| limit(&p, alpha, adjustment));
        units.iter().map(|unit| HotSpot::of(*unit, limits)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corner_of_high_values_is_hot() {
        let at: Vec<[f64; 2]> =
            (0..100_u8).map(|unit| [f64::from(unit % 10), f64::from(unit / 10)]).collect();
        let values: Vec<f64> =
            at.iter().map(|[x, y]| if x + y < 4.0 { 9.0 } else { (x * y) % 2.0 }).collect();
        let weights = Weights::distance_band(&at, 1.0).expect("points");
        let found = local_getis(&values, &weights, Transform::Binary, Getis::WithItself);
        let spots = LocalGetis::hot_spots(&found.expect("a map"), Adjustment::FalseDiscovery);
        assert_eq!(spots[0], HotSpot::Hot(99));
        assert_eq!(spots[99], HotSpot::NotSignificant);
    }
}
