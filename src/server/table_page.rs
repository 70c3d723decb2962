//! `/kaart/{indicator}/tabel`: the layer of the map as a page with a table, made here, so that it
//! needs no script.

use std::fmt::Write;

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};

use crate::{
    indicator::Language,
    layer::{PaintedLayer, Within, area_class_text, area_value_text},
};

use super::{
    App,
    asked::Asked,
    html::escape,
    layers, page,
    parameter::{self, Parameter},
    place_page::page_answer,
    problem::Problem,
    query::Query,
    spec,
};

/// What the page's address may say: what a layer may, the level, and what is the map's alone.
static KNOWN: [&Parameter; 11] = [
    &parameter::LEVEL_FILTER,
    &parameter::YEAR,
    &parameter::BEGIN,
    &parameter::METHOD,
    &parameter::CLASS_COUNT,
    &parameter::BOUNDS,
    &parameter::SCOPE,
    &parameter::PALETTE,
    &parameter::WITHIN,
    &parameter::LANGUAGE,
    &parameter::VERSION,
];

/// `GET /kaart/{indicator}/tabel`.
pub async fn table(
    State(app): State<App>,
    Path(indicator): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let query = Query::parse(raw.as_deref(), &KNOWN);
    let level = match query.text(&parameter::LEVEL_FILTER) {
        Some(name) => layers::level_of(&app.atlas, name)?,
        None => app.first_level(),
    };
    let spec = layers::chosen_for(&app.atlas, &app.selections, query, &indicator, &level)?;
    app.keep(&asked, spec::key("tabel", &spec), move |app| {
        let body = render(&layers::painted(&app.atlas, spec)?);
        Ok(page_answer(app, body))
    })
    .await
}

/// The words of the page in both languages.
struct Words {
    code: &'static str,
    level: &'static str,
    value: &'static str,
    class: &'static str,
    map: &'static str,
    fictional: &'static str,
    source: &'static str,
    per: &'static str,
    within: &'static str,
    cover: &'static str,
}

const DUTCH: Words = Words {
    code: "nl",
    level: "Gebied",
    value: "Waarde",
    class: "Klasse",
    map: "Naar de kaart",
    fictional: "Fictieve gegevens: dit land bestaat niet.",
    source: "Bron",
    per: "per",
    within: "in",
    cover: "gebieden met een waarde",
};

const ENGLISH: Words = Words {
    code: "en",
    level: "Area",
    value: "Value",
    class: "Class",
    map: "To the map",
    fictional: "Fictional data: this country does not exist.",
    source: "Source",
    per: "per",
    within: "in",
    cover: "areas with a value",
};

fn render(layer: &PaintedLayer<'_>) -> String {
    let language = layer.spec.language;
    let words = match language {
        Language::Nl => &DUTCH,
        Language::En => &ENGLISH,
    };
    let coverage = layer.series.coverage;
    let within = layer.spec.within.as_ref().and_then(|within| {
        let name = match within {
            Within::Area(code) => {
                let (coverage, at) = layer.atlas.find(code, None)?;
                coverage.name(at)
            }
            Within::Selection { name, .. } => name.get(language),
        };
        Some(format!(" {} {name}", words.within))
    });
    let title = format!(
        "{} {}, {} {}{}",
        layer.indicator.name.get(language),
        layer.spec.year,
        words.per,
        layer.spec.level.singular(),
        within.unwrap_or_default()
    );
    let mut areas: Vec<_> = layer.areas.iter().filter(|area| !layer.is_water(area)).collect();
    areas.sort_by_key(|area| coverage.name(area.ordinal));
    let count = areas.len();
    let mut rows = String::new();
    let mut with_value = 0;
    for area in areas {
        with_value += usize::from(area.value.number().is_some());
        let _ = writeln!(
            rows,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"getal\">{}</td><td>{}</td>\
             <td>{}</td></tr>",
            escape(coverage.name(area.ordinal)),
            escape(layer.atlas.gemeente_name(coverage, area.ordinal).unwrap_or_default()),
            escape(&area_value_text(layer, area)),
            escape(&area_class_text(layer, area)),
            coverage.codes()[area.ordinal],
        );
    }
    let fictional = if layer.atlas.fictional {
        format!("<p><strong>{}</strong></p>", words.fictional)
    } else {
        String::new()
    };
    let query = escape(&spec::parameters(layer));
    let (id, level) = (&layer.indicator.id, &layer.spec.level);
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{} - wijkzicht</title>\n\
         <link rel=\"icon\" href=\"/favicon.svg\">{}\n<body class=\"tabelpagina\">\n<main>\n<h1 id=\"titel\">{}</h1>\n\
         {fictional}<p>{}</p>\n<p>{with_value} / {} {}. {}: {} ({}). \
         <a href=\"/kaart/{id}?niveau={level}&amp;{query}\">{}</a> · \
         <a href=\"/v1/lagen/{level}.csv?indicator={id}&amp;{query}\">CSV</a></p>\n\
         <div class=\"schuif\" tabindex=\"0\" role=\"region\" aria-labelledby=\"titel\">\n\
         <table aria-labelledby=\"titel\">\n<thead><tr><th scope=\"col\">{}</th>\
         <th scope=\"col\">Gemeente</th><th scope=\"col\">{}</th>\
         <th scope=\"col\">{}</th><th scope=\"col\">Code</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n\
         </main>\n</body>\n</html>\n",
        words.code,
        escape(&title),
        page::stylesheets(),
        escape(&title),
        escape(layer.indicator.description.get(language)),
        count,
        words.cover,
        words.source,
        escape(layer.indicator.source.get(language)),
        escape(&layer.indicator.licence),
        words.map,
        words.level,
        words.value,
        words.class,
    )
}
