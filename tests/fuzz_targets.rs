//! What fuzzing asks of the readers and the server, asked of the seeds that it sets out from and of
//! some variations of each. So the targets stay in step with the program, also where nobody fuzzes.

#![allow(
    clippy::panic,
    unused_attributes,
    missing_docs,
    reason = "the targets are crates of their own where they are fuzzed"
)]

// Under the names that the targets know.
extern crate self as libfuzzer_sys;
extern crate self as wijkzicht_fuzz;

use std::{fs, path::PathBuf, process::Command};

#[path = "../fuzz/src/lib.rs"]
mod shared;
pub use shared::{CATALOGUE, DIALECTS, atlas, file, path, read};

/// How often a seed is varied.
const VARIATIONS: usize = 50;

/// The seeds of a target, by name.
fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let made = Command::new("python3").arg(root.join("seeds.py")).arg(path("corpus")).status();
    assert!(made.is_ok_and(|status| status.success()), "python3 makes the seeds");
    let folder = path("corpus").join(target);
    if target == "atlas" {
        import(&folder);
    }
    let mut seeds: Vec<_> = fs::read_dir(&folder)
        .expect("seeds of the target")
        .map(|entry| entry.expect("an entry"))
        .map(|entry| {
            let bytes = fs::read(entry.path()).expect("a seed");
            (entry.file_name().to_string_lossy().into_owned(), bytes)
        })
        .collect();
    seeds.sort();
    seeds
}

/// The seed of the target that reads an atlas is one.
fn import(folder: &std::path::Path) {
    fs::create_dir(folder).expect("a folder");
    let done = Command::new(env!("CARGO_BIN_EXE_wijkzicht"))
        .args(["import", "--data"])
        .arg(folder.join("small.gpkg"))
        .args((0..2).map(|at| path("corpus").join(format!("wijkenbuurten_2024_{at}.gpkg"))))
        .output()
        .expect("the program");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// A linear congruential generator: the same variations each time.
struct Dice(u64);

impl Dice {
    /// Below `sides`.
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides.max(1)
    }
}

/// Some bytes changed, the end cut off, or a part doubled.
fn varied(seed: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    match dice.throw(4) {
        0 => bytes.truncate(dice.throw(seed.len())),
        1 => {
            let from = dice.throw(seed.len());
            let to = from + dice.throw((seed.len() - from).min(64));
            bytes.splice(to..to, seed[from..to].iter().copied());
        }
        _ => {
            for _ in 0..=dice.throw(4) {
                let at = dice.throw(bytes.len());
                if let Some(byte) = bytes.get_mut(at) {
                    let other = u8::try_from(dice.throw(256)).expect("a byte");
                    *byte = [0, 0xff, b'9', b'-', b',', other, other, other][dice.throw(8)];
                }
            }
        }
    }
    bytes
}

fn replay(target: &str, run: impl Fn(&[u8])) {
    let seeds = seeds(target);
    assert!(!seeds.is_empty());
    let mut dice = Dice(1);
    for (name, seed) in seeds {
        eprintln!("{target}: {name}");
        run(&seed);
        for _ in 0..VARIATIONS {
            run(&varied(&seed, &mut dice));
        }
    }
    fs::remove_dir_all(path("")).expect("removed");
}

macro_rules! targets {
    ($($name:ident $file:literal),+ $(,)?) => {
        $(#[path = $file] mod $name;)+

        mod holds {
            $(#[test] fn $name() {
                super::replay(stringify!($name), super::$name::run);
            })+

            /// A target that is not replayed here would fall out of step.
            #[test]
            fn all_targets() {
                let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/fuzz_targets");
                let mut found: Vec<_> = std::fs::read_dir(folder)
                    .expect("the targets")
                    .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
                    .collect();
                found.sort();
                assert_eq!(found, [$(concat!(stringify!($name), ".rs")),+]);
            }
        }
    };
}

targets! {
    addresses "../fuzz/fuzz_targets/addresses.rs",
    atlas "../fuzz/fuzz_targets/atlas.rs",
    cql "../fuzz/fuzz_targets/cql.rs",
    csv "../fuzz/fuzz_targets/csv.rs",
    dbf "../fuzz/fuzz_targets/dbf.rs",
    dialect "../fuzz/fuzz_targets/dialect.rs",
    geojson "../fuzz/fuzz_targets/geojson.rs",
    geometry "../fuzz/fuzz_targets/geometry.rs",
    geopackage "../fuzz/fuzz_targets/geopackage.rs",
    grid "../fuzz/fuzz_targets/grid.rs",
    http "../fuzz/fuzz_targets/http.rs",
    locate "../fuzz/fuzz_targets/locate.rs",
    repair "../fuzz/fuzz_targets/repair.rs",
    shapefile "../fuzz/fuzz_targets/shapefile.rs",
    xlsx "../fuzz/fuzz_targets/xlsx.rs",
}

/// Stands in for the macro of libFuzzer: a target is a function of bytes; text that is none is
/// passed over, as libFuzzer does.
#[macro_export]
macro_rules! fuzz_target {
    (|$data:ident: &[u8]| $body:block) => {
        pub fn run($data: &[u8]) $body
    };
    (|$text:ident: &str| $body:block) => {
        pub fn run(bytes: &[u8]) {
            let Ok($text) = std::str::from_utf8(bytes) else { return };
            $body
        }
    };
}
