//! How a figure came to an area of another division.

use serde::Serialize;
use utoipa::ToSchema;

use crate::area::Text;

/// How a figure came to an area of another division, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Same code, same border: as it was delivered.
    Gelijk,
    /// Another code for the same area: as it was delivered.
    Hernoemd,
    /// Whole areas together: added up, or averaged by their denominators.
    Samengevoegd,
    /// Estimated, by where the addresses went.
    Adressen,
    /// Estimated, by the residents of a finer level.
    Inwoners,
    /// Estimated, by parts of ground.
    Oppervlakte,
}

impl Way {
    /// All of them, the surest first.
    pub const ALL: [Self; 6] = [
        Self::Gelijk,
        Self::Hernoemd,
        Self::Samengevoegd,
        Self::Adressen,
        Self::Inwoners,
        Self::Oppervlakte,
    ];

    /// The key, as it stands in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gelijk => "gelijk",
            Self::Hernoemd => "hernoemd",
            Self::Samengevoegd => "samengevoegd",
            Self::Adressen => "adressen",
            Self::Inwoners => "inwoners",
            Self::Oppervlakte => "oppervlakte",
        }
    }

    /// Whether the figure is an estimate.
    pub fn is_estimate(self) -> bool {
        self >= Self::Adressen
    }

    /// What a reader is told.
    pub fn text(self) -> Text {
        let (nl, en) = match self {
            Self::Gelijk => ("ongewijzigd", "unchanged"),
            Self::Hernoemd => ("alleen een andere code", "another code alone"),
            Self::Samengevoegd => ("samengevoegd uit hele gebieden", "joined from whole areas"),
            Self::Adressen => ("geschat naar adressen", "estimated by addresses"),
            Self::Inwoners => (
                "geschat naar inwoners van een fijner niveau",
                "estimated by residents of a finer level",
            ),
            Self::Oppervlakte => ("geschat naar oppervlakte", "estimated by area of ground"),
        };
        Text { nl: nl.into(), en: en.into() }
    }
}
