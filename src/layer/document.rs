//! A coloured layer as one page that needs nothing else: map, table and picture for an agenda, an
//! archive or a colleague without the atlas.

use std::fmt::Write;

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::indicator::{Indicator, Language, Value};

use super::{
    Overlay, PaintedArea, PaintedLayer, PictureError, PictureSize, area_class_text,
    area_second_text, area_value_text, overlay, png, svg, xml::escape,
};

const STYLE: &str = include_str!("document/page.css");
const SCRIPT: &str = include_str!("document/page.js");

/// The layer as an HTML page. Everything is in it, and its policy lets it load nothing: the map as
/// lines with a title for every area, the table with every value or reason, the picture as PNG to
/// save, source, licence and version. Without script the table cannot be sorted, and that is all.
///
/// Cost: that of an SVG and a PNG, and the borders of each area once more.
///
/// # Errors
/// When there is no memory for the picture.
pub fn document(layer: &PaintedLayer<'_>, size: PictureSize) -> Result<String, PictureError> {
    let words = Words::of(layer.spec.language);
    let coverage = layer.series.coverage;
    let map = svg(layer, size);
    let Overlay { title, cover, source, paths } = overlay(layer, size);
    let picture = STANDARD.encode(png(layer, size)?);
    let style = STANDARD.encode(Sha256::digest(STYLE));
    let script = STANDARD.encode(Sha256::digest(SCRIPT));
    let mut page = String::with_capacity(2 * map.len() + picture.len() + 4096);
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         img-src data:; style-src 'sha256-{style}'; script-src 'sha256-{script}'; \
         base-uri 'none'; form-action 'none'\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<main>\n",
        words.code,
        escape(&title)
    );
    if layer.atlas.fictional {
        let _ = writeln!(page, "<p class=\"fictief\">{}</p>", words.fictional);
    }
    let _ = writeln!(
        page,
        "<h1 class=\"weg\">{}</h1>\n<p class=\"weg\">{}</p>",
        escape(&title),
        escape(&cover)
    );
    let _ = write!(page, "<figure class=\"kaart\">{}", map.trim_end().trim_end_matches("</svg>"));
    page.push_str("<g class=\"gebieden\" fill-rule=\"evenodd\" fill-opacity=\"0\">");
    for (area, path) in layer.areas.iter().zip(&paths).filter(|(_, path)| !path.is_empty()) {
        let code = coverage.codes()[area.ordinal].as_str();
        let said = escape(&said(layer, area));
        let _ =
            write!(page, "<path data-code=\"{code}\" d=\"{path}\"><title>{said}</title></path>");
    }
    let _ = write!(
        page,
        "</g></svg></figure>\n<p class=\"nu\" aria-live=\"polite\"></p>\n\
         <p class=\"laden\"><a download=\"kaart.png\" href=\"data:image/png;base64,{picture}\">{}</a></p>\n\
         <h2 id=\"tabel\">{}</h2>\n<div class=\"schuif\" tabindex=\"0\" role=\"region\" \
         aria-labelledby=\"tabel\">\n<table>\n<caption>{}</caption>\n<thead><tr>\
         <th scope=\"col\">{}</th><th scope=\"col\">Gemeente</th>\
         {}<th scope=\"col\">{}</th>\
         <th scope=\"col\">Code</th></tr></thead>\n<tbody>\n",
        words.save,
        words.table,
        escape(&title),
        words.area,
        value_heads(layer, words),
        words.class
    );
    let mut areas: Vec<_> = layer.areas.iter().filter(|area| !layer.is_water(area)).collect();
    areas.sort_by_key(|area| coverage.name(area.ordinal));
    for area in areas {
        row(&mut page, layer, area);
    }
    let _ = write!(
        page,
        "</tbody>\n</table>\n</div>\n</main>\n<footer><p>{}</p></footer>\n\
         <script>{SCRIPT}</script>\n</body>\n</html>\n",
        escape(&source)
    );
    Ok(page)
}

/// The heads of the columns of numbers: with two topics their names.
fn value_heads(layer: &PaintedLayer<'_>, words: &Words) -> String {
    let head = |name: &str| format!("<th scope=\"col\" class=\"getal\">{}</th>", escape(name));
    let language = layer.spec.language;
    match &layer.pair {
        Some(pair) => {
            let name = |of: &Indicator, year| format!("{} {year}", of.name.get(language));
            head(&name(layer.indicator, layer.spec.year))
                + &head(&name(pair.indicator, pair.series.key.year))
        }
        None => head(words.value),
    }
}

fn row(page: &mut String, layer: &PaintedLayer<'_>, area: &PaintedArea) {
    let coverage = layer.series.coverage;
    let code = coverage.codes()[area.ordinal].as_str();
    let figure = |value: Value, text: &str| {
        let number = value.number().map(|number| format!(" data-n=\"{number}\""));
        format!("<td class=\"getal\"{}>{}</td>", number.unwrap_or_default(), escape(text))
    };
    let second = area.second.zip(area_second_text(layer, area));
    let _ = writeln!(
        page,
        "<tr data-code=\"{code}\"><th scope=\"row\">{}</th><td>{}</td>\
         {}{}<td>{}</td><td>{code}</td></tr>",
        escape(coverage.name(area.ordinal)),
        escape(layer.atlas.gemeente_name(coverage, area.ordinal).unwrap_or_default()),
        figure(area.value, &area_value_text(layer, area)),
        second.map(|(value, text)| figure(value, &text)).unwrap_or_default(),
        escape(&area_class_text(layer, area)),
    );
}

/// An area in a line: its name, gemeente, value and class.
fn said(layer: &PaintedLayer<'_>, area: &PaintedArea) -> String {
    let coverage = layer.series.coverage;
    let name = coverage.name(area.ordinal);
    let gemeente = layer.atlas.gemeente_name(coverage, area.ordinal);
    let place = match gemeente.filter(|gemeente| *gemeente != name) {
        Some(gemeente) => format!("{name}, {gemeente}"),
        None => name.to_owned(),
    };
    if layer.is_water(area) {
        return place;
    }
    let (mut value, class) = (area_value_text(layer, area), area_class_text(layer, area));
    if let Some((second, pair)) = area_second_text(layer, area).zip(layer.pair.as_ref()) {
        let language = layer.spec.language;
        let names = [layer.indicator, pair.indicator].map(|one| one.name.get(language));
        value = format!("{} {value}; {} {second}", names[0], names[1]);
    }
    if class.is_empty() {
        format!("{place}: {value}")
    } else {
        format!("{place}: {value} ({class})")
    }
}

struct Words {
    code: &'static str,
    area: &'static str,
    value: &'static str,
    class: &'static str,
    table: &'static str,
    save: &'static str,
    fictional: &'static str,
}

impl Words {
    fn of(language: Language) -> &'static Self {
        match language {
            Language::Nl => &DUTCH,
            Language::En => &ENGLISH,
        }
    }
}

static DUTCH: Words = Words {
    code: "nl",
    area: "Gebied",
    value: "Waarde",
    class: "Klasse",
    table: "Alle gebieden",
    save: "Bewaar de kaart als plaatje (PNG)",
    fictional: "Fictieve gegevens: dit land bestaat niet.",
};

static ENGLISH: Words = Words {
    code: "en",
    area: "Area",
    value: "Value",
    class: "Class",
    table: "All areas",
    save: "Save the map as a picture (PNG)",
    fictional: "Fictional data: this country does not exist.",
};
