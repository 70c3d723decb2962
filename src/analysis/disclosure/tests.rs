//! An attacker who tries every count that fits what is shown.

use proptest::prelude::*;

use super::*;

/// No count of the tests is larger.
const MOST: usize = 127;

/// Which counts from 0 to [`MOST`] are possible.
type Possible = u128;

fn only(count: u64) -> Possible {
    1 << count
}

fn up_to(most: u64) -> Possible {
    if most as usize >= MOST { Possible::MAX } else { (1 << (most + 1)) - 1 }
}

/// The sums of one of either.
fn sums(a: Possible, b: Possible) -> Possible {
    (0..=MOST).filter(|at| a >> at & 1 == 1).fold(0, |all, at| all | b << at)
}

/// By brute force over the sums of whole trees: which values a cell can have for who knows the counts
/// that are shown, how areas nest, and how many people each is a part of. It shares no line with
/// [`bounds`].
fn attack(cells: &[Cell], is_shown: &dyn Fn(usize) -> bool, target: usize) -> Vec<u64> {
    fn possible(
        cells: &[Cell],
        is_shown: &dyn Fn(usize) -> bool,
        at: usize,
        fixed: (usize, u64),
    ) -> Possible {
        let mut own = match (is_shown(at), cells[at].among) {
            (true, _) => only(cells[at].count),
            (false, Some(among)) => up_to(among),
            (false, None) => Possible::MAX,
        };
        if at == fixed.0 {
            own &= only(fixed.1);
        }
        let children: Vec<_> =
            (0..cells.len()).filter(|&child| cells[child].parent == Some(at)).collect();
        if children.is_empty() {
            return own;
        }
        let below = children
            .iter()
            .map(|&child| possible(cells, is_shown, child, fixed))
            .fold(only(0), sums);
        let total: u64 = children.iter().map(|&child| cells[child].count).sum();
        match total == cells[at].count {
            true => own & below,
            // They do not add up: the children are possible by themselves or not at all.
            false if below == 0 => 0,
            false => own,
        }
    }
    let roots: Vec<_> = (0..cells.len()).filter(|&at| cells[at].parent.is_none()).collect();
    (0..=MOST as u64)
        .filter(|&value| {
            roots.iter().all(|&root| possible(cells, is_shown, root, (target, value)) != 0)
        })
        .collect()
}

/// Trees of three levels with sums, and parts of the people who live there.
fn hierarchy() -> impl Strategy<Value = Vec<Cell>> {
    let leaf = (0u64..14, 0u64..8, prop::bool::weighted(0.2));
    let wijk = prop::collection::vec(leaf, 1..4);
    prop::collection::vec(wijk, 1..4).prop_map(|wijken| {
        let cell = |parent, count, among: Option<u64>| Cell {
            parent,
            count,
            among,
            residents: among.map(|among| among * 8),
            is_known: false,
            is_dominated: false,
        };
        let mut cells = vec![cell(None, 0, Some(0))];
        for leaves in wijken {
            let own = cells.len();
            cells.push(cell(Some(0), 0, Some(0)));
            for (count, rest, is_empty) in leaves {
                let (count, among) = if is_empty { (0, 0) } else { (count, count + rest) };
                cells.push(cell(Some(own), count, Some(among)));
                for above in [0, own] {
                    cells[above].count += count;
                    let among_above = cells[above].among.unwrap_or(0) + among;
                    cells[above].among = Some(among_above);
                    cells[above].residents = Some(among_above * 8);
                }
            }
        }
        cells
    })
}

const RULE: DisclosureRule = DisclosureRule { minimum: 5, residents: 40 };

fn is_hidden_enough(cells: &[Cell], at: usize, possible: &[u64]) -> bool {
    let people = cells[at].among.map_or(u64::MAX, |among| among + 1);
    possible.len() as u64 >= RULE.minimum.min(people)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn bounds_are_what_brute_force_finds(
        cells in hierarchy(),
        shown in prop::collection::vec(prop::bool::ANY, 16),
    ) {
        let is_shown = |at: usize| shown[at % shown.len()];
        for (at, found) in bounds(&cells, is_shown).into_iter().enumerate() {
            let possible = attack(&cells, &is_shown, at);
            prop_assert_eq!(possible.first(), Some(&found.low), "{} of {:?}", at, cells);
            prop_assert_eq!(possible.last(), Some(&found.high), "{} of {:?}", at, cells);
            prop_assert_eq!(possible.len() as u64, found.values());
        }
    }

    #[test]
    fn no_hidden_count_is_brought_to_fewer_values(cells in hierarchy()) {
        let Protected { hidden } = protect(&cells, RULE).expect("nothing was shown before");
        for (at, why) in hidden.iter().enumerate() {
            let cell = cells[at];
            if why.is_some() {
                let possible = attack(&cells, &|at| hidden[at].is_none(), at);
                prop_assert!(possible.contains(&cell.count));
                prop_assert!(is_hidden_enough(&cells, at, &possible), "{at}: {possible:?} {cells:?}");
            } else if cell.among != Some(0) {
                let among = cell.among.expect("known");
                prop_assert!(cell.count >= RULE.minimum && among - cell.count >= RULE.minimum);
                prop_assert!(cell.residents >= Some(RULE.residents));
            }
        }
    }

    /// Of two imports with some counts changed between them: who has both and takes what did not
    /// change for the same.
    #[test]
    fn nor_by_who_has_two_imports(
        before in hierarchy(),
        changes in prop::collection::vec((0usize..16, 0u64..6), 0..3),
    ) {
        let first = protect(&before, RULE).expect("nothing was shown before").hidden;
        let mut after = before.clone();
        for (at, more) in changes {
            let leaf = at % after.len();
            if after.iter().any(|cell| cell.parent == Some(leaf)) || after[leaf].among == Some(0) {
                continue;
            }
            let mut above = Some(leaf);
            while let Some(at) = above {
                after[at].count += more;
                after[at].among = after[at].among.map(|among| among + more);
                above = after[at].parent;
            }
        }
        for (at, cell) in after.iter_mut().enumerate() {
            cell.is_known = first[at].is_none() && before[at].count == cell.count;
        }
        // Where what was shown gives it away, nothing new is shown at all.
        if let Ok(Protected { hidden }) = protect(&after, RULE) {
            let is_shown = |at: usize| hidden[at].is_none() || after[at].is_known;
            for at in (0..after.len()).filter(|&at| !is_shown(at)) {
                let possible = attack(&after, &is_shown, at);
                prop_assert!(is_hidden_enough(&after, at, &possible), "{at}: {possible:?} {after:?}");
            }
        }
    }
}

fn cell(parent: Option<usize>, count: u64) -> Cell {
    Cell { parent, count, among: None, residents: None, is_known: false, is_dominated: false }
}

#[test]
fn one_small_count_takes_the_smallest_beside_it() {
    let cells = [
        cell(None, 103),
        cell(Some(0), 3),
        cell(Some(0), 40),
        cell(Some(0), 25),
        cell(Some(0), 35),
    ];
    let hidden = protect(&cells, DisclosureRule::default()).expect("safe").hidden;
    let expected = [None, Some(Hidden::Few), None, Some(Hidden::Beside), None];
    assert_eq!(hidden, expected);
    // Two small ones that add up to little need a third.
    let cells = [cell(None, 46), cell(Some(0), 3), cell(Some(0), 2), cell(Some(0), 41)];
    let hidden = protect(&cells, DisclosureRule::default()).expect("safe").hidden;
    assert!(hidden[3].is_some() && hidden[0].is_none(), "{hidden:?}");
}

#[test]
fn an_only_child_is_hidden_with_what_it_adds_up_to() {
    let cells = [cell(None, 4), cell(Some(0), 4)];
    let hidden = protect(&cells, DisclosureRule::default()).expect("safe").hidden;
    assert!(hidden.iter().all(Option::is_some));
}

#[test]
fn nobody_and_everybody_are_secrets_but_not_where_nobody_lives() {
    let rule = DisclosureRule::default();
    let one = |count, among| {
        let cell = Cell { among: Some(among), residents: Some(among), ..cell(None, count) };
        protect(&[cell], rule).expect("safe").hidden[0]
    };
    assert_eq!(one(0, 0), None);
    assert_eq!(one(0, 500), Some(Hidden::Few));
    assert_eq!(one(9, 500), Some(Hidden::Few));
    assert_eq!(one(10, 500), None);
    assert_eq!(one(500, 500), Some(Hidden::NearlyAll));
    assert_eq!(one(491, 500), Some(Hidden::NearlyAll));
    assert_eq!(one(490, 500), None);
    assert_eq!(one(40, 99), Some(Hidden::FewResidents));
}

#[test]
fn what_was_shown_before_protects_nothing() {
    let known = |parent, count| Cell { is_known: true, ..cell(parent, count) };
    // The sibling was shown before: the sum is all that can still be hidden.
    let cells = [cell(None, 30), cell(Some(0), 5), known(Some(0), 25)];
    let hidden = protect(&cells, DisclosureRule::default()).expect("safe").hidden;
    assert_eq!(hidden, [Some(Hidden::Beside), Some(Hidden::Few), None]);
    let cells = [known(None, 30), cell(Some(0), 5), known(Some(0), 25)];
    let refused = protect(&cells, DisclosureRule::default()).expect_err("it is given away");
    assert_eq!((refused.cell, refused.low, refused.high), (1, 5, 5));
}
