//! Which area a point lies in.
/// x
#[derive(Debug)]
pub struct Locator;
