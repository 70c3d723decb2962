//! A division of the country: cells make buurten, buurten make wijken, wijken make gemeenten.

use crate::area::{AreaCode, Level};

use super::mesh::NONE;

/// What a buurt is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Town,
    Village,
    Rural,
    /// The scattered houses round a village.
    Fringe,
    Industry,
    /// A piece that lies within another gemeente.
    Enclave,
    OpenWater,
    InlandWater,
}

impl Kind {
    pub(super) fn is_water(self) -> bool {
        matches!(self, Self::OpenWater | Self::InlandWater)
    }
}

#[derive(Clone, Debug)]
pub(super) struct Buurt {
    pub(super) wijk: usize,
    pub(super) kind: Kind,
    pub(super) name: String,
    /// The last two characters of its code.
    pub(super) suffix: String,
}

#[derive(Clone, Debug)]
pub(super) struct Wijk {
    pub(super) gemeente: usize,
    pub(super) name: String,
    pub(super) water: bool,
    /// The last two characters of its code.
    pub(super) suffix: String,
}

#[derive(Clone, Debug)]
pub(super) struct Gemeente {
    pub(super) name: String,
    /// The four digits of its code.
    pub(super) number: String,
}

/// All areas of one year.
#[derive(Clone, Debug)]
pub(super) struct Division {
    pub(super) year: u16,
    /// The buurt of each cell; [`NONE`] outside the country.
    pub(super) of_cell: Vec<u32>,
    pub(super) buurten: Vec<Buurt>,
    pub(super) wijken: Vec<Wijk>,
    pub(super) gemeenten: Vec<Gemeente>,
}

impl Division {
    pub(super) fn gemeente_of(&self, buurt: usize) -> usize {
        self.wijken[self.buurten[buurt].wijk].gemeente
    }

    /// How many areas a level has.
    pub(super) fn count(&self, level: &Level) -> usize {
        match level {
            Level::Gemeente => self.gemeenten.len(),
            Level::Wijk => self.wijken.len(),
            _ => self.buurten.len(),
        }
    }

    /// The area of a level that a buurt lies in.
    pub(super) fn at_level(&self, buurt: usize, level: &Level) -> usize {
        match level {
            Level::Gemeente => self.gemeente_of(buurt),
            Level::Wijk => self.buurten[buurt].wijk,
            _ => buurt,
        }
    }

    /// The area of a level that each cell lies in; [`NONE`] outside the country.
    pub(super) fn cells_at(&self, level: &Level) -> Vec<u32> {
        self.of_cell
            .iter()
            .map(
                |&buurt| {
                    if buurt == NONE { NONE } else { self.at_level(buurt as usize, level) as u32 }
                },
            )
            .collect()
    }

    /// The code of each area of a level.
    pub(super) fn codes(&self, level: &Level) -> Vec<AreaCode> {
        let of = |text: String| {
            AreaCode::parse_at(&text, level)
                .expect("four digits and capitals or digits make a code")
        };
        let number = |gemeente: usize| self.gemeenten[gemeente].number.as_str();
        match level {
            Level::Gemeente => {
                self.gemeenten.iter().map(|gemeente| of(format!("GM{}", gemeente.number))).collect()
            }
            Level::Wijk => self
                .wijken
                .iter()
                .map(|wijk| of(format!("WK{}{}", number(wijk.gemeente), wijk.suffix)))
                .collect(),
            _ => self
                .buurten
                .iter()
                .map(|buurt| {
                    let wijk = &self.wijken[buurt.wijk];
                    of(format!("BU{}{}{}", number(wijk.gemeente), wijk.suffix, buurt.suffix))
                })
                .collect(),
        }
    }

    /// The name of an area.
    pub(super) fn name(&self, level: &Level, area: usize) -> &str {
        match level {
            Level::Gemeente => &self.gemeenten[area].name,
            Level::Wijk => &self.wijken[area].name,
            _ => &self.buurten[area].name,
        }
    }

    /// The gemeente that an area lies in.
    pub(super) fn gemeente_at(&self, level: &Level, area: usize) -> usize {
        match level {
            Level::Gemeente => area,
            Level::Wijk => self.wijken[area].gemeente,
            _ => self.gemeente_of(area),
        }
    }

    /// Whether an area is water alone.
    pub(super) fn is_water(&self, level: &Level, area: usize) -> bool {
        match level {
            Level::Gemeente => false,
            Level::Wijk => self.wijken[area].water,
            _ => self.buurten[area].kind.is_water(),
        }
    }

    /// The cells of each buurt.
    pub(super) fn members(&self) -> Vec<Vec<usize>> {
        let mut members = vec![Vec::new(); self.buurten.len()];
        for (cell, &buurt) in self.of_cell.iter().enumerate() {
            if buurt != NONE {
                members[buurt as usize].push(cell);
            }
        }
        members
    }

    /// Numbers the wijken of the chosen gemeenten and the buurten within them, in the order in
    /// which they stand; with letters as Amsterdam has them, and then the last wijk is `NA`.
    pub(super) fn number(
        &mut self,
        chosen: impl Fn(usize) -> bool,
        letters: impl Fn(usize) -> bool,
    ) {
        let mut own = vec![Vec::new(); self.gemeenten.len()];
        for (wijk, record) in self.wijken.iter().enumerate() {
            if !record.water && chosen(record.gemeente) {
                own[record.gemeente].push(wijk);
            }
        }
        for (gemeente, own) in own.iter().enumerate() {
            for (place, &wijk) in own.iter().enumerate() {
                self.wijken[wijk].suffix = match place {
                    _ if letters(gemeente) && place + 1 == own.len() => "NA".to_owned(),
                    _ if letters(gemeente) => lettered(place),
                    0..=98 => format!("{place:02}"),
                    _ => lettered(place - 99),
                };
            }
        }
        let mut next = vec![0_usize; self.wijken.len()];
        for buurt in &mut self.buurten {
            let gemeente = self.wijken[buurt.wijk].gemeente;
            if chosen(gemeente) && !buurt.kind.is_water() {
                let place = next[buurt.wijk] + usize::from(letters(gemeente));
                next[buurt.wijk] += 1;
                buurt.suffix = format!("{:02}", place.min(96));
            }
        }
    }
}

/// Two letters that are not `NA`: `AA` to `AF`, `BA`, …, six to a part of town.
fn lettered(place: usize) -> String {
    let letter = |n: usize| char::from(b'A' + (n % 26) as u8);
    // N stands apart: its first would be `NA`.
    let part = place / 6;
    let part = if part >= 13 { part + 1 } else { part };
    if part < 26 {
        [letter(part), letter(place % 6)].iter().collect()
    } else {
        // Far more wijken than any gemeente has: a letter and a digit.
        let rest = place - 25 * 6;
        [letter(rest / 10), char::from(b'0' + (rest % 10) as u8)].iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_never_repeat_and_leave_na_alone() {
        let all: std::collections::BTreeSet<_> = (0..300).map(lettered).collect();
        assert_eq!(all.len(), 300);
        assert!(!all.contains("NA"));
    }
}
