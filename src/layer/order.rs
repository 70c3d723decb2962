//! What tells that two answers count the same areas in the same order.

use sha2::{Digest, Sha256};

use crate::atlas::LevelCoverage;

/// The first eight bytes of the SHA-256 of year, level and codes of a division, each followed by a
/// line feed: what borders and values that are joined by ordinal must have in common.
pub fn order_hash(coverage: &LevelCoverage) -> [u8; 8] {
    let mut hash = Sha256::new();
    hash.update(format!("{}\n{}\n", coverage.vintage, coverage.level));
    for code in coverage.codes() {
        hash.update(code.as_str());
        hash.update(b"\n");
    }
    let digest = hash.finalize();
    std::array::from_fn(|at| digest[at])
}
