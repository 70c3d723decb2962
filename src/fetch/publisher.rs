//! What publishers offer and where: `geodata/uitgevers.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::geodata;

use super::{FetchError, Product};

/// The file that the program carries.
const FILE: &str = "uitgevers.toml";

/// Where publishers put the files of a year.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Publishers {
    #[serde(rename = "adressen")]
    pub(super) bases: BTreeMap<String, String>,
    #[serde(rename = "onderdeel")]
    pub(super) parts: Vec<Part>,
}

/// A part of an atlas and who offers it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Part {
    /// What it is.
    pub id: Product,
    /// The numbers of the deliveries of a year, the newest first.
    #[serde(default, rename = "leveringen")]
    pub deliveries: Vec<u8>,
    /// How many years before are tried where a year is not there.
    #[serde(default, rename = "jaren-terug")]
    pub years_back: u16,
    /// The offers, in the order in which they are tried.
    #[serde(rename = "aanbod")]
    pub offers: Vec<Offer>,
}

/// One way to get a part.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Offer {
    /// What is at the address.
    #[serde(rename = "soort")]
    pub kind: Kind,
    /// The address, with names in braces.
    #[serde(rename = "adres")]
    pub address: String,
    /// Addresses of years that stand elsewhere.
    #[serde(default, rename = "jaren")]
    pub years: BTreeMap<String, String>,
    /// Which members of an archive are read: the first of these choices of which any is there.
    #[serde(default, rename = "leden")]
    pub members: Vec<Vec<String>>,
    /// More megabytes than this is not what it should be.
    #[serde(rename = "grootste")]
    pub largest: u64,
    /// The table of StatLine of each year.
    #[serde(default, rename = "tabellen")]
    pub tables: BTreeMap<String, String>,
    /// Tables of StatLine that hold several years, the newest first.
    #[serde(default, rename = "meerjarig")]
    pub many_years: Vec<String>,
    /// Where a table is looked for by its title.
    #[serde(default, rename = "lijst")]
    pub list: Option<String>,
    /// That title.
    #[serde(default, rename = "titel")]
    pub title: Option<String>,
    /// The dialect that a table of StatLine is written in.
    #[serde(default)]
    pub dialect: Option<String>,
    /// What that dialect calls the columns of codes and names.
    #[serde(default, rename = "kolommen")]
    pub columns: Option<Columns>,
}

/// What is at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// A GeoPackage.
    Geopackage,
    /// An archive with files that are read.
    Zip,
    /// A workbook.
    Xlsx,
    /// A table of StatLine, by OData 4.
    Statline,
}

/// The columns of a table that say which area it is.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Columns {
    /// The column of codes.
    pub code: String,
    /// The column of names.
    #[serde(rename = "naam")]
    pub name: String,
}

impl Publishers {
    /// What the program carries.
    ///
    /// # Errors
    /// When it is malformed.
    pub fn built_in() -> Result<Self, FetchError> {
        let files = geodata::files(FILE);
        let text = files.iter().map(|(_, text)| text.as_str()).next().unwrap_or_default();
        Self::parse(FILE, text)
    }

    /// Reads such a file.
    ///
    /// # Errors
    /// When it is malformed, or an offer lacks what its kind needs.
    pub fn parse(file: &str, text: &str) -> Result<Self, FetchError> {
        let wrong = |message: String| FetchError::Publishers { file: file.to_owned(), message };
        let read: Self = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        for part in &read.parts {
            for offer in &part.offers {
                let lacks = match offer.kind {
                    Kind::Zip if offer.members.is_empty() => "leden",
                    Kind::Statline if offer.dialect.is_none() => "dialect",
                    Kind::Statline if offer.columns.is_none() => "kolommen",
                    Kind::Statline if offer.list.is_some() != offer.title.is_some() => {
                        "lijst and titel together"
                    }
                    _ => continue,
                };
                return Err(wrong(format!("{}: {}: expected {lacks}", part.id, offer.address)));
            }
        }
        Ok(read)
    }

    /// The names of the base addresses.
    pub fn bases(&self) -> impl Iterator<Item = &str> {
        self.bases.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_in_reads_and_offers_every_part() {
        let publishers = Publishers::built_in().expect("sound publishers");
        let parts: Vec<_> = publishers.parts.iter().map(|part| part.id).collect();
        assert_eq!(parts, Product::ALL);
        for offer in publishers.parts.iter().flat_map(|part| &part.offers) {
            assert!(offer.address.starts_with('{'), "{}: no base address", offer.address);
        }
    }

    #[test]
    fn an_offer_that_lacks_something_is_refused() {
        let with = |offer: &str| {
            Publishers::parse(
                "x.toml",
                &format!("[adressen]\na = 'https://a.example'\n[[onderdeel]]\nid = 'kwb'\n{offer}"),
            )
        };
        for wrong in [
            "[[onderdeel.aanbod]]\nsoort = 'zip'\nadres = '{a}/x.zip'\ngrootste = 1",
            "[[onderdeel.aanbod]]\nsoort = 'statline'\nadres = '{a}/{tabel}'\ngrootste = 1",
            "[[onderdeel.aanbod]]\nsoort = 'pdf'\nadres = '{a}/x.pdf'\ngrootste = 1",
            "[[onderdeel.aanbod]]\nsoort = 'xlsx'\nadres = '{a}/x.xlsx'",
        ] {
            assert!(with(wrong).is_err(), "{wrong}");
        }
        let right = "[[onderdeel.aanbod]]\nsoort = 'xlsx'\nadres = '{a}/x.xlsx'\ngrootste = 1";
        assert!(with(right).is_ok());
    }
}
