//! Answers that are kept ready: each made once, however often and however spelled it is asked for.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use axum::response::Response;
use quick_cache::{
    DefaultHashBuilder, Equivalent, OptionsBuilder, Weighter,
    sync::{Cache, DefaultLifecycle},
};
use tokio::{
    sync::{Semaphore, watch},
    task,
};

use crate::atlas::AtlasId;

use super::{
    answer::Answer, asked::Asked, compression::Effort, encoding::Encoding, entry::Entry, key::Key,
    problem::Problem,
};

/// So many answers are made or wait to be made; more would come too late.
const MOST_JOBS: usize = 256;

/// The part of the memory that spellings take: one in so many.
const SPELLINGS: u64 = 16;

/// Addresses longer than this are not remembered as a spelling.
const LONGEST_SPELLING: usize = 1024;

/// What an answer weighs on average, roughly: it sizes what is remembered of those that are gone.
const USUAL_WEIGHT: u64 = 20_000;

/// What a spelling takes beside its text and that of the key.
const SPELLING_OVERHEAD: usize = 128;

/// Answers that are kept ready, the least used being forgotten for new ones.
///
/// Two maps: from what a question means to its answer, and from how it was spelled to what it
/// means. A question in a known spelling is answered without parsing it. Both hold which atlas was
/// asked, so that a new one never answers with what the old one said.
///
/// What is not there is made off the async threads, by as many threads at once as there are cores;
/// equal questions wait for the same work. Only good answers are kept. Bodies are compressed in a
/// hurry first, and what proves popular is compressed better when it has been sent a few times.
#[derive(Debug)]
pub struct Answers {
    kept: Cache<Filed, Kept, Weights>,
    spelled: Cache<Filed, Arc<str>, Weights>,
    under_way: Mutex<HashMap<Job, Arc<Work>>>,
    turns: Arc<Semaphore>,
    /// For what nobody waits for.
    spare: Arc<Semaphore>,
}

/// A text, and the atlas that it was asked of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Filed {
    atlas: AtlasId,
    text: Arc<str>,
}

/// [`Filed`] with a borrowed text.
#[derive(Hash)]
struct Lookup<'a> {
    atlas: AtlasId,
    text: &'a str,
}

impl Equivalent<Filed> for Lookup<'_> {
    fn equivalent(&self, filed: &Filed) -> bool {
        self.atlas == filed.atlas && *self.text == *filed.text
    }
}

/// An entry, and what it weighed when it was put there: a weight must not change in the map.
#[derive(Clone, Debug)]
struct Kept {
    entry: Arc<Entry>,
    weight: u64,
}

#[derive(Clone, Debug)]
struct Weights;

impl Weighter<Filed, Kept> for Weights {
    fn weight(&self, key: &Filed, kept: &Kept) -> u64 {
        kept.weight + key.text.len() as u64
    }
}

impl Weighter<Filed, Arc<str>> for Weights {
    fn weight(&self, spelling: &Filed, key: &Arc<str>) -> u64 {
        (SPELLING_OVERHEAD + spelling.text.len() + key.len()) as u64
    }
}

/// What is being made: an answer, or a body of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Job {
    filed: Filed,
    body: Option<(Encoding, Effort)>,
}

/// Where the outcome of a job will be.
type Work = watch::Sender<Option<Result<Arc<Entry>, Problem>>>;

impl Answers {
    /// Room for answers of so many bytes together; with 0 nothing is kept.
    pub fn new(bytes: u64) -> Self {
        let cores = thread::available_parallelism().map_or(2, usize::from);
        Self {
            kept: cache(bytes - bytes / SPELLINGS, USUAL_WEIGHT),
            spelled: cache(bytes / SPELLINGS, SPELLING_OVERHEAD as u64),
            under_way: Mutex::default(),
            // One long answer must not keep the short ones waiting.
            turns: Arc::new(Semaphore::new(cores.max(2))),
            spare: Arc::new(Semaphore::new(1)),
        }
    }

    /// How many bytes are kept.
    pub(super) fn weight(&self) -> u64 {
        self.kept.weight() + self.spelled.weight()
    }

    /// The answer to a request that was spelled so before, where it can be sent at once. Cost: two
    /// look-ups.
    pub fn at_once(self: &Arc<Self>, atlas: AtlasId, asked: &Asked) -> Option<Response> {
        let text = self.spelled.get(&Lookup { atlas, text: asked.target()? })?;
        let entry = self.kept.get(&Lookup { atlas, text: &text })?.entry;
        if !entry.is_ready(asked) {
            return None;
        }
        let response = entry.response(asked);
        if let Some(encoding) = entry.count(asked) {
            self.improve(Filed { atlas, text }, entry, encoding);
        }
        Some(response)
    }

    /// Makes the body in an encoding smaller, sometime.
    fn improve(self: &Arc<Self>, filed: Filed, entry: Arc<Entry>, encoding: Encoding) {
        let job = Job { filed, body: Some((encoding, Effort::Thorough)) };
        let answers = self.clone();
        tokio::spawn(async move {
            let make = move || entry.improved(encoding).map(Arc::new);
            // What fails is logged, and the body that is there stays.
            let _ = answers.once(job, make).await;
        });
    }

    /// The answer to a question: as it was kept, else as `make` makes it.
    ///
    /// # Errors
    /// Those of `make`, which are not kept; a panic in it is an internal problem.
    pub async fn answer(
        self: &Arc<Self>,
        atlas: AtlasId,
        asked: &Asked,
        key: &Key,
        make: impl FnOnce() -> Result<Answer, Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        let filed = Filed { atlas, text: key.as_str().into() };
        let mut entry = match self.kept.get(&filed) {
            Some(kept) => kept.entry,
            None => {
                let asked = asked.clone();
                let make = move || {
                    let entry = Entry::new(make()?);
                    if !entry.is_ready(&asked) {
                        entry.make(entry.encoding(&asked))?;
                    }
                    Ok(Arc::new(entry))
                };
                self.once(Job { filed: filed.clone(), body: None }, make).await?
            }
        };
        if !entry.is_ready(asked) {
            let encoding = entry.encoding(asked);
            let make = move || entry.make(encoding).map(|()| entry);
            let body = Some((encoding, Effort::Quick));
            entry = self.once(Job { filed: filed.clone(), body }, make).await?;
        }
        self.spell(asked, &filed);
        Ok(entry.response(asked))
    }

    /// Remembers how a question was spelled.
    fn spell(&self, asked: &Asked, filed: &Filed) {
        let Some(target) = asked.target().filter(|target| target.len() <= LONGEST_SPELLING) else {
            return;
        };
        if self.spelled.peek(&Lookup { atlas: filed.atlas, text: target }).is_none() {
            let spelling = Filed { atlas: filed.atlas, text: target.into() };
            self.spelled.insert(spelling, filed.text.clone());
        }
    }

    /// The outcome of a job, done once for all who ask for it at the same time.
    async fn once(
        self: &Arc<Self>,
        job: Job,
        make: impl FnOnce() -> Result<Arc<Entry>, Problem> + Send + 'static,
    ) -> Result<Arc<Entry>, Problem> {
        let mut outcome = {
            let mut under_way = self.under_way();
            if let Some(work) = under_way.get(&job) {
                work.subscribe()
            } else if let Some(done) = self.done(&job) {
                return Ok(done);
            } else if under_way.len() >= MOST_JOBS {
                // What would wait longer than anybody is prepared to.
                return Err(Problem::busy());
            } else {
                let (work, outcome) = watch::channel(None);
                let work = Arc::new(work);
                under_way.insert(job.clone(), work.clone());
                tokio::spawn(self.clone().work(job, work, make));
                outcome
            }
        };
        let outcome = outcome.wait_for(Option::is_some).await;
        // Without an outcome the runtime is being shut down.
        outcome.ok().and_then(|outcome| outcome.clone()).unwrap_or(Err(Problem::internal()))
    }

    /// Does a job when its turn comes, unless everybody who asked for it has gone by then.
    async fn work(
        self: Arc<Self>,
        job: Job,
        work: Arc<Work>,
        make: impl FnOnce() -> Result<Arc<Entry>, Problem> + Send + 'static,
    ) {
        let turns = match job.body {
            Some((_, Effort::Thorough)) => &self.spare,
            _ => &self.turns,
        };
        let turn = loop {
            tokio::select! {
                biased;
                turn = turns.clone().acquire_owned() => break turn,
                () = work.closed() => {
                    let mut under_way = self.under_way();
                    // Nobody can have come since, but before the lock.
                    if work.receiver_count() == 0 {
                        under_way.remove(&job);
                        return;
                    }
                }
            }
        };
        let outcome = task::spawn_blocking(move || {
            let _turn = turn;
            make()
        });
        let outcome = outcome.await.unwrap_or_else(|error| {
            tracing::error!(%error, "an answer panicked");
            Err(Problem::internal())
        });
        if let Ok(entry) = &outcome {
            let kept = Kept { entry: entry.clone(), weight: entry.weight() };
            self.kept.insert(job.filed.clone(), kept);
        }
        self.under_way().remove(&job);
        work.send_replace(Some(outcome));
    }

    /// The outcome of a job that ended a moment ago.
    fn done(&self, job: &Job) -> Option<Arc<Entry>> {
        let entry = self.kept.get(&job.filed)?.entry;
        job.body.is_none_or(|(encoding, effort)| entry.has(encoding, effort)).then_some(entry)
    }

    fn under_way(&self) -> MutexGuard<'_, HashMap<Job, Arc<Work>>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A map of one piece, so that an answer may be nearly as large as all of it.
fn cache<V: Clone>(bytes: u64, usual: u64) -> Cache<Filed, V, Weights>
where
    Weights: Weighter<Filed, V>,
{
    let items = usize::try_from(bytes / usual).unwrap_or(usize::MAX).clamp(16, 100_000);
    let mut options = OptionsBuilder::new();
    let options = options.shards(1).estimated_items_capacity(items).weight_capacity(bytes).build();
    Cache::with_options(
        options.expect("both capacities are set"),
        Weights,
        DefaultHashBuilder::default(),
        DefaultLifecycle::default(),
    )
}

#[cfg(test)]
mod tests;
