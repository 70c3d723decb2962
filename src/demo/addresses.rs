//! Postcodes and house numbers of the fictional country.

use crate::area::{AddressEntry, AddressTable, AddressTableBuilder, AreaCode, Level, Postcode};

use super::{
    chance::{Chance, Stream},
    division::Division,
    mesh::NONE,
    people::{Count, People},
};

/// The first four digits that are given out; each gemeente begins with new ones.
const FIRST: u32 = 1000;
/// The last. A country of more homes than that has room for leaves the rest without address.
const LAST: u32 = 9999;
/// Letter pairs behind four digits, those left out that are never given out.
const PAIRS: u32 = 26 * 26;
const NEVER: [&str; 3] = ["SA", "SD", "SS"];

/// The addresses on each of the divisions. A street has one postcode and lies in one buurt, but for
/// one street in twenty that ends in the next, and now and then a number that stands in both: so a
/// postcode with a number can lie in two buurten, as it can in real tables.
pub(super) fn tables(
    seed: u64,
    people: &People,
    newest: &Division,
    divisions: &[&Division],
) -> Vec<AddressTable> {
    let codes: Vec<Vec<AreaCode>> =
        divisions.iter().map(|division| division.codes(&Level::Buurt)).collect();
    let mut builders = vec![AddressTableBuilder::default(); divisions.len()];
    let mut push = |cell: usize, postcode: Postcode, number: u32| {
        for ((division, codes), builder) in divisions.iter().zip(&codes).zip(&mut builders) {
            let buurt = division.of_cell[cell];
            if buurt != NONE {
                let buurt = codes[buurt as usize].clone();
                builder.push(&AddressEntry { postcode, number: Some(number), buurt });
            }
        }
    };
    // The cells that people live in, gemeente by gemeente.
    let mut cells: Vec<(usize, usize, usize)> = (0..newest.of_cell.len())
        .filter(|&cell| newest.of_cell[cell] != NONE)
        .map(|cell| {
            let buurt = newest.of_cell[cell] as usize;
            (newest.gemeente_of(buurt), buurt, cell)
        })
        .collect();
    cells.sort_unstable();
    let mut postcodes = Postcodes { digits: FIRST, pair: 0, gemeente: None };
    for (at, &(gemeente, buurt, cell)) in cells.iter().enumerate() {
        let mut chance = Chance::new(seed, Stream::Addresses, cell as u64);
        let next = cells.get(at + 1).filter(|next| next.0 == gemeente).map_or(cell, |next| next.2);
        let dwellings = people.newest(buurt).get(Count::Dwellings) * people.part(cell);
        let mut left = dwellings.round() as u32;
        while left > 0 {
            let Some(postcode) = postcodes.next(gemeente) else { break };
            let homes = (12 + chance.below(17) as u32).min(left);
            left -= homes;
            let first = 1 + chance.below(2) as u32 + 2 * chance.below(60) as u32;
            let ends_next_door = chance.unit() < 0.05;
            for home in 0..homes {
                let number = first + 2 * home;
                let next_door = ends_next_door && home >= homes - homes / 3;
                push(if next_door { next } else { cell }, postcode, number);
                if next_door && home + 1 == homes && chance.unit() < 0.1 {
                    push(cell, postcode, number);
                }
            }
        }
    }
    builders.into_iter().map(AddressTableBuilder::build).collect()
}

/// Gives out postcodes in order.
struct Postcodes {
    digits: u32,
    pair: u32,
    gemeente: Option<usize>,
}

impl Postcodes {
    fn next(&mut self, gemeente: usize) -> Option<Postcode> {
        if self.gemeente.is_some_and(|last| last != gemeente) && self.pair > 0 {
            (self.digits, self.pair) = (self.digits + 1, 0);
        }
        self.gemeente = Some(gemeente);
        loop {
            if self.pair == PAIRS {
                (self.digits, self.pair) = (self.digits + 1, 0);
            }
            if self.digits > LAST {
                return None;
            }
            let postcode = Postcode::from_number(self.digits * PAIRS + self.pair)?;
            self.pair += 1;
            let text = postcode.to_string();
            if !NEVER.iter().any(|never| text.ends_with(never)) {
                return Some(postcode);
            }
        }
    }
}
