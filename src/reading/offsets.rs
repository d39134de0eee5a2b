//! Places from the parser's marks.

use saphyr_parser::{ScanError, Span};

use crate::base::Place;

/// A byte offset as places hold it.
pub(super) fn short(offset: usize) -> u32 {
    u32::try_from(offset).expect("files are at most a megabyte")
}

/// From the parser's count of characters to bytes.
pub(super) struct Offsets {
    file: u32,
    length: u32,
    /// Byte offset of each character; none needed where all are ASCII.
    starts: Option<Vec<u32>>,
}

impl Offsets {
    pub(super) fn new(file: u32, text: &str) -> Self {
        let starts = (!text.is_ascii()).then(|| text.char_indices().map(|(start, _)| short(start)).collect());
        Self { file, length: short(text.len()), starts }
    }

    fn byte(&self, character: usize) -> u32 {
        match &self.starts {
            Some(starts) => starts.get(character).copied().unwrap_or(self.length),
            None => u32::try_from(character).unwrap_or(self.length).min(self.length),
        }
    }

    pub(super) fn place(&self, span: Span) -> Place {
        let start = self.byte(span.start.index());
        Place { file: self.file, start, end: self.byte(span.end.index()).max(start) }
    }

    /// One character: where the parser gave up.
    pub(super) fn point(&self, error: &ScanError) -> Place {
        let index = error.marker().index();
        Place { file: self.file, start: self.byte(index), end: self.byte(index + 1) }
    }
}
