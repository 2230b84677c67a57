//! What stands around a match: beside it in its sentence, or longer than it and around it.

use std::ops::Range;

use super::{
    boundary::{Boundary, stands_alone},
    ground::{Ground, Sentences},
    sighting::{ANY, Role, Seen, Sighting},
};

/// What stands in the same sentence as a match.
pub(super) struct Beside<'s, 'd> {
    sentences: Sentences<'s, 'd>,
    text: &'d str,
    wanted: &'s [Sighting],
    /// Word and place of what must not, sorted.
    unwanted: Vec<(u32, usize)>,
}

impl<'s, 'd> Beside<'s, 'd> {
    pub(super) fn new(ground: &'s Ground<'d>, seen: &Seen<'s>) -> Self {
        let text = ground.text();
        let unwanted = seen.of(Role::UnlessBeside).iter().filter(|own| is_word(text, own));
        let mut unwanted: Vec<_> = unwanted.map(|own| (own.word, own.start)).collect();
        unwanted.sort_unstable();
        Self { sentences: Sentences::new(ground), text, wanted: seen.of(Role::Beside), unwanted }
    }

    pub(super) fn has(&mut self, at: usize) -> bool {
        let sentence = self.sentences.at(at);
        let from = self.wanted.partition_point(|own| own.start < sentence.start);
        let within = self.wanted[from..].iter().take_while(|own| own.start < sentence.end);
        within.into_iter().any(|own| is_word(self.text, own))
    }

    pub(super) fn has_excuse(&mut self, at: usize, word: u32) -> bool {
        if self.unwanted.is_empty() {
            return false;
        }
        let sentence = self.sentences.at(at);
        [word, ANY].into_iter().any(|word| {
            let from = self.unwanted.partition_point(|own| *own < (word, sentence.start));
            self.unwanted.get(from).is_some_and(|own| *own < (word, sentence.end))
        })
    }
}

/// Whether what was seen is no part of a longer word.
fn is_word(text: &str, own: &Sighting) -> bool {
    stands_alone(text, &(own.start..own.end.0), Boundary::Auto)
}

/// Texts that excuse what stands within them. Asked for matches in order.
pub(super) struct Excuses<'s> {
    left: &'s [Sighting],
    /// The one that reaches furthest of those that begin before, for any word and for single ones.
    furthest: Vec<(u32, Range<usize>)>,
}

impl<'s> Excuses<'s> {
    pub(super) fn new(seen: &Seen<'s>) -> Self {
        Self { left: seen.of(Role::Unless), furthest: Vec::new() }
    }

    pub(super) fn hold(&mut self, range: &Range<usize>, word: u32) -> Option<Range<usize>> {
        while let Some((first, rest)) = self.left.split_first().filter(|(first, _)| first.start <= range.start) {
            let own = first.start..first.end.0;
            match self.furthest.iter_mut().find(|(word, _)| *word == first.word) {
                Some((_, furthest)) if furthest.end >= own.end => {}
                Some((_, furthest)) => *furthest = own,
                None => self.furthest.push((first.word, own)),
            }
            self.left = rest;
        }
        let holds = |own: &&(u32, Range<usize>)| (own.0 == word || own.0 == ANY) && own.1.end >= range.end;
        self.furthest.iter().find(holds).map(|(_, own)| own.clone())
    }
}
