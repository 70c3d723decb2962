//! Chance that falls the same way on any number of threads.

/// A stream of pseudo-random numbers that depends on a seed and on what it is for alone:
/// SplitMix64 (Steele, Lea and Flood 2014), which is a hash of a counter.
#[derive(Clone, Debug)]
pub(super) struct Stream(u64);

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Stream {
    /// The stream of one unit, or of one permutation.
    pub(super) fn new(seed: u64, index: u64) -> Self {
        Self(mix(mix(seed.wrapping_add(GOLDEN)) ^ mix(index.wrapping_mul(GOLDEN).wrapping_add(1))))
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// Two whole numbers, each below its bound, from one number of the stream (Lemire 2019). No
    /// number is more likely than another by more than bound/2³²: four in a million at most for
    /// the buurten of the country.
    pub(super) fn two_below(&mut self, first: u32, second: u32) -> [u32; 2] {
        let bits = self.next();
        let scaled = |bits: u64, bound: u32| ((bits * u64::from(bound)) >> 32) as u32;
        [scaled(bits >> 32, first), scaled(bits & 0xFFFF_FFFF, second)]
    }

    /// From 0 up to, not including, 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Shuffles by Fisher and Yates.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        let mut left = items.len();
        while left > 1 {
            // Two steps a number; where one is left, its partner is 0 below 1.
            let [a, b] = self.two_below(left as u32, (left - 1) as u32);
            items.swap(left - 1, a as usize);
            items.swap(left - 2, b as usize);
            left -= 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_is_as_likely() {
        let mut counts = [0; 27];
        for index in 0..6000 {
            let mut items = [0, 1, 2];
            Stream::new(7, index).shuffle(&mut items);
            counts[items.iter().fold(0, |code, item| code * 3 + item)] += 1;
        }
        let orders: Vec<_> = counts.iter().filter(|&&count| count > 0).collect();
        assert_eq!(orders.len(), 6);
        // Five standard deviations of a binomial count.
        assert!(orders.iter().all(|&&count: &&i32| (count - 1000).abs() < 145), "{orders:?}");
    }
}
