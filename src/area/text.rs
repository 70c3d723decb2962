//! Dutch and English beside each other.

use serde::{Deserialize, Deserializer, Serialize};

/// The two languages the product speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Dutch, the default.
    #[default]
    Nl,
    /// English.
    En,
}

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Dutch.
    pub nl: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The text in one language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Nl => &self.nl,
            Language::En => &self.en,
        }
    }

    /// Reads a text in both languages, or one that stands for both.
    ///
    /// # Errors
    /// When it is neither.
    pub fn one_or_both<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Words {
            Both(Text),
            One(String),
        }
        Ok(match Words::deserialize(from)? {
            Words::Both(text) => text,
            Words::One(text) => Self { nl: text.clone(), en: text },
        })
    }
}
