//! Mutations of sound files: some break the writing, some keep it and change what it says.

use super::chance::Chance;

/// Pieces that have been trouble for readers of such files elsewhere.
const PIECES: &[&str] = &[
    "\u{feff}",
    "\u{202e}",
    "\u{0}",
    "\u{1b}[31m",
    "é",
    "e\u{301}",
    "\u{1f3db}",
    "\u{2028}",
    "\r",
    "\t",
    "\n\n",
    "&a ",
    "*a",
    "!!str ",
    "<<: ",
    "? ",
    "- ",
    ": ",
    ", ",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "|\n",
    ">-\n",
    "%YAML 1.2\n",
    "---\n",
    "...\n",
    "#",
    "~",
    "null",
    "yes",
    "0x7f",
    "1e999",
    ".inf",
    ".nan",
    "-1",
    "65536",
    "99999999999999999999",
    "2200-12-31",
    "1800-01-01",
    "0000-00-00",
    "2011-02-29",
    "9999-12-31",
    "like: x\n",
    "all",
    "any",
    "none",
    "must",
    "may",
    "true",
    "false",
    "/",
    "..",
    "G.DUAL",
    "listed-offence",
    "punishable-here",
];

/// Most bytes of a mutated file: larger ones are tried elsewhere, by size alone.
const MOST_BYTES: usize = 64 * 1024;

/// Kinds of mutation. The later ones keep the writing whole.
const KINDS: usize = 14;
/// The first of these.
const FIRST_GENTLE: usize = 10;

/// A file with one to six mutations, or with one or two gentle ones: what can be read is tried further. `other` is a
/// file of the same kind, from which pieces are taken.
pub fn mutate(sound: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = sound.to_vec();
    let gentle = !chance.one_in(3);
    for _ in 0..=chance.below(if gentle { 2 } else { 6 }) {
        let kind = if gentle { FIRST_GENTLE + chance.below(KINDS - FIRST_GENTLE) } else { chance.below(KINDS) };
        once(kind, &mut bytes, other, chance);
        bytes.truncate(MOST_BYTES);
    }
    bytes
}

fn once(kind: usize, bytes: &mut Vec<u8>, other: &[u8], chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    match kind {
        0 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << chance.below(8);
            }
        }
        1 => bytes.truncate(at),
        2 => {
            let piece = chance.pick(PIECES).as_bytes().to_vec();
            bytes.splice(at..at, piece);
        }
        3 => {
            let end = (at + chance.below(40)).min(bytes.len());
            bytes.drain(at..end);
        }
        4 => {
            let from = chance.below(other.len() + 1);
            let to = (from + chance.below(200)).min(other.len());
            bytes.splice(at..at, other[from..to].to_vec());
        }
        5 => {
            let (piece, times) = (*chance.pick(&["[", "{a: ", "- ", "? ", "a:\n "]), 1 + chance.below(80));
            bytes.splice(at..at, piece.repeat(times).into_bytes());
        }
        // A line twice is a key twice; a line gone is a key gone; a line elsewhere is a key elsewhere.
        6 => {
            let line = line_of(bytes, at);
            let copy = bytes[line.clone()].to_vec();
            bytes.splice(line.end..line.end, copy);
        }
        7 => drop(bytes.drain(line_of(bytes, at))),
        8 => {
            let taken: Vec<u8> = bytes.drain(line_of(bytes, at)).collect();
            let to = chance.below(bytes.len() + 1);
            let to = line_of(bytes, to).start;
            bytes.splice(to..to, taken);
        }
        9 => {
            let line = line_of(bytes, at);
            bytes.splice(line.start..line.start, *b"  ");
        }
        // Words keep the writing whole: such files are often read, and mean something else.
        10 | 11 => {
            let word = word_of(bytes, at);
            let from = word_of(other, chance.below(other.len() + 1));
            bytes.splice(word, other[from].to_vec());
        }
        12 => {
            let word = word_of(bytes, at);
            bytes.splice(word, chance.pick(PIECES).as_bytes().to_vec());
        }
        _ => {
            let (one, two) = (word_of(bytes, at), word_of(bytes, chance.below(bytes.len() + 1)));
            let copy = bytes[two].to_vec();
            bytes.splice(one, copy);
        }
    }
}

/// The line that holds a byte, its end included.
fn line_of(bytes: &[u8], at: usize) -> std::ops::Range<usize> {
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| at + end + 1);
    start..end
}

/// The word at a byte, or the next one.
fn word_of(bytes: &[u8], at: usize) -> std::ops::Range<usize> {
    let within = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._()".contains(byte);
    let start = bytes[at..].iter().position(within).map_or(bytes.len(), |found| at + found);
    let start = bytes[..start].iter().rposition(|byte| !within(byte)).map_or(0, |before| before + 1);
    let end = bytes[start..].iter().position(|byte| !within(byte)).map_or(bytes.len(), |found| start + found);
    start..end
}
