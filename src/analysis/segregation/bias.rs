//! What chance alone gives, where units have few members of a group.

use super::TwoGroups;
use crate::analysis::distribution::ln_gamma;

/// Units in which chance alone moves D: fewer members of the group than this, on average.
const FEW: f64 = 50.0;

impl TwoGroups {
    /// The D that is expected if everybody lived where he lives by lot: tᵢ draws with chance P in
    /// each unit (binomial, as Carrington and Troske 1997). The mean deviation of a binomial number
    /// is known (De Moivre 1730; Diaconis and Zabell 1991): 2ν·C(t,ν)·P^ν·(1-P)^(t-ν+1) with
    /// ν = ⌊tP⌋ + 1, so nothing is drawn and no seed is needed. Counts are rounded to whole people.
    /// Linear.
    pub fn expected_dissimilarity(&self) -> f64 {
        let p = self.share();
        let deviation = |total: f64| {
            let t = total.round();
            let nu = (t * p).floor() + 1.0;
            if t < 1.0 || nu > t {
                return 0.0;
            }
            let choices = ln_gamma(t + 1.0) - ln_gamma(nu + 1.0) - ln_gamma(t - nu + 1.0);
            let ln = choices + nu * p.ln() + (t - nu + 1.0) * (-p).ln_1p();
            2.0 * nu * ln.exp()
        };
        let sum: f64 = self.total().iter().map(|&total| deviation(total)).sum();
        (sum / (2.0 * self.population() * p * (1.0 - p))).clamp(0.0, 1.0)
    }

    /// D with chance taken off (Carrington and Troske 1997): (D-D*)/(1-D*), or (D-D*)/D* where D is
    /// below what chance gives; -1 to 1, 0 where people live as if by lot. `None` where chance alone
    /// gives 1 or, below it, 0. Linear.
    pub fn corrected_dissimilarity(&self) -> Option<f64> {
        let (d, chance) = (self.dissimilarity(), self.expected_dissimilarity());
        let room = if d >= chance { 1.0 - chance } else { chance };
        (room > 0.0).then(|| (d - chance) / room)
    }

    /// Whether units have so few members of the group, fifty on average, that D should not be shown
    /// without its correction.
    pub fn is_small(&self) -> bool {
        self.group_size() < FEW * self.inhabited() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::stream::Stream;

    #[test]
    fn what_chance_gives_is_what_drawing_gives() {
        let total = vec![20.0; 200];
        let drawn = |seed: u64| {
            let mut stream = Stream::new(seed, 0);
            let mut of = |t: f64| (0..t as u32).filter(|_| stream.unit() < 0.1).count() as f64;
            let group: Vec<f64> = total.iter().map(|&t| of(t)).collect();
            TwoGroups::new(&group, &total).expect("two groups")
        };
        let mean = (0..200).map(|seed| drawn(seed).dissimilarity()).sum::<f64>() / 200.0;
        let even = TwoGroups::new(&[2.0; 200], &total).expect("two groups");
        assert!((even.expected_dissimilarity() - mean).abs() < 0.01, "{mean}");
        assert_eq!(even.corrected_dissimilarity(), Some(-1.0));
        assert!(drawn(1).corrected_dissimilarity().expect("room").abs() < 0.1);
        assert!(even.is_small());
    }
}
