//! The header of a table: which columns tell a place.

use super::{
    ADDED_COLUMNS, LocateError, MAX_RECORD,
    error::{ColumnFault, Columns},
    record::Record,
};

/// The columns of the input, and what is written above the output.
pub(super) struct Header {
    pub(super) delimiter: u8,
    /// How many columns the input has.
    pub(super) fields: usize,
    /// Their names as the input has them.
    pub(super) names: Vec<String>,
    /// The header line of the output, its line end included.
    pub(super) line: Vec<u8>,
    /// As the input's header line ends.
    pub(super) line_end: &'static [u8],
}

impl Header {
    /// Reads the header that `text` starts with, after a byte order mark and blank lines; and where
    /// the first row starts. `None` where not all of it is there yet.
    pub(super) fn read(
        text: &[u8],
        delimiter: u8,
        at_end: bool,
    ) -> Result<Option<(Self, usize)>, LocateError> {
        let mark = if text.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let blank = text[mark..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let start = mark + blank;
        let body = &text[start..];
        let mut record = Record::default();
        if !record.read(body, delimiter, at_end) {
            return match at_end {
                true => Err(LocateError::Empty),
                false if body.len() > MAX_RECORD => Err(LocateError::TooLong { line: 1 }),
                false => Ok(None),
            };
        }
        if record.next > MAX_RECORD || record.open {
            return Err(LocateError::TooLong { line: 1 });
        }
        let names: Vec<String> = (0..record.fields())
            .map(|i| String::from_utf8_lossy(record.field(body, i)).into_owned())
            .collect();
        if let Some(added) =
            names.iter().find(|name| ADDED_COLUMNS.iter().any(|c| name.eq_ignore_ascii_case(c)))
        {
            return Err(LocateError::Added(added.clone()));
        }
        let line_end: &[u8] = if ends_with_return(body, &record) { b"\r\n" } else { b"\n" };
        let mut line = text[..mark].to_vec();
        line.extend_from_slice(&body[..record.end]);
        for added in ADDED_COLUMNS {
            line.push(delimiter);
            line.extend_from_slice(added.as_bytes());
        }
        line.extend_from_slice(line_end);
        let fields = record.fields();
        Ok(Some((Self { delimiter, fields, names, line, line_end }, start + record.next)))
    }

    /// The column of that name, in any letter case.
    ///
    /// # Errors
    /// When it is there more than once.
    pub(super) fn find(&self, name: &str) -> Result<Option<usize>, ColumnFault> {
        let mut found = (0..self.fields).filter(|&i| self.names[i].eq_ignore_ascii_case(name));
        let first = found.next();
        if found.next().is_some() {
            return Err(ColumnFault::Twice { name: name.to_owned() });
        }
        Ok(first)
    }

    /// The columns that there are, for a message.
    pub(super) fn describe(&self) -> Columns {
        Columns {
            names: self.names.join(", ").chars().take(200).collect(),
            is_other_delimiter: self.fields == 1
                && self.names[0].contains([',', ';', '\t', '|'])
                && !self.names[0].contains(char::from(self.delimiter)),
        }
    }
}

fn ends_with_return(text: &[u8], record: &Record) -> bool {
    text[record.end..record.next].starts_with(b"\r")
}
