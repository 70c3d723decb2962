//! Percentiles, of units and of people.

/// The quantile at p, 0 to 1, of type 7 of Hyndman and Fan (1996): linear between the order
/// statistics around (n-1)·p. `None` without finite values or outside 0 to 1. n log n.
pub fn percentile(values: &[f64], p: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let place = (sorted.len().checked_sub(1)?) as f64 * p;
    let below = *sorted.get(place.floor() as usize)?;
    let above = sorted.get(place.ceil() as usize).copied().unwrap_or(below);
    // As weights of both, which stays finite between the lowest and the highest number there is.
    Some(below * (1.0 - place.fract()) + above * place.fract())
}

/// The smallest value at which a share p, 0 to 1, of all weight is reached: of people rather than
/// of areas. Units without a finite value or a weight above zero are left out. `None` without any
/// or outside 0 to 1. n log n.
pub fn weighted_percentile(values: &[f64], weights: &[f64], p: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let mut units: Vec<(f64, f64)> = values
        .iter()
        .copied()
        .zip(weights.iter().copied())
        .filter(|(value, weight)| value.is_finite() && weight.is_finite() && *weight > 0.0)
        .collect();
    units.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let all: f64 = units.iter().map(|(_, weight)| weight).sum();
    let mut reached = 0.0;
    for (value, weight) in &units {
        reached += weight / all;
        // Sums of shares: a last digit is no difference.
        if reached >= p - 1e-12 {
            return Some(*value);
        }
    }
    units.last().map(|(value, _)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_of_areas_and_of_people() {
        let values = [4.0, 1.0, f64::NAN, 2.0, 3.0];
        assert_eq!(percentile(&values, 0.5), Some(2.5));
        assert_eq!(percentile(&values, 1.0), Some(4.0));
        assert_eq!((percentile(&[], 0.5), percentile(&values, 1.1)), (None, None));
        assert_eq!(percentile(&[f64::MAX, -f64::MAX], 0.5), Some(0.0));
        let people = [1.0, 1.0, 9.0, 0.0, 8.0];
        assert_eq!(weighted_percentile(&values, &people, 0.5), Some(3.0));
        assert_eq!(weighted_percentile(&values, &people, 0.1), Some(1.0));
        assert_eq!(weighted_percentile(&values, &[0.0; 5], 0.1), None);
    }
}
