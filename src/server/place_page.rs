//! `/gebied/{code}`: one place as a page that reads and prints without script.

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderValue, header},
    response::Response,
};

use crate::{
    area::{AreaCode, Vintage},
    atlas::LevelCoverage,
    indicator::Language,
    profile::{TopicProfile, area_profile},
};

use super::{
    App,
    answer::Answer,
    area_heading::heading,
    areas::{found, path_code, vintage},
    asked::Asked,
    headers::PAGE_POLICY,
    html::{self, Frame},
    key::Key,
    map_address::map_address,
    parameter::{LANGUAGE, VINTAGE},
    place_parts::Place,
    problem::Problem,
    query::Query,
    spec::language,
    story_parts::PageStories,
};

/// What a page about a place is asked for.
pub(super) struct AskedPlace {
    pub code: AreaCode,
    pub vintage: Vintage,
    pub language: Language,
    pub day: String,
}

/// The place and the language that a page is asked for; today is part of it, since it is printed.
pub(super) fn asked_place(app: &App, code: &str, raw: Option<&str>) -> Result<AskedPlace, Problem> {
    let mut query = Query::parse(raw, &[&VINTAGE, &LANGUAGE]);
    let vintage = vintage(&app.atlas, &mut query);
    query.check()?;
    let code = path_code(code)?;
    let (coverage, _) = found(&app.atlas, &code, vintage)?;
    let day = jiff::Zoned::now().date().to_string();
    Ok(AskedPlace { code, vintage: coverage.vintage, language: language(&query), day })
}

impl AskedPlace {
    /// The key of the page.
    pub fn key(&self, page: &'static str) -> Key {
        let is_english = self.language == Language::En;
        Key::new(page).and(&self.code).and(self.vintage).and(is_english).and(&self.day)
    }

    /// The address of the page, or of the one `below` it (`/rapport`), without the language.
    pub fn address(&self, below: &str) -> String {
        format!("/gebied/{}{below}?jaar={}", self.code, self.vintage)
    }
}

/// A page as an answer, its links as the server is reached.
pub(super) fn page_answer(app: &App, body: String) -> Answer {
    let body = app.config.prefix().below(body);
    Answer::new("text/html; charset=utf-8", body.into_bytes())
        .with(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY))
}

/// `GET /stijlen/plaats.css`.
pub async fn styles(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    app.keep(&asked, Key::new("stijlen"), |_| {
        Ok(Answer::new("text/css; charset=utf-8", html::STYLES.as_bytes()))
    })
    .await
}

/// `GET /gebied/{code}`.
pub async fn place(
    State(app): State<App>,
    Path(code): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let wanted = asked_place(&app, &code, raw.as_deref())?;
    app.keep(&asked, wanted.key("plaats"), move |app| {
        let (coverage, ordinal) = found(&app.atlas, &wanted.code, Some(wanted.vintage))?;
        Ok(page_answer(app, render(app, coverage, ordinal, &wanted)))
    })
    .await
}

/// Publishers with their licences, each once.
pub(super) fn sources(topics: &[&TopicProfile], language: Language) -> String {
    let mut named: Vec<String> = Vec::new();
    for topic in topics {
        let one = format!("{} ({})", topic.source.get(language), topic.licence);
        if !named.contains(&one) {
            named.push(one);
        }
    }
    named.join("; ")
}

/// What the frame of a page says of the app.
pub(super) fn frame<'a>(
    app: &'a App,
    wanted: &'a AskedPlace,
    title: &'a str,
    address: &'a str,
    map: &'a str,
    sources: &'a str,
) -> Frame<'a> {
    Frame {
        language: wanted.language,
        title,
        address,
        map,
        base: app.config.adres.as_deref(),
        site: app.config.titel.as_deref().unwrap_or("wijkzicht"),
        is_fictional: app.atlas.fictional,
        version: &app.atlas.version,
        day: &wanted.day,
        sources,
    }
}

fn render(app: &App, coverage: &LevelCoverage, ordinal: usize, wanted: &AskedPlace) -> String {
    let (atlas, language) = (&app.atlas, wanted.language);
    let area = heading(atlas, coverage, ordinal);
    let profile = area_profile(atlas, coverage, ordinal, &[]);
    let stories = PageStories::of(atlas, &wanted.code, wanted.vintage);
    let place =
        Place { atlas, area: &area, profile: &profile, coverage, language, stories: &stories };
    let title = match &area.gemeente {
        Some(gemeente) => format!("{}, {}", area.name, gemeente.name),
        None => area.name.clone(),
    };
    let address = wanted.address("");
    let topics: Vec<_> = profile.topics.iter().collect();
    let sources = sources(&topics, language);
    let map = map_address(app, coverage, &wanted.code, language);
    let frame = frame(app, wanted, &title, &address, &map, &sources);
    let mut body = place.head(&frame);
    let shown = place.score(&mut body);
    body.push_str(&stories.section(language));
    place.topics(&mut body, &shown);
    place.alike(&mut body, ordinal);
    place.below(&mut body);
    place.files(&mut body);
    frame.page(&body)
}
