//! `/methoden`: what is computed and how, as a page without script.

use std::fmt::Write;

use axum::{
    extract::{RawQuery, State},
    response::Response,
};

use crate::{
    atlas::Atlas,
    indicator::Language,
    profile::{LEAST_TRAITS, TRAITS},
};

use super::{
    App,
    asked::Asked,
    document_page::{AskedDocument, document},
    html::{escape, say, text},
    methods_studies::STUDIES,
    methods_text::{REFERENCES, SECTIONS},
    place_page::page_answer,
    problem::Problem,
};

/// `GET /methoden`.
pub async fn page(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let wanted = AskedDocument::read(raw.as_deref(), "/methoden")?;
    app.keep(&asked, wanted.key(), move |app| {
        let title = say(wanted.language, "Hoe wij rekenen", "How we calculate");
        Ok(page_answer(app, document(app, &wanted, title, &body(&app.atlas, wanted.language))))
    })
    .await
}

fn body(atlas: &Atlas, language: Language) -> String {
    let mut out = format!(
        "<h1>{}</h1>\n<p class=\"inleiding\">{}</p>\n",
        say(language, "Hoe wij rekenen", "How we calculate"),
        say(
            language,
            "De meeste cijfers tonen wij zoals hun bron ze geeft. Hier staat wat wij zelf berekenen, \
             hoe, en waar dat op steunt.",
            "We show most figures as their source gives them. This page says what we compute \
             ourselves, how, and what that rests on."
        )
    );
    let _ = writeln!(
        out,
        "<nav aria-labelledby=\"inhoud\">\n<h2 id=\"inhoud\">{}</h2>\n<ul class=\"inhoud\">",
        say(language, "Op deze pagina", "On this page")
    );
    for section in SECTIONS.iter().chain(&STUDIES) {
        let (nl, en) = section.title;
        let _ = writeln!(
            out,
            "<li><a href=\"#{}\">{}</a></li>",
            section.id,
            escape(say(language, nl, en))
        );
    }
    out.push_str("</ul>\n</nav>\n");
    for section in SECTIONS.iter().chain(&STUDIES) {
        let (nl, en) = section.title;
        let _ = writeln!(
            out,
            "<section aria-labelledby=\"{0}\">\n<h2 id=\"{0}\">{1}</h2>",
            section.id,
            escape(say(language, nl, en))
        );
        for (nl, en) in section.paragraphs {
            let _ = writeln!(out, "<p>{}</p>", escape(say(language, nl, en)));
        }
        // What is set in numbers is told with the numbers that are in force.
        match section.id {
            "nauwelijks-woongebied" => {
                let _ = writeln!(out, "<p>{}</p>", text(&atlas.residential.text(), language));
            }
            "vergelijkbaar" => traits(&mut out, atlas, language),
            "berekend" => recipes(&mut out, atlas, language),
            _ => {}
        }
        out.push_str("</section>\n");
    }
    let _ = writeln!(
        out,
        "<section aria-labelledby=\"literatuur\">\n<h2 id=\"literatuur\">{}</h2>\n<ul>",
        say(language, "Literatuur", "References")
    );
    for reference in REFERENCES {
        let _ = writeln!(out, "<li>{}</li>", escape(reference));
    }
    out.push_str("</ul>\n</section>\n");
    out
}

/// What areas are compared on, as far as the atlas has it.
fn traits(out: &mut String, atlas: &Atlas, language: Language) {
    let known: Vec<_> = TRAITS
        .iter()
        .filter_map(|id| atlas.catalogue.get(id))
        .map(|indicator| text(&indicator.name, language))
        .collect();
    let _ = writeln!(
        out,
        "<p>{} {}. {} {LEAST_TRAITS} {}</p>",
        say(language, "Vergeleken wordt op:", "Compared are:"),
        known.join(", "),
        say(language, "Van beide gebieden zijn er ten minste", "Of both areas at least"),
        say(language, "bekend.", "are known."),
    );
}

/// The formula of every indicator that the atlas computes and has.
fn recipes(out: &mut String, atlas: &Atlas, language: Language) {
    let computed: Vec<_> = atlas
        .indicators()
        .filter_map(|indicator| Some((&indicator.name, indicator.derived.as_ref()?.formula())))
        .collect();
    if computed.is_empty() {
        return;
    }
    out.push_str("<ul>\n");
    for (name, formula) in computed {
        let _ = writeln!(out, "<li>{}: {}</li>", text(name, language), text(&formula, language));
    }
    out.push_str("</ul>\n");
}
