//! Angles with their sine and cosine.

/// An angle that is known with its sine and cosine, so that neither is computed twice.
#[derive(Clone, Copy, Debug)]
pub(super) struct Angle {
    pub(super) radians: f64,
    pub(super) sin: f64,
    pub(super) cos: f64,
}

impl Angle {
    pub(super) fn new(radians: f64) -> Self {
        let (sin, cos) = radians.sin_cos();
        Self { radians, sin, cos }
    }

    /// The angle with that sine and cosine, which is near this one: within 0.001 radians no digit
    /// is lost, and no arc sine is needed.
    pub(super) fn near(self, sin: f64, cos: f64) -> Self {
        let d = sin * self.cos - cos * self.sin;
        let d2 = d * d;
        let turn = d * (1.0 + d2 * (1.0 / 6.0 + d2 * (3.0 / 40.0)));
        Self { radians: self.radians + turn, sin, cos }
    }

    /// This angle and a little more: within 0.01 radians no digit is lost.
    pub(super) fn plus(self, little: f64) -> Self {
        let d2 = little * little;
        let sin = little * (1.0 - d2 * (1.0 / 6.0 - d2 * (1.0 / 120.0)));
        let cos = 1.0 - d2 * (0.5 - d2 * (1.0 / 24.0 - d2 * (1.0 / 720.0)));
        Self {
            radians: self.radians + little,
            sin: self.sin * cos + self.cos * sin,
            cos: self.cos * cos - self.sin * sin,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The way from one ellipsoid to the other is far less than what `near` takes.
        #[test]
        fn angles_near_others_are_those_of_std(
            degrees in -90.0..90.0f64,
            little in -0.001..0.001f64,
        ) {
            let angle = Angle::new(degrees.to_radians());
            let expected = Angle::new(angle.radians + little);
            for found in [angle.plus(little), angle.near(expected.sin, expected.cos)] {
                prop_assert!((found.radians - expected.radians).abs() < 4e-16);
                prop_assert!((found.sin - expected.sin).abs() < 4e-16);
                prop_assert!((found.cos - expected.cos).abs() < 4e-16);
            }
        }
    }
}
