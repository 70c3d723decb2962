//! What a command is doing, while it does it.

use std::{io::IsTerminal, time::Duration};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use crate::fetch::{Meter, Watch};

use super::printable;

/// A spinner on a terminal, plain lines on standard error elsewhere.
pub(super) struct Progress(Option<ProgressBar>);

impl Progress {
    pub fn new() -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(None);
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(Some(bar))
    }

    pub fn tell(&self, step: &str) {
        match &self.0 {
            Some(bar) => bar.set_message(step.to_owned()),
            None => eprintln!("{step}"),
        }
    }

    pub fn end(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

/// A bar for each thing that comes in on a terminal, a plain line for each elsewhere.
pub(super) struct Downloads(Option<MultiProgress>);

impl Downloads {
    pub fn new() -> Self {
        Self(std::io::stderr().is_terminal().then(MultiProgress::new))
    }
}

impl Watch for Downloads {
    fn say(&self, line: &str) {
        let line = printable(line);
        match &self.0 {
            // Bars that cannot be drawn are no reason to stop.
            Some(bars) => drop(bars.println(line)),
            None => eprintln!("{line}"),
        }
    }

    fn begin(&self, name: &str, total: Option<u64>, have: u64) -> Box<dyn Meter + '_> {
        let name = printable(name);
        let Some(bars) = &self.0 else {
            let size = total.map(|total| format!(", {:.1} MB", total as f64 / 1e6));
            let from = if have > 0 {
                format!(", from {:.1} MB on", have as f64 / 1e6)
            } else {
                String::new()
            };
            eprintln!("fetches {name}{}{from}", size.unwrap_or_default());
            return Box::new(Bar(None));
        };
        let (bar, template) = match total {
            Some(total) => (
                ProgressBar::new(total),
                "{bar:20} {bytes:>11} of {total_bytes:11} {bytes_per_sec:>13} {eta:>4} {msg}",
            ),
            None => (ProgressBar::new_spinner(), "{spinner} {bytes:>11} {bytes_per_sec:>13} {msg}"),
        };
        let bar = bars.add(bar);
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(name);
        bar.set_position(have);
        bar.reset_eta();
        Box::new(Bar(Some(bar)))
    }
}

/// The bar of one thing.
struct Bar(Option<ProgressBar>);

impl Meter for Bar {
    fn add(&self, bytes: u64) {
        if let Some(bar) = &self.0 {
            bar.inc(bytes);
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
