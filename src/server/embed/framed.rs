//! From what the address of a framed map asks to a map that can be shown, and what had to be
//! changed for it. An address that somebody pasted years ago still shows a map; what is not as it
//! was asked is told.

use std::collections::BTreeMap;

use crate::{
    area::{AreaCode, Level, Text, Year},
    indicator::{Indicator, Language},
    layer::{LayerSpec, PaintedLayer, Within},
    server::{
        App,
        key::Key,
        layers,
        parameter::{BEGIN, BOUNDS, LANGUAGE, LAYER_WITHIN, LEVEL_FILTER, METHOD, SECOND, VERSION},
        problem::{InputError, Problem, shorten},
        query::{Query, encoded},
        spec::{self, language},
    },
};

use super::{
    options::Options,
    parameter::{AREA, CLASSING, OF_THE_PAGE, YEAR},
};

/// `binnen` for the whole country.
const COUNTRY: &str = "land";

/// A map that can be framed, every choice made.
#[derive(Clone, Debug)]
pub(in crate::server) struct Framed {
    /// The layer, in the language of the frame.
    pub spec: LayerSpec,
    /// Whether the year is the newest, whichever that is.
    pub is_latest: bool,
    /// The selected area.
    pub area: Option<AreaCode>,
    /// The choices about classes that were asked and can be.
    pub classing: Vec<(&'static str, String)>,
    /// What the page of the map does by itself, as asked.
    pub of_the_page: Vec<(&'static str, String)>,
    /// The delivery that the figures must be of.
    pub version: Option<String>,
    /// How it is framed.
    pub options: Options,
    /// What is shown otherwise than it was asked.
    pub notes: Vec<Text>,
}

impl Framed {
    /// Settles what a query asks of an indicator. What cannot be is noted in the query, where a
    /// dialog finds it, and told in [`Framed::notes`] where it changes what is shown. `None` where
    /// the atlas has no figures of it that can be drawn.
    pub fn settle(app: &App, indicator: &Indicator, query: &mut Query) -> Option<Self> {
        let mut notes = Notes::default();
        let level = level(app, indicator, query, &mut notes)?;
        let (year, is_latest) = year(app, indicator, &level, query, &mut notes)?;
        let within = query.text(&LAYER_WITHIN).map(str::to_owned);
        // Where the source delivers no changes, the page computes them.
        let is_of_the_page = |name: &str| {
            let years = app.atlas.years(&indicator.id, &level);
            name == BEGIN.name && years.iter().all(|(begin, _)| begin.is_none())
        };
        let mut choices: Vec<(&'static str, String)> = CLASSING
            .iter()
            .filter(|parameter| !is_of_the_page(parameter.name))
            .filter_map(|parameter| Some((parameter.name, query.text(parameter)?.to_owned())))
            .collect();
        choices.push((YEAR.name, year.to_string()));
        if language(query) == Language::En {
            choices.push((LANGUAGE.name, "en".to_owned()));
        }
        let home = app.first_view().within.filter(|_| app.config.gemeente.is_some());
        let within = match within.as_deref() {
            _ if level == Level::Gemeente => None,
            Some(COUNTRY) => None,
            Some(code) => Some(code.to_owned()),
            None => home.map(|code| code.to_string()),
        };
        choices.extend(within.map(|code| (LAYER_WITHIN.name, code)));
        without_sensitive(app, &mut choices, query, &mut notes);
        let mut spec = checked(app, indicator, &level, &mut choices, query, &mut notes)?;
        let area = area(app, &mut spec, query, &mut notes);
        let options = Options::read(query, is_latest);
        let of_the_page = OF_THE_PAGE
            .iter()
            .chain([&BEGIN].into_iter().filter(|begin| is_of_the_page(begin.name)))
            .filter_map(|parameter| Some((parameter.name, query.text(parameter)?.to_owned())))
            .collect();
        choices.retain(|(name, _)| CLASSING.iter().any(|parameter| parameter.name == *name));
        Some(Self {
            spec,
            is_latest,
            area,
            classing: choices,
            of_the_page,
            version: version(query, is_latest),
            options,
            notes: notes.0,
        })
    }

    /// The map with its classes made, and itself. Where its choices make no classes, as where no
    /// area has both of two topics, it is the map without them, and that is told.
    ///
    /// # Errors
    /// When no area has a number to show.
    pub fn painted(self, app: &App) -> Result<(Self, PaintedLayer<'_>), Problem> {
        let problem = match layers::painted(&app.atlas, self.spec.clone()) {
            Ok(layer) => return Ok((self, layer)),
            Err(problem) => problem,
        };
        let plain = self.without_classing(app).ok_or(problem)?;
        let layer = layers::painted(&app.atlas, plain.spec.clone())?;
        Ok((plain, layer))
    }

    fn without_classing(self, app: &App) -> Option<Self> {
        let indicator = app.atlas.indicator(&self.spec.indicator)?;
        let mut choices = vec![(YEAR.name, self.spec.year.to_string())];
        if self.spec.language == Language::En {
            choices.push((LANGUAGE.name, "en".to_owned()));
        }
        let mut notes = Notes(self.notes.clone());
        for (name, value) in &self.classing {
            told(app, name, value, &mut notes);
        }
        let level = &self.spec.level;
        let mut query = Query::parse(None, &[]);
        let spec = checked(app, indicator, level, &mut choices, &mut query, &mut notes)?;
        let spec = LayerSpec { within: self.spec.within.clone(), ..spec };
        Some(Self { spec, classing: Vec::new(), notes: notes.0, ..self })
    }

    /// The key of what is made from it and nothing else.
    pub fn key(&self, resource: &'static str) -> Key {
        let key = spec::key(resource, &self.spec)
            .and(self.is_latest)
            .and_maybe(self.area.as_ref())
            .and_maybe(self.version.as_ref());
        let lists = [&self.classing, &self.of_the_page, &self.options.parameters()];
        let key =
            lists.into_iter().flatten().fold(key, |key, (name, value)| key.and(name).and(value));
        self.notes.iter().fold(key, |key, note| key.and(&note.nl))
    }

    /// The view as the page of the map asks for one, by the names of its state.
    pub fn wish(&self) -> BTreeMap<&'static str, String> {
        let mut wish: BTreeMap<_, _> =
            self.classing.iter().chain(&self.of_the_page).cloned().collect();
        wish.remove("palet");
        if let Some(sight) = wish.remove("z") {
            wish.insert("zicht", sight);
        }
        let spec = &self.spec;
        wish.insert("indicator", spec.indicator.to_string());
        wish.insert("jaar", spec.year.to_string());
        wish.insert("niveau", spec.level.to_string());
        wish.insert("taal", if spec.language == Language::En { "en" } else { "nl" }.to_owned());
        if spec.level != Level::Gemeente {
            wish.insert("binnen", self.within());
        }
        if let Some(area) = &self.area {
            wish.insert("gebied", area.to_string());
        }
        wish
    }

    /// The extent, as addresses of the page have it.
    pub fn within(&self) -> String {
        self.spec.within.as_ref().map_or_else(|| COUNTRY.to_owned(), ToString::to_string)
    }
}

/// Leaves out a second topic that is never shown on another site.
fn without_sensitive(
    app: &App,
    choices: &mut Vec<(&'static str, String)>,
    query: &mut Query,
    notes: &mut Notes,
) {
    let is_sensitive = |id: &str| app.atlas.indicator(id).is_some_and(|topic| topic.sensitive);
    let second = choices.iter().position(|(name, id)| *name == SECOND.name && is_sensitive(id));
    let Some(at) = second else { return };
    let (name, id) = choices.remove(at);
    let detail = format!("{} wordt niet op andere sites getoond", shorten(&id));
    query.fail(InputError::query(name, "gevoelig", detail));
    told(app, name, &id, notes);
}

/// The delivery that is pinned: only with a year that stays, since another year is another delivery.
fn version(query: &mut Query, is_latest: bool) -> Option<String> {
    let version = query.text(&VERSION)?.to_owned();
    if is_latest {
        let detail = "gaat alleen met een vast jaar: een nieuw jaar is een andere levering";
        query.fail(InputError::query(VERSION.name, "onmogelijk", detail));
    }
    Some(version).filter(|_| !is_latest)
}

/// What is shown otherwise than it was asked.
#[derive(Default)]
struct Notes(Vec<Text>);

impl Notes {
    fn add(&mut self, nl: String, en: String) {
        let note = Text { nl, en };
        if !self.0.contains(&note) {
            self.0.push(note);
        }
    }
}

/// The level: as asked, else that of the selected area, else the first; where the topic is not
/// there at it, the next coarser, else the next finer.
fn level(app: &App, indicator: &Indicator, query: &mut Query, notes: &mut Notes) -> Option<Level> {
    let atlas = &app.atlas;
    let named = query.text(&LEVEL_FILTER).map(str::to_owned);
    let asked = named.as_deref().and_then(|name| layers::find_level(atlas, name));
    if let (Some(name), None) = (&named, &asked) {
        query.fail(layers::level_error(atlas, InputError::query, name));
    }
    let of_area = || query.code(&AREA)?.cbs_level();
    let is_asked = asked.is_some();
    let wanted = asked.or_else(of_area).unwrap_or_else(|| app.first_level());
    let usual = [Level::Gemeente, Level::Wijk, Level::Buurt];
    let place = usual.iter().position(|one| *one == wanted).unwrap_or(usual.len() - 1);
    let (coarser, finer) = usual.split_at(place);
    let has = |level: &Level| !atlas.years(&indicator.id, level).is_empty();
    let found = [&wanted].into_iter().chain(coarser.iter().rev()).chain(finer).find(|one| has(one));
    let found = found?.clone();
    if found != wanted && is_asked {
        let detail = format!("{} heeft geen waarden op niveau {wanted}", indicator.id);
        query.fail(InputError::query(LEVEL_FILTER.name, "geen-waarden", detail).allowing([&found]));
        notes.add(
            format!(
                "Dit onderwerp is er niet per {}; u ziet het per {}.",
                wanted.one()[0],
                found.one()[0]
            ),
            format!(
                "This topic is not there for {}; you see it for {}.",
                wanted.many()[1],
                found.many()[1]
            ),
        );
    }
    Some(found)
}

/// The year: as asked, else the newest. Of a year that is not there the nearest, the later of two.
fn year(
    app: &App,
    indicator: &Indicator,
    level: &Level,
    query: &mut Query,
    notes: &mut Notes,
) -> Option<(Year, bool)> {
    let there = app.atlas.years(&indicator.id, level);
    let newest = there.last()?.1;
    let text = query.text(&YEAR).map(str::to_owned);
    let Some(text) = text.filter(|text| text != "laatste") else { return Some((newest, true)) };
    let asked = text.parse::<Year>().ok();
    let away = |year: Year, from: Year| year.get().abs_diff(from.get());
    let nearest = asked.and_then(|asked| {
        there
            .iter()
            .map(|(_, year)| *year)
            .min_by_key(|&year| (away(year, asked), std::cmp::Reverse(year)))
    });
    let found = nearest.unwrap_or(newest);
    if asked != Some(found) {
        let mut years: Vec<_> = there.iter().map(|(_, year)| year.to_string()).collect();
        years.dedup();
        years.push("laatste".to_owned());
        let detail =
            format!("{} heeft op niveau {level} geen jaar {}", indicator.id, shorten(&text));
        query.fail(InputError::query(YEAR.name, "onbekend", detail).allowing(years));
        let text = shorten(&text);
        notes.add(
            format!("Het jaar {text} is er niet; u ziet {found}."),
            format!("The year {text} is not there; you see {found}."),
        );
    }
    Some((found, false))
}

/// The layer of the choices. Those that a layer refuses are left out one round after another, and
/// told.
fn checked(
    app: &App,
    indicator: &Indicator,
    level: &Level,
    choices: &mut Vec<(&'static str, String)>,
    query: &mut Query,
    notes: &mut Notes,
) -> Option<LayerSpec> {
    loop {
        let text: Vec<_> =
            choices.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let mut inner = Query::parse(Some(&text.join("&")), &crate::server::parameter::LAYER[1..]);
        let spec = spec::spec(&app.atlas, &app.selections, &mut inner, indicator, level);
        if inner.errors().is_empty() {
            return spec;
        }
        let before = choices.len();
        for error in inner.errors() {
            let name = error.location.name.clone();
            // Bounds that are missing are missed by the method that wants them.
            let wanting = if name == BOUNDS.name { METHOD.name } else { name.as_str() };
            let at = choices.iter().position(|(known, _)| *known == name);
            let at = at.or_else(|| choices.iter().position(|(known, _)| *known == wanting));
            query.fail(error.clone());
            let Some(at) = at else { continue };
            let (name, value) = choices.remove(at);
            told(app, name, &value, notes);
        }
        if choices.len() == before {
            return None;
        }
    }
}

/// Says that a choice could not be.
fn told(app: &App, name: &str, value: &str, notes: &mut Notes) {
    let value = shorten(value);
    match name {
        "binnen" => notes.add(
            format!("Het gebied {value} is er op deze indeling niet; u ziet het hele land."),
            format!("The area {value} is not in this division; you see the whole country."),
        ),
        "met" => {
            let name = app.atlas.indicator(&value).map(|one| one.name.clone());
            let name = name.unwrap_or_else(|| Text { nl: value.clone(), en: value });
            notes.add(
                format!("Het tweede onderwerp, {}, kan hier niet bij.", name.nl),
                format!("The second topic, {}, cannot be shown with this one.", name.en),
            );
        }
        "sinds" => notes.add(
            format!("De verandering sinds {value} is er niet."),
            format!("The change since {value} is not there."),
        ),
        _ => notes.add(
            "De klassen zijn anders dan gevraagd.".to_owned(),
            "The classes are not as they were asked.".to_owned(),
        ),
    }
}

/// The selected area, where the layer has it. It goes before the extent: an address of one place
/// shows that place.
fn area(app: &App, spec: &mut LayerSpec, query: &mut Query, notes: &mut Notes) -> Option<AreaCode> {
    if query.is_wrong(&AREA) {
        notes.add(
            "Het gekozen gebied is er niet.".to_owned(),
            "The selected area is not there.".to_owned(),
        );
    }
    let code = query.code(&AREA)?;
    let LayerSpec { indicator, level, begin, year, vintage, .. } = &*spec;
    let coverage = match vintage {
        Some(vintage) => app.atlas.coverage(*vintage, level)?,
        None => app.atlas.series(indicator, level, *begin, *year)?.coverage,
    };
    let Some(ordinal) = coverage.ordinal(&code) else {
        let detail = format!("{code} is op deze indeling geen gebied van niveau {}", spec.level);
        query.fail(InputError::query(AREA.name, "onbekend", detail));
        notes.add(
            format!("Het gekozen gebied {code} is er op deze indeling niet."),
            format!("The selected area {code} is not in this division."),
        );
        return None;
    };
    let is_shown =
        spec.within.as_ref().is_none_or(|within| within.ordinals(coverage).contains(&ordinal));
    if !is_shown {
        spec.within = code.gemeente().map(Within::Area);
    }
    Some(code)
}
