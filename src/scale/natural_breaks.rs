//! Natural breaks: Fisher-Jenks, exact.
//!
//! Fisher (1958) and Jenks (1977) ask for the classes with the least sum of squared deviations
//! from the class means. A dynamic programme over the distinct values finds them: the best cost
//! of the first i values in j classes is the least over m of the best cost of the first m in
//! j - 1, plus that of one class from m to i. The best m never falls as i grows (the cost obeys
//! the quadrangle inequality), so each layer is solved by divide and conquer.

use super::breaks::ascending;

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
        Layer { sums: &sums, before: &cost, best: &mut next, start: &mut start }.solve(
            layer,
            d + 1,
            layer - 1,
            d,
        );
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
        for m in low..=high.min(end - 1) {
            let cost = self.before[m] + self.sums.deviation(m, end);
            if cost < best {
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
        // A power of two changes no digit, and keeps squares clear of overflow and underflow.
        let largest = runs.iter().map(|(value, _)| value.abs()).fold(f64::MIN_POSITIVE, f64::max);
        let scale = (-largest.log2().floor()).clamp(-1000.0, 1000.0).exp2();
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
        Self { rows }
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

/// An unevaluated sum of two `f64`, about 32 decimal digits (Dekker 1971).
#[derive(Clone, Copy)]
struct Double {
    high: f64,
    low: f64,
}

impl Double {
    const ZERO: Self = Self { high: 0.0, low: 0.0 };

    /// a + b to the last digit (Knuth's two-sum).
    #[inline]
    fn sum(a: f64, b: f64) -> Self {
        let high = a + b;
        let part = high - a;
        Self { high, low: (a - (high - part)) + (b - part) }
    }

    /// a·b to the last digit (Dekker's product, with Veltkamp's split).
    #[inline]
    fn product(a: f64, b: f64) -> Self {
        let split = |x: f64| {
            let c = 134_217_729.0 * x; // 2^27 + 1
            let head = c - (c - x);
            (head, x - head)
        };
        let high = a * b;
        let ((a1, a2), (b1, b2)) = (split(a), split(b));
        Self { high, low: ((a1 * b1 - high) + a1 * b2 + a2 * b1) + a2 * b2 }
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        let sum = Self::sum(self.high, other.high);
        Self::sum(sum.high, sum.low + (self.low + other.low))
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        let sum = Self::sum(self.high, -other.high);
        Self { high: sum.high, low: sum.low + (self.low - other.low) }
    }

    fn times(self, factor: f64) -> Self {
        let product = Self::product(self.high, factor);
        Self::sum(product.high, product.low + self.low * factor)
    }

    #[inline]
    fn squared(self) -> Self {
        let square = Self::product(self.high, self.high);
        Self { high: square.high, low: square.low + 2.0 * self.high * self.low }
    }

    #[inline]
    fn over(self, divisor: f64) -> Self {
        let high = self.high / divisor;
        let back = Self::product(high, divisor);
        Self { high, low: ((self.high - back.high) - back.low + self.low) / divisor }
    }
}
