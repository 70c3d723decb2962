//! The descriptions of both interfaces, held against the server by Schemathesis: thousands of
//! requests that they allow and forbid.

use crate::harness::{Server, python, scratch};

/// Runs it in a folder of its own, which it leaves files in.
const RUN: &str = "import os, sys; os.chdir(sys.argv.pop(1)); \
                   from schemathesis.cli import schemathesis; schemathesis()";

/// `mode` is which requests are made; with `known`, they go to places that there are.
fn judged(description: &str, mode: &str, known: bool) {
    let server = Server::demo();
    let folder = scratch();
    let folder = folder.path().to_str().expect("UTF-8");
    let description = format!("http://{}{description}", server.address);
    let oracle = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle");
    let places = if known { "-places" } else { "" };
    let config = format!("{oracle}/schemathesis{places}.toml");
    let mut arguments = vec!["-c", RUN, folder, "--config-file", &config];
    arguments.extend(["run", &description, "--mode", mode]);
    // What a description allows an atlas may not have: another year, another topic.
    arguments.extend(["--exclude-checks", "positive_data_acceptance"]);
    arguments.extend(["--max-examples", "8", "--seed", "20", "--no-shrink", "--no-color"]);
    let Some(run) = python(&arguments) else { return };
    let short = |line: &str| line.chars().take(300).collect::<String>();
    let said: Vec<_> = run.stdout.lines().map(short).collect();
    assert_eq!(run.code, Some(0), "{}\n{}", said.join("\n"), run.stderr);
    assert!(said.iter().any(|line| line.contains(" generated, ")), "{}", said.join("\n"));
}

#[test]
fn the_own_interface_is_as_described() {
    judged("/v1/openapi.json", "all", false);
}

#[test]
fn the_own_interface_is_as_described_where_there_is_something() {
    judged("/v1/openapi.json", "positive", true);
}

#[test]
fn the_standard_interface_is_as_described() {
    judged("/ogc/v1/openapi.json", "all", false);
}

#[test]
fn the_standard_interface_is_as_described_where_there_is_something() {
    judged("/ogc/v1/openapi.json", "positive", true);
}
