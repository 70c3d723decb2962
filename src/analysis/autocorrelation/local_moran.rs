//! Local Moran: where neighbours are alike.

use rayon::prelude::*;

use super::{
    Adjustment, Cluster, Permutations,
    false_discovery::{check_level, limit},
    permutation::Counts,
    prepared::Prepared,
    sample::Sampler,
};
use crate::analysis::{AnalysisError, Transform, Weights, stream::Stream};

/// On which side of the mean a unit and the mean of its neighbours are; on the mean itself is low.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quadrant {
    /// High among high.
    HighHigh,
    /// Low among high.
    LowHigh,
    /// Low among low.
    LowLow,
    /// High among low.
    HighLow,
}

impl Quadrant {
    fn of(own: f64, lag: f64) -> Self {
        match (own > 0.0, lag > 0.0) {
            (true, true) => Self::HighHigh,
            (false, true) => Self::LowHigh,
            (false, false) => Self::LowLow,
            (true, false) => Self::HighLow,
        }
    }
}

/// Local Moran of one unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalUnit {
    /// Iᵢ = (n-1) zᵢ Σ wᵢⱼzⱼ / Σ z²: above 0 among units that are alike.
    pub i: f64,
    /// The unit's value in standard deviations from the mean.
    pub z: f64,
    /// The mean of its neighbours' z: with `z` a point of Moran's scatter plot.
    pub lag: f64,
    /// The quadrant of that plot.
    pub quadrant: Quadrant,
    /// What chance gives on average when the unit keeps its value (Sokal, Oden and Thomson 1998).
    pub expected: f64,
    /// The variance of that.
    pub variance: f64,
    /// How probable such an I is, to either side; 1 for a unit without neighbours.
    pub p: f64,
    /// How many permutations p is told by; 0 for a unit without neighbours.
    pub permutations: u32,
    /// How many neighbours with a value there are.
    pub neighbours: usize,
}

/// Local Moran of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalMoran {
    /// One entry a unit, `None` where it has no value.
    pub units: Vec<Option<LocalUnit>>,
    /// How many units have a value and no neighbour with one.
    pub islands: usize,
    /// How many units have no value.
    pub missing: usize,
}

impl LocalMoran {
    /// What each unit is called at a level, with a correction for many tests over the units that
    /// have neighbours.
    ///
    /// # Errors
    /// When the level is not between 0 and 1.
    pub fn clusters(
        &self,
        alpha: f64,
        adjustment: Adjustment,
    ) -> Result<Vec<Cluster>, AnalysisError> {
        check_level(alpha)?;
        let limit = limit(&self.tests(), alpha, adjustment);
        let name = |unit: &Option<LocalUnit>| match unit {
            None => Cluster::NoData,
            Some(unit) if unit.neighbours == 0 => Cluster::Isolated,
            Some(unit) if unit.p <= limit => unit.quadrant.into(),
            Some(_) => Cluster::NotSignificant,
        };
        Ok(self.units.iter().map(name).collect())
    }

    /// The p of every unit that has neighbours.
    pub fn tests(&self) -> Vec<f64> {
        let with_neighbours = |unit: &&LocalUnit| unit.neighbours > 0;
        self.units.iter().flatten().filter(with_neighbours).map(|unit| unit.p).collect()
    }
}

/// Local Moran (Anselin 1995, *Local indicators of spatial association*) with row-standardised
/// weights and conditional permutations: the unit keeps its value, its neighbours' come from all
/// others without replacement. Each unit has its own stream of the seed, so that the number of
/// threads changes nothing. Ties within 10⁻¹² count to both sides. Cost: units × permutations ×
/// neighbours, over all threads.
///
/// # Errors
/// As [`moran`](super::moran).
pub fn local_moran(
    values: &[f64],
    weights: &Weights,
    permutations: Permutations,
) -> Result<LocalMoran, AnalysisError> {
    let of = Standardised::new(values, weights)?;
    let counts: Vec<Counts> = (0..of.z.len())
        .into_par_iter()
        .map_init(
            || (of.z.clone(), Sampler::default()),
            |(z, sampler), unit| {
                // All others: the unit makes way for the last one, and comes back.
                let last = z.len() - 1;
                z.swap(unit, last);
                let mut stream = Stream::new(permutations.seed(), unit as u64);
                let counts = of.count(unit, &z[..last], sampler, &mut stream, permutations);
                z.swap(unit, last);
                counts
            },
        )
        .collect();
    Ok(of.finish(&counts))
}

/// Local Moran with samples that another program drew: each row holds places among the units with a
/// value, the unit itself left out; a unit with c neighbours takes the first c of every row, for its
/// neighbours in ascending order.
///
/// # Errors
/// As [`moran`](super::moran), and when a row is shorter than the neighbours of a unit are many, or
/// names a place beyond the others.
pub fn local_moran_of_samples(
    values: &[f64],
    weights: &Weights,
    samples: &[Vec<u32>],
) -> Result<LocalMoran, AnalysisError> {
    let of = Standardised::new(values, weights)?;
    let needed = (0..of.z.len()).map(|unit| of.weights().neighbours(unit).len()).max().unwrap_or(0);
    for row in samples {
        if row.len() < needed {
            AnalysisError::check_length("a sample", row.len(), needed)?;
        }
        if let Some(place) = row.iter().find(|&&place| place as usize + 1 >= of.z.len()) {
            return Err(AnalysisError::Parameter {
                what: "a place in a sample",
                got: f64::from(*place),
                allowed: "a place among the other units",
            });
        }
    }
    let drawn = u32::try_from(samples.len()).unwrap_or(0);
    let permutations = Permutations::fixed(drawn, 0)?;
    let count = |unit: usize| {
        let mut rows = samples.iter();
        let other = |place: u32| of.z[place as usize + usize::from(place as usize >= unit)];
        permutations.count(
            || {
                let row = rows.next().map_or(&[][..], Vec::as_slice);
                let weights = of.weights().values(unit);
                weights.iter().zip(row).map(|(weight, place)| weight * other(*place)).sum()
            },
            of.lags[unit],
        )
    };
    let counts: Vec<Counts> = (0..of.z.len()).map(count).collect();
    Ok(of.finish(&counts))
}

/// Values in standard deviations from their mean, and what their neighbours' come to.
struct Standardised {
    of: Prepared,
    z: Vec<f64>,
    lags: Vec<f64>,
}

impl Standardised {
    fn new(values: &[f64], weights: &Weights) -> Result<Self, AnalysisError> {
        let of = Prepared::new(values, weights, Transform::RowStandardised, 4)?;
        let deviation = (of.squares / of.len() as f64).sqrt();
        let z: Vec<f64> = of.z.iter().map(|z| z / deviation).collect();
        let lags = (0..of.len()).map(|unit| of.weights.lag(unit, &z)).collect();
        Ok(Self { of, z, lags })
    }

    fn weights(&self) -> &Weights {
        &self.of.weights
    }

    /// Holds the lag of a unit against those of samples of the others: zᵢ is the same in all, and
    /// which side is higher does not matter to a two-sided p.
    fn count(
        &self,
        unit: usize,
        others: &[f64],
        sampler: &mut Sampler,
        stream: &mut Stream,
        permutations: Permutations,
    ) -> Counts {
        let weights = self.weights().values(unit);
        let (count, lag) = (weights.len(), self.lags[unit]);
        let Some(&weight) = weights.first() else { return Counts::default() };
        if weights.iter().all(|other| *other == weight)
            && let Some(sum) = Sampler::sum(others.len(), count)
        {
            return permutations.count(|| sum(others, stream) * weight, lag);
        }
        permutations.count(
            || {
                let places = sampler.draw(others.len(), count, stream);
                weights.iter().zip(places).map(|(w, place)| w * others[*place as usize]).sum()
            },
            lag,
        )
    }

    fn finish(&self, counts: &[Counts]) -> LocalMoran {
        let n = self.z.len() as f64;
        let unit = |unit: usize| {
            let (z, lag, count) = (self.z[unit], self.lags[unit], counts[unit]);
            let weights = self.weights().values(unit);
            let row: f64 = weights.iter().sum();
            let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
            let tested = !weights.is_empty();
            LocalUnit {
                // Σ z² is n.
                i: (n - 1.0) / n * z * lag,
                z,
                lag,
                quadrant: Quadrant::of(z, lag),
                expected: -z * z * row / (n - 1.0),
                variance: z * z * n / (n - 2.0)
                    * (squares - row * row / (n - 1.0))
                    * (1.0 - z * z / (n - 1.0)),
                // Where the unit is on the mean, every sample gives the same I: 0.
                p: if tested && z != 0.0 { count.p() } else { 1.0 },
                permutations: if tested { count.drawn } else { 0 },
                neighbours: weights.len(),
            }
        };
        LocalMoran {
            units: self.of.spread((0..self.z.len()).map(unit)),
            islands: self.weights().islands().len(),
            missing: self.of.missing(),
        }
    }
}
