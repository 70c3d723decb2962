//! Tails of the normal and of Student's distribution, to about twelve digits far into the tails.

use std::f64::consts::{PI, SQRT_2};

/// How often continued fractions go on at most; they are done long before.
const TERMS: u32 = 500;

/// How probable it is that a standard normal number is as far from 0 as `z`, to either side.
pub(super) fn normal_two_sided(z: f64) -> f64 {
    erfc(z.abs() / SQRT_2)
}

/// How probable it is that a number of Student's distribution is as far from 0 as `t`, to either
/// side, with `freedom` degrees of freedom.
pub(super) fn student_two_sided(t: f64, freedom: f64) -> f64 {
    incomplete_beta(freedom / (freedom + t * t), freedom / 2.0, 0.5)
}

/// The complementary error function of a number that is not negative: 1 less the series of the
/// error function where that keeps its digits, else Laplace's continued fraction (Abramowitz and
/// Stegun 1964, 7.1.6 and 7.1.14).
fn erfc(x: f64) -> f64 {
    if x < 2.0 {
        let (mut term, mut sum) = (x, x);
        let mut n = 0.0;
        while term > sum * 1e-17 {
            n += 1.0;
            term *= 2.0 * x * x / (2.0 * n + 1.0);
            sum += term;
        }
        return 1.0 - 2.0 / PI.sqrt() * (-x * x).exp() * sum;
    }
    // From the far end; sixty levels are enough from x = 2.
    let tail = (1..=60).rev().fold(0.0, |tail, k| f64::from(k) / 2.0 / (x + tail));
    (-x * x).exp() / (PI.sqrt() * (x + tail))
}

/// The logarithm of the gamma function of a number above 0, by Lanczos' approximation (g = 7,
/// nine terms).
pub(super) fn ln_gamma(x: f64) -> f64 {
    const TERMS: [f64; 8] = [
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        // Reflection.
        return (PI / (PI * x).sin()).ln() - ln_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let sum = TERMS
        .iter()
        .enumerate()
        .fold(0.999_999_999_999_809_9, |sum, (k, term)| sum + term / (x + k as f64 + 1.0));
    let t = x + 7.5;
    0.5 * (2.0 * PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// The regularised incomplete beta function, by its continued fraction (Abramowitz and Stegun
/// 1964, 26.5.8) after Lentz.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    let front = ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (-x).ln_1p();
    if x < (a + 1.0) / (a + b + 2.0) {
        front.exp() * beta_fraction(x, a, b) / a
    } else {
        1.0 - front.exp() * beta_fraction(1.0 - x, b, a) / b
    }
}

fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    let away_from_zero = |number: f64| if number.abs() < 1e-300 { 1e-300 } else { number };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for m in 1..=TERMS {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let before = fraction;
        for term in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + term * d);
            c = away_from_zero(1.0 + term / c);
            fraction *= d * c;
        }
        if (fraction - before).abs() <= 1e-16 * fraction.abs() {
            break;
        }
    }
    fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_near(got: f64, expected: f64) {
        assert!((got - expected).abs() <= 1e-11 * expected.abs(), "{got} is not {expected}");
    }

    #[test]
    fn tails_of_the_normal_distribution_as_tables_have_them() {
        assert_near(normal_two_sided(0.0), 1.0);
        assert_near(normal_two_sided(1.0), 0.317_310_507_862_914_1);
        assert_near(normal_two_sided(-1.959_963_984_540_054), 0.05);
        assert_near(normal_two_sided(3.0), 0.002_699_796_063_260_189);
        assert_near(normal_two_sided(10.0), 1.523_970_604_832_105e-23);
        assert_eq!(normal_two_sided(f64::MAX), 0.0);
    }

    #[test]
    fn tails_of_students_distribution_as_tables_have_them() {
        assert_near(student_two_sided(1.0, 1.0), 0.5);
        assert_near(student_two_sided(0.0, 7.0), 1.0);
        assert_near(student_two_sided(-(2.0_f64.sqrt()), 2.0), 1.0 - 0.5_f64.sqrt());
    }

    #[test]
    fn factorials_are_gammas() {
        assert_near(ln_gamma(6.0), 120.0_f64.ln());
        assert_near(ln_gamma(0.5), PI.sqrt().ln());
    }
}
