//! The first sheet of a report: the gemeente as a whole.

use std::fmt::Write;

use crate::{
    area::{AreaCode, Level},
    indicator::Language,
    layer::format_number,
    profile::{TopicProfile, selection_totals},
};

use super::{
    cells::{beside, figure, told, trend_figure},
    html::{Table, escape, text},
    report::{Report, SCORE},
};

impl Report<'_> {
    /// The sheet, from what was found of its topics.
    pub(super) fn summary(&self, topics: &[TopicProfile]) -> String {
        let code = &self.wanted.code;
        let mut out = format!("<section class=\"samenvatting\">\n<h1>{}</h1>\n", escape(self.name));
        let count = |level: &Level| self.within(level, code).map_or(0, |(_, areas)| areas.len());
        let number = |count: usize| format_number(count as f64, 0, self.language);
        let _ = writeln!(
            out,
            "<p class=\"plaats\">{} · {} {} · {} {} · {} {} · {code}</p>",
            self.say("gemeente", "municipality"),
            number(count(&Level::Wijk)),
            self.say("wijken", "districts"),
            number(count(&Level::Buurt)),
            self.say("buurten", "neighbourhoods"),
            self.say("indeling", "division of"),
            self.wanted.vintage,
        );
        if self.frame.is_fictional {
            let _ = writeln!(
                out,
                "<p class=\"fictief\"><strong>{}</strong></p>",
                self.frame.fictional()
            );
        }
        let _ = writeln!(
            out,
            "<p class=\"paden\"><a href=\"/gebied/{code}?jaar={}\">{}</a></p>",
            self.wanted.vintage,
            self.say("Alle onderwerpen van de gemeente", "All topics of the municipality")
        );
        let score = topics.iter().find(|topic| topic.id == SCORE);
        if let Some(score) = score {
            let year = score.series[score.newest].own.year;
            let _ = writeln!(out, "<h2>{} {year}</h2>", text(&score.name, self.language));
            out.push_str("<div class=\"naast\">\n");
            self.picture(&mut out, score);
            out.push_str("<div>\n");
            self.classes(&mut out, score);
            if let Some(figure) = trend_figure(
                self.atlas,
                score,
                self.name,
                self.say("gemeente", "municipality"),
                None,
                &self.stories.marks(),
                self.language,
            ) {
                out.push_str(&figure);
            }
            if let Some(note) = &score.note {
                let _ = writeln!(out, "<p class=\"noot\">{}</p>", text(note, self.language));
            }
            out.push_str("</div>\n</div>\n");
        }
        self.figures(&mut out, topics);
        out.push_str(&self.stories.section(self.language));
        self.contents(&mut out, code);
        out.push_str("</section>\n");
        out
    }

    /// The map of the gemeente's buurten, by the server's own picture.
    fn picture(&self, out: &mut String, score: &TopicProfile) {
        let year = score.series[score.newest].own.year;
        let level = [Level::Buurt, Level::Wijk].into_iter().find(|level| {
            self.within(level, &self.wanted.code).is_some_and(|(coverage, areas)| {
                self.series(SCORE, coverage).is_some_and(|(_, series)| {
                    series.key.year.get() == year
                        && areas.iter().any(|&at| series.column.get(at).number().is_some())
                })
            })
        });
        let Some(level) = level else { return };
        let english = if self.language == Language::En { "&amp;taal=en" } else { "" };
        let caption = format!(
            "{} {year}, {}",
            score.name.get(self.language),
            match level {
                Level::Buurt => self.say("per buurt", "by neighbourhood"),
                _ => self.say("per wijk", "by district"),
            }
        );
        let _ = writeln!(
            out,
            "<figure class=\"kaart\"><img src=\"/v1/lagen/{level}.svg?indicator={SCORE}&amp;jaar={year}&amp;binnen={}&amp;breedte=640&amp;hoogte=620{english}\" \
             width=\"640\" height=\"620\" alt=\"{}\"><figcaption>{}. {}</figcaption></figure>",
            self.wanted.code,
            escape(&format!("{} {}: {caption}", self.say("Kaart van", "Map of"), self.name)),
            escape(&caption),
            self.say(
                "De cijfers staan per wijk in de tabellen hierna.",
                "The figures stand by district in the tables that follow."
            )
        );
    }

    /// How many buurten and residents are in each class of the score.
    fn classes(&self, out: &mut String, score: &TopicProfile) {
        let Some(indicator) = self.atlas.indicator(&score.id) else { return };
        let Some(coverage) = self.level(&Level::Buurt) else { return };
        let Some((_, series)) = self.series(SCORE, coverage) else { return };
        let codes = std::slice::from_ref(&self.wanted.code);
        let inside = selection_totals(self.atlas, indicator, &series, codes).inside;
        let year = series.key.year;
        let heads = [
            (self.say("Klasse", "Class"), false),
            (self.say("Buurten", "Neighbourhoods"), true),
            (self.say("Inwoners", "Inhabitants"), true),
        ];
        let caption = format!(
            "{} {year}: {}",
            score.name.get(self.language),
            self.say("buurten en inwoners per klasse", "neighbourhoods and inhabitants by class")
        );
        let mut table = Table::new(&caption, &heads).compact();
        let number = |count: f64| format_number(count, 0, self.language);
        let unknown = self.say("onbekend", "unknown");
        for class in &inside.classes {
            let lived =
                class.residents.map_or_else(|| unknown.to_owned(), |count| number(count as f64));
            table.row("", &[text(&class.name, self.language), number(class.areas.into()), lived]);
        }
        for (reason, areas) in &inside.reasons {
            let name = text(&reason.text(), self.language);
            table.row(
                "",
                &[
                    format!("<span class=\"reden\">{name}</span>"),
                    number(f64::from(*areas)),
                    String::new(),
                ],
            );
        }
        if !table.is_empty() {
            out.push_str(&table.html());
        }
    }

    fn figures(&self, out: &mut String, topics: &[TopicProfile]) {
        let country = if self.atlas.fictional {
            self.say("Het hele land", "The whole country")
        } else {
            self.say("Nederland", "Netherlands")
        };
        let heads = [
            (self.say("Onderwerp", "Topic"), false),
            (self.say("Jaar", "Year"), false),
            (self.name, true),
            (country, true),
            (self.say("In verhouding", "In perspective"), false),
        ];
        let caption = format!("{} {}", self.say("Kerncijfers van", "Key figures of"), self.name);
        let mut table = Table::new(&caption, &heads);
        for topic in topics {
            let Some(indicator) = self.atlas.indicator(&topic.id) else { continue };
            let point = &topic.series[topic.newest];
            let own = &point.own;
            let mut cell = figure(own.value, own.reason, None, indicator, self.language);
            if let Some(class) = &own.class_name {
                let _ = write!(cell, "<small>{}</small>", text(class, self.language));
            }
            let sentence = topic.sentence.as_ref().map(|one| told(one, self.language));
            table.row(
                "",
                &[
                    text(&topic.name, self.language),
                    own.year.to_string(),
                    cell,
                    beside(point.country.as_ref(), indicator, self.language),
                    sentence.unwrap_or_default(),
                ],
            );
        }
        let _ = writeln!(
            out,
            "<section class=\"heel\">\n<h2>{}</h2>\n{}",
            self.say("Kerncijfers", "Key figures"),
            table.html()
        );
        let _ = writeln!(
            out,
            "<p class=\"noot\">{}</p>\n</section>",
            self.say(
                "Cijfers van het hele land zijn opgeteld uit de gemeenten, of gemiddeld over de gemeenten naar inwoners of huishoudens.",
                "Figures of the whole country are added up from the municipalities, or averaged over them by inhabitants or households."
            )
        );
    }

    fn contents(&self, out: &mut String, code: &AreaCode) {
        let Some((coverage, wijken)) = self.within(&Level::Wijk, code) else { return };
        let _ = writeln!(
            out,
            "<nav class=\"wijken\" aria-labelledby=\"wijken\">\n<h2 id=\"wijken\">{}</h2>\n<ul class=\"inhoud\">",
            self.say("Wijken", "Districts")
        );
        for at in wijken {
            let _ = writeln!(
                out,
                "<li><a href=\"#{}\">{}</a></li>",
                coverage.codes()[at],
                escape(coverage.name(at))
            );
        }
        out.push_str("</ul>\n</nav>\n");
    }
}
