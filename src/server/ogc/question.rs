//! What a query asks of the items of a collection, every choice made.

use std::cmp::Ordering;

use crate::{
    area::AreaCode,
    cql::{Filter, Value},
    layer::LayerCrs,
    server::{
        problem::{InputError, Problem, shorten},
        query::Query,
    },
};

use super::{
    collection::{Collection, GEOMETRY},
    cursor::Cursor,
    filters::{filters, system},
    parameter::{CURSOR, DATETIME, ITEM_CRS, ITEM_LIMIT, OFFSET, ORDER, PROPERTIES},
    row::{Plane, Row},
};

/// How many areas a page has where nothing is said.
const DEFAULT_LIMIT: usize = 10;
/// No page has more; who asks for more gets this many, and is told how many it were.
pub(super) const MOST: usize = 1000;
/// No more fields than this to sort by.
const SORTED: usize = 5;

/// A checked question about the items of a collection.
#[derive(Debug)]
pub(super) struct Question {
    pub limit: usize,
    /// How many areas are skipped, where a client counts by itself.
    pub offset: Option<usize>,
    /// The last area of the page before.
    pub after: Option<AreaCode>,
    pub crs: LayerCrs,
    /// The fields that are sent, by their place.
    pub fields: Vec<usize>,
    sorted: Vec<Sort>,
    filters: Vec<(Plane, Filter)>,
}

#[derive(Clone, Copy, Debug)]
struct Sort {
    field: usize,
    descending: bool,
}

impl Question {
    /// Reads a query. What is wrong with it is told all at once.
    ///
    /// # Errors
    /// A 400 problem.
    pub fn of(collection: &Collection<'_>, mut query: Query) -> Result<Self, Problem> {
        let limit = query.whole(&ITEM_LIMIT).unwrap_or(DEFAULT_LIMIT).min(MOST);
        let offset = query.whole(&OFFSET);
        let crs = system(&mut query, &ITEM_CRS);
        let fields = fields(collection, &mut query);
        let sorted = sorted(collection, &mut query);
        let filters = filters(collection, &mut query);
        datetime(&mut query);
        let mut question = Self { limit, offset, after: None, crs, fields, sorted, filters };
        question.after = question.position(collection, &mut query);
        query.check()?;
        Ok(question)
    }

    /// The area that a cursor stands behind.
    fn position(&self, collection: &Collection<'_>, query: &mut Query) -> Option<AreaCode> {
        let text = query.text(&CURSOR)?.to_owned();
        let fail = |query: &mut Query, detail: &str| {
            query.fail(InputError::query(CURSOR.name, "ongeldig", detail));
            None
        };
        if self.offset.is_some() {
            return fail(query, "gaat niet samen met offset");
        }
        let Some(cursor) = Cursor::read(&text) else {
            return fail(query, "is geen cursor van deze server; begin zonder cursor");
        };
        if !cursor.belongs_to(&self.set(collection)) {
            return fail(query, "hoort bij een andere vraag; begin zonder cursor");
        }
        if collection.coverage.ordinal(&cursor.after).is_none() {
            return fail(query, "wijst een gebied aan dat er niet (meer) is; begin zonder cursor");
        }
        Some(cursor.after)
    }

    /// Which areas in which order, in canonical form: what a cursor belongs to.
    pub fn set(&self, collection: &Collection<'_>) -> String {
        let mut text = collection.id();
        for Sort { field, descending } in &self.sorted {
            let sign = if *descending { '-' } else { '+' };
            text.push('|');
            text.push(sign);
            text.push_str(&collection.fields[*field].name);
        }
        for (plane, filter) in &self.filters {
            text.push_str(if *plane == Plane::Rd { "|rd:" } else { "|" });
            text.push_str(&filter.canonical());
        }
        text
    }

    /// The ordinals of the areas that match, in their order. Cost: a look at each area, and a look
    /// at the shape of those whose box meets that of the filter.
    pub fn matches(&self, collection: &Collection<'_>) -> Vec<usize> {
        let holds = |ordinal: &usize| {
            let on = |plane| Row::on(collection, *ordinal, plane);
            self.filters.iter().all(|(plane, filter)| filter.holds(&on(*plane)))
        };
        let found = (0..collection.coverage.len()).filter(holds);
        if self.sorted.is_empty() {
            return found.collect();
        }
        let mut rows: Vec<_> =
            found.map(|ordinal| (Row::new(collection, ordinal), ordinal)).collect();
        // Areas come by code, and a stable sort keeps that where all else is equal.
        rows.sort_by(|(a, _), (b, _)| {
            let by = |sort: &Sort| {
                let content = collection.fields[sort.field].content;
                order(a.get(content), b.get(content), sort.descending)
            };
            self.sorted.iter().map(by).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        });
        rows.into_iter().map(|(_, ordinal)| ordinal).collect()
    }
}

/// What is missing comes last, whichever way.
fn order(a: Value<'_>, b: Value<'_>, descending: bool) -> Ordering {
    let order = match (a, b) {
        (Value::Null, Value::Null) => return Ordering::Equal,
        (Value::Null, _) => return Ordering::Greater,
        (_, Value::Null) => return Ordering::Less,
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Number(a), Value::Number(b)) => a.total_cmp(&b),
        (Value::Boolean(a), Value::Boolean(b)) => a.cmp(&b),
        // A field has one kind.
        _ => Ordering::Equal,
    };
    if descending { order.reverse() } else { order }
}

fn field(collection: &Collection<'_>, name: &str) -> Option<usize> {
    collection.fields.iter().position(|field| field.name == name)
}

fn unknown(collection: &Collection<'_>, parameter: &str, name: &str) -> InputError {
    let detail = format!("{:?} is geen eigenschap van deze collectie", shorten(name));
    let known = collection.fields.iter().map(|field| field.name.as_str());
    InputError::query(parameter, "onbekend", detail).allowing(known)
}

fn fields(collection: &Collection<'_>, query: &mut Query) -> Vec<usize> {
    let Some(text) = query.text(&PROPERTIES).map(ToOwned::to_owned) else {
        return (0..collection.fields.len()).collect();
    };
    let mut fields = Vec::new();
    for name in text.split(',') {
        match field(collection, name) {
            Some(at) if fields.contains(&at) => {}
            Some(at) => fields.push(at),
            // The geometry is always there; who names it asks for nothing more.
            None if name == GEOMETRY => {}
            None => query.fail(unknown(collection, PROPERTIES.name, name)),
        }
    }
    fields
}

fn sorted(collection: &Collection<'_>, query: &mut Query) -> Vec<Sort> {
    let Some(text) = query.text(&ORDER).map(ToOwned::to_owned) else { return Vec::new() };
    let mut sorted = Vec::new();
    for part in text.split(',') {
        let (name, descending) = match part.strip_prefix('-') {
            Some(name) => (name, true),
            // A plus in an address is a space where it is not encoded.
            None => (part.trim_start_matches(['+', ' ']), false),
        };
        match field(collection, name) {
            Some(field) => sorted.push(Sort { field, descending }),
            None => query.fail(unknown(collection, ORDER.name, name)),
        }
    }
    if sorted.len() > SORTED {
        let detail = format!("ten hoogste {SORTED} eigenschappen om op te sorteren");
        query.fail(InputError::query(ORDER.name, "te-veel", detail));
    }
    sorted
}

/// No area has a moment of its own, so that each matches any moment; but a text that is none is
/// told.
fn datetime(query: &mut Query) {
    let Some(text) = query.text(&DATETIME) else { return };
    let is_moment = |part: &str| {
        part.parse::<jiff::Timestamp>().is_ok() || part.parse::<jiff::civil::Date>().is_ok()
    };
    let is_end = |part: &str| matches!(part, "" | "..") || is_moment(part);
    let fits = match text.split_once('/') {
        Some((from, to)) => is_end(from) && is_end(to) && (is_moment(from) || is_moment(to)),
        None => is_moment(text),
    };
    if !fits {
        let detail = "verwacht: een datum of tijdstip (RFC 3339), of twee met een schuine streep \
                      ertussen, waarvan één .. mag zijn";
        query.fail(InputError::query(DATETIME.name, "ongeldig", detail));
    }
}
