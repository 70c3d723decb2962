//! The division that codes belong to.

use crate::area::{Vintage, Year};

use super::{Origin, dialect::VintageRule};

/// What says which division codes belong to.
pub struct Division {
    /// What whoever imports the file says.
    pub said: Option<Vintage>,
    /// What the dialect says.
    pub rule: VintageRule,
    /// The newest year of figures in the file.
    pub newest: Option<Year>,
}

impl Division {
    /// The division of figures of a year, and what says so.
    pub fn of(&self, year: Year, years_from: Origin) -> (Vintage, Origin) {
        match (self.said, self.rule) {
            (Some(vintage), _) => (vintage, Origin::Option),
            (None, VintageRule::Fixed(vintage)) => (vintage, Origin::Dialect),
            (None, VintageRule::Codes(vintage)) => (vintage, Origin::Codes),
            (None, VintageRule::NewestYear) => {
                (Vintage(self.newest.unwrap_or(year)), Origin::Dialect)
            }
            (None, VintageRule::Year) => (Vintage(year), years_from),
        }
    }

    /// Whether the codes decide, so that the division is only known beside areas.
    pub fn floats(&self) -> bool {
        self.said.is_none() && matches!(self.rule, VintageRule::Codes(_))
    }
}
