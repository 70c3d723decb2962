//! LIKE against a matcher that tries everything.

use proptest::prelude::*;

use super::*;

/// Whether a text is as a pattern has it; `\` escapes what comes after.
fn brute(pattern: &[char], text: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['%', rest @ ..] => (0..=text.len()).any(|taken| brute(rest, &text[taken..])),
        ['_', rest @ ..] => !text.is_empty() && brute(rest, &text[1..]),
        ['\\', c, rest @ ..] | [c, rest @ ..] => text.first() == Some(c) && brute(rest, &text[1..]),
    }
}

fn like(pattern: &str, text: &str) -> bool {
    let text: &'static str = Box::leak(text.to_owned().into_boxed_str());
    let row = Area::with("naam", Value::Text(text));
    let expression = format!("naam LIKE '{pattern}'");
    canonical(&expression);
    truth(&expression, &row).expect("a truth")
}

#[test]
fn wildcards() {
    for (pattern, text, holds) in [
        ("", "", true),
        ("", "a", false),
        ("%", "", true),
        ("_%", "", false),
        ("_", "é", true),
        ("Am%", "Amsterdam", true),
        ("Am%", "amsterdam", false),
        ("%dam", "Amsterdam", true),
        ("%s%r%", "Amsterdam", true),
        ("%r%s%", "Amsterdam", false),
        (r"50\%", "50%", true),
        (r"50\%", "500", false),
        (r"a\_b", "axb", false),
        (r"\\%", r"\x", true),
        (r"\\\%", r"\%", true),
        (r"''s-%", "'s-Gravenhage", true),
        (r"\'s-%", "'s-Gravenhage", true),
        (r"a\nb", "a\nb", true),
        (r"\q", r"\q", true),
    ] {
        assert_eq!(like(pattern, text), holds, "{text} LIKE {pattern}");
    }
}

#[test]
fn many_wildcards_are_quick() {
    let pattern = "%a".repeat(1_000);
    assert!(!like(&format!("{pattern}b"), &"a".repeat(5_000)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn patterns_match_as_by_brute_force(pattern in "([ab%_é]|\\\\%|\\\\_|\\\\\\\\){0,7}", text in "[ab%_é\\\\]{0,8}") {
        let characters = |text: &str| text.chars().collect::<Vec<_>>();
        prop_assert_eq!(like(&pattern, &text), brute(&characters(&pattern), &characters(&text)));
    }
}
