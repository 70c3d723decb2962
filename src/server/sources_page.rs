//! `/bronnen`: where every figure and every border comes from, as a page without script.

use std::{collections::BTreeSet, fmt::Write};

use axum::{
    extract::{RawQuery, State},
    response::Response,
};

use crate::{
    atlas::Atlas,
    indicator::{Indicator, Language},
    layer::{day_text, format_number},
};

use super::{
    App,
    asked::Asked,
    changes::records,
    changes_feed, changes_text,
    document_page::{AskedDocument, document},
    html::{Table, escape, say, text},
    place_page::page_answer,
    problem::Problem,
    sources::{SourceEntry, entries},
};

/// So many changes are told on the page; the interface tells all that are kept.
const CHANGES_SHOWN: usize = 10;

/// `GET /bronnen`.
pub async fn page(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let wanted = AskedDocument::read(raw.as_deref(), "/bronnen")?;
    app.keep(&asked, wanted.key(), move |app| {
        let language = wanted.language;
        let title = say(language, "Bronnen en licenties", "Sources and licences");
        let page = document(app, &wanted, title, &body(&app.atlas, language));
        Ok(page_answer(app, discoverable(&page, language)))
    })
    .await
}

/// A page whose head leads to the feed.
fn discoverable(page: &str, language: Language) -> String {
    let title = say(language, "Wijzigingen", "Changes");
    // On a line of its own: where there is no server it is left out.
    let link = format!(
        "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"{title}\" href=\"{}\">\n</head>",
        changes_feed::PATH
    );
    page.replacen("</head>", &link, 1)
}

/// What the newest imports changed; nothing where nobody noted it.
fn changes(out: &mut String, atlas: &Atlas, language: Language) {
    let mut records = records(atlas, None).take(CHANGES_SHOWN).peekable();
    if records.peek().is_none() {
        return;
    }
    let _ = writeln!(
        out,
        "<h2 id=\"wijzigingen\">{}</h2>\n<ul>",
        say(language, "Wat er veranderde", "What changed")
    );
    for record in records {
        let day = changes_text::day(record);
        let _ = writeln!(
            out,
            "<li id=\"{}\"><strong><time datetime=\"{}\">{}</time></strong>: {}</li>",
            changes_feed::anchor(record),
            escape(&record.moment),
            day_text(day, language),
            escape(&changes_text::sentence(record, language)),
        );
    }
    let _ = writeln!(
        out,
        "</ul>\n<p><a href=\"{}\">{}</a></p>",
        changes_feed::PATH,
        say(language, "Volg wijzigingen als feed (Atom)", "Follow changes as a feed (Atom)"),
    );
}

fn body(atlas: &Atlas, language: Language) -> String {
    let say = |nl: &'static str, en: &'static str| say(language, nl, en);
    let entries = entries(atlas);
    let mut out = format!(
        "<h1>{}</h1>\n<p class=\"inleiding\">{}</p>\n",
        say("Bronnen en licenties", "Sources and licences"),
        say(
            "Alle cijfers en grenzen komen uit bestanden die hun uitgever openbaar maakt. Hier staat \
             van elk bestand wat het is, onder welke licentie het is uitgegeven, wanneer het is \
             opgehaald en waarvoor het wordt gebruikt. Met het controlegetal (SHA-256) is na te gaan \
             of een bestand hetzelfde is.",
            "All figures and borders come from files that their publishers make public. Of each file \
             this page says what it is, under which licence it was published, when it was retrieved \
             and what it is used for. The checksum (SHA-256) tells whether a file is the same."
        ),
    );
    changes(&mut out, atlas, language);
    let _ = writeln!(out, "<h2 id=\"onderwerpen\">{}</h2>", say("Per onderwerp", "By topic"));
    let heads = [
        (say("Onderwerp", "Topic"), false),
        (say("Bron", "Source"), false),
        (say("Jaren", "Years"), false),
        (say("Bestanden", "Files"), true),
    ];
    let caption = say("Bron van elk onderwerp", "Source of each topic");
    let mut table = Table::new(caption, &heads);
    for indicator in atlas.indicators() {
        table.row("", &topic_row(atlas, indicator, language));
    }
    out.push_str(&table.html());
    let _ = writeln!(out, "<h2 id=\"bestanden\">{}</h2>", say("Per bestand", "By file"));
    out.push_str("<div class=\"bronnen\">\n");
    for (id, entry) in &entries {
        file(&mut out, atlas, *id, entry, language);
    }
    out.push_str("</div>\n");
    out
}

/// A topic with its source, licence, years, and how many files these are in.
fn topic_row(atlas: &Atlas, indicator: &Indicator, language: Language) -> [String; 4] {
    let mut years = BTreeSet::new();
    let mut files: BTreeSet<u32> = BTreeSet::new();
    for series in atlas.series_of(&indicator.id) {
        years.insert(series.key.year.get());
        files.extend(series.column.sources());
    }
    let english = if language == Language::En { "?taal=en" } else { "" };
    [
        format!(
            "<a href=\"/kaart/{}{english}\">{}</a>",
            indicator.id,
            text(&indicator.name, language)
        ),
        format!(
            "{}<small>{} {}</small>",
            text(&indicator.source, language),
            say(language, "licentie", "licence"),
            escape(&indicator.licence)
        ),
        listed(&years),
        format_number(files.len() as f64, 0, language),
    ]
}

fn file(out: &mut String, atlas: &Atlas, id: u32, entry: &SourceEntry, language: Language) {
    let say = |nl: &'static str, en: &'static str| say(language, nl, en);
    let from = &entry.provenance;
    let _ = writeln!(
        out,
        "<article class=\"bron\">\n<h3 id=\"bron-{id}\">{}</h3>\n<dl class=\"lijst\">",
        escape(&from.file)
    );
    let mut line = |name: &str, words: &str| {
        if !words.is_empty() {
            let _ = writeln!(out, "<div><dt>{name}</dt><dd>{words}</dd></div>");
        }
    };
    line(say("Uitgever", "Publisher"), &escape(&from.publisher));
    line(say("Soort levering", "Kind of delivery"), &escape(entry.title.as_deref().unwrap_or("")));
    line(say("Versie van de levering", "Version of the delivery"), &escape(&from.delivery));
    line(say("Licentie", "Licence"), &escape(&from.licence));
    if let Some(address) = &entry.address {
        let address = escape(address);
        line(
            say("Adres", "Address"),
            &format!("<a href=\"{address}\" rel=\"external\">{address}</a>"),
        );
    }
    line(say("Opgehaald", "Retrieved"), &day_text(&entry.retrieved, language));
    let borders: Vec<_> =
        entry.borders.iter().map(|one| format!("{} {}", one.level, one.vintage)).collect();
    line(say("Grenzen", "Borders"), &escape(&borders.join(", ")));
    let topics: Vec<_> = entry
        .topics
        .iter()
        .filter_map(|topic| {
            let indicator = atlas.indicator(&topic.id)?;
            Some(format!("{} ({})", text(&indicator.name, language), listed(&topic.years)))
        })
        .collect();
    line(say("Cijfers", "Figures"), &topics.join("; "));
    let addresses: Vec<_> = entry.addresses.iter().map(ToString::to_string).collect();
    line(say("Adressen van de indeling", "Addresses of the division"), &addresses.join(", "));
    if entry.stories > 0 {
        let name = say("Aanpakken en initiatieven", "Approaches and initiatives");
        line(name, &format_number(entry.stories as f64, 0, language));
    }
    line(
        say("Grootte", "Size"),
        &format!("{} bytes", format_number(from.size as f64, 0, language)),
    );
    line(say("Controlegetal", "Checksum"), &format!("<code>{}</code>", escape(&from.checksum)));
    out.push_str("</dl>\n</article>\n");
}

/// Years, those in a row as a range: `2002, 2008, 2012–2014`.
fn listed(years: &BTreeSet<u16>) -> String {
    let mut ranges: Vec<(u16, u16)> = Vec::new();
    for year in years {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*year) => *last = *year,
            _ => ranges.push((*year, *year)),
        }
    }
    let told = ranges.into_iter().map(|(first, last)| match last.abs_diff(first) {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    });
    told.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_in_a_row_are_a_range() {
        let told = |years: &[u16]| listed(&years.iter().copied().collect());
        assert_eq!(
            told(&[2008, 2002, 2012, 2013, 2014, 2023, 2024]),
            "2002, 2008, 2012–2014, 2023, 2024"
        );
        assert_eq!(told(&[2024]), "2024");
        assert_eq!(told(&[]), "");
    }
}
