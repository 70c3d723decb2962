//! The file of an atlas survives whatever happens to whoever writes it.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Instant, SystemTime},
};

use crate::harness::{canonical_dump, run, scratch};

/// A table of the Leefbaarometer, invented: every area has the score that `score` gives.
fn table(folder: &Path, name: &str, areas: usize, score: f64) -> PathBuf {
    let mut text = "bu_code,bu_naam,jaar,lbm,afw,fys,onv,soc,vrz,won\n".to_owned();
    for area in 0..areas {
        for year in [2014, 2018, 2020, 2022, 2024] {
            let code = format!("BU{:04}{:04}", 1 + area / 100, area % 100);
            writeln!(text, "{code},x,{year},4.1,{score},0.1,0.1,0.1,0.1,0.1").expect("writes");
        }
    }
    let path = folder.join(name);
    fs::write(&path, text).expect("a temporary file");
    path
}

fn start(atlas: &Path, file: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_wijkzicht"))
        .args(["import", "--data"])
        .args([atlas, file])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts")
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .collect();
    names.sort();
    names
}

/// Killed at twenty random moments, an import leaves the old atlas whole, or the new one.
#[test]
fn a_killed_import_leaves_an_atlas_whole() {
    let files = scratch();
    let (one, two) = (
        table(files.path(), "one 2014-2024.csv", 3000, 0.1),
        table(files.path(), "two 2014-2024.csv", 3000, 0.2),
    );
    let folder = scratch();
    let atlas = folder.path().join("atlas.gpkg");
    let text = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    run(&["import", "--data", &text(&atlas), &text(&one)]).succeeded();
    let (old, before) = (fs::read(&atlas).expect("an atlas"), canonical_dump(&atlas));
    let begun = Instant::now();
    run(&["import", "--data", &text(&atlas), &text(&two)]).succeeded();
    let whole = begun.elapsed();
    let after = canonical_dump(&atlas);

    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970");
    let seed = now.as_nanos() as u64;
    eprintln!("seed {seed}, an import takes {whole:?}");
    let mut state = seed;
    let (mut kept, mut replaced) = (0, 0);
    for _ in 0..20 {
        fs::write(&atlas, &old).expect("puts the old one back");
        // SplitMix64: any moment of an import, and a while beyond.
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let part = (z >> 11) as f64 / (1_u64 << 53) as f64;
        let mut child = start(&atlas, &two);
        sleep(whole.mul_f64(part * 1.2));
        child.kill().expect("is killed");
        child.wait().expect("is gone");
        if fs::read(&atlas).expect("an atlas") == old {
            kept += 1;
        } else {
            assert_eq!(canonical_dump(&atlas), after, "seed {seed}: neither the old nor the new");
            replaced += 1;
        }
    }
    eprintln!("{kept} times the old one, {replaced} times the new");
    assert!(kept > 0, "seed {seed}: no import was killed in time");
    assert_ne!(before, after);
    // Whatever the killed ones left is gone after one that was not.
    run(&["import", "--data", &text(&atlas), &text(&two)]).succeeded();
    assert_eq!(names(folder.path()), ["atlas.gpkg"]);
    assert_eq!(canonical_dump(&atlas), after);
}

/// Two imports at once: one waits for the other, and neither's figures are lost.
#[test]
fn two_imports_at_once_take_turns() {
    let files = scratch();
    let folder = scratch();
    let atlas = folder.path().join("atlas.gpkg");
    let tables: Vec<_> = (0..4)
        .map(|at| table(files.path(), &format!("{at} 2014-2024.csv"), 400, 0.1 * f64::from(at)))
        .collect();
    let children: Vec<_> = tables.iter().map(|file| start(&atlas, file)).collect();
    let mut said = String::new();
    for child in children {
        let output = child.wait_with_output().expect("ends");
        said.push_str(&String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{said}");
    }
    assert!(said.contains("waits for another import"), "{said}");
    let dump = canonical_dump(&atlas);
    assert_eq!(dump.iter().filter(|line| line.starts_with("bronnen ")).count(), 4);
    let last = dump.iter().filter(|line| line.starts_with("waarnemingen ")).count();
    assert_eq!(last, 400 * 5 * 7, "each value once, of whichever file wins by rule");
    assert_eq!(names(folder.path()), ["atlas.gpkg"]);
}

/// A disk without room is an error, and the old atlas stays.
#[cfg(unix)]
#[test]
fn a_full_disk_is_an_error() {
    let files = scratch();
    let small = table(files.path(), "small 2014-2024.csv", 10, 0.1);
    let large = table(files.path(), "large 2014-2024.csv", 3000, 0.1);
    let folder = scratch();
    let atlas = folder.path().join("atlas.gpkg");
    run(&["import", "--data", atlas.to_str().expect("UTF-8"), small.to_str().expect("UTF-8")])
        .succeeded();
    let old = fs::read(&atlas).expect("an atlas");
    // A limit on the size of a file fails as a full disk does, without one.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 400; exec \"$@\"", "sh"])
        .arg(env!("CARGO_BIN_EXE_wijkzicht"))
        .args(["import", "--data"])
        .args([&atlas, &large])
        .output()
        .expect("a shell");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("atlas.gpkg") && said.contains("cannot write"), "{said}");
    assert_eq!(fs::read(&atlas).expect("an atlas"), old);
    assert_eq!(names(folder.path()), ["atlas.gpkg"]);
}

/// A folder that nobody may write in is said so.
#[test]
fn a_place_that_is_no_place_is_an_error() {
    let files = scratch();
    let small = table(files.path(), "small 2014-2024.csv", 10, 0.1);
    let nowhere = files.path().join("none/atlas.gpkg");
    run(&["import", "--data", nowhere.to_str().expect("UTF-8"), small.to_str().expect("UTF-8")])
        .failed_naming(&["none/atlas.gpkg", "cannot write beside it"]);
}
