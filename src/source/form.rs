//! The forms of table that a dialect knows.

use serde::Deserialize;

use crate::area::Level;

/// One form of table that a dialect knows.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Form {
    /// The columns that it must have, all of them.
    pub requires: Vec<String>,
    /// The names that its layer or sheet may have; any when empty.
    #[serde(default)]
    pub tables: Vec<String>,
    /// The column of codes.
    pub code: String,
    /// The column of names.
    #[serde(default)]
    pub name: Option<String>,
    /// The level of the codes; when not given, the level column or the codes' letters say it.
    #[serde(default)]
    pub level: Option<Level>,
    /// The column of the code that the area had before: the pairs are kept as a recode.
    #[serde(default)]
    pub former: Option<String>,
    /// The column of postcodes: the table lists addresses and their buurt, not areas.
    #[serde(default)]
    pub postcode: Option<String>,
    /// The column of house numbers beside the postcodes, where there is one.
    #[serde(default)]
    pub number: Option<String>,
}

impl Form {
    /// Whether a layer or sheet of that name may have this form. A file's only table has no name.
    pub fn may_be(&self, table: &str) -> bool {
        table.is_empty()
            || self.tables.is_empty()
            || self.tables.iter().any(|pattern| is_like(table.as_bytes(), pattern.as_bytes()))
    }
}

/// Whether a name is as a pattern says, in which `*` stands for any text. Letters count the same in
/// upper and lower case.
///
/// Costs their lengths multiplied at most: where what follows a star does not fit, only the last
/// star is given more.
pub(crate) fn is_like(name: &[u8], pattern: &[u8]) -> bool {
    let (mut at, mut of) = (0, 0);
    // Where the pattern goes on after the last star, and where the name does for now.
    let mut star: Option<(usize, usize)> = None;
    while let Some(letter) = name.get(at) {
        match pattern.get(of) {
            Some(b'*') => {
                of += 1;
                star = Some((of, at));
            }
            Some(wanted) if wanted.eq_ignore_ascii_case(letter) => (at, of) = (at + 1, of + 1),
            _ => {
                let Some((after, from)) = star else { return false };
                (at, of) = (from + 1, after);
                star = Some((after, at));
            }
        }
    }
    pattern.get(of..).unwrap_or_default().iter().all(|rest| *rest == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_any_text() {
        let like = |name: &str, pattern: &str| is_like(name.as_bytes(), pattern.as_bytes());
        for pattern in ["buurten", "BUURTEN", "*", "bu*", "*ten", "b*r*n", "**", "buurten*"] {
            assert!(like("buurten", pattern), "{pattern}");
        }
        for pattern in ["", "buurt", "b*x*", "*t", "uurten"] {
            assert!(!like("buurten", pattern), "{pattern}");
        }
        // Tried with every way to share the name out, this would not end.
        assert!(!like(&"a".repeat(200), &format!("{}b", "*a".repeat(60))));
    }
}
