//! Text of unknown encoding: UTF-8 where it is, Windows-1252 where it is not.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// Decodes bytes: UTF-8 when they are, else Windows-1252 (every byte has a character there).
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// Undoes UTF-8 that was taken for Windows-1252 and encoded once more: `FryslÃ¢n` is `Fryslân`.
///
/// CBS's own table of 2016 has it so. `None` when the text was not doubled: the way back must
/// give sound UTF-8 with a letter beyond ASCII, which honest Dutch names do not.
pub fn undouble(text: &str) -> Option<String> {
    if !text.contains(['Ã', 'Â']) {
        return None;
    }
    let (bytes, _, lossy) = WINDOWS_1252.encode(text);
    if lossy {
        return None;
    }
    std::str::from_utf8(&bytes).ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip_in_both_encodings() {
        for name in ["'s-Gravenhage", "Sint-Jan", "Fryslân", "Súdwest-Fryslân", "Curaçao"] {
            assert_eq!(decode(name.as_bytes()), name);
            assert_eq!(decode(&WINDOWS_1252.encode(name).0), name);
            assert_eq!(undouble(name), None);
            let doubled = WINDOWS_1252.decode_without_bom_handling(name.as_bytes()).0;
            if !name.is_ascii() {
                assert_eq!(undouble(&doubled).as_deref(), Some(name));
            }
        }
    }

    #[test]
    fn a_lone_accent_is_left_alone() {
        assert_eq!(undouble("Ãlva"), None);
    }
}
