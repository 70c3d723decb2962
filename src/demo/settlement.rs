//! The oldest division: who gets which land, and how it falls into wijken and buurten.

mod buurten;
mod naming;

use std::collections::BTreeSet;

use super::{
    chance::{Chance, Stream},
    division::{Buurt, Division, Gemeente, Kind, Wijk},
    growth::{grow, spread},
    landscape::{Ground, Landscape},
    mesh::{Mesh, NONE},
};

/// How far the country's waters reach from its land, in metres where it has its full size.
const WATERS: f64 = 3_600.0;

/// A part of a gemeente that is of one kind, before it falls into buurten.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Tract {
    gemeente: u32,
    kind: Kind,
    /// Which of its kind: the town or village, or a running number.
    which: usize,
}

struct Settlement<'a> {
    seed: u64,
    land: &'a Landscape,
    mesh: &'a Mesh,
    gemeente: Vec<u32>,
    tract: Vec<Option<Tract>>,
}

/// Divides the land, in the year of the oldest division.
pub(super) fn settle(
    seed: u64,
    land: &Landscape,
    mesh: &Mesh,
    gemeenten: usize,
    year: u16,
) -> Division {
    let ground: Vec<Ground> = mesh.sites.iter().map(|&site| land.ground(site)).collect();
    let mut settlement = Settlement {
        seed,
        land,
        mesh,
        gemeente: share_out(seed, land, mesh, &ground, gemeenten),
        tract: Vec::new(),
    };
    settlement.lay_tracts(&ground);
    let mut cells = vec![Vec::new(); gemeenten];
    for (cell, &gemeente) in settlement.gemeente.iter().enumerate() {
        if gemeente != NONE {
            cells[gemeente as usize].push(cell);
        }
    }
    for (gemeente, cells) in cells.iter().enumerate() {
        settlement.zone(gemeente, cells);
    }
    settlement.plant_enclaves(gemeenten);
    let (of_cell, tracts) = settlement.buurten();
    settlement.divide(of_cell, &tracts, gemeenten, year)
}

/// The cell that each gemeente grows from: the middle of its main town, or land near it where
/// water has taken that.
fn hearts(land: &Landscape, mesh: &Mesh, ground: &[Ground], gemeenten: usize) -> Vec<(usize, u32)> {
    let mut best: Vec<Option<(f64, usize)>> = vec![None; gemeenten];
    for (cell, &ground) in ground.iter().enumerate() {
        let Ground::Town(town) = ground else { continue };
        let home = &land.towns[town];
        let reach = land.reach(town, mesh.sites[cell]);
        let slot = &mut best[home.gemeente];
        if home.main && slot.is_none_or(|(so_far, _)| reach < so_far) {
            *slot = Some((reach, cell));
        }
    }
    let mut taken: BTreeSet<usize> = best.iter().flatten().map(|&(_, cell)| cell).collect();
    let mut seeds = Vec::with_capacity(gemeenten);
    for (gemeente, best) in best.into_iter().enumerate() {
        let cell = best.map(|(_, cell)| cell).or_else(|| {
            let [x, y] = land.towns[land.main_town(gemeente)].at;
            let off = |cell: usize| {
                let [u, v] = mesh.sites[cell];
                (x - u) * (x - u) + (y - v) * (y - v)
            };
            (0..ground.len())
                .filter(|&cell| ground[cell] == Ground::Rural && !taken.contains(&cell))
                .min_by(|&a, &b| off(a).total_cmp(&off(b)))
        });
        if let Some(cell) = cell {
            taken.insert(cell);
            seeds.push((cell, gemeente as u32));
        }
    }
    seeds
}

/// The gemeente of each cell; [`NONE`] on the high seas.
fn share_out(
    seed: u64,
    land: &Landscape,
    mesh: &Mesh,
    ground: &[Ground],
    gemeenten: usize,
) -> Vec<u32> {
    let water = |cell: usize| ground[cell] == Ground::Water;
    let step = |from: usize, to: usize| mesh.distance(from, to).max(1.0);
    let shores = (0..ground.len()).filter(|&cell| !water(cell)).map(|cell| (cell, 0));
    let (_, offshore) = grow(ground.len(), shores, |cell, _, visit| {
        mesh.neighbours(cell).for_each(|next| visit(next, step(cell, next)));
    });
    let seeds = hearts(land, mesh, ground, gemeenten);
    let (mut owners, _) = grow(ground.len(), seeds, |cell, owner, visit| {
        for next in mesh.neighbours(cell) {
            let mut chance =
                Chance::new(seed, Stream::Growth, (next as u64) << 20 | u64::from(owner));
            let hindrance = match ground[next] {
                Ground::Water => 3.0,
                Ground::Town(town) if land.towns[town].gemeente != owner as usize => 5.0,
                Ground::Town(_) => 0.4,
                Ground::Rural => chance.between(0.8, 1.4),
            };
            visit(next, step(cell, next) * hindrance);
        }
    });
    // Water that no way leads to from the rim is a lake: it belongs to the country, however wide.
    let rim = (0..ground.len()).filter(|&cell| mesh.is_rim(cell)).map(|cell| (cell, 0));
    let (sea, _) = grow(ground.len(), rim, |cell, _, visit| {
        mesh.neighbours(cell).filter(|&next| water(next)).for_each(|next| visit(next, 1.0));
    });
    for cell in 0..ground.len() {
        let far = offshore[cell] > WATERS * land.scale;
        if water(cell) && ((sea[cell] == 0 && far) || mesh.is_rim(cell)) {
            owners[cell] = NONE;
        }
    }
    owners
}

impl Settlement<'_> {
    fn chance(&self, index: usize) -> Chance {
        Chance::new(self.seed, Stream::Kinds, index as u64)
    }

    fn lay_tracts(&mut self, ground: &[Ground]) {
        let mesh = self.mesh;
        let rim =
            (0..ground.len()).filter(|&cell| self.gemeente[cell] == NONE).map(|cell| (cell, 0));
        let (sea, _) = grow(ground.len(), rim, |cell, _, visit| {
            let wet = |&next: &usize| ground[next] == Ground::Water;
            mesh.neighbours(cell).filter(wet).for_each(|next| visit(next, 1.0));
        });
        self.tract = (0..ground.len())
            .map(|cell| {
                let gemeente = self.gemeente[cell];
                let (kind, which) = match ground[cell] {
                    Ground::Water if sea[cell] == 0 => (Kind::OpenWater, 0),
                    Ground::Water => (Kind::InlandWater, 0),
                    Ground::Rural => (Kind::Rural, 0),
                    // A town that spills over the border is no town of the neighbour's.
                    Ground::Town(town) => {
                        let home = self.land.towns.get(town)?;
                        let kind = if home.main { Kind::Town } else { Kind::Village };
                        (kind, town)
                    }
                };
                (gemeente != NONE).then_some(Tract { gemeente, kind, which })
            })
            .collect();
    }

    /// Marks out the industrial estates at the edge of town, and the scattered houses that lie
    /// as a ring round some villages.
    fn zone(&mut self, gemeente: usize, cells: &[usize]) {
        let mesh = self.mesh;
        let own = gemeente as u32;
        let is = |tract: Option<Tract>, kind: Kind| {
            tract.is_some_and(|tract| tract.gemeente == own && tract.kind == kind)
        };
        let town = cells.iter().filter(|&&cell| is(self.tract[cell], Kind::Town)).count();
        let mut edge: Vec<usize> = cells
            .iter()
            .copied()
            .filter(|&cell| {
                is(self.tract[cell], Kind::Rural)
                    && mesh.neighbours(cell).any(|next| is(self.tract[next], Kind::Town))
            })
            .collect();
        self.chance(gemeente).shuffle(&mut edge);
        for (number, &start) in edge.iter().take(1 + town / 110).enumerate() {
            let mut beside: Vec<usize> =
                mesh.neighbours(start).filter(|&next| is(self.tract[next], Kind::Rural)).collect();
            beside.sort_by(|&a, &b| mesh.areas[a].total_cmp(&mesh.areas[b]));
            for cell in beside.into_iter().take(1).chain([start]) {
                self.tract[cell] =
                    Some(Tract { gemeente: own, kind: Kind::Industry, which: number });
            }
        }
        for town in self.land.villages(gemeente) {
            let village: Vec<usize> = cells
                .iter()
                .copied()
                .filter(|&cell| {
                    self.tract[cell].is_some_and(|t| t.kind == Kind::Village && t.which == town)
                })
                .collect();
            let ring: Vec<usize> = village
                .iter()
                .flat_map(|&cell| mesh.neighbours(cell))
                .filter(|next| !village.contains(next))
                .collect();
            if (1..=9).contains(&village.len())
                && ring.iter().all(|&cell| is(self.tract[cell], Kind::Rural))
            {
                for cell in ring {
                    self.tract[cell] =
                        Some(Tract { gemeente: own, kind: Kind::Fringe, which: town });
                }
            }
        }
    }

    /// Gives some gemeenten a piece of land within a neighbour's, with a piece of the neighbour's
    /// within it, as at Baarle.
    fn plant_enclaves(&mut self, gemeenten: usize) {
        let mesh = self.mesh;
        let mut wanted = usize::from(gemeenten > 1) + gemeenten / 60;
        let mut order: Vec<usize> = (0..self.gemeente.len()).collect();
        Chance::new(self.seed, Stream::Kinds, u64::MAX).shuffle(&mut order);
        for heart in order {
            if wanted == 0 {
                return;
            }
            let near: Vec<usize> = mesh.neighbours(heart).collect();
            let wide: Vec<usize> = near.iter().flat_map(|&cell| mesh.neighbours(cell)).collect();
            let rural = |&cell: &usize| {
                self.tract[cell].is_some_and(|t| t.kind == Kind::Rural)
                    && self.gemeente[cell] == self.gemeente[heart]
            };
            if !near.iter().chain(&wide).all(rural) {
                continue;
            }
            let other = wide
                .iter()
                .flat_map(|&cell| mesh.neighbours(cell))
                .map(|cell| self.gemeente[cell])
                .find(|&gemeente| gemeente != NONE && gemeente != self.gemeente[heart]);
            if let Some(other) = other {
                for cell in near {
                    self.gemeente[cell] = other;
                    self.tract[cell] =
                        Some(Tract { gemeente: other, kind: Kind::Enclave, which: heart });
                }
                let home = self.gemeente[heart];
                self.tract[heart] =
                    Some(Tract { gemeente: home, kind: Kind::Enclave, which: heart });
                wanted -= 1;
            }
        }
    }

    /// Gathers buurten into wijken and gives everything its name and number.
    fn divide(&self, of_cell: Vec<u32>, tracts: &[Tract], gemeenten: usize, year: u16) -> Division {
        let mesh = self.mesh;
        let mut beside = vec![Vec::new(); tracts.len()];
        for edge in 0..mesh.half_edges() {
            let (a, b) = (of_cell[mesh.from(edge)], of_cell[mesh.to(edge)]);
            if a != b && a != NONE && b != NONE {
                beside[a as usize].push(b as usize);
            }
        }
        for list in &mut beside {
            list.sort_unstable();
            list.dedup();
        }
        let water = |buurt: usize| tracts[buurt].kind.is_water();
        let together =
            |a: usize, b: usize| tracts[a].gemeente == tracts[b].gemeente && !water(a) && !water(b);
        let ways = |buurt: usize, visit: &mut dyn FnMut(usize)| {
            beside[buurt].iter().copied().filter(|&next| together(buurt, next)).for_each(visit);
        };
        let mut chance = Chance::new(self.seed, Stream::Kinds, u64::MAX - 1);
        let dry: Vec<usize> = (0..tracts.len()).filter(|&buurt| !water(buurt)).collect();
        let seeds = spread(dry, &mut chance, 0.15, &mut vec![false; tracts.len()], ways);
        let count = seeds.len();
        let numbered = seeds.into_iter().enumerate().map(|(wijk, buurt)| (buurt, wijk as u32));
        let (mut wijk_of, _) = grow(tracts.len(), numbered, |buurt, _, visit| {
            ways(buurt, &mut |next| {
                let kin = tracts[buurt].kind == tracts[next].kind
                    || tracts[next].kind == Kind::Fringe
                    || tracts[buurt].kind == Kind::Fringe;
                visit(next, if kin { 1.0 } else { 1.8 });
            });
        });
        let mut wijken: Vec<Wijk> = (0..count)
            .map(|_| Wijk { gemeente: 0, name: String::new(), water: false, suffix: String::new() })
            .collect();
        let mut groot_water = vec![None; gemeenten];
        for (buurt, tract) in tracts.iter().enumerate() {
            let gemeente = tract.gemeente as usize;
            if water(buurt) {
                let wijk = *groot_water[gemeente].get_or_insert_with(|| {
                    wijken.push(Wijk {
                        gemeente,
                        name: String::new(),
                        water: true,
                        suffix: "99".to_owned(),
                    });
                    wijken.len() - 1
                });
                wijk_of[buurt] = wijk as u32;
            }
            wijken[wijk_of[buurt] as usize].gemeente = gemeente;
        }
        let buurten = tracts
            .iter()
            .zip(&wijk_of)
            .map(|(tract, &wijk)| {
                let suffix = match tract.kind {
                    Kind::OpenWater => "98",
                    Kind::InlandWater => "97",
                    _ => "",
                };
                Buurt {
                    wijk: wijk as usize,
                    kind: tract.kind,
                    name: String::new(),
                    suffix: suffix.to_owned(),
                }
            })
            .collect();
        let gemeenten = (0..gemeenten)
            .map(|gemeente| Gemeente { name: String::new(), number: number(gemeente) })
            .collect();
        let mut division = Division { year, of_cell, buurten, wijken, gemeenten };
        self.name(&mut division, tracts);
        division.number(|_| true, |_| false);
        division
    }
}

/// The four digits of a gemeente's code: from 9001 up to 9998, then from 2500; no real gemeente
/// has them, and 9999 is abroad.
pub(super) fn number(gemeente: usize) -> String {
    let code = if gemeente < 998 { 9001 + gemeente } else { 2500 + gemeente - 998 };
    format!("{code:04}")
}
