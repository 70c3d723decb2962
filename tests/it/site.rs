//! The whole map as files: every file that is listed is there, and says what the server says.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Read as _,
    path::Path,
};

use serde_json::Value;

use crate::harness::{Run, Server, demo, run, scratch};

fn export(folder: &Path, more: &[&str]) -> Run {
    let (atlas, folder) = (demo(), folder.to_str().expect("UTF-8"));
    let mut arguments = vec!["export", "--data", atlas.to_str().expect("UTF-8"), "--site", folder];
    arguments.extend(more);
    run(&arguments)
}

fn unpacked(path: &Path) -> Vec<u8> {
    let mut body = Vec::new();
    let packed = fs::File::open(path).expect("a file");
    flate2::read::GzDecoder::new(packed).read_to_end(&mut body).expect("gzip");
    body
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&unpacked(path)).expect("JSON")
}

/// Every file below a folder, as paths with slashes.
fn files(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let path = path.strip_prefix(folder).expect("it is below");
                found.insert(path.to_str().expect("UTF-8").replace('\\', "/"));
            }
        }
    }
    found
}

fn listed(folder: &Path) -> Vec<Value> {
    let text = fs::read(folder.join("wijkzicht.json")).expect("a list");
    let list: Value = serde_json::from_slice(&text).expect("JSON");
    assert_eq!(list["soort"], "wijkzicht-site");
    list["bestanden"].as_array().cloned().expect("a list")
}

#[test]
fn every_file_is_listed_and_says_what_the_server_says() {
    let home = scratch();
    let folder = home.path().join("kaart");
    let said = export(&folder, &["--level", "buurten,gemeenten"]).succeeded();
    let server = Server::demo();
    let mut paths: BTreeSet<_> = BTreeSet::from(["wijkzicht.json".to_owned()]);
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut size = fs::metadata(folder.join("wijkzicht.json")).expect("a file").len();
    for file in listed(&folder) {
        let path = file["pad"].as_str().expect("a path");
        let there = folder.join(path);
        let bytes = fs::metadata(&there).expect("listed and there").len();
        assert_eq!(file["bytes"], bytes, "{path}");
        size += bytes;
        paths.insert(path.to_owned());
        let Some(question) = file["vraag"].as_str() else { continue };
        let kind = path.split('/').nth(1).unwrap_or_default().to_owned();
        let asked = kinds.entry(kind).or_default();
        *asked += 1;
        // Of the many that are alike some are asked again.
        if *asked % 7 == 1 {
            let answer = server.get(question);
            assert_eq!(answer.status, 200, "{question}");
            let body = if path.ends_with(".gz") {
                unpacked(&there)
            } else {
                fs::read(&there).expect("a file")
            };
            assert!(answer.plain() == body, "{path} is not the answer to {question}");
        }
    }
    assert_eq!(paths, files(&folder));
    for page in ["bronnen.html", "bronnen-en.html", "methoden.html", "methoden-en.html"] {
        let html = fs::read_to_string(folder.join(page)).expect("a page");
        for link in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let file = link.strip_prefix("./").map(|link| link.split('?').next().unwrap_or(link));
            let is_there = link.starts_with('#')
                || link.starts_with("https://")
                || file.is_some_and(|file| paths.contains(file));
            assert!(is_there, "{link} of {page}");
        }
    }
    for kind in ["waarden", "grenzen", "inwoners", "gebieden", "selecties"] {
        assert!(kinds.contains_key(kind), "{kinds:?}");
    }
    let total = format!("{} files, {:.1} MB", paths.len(), size as f64 / 1e6);
    assert!(said.stdout.contains(&total), "{total}: {}", said.stdout);
    assert!(said.stderr.contains("leefbaarheid ("), "{}", said.stderr);

    // What stands side by side in one file is the same as well.
    let names = json(&folder.join("gegevens/gebieden/2024/buurten.json.gz"));
    let names = names["gebieden"].as_array().expect("a list");
    let all = server.get("/v1/gebieden?niveau=buurten&jaar=2024&aantal=1000").ok();
    let sorted = |list: &[Value]| {
        let mut list = list.to_vec();
        list.sort_by_key(|one| one["code"].as_str().unwrap_or_default().to_owned());
        list
    };
    assert_eq!(sorted(names), sorted(all["gebieden"].as_array().expect("a list")));
    let code = names[40]["code"].as_str().expect("a code");
    let areas = json(&folder.join(format!("gegevens/gebieden/2024/GM{}.json.gz", &code[2..6])));
    assert_eq!(areas[code], server.get(&format!("/v1/gebieden/{code}?jaar=2024")).ok());

    // The page stands under any path: nothing in it begins at the root.
    let page = fs::read_to_string(folder.join("index.html")).expect("the page");
    for wrong in ["=\"/", "(/", "http://", "https://"] {
        assert!(!page.contains(wrong), "{wrong} in {page}");
    }
    for name in page.split("=\"./").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(paths.contains(name), "{name} is not in the folder");
    }
}

#[test]
fn a_site_has_the_topics_years_and_gemeenten_that_are_asked_for_alone() {
    let home = scratch();
    let folder = home.path().join("kaart");
    let server = Server::demo();
    let list = server.get("/v1/gebieden?niveau=gemeenten&jaar=2024&aantal=2").ok();
    let gemeente = list["gebieden"][1]["code"].as_str().expect("a code");
    let limits = ["--indicator", "koopwoningen,inwoners", "--year", "2024", "--level", "buurten"];
    export(&folder, &[&limits[..], &["--gemeente", gemeente]].concat()).succeeded();
    let catalogue = json(&folder.join("gegevens/indicatoren.json.gz"));
    let topics = catalogue["indicatoren"].as_array().expect("a list");
    let ids: Vec<_> = topics.iter().filter_map(|one| one["id"].as_str()).collect();
    assert_eq!(ids, ["inwoners", "koopwoningen"]);
    for topic in topics {
        let levels = topic["niveaus"].as_array().expect("a list");
        assert_eq!(levels.len(), 1, "{topic}");
        assert_eq!(levels[0]["jaren"].as_array().map(Vec::len), Some(1), "{topic}");
    }
    let values: Vec<_> =
        files(&folder).into_iter().filter(|path| path.contains("/waarden/")).collect();
    let expected =
        ["inwoners", "koopwoningen"].map(|id| format!("gegevens/waarden/{id}/buurten-2024.gz"));
    assert_eq!(values, expected);
    let told: Vec<_> = files(&folder)
        .into_iter()
        .filter(|path| path.starts_with("gegevens/gebieden/2024/GM"))
        .collect();
    assert_eq!(told, [format!("gegevens/gebieden/2024/{gemeente}.json.gz")]);
    let areas = json(&folder.join(&told[0]));
    for (code, area) in areas.as_object().expect("areas") {
        let ids: Vec<_> = area["waarden"].as_object().expect("values").keys().collect();
        assert!(ids.iter().all(|id| ["inwoners", "koopwoningen"].contains(&id.as_str())), "{code}");
        let years = area["waarden"].as_object().expect("values").values().flat_map(|entries| {
            entries.as_array().into_iter().flatten().map(|entry| &entry["jaar"])
        });
        assert!(years.into_iter().all(|year| *year == 2024), "{code}");
    }
    let page = fs::read_to_string(folder.join("index.html")).expect("the page");
    let (_, rest) = page.split_once(r#"id="wk-configuratie">"#).expect("a configuration");
    let told: Value =
        serde_json::from_str(rest.split("</script>").next().unwrap_or_default()).expect("JSON");
    assert_eq!(told["binnen"], gemeente);
    assert_eq!(told["statisch"], true);
    assert!(ids.contains(&told["indicator"].as_str().unwrap_or_default()), "{told}");
    assert_eq!((&told["niveau"], &told["jaar"]), (&"buurten".into(), &2024.into()));

    let earlier = files(&folder);
    for (wrong, named) in [
        (["--indicator", "geluk"], "indicator geluk"),
        (["--year", "1999"], "year 1999"),
        (["--gemeente", "GM0001"], "gemeente GM0001"),
        (["--level", "pc4"], "level pc4"),
    ] {
        export(&folder, &wrong).failed_naming(&[named, "the atlas has"]);
        assert_eq!(files(&folder), earlier, "an earlier site stays as it was");
    }
}

#[test]
fn a_folder_that_is_no_site_is_left_alone() {
    let home = scratch();
    let folder = home.path().join("eigen");
    fs::create_dir(&folder).expect("a folder");
    let few = ["--indicator", "inwoners", "--level", "gemeenten", "--year", "2024"];
    fs::write(folder.join("brief.txt"), "van mij").expect("a file");
    export(&folder, &few).failed_naming(&["eigen", "is no site of wijkzicht"]);
    assert_eq!(files(&folder), BTreeSet::from(["brief.txt".to_owned()]));
    fs::remove_file(folder.join("brief.txt")).expect("removed");
    export(&folder, &few).succeeded();
    fs::write(folder.join("los.txt"), "gaat weg").expect("a file");
    export(&folder, &few).succeeded();
    assert!(!folder.join("los.txt").exists(), "the new site is whole, and nothing else");
    let beside: Vec<_> = fs::read_dir(home.path()).expect("a folder").collect();
    assert_eq!(beside.len(), 1, "nothing is left beside it: {beside:?}");
}
