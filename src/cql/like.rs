//! Patterns of LIKE.

use super::text::{Character, characters, encode, fold_character};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// `%`: any number of characters.
    Any,
    /// `_`: one character.
    One,
    /// The character itself.
    Character(char),
}

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Part>);

impl Pattern {
    /// A pattern by what stands between the quotes of its literal.
    pub fn new(raw: &str) -> Self {
        let mut parts: Vec<_> = characters(raw)
            .map(|character| match character {
                Character::Plain('%') => Part::Any,
                Character::Plain('_') => Part::One,
                Character::Plain(c) | Character::Escaped(c) => Part::Character(c),
            })
            .collect();
        parts.dedup_by(|next, part| *next == Part::Any && *part == Part::Any);
        Self(parts)
    }

    /// The pattern for texts that are folded: there `_` stands for one character of the folded
    /// text.
    pub fn fold(self) -> Self {
        let fold = |part| -> Vec<Part> {
            match part {
                Part::Character(c) => fold_character(c).map(Part::Character).collect(),
                wildcard => vec![wildcard],
            }
        };
        Self(self.0.into_iter().flat_map(fold).collect())
    }

    /// Whether the whole of a text is as the pattern has it. Cost: at worst the product of their
    /// lengths.
    pub fn matches(&self, text: &str) -> bool {
        let (mut parts, mut rest) = (self.0.as_slice(), text.chars());
        // Only the last % needs another try: an earlier one that takes more gains nothing.
        let mut retry = None;
        loop {
            match parts.split_first() {
                Some((Part::Any, after)) => {
                    retry = Some((after, rest.clone()));
                    parts = after;
                    continue;
                }
                Some((part, after)) => {
                    let fits = rest.next().is_some_and(|c| match part {
                        Part::Character(wanted) => *wanted == c,
                        Part::One | Part::Any => true,
                    });
                    if fits {
                        parts = after;
                        continue;
                    }
                }
                None if rest.as_str().is_empty() => return true,
                None => {}
            }
            let Some((after, mut from)) = retry.take() else { return false };
            if from.next().is_none() {
                return false;
            }
            retry = Some((after, from.clone()));
            (parts, rest) = (after, from);
        }
    }

    /// What stands between the quotes of its literal.
    pub fn encode(&self) -> String {
        let mut literal = String::new();
        for part in &self.0 {
            match part {
                Part::Any => literal.push('%'),
                Part::One => literal.push('_'),
                Part::Character(c @ ('%' | '_')) => literal.extend(['\\', *c]),
                Part::Character(c) => encode(*c, &mut literal),
            }
        }
        literal
    }
}
