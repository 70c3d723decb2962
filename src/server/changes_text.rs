//! What an import changed, in words.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    atlas::Atlas,
    indicator::Language,
    layer::{day_text, format_number},
    store::ChangeRecord,
};

use super::html::say;

/// So many topics are named of a record.
const MOST_TOPICS: usize = 40;

/// What a record is about: `Bijgewerkt op 21 november 2026`.
pub(super) fn title(record: &ChangeRecord, language: Language) -> String {
    let day = day_text(day(record), language);
    format!("{} {day}", say(language, "Bijgewerkt op", "Updated on"))
}

/// The day of a record, in UTC.
pub(super) fn day(record: &ChangeRecord) -> &str {
    record.moment.get(..10).unwrap_or(&record.moment)
}

/// A sentence on all that changed.
pub(super) fn sentence(record: &ChangeRecord, language: Language) -> String {
    let count = |number: u64| format_number(number as f64, 0, language);
    let changes = &record.changes;
    let (added, changed, gone) = changes.totals();
    let mut parts = Vec::new();
    let mut part = |number: u64, one: &str, many: &str| {
        if number > 0 {
            parts.push(format!("{} {}", count(number), if number == 1 { one } else { many }));
        }
    };
    let areas = changes.areas.iter().map(|areas| areas.added).sum();
    let (addresses, files) = (changes.addresses.len() as u64, changes.sources.len() as u64);
    match language {
        Language::Nl => {
            part(added, "nieuw cijfer", "nieuwe cijfers");
            part(changed, "gewijzigd cijfer", "gewijzigde cijfers");
            part(gone, "vervallen cijfer", "vervallen cijfers");
            part(areas, "nieuw gebied", "nieuwe gebieden");
            part(addresses, "jaar adressen", "jaren adressen");
            part(files, "nieuw bestand", "nieuwe bestanden");
        }
        Language::En => {
            part(added, "new figure", "new figures");
            part(changed, "changed figure", "changed figures");
            part(gone, "figure gone", "figures gone");
            part(areas, "new area", "new areas");
            part(addresses, "year of addresses", "years of addresses");
            part(files, "new file", "new files");
        }
    }
    if parts.is_empty() {
        return say(language, "Geen cijfers gewijzigd.", "No figures changed.").to_owned();
    }
    format!("{}.", parts.join(", "))
}

/// The topics that changed, each with its years and how many figures, and the files they came in.
/// What the atlas does not show (a topic that is switched off) is counted and not named.
pub(super) fn details(atlas: &Atlas, record: &ChangeRecord, language: Language) -> Vec<String> {
    let mut topics: BTreeMap<&str, (BTreeSet<u16>, u64, u64)> = BTreeMap::new();
    for figures in &record.changes.figures {
        let (years, added, changed) = topics.entry(&figures.indicator).or_default();
        years.insert(figures.year.get());
        *added += figures.added;
        *changed += figures.changed + figures.gone;
    }
    let count = |number: u64| format_number(number as f64, 0, language);
    let named: Vec<_> = topics
        .iter()
        .filter_map(|(id, (years, added, changed))| {
            let indicator = atlas.indicator(id)?;
            let years: Vec<_> = years.iter().map(ToString::to_string).collect();
            let words = say(language, "nieuw", "new");
            let mut text = format!(
                "{} ({}): {} {words}",
                indicator.name.get(language),
                years.join(", "),
                count(*added)
            );
            if *changed > 0 {
                let words = say(language, "gewijzigd of vervallen", "changed or gone");
                text.push_str(&format!(", {} {words}", count(*changed)));
            }
            Some(text)
        })
        .collect();
    let surplus = named.len().saturating_sub(MOST_TOPICS);
    let mut lines: Vec<_> = named.into_iter().take(MOST_TOPICS).collect();
    if surplus > 0 {
        lines.push(format!(
            "{} {surplus} {}",
            say(language, "en nog", "and"),
            say(language, "onderwerpen", "more topics")
        ));
    }
    for areas in &record.changes.areas {
        let new = say(language, "nieuw", "new");
        let redrawn = say(language, ", grenzen van een ander bestand", ", borders of another file");
        lines.push(format!(
            "{} {}: {} {new}{}",
            areas.level,
            areas.vintage,
            count(areas.added),
            if areas.is_redrawn { redrawn } else { "" }
        ));
    }
    for source in &record.changes.sources {
        let delivery = if source.delivery.is_empty() { "" } else { ", " };
        lines.push(format!("{} ({}{delivery}{})", source.file, source.publisher, source.delivery));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_counts_what_changed() {
        let record: ChangeRecord = serde_json::from_str(
            r#"{"moment":"2026-11-21T09:30:00Z","versieVoor":null,"versieNa":"0123",
            "cijfers":[{"indicator":"inwoners","jaar":2024,"indeling":2024,"niveau":"buurten",
            "nieuw":13179,"gewijzigd":1,"vervallen":0,"andereReden":0}],
            "gebieden":[{"indeling":2024,"niveau":"wijken","nieuw":2,"vervallen":0,"andereGrenzen":false}],
            "bronnen":[{"bestand":"a.csv","uitgever":"CBS","levering":"v1"}]}"#,
        )
        .expect("a record");
        assert_eq!(title(&record, Language::Nl), "Bijgewerkt op 21 november 2026");
        assert_eq!(
            sentence(&record, Language::Nl),
            "13.179 nieuwe cijfers, 1 gewijzigd cijfer, 2 nieuwe gebieden, 1 nieuw bestand."
        );
        assert_eq!(
            sentence(&record, Language::En),
            "13,179 new figures, 1 changed figure, 2 new areas, 1 new file."
        );
    }
}
