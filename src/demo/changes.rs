//! From one division to the next: gemeenten merge, buurten are recoded, split, merged, redrawn.

use std::collections::BTreeSet;

use super::{
    chance::{Chance, Stream},
    division::{Division, Gemeente, Kind},
    growth::grow,
    mesh::{Mesh, NONE},
    names::Names,
    settlement::number,
};

/// The division of a later year: so many pairs of gemeenten fewer; most of it as it was.
pub(super) fn later(
    seed: u64,
    mesh: &Mesh,
    before: &Division,
    merged: usize,
    year: u16,
) -> Division {
    let mut division = before.clone();
    division.year = year;
    let gone = merge_gemeenten(&mut division, seed, mesh, merged);
    let lettered = letter(&mut division, seed, &gone);
    let members = division.members();
    let mut order: Vec<usize> = (0..division.buurten.len()).collect();
    Chance::new(seed, Stream::Changes, 1).shuffle(&mut order);
    let mut touched = BTreeSet::new();
    let each = 1 + order.len() / 70;
    let mut left = [each, each, each];
    for buurt in order {
        let kind = division.buurten[buurt].kind;
        let plain = |kind: Kind| matches!(kind, Kind::Town | Kind::Rural);
        if !plain(kind)
            || touched.contains(&buurt)
            || lettered.contains(&division.gemeente_of(buurt))
        {
            continue;
        }
        let mates: BTreeSet<usize> = members[buurt]
            .iter()
            .flat_map(|&cell| mesh.neighbours(cell))
            .map(|cell| division.of_cell[cell])
            .filter(|&other| other != NONE && other as usize != buurt)
            .map(|other| other as usize)
            .filter(|&other| {
                division.buurten[other].wijk == division.buurten[buurt].wijk
                    && division.buurten[other].kind == kind
                    && !touched.contains(&other)
            })
            .collect();
        let mate = mates.first().copied();
        let own = &members[buurt];
        if left[0] > 0 && own.len() >= 4 && split(&mut division, mesh, buurt, own) {
            left[0] -= 1;
        } else if let Some(mate) = mate.filter(|_| left[1] > 0 && own.len() <= 3) {
            for &cell in own {
                division.of_cell[cell] = mate as u32;
            }
            touched.insert(mate);
            left[1] -= 1;
        } else if let Some(mate) =
            mate.filter(|&mate| left[2] > 0 && redraw(&mut division, mesh, own, mate))
        {
            touched.insert(mate);
            left[2] -= 1;
        } else {
            continue;
        }
        touched.insert(buurt);
    }
    tidy(&mut division);
    division
}

/// Merges pairs of small neighbours into gemeenten with a new name and code; yields those gone.
fn merge_gemeenten(
    division: &mut Division,
    seed: u64,
    mesh: &Mesh,
    merged: usize,
) -> BTreeSet<usize> {
    let mut beside = vec![BTreeSet::new(); division.gemeenten.len()];
    let mut cells = vec![0_usize; division.gemeenten.len()];
    let dry = |cell: usize| {
        let buurt = division.of_cell[cell];
        (buurt != NONE && !division.buurten[buurt as usize].kind.is_water())
            .then(|| division.gemeente_of(buurt as usize))
    };
    for edge in 0..mesh.half_edges() {
        if let (Some(a), Some(b)) = (dry(mesh.from(edge)), dry(mesh.to(edge))) {
            cells[a] += 1;
            if a != b {
                beside[a].insert(b);
            }
        }
    }
    let mut small: Vec<usize> = (0..cells.len()).collect();
    small.sort_by_key(|&gemeente| (cells[gemeente], gemeente));
    let (mut gone, mut used) = (BTreeSet::new(), BTreeSet::new());
    let mut names = Names::new(seed.wrapping_add(1));
    let existing: BTreeSet<String> = division.gemeenten.iter().map(|g| g.name.clone()).collect();
    for strict in [true, false] {
        for &a in &small {
            if gone.len() == merged || used.contains(&a) {
                continue;
            }
            let fits = |b: &usize| *b != a && !used.contains(b);
            let mate = if strict {
                beside[a].iter().copied().filter(fits).min_by_key(|&b| (cells[b], b))
            } else {
                small.iter().copied().find(fits)
            };
            let Some(b) = mate else { continue };
            let name = std::iter::repeat_with(|| names.place())
                .find(|name| !existing.contains(name))
                .unwrap_or_default();
            let code = number(division.gemeenten.len() + gone.len());
            division.gemeenten[a] = Gemeente { name, number: code };
            for wijk in division.wijken.iter_mut().filter(|wijk| wijk.gemeente == b) {
                wijk.gemeente = a;
            }
            used.extend([a, b]);
            gone.insert(b);
        }
    }
    let new: BTreeSet<usize> = used.difference(&gone).copied().collect();
    merge_waters(division, &new);
    division.number(|gemeente| new.contains(&gemeente), |_| false);
    gone
}

/// A gemeente has one wijk of water, with one buurt of each kind of water.
fn merge_waters(division: &mut Division, gemeenten: &BTreeSet<usize>) {
    for &gemeente in gemeenten {
        let mut wijk_of_water = None;
        let mut by_kind: Vec<(Kind, usize)> = Vec::new();
        for buurt in 0..division.buurten.len() {
            let kind = division.buurten[buurt].kind;
            if !kind.is_water() || division.gemeente_of(buurt) != gemeente {
                continue;
            }
            let wijk = *wijk_of_water.get_or_insert(division.buurten[buurt].wijk);
            division.buurten[buurt].wijk = wijk;
            let name = division.gemeenten[gemeente].name.clone();
            division.wijken[wijk].name = format!("Groot water {name}");
            let kin = by_kind.iter().find(|(other, _)| *other == kind).map(|&(_, first)| first);
            if let Some(first) = kin {
                for of in division.of_cell.iter_mut().filter(|of| **of as usize == buurt) {
                    *of = first as u32;
                }
            } else {
                by_kind.push((kind, buurt));
                let what = if kind == Kind::OpenWater { "Open water" } else { "Meer van" };
                division.buurten[buurt].name = format!("{what} {name}");
            }
        }
    }
}

/// Gives some gemeenten, the first of them with the most wijken, codes with letters.
fn letter(division: &mut Division, seed: u64, gone: &BTreeSet<usize>) -> BTreeSet<usize> {
    let mut wijken = vec![0_usize; division.gemeenten.len()];
    for wijk in &division.wijken {
        wijken[wijk.gemeente] += 1;
    }
    let mut order: Vec<usize> =
        (0..wijken.len()).filter(|gemeente| !gone.contains(gemeente)).collect();
    order.sort_by_key(|&gemeente| (std::cmp::Reverse(wijken[gemeente]), gemeente));
    let some = 1 + order.len() / 40;
    // The largest, and a few that chance picks.
    let mut rest = order.split_off(order.len().min(1));
    Chance::new(seed, Stream::Changes, 0).shuffle(&mut rest);
    let lettered: BTreeSet<usize> = order.into_iter().chain(rest).take(some).collect();
    division.number(|gemeente| lettered.contains(&gemeente), |_| true);
    lettered
}

/// Splits a buurt in two halves, both with a new code; whether that could be done.
fn split(division: &mut Division, mesh: &Mesh, buurt: usize, own: &[usize]) -> bool {
    let farthest = |from: usize| {
        own.iter()
            .copied()
            .max_by(|&a, &b| mesh.distance(from, a).total_cmp(&mesh.distance(from, b)))
    };
    let Some(a) = own.first().and_then(|&cell| farthest(cell)) else { return false };
    let Some(b) = farthest(a) else { return false };
    let new = division.buurten.len() as u32;
    let (half, _) = grow(division.of_cell.len(), [(a, 0), (b, 1)], |cell, _, visit| {
        let of_cell = &division.of_cell;
        mesh.neighbours(cell)
            .filter(|&next| of_cell[next] as usize == buurt)
            .for_each(|next| visit(next, mesh.distance(cell, next)));
    });
    let moved: Vec<usize> = own.iter().copied().filter(|&cell| half[cell] == 1).collect();
    if moved.is_empty() || moved.len() == own.len() {
        return false;
    }
    let mut record = division.buurten[buurt].clone();
    let name = record.name.clone();
    record.name = format!("Nieuw {name}");
    record.suffix = free_suffix(division, record.wijk);
    division.buurten.push(record);
    division.buurten[buurt].suffix = free_suffix(division, division.buurten[buurt].wijk);
    for cell in moved {
        division.of_cell[cell] = new;
    }
    true
}

/// Moves the border between a buurt and its mate by one cell; whether that could be done.
fn redraw(division: &mut Division, mesh: &Mesh, own: &[usize], mate: usize) -> bool {
    if own.len() < 3 {
        return false;
    }
    let moved = own.iter().copied().find(|&cell| {
        let touches = mesh.neighbours(cell).any(|next| division.of_cell[next] as usize == mate);
        let mut reached: Vec<usize> =
            own.iter().copied().find(|&other| other != cell).into_iter().collect();
        let mut at = 0;
        while at < reached.len() {
            for next in mesh.neighbours(reached[at]) {
                if next != cell && own.contains(&next) && !reached.contains(&next) {
                    reached.push(next);
                }
            }
            at += 1;
        }
        touches && reached.len() + 1 == own.len()
    });
    if let Some(cell) = moved {
        division.of_cell[cell] = mate as u32;
    }
    moved.is_some()
}

/// The first number after the highest that a wijk has given out.
fn free_suffix(division: &Division, wijk: usize) -> String {
    let highest = division
        .buurten
        .iter()
        .filter(|buurt| buurt.wijk == wijk)
        .filter_map(|buurt| buurt.suffix.parse::<usize>().ok())
        .max();
    format!("{:02}", highest.map_or(0, |highest| highest + 1).min(96))
}

/// Drops areas that have nothing left.
fn tidy(division: &mut Division) {
    fn keep<T>(items: &mut Vec<T>, kept: &[bool]) -> Vec<usize> {
        let mut next = 0;
        let renumbered = kept
            .iter()
            .map(|&kept| {
                next += usize::from(kept);
                next.saturating_sub(1)
            })
            .collect();
        let mut kept = kept.iter();
        items.retain(|_| kept.next().copied().unwrap_or(false));
        renumbered
    }
    let mut kept = vec![false; division.buurten.len()];
    for &buurt in division.of_cell.iter().filter(|&&buurt| buurt != NONE) {
        kept[buurt as usize] = true;
    }
    let buurten = keep(&mut division.buurten, &kept);
    for buurt in division.of_cell.iter_mut().filter(|buurt| **buurt != NONE) {
        *buurt = buurten[*buurt as usize] as u32;
    }
    let mut kept = vec![false; division.wijken.len()];
    division.buurten.iter().for_each(|buurt| kept[buurt.wijk] = true);
    let wijken = keep(&mut division.wijken, &kept);
    division.buurten.iter_mut().for_each(|buurt| buurt.wijk = wijken[buurt.wijk]);
    let mut kept = vec![false; division.gemeenten.len()];
    division.wijken.iter().for_each(|wijk| kept[wijk.gemeente] = true);
    let gemeenten = keep(&mut division.gemeenten, &kept);
    division.wijken.iter_mut().for_each(|wijk| wijk.gemeente = gemeenten[wijk.gemeente]);
}
