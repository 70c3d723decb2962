//! What came out of a study.

use serde::Serialize;

use crate::{
    area::Text,
    indicator::Language,
    layer::{format_number, quantity},
    study::{
        Account, BeforeAfterStudy, ChangeStudy, ConcentrationStudy, CourseStudy, GapStudy,
        LikenessStudy, MixtureStudy, Scope, SegregationOfGemeenten, SegregationStudy,
        StackingStudy, signed,
    },
};

use super::html::say;

/// What came out.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Outcome {
    Segregation(SegregationStudy),
    Gemeenten(SegregationOfGemeenten),
    Concentration(ConcentrationStudy),
    Mixture(MixtureStudy),
    Stacking(StackingStudy),
    Likeness(LikenessStudy),
    Gap(GapStudy),
    Change(ChangeStudy),
    Course(CourseStudy),
    BeforeAfter(Box<BeforeAfterStudy>),
}

impl Outcome {
    /// What comes out, in sentences.
    pub fn sentences(&self) -> &[Text] {
        match self {
            Self::Segregation(study) => &study.sentences,
            Self::Gemeenten(study) => &study.sentences,
            Self::Concentration(study) => &study.sentences,
            Self::Mixture(study) => &study.sentences,
            Self::Stacking(study) => &study.sentences,
            Self::Likeness(study) => &study.sentences,
            Self::Gap(study) => &study.sentences,
            Self::Change(study) => &study.sentences,
            Self::Course(study) => &study.sentences,
            Self::BeforeAfter(study) => &study.sentences,
        }
    }

    /// How it was made.
    pub fn account(&self) -> &Account {
        match self {
            Self::Segregation(study) => &study.account,
            Self::Gemeenten(study) => &study.account,
            Self::Concentration(study) => &study.account,
            Self::Mixture(study) => &study.account,
            Self::Stacking(study) => &study.account,
            Self::Likeness(study) => &study.account,
            Self::Gap(study) => &study.account,
            Self::Change(study) => &study.account,
            Self::Course(study) => &study.account,
            Self::BeforeAfter(study) => &study.account,
        }
    }
}

/// One number that stands for the outcome, and what it is.
pub(super) fn headline(scope: &Scope<'_>, found: &Outcome, language: Language) -> (String, String) {
    let of = |nl: &str, en: &str, figure: String| (say(language, nl, en).to_owned(), figure);
    let number = |number, decimals| format_number(number, decimals, language);
    let percent = |share| format!("{}%", number(share, 0));
    match found {
        Outcome::Segregation(study) => {
            let last = study.years.iter().find(|one| one.year == scope.series.key.year.get());
            let figure = last.map_or_else(String::new, |one| percent(one.dissimilarity));
            of("zou moeten verhuizen", "would have to move", figure)
        }
        Outcome::Gemeenten(study) => {
            let figure = study.between.map_or_else(String::new, percent);
            of("ligt tussen gemeenten", "lies between gemeenten", figure)
        }
        Outcome::Concentration(study) => {
            let figure = study.half.map_or_else(String::new, percent);
            of("de helft woont waar ten minste", "half lives where at least", figure)
        }
        Outcome::Mixture(study) => {
            let last = study.years.iter().find(|one| one.year == scope.series.key.year.get());
            let figure = last.map_or_else(String::new, |one| percent(one.entropy * 100.0));
            of("gescheiden (H)", "segregated (H)", figure)
        }
        Outcome::Stacking(study) => {
            let many = study.topics.len().div_ceil(2).max(2);
            let told = study.counts.iter().map(|one| one.areas).sum::<usize>().max(1);
            let stacked = study.counts.iter().filter(|one| one.count >= many);
            let stacked: usize = stacked.map(|one| one.areas).sum();
            let share = 100.0 * stacked as f64 / told as f64;
            of("gebieden met veel tegelijk", "areas with much at once", percent(share))
        }
        Outcome::Likeness(study) => of("Moran I", "Moran I", number(study.i, 2)),
        Outcome::Gap(study) => {
            let last = study.years.iter().find(|one| one.year == scope.series.key.year.get());
            let figure =
                last.map_or_else(String::new, |one| quantity(one.gap, scope.indicator, language));
            of("kloof", "gap", figure)
        }
        Outcome::Change(study) => {
            let share = 100.0 * study.counts.lower as f64 / study.counts.known.max(1) as f64;
            of("ging omlaag", "went down", percent(share))
        }
        Outcome::Course(study) => {
            of("om te volgen", "to keep an eye on", study.watched.len().to_string())
        }
        Outcome::BeforeAfter(study) => {
            let figure = study.change.as_ref().map_or_else(String::new, |change| {
                signed(change.beside.difference, scope.indicator, language)
            });
            of("verschil, geen bewijs van effect", "a difference, no proof of effect", figure)
        }
    }
}
