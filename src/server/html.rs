//! What pages that are made here have in common: a frame, words in two languages, tables.

use std::fmt::{Display, Write};

use crate::{
    indicator::{Language, Text},
    layer::day_text,
};

pub(super) use crate::layer::escape;

/// The style sheet of pages about a place.
pub(super) const STYLES: &str = include_str!("place.css");

/// Where it stands.
pub(super) const STYLES_PATH: &str = "/stijlen/plaats.css";

/// One of two texts.
pub(super) fn say<'a>(language: Language, nl: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Nl => nl,
        Language::En => en,
    }
}

/// A text in a language, escaped.
pub(super) fn text(of: &Text, language: Language) -> String {
    escape(of.get(language))
}

/// `nl` or `en`.
pub(super) fn code(language: Language) -> &'static str {
    match language {
        Language::Nl => "nl",
        Language::En => "en",
    }
}

/// What stands around a page about a place.
pub(super) struct Frame<'a> {
    /// The language.
    pub language: Language,
    /// What the page is about.
    pub title: &'a str,
    /// Its address without the language: `/gebied/GM0014?jaar=2024`.
    pub address: &'a str,
    /// Where the map shows the place.
    pub map: &'a str,
    /// Where this server is reached, if the administrator says so.
    pub base: Option<&'a str>,
    /// What the site is called.
    pub site: &'a str,
    /// Whether the country is invented.
    pub is_fictional: bool,
    /// The version of the atlas.
    pub version: &'a str,
    /// The day, `2026-11-22`.
    pub day: &'a str,
    /// Publishers and licences of what stands on the page.
    pub sources: &'a str,
}

impl Frame<'_> {
    /// The whole page around `body`, which is HTML.
    pub fn page(&self, body: &str) -> String {
        let language = self.language;
        let mark = if self.address.contains('?') { "&amp;" } else { "?" };
        let other = say(language, "en", "nl");
        let other_name = say(language, "English", "Nederlands");
        let address = escape(self.address);
        format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>{} - {}</title>\n<link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\n\
             <link rel=\"stylesheet\" href=\"{STYLES_PATH}\">\n</head>\n<body>\n\
             <header class=\"kop\"><nav aria-label=\"{}\"><a href=\"{}\">{}</a>\
             <a href=\"{address}{mark}taal={other}\" hreflang=\"{other}\" lang=\"{other}\">{other_name}</a>\
             </nav></header>\n<main>\n{body}</main>\n{}</body>\n</html>\n",
            code(language),
            escape(self.title),
            escape(self.site),
            say(language, "Pagina", "Page"),
            escape(self.map),
            say(language, "Naar de kaart", "To the map"),
            self.colophon(),
        )
    }

    /// Who says so, when, and where it can be found again: the foot of the page, and of each sheet.
    fn colophon(&self) -> String {
        let english = if self.language == Language::En { "?taal=en" } else { "" };
        format!(
            "<footer class=\"colofon elk\">\n{}<p><a href=\"/analyse{english}\">{}</a> · \
             <a href=\"/methoden{english}\">{}</a> · <a href=\"/bronnen{english}\">{}</a></p>\n</footer>\n",
            self.imprint(),
            say(self.language, "Vragen aan de cijfers", "Questions to the figures"),
            say(self.language, "Hoe wij rekenen", "How we calculate"),
            say(self.language, "Bronnen en licenties", "Sources and licences"),
        )
    }

    /// The lines of source, licence, day and address, for the foot of a sheet.
    pub fn imprint(&self) -> String {
        let language = self.language;
        let mut out = String::new();
        if self.is_fictional {
            let _ = writeln!(out, "<p class=\"fictief\"><strong>{}</strong></p>", self.fictional());
        }
        let address =
            format!("{}{}", self.base.unwrap_or_default().trim_end_matches('/'), self.address);
        let _ = writeln!(
            out,
            "<p>{}: {}. {}: <span class=\"adres\">{}</span>. {} {}, {} {}.</p>",
            say(language, "Bron", "Source"),
            escape(self.sources),
            say(language, "Adres", "Address"),
            escape(&address),
            say(language, "Gemaakt op", "Made on"),
            escape(&day_text(self.day, language)),
            say(language, "versie van de gegevens", "version of the data"),
            escape(self.version),
        );
        out
    }

    /// That the country is invented.
    pub fn fictional(&self) -> &'static str {
        say(
            self.language,
            "Fictieve gegevens: dit land bestaat niet.",
            "Fictional data: this country does not exist.",
        )
    }
}

/// A table with a caption and a row of heads; cells are HTML. The first cell of a row is its head.
/// Columns that hold numbers are aligned to the right.
pub(super) struct Table {
    caption: String,
    heads: Vec<String>,
    numeric: Vec<bool>,
    rows: String,
    is_compact: bool,
}

impl Table {
    /// A table without rows. `heads` are texts, with whether their column holds numbers.
    pub fn new<S: AsRef<str>>(caption: &str, heads: &[(S, bool)]) -> Self {
        Self {
            caption: escape(caption),
            heads: heads.iter().map(|(head, _)| escape(head.as_ref())).collect(),
            numeric: heads.iter().map(|(_, numeric)| *numeric).collect(),
            rows: String::new(),
            is_compact: false,
        }
    }

    /// The same, in small print: the table beside a chart.
    pub fn compact(mut self) -> Self {
        self.is_compact = true;
        self
    }

    /// One more row, of cells in HTML; `class` marks the row.
    pub fn row<S: Display>(&mut self, class: &str, cells: &[S]) {
        let mark = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        let _ = write!(self.rows, "<tr{mark}>");
        for (at, cell) in cells.iter().enumerate() {
            let numeric = if self.numeric.get(at).copied().unwrap_or_default() {
                " class=\"getal\""
            } else {
                ""
            };
            let _ = if at == 0 {
                write!(self.rows, "<th scope=\"row\">{cell}</th>")
            } else {
                write!(self.rows, "<td{numeric}>{cell}</td>")
            };
        }
        self.rows.push_str("</tr>\n");
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table, in a frame that scrolls where the page is narrow.
    pub fn html(&self) -> String {
        let mut heads = String::new();
        for (head, numeric) in self.heads.iter().zip(&self.numeric) {
            let class = if *numeric { " class=\"getal\"" } else { "" };
            let _ = write!(heads, "<th scope=\"col\"{class}>{head}</th>");
        }
        let class = if self.is_compact { " klein" } else { "" };
        format!(
            "<div class=\"schuif{class}\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">\n<table>\n\
             <caption>{0}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{1}</tbody>\n</table>\n</div>\n",
            self.caption, self.rows,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_end_what_they_stand_in() {
        assert_eq!(escape("<a href='x' \"&"), "&lt;a href=&#39;x&#39; &quot;&amp;");
        let mut table = Table::new("a\"<b>", &[("<i>", false), ("2", true)]);
        table.row("", &[escape("<x>"), "1".to_owned()]);
        let html = table.html();
        assert!(!html.contains("<b>") && !html.contains("<i>") && !html.contains("<x>"), "{html}");
    }
}
