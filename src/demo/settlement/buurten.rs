//! How tracts fall into buurten.

use std::collections::BTreeMap;

use crate::demo::{
    chance::{Chance, Stream},
    division::Kind,
    growth::{components, grow, spread},
    mesh::NONE,
};

use super::{Settlement, Tract};

impl Settlement<'_> {
    /// Lets the tracts fall into buurten; yields the buurt of each cell and the tract of each.
    pub(super) fn buurten(&self) -> (Vec<u32>, Vec<Tract>) {
        let mesh = self.mesh;
        let cells = self.tract.len();
        let same = |a: usize, b: usize| self.tract[a].is_some() && self.tract[a] == self.tract[b];
        // These stay whole, also where they consist of several parts.
        let mut whole = BTreeMap::<Tract, Vec<usize>>::new();
        let mut free = Vec::new();
        for (cell, tract) in self.tract.iter().enumerate() {
            let Some(tract) = tract else { continue };
            whole.entry(*tract).or_default().push(cell);
        }
        whole.retain(|tract, members| {
            let splits = matches!(tract.kind, Kind::Town | Kind::Rural)
                || (tract.kind == Kind::Village && members.len() > 9);
            if splits {
                free.append(members);
            }
            !splits
        });
        let mut blocked = vec![false; cells];
        let mut chance = Chance::new(self.seed, Stream::Growth, u64::MAX);
        let chosen = spread(free, &mut chance, 0.7, &mut blocked, |cell, visit| {
            mesh.neighbours(cell).filter(|&next| same(cell, next)).for_each(visit);
        });
        let mut tracts: Vec<Tract> = Vec::new();
        let mut seeds = Vec::new();
        for (tract, members) in &whole {
            seeds.extend(members.iter().map(|&cell| (cell, tracts.len() as u32)));
            tracts.push(*tract);
        }
        for cell in chosen {
            if let Some(tract) = self.tract[cell] {
                seeds.push((cell, tracts.len() as u32));
                tracts.push(tract);
            }
        }
        let (mut of_cell, _) = grow(cells, seeds, |cell, owner, visit| {
            for next in mesh.neighbours(cell).filter(|&next| same(cell, next)) {
                let mut chance =
                    Chance::new(self.seed, Stream::Growth, (next as u64) << 24 | u64::from(owner));
                visit(next, mesh.distance(cell, next) * chance.between(0.7, 1.5));
            }
        });
        self.join_slivers(&mut of_cell, &mut tracts);
        (of_cell, tracts)
    }

    /// Joins buurten of a single cell to a neighbour; an islet joins the nearest land of its
    /// gemeente, which then has several parts.
    fn join_slivers(&self, of_cell: &mut [u32], tracts: &mut Vec<Tract>) {
        let mesh = self.mesh;
        let mut sizes = vec![0_usize; tracts.len()];
        for &buurt in of_cell.iter().filter(|&&buurt| buurt != NONE) {
            sizes[buurt as usize] += 1;
        }
        let dry = |cell: usize| self.tract[cell].is_some_and(|tract| !tract.kind.is_water());
        let (part_of, parts) = components(of_cell.len(), dry, |cell, visit| {
            mesh.neighbours(cell).filter(|&next| dry(next)).for_each(visit);
        });
        let mut part_sizes = vec![0_usize; parts as usize];
        for &part in part_of.iter().filter(|&&part| part != NONE) {
            part_sizes[part as usize] += 1;
        }
        for cell in 0..of_cell.len() {
            let buurt = of_cell[cell];
            let Some(tract) = self.tract[cell] else { continue };
            if !matches!(tract.kind, Kind::Town | Kind::Rural) {
                continue;
            }
            let islet = part_sizes[part_of[cell] as usize] <= 3;
            if !islet && sizes[buurt as usize] > 1 {
                continue;
            }
            let kin = |other: usize| {
                of_cell[other] != buurt
                    && self.tract[other].is_some_and(|t| {
                        t.gemeente == tract.gemeente && matches!(t.kind, Kind::Town | Kind::Rural)
                    })
            };
            let beside = mesh.neighbours(cell).filter(|&next| kin(next)).min_by_key(|&next| {
                let other_kind = self.tract[next].map(|t| t.kind) != Some(tract.kind);
                (other_kind, sizes[of_cell[next] as usize])
            });
            let target = beside.or_else(|| {
                (0..of_cell.len())
                    .filter(|&other| kin(other) && part_sizes[part_of[other] as usize] > 3)
                    .min_by(|&a, &b| mesh.distance(cell, a).total_cmp(&mesh.distance(cell, b)))
            });
            if let Some(target) = target {
                sizes[buurt as usize] -= 1;
                of_cell[cell] = of_cell[target];
                sizes[of_cell[target] as usize] += 1;
            }
        }
        let mut renumbered = vec![NONE; tracts.len()];
        let mut kept = Vec::new();
        for (buurt, &size) in sizes.iter().enumerate() {
            if size > 0 {
                renumbered[buurt] = kept.len() as u32;
                kept.push(tracts[buurt]);
            }
        }
        for buurt in of_cell.iter_mut().filter(|buurt| **buurt != NONE) {
            *buurt = renumbered[*buurt as usize];
        }
        *tracts = kept;
    }
}
