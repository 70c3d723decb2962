//! A client that sends a request exactly as it is given: also one that no library would send.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use serde_json::Value;

/// No answer takes this long on any machine that runs the tests.
const PATIENCE: Duration = Duration::from_secs(60);

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    /// As sent, after undoing the chunks: perhaps compressed.
    pub body: Vec<u8>,
}

impl Answer {
    /// The header of that name, in any case. Several of one name are joined, as HTTP does.
    pub fn header(&self, name: &str) -> Option<String> {
        let found: Vec<_> = self
            .headers
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect();
        (!found.is_empty()).then(|| found.join(", "))
    }

    /// The header of that name in lower case; empty where it is not there.
    pub fn lower(&self, name: &str) -> String {
        self.header(name).unwrap_or_default().to_ascii_lowercase()
    }

    /// The body after undoing its encoding.
    pub fn plain(&self) -> Vec<u8> {
        let mut out = Vec::new();
        match self.lower("content-encoding").as_str() {
            "" | "identity" => out.clone_from(&self.body),
            "gzip" => {
                flate2::read::GzDecoder::new(&*self.body).read_to_end(&mut out).expect("gzip");
            }
            "br" => {
                brotli::Decompressor::new(&*self.body, 4096).read_to_end(&mut out).expect("brotli");
            }
            "zstd" => zstd::stream::copy_decode(&*self.body, &mut out).expect("zstd"),
            other => assert_eq!(other, "gzip, br or zstd", "an encoding that nobody asked for"),
        }
        out
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.plain()).expect("a body in UTF-8")
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        let text = self.text();
        let read = serde_json::from_str(&text);
        assert!(read.is_ok(), "no JSON: {read:?} in status {}: {text:.400}", self.status);
        read.expect("checked above")
    }

    /// The body as JSON of an answer that must be a 200.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text());
        self.json()
    }

    /// Checks that this is a problem of that status, and gives it.
    #[track_caller]
    pub fn problem(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        let kind = self.lower("content-type");
        assert!(kind.starts_with("application/problem+json"), "content-type {kind:?}");
        let problem = self.json();
        assert_eq!(problem["status"], status, "{problem}");
        for member in ["title", "detail"] {
            assert!(problem[member].as_str().is_some_and(|text| !text.is_empty()), "{problem}");
        }
        problem
    }
}

/// Sends `request` as it is and reads the answer to its end.
#[track_caller]
pub fn exchange(address: SocketAddr, request: &[u8]) -> Answer {
    let answer = try_exchange(address, request);
    assert!(answer.is_ok(), "no answer to {:.200}: {answer:?}", String::from_utf8_lossy(request));
    answer.expect("checked above")
}

/// The same; an error where no answer comes.
pub fn try_exchange(address: SocketAddr, request: &[u8]) -> io::Result<Answer> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    // A server may refuse before it read all: what it says is what counts.
    drop(stream.write_all(request));
    let mut bytes = Vec::new();
    let read = stream.read_to_end(&mut bytes);
    if bytes.is_empty() {
        return Err(read.err().unwrap_or_else(|| io::ErrorKind::UnexpectedEof.into()));
    }
    Ok(parse(&bytes, request.starts_with(b"HEAD ")))
}

/// Reads an answer that came whole.
#[track_caller]
pub fn parse(bytes: &[u8], is_head: bool) -> Answer {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    assert!(end.is_some(), "no end of headers in {:.200}", String::from_utf8_lossy(bytes));
    let (head, rest) = bytes.split_at(end.unwrap_or_default());
    let rest = &rest[4..];
    let head = std::str::from_utf8(head).expect("headers in ASCII");
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|n| n.parse().ok());
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(key, value)| (key.to_owned(), value.trim().to_owned()))
        .collect();
    let mut answer =
        Answer { status: status.expect("a status line"), headers, body: rest.to_vec() };
    if is_head {
        assert!(rest.is_empty(), "HEAD was answered with a body of {} bytes", rest.len());
    } else if answer.lower("transfer-encoding") == "chunked" {
        answer.body = unchunk(rest);
    } else if let Some(length) = answer.header("content-length") {
        assert_eq!(length, rest.len().to_string(), "content-length and body differ");
    }
    answer
}

fn unchunk(mut bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let end = bytes.windows(2).position(|two| two == b"\r\n").expect("a chunk's size");
        let size = std::str::from_utf8(&bytes[..end]).expect("a size in ASCII");
        let size = usize::from_str_radix(size, 16).expect("a size in hexadecimal");
        bytes = &bytes[end + 2..];
        if size == 0 {
            return body;
        }
        body.extend_from_slice(&bytes[..size]);
        bytes = &bytes[size + 2..];
    }
}
