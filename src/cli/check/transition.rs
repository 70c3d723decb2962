//! What became of the areas of one division in the next, in lines.

use std::io::{Result, Write};

use crate::{
    area::AreaCode,
    coverage::ChangeKind,
    store::{AreaChange, Part, Transition},
};

/// How many changes of a kind are told, and how many areas or parts of one; `--json` has them all.
const LINES: usize = 5;
const PER_LINE: usize = 6;

/// A part below this of both areas is not told.
const TOLD: f64 = 0.005;

pub(super) fn print(out: &mut impl Write, transition: &Transition) -> Result<()> {
    let counts: Vec<_> = transition
        .counts
        .iter()
        .map(|(kind, count)| match kind {
            ChangeKind::Split | ChangeKind::Merged | ChangeKind::Redivided => {
                format!("{} {kind} into {}", count.old, count.new)
            }
            _ => format!("{} {kind}", count.old.max(count.new)),
        })
        .collect();
    let counts = if counts.is_empty() { "no areas".to_owned() } else { counts.join(", ") };
    writeln!(
        out,
        "{} {} to {}: {counts}; strips up to {} m wide count as drawing",
        transition.level, transition.from, transition.to, transition.tolerance
    )?;
    for changes in transition.changes.chunk_by(|a, b| a.kind == b.kind) {
        let kind = changes[0].kind;
        if matches!(kind, ChangeKind::New | ChangeKind::Vanished) {
            let codes: Vec<&AreaCode> =
                changes.iter().flat_map(|change| change.old.iter().chain(&change.new)).collect();
            writeln!(out, "  {kind}: {}", listed(&codes, LINES * 2, ToString::to_string))?;
            continue;
        }
        for change in changes.iter().take(LINES) {
            writeln!(out, "  {kind}: {}", line(change))?;
        }
        if let Some(more @ 1..) = changes.len().checked_sub(LINES) {
            writeln!(out, "  and {more} more {kind}")?;
        }
    }
    Ok(())
}

/// One change: the old areas and what of each lies in which new one.
fn line(change: &AreaChange) -> String {
    let told: Vec<&Part> = change.parts.iter().filter(|p| p.of_old.max(p.of_new) >= TOLD).collect();
    let part = |part: &&Part| {
        let (old, new) = (percentage(part.of_old), percentage(part.of_new));
        match change.kind {
            ChangeKind::Renamed if part.of_old.min(part.of_new) > 0.9995 => {
                format!("{} is {}", part.old, part.new)
            }
            _ if part.old == part.new => format!("{old} of {} stays, {new} of it now", part.old),
            _ => format!("{old} of {} is {new} of {}", part.old, part.new),
        }
    };
    listed(&told, PER_LINE, part)
}

/// The first of a list, and how many more there are.
fn listed<T>(all: &[T], most: usize, text: impl Fn(&T) -> String) -> String {
    let first: Vec<String> = all.iter().take(most).map(text).collect();
    match all.len().saturating_sub(most) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

/// In tenths of a percent; only what is whole is 100%.
fn percentage(part: f64) -> String {
    match (part * 1000.0).round() / 10.0 {
        rounded if rounded >= 100.0 && part < 1.0 => "99.9%".to_owned(),
        rounded => format!("{rounded}%"),
    }
}
