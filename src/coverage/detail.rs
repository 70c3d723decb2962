//! How finely borders are drawn.

use std::{fmt, sync::OnceLock};

use super::arcs::Arcs;

/// How finely borders are drawn: for a zoom of web maps, or in full.
///
/// For a zoom, no border is further from where it is than half a pixel of a map of 256-pixel tiles
/// (the country's latitude taken as 52°), except where a vertex must stay lest borders cross.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Detail(u8);

/// The width of a pixel at zoom 0, millimetres on the ground at 52° north.
const PIXEL: f64 = 156_543_034.0 * 0.615_66;

/// The deepest zoom: half a pixel is a centimetre and a bit.
const DEEPEST: u8 = 22;

impl Detail {
    /// For the whole country on a screen: zoom 8, within 188 m.
    pub const GROF: Self = Self(8);
    /// For a province: zoom 10, within 47 m.
    pub const MIDDEL: Self = Self(10);
    /// For a gemeente: zoom 12, within 12 m.
    pub const FIJN: Self = Self(12);
    /// As delivered.
    pub const VOLLEDIG: Self = Self(DEEPEST + 1);
    /// Those with a name, coarse to fine.
    pub const NAMED: [Self; 4] = [Self::GROF, Self::MIDDEL, Self::FIJN, Self::VOLLEDIG];
    /// How many there are.
    pub(crate) const COUNT: usize = DEEPEST as usize + 2;

    /// For a zoom of at most 22.
    pub fn of_zoom(zoom: u8) -> Option<Self> {
        (zoom <= DEEPEST).then_some(Self(zoom))
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMED.into_iter().find(|detail| detail.name() == Some(name))
    }

    /// The name, as the interface has it.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::GROF => Some("grof"),
            Self::MIDDEL => Some("middel"),
            Self::FIJN => Some("fijn"),
            Self::VOLLEDIG => Some("volledig"),
            _ => None,
        }
    }

    /// The zoom that it is for; `None` for full detail.
    pub fn zoom(self) -> Option<u8> {
        (self != Self::VOLLEDIG).then_some(self.0)
    }

    /// How far a border may be from where it is, millimetres; `None` where it may not.
    pub fn tolerance(self) -> Option<f64> {
        (self != Self::VOLLEDIG).then(|| PIXEL / 2.0 / f64::from(1u32 << self.0))
    }

    /// Its place among all, coarse to fine.
    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "zoom {}", self.0),
        }
    }
}

/// The arcs of each level of detail that was asked for.
#[derive(Debug, Default)]
pub(super) struct DetailArcs([OnceLock<Arcs>; Detail::COUNT]);

impl DetailArcs {
    pub(super) fn get(&self, detail: Detail, make: impl FnOnce() -> Arcs) -> &Arcs {
        self.0[detail.index()].get_or_init(make)
    }
}

impl Clone for DetailArcs {
    /// Starts anew: whoever clones a topology is about to change it.
    fn clone(&self) -> Self {
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_pixel_halves_with_every_zoom() {
        let metres = |detail: Detail| detail.tolerance().map(|mm| (mm / 1000.0).round());
        assert_eq!(metres(Detail::GROF), Some(188.0));
        assert_eq!(metres(Detail::MIDDEL), Some(47.0));
        assert_eq!(metres(Detail::FIJN), Some(12.0));
        assert_eq!(metres(Detail::VOLLEDIG), None);
        assert_eq!(Detail::of_zoom(12), Some(Detail::FIJN));
        assert_eq!(Detail::of_zoom(23), None);
        assert_eq!(Detail::from_name("grof"), Some(Detail::GROF));
        assert_eq!(Detail::from_name("zoom 9"), None);
    }
}
