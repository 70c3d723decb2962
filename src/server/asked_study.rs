//! A question as it is asked: of which topic, level, year and place.

use smol_str::SmolStr;

use crate::{
    area::{AreaCode, Level, Vintage, Year},
    atlas::Atlas,
    indicator::Language,
    study::{
        ChangeStudy, CourseStudy, Neighbourship, Partition, Scope, StudyError, Thresholds,
        before_after, change, concentration, courses, gap, likeness, mixture, of_gemeenten,
        segregation, stacking,
    },
};

use super::{
    App,
    asked_period::{self, AskedPeriod},
    asked_topics::{self, AskedTopic},
    key::Key,
    parameter::{BEGIN, INDICATOR},
    problem::{InputError, Problem},
    query::Query,
    selections::on_division,
    study_outcome::Outcome,
    study_parameter::{
        BAND, BETWEEN, GROUPS, NEIGHBOURS, STUDY_CODES, STUDY_WITHIN, THRESHOLD, TOPICS,
        UNFAVOURABLE_PART, WEAK,
    },
    study_question::Question,
    study_subject::Subject,
};

/// Which part of the country is unfavourable where none is asked for, per cents.
const PART: f64 = 20.0;

/// A question with every choice made.
#[derive(Clone, Debug)]
pub(super) struct AskedStudy {
    pub question: Question,
    /// The topic, or the first of several.
    pub indicator: SmolStr,
    /// What piles up.
    pub topics: Vec<AskedTopic>,
    /// The groups that together are everybody.
    pub partition: Option<&'static Partition>,
    pub level: Level,
    pub year: Year,
    /// The gemeente, wijk or selection; `None` for the country.
    pub within: Option<String>,
    /// Places of the selection that the division does not have.
    pub missing: Vec<String>,
    /// Ascending, each once.
    codes: Vec<AreaCode>,
    from: Option<Year>,
    between: Option<Year>,
    threshold: Option<f64>,
    band: Option<f64>,
    weak: Option<f64>,
    part: Option<f64>,
    /// Who counts as a neighbour.
    pub neighbours: Neighbourship,
    /// The area and the period of a before and after.
    pub period: Option<AskedPeriod>,
}

impl AskedStudy {
    /// Reads a query; what it leaves open is chosen: the finest level with figures, and the newest
    /// year of them.
    ///
    /// # Errors
    /// A 400 problem with all that is wrong.
    pub fn read(app: &App, question: Question, query: &mut Query) -> Result<Self, Problem> {
        let atlas = &app.atlas;
        let subject = Subject::read(atlas, question, query);
        let (period, when) = if question == Question::BeforeAfter {
            let indicator = subject.as_ref().map(|of| of.indicator);
            let asked = asked_period::read(atlas, indicator, query);
            asked.map_or((None, None), |(period, level, year)| (Some(period), Some((level, year))))
        } else {
            (None, subject.as_ref().and_then(|of| of.level_and_year(atlas, query)))
        };
        let numbers = [&THRESHOLD, &BAND, &WEAK, &UNFAVOURABLE_PART];
        let [threshold, band, weak, part] = numbers.map(|parameter| query.number(parameter));
        let mut out_of_range = |name, value: Option<f64>, low: f64, high: f64| {
            if value.is_some_and(|value| !(low..=high).contains(&value)) {
                let detail = format!("verwacht: {low} tot en met {high}");
                query.fail(InputError::query(name, "ongeldig", detail));
            }
        };
        out_of_range(THRESHOLD.name, threshold, 0.0, 100.0);
        out_of_range(UNFAVOURABLE_PART.name, part, 1.0, 50.0);
        out_of_range(BAND.name, band, 0.0, 1e9);
        out_of_range(WEAK.name, weak, -1e9, 1e9);
        let neighbours = neighbours(query);
        let (from, between) = (query.year(&BEGIN), query.year(&BETWEEN));
        let within = query.text(&STUDY_WITHIN).map(ToOwned::to_owned);
        let listed = query.codes(&STUDY_CODES);
        if within.is_some() && listed.is_some() {
            let detail = "gaat niet samen met binnen";
            query.fail(InputError::query(STUDY_CODES.name, "dubbel", detail));
        }
        let mut asked = Self {
            question,
            indicator: SmolStr::default(),
            topics: Vec::new(),
            partition: None,
            level: Level::Buurt,
            year: Year::FIRST,
            within,
            missing: Vec::new(),
            codes: Vec::new(),
            from,
            between,
            threshold,
            band,
            weak,
            part,
            neighbours,
            period,
        };
        if let (Some(subject), Some((level, year))) = (subject, when) {
            asked.indicator = subject.indicator.id.clone();
            asked.topics = subject.topics_of(atlas, &level, year);
            asked.partition = subject.partition;
            asked.level = level;
            asked.year = year;
            let (codes, missing) = asked.areas(app, query, listed);
            asked.codes = codes;
            asked.missing = missing;
        }
        query.check()?;
        Ok(asked)
    }

    /// The codes of the place that is asked about, on the division of the figures.
    /// Beside them those that are not there, of a selection that may have such.
    fn areas(
        &self,
        app: &App,
        query: &mut Query,
        listed: Option<Vec<AreaCode>>,
    ) -> (Vec<AreaCode>, Vec<String>) {
        let none = || (Vec::new(), Vec::new());
        let atlas = &app.atlas;
        let Some(series) = atlas.series(&self.indicator, &self.level, None, self.year) else {
            return none();
        };
        let vintage = series.coverage.vintage;
        let (name, own, codes) = match (&self.within, listed) {
            (_, Some(codes)) => (STUDY_CODES.name, None, codes),
            (Some(id), None) => match app.selections.iter().find(|one| one.id == id.as_str()) {
                Some(one) => (STUDY_WITHIN.name, one.vintage, one.all_codes().cloned().collect()),
                None => match AreaCode::parse(id) {
                    Ok(code) => (STUDY_WITHIN.name, None, vec![code]),
                    Err(_) => (STUDY_WITHIN.name, None, Vec::new()),
                },
            },
            (None, None) => return none(),
        };
        let mut there = Vec::new();
        let mut missing = Vec::new();
        for code in &codes {
            let found = on_division(atlas, own, vintage, code);
            if found.iter().all(|code| series.coverage.within(code).is_empty()) {
                missing.push(code.to_string());
            }
            there.extend(found);
        }
        // A selection of the past may have places that are no more; what one names oneself is there.
        if there.is_empty() || (own.is_none() && !missing.is_empty()) {
            let named = if missing.is_empty() { "niets".to_owned() } else { missing.join(", ") };
            let detail = no_place(&named, vintage, &self.level);
            query.fail(InputError::query(name, "onbekend", detail));
        }
        there.sort();
        there.dedup();
        (there, missing)
    }

    /// The same question by another level.
    pub fn at(&self, level: Level) -> Self {
        Self { level, ..self.clone() }
    }

    /// Whether it is about the whole country.
    pub fn is_of_country(&self) -> bool {
        self.codes.is_empty()
    }

    /// Whether years in between, thresholds and bands are those that are taken where none is named.
    pub fn is_as_usual(&self) -> bool {
        let years = [self.from, self.between].iter().all(Option::is_none);
        let usual = years && self.neighbours == Neighbourship::default();
        usual && [self.threshold, self.band, self.weak, self.part].iter().all(Option::is_none)
    }

    /// What tells it from other questions.
    pub fn key(&self) -> Key {
        let codes: Vec<_> = self.codes.iter().map(AreaCode::as_str).collect();
        Key::new("analyse")
            .and(self.question.id())
            .and(&self.indicator)
            .and(
                self.topics
                    .iter()
                    .map(|(id, bad)| format!("{id}:{bad:?}"))
                    .collect::<Vec<_>>()
                    .join(","),
            )
            .and_maybe(self.partition.map(|of| of.id))
            .and_maybe(self.part)
            .and(self.neighbours.id())
            .and(&self.level)
            .and(self.year)
            .and_maybe(self.within.as_ref())
            .and(codes.join(","))
            .and_maybe(self.from)
            .and_maybe(self.between)
            .and_maybe(self.threshold)
            .and_maybe(self.band)
            .and_maybe(self.weak)
            .and_maybe(self.period.as_ref().map(|of| format!("{of:?}")))
    }

    /// The figures and the areas that it is about.
    ///
    /// # Errors
    /// When the atlas was replaced meanwhile by one that has them not.
    pub fn scope<'a>(&self, atlas: &'a Atlas) -> Result<Scope<'a>, Problem> {
        let indicator = atlas.indicator(&self.indicator).ok_or_else(Problem::internal)?;
        let series = atlas.series(&self.indicator, &self.level, None, self.year);
        let within = (!self.codes.is_empty()).then_some(self.codes.as_slice());
        Ok(Scope::new(atlas, indicator, series.ok_or_else(Problem::internal)?, within))
    }

    /// Answers it.
    ///
    /// # Errors
    /// A 400 problem that says in `language` why there is no outcome, and what would do.
    pub fn outcome(&self, scope: &Scope<'_>, language: Language) -> Result<Outcome, Problem> {
        let found = match self.question {
            Question::Segregation if self.codes.is_empty() => {
                of_gemeenten(scope).map(Outcome::Gemeenten)
            }
            Question::Segregation => segregation(scope).map(Outcome::Segregation),
            Question::Concentration => {
                concentration(scope, self.threshold).map(Outcome::Concentration)
            }
            Question::Mixture => match self.partition {
                Some(of) => mixture(scope, of).map(Outcome::Mixture),
                None => return Err(Problem::internal()),
            },
            Question::Stacking => asked_topics::figures(scope, &self.topics)
                .and_then(|topics| stacking(scope, &topics, self.part.unwrap_or(PART)))
                .map(Outcome::Stacking),
            Question::Likeness => likeness(scope, self.neighbours).map(Outcome::Likeness),
            Question::Gap => gap(scope).map(Outcome::Gap),
            Question::Change => self.change(scope).map(Outcome::Change),
            Question::Course => self.courses(scope).map(Outcome::Course),
            Question::BeforeAfter => {
                let asked = self.period.as_ref().ok_or_else(Problem::internal)?;
                let ordinal = scope.series.coverage.ordinal(&asked.code);
                let ordinal = ordinal.ok_or_else(Problem::internal)?;
                before_after(scope, ordinal, asked.period, asked.story.clone())
                    .map(|study| Outcome::BeforeAfter(Box::new(study)))
            }
        };
        found.map_err(|error| {
            let name = match error {
                _ if self.question == Question::Stacking => TOPICS.name,
                _ if self.question == Question::Mixture => GROUPS.name,
                StudyError::Order { .. } | StudyError::Break { .. } | StudyError::Year { .. } => {
                    BEGIN.name
                }
                StudyError::Analysis(_) if !self.codes.is_empty() => STUDY_WITHIN.name,
                _ => INDICATOR.name,
            };
            Problem::invalid(vec![InputError::query(
                name,
                "onmogelijk",
                error.explain().get(language),
            )])
        })
    }

    fn change(&self, scope: &Scope<'_>) -> Result<ChangeStudy, StudyError> {
        let last = scope.series.key.year;
        let years = scope.years().into_iter().map(|there| there.key.year);
        let earlier = years.filter(|year| *year < last).min();
        let name = || scope.indicator.name.nl.to_lowercase();
        let few = || StudyError::Years { indicator: name(), got: 1, needed: 2 };
        change(scope, self.from.or(earlier).ok_or_else(few)?, self.band)
    }

    fn courses(&self, scope: &Scope<'_>) -> Result<CourseStudy, StudyError> {
        let ours = Thresholds::default();
        let thresholds = Thresholds {
            weak: self.weak.unwrap_or(ours.weak),
            band: self.band.unwrap_or(ours.band),
        };
        courses(scope, [self.from, self.between], thresholds)
    }
}

/// Who is to count as a neighbour.
fn neighbours(query: &mut Query) -> Neighbourship {
    let Some(id) = query.text(&NEIGHBOURS).map(ToOwned::to_owned) else {
        return Neighbourship::default();
    };
    Neighbourship::find(&id).unwrap_or_else(|| {
        let error = InputError::query(NEIGHBOURS.name, "onbekend", "is geen keuze");
        query.fail(error.allowing(Neighbourship::ALL.map(Neighbourship::id)));
        Neighbourship::default()
    })
}

fn no_place(named: &str, vintage: Vintage, level: &Level) -> String {
    format!(
        "{named} staat niet in de indeling van {vintage} van {level}; kies een gemeente, wijk of selectie van die indeling"
    )
}
