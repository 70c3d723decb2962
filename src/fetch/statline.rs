//! A table of StatLine by OData 4: what it is of, its topics, its areas, and its figures page by
//! page. A page that is there stays, so that it goes on where it was cut off; a table that changes
//! meanwhile is read anew.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::{Path, PathBuf},
};

use reqwest::Url;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use crate::source::Dialects;

use super::{
    Cache, Candidate, Entry, Member,
    cache::{dated_name, fingerprint, read_json, write_json},
    client::Client,
    content::Content,
    download::{Got, Outcome, Wanted, download},
    plan::Table,
    retry::Failure,
    statline_table::{
        Axes, Code, Column, Dimension, Figures, Group, Measure, Observation, Page, Properties,
        columns, filter,
    },
    watch::Watch,
};

/// More pages than this no table has: one is 100,000 figures.
const MOST_PAGES: usize = 1000;

/// How often a table that changes while it is read is read anew.
const MOST_READINGS: usize = 3;

/// How far the reading of a table is.
const PROGRESS: &str = "deel.json";

/// What came of a table.
#[derive(Debug)]
pub enum TableOutcome {
    /// It is as it was.
    Same(Entry),
    /// Read anew.
    New(Entry),
    /// It is not there, or has no figures of the year.
    Absent(String),
}

/// How far the reading of a table is.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Progress {
    /// The moment of the table's newest change.
    stamp: String,
    /// Of each list how many pages are there, and where it goes on.
    lists: BTreeMap<String, Reached>,
}

/// How far a list is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Reached {
    pages: usize,
    /// The next page; `None` after the last.
    next: Option<String>,
    /// What was asked for.
    first: String,
}

/// A table that is being read.
struct Reading<'a> {
    id: &'a str,
    /// No page has more bytes.
    largest: u64,
    folder: &'a Path,
    progress: Progress,
}

/// Reads the tables of StatLine.
pub struct StatLine<'a> {
    /// Who asks.
    pub client: &'a Client,
    /// Where it stays.
    pub cache: &'a Cache,
    /// Who is told.
    pub watch: &'a dyn Watch,
    /// What the figures are read in.
    pub dialects: &'a Dialects,
    /// Today, `2026-11-21`.
    pub today: &'a str,
}

impl StatLine<'_> {
    /// The table of a candidate, looked for by its title where it has no id; `None` where no table
    /// has that title.
    ///
    /// # Errors
    /// When the list of tables does not come.
    pub async fn find(&self, table: &Table) -> Result<Option<String>, Failure> {
        if let Some(id) = &table.id {
            return Ok(Some(id.clone()));
        }
        let Some((list, title)) = &table.list else { return Ok(None) };
        if let Some(known) = self.cache.table(title) {
            return Ok(Some(known));
        }
        let mut address = list.clone();
        address
            .query_pairs_mut()
            .append_pair("$filter", &format!("contains(Title,'{title}')"))
            .append_pair("$select", "Identifier,Title");
        let folder = self.cache.place(list.as_str());
        let name = format!("tabellen {title}.json");
        let wanted = self.wanted(&address, &name, &folder.join("tabellen.json"));
        let path = wanted.path.clone();
        let answer = download(self.client, self.watch, &wanted.as_wanted(), None).await?;
        if answer.is_err() {
            return Ok(None);
        }
        let page: Page<Code> = read(&path)?;
        let _ = fs::remove_file(&path);
        let is_so = |code: &&Code| code.title.trim().eq_ignore_ascii_case(title);
        let found: Vec<_> = page.value.iter().filter(is_so).collect();
        let [one] = found.as_slice() else { return Ok(None) };
        let id = one.identifier.trim().to_owned();
        if id.is_empty() || !id.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(Failure::new(format!("a table called {id:?}")));
        }
        self.cache.record_table(title, &id).map_err(|error| Failure::new(error.to_string()))?;
        Ok(Some(id))
    }

    /// Reads a table, unless it is as the cache has it.
    ///
    /// # Errors
    /// When it does not come whole, or is no table that the dialect reads.
    pub async fn read(
        &self,
        candidate: &Candidate,
        table: &Table,
        id: &str,
    ) -> Result<TableOutcome, Failure> {
        let address = &candidate.address;
        let folder = self.cache.place(address.as_str());
        let on_disk = |error: &dyn std::fmt::Display| Failure::new(error.to_string());
        fs::create_dir_all(&folder).map_err(|error| on_disk(&error))?;
        let known = self.cache.sound(address.as_str());
        for _ in 0..MOST_READINGS {
            let first = match self.properties(address, id, &folder, known.as_ref()).await? {
                Err(absent) => return Ok(TableOutcome::Absent(absent)),
                Ok(Known::Same) => match known {
                    Some(entry) => return Ok(TableOutcome::Same(entry)),
                    None => return Err(Failure::new("answered 304 where nothing was known")),
                },
                Ok(Known::New(first)) => first,
            };
            if let Some(entry) = &known
                && entry.modified.is_some()
                && entry.modified == first.stamp
            {
                return Ok(TableOutcome::Same(entry.clone()));
            }
            let stamp = first.stamp.clone().or(first.etag.clone()).unwrap_or_default();
            let Some(figures) = self.figures(candidate, table, id, &folder, &stamp).await? else {
                let year = candidate.year;
                return Ok(TableOutcome::Absent(format!("table {id} has no figures of {year}")));
            };
            // Pages of two states of a table would make a table that never was.
            match self.properties(address, id, &folder, None).await? {
                Ok(Known::New(last)) if last.stamp == first.stamp => {}
                _ => {
                    self.watch.say(&format!("{id}: changed while it was read; reads it anew"));
                    forget(&folder);
                    continue;
                }
            }
            let as_of = first.day().unwrap_or_else(|| self.today.replace('-', ""));
            let name = dated_name(&format!("statline-{id}-{}.csv", candidate.year), &as_of);
            let (path, draft) = (folder.join(&name), folder.join(format!("{name}.part")));
            fs::write(&draft, figures).map_err(|error| on_disk(&error))?;
            fs::File::open(&draft)
                .and_then(|file| file.sync_all())
                .and_then(|()| fs::rename(&draft, &path))
                .map_err(|error| on_disk(&error))?;
            let (size, checksum) = fingerprint(&path).map_err(|error| on_disk(&error))?;
            let entry = Entry {
                file: Member { name, size, checksum },
                etag: first.etag,
                modified: first.stamp,
                retrieved: self.today.to_owned(),
                as_of,
                members: Vec::new(),
            };
            self.cache.record(address.as_str(), entry.clone()).map_err(|error| on_disk(&error))?;
            forget(&folder);
            if let Some(before) = known.filter(|before| before.file.name != entry.file.name) {
                let _ = fs::remove_file(folder.join(before.file.name));
            }
            return Ok(TableOutcome::New(entry));
        }
        Err(Failure::new(format!("table {id} keeps changing while it is read; run it again later")))
    }

    /// What a table is of; what was answered where it is not there.
    async fn properties(
        &self,
        address: &Url,
        id: &str,
        folder: &Path,
        known: Option<&Entry>,
    ) -> Result<Result<Known, String>, Failure> {
        let address = below(address, "Properties")?;
        let wanted = self.wanted(&address, id, &folder.join("Properties.json"));
        // The moment is StatLine's own and no moment of HTTP's.
        let known = known.map(|entry| Entry { modified: None, ..entry.clone() });
        let known = known.filter(|entry| entry.etag.is_some());
        Ok(match download(self.client, self.watch, &wanted.as_wanted(), known.as_ref()).await? {
            Err(absent) => Err(absent),
            Ok(Outcome::Same) => Ok(Known::Same),
            Ok(Outcome::New(Got { etag, .. })) => {
                let read: Properties = read(&wanted.path)?;
                let _ = fs::remove_file(&wanted.path);
                Ok(Known::New(State { etag, stamp: read.stamp().map(str::to_owned) }))
            }
        })
    }

    /// The figures of a year as a table; `None` where there are none.
    async fn figures(
        &self,
        candidate: &Candidate,
        table: &Table,
        id: &str,
        folder: &Path,
        stamp: &str,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let mut progress: Progress = read_json(&folder.join(PROGRESS)).unwrap_or_default();
        if stamp.is_empty() || progress.stamp != stamp {
            forget(folder);
            progress = Progress { stamp: stamp.to_owned(), lists: BTreeMap::new() };
        }
        let of = |name: &str| below(&candidate.address, name);
        let mut reading = Reading { id, largest: candidate.largest, folder, progress };
        let dimensions = self.pages(&mut reading, "Dimensions", of("Dimensions")?).await?;
        let axes = Axes::of(&rows::<Dimension>(&dimensions)?)
            .map_err(|wrong| Failure::new(format!("table {id} {wrong}")))?;
        let measures = self.pages(&mut reading, "MeasureCodes", of("MeasureCodes")?).await?;
        let groups = self.pages(&mut reading, "MeasureGroups", of("MeasureGroups")?).await?;
        let wanted = {
            let dialect = self.dialects.iter().find(|one| one.id == table.dialect.as_str());
            let dialect = dialect
                .ok_or_else(|| Failure::new(format!("there is no dialect {:?}", table.dialect)))?;
            columns(&rows::<Measure>(&measures)?, &rows::<Group>(&groups)?, dialect)
        };
        if wanted.is_empty() {
            return Err(Failure::new(format!(
                "table {id} has no topic that dialect {} reads: is this the right table?",
                table.dialect
            )));
        }
        let codes = format!("{}Codes", axes.area);
        let areas = self.pages(&mut reading, &codes, of(&codes)?).await?;
        let mut address = of("Observations")?;
        {
            let mut query = address.query_pairs_mut();
            query.append_pair("$filter", &filter(&wanted, &axes, candidate.year));
            let period = axes.period.iter().flat_map(|name| [",", name.as_str()]);
            let select: String = ["Measure,Value,ValueAttribute,", axes.area.as_str()]
                .into_iter()
                .chain(period)
                .collect();
            query.append_pair("$select", &select);
        }
        let observations = self.pages(&mut reading, "Observations", address).await?;

        let figures = gather(&observations, &wanted, &axes)
            .map_err(|wrong| Failure::new(format!("table {id}: {}", wrong.message)))?;
        if figures.is_empty() {
            return Ok(None);
        }
        let names = rows::<Code>(&areas)?
            .into_iter()
            .map(|code| (code.identifier.trim().to_owned(), code.title.trim().to_owned()))
            .collect();
        let table = figures.table(table, &wanted, &names, candidate.year);
        table.map(Some).map_err(|error| Failure::new(error.to_string()))
    }

    /// Every page of a list, from where it was left.
    async fn pages(
        &self,
        reading: &mut Reading<'_>,
        list: &str,
        first: Url,
    ) -> Result<Vec<PathBuf>, Failure> {
        let Reading { id, largest, folder, progress } = reading;
        let file = |page: usize| folder.join(format!("{list}-{page:04}.json"));
        let fresh =
            || Reached { pages: 0, next: Some(first.to_string()), first: first.to_string() };
        let reached = progress.lists.get(list).filter(|there| there.first == first.as_str());
        let is_there = |reached: &&Reached| (1..=reached.pages).all(|page| file(page).is_file());
        let mut reached = reached.filter(is_there).cloned().unwrap_or_else(fresh);
        while let Some(next) = reached.next.clone() {
            if reached.pages >= MOST_PAGES {
                return Err(Failure::new(format!("{list} has more than {MOST_PAGES} pages")));
            }
            let address = follow(&first, &next).map_err(Failure::new)?;
            let page = reached.pages + 1;
            let name = match page {
                1 => format!("{id} {list}"),
                page => format!("{id} {list}, page {page}"),
            };
            let path = file(page);
            let wanted = OwnWanted { largest: *largest, ..self.wanted(&address, &name, &path) };
            match download(self.client, self.watch, &wanted.as_wanted(), None).await? {
                Ok(Outcome::New(_)) => {}
                Ok(Outcome::Same) => return Err(Failure::new(format!("{address}: answered 304"))),
                Err(absent) => return Err(Failure::new(format!("{address}: {absent}"))),
            }
            let link = read::<Page<serde::de::IgnoredAny>>(&path)?.next;
            if link.as_deref() == Some(next.as_str()) {
                return Err(Failure::new(format!("{list}: page {page} leads to itself")));
            }
            reached = Reached { pages: page, next: link, first: first.to_string() };
            progress.lists.insert(list.to_owned(), reached.clone());
            write_json(&folder.join(PROGRESS), progress)
                .map_err(|error| Failure::new(error.to_string()))?;
        }
        Ok((1..=reached.pages).map(file).collect())
    }

    fn wanted(&self, address: &Url, name: &str, path: &Path) -> OwnWanted {
        /// Lists and descriptions are small.
        const LARGEST: u64 = 50_000_000;
        OwnWanted {
            address: address.clone(),
            name: name.to_owned(),
            path: path.to_owned(),
            largest: LARGEST,
        }
    }
}

/// A small thing of StatLine's that is to be fetched.
struct OwnWanted {
    address: Url,
    name: String,
    path: PathBuf,
    largest: u64,
}

impl OwnWanted {
    fn as_wanted(&self) -> Wanted<'_> {
        Wanted {
            address: &self.address,
            name: &self.name,
            path: &self.path,
            content: Content::Json,
            largest: self.largest,
            may_be_packed: true,
        }
    }
}

/// What is known of a table now.
enum Known {
    Same,
    New(State),
}

/// The state of a table.
#[derive(Debug)]
struct State {
    etag: Option<String>,
    stamp: Option<String>,
}

impl State {
    /// The day of it, `20241105`.
    fn day(&self) -> Option<String> {
        let day: jiff::civil::Date = self.stamp.as_deref()?.get(..10)?.parse().ok()?;
        Some(format!("{:04}{:02}{:02}", day.year(), day.month(), day.day()))
    }
}

/// The figures on pages.
fn gather(pages: &[PathBuf], wanted: &[Column], axes: &Axes) -> Result<Figures, Failure> {
    let places: HashMap<&str, usize> =
        wanted.iter().enumerate().map(|(at, column)| (column.measure.as_str(), at)).collect();
    let mut figures = Figures::default();
    for path in pages {
        let bytes = bytes_of(path)?;
        // A row at a time: a page has a hundred thousand.
        for row in parse::<Page<&RawValue>>(path, &bytes)?.value {
            let observation: Observation = parse(path, row.get().as_bytes())?;
            figures.take(&observation, &places, axes).map_err(Failure::new)?;
        }
    }
    Ok(figures)
}

/// The rows of every page of a list.
fn rows<T: DeserializeOwned>(pages: &[PathBuf]) -> Result<Vec<T>, Failure> {
    let mut all = Vec::new();
    for path in pages {
        all.extend(read::<Page<T>>(path)?.value);
    }
    Ok(all)
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    parse(path, &bytes_of(path)?)
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path)
        .map_err(|error| Failure::new(format!("{}: cannot read: {error}", path.display())))
}

/// What stands in a file, which is removed where that is something else.
fn parse<'a, T: Deserialize<'a>>(path: &Path, bytes: &'a [u8]) -> Result<T, Failure> {
    serde_json::from_slice(bytes).map_err(|error| {
        let _ = fs::remove_file(path);
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Failure::new(format!("{name} is not what StatLine answers: {error}"))
    })
}

/// An address below that of a table.
fn below(table: &Url, name: &str) -> Result<Url, Failure> {
    let mut url = table.clone();
    url.set_fragment(None);
    url.path_segments_mut()
        .map_err(|()| Failure::new(format!("{table}: no address of a table")))?
        .pop_if_empty()
        .push(name);
    Ok(url)
}

/// Where a list goes on: at the same host, or at another in a way that is no less safe.
fn follow(first: &Url, next: &str) -> Result<Url, String> {
    let url = first.join(next).map_err(|error| format!("{next}: {error}"))?;
    match url.scheme() {
        "https" => Ok(url),
        "http" if first.scheme() == "http" => Ok(url),
        _ => Err(format!("goes on at {url}, which is not safe: expected https")),
    }
}

/// Removes the pages of a table that was read, or must be read anew.
fn forget(folder: &Path) {
    // First what says that they are there.
    let _ = fs::remove_file(folder.join(PROGRESS));
    for file in fs::read_dir(folder).into_iter().flatten().flatten() {
        if file.path().extension().is_some_and(|ending| ending == "json") {
            let _ = fs::remove_file(file.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_go_on_nowhere_less_safe() {
        let first = Url::parse("https://a.example/odata/Observations?x=1").expect("an address");
        let to = |next: &str| follow(&first, next).map(|url| url.to_string());
        assert_eq!(to("https://a.example/y").as_deref(), Ok("https://a.example/y"));
        assert_eq!(
            to("Observations?y=2").as_deref(),
            Ok("https://a.example/odata/Observations?y=2")
        );
        assert!(to("http://a.example/y").is_err());
        assert!(to("file:///etc/passwd").is_err());
        assert!(to("https://").is_err());
    }

    #[test]
    fn the_day_of_a_state_is_its_first_ten_signs() {
        let day = |stamp: &str| State { etag: None, stamp: Some(stamp.to_owned()) }.day();
        assert_eq!(day("2024-11-05T02:00:00+01:00").as_deref(), Some("20241105"));
        assert_eq!(day("2024-11-05").as_deref(), Some("20241105"));
        for wrong in ["", "gisteren", "2024-11", "05-11-2024 x"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }
}
