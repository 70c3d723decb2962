//! The map beside the answer of a study.

use crate::{
    indicator::{Indicator, Language, Recipe},
    study::Scope,
};

use super::{
    asked_study::AskedStudy,
    asked_topics::usual,
    html::{escape, say, text},
    query::encoded,
    study_question::Question,
};

/// How large the map is, in the pixels of its picture.
const SIZE: (u32, u32) = (640, 560);

/// What the map shows: where the atlas has it, the outcome itself as an indicator, else the figures
/// that the question is about.
fn mapped<'a>(wanted: &AskedStudy, scope: &Scope<'a>) -> &'a Indicator {
    let tells = |one: &&Indicator| match (&one.derived, wanted.question) {
        (Some(Recipe::LocationQuotient(made)), Question::Concentration) => {
            made.of == wanted.indicator
        }
        // Of a part of the country other areas are its mean.
        (Some(Recipe::Cluster(made)), Question::Likeness) => {
            made.of == wanted.indicator && wanted.is_of_country() && wanted.is_as_usual()
        }
        // With other years or thresholds other areas run another course.
        (Some(Recipe::Typology(made)), Question::Course) => {
            made.of == wanted.indicator && wanted.is_as_usual()
        }
        _ => false,
    };
    let found = scope.atlas.indicators().find(tells);
    let is_there = |one: &&Indicator| {
        let years = scope.atlas.years(&one.id, &wanted.level);
        years.iter().any(|(_, year)| *year == wanted.year)
    };
    found.filter(is_there).unwrap_or(scope.indicator)
}

/// The indicator that counts the same topics in the same year.
fn stacked<'a>(wanted: &AskedStudy, scope: &Scope<'a>) -> Option<&'a Indicator> {
    let (coverage, year) = (scope.series.coverage, wanted.year);
    let beside = |id: &str| scope.atlas.beside(id, coverage, year);
    let mut usual = usual(scope.atlas);
    usual.retain(|(id, _)| beside(id).is_some());
    let same_year = |id: &str| beside(id).is_some_and(|there| there.key.year == year);
    if !wanted.is_as_usual() || wanted.topics != usual || !usual.iter().all(|(id, _)| same_year(id))
    {
        return None;
    }
    let is_stacking = |one: &&Indicator| matches!(one.derived, Some(Recipe::Stacking(_)));
    let found = scope.atlas.indicators().find(is_stacking)?;
    let years = scope.atlas.years(&found.id, &wanted.level);
    years.iter().any(|(_, year)| *year == wanted.year).then_some(found)
}

/// The map that goes with the question.
pub(super) fn picture(wanted: &AskedStudy, scope: &Scope<'_>, language: Language) -> String {
    // One area has its chart.
    if wanted.question == Question::BeforeAfter {
        return String::new();
    }
    // A list of areas has no map of its own.
    if wanted.within.is_none() && !wanted.is_of_country() {
        return String::new();
    }
    let shown = match wanted.question {
        // Of other topics than the usual ones there is no map yet.
        Question::Stacking => match stacked(wanted, scope) {
            Some(shown) => shown,
            None => return String::new(),
        },
        _ => mapped(wanted, scope),
    };
    let within =
        wanted.within.as_ref().map(|id| format!("&binnen={}", encoded(id))).unwrap_or_default();
    let english = if language == Language::En { "&taal=en" } else { "" };
    let (width, height) = SIZE;
    let detail = if wanted.within.is_some() { "" } else { "&detail=grof" };
    let query = format!("indicator={}&jaar={}{within}{english}", shown.id, wanted.year);
    let name = text(&shown.name, language);
    let level = &wanted.level;
    let alt = say(language, "Kaart:", "Map:");
    format!(
        "<figure class=\"kaart\"><div class=\"beeld\"><img src=\"{}\" width=\"{width}\" height=\"{height}\" alt=\"{alt} {name}, {level} {}\"></div>\
         <figcaption><a href=\"{}\">{}</a> · <a href=\"{}\">{}</a></figcaption></figure>\n",
        escape(&format!("/v1/lagen/{level}.svg?{query}{detail}&breedte={width}&hoogte={height}")),
        wanted.year,
        escape(&format!(
            "/kaart/{}?niveau={level}&jaar={}{within}{english}",
            shown.id, wanted.year
        )),
        say(language, "Op de kaart", "On the map"),
        escape(&format!(
            "/kaart/{}/tabel?niveau={level}&jaar={}{within}{english}",
            shown.id, wanted.year
        )),
        say(language, "Alle cijfers in een tabel", "All figures in a table"),
    )
}
