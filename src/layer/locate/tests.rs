mod json;
mod pieces;

use std::{
    io,
    sync::atomic::{AtomicU64, Ordering},
};

use proptest::prelude::*;

use super::*;
use crate::{
    area::{AddressEntry, AddressFound, AddressTable, Postcode},
    crs::{Rd, RdTransform},
};

fn code(text: &str) -> AreaCode {
    AreaCode::parse(text).expect("a code")
}

/// Knows one area, all that is east of x = 100 km in RD, and some addresses.
struct East {
    transform: RdTransform,
    addresses: AddressTable,
}

impl East {
    fn new() -> Self {
        let entry = |postcode: &str, number, buurt: &str| AddressEntry {
            postcode: postcode.parse().expect("a postcode"),
            number,
            buurt: code(buurt),
        };
        let addresses = AddressTable::new([
            entry("1011AB", Some(1), "BU0363AA01"),
            entry("1011AB", Some(2), "BU0363AA02"),
            entry("1011AC", None, "BU0363AB01"),
            entry("1011AD", Some(5), "BU0363AA01"),
            entry("1011AD", Some(5), "BU0014AA01"),
        ]);
        Self { transform: RdTransform::new(), addresses }
    }
}

impl Gazetteer for East {
    fn at(&self, rd: Rd) -> Places {
        if rd.x <= 100_000.0 {
            return Places::default();
        }
        Places {
            buurt: Some(code("BU0363AA01")),
            wijk: Some(code("WK0363AA")),
            gemeente: Some(code("GM0363")),
        }
    }

    fn address(&self, postcode: Postcode, number: Option<u32>) -> AddressFound<'_> {
        self.addresses.find(postcode, number)
    }

    fn transform(&self) -> &RdTransform {
        &self.transform
    }
}

fn locate(input: &[u8], options: &LocateOptions) -> Result<(Vec<u8>, LocateCounts), LocateError> {
    let mut output = Vec::new();
    let counts = super::locate(input, &mut output, options, &East::new())?;
    Ok((output, counts))
}

fn text(input: &str) -> String {
    let (output, _) = locate(input.as_bytes(), &LocateOptions::default()).expect("located");
    String::from_utf8(output).expect("text")
}

fn error(input: &str, options: &LocateOptions) -> String {
    locate(input.as_bytes(), options).expect_err("an error").to_string()
}

const ADDED: &str = "buurtcode,wijkcode,gemeentecode,fout";
const FOUND: &str = "BU0363AA01,WK0363AA,GM0363,";

#[test]
fn codes_are_added_and_rows_counted() {
    let input = b"naam,lon,lat\nDam,4.8932,52.3731\nzee,3.5,53.5\nniets,,\n";
    let (output, counts) = locate(input, &LocateOptions::default()).expect("located");
    let expected = format!(
        "naam,lon,lat,{ADDED}\nDam,4.8932,52.3731,{FOUND}\nzee,3.5,53.5,,,,\n\
         niets,,,,,,\"kolom lon: leeg, verwacht een getal\"\n"
    );
    assert_eq!(String::from_utf8(output).expect("text"), expected);
    assert_eq!(counts, LocateCounts { rows: 3, found: 1, ambiguous: 0, outside: 1, faulty: 1 });
}

#[test]
fn rd_is_told_by_the_columns_in_any_letter_case() {
    assert_eq!(
        text("Y,id,X\n487484,7,121687\n487484,8,99999"),
        format!("Y,id,X,{ADDED}\n487484,7,121687,{FOUND}\n487484,8,99999,,,,\n")
    );
}

#[test]
fn columns_delimiter_and_system_can_be_named() {
    let options = LocateOptions {
        delimiter: b';',
        crs: Some(TableCrs::Wgs84),
        x_column: Some("lengtegraad".to_owned()),
        y_column: Some("Breedtegraad".to_owned()),
        ..LocateOptions::default()
    };
    let input = b"Breedtegraad;Lengtegraad\n52.3731;4.8932\n52,3731;4,8932\n";
    let (output, _) = locate(input, &options).expect("located");
    assert_eq!(
        String::from_utf8(output).expect("text"),
        "Breedtegraad;Lengtegraad;buurtcode;wijkcode;gemeentecode;fout\n\
         52.3731;4.8932;BU0363AA01;WK0363AA;GM0363;\n\
         52,3731;4,8932;;;;\"kolom Lengtegraad: \"\"4,8932\"\" heeft een decimale komma, verwacht een punt\"\n"
    );
}

#[test]
fn quotes_line_ends_marks_and_any_bytes_survive() {
    let input = b"\xEF\xBB\xBF\"naam\",\"lon\",lat\r\n\"a, \"\"b\"\"\r\nc\",\"4.8932\", 52.3731 \r\n\xE9\xFF,4.8932,52.3731\r\n\r\n";
    let (output, counts) = locate(input, &LocateOptions::default()).expect("located");
    let mut expected = b"\xEF\xBB\xBF\"naam\",\"lon\",lat,".to_vec();
    expected.extend_from_slice(ADDED.as_bytes());
    expected.extend_from_slice(b"\r\n\"a, \"\"b\"\"\r\nc\",\"4.8932\", 52.3731 ,");
    expected.extend_from_slice(FOUND.as_bytes());
    expected.extend_from_slice(b"\r\n\xE9\xFF,4.8932,52.3731,");
    expected.extend_from_slice(FOUND.as_bytes());
    expected.extend_from_slice(b"\r\n");
    assert_eq!(output.escape_ascii().to_string(), expected.escape_ascii().to_string());
    assert_eq!(counts.rows, 2);
}

#[test]
fn each_fault_is_said_in_its_row() {
    let row = |head: &str, row: &str| {
        let output = text(&format!("{head}\n{row}\n"));
        let line = output.lines().nth(1).expect("a row").to_owned();
        line.split_once(",,,,").map_or_else(String::new, |(_, fault)| fault.to_owned())
    };
    for (lon_lat, expected) in [
        ("NaN,52", "kolom lon: \"\"NaN\"\" is geen getal"),
        ("5,inf", "kolom lat: \"\"inf\"\" is geen getal"),
        ("5,1e300", "kolom lat: 1e300 kan niet, verwacht -90 tot 90 graden"),
        ("5,1e999", "kolom lat: \"\"1e999\"\" is geen getal"),
        ("200,52", "kolom lon: 2e2 kan niet, verwacht -180 tot 180 graden"),
        ("52.1,5.1", "kolommen lon en lat lijken verwisseld"),
        ("121687,487484", "coördinaten lijken RD in meters"),
        ("5,twee", "kolom lat: \"\"twee\"\" is geen getal"),
        ("\"5,1\",52", "kolom lon: \"\"5,1\"\" heeft een decimale komma"),
        ("5,", "kolom lat: leeg"),
    ] {
        let found = row("lon,lat", lon_lat);
        assert!(found.contains(expected), "{lon_lat}: {found}");
    }
    for (x_y, expected) in [
        ("5.1,52.1", "coördinaten lijken lengte en breedte in graden"),
        ("487484,121687", "kolommen x en y lijken verwisseld"),
        ("1e300,1", "kolom x: 1e300 kan niet, verwacht meters in RD"),
    ] {
        let found = row("x,y", x_y);
        assert!(found.contains(expected), "{x_y}: {found}");
    }
    // Far away is outside, not wrong.
    assert_eq!(row("lon,lat", "2.35,48.85"), "");
    assert_eq!(row("x,y", "600000,2400000"), "");
}

#[test]
fn rows_of_another_length_keep_the_columns_in_line() {
    assert_eq!(
        text("lon,lat,n\n5\n5,52,a,b,c\n5,52,\"open"),
        format!(
            "lon,lat,n,{ADDED}\n5,,,,,,\"rij heeft 1 velden, verwacht 3\"\n\
             5,52,a,,,,\"rij heeft 5 velden, verwacht 3\"\n\
             5,52,\"open\",,,,\"een aanhalingsteken wordt niet gesloten\"\n"
        )
    );
}

#[test]
fn strict_stops_at_the_line() {
    let strict = LocateOptions { strict: true, ..LocateOptions::default() };
    let message = error("n,lon,lat\n\"a\nb\",5,52\n\nc,x,52\nd,5,52\n", &strict);
    assert_eq!(message, "line 5: kolom lon: \"x\" is geen getal");
}

#[test]
fn a_header_that_does_not_fit_is_refused() {
    let with = |input: &str| error(input, &LocateOptions::default());
    assert!(with("").contains("the input is empty"));
    assert!(with("\n\n").contains("the input is empty"));
    assert!(with("a,b\n1,2\n").contains("expected columns lon,lat or x,y: the columns are a, b"));
    assert!(with("lon;lat\n1;2\n").contains("is the delimiter another one?"));
    assert!(with("lon,lat,x,y\n").contains("expected --crs"));
    assert!(with("lon,lat,LON\n").contains("\"lon\" is there more than once"));
    assert!(with("lon,lat,Buurtcode\n").contains("already has a column Buurtcode"));
    assert!(with("lon,lat,fout\n").contains("already has a column fout"));
    let named = |input: &str, x: &str, y: &str| {
        let options = LocateOptions {
            x_column: Some(x.to_owned()),
            y_column: Some(y.to_owned()),
            ..LocateOptions::default()
        };
        error(input, &options)
    };
    assert!(named("a,b\n", "a", "b").contains("do not say their system"));
    assert!(named("x,y\n", "x", "x").contains("cannot hold both"));
    assert!(named("x,y\n", "x", "z").contains("no column \"z\""));
    let odd = LocateOptions { delimiter: b'5', ..LocateOptions::default() };
    assert!(error("x,y\n", &odd).contains("cannot be the delimiter"));
}

#[test]
fn a_record_over_the_limit_is_refused_with_its_line() {
    let long = "9".repeat(MAX_RECORD);
    let with = |input: &str| error(input, &LocateOptions::default());
    assert!(with(&format!("lon,lat\n5,52\n5,{long}\n5,52\n")).starts_with("line 3: "));
    assert!(with(&format!("lon,lat\n5,52\n5,52\n5,\"{long}")).starts_with("line 4: "));
    assert!(with(&format!("{long}9")).starts_with("line 1: "));
    let just = format!("lon,lat,n\n5,52,{}\n", "9".repeat(MAX_RECORD - 6));
    assert!(locate(just.as_bytes(), &LocateOptions::default()).is_ok());
}

/// Rows without end, counted as they are read; gives one byte at a time now and then.
struct Endless<'a> {
    read: &'a AtomicU64,
    left: u64,
}

impl Read for Endless<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        const ROW: &[u8] = b"5.1,52.1,\"rij\n\"\n";
        let n = into.len().min(self.left as usize);
        let at = self.read.fetch_add(n as u64, Ordering::Relaxed) as usize;
        for (i, b) in into[..n].iter_mut().enumerate() {
            *b = if at == 0 && i < 10 { b"lon,lat,n\n"[i] } else { ROW[(at + i - 10) % ROW.len()] };
        }
        self.left -= n as u64;
        Ok(n)
    }
}

#[test]
fn rows_come_out_while_others_still_come_in() {
    struct Watch<'a> {
        read: &'a AtomicU64,
        written: u64,
        furthest: u64,
    }
    impl Write for Watch<'_> {
        fn write(&mut self, text: &[u8]) -> io::Result<usize> {
            self.written += text.iter().filter(|b| **b == b'\n').count() as u64;
            let read = self.read.load(Ordering::Relaxed);
            self.furthest = self.furthest.max(read.saturating_sub(self.written / 2 * 16));
            Ok(text.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    const ROWS: u64 = 3_000_000;
    let read = AtomicU64::new(0);
    let input = Endless { read: &read, left: 10 + ROWS * 16 };
    let mut output = Watch { read: &read, written: 0, furthest: 0 };
    let options = LocateOptions::default();
    let counts = super::locate(input, &mut output, &options, &East::new()).expect("located");
    assert_eq!(counts.found, ROWS);
    // What is read and not yet written is a batch, however long the table.
    let batch = (READ_PER_THREAD * rayon::current_num_threads().clamp(1, 64) + MAX_RECORD) as u64;
    assert!(output.furthest <= batch, "{} of {batch}", output.furthest);
}

#[test]
fn a_failing_output_is_an_error() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::other("full"))
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let options = LocateOptions::default();
    let result = super::locate(&b"x,y\n1,2\n"[..], Full, &options, &East::new());
    assert!(matches!(result, Err(LocateError::Write(_))));
}

#[test]
fn many_rows_keep_their_order_over_many_tasks() {
    for quote in ["", "\""] {
        let mut input = "id,x,y\n".to_owned();
        for i in 0..200_000 {
            input += &format!("{quote}{i}{quote},{},487484\n", 90_000 + i % 20_000);
        }
        let output = text(&input);
        assert_eq!(output.lines().count(), 200_001);
        for (i, line) in output.lines().skip(1).enumerate() {
            let x = 90_000 + i % 20_000;
            let expected = if x > 100_000 { FOUND } else { ",,," };
            assert_eq!(line, format!("{quote}{i}{quote},{x},487484,{expected}"));
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(body in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mut input = b"lon,lat,n\n".to_vec();
        input.extend(body.iter().map(|b| if *b < 128 { b"5,.\"\n\r x"[usize::from(b % 8)] } else { *b }));
        let (_, counts) = locate(&input, &LocateOptions::default()).expect("located");
        prop_assert_eq!(counts.rows, counts.found + counts.outside + counts.faulty);
    }

    /// What goes in comes out, as the csv crate reads it.
    #[test]
    fn other_columns_keep_their_meaning(
        rows in proptest::collection::vec(("[a-c\",;\n é]{0,8}", "[a-c\",;\r\n ]{0,8}"), 1..20),
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["a", "lon", "b", "lat"]).expect("written");
        for (a, b) in &rows {
            writer.write_record([a, "4.9", b, "52.4"]).expect("written");
        }
        let input = writer.into_inner().expect("written");
        let (output, _) = locate(&input, &LocateOptions::default()).expect("located");
        let mut reader = csv::Reader::from_reader(&output[..]);
        let found: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
        prop_assert_eq!(found.len(), rows.len());
        for (record, (a, b)) in found.iter().zip(&rows) {
            prop_assert_eq!(record.iter().collect::<Vec<_>>(),
                vec![a.as_str(), "4.9", b.as_str(), "52.4", "BU0363AA01", "WK0363AA", "GM0363", ""]);
        }
    }
}

fn located_by(form: TableForm, input: &str) -> (String, LocateCounts) {
    let options = LocateOptions { form, by: LocateBy::Either, ..LocateOptions::default() };
    let (output, counts) = locate(input.as_bytes(), &options).expect("located");
    (String::from_utf8(output).expect("text"), counts)
}

#[test]
fn addresses_get_the_codes_of_their_buurt() {
    let options = LocateOptions { by: LocateBy::Address, ..LocateOptions::default() };
    let input = "id,Postcode,huisnummer\n1,1011AB,1\n2,1011 ab,2-III\n3,1011AC,99\n4,1011AB,\n\
                 5,1011AD,5\n6,1011AB,3\n7,9999ZZ,1\n8,1011,1\n9,1011AB,a\n10,,1\n";
    let (output, counts) = locate(input.as_bytes(), &options).expect("located");
    let output = String::from_utf8(output).expect("text");
    let rows: Vec<_> = output.lines().map(|line| line.split_once(',').expect("cells").1).collect();
    assert_eq!(
        rows,
        [
            format!("Postcode,huisnummer,{ADDED}").as_str(),
            "1011AB,1,BU0363AA01,WK0363AA,GM0363,",
            "1011 ab,2-III,BU0363AA02,WK0363AA,GM0363,",
            "1011AC,99,BU0363AB01,WK0363AB,GM0363,",
            "1011AB,,,WK0363AA,GM0363,\"ligt in 2 buurten: BU0363AA01 BU0363AA02\"",
            "1011AD,5,,,,\"ligt in 2 buurten: BU0014AA01 BU0363AA01\"",
            "1011AB,3,,,,\"huisnummer bij deze postcode staat niet in de adressentabel\"",
            "9999ZZ,1,,,,\"postcode staat niet in de adressentabel\"",
            "1011,1,,,,\"kolom Postcode: \"\"1011\"\" is geen postcode, verwacht bijvoorbeeld 1011AB\"",
            "1011AB,a,,,,\"kolom huisnummer: \"\"a\"\" begint niet met een huisnummer\"",
            ",1,,,,\"kolom Postcode: leeg, verwacht een postcode\"",
        ]
    );
    assert_eq!(counts, LocateCounts { rows: 10, found: 3, ambiguous: 2, outside: 2, faulty: 3 });
}

#[test]
fn a_table_of_postcodes_needs_no_numbers() {
    let (output, _) = located_by(TableForm::Csv, "postcode\n1011AC\n");
    assert_eq!(output, format!("postcode,{ADDED}\n1011AC,BU0363AB01,WK0363AB,GM0363,\n"));
}
