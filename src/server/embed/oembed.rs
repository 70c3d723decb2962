//! `/oembed`: what a CMS asks of an address that an editor pasted (oEmbed 1.0, oembed.com).

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::{
    layer,
    server::{
        App,
        answer::Answer,
        asked::Asked,
        html::escape,
        parameter::{Form, Parameter, optional},
        problem::{InputError, Problem},
        query::Query,
    },
};

use super::{
    Framed,
    address::{Base, answered},
    code::Pasted,
    options::USUAL_HEIGHT,
    question::asked_by_path,
};

/// How wide a map is where the CMS says nothing, in pixels.
const USUAL_WIDTH: u32 = 800;
/// The size of the picture for lists.
const THUMBNAIL: [u32; 2] = [400, 400];
/// How long a CMS may keep the answer, in seconds.
const KEEP: u32 = 86_400;

static URL: Parameter = Parameter {
    name: "url",
    description: "Adres van een kaart op deze server",
    required: true,
    form: Form::Text(8000),
};
static FORMAT: Parameter =
    optional("format", "Vorm van het antwoord", Form::OneOf(&["json", "xml"]));
static MOST_WIDE: Parameter =
    optional("maxwidth", "Zo breed mag het ten hoogste zijn", Form::Whole(1, 100_000));
static MOST_HIGH: Parameter =
    optional("maxheight", "Zo hoog mag het ten hoogste zijn", Form::Whole(1, 100_000));

/// What a CMS may ask.
static PARAMETERS: [&Parameter; 4] = [&URL, &FORMAT, &MOST_WIDE, &MOST_HIGH];

/// The answer, by the names of the standard.
#[derive(Debug, Serialize)]
struct OembedBody {
    version: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    provider_name: String,
    provider_url: String,
    cache_age: u32,
    thumbnail_url: String,
    thumbnail_width: u32,
    thumbnail_height: u32,
    width: u32,
    height: u32,
    html: String,
}

/// `GET /oembed`. What a CMS adds to the question that the standard does not know is left aside.
pub async fn oembed(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response, Problem> {
    let raw = raw.unwrap_or_default();
    let is_known =
        |pair: &&str| PARAMETERS.iter().any(|one| pair.split('=').next() == Some(one.name));
    let known: Vec<_> = raw.split('&').filter(is_known).collect();
    if known
        .iter()
        .any(|pair| pair.starts_with("format=") && !["format=json", "format=xml"].contains(pair))
    {
        // As the standard has it.
        let detail = "format: alleen json en xml";
        return Ok((StatusCode::NOT_IMPLEMENTED, detail).into_response());
    }
    let query = Query::parse(Some(&known.join("&")), &PARAMETERS);
    query.check()?;
    let is_xml = query.text(&FORMAT) == Some("xml");
    let most = |parameter, usual: u32| {
        let asked = query.whole(parameter).and_then(|most| u32::try_from(most).ok());
        asked.map_or(usual, |most| most.min(usual))
    };
    let base = Base::configured(&app).or_else(|| Base::of_request(&headers));
    let strange = || {
        let detail = "is geen adres van een kaart op deze server";
        Problem::unknown(InputError::query(URL.name, "onbekend", detail))
    };
    let base = base.ok_or_else(strange)?;
    let url = query.text(&URL).unwrap_or_default();
    let target = base.cut(url).ok_or_else(strange)?;
    let framed = asked_by_path(&app, target).and_then(Result::ok).ok_or_else(strange)?;
    if app.config.insluiten.as_ref().is_some_and(Vec::is_empty) {
        // The standard: what is there and is nobody's to embed.
        let detail = "deze server laat zijn kaarten niet insluiten";
        return Ok((StatusCode::UNAUTHORIZED, detail).into_response());
    }
    let width = most(&MOST_WIDE, USUAL_WIDTH);
    let height = most(&MOST_HIGH, framed.options.height.unwrap_or(USUAL_HEIGHT));
    let key = framed.key("oembed").and(width).and(height).and(is_xml);
    answered(&app, asked, key, base, move |app, base| {
        let body = answer(app, framed, base, width, height)?;
        if is_xml {
            Ok(Answer::new("text/xml; charset=utf-8", xml(&body).into_bytes()))
        } else {
            Answer::json(&body)
        }
    })
    .await
}

fn answer(
    app: &App,
    framed: Framed,
    base: &Base,
    width: u32,
    height: u32,
) -> Result<OembedBody, Problem> {
    let (framed, layer) = framed.painted(app)?;
    let summary = layer::summary(&layer);
    let pasted = Pasted { framed: &framed, summary: &summary, base };
    let [wide, high] = THUMBNAIL;
    Ok(OembedBody {
        version: "1.0",
        kind: "rich",
        title: pasted.title().to_owned(),
        provider_name: app.config.titel.clone().unwrap_or_else(|| "wijkzicht".to_owned()),
        provider_url: base.at("/"),
        cache_age: KEEP,
        thumbnail_url: base.at(&framed.picture_path(wide, high, 1)),
        thumbnail_width: wide,
        thumbnail_height: high,
        width,
        height,
        html: pasted.iframe(Some((width, height))),
    })
}

fn xml(body: &OembedBody) -> String {
    let numbers = [
        ("cache_age", body.cache_age),
        ("thumbnail_width", body.thumbnail_width),
        ("thumbnail_height", body.thumbnail_height),
        ("width", body.width),
        ("height", body.height),
    ];
    let texts = [
        ("version", body.version),
        ("type", body.kind),
        ("title", &body.title),
        ("provider_name", &body.provider_name),
        ("provider_url", &body.provider_url),
        ("thumbnail_url", &body.thumbnail_url),
        ("html", &body.html),
    ];
    let numbers = numbers.map(|(name, number)| (name, number.to_string()));
    let texts = texts.map(|(name, text)| (name, escape(text)));
    let elements: String = texts
        .into_iter()
        .chain(numbers)
        .map(|(name, text)| format!("<{name}>{text}</{name}>"))
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<oembed>{elements}</oembed>\n"
    )
}
