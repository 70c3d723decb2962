//! Records and fields of delimited text, by RFC 4180 and not a byte changed.

use std::ops::Range;

use super::form::newlines;

/// Where a record ends and where its fields do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// Where its content ends, without its line end.
    pub(super) end: usize,
    /// Where the next record starts.
    pub(super) next: usize,
    /// Whether the input ended within quotes.
    pub(super) open: bool,
    /// How many lines it takes, that of its own line end included.
    pub(super) lines: u64,
    /// Where each field ends; a blank line has one.
    ends: Vec<usize>,
}

impl Record {
    /// Reads the record that `text` starts with; whether there is one, and all of it: without a
    /// line end it is whole only `at_end`.
    ///
    /// A quotation mark quotes only at the start of a field; in quotes, a doubled one stands for
    /// one.
    pub(super) fn read(&mut self, text: &[u8], delimiter: u8, at_end: bool) -> bool {
        self.ends.clear();
        self.lines = 0;
        if text.is_empty() {
            return false;
        }
        let mut at = 0;
        loop {
            let (end, open) = if text.get(at) == Some(&b'"') {
                let (end, open) = quoted_end(text, at, delimiter);
                self.lines += newlines(&text[at..end]);
                (end, open)
            } else {
                (field_end(text, at, delimiter), false)
            };
            let content = if open { end } else { content_end(text, end) };
            match text.get(end) {
                Some(&byte) if byte != b'\n' => {
                    self.ends.push(end);
                    at = end + 1;
                }
                line_end => {
                    let has_line_end = line_end.is_some();
                    self.ends.push(content.max(at));
                    (self.end, self.next) = (content, end + usize::from(has_line_end));
                    self.open = open;
                    self.lines += u64::from(has_line_end);
                    return has_line_end || at_end;
                }
            }
        }
    }

    /// How many fields it has.
    pub(super) fn fields(&self) -> usize {
        self.ends.len()
    }

    /// Where a field stands in the record's text. The number is less than [`Record::fields`].
    pub(super) fn field_range(&self, number: usize) -> Range<usize> {
        let start = if number == 0 { 0 } else { self.ends[number - 1] + 1 };
        start..self.ends[number]
    }

    /// A field without white space and quotes around it. Doubled quotes in it stay doubled.
    pub(super) fn field<'a>(&self, text: &'a [u8], number: usize) -> &'a [u8] {
        let field = text[self.field_range(number)].trim_ascii();
        let inner = field.strip_prefix(b"\"").and_then(|f| f.strip_suffix(b"\""));
        inner.map_or(field, <[u8]>::trim_ascii)
    }
}

/// Where a field without quotes that starts at `at` ends: at a delimiter, a line feed or the end.
#[inline]
fn field_end(text: &[u8], at: usize, delimiter: u8) -> usize {
    let length = text[at..].iter().position(|b| *b == delimiter || *b == b'\n');
    length.map_or(text.len(), |i| at + i)
}

/// Where a field that starts with a quotation mark at `at` ends, and whether that is within quotes.
fn quoted_end(text: &[u8], mut at: usize, delimiter: u8) -> (usize, bool) {
    at += 1;
    loop {
        match text[at..].iter().position(|b| *b == b'"') {
            None => return (text.len(), true),
            Some(i) if text.get(at + i + 1) == Some(&b'"') => at += i + 2,
            Some(i) => return (field_end(text, at + i + 1, delimiter), false),
        }
    }
}

/// Drops the carriage return before a line end.
fn content_end(text: &[u8], end: usize) -> usize {
    if end > 0 && text[end - 1] == b'\r' { end - 1 } else { end }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &[u8], at_end: bool) -> Option<Record> {
        let mut record = Record::default();
        record.read(text, b',', at_end).then_some(record)
    }

    #[test]
    fn quotes_hide_delimiters_and_line_ends() {
        let text = b"a,\"b,\n\"\"x\"\"\",c\r\nnext";
        let record = read(text, false).expect("whole");
        let found = (record.end, record.next, record.fields(), record.open, record.lines);
        assert_eq!(found, (14, 16, 3, false, 2));
        assert_eq!(record.field(text, 1), b"b,\n\"\"x\"\"");
        assert_eq!(record.field(text, 2), b"c");
        assert_eq!(read(&text[16..], false), None);
        assert_eq!(read(&text[16..], true).map(|r| (r.end, r.fields())), Some((4, 1)));
    }

    #[test]
    fn an_open_quote_takes_the_rest() {
        let text = b"a,\"b\nc,d\n";
        assert_eq!(read(text, false), None);
        let record = read(text, true).expect("the rest");
        let found = (record.end, record.next, record.fields(), record.open, record.lines);
        assert_eq!(found, (9, 9, 2, true, 2));
    }

    #[test]
    fn what_was_read_before_leaves_nothing() {
        let mut record = Record::default();
        assert!(record.read(b"a,\"b\nc", b',', true));
        assert!(record.read(b"d\n", b',', false));
        assert_eq!((record.fields(), record.open, record.lines), (1, false, 1));
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
            while let Some(record) = read(&text.as_bytes()[at..], true) {
                if record.end > 0 {
                    found.push(record.fields());
                }
                at += record.next;
            }
            prop_assert_eq!(at, text.len());
            prop_assert_eq!(found, expected);
        }
    }
}
