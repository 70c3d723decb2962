//! What the forms of a table have in common: something above, records, something below.

use std::ops::Range;

use super::{Gazetteer, LocateCounts, LocateError, RowFault};

/// The least that is worth a task of its own, bytes: some 8,000 rows.
pub(super) const TASK: usize = 1 << 18;

/// How records stand in a text, and how each is answered.
pub(super) trait Form: Send + Sync {
    /// Reads what stands above the records and writes what stands above the answers. Gives the
    /// bytes that it took; `None` where not all of it is there yet.
    fn begin(
        &mut self,
        text: &[u8],
        at_end: bool,
        out: &mut Vec<u8>,
    ) -> Result<Option<usize>, LocateError>;

    /// Cuts what comes next into stretches of whole records.
    fn split(&mut self, text: &[u8], at_end: bool) -> Vec<Stretch>;

    /// Answers the records of a stretch, in `out`, which is empty.
    fn locate(&self, stretch: &[u8], gazetteer: &dyn Gazetteer, out: Vec<u8>) -> Located;

    /// Whether the text may end here, but for what [`Form::split`] left.
    fn is_whole(&self) -> bool {
        true
    }
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) range: Range<usize>,
    /// Whether it stands below the records, and is copied.
    pub(super) is_below: bool,
}

impl Stretch {
    pub(super) fn of_records(range: Range<usize>) -> Self {
        Self { range, is_below: false }
    }
}

/// The answer to a stretch of records.
#[derive(Default)]
pub(super) struct Located {
    pub(super) text: Vec<u8>,
    pub(super) lines: u64,
    pub(super) counts: LocateCounts,
    /// Why no more of it was read, and how many lines before.
    pub(super) stopped: Option<(u64, Stop)>,
}

pub(super) enum Stop {
    TooLong,
    Fault(RowFault),
}

pub(super) fn newlines(text: &[u8]) -> u64 {
    text.iter().filter(|b| **b == b'\n').count() as u64
}

/// Stretches of whole lines, of about [`TASK`] bytes. At the end of the input the last line needs
/// no line end.
pub(super) fn lines(text: &[u8], at_end: bool) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut begun = 0;
    while begun < text.len() {
        let least = (begun + TASK).min(text.len());
        let line_end = text[least..].iter().position(|b| *b == b'\n').map(|i| least + i + 1);
        let last = || text[begun..].iter().rposition(|b| *b == b'\n').map(|i| begun + i + 1);
        let end = line_end.or_else(|| if at_end { Some(text.len()) } else { last() });
        let Some(end) = end else { break };
        stretches.push(Stretch::of_records(begun..end));
        begun = end;
        if line_end.is_none() {
            break;
        }
    }
    stretches
}
