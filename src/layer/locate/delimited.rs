//! Tables as text of delimited fields.

use super::{
    AddedTo, Found, Gazetteer, LocateBy, LocateError, LocateOptions, MAX_RECORD, RowFault,
    TableCrs,
    error::ColumnFault,
    form::{Form, Located, Stop, Stretch, TASK, lines, newlines},
    header::Header,
    question::{ADDRESS, address, coordinate},
    record::{Record, next_record},
};

/// A table of delimited fields: RFC 4180, LF or CRLF, any encoding that keeps ASCII, a header.
pub(super) struct Delimited {
    options: LocateOptions,
    table: Option<Table>,
}

impl Delimited {
    /// # Errors
    /// When the delimiter cannot stand between fields.
    pub(super) fn new(options: &LocateOptions) -> Result<Self, LocateError> {
        if !matches!(options.delimiter, b',' | b';' | b'|' | b':' | b'\t' | b' ') {
            return Err(LocateError::Delimiter(char::from(options.delimiter)));
        }
        Ok(Self { options: options.clone(), table: None })
    }
}

impl Form for Delimited {
    fn begin(
        &mut self,
        text: &[u8],
        at_end: bool,
        out: &mut Vec<u8>,
    ) -> Result<Option<usize>, LocateError> {
        let Some((header, start)) = Header::read(text, self.options.delimiter, at_end)? else {
            return Ok(None);
        };
        let question = question(&header, &self.options).map_err(LocateError::Columns)?;
        out.extend_from_slice(&header.line);
        self.table = Some(Table { header, question, strict: self.options.strict });
        Ok(Some(start))
    }

    fn split(&mut self, text: &[u8], at_end: bool) -> Vec<Stretch> {
        if !text.contains(&b'"') {
            return lines(text, at_end);
        }
        // A line end may stand in quotes: only reading every record tells.
        let (mut stretches, mut begun, mut at) = (Vec::new(), 0, 0);
        while let Some(record) = next_record(&text[at..], self.options.delimiter, at_end) {
            at += record.next;
            if at - begun >= TASK {
                stretches.push(Stretch::of_records(begun..at));
                begun = at;
            }
        }
        if at > begun {
            stretches.push(Stretch::of_records(begun..at));
        }
        stretches
    }

    fn locate(&self, stretch: &[u8], gazetteer: &dyn Gazetteer) -> Located {
        self.table.as_ref().map(|table| table.locate(stretch, gazetteer)).unwrap_or_default()
    }
}

/// Which columns tell the place.
enum Question {
    Coordinate { crs: TableCrs, columns: [usize; 2], names: [String; 2] },
    Address { postcode: usize, number: Option<usize>, names: [String; 2] },
}

fn question(header: &Header, options: &LocateOptions) -> Result<Question, ColumnFault> {
    let by_address = || {
        let number = header.find(ADDRESS[1])?;
        Ok(header.find(ADDRESS[0])?.map(|postcode| Question::Address {
            postcode,
            number,
            names: [postcode, number.unwrap_or(postcode)].map(|at| header.names[at].clone()),
        }))
    };
    let no_place = |expected: &[&'static str]| ColumnFault::NoPlace {
        expected: expected.to_vec(),
        there: header.describe(),
    };
    if options.by == LocateBy::Address {
        return by_address()?.ok_or_else(|| no_place(&["postcode and huisnummer"]));
    }
    if let Some((crs, columns)) = coordinates(header, options)? {
        let names = columns.map(|at| header.names[at].clone());
        return Ok(Question::Coordinate { crs, columns, names });
    }
    if options.by == LocateBy::Either {
        return by_address()?.ok_or_else(|| no_place(&["lon,lat", "x,y", "postcode,huisnummer"]));
    }
    Err(no_place(&["lon,lat", "x,y"]))
}

/// The system of the coordinates, and their columns; `None` where no names are given and none of
/// the usual ones is there.
fn coordinates(
    header: &Header,
    options: &LocateOptions,
) -> Result<Option<(TableCrs, [usize; 2])>, ColumnFault> {
    let pair = |names: [&str; 2]| -> Result<[usize; 2], ColumnFault> {
        let column = |name: &str| {
            let there = || header.describe();
            let none = || ColumnFault::NoColumn { name: name.to_owned(), there: there() };
            header.find(name)?.ok_or_else(none)
        };
        let (x, y) = (column(names[0])?, column(names[1])?);
        if x == y { Err(ColumnFault::OneForBoth) } else { Ok([x, y]) }
    };
    match (&options.x_column, &options.y_column) {
        (Some(x), Some(y)) => {
            let columns = pair([x, y])?;
            let crs = options.crs.or_else(|| TableCrs::said([x, y]));
            let crs = crs.ok_or_else(|| ColumnFault::Unsaid { columns: [x.clone(), y.clone()] })?;
            return Ok(Some((crs, columns)));
        }
        (None, None) => {}
        _ => return Err(ColumnFault::Half),
    }
    if let Some(crs) = options.crs {
        return Ok(Some((crs, pair(crs.usual())?)));
    }
    let mut there = None;
    for crs in [TableCrs::Wgs84, TableCrs::Rd] {
        let [x, y] = crs.usual();
        if let (Some(x), Some(y)) = (header.find(x)?, header.find(y)?)
            && there.replace((crs, [x, y])).is_some()
        {
            return Err(ColumnFault::Both);
        }
    }
    Ok(there)
}

/// What every row is read and answered with.
struct Table {
    header: Header,
    question: Question,
    strict: bool,
}

impl Table {
    fn locate(&self, text: &[u8], gazetteer: &dyn Gazetteer) -> Located {
        let mut done = Located::default();
        done.text.reserve(text.len() + text.len() / 2);
        let mut at = 0;
        // The stretch ends with a whole record, by its line end or that of the input.
        while let Some(record) = next_record(&text[at..], self.header.delimiter, true) {
            let bytes = &text[at..at + record.next];
            let lines = done.lines;
            at += record.next;
            done.lines += newlines(bytes);
            if bytes.len() > MAX_RECORD {
                done.stopped = Some((lines, Stop::TooLong));
                return done;
            }
            if record.end == 0 {
                continue;
            }
            let found = done.counts.count(self.find(bytes, &record, gazetteer));
            if let (Err(fault), true) = (&found, self.strict) {
                done.stopped = Some((lines, Stop::Fault(fault.clone())));
                return done;
            }
            let found = AddedTo::from(found);
            self.copy(bytes, &record, &mut done.text);
            self.add(&found, &mut done.text);
        }
        done
    }

    /// The answer to a row.
    fn find(
        &self,
        bytes: &[u8],
        record: &Record,
        gazetteer: &dyn Gazetteer,
    ) -> Result<Found, RowFault> {
        let header = &self.header;
        if record.open {
            return Err(RowFault::OpenQuote);
        }
        if record.fields != header.fields {
            return Err(RowFault::Fields { found: record.fields, expected: header.fields });
        }
        let field = |column| record.field(bytes, column, header.delimiter);
        match &self.question {
            Question::Coordinate { crs, columns, names } => {
                coordinate(*crs, columns.map(field), names, gazetteer)
            }
            Question::Address { postcode, number, names } => {
                address(field(*postcode), number.map(field), names, gazetteer)
            }
        }
    }

    /// Copies a record without its line end, with as many fields as the header has.
    fn copy(&self, bytes: &[u8], record: &Record, text: &mut Vec<u8>) {
        let header = &self.header;
        if record.fields <= header.fields {
            text.extend_from_slice(&bytes[..record.end]);
            if record.open {
                text.push(b'"');
            }
            text.extend(std::iter::repeat_n(header.delimiter, header.fields - record.fields));
        } else {
            let last = record.field_range(bytes, header.fields - 1, header.delimiter);
            text.extend_from_slice(&bytes[..last.end]);
        }
    }

    fn add(&self, added: &AddedTo, text: &mut Vec<u8>) {
        for code in added.codes() {
            text.push(self.header.delimiter);
            text.extend_from_slice(code.unwrap_or_default().as_bytes());
        }
        text.push(self.header.delimiter);
        if let Some(note) = &added.note {
            text.push(b'"');
            text.extend_from_slice(note.replace('"', "\"\"").as_bytes());
            text.push(b'"');
        }
        text.extend_from_slice(self.header.line_end);
    }
}
