//! "Did you mean": the closest of some names.

use crate::numbering::numerals;

/// How much a run spends on looking for close names, in bytes of names. A document with very many broken links gets
/// suggestions for the first of them.
#[derive(Debug)]
pub struct Suggestions {
    left: usize,
}

impl Default for Suggestions {
    fn default() -> Self {
        Self { left: 10_000_000 }
    }
}

impl Suggestions {
    /// The candidate closest to a name, if it is close enough to be a slip of the pen. `None` once the run has spent
    /// what it may.
    pub fn closest<'a>(&mut self, name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        let cost = cost(name);
        let affordable = candidates.into_iter().map_while(|candidate| {
            self.left = self.left.saturating_sub(cost(candidate));
            (self.left > 0).then_some(candidate)
        });
        closest(name, affordable).filter(|_| self.left > 0)
    }

    /// The closest candidate, and whether it may be written in the place of the name: that takes a slip of the pen, and
    /// nothing else that it could be one of.
    pub fn near<'a>(&mut self, name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<(&'a str, bool)> {
        let (mut slips, slip) = (Vec::new(), Slip::new(name));
        let all = candidates.into_iter().inspect(|&candidate| {
            if slip.may_be_of(candidate) {
                slips.push(candidate);
            }
        });
        let near = self.closest(name, all)?;
        Some((near, !slips.is_empty() && slips.iter().all(|&slip| slip == near)))
    }
}

/// What it costs to compare a name with a candidate: a step for each byte, where the name fits into the bits of a word.
fn cost(name: &str) -> impl Fn(&str) -> usize + use<> {
    let (bytes, is_long) = (name.len(), name.chars().nth(WORD).is_some());
    move |candidate| match candidate.len() + 1 {
        own if !is_long => own,
        own if own.abs_diff(bytes) > MOST * 4 => 1,
        own => own * (bytes / 8 + 1),
    }
}

/// A name that may be another one with a slip of the pen.
struct Slip<'a> {
    name: &'a str,
    /// Its words, in lower case.
    words: Vec<String>,
}

impl<'a> Slip<'a> {
    fn new(name: &'a str) -> Self {
        Self { name, words: words(&name.to_lowercase()).map(str::to_owned).collect() }
    }

    /// Whether each word that differs is the same one with a letter or two wrong. Another word, number or code of a language
    /// is another name, however short: `guide-zh` is no slip of `guide-en`, nor 前端开发 one of 后端开发.
    fn may_be_of(&self, other: &str) -> bool {
        if !apart(self.name).eq(apart(other)) {
            return false;
        }
        let other = other.to_lowercase();
        let others: Vec<&str> = words(&other).collect();
        if self.words.len() == others.len() {
            return self.words.iter().zip(&others).all(|(own, other)| own == other || is_word_slip(own, other));
        }
        self.words.concat() == others.concat()
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn is_word_slip(own: &str, other: &str) -> bool {
    if own.len().abs_diff(other.len()) > MOST * 4 || own.len() > WORD * 4 {
        return false;
    }
    let length = own.chars().count().min(other.chars().count());
    let most = if length < 8 { 1 } else { 2 };
    length > 3 && apart(own).eq(apart(other)) && strsim::osa_distance(own, other) <= most
}

/// What of a text tells it from others, however alike the rest is.
fn apart(text: &str) -> impl Iterator<Item = char> {
    let is_apart =
        |c: &char| if c.is_ascii() { c.is_ascii_digit() } else { numerals::is_numeric(*c) || APART.contains(*c) };
    text.chars().filter(is_apart)
}

/// Characters besides numerals of which one in the place of another makes another name, and not a wrong one.
const APART: &str = "甲乙丙丁上中下前后後内內外左右东東西南北大小新旧舊入出进進退增减減高低";

/// The candidate closest to a name, if it is close enough to be a slip of the pen: at most a third of the
/// characters differ. Ties go to what sorts first.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let distance = Distance::new(name);
    let limit = (name.chars().count() / 3).min(MOST);
    let scored = candidates.into_iter().map(|candidate| (distance.to(candidate), candidate));
    let is_meant = |(distance, own): &(usize, &str)| *distance <= limit && !is_numbered_apart(name, own);
    scored.filter(is_meant).min().map(|(_, candidate)| candidate)
}

/// Names that differ in more characters are none that was meant.
const MOST: usize = 6;
/// So many characters have a bit each in a word.
const WORD: usize = 64;

fn lower(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

/// How far other texts are from one, letter case aside: the optimal string alignment distance. A name is compared with
/// very many, so all columns of the table are kept in the bits of a word, if it is not too long for that. Source: Hyyrö, "A bit-vector algorithm for
/// computing Levenshtein and Damerau edit distances" (2003).
struct Distance {
    lower: String,
    length: usize,
    /// Where each character stands: those of ASCII, and the others.
    narrow: [u64; 128],
    wide: Vec<(char, u64)>,
}

impl Distance {
    fn new(name: &str) -> Self {
        let lower: String = name.chars().map(lower).collect();
        let mut out = Self { length: lower.chars().count(), lower, narrow: [0; 128], wide: Vec::new() };
        for (at, c) in out.lower.chars().enumerate().take(WORD) {
            match out.wide.iter_mut().find(|(own, _)| *own == c) {
                _ if c.is_ascii() => out.narrow[c as usize] |= 1 << at,
                Some((_, places)) => *places |= 1 << at,
                None => out.wide.push((c, 1 << at)),
            }
        }
        out
    }

    fn to(&self, other: &str) -> usize {
        let Some(last) = self.length.checked_sub(1).filter(|last| *last < WORD) else {
            // What differs that much in length is farther than anybody asks.
            if self.length > WORD && self.lower.len().abs_diff(other.len()) > MOST * 4 {
                return usize::MAX;
            }
            return strsim::osa_distance(&self.lower, &other.chars().map(lower).collect::<String>());
        };
        let places = |c: char| match self.narrow.get(c as usize) {
            Some(places) => *places,
            None => self.wide.iter().find(|(own, _)| *own == c).map_or(0, |(_, places)| *places),
        };
        let (mut up, mut down, mut same, mut before) = (u64::MAX, 0, 0, 0);
        let mut distance = self.length;
        for c in other.chars() {
            let here = places(lower(c));
            let swapped = ((!same & here) << 1) & before;
            same = ((here & up).wrapping_add(up) ^ up) | here | down | swapped;
            let (right, left) = (down | !(same | up), same & up);
            distance = distance + (right >> last & 1) as usize - (left >> last & 1) as usize;
            let right = right << 1 | 1;
            up = left << 1 | !(same | right);
            down = same & right;
            before = here;
        }
        distance
    }
}

/// Whether a name with a number differs from another one in that number and nothing else: `v122` is no slip of `v123`.
pub(crate) fn is_numbered_apart(name: &str, other: &str) -> bool {
    let parts =
        |text: &str, numeric: bool| text.chars().filter(|&c| numerals::is_numeric(c) == numeric).collect::<String>();
    let number = parts(name, true);
    !number.is_empty() && number != parts(other, true) && parts(name, false) == parts(other, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        let names = [
            "", "a", "ab", "ba", "abc", "acb", "cab", "guide", "Guide", "giude", "gude", "使用说明", "使说用明",
            "使用说名x",
        ];
        for name in names {
            for other in names {
                let plain = strsim::osa_distance(&name.to_lowercase(), &other.to_lowercase());
                assert_eq!(Distance::new(name).to(other), plain, "{name} {other}");
            }
        }
        let (long, longer) = ("ab".repeat(31), "ab".repeat(40));
        assert_eq!((Distance::new(&long).to(&longer), Distance::new(&longer).to(&long)), (18, 18));
        let (other, far) = ("ab".repeat(39), "ab".repeat(60));
        assert_eq!((Distance::new(&longer).to(&other), Distance::new(&longer).to(&far)), (2, usize::MAX));
    }

    #[test]
    fn slips() {
        for (name, other) in [
            ("instal.md", "install.md"),
            ("gude", "guide"),
            ("set-up", "setup"),
            ("kuberntes-instalation", "kubernetes-installation"),
            ("使用说名", "使用说明"),
        ] {
            assert!(Slip::new(name).may_be_of(other), "{name} {other}");
        }
        for (name, other) in [
            ("guide-zh.md", "guide-en.md"),
            ("config.yml", "config.yaml"),
            ("how-to-use", "how-to-run"),
            ("v122", "v123"),
            ("第一章概述", "第二章概述"),
            ("前端开发指南", "后端开发指南"),
            ("安装说明", "卸载说明"),
            ("README.ja.md", "README.md"),
        ] {
            assert!(!Slip::new(name).may_be_of(other), "{name} {other}");
        }
    }
}
