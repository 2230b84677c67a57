//! What a text may call a number by in ways that no pointer has: by the word that its label has (`Rule 3`, `例3`, `第3問`,
//! `the third question`), by one for a step, or by the title behind it. Nothing of it follows; it only has to be looked at.

use memchr::memmem;

use super::{About, Mention, begins, behind, spelt};
use crate::{
    numbering::{
        label::{Label, Scheme},
        number::Number,
        numerals::{self, Class, Numeral, System},
        words,
    },
    source::{characters::is_cjk, hash::HashSet},
};

/// What names a number: a word, or the beginning of the title behind it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Name {
    /// In lower case, and in the singular if it is in Latin letters.
    Word(String),
    /// The same of what only stands behind a number: 第三章, `3단계`.
    Counter(String),
    /// As it is written.
    Title(String),
    /// All of a title, where no mark stands between the number and it: `- 4 Deployment`.
    Whole(String),
}

impl Name {
    fn text(&self) -> &str {
        let (Self::Word(text) | Self::Counter(text) | Self::Title(text) | Self::Whole(text)) = self;
        text
    }
}

/// So many characters of a word or title tell it from others.
const LONGEST: usize = 8;
/// So many of a title do.
const ENOUGH: usize = 4;
/// A longer title is not looked for as a whole.
const LONGEST_TITLE: usize = 64;

/// What ends a title that is quoted, emphasized, in brackets or in a cell.
const CLOSES: &[char] = &['”', '"', '’', '」', '』', '》', '）', ')', '】', ']', '*', '_', '`', '|'];

/// Words for what has a number and no word of its own, such as the item of a list.
const STEPS: &[&str] = &["步骤", "步驟", "步", "手順", "ステップ", "단계", "번", "番", "절차", "step", REFERRED];
/// What is said behind a number that has no word: `３．を参照`.
const REFERRED: &str = "参照";

/// What is said before one, where the sentence does not go on to say of what there are so many: `go back to 3.`
const RETURNS: &[&str] =
    &["back to", "return to", "jump to", "skip to", "go to", "repeat", "redo", "回到", "跳到", "转到", "重复", "重做"];

/// Ordinals of Korean before 번째, from the first.
const KOREAN: &[&str] = &["첫", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열"];
/// The same before 째.
const KOREAN_SHORT: &[&str] = &["첫", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉", "열"];

/// The names by which a text may call what has a label.
pub(crate) fn names(label: &Label, title: Option<&str>) -> Vec<Name> {
    let number = &label.last().at;
    let own = [&label.text[..number.start], &label.text[number.end..]];
    let own = own.map(|text| text.trim_matches(|c: char| !c.is_alphanumeric() || matches!(c, '第' | '제')));
    let mut out: Vec<Name> = match &label.scheme {
        Scheme::Counted(_) => {
            let [word, counter] = own.map(singular);
            [Name::Word(word), Name::Counter(counter)].into_iter().filter(|name| !name.text().is_empty()).collect()
        }
        _ => STEPS.iter().map(|word| Name::Word((*word).to_owned())).collect(),
    };
    let title = title.map(|title| title.trim_start_matches([' ', ':', '：']));
    let is_word =
        |begin: &String| begin.chars().any(is_cjk) || begin.chars().filter(|c| c.is_alphanumeric()).count() > 1;
    out.extend(title.and_then(|title| begin(title, 1)).filter(is_word).map(Name::Title));
    out.extend(title.and_then(whole).map(Name::Whole));
    out
}

/// What tells the title that stands behind a label from others, and what does where it is quoted and short: the beginning, and
/// all up to what closes it.
pub(crate) fn title_of(text: &str) -> [Option<String>; 2] {
    let text = behind_mark(text);
    let near = text.char_indices().take(ENOUGH + 1);
    let quoted = near.clone().find(|(_, c)| CLOSES.contains(c)).and_then(|(end, _)| titled(&text[..end]));
    [titled(text), quoted]
}

/// What stands behind a number, its mark and what closes or opens there.
fn behind_mark(text: &str) -> &str {
    let next = behind(text).trim_start_matches(['”', '」', '』', '】', '）']);
    behind(next.trim_start_matches(['.', '．', '、', ')', '）', ':', '：', '《']))
}

/// The list of a mention by name: it stands in none, and is always in doubt.
pub(crate) const NO_LIST: usize = usize::MAX;

/// What a text speaks of by one of the names, with that name.
pub(crate) fn loose(text: &str, known: &HashSet<Name>) -> Vec<(Name, Mention)> {
    let edges = Edges::of(known);
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(begins).map(|at| from + at) {
        let end = start + numerals::run(&text[start..]);
        from = end.max(start + text[start..].chars().next().map_or(1, char::len_utf8));
        // 参 is a number on cheques, and else the beginning of a word.
        let is_number = |own: &Numeral| from - start <= numerals::LONGEST && own.system.class() != Class::HanFormal;
        let Some(numeral) = Numeral::readings(&text[start..from]).next().filter(is_number) else { continue };
        let number = Number { numeral, at: start..from };
        find(text, &number, known, &edges, &mut out);
    }
    for (number, end) in spelt::english_ordinals(text).chain(korean_ordinals(text)) {
        let next = word_behind(&text[end..]);
        out.extend(counted(&next, known).map(|name| (name, mention(&number))));
    }
    out
}

/// The ordinals of Korean, each with where begins what it counts.
fn korean_ordinals(text: &str) -> impl Iterator<Item = (Number, usize)> {
    const MARK: &str = "째 ";
    memmem::find_iter(text.as_bytes(), MARK).filter_map(|mark| {
        let (before, all) = match text[..mark].strip_suffix('번') {
            Some(before) => (before.strip_suffix(' ').unwrap_or(before), KOREAN),
            None => (&text[..mark], KOREAN_SHORT),
        };
        let index = all.iter().position(|own| before.ends_with(own))?;
        let numeral = Numeral { system: System::Ascii, value: index as u64 + 1, width: 0 };
        let at = before.len() - all[index].len()..before.len();
        Some((Number { numeral, at }, mark + MARK.len()))
    })
}

/// The characters with which names begin, and words end: most text beside numbers has others, and need not be looked up.
struct Edges {
    first: HashSet<char>,
    last: HashSet<char>,
}

impl Edges {
    fn of(known: &HashSet<Name>) -> Self {
        let mut out = Self { first: HashSet::default(), last: HashSet::default() };
        for name in known {
            out.first.extend(name.text().chars().next());
            out.last.extend(name.text().chars().next_back());
        }
        out
    }

    fn may_begin(&self, text: &str) -> bool {
        Self::may_be(&self.first, text.trim_start().chars().next())
    }

    fn may_end(&self, text: &str) -> bool {
        Self::may_be(&self.last, text.chars().next_back())
    }

    /// Letters that have a lower case or a plural are not as they are in the names.
    fn may_be(known: &HashSet<char>, own: Option<char>) -> bool {
        own.is_none_or(|c| !is_cjk(c) || known.contains(&c))
    }
}

/// Takes note of a number of the text for each name it has there.
fn find(text: &str, number: &Number, known: &HashSet<Name>, edges: &Edges, out: &mut Vec<(Name, Mention)>) {
    let joined = &text[..number.at.start];
    let is_decimal = |own: &str| own.strip_suffix('.').is_some_and(|own| own.ends_with(|c: char| c.is_ascii_digit()));
    if joined.ends_with(|c: char| c.is_ascii_digit() || "/_-$".contains(c)) || is_decimal(joined) {
        return;
    }
    let before = super::before(&text[..number.at.start]);
    let is_ordinal = before.ends_with(['第', '제']);
    let before = before.trim_end_matches(['第', '제', '#', '.', ' ']);
    let rest = &text[number.at.end..];
    let next = behind(rest);
    let counted =
        ["个", "個", "つ目の", "番目の", "st ", "nd ", "rd ", "th "].iter().find_map(|unit| next.strip_prefix(unit));
    let marked = next.trim_start_matches(['.', '．', '、', ')', '）', ':', '：']);
    let referred =
        marked.strip_prefix('を').unwrap_or(marked).starts_with(REFERRED) || marked.trim_start().starts_with("참조");
    // 3 章 is three of them as often as the third.
    let is_counted = (is_ordinal || rest.len() == next.len()) && edges.may_begin(next);
    let own = if is_counted { word_behind(next) } else { Vec::new() };
    let of_unit =
        counted.map(word_behind).filter(|_| is_ordinal || next.is_char_boundary(3) && !next.starts_with(['个', '個']));
    let own_word = if edges.may_end(before) { word_before(before) } else { Vec::new() };
    let mut names: Vec<Name> = named(&own_word, known).collect();
    names.extend(self::counted(&own, known).chain(of_unit.iter().flat_map(|words| self::counted(words, known))));
    names.extend(named(&[REFERRED.to_owned()], known).filter(|_| referred || returns_to(before, next)));
    let is_marked = marked.len() < next.len() && edges.may_begin(behind_mark(marked));
    let titles = if is_marked { titles(marked, known) } else { Vec::new() };
    let line = next.trim_start_matches([' ', '|']);
    let whole = if edges.may_begin(line) { whole(line) } else { None };
    names.extend(titles.into_iter().chain(whole.map(Name::Whole).filter(|title| known.contains(title))));
    out.extend(names.into_iter().map(|name| (name, mention(number))));
}

/// Whether the reader is sent to a number that nothing is counted by: `go back to 3.`, and not `repeat 3 times`.
fn returns_to(before: &str, next: &str) -> bool {
    let returns = |word: &&str| {
        let start = before.len().checked_sub(word.len()).and_then(|start| before.get(start..));
        start.is_some_and(|end| end.eq_ignore_ascii_case(word))
    };
    let goes_on = next.starts_with(char::is_alphanumeric);
    let is_joined = ["and ", "or "].iter().any(|word| next.starts_with(word)) || next.starts_with(words::JOINS);
    (!goes_on || is_joined) && RETURNS.iter().any(returns)
}

fn mention(number: &Number) -> Mention {
    Mention {
        about: About::Alone,
        numbers: vec![number.clone()],
        at: number.at.clone(),
        is_joined: false,
        is_spanned: false,
        list: NO_LIST,
    }
}

fn named<'k>(words: &'k [String], known: &'k HashSet<Name>) -> impl Iterator<Item = Name> + 'k {
    words.iter().map(|word| Name::Word(word.clone())).filter(|name| known.contains(name))
}

/// The same of words behind a number.
fn counted<'k>(words: &'k [String], known: &'k HashSet<Name>) -> impl Iterator<Item = Name> + 'k {
    let counters = words.iter().map(|word| Name::Counter(word.clone())).filter(|name| known.contains(name));
    named(words, known).chain(counters)
}

/// The beginning of a title that tells it from others.
fn titled(title: &str) -> Option<String> {
    begin(title, 2)
}

/// The beginning of a title, with so many letters at least.
fn begin(title: &str, letters: usize) -> Option<String> {
    let line = title.trim_start().chars().take(ENOUGH).take_while(|c| !matches!(c, '\n' | '\r'));
    let begin = line.collect::<String>().trim_end().to_owned();
    (begin.chars().filter(|c| c.is_alphanumeric()).count() >= letters).then_some(begin)
}

/// What goes on behind a title that ends where a word does not: 四、部署所述, 四、部署一节.
const GOES_ON: [&str; 4] = ["所", "已", "一节", "一章"];

/// The titles that a text behind a number and its mark may begin with. A short one has to be all of it: what begins with 测试
/// may as well be 测试环境.
fn titles(text: &str, known: &HashSet<Name>) -> Vec<Name> {
    let text = behind_mark(text);
    let near = text.char_indices().take(ENOUGH).take_while(|(_, c)| !matches!(c, '\n' | '\r'));
    let beginnings = near.map(|(at, c)| text.split_at(at + c.len_utf8())).filter(|(begin, rest)| {
        let is_enough = begin.chars().nth(ENOUGH - 1).is_some();
        is_enough || !rest.starts_with(char::is_alphanumeric) || GOES_ON.iter().any(|next| rest.starts_with(next))
    });
    let names = beginnings.map(|(begin, _)| Name::Title(begin.trim_end().to_owned()));
    names.filter(|title| known.contains(title)).collect()
}

/// All of a title, up to the end of its line, its cell or its quotation.
fn whole(title: &str) -> Option<String> {
    let title = title.trim_start();
    let ends = |c: char| matches!(c, '\n' | '\r') || CLOSES.contains(&c);
    let end = title.char_indices().take(LONGEST_TITLE).find(|(_, c)| ends(*c)).map(|(end, _)| end);
    let end = end.or_else(|| title.chars().nth(LONGEST_TITLE).is_none().then_some(title.len()))?;
    let whole = title[..end].trim_end();
    (whole.chars().filter(|c| c.is_alphanumeric()).nth(1).is_some()).then(|| whole.to_owned())
}

/// The words that a text may end with: a Latin one, or so many characters.
fn word_before(text: &str) -> Vec<String> {
    let near: Vec<(usize, char)> = text.char_indices().rev().take(LONGEST * 2).collect();
    let latin = near.iter().take_while(|(_, c)| c.is_ascii_alphabetic()).last();
    match latin {
        Some((start, _)) => vec![singular(&text[*start..])],
        None => near
            .iter()
            .take(LONGEST)
            .take_while(|(_, c)| c.is_alphanumeric())
            .map(|(at, _)| text[*at..].to_lowercase())
            .collect(),
    }
}

/// The same of those that one may begin with.
fn word_behind(text: &str) -> Vec<String> {
    let text = text.trim_start();
    let latin = &text[..text.bytes().take(LONGEST * 2).take_while(u8::is_ascii_alphabetic).count()];
    if !latin.is_empty() {
        return vec![singular(latin)];
    }
    let near = text.char_indices().take(LONGEST).take_while(|(_, c)| c.is_alphanumeric());
    near.map(|(at, c)| text[..at + c.len_utf8()].to_lowercase()).collect()
}

/// A word in lower case, and without the ending of a plural; what is shortened is what it stands for.
fn singular(word: &str) -> String {
    let lower = word.to_lowercase();
    match lower.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with('s')) {
        Some(stem) => stem.to_owned(),
        None if matches!(lower.as_str(), "art" | "arts") => "article".to_owned(),
        None if matches!(lower.as_str(), "ex" | "eg") => "example".to_owned(),
        None => lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbering::label::parse;

    #[test]
    fn called_by_word_ordinal_or_title() {
        for (heading, text) in [
            ("문제 3. 가", "문제 3의 결과"),
            ("例3 甲", "如例3所述"),
            ("Rule 3: Write", "in Rule 3, do not"),
            ("３．初期設定", "３．を参照。"),
            ("3. Write", "Go on with \"3. Write\"."),
            ("Step 3: Write", "Skip the third step."),
            ("Article 3. Write", "See Art. 3."),
            ("问题3：丙", "第三个问题见下。"),
            ("3단계: 가", "세 번째 단계를 참조."),
            ("問3 初期設定", "第3問の結果"),
            ("步骤 3：丙", "回到步骤③。"),
            ("3. x", "手順3に戻る"),
            ("3. x", "step #3"),
            ("3. 违约", "逾期依“3. 违约”处理。"),
            ("3. 運用", "「3. 運用」を参照"),
            ("三、加分项", "**三、加分项**另计"),
            ("3. 部署上线", "- 3 部署上线"),
            ("3. 部署上线", "| 3 | 部署上线 |"),
            ("3. x", "go back to 3."),
            ("3. x", "失败时重复 3 和 4"),
            ("3. x", "3番に戻る。"),
            ("3단계: 가", "셋째 단계가 중요하다."),
        ] {
            let label = parse(heading).unwrap_or_else(|| panic!("{heading}"));
            let known = names(&label, Some(label.behind(heading))).into_iter().collect();
            let found = loose(text, &known);
            assert!(found.iter().any(|(_, mention)| mention.values() == [3]), "{heading} {text}");
            for other in ["第 3 次", "3 个问题", "v2.3", "3 章", "the third time", "例如 3 天", "repeat 3 times"]
            {
                assert_eq!(loose(other, &known), [], "{heading} {other}");
            }
        }
    }
}
