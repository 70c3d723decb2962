//! What fetching did, for people and machines.

use serde::Serialize;

use crate::area::Year;

use super::Product;

/// What became of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It was fetched.
    Opgehaald,
    /// It is as it was: nothing came in.
    Ongewijzigd,
    /// It was taken from the cache, and nobody was asked.
    UitCache,
    /// Nobody offers it for this year yet.
    NogNietGepubliceerd,
    /// It is not in the cache, and nobody may be asked.
    NietInCache,
    /// It is there, or may be, and could not be had.
    Mislukt,
}

impl State {
    /// In words, for the screen.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Opgehaald => "fetched",
            Self::Ongewijzigd => "as it was",
            Self::UitCache => "from the cache",
            Self::NogNietGepubliceerd => "not published yet",
            Self::NietInCache => "not in the cache",
            Self::Mislukt => "FAILED",
        }
    }
}

/// An address that did not give what was wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tried {
    /// The address.
    #[serde(rename = "adres")]
    pub address: String,
    /// What it answered, and what can be done.
    #[serde(rename = "antwoord")]
    pub answer: String,
    /// Whether it failed; else it says that there is nothing.
    #[serde(rename = "mislukt")]
    pub is_failure: bool,
}

/// A file that is there to be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FetchedFile {
    /// Its name.
    #[serde(rename = "naam")]
    pub name: String,
    /// Bytes.
    #[serde(rename = "omvang")]
    pub size: u64,
    /// SHA-256, in hexadecimals.
    #[serde(rename = "controlegetal")]
    pub checksum: String,
    /// Where it is in the cache.
    #[serde(rename = "pad")]
    pub path: std::path::PathBuf,
}

/// What became of one part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartReport {
    /// The part.
    #[serde(rename = "onderdeel")]
    pub product: Product,
    /// What became of it.
    #[serde(rename = "stand")]
    pub state: State,
    /// The address that it comes from.
    #[serde(rename = "adres")]
    pub address: Option<String>,
    /// The year of that address: an earlier one where the publisher has none for the year itself.
    #[serde(rename = "jaar")]
    pub year: Option<Year>,
    /// The day on which it was fetched, `2026-11-21`.
    #[serde(rename = "opgehaald")]
    pub retrieved: Option<String>,
    /// The files to be imported.
    #[serde(rename = "bestanden")]
    pub files: Vec<FetchedFile>,
    /// The addresses that were tried before.
    #[serde(rename = "geprobeerd")]
    pub tried: Vec<Tried>,
    /// What somebody should know.
    #[serde(rename = "opmerkingen")]
    pub notes: Vec<String>,
}

/// What fetching did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FetchReport {
    /// The year.
    #[serde(rename = "jaar")]
    pub year: Year,
    /// Part by part.
    #[serde(rename = "onderdelen")]
    pub parts: Vec<PartReport>,
    /// The folder of the cache.
    pub cache: std::path::PathBuf,
    /// How many requests were made.
    #[serde(rename = "verzoeken")]
    pub requests: u64,
    /// How many bytes of bodies came in.
    #[serde(rename = "ontvangen")]
    pub received: u64,
    /// Seconds for all of it.
    #[serde(rename = "seconden")]
    pub seconds: f64,
}

impl FetchReport {
    /// Whether anything that is there, or may be, could not be had.
    pub fn has_failed(&self) -> bool {
        self.parts.iter().any(|part| part.state == State::Mislukt)
    }

    /// Every file to be imported, with the day on which it was fetched.
    pub fn files(&self) -> impl Iterator<Item = (&std::path::Path, &str)> {
        self.parts.iter().flat_map(|part| {
            let day = part.retrieved.as_deref().unwrap_or_default();
            part.files.iter().map(move |file| (file.path.as_path(), day))
        })
    }
}
