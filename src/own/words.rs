//! What an owner writes in one language or in two.

use serde::Deserialize;

use crate::area::Text;

/// A text in Dutch, or in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Words {
    /// In Dutch.
    Dutch(String),
    /// In both.
    Both(Text),
}

impl Words {
    /// In both languages: the same where there is one.
    pub fn text(self) -> Text {
        match self {
            Self::Dutch(text) => Text { nl: text.clone(), en: text },
            Self::Both(text) => text,
        }
    }

    /// In Dutch.
    pub fn dutch(&self) -> &str {
        match self {
            Self::Dutch(text) => text,
            Self::Both(text) => &text.nl,
        }
    }

    /// In every language that it is written in.
    pub fn each(&self) -> impl Iterator<Item = &str> {
        let english = match self {
            Self::Dutch(_) => None,
            Self::Both(text) => Some(text.en.as_str()),
        };
        std::iter::once(self.dutch()).chain(english)
    }
}
