//! A small atlas for tests.

use super::Atlas;
use crate::{
    demo::{Recipe, deliveries},
    geodata,
    indicator::ResidentialChange,
    store::contents_of,
};

/// A fictional country of one gemeente.
pub(crate) fn atlas() -> Atlas {
    let contents = contents_of(deliveries(&Recipe { gemeenten: 1, seed: 3 }), "2026-01-01");
    Atlas::new(
        contents.expect("a country"),
        geodata::catalogue().expect("a sound catalogue"),
        geodata::palettes().expect("sound palettes"),
        geodata::residential_rule(&ResidentialChange::default()).expect("a sound rule"),
    )
}
