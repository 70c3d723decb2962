//! What was done about a place: an approach or an initiative, as a municipality tells of it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use crate::area::{AreaCode, Level, Text, Vintage, Year};

/// What an approach aims at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pillar {
    /// What holds people together.
    SocialeBasis,
    /// School, work and income.
    SocialeStijging,
    /// Order and safety.
    SocialeHerovering,
    /// Homes, streets and green.
    Fysiek,
}

impl Pillar {
    /// All of them, in the order of lists.
    pub const ALL: [Self; 4] =
        [Self::SocialeBasis, Self::SocialeStijging, Self::SocialeHerovering, Self::Fysiek];

    /// As it stands in tables and addresses.
    pub fn id(self) -> &'static str {
        match self {
            Self::SocialeBasis => "sociale-basis",
            Self::SocialeStijging => "sociale-stijging",
            Self::SocialeHerovering => "sociale-herovering",
            Self::Fysiek => "fysiek",
        }
    }

    /// What it is called.
    pub fn name(self) -> Text {
        let (nl, en) = match self {
            Self::SocialeBasis => ("Sociale basis", "Social foundation"),
            Self::SocialeStijging => ("Sociale stijging", "Social advancement"),
            Self::SocialeHerovering => ("Sociale herovering", "Reclaiming public order"),
            Self::Fysiek => ("Fysiek", "Physical"),
        };
        Text { nl: nl.into(), en: en.into() }
    }

    /// The pillar that a text names: its id, in any case, with spaces for hyphens if one likes.
    pub fn find(text: &str) -> Option<Self> {
        let words: Vec<_> =
            text.split([' ', '-', '_', '\u{a0}']).filter(|word| !word.is_empty()).collect();
        let id = words.join("-").to_lowercase();
        Self::ALL.into_iter().find(|pillar| pillar.id() == id)
    }
}

/// A story of an area: who did what, and from when to when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// The description that it came by: what is imported of that again takes its place.
    pub collection: SmolStr,
    /// The area as the table has it, and the division on which it bears that code.
    pub code: AreaCode,
    /// The level of the area.
    pub level: Level,
    /// The division.
    pub vintage: Vintage,
    /// The year in which it began.
    pub from: Year,
    /// The year in which it ended; `None` while it goes on.
    pub until: Option<Year>,
    /// What it aims at.
    pub pillar: Pillar,
    /// What it is called, at most 200 characters.
    pub title: String,
    /// What was done, at most 4000 characters with line breaks; may be empty.
    pub text: String,
    /// Who tells it.
    pub told_by: String,
    /// Where there is more to read: `https`; empty where nowhere.
    pub link: String,
    /// Whether everybody may see it.
    pub is_public: bool,
    /// The file that it comes from, as a key of [`Contents::sources`](super::Contents::sources).
    pub source: u32,
}

impl Story {
    /// Twelve hexadecimal digits that stay the same however often the table is imported: they hang
    /// on the description, the area, the first year and the title.
    pub fn id(&self) -> SmolStr {
        let mut hash = Sha256::new();
        let year = self.from.to_string();
        for part in [self.collection.as_str(), self.code.as_str(), &year, &self.title] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether it went on in a year.
    pub fn runs_in(&self, year: Year) -> bool {
        self.overlaps(year, Some(year))
    }

    /// Whether it went on in a year of a period; one without an end goes on.
    pub fn overlaps(&self, from: Year, until: Option<Year>) -> bool {
        until.is_none_or(|until| self.from <= until) && self.until.is_none_or(|own| from <= own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(year: u16) -> Year {
        Year::new(year).expect("a year")
    }

    fn story(from: u16, until: Option<u16>) -> Story {
        Story {
            collection: "verhalen".into(),
            code: AreaCode::parse("BU00010101").expect("a code"),
            level: Level::Buurt,
            vintage: Vintage(year(2024)),
            from: year(from),
            until: until.map(year),
            pillar: Pillar::Fysiek,
            title: "Een plein".into(),
            text: String::new(),
            told_by: "Gemeente".into(),
            link: String::new(),
            is_public: true,
            source: 1,
        }
    }

    #[test]
    fn a_pillar_is_found_however_it_is_spelled() {
        for text in ["sociale-basis", "Sociale Basis", " SOCIALE  basis ", "sociale_basis"] {
            assert_eq!(Pillar::find(text), Some(Pillar::SocialeBasis), "{text:?}");
        }
        for text in ["", "sociaal", "socialebasis", "fysiek!"] {
            assert_eq!(Pillar::find(text), None, "{text:?}");
        }
        assert!(Pillar::ALL.iter().all(|one| Pillar::find(one.id()) == Some(*one)));
    }

    #[test]
    fn an_id_hangs_on_what_a_story_is_and_not_on_how_it_is_told() {
        let one = story(2015, None);
        let told = Story { text: "Meer".into(), until: Some(year(2018)), source: 7, ..one.clone() };
        assert_eq!(one.id(), told.id());
        assert_eq!(one.id().len(), 12);
        let ids = [
            one.id(),
            story(2016, None).id(),
            Story { title: "Een pleintje".into(), ..one.clone() }.id(),
            Story { collection: "anders".into(), ..one }.id(),
        ];
        let once: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(once.len(), ids.len(), "{ids:?}");
    }

    #[test]
    fn a_period_without_an_end_goes_on() {
        let (ended, goes_on) = (story(2015, Some(2018)), story(2015, None));
        for (at, is_running) in [(2014, false), (2015, true), (2018, true), (2019, false)] {
            assert_eq!(ended.runs_in(year(at)), is_running, "{at}");
            assert_eq!(goes_on.runs_in(year(at)), at >= 2015, "{at}");
        }
        assert!(ended.overlaps(year(2010), None) && !ended.overlaps(year(2019), None));
        assert!(!goes_on.overlaps(year(2010), Some(year(2014))));
    }
}
