//! What two indicators have in common by construction, in words.

use super::{Catalogue, Indicator, Text};

impl Catalogue {
    /// Why it says little that two indicators go together, where [`Catalogue::overlap`] holds of
    /// them: one is a part or a form of the other, or computed from it.
    pub fn overlap_text(&self, one: &Indicator, other: &Indicator) -> Option<Text> {
        if !self.overlap(one, other) {
            return None;
        }
        let said = [(one, other), (other, one)].into_iter().find_map(|(a, b)| {
            let (nl, en) = if is_part(a, b) {
                ("is een onderdeel van", "is a part of")
            } else if is_computed_from(a, b) {
                ("is berekend uit", "is computed from")
            } else if a.form_of.as_ref() == Some(&b.id) {
                ("is een andere vorm van", "is another form of")
            } else {
                return None;
            };
            Some((
                format!("\u{201c}{}\u{201d} {nl} \u{201c}{}\u{201d}", a.name.nl, b.name.nl),
                format!("\u{201c}{}\u{201d} {en} \u{201c}{}\u{201d}", a.name.en, b.name.en),
            ))
        });
        let (nl, en) = said.unwrap_or_else(|| {
            let both = |and: &str, one: &str, other: &str| {
                format!("\u{201c}{one}\u{201d} {and} \u{201c}{other}\u{201d}")
            };
            (
                both("en", &one.name.nl, &other.name.nl) + " meten voor een deel hetzelfde",
                both("and", &one.name.en, &other.name.en) + " measure partly the same",
            )
        });
        Some(Text {
            nl: format!("{nl}: dat zij samengaan, zegt daarom weinig."),
            en: format!("{en}: so it says little that they go together."),
        })
    }
}

fn is_part(part: &Indicator, whole: &Indicator) -> bool {
    let base = whole.form_of.as_ref().unwrap_or(&whole.id);
    part.ingredient_of.iter().any(|id| *id == whole.id || id == base)
}

fn is_computed_from(one: &Indicator, other: &Indicator) -> bool {
    let ingredients = one.derived.iter().flat_map(|recipe| recipe.ingredients());
    ingredients.into_iter().any(|id| *id == other.id)
}

#[cfg(test)]
mod tests {
    use crate::geodata;

    #[test]
    fn what_two_indicators_have_in_common_is_told_from_either_side() {
        let catalogue = geodata::catalogue().expect("a sound catalogue");
        let said = |one: &str, other: &str| {
            let get = |id: &str| catalogue.get(id).expect("in the catalogue");
            catalogue.overlap_text(get(one), get(other)).map(|text| text.nl)
        };
        let part = "\u{201c}Voorzieningen\u{201d} is een onderdeel van \u{201c}Leefbaarheid\u{201d}: \
                    dat zij samengaan, zegt daarom weinig.";
        for (one, other) in [
            ("leefbaarheid", "leefbaarheid-voorzieningen"),
            ("leefbaarheid-voorzieningen", "leefbaarheid"),
        ] {
            assert_eq!(said(one, other).as_deref(), Some(part));
        }
        let form = said("leefbaarheid", "leefbaarheid-absoluut").expect("they overlap");
        assert!(form.contains("is een andere vorm van"), "{form}");
        assert_eq!(said("leefbaarheid", "aandeel-65-plus"), None);
        // Whatever overlaps has a sentence.
        for one in catalogue.iter() {
            for other in catalogue.iter() {
                let text = catalogue.overlap_text(one, other);
                assert_eq!(text.is_some(), catalogue.overlap(one, other));
            }
        }
    }
}
