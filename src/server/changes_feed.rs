//! `/v1/wijzigingen.atom`: the same changes for readers of feeds (Atom 1.0, RFC 4287).

use std::fmt::Write;

use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use sha2::{Digest, Sha256};

use crate::{indicator::Language, store::ChangeRecord};

use super::{
    App,
    answer::Answer,
    asked::Asked,
    changes::{records, since},
    changes_text::{day, details, sentence, title},
    html::escape,
    key::Key,
    problem::Problem,
};

/// Where it stands.
pub(super) const PATH: &str = "/v1/wijzigingen.atom";

/// So many entries a feed has, the newest.
const MOST: usize = 50;

/// `GET /v1/wijzigingen.atom`.
pub async fn feed(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let since = since(raw.as_deref())?;
    app.keep(&asked, Key::new("wijzigingen.atom").and_maybe(since.as_deref()), move |app| {
        Ok(Answer::new("application/atom+xml; charset=utf-8", write(app, since.as_deref())))
    })
    .await
}

fn write(app: &App, since: Option<&str>) -> String {
    let atlas = &app.atlas;
    let base = app.config.adres.as_deref().unwrap_or_default().trim_end_matches('/');
    let site = app.config.titel.as_deref().unwrap_or("wijkzicht");
    let shown: Vec<&ChangeRecord> = records(atlas, since).take(MOST).collect();
    // Without a change there is still a day on which the files were fetched.
    let fetched = || {
        let day = atlas.sources.values().map(|source| source.retrieved.as_str()).max();
        format!("{}T00:00:00Z", day.unwrap_or("1970-01-01"))
    };
    let updated = shown.first().map_or_else(fetched, |record| record.moment.clone());
    let query = since.map(|since| format!("?sinds={since}")).unwrap_or_default();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"nl\">\n\
         <id>{}</id>\n<title>{}: wijzigingen</title>\n<updated>{}</updated>\n\
         <author><name>{}</name></author>\n<generator version=\"{}\">wijkzicht</generator>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
        urn(&["feed", base, site]),
        escape(site),
        escape(&updated),
        escape(site),
        env!("CARGO_PKG_VERSION"),
        escape(&format!("{base}{PATH}{query}")),
        escape(&format!("{base}/bronnen")),
    );
    for record in shown {
        entry(&mut out, app, record, base);
    }
    out.push_str("</feed>\n");
    out
}

fn entry(out: &mut String, app: &App, record: &ChangeRecord, base: &str) {
    let language = Language::Nl;
    let before = record.before.as_deref().unwrap_or_default();
    let lines: String = details(&app.atlas, record, language)
        .iter()
        .map(|line| format!("<li>{}</li>", escape(line)))
        .collect();
    // A page within the document: its marks are text here.
    let content = format!("<p>{}</p><ul>{lines}</ul>", escape(&sentence(record, language)));
    let _ = writeln!(
        out,
        "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n\
         <content type=\"html\">{}</content>\n</entry>",
        urn(&["wijziging", &record.moment, before, &record.after]),
        escape(&title(record, language)),
        escape(&record.moment),
        escape(&format!("{base}/bronnen#{}", anchor(record))),
        escape(&content),
    );
}

/// Where a record stands on the page of sources.
pub(super) fn anchor(record: &ChangeRecord) -> String {
    format!("wijziging-{}-{}", day(record), record.after)
}

/// A name that is always the same of the same, and never of anything else: a UUID of version 8,
/// whose bits are of a hash.
fn urn(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    hash.update("wijkzicht");
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let digest = hash.finalize();
    let mut hex = String::with_capacity(36);
    for (at, byte) in digest.iter().take(16).enumerate() {
        let byte = match at {
            6 => byte & 0x0f | 0x80,
            8 => byte & 0x3f | 0x80,
            _ => *byte,
        };
        if [4, 6, 8, 10].contains(&at) {
            hex.push('-');
        }
        let _ = write!(hex, "{byte:02x}");
    }
    format!("urn:uuid:{hex}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_uuids_that_stay() {
        let name = urn(&["wijziging", "a", "b"]);
        assert_eq!(name, urn(&["wijziging", "a", "b"]));
        assert_ne!(name, urn(&["wijziging", "ab", ""]));
        let uuid = name.strip_prefix("urn:uuid:").expect("a UUID");
        let lengths: Vec<_> = uuid.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!(uuid.as_bytes()[14], b'8');
        assert!(b"89ab".contains(&uuid.as_bytes()[19]), "{uuid}");
    }
}
