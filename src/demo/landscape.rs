//! Where there is land, water, town and village, before anything is divided.

use super::chance::{Chance, Noise, Stream};

/// Land that a gemeente has where there is room, in square metres.
const GEMEENTE_AREA: f64 = 100e6;
/// The spacing of nodes that goes with it.
const FULL_SPACING: f64 = 10_746.0;
/// The country lies in this box, in RD metres: west, south, east, north.
pub(super) const BOX: [f64; 4] = [20_000.0, 320_000.0, 280_000.0, 620_000.0];

/// A town or village: where people live close together.
#[derive(Clone, Debug)]
pub(super) struct Town {
    pub(super) gemeente: usize,
    pub(super) at: [f64; 2],
    pub(super) radius: f64,
    /// The main town of its gemeente.
    pub(super) main: bool,
}

/// What lies at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    Water,
    Rural,
    /// Built up; the number of the town.
    Town(usize),
}

/// An elongated island off the coast.
struct Island {
    at: [f64; 2],
    /// A unit vector along it.
    along: [f64; 2],
    length: f64,
    width: f64,
}

/// The lie of the land, as functions of a point.
pub(super) struct Landscape {
    seed: u64,
    /// Metres between neighbouring gemeenten.
    pub(super) spacing: f64,
    /// 1 where gemeenten have their full size, less where the box is crowded.
    pub(super) scale: f64,
    columns: i64,
    rows: i64,
    /// For each node of the lattice the gemeente that it is the heart of.
    heart_of: Vec<Option<usize>>,
    pub(super) towns: Vec<Town>,
    /// For each gemeente the first of its towns, which is the main one; one more at the end.
    first_town: Vec<usize>,
    lakes: Vec<([f64; 2], f64)>,
    islands: Vec<Island>,
}

impl Landscape {
    /// A country of so many gemeenten.
    pub(super) fn new(seed: u64, gemeenten: usize) -> Self {
        let [west, south, east, north] = BOX;
        let room = 0.42 * (east - west) * (north - south) / gemeenten as f64;
        let scale = (room / GEMEENTE_AREA).sqrt().min(1.0);
        let spacing = FULL_SPACING * scale;
        let mut land = Self {
            seed,
            spacing,
            scale,
            columns: ((east - west) / spacing) as i64,
            rows: ((north - south) / (spacing * 0.866)) as i64,
            heart_of: Vec::new(),
            towns: Vec::new(),
            first_town: Vec::new(),
            lakes: Vec::new(),
            islands: Vec::new(),
        };
        let hearts = land.choose_hearts(gemeenten);
        land.settle(&hearts);
        land.flood(&hearts);
        land
    }

    /// The lattice node in a column and row: a hexagonal lattice, jittered.
    fn node(&self, column: i64, row: i64) -> [f64; 2] {
        let index = (row * 100_003 + column) as u64;
        let mut chance = Chance::new(self.seed, Stream::Nodes, index);
        let shift = if row.rem_euclid(2) == 1 { 0.75 } else { 0.25 };
        [
            BOX[0] + (column as f64 + shift + chance.between(-0.28, 0.28)) * self.spacing,
            BOX[1] + (row as f64 + 0.5 + chance.between(-0.3, 0.3)) * self.spacing * 0.866,
        ]
    }

    fn index(&self, column: i64, row: i64) -> Option<usize> {
        let inside = (0..self.columns).contains(&column) && (0..self.rows).contains(&row);
        inside.then_some((row * self.columns + column) as usize)
    }

    /// Takes the nodes nearest to the middle, by a measure that noise bends into a coast.
    fn choose_hearts(&mut self, gemeenten: usize) -> Vec<(i64, i64)> {
        let middle = [f64::midpoint(BOX[0], BOX[2]), f64::midpoint(BOX[1], BOX[3])];
        let reach = self.spacing * (gemeenten as f64 / 3.6).sqrt();
        let noise = Noise::new(self.seed, 1);
        // A rim of the lattice stays sea, so that land and its waters lie within the box.
        let rim = 1;
        let mut ranked: Vec<(f64, i64, i64)> = Vec::new();
        for row in rim..self.rows - rim {
            for column in rim..self.columns - rim {
                let [x, y] = self.node(column, row);
                let (dx, dy) = ((x - middle[0]) * 1.15, y - middle[1]);
                let bend = 1.0 + 0.42 * noise.fractal([x, y], reach * 0.9, 2);
                ranked.push(((dx * dx + dy * dy).sqrt() * bend.max(0.2), column, row));
            }
        }
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        ranked.truncate(gemeenten);
        self.heart_of = vec![None; (self.columns * self.rows) as usize];
        let hearts: Vec<_> = ranked.into_iter().map(|(_, column, row)| (column, row)).collect();
        for (gemeente, &(column, row)) in hearts.iter().enumerate() {
            if let Some(index) = self.index(column, row) {
                self.heart_of[index] = Some(gemeente);
            }
        }
        hearts
    }

    /// Gives each gemeente a main town and some villages; few are large, as towns are.
    fn settle(&mut self, hearts: &[(i64, i64)]) {
        let mut ranks: Vec<usize> = (0..hearts.len()).collect();
        Chance::new(self.seed, Stream::Villages, u64::MAX).shuffle(&mut ranks);
        for (gemeente, &(column, row)) in hearts.iter().enumerate() {
            let mut chance = Chance::new(self.seed, Stream::Villages, gemeente as u64);
            let heart = self.node(column, row);
            let rank = (ranks[gemeente] as f64 + 0.5) / hearts.len() as f64 + 0.006;
            let residents = 9_000.0 / (rank.sqrt() * rank.sqrt().sqrt());
            self.first_town.push(self.towns.len());
            let radius = |people: f64, density: f64| {
                (people / density / std::f64::consts::PI).sqrt() * 1000.0 * self.scale
            };
            self.towns.push(Town {
                gemeente,
                at: heart,
                radius: radius(residents * 0.8, 3_100.0),
                main: true,
            });
            let main = radius(residents * 0.8, 3_100.0);
            let villages = 2 + chance.below(4);
            let turn = chance.unit();
            for village in 0..villages {
                let [dx, dy] = direction(turn + village as f64 / villages as f64);
                let out = (self.spacing * chance.between(0.24, 0.46)).max(main * 1.25);
                self.towns.push(Town {
                    gemeente,
                    at: [heart[0] + dx * out, heart[1] + dy * out],
                    radius: radius(chance.between(900.0, 3_800.0), 1_900.0),
                    main: false,
                });
            }
        }
        self.first_town.push(self.towns.len());
    }

    /// Puts in lakes where three gemeenten meet and islands off the coast.
    fn flood(&mut self, hearts: &[(i64, i64)]) {
        let mut chance = Chance::new(self.seed, Stream::Nodes, u64::MAX);
        let (lakes, islands) = (1 + hearts.len() / 40, 2 + hearts.len() / 15);
        let mut order: Vec<_> = hearts.to_vec();
        chance.shuffle(&mut order);
        for &(column, row) in &order {
            let shift = row.rem_euclid(2);
            let others = [(column + 1, row), (column + shift, row + 1)];
            let inland = others.iter().all(|&(c, r)| self.heart_at(c, r).is_some())
                && self.around(column, row).iter().all(|&(c, r)| self.heart_at(c, r).is_some());
            if inland && self.lakes.len() < lakes {
                let [a, b, c] = [(column, row), others[0], others[1]].map(|(c, r)| self.node(c, r));
                let middle = [(a[0] + b[0] + c[0]) / 3.0, (a[1] + b[1] + c[1]) / 3.0];
                self.lakes.push((middle, self.spacing * chance.between(0.2, 0.3)));
            }
            let sea = self.around(column, row).into_iter().find(|&(c, r)| {
                self.heart_at(c, r).is_none()
                    && self
                        .around(c, r)
                        .iter()
                        .filter(|&&(c, r)| self.heart_at(c, r).is_some())
                        .count()
                        <= 3
            });
            if let Some((c, r)) = sea.filter(|_| self.islands.len() < islands) {
                let (from, to) = (self.node(column, row), self.node(c, r));
                let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
                let length = (dx * dx + dy * dy).sqrt().max(1.0);
                self.islands.push(Island {
                    at: [from[0] + dx * 0.86, from[1] + dy * 0.86],
                    along: [-dy / length, dx / length],
                    length: self.spacing * chance.between(0.2, 0.32),
                    width: self.spacing * chance.between(0.06, 0.1),
                });
            }
        }
    }

    fn heart_at(&self, column: i64, row: i64) -> Option<usize> {
        self.index(column, row).and_then(|index| self.heart_of[index])
    }

    fn around(&self, column: i64, row: i64) -> [(i64, i64); 6] {
        let shift = row.rem_euclid(2);
        [
            (column - 1, row),
            (column + 1, row),
            (column + shift - 1, row - 1),
            (column + shift, row - 1),
            (column + shift - 1, row + 1),
            (column + shift, row + 1),
        ]
    }

    /// The gemeenten whose hearts are near a point, and for the nearest lattice node of all its
    /// distance, whether it is a heart, and how much farther the nearest of the other kind is.
    fn near(&self, point: [f64; 2]) -> (bool, f64, [Option<usize>; 15]) {
        let row = ((point[1] - BOX[1]) / (self.spacing * 0.866)).floor() as i64;
        let mut found = [None; 15];
        let (mut land, mut sea) = (f64::INFINITY, f64::INFINITY);
        let mut slot = 0;
        for r in row - 1..=row + 1 {
            let shift = if r.rem_euclid(2) == 1 { 0.75 } else { 0.25 };
            let column = ((point[0] - BOX[0]) / self.spacing - shift).round() as i64;
            for c in column - 2..=column + 2 {
                let [x, y] = self.node(c, r);
                let (dx, dy) = (x - point[0], y - point[1]);
                let distance = (dx * dx + dy * dy).sqrt();
                found[slot] = self.heart_at(c, r);
                if found[slot].is_some() {
                    land = land.min(distance);
                } else {
                    sea = sea.min(distance);
                }
                slot += 1;
            }
        }
        (land < sea, (land - sea).abs(), found)
    }

    fn warped(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let (a, b) = (Noise::new(self.seed, 2), Noise::new(self.seed, 40));
        let (reach, wave) = (0.3 * self.spacing, 0.85 * self.spacing);
        [x + reach * a.fractal([x, y], wave, 4), y + reach * b.fractal([x, y], wave, 4)]
    }

    /// How far a point is from the middle of a town, where 1 is its edge; noise frays the edge.
    pub(super) fn reach(&self, town: usize, point: [f64; 2]) -> f64 {
        let Town { at, radius, .. } = self.towns[town];
        let (dx, dy) = (point[0] - at[0], point[1] - at[1]);
        let distance = (dx * dx + dy * dy).sqrt() / radius;
        if distance > 2.4 {
            return distance;
        }
        let noise = Noise::new(self.seed, 80 + town as u64);
        distance * (1.0 + 0.28 * noise.fractal(point, radius * 0.8, 3)).max(0.3)
    }

    /// The towns of the gemeenten near a point.
    fn towns_near(&self, near: [Option<usize>; 15]) -> impl Iterator<Item = usize> {
        near.into_iter().flatten().flat_map(|g| self.first_town[g]..self.first_town[g + 1])
    }

    fn is_island(&self, point: [f64; 2]) -> bool {
        let noise = Noise::new(self.seed, 60);
        self.islands.iter().any(|island| {
            let (u, v) = island.frame(point);
            if u.abs() > 2.5 {
                return false;
            }
            let bend = 0.35 * noise.at(point, island.length * 0.7);
            // One long island and two islets at its ends.
            let body = u * u + v * v;
            let islets = (u.abs() - 1.5) * (u.abs() - 1.5) * 18.0 + v * v * 1.6;
            body.min(islets) < 1.0 + bend
        })
    }

    /// What lies at a point.
    pub(super) fn ground(&self, point: [f64; 2]) -> Ground {
        let (land, _, near) = self.near(self.warped(point));
        if !land {
            return if self.is_island(point) { Ground::Rural } else { Ground::Water };
        }
        let lake = self.lakes.iter().any(|&(at, radius)| {
            let (dx, dy) = (point[0] - at[0], point[1] - at[1]);
            let distance = (dx * dx + dy * dy).sqrt();
            distance < 2.0 * radius
                && distance * (1.0 + 0.35 * Noise::new(self.seed, 61).fractal(point, radius, 3))
                    < radius
        });
        if lake {
            return Ground::Water;
        }
        let nearest = self
            .towns_near(near)
            .map(|town| (self.reach(town, point), town))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        match nearest {
            Some((reach, town)) if reach < 1.0 => Ground::Town(town),
            _ => Ground::Rural,
        }
    }

    /// How wide cells should be at a point, in metres.
    pub(super) fn cell_size(&self, point: [f64; 2]) -> f64 {
        let (land, to_coast, near) = self.near(self.warped(point));
        let unit = self.scale;
        if self
            .islands
            .iter()
            .any(|island| island.frame(point).0.abs() < 2.2 && island.frame(point).1.abs() < 2.5)
        {
            return 620.0 * unit;
        }
        if !land {
            return if to_coast < 0.75 * self.spacing { 900.0 * unit } else { 2_600.0 * unit };
        }
        let open = if to_coast < 0.12 * self.spacing { 1_150.0 } else { 1_650.0 };
        let nearest = self
            .towns_near(near)
            .map(|town| {
                let (reach, core) = (self.reach(town, point), 350.0);
                let slope = ((reach - 0.95) / 0.9).clamp(0.0, 1.0);
                let middle = (reach / 0.9).clamp(0.62, 1.0);
                core * middle + (open - core * middle) * slope
            })
            .fold(open, f64::min);
        nearest * unit
    }

    /// The smooth surface behind prosperity: low and high lie together within a town.
    pub(super) fn mood(&self, point: [f64; 2], wavelength: f64) -> f64 {
        Noise::new(self.seed, 70).fractal(point, wavelength * self.scale, 2)
    }

    /// What holds all land and the waters round it: west, south, east, north.
    pub(super) fn bounds(&self) -> [f64; 4] {
        let rim = 1.9 * self.spacing;
        self.first_town.iter().take(self.first_town.len() - 1).fold(
            [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY],
            |[w, s, e, n], &town| {
                let [x, y] = self.towns[town].at;
                [w.min(x - rim), s.min(y - rim), e.max(x + rim), n.max(y + rim)]
            },
        )
    }

    /// The towns of a gemeente but the main one.
    pub(super) fn villages(&self, gemeente: usize) -> std::ops::Range<usize> {
        self.first_town[gemeente] + 1..self.first_town[gemeente + 1]
    }

    /// The main town of a gemeente.
    pub(super) fn main_town(&self, gemeente: usize) -> usize {
        self.first_town[gemeente]
    }
}

impl Island {
    /// A point along and across the island, where 1 is its edge.
    fn frame(&self, point: [f64; 2]) -> (f64, f64) {
        let (dx, dy) = (point[0] - self.at[0], point[1] - self.at[1]);
        (
            (dx * self.along[0] + dy * self.along[1]) / self.length,
            (dy * self.along[0] - dx * self.along[1]) / self.width,
        )
    }
}

/// A unit vector for a part of a turn, without trigonometry: a point on a square, normalised.
fn direction(turn: f64) -> [f64; 2] {
    let quarter = (turn - turn.floor()) * 4.0;
    let (side, along) = (quarter.floor(), (quarter - quarter.floor()) * 2.0 - 1.0);
    let [x, y] = match side as u8 {
        0 => [1.0, along],
        1 => [-along, 1.0],
        2 => [-1.0, -along],
        _ => [along, -1.0],
    };
    let length = (x * x + y * y).sqrt();
    [x / length, y / length]
}
