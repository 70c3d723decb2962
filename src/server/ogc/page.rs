//! The same answers as pages, for who comes by with a browser.

use std::{borrow::Cow, fmt::Write};

use serde_json::Value as Json;

use crate::{
    indicator::Language,
    server::{
        App,
        document_page::{AskedDocument, document},
        html::{Table, escape, say},
    },
};

use super::{
    collection::{Collection, Content},
    feature::shown,
    link::ROOT,
    paging::Page,
    question::Question,
    row::Row,
};

/// So many columns are read on a page; the rest is in the data.
const COLUMNS: usize = 12;

fn page(app: &App, language: Language, path: &str, title: &str, body: &str) -> String {
    let address = Cow::Owned(format!("{ROOT}{path}"));
    let body = format!("<h1>{}</h1>\n{body}", escape(title));
    document(app, &AskedDocument::of(address, language), title, &body)
}

fn text<'a>(of: &'a Json, name: &str) -> &'a str {
    of[name].as_str().unwrap_or_default()
}

fn item(out: &mut String, path: &str, words: &str) {
    let _ = writeln!(out, "<li><a href=\"{}\">{}</a></li>", escape(path), escape(words));
}

/// The landing page.
pub(super) fn landing(app: &App, language: Language, made: &Json) -> String {
    let mut body =
        format!("<p class=\"inleiding\">{}</p>\n<ul>\n", escape(text(made, "description")));
    let at = |rest: &str| format!("{ROOT}{rest}");
    item(&mut body, &at("/collections?f=html"), say(language, "Collecties", "Collections"));
    item(&mut body, &at("/conformance?f=html"), say(language, "Standaarden", "Conformance"));
    item(
        &mut body,
        &at("/tileMatrixSets"),
        say(language, "Indelingen in tegels", "Tile matrix sets"),
    );
    item(
        &mut body,
        &at("/openapi.json"),
        say(language, "Beschrijving voor machines (OpenAPI)", "Description for machines (OpenAPI)"),
    );
    item(
        &mut body,
        &at("/dataset.jsonld"),
        say(language, "Beschrijving van de gegevens (DCAT)", "Description of the data (DCAT)"),
    );
    body.push_str("</ul>\n");
    let how = say(
        language,
        "In QGIS: voeg een WFS / OGC API – Features-laag toe met het adres van deze pagina. Met GDAL: \
         ogrinfo OAPIF: gevolgd door dat adres.",
        "In QGIS: add a WFS / OGC API – Features layer with the address of this page. With GDAL: \
         ogrinfo OAPIF: followed by that address.",
    );
    let _ = writeln!(body, "<p>{how}</p>");
    page(app, language, "", text(made, "title"), &body)
}

/// The collections.
pub(super) fn collections(app: &App, language: Language, made: &Json) -> String {
    let title = say(language, "Collecties", "Collections");
    let mut body = String::from("<ul>\n");
    for one in made["collections"].as_array().into_iter().flatten() {
        item(
            &mut body,
            &format!("{ROOT}/collections/{}?f=html", text(one, "id")),
            text(one, "title"),
        );
    }
    body.push_str("</ul>\n");
    page(app, language, "/collections", title, &body)
}

/// A collection.
pub(super) fn collection(app: &App, language: Language, made: &Json) -> String {
    let id = text(made, "id");
    let at = |rest: &str| format!("{ROOT}/collections/{id}{rest}");
    let mut body =
        format!("<p class=\"inleiding\">{}</p>\n<ul>\n", escape(text(made, "description")));
    item(&mut body, &at("/items?f=html"), say(language, "De gebieden", "The areas"));
    item(
        &mut body,
        &at("/schema?f=html"),
        say(language, "Wat ervan bekend is", "What is known of them"),
    );
    item(&mut body, &at("/tiles"), say(language, "Vectortegels", "Vector tiles"));
    let _ = writeln!(
        body,
        "</ul>\n<p>{}: {}</p>",
        say(language, "Bron", "Source"),
        escape(text(made, "attribution")),
    );
    page(app, language, &format!("/collections/{id}"), text(made, "title"), &body)
}

/// The classes of standards that are met.
pub(super) fn conformance(app: &App, language: Language, made: &Json) -> String {
    let title = say(language, "Standaarden", "Conformance");
    let mut body = String::from("<ul>\n");
    for class in made["conformsTo"].as_array().into_iter().flatten().filter_map(Json::as_str) {
        item(&mut body, class, class);
    }
    body.push_str("</ul>\n");
    page(app, language, "/conformance", title, &body)
}

/// What areas have.
pub(super) fn schema(app: &App, language: Language, made: &Json) -> String {
    let heads = [
        (say(language, "Eigenschap", "Property"), false),
        (say(language, "Soort", "Type"), false),
        (say(language, "Wat het is", "What it is"), false),
        (say(language, "Eenheid", "Unit"), false),
    ];
    let title = text(made, "title");
    let mut table = Table::new(title, &heads);
    for (name, one) in made["properties"].as_object().into_iter().flatten() {
        let kind = one["type"].as_str().or(one["format"].as_str()).unwrap_or_default();
        let cells = [name.as_str(), kind, text(one, "title"), text(one, "x-ogc-unit")].map(escape);
        table.row("", &cells);
    }
    let path = text(made, "$id").rsplit_once(ROOT).map_or("", |(_, path)| path);
    page(app, language, path, title, &table.html())
}

/// A page of areas.
pub(super) fn items(
    app: &App,
    language: Language,
    collection: &Collection<'_>,
    question: &Question,
    chosen: &Page,
    words: &str,
) -> String {
    let id = collection.id();
    let title = collection.title(language);
    let fields: Vec<_> = question
        .fields
        .iter()
        .map(|&at| &collection.fields[at])
        .filter(|field| !matches!(field.content, Content::Code | Content::Reasons))
        .take(COLUMNS)
        .collect();
    let mut heads = vec![(say(language, "Code", "Code").to_owned(), false)];
    heads.extend(fields.iter().map(|field| {
        (field.title().get(language).to_owned(), matches!(field.content, Content::Figure(..)))
    }));
    let (first, last) = (chosen.start + 1, chosen.start + chosen.ordinals.len());
    let caption = match language {
        Language::Nl => format!("{title}: {first} tot en met {last} van {}", chosen.matched),
        Language::En => format!("{title}: {first} to {last} of {}", chosen.matched),
    };
    let mut table = Table::new(&caption, &heads);
    for &ordinal in &chosen.ordinals {
        let row = Row::new(collection, ordinal);
        let code = escape(collection.coverage.codes()[ordinal].as_str());
        let mut cells =
            vec![format!("<a href=\"{ROOT}/collections/{id}/items/{code}?f=html\">{code}</a>")];
        cells.extend(fields.iter().map(|field| escape(&shown(row.get(field.content), language))));
        table.row("", &cells);
    }
    let at = |rest: &str| format!("{ROOT}/collections/{id}/items?f=html{words}{rest}");
    let mut body = table.html();
    body.push_str("<ul>\n");
    if let Some(cursor) = &chosen.next {
        let words = say(language, "Volgende pagina", "Next page");
        item(&mut body, &at(&format!("&cursor={cursor}")), words);
    }
    if chosen.start > 0 {
        let before = chosen.start.saturating_sub(question.limit);
        let words = say(language, "Vorige pagina", "Previous page");
        item(&mut body, &at(&format!("&offset={before}")), words);
    }
    item(
        &mut body,
        &format!("{ROOT}/collections/{id}?f=html"),
        say(language, "De collectie", "The collection"),
    );
    body.push_str("</ul>\n");
    page(app, language, &format!("/collections/{id}/items"), &title, &body)
}

/// An area.
pub(super) fn area(
    app: &App,
    language: Language,
    collection: &Collection<'_>,
    ordinal: usize,
    question: &Question,
) -> String {
    let id = collection.id();
    let (code, name) = (&collection.coverage.codes()[ordinal], collection.coverage.name(ordinal));
    let heads = [
        (say(language, "Eigenschap", "Property"), false),
        (say(language, "Wat het is", "What it is"), false),
        (say(language, "Waarde", "Value"), true),
    ];
    let mut table = Table::new(&collection.title(language), &heads);
    let row = Row::new(collection, ordinal);
    for &at in &question.fields {
        let field = &collection.fields[at];
        let cells = [
            escape(&field.name),
            escape(field.title().get(language)),
            escape(&shown(row.get(field.content), language)),
        ];
        table.row("", &cells);
    }
    let mut body = table.html();
    body.push_str("<ul>\n");
    item(
        &mut body,
        &format!("/gebied/{code}"),
        say(language, "Alles wat van dit gebied bekend is", "All that is known of this area"),
    );
    item(
        &mut body,
        &format!("{ROOT}/collections/{id}?f=html"),
        say(language, "De collectie", "The collection"),
    );
    body.push_str("</ul>\n");
    page(app, language, &format!("/collections/{id}/items/{code}"), name, &body)
}
