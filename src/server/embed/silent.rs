//! A map without script: a picture, the picture in words, and where the figures are.

use std::fmt::Write;

use crate::{
    layer::{self, PaintedLayer, Summary, day_text},
    server::{
        App,
        html::{code, escape, say},
        problem::Problem,
        query::encoded,
    },
};

use super::{Framed, address::Base};

/// The width and height of the picture that stands for the map, in CSS pixels: of usual frames, and
/// of narrow ones.
const PICTURE: [u32; 2] = [800, 600];
const NARROW: [u32; 2] = [360, 520];

/// The picture that other sites show beside a link.
const SHARED: [u32; 2] = [1200, 630];

/// What stands for the map without script and on paper: what is not as it was asked, the picture, the
/// picture in words, links.
pub(super) fn silent(
    app: &App,
    framed: &Framed,
    layer: &PaintedLayer<'_>,
    summary: &Summary,
    place: Place,
) -> String {
    let language = framed.spec.language;
    let mut out = String::new();
    for note in &framed.notes {
        let _ = writeln!(out, "<p class=\"notice\">{}</p>", escape(note.get(language)));
    }
    let prefix = app.config.prefix();
    let at = |[width, height]: [u32; 2], scale| {
        escape(&format!("{}{}", prefix.as_str(), framed.picture_path(width, height, scale)))
    };
    let _ = writeln!(
        out,
        "<picture><source media=\"(max-width: 479px)\" srcset=\"{}, {} 2x\" width=\"{}\" height=\"{}\">\
         <img src=\"{}\" srcset=\"{} 2x\" alt=\"{}\" width=\"{}\" height=\"{}\"></picture>",
        at(NARROW, 1),
        at(NARROW, 2),
        NARROW[0],
        NARROW[1],
        escape(&framed.picture_path(PICTURE[0], PICTURE[1], 1)),
        at(PICTURE, 2),
        escape(&summary.alt),
        PICTURE[0],
        PICTURE[1],
    );
    let _ = writeln!(out, "<div class=\"description\">");
    for sentence in &summary.text {
        let _ = writeln!(out, "<p>{}</p>", escape(sentence));
    }
    let _ = writeln!(out, "</div>");
    if !framed.of_the_page.is_empty() && !framed.options.is_picture {
        let _ = writeln!(
            out,
            "<p class=\"notice\">{}</p>",
            say(
                language,
                "Een vergelijking, filter of plek op de kaart ziet u alleen met JavaScript.",
                "A comparison, filter or place on the map shows only with JavaScript."
            )
        );
    }
    if let Some(day) = revision(framed, layer) {
        let _ = writeln!(
            out,
            "<p class=\"quiet\">{} {}.</p>",
            say(language, "Cijfers herzien op", "Figures revised on"),
            escape(&day)
        );
    }
    out.push_str(&links(framed, place));
    out
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a frame on another site: links lead out of it.
    Frame,
    /// In the page of the map itself.
    MapPage,
}

fn links(framed: &Framed, place: Place) -> String {
    let language = framed.spec.language;
    let mut all = Vec::new();
    if place == Place::Frame {
        all.push((framed.map_path(), say(language, "Bekijk groot", "View large")));
    }
    if !framed.options.without.contains(&"tabel") {
        all.push((framed.table_path(), say(language, "Tabel", "Table")));
    }
    all.push((framed.csv_path(), "Download (CSV)"));
    let new = say(language, "nieuw venster", "new window");
    let links = all.into_iter().map(|(path, words)| {
        let path = escape(&path);
        match place {
            Place::MapPage => format!("<li><a href=\"{path}\">{words}</a></li>"),
            Place::Frame => format!(
                "<li><a href=\"{path}\" target=\"_blank\" rel=\"noopener\">{words} \
                 <span class=\"visually-hidden\">({new})</span></a></li>"
            ),
        }
    });
    format!("<ul class=\"links\">{}</ul>\n", links.collect::<String>())
}

/// When the figures were last taken in; not said where the delivery is pinned.
pub(super) fn revision(framed: &Framed, layer: &PaintedLayer<'_>) -> Option<String> {
    if framed.version.is_some() {
        return None;
    }
    let ids = layer.sources();
    let days = ids.iter().filter_map(|id| layer.atlas.sources.get(id));
    let day = days.map(|source| source.retrieved.as_str()).filter(|day| !day.is_empty()).max()?;
    Some(day_text(day, framed.spec.language))
}

/// What stands in the page of the map beside the map.
pub(in crate::server) struct Beside {
    /// For programs: title, description, picture, where to embed it from.
    pub head: String,
    /// For who has no script.
    pub body: String,
}

/// What stands in the page of the map beside the map, of the view that its address asks.
///
/// # Errors
/// When the layer cannot be painted.
pub(in crate::server) fn beside_the_map(
    app: &App,
    framed: Framed,
    base: &Base,
) -> Result<Beside, Problem> {
    let (framed, layer) = framed.painted(app)?;
    let framed = &framed;
    let summary = layer::summary(&layer);
    let title = escape(app.config.titel.as_deref().unwrap_or("wijkzicht"));
    let map = base.at(&framed.map_path());
    let oembed =
        |format| escape(&base.at(&format!("/oembed?format={format}&url={}", encoded(&map))));
    let own = escape(&summary.title);
    let [width, height] = SHARED;
    let head = format!(
        "<title>{own} - {title}</title>\n    \
         <meta name=\"description\" content=\"{alt}\">\n    \
         <meta property=\"og:title\" content=\"{own}\">\n    \
         <meta property=\"og:description\" content=\"{alt}\">\n    \
         <meta property=\"og:url\" content=\"{url}\">\n    \
         <meta property=\"og:image\" content=\"{image}\">\n    \
         <link rel=\"alternate\" type=\"application/json+oembed\" href=\"{json}\" title=\"{own}\">\n    \
         <link rel=\"alternate\" type=\"text/xml+oembed\" href=\"{xml}\" title=\"{own}\">",
        alt = escape(&summary.alt),
        url = escape(&map),
        image = escape(&base.at(&framed.picture_path(width, height, 1))),
        json = oembed("json"),
        xml = oembed("xml"),
    );
    let language = code(framed.spec.language);
    let silent = silent(app, framed, &layer, &summary, Place::MapPage);
    Ok(Beside { head, body: format!("<div lang=\"{language}\"><h1>{own}</h1>\n{silent}</div>") })
}
