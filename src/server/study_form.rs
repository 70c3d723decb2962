//! What a visitor chose on the page of a study, and the form to choose otherwise.

use std::fmt::Write;

use crate::{
    analysis::concentration::Unfavourable,
    area::{AreaCode, Level},
    atlas::Atlas,
    indicator::{Direction, Indicator, Kind, Language, Recipe},
    study::Neighbourship,
};

use super::{
    App,
    asked_study::AskedStudy,
    asked_topics::{partitions, usual, usual_end},
    config::DEFAULT_INDICATOR,
    html::{escape, say},
    parameter::{BEGIN, INDICATOR, LANGUAGE, LEVEL_FILTER, YEAR},
    query::{Query, encoded},
    spec::language,
    story_entry::period,
    study_parameter::{
        ABOUT, BAND, BEGAN, BETWEEN, ENDED, STORY, STUDY_CODES, STUDY_WITHIN, THRESHOLD,
        UNFAVOURABLE_PART, WEAK,
    },
    study_question::Question,
};

/// The query of a form, where what is left open is empty, with the topic that a question opens on
/// where none is named.
pub(super) fn completed(app: &App, question: Question, raw: Option<&str>) -> String {
    let pairs = raw.unwrap_or_default().split('&');
    let mut pairs: Vec<_> = pairs.filter(|pair| !pair.is_empty() && !pair.ends_with('=')).collect();
    let names = |pairs: &[&str], name| pairs.iter().any(|pair: &&str| pair.starts_with(name));
    // Who chooses a place in the form leaves the list that he came with.
    if names(&pairs, "binnen=") {
        pairs.retain(|pair| !pair.starts_with("codes="));
    }
    if !question.has_one_topic() {
        return joined(&pairs);
    }
    let opening;
    if question == Question::BeforeAfter {
        if names(&pairs, "verhaal=") {
            // Who chooses a story leaves the years, and an area that it is not about.
            pairs.retain(|pair| !pair.starts_with("van=") && !pair.starts_with("tot="));
            if !is_about(app, &pairs) {
                pairs.retain(|pair| !pair.starts_with("gebied="));
            }
        } else if !names(&pairs, "van=")
            && !names(&pairs, "tot=")
            && let Some(first) = first_story(app, &pairs)
        {
            opening = format!("verhaal={first}");
            pairs.push(&opening);
        }
    }
    if names(&pairs, "indicator=") {
        return pairs.join("&");
    }
    let first = app.first_view().indicator;
    let usual = [first.as_str(), "laag-inkomen", "corporatiewoningen", "leefbaarheid"];
    let suits = |id: &&str| app.atlas.indicator(id).is_some_and(|one| fits(question, one));
    let found = usual.into_iter().find(suits);
    let found = found.or_else(|| topics(&app.atlas, question).next().map(|one| one.id.as_str()));
    let topic = format!("indicator={}", found.unwrap_or(DEFAULT_INDICATOR));
    pairs.push(&topic);
    pairs.join("&")
}

/// Whether the story of a query is about its area, or it names none.
fn is_about(app: &App, pairs: &[&str]) -> bool {
    let value = |name: &str| pairs.iter().find_map(|pair| pair.strip_prefix(name));
    let (Some(id), Some(code)) = (value("verhaal="), value("gebied=")) else { return true };
    let story = app.atlas.stories().iter().find(|story| story.id == id);
    let area = AreaCode::parse(code).ok().and_then(|code| {
        let (coverage, _) = app.atlas.find(&code, None)?;
        Some((code, coverage.vintage))
    });
    story.zip(area).is_none_or(|(story, (code, vintage))| {
        story.is_about(&app.atlas, &code, vintage) || story.is_within(&app.atlas, &code, vintage)
    })
}

/// The story that the page opens on: of the area that is named, else the first.
fn first_story<'a>(app: &'a App, pairs: &[&str]) -> Option<&'a str> {
    let mut stories = app.atlas.stories().iter();
    let first = match pairs.iter().find_map(|pair| pair.strip_prefix("gebied=")) {
        None => stories.next(),
        Some(code) => {
            let code = AreaCode::parse(code).ok()?;
            let (coverage, _) = app.atlas.find(&code, None)?;
            stories.find(|story| story.is_about(&app.atlas, &code, coverage.vintage))
        }
    };
    first.map(|story| story.id.as_str())
}

/// The same query, in which topics that a form sends one by one are a list.
fn joined(pairs: &[&str]) -> String {
    let topic = |pair: &&str| pair.strip_prefix("indicatoren=").map(ToOwned::to_owned);
    let topics: Vec<String> = pairs.iter().filter_map(topic).collect();
    let others = pairs.iter().filter(|pair| topic(pair).is_none());
    let mut all: Vec<String> = others.map(ToString::to_string).collect();
    if !topics.is_empty() {
        all.push(format!("indicatoren={}", topics.join(",")));
    }
    all.join("&")
}

/// Whether a question can be asked of a topic.
fn fits(question: Question, indicator: &Indicator) -> bool {
    let is_score = indicator.kind == Kind::Score && indicator.direction == Direction::Hoog;
    match question {
        Question::Segregation | Question::Concentration => indicator.kind == Kind::Aandeel,
        Question::Course => is_score,
        Question::Gap => !matches!(indicator.kind, Kind::Klasse | Kind::Aantal),
        Question::Likeness | Question::Change => indicator.kind != Kind::Klasse,
        Question::Stacking => !matches!(indicator.kind, Kind::Klasse | Kind::Aantal),
        Question::Mixture => false,
        Question::BeforeAfter => !matches!(indicator.kind, Kind::Klasse | Kind::Aantal),
    }
}

/// The topics that a question can be asked of; sensitive ones where the configuration allows them,
/// since no others are in the catalogue that is served.
fn topics(atlas: &Atlas, question: Question) -> impl Iterator<Item = &Indicator> {
    let is_figure = |one: &&Indicator| matches!(one.derived, None | Some(Recipe::Quotient(_)));
    let has_years =
        |one: &&Indicator| atlas.series_of(&one.id).any(|there| there.key.begin.is_none());
    atlas.indicators().filter(move |one| fits(question, one)).filter(is_figure).filter(has_years)
}

/// A page in the making: the question, and what the visitor chose.
#[derive(Clone)]
pub(super) struct Shown {
    pub question: Question,
    pub language: Language,
    pub day: String,
    indicator: String,
    level: String,
    year: String,
    within: String,
    from: String,
    /// Of a before and after: area, story, first and last year.
    period: [String; 4],
    /// What the form has no field for, and keeps.
    kept: Vec<(&'static str, String)>,
    /// The question as it was asked, without the language.
    pub asked: String,
}

impl Shown {
    pub fn of(question: Question, query: &Query, raw: &str) -> Self {
        let kept = [&THRESHOLD, &BETWEEN, &BAND, &WEAK, &UNFAVOURABLE_PART, &STUDY_CODES];
        let kept = kept
            .into_iter()
            .filter_map(|parameter| Some((parameter.name, query.text(parameter)?.to_owned())));
        let asked: Vec<_> = raw.split('&').filter(|pair| !pair.starts_with("taal=")).collect();
        let of = |parameter| query.text(parameter).unwrap_or_default().to_owned();
        Self {
            question,
            language: language(query),
            day: jiff::Zoned::now().date().to_string(),
            indicator: of(&INDICATOR),
            level: of(&LEVEL_FILTER),
            year: of(&YEAR),
            within: of(&STUDY_WITHIN),
            from: of(&BEGIN),
            period: [&ABOUT, &STORY, &BEGAN, &ENDED].map(of),
            kept: kept.collect(),
            asked: asked.join("&"),
        }
    }

    pub fn say(&self, nl: &'static str, en: &'static str) -> &'static str {
        say(self.language, nl, en)
    }

    /// The address of another question about the same place.
    pub fn address(&self, question: Question) -> String {
        let codes = self.kept.iter().find(|(name, _)| *name == STUDY_CODES.name);
        let codes = codes.map_or("", |(_, codes)| codes.as_str());
        let english = if self.language == Language::En { "en" } else { "" };
        let pairs = [("niveau", self.level.as_str()), ("binnen", &self.within), ("codes", codes)];
        let mut address = format!("/analyse/{}", question.id());
        let all = pairs.into_iter().chain([("taal", english)]);
        for (at, (name, value)) in all.filter(|(_, value)| !value.is_empty()).enumerate() {
            let mark = if at == 0 { '?' } else { '&' };
            let _ = write!(address, "{mark}{name}={}", encoded(value));
        }
        address
    }

    /// Where the same is data.
    pub fn data(&self) -> String {
        format!("/v1/analyses/{}?{}", self.question.id(), self.asked)
    }

    /// The form with what was chosen; `wanted` is the question as it was read, where it could be.
    pub fn form(&self, app: &App, wanted: Option<&AskedStudy>) -> String {
        let (atlas, language) = (&app.atlas, self.language);
        let mut out = format!(
            "<form class=\"vraag\" action=\"/analyse/{}\" method=\"get\">\n",
            self.question.id()
        );
        let mut field = |id: &str, label: &str, options: &str| {
            let _ = writeln!(
                out,
                "<p><label for=\"{id}\">{label}</label><select id=\"{id}\" name=\"{id}\">\n{options}</select></p>"
            );
        };
        match self.question {
            Question::Mixture => {
                let chosen = wanted.and_then(|wanted| wanted.partition).map(|of| of.id);
                let all = partitions(atlas).map(|of| {
                    option(of.id, say(language, of.name.0, of.name.1), chosen == Some(of.id))
                });
                field("groepen", self.say("Groepen naar", "Groups by"), &all.collect::<String>());
            }
            Question::Stacking => {}
            _ => {
                let topics: String = topics(atlas, self.question)
                    .map(|one| option(&one.id, one.name.get(language), one.id == self.indicator))
                    .collect();
                field("indicator", self.say("Onderwerp", "Topic"), &topics);
            }
        }
        if self.question == Question::BeforeAfter {
            field("verhaal", self.say("Aanpak", "Approach"), &self.stories(atlas));
            out.push_str(&self.period_fields());
            out.push_str(&self.submit());
            return out;
        }
        field("binnen", self.say("Waar", "Where"), &self.places(app));
        let chosen = wanted.map_or(self.level.clone(), |wanted| wanted.level.to_string());
        let levels = atlas.levels();
        let levels = levels.iter().rev().map(|level| {
            let [nl, en] = level.many();
            let id = level.plural();
            option(id, if self.language == Language::Nl { nl } else { en }, id == chosen)
        });
        let levels: String = levels.collect();
        field("niveau", self.say("Per", "By"), &levels);
        field("jaar", self.say("Jaar", "Year"), &self.years(atlas, wanted));
        if self.question == Question::Likeness {
            let chosen = wanted.map(|wanted| wanted.neighbours).unwrap_or_default();
            let all = Neighbourship::ALL.map(|one| {
                let name = match one {
                    Neighbourship::Punt => {
                        self.say("een punt van de grens", "a point of the border")
                    }
                    Neighbourship::Grens => self.say("een stuk grens", "a stretch of border"),
                    Neighbourship::Lengte => {
                        self.say("de lengte van de grens", "the length of the border")
                    }
                    Neighbourship::Naaste => self.say("de zes naaste", "the six nearest"),
                };
                option(one.id(), name, one == chosen)
            });
            field("buren", self.say("Buren door", "Neighbours by"), &all.concat());
        }
        if self.question == Question::Stacking {
            out.push_str(&self.stacked(atlas, wanted));
        }
        if matches!(self.question, Question::Change | Question::Course) {
            let label = self.say("Beginjaar", "First year");
            let _ = writeln!(
                out,
                "<p><label for=\"sinds\">{label}</label><input id=\"sinds\" name=\"sinds\" inputmode=\"numeric\" pattern=\"[0-9]{{4}}\" size=\"6\" value=\"{}\"></p>",
                escape(&self.from)
            );
        }
        out.push_str(&self.submit());
        out
    }

    /// What a form keeps, its button and its end.
    fn submit(&self) -> String {
        let mut out = String::new();
        let english = (self.language == Language::En).then(|| (LANGUAGE.name, "en".to_owned()));
        for (name, value) in self.kept.iter().chain(&english) {
            let value = escape(value);
            let _ = write!(out, "<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
        }
        let button = self.say("Bekijken", "Show");
        let _ = writeln!(out, "<p><button type=\"submit\">{button}</button></p>\n</form>");
        out
    }

    /// The stories of the atlas, and years of one's own.
    fn stories(&self, atlas: &Atlas) -> String {
        let [_, chosen, ..] = &self.period;
        let own = self.say("eigen jaren", "years of your own");
        let mut out = option("", own, chosen.is_empty());
        for placed in atlas.stories() {
            let story = &placed.story;
            let place = atlas.area_of(placed).map_or("", |(coverage, at)| coverage.name(at));
            let years = period(story.from, story.until, self.language);
            let name = format!("{}: {place}, {years}", story.title);
            out.push_str(&option(&placed.id, &name, placed.id == chosen.as_str()));
        }
        out
    }

    /// Where, and the years where no story says them.
    fn period_fields(&self) -> String {
        let [area, _, from, until] = &self.period;
        let mut out = String::new();
        let mut field = |id: &str, label: &str, form: &str, value: &str| {
            let _ = writeln!(
                out,
                "<p><label for=\"{id}\">{label}</label><input id=\"{id}\" name=\"{id}\" {form} value=\"{}\"></p>",
                escape(value)
            );
        };
        let year = "inputmode=\"numeric\" pattern=\"[0-9]{4}\" size=\"6\"";
        let code = "size=\"12\" maxlength=\"32\" autocapitalize=\"characters\"";
        field("gebied", self.say("Gebied (code)", "Area (code)"), code, area);
        field("van", self.say("of van", "or from"), year, from);
        field("tot", self.say("tot", "until"), year, until);
        out
    }

    /// The topics that may pile up, to be ticked.
    fn stacked(&self, atlas: &Atlas, wanted: Option<&AskedStudy>) -> String {
        let chosen = wanted.map_or_else(|| usual(atlas), |wanted| wanted.topics.clone());
        let mut out = format!(
            "<details class=\"keuze\"><summary>{}</summary>\n<fieldset><legend>{}</legend>\n",
            self.say("Onderwerpen kiezen", "Choose topics"),
            self.say("Twee tot acht onderwerpen", "Two to eight topics"),
        );
        for one in topics(atlas, self.question) {
            for (bad, side) in [(Unfavourable::High, "hoog"), (Unfavourable::Low, "laag")] {
                let is_chosen = chosen.contains(&(one.id.clone(), bad));
                let usual = usual_end(atlas, &one.id, one.direction);
                if usual.is_some_and(|usual| usual != bad) && !is_chosen {
                    continue;
                }
                let mark = if is_chosen { " checked" } else { "" };
                let name = escape(one.name.get(self.language));
                let end = match bad {
                    Unfavourable::High => self.say("hoog", "high"),
                    Unfavourable::Low => self.say("laag", "low"),
                };
                let _ = writeln!(
                    out,
                    "<label><input type=\"checkbox\" name=\"indicatoren\" value=\"{}:{side}\"{mark}> {name}: {end}</label>",
                    one.id
                );
            }
        }
        out.push_str("</fieldset></details>\n");
        out
    }

    /// The newest year, and those that the figure has.
    fn years(&self, atlas: &Atlas, wanted: Option<&AskedStudy>) -> String {
        let mut out = option("", self.say("nieuwste", "newest"), self.year.is_empty());
        let Some(wanted) = wanted else {
            if !self.year.is_empty() {
                out.push_str(&option(&self.year, &self.year, true));
            }
            return out;
        };
        let mut years = atlas.years(&wanted.indicator, &wanted.level);
        years.retain(|(begin, _)| begin.is_none());
        for (_, year) in years.iter().rev() {
            let year = year.to_string();
            out.push_str(&option(&year, &year, year == self.year));
        }
        out
    }

    /// The country, the selections of this server, and the gemeenten of the newest division.
    fn places(&self, app: &App) -> String {
        let country = self.say("heel het land", "the whole country");
        let mut out = option("", country, self.within.is_empty());
        let mut is_known = self.within.is_empty();
        let mut offer = |list: &mut String, id: &str, name: &str| {
            is_known |= id == self.within;
            list.push_str(&option(id, name, id == self.within));
        };
        let mut selections = String::new();
        for selection in app.selections.iter() {
            offer(&mut selections, &selection.id, selection.name.get(self.language));
        }
        let mut gemeenten = String::new();
        let newest = app.atlas.newest(&Level::Gemeente);
        if let Some(coverage) =
            newest.and_then(|vintage| app.atlas.coverage(vintage, &Level::Gemeente))
        {
            let land = (0..coverage.len()).filter(|&at| !coverage.is_water(at));
            let mut all: Vec<_> =
                land.map(|at| (coverage.name(at), coverage.codes()[at].as_str())).collect();
            all.sort_unstable();
            for (name, code) in all {
                offer(&mut gemeenten, code, name);
            }
        }
        for (label, list) in
            [(self.say("Selecties", "Selections"), selections), ("Gemeenten", gemeenten)]
        {
            if !list.is_empty() {
                let _ = writeln!(out, "<optgroup label=\"{label}\">\n{list}</optgroup>");
            }
        }
        if !is_known {
            out.push_str(&option(&self.within, &self.within, true));
        }
        out
    }
}

fn option(value: &str, name: &str, chosen: bool) -> String {
    let mark = if chosen { " selected" } else { "" };
    format!("<option value=\"{}\"{mark}>{}</option>\n", escape(value), escape(name))
}
