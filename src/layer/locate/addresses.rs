//! Rows that hold an address.

use std::io::{Read, Write};

use crate::area::{AddressFound, Postcode};

use super::{
    Found, LocateCounts, LocateError, LocateOptions, Places, Row, RowFault, header::Header,
    locate_rows,
};

/// The column of postcodes, and that of house numbers, which may be left out.
const COLUMNS: [&str; 2] = ["postcode", "huisnummer"];

/// Copies a table of addresses and adds the codes of the areas that each lies in, as
/// [`super::locate_csv`] does for coordinates. Columns are `postcode` and, where there is one,
/// `huisnummer`, of which the leading digits count: letters and additions do not change the buurt.
///
/// Where an address lies in several buurten, `buurtcode` is empty and `fout` lists them; wijk and
/// gemeente are given where they are the same for all. An address that is not in the table is
/// outside, and `fout` says what of it is unknown.
///
/// # Errors
/// See [`LocateError`]. What was written before an error is whole rows.
pub fn locate_addresses<'a>(
    input: impl Read,
    output: impl Write,
    options: &LocateOptions,
    find: impl Fn(Postcode, Option<u32>) -> AddressFound<'a> + Sync,
) -> Result<LocateCounts, LocateError> {
    locate_rows(input, output, options, |header| {
        let (postcode, number) = columns(header)?;
        let names = [postcode, number.unwrap_or(postcode)].map(|at| header.names[at].clone());
        Ok(move |row: Row<'_>| {
            let text = String::from_utf8_lossy(row.field(postcode));
            let postcode: Postcode = text.parse().map_err(|_| match text.trim() {
                "" => RowFault::NoPostcode { column: names[0].clone() },
                text => RowFault::Postcode { column: names[0].clone(), text: shorten(text) },
            })?;
            let number = number.map(|at| house_number(row.field(at), &names[1])).transpose()?;
            Ok(answer(&find(postcode, number.flatten())))
        })
    })
}

fn columns(header: &Header) -> Result<(usize, Option<usize>), String> {
    let [postcode, number] = COLUMNS;
    let found = header.find(postcode)?.ok_or_else(|| {
        format!("expected columns {postcode} and {number}: {}", header.describe())
    })?;
    Ok((found, header.find(number)?))
}

/// The digits that a house number begins with; `None` where the field is empty.
fn house_number(field: &[u8], column: &str) -> Result<Option<u32>, RowFault> {
    if field.is_empty() {
        return Ok(None);
    }
    let digits = field.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = std::str::from_utf8(&field[..digits]).ok().and_then(|text| text.parse().ok());
    number.filter(|number| *number > 0).map(Some).ok_or_else(|| RowFault::HouseNumber {
        column: column.to_owned(),
        text: shorten(&String::from_utf8_lossy(field)),
    })
}

fn answer(found: &AddressFound<'_>) -> Found {
    let unknown = |what: &str| Found {
        note: Some(format!("{what} staat niet in de adressentabel")),
        ..Found::default()
    };
    let [buurt, wijk, gemeente] = found.certain();
    let note = match found {
        AddressFound::NoPostcode => return unknown("postcode"),
        AddressFound::NoNumber => return unknown("huisnummer bij deze postcode"),
        AddressFound::Buurten(_) if buurt.is_some() => None,
        AddressFound::Buurten(buurten) => {
            let list: Vec<_> = buurten.iter().map(|code| code.as_str()).collect();
            Some(format!("ligt in {} buurten: {}", list.len(), list.join(" ")))
        }
    };
    Found { is_ambiguous: buurt.is_none(), places: Places { buurt, wijk, gemeente }, note }
}

fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        area::{AddressEntry, AddressTable, AreaCode},
        layer::locate::ADDED_COLUMNS,
    };

    fn addresses(input: &str) -> (String, LocateCounts) {
        let entry = |postcode: &str, number, buurt: &str| AddressEntry {
            postcode: postcode.parse().expect("a postcode"),
            number,
            buurt: AreaCode::parse(buurt).expect("a code"),
        };
        let table = AddressTable::new([
            entry("1011AB", Some(1), "BU0363AA01"),
            entry("1011AB", Some(2), "BU0363AA02"),
            entry("1011AC", None, "BU0363AB01"),
            entry("1011AD", Some(5), "BU0363AA01"),
            entry("1011AD", Some(5), "BU0014AA01"),
        ]);
        let mut output = Vec::new();
        let find = |postcode, number| table.find(postcode, number);
        let counts =
            locate_addresses(input.as_bytes(), &mut output, &LocateOptions::default(), find)
                .expect("located");
        (String::from_utf8(output).expect("text"), counts)
    }

    #[test]
    fn addresses_get_the_codes_of_their_buurt() {
        let (output, counts) = addresses(
            "id,Postcode,huisnummer\n1,1011AB,1\n2,1011 ab,2-III\n3,1011AC,99\n4,1011AB,\n5,1011AD,5\n\
             6,1011AB,3\n7,9999ZZ,1\n8,1011,1\n9,1011AB,a\n10,,1\n",
        );
        let added = ADDED_COLUMNS.join(",");
        let rows: Vec<_> =
            output.lines().map(|line| line.split_once(',').expect("cells").1).collect();
        assert_eq!(
            rows,
            [
                format!("Postcode,huisnummer,{added}").as_str(),
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
        assert_eq!(
            counts,
            LocateCounts { rows: 10, found: 3, ambiguous: 2, outside: 2, faulty: 3 }
        );
    }

    #[test]
    fn a_table_of_postcodes_needs_no_numbers() {
        let (output, _) = addresses("postcode\n1011AC\n");
        let added = ADDED_COLUMNS.join(",");
        assert_eq!(output, format!("postcode,{added}\n1011AC,BU0363AB01,WK0363AB,GM0363,\n"));
    }
}
