//! Numbers with their unit, as readers write them; `web/src/core/number.ts` writes the same.

use crate::indicator::{Indicator, Language};

use super::format_number;

/// A number of an indicator with its unit: `45%`, `1.250 inwoners`, `€ 312.000`.
pub fn quantity(number: f64, indicator: &Indicator, language: Language) -> String {
    exact_quantity(number, indicator.decimals, indicator, language)
}

/// The same with so many decimals.
pub(super) fn exact_quantity(
    number: f64,
    decimals: u8,
    indicator: &Indicator,
    language: Language,
) -> String {
    let text = format_number(number, decimals, language);
    let unit = indicator.unit.get(language).trim();
    match unit {
        "" => text,
        "%" | "‰" => format!("{text}{unit}"),
        "euro" | "euros" => {
            let space = if language == Language::Nl { "\u{a0}" } else { "" };
            match text.strip_prefix('\u{2212}') {
                Some(bare) => format!("\u{2212}€{space}{bare}"),
                None => format!("€{space}{text}"),
            }
        }
        _ => format!("{text}\u{a0}{unit}"),
    }
}

/// A number of an indicator with a unit that is a sign (`45%`, `€ 312.000`) and without one that is a
/// word, for where a heading says the word.
pub fn figure_in_short(number: f64, indicator: &Indicator, language: Language) -> String {
    if word_of_unit(indicator, language).is_some() {
        format_number(number, indicator.decimals, language)
    } else {
        quantity(number, indicator, language)
    }
}

/// The unit of an indicator where it is a word and no sign.
pub fn word_of_unit(indicator: &Indicator, language: Language) -> Option<&str> {
    let unit = indicator.unit.get(language).trim();
    (!matches!(unit, "" | "%" | "‰" | "euro" | "euros")).then_some(unit)
}

/// A share as whole per cents; never 0% or 100% unless it is exactly that.
pub fn percent(share: f64, language: Language) -> String {
    let mut whole = (share * 100.0 + 0.5).floor();
    if whole >= 100.0 && share < 1.0 {
        whole = 99.0;
    }
    if whole <= 0.0 && share > 0.0 {
        whole = 1.0;
    }
    format!("{}%", format_number(whole, 0, language))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodata;

    #[test]
    fn units_stand_where_readers_expect_them() {
        let catalogue = geodata::catalogue().expect("a sound catalogue");
        let of = |id: &str, number, language| {
            quantity(number, catalogue.get(id).expect("in the catalogue"), language)
        };
        assert_eq!(of("woningwaarde", 312_000.0, Language::Nl), "€\u{a0}312.000");
        assert_eq!(of("vermogen", -1500.0, Language::En), "\u{2212}€1,500");
        assert_eq!(of("koopwoningen", 45.0, Language::Nl), "45%");
        assert_eq!(of("inwoners", 1250.0, Language::Nl), "1.250\u{a0}inwoners");
        assert_eq!(of("leefbaarheid", -0.156_874, Language::Nl), "\u{2212}0,16");
    }

    #[test]
    fn nearly_all_is_not_all_and_nearly_nobody_not_nobody() {
        let nl = |share| percent(share, Language::Nl);
        assert_eq!(
            [nl(0.0), nl(0.001), nl(0.856), nl(0.9999), nl(1.0)],
            ["0%", "1%", "86%", "99%", "100%"]
        );
    }
}
