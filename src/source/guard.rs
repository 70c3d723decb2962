//! A limit on how much one record may take up.

use std::{cell::Cell, io::Read, rc::Rc};

/// Hands out the bytes of a file, and refuses to hand out too many since the last record: a quote
/// or a bracket left open would swallow the rest of the file.
pub struct Guard<R> {
    inner: R,
    handed: Rc<Cell<usize>>,
    most: usize,
    message: &'static str,
}

impl<R: Read> Guard<R> {
    /// Guards `inner`; whoever reads records sets the counter to nought after each.
    pub fn new(inner: R, most: usize, message: &'static str) -> (Self, Rc<Cell<usize>>) {
        let handed = Rc::new(Cell::new(0));
        (Self { inner, handed: Rc::clone(&handed), most, message }, handed)
    }
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.handed.get() > self.most {
            return Err(std::io::Error::other(self.message));
        }
        let count = self.inner.read(buffer)?;
        self.handed.set(self.handed.get() + count);
        Ok(count)
    }
}
