//! One address into one file, whole or not at all.
//!
//! What comes in stands in a part beside the file, with a record of which file it is a part of, so
//! that it goes on where it was cut off (`Range` with `If-Range`). A server that does not know of
//! ranges, or has another file by now, answers with all of it, and it begins anew.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::Instant,
};

use flate2::write::GzDecoder;
use reqwest::{
    Response, StatusCode, Url,
    header::{
        ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, ETAG, HeaderName,
        IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, LAST_MODIFIED, RANGE,
    },
};

use super::{
    Entry,
    cache::{fingerprint, read_json, write_json},
    client::Client,
    content::{Content, START},
    manifest::Partial,
    retry::{Failure, Trouble, persist},
    watch::Watch,
};

/// What brings less than this within the time of patience is given up, bytes.
const LEAST: u64 = 1024;

/// What is to be fetched.
pub struct Wanted<'a> {
    /// Where it is.
    pub address: &'a Url,
    /// What it is called while it comes in.
    pub name: &'a str,
    /// The file to be.
    pub path: &'a Path,
    /// What it must be.
    pub content: Content,
    /// No more bytes than this.
    pub largest: u64,
    /// Whether it may come compressed: for what is small enough to begin anew.
    pub may_be_packed: bool,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server says that it is as it was.
    Same,
    /// A new file.
    New(Got),
}

/// A file that was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Got {
    /// Bytes.
    pub size: u64,
    /// SHA-256, in hexadecimals.
    pub checksum: String,
    /// What the server knows it by.
    pub etag: Option<String>,
    /// Since when it is so, as the server wrote it.
    pub modified: Option<String>,
}

/// Fetches it, unless it is as `known` says; an address where nothing is gives what was answered.
///
/// # Errors
/// When it does not come, or is not what it must be.
pub async fn download(
    client: &Client,
    watch: &dyn Watch,
    wanted: &Wanted<'_>,
    known: Option<&Entry>,
) -> Result<Result<Outcome, String>, Failure> {
    if let Some(why) = client.is_silent(wanted.address) {
        return Err(Failure::new(format!("not asked: its host did not answer before ({why})")));
    }
    let attempt = async || {
        let _turn = client.turn(wanted.address).await;
        Attempt { client, watch, wanted, known }.run().await
    };
    let outcome = persist(&client.settings, watch, wanted.name, attempt).await;
    if let Err(failure) = &outcome
        && failure.is_silent
    {
        client.note_silent(wanted.address, &failure.message);
    }
    outcome
}

/// The part that comes in, and what it is a part of.
struct Part {
    path: PathBuf,
    record: PathBuf,
}

impl Part {
    fn of(path: &Path) -> Self {
        let beside = |ending: &str| {
            let mut name = path.as_os_str().to_owned();
            name.push(ending);
            PathBuf::from(name)
        };
        Self { path: beside(".part"), record: beside(".part.json") }
    }

    /// How much is there, and what it can be continued by; nothing where it cannot.
    fn there(&self) -> Option<(u64, Partial)> {
        let size = fs::metadata(&self.path).ok()?.len();
        let record: Partial = read_json(&self.record)?;
        record.validator()?;
        // One that is whole, and was cut off before it was put in place, gives back its last byte:
        // no server has a range behind the end.
        let keep = record.total.map_or(size, |total| size.min(total.saturating_sub(1)));
        if keep < size {
            OpenOptions::new().write(true).open(&self.path).ok()?.set_len(keep).ok()?;
        }
        (keep > 0).then_some((keep, record))
    }

    fn remove(&self) {
        let _ = fs::remove_file(&self.path);
        let _ = fs::remove_file(&self.record);
    }
}

struct Attempt<'a> {
    client: &'a Client,
    watch: &'a dyn Watch,
    wanted: &'a Wanted<'a>,
    known: Option<&'a Entry>,
}

impl Attempt<'_> {
    async fn run(&self) -> Result<Outcome, Trouble> {
        let part = Part::of(self.wanted.path);
        let there = part.there().filter(|_| !self.wanted.may_be_packed);
        let mut headers: Vec<(HeaderName, String)> = Vec::new();
        let encoding = if self.wanted.may_be_packed { "gzip" } else { "identity" };
        headers.push((ACCEPT_ENCODING, encoding.to_owned()));
        if let Some((size, record)) = &there {
            headers.push((RANGE, format!("bytes={size}-")));
            headers.extend(record.validator().map(|known| (IF_RANGE, known.to_owned())));
        } else if let Some(known) = self.known {
            headers.extend(known.etag.clone().map(|tag| (IF_NONE_MATCH, tag)));
            headers.extend(known.modified.clone().map(|since| (IF_MODIFIED_SINCE, since)));
        }
        let response = self.client.get(self.wanted.address, &headers).await?;
        let begun_anew = |why: &str| {
            part.remove();
            Err(Trouble::passing(why))
        };
        match (response.status(), there) {
            (StatusCode::NOT_MODIFIED, None) if self.known.is_some() => Ok(Outcome::Same),
            (StatusCode::NOT_MODIFIED, _) => begun_anew("answered 304 where nothing was known"),
            (StatusCode::RANGE_NOT_SATISFIABLE, _) => {
                begun_anew("has fewer bytes than were fetched before: begins anew")
            }
            (StatusCode::PARTIAL_CONTENT, Some((size, record))) => {
                if continues(&response, size, &record) {
                    self.take(response, &part, size, record).await
                } else {
                    begun_anew("changed between two parts: begins anew")
                }
            }
            (StatusCode::PARTIAL_CONTENT, None) => {
                begun_anew("answered with a part where all of it was asked for")
            }
            (StatusCode::OK, _) => {
                let record = record_of(&response);
                part.remove();
                self.take(response, &part, 0, record).await
            }
            (status, _) => Err(Trouble::Final(format!("answered {status}"))),
        }
    }

    /// Takes a body in, behind the `have` bytes that are there.
    async fn take(
        &self,
        mut response: Response,
        part: &Part,
        have: u64,
        record: Partial,
    ) -> Result<Outcome, Trouble> {
        let (etag, modified) = (header(&response, &ETAG), header(&response, &LAST_MODIFIED));
        self.check_size(record.total)?;
        let is_packed = match header(&response, &CONTENT_ENCODING).as_deref() {
            None | Some("identity") => false,
            Some("gzip") if self.wanted.may_be_packed => true,
            Some(other) => {
                return Err(Trouble::Final(format!("answered in encoding {other:?}, unasked")));
            }
        };
        let on_disk = |error: io::Error| {
            Trouble::Final(format!("{}: cannot write: {error}", part.path.display()))
        };
        if let Some(folder) = part.path.parent() {
            fs::create_dir_all(folder).map_err(on_disk)?;
        }
        if have == 0 && record.validator().is_some() && !self.wanted.may_be_packed {
            write_json(&part.record, &record).map_err(|error| Trouble::Final(error.to_string()))?;
        }
        let mut start = first_bytes(&part.path).unwrap_or_default();
        let file =
            OpenOptions::new().create(true).append(true).open(&part.path).map_err(on_disk)?;
        let mut sink = Sink::new(file, is_packed, have);

        let meter = self.watch.begin(self.wanted.name, record.total, have);
        let mut is_known = start.len() >= START;
        let (mut since, mut of_late) = (Instant::now(), 0);
        let cut_off = loop {
            let piece = match self.client.piece(&mut response).await {
                Ok(Some(piece)) => piece,
                Ok(None) => break None,
                Err(what) => break Some(what),
            };
            meter.add(piece.len() as u64);
            if !sink.put(&piece).map_err(on_disk)? {
                part.remove();
                return Err(Trouble::passing("is not as compressed as it says"));
            }
            self.check_size(Some(sink.size())).inspect_err(|_| part.remove())?;
            if !is_known {
                start = first_bytes(&part.path).map_err(on_disk)?;
                if start.len() >= START {
                    self.check_start(&start, part)?;
                    is_known = true;
                }
            }
            of_late += piece.len() as u64;
            if since.elapsed() > self.client.settings.patience() {
                if of_late < LEAST {
                    break Some(format!("only {of_late} bytes in {:.0?}", since.elapsed()));
                }
                (since, of_late) = (Instant::now(), 0);
            }
        };
        drop(meter);
        let size = sink.finish().map_err(on_disk)?;
        let cut_off = cut_off.or_else(|| {
            let total = record.total.filter(|_| !is_packed)?;
            (total != size).then(|| format!("cut off: {size} bytes of {total}"))
        });
        if let Some(what) = cut_off {
            let stays = record.validator().is_some() && !self.wanted.may_be_packed;
            if !stays {
                part.remove();
            }
            let is_progress = stays && size > have;
            return Err(Trouble::Passing { what, wait: None, is_progress, is_silent: false });
        }
        if !is_known {
            start = first_bytes(&part.path).map_err(on_disk)?;
            self.check_start(&start, part)?;
        }
        self.finish(part, etag, modified)
    }

    /// Puts a whole part in place.
    fn finish(
        &self,
        part: &Part,
        etag: Option<String>,
        modified: Option<String>,
    ) -> Result<Outcome, Trouble> {
        if let Err(wrong) = self.wanted.content.check_whole(&part.path) {
            part.remove();
            return Err(Trouble::passing(wrong));
        }
        let fault = |error: super::FetchError| Trouble::Final(error.to_string());
        let (size, checksum) = fingerprint(&part.path).map_err(fault)?;
        fs::rename(&part.path, self.wanted.path).map_err(|error| {
            Trouble::Final(format!("{}: cannot put in place: {error}", self.wanted.path.display()))
        })?;
        part.remove();
        Ok(Outcome::New(Got { size, checksum, etag, modified }))
    }

    fn check_start(&self, start: &[u8], part: &Part) -> Result<(), Trouble> {
        self.wanted.content.check_start(start).map_err(|wrong| {
            part.remove();
            Trouble::Final(wrong)
        })
    }

    fn check_size(&self, size: Option<u64>) -> Result<(), Trouble> {
        let largest = self.wanted.largest;
        match size {
            Some(size) if size > largest => Err(Trouble::Final(format!(
                "is larger than {} MB, expected no more: is this the right file?",
                largest / 1_000_000
            ))),
            _ => Ok(()),
        }
    }
}

/// Where a body goes: into the part, unpacked on the way where it is compressed.
enum Sink {
    Plain(File, u64),
    Packed(Box<GzDecoder<Counted>>),
}

/// A file that knows how much was written into it.
struct Counted(File, u64);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.0.write(bytes)?;
        self.1 += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Sink {
    fn new(file: File, is_packed: bool, have: u64) -> Self {
        if is_packed {
            Self::Packed(Box::new(GzDecoder::new(Counted(file, 0))))
        } else {
            Self::Plain(file, have)
        }
    }

    /// Takes a piece; `false` where it cannot be unpacked.
    fn put(&mut self, piece: &[u8]) -> io::Result<bool> {
        match self {
            Self::Plain(file, size) => {
                file.write_all(piece)?;
                *size += piece.len() as u64;
                Ok(true)
            }
            Self::Packed(decoder) => match decoder.write_all(piece) {
                Ok(()) => Ok(true),
                Err(error) if is_of_the_stream(&error) => Ok(false),
                Err(error) => Err(error),
            },
        }
    }

    fn size(&self) -> u64 {
        match self {
            Self::Plain(_, size) => *size,
            Self::Packed(decoder) => decoder.get_ref().1,
        }
    }

    /// Flushes it all to disk; how much there is.
    fn finish(self) -> io::Result<u64> {
        let (file, size) = match self {
            Self::Plain(file, size) => (file, size),
            Self::Packed(mut decoder) => {
                // What is cut off is told by the body itself; what was unpacked is in the file.
                let _ = decoder.try_finish();
                let size = decoder.get_ref().1;
                decoder.get_mut().0.sync_all()?;
                return Ok(size);
            }
        };
        file.sync_all()?;
        Ok(size)
    }
}

/// Whether a decoder complains of what it was given, and not the disk.
fn is_of_the_stream(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::WriteZero
    )
}

fn first_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(START);
    match File::open(path) {
        Ok(file) => file.take(START as u64).read_to_end(&mut bytes).map(|_| bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(bytes),
        Err(error) => Err(error),
    }
}

fn header(response: &Response, name: &HeaderName) -> Option<String> {
    response.headers().get(name)?.to_str().ok().map(str::to_owned)
}

/// What an answer with all of a file is known by.
fn record_of(response: &Response) -> Partial {
    let strong = |tag: &String| tag.starts_with('"');
    Partial {
        etag: header(response, &ETAG).filter(strong),
        modified: header(response, &LAST_MODIFIED),
        total: header(response, &CONTENT_LENGTH).and_then(|length| length.parse().ok()),
    }
}

/// Whether an answer is the rest of the file that a part is of.
fn continues(response: &Response, have: u64, record: &Partial) -> bool {
    let now = record_of(response);
    let agree = |then: &Option<String>, now: &Option<String>| {
        then.is_none() || now.is_none() || then == now
    };
    let range = header(response, &CONTENT_RANGE);
    let is_next = range.as_deref().and_then(parse_range).is_some_and(|(from, total)| {
        from == have && (total.is_none() || record.total.is_none() || total == record.total)
    });
    is_next && agree(&record.etag, &now.etag) && agree(&record.modified, &now.modified)
}

/// The first byte and the size of the whole of `Content-Range: bytes 10-19/20`.
fn parse_range(value: &str) -> Option<(u64, Option<u64>)> {
    let (range, total) = value.strip_prefix("bytes ")?.split_once('/')?;
    let (from, _) = range.split_once('-')?;
    let total = if total == "*" { None } else { Some(total.parse().ok()?) };
    Some((from.trim().parse().ok()?, total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_strictly() {
        assert_eq!(parse_range("bytes 10-19/20"), Some((10, Some(20))));
        assert_eq!(parse_range("bytes 10-19/*"), Some((10, None)));
        for wrong in ["10-19/20", "bytes */20", "bytes 10/20", "bytes 10-19", "bytes a-19/20"] {
            assert_eq!(parse_range(wrong), None, "{wrong}");
        }
    }
}
