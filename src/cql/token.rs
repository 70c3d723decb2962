//! A text into tokens, one at a time, so that the first error in reading order is the one told.

use super::error::{CqlError, echo};

/// A token; the slices are as written, without the quotes and with escapes in them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'t> {
    /// An identifier or keyword.
    Word(&'t str),
    /// A name in double quotes.
    Quoted(&'t str),
    /// A character literal.
    Text(&'t str),
    /// A finite number with its sign; 0 has none.
    Number(f64),
    /// A parenthesis, a comma or an operator.
    Symbol(&'static str),
    /// The end of the text.
    End,
    /// No token at all.
    Wrong,
}

/// A token and the bytes it covers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spanned<'t> {
    pub token: Token<'t>,
    pub start: usize,
    pub end: usize,
}

/// The longest come first.
const SYMBOLS: [&str; 9] = ["<>", "<=", ">=", "=", "<", ">", "(", ")", ","];

/// The tokens of a text.
#[derive(Debug)]
pub(super) struct Tokens<'t> {
    text: &'t str,
    offset: usize,
}

impl<'t> Tokens<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, offset: 0 }
    }

    /// The next token; [`Token::End`] for ever once there is none.
    pub fn next(&mut self) -> Result<Spanned<'t>, CqlError> {
        let rest = self.rest(self.offset);
        let start = self.text.len() - rest.trim_start().len();
        let rest = self.rest(start);
        let Some(first) = rest.chars().next() else {
            self.offset = start;
            return Ok(Spanned { token: Token::End, start, end: start });
        };
        let (token, length) = if let Some(symbol) = SYMBOLS.iter().find(|s| rest.starts_with(**s)) {
            (Token::Symbol(symbol), symbol.len())
        } else if first == '\'' {
            let inner = self.quoted(start, first)?;
            (Token::Text(inner), inner.len() + 2)
        } else if first == '"' {
            let inner = self.quoted(start, first)?;
            (Token::Quoted(inner), inner.len() + 2)
        } else if is_identifier_start(first) {
            let word = rest.split(|c| !is_identifier_part(c)).next().unwrap_or_default();
            (Token::Word(word), word.len())
        } else if is_number(rest) {
            let (number, length) = self.number(start, rest)?;
            (Token::Number(number), length)
        } else {
            return Err(CqlError::Unexpected {
                at: self.position(start),
                found: self.found(start, start + first.len_utf8()),
                expected: "een naam, een waarde of een operator".into(),
            });
        };
        self.offset = start + length;
        Ok(Spanned { token, start, end: self.offset })
    }

    /// The position of a byte, in characters from 1.
    pub fn position(&self, byte: usize) -> usize {
        self.text.get(..byte).unwrap_or(self.text).chars().count() + 1
    }

    /// What stands somewhere, in quotes and short, as errors tell it.
    pub fn found(&self, start: usize, end: usize) -> String {
        match self.text.get(start..end) {
            None | Some("") => "het einde van het filter".into(),
            Some(text) => format!("\"{}\"", echo(text)),
        }
    }

    fn rest(&self, from: usize) -> &'t str {
        self.text.get(from..).unwrap_or_default()
    }

    /// What stands between a quote and its like. The quote is escaped by doubling it, and in a
    /// character literal by a backslash.
    fn quoted(&self, start: usize, quote: char) -> Result<&'t str, CqlError> {
        let inner = self.rest(start + 1);
        let mut rest = inner.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            if c == quote {
                if rest.next_if(|(_, next)| *next == quote).is_none() {
                    return Ok(inner.get(..at).unwrap_or_default());
                }
            } else if c == '\\' && quote == '\'' {
                rest.next_if(|(_, next)| !next.is_control());
            } else if c.is_control() && !matches!(c, '\x07'..='\x0D' | '\x7F'..) {
                let byte = start + 1 + at;
                return Err(CqlError::Unexpected {
                    at: self.position(byte),
                    found: self.found(byte, byte + c.len_utf8()),
                    expected: "een zichtbaar teken".into(),
                });
            }
        }
        Err(CqlError::Unclosed { at: self.position(start), quote })
    }

    fn number(&self, start: usize, rest: &str) -> Result<(f64, usize), CqlError> {
        let tail = |from: usize| rest.get(from..).unwrap_or_default();
        let sign = |text: &str| usize::from(text.starts_with(['+', '-']));
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let mut length = sign(rest);
        length += digits(tail(length));
        if tail(length).starts_with('.') {
            length += 1;
            length += digits(tail(length));
        }
        if tail(length).starts_with(['e', 'E']) {
            length += 1;
            length += sign(tail(length));
            length += digits(tail(length));
        }
        // What sticks to a number is told with it.
        let stuck: usize =
            tail(length).chars().take_while(|c| is_identifier_part(*c)).map(char::len_utf8).sum();
        let number = rest.get(..length).and_then(|text| text.parse::<f64>().ok());
        match number.filter(|number| stuck == 0 && number.is_finite()) {
            // -0 is written as 0, so that what is equal is written alike.
            Some(number) => Ok((number + 0.0, length)),
            None => Err(CqlError::Number {
                at: self.position(start),
                found: self.found(start, start + length + stuck),
            }),
        }
    }
}

fn is_number(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    text.strip_prefix('.').unwrap_or(text).starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a text is an identifier of the standard, and needs no quotes.
pub(super) fn is_identifier(text: &str) -> bool {
    text.starts_with(is_identifier_start) && text.chars().all(is_identifier_part)
}

fn is_identifier_start(c: char) -> bool {
    matches!(c,
        ':' | '_' | 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}'
        | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFE}'
        | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
        | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
        && !c.is_whitespace()
}

fn is_identifier_part(c: char) -> bool {
    is_identifier_start(c)
        || matches!(c, '.' | '0'..='9' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}
