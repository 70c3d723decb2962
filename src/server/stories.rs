//! `/v1/verhalen`: what was done about areas, as a list, as points and as a table.

use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    area::{AreaCode, Language, Level, Text, Vintage, Year},
    atlas::{Atlas, PlacedStory},
    store::Pillar,
};

use super::{
    App,
    answer::Answer,
    areas,
    asked::Asked,
    key::Key,
    parameter::{Form, LANGUAGE, LEVEL_FILTER, Parameter, optional},
    problem::{InputError, Problem},
    query::Query,
    spec::language,
    story_entry::{StoryEntry, entry},
    story_table::{csv, feature},
};

/// The area that stories are about.
pub static ABOUT: Parameter = optional(
    "gebied",
    "Alleen verhalen van dit gebied (code) en van de wijk en gemeente waarin het ligt",
    Form::Code,
);
/// The area that stories lie in.
pub static INSIDE: Parameter = optional(
    "binnen",
    "Alleen verhalen van dit gebied (code) en van alles wat erin ligt",
    Form::Code,
);
/// What stories aim at.
pub static PILLAR: Parameter = optional(
    "pijler",
    "Alleen verhalen van deze pijler",
    Form::OneOf(&["sociale-basis", "sociale-stijging", "sociale-herovering", "fysiek"]),
);
/// A year in which they went on.
pub static RUNNING: Parameter =
    optional("jaar", "Alleen wat in dit jaar liep; wat nog loopt, hoort erbij", Form::Year);

/// The parameters of stories in any form.
pub static STORIES: [&Parameter; 6] =
    [&ABOUT, &INSIDE, &PILLAR, &LEVEL_FILTER, &RUNNING, &LANGUAGE];

/// A pillar, and how many of the stories aim at it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PillarCount {
    /// As it stands in addresses.
    id: &'static str,
    /// What it is called.
    #[serde(rename = "naam")]
    name: Text,
    /// How many.
    #[serde(rename = "aantal")]
    count: usize,
}

/// What was done about areas.
#[derive(Debug, Serialize, ToSchema)]
pub struct StoryList {
    /// By the year in which they began.
    #[serde(rename = "verhalen")]
    stories: Vec<StoryEntry>,
    /// Every pillar, also those that none of the stories aims at.
    #[serde(rename = "pijlers")]
    pillars: Vec<PillarCount>,
    /// Who tells them, each once.
    #[serde(rename = "bron")]
    told_by: String,
    /// Their licences, each once.
    #[serde(rename = "licentie")]
    licence: String,
    #[serde(rename = "versie")]
    version: String,
    #[serde(rename = "fictief")]
    fictional: bool,
}

/// A question to the stories, checked.
#[derive(Clone, Debug)]
struct Wanted {
    about: Option<(AreaCode, Vintage)>,
    inside: Option<(AreaCode, Vintage)>,
    pillar: Option<Pillar>,
    level: Option<Level>,
    year: Option<Year>,
    language: Language,
}

impl Wanted {
    fn read(app: &App, raw: Option<&str>) -> Result<Self, Problem> {
        let mut query = Query::parse(raw, &STORIES);
        let area = |query: &mut Query, parameter: &'static Parameter| {
            let code = query.code(parameter)?;
            let found = app.atlas.find(&code, None);
            if found.is_none() {
                let detail = format!("de atlas heeft geen gebied met code {code}");
                query.fail(InputError::query(parameter.name, "onbekend", detail));
            }
            found.map(|(coverage, _)| (code, coverage.vintage))
        };
        let about = area(&mut query, &ABOUT);
        let inside = area(&mut query, &INSIDE);
        if query.text(&ABOUT).is_some() && query.text(&INSIDE).is_some() {
            let detail = "gaat niet samen met gebied";
            query.fail(InputError::query(INSIDE.name, "dubbel", detail));
        }
        let level = areas::level(&app.atlas, &mut query);
        query.check()?;
        let pillar = query.text(&PILLAR).and_then(Pillar::find);
        let (year, language) = (query.year(&RUNNING), language(&query));
        Ok(Self { about, inside, pillar, level, year, language })
    }

    fn key(&self, form: &'static str) -> Key {
        let code = |of: &Option<(AreaCode, Vintage)>| of.as_ref().map(|(code, _)| code.to_string());
        Key::new("verhalen")
            .and(form)
            .and_maybe(code(&self.about))
            .and_maybe(code(&self.inside))
            .and_maybe(self.pillar.map(Pillar::id))
            .and_maybe(self.level.as_ref())
            .and_maybe(self.year)
            .and(self.language == Language::En)
    }

    fn suits(&self, atlas: &Atlas, story: &PlacedStory) -> bool {
        self.about.as_ref().is_none_or(|(code, vintage)| story.is_about(atlas, code, *vintage))
            && self
                .inside
                .as_ref()
                .is_none_or(|(code, vintage)| story.is_within(atlas, code, *vintage))
            && self.pillar.is_none_or(|pillar| story.story.pillar == pillar)
            && self.level.as_ref().is_none_or(|level| story.story.level == *level)
            && self.year.is_none_or(|year| story.story.runs_in(year))
    }

    fn entries(&self, app: &App) -> Vec<StoryEntry> {
        let stories = app.atlas.stories().iter().filter(|story| self.suits(&app.atlas, story));
        stories.filter_map(|story| entry(&app.atlas, story)).collect()
    }
}

/// Texts one after the other, each once.
fn once<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<&str> = Vec::new();
    for text in texts {
        if !text.is_empty() && !all.contains(&text) {
            all.push(text);
        }
    }
    all.join("; ")
}

fn told_by(stories: &[StoryEntry]) -> String {
    once(stories.iter().map(|story| story.told_by.as_str()))
}

fn licences(stories: &[StoryEntry]) -> String {
    once(stories.iter().map(|story| story.licence.as_str()))
}

/// `GET /v1/verhalen`.
pub async fn list(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let wanted = Wanted::read(&app, raw.as_deref())?;
    app.keep(&asked, wanted.key("json"), move |app| {
        let stories = wanted.entries(app);
        let pillar = |pillar: Pillar| PillarCount {
            id: pillar.id(),
            name: pillar.name(),
            count: stories.iter().filter(|story| story.pillar == pillar).count(),
        };
        Answer::json(&StoryList {
            pillars: Pillar::ALL.map(pillar).into(),
            told_by: told_by(&stories),
            licence: licences(&stories),
            stories,
            version: app.atlas.version.clone(),
            fictional: app.atlas.fictional,
        })
    })
    .await
}

/// `GET /v1/verhalen.geojson`.
pub async fn points(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let wanted = Wanted::read(&app, raw.as_deref())?;
    app.keep(&asked, wanted.key("geojson"), move |app| {
        let stories = wanted.entries(app);
        let features = stories.iter().filter_map(|story| feature(story, wanted.language));
        let body = json!({
            "type": "FeatureCollection",
            "features": features.collect::<Vec<_>>(),
            "bron": told_by(&stories),
            "licentie": licences(&stories),
            "versie": app.atlas.version,
            "fictief": app.atlas.fictional,
        });
        Ok(Answer::json(&body)?.of_type("application/geo+json"))
    })
    .await
}

/// `GET /v1/verhalen.csv`.
pub async fn table(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let wanted = Wanted::read(&app, raw.as_deref())?;
    app.keep(&asked, wanted.key("csv"), move |app| {
        let body = csv(&wanted.entries(app), wanted.language, app.atlas.fictional);
        let body = body.map_err(|error| {
            tracing::error!(%error, "a table cannot be written");
            Problem::internal()
        })?;
        Ok(Answer::new("text/csv; charset=utf-8", body).named("verhalen.csv"))
    })
    .await
}
