//! `/gebied/{code}/rapport`: a gemeente on paper: a summary, then a sheet for each wijk with its buurten.

use std::fmt::Write;

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};

use crate::{
    area::{AreaCode, Level},
    atlas::{Atlas, Available, LevelCoverage},
    indicator::{Indicator, Kind, Language},
    layer::{self, format_number},
    profile::{TopicProfile, quantity, selection_totals, topic_profile},
};

use super::{
    App,
    areas::found,
    asked::Asked,
    cells::{beside, figure, short_figure, told, trend_figure},
    config::DEFAULT_INDICATOR,
    html::{Frame, Table, escape, say, text},
    place_page::{AskedPlace, asked_place, frame, page_answer, sources},
    problem::{InputError, Problem},
};

/// What the summary tells, as far as the atlas has it.
const SUMMARY: [&str; 13] = [
    "leefbaarheid",
    "inwoners",
    "bevolkingsdichtheid",
    "aandeel-0-15",
    "aandeel-65-plus",
    "huishoudensgrootte",
    "woningwaarde",
    "koopwoningen",
    "corporatiewoningen",
    "inkomen-per-inwoner",
    "laag-inkomen",
    "bijstand-per-1000",
    "misdrijven",
];

/// What a sheet tells of each buurt, beside the score and its class.
const COLUMNS: [&str; 6] = [
    "inwoners",
    "woningwaarde",
    "koopwoningen",
    "aandeel-65-plus",
    "laag-inkomen",
    "bijstand-per-1000",
];

/// The score that the report is about.
const SCORE: &str = DEFAULT_INDICATOR;

/// `GET /gebied/{code}/rapport`.
pub async fn report(
    State(app): State<App>,
    Path(code): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let wanted = asked_place(&app, &code, raw.as_deref())?;
    let (coverage, _) = found(&app.atlas, &wanted.code, Some(wanted.vintage))?;
    if coverage.level != Level::Gemeente {
        let detail =
            "een rapport is er van een gemeente; van een wijk of buurt is er /gebied/{code}";
        return Err(Problem::unknown(InputError::path("code", "onmogelijk", detail)));
    }
    app.keep(&asked, wanted.key("rapport"), move |app| {
        let (coverage, ordinal) = found(&app.atlas, &wanted.code, Some(wanted.vintage))?;
        Ok(page_answer(render(app, coverage, ordinal, &wanted)))
    })
    .await
}

fn render(app: &App, coverage: &LevelCoverage, ordinal: usize, wanted: &AskedPlace) -> String {
    let (atlas, language) = (&*app.atlas, wanted.language);
    let name = coverage.name(ordinal);
    let summary: Vec<_> =
        SUMMARY.iter().filter_map(|id| topic_profile(atlas, coverage, ordinal, id)).collect();
    let told: Vec<&TopicProfile> = summary.iter().collect();
    let sources = sources(&told, language);
    let title =
        format!("{}: {name}", say(language, "Wijken en buurten", "Districts and neighbourhoods"));
    let address = wanted.address("/rapport");
    let frame = frame(app, wanted, &title, &address, &sources);
    let report = Report { atlas, wanted, name, language, frame: &frame };
    let mut body = report.summary(&summary);
    report.sheets(&mut body);
    frame.page(&body)
}

/// A report, part by part.
struct Report<'a> {
    atlas: &'a Atlas,
    wanted: &'a AskedPlace,
    name: &'a str,
    language: Language,
    frame: &'a Frame<'a>,
}

impl<'a> Report<'a> {
    fn say<'b>(&self, nl: &'b str, en: &'b str) -> &'b str {
        say(self.language, nl, en)
    }

    fn level(&self, level: &Level) -> Option<&'a LevelCoverage> {
        self.atlas.coverage(self.wanted.vintage, level)
    }

    /// The areas of a level in the gemeente, by name; water is left out.
    fn within(&self, level: &Level, code: &AreaCode) -> Option<(&'a LevelCoverage, Vec<usize>)> {
        let coverage = self.level(level)?;
        let mut areas = coverage.within(code);
        areas.retain(|&at| !coverage.is_water(at));
        areas.sort_by(|&a, &b| {
            coverage
                .name(a)
                .cmp(coverage.name(b))
                .then(coverage.codes()[a].cmp(&coverage.codes()[b]))
        });
        Some((coverage, areas)).filter(|(_, areas)| !areas.is_empty())
    }

    fn link(&self, code: &AreaCode, name: &str) -> String {
        let english = if self.language == Language::En { "&amp;taal=en" } else { "" };
        let year = self.wanted.vintage;
        format!("<a href=\"/gebied/{code}?jaar={year}{english}\">{}</a>", escape(name))
    }

    fn summary(&self, topics: &[TopicProfile]) -> String {
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

    /// A sheet for each wijk; where the division has none, one for the gemeente.
    fn sheets(&self, out: &mut String) {
        let code = &self.wanted.code;
        match self.within(&Level::Wijk, code) {
            Some((coverage, wijken)) => {
                for at in wijken {
                    self.sheet(out, coverage, at);
                }
            }
            None => {
                let Some(coverage) = self.level(&Level::Gemeente) else { return };
                if let Some(at) = coverage.ordinal(code) {
                    self.sheet(out, coverage, at);
                }
            }
        }
    }

    fn sheet(&self, out: &mut String, coverage: &LevelCoverage, ordinal: usize) {
        let code = &coverage.codes()[ordinal];
        let name = coverage.name(ordinal);
        let _ = writeln!(
            out,
            "<section class=\"blad\" id=\"{code}\" aria-labelledby=\"naam-{code}\">\n\
             <h2 id=\"naam-{code}\">{} <small class=\"stil\">{}</small></h2>",
            escape(name),
            escape(self.name)
        );
        let residents = self.series("inwoners", coverage).and_then(|(indicator, series)| {
            Some((indicator, series.column.get(ordinal).number()?))
        });
        let lived = residents
            .map(|(indicator, count)| {
                format!("{} · ", escape(&quantity(count, indicator, self.language)))
            })
            .unwrap_or_default();
        let _ = writeln!(
            out,
            "<p class=\"plaats\">{lived}{}</p>",
            self.link(code, self.say("alle onderwerpen", "all topics"))
        );
        self.buurten(out, coverage, ordinal);
        if coverage.level == Level::Wijk
            && let Some(topic) = topic_profile(self.atlas, coverage, ordinal, SCORE)
            && let Some(figure) =
                trend_figure(self.atlas, &topic, name, "wijk", Some(self.name), self.language)
        {
            let _ = writeln!(out, "<div class=\"naast een\">\n{figure}</div>");
        }
        out.push_str(
            "</section>
",
        );
    }

    /// The newest series of an indicator on a level of the division that has numbers.
    fn series(
        &self,
        id: &str,
        coverage: &'a LevelCoverage,
    ) -> Option<(&'a Indicator, Available<'a>)>
    where
        Self: 'a,
    {
        let indicator = self.atlas.indicator(id)?;
        let (key, column) = self
            .atlas
            .series_on(&indicator.id, coverage.vintage, &coverage.level)
            .filter(|(key, column)| key.begin.is_none() && column.has_numbers())
            .last()?;
        Some((indicator, Available { key, column, coverage }))
    }

    /// The buurten of a wijk, with the wijk and the gemeente below them.
    fn buurten(&self, out: &mut String, above: &LevelCoverage, ordinal: usize) {
        let code = &above.codes()[ordinal];
        let Some((coverage, buurten)) = self.within(&Level::Buurt, code) else {
            let _ = writeln!(
                out,
                "<p>{}</p>",
                self.say(
                    "De atlas heeft hier geen buurten.",
                    "The atlas has no neighbourhoods here."
                )
            );
            return;
        };
        let score = self.series(SCORE, coverage);
        let columns: Vec<_> = COLUMNS.iter().filter_map(|id| self.series(id, coverage)).collect();
        let mut heads = vec![(self.say("Buurt", "Neighbourhood").to_owned(), false)];
        if let Some((indicator, series)) = &score {
            heads
                .push((format!("{} {}", indicator.name.get(self.language), series.key.year), true));
            heads.push((self.say("Klasse", "Class").to_owned(), false));
        }
        for (indicator, series) in &columns {
            let name = indicator.name.get(self.language);
            heads.push((format!("{name} {}", series.key.year), true));
        }
        let caption =
            format!("{} {}", self.say("Buurten van", "Neighbourhoods of"), above.name(ordinal));
        let mut table = Table::new(&caption, &heads);
        let all: Vec<_> = score.iter().chain(&columns).collect();
        for at in buurten {
            let mut name = self.link(&coverage.codes()[at], coverage.name(at));
            if coverage.hardly_residential(at).is_some() {
                let _ = write!(
                    name,
                    "<small>{}</small>",
                    self.say("nauwelijks woongebied", "hardly residential")
                );
            }
            table.row("", &self.cells(name, coverage, at, &all));
        }
        let mut sums = Vec::new();
        if above.level == Level::Wijk {
            sums.push((escape(above.name(ordinal)), self.level(&Level::Wijk), code.clone()));
        }
        let gemeente = self.wanted.code.clone();
        sums.push((escape(self.name), self.level(&Level::Gemeente), gemeente));
        for (name, level, code) in sums {
            let Some(level) = level else { continue };
            let Some(at) = level.ordinal(&code) else { continue };
            table.row("samen", &self.cells(name, level, at, &all));
        }
        out.push_str(&table.html());
    }

    /// A row of the same indicators and years for an area of any level.
    fn cells(
        &self,
        name: String,
        coverage: &LevelCoverage,
        at: usize,
        columns: &[&(&Indicator, Available<'_>)],
    ) -> Vec<String> {
        let mut cells = vec![name];
        for (indicator, of) in columns {
            let found = self
                .atlas
                .series_on(&indicator.id, coverage.vintage, &coverage.level)
                .find(|(key, _)| key.year == of.key.year && key.begin == of.key.begin);
            let series = found.map(|(key, column)| Available { key, column, coverage });
            let value = series.map(|series| series.column.get(at));
            cells.push(match value {
                Some(value) => {
                    short_figure(value.number(), value.reason(), indicator, self.language)
                }
                None => format!(
                    "<span class=\"reden\">{}</span>",
                    self.say("niet van dit niveau", "not of this level")
                ),
            });
            if indicator.id == SCORE && indicator.kind == Kind::Score {
                let class = series
                    .and_then(|series| layer::publisher_class(self.atlas, indicator, &series, at));
                cells.push(class.map(|(_, name)| text(&name, self.language)).unwrap_or_default());
            }
        }
        cells
    }
}
