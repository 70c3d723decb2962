//! Records and fields of delimited text, by RFC 4180 and not a byte changed.

use std::ops::Range;

/// Where a record ends and what it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// Where its content ends, without its line end.
    pub(super) end: usize,
    /// Where the next record starts.
    pub(super) next: usize,
    /// How many fields it has; a blank line has one.
    pub(super) fields: usize,
    /// Whether the input ended within quotes.
    pub(super) open: bool,
}

/// The record that `text` starts with; `None` where there is none, or not all of it: without a line
/// end it is whole only `at_end`.
///
/// A quotation mark quotes only at the start of a field; in quotes, a doubled one stands for one.
pub(super) fn next_record(text: &[u8], delimiter: u8, at_end: bool) -> Option<Record> {
    if text.is_empty() {
        return None;
    }
    let mut fields = 1;
    let mut at = 0;
    loop {
        let (end, open) = field_end(text, at, delimiter);
        match text.get(end) {
            Some(&b'\n') => {
                return Some(Record { end: content_end(text, end), next: end + 1, fields, open });
            }
            // The delimiter.
            Some(_) => {
                fields += 1;
                at = end + 1;
            }
            None if at_end => {
                let content = if open { end } else { content_end(text, end) };
                return Some(Record { end: content, next: end, fields, open });
            }
            None => return None,
        }
    }
}

/// Where the field that starts at `at` ends: at a delimiter, a line feed or the end of the text;
/// and whether that end came within quotes.
fn field_end(text: &[u8], mut at: usize, delimiter: u8) -> (usize, bool) {
    if text.get(at) == Some(&b'"') {
        at += 1;
        loop {
            match text[at..].iter().position(|b| *b == b'"') {
                None => return (text.len(), true),
                Some(i) if text.get(at + i + 1) == Some(&b'"') => at += i + 2,
                Some(i) => {
                    at += i + 1;
                    break;
                }
            }
        }
    }
    let length = text[at..].iter().position(|b| *b == delimiter || *b == b'\n');
    (length.map_or(text.len(), |i| at + i), false)
}

/// Drops the carriage return before a line end.
fn content_end(text: &[u8], end: usize) -> usize {
    if end > 0 && text[end - 1] == b'\r' { end - 1 } else { end }
}

impl Record {
    /// Where a field stands in the record's text. The number is less than [`Record::fields`].
    pub(super) fn field_range(&self, text: &[u8], number: usize, delimiter: u8) -> Range<usize> {
        let content = &text[..self.end];
        let mut at = 0;
        for _ in 0..number {
            at = (field_end(content, at, delimiter).0 + 1).min(content.len());
        }
        at..field_end(content, at, delimiter).0
    }

    /// A field without white space and quotes around it. Doubled quotes in it stay doubled.
    pub(super) fn field<'a>(&self, text: &'a [u8], number: usize, delimiter: u8) -> &'a [u8] {
        let field = text[self.field_range(text, number, delimiter)].trim_ascii();
        let inner = field.strip_prefix(b"\"").and_then(|f| f.strip_suffix(b"\""));
        inner.map_or(field, <[u8]>::trim_ascii)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn quotes_hide_delimiters_and_line_ends() {
        let text = b"a,\"b,\n\"\"x\"\"\",c\r\nnext";
        let record = next_record(text, b',', false).expect("whole");
        assert_eq!(record, Record { end: 14, next: 16, fields: 3, open: false });
        assert_eq!(record.field(text, 1, b','), b"b,\n\"\"x\"\"");
        assert_eq!(record.field(text, 2, b','), b"c");
        assert_eq!(next_record(&text[16..], b',', false), None);
        assert_eq!(next_record(&text[16..], b',', true).map(|r| (r.end, r.fields)), Some((4, 1)));
    }

    #[test]
    fn an_open_quote_takes_the_rest() {
        let text = b"a,\"b\nc,d\n";
        assert_eq!(next_record(text, b',', false), None);
        let record = next_record(text, b',', true).expect("the rest");
        assert_eq!(record, Record { end: 9, next: 9, fields: 2, open: true });
    }

    proptest! {
        /// Fields and records are those that the csv crate reads.
        #[test]
        fn agrees_with_csv(text in "[a\",\n\r ]{0,60}") {
            // A lone carriage return ends a record for the csv crate; here only LF and CRLF do.
            let text = text.replace("\r", "\r\n");
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes());
            let expected: Vec<usize> =
                reader.byte_records().map(|record| record.expect("read").len()).collect();
            let (mut found, mut at) = (Vec::new(), 0);
            while let Some(record) = next_record(&text.as_bytes()[at..], b',', true) {
                if record.end > 0 {
                    found.push(record.fields);
                }
                at += record.next;
            }
            prop_assert_eq!(at, text.len());
            prop_assert_eq!(found, expected);
        }
    }
}
