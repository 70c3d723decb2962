//! Requests: one client, polite to every host.

use std::{
    collections::BTreeMap,
    error::Error,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;
use reqwest::{
    NoProxy, Proxy, Response, StatusCode, Url,
    header::{ACCEPT, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
    redirect::Policy,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    FetchError, Settings,
    retry::{Trouble, retry_after},
};

/// So many redirects are followed.
const MOST_REDIRECTS: usize = 8;

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(20);

/// Asks, and counts what it asks.
pub struct Client {
    http: reqwest::Client,
    pub(super) settings: Settings,
    turns: Mutex<BTreeMap<String, Arc<Semaphore>>>,
    /// Hosts that did not answer at all.
    silent: Mutex<BTreeMap<String, String>>,
    requests: AtomicU64,
    received: AtomicU64,
}

impl Client {
    /// A client with the proxy of the settings, else those of the environment.
    ///
    /// # Errors
    /// When there is no way to speak TLS.
    pub fn new(settings: &Settings) -> Result<Self, FetchError> {
        // A second call finds the provider installed already, which is just as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let failed = |error: reqwest::Error| FetchError::Client(in_words(&error));
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("wijkzicht/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            .referer(false)
            .redirect(Policy::custom(|attempt| {
                match may_follow(attempt.previous(), attempt.url()) {
                    Ok(()) => attempt.follow(),
                    Err(why) => attempt.error(why),
                }
            }));
        if let Some(proxy) = &settings.proxy {
            let proxy = Proxy::all(proxy).map_err(failed)?.no_proxy(NoProxy::from_env());
            builder = builder.proxy(proxy);
        }
        Ok(Self {
            http: builder.build().map_err(failed)?,
            settings: settings.clone(),
            turns: Mutex::default(),
            silent: Mutex::default(),
            requests: AtomicU64::new(0),
            received: AtomicU64::new(0),
        })
    }

    /// Waits for a turn at the host of an address.
    pub async fn turn(&self, address: &Url) -> Option<OwnedSemaphorePermit> {
        let turns = {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            let new = || Arc::new(Semaphore::new(self.settings.gelijktijdig));
            Arc::clone(turns.entry(host(address)).or_insert_with(new))
        };
        // Nobody closes it.
        turns.acquire_owned().await.ok()
    }

    /// Why the host of an address is not worth asking any more.
    pub fn is_silent(&self, address: &Url) -> Option<String> {
        let silent = self.silent.lock().unwrap_or_else(PoisonError::into_inner);
        silent.get(&host(address)).cloned()
    }

    /// Notes that the host of an address does not answer.
    pub fn note_silent(&self, address: &Url, why: &str) {
        let mut silent = self.silent.lock().unwrap_or_else(PoisonError::into_inner);
        silent.entry(host(address)).or_insert_with(|| why.to_owned());
    }

    /// Asks once; what is no success is trouble, but for `304 Not Modified` and
    /// `416 Range Not Satisfiable`.
    ///
    /// # Errors
    /// When there is no answer in time, or one that says no.
    pub async fn get(
        &self,
        address: &Url,
        headers: &[(HeaderName, String)],
    ) -> Result<Response, Trouble> {
        let mut map = HeaderMap::new();
        map.insert(ACCEPT, HeaderValue::from_static("*/*"));
        for (name, value) in headers {
            // What a server sent as a tag may be sent back.
            if let Ok(value) = HeaderValue::from_str(value) {
                map.insert(name.clone(), value);
            }
        }
        let mut address = address.clone();
        address.set_fragment(None);
        self.requests.fetch_add(1, Ordering::Relaxed);
        let sent = self.http.get(address).headers(map).send();
        let response = match tokio::time::timeout(self.settings.patience(), sent).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(refused(&error)),
            Err(_) => {
                let seconds = self.settings.geduld;
                return Err(Trouble::Passing {
                    what: format!("no answer within {seconds} s"),
                    wait: None,
                    is_progress: false,
                    is_silent: true,
                });
            }
        };
        let status = response.status();
        // What the last two mean depends on what was asked.
        let is_answer = status.is_success()
            || status == StatusCode::NOT_MODIFIED
            || status == StatusCode::RANGE_NOT_SATISFIABLE;
        if is_answer {
            return Ok(response);
        }
        let what = format!("answered {status}");
        Err(match status {
            StatusCode::NOT_FOUND | StatusCode::GONE => Trouble::Absent(what),
            StatusCode::REQUEST_TIMEOUT
            | StatusCode::TOO_EARLY
            | StatusCode::TOO_MANY_REQUESTS
            | StatusCode::INTERNAL_SERVER_ERROR
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT => {
                let asked = response.headers().get(RETRY_AFTER).and_then(|v| v.to_str().ok());
                let wait = asked.and_then(|value| retry_after(value, Timestamp::now()));
                Trouble::Passing { what, wait, is_progress: false, is_silent: false }
            }
            StatusCode::PROXY_AUTHENTICATION_REQUIRED => Trouble::Final(format!(
                "{what}: the proxy wants a name and password (http://name:password@host:port)"
            )),
            _ => Trouble::Final(what),
        })
    }

    /// The next piece of a body; `None` at its end.
    ///
    /// # Errors
    /// When it does not come in time or is cut off.
    pub async fn piece(&self, response: &mut Response) -> Result<Option<bytes::Bytes>, String> {
        match tokio::time::timeout(self.settings.patience(), response.chunk()).await {
            Ok(Ok(piece)) => {
                let count = piece.as_ref().map_or(0, bytes::Bytes::len);
                self.received.fetch_add(count as u64, Ordering::Relaxed);
                Ok(piece)
            }
            Ok(Err(error)) => Err(format!("cut off: {}", in_words(&error))),
            Err(_) => Err(format!("nothing came in for {} s", self.settings.geduld)),
        }
    }

    /// How many requests were made.
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// How many bytes of bodies came in.
    pub fn received(&self) -> u64 {
        self.received.load(Ordering::Relaxed)
    }
}

fn host(address: &Url) -> String {
    let port = address.port_or_known_default().unwrap_or_default();
    format!("{}:{port}", address.host_str().unwrap_or_default())
}

/// Whether a redirect is followed: not for ever, not in a circle, never from HTTPS to what anybody
/// on the way can change.
fn may_follow(before: &[Url], next: &Url) -> Result<(), String> {
    if before.len() > MOST_REDIRECTS {
        return Err(format!("redirected more than {MOST_REDIRECTS} times, last to {next}"));
    }
    if before.contains(next) {
        return Err(format!("redirected in a circle, to {next}"));
    }
    match next.scheme() {
        "https" => Ok(()),
        "http" if before.iter().all(|url| url.scheme() == "http") => Ok(()),
        _ => Err(format!("redirected to {next}, which is not safe: expected https")),
    }
}

/// Why a request came to nothing.
fn refused(error: &reqwest::Error) -> Trouble {
    let words = in_words(error);
    if error.is_redirect() || error.is_builder() {
        return Trouble::Final(words);
    }
    if words.contains("certificate") {
        return Trouble::Final(format!(
            "{words}: where a proxy opens the traffic, its root certificate must be known to the \
             system"
        ));
    }
    let is_silent = error.is_connect() || error.is_timeout();
    Trouble::Passing { what: words, wait: None, is_progress: false, is_silent }
}

/// An error with its causes, without the address, which is told beside it.
fn in_words(error: &reqwest::Error) -> String {
    let mut last = None;
    let mut cause = error.source();
    while let Some(next) = cause {
        last = Some(next.to_string());
        cause = next.source();
    }
    let what = if error.is_redirect() {
        "refused"
    } else if error.is_connect() {
        "cannot connect"
    } else if error.is_timeout() {
        "took too long"
    } else {
        "no sound answer"
    };
    match last {
        Some(last) => format!("{what}: {last}"),
        None => what.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_lead_to_nothing_less_safe_and_come_to_an_end() {
        let urls = |texts: &[&str]| -> Vec<Url> {
            texts.iter().map(|text| Url::parse(text).expect("an address")).collect()
        };
        let follows =
            |before: &[&str], next: &str| may_follow(&urls(before), &urls(&[next])[0]).is_ok();
        assert!(follows(&["https://a.example/"], "https://b.example/"));
        assert!(follows(&["http://127.0.0.1:1/"], "http://127.0.0.1:1/x"));
        assert!(follows(&["http://a.example/"], "https://a.example/"));
        assert!(!follows(&["https://a.example/"], "http://a.example/"));
        assert!(!follows(&["http://a.example/", "https://a.example/"], "http://a.example/x"));
        assert!(!follows(&["https://a.example/"], "file:///etc/passwd"));
        assert!(!follows(&["https://a.example/", "https://b.example/"], "https://a.example/"));
        let many: Vec<_> = (0..=MOST_REDIRECTS).map(|n| format!("https://a.example/{n}")).collect();
        let many: Vec<_> = many.iter().map(String::as_str).collect();
        assert!(!follows(&many, "https://a.example/next"));
        assert!(follows(&many[1..], "https://a.example/next"));
    }
}
