//! Numbers of variable length (LEB128), as an address table packs them.

/// Appends a number as LEB128.
pub(super) fn put(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Takes a number as LEB128 off the front.
pub(super) fn take(rest: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u64;
    for (at, byte) in rest.iter().take(5).enumerate() {
        number |= u64::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            *rest = rest.get(at + 1..).unwrap_or_default();
            return u32::try_from(number).ok();
        }
    }
    None
}
