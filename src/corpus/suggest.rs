//! "Did you mean": the closest of some names.

use crate::numbering::numerals;

/// How much a run spends on looking for close names. A document with very many broken links gets suggestions for
/// the first of them.
#[derive(Debug)]
pub struct Suggestions {
    left: usize,
}

impl Default for Suggestions {
    fn default() -> Self {
        Self { left: 20_000_000 }
    }
}

impl Suggestions {
    /// The candidate closest to a name, if it is close enough to be a slip of the pen. `None` once the run has spent
    /// what it may.
    pub fn closest<'a>(&mut self, name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        let spent = &mut self.left;
        let affordable = candidates.into_iter().take_while(|candidate| {
            *spent = spent.saturating_sub((candidate.len() + 1) * (name.len() + 1));
            *spent > 0
        });
        closest(name, affordable)
    }

    /// The closest candidate, and whether it may be written in the place of the name: that takes a slip of the pen, and
    /// nothing else that it could be one of.
    pub fn near<'a, I>(&mut self, name: &str, candidates: I) -> Option<(&'a str, bool)>
    where
        I: IntoIterator<Item = &'a str> + Clone,
    {
        let near = self.closest(name, candidates.clone())?;
        let is_rival = |other: &'a str| other != near && is_slip(name, other);
        Some((near, is_slip(name, near) && !candidates.into_iter().any(is_rival)))
    }
}

/// Whether a name may be another one with a slip of the pen: each word that differs is the same one with a letter or two
/// wrong. Another word, number or code of a language is another name, however short: `guide-zh` is no slip of
/// `guide-en`, nor 前端开发 one of 后端开发.
fn is_slip(name: &str, other: &str) -> bool {
    let (name, other) = (name.to_lowercase(), other.to_lowercase());
    let [own, others] = [&name, &other].map(|text| words(text));
    if own.len() == others.len() {
        return own.iter().zip(&others).all(|(own, other)| own == other || is_word_slip(own, other));
    }
    own.concat() == others.concat()
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

fn is_word_slip(own: &str, other: &str) -> bool {
    let is_apart = |c: &char| numerals::is_numeric(*c) || APART.contains(*c);
    let tells_apart = |text: &str| text.chars().filter(is_apart).collect::<String>();
    let length = own.chars().count().min(other.chars().count());
    let most = if length < 8 { 1 } else { 2 };
    length > 3 && tells_apart(own) == tells_apart(other) && strsim::osa_distance(own, other) <= most
}

/// Characters besides numerals of which one in the place of another makes another name, and not a wrong one.
const APART: &str = "甲乙丙丁上中下前后後内內外左右东東西南北大小新旧舊入出进進退增减減高低";

/// The candidate closest to a name, if it is close enough to be a slip of the pen: at most a third of the
/// characters differ. Ties go to what sorts first.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let (length, letters) = letters(name);
    let limit = (length / 3).min(6);
    let lower = name.to_lowercase();
    // Names are many, and to count how far each is away costs much: what holds too many other letters is farther.
    let is_near = |candidate: &&str| {
        let (own_length, own_letters) = self::letters(candidate);
        own_length.abs_diff(length) <= limit && (own_letters ^ letters).count_ones() as usize <= 2 * limit
    };
    let near = candidates.into_iter().filter(is_near);
    let scored = near.map(|candidate| (strsim::osa_distance(&lower, &candidate.to_lowercase()), candidate));
    let is_meant = |(distance, own): &(usize, &str)| *distance <= limit && !is_numbered_apart(name, own);
    scored.filter(is_meant).min().map(|(_, candidate)| candidate)
}

/// How many characters a name has, and which, letter case aside: a bit for each, which some share. A character that is
/// put in, left out or replaced changes two of them at most.
fn letters(name: &str) -> (usize, u64) {
    let bit = |c: char| 1u64 << (u32::from(c) % 64);
    let with = |(count, all): (usize, u64), c: char| {
        let own =
            if c.is_ascii() { bit(c.to_ascii_lowercase()) } else { c.to_lowercase().map(bit).fold(0, |a, b| a | b) };
        (count + 1, all | own)
    };
    name.chars().fold((0, 0), with)
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
    fn slips() {
        for (name, other) in [
            ("instal.md", "install.md"),
            ("gude", "guide"),
            ("set-up", "setup"),
            ("kuberntes-instalation", "kubernetes-installation"),
            ("使用说名", "使用说明"),
        ] {
            assert!(is_slip(name, other), "{name} {other}");
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
            assert!(!is_slip(name, other), "{name} {other}");
        }
    }
}
