//! Whoever is told what is being fetched, while it is.

/// Is told of steps and of what comes in.
pub trait Watch: Sync {
    /// A line that is worth a person's while.
    fn say(&self, line: &str);

    /// Something of that name comes in, from `have` bytes on; `total` bytes where that is known.
    fn begin(&self, name: &str, total: Option<u64>, have: u64) -> Box<dyn Meter + '_>;
}

/// Counts the bytes of one thing that comes in, until it goes out of scope.
pub trait Meter: Send {
    /// So many bytes more.
    fn add(&self, bytes: u64);
}
