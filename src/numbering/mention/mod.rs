//! Every place where a text may speak of a number, read with suspicion. What [`super::pointer`] reads surely points at
//! something; what is found here has only to be looked at before that number changes.

mod list;
mod loose;
mod spelt;
mod turns;

use std::ops::Range;

use super::{
    caption,
    label::{self, Label, Scheme},
    number::{self, Number},
    numerals::{self, Numeral, System},
    prefixes, words,
};
use list::List;
pub(crate) use loose::{NO_LIST, Name, loose, names, title_of};

/// What the words around a number say that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// A part of a text, by what counts it: `章`, `步`; `节` where nothing more is said.
    Part(&'static str),
    /// A figure, table or the like, as in [`caption::counted`].
    Caption(&'static str),
    /// `（3）`: the opening bracket, narrowed.
    Bracket(char),
    /// `③`.
    Sign(System),
    /// A dotted number, which needs no word.
    Alone,
    /// `1-3`: the same with hyphens, or a range.
    Hyphenated,
}

/// A place where a text may speak of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What the words around it say.
    pub about: About,
    /// The number, or the components of a dotted one, with their places in the text; of one that only lies within a
    /// range, the range.
    pub numbers: Vec<Number>,
    /// The numbers that stand together with their words, in bytes of the text.
    pub at: Range<usize>,
    /// Whether other numbers stand with it, as in `第 3、4 节`, `sections 3–5`, `图 3 与图 4`.
    pub is_joined: bool,
    /// Whether it belongs to a range, as in `sections 3–5`.
    pub is_spanned: bool,
    /// Which of the text's lists it belongs to: those that are joined have one in common.
    pub list: usize,
}

/// What joins two numbers, and whether it spans those between: those first that begin with another.
const JOINERS: &[(&str, bool)] = &[
    (", and", false),
    (", or", false),
    (", &", false),
    ("through", true),
    ("以及", false),
    ("および", false),
    ("及び", false),
    ("または", false),
    ("又は", false),
    ("또는", false),
    ("이나", false),
    ("에서", true),
    ("부터", true),
    ("and", false),
    ("or", false),
    ("to", true),
    ("、", false),
    ("，", false),
    (",", false),
    ("和", false),
    ("与", false),
    ("與", false),
    ("及", false),
    ("或", false),
    ("및", false),
    ("と", false),
    ("や", false),
    ("과", false),
    ("와", false),
    ("나", false),
    ("·", false),
    ("・", false),
    ("&", false),
    ("/", false),
    ("-", true),
    ("–", true),
    ("—", true),
    ("~", true),
    ("～", true),
    ("〜", true),
    ("至", true),
    ("到", true),
    ("から", true),
];

/// More numbers are not read as one list, and no more numbers of a range are named.
const MANY: usize = 32;

/// Every place where a text may speak of a number, in order; those with letters come last.
pub fn all(text: &str) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    // Where the last list ends, with what counts it, and its mentions.
    let mut last: Option<(usize, usize)> = None;
    let mut from = 0;
    while let Some(start) = text[from..].find(begins).map(|at| from + at) {
        let Some(list) = List::read(text, start) else {
            from = start + numerals::run(&text[start..]).max(text[start..].chars().next().map_or(1, char::len_utf8));
            continue;
        };
        from = list.end;
        let Some((about, word, end)) = list.about(text) else { continue };
        let joined = last.and_then(|(end, before)| Some((before, joiner(text.get(end..word)?)?)));
        let first = out.len();
        let around = joined_around(&text[..word], &text[end..]);
        out.extend(list.mentions(&Mention {
            about,
            numbers: Vec::new(),
            at: word..end,
            is_joined: joined.is_some() || around.is_some(),
            is_spanned: joined.is_some_and(|(_, spans)| spans) || around == Some(true),
            list: joined.map_or(first, |(before, _)| out[before].list),
        }));
        if let Some((before, _)) = joined {
            out[before..first].iter_mut().for_each(|mention| mention.is_joined = true);
        }
        last = Some((end, first));
    }
    out.extend(spelt::lettered(text, out.len()));
    out.extend(spelt::ordinals(text, out.len()));
    out
}

/// The number that stands at a place of a text, with dots between if it has several parts.
pub fn number_at(text: &str, start: usize) -> Option<Vec<Number>> {
    path(text, &text[start..]).map(|(numbers, _)| numbers)
}

impl Mention {
    /// The values of the numbers.
    pub fn values(&self) -> Vec<u64> {
        number::values(&self.numbers)
    }

    /// Where its number begins.
    pub fn start(&self) -> usize {
        self.numbers.first().map_or(self.at.start, |number| number.at.start)
    }

    /// Whether a label may be what it speaks of.
    pub fn may_mean(&self, label: &Label, is_caption: bool) -> bool {
        match (self.about, &label.scheme) {
            (About::Caption(word), _) => is_caption && caption::is_like(caption::counted(label), word),
            (About::Alone, scheme) => *scheme == Scheme::Dotted,
            (About::Hyphenated, scheme) => *scheme == Scheme::Dotted && label.joint() == "-",
            _ if is_caption => false,
            (About::Bracket(open), scheme) => matches!(scheme, Scheme::Bracketed(own, _) if *own == open),
            (About::Sign(system), scheme) => *scheme == Scheme::Sign(system),
            (About::Part("节"), Scheme::Counted(word)) => word != "步" && word != "step",
            (About::Part(part), Scheme::Counted(word)) => words::canonical(word) == part,
            (About::Part(_), _) => true,
        }
    }
}

/// The brackets that a number stands in, narrowed: the text before it ends with one, and the text behind begins with
/// the other.
fn bracket_around(before: &str, behind: &str) -> Option<char> {
    let (before, behind) = (before.trim_end_matches(' '), behind.trim_start_matches(' '));
    let around = label::BRACKETS.iter().find(|(open, close, _)| before.ends_with(*open) && behind.starts_with(*close));
    around.map(|(.., narrow)| *narrow)
}

/// Whether a number may begin with a character.
fn begins(c: char) -> bool {
    numerals::is_numeral_character(c) || numerals::is_sign(c)
}

/// A number, or several with dots between, or a sign, at the start of `rest`, which is a suffix of `text`; and where it ends.
fn path(text: &str, rest: &str) -> Option<(Vec<Number>, usize)> {
    let start = text.len() - rest.len();
    if let Some(sign) = rest.chars().next().filter(|c| numerals::is_sign(*c)) {
        let at = start..start + sign.len_utf8();
        return Some((vec![Number { numeral: Numeral::parse(&text[at.clone()])?, at: at.clone() }], at.end));
    }
    number::path(text, rest).map(|(numbers, behind)| (numbers, text.len() - behind.len()))
}

/// A blank that is no character.
const BLANK: &str = "&nbsp;";

/// What stands before a number, without blanks, emphasis, quotation marks and tags between; an empty line ends it.
fn before(text: &str) -> &str {
    let mut text = text;
    loop {
        let bare = text.trim_end_matches(is_between);
        if let Some(before) = bare.strip_suffix(BLANK) {
            text = before;
            continue;
        }
        if text[bare.len()..].matches('\n').count() > 1 {
            return "";
        }
        let tag = bare.strip_suffix('>').and_then(|inner| inner.char_indices().rev().take(40).find(|(_, c)| *c == '<'));
        match tag {
            Some((open, _)) => text = &bare[..open],
            None => return bare,
        }
    }
}

/// The same for what stands behind it.
fn behind(text: &str) -> &str {
    let mut text = text;
    loop {
        let bare = text.trim_start_matches(is_between);
        if let Some(behind) = bare.strip_prefix(BLANK) {
            text = behind;
            continue;
        }
        let tag = bare.strip_prefix('<').and_then(|inner| inner.char_indices().take(40).find(|(_, c)| *c == '>'));
        match tag {
            Some((close, _)) => text = &bare[close + 2..],
            None => return bare,
        }
    }
}

/// What may stand between the words and numbers of one mention.
fn is_between(c: char) -> bool {
    c.is_whitespace() || "*_`\"'“‘「『（([".contains(c)
}

/// The word that a text ends with, if it names what the number behind it is; with its length in bytes.
fn named_before(text: &str) -> Option<(About, usize)> {
    if let Some((counted, length)) = caption::word_before(text) {
        return Some((About::Caption(counted), length));
    }
    if let Some((part, length)) = prefixes::prefix_before(text).or_else(|| words::title_before(text)) {
        return Some((About::Part(part), length));
    }
    // 章节 4
    let called = words::ALSO_COUNTERS.iter().find(|(word, _)| word.chars().nth(1).is_some() && text.ends_with(word));
    if let Some((word, part)) = called {
        return Some((About::Part(part), word.len()));
    }
    let (text, skipped) = without_number(text);
    let name = caption::latin_word_before(text);
    let singular = name.trim_end_matches('.').to_lowercase();
    let is_latin = !singular.is_empty();
    // A rule may be an item of this text; elsewhere it is one of somebody else's work: `section 4, Rule 11`.
    let spoken = |word: &str| match word {
        "rule" => Some("项"),
        "number" => Some("节"),
        _ => words::spoken(word),
    };
    let part = || spoken(&singular).or_else(|| spoken(singular.strip_suffix('s')?));
    if let Some(part) = is_latin.then(part).flatten() {
        return Some((About::Part(part), name.len() + skipped));
    }
    let word = text.trim_end_matches([':', '：']);
    let sends = words::SENDS.iter().find(|send| word.ends_with(**send));
    sends.map(|send| (About::Part("节"), send.len() + text.len() - word.len()))
}

/// A text without the word for a number that it ends with behind one for a part (`step no.`), and how much that is.
fn without_number(text: &str) -> (&str, usize) {
    let name = caption::latin_word_before(text);
    let is_number = words::NUMBER.iter().any(|word| name.trim_end_matches('.').eq_ignore_ascii_case(word));
    let before = text[..text.len() - name.len()].trim_end();
    let part = caption::latin_word_before(before).to_lowercase();
    let is_known = is_number && words::spoken(&part).is_some();
    if is_known { (before, text.len() - before.len()) } else { (text, 0) }
}

/// Whether what stands between two numbers with their words joins them: if so, whether it spans those between.
fn joiner(between: &str) -> Option<bool> {
    let between = between.trim_matches(is_between);
    let joiner = JOINERS.iter().find(|(joiner, _)| between.len() < 12 && *joiner == between);
    joiner.map(|(_, spans)| *spans)
}

/// Whether a number with its words is joined to another one, whether that one can be read or not: `至 图 6`, `图 4 与图 6`;
/// if so, whether by a range.
fn joined_around(before: &str, behind: &str) -> Option<bool> {
    const SPANS: [char; 3] = ['至', '到', '～'];
    let joins = |c| words::JOINS.contains(&c) || SPANS.contains(&c);
    let bare = behind.trim_start_matches(is_between);
    let next = bare.strip_prefix(joins).map(|next| next.trim_start_matches(is_between));
    let is_next = |next: &str| next.starts_with('第') || next.starts_with(begins) || caption::begins(next).is_some();
    // 跳到 and 或者见 join nothing.
    let own = before.trim_end_matches(is_between);
    let ends = |c: char| numerals::is_numeral_character(c) || matches!(c, ')' | '）' | '】' | ']');
    let is_number = |one: &str| one.ends_with(ends) || words::COUNTERS.iter().any(|word| one.ends_with(word));
    let one = own.strip_suffix(joins).map(|one| one.trim_end_matches(is_between));
    let is_one = one.is_some_and(is_number);
    let is_next = next.is_some_and(is_next);
    (is_one || is_next).then(|| is_one && own.ends_with(SPANS) || is_next && bare.starts_with(SPANS))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text, about, values and joinedness of each mention.
    fn found(text: &str) -> Vec<(String, Vec<u64>, bool)> {
        all(text).into_iter().map(|m| (text[m.at.clone()].to_owned(), m.values(), m.is_joined)).collect()
    }

    #[test]
    fn single_numbers() {
        for (text, about) in [
            ("见第 3 节。", About::Part("节")),
            ("第 **3** 节", About::Part("节")),
            ("<p>见第 <b>3</b> 章。</p>", About::Part("章")),
            ("如图 3a 所示", About::Caption("图")),
            ("see\nsection 3", About::Part("节")),
            ("Appendix 3", About::Part("附录")),
            ("Repeat step 3", About::Part("步")),
            ("the 3rd section", About::Part("节")),
            ("The third section", About::Part("节")),
            ("见步骤3", About::Part("步")),
            ("见“3. d”", About::Part("节")),
            ("参见：3. d", About::Part("节")),
            ("See 3.", About::Part("节")),
            ("按第 3 条执行", About::Part("条")),
            ("用（3）的办法", About::Bracket('(')),
            ("见【3】", About::Bracket('【')),
            ("Table 3.", About::Caption("table")),
            ("Figs. 3", About::Caption("figure")),
            ("第3点", About::Part("项")),
            ("3章を参照してください", About::Part("章")),
            ("測定結果を図3に示す", About::Caption("图")),
            ("3절 참조", About::Part("节")),
            ("see ch. 3", About::Part("章")),
            ("see chapter three", About::Part("章")),
            ("第（3）部分", About::Part("部分")),
            ("第三个部分", About::Part("部分")),
            ("第三个小节", About::Part("节")),
            ("第三板块", About::Part("节")),
            ("第三大点", About::Part("项")),
            ("请看章节 3", About::Part("节")),
            ("见第 3&nbsp;节", About::Part("节")),
            ("repeat step number 3", About::Part("步")),
            ("Redo step no. 3", About::Part("步")),
            ("section #3", About::Part("节")),
            ("See number 3.", About::Part("节")),
            ("3番目の章で", About::Part("章")),
            ("3 단계로", About::Part("步")),
            ("단계 3를", About::Part("步")),
            ("参见第三大节。", About::Part("节")),
            ("第 3 大部分", About::Part("部分")),
            ("本文第三标题下", About::Part("节")),
            ("见下文（三）部分。", About::Part("部分")),
            ("如（三）节所述", About::Part("节")),
            ("前三节已述", About::Part("节")),
            ("前 3 个部分", About::Part("部分")),
            ("详见上文三", About::Part("节")),
            ("上文三、", About::Part("节")),
            ("三中提到的方法", About::Part("节")),
            ("按三中所列办理", About::Part("节")),
            ("第 III 节", About::Part("节")),
            ("第Ⅲ章", About::Part("章")),
        ] {
            let mentions = all(text);
            assert_eq!(mentions.len(), 1, "{text} {mentions:?}");
            assert_eq!((mentions[0].about, &mentions[0].values()[..]), (about, &[3][..]), "{text}");
            assert!(!mentions[0].is_joined, "{text}");
        }
        assert_eq!(found("见 2.2。"), [("见 2.2".to_owned(), vec![2, 2], false)]);
        assert_eq!(found("以 2.2 为准"), [("2.2".to_owned(), vec![2, 2], false)]);
        assert_eq!(found("体制は別に定める（1.3参照）"), [("1.3".to_owned(), vec![1, 3], false)]);
        assert_eq!(found("担当者は１．３を参照"), [("１．３".to_owned(), vec![1, 3], false)]);
        assert!(found("詳細は1-3を参照").contains(&("1-3".to_owned(), vec![1, 3], true)));
        assert!(found("後述の「2-2-1. 体制」").contains(&("2-2-1".to_owned(), vec![2, 2, 1], true)));
        let figures = [("図1".to_owned(), vec![1], true), ("図3".to_owned(), vec![3], true)];
        assert_eq!(found("図1および図3から"), figures);
        assert_eq!(found("同③"), [("③".to_owned(), vec![3], false)]);
        assert_eq!(found("see Appendix B"), [("Appendix B".to_owned(), vec![2], false)]);
    }

    #[test]
    fn numbers_that_stand_together() {
        let values = |text: &str| {
            let mut values: Vec<u64> =
                all(text).into_iter().filter(|m| m.numbers.len() == 1).map(|m| m.values()[0]).collect();
            assert!(all(text).iter().all(|mention| mention.is_joined), "{text}");
            values.sort_unstable();
            values.dedup();
            values
        };
        for text in [
            "见第 3、4 节", "sections 3 and 4", "第三章和第四章", "Tables 3, 4", "图 3 与图 4", "第三、四条", "§3 & 4",
            "3、4 两节", "第三、第四两节", "三、四两节", "本文三、四两节", "그림 3과 4", "図3及び4", "図3・図4",
        ] {
            assert_eq!(values(text), [3, 4], "{text}");
        }
        for text in ["见图 3 至 图 5", "对比图 3 与图 5", "图 3 到表 5"] {
            let joined = all(text);
            assert!(joined.iter().all(|mention| mention.is_joined), "{text} {joined:?}");
            assert!(!joined.is_empty(), "{text}");
        }
        let seventh = all("参数见图 1 和第 7 节。");
        assert_eq!(seventh.last().map(|mention| mention.about), Some(About::Part("节")), "{seventh:?}");
        for text in ["第 3 至第 5 节", "section 3-5", "见第三至五章", "图 3～5", "steps 3 to 5", "第 3 节到第 5 节"]
        {
            let expected: &[u64] = if text.contains("节到") { &[3, 5] } else { &[3, 4, 5] };
            assert_eq!(values(text), expected, "{text}");
        }
    }

    #[test]
    fn what_speaks_of_nothing() {
        for text in [
            "第三方", "第三个节点", "第 3 次", "3 个", "共 3 章节", "共3章", "列表 3", "前三天", "前三条",
            "前 3 个节点", "目前三节", "三中全会", "第三中学", "三中的学生", "上文三处", "本文三种", "第三大节日",
            "第 V 类", "论文 3 中提到", "2024 年", "v2.3", "http://a/2.3", "see the 3 of us",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
