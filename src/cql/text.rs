//! Character literals: their escapes, and texts without regard to case.

use std::borrow::Cow;

/// Escapes of control characters in a character literal.
const CONTROLS: [(char, char); 7] = [
    ('a', '\x07'),
    ('b', '\x08'),
    ('t', '\t'),
    ('n', '\n'),
    ('v', '\x0B'),
    ('f', '\x0C'),
    ('r', '\r'),
];

/// A character of a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Character {
    /// As it is.
    Plain(char),
    /// With a backslash before it that only means something in a pattern: `%` or `_`.
    Escaped(char),
}

/// The characters of a literal, given what stands between its quotes. A backslash before a
/// character that needs none is itself a character.
pub(super) fn characters(raw: &str) -> impl Iterator<Item = Character> + '_ {
    let mut rest = raw.chars().peekable();
    std::iter::from_fn(move || {
        let c = rest.next()?;
        if c == '\'' {
            rest.next_if_eq(&'\'');
            return Some(Character::Plain(c));
        }
        if c != '\\' {
            return Some(Character::Plain(c));
        }
        if let Some(quoted) = rest.next_if(|c| matches!(c, '\\' | '\'')) {
            return Some(Character::Plain(quoted));
        }
        if let Some(wildcard) = rest.next_if(|c| matches!(c, '%' | '_')) {
            return Some(Character::Escaped(wildcard));
        }
        let control = CONTROLS.iter().find(|(letter, _)| rest.next_if_eq(letter).is_some());
        Some(Character::Plain(control.map_or('\\', |(_, control)| *control)))
    })
}

/// The text of a literal.
pub(super) fn decode(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    for character in characters(raw) {
        match character {
            Character::Plain(c) => text.push(c),
            Character::Escaped(c) => text.extend(['\\', c]),
        }
    }
    text
}

/// Adds a character to a literal, escaped where it must be.
pub(super) fn encode(c: char, literal: &mut String) {
    match CONTROLS.iter().find(|(_, control)| *control == c) {
        Some((letter, _)) => literal.extend(['\\', *letter]),
        None if c == '\'' || c == '\\' => literal.extend([c, c]),
        None => literal.push(c),
    }
}

/// A text that is the same for texts that differ in case only: full case folding of Unicode, up to
/// the choice of the representative.
pub(super) fn fold(text: &str) -> Cow<'_, str> {
    if !text.is_ascii() {
        return text.chars().flat_map(fold_character).collect::<String>().into();
    }
    if text.bytes().any(|b| b.is_ascii_uppercase()) {
        return text.to_ascii_lowercase().into();
    }
    text.into()
}

/// One character folded. Lower case alone keeps ß and ss apart, and upper case alone the
/// characters that have two capitals; one after the other they do as folding does, except for the
/// dotless i, which folds to itself.
pub(super) fn fold_character(c: char) -> impl Iterator<Item = char> {
    let dotless = (c == 'ı').then_some(c);
    let others = dotless.is_none().then_some(c);
    let folded = others
        .into_iter()
        .flat_map(char::to_lowercase)
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase);
    dotless.into_iter().chain(folded)
}
