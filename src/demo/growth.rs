//! Regions that grow from seeds until they meet.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{chance::Chance, mesh::NONE};

/// Grows owners from seeds over a graph, the nearest seed first (Dijkstra 1959 from many sources).
///
/// `steps(node, owner, visit)` calls `visit(neighbour, cost)` for each way on; costs are positive
/// and finite. Yields for each node its owner, or [`NONE`], and its distance from the seed. An
/// owner's nodes are connected to its seeds.
pub(super) fn grow(
    nodes: usize,
    seeds: impl IntoIterator<Item = (usize, u32)>,
    steps: impl Fn(usize, u32, &mut dyn FnMut(usize, f64)),
) -> (Vec<u32>, Vec<f64>) {
    let mut owners = vec![NONE; nodes];
    let mut reached = vec![f64::INFINITY; nodes];
    // The bits of positive floats are ordered as the floats are.
    let mut open: BinaryHeap<Reverse<(u64, usize, u32)>> = BinaryHeap::new();
    for (node, owner) in seeds {
        reached[node] = 0.0;
        open.push(Reverse((0, node, owner)));
    }
    while let Some(Reverse((bits, node, owner))) = open.pop() {
        if owners[node] != NONE {
            continue;
        }
        owners[node] = owner;
        let so_far = f64::from_bits(bits);
        steps(node, owner, &mut |neighbour, cost| {
            let total = so_far + cost;
            if owners[neighbour] == NONE && total < reached[neighbour] {
                reached[neighbour] = total;
                open.push(Reverse((total.to_bits(), neighbour, owner)));
            }
        });
    }
    (owners, reached)
}

/// Nodes of which no two are neighbours, few of them neighbours' neighbours (a part `wide` of
/// these is kept clear too), and such that every other node has one near: seeds for regions.
pub(super) fn spread(
    mut nodes: Vec<usize>,
    chance: &mut Chance,
    wide: f64,
    blocked: &mut [bool],
    neighbours: impl Fn(usize, &mut dyn FnMut(usize)),
) -> Vec<usize> {
    chance.shuffle(&mut nodes);
    let mut chosen = Vec::new();
    for node in nodes {
        if !blocked[node] {
            blocked[node] = true;
            let mut beside = Vec::new();
            neighbours(node, &mut |other| beside.push(other));
            for other in beside {
                blocked[other] = true;
                if chance.unit() < wide {
                    neighbours(other, &mut |far| blocked[far] = true);
                }
            }
            chosen.push(node);
        }
    }
    chosen
}

/// Numbers the connected parts among the nodes that `joined` says belong together.
pub(super) fn components(
    nodes: usize,
    member: impl Fn(usize) -> bool,
    joined: impl Fn(usize, &mut dyn FnMut(usize)),
) -> (Vec<u32>, u32) {
    let mut of = vec![NONE; nodes];
    let mut count = 0;
    let mut open = Vec::new();
    for start in 0..nodes {
        if of[start] != NONE || !member(start) {
            continue;
        }
        of[start] = count;
        open.push(start);
        while let Some(node) = open.pop() {
            joined(node, &mut |other| {
                if of[other] == NONE {
                    of[other] = count;
                    open.push(other);
                }
            });
        }
        count += 1;
    }
    (of, count)
}
