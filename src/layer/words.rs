//! A layer in words, as the page of the map has them.

use crate::{
    area::{Level, Year},
    indicator::{Indicator, Kind, Language},
    scale::Method,
};

use super::{
    ClassEntry, LegendBody, PaintedLayer, Within,
    cell_name::{capitalised, uncapitalised},
    day_text, format_number,
    number::decimals_of,
    percent,
};

/// A layer in words.
pub(super) struct Words<'a> {
    pub(super) layer: &'a PaintedLayer<'a>,
    language: Language,
}

impl<'a> Words<'a> {
    pub(super) fn of(layer: &'a PaintedLayer<'a>) -> Self {
        Self { layer, language: layer.spec.language }
    }

    pub(super) fn language(&self) -> Language {
        self.language
    }

    pub(super) fn pick(&self, nl: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Nl => nl,
            Language::En => en,
        }
    }

    /// A whole number.
    pub(super) fn count(&self, number: u64) -> String {
        format_number(number as f64, 0, self.language)
    }

    /// The topic and its year, or both topics.
    pub(super) fn topic(&self) -> String {
        let (first, Some(second)) = self.topics() else { return self.topics().0 };
        let (spec, and) = (&self.layer.spec, self.pick("en", "and"));
        let second = uncapitalised(&second);
        match &spec.second {
            // A year that both have is said once.
            Some(other) if (other.year, other.begin) == (spec.year, spec.begin) => {
                format!("{} {and} {second}", self.layer.indicator.name.get(self.language))
            }
            _ => format!("{first} {and} {second}"),
        }
    }

    /// The topic with its year, and the second one where there is one.
    pub(super) fn topics(&self) -> (String, Option<String>) {
        let spec = &self.layer.spec;
        let second =
            self.layer.pair.as_ref().map(|pair| {
                self.of_year(pair.indicator, pair.series.key.begin, pair.series.key.year)
            });
        (self.of_year(self.layer.indicator, spec.begin, spec.year), second)
    }

    /// A topic and its year; a comma parts "versie 2.0" from "2016".
    fn of_year(&self, indicator: &Indicator, begin: Option<Year>, year: Year) -> String {
        let name = indicator.name.get(self.language);
        let comma = if name.ends_with(|c: char| c.is_ascii_digit()) { "," } else { "" };
        let since = match begin {
            Some(begin) => format!("{begin} {} ", self.pick("tot", "to")),
            None => String::new(),
        };
        format!("{name}{comma} {since}{year}")
    }

    /// The unit beside the topic; empty where a number has none, or its sign says it.
    pub(super) fn unit(&self) -> &str {
        self.layer.indicator.unit.get(self.language).trim()
    }

    pub(super) fn one(&self) -> &str {
        let [nl, en] = self.layer.spec.level.one();
        if self.language == Language::Nl { nl } else { en }
    }

    pub(super) fn many(&self) -> &str {
        let [nl, en] = self.layer.spec.level.many();
        if self.language == Language::Nl { nl } else { en }
    }

    /// What is shown, per what, and where.
    pub(super) fn headline(&self) -> String {
        self.headline_of(&self.topic())
    }

    /// The same without a year: true of every year.
    pub(super) fn lasting_headline(&self) -> String {
        let name = |indicator: &Indicator| indicator.name.get(self.language).to_owned();
        let own = name(self.layer.indicator);
        self.headline_of(&match &self.layer.pair {
            Some(pair) => {
                let second = uncapitalised(&name(pair.indicator));
                format!("{own} {} {second}", self.pick("en", "and"))
            }
            None => own,
        })
    }

    fn headline_of(&self, topic: &str) -> String {
        let per = format!("{topic}, {} {}", self.pick("per", "by"), self.one());
        let inside = self.pick("in", "in");
        let headline = match (self.place(), &self.layer.spec.level) {
            (Some(place), _) => format!("{per} {inside} {place}"),
            (None, Level::Gemeente | Level::Own(_)) => per,
            (None, _) if self.layer.atlas.fictional => {
                format!("{per} {inside} {}", self.pick("het hele land", "the whole country"))
            }
            (None, _) => {
                format!("{per} {inside} {}", self.pick("heel Nederland", "the Netherlands"))
            }
        };
        match self.layer.spec.bbox {
            Some(_) => format!("{headline} ({})", self.pick("uitsnede", "a part")),
            None => headline,
        }
    }

    /// The gemeente or wijk that is shown; a name never stands without its gemeente.
    fn place(&self) -> Option<String> {
        let code = match self.layer.spec.within.as_ref()? {
            Within::Area(code) => code,
            Within::Selection { name, .. } => {
                return Some(name.get(self.layer.spec.language).to_owned());
            }
        };
        let vintage = self.layer.series.coverage.vintage;
        let atlas = self.layer.atlas;
        let Some((coverage, at)) =
            atlas.find(code, Some(vintage)).or_else(|| atlas.find(code, None))
        else {
            return Some(code.to_string());
        };
        let name = coverage.name(at);
        Some(match atlas.gemeente_name(coverage, at) {
            Some(gemeente) if coverage.level != Level::Gemeente => format!("{name}, {gemeente}"),
            _ => name.to_owned(),
        })
    }

    /// How much of the areas and residents the picture says something about.
    pub(super) fn cover(&self, legend: &LegendBody) -> String {
        let cover = &legend.cover;
        let (with, all) = (self.count(cover.with_value.into()), self.count(cover.areas.into()));
        let figure = match self.layer.indicator.kind {
            Kind::Score => "score",
            _ => self.pick("cijfer", "figure"),
        };
        let many = self.many();
        let text = match (self.language, &self.layer.pair) {
            (Language::Nl, None) => format!("{with} van {all} {many} hebben een {figure}."),
            (Language::En, None) => format!("{with} of {all} {many} have a {figure}."),
            (Language::Nl, Some(_)) => format!("{with} van {all} {many} hebben beide cijfers."),
            (Language::En, Some(_)) => format!("{with} of {all} {many} have both figures."),
        };
        let (Some(residents), Some(there)) = (cover.residents, cover.residents_with_value) else {
            return text;
        };
        if residents == 0 {
            return text;
        }
        let share = percent(there as f64 / residents as f64, self.language);
        match self.language {
            Language::Nl => format!("{text} Daar woont {share} van de inwoners."),
            Language::En => format!("{text} {share} of the residents live there."),
        }
    }

    /// The name of a class, else its bounds.
    pub(super) fn class(&self, legend: &LegendBody, entry: &ClassEntry) -> String {
        if let Some(name) = &entry.name {
            return name.get(self.language).to_owned();
        }
        let write = |bound: f64| self.bound(legend, bound);
        let (above, up_to, to) = match self.language {
            Language::Nl => ("meer dan", "tot en met", "tot"),
            Language::En => ("over", "up to", "to"),
        };
        match (entry.lower, entry.upper) {
            (None, Some(upper)) => format!("{up_to} {}", write(upper)),
            (Some(lower), None) => format!("{above} {}", write(lower)),
            (Some(lower), Some(upper)) => format!("{} {to} {}", write(lower), write(upper)),
            (None, None) => format!("{} {}", self.pick("klasse", "class"), entry.number),
        }
    }

    /// A bound repeats a sign, not a word: the title of the legend says the word once.
    fn bound(&self, legend: &LegendBody, bound: f64) -> String {
        let decimals = match self.layer.spec.method {
            Method::Eigen => legend.decimals.max(decimals_of(bound)),
            Method::Publicatie => {
                legend.decimals.max(decimals_of(bound)).min(legend.decimals.saturating_add(2))
            }
            _ => legend.decimals,
        };
        let text = format_number(bound, decimals, self.language);
        match self.unit() {
            unit @ ("%" | "‰") => format!("{text}{unit}"),
            unit if unit.starts_with('€') => format!("€\u{a0}{text}"),
            _ => text,
        }
    }

    /// The heading of the counts of areas.
    pub(super) fn count_heading(&self) -> String {
        match self.language {
            Language::Nl => capitalised(self.many()),
            Language::En => "Areas".to_owned(),
        }
    }

    /// That the country is invented.
    pub(super) fn fictional(&self) -> &'static str {
        self.pick(
            "Fictieve gegevens: dit land bestaat niet",
            "Fictional data: this country does not exist",
        )
    }

    /// That there is nothing to show.
    pub(super) fn empty(&self) -> &'static str {
        self.pick(
            "In deze uitsnede ligt geen enkel gebied.",
            "No area lies in this part of the country.",
        )
    }

    /// Who published what, under which licence, and which delivery this is.
    pub(super) fn source(&self, legend: &LegendBody) -> String {
        let (language, vintage) = (self.language, legend.vintage);
        let source = format!("{} ({})", legend.source.get(language), legend.licence);
        let borders = legend.borders_source.as_deref().unwrap_or_default();
        let division = match (language, borders) {
            (Language::Nl, "") => format!("Indeling {vintage}."),
            (Language::Nl, borders) => format!("Grenzen: {borders}, indeling {vintage}."),
            (Language::En, "") => format!("Division of {vintage}."),
            (Language::En, borders) => format!("Borders: {borders}, division of {vintage}."),
        };
        let said = format!("{}: {source}. {division}", self.pick("Bron", "Source"));
        match &legend.conversion {
            Some(conversion) => format!("{said} {}", conversion.sentence.get(language)),
            None => said,
        }
    }

    /// Which delivery of the figures was taken in when, and the version of the atlas.
    pub(super) fn delivery(&self, legend: &LegendBody) -> String {
        let ids = self.layer.sources();
        let sources: Vec<_> =
            ids.iter().filter_map(|id| self.layer.atlas.sources.get(id)).collect();
        let mut deliveries: Vec<_> = sources
            .iter()
            .map(|source| source.provenance.delivery.as_str())
            .filter(|delivery| !delivery.is_empty())
            .collect();
        deliveries.sort_unstable();
        deliveries.dedup();
        let retrieved = sources.iter().map(|source| source.retrieved.as_str()).max();
        let mut said = Vec::new();
        if !deliveries.is_empty() {
            said.push(format!("{} {}", self.pick("levering", "delivery"), deliveries.join(", ")));
        }
        if let Some(day) = retrieved.filter(|day| !day.is_empty()) {
            said.push(format!(
                "{} {}",
                self.pick("ingelezen", "imported"),
                day_text(day, self.language)
            ));
        }
        said.push(format!("{} {}", self.pick("versie", "version"), legend.version));
        let text = said.join(", ");
        format!("{}, wijkzicht.", capitalised(&text))
    }
}
