//! The bytes of an address table: what is read is whole, and stays the same when written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wijkzicht::area::AddressTable;

fuzz_target!(|data: &[u8]| {
    let Ok(table) = AddressTable::from_bytes(data) else { return };
    for entry in table.entries() {
        table.find(entry.postcode, entry.number);
    }
    let again = table.union(&AddressTable::default());
    let bytes = again.to_bytes();
    assert_eq!(AddressTable::from_bytes(&bytes).as_ref(), Ok(&again));
});
