//! How finely borders are drawn.

/// How finely borders are drawn, coarse to fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Detail {
    /// For the whole country on a screen.
    Grof,
    /// For a province.
    Middel,
    /// For a gemeente.
    Fijn,
    /// As delivered.
    Volledig,
}

impl Detail {
    /// All of them, coarse to fine.
    pub const ALL: [Self; 4] = [Self::Grof, Self::Middel, Self::Fijn, Self::Volledig];

    /// The name, as the interface has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Grof => "grof",
            Self::Middel => "middel",
            Self::Fijn => "fijn",
            Self::Volledig => "volledig",
        }
    }
}
