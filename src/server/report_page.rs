//! `/gebied/{code}/rapport`: a gemeente on paper: a summary, then a sheet for each wijk with its buurten.

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};

use crate::{
    area::Level,
    atlas::LevelCoverage,
    profile::{TopicProfile, topic_profile},
};

use super::{
    App,
    areas::found,
    asked::Asked,
    html::say,
    map_address::map_address,
    place_page::{AskedPlace, asked_place, frame, page_answer, sources},
    problem::{InputError, Problem},
    report::Report,
    story_parts::PageStories,
};

/// What the summary tells, as far as the atlas has it.
const SUMMARY: [&str; 13] = [
    "leefbaarheid",
    "inwoners",
    "bevolkingsdichtheid",
    "aandeel-0-15",
    "aandeel-65-plus",
    "huishoudensgrootte",
    "woningwaarde",
    "koopwoningen",
    "corporatiewoningen",
    "inkomen-per-inwoner",
    "laag-inkomen",
    "bijstand-per-1000",
    "misdrijven",
];

/// `GET /gebied/{code}/rapport`.
pub async fn report(
    State(app): State<App>,
    Path(code): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let wanted = asked_place(&app, &code, raw.as_deref())?;
    let (coverage, _) = found(&app.atlas, &wanted.code, Some(wanted.vintage))?;
    if coverage.level != Level::Gemeente {
        let detail =
            "een rapport is er van een gemeente; van een wijk of buurt is er /gebied/{code}";
        return Err(Problem::unknown(InputError::path("code", "onmogelijk", detail)));
    }
    app.keep(&asked, wanted.key("rapport"), move |app| {
        let (coverage, ordinal) = found(&app.atlas, &wanted.code, Some(wanted.vintage))?;
        Ok(page_answer(app, render(app, coverage, ordinal, &wanted)))
    })
    .await
}

fn render(app: &App, coverage: &LevelCoverage, ordinal: usize, wanted: &AskedPlace) -> String {
    let (atlas, language) = (&*app.atlas, wanted.language);
    let name = coverage.name(ordinal);
    let summary: Vec<_> =
        SUMMARY.iter().filter_map(|id| topic_profile(atlas, coverage, ordinal, id)).collect();
    let told: Vec<&TopicProfile> = summary.iter().collect();
    let sources = sources(&told, language);
    let title =
        format!("{}: {name}", say(language, "Wijken en buurten", "Districts and neighbourhoods"));
    let address = wanted.address("/rapport");
    let map = map_address(app, coverage, &wanted.code, language);
    let frame = frame(app, wanted, &title, &address, &map, &sources);
    let stories = PageStories::of(atlas, &wanted.code, wanted.vintage);
    let report = Report { atlas, wanted, name, language, frame: &frame, stories: &stories };
    let mut body = report.summary(&summary);
    report.sheets(&mut body);
    frame.page(&body)
}
