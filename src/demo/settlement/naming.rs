//! What the gemeenten, wijken and buurten of the oldest division are called.

use crate::demo::{
    division::{Division, Kind},
    names::{Local, Names},
};

use super::{Settlement, Tract};

impl Settlement<'_> {
    /// Gives every gemeente, wijk and buurt its name.
    pub(super) fn name(&self, division: &mut Division, tracts: &[Tract]) {
        let mut names = Names::new(self.seed);
        for gemeente in &mut division.gemeenten {
            gemeente.name = names.place();
        }
        let towns: Vec<String> = (0..self.land.towns.len())
            .map(|town| {
                let place = &self.land.towns[town];
                if place.main {
                    division.gemeenten[place.gemeente].name.clone()
                } else {
                    names.place()
                }
            })
            .collect();
        // The buurt that lies in the middle of each main town.
        let mut middle: Vec<Option<(f64, u32)>> = vec![None; division.gemeenten.len()];
        for (cell, tract) in self.tract.iter().enumerate() {
            let Some(Tract { gemeente, kind: Kind::Town, which }) = tract else { continue };
            let reach = self.land.reach(*which, self.mesh.sites[cell]);
            let best = &mut middle[*gemeente as usize];
            if best.is_none_or(|(so_far, _)| reach < so_far) {
                *best = Some((reach, division.of_cell[cell]));
            }
        }
        let mut local: Vec<Local> =
            (0..division.gemeenten.len()).map(|gemeente| Local::new(self.seed, gemeente)).collect();
        let mut wijk_names = vec![(9_u8, String::new()); division.wijken.len()];
        for (buurt, tract) in tracts.iter().enumerate() {
            let gemeente = tract.gemeente as usize;
            let own = &mut local[gemeente];
            let place = towns.get(tract.which).map_or("", String::as_str);
            let centre = middle[gemeente].is_some_and(|(_, middle)| middle as usize == buurt);
            let name = match tract.kind {
                _ if centre => own.free("Centrum"),
                Kind::Town => own.town(),
                Kind::Village => own.free(place),
                Kind::Rural => own.rural(),
                Kind::Fringe => own.free(&format!("Verspreide huizen {place}")),
                Kind::Industry => own.industry(),
                Kind::Enclave => own.free("Het Inslag"),
                Kind::OpenWater => format!("Open water {}", division.gemeenten[gemeente].name),
                Kind::InlandWater => format!("Meer van {}", division.gemeenten[gemeente].name),
            };
            // A wijk is called after the most telling of its buurten.
            let rank = match tract.kind {
                _ if centre => 0,
                Kind::Village => 1,
                Kind::Town => 2,
                Kind::OpenWater | Kind::InlandWater => 0,
                Kind::Enclave => 3,
                _ => 4,
            };
            let slot = &mut wijk_names[division.buurten[buurt].wijk];
            if rank < slot.0 {
                let called = match tract.kind {
                    kind if kind.is_water() => {
                        format!("Groot water {}", division.gemeenten[gemeente].name)
                    }
                    Kind::Town if !centre => String::new(),
                    Kind::Rural | Kind::Industry | Kind::Fringe => "Buitengebied".to_owned(),
                    _ => name.clone(),
                };
                *slot = (rank, called);
            }
            division.buurten[buurt].name = name;
        }
        let mut outlying = vec![0_usize; division.gemeenten.len()];
        for (wijk, (_, name)) in division.wijken.iter_mut().zip(wijk_names) {
            wijk.name = match name.as_str() {
                "" => local[wijk.gemeente].wijk(),
                "Buitengebied" => {
                    outlying[wijk.gemeente] += 1;
                    match outlying[wijk.gemeente] {
                        1 => name,
                        number => format!("{name} {number}"),
                    }
                }
                _ => name,
            };
        }
    }
}
