//! Neighbours by distance between points, as centroids of whole areas.

use super::Weights;
use crate::analysis::{
    AnalysisError,
    cells::{Cells, is_place},
    numbers::check_parameter,
};

/// More links than this are no neighbourhood: a thousand for every buurt of the country.
const MOST_LINKS: usize = 15_000_000;

impl Weights {
    /// The k nearest of each unit, each weighing 1; of equally near ones those that come first. Not
    /// symmetric. Points in metres; a unit whose point is not finite is an island and nobody's
    /// neighbour. Where there are no k others, all of them. About n·k.
    ///
    /// # Errors
    /// When k is 0 or gives more than fifteen million links, or a coordinate is beyond a million
    /// kilometres.
    pub fn k_nearest(points: &[[f64; 2]], k: usize) -> Result<Self, AnalysisError> {
        check_parameter("the number of neighbours", k as f64, "1 or more", k > 0)?;
        let placed = points.iter().filter(|point| is_place(point)).count();
        let links = k.min(placed).saturating_mul(points.len());
        check_parameter("the number of neighbours", k as f64, "fewer", links <= MOST_LINKS)?;
        let (wanted, reach) = (k.min(placed.saturating_sub(1)), Cells::new(points, 1.0)?.reach());
        // About as many points as are wanted in a cell, where they are spread evenly.
        let even = reach * (k as f64 / placed.max(1) as f64).sqrt() / 2.0;
        let cells = Cells::new(points, even)?;
        let mut near: Vec<(f64, u32)> = Vec::new();
        let rows: Vec<Vec<(u32, f64)>> = points
            .iter()
            .enumerate()
            .map(|(unit, &at)| {
                if !is_place(&at) || wanted == 0 {
                    return Vec::new();
                }
                let mut radius = cells.size();
                loop {
                    near.clear();
                    cells.within(at, radius, |other, squared| {
                        if other != unit {
                            near.push((squared, other as u32));
                        }
                    });
                    if near.len() >= wanted || radius > reach {
                        break;
                    }
                    radius *= 2.0;
                }
                near.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                near.truncate(wanted);
                let mut row: Vec<_> = near.iter().map(|&(_, other)| (other, 1.0)).collect();
                row.sort_unstable_by_key(|entry| entry.0);
                row
            })
            .collect();
        Ok(Self::of_rows(rows))
    }

    /// All units no further away than a number of metres, that distance included, each weighing 1.
    /// A unit whose point is not finite is an island. Cost: the links that there are.
    ///
    /// # Errors
    /// When the distance is not above zero or gives more than fifteen million links, or a coordinate
    /// is beyond a million kilometres.
    pub fn distance_band(points: &[[f64; 2]], metres: f64) -> Result<Self, AnalysisError> {
        let is_allowed = metres.is_finite() && metres > 0.0;
        check_parameter("the distance", metres, "metres above zero", is_allowed)?;
        let cells = Cells::new(points, metres)?;
        let mut links = 0;
        let mut rows: Vec<Vec<(u32, f64)>> = Vec::with_capacity(points.len());
        for (unit, &at) in points.iter().enumerate() {
            let mut row = Vec::new();
            if is_place(&at) {
                cells.within(at, metres, |other, _| {
                    if other != unit {
                        row.push((other as u32, 1.0));
                    }
                });
            }
            links += row.len();
            check_parameter("the distance", metres, "shorter", links <= MOST_LINKS)?;
            row.sort_unstable_by_key(|entry| entry.0);
            rows.push(row);
        }
        Ok(Self::of_rows(rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn points() -> impl Strategy<Value = Vec<[f64; 2]>> {
        let point = || (0..30_u8, 0..30_u8).prop_map(|(x, y)| [f64::from(x), f64::from(y)]);
        prop::collection::vec(point(), 1..60)
    }

    fn squared(a: [f64; 2], b: [f64; 2]) -> f64 {
        (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)
    }

    proptest! {
        #[test]
        fn the_nearest_are_those_of_brute_force(points in points(), k in 1..8_usize) {
            let weights = Weights::k_nearest(&points, k).expect("points");
            for (unit, at) in points.iter().enumerate() {
                let mut all: Vec<usize> = (0..points.len()).filter(|other| *other != unit).collect();
                all.sort_by(|&a, &b| squared(points[a], *at).total_cmp(&squared(points[b], *at)));
                all.truncate(k);
                all.sort_unstable();
                let got: Vec<usize> =
                    weights.neighbours(unit).iter().map(|&other| other as usize).collect();
                prop_assert_eq!(got, all);
            }
        }

        #[test]
        fn a_band_is_that_of_brute_force(points in points(), metres in 1..9_u8) {
            let metres = f64::from(metres);
            let weights = Weights::distance_band(&points, metres).expect("points");
            for (unit, at) in points.iter().enumerate() {
                let near = |other: &usize| squared(points[*other], *at) <= metres * metres;
                let all: Vec<u32> = (0..points.len())
                    .filter(|other| *other != unit && near(other))
                    .map(|other| other as u32)
                    .collect();
                prop_assert_eq!(weights.neighbours(unit), all);
            }
        }

        #[test]
        fn weights_stay_whole_when_units_leave(
            points in points(), keep in prop::collection::vec(any::<bool>(), 60),
        ) {
            let weights = Weights::k_nearest(&points, 4).expect("points");
            let keep = &keep[..points.len()];
            let kept = weights.keep(keep).expect("one a unit").transformed(Default::default());
            let places: Vec<u32> =
                (0..points.len() as u32).filter(|unit| keep[*unit as usize]).collect();
            prop_assert_eq!(kept.len(), places.len());
            for (unit, place) in places.iter().enumerate() {
                let still: Vec<u32> = weights.neighbours(*place as usize).iter()
                    .filter(|other| keep[**other as usize]).copied().collect();
                let got: Vec<u32> =
                    kept.neighbours(unit).iter().map(|other| places[*other as usize]).collect();
                prop_assert_eq!(got, still);
                let sum: f64 = kept.values(unit).iter().sum();
                prop_assert!(kept.neighbours(unit).is_empty() || (sum - 1.0).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn a_place_that_is_unknown_is_an_island() {
        let points = [[0.0, 0.0], [f64::NAN, 1.0], [1.0, 0.0]];
        let weights = Weights::k_nearest(&points, 2).expect("points");
        assert_eq!((weights.islands(), weights.neighbours(0)), (vec![1], &[2][..]));
        assert!(Weights::k_nearest(&points, 0).is_err());
        assert!(Weights::distance_band(&points, f64::NAN).is_err());
        assert!(Weights::k_nearest(&[[1e300, 0.0], [0.0, 0.0]], 1).is_err());
        assert!(Weights::k_nearest(&[], 1).expect("nothing").is_empty());
    }
}
