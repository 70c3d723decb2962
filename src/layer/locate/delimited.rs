//! Tables as text of delimited fields.

use crate::crs::Rd;

use super::{
    AddedTo, Found, Gazetteer, LocateBy, LocateError, LocateOptions, MAX_RECORD, RowFault,
    TableCrs,
    error::ColumnFault,
    form::{Form, Located, Stop, Stretch, TASK, lines},
    header::Header,
    question::{ADDRESS, address, place},
    record::Record,
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
        let mut record = Record::default();
        while record.read(&text[at..], self.options.delimiter, at_end) {
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

    fn locate(&self, stretch: &[u8], gazetteer: &dyn Gazetteer, out: Vec<u8>) -> Located {
        let table = self.table.as_ref();
        table.map(|table| table.locate(stretch, gazetteer, out)).unwrap_or_default()
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

/// Rows that are looked for at the same time.
const TOGETHER: usize = 64;

/// A row that was read and not yet answered.
struct Row<'a> {
    /// Without its line end, and without the fields that the header does not have.
    content: &'a [u8],
    /// How many fields the header has and it has not.
    missing: usize,
    /// Whether it ends within quotes.
    open: bool,
    asked: Asked,
}

/// What a row asks.
enum Asked {
    /// What lies at a place.
    Place(Rd),
    /// Nothing that is not known by now.
    Answered(Result<Found, RowFault>),
}

impl Table {
    fn locate(&self, text: &[u8], gazetteer: &dyn Gazetteer, out: Vec<u8>) -> Located {
        let mut done = Located { text: out, ..Located::default() };
        done.text.reserve(text.len() + text.len() / 2);
        let mut record = Record::default();
        let mut rows = Vec::with_capacity(TOGETHER);
        let mut at = 0;
        // The stretch ends with a whole record, by its line end or that of the input.
        while record.read(&text[at..], self.header.delimiter, true) {
            let bytes = &text[at..at + record.next];
            at += record.next;
            if bytes.len() > MAX_RECORD {
                done.stopped = Some((done.lines, Stop::TooLong));
                break;
            }
            if record.end > 0 {
                let asked = self.asked(bytes, &record, gazetteer);
                if let (Asked::Answered(Err(fault)), true) = (&asked, self.strict) {
                    done.stopped = Some((done.lines, Stop::Fault(fault.clone())));
                    done.counts.rows += 1;
                    done.counts.faulty += 1;
                    break;
                }
                rows.push(self.row(bytes, &record, asked));
                if rows.len() == TOGETHER {
                    self.answer(&mut rows, gazetteer, &mut done);
                }
            }
            done.lines += record.lines;
        }
        self.answer(&mut rows, gazetteer, &mut done);
        done
    }

    /// What a row asks.
    fn asked(&self, bytes: &[u8], record: &Record, gazetteer: &dyn Gazetteer) -> Asked {
        let header = &self.header;
        if record.open {
            return Asked::Answered(Err(RowFault::OpenQuote));
        }
        let found = record.fields();
        if found != header.fields {
            return Asked::Answered(Err(RowFault::Fields { found, expected: header.fields }));
        }
        let field = |column| record.field(bytes, column);
        match &self.question {
            Question::Coordinate { crs, columns, names } => {
                match place(*crs, columns.map(field), names, gazetteer) {
                    Ok(Some(place)) => Asked::Place(place),
                    Ok(None) => Asked::Answered(Ok(Found::default())),
                    Err(fault) => Asked::Answered(Err(fault)),
                }
            }
            Question::Address { postcode, number, names } => {
                Asked::Answered(address(field(*postcode), number.map(field), names, gazetteer))
            }
        }
    }

    /// A row with as many fields as the header has.
    fn row<'a>(&self, bytes: &'a [u8], record: &Record, asked: Asked) -> Row<'a> {
        let (fields, wanted) = (record.fields(), self.header.fields);
        let is_long = fields > wanted;
        let end = if is_long { record.field_range(wanted - 1).end } else { record.end };
        Row {
            content: &bytes[..end],
            missing: wanted.saturating_sub(fields),
            open: record.open && !is_long,
            asked,
        }
    }

    /// Looks for the places of some rows, and writes these with their answers.
    fn answer(&self, rows: &mut Vec<Row<'_>>, gazetteer: &dyn Gazetteer, done: &mut Located) {
        let mut places = [Rd { x: 0.0, y: 0.0 }; TOGETHER];
        let mut count = 0;
        for row in &*rows {
            if let Asked::Place(place) = row.asked {
                places[count] = place;
                count += 1;
            }
        }
        let mut found = gazetteer.at_all(&places[..count]).into_iter();
        for Row { content, missing, open, asked } in rows.drain(..) {
            let answer = match asked {
                Asked::Answered(answer) => answer,
                Asked::Place(_) => {
                    let places = found.next().unwrap_or_default();
                    Ok(Found { places, ..Found::default() })
                }
            };
            let answer = AddedTo::from(done.counts.count(answer));
            let text = &mut done.text;
            text.extend_from_slice(content);
            if open {
                text.push(b'"');
            }
            text.extend(std::iter::repeat_n(self.header.delimiter, missing));
            self.add(&answer, text);
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
