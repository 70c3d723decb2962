use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;

use super::*;
use crate::crs::{LonLat, Rd, RdTransform};

fn code(text: &str) -> AreaCode {
    AreaCode::parse(text).expect("a code")
}

/// Locates with one area: all that is east of x = 100 km in RD.
fn locate(input: &[u8], options: &LocateOptions) -> Result<(Vec<u8>, LocateCounts), LocateError> {
    locate_at(input, options, &CoordinateOptions::default())
}

fn locate_at(
    input: &[u8],
    options: &LocateOptions,
    coordinates: &CoordinateOptions,
) -> Result<(Vec<u8>, LocateCounts), LocateError> {
    let places = Places {
        buurt: Some(code("BU0363AA01")),
        wijk: Some(code("WK0363AA")),
        gemeente: Some(code("GM0363")),
    };
    let find = |rd: Rd| if rd.x > 100_000.0 { places.clone() } else { Places::default() };
    let (mut output, transform) = (Vec::new(), RdTransform::new());
    let counts = locate_csv(input, &mut output, options, coordinates, &transform, find)?;
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
    let options = LocateOptions { delimiter: b';', strict: false };
    let coordinates = CoordinateOptions {
        crs: Some(TableCrs::Wgs84),
        x_column: Some("lengtegraad".to_owned()),
        y_column: Some("Breedtegraad".to_owned()),
    };
    let input = b"Breedtegraad;Lengtegraad\n52.3731;4.8932\n52,3731;4,8932\n";
    let (output, _) = locate_at(input, &options, &coordinates).expect("located");
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
        let columns = CoordinateOptions {
            crs: None,
            x_column: Some(x.to_owned()),
            y_column: Some(y.to_owned()),
        };
        let options = LocateOptions::default();
        locate_at(input.as_bytes(), &options, &columns).expect_err("an error").to_string()
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
    let find = |_: Rd| Places::default();
    let options = LocateOptions::default();
    let counts = locate_csv(
        input,
        &mut output,
        &options,
        &CoordinateOptions::default(),
        &RdTransform::new(),
        find,
    )
    .expect("located");
    assert_eq!(counts.outside, ROWS);
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
    let find = |_: Rd| Places::default();
    let options = LocateOptions::default();
    let coordinates = CoordinateOptions::default();
    let transform = RdTransform::new();
    let result = locate_csv(&b"x,y\n1,2\n"[..], Full, &options, &coordinates, &transform, find);
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

#[test]
#[ignore = "a measurement"]
fn speed() {
    use std::{fmt::Write as _, time::Instant};

    use crate::coverage::{Locator, Shape, Tolerance, Topology, repair, testdata};

    let file = "cbs-2024/wijkenbuurten_2024_v1.gpkg";
    let Some(buurten) = testdata::geopackage(file, "buurten", "buurtcode") else { return };
    let shapes: Vec<Shape> =
        buurten.par_iter().map(|(_, shape)| repair(shape).expect("a shape").0).collect();
    let codes: Vec<AreaCode> = buurten.iter().map(|(text, _)| code(text)).collect();
    let parents: Vec<(Option<AreaCode>, Option<AreaCode>)> =
        codes.iter().map(|code| (code.wijk(), code.gemeente())).collect();
    let (topology, _) = Topology::of(&shapes, Tolerance { snap: 0, sliver: 0 });
    let locator = Locator::new(std::sync::Arc::new(topology));
    let find = |rd: Rd| match locator.at(rd) {
        None => Places::default(),
        Some(i) => Places {
            buurt: Some(codes[i as usize].clone()),
            wijk: parents[i as usize].0.clone(),
            gemeente: parents[i as usize].1.clone(),
        },
    };
    // As addresses lie: around the middles of areas, which are small where people live.
    let transform = RdTransform::new();
    let mut input = "id,lon,lat\n".to_owned();
    for i in 0..2_000_000 {
        let middle = shapes[(i * 7919) % shapes.len()].interior_point().expect("not empty");
        let part = |factor: f64| (i as f64 * factor).fract() * 600.0 - 300.0;
        let rd = Rd { x: middle.x + part(0.754_877_666), y: middle.y + part(0.569_840_290) };
        let LonLat { lon, lat } = transform.to_lonlat(rd);
        writeln!(input, "{i},{lon:.7},{lat:.7}").expect("written");
    }
    let options = LocateOptions::default();
    let coordinates = CoordinateOptions::default();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    for _ in 0..3 {
        let start = Instant::now();
        let run =
            || locate_csv(input.as_bytes(), io::sink(), &options, &coordinates, &transform, find);
        let counts = run().expect("located");
        let both = start.elapsed();
        let one = pool.install(|| {
            let start = testdata::cpu_seconds();
            run().expect("located");
            testdata::cpu_seconds() - start
        });
        eprintln!("{counts:?}: {both:?} on all cores; {one:.3} s of one core");
    }
}
