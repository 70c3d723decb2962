//! `/kaart/{indicator}/tabel`: the layer of the map as a page with a table, made here, so that it
//! needs no script.

use std::fmt::Write;

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};

use crate::{
    area::Year,
    indicator::{Indicator, Language},
    layer::{
        AnyLegend, AxisEntry, PaintedArea, PaintedLayer, PairLegend, Within, any_legend,
        area_class_text, area_second_text, area_value_text, conversion, format_number,
    },
};

use super::{
    App,
    asked::Asked,
    built,
    html::{Table, escape, text},
    layers,
    parameter::{self, Parameter},
    place_page::page_answer,
    problem::Problem,
    query::Query,
    spec,
};

/// What the page's address may say: what a layer may, the level, and what is the map's alone.
static KNOWN: [&Parameter; 13] = [
    &parameter::SECOND,
    &parameter::LEVEL_FILTER,
    &parameter::YEAR,
    &parameter::BEGIN,
    &parameter::DIVISION,
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
    cell: &'static str,
    beside: &'static str,
    down: &'static str,
    map: &'static str,
    fictional: &'static str,
    source: &'static str,
    per: &'static str,
    within: &'static str,
    cover: &'static str,
    both: &'static str,
    count: &'static str,
    estimated: &'static str,
}

const DUTCH: Words = Words {
    code: "nl",
    level: "Gebied",
    value: "Waarde",
    class: "Klasse",
    cell: "Vak",
    beside: "naast",
    down: "naar beneden",
    map: "Naar de kaart",
    fictional: "Fictieve gegevens: dit land bestaat niet.",
    source: "Bron",
    per: "per",
    within: "in",
    cover: "gebieden met een waarde",
    both: "gebieden met beide waarden",
    count: "Aantal gebieden in elk vak",
    estimated: "geschat",
};

const ENGLISH: Words = Words {
    code: "en",
    level: "Area",
    value: "Value",
    class: "Class",
    cell: "Cell",
    beside: "beside",
    down: "down",
    map: "To the map",
    fictional: "Fictional data: this country does not exist.",
    source: "Source",
    per: "per",
    within: "in",
    cover: "areas with a value",
    both: "areas with both values",
    count: "Number of areas in each cell",
    estimated: "estimated",
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
    let topic =
        |indicator: &Indicator, year: Year| format!("{} {year}", indicator.name.get(language));
    let first = topic(layer.indicator, layer.spec.year);
    let second = layer.pair.as_ref().map(|pair| topic(pair.indicator, pair.series.key.year));
    let beside = second.as_ref().map(|second| format!(" {} {second}", words.beside));
    let [one_nl, one_en] = layer.spec.level.one();
    let title = format!(
        "{first}{}, {} {}{}",
        beside.unwrap_or_default(),
        words.per,
        if language == Language::Nl { one_nl } else { one_en },
        within.unwrap_or_default()
    );
    let mut areas: Vec<_> = layer.areas.iter().filter(|area| !layer.is_water(area)).collect();
    areas.sort_by_key(|area| coverage.name(area.ordinal));
    let count = areas.len();
    let mut rows = String::new();
    let mut with_value = 0;
    for area in areas {
        with_value += usize::from(area.reason().is_none());
        let value = |text: &str| format!("<td class=\"getal\">{}</td>", escape(text));
        let second = area_second_text(layer, area).map(|text| value(&text));
        let _ = writeln!(
            rows,
            "<tr><th scope=\"row\">{}</th><td>{}</td>{}{}<td class=\"klassenaam\">{}</td><td>{}</td></tr>",
            escape(coverage.name(area.ordinal)),
            escape(layer.atlas.gemeente_name(coverage, area.ordinal).unwrap_or_default()),
            value(&marked_value(layer, area, words)),
            second.unwrap_or_default(),
            escape(&area_class_text(layer, area)),
            coverage.codes()[area.ordinal],
        );
    }
    let fictional = if layer.atlas.fictional {
        format!("<p><strong>{}</strong></p>", words.fictional)
    } else {
        String::new()
    };
    let cells = match any_legend(layer) {
        AnyLegend::Pair(legend) => cells(&legend, words, language),
        AnyLegend::One(_) => String::new(),
    };
    let value_heads: String = match &second {
        Some(second) => [&first, second].map(|topic| value_head(topic)).concat(),
        None => value_head(words.value),
    };
    let about = layer.pair.as_ref().map(|pair| pair.indicator.description.get(language));
    let about = about.map(|text| format!("<p>{}</p>\n", escape(text))).unwrap_or_default();
    let query = escape(&spec::parameters(layer));
    let (id, level) = (&layer.indicator.id, &layer.spec.level);
    let conversion = conversion(layer);
    let conversion = conversion.map(|one| format!("<p>{}</p>\n", text(&one.sentence, language)));
    let conversion = conversion.unwrap_or_default();
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{} - wijkzicht</title>\n\
         <link rel=\"icon\" href=\"/favicon.svg\">{}\n<body class=\"tabelpagina\">\n<main>\n<h1 id=\"titel\">{}</h1>\n\
         {fictional}<p>{}</p>\n{about}{cells}{conversion}<p>{with_value} / {} {}. {}: {} ({}). \
         <a href=\"/kaart/{id}?niveau={level}&amp;{query}\">{}</a> · \
         <a href=\"/v1/lagen/{level}.csv?indicator={id}&amp;{query}\">CSV</a></p>\n\
         <div class=\"schuif\" tabindex=\"0\" role=\"region\" aria-labelledby=\"titel\">\n\
         <table aria-labelledby=\"titel\">\n<thead><tr><th scope=\"col\">{}</th>\
         <th scope=\"col\">Gemeente</th>{value_heads}\
         <th scope=\"col\">{}</th><th scope=\"col\">Code</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n\
         </main>\n</body>\n</html>\n",
        words.code,
        escape(&title),
        built::stylesheets(),
        escape(&title),
        escape(layer.indicator.description.get(language)),
        count,
        if layer.pair.is_some() { words.both } else { words.cover },
        words.source,
        text(&layer.source(), language),
        escape(&layer.licence()),
        words.map,
        words.level,
        if layer.pair.is_some() { words.cell } else { words.class },
    )
}

/// The figure of an area; one that is an estimate says so.
fn marked_value(layer: &PaintedLayer<'_>, area: &PaintedArea, words: &Words) -> String {
    let value = area_value_text(layer, area);
    match layer.series.column.estimate(area.ordinal) {
        Some(_) => format!("{value} ({})", words.estimated),
        None => value,
    }
}

fn value_head(name: &str) -> String {
    format!("<th scope=\"col\">{}</th>", escape(name))
}

/// The nine cells with their counts, the sentence about the last of them, and what to beware of.
fn cells(legend: &PairLegend, words: &Words, language: Language) -> String {
    let axis = |axis: &AxisEntry| format!("{} {}", axis.name.get(language), axis.year);
    let (rows, columns) = (axis(&legend.rows), axis(&legend.columns));
    let caption = format!("{}. {rows} ({}), {columns} \u{2192}", words.count, words.down);
    let mut heads = vec![(rows, false)];
    heads.extend(legend.columns.classes.iter().map(|class| (class.get(language).to_owned(), true)));
    let mut table = Table::new(&caption, &heads).compact();
    for (class, cells) in legend.rows.classes.iter().zip(legend.cells.chunks(heads.len() - 1)) {
        let mut row = vec![text(class, language)];
        row.extend(cells.iter().map(|cell| format_number(cell.areas.into(), 0, language)));
        table.row("", &row);
    }
    let warning = legend.warning.as_ref();
    let warning =
        warning.map(|warning| format!("<p><strong>{}</strong></p>\n", text(warning, language)));
    format!(
        "<p>{}.</p>\n{}{}",
        text(&legend.sentence, language),
        warning.unwrap_or_default(),
        table.html()
    )
}
