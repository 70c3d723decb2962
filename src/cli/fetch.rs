//! `wijkzicht fetch`.

use std::{io::Write, path::PathBuf};

use clap::Args;

use crate::{
    area::Year,
    fetch::{Cache, FetchReport, Fetching, Plan, Product, Publishers, Settings, Wish},
    geodata,
    server::Config,
    source::{Dialects, ReadOptions},
    store::{self, GpkgStore, ImportOptions, ImportReport},
};

use super::{
    CommandError, import, now,
    progress::{Downloads, Progress},
    today,
};

/// Arguments of `fetch`.
#[derive(Debug, Args)]
pub struct Fetch {
    /// The year of the figures and of the division
    #[arg(long, value_name = "YEAR")]
    year: Year,
    /// The atlas: made when it is not there, else added to
    #[arg(long, value_name = "ATLAS")]
    data: PathBuf,
    /// Only these parts: grenzen, kwb, leefbaarometer, ses-woa, adressen
    #[arg(long, value_name = "PARTS", value_delimiter = ',')]
    only: Vec<Product>,
    /// The folder in which fetched files stay, for the next time
    #[arg(long, value_name = "FOLDER")]
    cache: Option<PathBuf>,
    /// Ask nobody: import what is in the cache
    #[arg(long)]
    offline: bool,
    /// Settings in TOML: proxy, cache, addresses ([ophalen], see docs/beheer.md)
    #[arg(long, value_name = "FILE", env = "WIJKZICHT_CONFIG")]
    config: Option<PathBuf>,
    /// Say what would be asked of whom, and what is in the cache; ask nobody and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

/// What is printed as JSON.
#[derive(serde::Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    fetched: &'a FetchReport,
    /// What the import of it did; `null` where nothing was imported.
    #[serde(rename = "inlezen")]
    imported: Option<&'a ImportReport>,
}

impl Fetch {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let config = self.config.as_deref().map(Config::read).transpose()?.unwrap_or_default();
        let settings = config.ophalen;
        let plan = Plan::of(&Publishers::built_in()?, &settings, self.year, &self.only)?;
        let folder = match self.cache.clone().or_else(|| settings.cache.clone()) {
            Some(folder) => folder,
            None => Cache::own_folder()?,
        };
        if self.dry_run {
            return tell_plan(&plan, &Cache::look(&folder)?);
        }
        let cache = Cache::open(&folder, &|| {
            eprintln!("waits for another fetch with {}", folder.display());
        })?;
        let dialects = Dialects::built_in()?;
        let fetched = self.fetch(&settings, &plan, &cache, &dialects)?;
        if !self.json {
            print(&mut std::io::stdout().lock(), &fetched)?;
        }
        let imported =
            if self.may_import(&fetched) { Some(self.import(&fetched, &dialects)?) } else { None };
        if self.json {
            let mut out = std::io::stdout().lock();
            let report = Report { fetched: &fetched, imported: imported.as_ref() };
            serde_json::to_writer_pretty(&mut out, &report)?;
            writeln!(out)?;
        }
        match imported {
            Some(_) => Ok(()),
            None => Err(self.why_nothing(&fetched).into()),
        }
    }

    fn fetch(
        &self,
        settings: &Settings,
        plan: &Plan,
        cache: &Cache,
        dialects: &Dialects,
    ) -> Result<FetchReport, CommandError> {
        let wish = Wish { year: self.year, is_offline: self.offline, today: today() };
        let downloads = Downloads::new();
        let fetching = Fetching::new(settings, cache, dialects, &downloads, wish)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        Ok(runtime.block_on(fetching.run(plan)))
    }

    /// Whether everything that is there came in, and there is something.
    fn may_import(&self, fetched: &FetchReport) -> bool {
        !fetched.has_failed() && fetched.files().next().is_some()
    }

    fn import(
        &self,
        fetched: &FetchReport,
        dialects: &Dialects,
    ) -> Result<ImportReport, CommandError> {
        let files: Vec<PathBuf> = fetched.files().map(|(path, _)| path.to_owned()).collect();
        let retrieved =
            fetched.files().map(|(path, day)| (path.to_owned(), day.to_owned())).collect();
        let options = ImportOptions {
            read: ReadOptions::default(),
            rd_grid: None,
            today: today(),
            moment: now(),
            retrieved,
        };
        let catalogue = geodata::catalogue()?;
        let name = self.data.display().to_string();
        let progress = Progress::new();
        let store = GpkgStore::new(&self.data);
        let imported =
            store::import(&store, &name, &files, &options, dialects, &catalogue, &|step| {
                progress.tell(step);
            });
        progress.end();
        let report = imported?;
        if !self.json {
            import::print(&mut std::io::stdout().lock(), &report)?;
        }
        Ok(report)
    }

    fn why_nothing(&self, fetched: &FetchReport) -> String {
        let (data, year) = (self.data.display(), self.year);
        match (fetched.has_failed(), self.offline) {
            (false, false) => format!(
                "nothing of {year} is published yet; {data} is as it was. Run it again later, or \
                 import files by hand"
            ),
            (false, true) => format!(
                "nothing of {year} is in the cache {}; {data} is as it was. Run it once without \
                 --offline, or name the right folder with --cache",
                fetched.cache.display()
            ),
            (true, _) => format!(
                "not all of it came in; {data} is as it was, and what did come in is kept. Run it \
                 again: it goes on where it was. Or name with --only what is to be imported without \
                 the rest"
            ),
        }
    }
}

/// What would be asked of whom.
fn tell_plan(plan: &Plan, cache: &Cache) -> Result<(), CommandError> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "cache {}", cache.folder().display())?;
    for (product, candidates) in &plan.parts {
        writeln!(out, "{product}: the first that is there of")?;
        for candidate in candidates {
            let address = candidate.address.as_str();
            let there = match cache.entry(address) {
                Some(entry) => format!(" (in the cache since {})", entry.retrieved),
                None => String::new(),
            };
            writeln!(out, "  {address}{there}")?;
        }
    }
    Ok(())
}

fn print(out: &mut impl Write, report: &FetchReport) -> std::io::Result<()> {
    for part in &report.parts {
        let year = part.year.filter(|year| *year != report.year);
        let year = year.map(|year| format!(", of {year}")).unwrap_or_default();
        writeln!(out, "{}: {}{year}", part.product, part.state.in_words())?;
        if let Some(address) = &part.address {
            writeln!(out, "  {address}")?;
        }
        for file in &part.files {
            let megabytes = file.size as f64 / 1e6;
            writeln!(out, "    {} ({megabytes:.1} MB)", file.name)?;
        }
        if part.files.is_empty() {
            for tried in &part.tried {
                writeln!(out, "  {}: {}", tried.address, tried.answer)?;
            }
        }
        for note in &part.notes {
            writeln!(out, "  {note}")?;
        }
    }
    writeln!(
        out,
        "{} requests, {:.1} MB, {:.1} s",
        report.requests,
        report.received as f64 / 1e6,
        report.seconds
    )
}
