//! A small file in each form that a publisher delivers, and what it must become.

use crate::{
    area::{AddressFound, Level, Vintage, Year},
    indicator::{Reason, Value},
    source::{Delivery, Dialect, Dialects, Origin, ReadOptions, read, wkb::tests::blob},
};

use super::{
    catalogue, dialects,
    made::{SQUARE, dbf, file, folder, geopackage, plain, values, workbook},
    read_with,
};

fn numbers(delivery: &Delivery, indicator: &str) -> Vec<f64> {
    values(delivery, indicator).into_iter().filter_map(|(_, value)| value.number()).collect()
}

fn of_year(year: u16) -> ReadOptions {
    ReadOptions { year: Year::new(year).ok(), ..ReadOptions::default() }
}

#[test]
fn short_upper_case_names_of_shapefiles() {
    let folder = folder();
    let fields = [
        ("BU_CODE", b'C', 10),
        ("BU_NAAM", b'C', 20),
        ("GM_NAAM", b'C', 20),
        ("H2O", b'C', 4),
        ("AANT_INW", b'N', 10),
        ("P_HUURCORP", b'N', 10),
        ("WOZ", b'N', 10),
    ];
    let rows: [&[&[u8]]; 2] = [
        &[b"BU05180100", b"Oostduinen", b"'s-Gravenhage", b"NEE", b"1200", b"12", b"310"],
        &[b"BU05180101", b"Belgisch Park", b"'s-Gravenhage", b"NEE", b"800", b"-99999998", b"420"],
    ];
    let read = plain(&file(&folder, "buurt_2014.dbf", dbf(&fields, &rows)));
    assert_eq!(read.provenance.dialect, "cbs-shapefile");
    assert_eq!(numbers(&read, "woningwaarde"), [310_000.0, 420_000.0]);
    assert_eq!(
        values(&read, "corporatiewoningen")[1].1,
        Value::Missing(Reason::GeheimOfAfwezig),
        "a table without shapes gives values that wait"
    );
    assert!(read.tables.is_empty());
}

#[test]
fn figures_of_2012_in_upper_case() {
    let folder = folder();
    let path = workbook(
        &folder,
        "kwb-2012.xlsx",
        &[
            &["GWB_CODE12", "GWB_NAAM12", "RECS", "AANT_INW", "P_LAAGINKP"],
            &["NL00", "Nederland", "N", "16700000", "40"],
            &["GM0014", "Groningen", "G", "193127", "48"],
            &["BU00140000", "Binnenstad", "B", "4130", "61"],
        ],
    );
    let read = plain(&path);
    assert_eq!(numbers(&read, "laagste-inkomens"), [61.0, 48.0]);
    assert_eq!(read.notes[0].skipped_count, 1);
}

#[test]
fn snake_case_and_camel_case_are_one() {
    for (columns, year) in [
        (
            "buurtcode TEXT, buurtnaam TEXT, gemeentenaam TEXT, aantal_inwoners REAL, \
          percentage_huishoudens_met_laag_inkomen REAL, \
          stedelijkheid_adressen_per_km2 INTEGER",
            2020,
        ),
        (
            "buurtcode TEXT, buurtnaam TEXT, gemeentenaam TEXT, aantalInwoners REAL, \
          percentageHuishoudensMetLaagInkomen REAL, stedelijkheidAdressenPerKm2 INTEGER",
            2023,
        ),
    ] {
        let folder = folder();
        let path = folder.path().join(format!("wfs_{year}.gpkg"));
        let rows = ["'BU00140000', 'A', 'Groningen', 4130, 9.5, 1"];
        geopackage(&path, "wijkenbuurten:buurten", columns, &rows, Some(&blob(&SQUARE)));
        let read = plain(&path);
        assert_eq!(read.provenance.dialect, "cbs-geopackage");
        assert_eq!(numbers(&read, "laag-inkomen"), [9.5]);
        assert_eq!(numbers(&read, "stedelijkheid"), [1.0]);
        assert_eq!(read.tables[0].vintage.get(), year);
    }
}

#[test]
fn statcode_layers_hold_borders_alone_and_more_vertices_are_for_the_store_to_choose() {
    let folder = folder();
    let path = folder.path().join("gebiedsindelingen.gpkg");
    let square = blob(&SQUARE);
    let columns = "statcode TEXT, statnaam TEXT, jrstatcode TEXT, rubriek TEXT";
    for (layer, code) in [
        ("gemeente_gegeneraliseerd", "GM0014"),
        ("gemeente_niet_gegeneraliseerd", "GM0014"),
        ("wijk_gegeneraliseerd", "WK001400"),
        ("provincie_gegeneraliseerd", "PV20"),
    ] {
        let row = format!("'{code}', 'Groningen', '2023{code}', 'x'");
        geopackage(&path, layer, columns, &[&row], Some(&square));
    }
    let read = plain(&path);
    let tables: Vec<_> = read.tables.iter().map(|t| (t.level.clone(), t.vintage.get())).collect();
    assert_eq!(tables, [(Level::Gemeente, 2023), (Level::Gemeente, 2023), (Level::Wijk, 2023)]);
    assert_eq!(read.ignored_tables[0].table, "provincie_gegeneraliseerd");
    assert_eq!(read.notes[0].level_from, Origin::Codes);
}

#[test]
fn the_workbook_of_cbs_mixes_decimals_and_pads_names() {
    let folder = folder();
    let header: &[&str] = &[
        "gwb_code_10",
        "gwb_code_8",
        "regio",
        "gm_naam",
        "recs",
        "gwb_code",
        "a_inw",
        "a_65_oo ",
        "g_wozbag",
        "g_ink_pi",
        "p_hh_li",
        "p_hh_lkk",
        "p_hh_osm",
        "a_soz_wb",
    ];
    let path = workbook(
        &folder,
        "kwb-2023.xlsx",
        &[
            header,
            &[
                "NL00",
                "0",
                "Nederland",
                "Nederland",
                "Land",
                "NL00",
                "17811291",
                "1",
                "1",
                "1",
                "1",
                "1",
                "1",
                "1",
            ],
            &[
                "GM0014",
                "14",
                "Groningen",
                "Groningen  ",
                "Gemeente  ",
                "GM0014",
                "238147",
                "36000",
                "  296",
                "30,2",
                "1.2",
                "9.1",
                "7",
                "9870",
            ],
            &[
                "BU00140000",
                "140000",
                "Binnenstad ",
                "Groningen",
                "Buurt   ",
                "BU00140000",
                "4130",
                "413",
                "   .",
                ",",
                "",
                "12,5",
                "x",
                "-",
            ],
        ],
    );
    let read = plain(&path);
    assert_eq!(read.provenance.dialect, "kwb-excel");
    assert_eq!(numbers(&read, "inkomen-per-inwoner"), [30_200.0]);
    assert_eq!(numbers(&read, "laag-inkomen"), [12.5, 9.1]);
    assert_eq!(numbers(&read, "huishoudens-laagste-inkomen"), [1.2]);
    assert_eq!(numbers(&read, "aandeel-65-plus")[0], 10.0);
    let buurt = |indicator| values(&read, indicator)[0].1;
    assert_eq!(buurt("woningwaarde"), Value::Missing(Reason::Onbekend));
    assert_eq!(buurt("sociaal-minimum"), Value::Missing(Reason::GeheimOfAfwezig));
    assert_eq!(buurt("bijstand"), Value::Number(0.0), "a dash is nil");
    let levels: Vec<_> = read.series.iter().map(|series| &series.key.level).collect();
    assert!(levels.contains(&&Level::Gemeente) && levels.contains(&&Level::Buurt));
}

#[test]
fn older_workbooks_have_one_code_and_another_home_value() {
    let folder = folder();
    let path = workbook(
        &folder,
        "kwb-2014.xlsx",
        &[
            &["gwb_code", "recs", "regio", "a_inw", "g_woz"],
            &["GM0014", "Gemeente", "Groningen", "198315", "170"],
        ],
    );
    assert_eq!(numbers(&plain(&path), "woningwaarde"), [170_000.0]);
}

#[test]
fn statline_stems_count_and_not_their_numbers() {
    let folder = folder();
    for (year, shift) in [(2020, 0), (2022, 3), (2024, 10)] {
        let key = |stem: &str, number: u32| format!("{stem}_{}", number + shift);
        let header = [
            "ID".to_owned(),
            "WijkenEnBuurten".to_owned(),
            key("Gemeentenaam", 1),
            key("Codering", 3),
            key("AantalInwoners", 5),
            key("k_65JaarOfOuder", 12),
            key("GemiddeldInkomenPerInwoner", 72),
            key("PersonenPerSoortUitkeringBijstand", 74),
        ];
        let rows = "0,NL00,Nederland,NL00      ,17000000,3400000,33.0,400000\n\
                    1,BU00140000,Groningen ,BU00140000,  4130,413,       .,   150\n";
        let text = format!("{}\n{rows}", header.join(","));
        let read = plain(&file(&folder, &format!("kwb_{year}.csv"), text));
        assert_eq!(read.provenance.dialect, "statline-kwb-odata");
        assert_eq!(numbers(&read, "bijstand"), [150.0], "{year}");
        assert_eq!(numbers(&read, "aandeel-65-plus"), [10.0]);
        assert_eq!(read.series[0].key.year.get(), year);
    }
}

#[test]
fn a_first_delivery_of_statline_has_whole_columns_empty() {
    let folder = folder();
    let text = "\u{feff}\"Wijken en buurten\";\"Regioaanduiding/Codering (code)\";\
                \"Bevolking/Aantal inwoners (aantal)\";\"Bevolking/Bevolkingsdichtheid (aantal inwoners per km²)\";\
                \"Inkomen/Inkomen van personen/Gemiddeld inkomen per inwoner  (x 1 000 euro)\";\
                \"Wonen/Woningen naar eigendom/Huurwoningen/In bezit woningcorporatie (%)\";\
                \"Sociale zekerheid/Personen per soort uitkering; Bijstand (aantal)\"\n\
                \"Wijk NA\";\"WK0363NA  \";\"    1200\";\"   416.0\";\"       .\";\"     1,8\";\"       .\"\n\
                \"Buurt\";\"BU0363NA01\";\"      90\";\"     \";\"       .\";\"       x\";\"      40\"\n";
    let read = plain(&file(&folder, "statline_2019.csv", text));
    assert_eq!(read.provenance.dialect, "statline-kwb");
    let income: Vec<_> = values(&read, "inkomen-per-inwoner").into_iter().map(|v| v.1).collect();
    assert_eq!(income, [Reason::NogNietGepubliceerd; 2].map(Value::Missing));
    assert_eq!(numbers(&read, "corporatiewoningen"), [1.8]);
    assert_eq!(numbers(&read, "bevolkingsdichtheid"), [416.0]);
    let secret = ("BU0363NA01".to_owned(), Value::Missing(Reason::GeheimOfAfwezig));
    assert_eq!(values(&read, "corporatiewoningen")[0], secret);
    assert_eq!(
        values(&read, "bijstand")[1],
        ("WK0363NA".to_owned(), Value::Missing(Reason::Onbekend))
    );
}

#[test]
fn the_service_of_the_leefbaarometer_has_its_year_in_a_column() {
    let folder = folder();
    let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,
        "properties":{"gemeente":"Almelo","name":"Binnenstad","id":"BU01411000","scale":"buurt",
        "year":"2022","kscore":6,"kafw":5,"kwon":5,"kfys":5,"kvrz":6,"ksoc":5,"konv":4,"afw":-0.01,
        "won":0.01,"fys":0.03,"vrz":0.04,"soc":-0.02,"onv":-0.07}}]}"#;
    let read = plain(&file(&folder, "lbm3.geojson", text));
    assert_eq!(
        (read.provenance.dialect.as_str(), read.series[0].key.year.get()),
        ("leefbaarometer-3", 2022)
    );
    assert_eq!(numbers(&read, "leefbaarheid-klasse"), [6.0]);
}

#[test]
fn addresses_find_their_buurt() {
    let folder = folder();
    let text = "PC6;Huisnummer;Buurt2023;Wijk2023;Gemeente2023\n\
                1011AB;1;363AF01;363AF;363\n1011AB;105;363AF01;363AF;363\n\
                1011AB;105;363AF02;363AF;363\n9711AA;3;140000;1400;14\n";
    let read = plain(&file(&folder, "pc6hnr_gwb.csv", text));
    let (vintage, table) = &read.addresses[0];
    assert_eq!(vintage.get(), 2023, "the column's name says it");
    let find = |postcode: &str, number| match table.find(postcode.parse().expect("one"), number) {
        AddressFound::Buurten(codes) => codes.iter().map(ToString::to_string).collect(),
        other => vec![format!("{other:?}")],
    };
    assert_eq!(find("1011AB", Some(1)), ["BU0363AF01"]);
    assert_eq!(find("1011AB", Some(105)), ["BU0363AF01", "BU0363AF02"]);
    assert_eq!(find("9711AA", None), ["BU00140000"]);
    assert_eq!((read.notes[0].records, read.notes[0].addresses), (4, 4));

    for (row, says) in [
        ("1011A;1;363AF01", "four digits and two letters"),
        ("1011AB;0;363AF01", "house number"),
        ("1011AB;1a;363AF01", "house number"),
        ("1011AB;1;3630AF011", "is no area code"),
    ] {
        let text = format!("PC6;Huisnummer;Buurt2023\n9711AA;3;140000\n{row}\n");
        let error =
            super::read_plain(&file(&folder, "x.csv", text)).expect_err("refused").to_string();
        assert!(error.contains("record 2") && error.contains(says), "{error}");
    }
}

#[test]
fn an_address_table_without_numbers_needs_a_year() {
    let folder = folder();
    let text = "postcode,BUURTCODE_2015,BUURTCODE_CBS_2015,BUURTCODE_CBS_2022\n\
                ,T94d,BU03639403,BU0363TH02\n1011AB,A04a,BU03630400,BU0363AF01\n1011AC,A,BU1,\n";
    let path = file(&folder, "pc6.csv", text);
    let error = super::read_plain(&path).expect_err("no year").to_string();
    assert!(error.contains("--year"), "{error}");
    let read = read_with(&path, &of_year(2023)).expect("reads");
    assert_eq!(read.addresses[0].0.get(), 2023);
    assert_eq!(read.addresses[0].1.len(), 1);
    assert_eq!(read.notes[0].skipped_count, 2);
}

#[test]
fn old_and_new_codes_are_kept_as_pairs() {
    let folder = folder();
    let path = folder.path().join("codes.gpkg");
    let columns = "buurtcode_cbs_2015 TEXT, buurtcode_cbs_2022 TEXT, buurtnaam_2022 TEXT";
    let rows =
        ["'BU03630000', 'BU0363AE01', 'Kop Zeedijk'", "'BU03630001', 'BU03630001', 'Zelfde'"];
    geopackage(&path, "buurten", columns, &rows, Some(&blob(&SQUARE)));
    let options = ReadOptions { vintage: Vintage::new(2023).ok(), ..ReadOptions::default() };
    let read = read_with(&path, &options).expect("reads");
    assert_eq!((read.tables[0].vintage.get(), read.tables[0].areas.len()), (2023, 2));
    let pairs: Vec<_> = read.recodes[0].pairs.iter().map(|(a, b)| format!("{a} {b}")).collect();
    assert_eq!(pairs, ["BU03630000 BU0363AE01"]);
}

#[test]
fn a_dialect_of_ones_own_goes_before_all_others() {
    let text = include_str!("../../../docs/voorbeeld-dialect.toml");
    let own = Dialects::only(Dialect::parse("own.toml", text).expect("a dialect"));
    let folder = folder();
    let table = "\u{feff}\"District_Type\";\"Area_Code\";\"Avg_Income_Per_Inhabitant_1000EUR\";\
                 \"Pct_Low_Income_Households\";\"Pct_Below_120Pct_Social_Min\"\n\
                 \"Planciusbuurt\";\"BU0363AA01\";38,6;;20,8\n";
    let path = file(&folder, "inkomens_2023.csv", table);
    let options = ReadOptions::default();
    let read_own = |path| read(path, &options, &own, &catalogue());
    let found = read_own(&path).expect("reads");
    assert_eq!(numbers(&found, "inkomen-per-inwoner"), [38_600.0]);
    assert_eq!(values(&found, "laag-inkomen")[0].1, Value::Missing(Reason::Onbekend));
    let other = file(&folder, "kwb-2024.csv", "code,level,naam,inwoners\nGM0014,gemeente,A,1\n");
    let error = read_own(&other).expect_err("not in it").to_string();
    assert!(error.contains("amsterdam-inkomens"), "{error}");
    assert!(dialects().iter().count() > 12);
}

#[test]
fn dialects_that_are_wrong_say_where() {
    let head = "id = \"x\"\ntitle = \"x\"\npublisher = \"x\"\nlicence = \"x\"\n";
    let form = "[[form]]\nrequires = [\"a\"]\ncode = \"a\"\n";
    for (text, says) in [
        (format!("{head}vintage = \"always\"\n{form}"), "vintage \"always\", expected"),
        (format!("{head}vintage = 1066\n{form}"), "1900 to 2100"),
        (format!("{head}vintage = \"year\"\nmissing = \"cbss\"\n{form}"), "expected one of cbs"),
        (
            format!("{head}vintage = \"year\"\n{form}\n[missing]\nmarkss = 1\n"),
            "missing: unknown field",
        ),
        (
            format!("{head}vintage = \"year\"\n[[form]]\nrequires = [\"a{{b}}\"]\ncode = \"a\"\n"),
            "{jaar}",
        ),
        (format!("{head}vintage = \"year\"\n"), "form"),
    ] {
        let error = Dialect::parse("own.toml", &text).expect_err("wrong").to_string();
        assert!(error.starts_with("own.toml: ") && error.contains(says), "{error}");
    }
}
