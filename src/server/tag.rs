//! Tags of bodies (`ETag`): the same bytes have the same, other bytes another.

use axum::http::HeaderValue;
use sha2::{Digest, Sha256};

use super::{compression::Effort, encoding::Encoding};

/// Bytes of the digest that a tag holds.
const DIGEST: usize = 12;

/// Which form of some content a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its encoding.
    pub encoding: Encoding,
    /// With how much work it was compressed.
    pub effort: Effort,
}

impl Tag {
    /// The header for content with that hash in this form: a strong tag.
    pub fn header(self, hash: &str) -> HeaderValue {
        let more = if self.effort == Effort::Thorough { "+" } else { "" };
        let text = ["\"", hash, "-", self.encoding.as_str(), more, "\""].concat();
        // Hexadecimals and lower case letters: always a header.
        HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("\"\""))
    }

    /// Reads what [`Tag::header`] wrote for content with that hash.
    pub fn parse(text: &str, hash: &str) -> Option<Self> {
        let form = text.strip_prefix('"')?.strip_suffix('"')?;
        let form = form.strip_prefix(hash)?.strip_prefix('-')?;
        let (name, effort) = match form.strip_suffix('+') {
            Some(name) => (name, Effort::Thorough),
            None => (form, Effort::Quick),
        };
        Some(Self { encoding: Encoding::from_name(name)?, effort })
    }
}

/// The hash of content, for its tags: hexadecimals.
pub fn hash(content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    let digits = digest.iter().take(DIGEST).flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_the_start_of_the_digest() {
        assert_eq!(hash(b"abc"), "ba7816bf8f01cfea414140de");
    }

    #[test]
    fn every_form_has_a_tag_of_its_own_and_is_known_by_it() {
        let (mine, other) = (hash(b"mine"), hash(b"other"));
        let mut seen = Vec::new();
        for encoding in [Encoding::Identity].into_iter().chain(Encoding::CODED) {
            for effort in [Effort::Quick, Effort::Thorough] {
                let tag = Tag { encoding, effort };
                let header = tag.header(&mine);
                let text = header.to_str().expect("ASCII").to_owned();
                assert_eq!(Tag::parse(&text, &mine), Some(tag));
                assert_eq!(Tag::parse(&text, &other), None);
                assert!(!seen.contains(&text), "{text}");
                seen.push(text);
            }
        }
        for odd in ["", "\"", "\"\"", "*", &mine, "\"-gzip\""] {
            assert_eq!(Tag::parse(odd, &mine), None, "{odd}");
        }
    }
}
