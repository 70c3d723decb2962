use std::collections::BTreeSet;

use super::*;
use proptest::prelude::*;

fn entry(postcode: &str, number: Option<u32>, buurt: &str) -> AddressEntry {
    AddressEntry {
        postcode: postcode.parse().expect("a postcode"),
        number,
        buurt: AreaCode::parse(buurt).expect("a code"),
    }
}

fn find(table: &AddressTable, postcode: &str, number: Option<u32>) -> Vec<String> {
    match table.find(postcode.parse().expect("a postcode"), number) {
        AddressFound::NoPostcode => vec!["no postcode".into()],
        AddressFound::NoNumber => vec!["no number".into()],
        AddressFound::Buurten(codes) => codes.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn an_address_has_its_buurt_and_a_postcode_all_of_them() {
    let table = AddressTable::new(vec![
        entry("1011AB", Some(3), "BU0363AA01"),
        entry("1011AB", Some(1), "BU0363AA01"),
        entry("1011AB", Some(2), "BU0363AA02"),
        entry("1011AB", Some(3), "BU0363AA02"),
        entry("1011AC", None, "BU0363AA02"),
    ]);
    assert_eq!(find(&table, "1011AB", Some(1)), ["BU0363AA01"]);
    assert_eq!(find(&table, "1011AB", Some(3)), ["BU0363AA01", "BU0363AA02"]);
    assert_eq!(find(&table, "1011AB", Some(9)), ["no number"]);
    assert_eq!(find(&table, "1011AB", None), ["BU0363AA01", "BU0363AA02"]);
    assert_eq!(find(&table, "1011AC", Some(77)), ["BU0363AA02"]);
    assert_eq!(find(&table, "1011AD", None), ["no postcode"]);
}

fn entries() -> impl Strategy<Value = Vec<AddressEntry>> {
    let one = (0_u32..6, prop::option::of(0_u32..300), 0..4).prop_map(|(at, number, buurt)| {
        entry(
            ["1011AB", "1011AC", "1012AA", "9999ZZ", "1000AA", "5555XY"][at as usize],
            number,
            &format!("BU0363000{buurt}"),
        )
    });
    prop::collection::vec(one, 0..40)
}

/// The entries without those that a numbered postcode makes pointless.
fn telling(entries: &[AddressEntry]) -> BTreeSet<AddressEntry> {
    let numbered: BTreeSet<_> =
        entries.iter().filter(|e| e.number.is_some()).map(|e| e.postcode).collect();
    let tells = |e: &&AddressEntry| e.number.is_some() || !numbered.contains(&e.postcode);
    entries.iter().filter(tells).cloned().collect()
}

proptest! {
    #[test]
    fn a_table_holds_what_it_was_made_of(entries in entries()) {
        let table = AddressTable::new(entries.clone());
        prop_assert_eq!(table.entries().collect::<BTreeSet<_>>(), telling(&entries));
        prop_assert_eq!(AddressTable::from_bytes(&table.to_bytes()), Ok(table.clone()));
    }

    #[test]
    fn a_union_does_not_depend_on_the_order(a in entries(), b in entries(), c in entries()) {
        let table = |entries: &[AddressEntry]| AddressTable::new(entries.iter().cloned());
        let all: Vec<_> = [a.clone(), b.clone(), c.clone()].concat();
        prop_assert_eq!(table(&a).union(&table(&b)).union(&table(&c)), table(&all));
        prop_assert_eq!(table(&c).union(&table(&b).union(&table(&a))), table(&all));
    }

    #[test]
    fn damaged_bytes_are_refused_or_read_but_never_panic(
        entries in entries(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut bytes = AddressTable::new(entries).to_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(table) = AddressTable::from_bytes(&bytes) {
            table.entries().for_each(drop);
        }
        prop_assert!(AddressTable::from_bytes(&bytes[..at]).is_err() || at == 0);
    }
}
