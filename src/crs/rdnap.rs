//! rdnap
/// x
#[derive(Debug)]
pub struct RdTransform;
