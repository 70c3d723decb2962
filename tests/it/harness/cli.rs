//! Commands, and what is asked of an atlas beside the program.

use std::{
    env,
    fs::File,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use rusqlite::{Connection, OpenFlags, types::Value};
use tempfile::TempDir;

use super::skip;

/// How a command ended and what it said.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Checks that it went well.
    #[track_caller]
    pub fn succeeded(self) -> Self {
        assert_eq!(self.code, Some(0), "{}\n{}", self.stdout, self.stderr);
        self
    }

    /// Checks that it failed as it must: exit code 1, a message on standard error that holds each
    /// of `named`, and no panic.
    #[track_caller]
    pub fn failed_naming(self, named: &[&str]) -> Self {
        assert_eq!(self.code, Some(1), "{}\n{}", self.stdout, self.stderr);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        for text in named {
            assert!(self.stderr.contains(text), "no {text:?} in: {}", self.stderr);
        }
        self
    }
}

/// Runs the binary without input.
pub fn run(arguments: &[&str]) -> Run {
    run_with(arguments, Stdio::null())
}

/// Runs the binary with a file as its input.
pub fn run_with(arguments: &[&str], input: impl Into<Stdio>) -> Run {
    finish(Command::new(env!("CARGO_BIN_EXE_wijkzicht")).args(arguments).stdin(input))
}

/// The address space of [`run_in_little`], in KiB: the program itself takes some 250 MB of it.
const LITTLE: &str = "400000";

/// Runs the binary where it can have 400 MB and no more, and stops it when it does not end.
///
/// Linux alone holds a program to a size; elsewhere it runs as [`run`] does.
pub fn run_in_little(arguments: &[&str]) -> Run {
    if !cfg!(target_os = "linux") {
        return run(arguments);
    }
    // A minute of computing, or two of waiting.
    let limits = format!("ulimit -v {LITTLE}; ulimit -t 60; exec timeout 120 \"$0\" \"$@\"");
    let mut shell = Command::new("sh");
    shell.args(["-c", &limits, env!("CARGO_BIN_EXE_wijkzicht")]).args(arguments);
    // A stack for every core of a large machine would not fit.
    finish(
        shell.env("RAYON_NUM_THREADS", "2").env("TOKIO_WORKER_THREADS", "2").stdin(Stdio::null()),
    )
}

/// Runs GDAL's `ogrinfo`.
pub fn ogrinfo(arguments: &[&str]) -> Option<Run> {
    tool(Path::new("ogrinfo"), arguments)
}

/// Runs GDAL's `ogr2ogr`.
pub fn ogr2ogr(arguments: &[&str]) -> Option<Run> {
    tool(Path::new("ogr2ogr"), arguments)
}

/// Runs the Python that `scripts/python.sh` makes, with NumPy and Shapely.
pub fn python(arguments: &[&str]) -> Option<Run> {
    let cache = || match (env::var_os("XDG_CACHE_HOME"), env::var_os("HOME")) {
        (Some(cache), _) => PathBuf::from(cache),
        (None, home) => PathBuf::from(home.unwrap_or_default()).join(".cache"),
    };
    let program = env::var_os("WIJKZICHT_PYTHON")
        .map_or_else(|| cache().join("wijkzicht/python/bin/python"), PathBuf::from);
    let arguments: Vec<_> = ["-B"].iter().chain(arguments).copied().collect();
    tool(&program, &arguments)
}

/// Runs tests of the page that are in `file`, with a variable set in their environment.
pub fn vitest(file: &str, variable: (&str, &str)) -> Option<Run> {
    let web = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/web"));
    if !web.join("node_modules/vitest").exists() {
        assert!(env::var_os("CI").is_none(), "web/node_modules is missing: run make test");
        skip("no web/node_modules here; make test installs them");
        return None;
    }
    let mut command = Command::new("node");
    command.current_dir(web).args(["node_modules/vitest/vitest.mjs", "run", file]);
    Some(finish(command.env(variable.0, variable.1).stdin(Stdio::null())))
}

/// Runs another program. `None`, said loudly, where it is not installed; where CI runs, it must
/// be there.
fn tool(program: &Path, arguments: &[&str]) -> Option<Run> {
    let found = Command::new(program).arg("--version").stdin(Stdio::null()).output().is_ok();
    if !found {
        let program = program.display();
        assert!(env::var_os("CI").is_none(), "{program} is missing: run make test");
        skip(&format!("no {program} here; make test installs it"));
        return None;
    }
    Some(finish(Command::new(program).args(arguments).stdin(Stdio::null())))
}

fn finish(command: &mut Command) -> Run {
    let output = command.env_remove("WIJKZICHT_LOG").output().expect("the program starts");
    Run {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A folder that is removed afterwards.
pub fn scratch() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// Every row of every table of an atlas as text, in order, without what may differ between two
/// imports of the same: days of retrieval, and what each import changed.
pub fn canonical_dump(atlas: &Path) -> Vec<String> {
    let connection = Connection::open_with_flags(atlas, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .expect("an atlas is an SQLite file");
    let tables: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .and_then(|mut tables| tables.query_map([], |row| row.get(0))?.collect())
        .expect("a list of tables");
    let mut dump = Vec::new();
    for table in tables.into_iter().filter(|table| table != "wijzigingen") {
        let mut rows = connection.prepare(&format!("SELECT * FROM \"{table}\"")).expect("a table");
        let columns: Vec<String> = rows.column_names().map(str::to_owned).collect();
        let mut rows = rows.query([]).expect("its rows");
        while let Some(row) = rows.next().expect("a row") {
            let mut line = table.clone();
            for (index, column) in columns.iter().enumerate() {
                if !["opgehaald", "last_change"].contains(&column.as_str()) {
                    let cell: Value = row.get(index).expect("a cell");
                    line.push_str(&format!(" {cell:?}"));
                }
            }
            dump.push(line);
        }
    }
    dump.sort_unstable();
    dump
}

/// A new file with these bytes, opened for reading.
pub fn input(folder: &Path, name: &str, bytes: &[u8]) -> File {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("a temporary file");
    File::open(path).expect("it was written")
}
