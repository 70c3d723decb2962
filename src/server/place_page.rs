//! `/gebied/{code}`: one place as a page that reads and prints without script.

use std::fmt::Write;

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderValue, header},
    response::Response,
};

use crate::{
    area::{AreaCode, Level, Vintage},
    atlas::{Atlas, LevelCoverage},
    indicator::{Indicator, Kind, Language, Reason, Text},
    layer::format_number,
    profile::{
        AreaProfile, BesideEntry, ScoreEntry, TopicProfile, area_profile, figure_in_short, many,
        quantity, similar, word_of_unit,
    },
};

use super::{
    App,
    answer::Answer,
    areas::{AreaHeading, found, heading, path_code, vintage},
    asked::Asked,
    chart::{self, Line},
    config::DEFAULT_INDICATOR,
    headers::PAGE_POLICY,
    html::{self, Frame, Table, escape, say, text},
    key::Key,
    parameter::{LANGUAGE, VINTAGE},
    problem::Problem,
    query::Query,
    similar_areas,
    spec::language,
};

/// What a page about a place is asked for.
pub(super) struct AskedPlace {
    pub code: AreaCode,
    pub vintage: Vintage,
    pub language: Language,
    pub day: String,
}

/// The place and the language that a page is asked for; today is part of it, since it is printed.
pub(super) fn asked_place(app: &App, code: &str, raw: Option<&str>) -> Result<AskedPlace, Problem> {
    let mut query = Query::parse(raw, &[&VINTAGE, &LANGUAGE]);
    let vintage = vintage(&app.atlas, &mut query);
    query.check()?;
    let code = path_code(code)?;
    let (coverage, _) = found(&app.atlas, &code, vintage)?;
    let day = jiff::Zoned::now().date().to_string();
    Ok(AskedPlace { code, vintage: coverage.vintage, language: language(&query), day })
}

impl AskedPlace {
    /// The key of the page.
    pub fn key(&self, page: &'static str) -> Key {
        let is_english = self.language == Language::En;
        Key::new(page).and(&self.code).and(self.vintage).and(is_english).and(&self.day)
    }

    /// The address of a page of this kind, without the language.
    pub fn address(&self, kind: &str) -> String {
        format!("/{kind}/{}?jaar={}", self.code, self.vintage)
    }
}

/// A page as an answer.
pub(super) fn page_answer(body: String) -> Answer {
    Answer::new("text/html; charset=utf-8", body.into_bytes())
        .with(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY))
}

/// `GET /stijlen/plaats.css`.
pub async fn styles(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    app.keep(&asked, Key::new("stijlen"), |_| {
        Ok(Answer::new("text/css; charset=utf-8", html::STYLES.as_bytes()))
    })
    .await
}

/// `GET /gebied/{code}`.
pub async fn place(
    State(app): State<App>,
    Path(code): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let wanted = asked_place(&app, &code, raw.as_deref())?;
    app.keep(&asked, wanted.key("plaats"), move |app| {
        let (coverage, ordinal) = found(&app.atlas, &wanted.code, Some(wanted.vintage))?;
        Ok(page_answer(render(app, coverage, ordinal, &wanted)))
    })
    .await
}

/// Publishers with their licences, each once.
pub(super) fn sources(topics: &[&TopicProfile], language: Language) -> String {
    let mut named: Vec<String> = Vec::new();
    for topic in topics {
        let one = format!("{} ({})", topic.source.get(language), topic.licence);
        if !named.contains(&one) {
            named.push(one);
        }
    }
    named.join("; ")
}

/// What the frame of a page says of the app.
pub(super) fn frame<'a>(
    app: &'a App,
    wanted: &'a AskedPlace,
    title: &'a str,
    address: &'a str,
    sources: &'a str,
) -> Frame<'a> {
    Frame {
        language: wanted.language,
        title,
        address,
        base: app.config.adres.as_deref(),
        site: app.config.titel.as_deref().unwrap_or("wijkzicht"),
        is_fictional: app.atlas.fictional,
        version: &app.atlas.version,
        day: &wanted.day,
        sources,
    }
}

fn render(app: &App, coverage: &LevelCoverage, ordinal: usize, wanted: &AskedPlace) -> String {
    let (atlas, language) = (&app.atlas, wanted.language);
    let area = heading(atlas, coverage, ordinal);
    let profile = area_profile(atlas, coverage, ordinal, &[]);
    let place = Place { atlas, area: &area, profile: &profile, coverage, language };
    let title = match &area.gemeente {
        Some(gemeente) => format!("{}, {}", area.name, gemeente.name),
        None => area.name.clone(),
    };
    let address = wanted.address("gebied");
    let topics: Vec<_> = profile.topics.iter().collect();
    let sources = sources(&topics, language);
    let frame = frame(app, wanted, &title, &address, &sources);
    let mut body = place.head(&frame);
    let shown = place.score(&mut body);
    place.topics(&mut body, &shown);
    place.alike(&mut body, ordinal);
    place.below(&mut body);
    place.files(&mut body);
    frame.page(&body)
}

/// A cell with a number and its class, or the reason in words.
pub(super) fn figure(
    value: Option<f64>,
    reason: Option<Reason>,
    class_name: Option<&Text>,
    indicator: &Indicator,
    language: Language,
) -> String {
    match (value, reason) {
        (Some(_), _) if indicator.kind == Kind::Klasse && class_name.is_some() => {
            class_name.map(|name| text(name, language)).unwrap_or_default()
        }
        (Some(number), _) => escape(&quantity(number, indicator, language)),
        (None, Some(reason)) => {
            format!("<span class=\"reden\">{}</span>", text(&reason.text(), language))
        }
        (None, None) => {
            format!("<span class=\"reden\">{}</span>", say(language, "onbekend", "unknown"))
        }
    }
}

/// The same where a heading says the unit.
pub(super) fn short_figure(
    value: Option<f64>,
    reason: Option<Reason>,
    indicator: &Indicator,
    language: Language,
) -> String {
    match value {
        Some(number) => escape(&figure_in_short(number, indicator, language)),
        None => figure(None, reason, None, indicator, language),
    }
}

/// A sentence with a denominator, which stays on one line.
pub(super) fn told(sentence: &Text, language: Language) -> String {
    text(sentence, language).replace("(n = ", "(n&nbsp;=&nbsp;")
}

/// The name of an ordered class of the publisher; `None` of what is none.
fn class_of(indicator: &Indicator, value: f64) -> Option<&Text> {
    let classes = indicator.classes.as_ref().filter(|_| indicator.kind == Kind::Klasse)?;
    let at = value - f64::from(classes.first);
    let is_place = at >= 0.0 && at.fract() == 0.0 && at < classes.names.len() as f64;
    is_place.then(|| &classes.names[at as usize])
}

/// A name in the middle of a sentence.
fn uncapitalised(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(|first| first.to_lowercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}

/// A bound of a rounded number, with the decimals that it has.
fn bound(value: f64, indicator: &Indicator, language: Language) -> String {
    let plain = value.to_string();
    let fraction = plain.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let decimals = u8::try_from(fraction).unwrap_or(u8::MAX).min(indicator.decimals + 2);
    format_number(value, decimals, language)
}

/// A cell of what stands beside an area.
pub(super) fn beside(
    entry: Option<&BesideEntry>,
    indicator: &Indicator,
    language: Language,
) -> String {
    match entry {
        Some(entry) => {
            figure(entry.value, entry.reason, entry.class_name.as_ref(), indicator, language)
        }
        None => format!(
            "<span class=\"reden\">{}</span>",
            say(language, "niet te berekenen", "cannot be made")
        ),
    }
}

/// The lines of a topic: the area's own, its gemeente's, the country's.
pub(super) fn trend(
    topic: &TopicProfile,
    own: &str,
    gemeente: Option<&str>,
    language: Language,
) -> Vec<Line> {
    let years: Vec<_> = topic.series.iter().filter(|point| point.own.begin.is_none()).collect();
    let mut lines = vec![Line {
        label: own.to_owned(),
        class: "eigen",
        points: years.iter().map(|point| (point.own.year, point.own.value)).collect(),
    }];
    // A count of the country beside that of a buurt would press it flat on the axis.
    if topic.kind == Kind::Aantal {
        return lines;
    }
    let mut add = |label: &str, class, of: fn(&crate::profile::YearPoint) -> Option<f64>| {
        let points: Vec<_> = years.iter().map(|point| (point.own.year, of(point))).collect();
        if points.iter().any(|(_, value)| value.is_some()) {
            lines.push(Line { label: label.to_owned(), class, points });
        }
    };
    if gemeente.is_some() {
        add("gemeente", "gemeente", |point| point.gemeente.as_ref()?.value);
    }
    add(say(language, "land", "country"), "land", |point| point.country.as_ref()?.value);
    lines
}

/// A chart over the years with its table, under a heading; `None` where there is no trend.
pub(super) fn trend_figure(
    atlas: &Atlas,
    topic: &TopicProfile,
    name: &str,
    own: &str,
    gemeente: Option<&str>,
    language: Language,
) -> Option<String> {
    let indicator = atlas.indicator(&topic.id)?;
    if indicator.kind == Kind::Klasse {
        return None;
    }
    let lines = trend(topic, own, gemeente, language);
    let label = topic.name.get(language);
    let title = format!(
        "{label}, {name}: {}",
        say(
            language,
            "lijngrafiek; de cijfers staan in de tabel eronder",
            "line chart; the figures are in the table below it"
        )
    );
    let svg = chart::lines(&title, &lines, &topic.breaks, indicator, language)?;
    let mut heads = vec![(say(language, "Jaar", "Year").to_owned(), false)];
    heads.extend(lines.iter().map(|line| (line.label.clone(), true)));
    let unit = word_of_unit(indicator, language).map(|unit| format!(", {unit}"));
    let caption = format!("{label}, {name}{}", unit.unwrap_or_default());
    let mut table = Table::new(&caption, &heads).compact();
    let points: Vec<_> = topic.series.iter().filter(|point| point.own.begin.is_none()).collect();
    for point in points {
        let mut cells = vec![
            point.own.year.to_string(),
            short_figure(point.own.value, point.own.reason, indicator, language),
        ];
        for line in &lines[1..] {
            let entry = if line.class == "gemeente" { &point.gemeente } else { &point.country };
            cells.push(match entry {
                Some(entry) => short_figure(entry.value, entry.reason, indicator, language),
                None => beside(None, indicator, language),
            });
        }
        table.row("", &cells);
    }
    let mut out =
        format!("<section class=\"reeks\"><h3>{}</h3>\n{svg}{}", escape(label), table.html());
    for at in &topic.breaks {
        let _ = writeln!(
            out,
            "<p class=\"noot\">{} {}: {}</p>",
            say(language, "Vanaf", "From"),
            at.from,
            text(&at.text, language)
        );
    }
    out.push_str("</section>\n");
    Some(out)
}

/// The years that a value is not from, said beside it: which is newest, and why it has no number.
fn year_text(topic: &TopicProfile, language: Language) -> String {
    let own = &topic.series[topic.newest].own;
    let mut out = match own.begin {
        Some(begin) => format!("{begin}–{}", own.year),
        None => own.year.to_string(),
    };
    if let Some(last) = topic.series.last()
        && last.own.year != own.year
        && let Some(reason) = last.own.reason
    {
        let _ = write!(out, "<small>{}: {}</small>", last.own.year, text(&reason.text(), language));
    }
    out
}

/// What a page about one place says, part by part.
struct Place<'a> {
    atlas: &'a Atlas,
    area: &'a AreaHeading,
    profile: &'a AreaProfile,
    coverage: &'a LevelCoverage,
    language: Language,
}

impl Place<'_> {
    fn say<'b>(&self, nl: &'b str, en: &'b str) -> &'b str {
        say(self.language, nl, en)
    }

    fn link(&self, kind: &str, code: &AreaCode, name: &str) -> String {
        let english = if self.language == Language::En { "&amp;taal=en" } else { "" };
        format!(
            "<a href=\"/{kind}/{code}?jaar={}{english}\">{}</a>",
            self.area.vintage,
            escape(name)
        )
    }

    fn level(&self) -> &str {
        let (nl, en) = match self.coverage.level {
            Level::Gemeente => ("gemeente", "municipality"),
            Level::Wijk => ("wijk", "district"),
            Level::Buurt => ("buurt", "neighbourhood"),
            Level::Own(_) => (self.coverage.level.singular(), self.coverage.level.singular()),
        };
        self.say(nl, en)
    }

    fn head(&self, frame: &Frame<'_>) -> String {
        let mut out = String::new();
        let above: Vec<_> = [&self.area.gemeente, &self.area.wijk].into_iter().flatten().collect();
        if !above.is_empty() {
            let links: String = above
                .iter()
                .map(|one| format!("<li>{}</li>", self.link("gebied", &one.code, &one.name)))
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
                self.level(),
                self.say("gemeente", "the municipality of"),
                escape(&gemeente.name)
            )],
            None => vec![self.level().to_owned()],
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
                    "rapport",
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

    /// The score that is made of parts, told first; gives the ids that are told with it.
    fn score(&self, out: &mut String) -> Vec<String> {
        let Some(score) = self.profile.scores.first() else {
            self.no_score(out);
            return Vec::new();
        };
        let Some(topic) = self.profile.topics.iter().find(|one| one.id == score.id) else {
            return Vec::new();
        };
        let Some(indicator) = self.atlas.indicator(&topic.id) else { return Vec::new() };
        let point = &topic.series[topic.newest];
        let _ = writeln!(
            out,
            "<section aria-labelledby=\"score\">\n<h2 id=\"score\">{} {}</h2>\n<div class=\"naast\">\n<div>",
            text(&topic.name, self.language),
            point.own.year
        );
        let class = point.own.class_name.as_ref().map(|name| text(name, self.language));
        let number = figure(point.own.value, point.own.reason, None, indicator, self.language);
        let _ = match class {
            Some(class) => writeln!(out, "<p class=\"cijfer\">{class} <small>{number}</small></p>"),
            None => writeln!(out, "<p class=\"cijfer\"><small>{number}</small></p>"),
        };
        if let Some(sentence) = &topic.sentence {
            let _ = writeln!(out, "<p class=\"zin\">{}</p>", told(sentence, self.language));
        }
        if let Some(note) = &topic.note {
            let _ = writeln!(out, "<p class=\"noot\">{}</p>", text(note, self.language));
        }
        if let Some(figure) = self.trend(topic) {
            out.push_str(&figure);
        }
        out.push_str("</div>\n<div>\n");
        self.picture(out, topic);
        self.parts(out, score, indicator);
        out.push_str("</div>\n</div>\n</section>\n");
        let forms = self.profile.topics.iter().filter(|one| {
            one.id == score.id
                || one.form_of.as_ref() == Some(&score.id)
                || one.part_of.contains(&score.id)
        });
        forms
            .filter(|one| {
                one.id == score.id
                    || one.form_of.is_some()
                    || score.parts.iter().any(|part| part.id == one.id)
            })
            .map(|one| one.id.to_string())
            .collect()
    }

    /// That there is no score of this level, where the division has one of another.
    fn no_score(&self, out: &mut String) {
        let Some(indicator) = self.atlas.indicator(DEFAULT_INDICATOR) else { return };
        let others: Vec<_> = self
            .atlas
            .series_of(&indicator.id)
            .filter(|series| series.key.vintage == self.coverage.vintage)
            .map(|series| many(&series.key.level, self.language).to_owned())
            .fold(Vec::new(), |mut all, one| {
                if !all.contains(&one) {
                    all.push(one);
                }
                all
            });
        if others.is_empty() {
            return;
        }
        let _ = writeln!(
            out,
            "<section>\n<h2>{}</h2>\n<p>{} {}.</p>\n</section>",
            text(&indicator.name, self.language),
            self.say(
                "De atlas heeft geen score van dit niveau op deze indeling, wel van",
                "The atlas has no score of this level on this division, but it has of"
            ),
            escape(&others.join(self.say(" en ", " and ")))
        );
    }

    /// The areas in a wijk, to go on to.
    fn below(&self, out: &mut String) {
        let buurten = (self.coverage.level == Level::Wijk)
            .then(|| self.atlas.coverage(self.coverage.vintage, &Level::Buurt))
            .flatten();
        let Some(buurten) = buurten else { return };
        let links: String = buurten
            .within(&self.area.code)
            .into_iter()
            .filter(|&at| !buurten.is_water(at))
            .map(|at| {
                format!(
                    "<li>{}</li>\n",
                    self.link("gebied", &buurten.codes()[at], buurten.name(at))
                )
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

    fn trend(&self, topic: &TopicProfile) -> Option<String> {
        let gemeente = self.area.gemeente.as_ref().map(|one| one.name.as_str());
        trend_figure(self.atlas, topic, &self.area.name, self.level(), gemeente, self.language)
    }

    fn parts(&self, out: &mut String, score: &ScoreEntry, indicator: &Indicator) {
        let year = score.parts.first().map_or(0, |part| part.own.year);
        let label = format!("{} {year}", self.say("Onderdelen in", "Parts in"));
        let named: Vec<_> = score
            .parts
            .iter()
            .map(|part| (part.name.get(self.language).to_owned(), part.own.value))
            .collect();
        // The same for every place: as far as the publisher's classes of the parts go.
        let cuts = score.parts.iter().filter_map(|part| self.atlas.indicator(&part.id));
        let cuts = cuts.filter_map(|part| part.classes.as_ref()).flat_map(|of| &of.cuts);
        let reach = cuts.map(|cut| cut.abs()).fold(0.0, f64::max);
        let title = format!(
            "{label}: {}",
            self.say(
                "staafgrafiek; de cijfers staan in de tabel eronder",
                "bar chart; the figures are in the table below it"
            )
        );
        let _ = writeln!(out, "<section class=\"reeks\"><h3>{label}</h3>");
        if let Some(svg) = chart::bars(&title, &named, reach, indicator.decimals, self.language) {
            out.push_str(&svg);
        }
        let heads = [
            (self.say("Onderdeel", "Part"), false),
            (self.say("Score", "Score"), true),
            (self.say("Klasse", "Class"), false),
        ];
        let caption = format!("{label}, {}", self.area.name);
        let mut table = Table::new(&caption, &heads).compact();
        for part in &score.parts {
            let Some(of) = self.atlas.indicator(&part.id) else { continue };
            let class = part.own.class_name.as_ref().map(|name| text(name, self.language));
            table.row(
                "",
                &[
                    text(&part.name, self.language),
                    figure(part.own.value, part.own.reason, None, of, self.language),
                    class.unwrap_or_default(),
                ],
            );
        }
        out.push_str(&table.html());
        let _ = writeln!(
            out,
            "<p class=\"noot\">{}</p></section>",
            self.say(
                "Boven nul is gunstiger dan de landelijke referentie, onder nul ongunstiger.",
                "Above zero is more favourable than the national reference, below zero less."
            )
        );
    }

    /// The map around the place, by the server's own picture.
    fn picture(&self, out: &mut String, topic: &TopicProfile) {
        let Some(gemeente) = self.area.code.gemeente() else { return };
        let year = topic.series[topic.newest].own.year;
        let level = if self.coverage.level == Level::Gemeente {
            Level::Buurt
        } else {
            self.coverage.level.clone()
        };
        let there = crate::area::Year::new(year)
            .ok()
            .and_then(|year| self.atlas.series(&topic.id, &level, None, year));
        let Some(series) = there.filter(|series| series.column.has_numbers()) else { return };
        // The wijk of a buurt shows the streets around it; a wijk or gemeente stands in the whole.
        let within = match (&self.coverage.level, &self.area.wijk) {
            (Level::Buurt, Some(wijk)) if series.coverage.within(&wijk.code).len() > 1 => wijk,
            _ => &super::areas::AreaName { code: gemeente, name: String::new() },
        };
        if series.coverage.within(&within.code).is_empty() {
            return;
        }
        let english = if self.language == Language::En { "&amp;taal=en" } else { "" };
        let caption = format!(
            "{} {year}, {} {}. {}",
            topic.name.get(self.language),
            self.say("per", "by"),
            say(
                self.language,
                level.singular(),
                match level {
                    Level::Gemeente => "municipality",
                    Level::Wijk => "district",
                    _ => "neighbourhood",
                }
            ),
            self.say(
                "De cijfers staan in de tabellen op deze pagina en in de tabel van de kaart.",
                "The figures are in the tables on this page and in the table of the map."
            ),
        );
        let _ = writeln!(
            out,
            "<figure class=\"kaart\"><img src=\"/v1/lagen/{level}.svg?indicator={}&amp;jaar={year}&amp;binnen={}&amp;breedte=560&amp;hoogte=460{english}\" \
             width=\"560\" height=\"460\" alt=\"{}\"><figcaption>{} \
             <a href=\"/kaart/{}/tabel?niveau={level}&amp;jaar={year}&amp;binnen={}{english}\">{}</a></figcaption></figure>",
            topic.id,
            within.code,
            escape(&format!("{}: {caption}", self.say("Kaart", "Map"))),
            escape(&caption),
            topic.id,
            within.code,
            self.say("Tabel", "Table"),
        );
    }

    /// Every other topic: a table a theme, and the years of what has several.
    fn topics(&self, out: &mut String, told: &[String]) {
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

    fn theme(&self, out: &mut String, theme: &Text, topics: &[&TopicProfile]) {
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
        let made = topics
            .iter()
            .filter_map(|topic| topic.series[topic.newest].country.as_ref())
            .any(|country| country.cover.is_some());
        if made {
            let _ = writeln!(
                out,
                "<p class=\"noot\">{}</p>",
                self.say(
                    "Cijfers van het hele land zijn hier opgeteld, of gemiddeld naar inwoners of huishoudens. Klassen hebben geen gemiddelde, en jaren zonder inwoners in de atlas ook niet. Wat elk cijfer dekt, staat in het profiel als JSON.",
                    "Figures of the whole country are added up here, or averaged by inhabitants or households. Classes have no mean, nor have years without inhabitants in the atlas. What each figure covers stands in the profile as JSON."
                )
            );
        }
    }

    fn country(&self) -> &str {
        if self.atlas.fictional {
            self.say("Het hele land", "The whole country")
        } else {
            self.say("Nederland", "Netherlands")
        }
    }

    /// The places most like it.
    fn alike(&self, out: &mut String, ordinal: usize) {
        let like = similar(self.atlas, self.coverage, ordinal, similar_areas::MOST);
        let _ = writeln!(
            out,
            "<section>\n<h2>{}</h2>",
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
            let mut name = self.link("gebied", &area.code, &area.name);
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

    /// The files that the figures come from.
    fn files(&self, out: &mut String) {
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
                    html::day(&source.retrieved, self.language),
                ],
            );
        }
        if !table.is_empty() {
            let title = self.say("Waar de cijfers vandaan komen", "Where the figures come from");
            let _ = writeln!(
                out,
                "<section>\n<h2>{title}</h2>\n{}<p class=\"noot\"><a href=\"/v1/gebieden/{}/profiel?jaar={}\">{}</a></p>\n</section>",
                table.html(),
                self.area.code,
                self.area.vintage,
                self.say("Dit profiel als JSON", "This profile as JSON")
            );
        }
    }
}
