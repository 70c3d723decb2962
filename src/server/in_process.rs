//! The interface asked from within the program, without a socket.

use std::io;

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream};
use tokio::runtime::{Builder, Runtime};
use tower::Service;

use super::{App, Front};

/// A question that the interface refuses.
#[derive(Debug, thiserror::Error)]
#[error("{address}: {status}: {detail}")]
pub struct Refused {
    /// The question.
    pub address: String,
    /// The status of the answer.
    pub status: u16,
    /// What is wrong with it, as the interface says it.
    pub detail: String,
}

/// The interface without a listener: what it answers to a GET is what a client would be sent,
/// byte for byte and not encoded.
pub struct InProcess {
    front: Front,
    runtime: Runtime,
    at_once: usize,
}

impl InProcess {
    /// The interface to an app, to be asked outside of any runtime.
    ///
    /// # Errors
    /// When the system gives no means to wait.
    pub fn new(app: App) -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_time().build()?;
        let at_once = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self { front: Front::new(app), runtime, at_once })
    }

    /// The body of the answer to a path with its query.
    ///
    /// # Errors
    /// When the answer is no 200.
    pub fn get(&self, address: &str) -> Result<Bytes, Refused> {
        self.runtime.block_on(ask(self.front.clone(), address.to_owned()))
    }

    /// The bodies of many answers, in the order of the questions, as many at once as there are
    /// cores.
    ///
    /// # Errors
    /// When one of the answers is no 200.
    pub fn get_all(&self, addresses: Vec<String>) -> Result<Vec<Bytes>, Refused> {
        let asked = addresses.into_iter().map(|address| ask(self.front.clone(), address));
        self.runtime.block_on(stream::iter(asked).buffered(self.at_once).try_collect())
    }
}

async fn ask(mut front: Front, address: String) -> Result<Bytes, Refused> {
    let refused = |status: StatusCode, detail: String| Refused {
        address: address.clone(),
        status: status.as_u16(),
        detail,
    };
    let request = Request::get(&address)
        .body(Body::empty())
        .map_err(|error| refused(StatusCode::BAD_REQUEST, error.to_string()))?;
    let response = match front.call(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX)
        .await
        .map_err(|error| refused(status, error.to_string()))?;
    if status == StatusCode::OK {
        return Ok(body);
    }
    let problem: Option<serde_json::Value> = serde_json::from_slice(&body).ok();
    let detail = problem.and_then(|problem| Some(problem.get("detail")?.as_str()?.to_owned()));
    Err(refused(status, detail.unwrap_or_default()))
}

impl std::fmt::Debug for InProcess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InProcess").finish_non_exhaustive()
    }
}
