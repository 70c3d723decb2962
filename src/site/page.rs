//! The page of the map with everything at relative addresses, what it is made of, and the pages
//! about methods and sources beside it.

use serde_json::{Value, json};

use crate::server::{self, App, InProcess};

use super::{SiteError, SiteFolder, catalogue::Narrowed};

/// Writes the page, told that it has no server, and its assets.
///
/// # Errors
/// When the program carries no page, or a file cannot be written.
pub fn write(
    app: &App,
    asked: &InProcess,
    narrowed: &Narrowed,
    out: &mut SiteFolder,
) -> Result<(), SiteError> {
    let page = server::page_of_site(app, |configuration| adapt(configuration, narrowed));
    out.put("index.html", page.ok_or(SiteError::NoPage)?.as_bytes(), None)?;
    for (name, body) in server::page_files() {
        out.put(&name, &body, None)?;
    }
    let topics: Vec<_> = topics(&narrowed.catalogue).filter_map(|one| one["id"].as_str()).collect();
    for (file, address) in DOCUMENTS {
        let html = asked.get(address)?;
        let html = without_feed(&String::from_utf8_lossy(&html));
        let html = relative(&html, &topics);
        out.put(file, html.as_bytes(), None)?;
    }
    out.put(&format!("assets/{STYLES}"), &asked.get(&format!("/stijlen/{STYLES}"))?, None)?;
    if !app.atlas.stories().is_empty() {
        out.put("verhalen.json", &asked.get("/v1/verhalen")?, Some("/v1/verhalen"))?;
    }
    out.put("bronnen.json", &asked.get("/v1/bronnen")?, Some("/v1/bronnen"))
}

/// Pages that are made beforehand, and where a server has them.
const DOCUMENTS: [(&str, &str); 4] = [
    ("bronnen.html", "/bronnen"),
    ("bronnen-en.html", "/bronnen?taal=en"),
    ("methoden.html", "/methoden"),
    ("methoden-en.html", "/methoden?taal=en"),
];

/// Their style sheet.
const STYLES: &str = "plaats.css";

fn topics(catalogue: &Value) -> impl Iterator<Item = &Value> {
    catalogue["indicatoren"].as_array().into_iter().flatten()
}

/// A page without the lines that lead to the feed of changes: a server makes that anew.
fn without_feed(html: &str) -> String {
    let is_kept = |line: &&str| !line.contains("href=\"/v1/wijzigingen");
    html.lines().filter(is_kept).flat_map(|line| [line, "\n"]).collect()
}

/// A page of a server with its links led to files. A topic that the site does not have is named
/// without a link.
fn relative(html: &str, topics: &[&str]) -> String {
    const LINK: &str = "href=\"/";
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(LINK) {
        let (address, behind) = after.split_once('"').unwrap_or((after, ""));
        rest = behind;
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let english = query.contains("taal=en");
        let to = match path.split_once('/') {
            None if path.is_empty() => page_at(&[if english { "taal=en" } else { "" }]),
            None if ["bronnen", "methoden"].contains(&path) => {
                format!("./{path}{}.html", if english { "-en" } else { "" })
            }
            // A server answers it: of files there is nothing to lead to.
            None if path == "analyse" => {
                let (_, behind) = rest.split_once("</a>").unwrap_or((rest, ""));
                out.push_str(before.strip_suffix("<a ").unwrap_or(before));
                rest = behind.trim_start_matches(" · ");
                continue;
            }
            Some(("stijlen", file)) => format!("./assets/{file}"),
            Some(("kaart", topic)) if topics.contains(&topic) => {
                page_at(&[&format!("onderwerp={topic}"), if english { "taal=en" } else { "" }])
            }
            Some(("kaart", _)) => {
                // Its name stays, up to the end of the link.
                let (name, behind) = rest.split_once("</a>").unwrap_or((rest, ""));
                out.push_str(before.strip_suffix("<a ").unwrap_or(before));
                out.push_str(name.trim_start_matches('>'));
                rest = behind;
                continue;
            }
            _ => format!("./{path}"),
        };
        out.push_str(before);
        out.push_str("href=\"");
        out.push_str(&to);
        out.push('"');
    }
    out.push_str(rest);
    out
}

/// The page of the map with a state.
fn page_at(state: &[&str]) -> String {
    let parts: Vec<_> = state.iter().copied().filter(|part| !part.is_empty()).collect();
    let mark = if parts.is_empty() { "" } else { "?" };
    format!("./index.html{mark}{}", parts.join("&amp;"))
}

/// What the page opens with, as far as the site has it, and what it must not ask for.
fn adapt(configuration: &mut Value, narrowed: &Narrowed) {
    let topics = || topics(&narrowed.catalogue);
    let configured = topics().find(|topic| topic["id"] == configuration["indicator"]);
    if let Some(topic) = configured.or_else(|| topics().next()) {
        configuration["indicator"] = topic["id"].clone();
        let levels = || topic["niveaus"].as_array().into_iter().flatten();
        let level = levels().find(|one| one["niveau"] == configuration["niveau"]);
        if let Some(level) = level.or_else(|| levels().last()) {
            configuration["niveau"] = level["niveau"].clone();
            let newest = level["jaren"].as_array().and_then(|years| years.last());
            configuration["jaar"] = newest.map_or(Value::Null, |entry| entry["jaar"].clone());
        }
    }
    configuration["jaren"] = narrowed.vintages.iter().map(|vintage| vintage.get()).collect();
    configuration["achtergrondkaart"] = false.into();
    configuration["adreszoeker"] = false.into();
    configuration["statisch"] = json!(true);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_files() {
        let of = |html: &str| relative(html, &["inwoners"]);
        assert_eq!(of("<a href=\"/\">x</a>"), "<a href=\"./index.html\">x</a>");
        assert_eq!(of("<a href=\"/?taal=en\">x</a>"), "<a href=\"./index.html?taal=en\">x</a>");
        assert_eq!(
            of("<link href=\"/stijlen/plaats.css\">"),
            "<link href=\"./assets/plaats.css\">"
        );
        assert_eq!(of("<link href=\"/favicon.svg\">"), "<link href=\"./favicon.svg\">");
        assert_eq!(of("<a href=\"/bronnen?taal=en\">"), "<a href=\"./bronnen-en.html\">");
        assert_eq!(of("<a href=\"/bronnen?taal=nl\">"), "<a href=\"./bronnen.html\">");
        assert_eq!(
            of("<a href=\"/kaart/inwoners?taal=en\">x</a>"),
            "<a href=\"./index.html?onderwerp=inwoners&amp;taal=en\">x</a>"
        );
        assert_eq!(
            of("<td><a href=\"/kaart/geluk\">Geluk</a></td><a href=\"/\">"),
            "<td>Geluk</td><a href=\"./index.html\">"
        );
        let head = "<a>\n<link rel=\"alternate\" href=\"/v1/wijzigingen.atom\">\n</head>\n</ul>\n\
                    <p><a href=\"/v1/wijzigingen.atom\">x</a></p>\n<p>y</p>\n";
        assert_eq!(without_feed(head), "<a>\n</head>\n</ul>\n<p>y</p>\n");
        assert_eq!(
            of("<p><a href=\"/analyse?taal=en\">Vragen</a> · <a href=\"/bronnen\">Bronnen</a></p>"),
            "<p><a href=\"./bronnen.html\">Bronnen</a></p>"
        );
        assert_eq!(of("<a href=\"#x\" title=\"/\">"), "<a href=\"#x\" title=\"/\">");
    }
}
