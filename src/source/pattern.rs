//! Column names that carry years or a number that shifts.

use crate::area::Year;

/// A column's name, where `{jaar}` stands for a year of four digits, `{jj}` for one of two,
/// `{begin}` for two digits of the year that a change is counted from, `{n}` for any number, and
/// `{pad}` for everything up to the last slash, or nothing.
///
/// `KL{jj}` fits `KL02`; `VKL{begin}{jj}` fits `VKL0208`; `Bijstand_{n}` fits `Bijstand_80`.
/// Names are compared folded: letters count the same in upper and lower case, white space and
/// underscores do not count, so that `aantal_inwoners` is `aantalInwoners`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnPattern {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Year,
    ShortYear,
    Begin,
    Number,
    Path,
}

/// The years that a column's name gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ColumnYears {
    /// The year that a change is counted from.
    pub begin: Option<Year>,
    /// The year of the figures.
    pub year: Option<Year>,
}

impl ColumnPattern {
    /// Reads a pattern; a brace that opens none of the marks is an error.
    ///
    /// # Errors
    /// Names the pattern and the marks that there are.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let Some(open) = rest.find('{') else {
                pieces.push(Piece::Text(fold(rest)));
                break;
            };
            if open > 0 {
                pieces.push(Piece::Text(fold(&rest[..open])));
            }
            let marks = [
                ("{jaar}", Piece::Year),
                ("{jj}", Piece::ShortYear),
                ("{begin}", Piece::Begin),
                ("{n}", Piece::Number),
                ("{pad}", Piece::Path),
            ];
            let tail = &rest[open..];
            let Some((mark, piece)) = marks.into_iter().find(|(mark, _)| tail.starts_with(mark))
            else {
                return Err(format!(
                    "pattern {text:?}: expected {{jaar}}, {{jj}}, {{begin}}, {{n}} or {{pad}}"
                ));
            };
            pieces.push(piece);
            rest = &tail[mark.len()..];
        }
        Ok(Self { text: text.trim().to_owned(), pieces })
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether a name that fits gives a year.
    pub fn gives_year(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Year | Piece::ShortYear))
    }

    /// The years of a column's name, if the name fits.
    pub fn fit(&self, column: &str) -> Option<ColumnYears> {
        self.fit_folded(&fold(column))
    }

    /// The same for a name that is folded already.
    pub fn fit_folded(&self, folded: &str) -> Option<ColumnYears> {
        let mut rest = folded;
        let mut years = ColumnYears::default();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => rest = rest.strip_prefix(text.as_str())?,
                Piece::Year => {
                    let (digits, tail) = rest.split_at_checked(4)?;
                    years.year = Some(digits.parse().ok()?);
                    rest = tail;
                }
                Piece::ShortYear => {
                    let (year, tail) = short_year(rest)?;
                    years.year = Some(year);
                    rest = tail;
                }
                Piece::Begin => {
                    let (year, tail) = short_year(rest)?;
                    years.begin = Some(year);
                    rest = tail;
                }
                Piece::Path => rest = rest.rsplit('/').next().unwrap_or_default(),
                Piece::Number => {
                    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                    if digits == 0 {
                        return None;
                    }
                    rest = &rest[digits..];
                }
            }
        }
        rest.is_empty().then_some(years)
    }
}

/// A name without what publishers write now so, now otherwise.
pub fn fold(name: &str) -> String {
    name.chars().filter(|c| *c != '_' && !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Two digits of a year: 00 to 79 are of this century.
fn short_year(text: &str) -> Option<(Year, &str)> {
    let (digits, rest) = text.split_at_checked(2)?;
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let short: u16 = digits.parse().ok()?;
    let year = Year::new(if short < 80 { 2000 + short } else { 1900 + short }).ok()?;
    Some((year, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(pattern: &str, column: &str) -> Option<(Option<u16>, Option<u16>)> {
        let years = ColumnPattern::parse(pattern).expect("a pattern").fit(column)?;
        Some((years.begin.map(Year::get), years.year.map(Year::get)))
    }

    #[test]
    fn years_are_read_from_names() {
        assert_eq!(fit("KL{jj}", "KL02"), Some((None, Some(2002))));
        assert_eq!(fit("KL{jj}", "kl98 "), Some((None, Some(1998))));
        assert_eq!(fit("VKL{begin}{jj}", "VKL0816"), Some((Some(2008), Some(2016))));
        assert_eq!(fit("Buurt{jaar}", "Buurt2025"), Some((None, Some(2025))));
        assert_eq!(fit("Bijstand_{n}", "Bijstand_807"), Some((None, None)));
    }

    #[test]
    fn writing_does_not_matter() {
        for column in ["aantal_inwoners", "aantalInwoners", "AANTAL_INWONERS ", "Aantal  inwoners"]
        {
            assert_eq!(fit("aantal_inwoners", column), Some((None, None)), "{column}");
        }
        assert_eq!(fit("k_65JaarOfOuder_{n}", "k_65JaarOfOuder_12"), Some((None, None)));
        assert_eq!(fit("p_hh_li", "p_hh_lkk"), None);
        for column in ["Wonen/Woningen naar eigendom/Koopwoningen (%)", "Koopwoningen  (%)"] {
            assert_eq!(fit("{pad}Koopwoningen (%)", column), Some((None, None)), "{column}");
        }
        assert_eq!(fit("{pad}Koopwoningen (%)", "Koopwoningen (%)/x"), None);
    }

    #[test]
    fn other_names_do_not_fit() {
        for (pattern, column) in [
            ("KL{jj}", "KL"),
            ("KL{jj}", "KL2"),
            ("KL{jj}", "KL022"),
            ("KL{jj}", "VKL0208"),
            ("KL{jj}", "KL+2"),
            ("KL{jj}", "KLé"),
            ("VKL{begin}{jj}", "VKL02"),
            ("Buurt{jaar}", "Buurt0025"),
            ("Bijstand_{n}", "Bijstand_"),
        ] {
            assert_eq!(fit(pattern, column), None, "{pattern} {column}");
        }
        assert!(ColumnPattern::parse("a{b}").is_err());
    }
}
