//! The questions that studies answer, and what each may be asked with.

use crate::area::Text;

use super::{
    parameter::{BEGIN, INDICATOR, LANGUAGE, LEVEL_FILTER, Parameter, YEAR},
    problem::{InputError, Problem, shorten},
    study_parameter::{
        ABOUT, BAND, BEGAN, BETWEEN, ENDED, GROUPS, NEIGHBOURS, STORY, STUDY_CODES, STUDY_WITHIN,
        THRESHOLD, TOPICS, UNFAVOURABLE_PART, WEAK,
    },
};

/// A question about the areas of a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// How unevenly a group lives.
    Segregation,
    /// Where it concentrates.
    Concentration,
    /// How mixed several groups live.
    Mixture,
    /// Where much is unfavourable at once.
    Stacking,
    /// Whether neighbours are alike.
    Likeness,
    /// How far apart areas are.
    Gap,
    /// What changed.
    Change,
    /// What course areas run.
    Course,
    /// Whether it went otherwise after something was done than elsewhere.
    BeforeAfter,
}

static PLAIN: [&Parameter; 6] =
    [&INDICATOR, &LEVEL_FILTER, &YEAR, &STUDY_WITHIN, &STUDY_CODES, &LANGUAGE];

impl Question {
    /// All of them, in the order of lists.
    pub const ALL: [Self; 9] = [
        Self::Concentration,
        Self::Segregation,
        Self::Mixture,
        Self::Stacking,
        Self::Likeness,
        Self::Gap,
        Self::Change,
        Self::Course,
        Self::BeforeAfter,
    ];

    /// As it stands in addresses.
    pub fn id(self) -> &'static str {
        match self {
            Self::Segregation => "segregatie",
            Self::Concentration => "concentratie",
            Self::Mixture => "menging",
            Self::Stacking => "stapeling",
            Self::Likeness => "gelijkenis",
            Self::Gap => "kloof",
            Self::Change => "verandering",
            Self::Course => "verloop",
            Self::BeforeAfter => "voor-en-na",
        }
    }

    /// The question of an id.
    ///
    /// # Errors
    /// A 404 problem that names what there is.
    pub fn find(id: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|one| one.id() == id).ok_or_else(|| {
            let detail = format!("{:?} is geen analyse", shorten(id));
            let error = InputError::path("analyse", "onbekend", detail);
            Problem::unknown(error.allowing(Self::ALL.map(Self::id)))
        })
    }

    /// The question as people ask it.
    pub fn title(self) -> Text {
        let of = |nl: &str, en: &str| Text { nl: nl.into(), en: en.into() };
        match self {
            Self::Segregation => {
                of("Hoe ongelijk is de groep verdeeld?", "How unevenly is the group divided?")
            }
            Self::Concentration => {
                of("Waar concentreert de groep zich?", "Where does the group concentrate?")
            }
            Self::Mixture => of("Hoe gemengd wonen groepen?", "How mixed do groups live?"),
            Self::Stacking => of("Waar stapelt het zich op?", "Where does it pile up?"),
            Self::Likeness => {
                of("Lijken gebieden op hun buren?", "Do areas resemble their neighbours?")
            }
            Self::Gap => of("Hoe groot is de kloof?", "How large is the gap?"),
            Self::Change => of("Wat veranderde er?", "What changed?"),
            Self::Course => of(
                "Welk verloop, en wat is er om te volgen?",
                "Which course, and what to keep an eye on?",
            ),
            Self::BeforeAfter => of("Heeft het geholpen?", "Did it help?"),
        }
    }

    /// Whether it is about one topic, which it then must be asked with.
    pub fn has_one_topic(self) -> bool {
        !matches!(self, Self::Mixture | Self::Stacking)
    }

    /// The parameters that it takes.
    pub fn parameters(self) -> &'static [&'static Parameter] {
        static CONCENTRATION: [&Parameter; 7] =
            [&INDICATOR, &LEVEL_FILTER, &YEAR, &STUDY_WITHIN, &STUDY_CODES, &LANGUAGE, &THRESHOLD];
        static CHANGE: [&Parameter; 8] = [
            &INDICATOR,
            &LEVEL_FILTER,
            &YEAR,
            &STUDY_WITHIN,
            &STUDY_CODES,
            &LANGUAGE,
            &BEGIN,
            &BAND,
        ];
        static COURSE: [&Parameter; 10] = [
            &INDICATOR,
            &LEVEL_FILTER,
            &YEAR,
            &STUDY_WITHIN,
            &STUDY_CODES,
            &LANGUAGE,
            &BEGIN,
            &BETWEEN,
            &WEAK,
            &BAND,
        ];
        static LIKENESS: [&Parameter; 7] =
            [&INDICATOR, &NEIGHBOURS, &LEVEL_FILTER, &YEAR, &STUDY_WITHIN, &STUDY_CODES, &LANGUAGE];
        static MIXTURE: [&Parameter; 6] =
            [&GROUPS, &LEVEL_FILTER, &YEAR, &STUDY_WITHIN, &STUDY_CODES, &LANGUAGE];
        static STACKING: [&Parameter; 7] = [
            &TOPICS,
            &UNFAVOURABLE_PART,
            &LEVEL_FILTER,
            &YEAR,
            &STUDY_WITHIN,
            &STUDY_CODES,
            &LANGUAGE,
        ];
        static BEFORE_AFTER: [&Parameter; 6] =
            [&INDICATOR, &ABOUT, &STORY, &BEGAN, &ENDED, &LANGUAGE];
        match self {
            Self::BeforeAfter => &BEFORE_AFTER,
            Self::Mixture => &MIXTURE,
            Self::Stacking => &STACKING,
            Self::Concentration => &CONCENTRATION,
            Self::Change => &CHANGE,
            Self::Course => &COURSE,
            Self::Likeness => &LIKENESS,
            Self::Segregation | Self::Gap => &PLAIN,
        }
    }
}
