//! Where running text points at a numbered place of its own document: 见【8】, 第三章, 2.3 节, 如图 4 所示, see section 2.1.

use std::ops::Range;

use super::{
    caption,
    label::{Label, Scheme},
    number::{self, Number, path},
    numerals::{self, Class, Numeral, System},
    places::Places,
    sure, words,
};
use crate::source::characters::is_cjk;

/// What a pointer says it points at.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// What a word counts, as in [`super::Scheme::Counted`]: `章`, `步`, `chapter`.
    Counted(&'static str),
    /// `【8】`.
    Bracketed,
    /// A section by its number: `2.3 节`, `section 2.1`, `§2`.
    Section,
    /// A figure, table or the like, as in [`caption::counted`].
    Caption(&'static str),
}

/// A place in running text that points at a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// What it points at.
    pub subject: Subject,
    /// All of it, in bytes of the text.
    pub at: Range<usize>,
    /// The number, or the components of a dotted one, with their places in the text.
    pub numbers: Vec<Number>,
    /// Whether it surely means its own document: a word like 见 or "see" stands before it, and no other work near it.
    pub is_sure: bool,
    /// Of one in a list, what it would be alone: `图 4` in 图 1、4. Its place is that of its number.
    pub alone: Option<String>,
}

impl Pointer {
    /// What it says, in the text it stands in.
    pub fn name(&self, text: &str) -> String {
        self.alone.clone().unwrap_or_else(|| text[self.at.clone()].to_owned())
    }

    /// The values of the numbers.
    pub fn values(&self) -> Vec<u64> {
        number::values(&self.numbers)
    }
}

/// Words for parts of a text, and what they count.
const PARTS: &[(&str, Subject)] = &[
    ("小节", Subject::Section),
    ("小節", Subject::Section),
    ("章节", Subject::Section),
    ("部分", Subject::Counted("部分")),
    ("阶段", Subject::Counted("阶段")),
    ("章", Subject::Counted("章")),
    ("节", Subject::Section),
    ("節", Subject::Section),
    ("条", Subject::Counted("条")),
    ("條", Subject::Counted("條")),
    ("步", Subject::Counted("步")),
    ("讲", Subject::Counted("讲")),
    ("講", Subject::Counted("講")),
    ("篇", Subject::Counted("篇")),
    ("课", Subject::Counted("课")),
    ("課", Subject::Counted("課")),
    ("장", Subject::Counted("장")),
    ("절", Subject::Counted("절")),
];

const LATIN_PARTS: &[(&str, Subject)] = &[
    ("section", Subject::Section),
    ("sections", Subject::Section),
    ("sect.", Subject::Section),
    ("sec.", Subject::Section),
    ("§", Subject::Section),
    ("chapter", Subject::Counted("chapter")),
    ("part", Subject::Counted("part")),
    ("step", Subject::Counted("step")),
    ("appendix", Subject::Counted("appendix")),
];

/// Words behind which several numbers stand: `Figures 1 and 4`.
const PLURALS: &[(&str, Subject)] = &[
    ("sections", Subject::Section),
    ("chapters", Subject::Counted("chapter")),
    ("figures", Subject::Caption("figure")),
    ("tables", Subject::Caption("table")),
    ("listings", Subject::Caption("listing")),
];

/// Every place that begins in some stretches of a text, in order, and points at a number.
pub fn all(text: &str, stretches: impl IntoIterator<Item = Range<usize>>) -> Vec<Pointer> {
    let places = Places::of(text);
    let mut out: Vec<Pointer> = Vec::new();
    // Where the last one ends, and the first of those that are joined to it.
    let (mut end, mut first) = (0, 0);
    // Whether the last one points into a work that is named before it.
    let mut is_another_s = false;
    for stretch in stretches {
        let mut from = stretch.start;
        let mut next = places.within(text, stretch);
        while let Some(at) = next(from) {
            from = at + text[at..].chars().next().map_or(1, char::len_utf8);
            if let Some(read) = read(text, at) {
                let last = out.last().zip(text.get(end..at)).filter(|(_, between)| is_joined(between));
                // A comma of Chinese begins another clause.
                let is_introduced = last.is_some_and(|(last, between)| last.is_sure && !between.contains('，'));
                let last = last.map(|(last, _)| last).filter(|last| !last.is_sure);
                is_another_s = last.is_some_and(|last| is_another_s || is_of_work(&text[..last.at.start]));
                let is_sure = !is_another_s && read.is_sure(text, at, is_introduced);
                first = if is_introduced { first } else { out.len() };
                // What is said of the last is said of all: section 7 and section 8 of the CLA.
                if !is_sure {
                    out[first..].iter_mut().for_each(|own| own.is_sure = false);
                }
                (from, end) = (read.end, read.end);
                out.extend(read.pointers(text, at, is_sure));
            }
        }
    }
    out
}

/// Whether a text ends with the name of a work: `a.md`, “甲”, 《甲》.
fn is_of_work(before: &str) -> bool {
    let before = sure::tail(before).trim_end();
    let is_file = || before.rsplit(' ').next().is_some_and(|word| word.contains(".md"));
    before.ends_with(['`', '》', '”', '"', '>', ')']) || is_file()
}

/// Whether nothing but a joint, and perhaps a remark in brackets, stands between two pointers: `a.md §4.1 (x) and §8.13`
/// names two sections of one work.
fn is_joined(between: &str) -> bool {
    const REMARK: usize = 80;
    let between = between.trim_start();
    let remark = between.strip_prefix('(').and_then(|inner| inner.find(')')).filter(|length| *length <= REMARK);
    let joint = remark.map_or(between, |length| &between[length + "()".len()..]);
    let joint = joint.trim();
    matches!(joint, "and" | "or" | "&" | "," | ", and" | ", or" | "/" | "，" | "以及" | "至" | "到" | "～" | "~")
        || joint.strip_prefix(words::JOINS).is_some_and(str::is_empty)
}

/// What stands at a place: numbers with the words around them.
struct Read {
    subject: Subject,
    /// One number, or those of a list.
    list: Vec<Vec<Number>>,
    end: usize,
}

impl Read {
    fn one(subject: Subject, numbers: Vec<Number>, end: usize) -> Self {
        Self { subject, list: vec![numbers], end }
    }

    /// Whether it surely means its own document: by itself, or since one that does introduces it.
    fn is_sure(&self, text: &str, start: usize, is_introduced: bool) -> bool {
        sure::surely_own(&text[..start], &text[self.end..], self.subject == Subject::Bracketed, is_introduced)
    }

    fn pointers(self, text: &str, start: usize, is_sure: bool) -> Vec<Pointer> {
        let Self { subject, list, end } = self;
        let is_list = list.len() > 1;
        let span = |numbers: &[Number]| Some(numbers.first()?.at.start..numbers.last()?.at.end);
        let (Some(first), Some(last)) = (list.first().and_then(|n| span(n)), list.last().and_then(|n| span(n))) else {
            return Vec::new();
        };
        let (before, behind) = (&text[start..first.start], &text[last.end..end]);
        // Figures 1 and 4 are Figure 1 and Figure 4.
        let word = before.trim_end();
        let word = word.strip_suffix('s').unwrap_or(word);
        let gap = &before[before.trim_end().len()..];
        let pointer = |numbers: Vec<Number>| {
            let own = span(&numbers).filter(|_| is_list);
            let alone = own.clone().map(|own| [word, gap, &text[own], behind].concat());
            Pointer { subject: subject.clone(), at: own.unwrap_or(start..end), numbers, is_sure, alone }
        };
        list.into_iter().map(pointer).collect()
    }
}

fn read(text: &str, at: usize) -> Option<Read> {
    let mut characters = text[at..].chars();
    // Most of what is found is part of another word: 表示, 例如, 地图.
    if matches!(characters.next(), Some('第' | '图' | '圖' | '図' | '表' | '式' | '例')) {
        let behind = characters.find(|c| !c.is_whitespace())?;
        if is_cjk(behind) && !numerals::is_numeral_character(behind) && !matches!(behind, '式' | '例' | '表') {
            return None;
        }
    }
    ordinal(text, at)
        .or_else(|| bracketed(text, at))
        .or_else(|| dotted_section(text, at))
        .or_else(|| plural(text, at))
        .or_else(|| appendix(text, at))
        .or_else(|| latin(text, at))
        .or_else(|| captioned(text, at))
}

/// `第三章`, `第 2.1 节`, `第五、六章`.
fn ordinal(text: &str, at: usize) -> Option<Read> {
    let rest = text[at..].strip_prefix('第').or_else(|| text[at..].strip_prefix('제'))?;
    let (numbers, rest) = path(text, rest.trim_start())?;
    let (list, rest) = further(text, numbers, rest);
    let rest = rest.trim_start();
    let (word, subject) = PARTS.iter().find(|(word, _)| rest.starts_with(word))?;
    let behind = &rest[word.len()..];
    if *subject == Subject::Section && is_word(behind) {
        return None;
    }
    // 1.4절 is a section by its number.
    let is_dotted = list.iter().all(|numbers| numbers.len() > 1);
    let subject = if *word == "절" && is_dotted { Subject::Section } else { subject.clone() };
    Some(Read { subject, list, end: text.len() - behind.len() })
}

/// Whether 节 or 절 goes on as a word of its own: 节点, 节课, 절차.
fn is_word(behind: &str) -> bool {
    let korean = ['차', '대', '반', '감', '약', '단', '충', '연', '제', '정', '삭'];
    behind.starts_with(['点', '點', '省', '约', '目', '课', '課', '奏', '拍']) || behind.starts_with(korean)
}

/// A number, and those that are joined to it: `五、六`, `2.1 和 2.4`.
fn further<'a>(text: &str, first: Vec<Number>, rest: &'a str) -> (Vec<Vec<Number>>, &'a str) {
    let (mut list, mut rest) = (vec![first], rest);
    while let Some(next) = rest.trim_start().strip_prefix(words::JOINS) {
        let next = next.trim_start();
        let next = next.strip_prefix('第').map_or(next, str::trim_start);
        let Some((numbers, behind)) = path(text, next).filter(|(next, _)| counts_on(&list, next)) else { break };
        list.push(numbers);
        rest = behind;
    }
    (list, rest)
}

/// Whether a number may stand in a list behind others: it is greater, and has as many parts.
fn counts_on(list: &[Vec<Number>], next: &[Number]) -> bool {
    let is_less = |last: &Vec<Number>| last.len() == next.len() && number::values(last) < number::values(next);
    list.len() < MANY && list.last().is_some_and(is_less)
}

/// `Figures 1 and 4`, `Sections 2.1, 2.2, and 2.4`. A comma alone may begin another clause.
fn plural(text: &str, at: usize) -> Option<Read> {
    let (word, subject) = PLURALS.iter().find(|(word, _)| words::begins(&text[at..], word))?;
    let (first, mut rest) = path(text, text[at + word.len()..].trim_start())?;
    let mut list = vec![first];
    loop {
        let comma = rest.strip_prefix(',');
        let behind = comma.unwrap_or(rest);
        let next = behind.trim_start();
        let joined = ["and ", "or ", "& "].iter().find_map(|word| next.strip_prefix(word));
        if next.len() == behind.len() || (comma.is_none() && joined.is_none()) {
            return None;
        }
        let (numbers, after) = path(text, joined.unwrap_or(next)).filter(|(next, _)| counts_on(&list, next))?;
        list.push(numbers);
        rest = after;
        if joined.is_some() {
            break;
        }
    }
    let is_own = !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
    (is_own && ends(rest)).then(|| Read { subject: subject.clone(), list, end: text.len() - rest.len() })
}

/// `Appendix F`, `附录 F`: letters are no Roman numbers here.
fn appendix(text: &str, at: usize) -> Option<Read> {
    let words = [("appendix", "appendix"), ("附录", "附录"), ("附錄", "附录")];
    let (word, counted) = words.into_iter().find(|(word, _)| words::begins(&text[at..], word))?;
    let letter = text[at + word.len()..].trim_start();
    let numeral = Numeral::readings(letter.get(..1)?).find(|own| own.system == System::LatinUpper)?;
    let start = text.len() - letter.len();
    let is_own = !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
    let number = Number { numeral, at: start..start + 1 };
    let rest = &letter[1..];
    // Appendix A.1 is another place, and Appendix A's something of it.
    let is_part = rest.strip_prefix('.').is_some_and(|behind| behind.starts_with(|c: char| c.is_alphanumeric()));
    (is_own && ends(rest) && !is_part && !rest.starts_with(['\'', '’']))
        .then(|| Read::one(Subject::Counted(counted), vec![number], start + 1))
}

/// What a pointer calls a label by: the appendices C and I are the third and the ninth.
pub fn called(label: &Label) -> Vec<u64> {
    let is_appendix = matches!(&label.scheme, Scheme::Counted(word) if matches!(word.as_str(), "appendix" | "附录"));
    let letter = label.other.as_ref().filter(|other| is_appendix && other.last().numeral.system == System::LatinUpper);
    letter.map_or_else(|| label.values(), |letter| letter.values())
}

/// `【8】`.
fn bracketed(text: &str, at: usize) -> Option<Read> {
    let (numbers, rest) = path(text, text[at..].strip_prefix('【')?.trim_start())?;
    let rest = rest.trim_start().strip_prefix('】')?;
    Some(Read::one(Subject::Bracketed, numbers, text.len() - rest.len()))
}

/// `2.3 节`.
fn dotted_section(text: &str, at: usize) -> Option<Read> {
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | '_')) {
        return None;
    }
    let (numbers, rest) = path(text, &text[at..]).filter(|(numbers, _)| numbers.len() > 1)?;
    let rest = rest.trim_start();
    let is_section = |(word, subject): &&(&str, Subject)| *subject == Subject::Section || *word == "절";
    let (word, _) = PARTS.iter().filter(is_section).find(|(word, _)| rest.starts_with(word))?;
    let behind = &rest[word.len()..];
    (!is_word(behind)).then(|| Read::one(Subject::Section, numbers, text.len() - behind.len()))
}

/// `section 2.1`, `Chapter 3`, `§2`.
fn latin(text: &str, at: usize) -> Option<Read> {
    let rest = &text[at..];
    if text[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let (word, subject) = LATIN_PARTS.iter().rev().find(|(word, _)| words::begins(rest, word))?;
    let (numbers, rest) = path(text, rest[word.len()..].trim_start())?;
    let arabic = numbers.iter().all(|number| number.numeral.system.class() == Class::Arabic);
    (arabic && ends(rest)).then(|| Read::one(subject.clone(), numbers, text.len() - rest.len()))
}

/// Whether a Latin number ends here: `section 5/section 6` are two, and `part 1/2` is none.
fn ends(rest: &str) -> bool {
    let is_part = |next: &str| LATIN_PARTS.iter().any(|(word, _)| words::begins(next, word));
    match rest.strip_prefix('/') {
        Some(next) => is_part(next),
        None => !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '%' | '-' | '_')),
    }
}

/// `图 4`, `Table 3`, `图 1、4`, `图 1～4`.
fn captioned(text: &str, at: usize) -> Option<Read> {
    let rest = &text[at..];
    let is_latin = rest.starts_with(|c: char| c.is_ascii_alphabetic());
    let before = &text[..at];
    let (label, behind) = caption::begins(rest)?;
    let is_apart =
        if is_latin { !before.ends_with(|c: char| c.is_ascii_alphanumeric()) } else { caption::stands_alone(before) };
    if !is_apart {
        return None;
    }
    // 图 3 张 counts pictures.
    if !is_latin && behind.trim_start().starts_with(UNITS) {
        return None;
    }
    let subject = Subject::Caption(caption::counted(&label));
    let numbers = label.numbers_from(at);
    let end = at + label.text.len();
    // In 式（5）和 6 the brackets are those of one number, and the other is none of an equation.
    if numbers.last().is_some_and(|last| last.at.end < end) {
        return Some(Read::one(subject, numbers, end));
    }
    let first = std::slice::from_ref(&numbers);
    let (list, rest) = match caption::through(text, behind).filter(|(end, _)| counts_on(first, end)) {
        Some((end, rest)) => (vec![numbers.clone(), end], rest),
        None => further(text, numbers.clone(), behind),
    };
    // 图 1、4 个节点 may speak of four nodes.
    let next = rest.trim_start();
    let is_list = list.len() > 1
        && (next.chars().next().is_none_or(|c| !c.is_alphanumeric())
            || ["所示", "中", "可"].iter().any(|word| next.starts_with(word)));
    if is_list {
        return Some(Read { subject, list, end: text.len() - rest.len() });
    }
    Some(Read::one(subject, numbers, end))
}

/// What counts things, and no figures.
const UNITS: [char; 20] = [
    '个', '個', '张', '張', '次', '行', '列', '种', '種', '天', '年', '月', '倍', '级', '分', '条', '步', '页', '頁',
    '款',
];

/// More numbers are not read as one list.
const MANY: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    fn everywhere(text: &str) -> Vec<Pointer> {
        all(text, std::iter::once(0..text.len()))
    }

    fn found(text: &str) -> Vec<(String, Vec<u64>, bool)> {
        everywhere(text).into_iter().map(|p| (text[p.at.clone()].to_owned(), p.values(), p.is_sure)).collect()
    }

    #[test]
    fn pointers() {
        for (text, pointer, values, sure) in [
            ("详见【8】。", "【8】", vec![8], true),
            ("参见第三章的内容", "第三章", vec![3], true),
            ("在第 2.1 节中", "第 2.1 节", vec![2, 1], true),
            ("见 2.3 节", "2.3 节", vec![2, 3], true),
            ("如图 4 所示", "图 4", vec![4], true),
            ("如图2-3所示", "图2-3", vec![2, 3], true),
            ("see section 2.1 for more", "section 2.1", vec![2, 1], true),
            ("described in Table 3.", "Table 3", vec![3], true),
            ("(Chapter 4)", "Chapter 4", vec![4], true),
            ("第三章讨论了它", "第三章", vec![3], true),
            ("《数据库》第三章讨论了它", "第三章", vec![3], false),
            ("刑法第三条", "第三条", vec![3], false),
            ("高中语文课本第六章中读到", "第六章", vec![6], false),
            ("他在第七章中写道", "第七章", vec![7], false),
            ("see section 7 of the CLA", "section 7", vec![7], false),
            ("in RFC 2119 section 3", "section 3", vec![3], false),
            ("in [the book](x.md) chapter 3", "chapter 3", vec![3], false),
            ("第三章", "第三章", vec![3], false),
            ("由表 3 可知", "表 3", vec![3], true),
            ("见 **第五章**", "第五章", vec![5], true),
            ("See section 7, Apache License 2.0.", "section 7", vec![7], false),
            ("see section 7, and section", "section 7", vec![7], true),
            ("those in Table 5 in Smith (2010)", "Table 5", vec![5], false),
            ("see Table 5 in Section", "Table 5", vec![5], true),
            ("in our paper (Section 4)", "Section 4", vec![4], false),
            ("in this paper (Section 4)", "Section 4", vec![4], true),
            ("the API reference, see section 4", "section 4", vec![4], false),
            ("第5章を参照してください", "第5章", vec![5], true),
            ("図3を参照", "図3", vec![3], true),
            ("제5장 참조", "제5장", vec![5], true),
            ("제1.4절을 참조", "제1.4절", vec![1, 4], true),
            ("see Appendix F for it", "Appendix F", vec![6], true),
            ("见附录C。", "附录C", vec![3], true),
            ("代入式（4）得", "式（4）", vec![4], true),
            ("见图 1、4 个节点", "图 1", vec![1], true),
        ] {
            assert_eq!(found(text), [(pointer.to_owned(), values, sure)], "{text}");
        }
    }

    #[test]
    fn joined() {
        for (text, sure) in [
            ("see section 2 and section 4", [true, true]),
            ("see section 2/section 4", [true, true]),
            ("见第三节与第 4 节", [true, true]),
            ("见第五、六章，第七章", [true, true]),
            ("见第 1 节或第 3 节", [true, true]),
            ("见图 1 以及第 3 节", [true, true]),
            ("见第 1 节，第 3 节", [true, false]),
            ("see section 7 and section 8 of the CLA", [false, false]),
            ("section 2 / section 4", [false, false]),
        ] {
            let found = found(text);
            assert_eq!([found[0].2, found[1].2], sure, "{text}");
        }
    }

    #[test]
    fn lists() {
        let found = |text: &str| {
            let names: Vec<String> = everywhere(text).iter().map(|pointer| pointer.name(text)).collect();
            names.join(" ")
        };
        for (text, names) in [
            ("见第五、六章。", "第五章 第六章"),
            ("见图 1、4。", "图 1 图 4"),
            ("如图 1 和 4 所示", "图 1 图 4"),
            ("see Sections 2.1 and 2.4 here", "Section 2.1 Section 2.4"),
            ("in Figures 1, 2, and 4 we", "Figure 1 Figure 2 Figure 4"),
            ("in Figures 1 and 2, 3 nodes", "Figure 1 Figure 2"),
            ("in Figures 1, 3 nodes", ""),
            ("see Tables 1 2 and 3.", ""),
            ("见式（5）和6。", "式（5）"),
            ("见第三章和第四章", "第三章 第四章"),
        ] {
            assert_eq!(found(text), names, "{text}");
        }
    }

    #[test]
    fn no_pointers() {
        for text in [
            "第三方库", "地图 4", "列表 2", "图 3 张", "7.2 节点", "Table of contents", "stepping 2", "v2.3 节",
            "第一次", "第三节课", "Appendix Foo", "附录中",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
