//! `/embed/{indicator}`: the map to be framed.
//!
//! The page says everything without script: title, picture, the picture in words, table. With
//! script the map takes their place.

use std::fmt::Write;

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{
    indicator::Language,
    layer::{self, PaintedLayer, Summary},
    server::{
        App,
        answer::Answer,
        asked::Asked,
        built,
        headers::frame_policy,
        html::{code, escape, say},
        page_configuration,
        pictures::is_of_delivery,
        problem::Problem,
    },
};

use super::{
    Framed,
    question::{Refusal, asked as asked_map},
    silent::{Place, revision, silent},
};

/// `GET /embed/{indicator}`. Nothing in a query makes this fail.
pub async fn frame(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let framed = match asked_map(&app, &id, raw.as_deref()) {
        Ok(framed) => framed,
        Err(refusal) => return Ok(refused(&app, refusal, raw.as_deref())),
    };
    app.keep(&asked, framed.key("inbedding"), move |app| {
        let (framed, painted) = framed.painted(app)?;
        let body = app.config.prefix().below(render(app, &framed, &painted)?);
        Ok(Answer::new("text/html; charset=utf-8", body.into_bytes())
            .with(header::CONTENT_SECURITY_POLICY, frame_policy(&app.config)))
    })
    .await
}

fn render(app: &App, framed: &Framed, layer: &PaintedLayer<'_>) -> Result<String, Problem> {
    let page = built::frame().ok_or_else(|| {
        tracing::error!("web/dist has no embed.html");
        Problem::internal()
    })?;
    let language = framed.spec.language;
    let summary = layer::summary(layer);
    let is_other = framed.version.as_ref().is_some_and(|version| !is_of_delivery(layer, version));
    let has_script = !framed.options.is_picture;
    let page = if has_script { page } else { built::without_scripts(&page) };
    let title = framed.options.title.as_ref().unwrap_or(&summary.title);
    let content = if is_other {
        format!("<main>{}</main>", revised(app, framed, layer, &summary))
    } else {
        let silent = silent(app, framed, layer, &summary, Place::Frame);
        let silent = if has_script { format!("<noscript>{silent}</noscript>") } else { silent };
        let content = format!("{}{silent}", heading(framed, &summary));
        if has_script { content } else { format!("<main>{content}</main>") }
    };
    let scheme = framed.options.colours;
    let scheme = scheme.map(|scheme| format!(" data-kleuren=\"{scheme}\"")).unwrap_or_default();
    let told = page_configuration::told(app, |told| {
        told["insluiting"] = json!({
            "wens": framed.wish(),
            "laatste": framed.is_latest,
            "keuze": framed.options.choices,
            "zonder": framed.options.without,
            "kleuren": framed.options.colours,
            "hoogte": framed.options.height,
            "titel": framed.options.title,
            "tekst": framed.options.text,
            "meldingen": framed.notes.iter().map(|note| note.get(language)).collect::<Vec<_>>(),
            "vervallen": is_other,
            "herzien": revision(framed, layer),
        });
    })?;
    Ok(page
        .replace("<html lang=\"nl\">", &format!("<html lang=\"{}\"{scheme}>", code(language)))
        .replace(built::TITLE, &head(app, framed, title, &summary))
        .replace(page_configuration::CONFIGURATION, if has_script { &told } else { "" })
        .replace(built::FRAME_CONTENT, &content))
}

/// The title with what programs read: the description, and where the whole map is.
fn head(app: &App, framed: &Framed, title: &str, summary: &Summary) -> String {
    let site = app.config.titel.as_deref().unwrap_or("wijkzicht");
    format!(
        "<title>{} - {}</title>\n    <meta name=\"description\" content=\"{}\">\n    \
         <meta name=\"robots\" content=\"noindex\">\n    <link rel=\"canonical\" href=\"{}\">",
        escape(title),
        escape(site),
        escape(&summary.alt),
        escape(&framed.map_path()),
    )
}

fn heading(framed: &Framed, summary: &Summary) -> String {
    let options = &framed.options;
    let mut out = String::new();
    let title = options.title.as_ref().unwrap_or(&summary.title);
    let _ = writeln!(out, "<h1>{}</h1>", escape(title));
    if options.title.is_some() {
        // A text by hand never hides what the map shows.
        let _ = writeln!(out, "<p class=\"subtitle\">{}</p>", escape(&summary.title));
    }
    if let Some(text) = &options.text {
        let _ = writeln!(out, "<p class=\"lead\">{}</p>", escape(text));
    }
    out
}

/// In place of figures of another delivery than the one that the address pins.
fn revised(app: &App, framed: &Framed, layer: &PaintedLayer<'_>, summary: &Summary) -> String {
    let language = framed.spec.language;
    let today = Framed { version: None, ..framed.clone() };
    let day = revision(&today, layer)
        .map(|day| format!(" {} {day}", say(language, "op", "on")))
        .unwrap_or_default();
    let fictional = match app.atlas.fictional {
        true => say(
            language,
            "<p>Fictieve gegevens: dit land bestaat niet.</p>\n",
            "<p>Fictional data: this country does not exist.</p>\n",
        ),
        false => "",
    };
    format!(
        "<h1>{}</h1>\n<p class=\"notice\">{}{}. {}</p>\n{fictional}\
         <p><a href=\"{}\" target=\"_blank\" rel=\"noopener\">{}</a></p>\n",
        escape(framed.options.title.as_ref().unwrap_or(&summary.title)),
        say(
            language,
            "Deze kaart is gemaakt met een levering van de cijfers die hier niet meer is: de cijfers zijn herzien",
            "This map was made with a delivery of the figures that is no longer here: the figures were revised"
        ),
        escape(&day),
        say(
            language,
            "Andere cijfers laat dit adres niet zien.",
            "This address shows no other figures."
        ),
        escape(&today.map_path()),
        say(language, "Bekijk de kaart met de cijfers van nu", "View the map with present figures"),
    )
}

/// A page that says why there is no map; it may be framed too, for who reads the site.
fn refused(app: &App, refusal: Refusal, raw: Option<&str>) -> Response {
    let is_english = raw.is_some_and(|raw| raw.split('&').any(|pair| pair == "taal=en"));
    let language = if is_english { Language::En } else { Language::Nl };
    let (status, sentence) = match refusal {
        Refusal::Unknown => (
            StatusCode::NOT_FOUND,
            say(language, "Dit onderwerp is hier niet.", "This topic is not here."),
        ),
        Refusal::Empty => (
            StatusCode::NOT_FOUND,
            say(
                language,
                "Van dit onderwerp zijn hier geen cijfers voor een kaart.",
                "There are no figures of this topic here for a map.",
            ),
        ),
        Refusal::Sensitive => (
            StatusCode::FORBIDDEN,
            say(
                language,
                "Dit onderwerp wordt niet op andere sites getoond.",
                "This topic is not shown on other sites.",
            ),
        ),
    };
    let page = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{sentence}</title>\n{}\n\
         <body class=\"embed\">\n<main><h1>{sentence}</h1>\n<p><a href=\"/{}\" target=\"_blank\" \
         rel=\"noopener\">{}</a></p></main>\n</body>\n</html>\n",
        code(language),
        built::frame().map(|page| built::stylesheets_of(&page)).unwrap_or_default(),
        if is_english { "?taal=en" } else { "" },
        say(language, "Naar de kaart", "To the map"),
    );
    let body = app.config.prefix().below(page);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::CONTENT_SECURITY_POLICY, frame_policy(&app.config)),
    ];
    (status, headers, body).into_response()
}
