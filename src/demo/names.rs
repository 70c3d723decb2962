//! Invented names: Dutch by their sound, of no real gemeente.

use std::collections::BTreeSet;

use super::chance::{Chance, Stream};

const BEGINNINGS: [&str; 40] = [
    "Schemer",
    "Nevel",
    "Tuimel",
    "Dwaal",
    "Wolken",
    "Sluimer",
    "Krekel",
    "Reuzen",
    "Zwaluw",
    "Dassen",
    "Kikker",
    "Lijster",
    "Reiger",
    "Vlinder",
    "Hommel",
    "Libel",
    "Salamander",
    "Zilver",
    "Morgen",
    "Avond",
    "Winter",
    "Zomer",
    "Kwartel",
    "Wulpen",
    "Fluister",
    "Knikker",
    "Vonder",
    "Trekker",
    "Kabouter",
    "Wimpel",
    "Bramen",
    "Kers",
    "Kweper",
    "Mispel",
    "Vlier",
    "Meidoorn",
    "Wikke",
    "Klaver",
    "Distel",
    "Varen",
];
const ENDINGS: [&str; 22] = [
    "dam", "drecht", "lo", "mare", "veen", "burg", "wolde", "huizen", "kerke", "berg", "zijl",
    "oord", "hoven", "waarde", "hem", "stede", "voort", "schoten", "gouwe", "muiden", "woude",
    "terp",
];
const BEFORE: [&str; 7] = ["", "Oud-", "Nieuw-", "Klein-", "Groot-", "Over-", "Sint-"];

/// Buurten of a town; such names recur all over the country, as they do in reality.
const TOWN: [&str; 54] = [
    "Stationsbuurt",
    "Molenwijk",
    "Vogelbuurt",
    "Bloemenbuurt",
    "Schildersbuurt",
    "Oranjebuurt",
    "Zeeheldenbuurt",
    "Rivierenbuurt",
    "Componistenbuurt",
    "Bomenbuurt",
    "Dichtersbuurt",
    "Staatsliedenbuurt",
    "Kruidenbuurt",
    "Sterrenbuurt",
    "Havenkwartier",
    "Oude Stad",
    "Binnenstad",
    "Vestingwal",
    "Spoorzicht",
    "Parkwijk",
    "Hoge Akkers",
    "Lage Akkers",
    "De Hoven",
    "De Gaarde",
    "De Weide",
    "De Kamp",
    "De Werven",
    "De Burcht",
    "Kerkbuurt",
    "Tuindorp",
    "Nieuwland",
    "Groenewoud",
    "Waterrijk",
    "Zonnehoek",
    "Het Zand",
    "De Meent",
    "De Brink",
    "Boerhaavebuurt",
    "Edelstenenbuurt",
    "Muziekbuurt",
    "Planetenbuurt",
    "Vlinderbuurt",
    "Ambachtsbuurt",
    "Fabriekskwartier",
    "Lindebuurt",
    "Kastanjebuurt",
    "De Schans",
    "De Bongerd",
    "Vijverhof",
    "Rozenhof",
    "Zuidrand",
    "Noordrand",
    "Westeinde",
    "Oosteinde",
];
const PARTS: [&str; 6] = ["Noord", "Zuid", "Oost", "West", "Midden", "Hoog"];
/// Buurten of the countryside that recur, and what others end in.
const RURAL: [&str; 12] = [
    "Noorderpolder",
    "Zuiderpolder",
    "Oosterpolder",
    "Westerpolder",
    "Buitengebied Noord",
    "Buitengebied Zuid",
    "Buitengebied Oost",
    "Buitengebied West",
    "De Hei",
    "Het Broek",
    "De Uiterwaarden",
    "Achterdijk",
];
const FIELDS: [&str; 10] =
    ["polder", "broek", "hei", "bos", "maten", "landen", "dijk", "veld", "kamp", "hoek"];
const INDUSTRY: [&str; 10] = [
    "De Zwenk",
    "Laagwater",
    "De Kade",
    "Hoge Bocht",
    "De Stuw",
    "De Krommert",
    "Zandvang",
    "De Sluis",
    "Windas",
    "De Loods",
];
const WIJKEN: [&str; 12] = [
    "Noord",
    "Zuid",
    "Oost",
    "West",
    "Noordoost",
    "Zuidwest",
    "Noordwest",
    "Zuidoost",
    "Midden",
    "Overdiep",
    "Nieuwe Landen",
    "De Linie",
];

/// Names of gemeenten and villages, each given once as long as they last.
pub(super) struct Names {
    order: Vec<usize>,
    next: usize,
}

impl Names {
    pub(super) fn new(seed: u64) -> Self {
        let mut order: Vec<usize> = (0..BEGINNINGS.len() * ENDINGS.len()).collect();
        Chance::new(seed, Stream::Names, 0).shuffle(&mut order);
        Self { order, next: 0 }
    }

    /// The next name; after the plain ones those with a word before them, then with a number.
    pub(super) fn place(&mut self) -> String {
        let (round, pick) =
            (self.next / self.order.len(), self.order[self.next % self.order.len()]);
        self.next += 1;
        let name = format!("{}{}", BEGINNINGS[pick / ENDINGS.len()], ENDINGS[pick % ENDINGS.len()]);
        match BEFORE.get(round) {
            Some(&"") => name,
            Some(before) => format!("{before}{name}"),
            None => format!("{name} {}", round + 1),
        }
    }
}

/// Names within one gemeente, each given once.
pub(super) struct Local {
    town: Vec<&'static str>,
    rural: Vec<&'static str>,
    industry: Vec<&'static str>,
    wijken: Vec<&'static str>,
    taken: BTreeSet<String>,
    chance: Chance,
}

impl Local {
    pub(super) fn new(seed: u64, gemeente: usize) -> Self {
        let mut chance = Chance::new(seed, Stream::Names, 1 + gemeente as u64);
        let mut shuffled = |names: &[&'static str]| {
            let mut names = names.to_vec();
            chance.shuffle(&mut names);
            names
        };
        Self {
            town: shuffled(&TOWN),
            rural: shuffled(&RURAL),
            industry: shuffled(&INDUSTRY),
            wijken: shuffled(&WIJKEN),
            taken: BTreeSet::new(),
            chance: Chance::new(seed, Stream::Names, (1 << 32) + gemeente as u64),
        }
    }

    /// The name itself where it is free, else with a part of the compass, else with a number.
    pub(super) fn free(&mut self, name: &str) -> String {
        let with_part = PARTS.iter().map(|part| format!("{name} {part}"));
        let numbered = (2..).map(|number| format!("{name} {number}"));
        let name = std::iter::once(name.to_owned())
            .chain(with_part)
            .chain(numbered)
            .find(|candidate| !self.taken.contains(candidate))
            .unwrap_or_default();
        self.taken.insert(name.clone());
        name
    }

    fn next(&mut self, list: fn(&mut Self) -> &mut Vec<&'static str>) -> String {
        let list = list(self);
        list.rotate_left(1);
        let name = list[list.len() - 1];
        self.free(name)
    }

    pub(super) fn town(&mut self) -> String {
        self.next(|names| &mut names.town)
    }
    pub(super) fn rural(&mut self) -> String {
        if self.chance.unit() < 0.3 {
            return self.next(|names| &mut names.rural);
        }
        let beginning = BEGINNINGS[self.chance.below(BEGINNINGS.len())];
        let name = format!("{beginning}{}", FIELDS[self.chance.below(FIELDS.len())]);
        self.free(&name)
    }
    pub(super) fn industry(&mut self) -> String {
        let name = format!("Bedrijventerrein {}", self.industry[0]);
        self.industry.rotate_left(1);
        self.free(&name)
    }
    pub(super) fn wijk(&mut self) -> String {
        self.next(|names| &mut names.wijken)
    }
}
