//! `/analyse/{analyse}`: a study as a page without script: the question, a map, what came out in
//! sentences and tables, and how it was made.

use std::fmt::Write;

use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::Response,
};

use crate::{area::Vintage, indicator::Language};

use super::{
    App,
    asked::Asked,
    asked_study::AskedStudy,
    document_page::{AskedDocument, document},
    html::{Table, escape, say, text},
    place_page::page_answer,
    problem::Problem,
    query::Query,
    study_form::{Shown, completed},
    study_outcome::headline,
    study_parts::{account, outcome},
    study_picture::picture,
    study_question::Question,
};

/// `GET /analyse`: the first question, on the topic that the map opens on.
pub async fn index(state: State<App>, raw: RawQuery, asked: Asked) -> Result<Response, Problem> {
    page(state, Path(Question::Concentration.id().to_owned()), raw, asked).await
}

/// `GET /analyse/{analyse}`.
pub async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let question = Question::find(&id)?;
    let raw = completed(&app, question, raw.as_deref());
    let mut query = Query::parse(Some(&raw), question.parameters());
    let shown = Shown::of(question, &query, &raw);
    let wanted = match AskedStudy::read(&app, question, &mut query) {
        Ok(wanted) => wanted,
        Err(problem) => return Ok(refused(&app, &shown, &problem, Language::Nl, &asked)),
    };
    // The page says what was left open, and leads on from the words of the question.
    let key = wanted
        .key()
        .and("pagina")
        .and(shown.language == Language::En)
        .and(&shown.day)
        .and(&shown.asked);
    let (page, own) = (shown.clone(), wanted.clone());
    let answered = app
        .keep(&asked, key, move |app| {
            let scope = own.scope(&app.atlas)?;
            let found = own.outcome(&scope, page.language)?;
            let mut body = String::new();
            let map = picture(&own, &scope, page.language);
            body.push_str(&outcome(&scope, &found, &map, page.language));
            body.push_str(&levels(app, &own, scope.series.key.vintage, page.language));
            body.push_str(&missing(&own, page.language));
            body.push_str(&account(&found, &page.data(), page.language));
            Ok(page_answer(app, render(app, &page, Some(&own), &body)))
        })
        .await;
    match answered {
        Err(problem) => Ok(refused(&app, &shown, &problem, shown.language, &asked)),
        answered => answered,
    }
}

/// The whole page around what came out.
fn render(app: &App, shown: &Shown, wanted: Option<&AskedStudy>, body: &str) -> String {
    let title = shown.question.title();
    let heading = text(&title, shown.language);
    let mut out = format!(
        "<h1>{heading}</h1>\n<nav class=\"vragen\" aria-label=\"{}\"><ul>\n",
        shown.say("Vragen", "Questions")
    );
    for question in Question::ALL {
        let current = if question == shown.question { " aria-current=\"page\"" } else { "" };
        let name = text(&question.title(), shown.language);
        let address = escape(&shown.address(question));
        let _ = writeln!(out, "<li><a href=\"{address}\"{current}>{name}</a></li>");
    }
    out.push_str("</ul></nav>\n");
    out.push_str(&shown.form(app, wanted));
    out.push_str(body);
    let address = format!("/analyse/{}?{}", shown.question.id(), shown.asked);
    let asked = AskedDocument::of(address.into(), shown.language);
    document(app, &asked, title.get(shown.language), &out)
}

/// The page with what is wrong with the question, which the problem tells in `language`.
fn refused(
    app: &App,
    shown: &Shown,
    problem: &Problem,
    language: Language,
    asked: &Asked,
) -> Response {
    let body = format!(
        "<div class=\"melding\" role=\"alert\"><p><strong>{}</strong></p><p{}>{}</p></div>\n",
        shown.say("Hier is geen antwoord op.", "There is no answer to this."),
        if shown.language == language { "" } else { " lang=\"nl\"" },
        escape(problem.detail()),
    );
    let mut response = page_answer(app, render(app, shown, None, &body)).send(asked);
    *response.status_mut() = problem.status().unwrap_or(StatusCode::BAD_REQUEST);
    response
}

/// Which places of a selection are not there.
fn missing(wanted: &AskedStudy, language: Language) -> String {
    if wanted.missing.is_empty() {
        return String::new();
    }
    let words = say(
        language,
        "Deze plaatsen van de selectie staan niet in deze indeling, en deden niet mee:",
        "These places of the selection are not in this division, and took no part:",
    );
    format!("<p class=\"noot\">{words} {}.</p>\n", escape(&wanted.missing.join(", ")))
}

/// The same question by other levels: how large areas are matters.
fn levels(app: &App, wanted: &AskedStudy, vintage: Vintage, language: Language) -> String {
    let mut rows = Vec::new();
    // An area is of one level.
    if wanted.period.is_some() {
        return String::new();
    }
    // An own level covers part of the country: its outcome is of another place.
    for level in app.atlas.levels().into_iter().filter(|level| level.code_prefix().is_some()) {
        let other = wanted.at(level.clone());
        let Ok(scope) = other.scope(&app.atlas) else { continue };
        // A code may be another area elsewhere.
        if scope.series.key.vintage != vintage {
            continue;
        }
        if let Ok(found) = other.outcome(&scope, language) {
            let (what, figure) = headline(&scope, &found, language);
            rows.push((level, what, figure));
        }
    }
    if rows.len() < 2 {
        return String::new();
    }
    let (_, what, _) = &rows[0];
    let heads = [(say(language, "Per", "By"), false), (what.as_str(), true)];
    let caption = say(language, "Dezelfde vraag per niveau", "The same question by level");
    let mut table = Table::new(caption, &heads);
    for (level, _, figure) in &rows {
        let [nl, en] = level.many();
        table.row("", &[escape(say(language, nl, en)), escape(figure)]);
    }
    let why = say(
        language,
        "Hoe groot de gebieden zijn bepaalt mee wat eruit komt: vergelijk alleen plaatsen op hetzelfde niveau.",
        "How large areas are helps to decide the outcome: compare places at the same level alone.",
    );
    format!("<section>\n{}<p class=\"noot\">{why}</p>\n</section>\n", table.html())
}
