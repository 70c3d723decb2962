//! Sums of values drawn without replacement: what neighbours chance would have given.

use crate::analysis::stream::Stream;

/// Up to so many draws are compared with each other one by one.
const FEW: usize = 12;

/// Sums a sample of values.
pub(super) type SumOfSample = fn(&[f64], &mut Stream) -> f64;

/// Draws samples from a list, and sums them. One a thread; what it gives depends on the stream
/// alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Sampler {
    drawn: Vec<u32>,
    /// A bit for each entry of the list, all clear between samples.
    marks: Vec<u64>,
}

impl Sampler {
    /// A function that sums `count` of so many values, drawn without replacement, where they are
    /// few of many.
    pub(super) fn sum(values: usize, count: usize) -> Option<SumOfSample> {
        // Drawing again where two are the same keeps every sample as likely; it is rarely needed
        // where the list is long.
        if count * count > values {
            return None;
        }
        Some(match count {
            1 => sum_of::<1>,
            2 => sum_of::<2>,
            3 => sum_of::<3>,
            4 => sum_of::<4>,
            5 => sum_of::<5>,
            6 => sum_of::<6>,
            7 => sum_of::<7>,
            8 => sum_of::<8>,
            9 => sum_of::<9>,
            10 => sum_of::<10>,
            11 => sum_of::<11>,
            FEW => sum_of::<FEW>,
            _ => return None,
        })
    }

    /// The places of `count` values drawn without replacement, in the order in which they were
    /// drawn. There are as many.
    pub(super) fn draw(&mut self, values: usize, count: usize, stream: &mut Stream) -> &[u32] {
        self.marks.resize(values.div_ceil(64), 0);
        self.drawn.clear();
        while self.drawn.len() < count {
            for place in stream.two_below(values as u32, values as u32) {
                let (word, bit) = (place as usize / 64, 1_u64 << (place % 64));
                if self.drawn.len() < count && self.marks[word] & bit == 0 {
                    self.marks[word] |= bit;
                    self.drawn.push(place);
                }
            }
        }
        for place in &self.drawn {
            self.marks[*place as usize / 64] = 0;
        }
        &self.drawn
    }
}

/// The sum of N values drawn without replacement.
fn sum_of<const N: usize>(values: &[f64], stream: &mut Stream) -> f64 {
    let bound = values.len() as u32;
    loop {
        let mut places = [0_u32; N];
        for pair in places.chunks_mut(2) {
            let two = stream.two_below(bound, bound);
            pair.copy_from_slice(&two[..pair.len()]);
        }
        let mut twice = false;
        for place in 1..N {
            for before in 0..place {
                twice |= places[place] == places[before];
            }
        }
        if !twice {
            return places.iter().map(|&place| values[place as usize]).sum();
        }
    }
}
