//! One connection: how long it may keep quiet, and how long it may take nothing.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep, sleep_until},
};

/// How long a connection may take for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For its first byte, and then for the whole head of a request.
    pub head: Duration,
    /// Between two bytes, whichever way they go: while an answer is made nothing goes, so this is
    /// longer than any answer takes.
    pub idle: Duration,
    /// Between two bytes that it has asked for and does not take.
    pub stall: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            stall: Duration::from_secs(30),
        }
    }
}

/// A stream that ends with an error when nothing goes for too long.
#[derive(Debug)]
pub(super) struct Timed<T = TcpStream> {
    stream: T,
    patience: Patience,
    /// When a byte last went, or the connection came.
    last: Instant,
    /// Whether a byte ever came.
    has_begun: bool,
    /// Whether bytes wait to go.
    is_writing: bool,
    timer: Pin<Box<Sleep>>,
}

impl<T> Timed<T> {
    pub(super) fn new(stream: T, patience: Patience) -> Self {
        let last = Instant::now();
        let timer = Box::pin(sleep_until(last + patience.head));
        Self { stream, patience, last, has_begun: false, is_writing: false, timer }
    }

    fn deadline(&self) -> Instant {
        let limit = if self.is_writing {
            self.patience.stall
        } else if self.has_begun {
            self.patience.idle
        } else {
            self.patience.head
        };
        self.last + limit
    }

    /// Notes that bytes went. The timer is set again when it ends, not for each byte.
    fn went(&mut self) {
        self.last = Instant::now();
    }

    /// What to answer while nothing goes.
    fn wait<V>(&mut self, context: &mut Context<'_>) -> Poll<io::Result<V>> {
        loop {
            let deadline = self.deadline();
            if deadline < self.timer.deadline() {
                self.timer.as_mut().reset(deadline);
            }
            ready!(self.timer.as_mut().poll(context));
            if Instant::now() >= deadline {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            self.timer.as_mut().reset(deadline);
        }
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Timed<T> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        match Pin::new(&mut this.stream).poll_read(context, buffer) {
            Poll::Ready(done) => {
                if buffer.filled().len() > before {
                    this.has_begun = true;
                    this.went();
                }
                Poll::Ready(done)
            }
            Poll::Pending => this.wait(context),
        }
    }
}

impl<T: AsyncWrite + Unpin> Timed<T> {
    fn written<V>(
        &mut self,
        context: &mut Context<'_>,
        done: Poll<io::Result<V>>,
    ) -> Poll<io::Result<V>> {
        self.is_writing = done.is_pending();
        if done.is_pending() {
            return self.wait(context);
        }
        self.went();
        done
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Timed<T> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let done = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.written(context, done)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let done = Pin::new(&mut this.stream).poll_write_vectored(context, parts);
        this.written(context, done)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt, duplex},
        time::sleep,
    };

    use super::*;

    fn patience() -> Patience {
        Patience::default()
    }

    #[tokio::test(start_paused = true)]
    async fn who_says_nothing_is_given_up_after_the_head() {
        let (client, server) = duplex(64);
        let mut timed = Timed::new(server, patience());
        let begun = Instant::now();
        let error = timed.read_u8().await.expect_err("nothing came");
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert_eq!(begun.elapsed().as_secs(), 10);
        drop(client);
    }

    #[tokio::test(start_paused = true)]
    async fn who_speaks_now_and_then_stays_and_is_given_up_when_idle() {
        let (mut client, server) = duplex(64);
        let mut timed = Timed::new(server, patience());
        for _ in 0..5 {
            sleep(Duration::from_secs(9)).await;
            client.write_u8(1).await.expect("written");
            assert_eq!(timed.read_u8().await.expect("read"), 1);
        }
        let begun = Instant::now();
        timed.read_u8().await.expect_err("idle");
        assert_eq!(begun.elapsed().as_secs(), 75);
    }

    #[tokio::test(start_paused = true)]
    async fn who_takes_nothing_is_given_up() {
        let (mut client, server) = duplex(8);
        let mut timed = Timed::new(server, patience());
        client.write_u8(1).await.expect("written");
        timed.read_u8().await.expect("read");
        let begun = Instant::now();
        let error = timed.write_all(&[0; 64]).await.expect_err("nobody reads");
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert_eq!(begun.elapsed().as_secs(), 30);
    }
}
