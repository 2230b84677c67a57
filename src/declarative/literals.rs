//! Many literals at once: where a text holds any of them.
//!
//! An automaton over thousands of literals takes many instructions for each byte, and nearly all characters begin none
//! of them. So where one may begin is found first, and the automaton is asked only there. Literals of ASCII are few
//! enough for a vector search, or an automaton of their own; for the others a table of how they begin is asked, once for
//! each character.

use std::{collections::BTreeSet, ops::Range};

use aho_corasick::{
    AhoCorasick, AhoCorasickKind, Anchored, BuildError, Input, MatchKind, StartKind, automaton::OverlappingState,
};

/// Literals to look for.
#[derive(Debug)]
pub(super) struct Literals {
    /// Of all of them, for a place where one may begin.
    automaton: AhoCorasick,
    /// Which count behind a letter or digit of ASCII as well.
    counts_inside: Box<[bool]>,
    /// Of each, where what is looked for of it begins.
    needles: Box<[usize]>,
    /// Those that begin with a character of ASCII: the short ones and the others. A vector search compares as many bytes
    /// as the shortest needle has, four at most, and two or three are common in words.
    narrow: Vec<Narrow>,
    /// How the others begin.
    wide: Option<Beginnings>,
}

/// Needles of literals of some lengths.
#[derive(Debug)]
struct Narrow {
    lengths: Range<usize>,
    /// Where in their literals they begin, each place once.
    places: Vec<usize>,
    automaton: AhoCorasick,
}

/// Where in a literal begins what is looked for of it. Two words together are rarer where one ends and the next begins: of
/// `the the` it is `he the`.
fn needle(text: &str) -> usize {
    let place = text.find(' ').and_then(|blank| blank.checked_sub(COMPARED / 2));
    let has_enough = |place: &usize| text.len() - place >= COMPARED && text.is_char_boundary(*place);
    place.filter(has_enough).unwrap_or(0)
}

/// How literals begin that begin with no character of ASCII: this is asked once for each character.
#[derive(Debug)]
struct Beginnings {
    /// Which of the next bytes count: as many as the shortest literal has, and at most eight.
    mask: u64,
    /// The beginnings, as a set that may hold more than it was given.
    set: Box<[u64; 1 << (BITS - 6)]>,
}

/// Bits of the set: so many that a thousand beginnings leave most of it empty, so few that it stays in the first cache.
const BITS: u32 = 16;
/// The bit that no character of ASCII has.
const ASCII: u64 = 0x8080_8080_8080_8080;
/// The bit that tells lower from upper case in ASCII letters.
const CASE: u64 = 0x2020_2020_2020_2020;

/// Where in the set bytes stand.
fn first_place(bytes: u64) -> (usize, u64) {
    place(bytes, 0x9E37_79B9_7F4A_7C15)
}

/// Where they stand once more, so that nothing is taken for them that only has one place in common.
fn second_place(bytes: u64) -> (usize, u64) {
    place(bytes, 0xC2B2_AE3D_27D4_EB4F)
}

/// Multiplication carries every byte into the highest bits.
fn place(bytes: u64, factor: u64) -> (usize, u64) {
    let bit = (bytes | CASE).wrapping_mul(factor) >> (64 - BITS);
    (bit as usize / 64, 1 << (bit % 64))
}

impl Beginnings {
    /// Of texts that are not empty.
    fn of<'a>(texts: impl Iterator<Item = &'a [u8]> + Clone) -> Self {
        let shortest = texts.clone().map(<[u8]>::len).min().unwrap_or(8).min(8);
        let mut out = Self { mask: u64::MAX >> (64 - 8 * shortest), set: Box::new([0; _]) };
        for text in texts {
            let (whole, part) = (bytes_at(text, 0), bytes_at(text, 0) & out.mask);
            for (word, bit) in [first_place(part), second_place(if text.len() < 8 { part } else { whole })] {
                out.set[word] |= bit;
            }
        }
        out
    }

    /// Whether the next bytes may be a beginning. Of most literals all eight are asked for as well: as many as the shortest
    /// has make a word, and 使用 is much more common than 使用使用.
    fn may_hold(&self, next: u64) -> bool {
        let has = |(word, bit): (usize, u64)| self.set[word] & bit != 0;
        let part = next & self.mask;
        has(first_place(part)) && (has(second_place(next)) || has(second_place(part)))
    }

    /// The first offset from one on at which there may be a beginning. Characters of three bytes, which are most in
    /// Chinese, Japanese and Korean, are gone through together: a processor need not wait for one to know where the next
    /// begins.
    fn next(&self, text: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        while at < text.len() {
            while let Some(&next) = text[at..].first_chunk::<8>().filter(|next| next[0] & 0xF0 == 0xE0) {
                if self.may_hold(u64::from_le_bytes(next)) {
                    return Some(at);
                }
                at += 3;
            }
            let next = bytes_at(text, at);
            match next & ASCII {
                0 => at += 8,
                others if others & 0x80 == 0 => at += others.trailing_zeros() as usize / 8,
                _ if self.may_hold(next) => return Some(at),
                // As many leading ones as its character has bytes; one within a character.
                _ => at += next.to_le_bytes()[0].leading_ones() as usize,
            }
        }
        None
    }
}

/// As many first bytes of a literal a vector search compares.
const COMPARED: usize = 4;

/// For literals of so many bytes a table of all steps is small enough.
const TABLE: usize = 1 << 15;

impl Literals {
    /// Of texts that are not empty, each with whether it counts behind a letter or digit of ASCII as well. It refuses only
    /// what does not fit into 32 bits, which configuration never reaches.
    pub(super) fn new(texts: &[(&str, bool)], ignore_case: bool) -> Result<Self, BuildError> {
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(ignore_case)
            .start_kind(StartKind::Anchored)
            .prefilter(false)
            .build(texts.iter().map(|(text, _)| text))?;
        let is_narrow = |text: &&str| text.starts_with(|c: char| c.is_ascii());
        let narrow: Vec<&str> = texts.iter().map(|(text, _)| *text).filter(is_narrow).collect();
        let wide = texts.iter().map(|(text, _)| *text).filter(|text| !is_narrow(text)).map(str::as_bytes);
        let has_wide = narrow.len() < texts.len();
        let search = |lengths: Range<usize>| {
            let own: Vec<&str> = narrow.iter().copied().filter(|text| lengths.contains(&text.len())).collect();
            if own.is_empty() {
                return Ok(None);
            }
            let is_small = own.iter().map(|text| text.len()).sum::<usize>() <= TABLE;
            let automaton = AhoCorasick::builder()
                .ascii_case_insensitive(ignore_case)
                .match_kind(MatchKind::LeftmostFirst)
                .kind(is_small.then_some(AhoCorasickKind::DFA))
                .build(own.iter().map(|text| &text[needle(text)..]))?;
            let places: BTreeSet<usize> = own.iter().map(|text| needle(text)).collect();
            Ok(Some(Narrow { lengths, places: places.into_iter().collect(), automaton }))
        };
        let all = [search(0..COMPARED)?, search(COMPARED..usize::MAX)?];
        Ok(Self {
            automaton,
            counts_inside: texts.iter().map(|(_, counts_inside)| *counts_inside).collect(),
            needles: texts.iter().map(|(text, _)| if is_narrow(text) { needle(text) } else { 0 }).collect(),
            wide: has_wide.then(|| Beginnings::of(wide)),
            narrow: all.into_iter().flatten().collect(),
        })
    }

    /// Calls back for every place where a text holds a literal, with the index of the literal. Those that do not count
    /// within a word are left out there, unless all are asked for.
    pub(super) fn each(&self, text: &str, all: bool, mut found: impl FnMut(usize, Range<usize>)) {
        let bytes = text.as_bytes();
        // The literals of some lengths whose needles stand at a place of them.
        let mut look = |at: usize, lengths: &Range<usize>, place: usize| {
            let is_inside = !all && at > 0 && bytes[at - 1].is_ascii_alphanumeric();
            self.at(text, at, |index, range| {
                let is_own = lengths.contains(&range.len()) && self.needles[index] == place;
                if is_own && (!is_inside || self.counts_inside[index]) {
                    found(index, range);
                }
            });
        };
        for Narrow { lengths, places, automaton } in &self.narrow {
            let mut from = 0;
            while let Some(needle) = automaton.find(Input::new(text).range(from..)) {
                for &place in places {
                    if let Some(at) = needle.start().checked_sub(place) {
                        look(at, lengths, place);
                    }
                }
                from = needle.start() + 1;
            }
        }
        let mut from = 0;
        while let Some(at) = self.wide.as_ref().and_then(|wide| wide.next(bytes, from)) {
            look(at, &(0..usize::MAX), 0);
            from = at + 1;
        }
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

/// Eight bytes from an offset on; zeros behind the end.
fn bytes_at(bytes: &[u8], at: usize) -> u64 {
    if let Some(&whole) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        return u64::from_le_bytes(whole);
    }
    let mut padded = [0; 8];
    let rest = bytes.get(at..).unwrap_or_default();
    let length = rest.len().min(8);
    padded[..length].copy_from_slice(&rest[..length]);
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
            texts in prop::collection::btree_set(prop::collection::vec(select("aB的阈值ß ".chars().collect::<Vec<_>>()), 1..6), 1..8),
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
