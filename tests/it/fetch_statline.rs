//! Tables of StatLine, by OData 4: page after page, whole or not at all.

use std::fs;

use serde_json::json;

use crate::{
    fetch::{EXCEL, Place, STATLINE, StatLine, offer_tables, part},
    harness::{Fault, Offered, canonical_dump},
};

const ONLY: [&str; 2] = ["--only", "kwb"];

fn place() -> Place {
    let place = Place::new();
    offer_tables(&place.publisher, StatLine::default());
    place
}

fn table(place: &Place) -> String {
    let report = place.report(&ONLY);
    let path = part(&report, "kwb")["bestanden"][0]["pad"].as_str().expect("a path").to_owned();
    fs::read_to_string(path).expect("the table")
}

#[test]
fn a_table_is_read_page_by_page_as_statline_exports_it() {
    let place = place();
    assert_eq!(
        table(&place),
        "\"Perioden\";\"Wijken en buurten\";\"Codering (code)\";\"Bevolking/Aantal inwoners (aantal)\";\
         \"Bevolking/Huishoudens totaal (aantal)\";\"Wonen/Gemiddelde WOZ-waarde van woningen (x 1 000 euro)\"\n\
         \"2024\";\"Dorp\";\"BU00010000\";\"103.0\";\"53.0\";\"303.5\"\n\
         \"2024\";\"Veld\";\"BU00010001\";\"104.0\";\"54.0\";\"x\"\n\
         \"2024\";\"Dorp\";\"GM0001\";\"101.0\";\"51.0\";\"301.5\"\n\
         \"2024\";\"Wijk \"\"1\"\"\";\"WK000100\";\"102.0\";\"52.0\";\"302.5\"\n"
    );
    let seen = place.publisher.seen();
    let pages: Vec<_> = seen.iter().filter(|one| one.target.contains("Observations")).collect();
    assert_eq!(pages.len(), 5, "fifteen figures, three on a page: {pages:#?}");
    assert!(!pages[0].target.contains("X1"), "only what is read is asked for");
    assert!(pages.iter().all(|one| one.headers["accept-encoding"] == "gzip"));
}

#[test]
fn the_size_of_pages_and_failures_on_the_way_make_no_difference() {
    let whole = table(&place());
    for size in [1, 7, 100_000] {
        let place = Place::new();
        offer_tables(&place.publisher, StatLine { page: size, ..StatLine::default() });
        assert_eq!(table(&place), whole);
    }
    let troubled = place();
    let path = format!("{STATLINE}/85984NED/Observations");
    troubled
        .publisher
        .fail(&path, [Fault::Status(500, Vec::new()), Fault::CutAfter(10), Fault::StallAfter(0)]);
    troubled.set("");
    assert_eq!(table(&troubled), whole);
}

#[test]
fn it_goes_on_at_the_page_where_it_was() {
    let place = place();
    let path = format!("{STATLINE}/85984NED/Observations");
    // Two pages come, and the third never.
    let fine = [Fault::Slowly(1000), Fault::Slowly(1000)];
    place.publisher.fail(&path, fine.into_iter().chain((0..4).map(|_| Fault::Status(503, vec![]))));
    place.fetch(&ONLY).failed_naming(&["not all of it came in"]);
    place.publisher.seen();
    let rest = table(&place);
    let seen = place.publisher.seen();
    let pages = seen.iter().filter(|one| one.target.contains("Observations")).count();
    let lists = seen.iter().filter(|one| one.target.contains("MeasureCodes")).count();
    assert_eq!((pages, lists), (3, 0), "{seen:#?}");
    assert_eq!(rest, table(&self::place()));
}

#[test]
fn a_table_that_changes_while_it_is_read_is_read_anew() {
    let place = place();
    let newer =
        StatLine { modified: "2025-01-01T00:00:00".into(), more: 5.0, ..StatLine::default() };
    // From the first page of figures on it is another table.
    let then = newer.clone();
    let asked = std::sync::atomic::AtomicUsize::new(0);
    place.publisher.answer_by(move |path, query, host| {
        use std::sync::atomic::Ordering;
        let is_figures = path.contains("Observations");
        let before = asked.fetch_add(usize::from(is_figures), Ordering::SeqCst);
        let now = if before + usize::from(is_figures) > 2 { &then } else { &StatLine::default() };
        now.offer(path, query, host)
    });
    let read = table(&place);
    let fresh = Place::new();
    offer_tables(&fresh.publisher, newer);
    assert_eq!(read, table(&fresh));
}

#[test]
fn pages_that_overlap_are_refused() {
    let place = place();
    place.publisher.answer_by(|path, query, host| {
        let mut offered = StatLine::default().offer(path, query, host)?;
        if path.contains("Observations") && query.contains_key("$skip") {
            offered = StatLine::default().offer(
                path,
                &[("$filter".to_owned(), query["$filter"].clone())].into(),
                host,
            )?;
            let mut page: serde_json::Value = serde_json::from_slice(&offered.body).ok()?;
            page.as_object_mut()?.remove("@odata.nextLink");
            offered.body = page.to_string().into_bytes();
        }
        Some(offered)
    });
    let said = place.fetch(&ONLY).failed_naming(&[]).stdout;
    assert!(said.contains("comes twice"), "{said}");
}

#[test]
fn a_table_of_another_form_is_refused_and_the_workbook_is_tried() {
    for (list, answer, told) in [
        (
            "Dimensions",
            json!({"value": [{"Identifier": "Geslacht", "Kind": "Dimension"}]}),
            "divided by Geslacht",
        ),
        (
            "MeasureCodes",
            json!({"value": [{"Identifier": "A", "Title": "Hooikoorts"}]}),
            "no topic",
        ),
        ("MeasureCodes", json!({"error": "x"}), "not what StatLine answers"),
        ("Observations", json!({"value": [], "@odata.nextLink": "file:///etc/passwd"}), "not safe"),
    ] {
        let place = place();
        let path = format!("{STATLINE}/85984NED/{list}");
        let body = answer.to_string().into_bytes();
        place.publisher.offer_as(&path, Offered { body, ..Offered::default() });
        let done = place.fetch(&ONLY).failed_naming(&[]);
        assert!(done.stdout.contains(told), "no {told:?} in {}", done.stdout);
        let asked = place.publisher.seen().iter().filter(|one| one.target == EXCEL).count();
        assert_eq!(asked, 1, "the workbook is tried");
    }
}

#[test]
fn a_table_without_the_year_leads_to_an_older_one() {
    let place = Place::new();
    let tables = [("85900NED".to_owned(), vec![2023]), ("85539NED".to_owned(), vec![2024])];
    offer_tables(&place.publisher, StatLine { tables: tables.into(), ..StatLine::default() });
    let report = place.report(&["--only", "ses-woa"]);
    let ses = part(&report, "ses-woa");
    assert!(ses["adres"].as_str().is_some_and(|address| address.contains("85539NED")), "{ses:#}");
    assert!(
        ses["geprobeerd"][0]["antwoord"]
            .as_str()
            .is_some_and(|text| text.contains("no figures of 2024"))
    );
}

#[test]
fn a_table_that_is_not_listed_is_found_by_its_title() {
    let place = Place::new();
    let title = |year: u16| format!("Kerncijfers wijken en buurten {year}");
    let tables = StatLine {
        tables: [("99999NED".to_owned(), vec![0])].into(),
        list: vec![
            ("88888NED".to_owned(), format!("{} (voorlopig)", title(2099))),
            ("99999NED".to_owned(), title(2099)),
        ],
        ..StatLine::default()
    };
    offer_tables(&place.publisher, tables);
    let fetch = |options: &[&str]| {
        let (atlas, cache) = (place.atlas(), place.path("cache"));
        let options: Vec<_> = ["--only", "kwb", "--json"].iter().chain(options).copied().collect();
        let done = place.command_of(2099, &atlas, &cache, &options).output().expect("it starts");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stdout));
        serde_json::from_slice::<serde_json::Value>(&done.stdout).expect("a report")
    };
    let name = "statline-99999NED-2099_stand-20241105.csv";
    assert_eq!(part(&fetch(&[]), "kwb")["bestanden"][0]["naam"], name);
    // Once found, it is known.
    place.publisher.seen();
    assert_eq!(part(&fetch(&[]), "kwb")["stand"], "ongewijzigd");
    assert!(!place.publisher.seen().iter().any(|one| one.target.contains("Datasets")));
    assert_eq!(part(&fetch(&["--offline"]), "kwb")["stand"], "uit-cache");

    // A year that has none of that title is not there.
    let (atlas, cache) = (place.path("b.gpkg"), place.path("cache"));
    let done = place.command_of(2098, &atlas, &cache, &ONLY).output().expect("it starts");
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(!done.status.success() && said.contains("no table is called"), "{said}");

    // The configuration may say which it is.
    place.set("tabellen = { kwb = { 2097 = '99999NED' } }");
    let done = place.command_of(2097, &atlas, &cache, &ONLY).output().expect("it starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn compressed_pages_are_unpacked() {
    let whole = place();
    let plain = table(&whole);
    let place = place();
    place.publisher.compress();
    assert_eq!(table(&place), plain);
    assert_eq!(canonical_dump(&place.atlas()), canonical_dump(&whole.atlas()));
}
