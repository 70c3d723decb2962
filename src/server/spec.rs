//! A query into a layer with every choice made.

use std::{collections::BTreeSet, fmt::Write};

use smol_str::SmolStr;

use crate::{
    area::{AreaCode, Level, Selection, Vintage, Year},
    atlas::{Atlas, Available, LevelCoverage},
    coverage::Detail,
    indicator::{Indicator, Kind, Language},
    layer::{LayerCrs, LayerSpec, PaintedLayer, Scope, Second, Within},
    scale::{CLASS_COUNTS, ManualBreaks, Method, PAIR_CLASSES, PaletteKind},
};

use super::{
    key::Key,
    pair, parameter,
    problem::{InputError, shorten},
    query::{BOUNDS_FORM, Query},
    selections::on_division,
};

/// The palette of computed classes whose indicator has a diverging one.
const SEQUENTIAL: &str = "geelgroenblauw";

/// How many classes standard deviations make when nobody says: up to one and two on either side
/// of the mean.
const DEVIATION_CLASSES: usize = 5;

/// The layer that a query asks for, every choice made and checked against the atlas. What is wrong
/// is noted in the query; then there may be no layer.
pub(super) fn spec(
    atlas: &Atlas,
    selections: &[Selection],
    query: &mut Query,
    indicator: &Indicator,
    level: &Level,
) -> Option<LayerSpec> {
    let year_and_begin = years(atlas, query, indicator, level);
    let second = pair::second(atlas, query, indicator, level, year_and_begin);
    let classing = if pair::is_asked(query) {
        Classing::of_pair(indicator)
    } else {
        Classing::of(atlas, query, indicator)
    };
    let (begin, year) = year_and_begin?;
    let own = atlas.series(&indicator.id, level, begin, year);
    let vintage = division(atlas, query, indicator, level, own);
    let coverage = match vintage {
        Some(vintage) => atlas.coverage(vintage, level),
        None => own.map(|series| series.coverage),
    };
    let within = query
        .code(&parameter::LAYER_WITHIN)
        .map(|code| within(atlas, selections, query, code, coverage, level));
    Some(LayerSpec {
        indicator: indicator.id.clone(),
        second,
        level: level.clone(),
        begin,
        year,
        vintage,
        method: classing.method,
        class_count: classing.class_count,
        bounds: classing.bounds,
        scope: classing.scope,
        palette: classing.palette,
        within,
        bbox: query.bbox(&parameter::BBOX),
        detail: detail(query),
        crs: query.text(&parameter::CRS).and_then(LayerCrs::from_name).unwrap_or_default(),
        language: language(query),
    })
}

/// How values become classes.
struct Classing {
    method: Method,
    class_count: usize,
    bounds: Option<ManualBreaks>,
    scope: Scope,
    palette: SmolStr,
}

impl Classing {
    /// As asked, else as the indicator has it.
    fn of(atlas: &Atlas, query: &mut Query, indicator: &Indicator) -> Self {
        let method = method(query, indicator);
        let bounds = bounds(query, method);
        let class_count = class_count(query, indicator, method, bounds.as_ref());
        let palette =
            query.text(&parameter::PALETTE).unwrap_or(default_palette(atlas, indicator, method));
        let palette = SmolStr::new(palette);
        if atlas.palettes.get(&palette).is_none() {
            let detail = format!("{:?} is geen palet", shorten(&palette));
            let names = atlas.palettes.iter().map(|palette| palette.id.as_str());
            query.fail(InputError::query("palet", "onbekend", detail).allowing(names));
        }
        let scope = match query.text(&parameter::SCOPE) {
            Some("jaar") => Scope::Jaar,
            _ => Scope::Vast,
        };
        Self { method, class_count, bounds, scope, palette }
    }

    /// Of two topics there is one way, with colours of its own.
    fn of_pair(indicator: &Indicator) -> Self {
        Self {
            method: Method::Kwantielen,
            class_count: PAIR_CLASSES,
            bounds: None,
            scope: Scope::Jaar,
            palette: indicator.palette.clone(),
        }
    }
}

/// The division that figures are read on, where it is asked for and not their own. One that they
/// cannot be read on is told.
fn division(
    atlas: &Atlas,
    query: &mut Query,
    indicator: &Indicator,
    level: &Level,
    own: Option<Available<'_>>,
) -> Option<Vintage> {
    let asked = Vintage(query.year(&parameter::DIVISION)?);
    let own = own?;
    let name = parameter::DIVISION.name;
    if pair::is_asked(query) {
        let detail = "gaat niet samen met een tweede onderwerp: elk staat op zijn eigen indeling";
        query.fail(InputError::query(name, "onmogelijk", detail));
        return None;
    }
    if asked == own.key.vintage {
        return None;
    }
    let vintages = atlas.vintages(level);
    if !vintages.contains(&asked) {
        let detail = format!("er is geen indeling van {level} van {asked}");
        query.fail(InputError::query(name, "onbekend", detail).allowing(vintages));
        return None;
    }
    if !atlas.is_readable_on(&indicator.id, level, own.key.begin, own.key.year, asked) {
        let detail = format!(
            "{} betekent alleen iets op de eigen indeling, {}",
            indicator.id, own.key.vintage
        );
        query.fail(InputError::query(name, "onmogelijk", detail).allowing([own.key.vintage]));
        return None;
    }
    Some(asked)
}

/// How finely borders are drawn: as asked, else finely.
fn detail(query: &mut Query) -> Detail {
    let named = query.text(&parameter::DETAIL).and_then(Detail::from_name);
    let zoom = query.whole(&parameter::ZOOM).and_then(|zoom| u8::try_from(zoom).ok());
    let zoomed = zoom.and_then(Detail::of_zoom);
    if named.is_some() && zoomed.is_some() {
        let detail = "detail en zoom zeggen allebei hoe fijn: geef er één";
        query.fail(InputError::query("zoom", "dubbel", detail));
    }
    named.or(zoomed).unwrap_or(Detail::FIJN)
}

/// The palette of classes that nobody chose one for. The middle of a diverging palette means
/// something in the publisher's classes, and around a mean: other classes go from little to much.
fn default_palette<'a>(atlas: &Atlas, indicator: &'a Indicator, method: Method) -> &'a str {
    let diverges = atlas
        .palettes
        .get(&indicator.palette)
        .is_some_and(|palette| palette.kind == PaletteKind::Diverging);
    let has_middle = matches!(method, Method::Publicatie | Method::Standaarddeviatie);
    if diverges && !has_middle { SEQUENTIAL } else { &indicator.palette }
}

/// The language that a query asks for.
pub(super) fn language(query: &Query) -> Language {
    match query.text(&parameter::LANGUAGE) {
        Some("en") => Language::En,
        _ => Language::Nl,
    }
}

type Period = (Option<Year>, Year);

/// The year of a layer: as asked, else the newest. An asked year that is not there is told, never
/// replaced.
fn years(atlas: &Atlas, query: &mut Query, indicator: &Indicator, level: &Level) -> Option<Period> {
    let there = atlas.years(&indicator.id, level);
    if there.is_empty() {
        let detail = format!("{} heeft geen waarden op niveau {level}", indicator.id);
        let levels: BTreeSet<_> = atlas
            .series_of(&indicator.id)
            .filter(|series| series.column.has_numbers())
            .map(|series| series.key.level.to_string())
            .collect();
        query.fail(InputError::query("niveau", "geen-waarden", detail).allowing(levels));
        return None;
    }
    let wanted = query.year(&parameter::YEAR);
    let of_year: Vec<_> =
        there.iter().filter(|(_, year)| wanted.is_none_or(|wanted| *year == wanted)).collect();
    let Some(&&(_, year)) = of_year.last() else {
        if let Some(wanted) = wanted {
            let detail = format!("{} heeft op niveau {level} geen jaar {wanted}", indicator.id);
            let mut years: Vec<_> = there.iter().map(|(_, year)| *year).collect();
            years.dedup();
            query.fail(InputError::query("jaar", "onbekend", detail).allowing(years));
        }
        return None;
    };
    let begins: Vec<_> = there.iter().filter(|(_, of)| *of == year).map(|(b, _)| *b).collect();
    let Some(begin) = query.year(&parameter::BEGIN) else {
        return begins.first().map(|begin| (*begin, year));
    };
    if begins.contains(&Some(begin)) {
        return Some((Some(begin), year));
    }
    let detail = format!("{} heeft geen verandering van {begin} tot {year}", indicator.id);
    query.fail(
        InputError::query("sinds", "onbekend", detail).allowing(begins.into_iter().flatten()),
    );
    None
}

fn method(query: &mut Query, indicator: &Indicator) -> Method {
    let method =
        query.text(&parameter::METHOD).and_then(Method::from_name).unwrap_or(indicator.method);
    let wrong = match (method, indicator.kind, &indicator.classes) {
        (Method::Publicatie, _, None) => Some("de bron geeft van dit onderwerp geen klassen"),
        (other, Kind::Klasse, _) if other != Method::Publicatie => {
            Some("dit onderwerp is zelf een klasse van de bron")
        }
        _ => None,
    };
    if let Some(detail) = wrong {
        let allowed = Method::ALL.into_iter().filter(|other| match indicator.kind {
            Kind::Klasse => *other == Method::Publicatie,
            _ => *other != Method::Publicatie || indicator.classes.is_some(),
        });
        query.fail(
            InputError::query("methode", "onmogelijk", detail)
                .allowing(allowed.map(Method::as_str)),
        );
    }
    method
}

/// The bounds of the asker's own classes: with [`Method::Eigen`], and then always.
fn bounds(query: &mut Query, method: Method) -> Option<ManualBreaks> {
    let bounds = query.bounds(&parameter::BOUNDS);
    if query.is_wrong(&parameter::BOUNDS) || query.is_wrong(&parameter::METHOD) {
        return bounds;
    }
    let wrong = match (method, &bounds) {
        (Method::Eigen, None) => {
            ("ontbreekt", format!("is verplicht bij methode=eigen: {BOUNDS_FORM}"))
        }
        (Method::Eigen, Some(_)) | (_, None) => return bounds,
        (other, Some(_)) => {
            let detail = format!("hoort bij methode=eigen, niet bij methode={}", other.as_str());
            ("onmogelijk", detail)
        }
    };
    query.fail(InputError::query(parameter::BOUNDS.name, wrong.0, wrong.1));
    None
}

fn class_count(
    query: &mut Query,
    indicator: &Indicator,
    method: Method,
    bounds: Option<&ManualBreaks>,
) -> usize {
    let asked = query.whole(&parameter::CLASS_COUNT);
    let fixed = match (method, &indicator.classes, bounds) {
        (Method::Publicatie, Some(classes), _) => {
            Some((classes.names.len(), "het aantal klassen van de bron staat vast"))
        }
        (Method::Eigen, _, Some(bounds)) => {
            Some((bounds.as_slice().len() + 1, "klassegrenzen zegt al hoeveel klassen er zijn"))
        }
        _ => None,
    };
    if let Some((fixed, detail)) = fixed {
        if asked.is_some_and(|asked| asked != fixed) {
            let error = InputError::query("aantalKlassen", "onmogelijk", detail);
            query.fail(error.allowing([fixed]));
        }
        return fixed;
    }
    let default = match method {
        Method::Standaarddeviatie => DEVIATION_CLASSES,
        _ => usize::from(indicator.class_count),
    };
    asked.unwrap_or(default).clamp(*CLASS_COUNTS.start(), *CLASS_COUNTS.end())
}

/// The part of the country of a code or of the id of a selection. One without areas on the division
/// is told.
fn within(
    atlas: &Atlas,
    selections: &[Selection],
    query: &mut Query,
    code: AreaCode,
    coverage: Option<&LevelCoverage>,
    level: &Level,
) -> Within {
    let selection = selections.iter().find(|one| one.id == code.as_str());
    let within = match (selection, coverage) {
        (Some(selection), Some(coverage)) => Within::Selection {
            id: selection.id.clone(),
            name: selection.name.clone(),
            codes: selection
                .all_codes()
                .flat_map(|code| on_division(atlas, selection.vintage, coverage.vintage, code))
                .collect(),
        },
        _ => Within::Area(code),
    };
    if coverage.is_none_or(|coverage| within.ordinals(coverage).is_empty()) {
        let detail = format!("{within} heeft op deze indeling geen gebieden van niveau {level}");
        query.fail(InputError::query("binnen", "onbekend", detail));
    }
    within
}

/// The key of something that is made from a layer and nothing else.
pub(super) fn key(resource: &'static str, spec: &LayerSpec) -> Key {
    // Every choice counts: a new one does not compile before it is here.
    let LayerSpec {
        indicator,
        second,
        level,
        begin,
        year,
        vintage,
        method,
        class_count,
        bounds,
        scope,
        palette,
        within,
        bbox,
        detail,
        crs,
        language,
    } = spec;
    let key = match second {
        Some(Second { indicator, begin, year }) => {
            Key::new(resource).and(indicator).and_maybe(begin.as_ref()).and(year)
        }
        None => Key::new(resource).and_maybe(None::<&str>),
    };
    key.and(indicator)
        .and(level)
        .and_maybe(begin.as_ref())
        .and(year)
        .and_maybe(vintage.as_ref())
        .and(method.as_str())
        .and(class_count)
        .and_maybe(bounds.as_ref())
        .and(*scope == Scope::Jaar)
        .and(palette)
        .and_maybe(within.as_ref())
        .and_maybe(bbox.map(|bbox| bbox.map(|side| side.to_string()).join(",")))
        .and(detail)
        .and(crs.uri())
        .and(*language == Language::En)
}

/// The choices of a layer as the parameters of an address, the same for every way to ask for it.
/// Indicator, level, box and reference system are left to the caller.
pub(super) fn parameters(layer: &PaintedLayer<'_>) -> String {
    let spec = &layer.spec;
    let mut text = format!("jaar={}", spec.year);
    let mut add = |name: &str, value: &dyn std::fmt::Display| {
        let _ = write!(text, "&{name}={value}");
    };
    match &spec.second {
        // How its classes are made is not chosen.
        Some(second) => add("met", &second.indicator),
        None => {
            if let Some(begin) = spec.begin {
                add("sinds", &begin);
            }
            if let Some(vintage) = spec.vintage {
                add("indeling", &vintage);
            }
            add("methode", &spec.method.as_str());
            match (&spec.bounds, spec.method) {
                (Some(bounds), _) => add("klassegrenzen", bounds),
                (None, Method::Publicatie) => {}
                (None, _) => add("aantalKlassen", &spec.class_count),
            }
            if spec.scope == Scope::Jaar {
                add("schaal", &"jaar");
            }
            if spec.palette != default_palette(layer.atlas, layer.indicator, spec.method) {
                add("palet", &spec.palette);
            }
        }
    }
    if let Some(within) = &spec.within {
        add("binnen", within);
    }
    if spec.language == Language::En {
        add("taal", &"en");
    }
    text
}
