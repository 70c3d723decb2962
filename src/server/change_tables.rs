//! The tables of studies of change: what fell or rose, and which course areas run.

use std::fmt::Write;

use crate::study::{ChangeStudy, CourseStudy};

use super::{
    html::{Table, escape, text},
    study_tables::{Part, ROWS},
};

impl Part<'_> {
    pub(super) fn change(&self, study: &ChangeStudy) -> String {
        let heads = [
            (self.say("Waar", "Where"), false),
            (self.say("Gedaald", "Fell"), true),
            (self.say("Gelijk", "Same"), true),
            (self.say("Gestegen", "Rose"), true),
            (self.say("Gemiddeld", "Mean"), true),
        ];
        let mut table =
            Table::new(self.say("Hier en eromheen", "Here and around it"), &heads).compact();
        let here = (self.say("hier", "here").to_owned(), &study.counts);
        let rings = study.around.iter().map(|ring| {
            let name = if ring.steps == 1 {
                self.say("buren", "neighbours")
            } else {
                self.say("buren van buren", "neighbours of neighbours")
            };
            (name.to_owned(), &ring.counts)
        });
        for (name, counts) in std::iter::once(here).chain(rings) {
            let mean = counts.mean.map_or_else(String::new, |mean| self.value(mean));
            table.row(
                "",
                &[
                    name,
                    counts.down.to_string(),
                    counts.stable.to_string(),
                    counts.up.to_string(),
                    mean,
                ],
            );
        }
        let mut out = table.html();
        let heads =
            [(self.say("Gebied", "Area"), false), (self.say("Verschil", "Difference"), true)];
        for (caption, is_down) in [
            (self.say("Meest gedaald", "Fell most"), true),
            (self.say("Meest gestegen", "Rose most"), false),
        ] {
            let mut table = Table::new(caption, &heads);
            let direction = if is_down { "gedaald" } else { "gestegen" };
            let mut areas: Vec<_> =
                study.areas.iter().filter(|one| one.direction == direction).collect();
            if !is_down {
                areas.reverse();
            }
            for one in areas.into_iter().take(ROWS / 2) {
                table.row("", &[self.area(&one.code, &one.name), self.value(one.difference)]);
            }
            if !table.is_empty() {
                out.push_str(&table.html());
            }
        }
        out
    }

    pub(super) fn course(&self, study: &CourseStudy) -> String {
        let heads = [(self.say("Verloop", "Course"), false), (self.say("Gebieden", "Areas"), true)];
        let mut table = Table::new(self.say("Vier verlopen", "Four courses"), &heads).compact();
        for one in &study.courses {
            table.row("", &[text(&one.name, self.language), one.areas.to_string()]);
        }
        let mut out = table.html();
        let heads = [
            (self.say("Gebied", "Area"), false),
            (self.say("Gemeente", "Gemeente"), false),
            (self.say("Waarom", "Why"), false),
        ];
        let mut table = Table::new(self.say("Om te volgen", "To keep an eye on"), &heads);
        for one in study.watched.iter().take(ROWS * 2) {
            let reasons: Vec<_> =
                one.reasons.iter().map(|reason| text(reason, self.language)).collect();
            table.row(
                "",
                &[
                    self.area(&one.code, &one.name),
                    escape(one.gemeente.as_deref().unwrap_or_default()),
                    reasons.join("; "),
                ],
            );
        }
        if !table.is_empty() {
            out.push_str(&table.html());
            out.push_str(&self.more_than(ROWS * 2, study.watched.len()));
        }
        let _ = writeln!(
            out,
            "<p class=\"noot\">{} {} {} {}. {}</p>",
            self.say("Zwak is een score tot en met", "Weak is a score of at most"),
            self.number(study.weak, 3),
            self.say("en een verandering telt vanaf", "and a change counts from"),
            self.number(study.band, 4),
            self.say(
                "Deze drempels zijn van ons; met zwakTot= en band= in het adres kiest u andere.",
                "These thresholds are ours; zwakTot= and band= in the address choose others."
            ),
        );
        out
    }
}
