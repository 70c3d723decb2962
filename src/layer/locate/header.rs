//! The header of a table: which columns hold the coordinates.

use super::{
    ADDED_COLUMNS, LocateError, LocateOptions, MAX_RECORD, TableCrs,
    record::{Record, next_record},
};

/// The columns of the input, and what is written above the output.
pub(super) struct Header {
    pub(super) delimiter: u8,
    pub(super) crs: TableCrs,
    /// How many columns the input has.
    pub(super) fields: usize,
    /// The column of the easting or longitude, and that of the northing or latitude, from 0.
    pub(super) x: usize,
    pub(super) y: usize,
    /// Their names as the input has them.
    pub(super) names: [String; 2],
    /// The header line of the output, its line end included.
    pub(super) line: Vec<u8>,
    /// As the input's header line ends.
    pub(super) line_end: &'static [u8],
}

impl Header {
    /// Reads the header that `text` starts with, after a byte order mark and blank lines; and where
    /// the first row starts.
    pub(super) fn read(
        text: &[u8],
        options: &LocateOptions,
        at_end: bool,
    ) -> Result<(Self, usize), LocateError> {
        let delimiter = options.delimiter;
        let mark = if text.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let blank = text[mark..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let start = mark + blank;
        let body = &text[start..];
        let Some(record) = next_record(body, delimiter, at_end) else {
            let too_long = LocateError::TooLong { line: 1 };
            return Err(if body.is_empty() { LocateError::Empty } else { too_long });
        };
        if record.next > MAX_RECORD || record.open {
            return Err(LocateError::TooLong { line: 1 });
        }
        let names: Vec<String> = (0..record.fields)
            .map(|i| String::from_utf8_lossy(record.field(body, i, delimiter)).into_owned())
            .collect();
        if let Some(added) =
            names.iter().find(|name| ADDED_COLUMNS.iter().any(|c| name.eq_ignore_ascii_case(c)))
        {
            return Err(LocateError::Added(added.clone()));
        }
        let (crs, x, y) = columns(&names, options).map_err(LocateError::Columns)?;
        let line_end: &[u8] = if ends_with_return(body, &record) { b"\r\n" } else { b"\n" };
        let mut line = text[..mark].to_vec();
        line.extend_from_slice(&body[..record.end]);
        for added in ADDED_COLUMNS {
            line.push(delimiter);
            line.extend_from_slice(added.as_bytes());
        }
        line.extend_from_slice(line_end);
        let fields = record.fields;
        let names = [names[x].clone(), names[y].clone()];
        Ok((Self { delimiter, crs, fields, x, y, names, line, line_end }, start + record.next))
    }
}

fn ends_with_return(text: &[u8], record: &Record) -> bool {
    text[record.end..record.next].starts_with(b"\r")
}

/// The system of the coordinates, and their columns; or what is wrong.
fn columns(names: &[String], options: &LocateOptions) -> Result<(TableCrs, usize, usize), String> {
    let find = |name: &str| -> Result<Option<usize>, String> {
        let mut found = (0..names.len()).filter(|&i| names[i].eq_ignore_ascii_case(name));
        let first = found.next();
        if found.next().is_some() {
            return Err(format!("column {name:?} is there more than once"));
        }
        Ok(first)
    };
    let header = || {
        let shown: String = names.join(", ").chars().take(200).collect();
        let wrong_delimiter = names.len() == 1
            && names[0].contains([',', ';', '\t', '|'])
            && !names[0].contains(char::from(options.delimiter));
        let hint = if wrong_delimiter { " (is the delimiter another one?)" } else { "" };
        format!("the columns are {shown}{hint}")
    };
    let pair = |x: &str, y: &str| -> Result<(usize, usize), String> {
        let column = |name: &str| {
            find(name)?.ok_or_else(|| format!("there is no column {name:?}: {}", header()))
        };
        let (x, y) = (column(x)?, column(y)?);
        if x == y { Err("one column cannot hold both coordinates".to_owned()) } else { Ok((x, y)) }
    };
    let usual = |crs| match crs {
        TableCrs::Rd => ("x", "y"),
        TableCrs::Wgs84 => ("lon", "lat"),
    };
    // What the names of a pair of columns say about their system.
    let said = |x: &str, y: &str| {
        [TableCrs::Rd, TableCrs::Wgs84].into_iter().find(|&crs| {
            let (a, b) = usual(crs);
            x.eq_ignore_ascii_case(a) && y.eq_ignore_ascii_case(b)
        })
    };
    if let (Some(x), Some(y)) = (&options.x_column, &options.y_column) {
        let (i, j) = pair(x, y)?;
        let crs = options.crs.or_else(|| said(x, y)).ok_or_else(|| {
            format!("columns {x:?} and {y:?} do not say their system: expected --crs rd or wgs84")
        })?;
        return Ok((crs, i, j));
    }
    if options.x_column.is_some() || options.y_column.is_some() {
        return Err("expected --x-column and --y-column together, or neither".to_owned());
    }
    if let Some(crs) = options.crs {
        let (x, y) = usual(crs);
        let (i, j) = pair(x, y)?;
        return Ok((crs, i, j));
    }
    let mut there = Vec::new();
    for crs in [TableCrs::Wgs84, TableCrs::Rd] {
        let (x, y) = usual(crs);
        if let (Some(i), Some(j)) = (find(x)?, find(y)?) {
            there.push((crs, i, j));
        }
    }
    match there[..] {
        [found] => Ok(found),
        [] => Err(format!("expected columns lon,lat or x,y: {}", header())),
        _ => Err("there are columns lon,lat and x,y: expected --crs rd or wgs84".to_owned()),
    }
}
