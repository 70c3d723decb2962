use super::*;
use crate::{layer::testdata::mosaic, varint};

/// Reads columns back, as the page does.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn number(&mut self) -> u64 {
        varint::take(&mut self.0).expect("a number")
    }

    fn signed(&mut self) -> i32 {
        let step = varint::take_signed(&mut self.0).expect("a step");
        i32::try_from(step).expect("a step")
    }
}

/// The rings of each area, as vertices.
fn decoded(columns: &Columns, areas: usize) -> Vec<Vec<Vec<[i32; 2]>>> {
    let [parts, refs, lengths, begins, east, south] = [
        &columns.parts,
        &columns.refs,
        &columns.lengths,
        &columns.begins,
        &columns.east,
        &columns.south,
    ]
    .map(|column| Reader(column));
    let (mut parts, mut refs, mut lengths) = (parts, refs, lengths);
    let (mut begins, mut east, mut south) = (begins, east, south);
    let mut arcs: Vec<Vec<[i32; 2]>> = Vec::new();
    let mut begun = [0; 2];
    let mut shapes = Vec::new();
    for _ in 0..areas {
        let mut rings = Vec::new();
        for _ in 0..parts.number() {
            for _ in 0..parts.number() {
                let ring: Vec<u64> = (0..parts.number()).map(|_| refs.number()).collect();
                let mut known = arcs.len() as u64;
                // Where each arc of the ring is among all.
                let numbers: Vec<(usize, bool)> = ring
                    .iter()
                    .map(|&back| {
                        known += u64::from(back == 0);
                        let number = if back == 0 { known - 1 } else { known - back };
                        (usize::try_from(number).expect("a number"), back > 0)
                    })
                    .collect();
                let mut vertices: Vec<[i32; 2]> = Vec::new();
                let (first, is_back) = numbers[0];
                let start = if is_back {
                    *arcs[first].last().expect("an end")
                } else {
                    begun = [begun[0] + begins.signed(), begun[1] + begins.signed()];
                    begun
                };
                let mut at = start;
                for (place, &(number, is_back)) in numbers.iter().enumerate() {
                    if is_back {
                        vertices.extend(arcs[number][1..].iter().rev());
                        at = arcs[number][0];
                        continue;
                    }
                    let count = lengths.number() as usize + 2;
                    let end = match numbers.get(place + 1) {
                        None => Some(start),
                        Some(&(next, true)) => arcs[next].last().copied(),
                        Some(_) => None,
                    };
                    let mut arc = vec![at];
                    for _ in 1..count - usize::from(end.is_some()) {
                        at = [at[0] + east.signed(), at[1] + south.signed()];
                        arc.push(at);
                    }
                    arc.extend(end);
                    at = *arc.last().expect("an end");
                    vertices.extend(&arc[..arc.len() - 1]);
                    arcs.push(arc);
                }
                assert_eq!(at, start, "the ring closes");
                rings.push(vertices);
            }
        }
        shapes.push(rings);
    }
    for rest in [parts, refs, lengths, begins, east, south] {
        assert!(rest.0.is_empty(), "everything is read");
    }
    shapes
}

/// The same ring wherever it begins.
fn turned(mut ring: Vec<[i32; 2]>) -> Vec<[i32; 2]> {
    let least = (0..ring.len()).min_by_key(|&at| {
        let mut from = ring.clone();
        from.rotate_left(at);
        from
    });
    ring.rotate_left(least.unwrap_or_default());
    ring
}

#[test]
fn rings_come_back_vertex_by_vertex() {
    for (seed, zoom) in [(1, 16), (2, 12), (3, 8), (4, 5)] {
        let mosaic = mosaic(seed, 9);
        let grid = mosaic.plane.arcs(&mosaic.topology, zoom);
        let rings = mosaic.topology.rings();
        let everything: Vec<usize> = (0..rings.len()).collect();
        for areas in [everything.as_slice(), &everything[10..31], &[80, 3, 4][..1]] {
            let columns = Columns::of(grid, rings, areas);
            let decoded = decoded(&columns, areas.len());
            for (&area, found) in areas.iter().zip(decoded) {
                let expected: Vec<_> = rings
                    .rings(area)
                    .map(|ring| {
                        let mut vertices = Vec::new();
                        grid.walk(ring, &mut vertices);
                        turned(vertices)
                    })
                    .collect();
                let found: Vec<_> = found.into_iter().map(turned).collect();
                assert_eq!(found, expected, "area {area} of zoom {zoom}");
            }
        }
    }
}

#[test]
fn an_arc_is_stored_once() {
    let mosaic = mosaic(5, 10);
    let grid = mosaic.plane.arcs(&mosaic.topology, 16);
    let areas: Vec<usize> = (0..mosaic.shapes.len()).collect();
    let columns = Columns::of(grid, mosaic.topology.rings(), &areas);
    let mut refs = Reader(&columns.refs);
    let mut first_times = 0;
    while !refs.0.is_empty() {
        first_times += usize::from(refs.number() == 0);
    }
    assert_eq!(first_times, grid.len());
}

#[test]
fn codes_share_their_beginnings() {
    let bytes = codes(["BU00140000", "BU00140001", "BU0363AA"].into_iter());
    let expected = [&b"\x00\x0aBU00140000"[..], b"\x09\x011", b"\x03\x05363AA"].concat();
    assert_eq!(bytes, expected);
    assert_eq!(ordinals(&[0, 1, 5, 300]), [0, 0, 3, 0xa6, 2]);
}
