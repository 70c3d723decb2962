//! Text in XML documents.

/// Text as it may stand in an XML 1.0 document, in an element or between quotes. What XML has no
/// place for becomes a replacement character, a line break a space.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c if c.is_control() => out.push(if c == '\n' || c == '\t' { ' ' } else { '\u{fffd}' }),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(escape("a<b>&\"'\u{0}\u{1b}"), "a&lt;b&gt;&amp;&quot;&#39;\u{fffd}\u{fffd}");
    }
}
