//! Atlases that many tests read, made once for each build of the binary.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use super::{run, skip};

/// The real public data beside the project; `None`, said loudly, where it is not there.
pub fn shared_data() -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data"));
    let found = path.join("cbs-2024").is_dir();
    if !found {
        skip("no ../shared/data here");
    }
    found.then(|| path.to_owned())
}

/// The fictional country.
pub fn demo() -> PathBuf {
    demo_with("demo", &[])
}

/// A fictional country made with these options of `demo`.
pub fn demo_with(name: &str, options: &[&str]) -> PathBuf {
    kept(&format!("{name}.gpkg"), |path| {
        let mut arguments = vec!["demo", "--out", path];
        arguments.extend(options);
        run(&arguments).succeeded();
    })
}

/// The division of 2024 with its liveability and key figures.
pub fn country() -> Option<PathBuf> {
    let data = shared_data()?;
    Some(kept("country.gpkg", |path| {
        let files = [
            "cbs-2024/wijkenbuurten_2024_v1.gpkg",
            "leefbaarometer-3.0/Leefbaarometer-scores buurten 2024.csv",
            "leefbaarometer-3.0/Leefbaarometer-scores gemeenten 2024.csv",
            "statline/kwb-2024-flat.csv",
        ]
        .map(|file| data.join(file).display().to_string());
        let mut arguments = vec!["import", "--data", path];
        arguments.extend(files.iter().map(String::as_str));
        run(&arguments).succeeded();
    }))
}

/// The commands that import every public file: options, and files.
pub fn everything_commands(data: &Path) -> Vec<(Vec<String>, Vec<PathBuf>)> {
    let listed = |folder: &str, endings: &[&str]| {
        let mut files: Vec<_> = fs::read_dir(data.join(folder))
            .expect("a folder of data")
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)))
            .collect();
        files.sort();
        files
    };
    let mut plain = vec![data.join("unsimplified/ermelo_2021_buurten.gpkg")];
    for (folder, endings) in [
        ("cbs-2024", [".gpkg"].as_slice()),
        ("cbs-2022", &[".gpkg"]),
        ("cbs-2020", &[".gpkg"]),
        ("cbs-2016", &[".shp", "only.dbf"]),
        ("gemeenten-by-year", &[".geojson"]),
        ("leefbaarometer-2.0", &[".xlsx"]),
        ("leefbaarometer-3.0", &[".csv", ".geojson"]),
        ("statline", &[".csv"]),
        ("concentration", &["buurten.gpkg", "statline.csv"]),
    ] {
        plain.extend(listed(folder, endings));
    }
    let grid = data.join("rdnaptrans2018/rdcorr2018.zip").display().to_string();
    let dialect = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/voorbeeld-dialect.toml").to_owned();
    vec![
        (vec!["--rd-grid".into(), grid], plain),
        (vec!["--vintage".into(), "2023".into()], listed("recode-amsterdam", &[".gpkg"])),
        (vec!["--year".into(), "2023".into()], listed("addresses", &[".csv"])),
        (vec!["--dialect".into(), dialect], listed("concentration", &["income.csv"])),
    ]
}

/// Every public file that can be taken, in one atlas.
pub fn everything() -> Option<PathBuf> {
    let data = shared_data()?;
    Some(kept("everything.gpkg", |path| {
        for (options, files) in everything_commands(&data) {
            let files: Vec<_> = files.iter().map(|file| file.display().to_string()).collect();
            let mut arguments = vec!["import", "--data", path];
            arguments.extend(options.iter().map(String::as_str));
            arguments.extend(files.iter().map(String::as_str));
            run(&arguments).succeeded();
        }
    }))
}

/// The file of that name, made by `make` unless this build of the binary has made it before.
/// Tests run in processes of their own: a lock lets one make it and the others wait.
pub fn kept(name: &str, make: impl FnOnce(&str)) -> PathBuf {
    let binary = fs::metadata(env!("CARGO_BIN_EXE_wijkzicht")).expect("the binary is built");
    let built = binary.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let build = format!("{:x}-{:x}", built.map_or(0, |time| time.as_nanos()), binary.len());

    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("atlases");
    let folder = root.join(&build);
    fs::create_dir_all(&folder).expect("target/tmp can be written");
    let lock = File::create(root.join(format!("{name}.lock"))).expect("a lock file");
    lock.lock().expect("the lock is given");

    let path = folder.join(name);
    if !path.exists() {
        forget_other_builds(&root, &build, name);
        let draft = folder.join(format!("draft-{name}"));
        drop(fs::remove_file(&draft));
        make(draft.to_str().expect("a path in UTF-8"));
        fs::rename(&draft, &path).expect("it was made");
    }
    path
}

/// Removes what older builds made under that name.
fn forget_other_builds(root: &Path, build: &str, name: &str) {
    for entry in fs::read_dir(root).into_iter().flatten().flatten() {
        if entry.file_name() != build {
            drop(fs::remove_file(entry.path().join(name)));
            drop(fs::remove_dir(entry.path()));
        }
    }
}

/// Makes a figure on origin of another figure of the atlas: the demo invents none.
pub fn origin_in(atlas: &str) {
    let atlas = rusqlite::Connection::open(atlas).expect("an atlas");
    let changed = atlas.execute(
        "UPDATE reeksen SET indicator = 'herkomst-buiten-europa' WHERE indicator = 'huurwoningen'",
        [],
    );
    assert!(changed.expect("a table of series") > 0);
}
