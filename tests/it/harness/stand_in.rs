//! A publisher on this machine, which answers as a publisher does, and fails as it is told.

use std::{
    collections::{BTreeMap, VecDeque},
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

/// A file that is offered.
#[derive(Clone, Debug, Default)]
pub struct Offered {
    pub body: Vec<u8>,
    pub etag: Option<String>,
    pub modified: Option<String>,
}

/// What goes wrong with one request.
#[derive(Clone, Debug)]
pub enum Fault {
    /// This status with these headers.
    Status(u16, Vec<(&'static str, String)>),
    /// All of the length is promised, and so many bytes come.
    CutAfter(usize),
    /// So many bytes come, and then nothing.
    StallAfter(usize),
    /// Something else with status 200.
    Instead(&'static str),
    /// Ranges and conditions count for nothing.
    Forgetful,
    /// A piece of so many bytes each millisecond.
    Slowly(usize),
    /// A body without a length, that ends with the connection after so many bytes.
    WithoutLength(usize),
    /// A part of the file, whatever was asked.
    PartUnasked,
    /// So many bytes are promised, and none comes.
    Promise(u64),
    /// What is offered here from this request on.
    Becomes(Offered),
}

/// A request and what was answered.
#[derive(Clone, Debug)]
pub struct Seen {
    pub target: String,
    pub headers: BTreeMap<String, String>,
    pub status: u16,
    /// Bytes of the body that were sent.
    pub sent: usize,
}

/// Whoever makes an answer where no file is offered: from the path and the query.
type Dynamic = dyn Fn(&str, &BTreeMap<String, String>, &str) -> Option<Offered> + Send + Sync;

#[derive(Default)]
struct State {
    files: Mutex<BTreeMap<String, Offered>>,
    faults: Mutex<BTreeMap<String, VecDeque<Fault>>>,
    seen: Mutex<Vec<Seen>>,
    /// Requests that are being answered.
    open: AtomicUsize,
    /// Bodies that go slowly.
    slow: AtomicUsize,
    /// The most of them there were.
    most: AtomicUsize,
    /// Whether bodies go compressed to who takes them.
    is_compressing: AtomicBool,
    dynamic: Mutex<Option<Arc<Dynamic>>>,
}

/// A publisher on this machine.
pub struct StandIn {
    pub address: SocketAddr,
    state: Arc<State>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl StandIn {
    /// One that offers nothing yet. It ends with the test's process.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(State::default());
        let own = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&own);
                state.open.fetch_add(1, Ordering::SeqCst);
                thread::spawn(move || {
                    drop(state.answer(&stream));
                    state.open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { address, state }
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Offers a file with a tag of its own and a day.
    pub fn offer(&self, path: &str, body: &[u8]) {
        let sum: u64 = body.iter().fold(7, |sum, byte| sum.wrapping_mul(31) ^ u64::from(*byte));
        self.offer_as(
            path,
            Offered {
                body: body.to_vec(),
                etag: Some(format!("\"{sum:x}\"")),
                modified: Some("Tue, 05 Nov 2024 02:00:00 GMT".to_owned()),
            },
        );
    }

    /// Offers a file as it is.
    pub fn offer_as(&self, path: &str, offered: Offered) {
        locked(&self.state.files).insert(path.to_owned(), offered);
    }

    /// Answers by a function where no file is offered.
    pub fn answer_by(
        &self,
        make: impl Fn(&str, &BTreeMap<String, String>, &str) -> Option<Offered> + Send + Sync + 'static,
    ) {
        *locked(&self.state.dynamic) = Some(Arc::new(make));
    }

    /// What goes wrong with the next requests for a path, one after the other.
    pub fn fail(&self, path: &str, faults: impl IntoIterator<Item = Fault>) {
        locked(&self.state.faults).entry(path.to_owned()).or_default().extend(faults);
    }

    /// Forgets what was to go wrong with requests for a path.
    pub fn forgive(&self, path: &str) {
        locked(&self.state.faults).remove(path);
    }

    /// From now on bodies go compressed to who takes them.
    pub fn compress(&self) {
        self.state.is_compressing.store(true, Ordering::SeqCst);
    }

    /// The most bodies that went slowly at once.
    pub fn most_at_once(&self) -> usize {
        self.state.most.load(Ordering::SeqCst)
    }

    /// What was asked since the last time, with what was answered.
    pub fn seen(&self) -> Vec<Seen> {
        // Whoever asked may have its answer before this side has noted it.
        for _ in 0..200 {
            if self.state.open.load(Ordering::SeqCst) == 0 {
                break;
            }
            thread::sleep(Duration::from_millis(10));
        }
        std::mem::take(&mut *locked(&self.state.seen))
    }
}

impl State {
    fn answer(&self, stream: &TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let target = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut headers = BTreeMap::new();
        loop {
            line.clear();
            reader.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            headers.insert(name.to_lowercase(), value.trim().to_owned());
        }
        // A proxy is asked for whole addresses.
        let origin = format!("http://{}", headers.get("host").cloned().unwrap_or_default());
        let local = target.strip_prefix(&origin).unwrap_or(&target);
        let (path, query) = local.split_once('?').unwrap_or((local, ""));
        let fault = locked(&self.faults).get_mut(path).and_then(VecDeque::pop_front);
        if let Some(Fault::Becomes(offered)) = &fault {
            locked(&self.files).insert(path.to_owned(), offered.clone());
        }
        let at = {
            let mut seen = locked(&self.seen);
            let (target, headers) = (target.clone(), headers.clone());
            seen.push(Seen { target, headers, status: 0, sent: 0 });
            seen.len() - 1
        };
        let (status, sent) = self.send(stream, path, query, &headers, fault.as_ref())?;
        if let Some(seen) = locked(&self.seen).get_mut(at) {
            (seen.status, seen.sent) = (status, sent);
        }
        Ok(())
    }

    fn send(
        &self,
        mut stream: &TcpStream,
        path: &str,
        query: &str,
        asked: &BTreeMap<String, String>,
        fault: Option<&Fault>,
    ) -> std::io::Result<(u16, usize)> {
        let file = locked(&self.files).get(path).cloned();
        let dynamic = locked(&self.dynamic).clone();
        let host = asked.get("host").cloned().unwrap_or_default();
        let file = file.or_else(|| dynamic.and_then(|make| make(path, &decoded(query), &host)));
        let answer = |status: u16, more: &[(&str, String)], body: &[u8], length: bool| {
            let mut head = format!("HTTP/1.1 {status} X\r\nConnection: close\r\n");
            for (name, value) in more {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
            if length {
                head.push_str(&format!("Content-Length: {}\r\n", body.len()));
            }
            head.push_str("\r\n");
            head.into_bytes()
        };
        match fault {
            Some(Fault::Status(status, more)) => {
                stream.write_all(&answer(*status, more, b"", true))?;
                return Ok((*status, 0));
            }
            Some(Fault::Promise(bytes)) => {
                let more = [("Content-Length", bytes.to_string())];
                stream.write_all(&answer(200, &more, b"", false))?;
                return Ok((200, 0));
            }
            Some(Fault::Instead(body)) => {
                let more = [("Content-Type", "application/geopackage+sqlite3".to_owned())];
                stream.write_all(&answer(200, &more, body.as_bytes(), true))?;
                stream.write_all(body.as_bytes())?;
                return Ok((200, body.len()));
            }
            _ => {}
        }
        let Some(Offered { mut body, etag, modified }) = file else {
            let page = b"<html><title>404</title>";
            stream.write_all(&answer(404, &[], page, true))?;
            stream.write_all(page)?;
            return Ok((404, page.len()));
        };
        let mut more = vec![("Accept-Ranges", "bytes".to_owned())];
        more.extend(etag.clone().map(|etag| ("ETag", etag)));
        more.extend(modified.clone().map(|modified| ("Last-Modified", modified)));
        let takes = asked.get("accept-encoding").is_some_and(|names| names.contains("gzip"));
        if takes && self.is_compressing.load(Ordering::SeqCst) {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            gzip.write_all(&body)?;
            body = gzip.finish()?;
            more.push(("Content-Encoding", "gzip".to_owned()));
        }
        let is_forgetful = matches!(fault, Some(Fault::Forgetful));
        let is_same =
            |name: &str, mine: &Option<String>| asked.get(name) == mine.as_ref() && mine.is_some();
        let is_known = match asked.get("if-none-match") {
            Some(_) => is_same("if-none-match", &etag),
            None => is_same("if-modified-since", &modified),
        };
        if is_known && !is_forgetful {
            stream.write_all(&answer(304, &more, b"", false))?;
            return Ok((304, 0));
        }
        let range = asked.get("range").and_then(|range| range.strip_prefix("bytes="));
        let from = range.and_then(|range| range.strip_suffix('-')?.parse::<usize>().ok());
        let may_continue = asked
            .get("if-range")
            .is_none_or(|known| Some(known) == etag.as_ref() || Some(known) == modified.as_ref());
        let from = from.filter(|_| may_continue && !is_forgetful);
        let from =
            if matches!(fault, Some(Fault::PartUnasked)) { Some(body.len() / 2) } else { from };
        let (status, rest) = match from {
            Some(from) if from >= body.len() => {
                stream.write_all(&answer(416, &more, b"", true))?;
                return Ok((416, 0));
            }
            Some(from) => {
                more.push((
                    "Content-Range",
                    format!("bytes {from}-{}/{}", body.len() - 1, body.len()),
                ));
                (206, &body[from..])
            }
            None => (200, &body[..]),
        };
        let has_length = !matches!(fault, Some(Fault::WithoutLength(_)));
        stream.write_all(&answer(status, &more, rest, has_length))?;
        match fault {
            Some(Fault::CutAfter(count) | Fault::WithoutLength(count)) => {
                let some = &rest[..rest.len().min(*count)];
                stream.write_all(some)?;
                Ok((status, some.len()))
            }
            Some(Fault::StallAfter(count)) => {
                let some = &rest[..rest.len().min(*count)];
                stream.write_all(some)?;
                stream.flush()?;
                thread::sleep(Duration::from_secs(20));
                Ok((status, some.len()))
            }
            Some(Fault::Slowly(count)) => {
                let slow = self.slow.fetch_add(1, Ordering::SeqCst) + 1;
                self.most.fetch_max(slow, Ordering::SeqCst);
                let mut pieces = rest.chunks(*count).peekable();
                while let Some(piece) = pieces.next() {
                    if pieces.peek().is_none() {
                        // Before the other side can know that this one is done.
                        self.slow.fetch_sub(1, Ordering::SeqCst);
                    }
                    stream.write_all(piece)?;
                    thread::sleep(Duration::from_millis(1));
                }
                Ok((status, rest.len()))
            }
            _ => {
                stream.write_all(rest)?;
                Ok((status, rest.len()))
            }
        }
    }
}

/// A query string as names and values.
fn decoded(query: &str) -> BTreeMap<String, String> {
    let decode = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            bytes.push(match byte {
                b'+' => b' ',
                b'%' => {
                    let digits = [rest.next(), rest.next()].map(|d| char::from(d.unwrap_or(b'0')));
                    u8::from_str_radix(&String::from_iter(digits), 16).unwrap_or(b'?')
                }
                other => other,
            });
        }
        String::from_utf8_lossy(&bytes).into_owned()
    };
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}
