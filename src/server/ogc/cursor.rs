//! The opaque text that says where the next page begins.

use std::hash::Hasher;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use rustc_hash::FxHasher;

use crate::area::AreaCode;

/// Where a page begins: behind an area, among the answers to one question. It stays what it is when
/// the server starts anew; to another question it does not belong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// A hash of the question, whatever the size of its pages.
    question: u64,
    /// The last area of the page before.
    pub after: AreaCode,
}

impl Cursor {
    /// The cursor behind an area, among the answers to a question in canonical form.
    pub fn behind(after: AreaCode, question: &str) -> Self {
        Self { question: hash(question), after }
    }

    /// Whether it belongs to a question in canonical form.
    pub fn belongs_to(&self, question: &str) -> bool {
        self.question == hash(question)
    }

    /// Reads what [`Cursor::write`] wrote.
    pub fn read(text: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        let (question, after) = bytes.split_first_chunk()?;
        let after = AreaCode::parse(std::str::from_utf8(after).ok()?).ok()?;
        Some(Self { question: u64::from_le_bytes(*question), after })
    }

    pub fn write(&self) -> String {
        let mut bytes = self.question.to_le_bytes().to_vec();
        bytes.extend_from_slice(self.after.as_str().as_bytes());
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_cursor_comes_back_and_belongs_to_its_question() {
        let code = AreaCode::parse("BU0363AA01").expect("a code");
        let cursor = Cursor::behind(code, "een vraag");
        assert_eq!(Cursor::read(&cursor.write()), Some(cursor.clone()));
        assert!(cursor.belongs_to("een vraag") && !cursor.belongs_to("een andere"));
    }

    proptest! {
        #[test]
        fn no_text_does_harm(text in "[A-Za-z0-9_=-]{0,40}|.{0,12}") {
            if let Some(cursor) = Cursor::read(&text) {
                prop_assert_eq!(Cursor::read(&cursor.write()), Some(cursor));
            }
        }
    }
}
