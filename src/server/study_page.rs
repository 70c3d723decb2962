//! `/analyse/{analyse}`: a study as a page without script: the question, a map, what came out in
//! sentences and tables, and how it was made.

use std::fmt::Write;

use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::Response,
};

use crate::{
    atlas::Atlas,
    indicator::{Indicator, Kind, Language, Recipe},
    study::Scope,
};

use super::{
    App,
    asked::Asked,
    document_page::{AskedDocument, document},
    html::{escape, say, text},
    parameter::{BEGIN, INDICATOR, LEVEL_FILTER, STUDY_WITHIN, YEAR},
    place_page::page_answer,
    problem::Problem,
    query::{Query, encoded},
    spec::language,
    study_parts::{account, headline, outcome},
    study_question::{AskedStudy, Question},
};

/// How large the map is, in the pixels of its picture.
const SIZE: (u32, u32) = (640, 560);

/// `GET /analyse`: the first question, on the topic that the map opens on.
pub async fn index(state: State<App>, raw: RawQuery, asked: Asked) -> Result<Response, Problem> {
    page(state, Path(Question::Concentration.id().to_owned()), raw, asked).await
}

/// `GET /analyse/{analyse}`.
pub async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let question = Question::find(&id)?;
    let mut query =
        Query::parse(Some(&completed(&app, question, raw.as_deref())), question.parameters());
    let shown = Shown::of(question, &query);
    let wanted = match AskedStudy::read(&app, question, &mut query) {
        Ok(wanted) => wanted,
        Err(problem) => return Ok(refused(&app, &shown, &problem, &asked)),
    };
    let key = wanted.key().and("pagina").and(shown.language == Language::En).and(&shown.day);
    let (page, own) = (shown.clone(), wanted.clone());
    let answered = app
        .keep(&asked, key, move |app| {
            let scope = own.scope(&app.atlas)?;
            let found = own.outcome(&scope)?;
            let mut body = String::new();
            let map = picture(&own, &scope, page.language);
            body.push_str(&outcome(&scope, &found, &map, page.language));
            body.push_str(&levels(app, &own, page.language));
            body.push_str(&account(&found, &json_address(&own), page.language));
            Ok(page_answer(app, page.render(app, Some(&own), &body)))
        })
        .await;
    match answered {
        Err(problem) => Ok(refused(&app, &shown, &problem, &asked)),
        answered => answered,
    }
}

/// The query of a form, where what is left open is empty, with the topic that a question opens on
/// where none is named.
fn completed(app: &App, question: Question, raw: Option<&str>) -> String {
    let pairs = raw.unwrap_or_default().split('&');
    let mut pairs: Vec<_> = pairs.filter(|pair| !pair.is_empty() && !pair.ends_with('=')).collect();
    if pairs.iter().any(|pair| pair.starts_with("indicator=")) {
        return pairs.join("&");
    }
    let first = app.first_view().indicator;
    let usual = [first.as_str(), "laag-inkomen", "corporatiewoningen", "leefbaarheid"];
    let suits = |id: &&str| app.atlas.indicator(id).is_some_and(|one| fits(question, one));
    let found = usual.into_iter().find(suits);
    let found = found.or_else(|| topics(&app.atlas, question).next().map(|one| one.id.as_str()));
    let topic = format!("indicator={}", found.unwrap_or(crate::server::config::DEFAULT_INDICATOR));
    pairs.push(&topic);
    pairs.join("&")
}

/// Whether a question can be asked of a topic.
fn fits(question: Question, indicator: &Indicator) -> bool {
    let is_score =
        indicator.kind == Kind::Score && indicator.direction == crate::indicator::Direction::Hoog;
    match question {
        Question::Segregation | Question::Concentration => indicator.kind == Kind::Aandeel,
        Question::Course => is_score,
        Question::Gap => !matches!(indicator.kind, Kind::Klasse | Kind::Aantal),
        Question::Likeness | Question::Change => indicator.kind != Kind::Klasse,
    }
}

/// The topics that a question can be asked of; sensitive ones are not offered.
fn topics(atlas: &Atlas, question: Question) -> impl Iterator<Item = &Indicator> {
    let is_figure = |one: &&Indicator| matches!(one.derived, None | Some(Recipe::Quotient(_)));
    let has_years =
        |one: &&Indicator| atlas.series_of(&one.id).any(|there| there.key.begin.is_none());
    atlas
        .indicators()
        .filter(move |one| !one.sensitive && fits(question, one))
        .filter(is_figure)
        .filter(has_years)
}

/// A page in the making: the question, and what the visitor chose.
#[derive(Clone)]
struct Shown {
    question: Question,
    language: Language,
    day: String,
    indicator: String,
    level: String,
    year: String,
    within: String,
    from: String,
}

impl Shown {
    fn of(question: Question, query: &Query) -> Self {
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
        }
    }

    fn say(&self, nl: &'static str, en: &'static str) -> &'static str {
        say(self.language, nl, en)
    }

    /// The address of the same with another question.
    fn address(&self, question: Question) -> String {
        let mut pairs = Vec::new();
        // Another question may be about other topics.
        if question == self.question {
            pairs.push(("indicator", &self.indicator));
        }
        pairs.extend([("niveau", &self.level), ("binnen", &self.within)]);
        let mut query: Vec<_> = pairs
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        if self.language == Language::En {
            query.push("taal=en".to_owned());
        }
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/analyse/{}{mark}{}", question.id(), query.join("&"))
    }

    /// The whole page around what came out.
    fn render(&self, app: &App, wanted: Option<&AskedStudy>, body: &str) -> String {
        let title = self.question.title();
        let heading = text(&title, self.language);
        let mut out = format!(
            "<h1>{heading}</h1>\n<nav class=\"vragen\" aria-label=\"{}\"><ul>\n",
            self.say("Vragen", "Questions")
        );
        for question in Question::ALL {
            let current = if question == self.question { " aria-current=\"page\"" } else { "" };
            let name = text(&question.title(), self.language);
            let _ = writeln!(
                out,
                "<li><a href=\"{}\"{current}>{name}</a></li>",
                escape(&self.address(question))
            );
        }
        out.push_str("</ul></nav>\n");
        out.push_str(&self.form(app, wanted));
        out.push_str(body);
        let mut address = self.address(self.question);
        // The frame adds the language itself.
        if self.language == Language::En {
            address = address.replace("&taal=en", "").replace("?taal=en", "");
        }
        let asked = AskedDocument::of(address.into(), self.language);
        document(app, &asked, title.get(self.language), &out)
    }

    fn form(&self, app: &App, wanted: Option<&AskedStudy>) -> String {
        let atlas = &app.atlas;
        let option = |value: &str, name: &str, chosen: bool| {
            let mark = if chosen { " selected" } else { "" };
            format!("<option value=\"{}\"{mark}>{}</option>\n", escape(value), escape(name))
        };
        let mut topics_list = String::new();
        for indicator in topics(atlas, self.question) {
            let name = indicator.name.get(self.language);
            topics_list.push_str(&option(&indicator.id, name, indicator.id == self.indicator));
        }
        let chosen_level = wanted.map_or(self.level.clone(), |wanted| wanted.level.to_string());
        let levels: String = atlas
            .levels()
            .iter()
            .rev()
            .map(|level| option(level.plural(), level.plural(), level.plural() == chosen_level))
            .collect();
        let newest = self.say("nieuwste", "newest");
        let mut years = option("", newest, self.year.is_empty());
        if let Some(wanted) = wanted {
            let mut all: Vec<_> = atlas
                .years(&wanted.indicator, &wanted.level)
                .into_iter()
                .filter(|(begin, _)| begin.is_none())
                .map(|(_, year)| year.to_string())
                .collect();
            all.reverse();
            for year in all {
                years.push_str(&option(&year, &year, year == self.year));
            }
        } else if !self.year.is_empty() {
            years.push_str(&option(&self.year, &self.year, true));
        }
        let mut places =
            option("", self.say("heel het land", "the whole country"), self.within.is_empty());
        let mut is_known = self.within.is_empty();
        let mut offer = |list: &mut String, id: &str, name: &str| {
            is_known |= id == self.within;
            list.push_str(&option(id, name, id == self.within));
        };
        let mut group = String::new();
        for selection in app.selections.iter() {
            offer(&mut group, &selection.id, selection.name.get(self.language));
        }
        let _ = write!(
            places,
            "<optgroup label=\"{}\">\n{group}</optgroup>\n",
            self.say("Selecties", "Selections")
        );
        let mut group = String::new();
        if let Some(coverage) = atlas
            .newest(&crate::area::Level::Gemeente)
            .and_then(|vintage| atlas.coverage(vintage, &crate::area::Level::Gemeente))
        {
            let mut all: Vec<_> = (0..coverage.len())
                .filter(|&at| !coverage.is_water(at))
                .map(|at| (coverage.name(at), coverage.codes()[at].as_str()))
                .collect();
            all.sort_unstable();
            for (name, code) in all {
                offer(&mut group, code, name);
            }
        }
        let _ = write!(
            places,
            "<optgroup label=\"{}\">\n{group}</optgroup>\n",
            self.say("Gemeenten", "Gemeenten")
        );
        if !is_known {
            places.push_str(&option(&self.within, &self.within, true));
        }
        let hidden = if self.language == Language::En {
            "<input type=\"hidden\" name=\"taal\" value=\"en\">"
        } else {
            ""
        };
        let since = matches!(self.question, Question::Change | Question::Course)
            .then(|| format!("<p><label for=\"sinds\">{}</label><input id=\"sinds\" name=\"sinds\" inputmode=\"numeric\" pattern=\"[0-9]{{4}}\" size=\"6\" value=\"{}\"></p>", self.say("Beginjaar", "First year"), escape(&self.from)))
            .unwrap_or_default();
        let field = |id: &str, label: &str, options: &str| {
            format!(
                "<p><label for=\"{id}\">{label}</label><select id=\"{id}\" name=\"{id}\">\n{options}</select></p>\n"
            )
        };
        format!(
            "<form class=\"vraag\" action=\"/analyse/{}\" method=\"get\">\n{}{}{}{}{since}{hidden}<p><button type=\"submit\">{}</button></p>\n</form>\n",
            self.question.id(),
            field("indicator", self.say("Onderwerp", "Topic"), &topics_list),
            field("binnen", self.say("Waar", "Where"), &places),
            field("niveau", self.say("Per", "By"), &levels),
            field("jaar", self.say("Jaar", "Year"), &years),
            self.say("Bekijken", "Show"),
        )
    }
}

/// The page with what is wrong with the question.
fn refused(app: &App, shown: &Shown, problem: &Problem, asked: &Asked) -> Response {
    let body = format!(
        "<div class=\"melding\" role=\"alert\"><p><strong>{}</strong></p><p lang=\"nl\">{}</p></div>\n",
        shown.say("Hier is geen antwoord op.", "There is no answer to this."),
        escape(problem.detail()),
    );
    let mut response = page_answer(app, shown.render(app, None, &body)).send(asked);
    *response.status_mut() = problem.status().unwrap_or(StatusCode::BAD_REQUEST);
    response
}

/// What a study is asked with, behind its address.
fn query_of(wanted: &AskedStudy) -> String {
    let within =
        wanted.within.as_ref().map(|id| format!("&binnen={}", encoded(id))).unwrap_or_default();
    format!("indicator={}&niveau={}&jaar={}{within}", wanted.indicator, wanted.level, wanted.year)
}

fn json_address(wanted: &AskedStudy) -> String {
    format!("/v1/analyses/{}?{}", wanted.question.id(), query_of(wanted))
}

/// What the map shows: where the atlas has it, the outcome itself as an indicator, else the figures
/// that the question is about.
fn mapped<'a>(wanted: &AskedStudy, scope: &Scope<'a>) -> &'a Indicator {
    let tells = |one: &&Indicator| match (&one.derived, wanted.question) {
        (Some(Recipe::LocationQuotient(made)), Question::Concentration) => {
            made.of == wanted.indicator
        }
        // Of a part of the country other areas are its mean.
        (Some(Recipe::Cluster(made)), Question::Likeness) => {
            made.of == wanted.indicator && wanted.is_of_country()
        }
        (Some(Recipe::Typology(made)), Question::Course) => made.of == wanted.indicator,
        _ => false,
    };
    let found = scope.atlas.indicators().find(tells);
    let is_there =
        |one: &&Indicator| scope.atlas.series(&one.id, &wanted.level, None, wanted.year).is_some();
    found.filter(is_there).unwrap_or(scope.indicator)
}

/// The map that goes with the question.
fn picture(wanted: &AskedStudy, scope: &Scope<'_>, language: Language) -> String {
    let within =
        wanted.within.as_ref().map(|id| format!("&binnen={}", encoded(id))).unwrap_or_default();
    let english = if language == Language::En { "&taal=en" } else { "" };
    let (width, height) = SIZE;
    let detail = if wanted.within.is_some() { "" } else { "&detail=grof" };
    let shown = mapped(wanted, scope);
    let query = format!("indicator={}&jaar={}{within}{english}", shown.id, wanted.year);
    let name = text(&shown.name, language);
    let level = &wanted.level;
    let alt = say(language, "Kaart:", "Map:");
    format!(
        "<figure class=\"kaart\"><div class=\"beeld\"><img src=\"{}\" width=\"{width}\" height=\"{height}\" alt=\"{alt} {name}, {level} {}\"></div>\
         <figcaption><a href=\"{}\">{}</a> · <a href=\"{}\">{}</a></figcaption></figure>\n",
        escape(&format!("/v1/lagen/{level}.svg?{query}{detail}&breedte={width}&hoogte={height}")),
        wanted.year,
        escape(&format!(
            "/kaart/{}?niveau={level}&jaar={}{within}{english}",
            shown.id, wanted.year
        )),
        say(language, "Op de kaart", "On the map"),
        escape(&format!(
            "/kaart/{}/tabel?niveau={level}&jaar={}{within}{english}",
            shown.id, wanted.year
        )),
        say(language, "Alle cijfers in een tabel", "All figures in a table"),
    )
}

/// The same question by other levels: how large areas are matters.
fn levels(app: &App, wanted: &AskedStudy, language: Language) -> String {
    let mut rows = Vec::new();
    for level in app.atlas.levels() {
        let other = wanted.at(level.clone());
        let found = other.scope(&app.atlas).and_then(|scope| {
            let found = other.outcome(&scope)?;
            Ok(headline(&scope, &found, language))
        });
        if let Ok((what, figure)) = found {
            rows.push((level, what, figure));
        }
    }
    if rows.len() < 2 {
        return String::new();
    }
    let (_, what, _) = &rows[0];
    let heads = [(say(language, "Per", "By"), false), (what.as_str(), true)];
    let caption = say(language, "Dezelfde vraag per niveau", "The same question by level");
    let mut table = super::html::Table::new(caption, &heads);
    for (level, _, figure) in &rows {
        table.row("", &[escape(level.plural()), escape(figure)]);
    }
    let why = say(
        language,
        "Hoe groot de gebieden zijn bepaalt mee wat eruit komt: vergelijk alleen plaatsen op hetzelfde niveau.",
        "How large areas are helps to decide the outcome: compare places at the same level alone.",
    );
    format!("<section>\n{}<p class=\"noot\">{why}</p>\n</section>\n", table.html())
}
