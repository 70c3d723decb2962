//! A layer in a few sentences: for who cannot see the map, and beside it for who can.

use crate::{
    area::{Flag, Level},
    indicator::{Kind, Language},
};

use super::{
    AnyLegend, LegendBody, PaintedArea, PaintedLayer, any_legend, area_class_name, area_value_text,
    cell_name::capitalised, legend, words::Words,
};

/// What a text beside a picture may take, in characters: screen readers cut it off, or read it
/// without a pause.
pub const LONGEST_ALT: usize = 125;

/// So many places are named at an end; more are counted.
const NAMED: usize = 3;

/// What a layer shows, said by the program alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What is shown, per what, where and when.
    pub title: String,
    /// The same without a year: true of the newest year, whichever that is.
    pub lasting_title: String,
    /// The text in place of a picture: at most [`LONGEST_ALT`] characters.
    pub alt: String,
    /// The same without anything that another year changes.
    pub lasting_alt: String,
    /// Sentences: cover, the lowest and the highest, counts per class, what is missing and why,
    /// marks, source.
    pub text: Vec<String>,
}

/// The summary of a layer, in its language. Areas with a mark are counted, and are never the lowest
/// or the highest; no more is any area of a topic that is a class. Cost: that of the legend, and a
/// pass over the areas.
pub fn summary(layer: &PaintedLayer<'_>) -> Summary {
    let words = Words::of(layer);
    let (title, lasting_title) = (words.headline(), words.lasting_headline());
    let ends = Ends::of(layer);
    let map = match layer.atlas.fictional {
        true => words.pick("Fictieve kaart", "Fictional map"),
        false => words.pick("Kaart", "Map"),
    };
    let named = ends.as_ref().and_then(|ends| ends.briefly(layer));
    let alt = named
        .map(|named| format!("{map}: {title}. {named}"))
        .into_iter()
        .chain([format!("{map}: {title}."), format!("{map}: {}.", words.topic())])
        .find(|text| fits(text));
    let year = words.pick("Jaar en bron staan erin.", "It says its year and source.");
    let lasting_alt =
        [format!("{map}: {lasting_title}. {year}"), format!("{map}: {lasting_title}.")]
            .into_iter()
            .find(|text| fits(text));
    Summary {
        alt: alt.unwrap_or_else(|| shortened(&format!("{map}: {title}"))),
        lasting_alt: lasting_alt.unwrap_or_else(|| shortened(&format!("{map}: {lasting_title}"))),
        text: sentences(layer, &words, ends.as_ref()),
        title,
        lasting_title,
    }
}

fn fits(text: &str) -> bool {
    text.chars().count() <= LONGEST_ALT
}

fn shortened(text: &str) -> String {
    let most = LONGEST_ALT - 1;
    let cut: String = text.chars().take(most).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}\u{2026}", whole.trim_end_matches([',', '.', ':', ' ']))
}

fn sentences(layer: &PaintedLayer<'_>, words: &Words<'_>, ends: Option<&Ends>) -> Vec<String> {
    let legend = legend(layer);
    let mut said = vec![format!("{}: {}.", words.pick("Kaart", "Map"), words.headline())];
    if layer.atlas.fictional {
        said.push(format!("{}.", words.fictional()));
    }
    if layer.areas.is_empty() {
        said.push(words.empty().to_owned());
    } else {
        said.push(words.cover(&legend));
    }
    said.extend(ends.map(|ends| ends.at_length(layer)));
    if let AnyLegend::Pair(pair) = any_legend(layer) {
        let language = words.language();
        said.push(format!("{}.", pair.sentence.get(language)));
        said.extend(pair.warning.map(|warning| warning.get(language).to_owned()));
    }
    said.push(classes(words, &legend));
    for reason in legend.reasons.iter().filter(|reason| reason.areas > 0) {
        let name = capitalised(reason.name.get(words.language()));
        said.push(format!("{name}: {}.", words.count(reason.areas.into())));
    }
    for flag in legend.flags.iter().filter(|flag| flag.areas > 0) {
        let name = capitalised(flag.name.get(words.language()));
        let aside = match (flag.flag, ends) {
            (Flag::NauwelijksWoongebied, Some(_)) => words.pick(
                "; voor laagste en hoogste tellen die niet mee",
                "; these are never the lowest or the highest",
            ),
            _ => "",
        };
        said.push(format!("{name}: {}{aside}.", words.count(flag.areas.into())));
    }
    said.push(words.source(&legend));
    said
}

fn classes(words: &Words<'_>, legend: &LegendBody) -> String {
    let there = legend.classes.iter().filter(|entry| entry.areas > 0);
    let mut classes: Vec<_> = there
        .map(|entry| format!("{}: {}", words.class(legend, entry), words.count(entry.areas.into())))
        .collect();
    if classes.len() < legend.classes.len() {
        let others = if classes.is_empty() { "alle klassen" } else { "andere klassen" };
        let in_english = if classes.is_empty() { "all classes" } else { "other classes" };
        classes.push(match words.language() {
            Language::Nl => format!("{others}: 0"),
            Language::En => format!("{in_english}: 0"),
        });
    }
    format!("{}: {}.", words.count_heading(), classes.join("; "))
}

/// The areas with the lowest and with the highest number, by name.
struct Ends {
    lowest: Vec<PaintedArea>,
    highest: Vec<PaintedArea>,
    /// Whether all areas have one and the same number.
    is_flat: bool,
}

impl Ends {
    /// `None` where fewer than two areas are compared, and where numbers are classes: counts say
    /// which of these there are. Of two topics there is no lowest.
    fn of(layer: &PaintedLayer<'_>) -> Option<Self> {
        if layer.indicator.kind == Kind::Klasse || layer.pair.is_some() {
            return None;
        }
        let coverage = layer.series.coverage;
        let compared = || {
            layer.areas.iter().filter(|area| coverage.is_compared(area.ordinal)).filter_map(
                |area| {
                    let number = area.value.number().filter(|number| number.is_finite())?;
                    Some((number, *area))
                },
            )
        };
        let count = compared().count();
        let least = compared().map(|(number, _)| number).min_by(f64::total_cmp)?;
        let most = compared().map(|(number, _)| number).max_by(f64::total_cmp)?;
        let with = |wanted: f64| {
            let mut found: Vec<_> =
                compared().filter(|(number, _)| *number == wanted).map(|(_, area)| area).collect();
            found.sort_by_key(|area| coverage.name(area.ordinal));
            found
        };
        (count > 1).then(|| Self {
            lowest: with(least),
            highest: with(most),
            is_flat: least.total_cmp(&most).is_eq(),
        })
    }

    /// The names alone, for where there is little room; `None` where an end has several.
    fn briefly(&self, layer: &PaintedLayer<'_>) -> Option<String> {
        let ([low], [high]) = (self.lowest.as_slice(), self.highest.as_slice()) else {
            return None;
        };
        let (low, high) = (name(layer, low), name(layer, high));
        Some(match layer.spec.language {
            Language::Nl => format!("Laagst: {low}; hoogst: {high}."),
            Language::En => format!("Lowest: {low}; highest: {high}."),
        })
    }

    fn at_length(&self, layer: &PaintedLayer<'_>) -> String {
        let words = Words::of(layer);
        let figure = match (layer.spec.language, layer.indicator.kind) {
            (_, Kind::Score) => "score",
            (Language::Nl, _) => "cijfer",
            (Language::En, _) => "figure",
        };
        if self.is_flat {
            let value = value(layer, &self.lowest);
            return match layer.spec.language {
                Language::Nl => format!("Alle cijfers zijn gelijk: {value}."),
                Language::En => format!("All figures are the same: {value}."),
            };
        }
        let end = |areas: &[PaintedArea]| {
            let places = if areas.len() > NAMED {
                format!("{} {}", words.count(areas.len() as u64), words.many())
            } else {
                let names: Vec<_> = areas.iter().map(|area| name(layer, area)).collect();
                names.join("; ")
            };
            format!("{places} ({})", value(layer, areas))
        };
        let (low, high) = (end(&self.lowest), end(&self.highest));
        match (layer.spec.language, figure) {
            (Language::Nl, "score") => {
                format!("De laagste score: {low}. De hoogste score: {high}.")
            }
            (Language::Nl, _) => format!("Het laagste cijfer: {low}. Het hoogste cijfer: {high}."),
            (Language::En, _) => {
                format!("The lowest {figure}: {low}. The highest {figure}: {high}.")
            }
        }
    }
}

/// What areas with one number have: the number, and its class where that has a name.
fn value(layer: &PaintedLayer<'_>, areas: &[PaintedArea]) -> String {
    let Some(area) = areas.first() else { return String::new() };
    let value = area_value_text(layer, area);
    let is_named = area
        .class
        .and_then(|class| layer.scale.classes().get(class))
        .is_some_and(|class| class.name.is_some());
    match area_class_name(layer, area).filter(|_| is_named) {
        Some(class) => format!("{value}, {class}"),
        None => value,
    }
}

/// The name of an area; its gemeente where the title does not say it.
fn name(layer: &PaintedLayer<'_>, area: &PaintedArea) -> String {
    let coverage = layer.series.coverage;
    let name = coverage.name(area.ordinal);
    let is_said = matches!(layer.spec.within, Some(super::Within::Area(_)));
    let gemeente = layer.atlas.gemeente_name(coverage, area.ordinal);
    match gemeente.filter(|_| !is_said && coverage.level != Level::Gemeente) {
        Some(gemeente) => format!("{name}, {gemeente}"),
        None => name.to_owned(),
    }
}
