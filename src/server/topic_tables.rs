//! The tables of studies of several topics at once.

use std::fmt::Write;

use crate::study::{MixtureStudy, StackingStudy};

use super::{
    html::{Table, escape, text},
    study_tables::{Part, ROWS},
};

impl Part<'_> {
    pub(super) fn mixture(&self, study: &MixtureStudy) -> String {
        let mut heads = vec![(self.say("Jaar", "Year").to_owned(), false)];
        let last = study.years.last();
        let groups = last.map(|one| one.groups.as_slice()).unwrap_or_default();
        heads.extend(groups.iter().map(|group| (group.name.get(self.language).to_owned(), true)));
        heads.extend([
            (self.say("Gescheiden (H)", "Segregated (H)").to_owned(), true),
            ("D".to_owned(), true),
            (self.say("Blootstelling", "Exposure").to_owned(), true),
            (self.say("Gebieden", "Areas").to_owned(), true),
        ]);
        let mut table = Table::new(self.say("Menging per jaar", "Mixture by year"), &heads);
        for one in study.years.iter().rev() {
            let mut cells = vec![one.year.to_string()];
            cells.extend(one.groups.iter().map(|group| self.percent(group.share)));
            cells.extend(
                [one.entropy, one.dissimilarity, one.exposure].map(|index| self.number(index, 3)),
            );
            cells.push(one.units.to_string());
            table.row("", &cells);
        }
        let mut out = table.html();
        let mut heads = vec![
            (self.say("Gebied", "Area").to_owned(), false),
            (self.say("Gemeente", "Gemeente").to_owned(), false),
        ];
        heads.extend(groups.iter().map(|group| (group.name.get(self.language).to_owned(), true)));
        heads.push((self.say("Menging", "Mixture").to_owned(), true));
        let mut both =
            |caption: &str, areas: &mut dyn Iterator<Item = &crate::study::MixedArea>| {
                let mut table = Table::new(caption, &heads);
                for one in areas.take(ROWS / 2) {
                    let mut cells = vec![
                        self.area(&one.code, &one.name),
                        escape(one.gemeente.as_deref().unwrap_or_default()),
                    ];
                    cells.extend(one.shares.iter().map(|share| self.percent(*share)));
                    cells.push(self.number(one.mixture, 2));
                    table.row("", &cells);
                }
                if !table.is_empty() {
                    out.push_str(&table.html());
                }
            };
        both(self.say("Minst gemengd", "Least mixed"), &mut study.areas.iter());
        if study.areas.len() > ROWS / 2 {
            both(self.say("Meest gemengd", "Most mixed"), &mut study.areas.iter().rev());
        }
        out
    }

    pub(super) fn stacking(&self, study: &StackingStudy) -> String {
        let heads = [
            (self.say("Onderwerp", "Topic"), false),
            (self.say("Jaar", "Year"), true),
            (self.say("Ongunstig vanaf", "Unfavourable from"), true),
            (self.say("Ongunstig in", "Unfavourable in"), true),
            (self.say("Bekend in", "Known in"), true),
        ];
        let mut table = Table::new(self.say("De onderwerpen", "The topics"), &heads);
        for one in &study.topics {
            let limit = one.limit.zip(self.scope.atlas.indicator(&one.indicator));
            let limit = limit.map_or_else(String::new, |(limit, indicator)| {
                let figure = crate::layer::quantity(limit, indicator, self.language);
                let word = if one.bad == "laag" {
                    self.say("hoogstens", "at most")
                } else {
                    self.say("ten minste", "at least")
                };
                format!("{word} {}", escape(&figure))
            });
            table.row(
                "",
                &[
                    text(&one.name, self.language),
                    one.year.to_string(),
                    limit,
                    self.number(one.unfavourable as f64, 0),
                    self.number(one.known as f64, 0),
                ],
            );
        }
        let mut out = table.html();
        let heads = [
            (self.say("Ongunstig", "Unfavourable"), false),
            (self.say("Gebieden", "Areas"), true),
            (self.say("Inwoners", "Residents"), true),
        ];
        let mut table =
            Table::new(self.say("Hoeveel tegelijk", "How many at once"), &heads).compact();
        for one in &study.counts {
            let lived = one.residents.map_or_else(String::new, |all| self.number(all as f64, 0));
            table.row("", &[one.count.to_string(), self.number(one.areas as f64, 0), lived]);
        }
        out.push_str(&table.html());
        out.push_str(&self.correlations(study));
        let heads = [
            (self.say("Gebied", "Area"), false),
            (self.say("Gemeente", "Gemeente"), false),
            (self.say("Hoeveel", "How many"), true),
            (self.say("Wat", "What"), false),
        ];
        let mut table =
            Table::new(self.say("Waar het meest samenkomt", "Where most comes together"), &heads);
        let name = |id: &str| {
            let found = study.topics.iter().find(|one| one.indicator == id);
            found.map_or_else(String::new, |one| text(&one.name, self.language))
        };
        for one in study.areas.iter().take(ROWS * 2) {
            let named: Vec<_> = one.topics.iter().map(|id| name(id)).collect();
            table.row(
                "",
                &[
                    self.area(&one.code, &one.name),
                    escape(one.gemeente.as_deref().unwrap_or_default()),
                    format!("{} {} {}", one.count, self.say("van", "of"), one.known),
                    named.join("; "),
                ],
            );
        }
        if !table.is_empty() {
            out.push_str(&table.html());
            out.push_str(&self.more_than(ROWS * 2, study.areas.len()));
        }
        out
    }

    fn correlations(&self, study: &StackingStudy) -> String {
        let mut heads = vec![(String::new(), false)];
        heads.extend((1..=study.topics.len()).map(|at| (at.to_string(), true)));
        let caption = self.say(
            "Wat samengaat: r van elke twee, over het land",
            "What goes together: r of every two, over the country",
        );
        let mut table = Table::new(caption, &heads);
        for (at, one) in study.topics.iter().enumerate() {
            let mut cells = vec![format!("{}. {}", at + 1, text(&one.name, self.language))];
            for (other, r) in one.correlations.iter().enumerate() {
                let r = r.filter(|_| other < at);
                cells.push(r.map_or_else(String::new, |r| self.number(r, 2)));
            }
            table.row("", &cells);
        }
        let mut out = table.html();
        let _ = writeln!(
            out,
            "<p class=\"noot\">{}</p>",
            self.say(
                "Wat sterk samengaat telt deels hetzelfde. Het zegt niet waarom.",
                "What goes together strongly counts the same in part. It does not say why.",
            )
        );
        out
    }
}
