//! Chance that falls the same way on every machine.
//!
//! Only `+ - * /`, `sqrt`, `floor` and `round` are used on floats anywhere in the demo: IEEE 754
//! fixes them to the last bit, while `sin`, `exp` and `powf` differ between platforms.

/// A stream of pseudo-random numbers: SplitMix64 (Steele, Lea and Flood 2014).
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

/// What a stream is for, so that one more draw here changes nothing there.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stream {
    Nodes = 1,
    Villages,
    Cells,
    Growth,
    Kinds,
    Changes,
    Borders,
    Names,
    People,
    Scores,
    Stories,
    Figures,
    Addresses,
}

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Chance {
    /// The stream of one thing (a cell, a border, a buurt) for one purpose.
    pub(super) fn new(seed: u64, stream: Stream, index: u64) -> Self {
        let start = mix(seed.wrapping_add(GOLDEN.wrapping_mul(stream as u64)));
        Self(mix(start ^ mix(index.wrapping_add(GOLDEN))))
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// From 0 up to, not including, 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Between two numbers.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A whole number below `n`; 0 where `n` is 0.
    pub(super) fn below(&mut self, n: usize) -> usize {
        ((self.unit() * n as f64) as usize).min(n.saturating_sub(1))
    }

    /// Bell-shaped, mean 0, standard deviation 1, never beyond 4.3: the sum of six uniforms.
    pub(super) fn bell(&mut self) -> f64 {
        let sum: f64 = (0..6).map(|_| self.unit()).sum();
        (sum - 3.0) * std::f64::consts::SQRT_2
    }

    /// Shuffles by Fisher and Yates.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// A smooth random surface over the plane: value noise.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noise(u64);

impl Noise {
    pub(super) fn new(seed: u64, surface: u64) -> Self {
        Self(mix(seed ^ mix(surface.wrapping_mul(GOLDEN))))
    }

    /// Between -1 and 1; bumps are about `wavelength` metres wide.
    pub(super) fn at(self, [x, y]: [f64; 2], wavelength: f64) -> f64 {
        let (u, v) = (x / wavelength, y / wavelength);
        let (i, j) = (u.floor(), v.floor());
        let corner = |di: f64, dj: f64| {
            let (a, b) = ((i + di) as i64 as u64, (j + dj) as i64 as u64);
            let bits = mix(self.0 ^ mix(a.wrapping_mul(GOLDEN) ^ mix(b)));
            (bits >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
        };
        let smooth = |t: f64| t * t * (3.0 - 2.0 * t);
        let (s, t) = (smooth(u - i), smooth(v - j));
        let south = corner(0.0, 0.0) * (1.0 - s) + corner(1.0, 0.0) * s;
        let north = corner(0.0, 1.0) * (1.0 - s) + corner(1.0, 1.0) * s;
        south * (1.0 - t) + north * t
    }

    /// A sum of ever finer bumps, between -2 and 2.
    pub(super) fn fractal(self, point: [f64; 2], wavelength: f64, octaves: u32) -> f64 {
        let (mut sum, mut height, mut width) = (0.0, 1.0, wavelength);
        for octave in 0..octaves {
            sum += height * Self(self.0.wrapping_add(u64::from(octave))).at(point, width);
            height *= 0.5;
            width *= 0.5;
        }
        sum
    }
}
