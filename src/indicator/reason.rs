//! Why there is no number. Missing is never zero.

use serde::{Deserialize, Serialize};

use super::Text;

/// Why an area has no value. Ordered as legends list them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The source covers this level and year and has no score here.
    GeenScore,
    /// Secret, unreliable or not present, as the publisher says (-99997 and older codes).
    GeheimOfAfwezig,
    /// Published in a later delivery (-99995, or a column that is wholly empty).
    NogNietGepubliceerd,
    /// No longer published at this level (-99991).
    NietMeerGepubliceerd,
    /// Below the publisher's own threshold for publishing this figure.
    OnderPublicatiegrens,
    /// Too few inhabitants for this figure to say anything.
    TeWeinigInwoners,
    /// Hidden by the atlas itself, so that nobody can be recognised.
    Onderdrukt,
    /// No value was delivered for this area.
    NietGevraagd,
    /// The publisher gives a mark that is not documented, or none.
    Onbekend,
    /// No area beside it has a figure, and the figure tells of neighbours.
    GeenBuren,
    /// Too little is known on the division that the figure is from to read it on this one.
    NietOmTeRekenen,
}

impl Reason {
    /// Every reason, in the order in which legends list them.
    pub const ALL: [Self; 11] = [
        Self::GeenScore,
        Self::GeheimOfAfwezig,
        Self::NogNietGepubliceerd,
        Self::NietMeerGepubliceerd,
        Self::OnderPublicatiegrens,
        Self::TeWeinigInwoners,
        Self::Onderdrukt,
        Self::NietGevraagd,
        Self::Onbekend,
        Self::GeenBuren,
        Self::NietOmTeRekenen,
    ];

    /// The key of the reason, as it stands in answers and in the atlas.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GeenScore => "geen_score",
            Self::GeheimOfAfwezig => "geheim_of_afwezig",
            Self::NogNietGepubliceerd => "nog_niet_gepubliceerd",
            Self::NietMeerGepubliceerd => "niet_meer_gepubliceerd",
            Self::OnderPublicatiegrens => "onder_publicatiegrens",
            Self::TeWeinigInwoners => "te_weinig_inwoners",
            Self::GeenBuren => "geen_buren",
            Self::NietOmTeRekenen => "niet_om_te_rekenen",
            Self::Onderdrukt => "onderdrukt",
            Self::NietGevraagd => "niet_gevraagd",
            Self::Onbekend => "onbekend",
        }
    }

    /// The reason with that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == key)
    }

    /// Whether the figure exists or may exist but is kept back: drawn with the "hidden" hatch,
    /// every other reason with the "no figure" hatch.
    pub fn is_hidden(self) -> bool {
        matches!(
            self,
            Self::GeheimOfAfwezig
                | Self::OnderPublicatiegrens
                | Self::TeWeinigInwoners
                | Self::Onderdrukt
        )
    }

    /// What a reader is told.
    pub fn text(self) -> Text {
        let (nl, en) = match self {
            Self::GeenScore => ("geen score in deze bron", "no score in this source"),
            Self::GeheimOfAfwezig => (
                "onbekend, onvoldoende betrouwbaar of geheim",
                "unknown, not reliable enough or confidential",
            ),
            Self::NogNietGepubliceerd => ("nog niet gepubliceerd", "not yet published"),
            Self::NietMeerGepubliceerd => ("niet meer gepubliceerd", "no longer published"),
            Self::OnderPublicatiegrens => {
                ("onder de publicatiegrens van de bron", "below the source's publication threshold")
            }
            Self::TeWeinigInwoners => ("te weinig inwoners", "too few inhabitants"),
            Self::GeenBuren => ("geen buren met een cijfer", "no neighbours with a figure"),
            Self::NietOmTeRekenen => (
                "niet te maken uit cijfers van andere gebieden",
                "cannot be made from figures of other areas",
            ),
            Self::Onderdrukt => {
                ("verborgen om herkenning te voorkomen", "hidden to prevent recognition")
            }
            Self::NietGevraagd => ("niet geleverd", "not delivered"),
            Self::Onbekend => ("onbekend", "unknown"),
        };
        Text { nl: nl.into(), en: en.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back_and_agree_with_serde() {
        for reason in Reason::ALL {
            assert_eq!(Reason::from_key(reason.as_str()), Some(reason));
            assert_eq!(
                serde_json::to_string(&reason).expect("a unit variant"),
                format!("{:?}", reason.as_str())
            );
        }
    }
}
