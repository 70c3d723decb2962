//! The page of the map with everything at relative addresses, and what it is made of.

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
    let _ = asked;
    Ok(())
}

/// What the page opens with, as far as the site has it, and what it must not ask for.
fn adapt(configuration: &mut Value, narrowed: &Narrowed) {
    let topics = narrowed.catalogue["indicatoren"].as_array();
    let topics = || topics.into_iter().flatten();
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
