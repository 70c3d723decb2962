//! The areas of a collection: page by page, and one by one.

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderName, HeaderValue},
    response::Response,
};
use serde_json::json;

use crate::{
    area::AreaCode,
    layer::LayerCrs,
    server::{
        App,
        answer::Answer,
        areas::path_code,
        asked::Asked,
        key::Key,
        problem::{InputError, Problem, shorten},
        query::Query,
    },
};

use super::{
    Form,
    collection::Collection,
    cursor::Cursor,
    feature::feature,
    form,
    link::Links,
    links, media, page, page_answer,
    paging::{Page, words},
    parameter::{self, FORM, ITEM_CRS, LANGUAGE, PROPERTIES},
    question::Question,
};

/// `GET /ogc/v1/collections/{id}/items`.
pub(super) async fn items(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let collection = Collection::find(&app.atlas, &id)?;
    let query = Query::parse(raw.as_deref(), &parameter::ITEMS);
    let form = form(&query, &asked);
    let words = words(&query, &parameter::ITEMS);
    let question = Question::of(&collection, query)?;
    let key = Key::new("ogc-items")
        .and(question.set(&collection))
        .and(question.limit)
        .and_maybe(question.offset)
        .and_maybe(question.after.as_ref())
        .and(question.crs.uri())
        .and(question.fields.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
        // Links say what was asked in the asker's own words.
        .and(&words);
    match form {
        Form::Json => {
            app.keep(&asked, key, move |app| {
                let collection = Collection::find(&app.atlas, &id)?;
                let crs = question.crs;
                let body = write(&collection, &question, &links(app), &words)?;
                Ok(feature_answer(body, crs))
            })
            .await
        }
        Form::Page(language) => {
            let app = app.clone();
            let work = move || {
                let collection = Collection::find(&app.atlas, &id)?;
                let chosen = Page::of(&collection, &question)?;
                Ok(page_answer(
                    &app,
                    page::items(&app, language, &collection, &question, &chosen, &words),
                ))
            };
            let made: Result<Answer, Problem> =
                tokio::task::spawn_blocking(work).await.map_err(|_| Problem::internal())?;
            Ok(made?.send(&asked))
        }
    }
}

/// `GET /ogc/v1/collections/{id}/items/{code}`.
pub(super) async fn item(
    State(app): State<App>,
    Path((id, code)): Path<(String, String)>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let collection = Collection::find(&app.atlas, &id)?;
    let query = Query::parse(raw.as_deref(), &[&ITEM_CRS, &PROPERTIES, &FORM, &LANGUAGE]);
    let form = form(&query, &asked);
    let question = Question::of(&collection, query)?;
    let code = path_code(&code)?;
    let ordinal = ordinal(&collection, &code)?;
    match form {
        Form::Json => {
            let fields = question.fields.iter().map(ToString::to_string).collect::<Vec<_>>();
            let key = Key::new("ogc-item")
                .and(collection.id())
                .and(&code)
                .and(question.crs.uri())
                .and(fields.join(","));
            app.keep(&asked, key, move |app| {
                let collection = Collection::find(&app.atlas, &id)?;
                let links = links(app);
                let path = format!("/collections/{}/items/{code}", collection.id());
                let more = json!([
                    links.to(&path, "self", media::GEOJSON, "Dit gebied"),
                    links.page(&path, "alternate", "Dit gebied als pagina"),
                    links.to(&format!("/collections/{}", collection.id()), "collection", media::JSON, "De collectie"),
                    json!({"href": links.elsewhere(&format!("/gebied/{code}")), "rel": "related", "type": media::HTML, "title": "Alles wat van dit gebied bekend is"}),
                ]);
                let mut body = String::new();
                feature(&mut body, &collection, ordinal, &question, Some(&more));
                Ok(feature_answer(body, question.crs))
            })
            .await
        }
        Form::Page(language) => {
            let app = app.clone();
            let work = move || {
                let collection = Collection::find(&app.atlas, &id)?;
                Ok(page_answer(&app, page::area(&app, language, &collection, ordinal, &question)))
            };
            let made: Result<Answer, Problem> =
                tokio::task::spawn_blocking(work).await.map_err(|_| Problem::internal())?;
            Ok(made?.send(&asked))
        }
    }
}

fn ordinal(collection: &Collection<'_>, code: &AreaCode) -> Result<usize, Problem> {
    collection.coverage.ordinal(code).ok_or_else(|| {
        let detail = format!("{} staat niet in {}", shorten(code.as_str()), collection.id());
        Problem::unknown(InputError::path("code", "onbekend", detail))
    })
}

fn feature_answer(body: String, crs: LayerCrs) -> Answer {
    Answer::new(media::GEOJSON, body.into_bytes())
        .with(HeaderName::from_static("content-crs"), HeaderValue::from_static(crs.header()))
        .varied()
}

fn write(
    collection: &Collection<'_>,
    question: &Question,
    links: &Links<'_>,
    words: &str,
) -> Result<String, Problem> {
    let page = Page::of(collection, question)?;
    let path = |rest: &str| {
        let query = format!("{rest}{words}");
        let query = query.trim_start_matches('&');
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/collections/{}/items{mark}{query}", collection.id())
    };
    let own = match (&question.after, question.offset) {
        (Some(code), _) => {
            let cursor = Cursor::behind(code.clone(), &question.set(collection)).write();
            path(&format!("&cursor={cursor}"))
        }
        (None, Some(offset)) => path(&format!("&offset={offset}")),
        (None, None) => path(""),
    };
    let mut more = vec![
        links.to(&own, "self", media::GEOJSON, "Deze pagina"),
        links.page(&own, "alternate", "Deze pagina als HTML"),
        links.to(
            &format!("/collections/{}", collection.id()),
            "collection",
            media::JSON,
            "De collectie",
        ),
    ];
    if let Some(cursor) = &page.next {
        more.push(links.to(
            &path(&format!("&cursor={cursor}")),
            "next",
            media::GEOJSON,
            "De volgende pagina",
        ));
    }
    if page.start > 0 {
        let before = page.start.saturating_sub(question.limit);
        more.push(links.to(
            &path(&format!("&offset={before}")),
            "prev",
            media::GEOJSON,
            "De vorige pagina",
        ));
    }
    let members = json!({
        "links": more,
        "numberMatched": page.matched,
        "numberReturned": page.ordinals.len(),
        "attribution": collection.attribution(),
        "versie": collection.atlas.version,
        "fictief": collection.atlas.fictional,
    });
    let mut body = String::from("{\"type\":\"FeatureCollection\",");
    let members = members.to_string();
    body.push_str(&members[1..members.len() - 1]);
    body.push_str(",\"features\":[");
    for (at, &ordinal) in page.ordinals.iter().enumerate() {
        if at > 0 {
            body.push(',');
        }
        feature(&mut body, collection, ordinal, question, None);
    }
    body.push_str("]}");
    Ok(body)
}
