//! The map beside the answer of a study.

use crate::{
    indicator::{Indicator, Language, Recipe},
    study::Scope,
};

use super::{
    asked_study::AskedStudy,
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
            made.of == wanted.indicator && wanted.is_of_country()
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

/// The map that goes with the question.
pub(super) fn picture(wanted: &AskedStudy, scope: &Scope<'_>, language: Language) -> String {
    // A list of areas has no map of its own.
    if wanted.within.is_none() && !wanted.is_of_country() {
        return String::new();
    }
    let within =
        wanted.within.as_ref().map(|id| format!("&binnen={}", encoded(id))).unwrap_or_default();
    let english = if language == Language::En { "&taal=en" } else { "" };
    let (width, height) = SIZE;
    let detail = if wanted.within.is_some() { "" } else { "&detail=grof" };
    let shown = mapped(wanted, scope);
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
