//! stub
use super::CommandError;
/// x
#[derive(Debug, clap::Args)]
pub struct Locate {}
impl Locate { pub(super) fn run(self) -> Result<(), CommandError> { Ok(()) } }
