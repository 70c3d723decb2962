//! The tables of a study.

use std::fmt::Write;

use crate::{
    area::AreaCode,
    indicator::Language,
    layer::{format_number, quantity},
    study::{
        ConcentrationStudy, GapStudy, LikenessStudy, Scope, SegregationOfGemeenten,
        SegregationStudy,
    },
};

use super::{
    html::{Table, escape, say, text},
    study_outcome::Outcome,
};

/// So many rows are shown; the rest is in the data.
pub(super) const ROWS: usize = 25;

/// The tables that say the same as the sentences, in numbers.
pub(super) fn tables(scope: &Scope<'_>, found: &Outcome, language: Language) -> String {
    let part = Part { scope, language };
    match found {
        Outcome::Segregation(study) => part.segregation(study),
        Outcome::Gemeenten(study) => part.gemeenten(study),
        Outcome::Concentration(study) => part.concentration(study),
        Outcome::Mixture(study) => part.mixture(study),
        Outcome::Stacking(study) => part.stacking(study),
        Outcome::Likeness(study) => part.likeness(study),
        Outcome::Gap(study) => part.gap(study),
        Outcome::Change(study) => part.change(study),
        Outcome::Course(study) => part.course(study),
        Outcome::BeforeAfter(study) => part.before_after(study),
    }
}

/// What tables of a study are made with.
pub(super) struct Part<'a> {
    pub scope: &'a Scope<'a>,
    pub language: Language,
}

impl Part<'_> {
    pub fn say(&self, nl: &'static str, en: &'static str) -> &'static str {
        say(self.language, nl, en)
    }

    pub fn number(&self, number: f64, decimals: u8) -> String {
        format_number(number, decimals, self.language)
    }

    pub fn percent(&self, share: f64) -> String {
        format!("{}%", self.number(share, 0))
    }

    pub fn value(&self, value: f64) -> String {
        escape(&quantity(value, self.scope.indicator, self.language))
    }

    pub fn area(&self, code: &AreaCode, name: &str) -> String {
        let english = if self.language == Language::En { "&amp;taal=en" } else { "" };
        format!(
            "<a href=\"/gebied/{code}?jaar={}{english}\">{}</a>",
            self.scope.series.key.vintage,
            escape(name)
        )
    }

    /// That a table has more rows than are shown.
    fn more(&self, all: usize) -> String {
        self.more_than(ROWS, all)
    }

    /// The same of a table of `most` rows.
    pub fn more_than(&self, most: usize, all: usize) -> String {
        if all <= most {
            return String::new();
        }
        let (shown, of) = (self.say("Getoond:", "Shown:"), self.say("van", "of"));
        format!("<p class=\"noot\">{shown} {most} {of} {all}.</p>\n")
    }

    fn segregation(&self, study: &SegregationStudy) -> String {
        let heads = [
            (self.say("Jaar", "Year"), false),
            (self.say("Aandeel", "Share"), true),
            (self.say("Zou moeten verhuizen (D)", "Would have to move (D)"), true),
            (self.say("Marge", "Margin"), true),
            (self.say("Door toeval alleen", "By chance alone"), true),
            (self.say("Aandeel in eigen gebied", "Share in own area"), true),
            (self.say("Aandeel bij anderen", "Share among others"), true),
            (self.say("Gebieden", "Areas"), true),
        ];
        let mut table = Table::new(self.say("Verdeling per jaar", "Division by year"), &heads);
        for one in study.years.iter().rev() {
            let margin = one.margin.as_ref().map_or_else(String::new, |of| {
                let (low, high) = (self.number(of.low, 1), self.number(of.high, 1));
                if low == high { format!("{low}%") } else { format!("{low}–{high}%") }
            });
            table.row(
                "",
                &[
                    one.year.to_string(),
                    self.percent(one.share),
                    format!("{}%", self.number(one.dissimilarity, 1)),
                    margin,
                    format!("{}%", self.number(one.by_chance, 1)),
                    self.percent(one.isolation),
                    self.percent(one.among_others),
                    one.inhabited.to_string(),
                ],
            );
        }
        let mut out = table.html();
        if let Some(last) = study.years.last().filter(|last| !last.surroundings.is_empty()) {
            let heads = [(self.say("Omgeving", "Surroundings"), false), ("H", true)];
            let mut table = Table::new(
                self.say(
                    "Grote delen of kleine plekken? Segregatie van omgevingen",
                    "Large parts or small spots? Segregation of surroundings",
                ),
                &heads,
            )
            .compact();
            for one in &last.surroundings {
                table
                    .row("", &[format!("{} m", self.number(one.radius, 0)), self.number(one.h, 3)]);
            }
            out.push_str(&table.html());
            let _ = writeln!(out, "<p class=\"noot\">{}</p>", self.say(
                "Daalt het getal snel met de afstand, dan zijn het kleine plekken; blijft het hoog, dan grote delen van de plaats.",
                "Where the number falls quickly with distance it is small spots; where it stays high, large parts of the place.",
            ));
        }
        out
    }

    fn gemeenten(&self, study: &SegregationOfGemeenten) -> String {
        let heads = [
            (self.say("Gemeente", "Gemeente"), false),
            (self.say("Zou moeten verhuizen (D)", "Would have to move (D)"), true),
            (self.say("Aandeel", "Share"), true),
            (self.say("Aandeel in eigen gebied", "Share in own area"), true),
            (self.say("Gebieden", "Areas"), true),
        ];
        let mut table = Table::new(
            self.say("Ongelijkst verdeelde gemeenten", "Most unevenly divided gemeenten"),
            &heads,
        );
        let english = if self.language == Language::En { "&amp;taal=en" } else { "" };
        let key = self.scope.series.key;
        for one in study.gemeenten.iter().filter(|one| !one.is_small).take(ROWS) {
            let link = format!(
                "<a href=\"/analyse/segregatie?indicator={}&amp;niveau={}&amp;jaar={}&amp;binnen={}{english}\">{}</a>",
                self.scope.indicator.id,
                key.level,
                key.year,
                one.code,
                escape(&one.name)
            );
            table.row(
                "",
                &[
                    link,
                    format!("{}%", self.number(one.dissimilarity, 1)),
                    self.percent(one.share),
                    self.percent(one.isolation),
                    one.units.to_string(),
                ],
            );
        }
        table.html() + &self.more(study.gemeenten.len())
    }

    fn concentration(&self, study: &ConcentrationStudy) -> String {
        let heads = [
            (self.say("Gebied", "Area"), false),
            (self.say("Keer het land", "Times the country"), true),
            (self.say("Aandeel", "Share"), true),
            (self.say("Aantal", "Number"), true),
            (self.say("Van", "Of"), true),
        ];
        let mut table = Table::new(
            self.say("Waar het aandeel het hoogst is", "Where the share is highest"),
            &heads,
        );
        for one in study.areas.iter().filter(|one| one.quotient.is_some()).take(ROWS) {
            let mut quotient = self.number(one.quotient.unwrap_or_default(), 1);
            if let Some(margin) = &one.margin {
                let _ = write!(
                    quotient,
                    " ({}–{})",
                    self.number(margin.low, 1),
                    self.number(margin.high, 1)
                );
            }
            table.row(
                "",
                &[
                    self.area(&one.code, &one.name),
                    quotient,
                    self.percent(one.share),
                    self.number(one.group, 0),
                    self.number(one.total, 0),
                ],
            );
        }
        table.html() + &self.more(study.areas.len())
    }

    fn likeness(&self, study: &LikenessStudy) -> String {
        let heads = [
            (self.say("Patroon", "Pattern"), false),
            (self.say("Gebieden", "Areas"), true),
            (self.say("Zonder correctie", "Uncorrected"), true),
        ];
        let mut table =
            Table::new(self.say("Gebieden en hun buren", "Areas and their neighbours"), &heads)
                .compact();
        for one in study.clusters.iter().filter(|one| one.areas + one.uncorrected > 0) {
            table.row(
                "",
                &[
                    text(&one.name, self.language),
                    one.areas.to_string(),
                    one.uncorrected.to_string(),
                ],
            );
        }
        let mut out = table.html();
        out.push_str(&self.other_measures(study));
        let heads = [
            (self.say("Gebied", "Area"), false),
            (self.say("Patroon", "Pattern"), false),
            (self.say("Waarde", "Value"), true),
            ("p", true),
        ];
        let mut table =
            Table::new(self.say("Gebieden in een patroon", "Areas in a pattern"), &heads);
        let name = |code: &str| {
            let found = study.clusters.iter().find(|one| one.cluster == code);
            found.map_or_else(String::new, |one| {
                let whole = one.name.get(self.language);
                escape(whole.rsplit_once(": ").map_or(whole, |(_, kind)| kind))
            })
        };
        let mut areas: Vec<_> = study.areas.iter().collect();
        areas.sort_by(|a, b| a.cluster.cmp(b.cluster).then(a.p.total_cmp(&b.p)));
        for one in areas.iter().take(ROWS * 2) {
            table.row(
                "",
                &[
                    self.area(&one.code, &one.name),
                    name(one.cluster),
                    self.value(one.value),
                    self.number(one.p, 4),
                ],
            );
        }
        if !table.is_empty() {
            out.push_str(&table.html());
        }
        out
    }

    /// The same question put to other measures: they need not agree.
    fn other_measures(&self, study: &LikenessStudy) -> String {
        let heads = [(self.say("Maat", "Measure"), false), (self.say("Uitkomst", "Outcome"), true)];
        let mut table =
            Table::new(self.say("Met andere maten", "By other measures"), &heads).compact();
        let of = &study.others;
        let p = of.geary_p.map_or_else(String::new, |p| match p < 0.001 {
            true => format!(" (p &lt; {})", self.number(0.001, 3)),
            false => format!(" (p = {})", self.number(p, 3)),
        });
        table.row("", &["Geary C".to_owned(), format!("{}{p}", self.number(of.geary, 2))]);
        if let Some(z) = of.general_z {
            let name = self.say("Algemene G, standaarddeviaties", "General G, standard deviations");
            table.row("", &[name.to_owned(), self.number(z, 1)]);
        }
        let spots = [
            (
                self.say(
                    "Gebieden waar het samen hoog is (Gi*)",
                    "Areas where it is high together (Gi*)",
                ),
                of.hot,
            ),
            (
                self.say(
                    "Gebieden waar het samen laag is (Gi*)",
                    "Areas where it is low together (Gi*)",
                ),
                of.cold,
            ),
        ];
        for (name, count) in spots {
            table.row("", &[name.to_owned(), self.number(count as f64, 0)]);
        }
        table.html()
    }

    fn gap(&self, study: &GapStudy) -> String {
        let heads = [
            (self.say("Jaar", "Year"), false),
            (self.say("Een tiende onder", "A tenth below"), true),
            (self.say("Helft onder", "Half below"), true),
            (self.say("Een tiende boven", "A tenth above"), true),
            (self.say("Kloof", "Gap"), true),
            (self.say("Tussen gemeenten", "Between gemeenten"), true),
            (self.say("Gebieden", "Areas"), true),
        ];
        let mut table = Table::new(self.say("Verschillen per jaar", "Differences by year"), &heads);
        for one in study.years.iter().rev() {
            let between = one.between.map_or_else(String::new, |part| self.percent(part));
            table.row(
                "",
                &[
                    one.year.to_string(),
                    self.value(one.p10),
                    self.value(one.median),
                    self.value(one.p90),
                    self.value(one.gap),
                    between,
                    one.units.to_string(),
                ],
            );
        }
        table.html()
    }
}
