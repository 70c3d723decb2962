//! Tables as lines of JSON objects.

use super::{
    AddedTo, Found, Gazetteer, LocateBy, LocateError, LocateOptions, MAX_RECORD, RowFault,
    TableCrs,
    error::ColumnFault,
    form::{Form, Located, Stop, Stretch, lines},
    json::{Members, field, write_with},
    question::{ADDRESS, address, coordinate},
};

/// JSON objects, one a line (NDJSON). Each tells its place by the names that the columns of a
/// delimited table would have, as numbers or as texts.
pub(super) struct Ndjson {
    /// The systems that are looked for, with the names of their members.
    coordinates: Vec<(TableCrs, [String; 2])>,
    by: LocateBy,
    strict: bool,
}

impl Ndjson {
    /// # Errors
    /// When the options name members that do not say their system.
    pub(super) fn new(options: &LocateOptions) -> Result<Self, LocateError> {
        let usual = |crs: TableCrs| (crs, crs.usual().map(str::to_owned));
        let coordinates = match (&options.x_column, &options.y_column) {
            (Some(x), Some(y)) => {
                let crs = options.crs.or_else(|| TableCrs::said([x, y]));
                let columns = [x.clone(), y.clone()];
                let unsaid = || ColumnFault::Unsaid { columns: columns.clone() };
                vec![(crs.ok_or_else(unsaid).map_err(LocateError::Columns)?, columns.clone())]
            }
            (None, None) => match options.crs {
                Some(crs) => vec![usual(crs)],
                None => vec![usual(TableCrs::Wgs84), usual(TableCrs::Rd)],
            },
            _ => return Err(LocateError::Columns(ColumnFault::Half)),
        };
        Ok(Self { coordinates, by: options.by, strict: options.strict })
    }

    /// The answer to a line.
    fn find(&self, line: &[u8], gazetteer: &dyn Gazetteer) -> Result<Found, RowFault> {
        let name = |system: usize, axis: usize| {
            self.coordinates.get(system).map_or("", |(_, names)| names[axis].as_str())
        };
        let names = [name(0, 0), name(0, 1), name(1, 0), name(1, 1), ADDRESS[0], ADDRESS[1]];
        let values = Members::read(line, &names)?.values.map(|value| value.map(field));
        let [x0, y0, x1, y1, postcode, number] = values;
        let by_coordinate = self.by != LocateBy::Address;
        let pairs = self.coordinates.iter().zip([[x0, y0], [x1, y1]]);
        let mut there = pairs.filter(|(_, [x, y])| by_coordinate && (x.is_some() || y.is_some()));
        if let Some(((crs, names), pair)) = there.next() {
            if there.next().is_some() {
                return Err(RowFault::TwoPlaces);
            }
            return coordinate(*crs, pair.map(Option::unwrap_or_default), names, gazetteer);
        }
        match postcode {
            Some(postcode) if self.by != LocateBy::Coordinate => {
                address(postcode, number, &ADDRESS.map(str::to_owned), gazetteer)
            }
            _ => Err(RowFault::NoPlace { expected: self.expected() }),
        }
    }

    fn expected(&self) -> String {
        let coordinates = self.coordinates.iter().map(|(_, names)| names.join(" en "));
        let coordinates = coordinates.filter(|_| self.by != LocateBy::Address);
        let address = (self.by != LocateBy::Coordinate).then(|| ADDRESS[0].to_owned());
        coordinates.chain(address).collect::<Vec<_>>().join(" of ")
    }
}

impl Form for Ndjson {
    fn begin(&mut self, _: &[u8], _: bool, _: &mut Vec<u8>) -> Result<Option<usize>, LocateError> {
        Ok(Some(0))
    }

    fn split(&mut self, text: &[u8], at_end: bool) -> Vec<Stretch> {
        lines(text, at_end)
    }

    fn locate(&self, stretch: &[u8], gazetteer: &dyn Gazetteer, out: Vec<u8>) -> Located {
        let mut done = Located { text: out, ..Located::default() };
        done.text.reserve(2 * stretch.len());
        for line in stretch.split_inclusive(|byte| *byte == b'\n') {
            let lines = done.lines;
            done.lines += u64::from(line.ends_with(b"\n"));
            if line.len() > MAX_RECORD {
                done.stopped = Some((lines, Stop::TooLong));
                return done;
            }
            let line = line.trim_ascii();
            if line.is_empty() {
                continue;
            }
            let found = done.counts.count(self.find(line, gazetteer));
            if let (Err(fault), true) = (&found, self.strict) {
                done.stopped = Some((lines, Stop::Fault(fault.clone())));
                return done;
            }
            let is_kept = !found.as_ref().is_err_and(RowFault::is_of_json);
            write_with(if is_kept { line } else { b"" }, &AddedTo::from(found), &mut done.text);
            done.text.push(b'\n');
        }
        done
    }
}
