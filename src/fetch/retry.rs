//! Trying again: what may pass, how long to wait, and when to give up.

use std::{
    hash::{BuildHasher, RandomState},
    time::Duration,
};

use jiff::{Timestamp, Zoned, fmt::rfc2822::DateTimeParser};

use super::{Settings, watch::Watch};

/// So many attempts in all, also where each brings something.
const MOST_ATTEMPTS: u32 = 50;

/// Why an attempt failed.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// It is not there: the publisher says so.
    Absent(String),
    /// It may go better later.
    Passing {
        /// What happened.
        what: String,
        /// How long the server asks to wait.
        wait: Option<Duration>,
        /// Whether the attempt brought something that is kept.
        is_progress: bool,
        /// Whether nothing at all answered.
        is_silent: bool,
    },
    /// Trying again would not help.
    Final(String),
}

impl Trouble {
    /// Something that may go better later.
    pub fn passing(what: impl Into<String>) -> Self {
        Self::Passing { what: what.into(), wait: None, is_progress: false, is_silent: false }
    }
}

/// Why an address was given up.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// What happened, and what can be done.
    pub message: String,
    /// Whether nothing at all answered: the host, not the address.
    pub is_silent: bool,
}

impl Failure {
    /// A failure of the address.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), is_silent: false }
    }
}

/// Attempts until one succeeds; `None` where the publisher says that it is not there.
///
/// Waits twice as long before each attempt as before the last, by chance half of that more or less,
/// or as long as the server asks, and never longer than the settings allow.
///
/// # Errors
/// When no attempt succeeds.
pub async fn persist<T>(
    settings: &Settings,
    watch: &dyn Watch,
    name: &str,
    mut attempt: impl AsyncFnMut() -> Result<T, Trouble>,
) -> Result<Result<T, String>, Failure> {
    let (mut in_vain, mut all) = (0, 0);
    loop {
        let (what, wait, is_silent) = match attempt().await {
            Ok(done) => return Ok(Ok(done)),
            Err(Trouble::Absent(what)) => return Ok(Err(what)),
            Err(Trouble::Final(message)) => return Err(Failure::new(message)),
            Err(Trouble::Passing { what, wait, is_progress, is_silent }) => {
                in_vain = if is_progress { 1 } else { in_vain + 1 };
                (what, wait, is_silent)
            }
        };
        all += 1;
        if in_vain >= settings.pogingen || all >= MOST_ATTEMPTS {
            let times = if all == 1 { "once".to_owned() } else { format!("{all} times") };
            let message = format!("{what} (tried {times})");
            return Err(Failure { message, is_silent });
        }
        let longest = settings.longest_wait();
        let wait = match wait {
            Some(asked) if asked > longest => {
                let message = format!(
                    "{what}, and asks to come back in {} s: run it again after that",
                    asked.as_secs()
                );
                return Err(Failure::new(message));
            }
            Some(asked) => asked,
            None => back_off(settings.wachttijd, in_vain, longest, chance()),
        };
        watch.say(&format!("{name}: {what}; tries again in {:.1} s", wait.as_secs_f64()));
        tokio::time::sleep(wait).await;
    }
}

/// How long to wait before the next attempt, after so many in vain; `chance` runs from 0 to 1.
fn back_off(first: f64, in_vain: u32, longest: Duration, chance: f64) -> Duration {
    let doubled =
        first * 2_f64.powi(i32::try_from(in_vain.saturating_sub(1)).unwrap_or(30).min(30));
    Duration::from_secs_f64((doubled * (0.5 + chance)).min(longest.as_secs_f64()))
}

/// A number from 0 to 1, another one every time.
fn chance() -> f64 {
    // Keyed by the system's own randomness: good enough to keep programs from marching in step.
    let bits = RandomState::new().hash_one(0_u8) >> 11;
    bits as f64 / (1_u64 << 53) as f64
}

/// How long `Retry-After` asks to wait: seconds, or a day and time.
pub fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(seconds) = value.trim().parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = http_date(value)?;
    let seconds = moment.as_second().saturating_sub(now.as_second());
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

/// The moment of a date as HTTP writes it: `Wed, 21 Oct 2015 07:28:00 GMT`.
pub fn http_date(value: &str) -> Option<Timestamp> {
    static PARSER: DateTimeParser = DateTimeParser::new();
    PARSER.parse_zoned(value.trim()).ok().map(|moment: Zoned| moment.timestamp())
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::{super::watch::Meter, *};

    /// Keeps what it is told.
    struct Ear(std::sync::Mutex<Vec<String>>);

    impl Watch for Ear {
        fn say(&self, line: &str) {
            self.0.lock().expect("nobody panicked").push(line.to_owned());
        }

        fn begin(&self, _: &str, _: Option<u64>, _: u64) -> Box<dyn Meter + '_> {
            unreachable!("nothing comes in here")
        }
    }

    fn settings() -> Settings {
        Settings { pogingen: 3, wachttijd: 1.0, langste_wachttijd: 30.0, ..Settings::default() }
    }

    fn tried(
        answers: Vec<Result<u8, Trouble>>,
    ) -> (Result<Result<u8, String>, Failure>, Vec<String>) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime");
        let (answers, ear) = (RefCell::new(answers.into_iter()), Ear(Vec::new().into()));
        let outcome = runtime.block_on(persist(&settings(), &ear, "x", async || {
            answers.borrow_mut().next().expect("no more attempts than answers")
        }));
        (outcome, ear.0.into_inner().expect("nobody panicked"))
    }

    #[test]
    fn what_passes_is_tried_again_and_what_does_not_is_not() {
        let (outcome, said) = tried(vec![Err(Trouble::passing("500")), Ok(7)]);
        assert_eq!((outcome, said.len()), (Ok(Ok(7)), 1));
        let (outcome, _) = tried(vec![Err(Trouble::passing("500")); 3]);
        assert_eq!(outcome, Err(Failure::new("500 (tried 3 times)")));
        let (outcome, said) = tried(vec![Err(Trouble::Final("no".into()))]);
        assert_eq!((outcome, said.len()), (Err(Failure::new("no")), 0));
        let (outcome, _) = tried(vec![Err(Trouble::Absent("404".into()))]);
        assert_eq!(outcome, Ok(Err("404".into())));
    }

    #[test]
    fn progress_is_no_attempt_in_vain() {
        let some = Trouble::Passing {
            what: "cut off".into(),
            wait: None,
            is_progress: true,
            is_silent: false,
        };
        let mut answers = vec![Err(some); 20];
        answers.push(Ok(1));
        assert_eq!(tried(answers).0, Ok(Ok(1)));
    }

    #[test]
    fn a_server_that_asks_to_wait_too_long_is_left() {
        let busy = |seconds| Trouble::Passing {
            what: "429".into(),
            wait: Some(Duration::from_secs(seconds)),
            is_progress: false,
            is_silent: false,
        };
        let (outcome, said) = tried(vec![Err(busy(7)), Ok(1)]);
        assert_eq!(outcome, Ok(Ok(1)));
        assert!(said[0].contains("7.0 s"), "{said:?}");
        let failure = tried(vec![Err(busy(31))]).0.expect_err("too long");
        assert!(failure.message.contains("31 s"), "{failure:?}");
    }

    #[test]
    fn waits_double_up_to_the_longest() {
        let longest = Duration::from_secs(20);
        let wait = |in_vain| back_off(1.0, in_vain, longest, 0.5).as_secs_f64();
        assert_eq!([1, 2, 3, 4, 5, 6, 60].map(wait), [1.0, 2.0, 4.0, 8.0, 16.0, 20.0, 20.0]);
        let chances: Vec<_> = (0..100).map(|_| chance()).collect();
        assert!(chances.iter().all(|chance| (0.0..1.0).contains(chance)), "{chances:?}");
        assert!(chances.windows(2).any(|two| two[0] != two[1]));
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = http_date("Wed, 21 Oct 2015 07:28:00 GMT").expect("a date");
        assert_eq!(retry_after("120", now), Some(Duration::from_secs(120)));
        let later = "Wed, 21 Oct 2015 07:28:30 GMT";
        assert_eq!(retry_after(later, now), Some(Duration::from_secs(30)));
        let earlier = "Wed, 21 Oct 2015 07:27:00 GMT";
        assert_eq!(retry_after(earlier, now), Some(Duration::ZERO));
        assert_eq!(retry_after("soon", now), None);
    }
}
