//! A topology as bytes.

use super::{NONE, Topology};
use crate::{
    coverage::{
        arcs::{ArcRef, Arcs},
        detail::DetailArcs,
        exact::MAX_COORDINATE,
        rings::RingsBuilder,
    },
    varint::{put, put_signed, take, take_signed, take_u32},
};

/// What the bytes begin with.
const MAGIC: &[u8; 4] = b"WZT1";

/// Bytes that are no topology.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the topology is damaged")]
pub struct TopologyError;

impl Topology {
    /// The topology as bytes, the same for equal ones: some five for a vertex.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = self.border_bytes();
        put(&mut out, self.steps.len() as u64);
        out.extend_from_slice(&self.steps);
        out
    }

    /// The borders as bytes, without what follows from them: the same for equal borders, whether or
    /// not the order of removals is known.
    pub fn border_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.reserve(5 * self.arcs.vertices().len());
        put(&mut out, self.arcs.len() as u64);
        let mut last = [0i32; 2];
        for (arc, sides) in self.arcs.iter().zip(&self.sides) {
            put(&mut out, arc.len() as u64);
            for side in sides {
                put(&mut out, u64::from(side.wrapping_add(1)));
            }
            for &vertex in arc {
                for axis in 0..2 {
                    put_signed(&mut out, i64::from(vertex[axis]) - i64::from(last[axis]));
                }
                last = vertex;
            }
        }
        put(&mut out, self.rings.len() as u64);
        for area in 0..self.rings.len() {
            let polygons = self.rings.polygons(area);
            put(&mut out, polygons.len() as u64);
            for rings in polygons {
                put(&mut out, rings.len() as u64);
                for ring in rings {
                    put(&mut out, ring.len() as u64);
                    for half in ring {
                        put(&mut out, u64::from(half.0));
                    }
                }
            }
        }
        out
    }

    /// Reads a topology back. That its arcs do not cross is not looked into; that every ring is
    /// closed is.
    ///
    /// # Errors
    /// When the bytes are none, or name an arc or an area that is not there.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TopologyError> {
        read(bytes).ok_or(TopologyError)
    }
}

/// A count of things that take at least `size` bytes each of the rest.
fn count(rest: &mut &[u8], size: usize) -> Option<usize> {
    let count = usize::try_from(take(rest)?).ok()?;
    (count <= rest.len() / size).then_some(count)
}

fn read(bytes: &[u8]) -> Option<Topology> {
    let mut rest = bytes.strip_prefix(MAGIC.as_slice())?;
    let rest = &mut rest;
    let arcs = count(rest, 7)?;
    let (mut ends, mut sides) = (Vec::with_capacity(arcs), Vec::with_capacity(arcs));
    let mut vertices = Vec::with_capacity(rest.len() / 5);
    let mut last = [0i32; 2];
    for _ in 0..arcs {
        let length = count(rest, 2)?;
        if length < 2 {
            return None;
        }
        let mut side = || Some(take_u32(rest)?.wrapping_sub(1));
        let pair = [side()?, side()?];
        if pair[0] == pair[1] {
            return None;
        }
        sides.push(pair);
        for _ in 0..length {
            for coordinate in &mut last {
                let moved = i64::from(*coordinate).checked_add(take_signed(rest)?)?;
                let range = -i64::from(MAX_COORDINATE)..=i64::from(MAX_COORDINATE);
                *coordinate = range.contains(&moved).then_some(moved as i32)?;
            }
            vertices.push(last);
        }
        ends.push(u32::try_from(vertices.len()).ok()?);
    }
    let arcs = Arcs::new(vertices, ends);
    let areas = count(rest, 1)?;
    let mut rings = RingsBuilder::default();
    for _ in 0..areas {
        for _ in 0..count(rest, 1)? {
            for _ in 0..count(rest, 1)? {
                let length = count(rest, 1)?;
                let half = |rest: &mut &[u8]| {
                    let half = ArcRef(take_u32(rest)?);
                    (half.arc() < arcs.len()).then_some(half)
                };
                let ring: Vec<ArcRef> = (0..length).map(|_| half(rest)).collect::<Option<_>>()?;
                let [first, .., last] = [*ring.first()?, *ring.last()?];
                let meets = |from: ArcRef, to: ArcRef| arcs.last(from) == arcs.first(to);
                if !ring.windows(2).all(|pair| meets(pair[0], pair[1])) || !meets(last, first) {
                    return None;
                }
                rings.ring(ring);
            }
            rings.end_polygon();
        }
        rings.end_area();
    }
    if sides.iter().flatten().any(|&side| side != NONE && side as usize >= areas) {
        return None;
    }
    let steps = count(rest, 1)?;
    if rest.len() != steps || (steps != 0 && steps != arcs.vertices().len()) {
        return None;
    }
    let (sides, steps) = (sides.into(), (*rest).into());
    Some(Topology { arcs, sides, rings: rings.build(), steps, details: DetailArcs::default() })
}
