//! The areas of a collection: page by page, and one by one.

use std::fmt::Write;

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderName, HeaderValue},
    response::Response,
};
use serde_json::{Map, Value as Json, json};

use crate::{
    area::AreaCode,
    coverage::Detail,
    cql::Value,
    indicator::Language,
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
    form,
    link::{Link, Links},
    links, page, page_answer,
    parameter::{self, FORM, ITEM_CRS, LANGUAGE, PROPERTIES},
    question::Question,
    row::Row,
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
                Ok(page_answer(page::items(
                    &app,
                    language,
                    &collection,
                    &question,
                    &chosen,
                    &words,
                )))
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
                    links.to(&path, "self", Link::GEOJSON, "Dit gebied"),
                    links.page(&path, "alternate", "Dit gebied als pagina"),
                    links.to(&format!("/collections/{}", collection.id()), "collection", Link::JSON, "De collectie"),
                    json!({"href": links.elsewhere(&format!("/gebied/{code}")), "rel": "related", "type": Link::HTML, "title": "Alles wat van dit gebied bekend is"}),
                ]);
                let mut body = String::new();
                feature(&mut body, &collection, ordinal, &question, Some(&more));
                Ok(feature_answer(body, question.crs))
            })
            .await
        }
        Form::Page(language) => {
            let page = page::area(&app, language, &collection, ordinal, &question);
            Ok(page_answer(page).send(&asked))
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
    Answer::new(Link::GEOJSON, body.into_bytes())
        .with(HeaderName::from_static("content-crs"), HeaderValue::from_static(crs.header()))
        .varied()
}

/// What was asked but the place and the size of the page, to be asked again: `bbox=…&filter=…`.
fn words(query: &Query, known: &[&'static parameter::Parameter]) -> String {
    let mut words = String::new();
    for parameter in known {
        let is_place = [&parameter::CURSOR, &parameter::OFFSET, &FORM]
            .iter()
            .any(|other| other.name == parameter.name);
        if is_place {
            continue;
        }
        if let Some(text) = query.text(parameter) {
            let _ = write!(words, "&{}={}", parameter.name, encode(text));
        }
    }
    words
}

/// Percent-encoding of a value in a query.
pub(super) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b','
            | b':'
            | b'/' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// One page of what matches a question.
#[derive(Debug)]
pub(super) struct Page {
    /// How many match in all.
    pub matched: usize,
    /// Where the page begins among them.
    pub start: usize,
    /// The ordinals of its areas.
    pub ordinals: Vec<usize>,
    /// The cursor of the next page, where there is one.
    pub next: Option<String>,
}

impl Page {
    /// # Errors
    /// A 400 problem where the area that the page begins behind is no answer any more.
    pub fn of(collection: &Collection<'_>, question: &Question) -> Result<Self, Problem> {
        let all = question.matches(collection);
        let codes = collection.coverage.codes();
        let start = match &question.after {
            Some(code) => match all.iter().position(|&at| codes[at] == *code) {
                Some(at) => at + 1,
                None => {
                    let detail =
                        "hoort bij een eerdere versie van de gegevens; begin zonder cursor";
                    let error = InputError::query(parameter::CURSOR.name, "verlopen", detail);
                    return Err(Problem::invalid(vec![error]));
                }
            },
            None => question.offset.unwrap_or_default().min(all.len()),
        };
        let end = (start + question.limit).min(all.len());
        let ordinals = all[start..end].to_vec();
        let next = ordinals
            .last()
            .filter(|_| end < all.len())
            .map(|&last| Cursor::behind(codes[last].clone(), &question.set(collection)).write());
        Ok(Self { matched: all.len(), start, ordinals, next })
    }
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
        links.to(&own, "self", Link::GEOJSON, "Deze pagina"),
        links.page(&own, "alternate", "Deze pagina als HTML"),
        links.to(
            &format!("/collections/{}", collection.id()),
            "collection",
            Link::JSON,
            "De collectie",
        ),
    ];
    if let Some(cursor) = &page.next {
        more.push(links.to(
            &path(&format!("&cursor={cursor}")),
            "next",
            Link::GEOJSON,
            "De volgende pagina",
        ));
    }
    if page.start > 0 {
        let before = page.start.saturating_sub(question.limit);
        more.push(links.to(
            &path(&format!("&offset={before}")),
            "prev",
            Link::GEOJSON,
            "De vorige pagina",
        ));
    }
    let described = collection.describe(links);
    let members = json!({
        "links": more,
        "numberMatched": page.matched,
        "numberReturned": page.ordinals.len(),
        "attribution": described["attribution"],
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

fn feature(
    body: &mut String,
    collection: &Collection<'_>,
    ordinal: usize,
    question: &Question,
    links: Option<&Json>,
) {
    let code = &collection.coverage.codes()[ordinal];
    let geometry = collection.coverage.fragment(ordinal, Detail::VOLLEDIG, question.crs);
    let _ = write!(
        body,
        "{{\"type\":\"Feature\",\"id\":{},\"geometry\":{geometry},\"properties\":{}",
        json!(code.as_str()),
        Json::Object(properties(collection, ordinal, &question.fields)),
    );
    if let Some(links) = links {
        let _ = write!(body, ",\"links\":{links}");
    }
    body.push('}');
}

fn properties(collection: &Collection<'_>, ordinal: usize, fields: &[usize]) -> Map<String, Json> {
    let row = Row::new(collection, ordinal);
    fields
        .iter()
        .map(|&at| {
            let field = &collection.fields[at];
            let value = match row.get(field.content) {
                Value::Null => Json::Null,
                Value::Text(text) => json!(text),
                Value::Number(number) => json!(number),
                Value::Boolean(is) => json!(is),
            };
            (field.name.clone(), value)
        })
        .collect()
}

/// What a field says, as people read it.
pub(super) fn shown(found: Value<'_>, language: Language) -> String {
    match found {
        Value::Null => String::new(),
        Value::Text(text) => text.to_owned(),
        Value::Number(number) => {
            let text = number.to_string();
            if language == Language::Nl { text.replace('.', ",") } else { text }
        }
        Value::Boolean(is) => crate::server::html::say(
            language,
            if is { "ja" } else { "nee" },
            if is { "yes" } else { "no" },
        )
        .to_owned(),
    }
}
