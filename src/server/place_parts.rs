//! The parts of a page about one place, but for its score.

use std::fmt::Write;

use crate::{
    area::{AreaCode, Level},
    atlas::{Atlas, LevelCoverage},
    indicator::{Language, Text},
    layer::{day_text, figure_in_short, format_number},
    profile::{AreaProfile, TopicProfile, similar},
};

use super::{
    area_heading::AreaHeading,
    cells::{beside, bound, class_of, estimated, figure, told, uncapitalised, year_text},
    html::{Frame, Table, escape, say, text},
    place_page::sources,
    similar_areas,
    story_parts::PageStories,
};

/// What a page about one place says, part by part.
pub(super) struct Place<'a> {
    pub(super) atlas: &'a Atlas,
    pub(super) area: &'a AreaHeading,
    pub(super) profile: &'a AreaProfile,
    pub(super) coverage: &'a LevelCoverage,
    pub(super) language: Language,
    pub(super) stories: &'a PageStories,
}

impl Place<'_> {
    pub(super) fn say<'b>(&self, nl: &'b str, en: &'b str) -> &'b str {
        say(self.language, nl, en)
    }

    pub(super) fn link(&self, below: &str, code: &AreaCode, name: &str) -> String {
        let english = if self.language == Language::En { "&amp;taal=en" } else { "" };
        format!(
            "<a href=\"/gebied/{code}{below}?jaar={}{english}\">{}</a>",
            self.area.vintage,
            escape(name)
        )
    }

    pub(super) fn level(&self) -> &str {
        let [nl, en] = self.coverage.level.one();
        self.say(nl, en)
    }

    pub(super) fn head(&self, frame: &Frame<'_>) -> String {
        let mut out = String::new();
        let above: Vec<_> = [&self.area.gemeente, &self.area.wijk].into_iter().flatten().collect();
        if !above.is_empty() {
            let links: String = above
                .iter()
                .map(|one| format!("<li>{}</li>", self.link("", &one.code, &one.name)))
                .collect();
            let _ = writeln!(
                out,
                "<nav aria-label=\"{}\"><ol class=\"paden\">{links}</ol></nav>",
                self.say("Ligt in", "Lies in")
            );
        }
        let _ = writeln!(out, "<h1>{}</h1>", escape(&self.area.name));
        let mut facts = match &self.area.gemeente {
            Some(gemeente) => vec![format!(
                "{} in {} {}",
                escape(self.level()),
                self.say("gemeente", "the municipality of"),
                escape(&gemeente.name)
            )],
            None => vec![escape(self.level())],
        };
        facts.push(match self.profile.residents {
            Some(count) => format!(
                "{} {}",
                format_number(count, 0, self.language),
                self.say("inwoners", "inhabitants")
            ),
            None => {
                self.say("aantal inwoners onbekend", "number of inhabitants unknown").to_owned()
            }
        });
        facts.push(format!("{} {}", self.say("indeling", "division of"), self.area.vintage));
        facts.push(self.area.code.to_string());
        let _ = writeln!(out, "<p class=\"plaats\">{}</p>", facts.join(" · "));
        if frame.is_fictional {
            let _ =
                writeln!(out, "<p class=\"fictief\"><strong>{}</strong></p>", frame.fictional());
        }
        for why in &self.area.flag_reasons {
            let _ = writeln!(
                out,
                "<p class=\"vlag\">{} {}.</p>",
                self.say(
                    "Nauwelijks woongebied: de cijfers zeggen hier weinig over een buurt, en tellen niet mee in vergelijkingen. Waarom:",
                    "Hardly residential: figures say little about a neighbourhood here, and do not count in comparisons. Why:"
                ),
                text(&why.reason, self.language).trim_end_matches('.')
            );
        }
        if self.coverage.level == Level::Gemeente {
            let _ = writeln!(
                out,
                "<p>{}</p>",
                self.link(
                    "/rapport",
                    &self.area.code,
                    self.say(
                        "Rapport met alle wijken en buurten",
                        "Report with all districts and neighbourhoods"
                    )
                )
            );
        }
        out
    }

    /// Every other topic: a table a theme, and the years of what has several.
    pub(super) fn topics(&self, out: &mut String, told: &[String]) {
        let mut themes: Vec<(&Text, Vec<&TopicProfile>)> = Vec::new();
        for topic in self.profile.topics.iter().filter(|one| !told.contains(&one.id.to_string())) {
            match themes.iter_mut().find(|(theme, _)| *theme == &topic.topic) {
                Some((_, topics)) => topics.push(topic),
                None => themes.push((&topic.topic, vec![topic])),
            }
        }
        for (theme, topics) in themes {
            let _ = writeln!(out, "<section>\n<h2>{}</h2>", text(theme, self.language));
            self.theme(out, theme, &topics);
            let figures: String = topics.iter().filter_map(|topic| self.trend(topic)).collect();
            if !figures.is_empty() {
                let _ = writeln!(out, "<div class=\"reeksen\">\n{figures}</div>");
            }
            let _ = writeln!(
                out,
                "<p class=\"noot\">{}: {}.</p>\n</section>",
                self.say("Bron", "Source"),
                escape(&sources(&topics, self.language))
            );
        }
    }

    pub(super) fn theme(&self, out: &mut String, theme: &Text, topics: &[&TopicProfile]) {
        let gemeente = self.area.gemeente.as_ref();
        let mut heads = vec![
            (self.say("Onderwerp", "Topic").to_owned(), false),
            (self.say("Jaar", "Year").to_owned(), false),
            (self.area.name.clone(), true),
        ];
        if let Some(gemeente) = gemeente {
            heads.push((
                format!("{} {}", self.say("Gemeente", "Municipality of"), gemeente.name),
                true,
            ));
        }
        heads.push((self.country().to_owned(), true));
        heads.push((self.say("In verhouding", "In perspective").to_owned(), false));
        let caption = format!("{}: {}", theme.get(self.language), self.area.name);
        let mut table = Table::new(&caption, &heads);
        for topic in topics {
            let Some(indicator) = self.atlas.indicator(&topic.id) else { continue };
            let point = &topic.series[topic.newest];
            let own = &point.own;
            let class = own.class_name.as_ref();
            let mut cell = figure(own.value, own.reason, class, indicator, self.language);
            cell += &estimated(own, self.language);
            if let Some(interval) = own.interval.as_ref().filter(|interval| {
                // One that shows in no digit of the number would only puzzle.
                let shown = |value| format_number(value, indicator.decimals, self.language);
                shown(interval.low) != shown(interval.high)
            }) {
                let number = |value| bound(value, indicator, self.language);
                let _ = write!(
                    cell,
                    "<small>{} {} {} {}</small>",
                    self.say("afgerond:", "rounded:"),
                    number(interval.low),
                    self.say("tot", "to"),
                    number(interval.high)
                );
            }
            let mut cells =
                vec![text(&topic.name, self.language), year_text(topic, self.language), cell];
            if gemeente.is_some() {
                cells.push(beside(point.gemeente.as_ref(), indicator, self.language));
            }
            cells.push(beside(point.country.as_ref(), indicator, self.language));
            cells.push(match &topic.sentence {
                Some(sentence) => told(sentence, self.language),
                None => String::new(),
            });
            table.row("", &cells);
        }
        out.push_str(&table.html());
    }

    pub(super) fn country(&self) -> &str {
        if self.atlas.fictional {
            self.say("Het hele land", "The whole country")
        } else {
            self.say("Nederland", "Netherlands")
        }
    }

    /// The places most like it.
    pub(super) fn alike(&self, out: &mut String, ordinal: usize) {
        let like = similar(self.atlas, self.coverage, ordinal, similar_areas::MOST);
        let _ = writeln!(
            out,
            "<section class=\"heel\">\n<h2>{}</h2>",
            self.say("Het meest vergelijkbaar", "Most alike")
        );
        if let Some(reason) = &like.reason {
            let reason = text(reason, self.language);
            let _ = writeln!(
                out,
                "<p>{}: {reason}.</p>\n</section>",
                self.say("Geen antwoord", "No answer")
            );
            return;
        }
        let names: Vec<_> =
            like.traits.iter().map(|one| uncapitalised(one.name.get(self.language))).collect();
        let _ = writeln!(
            out,
            "<p>{} {}. {}</p>",
            self.say("Vergeleken op", "Compared on"),
            escape(&names.join(", ")),
            self.say(
                "De afstand is in standaardafwijkingen: 0 is gelijk, 1 is gemiddeld een standaardafwijking verschil.",
                "The distance is in standard deviations: 0 is equal, 1 is a standard deviation apart on average."
            )
        );
        let mut heads = vec![
            (self.say("Gebied", "Area").to_owned(), false),
            (self.say("Afstand", "Distance").to_owned(), true),
        ];
        heads.extend(like.traits.iter().map(|one| (one.name.get(self.language).to_owned(), true)));
        let mut table = Table::new(
            self.say("De tien meest vergelijkbare gebieden", "The ten areas most alike"),
            &heads,
        );
        let cells = |values: Vec<Option<f64>>| {
            let indicators = like.traits.iter().map(|one| self.atlas.indicator(&one.id));
            indicators
                .zip(values)
                .map(|(indicator, value)| match (indicator, value) {
                    (Some(indicator), Some(value)) => match class_of(indicator, value) {
                        Some(name) => text(name, self.language),
                        None => escape(&figure_in_short(value, indicator, self.language)),
                    },
                    _ => {
                        format!("<span class=\"reden\">{}</span>", self.say("onbekend", "unknown"))
                    }
                })
                .collect::<Vec<_>>()
        };
        let mut own = vec![escape(&self.area.name), format_number(0.0, 2, self.language)];
        own.extend(cells(like.traits.iter().map(|one| one.value).collect()));
        table.row("eigen", &own);
        for (one, area) in
            like.nearest.iter().zip(similar_areas::named(self.atlas, self.coverage, &like))
        {
            let mut name = self.link("", &area.code, &area.name);
            if let Some(gemeente) = &area.gemeente {
                let _ = write!(name, "<small>{}</small>", escape(&gemeente.name));
            }
            let mut row = vec![name, format_number(one.distance, 2, self.language)];
            row.extend(cells(one.values.clone()));
            table.row("", &row);
        }
        out.push_str(&table.html());
        for one in &like.left_out {
            let name =
                self.atlas.catalogue.get(&one.id).map(|known| text(&known.name, self.language));
            let _ = writeln!(
                out,
                "<p class=\"noot\">{} {}: {}.</p>",
                self.say("Niet gebruikt:", "Not used:"),
                name.unwrap_or_else(|| escape(&one.id)),
                text(&one.reason, self.language)
            );
        }
        out.push_str("</section>\n");
    }

    /// The areas in a wijk, to go on to.
    pub(super) fn below(&self, out: &mut String) {
        let buurten = (self.coverage.level == Level::Wijk)
            .then(|| self.atlas.coverage(self.coverage.vintage, &Level::Buurt))
            .flatten();
        let Some(buurten) = buurten else { return };
        let links: String = buurten
            .within(&self.area.code)
            .into_iter()
            .filter(|&at| !buurten.is_water(at))
            .map(|at| {
                format!("<li>{}</li>\n", self.link("", &buurten.codes()[at], buurten.name(at)))
            })
            .collect();
        if !links.is_empty() {
            let _ = writeln!(
                out,
                "<nav class=\"wijken\" aria-labelledby=\"buurten\">\n<h2 id=\"buurten\">{}</h2>\n\
                 <ul class=\"inhoud\">\n{links}</ul>\n</nav>",
                self.say("Buurten in deze wijk", "Neighbourhoods in this district")
            );
        }
    }

    /// The files that the figures come from.
    pub(super) fn files(&self, out: &mut String) {
        let heads = [
            (self.say("Bestand", "File"), false),
            (self.say("Uitgever", "Publisher"), false),
            (self.say("Licentie", "Licence"), false),
            (self.say("Ingelezen op", "Imported on"), false),
        ];
        let mut table = Table::new(self.say("Bestanden", "Files"), &heads);
        for source in &self.profile.sources {
            let from = &source.provenance;
            let delivery = if from.delivery.is_empty() {
                String::new()
            } else {
                format!(" ({})", from.delivery)
            };
            table.row(
                "",
                &[
                    format!("{}{}", escape(&from.file), escape(&delivery)),
                    escape(&from.publisher),
                    escape(&from.licence),
                    escape(&day_text(&source.retrieved, self.language)),
                ],
            );
        }
        if !table.is_empty() {
            let title = self.say("Waar de cijfers vandaan komen", "Where the figures come from");
            let made = self.say(
                "Cijfers van het hele land zijn hier opgeteld, of gemiddeld naar inwoners of huishoudens. Klassen hebben geen gemiddelde, en jaren zonder inwoners in de atlas ook niet. Wat elk cijfer dekt, staat in het profiel als JSON.",
                "Figures of the whole country are added up here, or averaged by inhabitants or households. Classes have no mean, nor have years without inhabitants in the atlas. What each figure covers stands in the profile as JSON.",
            );
            let _ = writeln!(
                out,
                "<section>\n<h2>{title}</h2>\n<p>{made}</p>\n{}<p class=\"noot\"><a href=\"/v1/gebieden/{}/profiel?jaar={}\">{}</a></p>\n</section>",
                table.html(),
                self.area.code,
                self.area.vintage,
                self.say("Dit profiel als JSON", "This profile as JSON")
            );
        }
    }
}
