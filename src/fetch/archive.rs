//! What is read of a zip archive, taken out of it.
//!
//! A name in an archive is never a path: only its last part counts, and only where it fits what is
//! wanted. How much comes out is bounded by what comes out, not by what the archive says.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufReader, Read, Write},
    path::Path,
};

use zip::ZipArchive;

use crate::source::is_like;

use super::{
    Member,
    cache::{dated_name, fingerprint, safe_name},
};

/// More members than this no archive of figures has.
const MOST_MEMBERS: usize = 10_000;

/// Nothing packs figures smaller than this, times; text of the Leefbaarometer some ten times.
const MOST_PACKED: u64 = 100;

/// So many bytes may come out of any archive, however small.
const LEAST_ROOM: u64 = 1 << 20;

/// Takes the members that fit the first of the choices of which any is there into a folder, which
/// is emptied first; `as_of` tells deliveries apart that carry no number.
///
/// # Errors
/// When the archive is broken, holds nothing that is wanted, or more than it may.
pub fn extract(
    archive: &Path,
    choices: &[Vec<String>],
    folder: &Path,
    as_of: &str,
    largest: u64,
) -> Result<Vec<Member>, String> {
    let broken = |error: &dyn std::fmt::Display| format!("a broken archive: {error}");
    let on_disk = |error: io::Error| format!("{}: cannot write: {error}", folder.display());
    let file = File::open(archive).map_err(|error| broken(&error))?;
    let packed = file.metadata().map_err(|error| broken(&error))?.len();
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|error| broken(&error))?;
    if zip.len() > MOST_MEMBERS {
        return Err(format!("{} members, expected at most {MOST_MEMBERS}", zip.len()));
    }
    // A name that is no text is none that is wanted.
    let names: Vec<String> =
        zip.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let chosen = choose(names.iter().map(String::as_str), choices)?;

    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(on_disk(error)),
        _ => fs::create_dir_all(folder).map_err(on_disk)?,
    }
    let room = packed.saturating_mul(MOST_PACKED).max(LEAST_ROOM);
    let mut left = largest.saturating_mul(4).min(room);
    let mut members = Vec::new();
    for (name, inside) in chosen {
        let mut entry = zip.by_name(&inside).map_err(|error| broken(&error))?;
        let name = dated_name(&name, as_of);
        let (path, draft) = (folder.join(&name), folder.join(format!("{name}.part")));
        let mut out = File::create(&draft).map_err(on_disk)?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            let count = entry.read(&mut buffer).map_err(|error| broken(&error))?;
            if count == 0 {
                break;
            }
            left = left
                .checked_sub(count as u64)
                .ok_or_else(|| format!("{inside:?} unpacks to more than it may"))?;
            out.write_all(buffer.get(..count).unwrap_or_default()).map_err(on_disk)?;
        }
        out.sync_all().map_err(on_disk)?;
        fs::rename(&draft, &path).map_err(on_disk)?;
        let (size, checksum) = fingerprint(&path).map_err(|error| error.to_string())?;
        members.push(Member { name, size, checksum });
    }
    Ok(members)
}

/// The members that are wanted, by the name that they get, with the name that they have inside.
fn choose<'a>(
    names: impl Iterator<Item = &'a str>,
    choices: &[Vec<String>],
) -> Result<BTreeMap<String, String>, String> {
    let names: Vec<&str> = names.filter(|name| !name.ends_with(['/', '\\'])).collect();
    for patterns in choices {
        let mut chosen = BTreeMap::new();
        for inside in &names {
            let name = safe_name(inside);
            // What a Mac adds to archives beside each file.
            let is_shadow = inside.starts_with("__MACOSX/");
            if is_shadow
                || !patterns.iter().any(|pattern| is_like(name.as_bytes(), pattern.as_bytes()))
            {
                continue;
            }
            if let Some(other) = chosen.insert(name, (*inside).to_owned()) {
                return Err(format!("{inside:?} and {other:?} would be one file"));
            }
        }
        if !chosen.is_empty() {
            return Ok(chosen);
        }
    }
    const NAMED: usize = 8;
    let found: Vec<_> = names.iter().take(NAMED).map(|name| safe_name(name)).collect();
    let more = if names.len() > NAMED { ", …" } else { "" };
    let wanted = choices.iter().flatten().cloned().collect::<Vec<_>>().join(", ");
    Err(format!("holds {}{more}; expected {wanted}", found.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(folder: &Path, members: &[(&str, &[u8])]) -> std::path::PathBuf {
        let path = folder.join("x.zip");
        let mut zip = zip::ZipWriter::new(File::create(&path).expect("a new file"));
        for (name, bytes) in members {
            let plain = zip::write::SimpleFileOptions::default();
            zip.start_file(*name, plain).expect("begun");
            zip.write_all(bytes).expect("written");
        }
        zip.finish().expect("finished");
        path
    }

    fn patterns(choices: &[&[&str]]) -> Vec<Vec<String>> {
        choices.iter().map(|one| one.iter().map(|p| (*p).to_owned()).collect()).collect()
    }

    #[test]
    fn only_what_is_wanted_comes_out_and_never_elsewhere() {
        let folder = tempfile::tempdir().expect("a folder");
        let zip = archive(
            folder.path(),
            &[
                ("kaart/", b"".as_slice()),
                ("kaart/../../../boven.csv", b"a"),
                ("/etc/onder.csv", b"b"),
                ("kaart/lees.txt", b"c"),
                ("__MACOSX/kaart/._onder.csv", b"d"),
            ],
        );
        let out = folder.path().join("uit");
        let wanted = patterns(&[&["*.gpkg"], &["*.csv"]]);
        let members = extract(&zip, &wanted, &out, "20250101", 1000).expect("extracted");
        let names: Vec<_> = members.iter().map(|member| member.name.as_str()).collect();
        assert_eq!(names, ["boven_stand-20250101.csv", "onder_stand-20250101.csv"]);
        let there: Vec<_> = fs::read_dir(&out).expect("the folder").flatten().collect();
        assert_eq!(there.len(), 2, "{there:?}");
        assert!(!folder.path().join("boven.csv").exists());
        assert_eq!(fs::read(out.join(names[0])).expect("a file"), b"a");
    }

    #[test]
    fn what_unpacks_too_far_or_clashes_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("uit");
        let wanted = patterns(&[&["*.csv"]]);
        let run = |members: &[(&str, &[u8])], largest| {
            extract(&archive(folder.path(), members), &wanted, &out, "", largest)
                .expect_err("refused")
        };
        assert!(run(&[("a.csv", &[b'x'; 5_000])], 1_000).contains("more than it may"));
        let bomb = vec![b'x'; 10_000_000];
        assert!(run(&[("a.csv", &bomb)], u64::MAX).contains("more than it may"));
        assert!(run(&[("a/x.csv", b"1"), ("b/x.csv", b"2")], 1_000).contains("one file"));
        assert!(run(&[("lees.txt", b"1")], 1_000).contains("holds lees.txt; expected *.csv"));
    }

    #[test]
    fn a_spoilt_member_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.zip");
        let mut zip = zip::ZipWriter::new(File::create(&path).expect("a new file"));
        let stored = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored);
        zip.start_file("a.csv", stored).expect("begun");
        zip.write_all(b"een,twee").expect("written");
        zip.finish().expect("finished");
        let mut bytes = fs::read(&path).expect("the archive");
        let at = bytes.windows(3).position(|three| three == b"een").expect("the text");
        bytes[at] = b'E';
        fs::write(&path, bytes).expect("written");
        let out = folder.path().join("uit");
        let error = extract(&path, &patterns(&[&["*.csv"]]), &out, "", 1_000).expect_err("spoilt");
        assert!(error.contains("broken archive"), "{error}");
    }
}
