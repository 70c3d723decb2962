//! The course that a vulnerable place runs: four clusters after *Kwetsbare wijken in beeld*
//! (Platform31).

use crate::analysis::{AnalysisError, numbers::check_parameter};

/// The course of a place over a first and a second period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Course {
    /// *Succes*: weak at first, and no longer.
    Succes,
    /// *Gestaag herstel*: weak still, but better at the end than at the start, and not worse of late.
    GestaagHerstel,
    /// *Terugval*: weak at the end, and worse than it was at the start, or than its own best.
    Terugval,
    /// *Vroegsignalering*: not weak at first, and going down: it does not head the lists, but slides.
    Vroegsignalering,
    /// None of the four.
    Geen,
}

/// What decides; **our own** numbers, since none were published: show them, and let them be changed.
/// All in the unit of the score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// At most this is weak. -0.164 is the upper limit of *zwak* of the Leefbaarometer 3.0.
    pub weak: f64,
    /// A change no larger than this is none. 0.0392 is the middle class of `kafw`.
    pub band: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { weak: -0.1640, band: 0.0392 }
    }
}

/// The course of each unit by its scores at the start, in between and at the end, high being good;
/// `None` where one is missing. In this order:
///
/// - weak at the start, not at the end, and better over both periods: *succes*;
/// - weak at the start or at the end, and worse over the second period or over both: *terugval*,
///   also where gains of the first period are lost;
/// - weak at the start, and better over both periods: *gestaag herstel*;
/// - weak at neither, and worse over the second period or over both: *vroegsignalering*.
///
/// Better and worse are by more than the band.
///
/// Linear.
///
/// # Errors
/// When the lists differ in length, or a threshold is not finite or the band below zero.
pub fn typology(
    start: &[f64],
    between: &[f64],
    end: &[f64],
    thresholds: Thresholds,
) -> Result<Vec<Option<Course>>, AnalysisError> {
    AnalysisError::check_length("the scores in between", between.len(), start.len())?;
    AnalysisError::check_length("the scores at the end", end.len(), start.len())?;
    let Thresholds { weak, band } = thresholds;
    check_parameter("the limit of weak", weak, "a finite number", weak.is_finite())?;
    check_parameter("the dead band", band, "0 or more", band.is_finite() && band >= 0.0)?;
    let one = |((&start, &between), &end): ((&f64, &f64), &f64)| {
        let (first, last) = (start <= weak, end <= weak);
        let (lately, in_all) = (end - between, end - start);
        if !(lately.is_finite() && in_all.is_finite()) {
            return None;
        }
        let fell = lately < -band || in_all < -band;
        Some(if first && !last && in_all > band {
            Course::Succes
        } else if (first || last) && fell {
            Course::Terugval
        } else if first && in_all > band {
            Course::GestaagHerstel
        } else if fell {
            Course::Vroegsignalering
        } else {
            Course::Geen
        })
    };
    Ok(start.iter().zip(between).zip(end).map(one).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_courses_and_none() {
        let thresholds = Thresholds { weak: 0.0, band: 0.1 };
        let course = |start: f64, between: f64, end: f64| {
            typology(&[start], &[between], &[end], thresholds).expect("one a unit")[0]
        };
        assert_eq!(course(-0.5, 0.0, 0.2), Some(Course::Succes));
        assert_eq!(course(-0.5, -0.4, -0.3), Some(Course::GestaagHerstel));
        assert_eq!(course(-0.5, -0.1, -0.4), Some(Course::Terugval));
        assert_eq!(course(-0.5, -0.55, -0.65), Some(Course::Terugval));
        assert_eq!(course(0.2, 0.1, -0.2), Some(Course::Terugval));
        assert_eq!(course(0.5, 0.5, 0.3), Some(Course::Vroegsignalering));
        assert_eq!(course(0.5, 0.5, 0.45), Some(Course::Geen));
        assert_eq!(course(-0.5, -0.5, -0.5), Some(Course::Geen));
        assert_eq!(course(f64::NAN, 0.0, 0.0), None);
    }
}
