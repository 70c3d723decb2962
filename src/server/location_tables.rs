//! `POST /v1/locaties`: a table of places in, the same table with area codes out, while it still
//! comes in.

use std::{io, pin::Pin, time::Duration};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use futures_util::{FutureExt, StreamExt, stream};

use crate::{
    area::Vintage,
    layer::{
        DivisionGazetteer, LocateBy, LocateError, LocateOptions, Locating, TableCrs, TableForm,
    },
};

use super::{
    App,
    locations::vintage,
    parameter::{DELIMITER, TABLE_CRS, VINTAGE},
    problem::{InputError, Problem},
    query::Query,
};

/// So much of a table is answered at a time, bytes; a row more may be held.
const PIECE: usize = 1 << 18;
/// So much is answered on the thread that it came in on: some 500 rows, a fifth of a millisecond.
const AT_ONCE: usize = 1 << 14;
/// A client that sends nothing for so long has gone.
const SILENCE: Duration = Duration::from_secs(60);

/// The types of a body, and the forms that they are.
const TYPES: [(&str, TableForm); 3] = [
    ("text/csv", TableForm::Csv),
    ("application/x-ndjson", TableForm::Ndjson),
    ("application/geo+json", TableForm::Geojson),
];

/// `POST /v1/locaties`. Nothing of it is kept or logged.
///
/// The answer begins when the header of the table is read, and rows follow as they come in. What is
/// held of a request is a piece of its table, however long it is: no more is read before the client
/// has taken the answer to what was. What is wrong with the table as a whole is a problem where it
/// shows in the header; later on it ends the connection, so that what was answered cannot be taken
/// for all there is.
pub async fn locate(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let (content_type, form) = form(&headers)?;
    let mut query = Query::parse(raw.as_deref(), &[&TABLE_CRS, &VINTAGE, &DELIMITER]);
    let crs = table_crs(&mut query);
    let division = vintage(&app.atlas, &mut query, false);
    query.check()?;
    let division = division.ok_or_else(|| Problem::not_found("de atlas heeft geen gebieden"))?;
    let addresses = query.year(&VINTAGE).map(Vintage);
    let addresses = app
        .atlas
        .address_vintages()
        .rfind(|vintage| addresses.is_none_or(|wanted| wanted == *vintage));
    let options = LocateOptions {
        form,
        delimiter: query.text(&DELIMITER).map_or(b',', delimiter),
        by: if addresses.is_some() { LocateBy::Either } else { LocateBy::Coordinate },
        crs,
        ..LocateOptions::default()
    };
    let locating = Locating::new(&options).map_err(|error| wrong(&error))?;
    let addresses = addresses.unwrap_or(division);
    let mut table = Table { app, division, addresses, locating, body, at_end: false };
    let mut first = Vec::new();
    while !table.locating.has_begun() && !table.at_end {
        first = table.next().await.map_err(|error| wrong(&error))?;
    }
    let begun = stream::once(async { Ok(Bytes::from(first)) });
    let rest = stream::unfold(Some(table), |table| async move {
        let mut table = table.filter(|table| !table.at_end)?;
        match table.next().await {
            Ok(answer) => Some((Ok(Bytes::from(answer)), Some(table))),
            Err(error) => {
                tracing::info!("a table was not answered to its end: {}", kind(&error));
                Some((Err(io::Error::other("the table cannot be read on")), None))
            }
        }
    });
    let answer = begun.chain(rest).filter(|piece: &io::Result<Bytes>| {
        std::future::ready(!piece.as_ref().is_ok_and(Bytes::is_empty))
    });
    let mut response = Response::new(Body::from_stream(answer));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// A table under way.
struct Table {
    app: App,
    division: Vintage,
    addresses: Vintage,
    locating: Locating,
    body: Body,
    at_end: bool,
}

impl Table {
    /// The answer to what came in next: to all that is there already, up to a piece.
    async fn next(&mut self) -> Result<Vec<u8>, LocateError> {
        self.read().await.map_err(LocateError::Read)?;
        let work = |locating: &mut Locating, app: &App, at: [Vintage; 2], at_end: bool| {
            let gazetteer = DivisionGazetteer::new(&app.atlas, at[0], at[1]);
            let mut answer = Vec::new();
            locating.answer(at_end, &gazetteer, &mut answer).map(|()| answer)
        };
        let (at, at_end) = ([self.division, self.addresses], self.at_end);
        if self.locating.pending() <= AT_ONCE {
            return work(&mut self.locating, &self.app, at, at_end);
        }
        let nothing = Locating::new(&LocateOptions::default())?;
        let mut locating = std::mem::replace(&mut self.locating, nothing);
        let app = self.app.clone();
        let (locating, answer) = tokio::task::spawn_blocking(move || {
            let answer = work(&mut locating, &app, at, at_end);
            (locating, answer)
        })
        .await
        .map_err(|panicked| LocateError::Write(io::Error::other(panicked)))?;
        self.locating = locating;
        answer
    }

    /// Waits for the client's next bytes, and takes what came with them.
    async fn read(&mut self) -> io::Result<()> {
        let mut taken = 0;
        while taken < PIECE {
            let frame =
                std::future::poll_fn(|context| Pin::new(&mut self.body).poll_frame(context));
            let frame = if taken == 0 {
                let silent = |_| io::Error::from(io::ErrorKind::TimedOut);
                tokio::time::timeout(SILENCE, frame).await.map_err(silent)?
            } else {
                let Some(frame) = frame.now_or_never() else { break };
                frame
            };
            let Some(frame) = frame else {
                self.at_end = true;
                break;
            };
            if let Ok(data) = frame.map_err(io::Error::other)?.into_data() {
                taken += data.len();
                self.locating.push(&data);
            }
        }
        Ok(())
    }
}

/// The form of the body, and the type that the answer has.
fn form(headers: &HeaderMap) -> Result<(&'static str, TableForm), Problem> {
    let encoding = headers.get(header::CONTENT_ENCODING);
    if encoding.is_some_and(|encoding| encoding.as_bytes() != b"identity") {
        return Err(Problem::unsupported("stuur de tabel ongecomprimeerd".to_owned()));
    }
    let given = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = given.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    TYPES.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(kind)).ok_or_else(|| {
        let types = TYPES.map(|(name, _)| name).join(", ");
        Problem::unsupported(format!("zeg met Content-Type de vorm van de tabel: {types}"))
    })
}

/// The system that a query says of coordinates in its body, where it says one.
pub(super) fn table_crs(query: &mut Query) -> Option<TableCrs> {
    let name = query.text(&TABLE_CRS)?;
    let found = TableCrs::from_name(name);
    if found.is_none() {
        let error = InputError::query("crs", "onbekend", "dit stelsel wordt niet gelezen");
        query.fail(error.allowing(["rd", "wgs84", "EPSG:28992", "OGC:CRS84"]));
    }
    found
}

fn delimiter(text: &str) -> u8 {
    match text {
        "puntkomma" => b';',
        "tab" => b'\t',
        "streep" => b'|',
        _ => b',',
    }
}

/// What is wrong with a table as a whole, as a problem.
fn wrong(error: &LocateError) -> Problem {
    if let LocateError::Read(_) = error {
        return Problem::too_late();
    }
    Problem::invalid(vec![InputError::body("tabel", kind(error), error.in_dutch())])
}

/// A short key for an error: nothing of the table's contents.
fn kind(error: &LocateError) -> &'static str {
    match error {
        LocateError::Read(_) => "afgebroken",
        LocateError::Write(_) => "niet-geschreven",
        LocateError::Empty => "leeg",
        LocateError::Delimiter(_) => "scheidingsteken",
        LocateError::Columns(_) | LocateError::Added(_) => "kolommen",
        LocateError::TooLong { .. } => "te-lang",
        LocateError::NoFeatures => "geen-collectie",
        LocateError::Unfinished { .. } => "onvolledig",
        LocateError::Row { .. } => "rij",
    }
}
