//! Twice the digits of an `f64`.

/// An unevaluated sum of two `f64`, about 32 decimal digits (Dekker 1971).
#[derive(Clone, Copy)]
pub(super) struct Double {
    /// The sum, rounded.
    pub(super) high: f64,
    /// What rounding lost.
    pub(super) low: f64,
}

impl Double {
    pub(super) const ZERO: Self = Self { high: 0.0, low: 0.0 };

    /// a + b to the last digit (Knuth's two-sum).
    #[inline]
    fn sum(a: f64, b: f64) -> Self {
        let high = a + b;
        let part = high - a;
        Self { high, low: (a - (high - part)) + (b - part) }
    }

    /// a·b to the last digit (Dekker's product, with Veltkamp's split).
    #[inline]
    pub(super) fn product(a: f64, b: f64) -> Self {
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
    pub(super) fn plus(self, other: Self) -> Self {
        let sum = Self::sum(self.high, other.high);
        Self::sum(sum.high, sum.low + (self.low + other.low))
    }

    #[inline]
    pub(super) fn minus(self, other: Self) -> Self {
        let sum = Self::sum(self.high, -other.high);
        Self { high: sum.high, low: sum.low + (self.low - other.low) }
    }

    pub(super) fn times(self, factor: f64) -> Self {
        let product = Self::product(self.high, factor);
        Self::sum(product.high, product.low + self.low * factor)
    }

    #[inline]
    pub(super) fn squared(self) -> Self {
        let square = Self::product(self.high, self.high);
        Self { high: square.high, low: square.low + 2.0 * self.high * self.low }
    }

    #[inline]
    pub(super) fn over(self, divisor: f64) -> Self {
        let high = self.high / divisor;
        let back = Self::product(high, divisor);
        Self { high, low: ((self.high - back.high) - back.low + self.low) / divisor }
    }
}
