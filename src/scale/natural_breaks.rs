//! Natural breaks: Fisher-Jenks, exact.
//!
//! Fisher (1958) and Jenks (1977) ask for the classes with the least sum of squared deviations
//! from the class means. A dynamic programme over the distinct values finds them: the best cost
//! of the first i values in j classes is the least over m of the best cost of the first m in
//! j - 1, plus that of one class from m to i. The best m never falls as i grows (the cost obeys
//! the quadrangle inequality), so each layer is solved by divide and conquer.

use super::{ascending::ascending, double::Double, moments::to_unit};

/// Breaks that leave the least sum of squared deviations from the class means; each is the
/// highest value of its class. Never sampled.
///
/// As [`breaks`](super::breaks): at most k distinct values are a class each. Where several
/// choices are equally good, the lowest breaks win. `None` without values.
/// Cost: O(n log n + k·d·log d) for d distinct values, and 4·k·d bytes.
pub fn natural_breaks(values: &[f64], classes: usize) -> Option<Vec<f64>> {
    let sorted = ascending(values);
    sorted.last()?;
    let runs: Vec<(f64, f64)> =
        sorted.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as f64)).collect();
    let (d, k) = (runs.len(), classes.max(1));
    let highest = |end: usize| runs.get(end.checked_sub(1)?).map(|&(value, _)| value);
    if d <= k {
        return (1..d).map(highest).collect();
    }

    let sums = PrefixSums::new(&runs);
    let mut cost: Vec<f64> = (0..=d).map(|end| sums.deviation(0, end)).collect();
    let mut next = vec![f64::INFINITY; d + 1];
    // starts[j][i]: where the highest class begins when the first i values make j + 2 classes.
    let mut starts: Vec<Vec<u32>> = Vec::with_capacity(k - 1);
    for layer in 2..=k {
        let mut start = vec![0; d + 1];
        next.fill(f64::INFINITY);
        // Of the last layer only the whole matters.
        let from = if layer == k { d } else { layer };
        let mut solver = Layer { sums: &sums, before: &cost, best: &mut next, start: &mut start };
        solver.solve(from, d + 1, layer - 1, d);
        std::mem::swap(&mut cost, &mut next);
        starts.push(start);
    }

    let mut breaks = Vec::with_capacity(k - 1);
    let mut end = d;
    for start in starts.iter().rev() {
        end = start[end] as usize;
        breaks.push(highest(end)?);
    }
    breaks.reverse();
    Some(breaks)
}

/// One layer of the programme.
struct Layer<'a> {
    sums: &'a PrefixSums,
    /// The best cost of the first i values in one class less.
    before: &'a [f64],
    /// The best cost of the first i values, to be found.
    best: &'a mut [f64],
    /// Where the highest class then begins.
    start: &'a mut [u32],
}

impl Layer<'_> {
    /// Finds the best costs of the first i values for i in `from..to`, when the highest class
    /// begins in `low..=high`. As deep as the logarithm of the length.
    fn solve(&mut self, from: usize, to: usize, low: usize, high: usize) {
        if from >= to {
            return;
        }
        let end = from + (to - from) / 2;
        let (mut best, mut start) = (f64::INFINITY, low);
        for m in (low..=high.min(end - 1)).rev() {
            // A lower bound in plain f64 settles nearly all; the deviation alone only grows as
            // the class does.
            let at_least = self.sums.deviation_at_least(m, end);
            if at_least > best {
                break;
            }
            if self.before[m] + at_least > best {
                continue;
            }
            let cost = self.before[m] + self.sums.deviation(m, end);
            if cost <= best {
                (best, start) = (cost, m);
            }
        }
        self.best[end] = best;
        self.start[end] = start as u32;
        self.solve(from, end, low, start);
        self.solve(end + 1, to, start, high);
    }
}

/// Weights, sums and sums of squares of the first i values, scaled and centred.
///
/// The deviation of a class is a small difference of large sums, so these carry twice the digits
/// of an `f64`: else one value far out drowns what tells the others apart.
struct PrefixSums {
    rows: Vec<Row>,
    /// More than the rounding in [`PrefixSums::deviation_at_least`].
    slack: f64,
}

#[derive(Clone, Copy)]
struct Row {
    weight: f64,
    sum: Double,
    squares: Double,
}

impl PrefixSums {
    /// `runs`: distinct values, ascending, and how often each occurs; at least one.
    fn new(runs: &[(f64, f64)]) -> Self {
        let scale = to_unit(runs.iter().map(|(value, _)| *value));
        let centre = runs.get(runs.len() / 2).map_or(0.0, |(value, _)| value * scale);
        let zero = Row { weight: 0.0, sum: Double::ZERO, squares: Double::ZERO };
        let mut rows = vec![zero];
        rows.extend(runs.iter().scan(zero, |row, &(value, weight)| {
            let value = value * scale - centre;
            let sum = Double::product(weight, value);
            row.weight += weight;
            row.sum = row.sum.plus(sum);
            row.squares = row.squares.plus(sum.times(value));
            Some(*row)
        }));
        let all = rows.last().copied().unwrap_or(zero);
        // The sum of a class is off by an epsilon of the largest sum, √(weight·squares); squared
        // and over the weight of the class, at least 1, by that of squares·√weight.
        let slack = 16.0 * f64::EPSILON * all.squares.high * all.weight.sqrt();
        Self { rows, slack }
    }

    /// A lower bound of [`PrefixSums::deviation`], cheaply; it may be below 0.
    #[inline]
    fn deviation_at_least(&self, from: usize, to: usize) -> f64 {
        let (a, b) = (&self.rows[from], &self.rows[to]);
        let sum = b.sum.high - a.sum.high;
        b.squares.high - a.squares.high - sum * sum / (b.weight - a.weight) - self.slack
    }

    /// The sum of squared deviations from the mean of the values `from..to`, in scaled units.
    #[inline]
    fn deviation(&self, from: usize, to: usize) -> f64 {
        let (a, b) = (&self.rows[from], &self.rows[to]);
        let weight = b.weight - a.weight;
        if weight == 0.0 {
            return 0.0;
        }
        let sum = b.sum.minus(a.sum);
        let explained = sum.squared().over(weight);
        let squares = b.squares.minus(a.squares);
        ((squares.high - explained.high) + (squares.low - explained.low)).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The sum of squared deviations from the class means, by definition: two passes a class.
    fn within(values: &[f64], breaks: &[f64]) -> f64 {
        let sorted = ascending(values);
        let class = |value: &f64| breaks.partition_point(|bound| bound < value);
        sorted.chunk_by(|a, b| class(a) == class(b)).map(deviation).sum()
    }

    fn deviation(class: &[f64]) -> f64 {
        // From the first value on, so that near values far from zero keep their digits.
        let origin = class[0];
        let mean = class.iter().map(|value| value - origin).sum::<f64>() / class.len() as f64;
        class.iter().map(|value| (value - origin - mean).powi(2)).sum()
    }

    /// The least sum over every choice of `k - 1` breaks from the distinct values.
    fn brute_force(values: &[f64], k: usize) -> f64 {
        fn choose(rest: &[f64], left: usize, breaks: &mut Vec<f64>, values: &[f64]) -> f64 {
            if left == 0 {
                return within(values, breaks);
            }
            let mut best = f64::INFINITY;
            for (place, &bound) in rest.iter().enumerate() {
                breaks.push(bound);
                best = best.min(choose(&rest[place + 1..], left - 1, breaks, values));
                breaks.pop();
            }
            best
        }
        let mut distinct = ascending(values);
        distinct.dedup();
        distinct.pop();
        choose(&distinct, k - 1, &mut Vec::new(), values)
    }

    #[test]
    fn the_optimum_that_single_precision_misses() {
        let values = [1_234_567.0, 1_234_568.0, 1_234_570.0, 1_234_999.0, 1_235_000.0, 1_240_000.0];
        assert_eq!(natural_breaks(&values, 3), Some(vec![1_234_570.0, 1_235_000.0]));
    }

    #[test]
    fn a_value_far_out_does_not_drown_the_others() {
        // In plain f64 the squares of 1e12 swallow every difference between the small ones.
        let values = [0.0, 0.1, 0.2, 1.0, 1.1, 1.2, 5.0, 5.1, 1e12];
        assert_eq!(natural_breaks(&values, 4), Some(vec![0.2, 1.2, 5.1]));
    }

    #[test]
    fn any_finite_values_have_breaks() {
        let (max, tiny) = (f64::MAX, f64::from_bits(1));
        assert_eq!(natural_breaks(&[-max, -max / 2.0, max / 2.0, max], 2), Some(vec![-max / 2.0]));
        assert_eq!(natural_breaks(&[0.0, tiny, 4.0 * tiny], 2), Some(vec![tiny]));
        assert_eq!(natural_breaks(&[f64::NAN, f64::INFINITY], 2), None);
        assert_eq!(natural_breaks(&[], 2), None);
        assert_eq!(natural_breaks(&[3.0, 1.0, 3.0, -0.0, 0.0], 9), Some(vec![0.0, 1.0]));
        assert_eq!(natural_breaks(&[3.0, 1.0], 0), Some(vec![]));
    }

    proptest! {
        #[test]
        fn no_choice_of_breaks_is_better(
            values in prop::collection::vec((-40..40_i32, -3..4_i32), 1..12),
            k in 2..5_usize,
        ) {
            let values: Vec<f64> =
                values.into_iter().map(|(m, e)| f64::from(m) * 10_f64.powi(e)).collect();
            let breaks = natural_breaks(&values, k).expect("there are values");
            let mut distinct = ascending(&values);
            distinct.dedup();
            prop_assert_eq!(breaks.len() + 1, k.min(distinct.len()));
            if distinct.len() > k {
                let best = brute_force(&values, k);
                let got = within(&values, &breaks);
                prop_assert!(got <= best * (1.0 + 1e-9), "{got} > {best}: {breaks:?}");
            }
        }

        #[test]
        fn as_good_as_an_independent_implementation(
            values in prop::collection::vec(-2_000..2_000_i32, 20..400),
            k in 2..10_u8,
        ) {
            let values: Vec<f64> = values.into_iter().map(|v| f64::from(v) / 100.0).collect();
            let other = ckmeans::ckmeans(&values, k).expect("more values than classes");
            let theirs: f64 = other.iter().map(|class| deviation(class)).sum();
            let breaks = natural_breaks(&values, usize::from(k)).expect("there are values");
            let ours = within(&values, &breaks);
            prop_assert!((ours - theirs).abs() <= 1e-9 * theirs, "{ours} against {theirs}");
        }

        #[test]
        fn shifted_and_scaled_values_break_at_the_same_places(
            values in prop::collection::vec(0..1_000_i32, 10..60),
            k in 2..8_usize,
        ) {
            // Whole numbers times a power of two: nothing is rounded on the way.
            let plain: Vec<f64> = values.iter().copied().map(f64::from).collect();
            let moved: Vec<f64> = plain.iter().map(|v| (v - 524_288.0) * 0.125).collect();
            let expected = natural_breaks(&plain, k).map(|breaks| within(&plain, &breaks));
            let got = natural_breaks(&moved, k).map(|breaks| within(&moved, &breaks) * 64.0);
            let (expected, got) = (expected.expect("values"), got.expect("values"));
            prop_assert!((expected - got).abs() <= 1e-9 * expected, "{expected} against {got}");
        }
    }
}
