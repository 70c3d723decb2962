//! What tells that a layer shows the same figures as before.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::indicator::Value;

use super::PaintedLayer;

/// The first eight bytes of the SHA-256 of what a layer's figures are, as 16 hexadecimal digits:
/// codes, numbers and reasons of all areas of the division, of both topics where there are two.
/// Another delivery of the same figures, and another year beside them, change nothing. Cost: a pass
/// over the column.
pub fn fingerprint(layer: &PaintedLayer<'_>) -> String {
    let mut hash = Sha256::new();
    let coverage = layer.series.coverage;
    for (at, code) in coverage.codes().iter().enumerate() {
        hash.update(code.as_str());
        let second = layer.pair.as_ref().map(|pair| pair.value(at));
        for value in [Some(layer.series.column.get(at)), second].into_iter().flatten() {
            match value {
                Value::Number(number) => hash.update(number.to_le_bytes()),
                Value::Missing(reason) => hash.update(reason.as_str()),
            }
            hash.update(b"\n");
        }
    }
    hash.finalize().iter().take(8).fold(String::new(), |mut text, byte| {
        // Writing to a string never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
