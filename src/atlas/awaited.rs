//! Values that cost too much to compute before somebody asks for them.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use smol_str::SmolStr;

use super::Atlas;
use crate::indicator::{Reason, Value};

impl Atlas {
    /// The indicators whose values are computed when they are first asked for.
    pub fn awaited(&self) -> impl Iterator<Item = &SmolStr> {
        self.awaited.iter()
    }
}

/// What computes the values of a column.
pub(super) trait Work: Send + Sync {
    /// Why each area has no number, `None` where it has one. Quick: an answer that only counts
    /// numbers must not wait for them.
    fn reasons(&self) -> Vec<Option<Reason>>;

    /// The number of each area that has no reason, with what [`Work::reasons`] gave. It may take
    /// as long as it takes, on all threads of the pool that it is called in.
    fn numbers(&self, reasons: &[Option<Reason>]) -> Vec<f64>;
}

/// The values of a column that are computed when they are first asked for, once.
pub(super) struct Awaited {
    work: Box<dyn Work>,
    reasons: OnceLock<Vec<Option<Reason>>>,
    values: OnceLock<Arc<[Value]>>,
}

impl Awaited {
    pub(super) fn new(work: impl Work + 'static) -> Self {
        Self { work: Box::new(work), reasons: OnceLock::new(), values: OnceLock::new() }
    }

    /// Why each area has no number.
    pub(super) fn reasons(&self) -> &[Option<Reason>] {
        self.reasons.get_or_init(|| self.work.reasons())
    }

    /// Whether the values are there.
    pub(super) fn is_ready(&self) -> bool {
        self.values.get().is_some()
    }

    /// The values; whoever asks first computes them, and others who ask meanwhile wait.
    pub(super) fn values(&self) -> &[Value] {
        self.values.get_or_init(|| self.compute())
    }

    /// Computes on threads of its own, as many as the caller has. On those of the caller it could
    /// wait for itself: a thread of a pool that waits for parts of this work takes other work
    /// meanwhile, which may ask for these very values.
    fn compute(&self) -> Arc<[Value]> {
        let reasons = self.reasons();
        let threads = rayon::current_num_threads();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let work = || self.work.numbers(reasons);
        let numbers = std::thread::scope(|scope| {
            let apart = std::thread::Builder::new().spawn_scoped(scope, || match &pool {
                Ok(pool) => pool.install(work),
                Err(_) => work(),
            });
            apart.ok().and_then(|apart| apart.join().ok())
        });
        let number = |at: usize| numbers.as_ref().and_then(|numbers| numbers.get(at)).copied();
        let value = |(at, reason): (usize, &Option<Reason>)| match (reason, number(at)) {
            (Some(reason), _) => Value::Missing(*reason),
            (None, Some(number)) => Value::Number(number),
            // No thread was to be had, or it failed: said, never guessed.
            (None, None) => Value::Missing(Reason::Onbekend),
        };
        reasons.iter().enumerate().map(value).collect()
    }
}

impl fmt::Debug for Awaited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Awaited").field("is_ready", &self.is_ready()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use rayon::prelude::*;

    use super::*;

    struct Counted(Arc<AtomicUsize>);

    impl Work for Counted {
        fn reasons(&self) -> Vec<Option<Reason>> {
            vec![None, Some(Reason::GeenBuren), None]
        }

        fn numbers(&self, reasons: &[Option<Reason>]) -> Vec<f64> {
            self.0.fetch_add(1, Ordering::SeqCst);
            (0..reasons.len()).into_par_iter().map(|at| at as f64).collect()
        }
    }

    #[test]
    fn values_are_computed_once_when_asked_for_and_never_for_reasons() {
        let times = Arc::new(AtomicUsize::new(0));
        let awaited = Awaited::new(Counted(times.clone()));
        assert_eq!(awaited.reasons()[1], Some(Reason::GeenBuren));
        assert!(!awaited.is_ready());
        assert_eq!(times.load(Ordering::SeqCst), 0);
        // From every thread of a pool at once, whose work would otherwise wait for itself.
        let all: Vec<_> = (0..64).into_par_iter().map(|_| awaited.values().to_vec()).collect();
        let expected = [Value::Number(0.0), Value::Missing(Reason::GeenBuren), Value::Number(2.0)];
        assert!(all.iter().all(|values| values[..] == expected));
        assert!(awaited.is_ready());
        assert_eq!(times.load(Ordering::SeqCst), 1);
    }
}
