//! What came out of a study, and how it was made, as parts of a page.

use std::fmt::Write;

use crate::{indicator::Language, layer::format_number, study::Scope};

use super::{
    html::{escape, say, text},
    study_chart::chart,
    study_outcome::Outcome,
    study_tables::tables,
};

/// The sentences and a chart beside a map, and below them the tables that say the same in numbers.
pub(super) fn outcome(
    scope: &Scope<'_>,
    found: &Outcome,
    picture: &str,
    language: Language,
) -> String {
    let mut out = String::from("<div class=\"antwoord\">\n<section>\n");
    for (at, sentence) in found.sentences().iter().enumerate() {
        let class = if at == 0 { " class=\"inleiding\"" } else { "" };
        let _ = writeln!(out, "<p{class}>{}</p>", text(sentence, language));
    }
    out.push_str(&chart(scope, found, language));
    let _ = writeln!(out, "</section>\n{picture}</div>\n<section class=\"uitkomst\">");
    out.push_str(&tables(scope, found, language));
    out.push_str("</section>\n");
    out
}

/// How the outcome was made, and how to cite it.
pub(super) fn account(found: &Outcome, data: &str, language: Language) -> String {
    let account = found.account();
    let words = |nl: &'static str, en: &'static str| say(language, nl, en);
    let count = |number: usize| format_number(number as f64, 0, language);
    let mut out = format!(
        "<section class=\"verantwoording\">\n<h2>{}</h2>\n<p>{}</p>\n<ul>\n",
        words("Hoe dit is berekend", "How this was computed"),
        text(&account.formula, language),
    );
    let left = &account.left_out;
    let mut taking =
        format!("{} {}", count(account.units), words("gebieden deden mee", "areas took part"));
    if left.areas > 0 {
        let _ = write!(
            taking,
            "; {} {}",
            count(left.areas),
            words("hadden geen cijfer en deden niet mee", "had no figure and did not")
        );
        if let Some(residents) = left.residents {
            let _ = write!(
                taking,
                " ({} {})",
                format_number(residents as f64, 0, language),
                words("inwoners", "residents")
            );
        }
    }
    let _ = writeln!(out, "<li>{}.</li>", escape(&taking));
    for remark in &account.remarks {
        let _ = writeln!(out, "<li>{}</li>", text(remark, language));
    }
    if let Some(permutations) = account.permutations {
        let _ = writeln!(
            out,
            "<li>{} {}, {} {}.</li>",
            words("Loting: ten hoogste", "By lot: at most"),
            format_number(f64::from(permutations), 0, language),
            words("volgordes, zaad", "orders, seed"),
            account.seed.unwrap_or_default(),
        );
    }
    if !account.papers.is_empty() {
        let _ = writeln!(
            out,
            "<li>{}: {}.</li>",
            words("Literatuur", "References"),
            escape(&account.papers.join("; "))
        );
    }
    let _ = writeln!(
        out,
        "</ul>\n<p class=\"noot\">{} <cite>{}</cite></p>\n<p class=\"noot\"><a href=\"{}\">{}</a> · <a href=\"/methoden\">{}</a></p>\n</section>",
        words("Citeer als:", "Cite as:"),
        text(&account.citation, language),
        escape(data),
        words("Alles als JSON", "All of it as JSON"),
        words("Hoe wij rekenen", "How we calculate"),
    );
    out
}
