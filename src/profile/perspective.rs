//! Where a number stands among others, in a sentence that says its denominator;
//! `web/src/core/perspective.ts` and `headline.ts` say the same.

use crate::{
    area::Level,
    atlas::Available,
    indicator::{Indicator, Kind, Language, Text},
    layer::{format_number, percent},
};

/// Below this many areas a percentage would suggest a precision that is not there.
const FEW: usize = 10;

/// Where an area stands among the `n` areas that have a number and are compared, itself included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Perspective {
    /// There is no other.
    Alone,
    /// All have the same number.
    Equal {
        /// Of how many.
        n: usize,
    },
    /// Every other is higher.
    Lowest {
        /// Of how many.
        n: usize,
    },
    /// Every other is lower.
    Highest {
        /// Of how many.
        n: usize,
    },
    /// At least as many are higher as are lower.
    Lower {
        /// How many are higher.
        count: usize,
        /// Of how many.
        n: usize,
    },
    /// More are lower than higher.
    Higher {
        /// How many are lower.
        count: usize,
        /// Of how many.
        n: usize,
    },
}

/// Where an area stands among all areas of its level in the country. `None` without a number, with
/// a mark, and for classes. Cost: one pass.
pub fn perspective(
    indicator: &Indicator,
    series: &Available<'_>,
    ordinal: usize,
) -> Option<Perspective> {
    let own = series.column.get(ordinal).number()?;
    if indicator.kind == Kind::Klasse || !series.coverage.is_compared(ordinal) {
        return None;
    }
    let compared = (0..series.coverage.len()).filter(|&at| series.coverage.is_compared(at));
    let (mut above, mut below, mut n) = (0, 0, 0);
    for other in compared.filter_map(|at| series.column.get(at).number()) {
        n += 1;
        above += usize::from(other > own);
        below += usize::from(other < own);
    }
    Some(Perspective::of(above, below, n))
}

impl Perspective {
    fn of(above: usize, below: usize, n: usize) -> Self {
        if n < 2 {
            Self::Alone
        } else if above == 0 && below == 0 {
            Self::Equal { n }
        } else if below == 0 && above == n - 1 {
            Self::Lowest { n }
        } else if above == 0 && below == n - 1 {
            Self::Highest { n }
        } else if above >= below {
            Self::Lower { count: above, n }
        } else {
            Self::Higher { count: below, n }
        }
    }

    /// The sentence, with its denominator, in both languages.
    pub fn text(self, indicator: &Indicator, level: &Level) -> Text {
        let say = |language| self.say(indicator, level, language);
        Text { nl: say(Language::Nl), en: say(Language::En) }
    }

    fn say(self, indicator: &Indicator, level: &Level, language: Language) -> String {
        let number = |count: usize| format_number(count as f64, 0, language);
        let many = many(level, language);
        let figure = match (language, indicator.kind) {
            (_, Kind::Score) => "score",
            (Language::Nl, _) => "cijfer",
            (Language::En, _) => "figure",
        };
        // Of a count: "met een cijfer", and "het hoogste aantal".
        let own = match (language, indicator.kind) {
            (Language::Nl, Kind::Aantal) => "aantal",
            (Language::En, Kind::Aantal) => "number",
            _ => figure,
        };
        let nl = language == Language::Nl;
        // An own level is no division of the country.
        let place = match (level, nl) {
            (Level::Own(_), _) => "",
            (_, true) => " in het hele land",
            (_, false) => " in the whole country",
        };
        match self {
            Self::Alone if nl => format!(
                "Er is maar één {} met een {figure}{place}: er valt niets te vergelijken.",
                one(level, language)
            ),
            Self::Alone => format!(
                "There is but one {} with a {figure}{place}: there is nothing to compare.",
                one(level, language)
            ),
            Self::Equal { n } if nl => {
                let same = if indicator.kind == Kind::Score { "dezelfde" } else { "hetzelfde" };
                format!("Alle {many}{place} hebben {same} {own} (n = {}).", number(n))
            }
            Self::Equal { n } => {
                format!("All {many}{place} have the same {own} (n = {}).", number(n))
            }
            Self::Lowest { n } | Self::Highest { n } => {
                let is_lowest = matches!(self, Self::Lowest { .. });
                let which = match (nl, is_lowest, indicator.kind) {
                    (true, true, Kind::Score) => "De laagste",
                    (true, false, Kind::Score) => "De hoogste",
                    (true, true, _) => "Het laagste",
                    (true, false, _) => "Het hoogste",
                    (false, true, _) => "The lowest",
                    (false, false, _) => "The highest",
                };
                let of = if nl { "van de" } else { "of the" };
                format!("{which} {own} {of} {many}{place} (n = {}).", number(n))
            }
            Self::Lower { count, n } | Self::Higher { count, n } => {
                let is_lower = matches!(self, Self::Lower { .. });
                let than = match (nl, is_lower) {
                    (true, true) => "Lager dan",
                    (true, false) => "Hoger dan",
                    (false, true) => "Lower than",
                    (false, false) => "Higher than",
                };
                let (of, with) = if nl { ("van de", "met een") } else { ("of the", "with a") };
                if n < FEW {
                    let (count, n) = (number(count), number(n));
                    return format!("{than} {count} {of} {n} {many} {with} {figure}{place}.");
                }
                let share = percent(count as f64 / n as f64, language);
                let n = number(n);
                format!("{than} {share} {of} {many} {with} {figure}{place} (n = {n}).")
            }
        }
    }
}

/// What several areas of a level are called.
pub fn many(level: &Level, language: Language) -> &str {
    let [nl, en] = level.many();
    if language == Language::Nl { nl } else { en }
}

fn one(level: &Level, language: Language) -> &str {
    let [nl, en] = level.one();
    if language == Language::Nl { nl } else { en }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodata;

    #[test]
    fn every_standing_has_its_sentence_with_the_denominator_in_it() {
        let catalogue = geodata::catalogue().expect("a sound catalogue");
        let score = catalogue.get("leefbaarheid").expect("in the catalogue");
        let say = |above, below, n| Perspective::of(above, below, n).text(score, &Level::Buurt);
        assert_eq!(
            say(10_400, 1700, 12_101).nl,
            "Lager dan 86% van de buurten met een score in het hele land (n = 12.101)."
        );
        assert_eq!(say(3, 3, 7).nl, "Lager dan 3 van de 7 buurten met een score in het hele land.");
        assert_eq!(
            say(0, 11, 12).en,
            "The highest score of the neighbourhoods in the whole country (n = 12)."
        );
        assert_eq!(say(11, 0, 12).nl, "De laagste score van de buurten in het hele land (n = 12).");
        let count = catalogue.get("inwoners").expect("in the catalogue");
        assert_eq!(
            Perspective::of(0, 11, 12).text(count, &Level::Wijk).nl,
            "Het hoogste aantal van de wijken in het hele land (n = 12)."
        );
        assert!(say(0, 0, 1).nl.starts_with("Er is maar één buurt"));
        assert_eq!(say(0, 0, 5).nl, "Alle buurten in het hele land hebben dezelfde score (n = 5).");
        assert!(say(1, 1000, 1002).en.starts_with("Higher than 99% "), "not quite all");
    }
}
