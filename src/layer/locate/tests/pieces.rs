//! Tables that come in pieces.

use super::*;

/// The table that comes in pieces.
fn pieces(form: TableForm, text: &[u8], size: usize) -> Result<Vec<u8>, LocateError> {
    let options = LocateOptions { form, by: LocateBy::Either, ..LocateOptions::default() };
    let (mut locating, mut out) = (Locating::new(&options)?, Vec::new());
    for piece in text.chunks(size) {
        locating.push(piece);
        locating.answer(false, &East::new(), &mut out)?;
    }
    locating.answer(true, &East::new(), &mut out)?;
    Ok(out)
}

proptest! {
    /// However the table comes in, the answer is that to the whole.
    #[test]
    fn pieces_are_answered_as_the_whole(
        rows in proptest::collection::vec("[a{}\\[\\],:\"\\\\ \n5.]{0,12}", 0..12),
        size in 1_usize..40,
    ) {
        let csv = format!("lon,lat,n\n{}", rows.join("\n"));
        let ndjson = rows.iter().map(|row| format!("{{\"lon\":{row},\"lat\":52}}\n")).collect();
        let feature = |row: &String| {
            let text = serde_json::Value::from(row.as_str());
            format!("{{\"geometry\":{{\"type\":\"Point\",\"coordinates\":[4.9,52]}},\"properties\":{{\"n\":{text}}}}}")
        };
        let features: Vec<_> = rows.iter().map(feature).collect();
        let geojson = format!("{{\"a\":[{{}}],\"features\":[{}] }}", features.join(" ,\n"));
        for (form, text) in
            [(TableForm::Csv, csv), (TableForm::Ndjson, ndjson), (TableForm::Geojson, geojson)]
        {
            let whole = pieces(form, text.as_bytes(), usize::MAX).map_err(|e| e.to_string());
            let apart = pieces(form, text.as_bytes(), size).map_err(|e| e.to_string());
            prop_assert_eq!(&whole, &apart);
            if form == TableForm::Geojson {
                let read: serde_json::Value =
                    serde_json::from_slice(&whole.expect("located")).expect("JSON");
                prop_assert_eq!(read["features"].as_array().map(Vec::len), Some(rows.len()));
            }
        }
    }

    /// No text of brackets and quotation marks is too much.
    #[test]
    fn no_json_panics(text in "[a{}\\[\\],:\"\\\\ \n5é]{0,60}") {
        for form in [TableForm::Ndjson, TableForm::Geojson] {
            let _ = pieces(form, text.as_bytes(), 7);
            let _ = pieces(form, format!("{{\"features\":[{text}").as_bytes(), 7);
        }
    }
}
