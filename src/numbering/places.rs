//! A first look at a text: every place where something may begin that points at a number. What stands there is read by
//! hand.

use std::ops::Range;

use super::words;
use crate::{order, source::scan};

/// What was seen of a text.
pub(super) struct Places {
    /// Each with what has to stand there for it, in order.
    all: Vec<Range<usize>>,
}

impl Places {
    pub(super) fn of(text: &str) -> Self {
        let mut all = Vec::new();
        let looks_like = |first, second, third| is_sign(first, second, third) | is_number(first, second, third);
        scan::each_rare(text.as_bytes(), is_number, is_sign, looks_like, |at| see(text, at, &mut all));
        order::by_key(&mut all, |place| place.start);
        Self { all }
    }

    /// The next place in a stretch of the same text from an offset on. Offsets are asked for in order.
    pub(super) fn within<'t>(
        &'t self,
        text: &'t str,
        stretch: Range<usize>,
    ) -> impl FnMut(usize) -> Option<usize> + use<'t> {
        let end = if text.is_char_boundary(stretch.end) { stretch.end } else { 0 };
        let before = |at: usize| self.all.partition_point(|place| place.start < at);
        let mut rest = &self.all[before(stretch.start)..before(end).max(before(stretch.start))];
        move |from| {
            let is_one = |place: &Range<usize>| place.start >= from && place.end <= end;
            let at = rest.iter().position(is_one).unwrap_or(rest.len());
            rest = &rest[at..];
            rest.first().map(|place| place.start)
        }
    }
}

/// The signs of Chinese, Japanese and Korean with which one may begin, and 节 and 절, which end one that begins with a number.
/// They are in very many words, 表示 and 例如, so they are not asked of a regular expression one by one.
const SIGNS: &[[u8; 3]] = "第제【图圖図表式例附그节節절".as_bytes().as_chunks().0;

/// Whether one of them, or `§`, begins with three bytes: it is enough that it begins a character.
#[expect(clippy::needless_bitwise_bool, reason = "many bytes are tested at once")]
fn is_sign(first: u8, second: u8, third: u8) -> bool {
    let goes_on = SIGNS.iter().fold(false, |any, sign| any | ((second == sign[1]) & (third == sign[2])));
    (goes_on & (first >= 0xE0)) | ((first == 0xC2) & (second == 0xA7))
}

/// Whether a number or capital stands behind a blank. The last one ends a blank that does not break.
#[expect(clippy::needless_bitwise_bool, reason = "many bytes are tested at once")]
fn is_number(first: u8, second: u8, _: u8) -> bool {
    let is_blank = (first == b' ') | (first == b'\t') | (first == b'\n') | (first == 0xA0);
    is_blank & (second.is_ascii_digit() | second.is_ascii_uppercase())
}

/// Notes the places that a byte shows which looks like one.
fn see(text: &str, at: usize, all: &mut Vec<Range<usize>>) {
    if matches!(text.as_bytes()[at], b' ' | b'\t' | b'\n' | 0xA0) {
        return all.extend(word_before(text, at + 1).map(|start| start..at + 2));
    }
    let Some((before, rest)) = text.split_at_checked(at) else { return };
    let is_sign = rest.starts_with(['第', '제', '【', '图', '圖', '図', '表', '式', '例', '§']);
    if is_sign || ["그림", "附录", "附錄"].iter().any(|word| rest.starts_with(word)) {
        all.push(at..at + 1);
    } else if let Some(sign) = ["节", "節", "절"].iter().find(|sign| rest.starts_with(**sign)) {
        let before = if *sign == "절" { before } else { before.strip_suffix(['小', '章']).unwrap_or(before) };
        all.extend(dotted(before).into_iter().map(|start| start..at + sign.len()));
    }
}

/// Words before a number in digits, of which the first letter may be a capital.
const WORDS: &[&str] = &[
    "section", "sections", "sect", "chapter", "chapters", "part", "step", "appendix", "figure", "figures", "table",
    "tables", "listing", "listings",
];

/// Where a word begins behind which a number or capital stands at a place, with blanks between them.
fn word_before(text: &str, number: usize) -> Option<usize> {
    let (before, number) = (&text[..number], text.as_bytes()[number]);
    let word = before.trim_end_matches([' ', '\t', '\n', '\u{a0}']);
    if word.len() == before.len() || !word.ends_with(|c: char| c.is_ascii_alphabetic() || c == '.') {
        return None;
    }
    if number.is_ascii_digit() {
        let Some(bare) = word.strip_suffix('.') else { return words::ending(word, WORDS) };
        let short = bare.strip_suffix('.').unwrap_or(bare);
        return words::ending(bare, WORDS).or_else(|| words::ending(short, &["sec", "fig"]));
    }
    let is_roman = matches!(number, b'I' | b'V' | b'X' | b'L');
    let table = || words::ending(word, &["table", "tABLE"]).filter(|_| is_roman);
    words::ending(word, &["appendix"]).or_else(table)
}

/// Where a number with dots begins, or its end does, with which a text ends: `2.3 `.
fn dotted(text: &str) -> Vec<usize> {
    const MOST_BLANKS: usize = 4;
    const MOST_DIGITS: usize = 4;
    const MOST_PARTS: usize = 7;
    let mut rest = text.trim_end_matches([' ', '\u{a0}']);
    let mut starts = Vec::new();
    if text[rest.len()..].chars().count() > MOST_BLANKS {
        return starts;
    }
    for part in 0..MOST_PARTS {
        let digits = rest.bytes().rev().take_while(u8::is_ascii_digit).take(MOST_DIGITS).count();
        if part > 0 {
            starts.extend((1..=digits).map(|digits| rest.len() - digits));
        }
        match rest[..rest.len() - digits].strip_suffix(['.', '．']).filter(|_| digits > 0) {
            Some(before) => rest = before,
            None => break,
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};
    use regex::Regex;

    use super::*;

    /// All places of a stretch, each asked for behind the one before.
    fn all(text: &str, stretch: Range<usize>, mut next: impl FnMut(usize) -> Option<usize>) -> Vec<usize> {
        let mut from = stretch.start;
        let next = || {
            let at = next(from)?;
            from = at + text[at..].chars().next().map_or(1, char::len_utf8);
            Some(at)
        };
        std::iter::from_fn(next).collect()
    }

    const PARTS: &[&str] = &[
        "第", "章", "图 ", "表", "例", "【", "§", "제", "2.3 节", "2.3 小节", "12.4節", "2.3절", "절차", "1.2 章节",
        "字节", "节点 3", "1.2.3.4.5.6.7.8 节", "12345.3节", "1.23456.3 節", "2.3     节", "1．2\u{a0}节", "à3",
        "\u{a0}3", "\u{a0}B", "Sect. 4", "fig.. 2", "tABLE X", "Appendix ", "SECTION 2", "附录", "附", "그림",
        "section 2", "Sec. 3", "Appendix B", "Table IV", "figures\n1", "part", "12", " ", "\n", "a",
    ];

    proptest! {
        /// As one expression for all of them finds them.
        #[test]
        fn finds_what_one_expression_finds(
            before in prop::collection::vec(select(PARTS), 0..12),
            inside in prop::collection::vec(select(PARTS), 0..12),
            behind in prop::collection::vec(select(PARTS), 0..4),
        ) {
            let (before, inside, behind) = (before.concat(), inside.concat(), behind.concat());
            let text = format!("{before}{inside}\n{behind}");
            let stretch = before.len()..before.len() + inside.len();
            let words = "[Ss]ections?|[Ss]ec[.t]|[Cc]hapters?|[Pp]art|[Ss]tep|[Aa]ppendix|[Ff]igures?|[Ff]ig[.]|[Tt]ables?|[Ll]istings?";
            let whole = Regex::new(&format!(
                "[第제【图圖図表式例§]|그림|附[录錄]|(?:{words})[.]?[ \t\n\u{a0}]+[0-9]|[Aa]ppendix[ \t\n\u{a0}]+[A-Z]\
                |[Tt](?:able|ABLE)[ \t\n\u{a0}]+[IVXL]|[0-9]{{1,4}}(?:[.．][0-9]{{1,4}}){{1,6}}[ \u{a0}]{{0,4}}(?:[小章]?[节節]|절)"
            )).expect("a pattern");
            let plain = |from: usize| {
                let found = (from <= stretch.end).then(|| whole.find_at(&text[..stretch.end], from))?;
                found.map(|found| found.start())
            };
            let places = Places::of(&text);
            prop_assert_eq!(
                all(&text, stretch.clone(), places.within(&text, stretch.clone())),
                all(&text, stretch.clone(), plain),
                "{:?}", text
            );
        }
    }
}
