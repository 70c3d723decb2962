//! The body of a request, and how slowly it may come.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

/// How long a body may be waited for before its pace counts.
const GRACE: Duration = Duration::from_secs(10);
/// The least that a body brings for each second that it is waited for, bytes: a slow line brings
/// ten times as much.
const PACE: f64 = 512.0;

/// The body of a request that comes too slowly to be wanted.
#[derive(Debug, thiserror::Error)]
#[error("the body comes too slowly")]
pub(super) struct TooSlow;

/// A body that ends with an error when its bytes come one by one. Only the time counts in which it
/// is waited for: a server that reads slowly makes no client slow.
#[derive(Debug)]
pub(super) struct Paced<B> {
    body: B,
    bytes: f64,
    waited: Duration,
    since: Option<Instant>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl<B> Paced<B> {
    pub(super) fn new(body: B) -> Self {
        Self { body, bytes: 0.0, waited: Duration::ZERO, since: None, timer: None }
    }

    /// How long may still be waited.
    fn left(&self) -> Duration {
        let most = GRACE + Duration::from_secs_f64(self.bytes / PACE);
        most.saturating_sub(self.waited)
    }
}

impl<B> Body for Paced<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<axum::BoxError>,
{
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = self.get_mut();
        match Pin::new(&mut this.body).poll_frame(context) {
            Poll::Ready(frame) => {
                if let Some(since) = this.since.take() {
                    this.waited += since.elapsed();
                    this.timer = None;
                }
                if let Some(Ok(frame)) = &frame
                    && let Some(data) = frame.data_ref()
                {
                    // Far below 2^53.
                    this.bytes += data.len() as f64;
                }
                if this.left().is_zero() && !this.body.is_end_stream() {
                    return Poll::Ready(Some(Err(TooSlow.into())));
                }
                Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
            }
            Poll::Pending => {
                let since = *this.since.get_or_insert_with(Instant::now);
                let deadline = since + this.left();
                let timer = this.timer.get_or_insert_with(|| Box::pin(sleep_until(deadline)));
                ready!(timer.as_mut().poll(context));
                Poll::Ready(Some(Err(TooSlow.into())))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use http_body_util::{BodyExt, StreamBody};
    use tokio::time::sleep;

    use super::*;

    /// A body of some bytes at a time, so many milliseconds apart.
    async fn taken(size: usize, apart: u64, count: usize) -> Result<usize, axum::BoxError> {
        let frames = futures_util::stream::unfold(0, move |at| async move {
            sleep(Duration::from_millis(apart)).await;
            let frame = Ok::<_, io::Error>(Frame::data(Bytes::from(vec![0; size])));
            (at < count).then_some((frame, at + 1))
        });
        let body = Paced::new(Box::pin(StreamBody::new(frames)));
        Ok(body.collect().await?.to_bytes().len())
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_byte_by_byte_is_given_up_and_a_slow_line_is_not() {
        assert!(taken(1, 1000, 60).await.expect_err("too slow").is::<TooSlow>());
        assert!(taken(1000, 20_000, 9).await.is_err(), "a frame that takes very long");
        assert_eq!(taken(1000, 1000, 300).await.expect("slow and steady"), 300_000);
        assert_eq!(taken(1, 100, 50).await.expect("short"), 50);
    }
}
