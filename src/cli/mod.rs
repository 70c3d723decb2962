//! The commands, one file each.

mod check;
mod demo;
mod export;
mod fetch;
mod import;
mod locate;
mod own;
mod progress;
mod reload;
mod serve;
mod site;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What can go wrong in a command: told on standard error, exit code 1.
pub type CommandError = Box<dyn std::error::Error + Send + Sync>;

/// Map server for Dutch neighbourhoods: liveability and concentration per gemeente, wijk, buurt.
#[derive(Debug, Parser)]
#[command(name = "wijkzicht", version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read files of CBS, the Leefbaarometer and others into an atlas
    Import(import::Import),
    /// Fetch what publishers offer for a year, and import it
    Fetch(fetch::Fetch),
    /// Serve the map and its interface over HTTP
    Serve(serve::Serve),
    /// Have servers load an atlas again, as they do by themselves when it changes
    Reload(reload::Reload),
    /// Add buurt, wijk and gemeente to a table of coordinates, from standard input to output
    Locate(locate::Locate),
    /// Write a layer as a table, a map file or a picture, every value as a row, or the whole map
    Export(export::Export),
    /// Say what an atlas holds and what is wrong with it; changes nothing
    Check(check::Check),
    /// Make an atlas of a fictional country
    Demo(demo::Demo),
}

/// Runs the command that the arguments name; errors are told on standard error.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Command::Import(command) => command.run(),
        Command::Fetch(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Reload(command) => command.run(),
        Command::Locate(command) => command.run(),
        Command::Export(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Demo(command) => command.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wijkzicht: {}", printable(&error.to_string()));
            ExitCode::FAILURE
        }
    }
}

/// The atlas in a file, loaded as an administrator without settings has it.
fn load(path: &std::path::Path) -> Result<crate::atlas::Atlas, CommandError> {
    load_with(path, &crate::server::Config::default())
}

/// A message without what would steer a terminal: it may repeat what stands in a file.
fn printable(message: &str) -> String {
    let steers = |c: char| c.is_control() && c != '\n' && c != '\t';
    message.replace(steers, "\u{fffd}")
}

/// The atlas in a file, loaded as everybody may see it.
fn load_with(
    path: &std::path::Path,
    config: &crate::server::Config,
) -> Result<crate::atlas::Atlas, CommandError> {
    atlas_of(contents_at(path)?.public(), config)
}

/// The same with what is not public in it, for those who may see that.
fn load_all(
    path: &std::path::Path,
    config: &crate::server::Config,
) -> Result<crate::atlas::Atlas, CommandError> {
    atlas_of(contents_at(path)?, config)
}

/// What an atlas at rest holds.
fn contents_at(path: &std::path::Path) -> Result<crate::store::Contents, CommandError> {
    use crate::store::{GpkgStore, Store};
    Ok(GpkgStore::new(path).read()?.ok_or_else(|| {
        format!("{}: no such file; make an atlas with `wijkzicht import`", path.display())
    })?)
}

/// An atlas of contents, with what is built in and what the administrator changes of it.
fn atlas_of(
    contents: crate::store::Contents,
    config: &crate::server::Config,
) -> Result<crate::atlas::Atlas, CommandError> {
    let catalogue = crate::geodata::catalogue()?
        .redirecting(&config.omleidingen)?
        .allowing(&config.gevoelig)?;
    let palettes = crate::geodata::palettes()?;
    let residential = crate::geodata::residential_rule(&config.nauwelijks_woongebied)?;
    Ok(crate::atlas::Atlas::new(contents, catalogue, palettes, residential))
}

/// Today, as sources are dated: `2026-11-21`.
fn today() -> String {
    jiff::Zoned::now().date().to_string()
}

/// Now, as changes are dated: `2026-11-21T09:30:00Z`.
fn now() -> String {
    let now = jiff::Timestamp::now().as_second();
    jiff::Timestamp::from_second(now).map(|moment| moment.to_string()).unwrap_or_default()
}
