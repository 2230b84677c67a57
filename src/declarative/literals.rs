//! Many literals at once: where a text holds any of them.
//!
//! An automaton over thousands of literals takes many instructions for each byte, and nearly all characters begin none
//! of them. So a table of how literals begin is asked first, once for each character, and the automaton only where it
//! says yes.

use std::ops::Range;

use aho_corasick::{AhoCorasick, Anchored, BuildError, Input, StartKind, automaton::OverlappingState};

/// Literals to look for.
#[derive(Debug)]
pub(super) struct Literals {
    automaton: AhoCorasick,
    /// For each byte, the lengths of the beginnings that start with it: bit n stands for n + 1 bytes. First of all
    /// literals, then of those that count within a word as well.
    lengths: Box<[[u8; 256]; 2]>,
    /// Which literals these are.
    counts_inside: Box<[bool]>,
    /// Whether none of these begins with a letter or digit of ASCII.
    skips_words: bool,
    /// By length.
    beginnings: [Beginnings; LONGEST],
}

/// How many bytes of a literal its beginning has at most: two Chinese characters.
const LONGEST: usize = 6;
/// Bits of a table: so many that a thousand beginnings leave most of it empty, so few that it stays in the first cache.
const BITS: u32 = 14;
/// The bit that tells lower from upper case in ASCII letters.
const CASE: u64 = 0x2020_2020_2020_2020;

/// The beginnings of one length, as a set that may hold more than it was given.
#[derive(Clone, Debug)]
struct Beginnings {
    mask: u64,
    bits: Box<[u64; 1 << (BITS - 6)]>,
}

impl Beginnings {
    fn new(length: usize) -> Self {
        Self { mask: u64::MAX >> (64 - 8 * length), bits: Box::new([0; _]) }
    }

    fn place(&self, bytes: u64) -> (usize, u64) {
        // Multiplication carries every byte into the highest bits.
        let hash = ((bytes & self.mask).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BITS)) as usize;
        (hash / 64, 1 << (hash % 64))
    }

    fn add(&mut self, bytes: u64) {
        let (word, bit) = self.place(bytes | CASE);
        self.bits[word] |= bit;
    }

    /// Of bytes whose case has been dropped.
    fn may_hold(&self, bytes: u64) -> bool {
        let (word, bit) = self.place(bytes);
        self.bits[word] & bit != 0
    }
}

impl Literals {
    /// Of texts that are not empty, each with whether it counts behind a letter or digit of ASCII as well. It refuses only
    /// what does not fit into 32 bits, which configuration never reaches.
    pub(super) fn new(texts: &[(&str, bool)], ignore_case: bool) -> Result<Self, BuildError> {
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(ignore_case)
            .start_kind(StartKind::Anchored)
            .prefilter(false)
            .build(texts.iter().map(|(text, _)| text))?;
        let mut lengths = Box::new([[0; 256]; 2]);
        let mut beginnings = std::array::from_fn(|index| Beginnings::new(index + 1));
        for (text, counts_inside) in texts {
            let Some(byte) = text.bytes().next() else { continue };
            let index = text.len().min(LONGEST) - 1;
            for byte in [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()].map(usize::from) {
                lengths[0][byte] |= 1 << index;
                lengths[1][byte] |= u8::from(*counts_inside) << index;
            }
            beginnings[index].add(bytes_at(text.as_bytes(), 0));
        }
        let counts_inside = texts.iter().map(|(_, counts_inside)| *counts_inside).collect();
        let begins_inside = |byte: u8| byte.is_ascii_alphanumeric() && lengths[1][usize::from(byte)] != 0;
        let skips_words = !(0..=0x7F).any(begins_inside);
        Ok(Self { automaton, lengths, counts_inside, skips_words, beginnings })
    }

    /// Calls back for every place where a text holds a literal, with the index of the literal; in the order of where
    /// they begin. Those that do not count within a word are left out there, unless all are asked for.
    pub(super) fn each(&self, text: &str, all: bool, mut found: impl FnMut(usize, Range<usize>)) {
        let bytes = text.as_bytes();
        let [everywhere, inside] = &*self.lengths;
        let inside = if all { everywhere } else { inside };
        let skips_words = self.skips_words && !all;
        let mut lengths = everywhere;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let own = lengths[usize::from(byte)];
            if own != 0 && self.may_begin(bytes_at(bytes, at) | CASE, own) {
                let is_inside = std::ptr::eq(lengths, inside) && !all;
                self.at(text, at, |index, range| {
                    if !is_inside || self.counts_inside[index] {
                        found(index, range);
                    }
                });
            }
            let class = CLASSES[usize::from(byte)];
            at += usize::from(class & WIDTH);
            lengths = if class & JOINS == 0 { everywhere } else { inside };
            if class & JOINS != 0 && skips_words {
                // Nothing begins before the word ends.
                let rest = &bytes[at..];
                at += rest.iter().position(|&byte| CLASSES[usize::from(byte)] & JOINS == 0).unwrap_or(rest.len());
            }
        }
    }

    fn may_begin(&self, next: u64, mut lengths: u8) -> bool {
        while lengths != 0 {
            if self.beginnings[lengths.trailing_zeros() as usize].may_hold(next) {
                return true;
            }
            lengths &= lengths - 1;
        }
        false
    }

    /// The literals that begin at an offset.
    #[cold]
    fn at(&self, text: &str, at: usize, mut found: impl FnMut(usize, Range<usize>)) {
        let input = Input::new(text).range(at..).anchored(Anchored::Yes);
        let mut state = OverlappingState::start();
        loop {
            self.automaton.find_overlapping(input.clone(), &mut state);
            let Some(own) = state.get_match() else { break };
            // A state knows of the literals that end there, wherever they begin.
            if own.start() == at {
                found(own.pattern().as_usize(), own.range());
            }
        }
    }
}

/// How many bytes the character has that begins with a byte, and whether it is a letter or digit of ASCII.
static CLASSES: [u8; 256] = {
    let mut classes = [4; 256];
    let mut byte = 0_u8;
    while byte < 0xF0 {
        classes[byte as usize] = match byte {
            ..0x80 if byte.is_ascii_alphanumeric() => 1 | JOINS,
            ..0x80 => 1,
            0x80..0xE0 => 2,
            _ => 3,
        };
        byte += 1;
    }
    classes
};
const WIDTH: u8 = 0x0F;
const JOINS: u8 = 0x80;

/// Eight bytes from an offset on; zeros behind the end.
fn bytes_at(bytes: &[u8], at: usize) -> u64 {
    if let Some(&whole) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        return u64::from_le_bytes(whole);
    }
    let mut padded = [0; 8];
    let rest = &bytes[at..];
    padded[..rest.len()].copy_from_slice(rest);
    u64::from_le_bytes(padded)
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::*;

    proptest! {
        /// As a search for each of them alone finds them.
        #[test]
        fn finds_what_a_plain_search_finds(
            texts in prop::collection::btree_set(prop::collection::vec(select("aB的阈值ß".chars().collect::<Vec<_>>()), 1..4), 1..8),
            text in prop::collection::vec(select("abAB的阈值ß ".chars().collect::<Vec<_>>()), 0..40),
            ignore_case in any::<bool>(),
            all in any::<bool>(),
        ) {
            let texts: Vec<String> = texts.iter().map(|text| text.iter().collect()).collect();
            let texts: Vec<(&str, bool)> = texts.iter().map(|text| (text.as_str(), text.len() % 2 == 0)).collect();
            let text: String = text.iter().collect();
            let mut found = Vec::new();
            Literals::new(&texts, ignore_case).expect("small").each(&text, all, |index, range| found.push((range.start, range.end, index)));
            let mut expected = Vec::new();
            for (start, _) in text.char_indices() {
                let is_inside = text[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
                for (index, (literal, counts_inside)) in texts.iter().enumerate() {
                    if is_inside && !all && !counts_inside {
                        continue;
                    }
                    let same = text.get(start..start + literal.len()).is_some_and(|own| if ignore_case { own.eq_ignore_ascii_case(literal) } else { own == *literal });
                    if same {
                        expected.push((start, start + literal.len(), index));
                    }
                }
            }
            found.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}
