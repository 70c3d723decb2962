//! A plan carried out: every part from the first of its addresses that has it.

use std::{path::Path, time::Instant};

use futures_util::future::join_all;

use crate::{
    area::Year,
    source::{self, Dialects},
};

use super::{
    Cache, Candidate, Entry, FetchError, FetchReport, FetchedFile, Form, Member, PartReport, Plan,
    Product, Settings, State, Tried, Watch,
    archive::extract,
    cache::{dated_name, safe_name},
    client::Client,
    content::Content,
    download::{Got, Outcome, Wanted, download},
    plan::Table,
    retry::{Failure, http_date},
    statline::{StatLine, TableOutcome},
};

/// What is wanted.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The year.
    pub year: Year,
    /// Whether the cache alone is asked.
    pub is_offline: bool,
    /// Today, `2026-11-21`.
    pub today: String,
}

/// Carries plans out.
pub struct Fetching<'a> {
    cache: &'a Cache,
    dialects: &'a Dialects,
    watch: &'a dyn Watch,
    wish: Wish,
    client: Client,
}

/// What an address gave.
struct Found {
    candidate: Candidate,
    entry: Entry,
    state: State,
    files: Vec<FetchedFile>,
    notes: Vec<String>,
}

/// Why an address gave nothing.
enum Nothing {
    /// It says so.
    Absent(String),
    Failed(Failure),
}

impl From<Failure> for Nothing {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<FetchError> for Nothing {
    fn from(error: FetchError) -> Self {
        Self::Failed(Failure::new(error.to_string()))
    }
}

impl<'a> Fetching<'a> {
    /// Ready to fetch into a cache what the dialects read.
    ///
    /// # Errors
    /// When there is no way to make requests.
    pub fn new(
        settings: &Settings,
        cache: &'a Cache,
        dialects: &'a Dialects,
        watch: &'a dyn Watch,
        wish: Wish,
    ) -> Result<Self, FetchError> {
        Ok(Self { cache, dialects, watch, wish, client: Client::new(settings)? })
    }

    /// Fetches every part of a plan, side by side. What goes wrong with one is in its report and
    /// keeps no other from coming in.
    pub async fn run(&self, plan: &Plan) -> FetchReport {
        let started = Instant::now();
        let parts = plan.parts.iter().map(|(product, all)| self.part(*product, all));
        let parts = join_all(parts).await;
        FetchReport {
            year: self.wish.year,
            parts,
            cache: self.cache.folder().to_owned(),
            requests: self.client.requests(),
            received: self.client.received(),
            seconds: started.elapsed().as_secs_f64(),
        }
    }

    async fn part(&self, product: Product, candidates: &[Candidate]) -> PartReport {
        let mut tried = Vec::new();
        for candidate in candidates {
            match self.try_one(candidate).await {
                Ok(found) => {
                    let Found { candidate, entry, state, files, mut notes } = found;
                    for failed in tried.iter().filter(|one: &&Tried| one.is_failure) {
                        notes.push(format!(
                            "{} may have something newer: {}",
                            failed.address, failed.answer
                        ));
                    }
                    return PartReport {
                        product,
                        state,
                        address: Some(candidate.address.to_string()),
                        year: Some(candidate.year),
                        retrieved: Some(entry.retrieved),
                        files,
                        tried,
                        notes,
                    };
                }
                Err(nothing) => {
                    let (answer, is_failure) = match nothing {
                        Nothing::Absent(answer) => (answer, false),
                        Nothing::Failed(failure) => (failure.message, true),
                    };
                    tried.push(Tried {
                        address: candidate.address.to_string(),
                        answer,
                        is_failure,
                    });
                }
            }
        }
        let state = if tried.iter().any(|one| one.is_failure) {
            State::Mislukt
        } else if self.wish.is_offline {
            State::NietInCache
        } else {
            State::NogNietGepubliceerd
        };
        PartReport {
            product,
            state,
            address: None,
            year: None,
            retrieved: None,
            files: Vec::new(),
            tried,
            notes: Vec::new(),
        }
    }

    async fn try_one(&self, candidate: &Candidate) -> Result<Found, Nothing> {
        let (candidate, entry, state) = match &candidate.form {
            Form::Table(table) => self.table(candidate, table).await?,
            _ => self.file(candidate).await?,
        };
        let address = candidate.address.as_str();
        let entry = match &candidate.form {
            Form::Archive(choices) => self.unpacked(&candidate, entry, choices)?,
            _ => entry,
        };
        let files = match candidate.form {
            Form::Archive(_) => {
                let folder = self.cache.members(address);
                entry.members.iter().map(|member| file(&folder, member)).collect()
            }
            _ => vec![file(&self.cache.place(address), &entry.file)],
        };
        let (files, notes) = self.readable(files)?;
        Ok(Found { candidate, entry, state, files, notes })
    }

    /// The file at an address, from there or from the cache.
    async fn file(&self, candidate: &Candidate) -> Result<(Candidate, Entry, State), Nothing> {
        let address = candidate.address.as_str();
        let known = self.cache.sound(address);
        if self.wish.is_offline {
            return Ok((candidate.clone(), self.kept(address)?, State::UitCache));
        }
        let content = match candidate.form {
            Form::Geopackage => Content::Geopackage,
            Form::Workbook => Content::Workbook,
            _ => Content::Zip,
        };
        let last = candidate.address.path_segments().and_then(|mut path| path.next_back());
        let name = safe_name(last.unwrap_or_default());
        let folder = self.cache.place(address);
        let path = folder.join(format!("binnen-{name}"));
        let wanted = Wanted {
            address: &candidate.address,
            name: &name,
            path: &path,
            content,
            largest: candidate.largest,
            may_be_packed: false,
        };
        let outcome = download(&self.client, self.watch, &wanted, known.as_ref()).await?;
        match (outcome.map_err(Nothing::Absent)?, known) {
            (Outcome::Same, Some(entry)) => Ok((candidate.clone(), entry, State::Ongewijzigd)),
            (Outcome::Same, None) => {
                Err(Failure::new("answered 304 where nothing was known").into())
            }
            (Outcome::New(got), before) => {
                let entry = self.keep(candidate, got, &name, &path, before)?;
                Ok((candidate.clone(), entry, State::Opgehaald))
            }
        }
    }

    /// What the cache has of an address.
    fn kept(&self, address: &str) -> Result<Entry, Nothing> {
        match (self.cache.sound(address), self.cache.entry(address)) {
            (Some(entry), _) => Ok(entry),
            (None, None) => Err(Nothing::Absent("not in the cache".to_owned())),
            (None, Some(_)) => {
                let message = "in the cache, and damaged: fetch it again without --offline";
                Err(Failure::new(message).into())
            }
        }
    }

    /// Puts a file that came in under its own name, and records it.
    fn keep(
        &self,
        candidate: &Candidate,
        got: Got,
        name: &str,
        path: &Path,
        before: Option<Entry>,
    ) -> Result<Entry, Nothing> {
        let address = candidate.address.as_str();
        let day = got.modified.as_deref().and_then(http_date).map(|moment| {
            let day = moment.to_zoned(jiff::tz::TimeZone::UTC).date();
            format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
        });
        let as_of = day.unwrap_or_else(|| self.wish.today.replace('-', ""));
        // A name of an archive says nothing; its members get the day.
        let name = match candidate.form {
            Form::Workbook => dated_name(name, &as_of),
            _ => name.to_owned(),
        };
        let old = before.as_ref().map(|entry| self.cache.path(address, &entry.file));
        let is_same = before.as_ref().is_some_and(|entry| entry.file.checksum == got.checksum);
        let entry = match before {
            // Sent again, and the same to the byte: it keeps its name and its day.
            Some(entry) if is_same => Entry { etag: got.etag, modified: got.modified, ..entry },
            _ => Entry {
                file: Member { name, size: got.size, checksum: got.checksum },
                etag: got.etag,
                modified: got.modified,
                retrieved: self.wish.today.clone(),
                as_of,
                members: Vec::new(),
            },
        };
        let to = self.cache.path(address, &entry.file);
        std::fs::rename(path, &to).map_err(|error| {
            Failure::new(format!("{}: cannot put in place: {error}", to.display()))
        })?;
        self.cache.record(address, entry.clone())?;
        if let Some(old) = old.filter(|old| *old != to) {
            let _ = std::fs::remove_file(old);
        }
        Ok(entry)
    }

    /// The table at an address, from there or from the cache.
    async fn table(
        &self,
        candidate: &Candidate,
        table: &Table,
    ) -> Result<(Candidate, Entry, State), Nothing> {
        let statline = StatLine {
            client: &self.client,
            cache: self.cache,
            watch: self.watch,
            dialects: self.dialects,
            today: &self.wish.today,
        };
        let title = table.list.as_ref().map(|(_, title)| title.as_str()).unwrap_or_default();
        let id = match (&table.id, self.wish.is_offline) {
            (Some(id), _) => Some(id.clone()),
            (None, true) => self.cache.table(title),
            (None, false) => statline.find(table).await?,
        };
        let Some(id) = id else {
            return Err(Nothing::Absent(format!("no table is called {title:?}")));
        };
        let address = table.address(&id, candidate.year).map_err(Failure::new)?;
        let candidate = Candidate { address, ..candidate.clone() };
        if self.wish.is_offline {
            let entry = self.kept(candidate.address.as_str())?;
            return Ok((candidate, entry, State::UitCache));
        }
        match statline.read(&candidate, table, &id).await? {
            TableOutcome::Same(entry) => Ok((candidate, entry, State::Ongewijzigd)),
            TableOutcome::New(entry) => Ok((candidate, entry, State::Opgehaald)),
            TableOutcome::Absent(answer) => Err(Nothing::Absent(answer)),
        }
    }

    /// An archive with what is read of it beside it.
    fn unpacked(
        &self,
        candidate: &Candidate,
        entry: Entry,
        choices: &[Vec<String>],
    ) -> Result<Entry, Nothing> {
        let address = candidate.address.as_str();
        if self.cache.has_members(address, &entry) {
            return Ok(entry);
        }
        self.watch.say(&format!("unpacks {}", entry.file.name));
        let archive = self.cache.path(address, &entry.file);
        let folder = self.cache.members(address);
        let extracted = extract(&archive, choices, &folder, &entry.as_of, candidate.largest);
        match extracted {
            Ok(members) => {
                let entry = Entry { members, ..entry };
                self.cache.record(address, entry.clone())?;
                Ok(entry)
            }
            Err(wrong) => {
                // It would be as broken next time.
                self.cache.forget(address)?;
                Err(Failure::new(wrong).into())
            }
        }
    }

    /// The files that a dialect reads, and a note on each that none does.
    fn readable(
        &self,
        files: Vec<FetchedFile>,
    ) -> Result<(Vec<FetchedFile>, Vec<String>), Nothing> {
        let (mut read, mut notes) = (Vec::new(), Vec::new());
        for file in files {
            // What belongs to a shapefile is read with it.
            let ending =
                file.path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
            if matches!(ending.as_deref(), Some("shx" | "prj" | "cpg")) {
                continue;
            }
            if ending.as_deref() == Some("dbf") && has_shapes(&file.path) {
                continue;
            }
            match source::recognise(&file.path, self.dialects) {
                Ok(_) => read.push(file),
                Err(error) => notes.push(format!("not read: {error}")),
            }
        }
        if read.is_empty() {
            return Err(Failure::new(notes.join("; ")).into());
        }
        Ok((read, notes))
    }
}

fn file(folder: &Path, member: &Member) -> FetchedFile {
    FetchedFile {
        name: member.name.clone(),
        size: member.size,
        checksum: member.checksum.clone(),
        path: folder.join(&member.name),
    }
}

/// Whether the shapes of a table of dBASE stand beside it.
fn has_shapes(table: &Path) -> bool {
    ["shp", "SHP"].iter().any(|ending| table.with_extension(ending).is_file())
}
