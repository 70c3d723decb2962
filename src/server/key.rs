//! What is asked for, in one form for all the ways to ask it.

use std::fmt::{Display, Write};

/// The canonical form of a question: a resource, and every choice that its answer depends on, after
/// parsing and defaulting. Two questions that mean the same have equal keys; two that may be
/// answered differently never do.
///
/// The atlas is no part of it: [`Answers`](super::answers::Answers) adds which one is asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key(String);

impl Key {
    /// The key of a resource without choices.
    pub fn new(resource: &'static str) -> Self {
        Self(resource.to_owned())
    }

    /// The same with one more choice. The order of choices counts, and so must be the same always.
    pub fn and(mut self, choice: impl Display) -> Self {
        let before = self.0.len();
        // Writing to a string never fails.
        let _ = write!(self.0, "{choice}");
        // A length before each choice: whatever is in it, it cannot pass for two.
        let length = self.0.len() - before;
        self.0.insert_str(before, &format!("|{length}:"));
        self
    }

    /// The same with a choice that may be left open, which is another than any text.
    pub fn and_maybe(self, choice: Option<impl Display>) -> Self {
        match choice {
            Some(choice) => self.and(choice),
            None => Self(self.0 + "|-"),
        }
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(choices: &[Option<String>]) -> Key {
        choices.iter().fold(Key::new("x"), |key, choice| key.and_maybe(choice.as_deref()))
    }

    proptest! {
        #[test]
        fn keys_are_equal_exactly_where_all_choices_are(
            one in prop::collection::vec(prop::option::of("[|:0-9a-]{0,4}"), 0..4),
            other in prop::collection::vec(prop::option::of("[|:0-9a-]{0,4}"), 0..4),
        ) {
            prop_assert_eq!(key(&one) == key(&other), one == other);
        }
    }
}
