//! What the server counts of itself, for Prometheus. No client, place or question is in it.

use std::{
    fmt::Write,
    sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use axum::http::StatusCode;

/// Upper bounds of the times that requests are counted by, milliseconds.
const BOUNDS: [u64; 8] = [1, 5, 25, 100, 250, 1000, 5000, 30_000];

/// The text form that Prometheus reads (0.0.4).
pub(super) const TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Counters since the start. Cost of each: an addition or a few.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Requests by the hundreds of their status: 1xx to 5xx.
    statuses: [AtomicU64; 5],
    /// Requests by how long they took until the answer began; the last one took longer.
    times: [AtomicU64; BOUNDS.len() + 1],
    /// Microseconds of all requests together.
    microseconds: AtomicU64,
    /// Requests whose answer is being made.
    under_way: AtomicI64,
    connections: AtomicI64,
    panics: AtomicU64,
    reloads: AtomicU64,
    refused_reloads: AtomicU64,
}

impl Metrics {
    pub(super) fn begins(&self) {
        self.under_way.fetch_add(1, Relaxed);
    }

    /// A request whose answer begins, or that was given up.
    pub(super) fn ends(&self, status: Option<StatusCode>, took: Duration) {
        self.under_way.fetch_sub(1, Relaxed);
        let Some(status) = status else { return };
        let hundreds = usize::from(status.as_u16() / 100).clamp(1, 5) - 1;
        self.statuses[hundreds].fetch_add(1, Relaxed);
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let place = BOUNDS.iter().position(|bound| millis < *bound).unwrap_or(BOUNDS.len());
        self.times[place].fetch_add(1, Relaxed);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.microseconds.fetch_add(micros, Relaxed);
    }

    pub(super) fn connects(&self) {
        self.connections.fetch_add(1, Relaxed);
    }

    pub(super) fn disconnects(&self) {
        self.connections.fetch_sub(1, Relaxed);
    }

    pub(super) fn panics(&self) {
        self.panics.fetch_add(1, Relaxed);
    }

    /// The atlas was loaded again, or could not be.
    pub(super) fn reloads(&self, is_served: bool) {
        let counter = if is_served { &self.reloads } else { &self.refused_reloads };
        counter.fetch_add(1, Relaxed);
    }

    /// All of it as text. `version` is that of the atlas, `kept` the bytes of answers kept ready.
    pub(super) fn text(&self, version: &str, kept: u64) -> String {
        let head = |name: &str, kind: &str, help: &str| {
            format!("# HELP {name} {help}\n# TYPE {name} {kind}\n")
        };
        // Writing to a string never fails.
        let mut text = head(
            "wijkzicht_requests_total",
            "counter",
            "Requests by the hundreds of their status.",
        );
        for (at, count) in self.statuses.iter().enumerate() {
            let _ = writeln!(
                text,
                "wijkzicht_requests_total{{status=\"{}xx\"}} {}",
                at + 1,
                count.load(Relaxed)
            );
        }
        text += &head("wijkzicht_request_seconds", "histogram", "Time until an answer begins.");
        let mut total = 0;
        for (at, count) in self.times.iter().enumerate() {
            total += count.load(Relaxed);
            let bound = BOUNDS
                .get(at)
                .map_or_else(|| "+Inf".to_owned(), |ms| (*ms as f64 / 1000.0).to_string());
            let _ = writeln!(text, "wijkzicht_request_seconds_bucket{{le=\"{bound}\"}} {total}");
        }
        let seconds = self.microseconds.load(Relaxed) as f64 / 1e6;
        let _ = writeln!(
            text,
            "wijkzicht_request_seconds_sum {seconds}\nwijkzicht_request_seconds_count {total}"
        );
        let singles = [
            (
                "wijkzicht_requests_under_way",
                "gauge",
                "Requests whose answer is being made.",
                self.under_way.load(Relaxed),
            ),
            ("wijkzicht_connections", "gauge", "Open connections.", self.connections.load(Relaxed)),
            (
                "wijkzicht_panics_total",
                "counter",
                "Requests that panicked.",
                signed(self.panics.load(Relaxed)),
            ),
            (
                "wijkzicht_kept_bytes",
                "gauge",
                "Memory of answers that are kept ready.",
                signed(kept),
            ),
        ];
        for (name, kind, help, value) in singles {
            text += &head(name, kind, help);
            let _ = writeln!(text, "{name} {value}");
        }
        text +=
            &head("wijkzicht_reloads_total", "counter", "Times that the atlas was loaded again.");
        for (outcome, count) in [("served", &self.reloads), ("refused", &self.refused_reloads)] {
            let _ = writeln!(
                text,
                "wijkzicht_reloads_total{{outcome=\"{outcome}\"}} {}",
                count.load(Relaxed)
            );
        }
        text += &head("wijkzicht_atlas_info", "gauge", "The version of the atlas that is served.");
        let _ = writeln!(text, "wijkzicht_atlas_info{{version=\"{version}\"}} 1");
        text
    }
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_status_and_time() {
        let metrics = Metrics::default();
        for (status, millis) in [(200, 0), (204, 4), (404, 5), (503, 40_000)] {
            metrics.begins();
            metrics.ends(StatusCode::from_u16(status).ok(), Duration::from_millis(millis));
        }
        metrics.begins();
        let text = metrics.text("1a", 12);
        for line in [
            "wijkzicht_requests_total{status=\"2xx\"} 2",
            "wijkzicht_requests_total{status=\"4xx\"} 1",
            "wijkzicht_requests_total{status=\"5xx\"} 1",
            "wijkzicht_request_seconds_bucket{le=\"0.001\"} 1",
            "wijkzicht_request_seconds_bucket{le=\"0.005\"} 2",
            "wijkzicht_request_seconds_bucket{le=\"0.025\"} 3",
            "wijkzicht_request_seconds_bucket{le=\"30\"} 3",
            "wijkzicht_request_seconds_bucket{le=\"+Inf\"} 4",
            "wijkzicht_request_seconds_count 4",
            "wijkzicht_requests_under_way 1",
            "wijkzicht_kept_bytes 12",
            "wijkzicht_atlas_info{version=\"1a\"} 1",
        ] {
            assert!(text.lines().any(|one| one == line), "no {line} in\n{text}");
        }
        // Every series has its help and type before it, once.
        for name in
            ["wijkzicht_requests_total", "wijkzicht_request_seconds", "wijkzicht_connections"]
        {
            assert_eq!(text.matches(&format!("# TYPE {name} ")).count(), 1, "{name}");
        }
    }
}
