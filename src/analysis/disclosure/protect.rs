//! Which counts are hidden.

use super::{Bounds, Cell, bounds::Tree};

/// When a count may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisclosureRule {
    /// From how many; and so many values a hidden count can have at least.
    pub minimum: u64,
    /// From how many residents of the area.
    pub residents: u64,
}

impl Default for DisclosureRule {
    fn default() -> Self {
        Self { minimum: 10, residents: 100 }
    }
}

/// Why a count is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hidden {
    /// It is small, or nobody.
    Few,
    /// It is everybody, or nearly: that tells of each of them.
    NearlyAll,
    /// Few people live there.
    FewResidents,
    /// One contributor makes most of it.
    Dominated,
    /// To protect another.
    Beside,
}

/// What was decided: by cell why it is hidden, `None` where it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Protected {
    /// By cell.
    pub hidden: Vec<Option<Hidden>>,
}

/// A count that nothing can protect: what was shown before tells too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "cell {cell} can only be {low} to {high} to who knows what was shown before: nothing that is \
     hidden now changes that"
)]
pub struct Unprotectable {
    /// The cell.
    pub cell: usize,
    /// The least that it can be.
    pub low: u64,
    /// The most.
    pub high: u64,
}

/// Decides which counts are hidden. A count is shown when it is at least [`DisclosureRule::minimum`],
/// as is what it leaves of the people that it is a part of, when enough people live there, and when
/// no contributor makes most of it. Nobody among nobody is no secret. Then others are hidden beside
/// these, the smallest first, then what they add up to, until every hidden count may have at least
/// so many values as the minimum, or all that its people allow.
///
/// What is known already cannot be hidden any more, and protects nothing. Cost: for each further
/// cell that is hidden, a pass over those that hang together with it.
///
/// # Errors
/// When what is known already gives a count away.
pub fn protect(cells: &[Cell], rule: DisclosureRule) -> Result<Protected, Unprotectable> {
    let mut hidden: Vec<Option<Hidden>> = cells.iter().map(|cell| primary(cell, rule)).collect();
    for members in connected(cells) {
        let local: Vec<Cell> = members
            .iter()
            .map(|&at| Cell {
                parent: cells[at].parent.and_then(|parent| members.binary_search(&parent).ok()),
                ..cells[at]
            })
            .collect();
        let mut own: Vec<_> = members.iter().map(|&at| hidden[at]).collect();
        settle(&local, rule, &mut own)
            .map_err(|error| Unprotectable { cell: members[error.cell], ..error })?;
        for (at, why) in members.iter().zip(own) {
            hidden[*at] = why;
        }
    }
    Ok(Protected { hidden })
}

/// Why a count is hidden by itself.
fn primary(cell: &Cell, rule: DisclosureRule) -> Option<Hidden> {
    if cell.among == Some(0) && cell.count == 0 {
        return None;
    }
    let rest = cell.among.map(|among| among.saturating_sub(cell.count));
    if cell.residents.is_some_and(|residents| residents < rule.residents) {
        Some(Hidden::FewResidents)
    } else if cell.count < rule.minimum {
        Some(Hidden::Few)
    } else if rest.is_some_and(|rest| rest < rule.minimum) {
        Some(Hidden::NearlyAll)
    } else if cell.is_dominated {
        Some(Hidden::Dominated)
    } else {
        None
    }
}

/// The cells that hang together, each list ascending.
fn connected(cells: &[Cell]) -> Vec<Vec<usize>> {
    let root = |at: usize| {
        let mut at = at;
        for _ in 0..cells.len() {
            match cells[at].parent {
                Some(parent) => at = parent,
                None => break,
            }
        }
        at
    };
    let mut of_root: std::collections::BTreeMap<usize, Vec<usize>> = Default::default();
    for at in 0..cells.len() {
        of_root.entry(root(at)).or_default().push(at);
    }
    of_root.into_values().collect()
}

/// Hides more until every hidden count is safe.
fn settle(
    cells: &[Cell],
    rule: DisclosureRule,
    hidden: &mut [Option<Hidden>],
) -> Result<(), Unprotectable> {
    let tree = Tree::of(cells);
    loop {
        let bounds = tree.bounds(cells, |at| hidden[at].is_none() || cells[at].is_known);
        let is_safe = |at: usize, Bounds { low, high }: Bounds| {
            let possible = cells[at].among.map_or(u64::MAX, |among| among + 1);
            Bounds { low, high }.values() >= rule.minimum.min(possible)
        };
        let is_secret = |at: usize| hidden[at].is_some() && !cells[at].is_known;
        let exposed = (0..cells.len()).find(|&at| is_secret(at) && !is_safe(at, bounds[at]));
        let Some(exposed) = exposed else { return Ok(()) };
        let Some(more) = beside(cells, &tree, hidden, exposed) else {
            let Bounds { low, high } = bounds[exposed];
            return Err(Unprotectable { cell: exposed, low, high });
        };
        hidden[more] = Some(Hidden::Beside);
    }
}

/// What to hide next to protect a cell: the smallest of its shown siblings, else what they add up to,
/// going up; else the smallest of all that it is made of.
fn beside(cells: &[Cell], tree: &Tree, hidden: &[Option<Hidden>], exposed: usize) -> Option<usize> {
    let can = |at: usize| hidden[at].is_none() && !cells[at].is_known && cells[at].among != Some(0);
    let smallest = |list: &[usize]| {
        list.iter().copied().filter(|&at| can(at)).min_by_key(|&at| (cells[at].count, at))
    };
    let mut at = exposed;
    for _ in 0..=cells.len() {
        let Some(parent) = cells[at].parent else { break };
        if let Some(sibling) = smallest(&tree.children[parent]) {
            return Some(sibling);
        }
        if can(parent) {
            return Some(parent);
        }
        at = parent;
    }
    // What it is made of gives it away as well as what it is part of.
    let mut below = tree.children[exposed].clone();
    let mut from = 0;
    while let Some(&next) = below.get(from) {
        below.extend_from_slice(&tree.children[next]);
        from += 1;
    }
    smallest(&below)
}
