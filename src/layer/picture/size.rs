//! How large a picture may be.

use std::ops::RangeInclusive;

/// The allowed width and height, in CSS pixels: below it no title fits, above it no sheet needs it.
pub const PICTURE_SIDE: RangeInclusive<u32> = 280..=4096;

/// How many pixels of the picture one CSS pixel may take in each direction.
pub const PICTURE_SCALE: RangeInclusive<u32> = 1..=3;

/// The most pixels a picture may have in all: 4096 × 4096, some 85 MB while it is drawn.
pub const PICTURE_PIXELS: u64 = 4096 * 4096;

/// The size of a picture, within the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PictureSize {
    width: u32,
    height: u32,
    scale: u32,
}

/// Why a size cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SizeError {
    /// Width or height is out of range.
    #[error("width and height must be {} to {} pixels", PICTURE_SIDE.start(), PICTURE_SIDE.end())]
    Side,
    /// The scale is out of range.
    #[error("the scale must be {} to {}", PICTURE_SCALE.start(), PICTURE_SCALE.end())]
    Scale,
    /// Each is in range, but together they make too many pixels.
    #[error("width times height times the scale squared must be at most {PICTURE_PIXELS}")]
    Pixels,
}

impl PictureSize {
    /// A picture of so many CSS pixels, each of `scale` by `scale` pixels.
    ///
    /// # Errors
    /// Outside [`PICTURE_SIDE`], [`PICTURE_SCALE`] or [`PICTURE_PIXELS`].
    pub fn new(width: u32, height: u32, scale: u32) -> Result<Self, SizeError> {
        if !PICTURE_SIDE.contains(&width) || !PICTURE_SIDE.contains(&height) {
            return Err(SizeError::Side);
        }
        if !PICTURE_SCALE.contains(&scale) {
            return Err(SizeError::Scale);
        }
        let pixels = [width, height, scale, scale].map(u64::from).iter().product::<u64>();
        if pixels > PICTURE_PIXELS {
            return Err(SizeError::Pixels);
        }
        Ok(Self { width, height, scale })
    }

    /// The width in CSS pixels.
    pub fn width(self) -> u32 {
        self.width
    }

    /// The height in CSS pixels.
    pub fn height(self) -> u32 {
        self.height
    }

    /// How many pixels one CSS pixel takes in each direction.
    pub fn scale(self) -> u32 {
        self.scale
    }
}

impl Default for PictureSize {
    fn default() -> Self {
        Self { width: 800, height: 600, scale: 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_hold_each_and_together() {
        assert_eq!(PictureSize::new(800, 600, 1), Ok(PictureSize::default()));
        assert!(PictureSize::new(4096, 4096, 1).is_ok());
        assert!(PictureSize::new(1365, 1365, 3).is_ok());
        for (width, height, scale, error) in [
            (0, 600, 1, SizeError::Side),
            (279, 600, 1, SizeError::Side),
            (800, u32::MAX, 1, SizeError::Side),
            (800, 600, 0, SizeError::Scale),
            (800, 600, 4, SizeError::Scale),
            (4096, 4096, 2, SizeError::Pixels),
            (1366, 1366, 3, SizeError::Pixels),
        ] {
            assert_eq!(PictureSize::new(width, height, scale), Err(error));
        }
    }
}
