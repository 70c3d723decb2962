//! The tables of a before and after.

use std::fmt::Write;

use crate::study::{BeforeAfterStudy, Beside, signed};

use super::{
    html::{Table, escape, text},
    study_tables::Part,
};

impl Part<'_> {
    /// The differences, the years, and the areas that it is held against.
    pub fn before_after(&self, study: &BeforeAfterStudy) -> String {
        let mut out = String::new();
        if let Some(story) = &study.story {
            let _ = writeln!(out, "<p class=\"noot\">1 = {}</p>", escape(&story.title));
        }
        out.push_str(&self.differences(study));
        out.push_str(&self.years_beside(study));
        out.push_str(&self.alike(study));
        let reading = text(&study.reading, self.language);
        let _ = writeln!(out, "<p><strong>{reading}</strong></p>");
        out
    }

    fn signed(&self, number: f64) -> String {
        escape(&signed(number, self.scope.indicator, self.language))
    }

    fn differences(&self, study: &BeforeAfterStudy) -> String {
        let heads = [
            (self.say("Wat", "What"), false),
            (self.say("Hier", "Here"), true),
            (self.say("Gemiddeld elders", "Elsewhere on average"), true),
            (self.say("Verschil", "Difference"), true),
            (self.say("Rang", "Rank"), true),
        ];
        let caption = self.say("Hier en elders", "Here and elsewhere");
        let mut table = Table::new(caption, &heads).compact();
        let mut row = |name: String, of: &Beside| {
            let rank = format!("{} {} {}", of.rank, self.say("van", "of"), of.of);
            let numbers = [of.own, of.others, of.difference].map(|number| self.signed(number));
            let [own, others, difference] = numbers;
            table.row("", &[name, own, others, difference, rank]);
        };
        if let Some(trend) = &study.trend {
            let years = trend.years.first().zip(trend.years.last());
            let years = years.map_or_else(String::new, |(from, to)| format!(" {from}–{to}"));
            row(format!("{}{years}", self.say("Trend per jaar", "Trend a year")), &trend.beside);
        }
        if let Some(change) = &study.change {
            let name = self.say("Verandering", "Change");
            row(format!("{name} {}–{}", change.before, change.after), &change.beside);
        }
        if table.is_empty() { String::new() } else { table.html() }
    }

    fn years_beside(&self, study: &BeforeAfterStudy) -> String {
        let heads = [
            (self.say("Jaar", "Year"), false),
            (self.say("Hier", "Here"), true),
            (self.say("Gemiddeld elders", "Elsewhere on average"), true),
            (self.say("Laagste", "Lowest"), true),
            (self.say("Hoogste", "Highest"), true),
            (self.say("Gebieden", "Areas"), true),
            (self.say("Opmerking", "Remark"), false),
        ];
        let mut table = Table::new(self.say("Per jaar", "By year"), &heads);
        let none = || self.say("te weinig cijfers", "too few figures").to_owned();
        for one in &study.years {
            let of = |value: Option<f64>| value.map_or_else(none, |value| self.value(value));
            let own = match (one.own, one.reason) {
                (Some(value), _) => self.value(value),
                (None, Some(reason)) => text(&reason.text(), self.language),
                (None, None) => self.say("onbekend", "unknown").to_owned(),
            };
            let mut remarks = Vec::new();
            if one.is_estimate {
                remarks.push(self.say("deels geschat", "partly estimated"));
            }
            if !one.is_comparable {
                remarks.push(self.say("betekent iets anders", "means something else"));
            }
            table.row(
                "",
                &[
                    one.year.to_string(),
                    own,
                    of(one.mean),
                    of(one.low),
                    of(one.high),
                    one.count.to_string(),
                    remarks.join(", "),
                ],
            );
        }
        table.html()
    }

    fn alike(&self, study: &BeforeAfterStudy) -> String {
        if study.areas.is_empty() {
            return String::new();
        }
        let heads = [
            (self.say("Gebied", "Area"), false),
            (self.say("Hoe ver", "How far"), true),
            (self.say("Ervoor", "Before"), true),
            (self.say("Erna", "After"), true),
            (self.say("Verschil met de andere", "Difference from the others"), true),
        ];
        let caption = self.say(
            "De gebieden die er het meest op lijken, zonder zo\u{2019}n aanpak",
            "The areas most like it, without such an approach",
        );
        let mut table = Table::new(caption, &heads);
        let none = || self.say("geen cijfer", "no figure").to_owned();
        for one in &study.areas {
            let of = |value: Option<f64>| value.map_or_else(none, |value| self.value(value));
            table.row(
                "",
                &[
                    self.area(&one.code, &one.name),
                    self.number(one.distance, 2),
                    of(one.before),
                    of(one.after),
                    one.difference.map_or_else(none, |number| self.signed(number)),
                ],
            );
        }
        table.html()
    }
}
