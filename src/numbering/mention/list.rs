//! Numbers that stand together, and what the words around them say that they are.

use super::{About, JOINERS, MANY, Mention, before, behind, bracket_around, is_between, named_before, path, turns};
use crate::numbering::{
    number::Number,
    numerals::{self, Class, Numeral},
    words,
};

/// Numbers that stand together, with a range's ends among them.
pub(super) struct List {
    items: Vec<Vec<Number>>,
    ranges: Vec<Range>,
    /// Where it ends in the text.
    pub(super) end: usize,
}

/// What stands in a range, and as well between the parts of a number.
const HYPHENS: [&str; 3] = ["-", "–", "—"];

/// Two numbers with those between.
struct Range {
    /// Which item it begins with.
    first: usize,
    /// Whether it may as well be one number of several parts: `2-1`.
    is_hyphenated: bool,
}

impl List {
    /// Reads the numbers at a place. Blanks, emphasis, and a further 第 or bracket may stand between; 图 1 和第 7 节 are
    /// no list.
    pub(super) fn read(text: &str, start: usize) -> Option<Self> {
        let (numbers, end) = path(text, &text[start..])?;
        let mut list = Self { items: vec![numbers], ranges: Vec::new(), end };
        let head = before(&text[..start]);
        let is_ordinal = head.ends_with('第');
        // 그림 1과 3 are two figures, but 3과 4단계 begins with a lesson.
        let may_join = |joiner: &str| joiner != "과" || named_before(head).is_some();
        while list.items.len() < MANY {
            let rest = &text[list.end..];
            let gap = rest.trim_start_matches(is_between);
            let Some((joiner, spans)) = JOINERS.iter().find(|(joiner, _)| gap.starts_with(joiner)) else { break };
            if !may_join(joiner) {
                break;
            }
            let behind = gap[joiner.len()..].trim_start_matches(is_between);
            let ordinal = behind.strip_prefix('第').filter(|_| is_ordinal);
            let behind = ordinal.unwrap_or(behind).trim_start_matches(is_between);
            let Some((numbers, end)) = path(text, behind) else { break };
            if *spans {
                list.ranges.push(Range { first: list.items.len() - 1, is_hyphenated: HYPHENS.contains(joiner) });
            }
            list.items.push(numbers);
            list.end = end;
        }
        Some(list)
    }

    /// What the list is about; where the word before it begins, and where the one behind it ends.
    pub(super) fn about(&self, text: &str) -> Option<(About, usize, usize)> {
        let start = self.items[0][0].at.start;
        if let Some(sign) = text[start..].chars().next().filter(|c| numerals::is_sign(*c)) {
            let system = Numeral::parse(sign.encode_utf8(&mut [0; 4]))?.system;
            return Some((About::Sign(system), start, self.end));
        }
        // Section #4.
        let before = before(text[..start].strip_suffix('#').unwrap_or(&text[..start]));
        if let Some(ordinal) = ["第", "제"].into_iter().find(|ordinal| before.ends_with(ordinal)) {
            // 第（四）部分, 第四个部分; 第四个节点 is none.
            let behind = behind(&text[self.end..]).trim_start_matches([')', '）']);
            let counted = behind.strip_prefix(['个', '個']);
            let behind = counted.or_else(|| self.summed(behind)).unwrap_or(behind);
            let is_sure = |counter: &str| counted.is_none() || counter == "章" || counter.chars().nth(1).is_some();
            let counters =
                words::COUNTERS.iter().chain(words::COUNTERS_KOREAN).map(|word| (*word, words::canonical(word)));
            let mut counters = words::ALSO_COUNTERS.iter().copied().chain(counters);
            let counter = counters.find(|(counter, _)| is_sure(counter) && behind.starts_with(counter));
            let (counter, part) = counter.or_else(|| turns::counter(behind))?;
            let end = text.len() - behind.len() + counter.len();
            return Some((About::Part(part), before.len() - ordinal.len(), end));
        }
        if let Some((about, end)) = self.counted_behind(text).filter(|_| named_before(before).is_none()) {
            return Some((about, start, end));
        }
        if let Some((about, end)) = turns::of_part(text, start, self.end) {
            return Some((about, start, end));
        }
        let (about, length) = named_before(before)
            .or_else(|| Some((About::Bracket(bracket_around(&text[..start], &text[self.end..])?), 0)))
            .or_else(|| {
                let is_part_of_more = |c: char| c.is_ascii_alphanumeric() || "./_-$".contains(c);
                let about = if self.items[0].len() > 1 { About::Alone } else { self.hyphenated(text)? };
                (!text[..start].ends_with(is_part_of_more)).then_some((about, 0))
            })?;
        Some((about, if length == 0 { start } else { before.len() - length }, self.end))
    }

    /// What stands behind the number of them all, as in 第四、第五两节.
    fn summed<'t>(&self, behind: &'t str) -> Option<&'t str> {
        behind.strip_prefix(['两', '兩', '二', '三']).filter(|_| self.items.len() > 1)
    }

    /// `1-3を参照`, where nothing but a hyphen stands between the first two numbers.
    fn hyphenated(&self, text: &str) -> Option<About> {
        let (first, next) = (self.items.first()?.last()?, self.items.get(1)?.first()?);
        HYPHENS.contains(&text.get(first.at.end..next.at.start)?).then_some(About::Hyphenated)
    }

    /// `3章を参照`, `3절 참조`: what counts digits right behind them, where no amount is meant (共3章).
    fn counted_behind(&self, text: &str) -> Option<(About, usize)> {
        let first = &self.items[0][0];
        let is_amount = text[..first.at.start].trim_end().ends_with(['共', '全', '有', '分', '前', '后', '後', '近']);
        if is_amount {
            return None;
        }
        let behind = &text[self.end..];
        // 4、5 两节
        if let Some(counted) = self.summed(behind.trim_start()) {
            let counter = words::COUNTERS.iter().find(|word| counted.starts_with(**word))?;
            return Some((About::Part(words::canonical(counter)), text.len() - counted.len() + counter.len()));
        }
        if first.numeral.system.class() != Class::Arabic {
            return None;
        }
        let counter = |behind: &str| words::BARE_COUNTERS.iter().copied().find(|(word, _)| behind.starts_with(word));
        // 4番目の章
        if let Some((counted, (counter, part))) =
            behind.strip_prefix("番目の").and_then(|counted| Some((counted, counter(counted)?)))
        {
            return Some((About::Part(part), text.len() - counted.len() + counter.len()));
        }
        // The 4th section.
        let ordinal = ["st ", "nd ", "rd ", "th "].iter().find_map(|ending| behind.strip_prefix(ending));
        if let Some(counted) = ordinal {
            let word = &counted[..counted.bytes().take_while(u8::is_ascii_alphabetic).count()];
            let part = words::spoken(&word.to_ascii_lowercase())?;
            return Some((About::Part(part), text.len() - counted.len() + word.len()));
        }
        // 4 단계로
        let spaced = behind.strip_prefix(' ').filter(|spaced| spaced.starts_with("단계"));
        let behind = spaced.unwrap_or(behind);
        let (counter, part) = counter(behind)?;
        let rest = &behind[counter.len()..];
        let is_word = rest.starts_with(['节', '節']);
        (!is_word).then_some((About::Part(part), text.len() - rest.len()))
    }

    /// What it speaks of, each like a mention that has no numbers yet.
    pub(super) fn mentions(self, like: &Mention) -> Vec<Mention> {
        let is_spanned = like.is_spanned;
        let like = Mention {
            is_joined: like.is_joined || self.items.len() > 1,
            is_spanned: like.is_spanned || !self.ranges.is_empty(),
            ..like.clone()
        };
        let mention = |numbers: Vec<Number>| Mention { numbers, ..like.clone() };
        let mut out = Vec::new();
        // What looks like a range may be a number of several parts: 图 2-1, 2-2-1. Of a figure it mostly is.
        let is_number = matches!(like.about, About::Caption(_)) && self.ranges.iter().all(|own| own.is_hyphenated);
        let hyphenated: Vec<usize> = self.ranges.iter().filter(|own| own.is_hyphenated).map(|own| own.first).collect();
        for run in hyphenated.chunk_by(|before, next| before + 1 == *next) {
            let parts = run[0]..=run[run.len() - 1] + 1;
            let parts = self.items.get(parts).unwrap_or_default();
            if parts.iter().all(|part| part.len() == 1) {
                out.push(Mention { is_spanned: is_spanned || !is_number, ..mention(parts.concat()) });
            }
        }
        for &Range { first, .. } in &self.ranges {
            let (Some(from), Some(to)) = (self.items.get(first), self.items.get(first + 1)) else { continue };
            let ([.., low], [.., high]) = (&from[..], &to[..]) else { continue };
            let shared = from.len() - 1;
            if from.iter().map(|n| n.numeral.value).take(shared).eq(to[..to.len() - 1].iter().map(|n| n.numeral.value))
            {
                let between = |value| {
                    let numeral = Numeral { value, ..low.numeral };
                    let own = Number { numeral, at: low.at.start..high.at.end };
                    mention(from[..shared].iter().cloned().chain([own]).collect())
                };
                out.extend((low.numeral.value + 1..high.numeral.value).take(MANY).map(between));
            }
        }
        out.extend(self.items.into_iter().map(mention));
        out
    }
}
