//! Whether a place in running text that points at a number surely means its own document.

use super::{caption, words};
use crate::source::floor;

/// Words that send the reader to a place, besides [`words::SENDS`].
const LEADS: &[&str] = &[
    "詳細は", "詳しくは", "请看", "請看", "查看", "回到", "回顾", "回顧", "如", "本文", "上文", "下文", "前文", "后文",
    "後文", "前面", "后面", "後面", "上述", "在", "到", "按", "按照", "根据", "根據", "和", "与", "與", "、", "（",
    "从", "從", "由", "代入",
];

/// The same behind the pointer, at once.
const LEADS_BEHIND: &[&str] = &[
    "所述", "所示", "中", "里", "裡", "裏", "会", "會", "将", "將", "已", "介绍", "介紹", "提到", "讲", "講", "讨论",
    "討論", "说", "說", "详", "詳", "我们", "我們", "的内容", "的內容", "可知", "可见", "可見", "を参照", "参照",
    "に示", "참조", "를 참조", "で述べ", "で説明", "를 보라", "을 보라", "을 참조", "를 참고", "을 참고", "참고",
    "에서 설명", "에서 다루", "에서 살펴", "에서 보듯", "에서 보는", "에서 본", "과 같", "와 같", "代入",
];

/// The same in English.
const LEADS_LATIN: &[&str] = &["see", "in", "per", "to", "cf.", "from", "and", "under", "as", "also", "at", "with"];

/// What a number belongs to when it is a place of another work: a law, a book, a standard.
const WORKS: &[&str] = &[
    "法", "条例", "條例", "规定", "規定", "规范", "規範", "标准", "標準", "手册", "手冊", "论文", "論文", "协议",
    "協議", "原书", "原書", "教材", "指南", "一书", "一書", "书", "書", "官方文档", "官方文檔", "법", "법률", "규정",
    "시행령", "计划", "計劃", "計畫", "計画", "계획", "白皮书", "白皮書", "白書", "백서", "》", "」", "』", "”", "\"",
    ")", "]", ">",
];

/// Words that say that a sentence is about another work, wherever in it they stand before the number.
const OTHER_WORKS: &[&str] = &[
    "《", "『", "“", "](", "://", "课本", "課本", "教科书", "教科書", "原著", "小说", "小說", "上册", "上冊", "中册",
    "中冊", "下册", "下冊", "前作", "那本书", "那本書",
];

/// What somebody does in his own book.
const WRITES: &[&str] =
    &["中写道", "中寫道", "里写道", "裡寫道", "写道", "寫道", "中读到", "中讀到", "里读到", "裡讀到", "读到", "讀到"];

/// Whether a pointer surely means its own document: it is introduced by the one that it is joined to, or by a word; one
/// that `needs_word` by nothing else.
pub(super) fn surely_own(before: &str, behind: &str, needs_word: bool, is_introduced: bool) -> bool {
    let sentence = tail(before).rsplit(['。', '！', '？', '；', '\n', '!', '?', '|']).next().unwrap_or_default();
    let sentence = match sentence.rfind(". ") {
        Some(at) => &sentence[at + 2..],
        None => sentence,
    };
    let near = sentence.trim_end_matches(|c: char| c.is_whitespace() || c == '*');
    let is_elsewhere = OTHER_WORKS.iter().any(|work| sentence.contains(work)) || names_document(sentence);
    // 労働基準法（第4章）, RFC 2616の3.3節, 민법 제5장, also with a line break between
    let owner = owner(before);
    let of_work = WORKS.iter().any(|work| owner.ends_with(work)) && !ends_in_way(owner) || is_chronicle(owner);
    // What follows says whose place it is: "of the CLA", （原书）, 《…》.
    let next = head(behind).trim_start_matches(['*', ' ', '\u{a0}']);
    let is_owned = ["of ", "from ", "in the ", "in [", "in \"", "in _", "in *", "《", "of\n"]
        .iter()
        .any(|word| next.starts_with(word));
    let is_owned = is_owned || is_named_behind(next) || is_credited(next) || is_beside_work(next);
    let is_written = WRITES.iter().any(|word| next.starts_with(word));
    if is_elsewhere
        || of_work
        || is_owned
        || is_written
        || names_work(near)
        || names_standard(owner)
        || speaks_of_work(owner)
        || names_author(near)
    {
        return false;
    }
    let is_sent = is_introduced || words::SENDS.iter().chain(LEADS).any(|word| near.ends_with(word));
    if is_sent || needs_word {
        return is_sent;
    }
    let last =
        near.rsplit(|c: char| !c.is_ascii_alphabetic() && c != '.').next().unwrap_or_default().to_ascii_lowercase();
    LEADS_LATIN.contains(&last.as_str())
        || near.ends_with('(')
        || (!near.is_ascii() || near.is_empty()) && LEADS_BEHIND.iter().any(|word| next.starts_with(word))
}

/// Whether the reader is sent to what stands between two texts, by a word that does nothing else, and to no other work:
/// `见三、部署`, `See "Step 3: Deploy".`
pub fn sends(before: &str, behind: &str) -> bool {
    const QUOTES: [char; 8] = ['“', '”', '「', '」', '『', '』', '"', '*'];
    let before = before.trim_end_matches(|c| c == ' ' || QUOTES.contains(&c));
    let is_see = || {
        let see = before.len().checked_sub("see".len()).and_then(|start| before.get(start..));
        see.is_some_and(|see| see.eq_ignore_ascii_case("see"))
    };
    let is_sent = words::SENDS.iter().any(|word| before.ends_with(word)) || is_see();
    is_sent && surely_own(before, behind.trim_start_matches(QUOTES), false, true)
}

/// What a text says right before a pointer, without brackets and words that join the two. It may stand in the line before.
fn owner(before: &str) -> &str {
    let text = tail(before);
    let line = text.trim_end_matches(JOINTS);
    let above = line.trim_end_matches(|c| JOINTS.contains(&c) || matches!(c, '\n' | '\r'));
    if text[above.len()..].matches('\n').count() == 1 { above } else { line }
}

/// What joins a pointer to its work.
const JOINTS: &[char] = &['的', '中', 'の', '의', '（', '(', ' ', '\t', '*'];

/// Endings of the names of documents.
const DOCUMENTS: &[&str] = &[".md", ".mdx", ".markdown", ".rst", ".adoc", ".txt", ".pdf", ".html", ".docx"];

/// Whether a sentence goes on to speak of a document, or of something else with a name like a file's, that it named in code:
/// `guide.md`，尤其 §2、§3; `text-kit` 在 §2. Where it sends the reader on (见), that is elsewhere again.
fn names_document(sentence: &str) -> bool {
    let parts: Vec<&str> = sentence.split('`').collect();
    let [.., name, behind] = parts[..] else { return false };
    if parts.len().is_multiple_of(2) {
        return false;
    }
    let is_file = DOCUMENTS.iter().any(|ending| name.ends_with(ending));
    let is_name = name.contains(['-', '/', '.']) && !name.contains(' ');
    let sends = ["见", "見", "参", "參", "看", "see", "See"].iter().any(|word| behind.contains(word));
    (is_file && !sends) || (is_name && behind.trim() == "在")
}

/// Whether a text ends in a word for a way to do something, which ends like one for a law: 方法, 방법.
fn ends_in_way(text: &str) -> bool {
    ["方法", "办法", "辦法", "做法", "写法", "寫法", "语法", "語法", "算法", "用法", "방법", "문법"]
        .iter()
        .any(|way| text.ends_with(way))
}

/// Whether a text ends in the name of a book of accounts: 創世記, and not 上記.
fn is_chronicle(text: &str) -> bool {
    let name = text.strip_suffix(['記', '记']);
    name.is_some_and(|name| {
        !name.is_empty() && !name.ends_with(['上', '下', '前', '後', '左', '右', '笔', '筆', '日', '后'])
    })
}

/// Whether brackets behind a pointer name the work it is taken from: `图 3（引自《…》图 3）`.
fn is_credited(next: &str) -> bool {
    let inner = next.strip_prefix('（').map(|inner| (inner, '）')).or(next.strip_prefix('(').map(|inner| (inner, ')')));
    let named = |inner: &str| {
        let inner = inner.trim();
        names_standard(inner) || WORKS.contains(&inner) || OTHER_WORKS.iter().any(|work| inner.contains(work))
    };
    inner.and_then(|(inner, close)| inner.split(['\n', close]).next()).is_some_and(named)
}

/// Words that join two places and name no work.
const ALSO: &[&str] =
    &["以及", "还有", "還有", "或者", "甚至", "并且", "並且", "直到", "另见", "另見", "本书", "本書", "本文"];

/// Whether a place of another work is joined to a pointer: 第6章、路加福音第6章. Then either may be that one's.
fn is_beside_work(next: &str) -> bool {
    /// The name of a work is not longer, in characters.
    const LONGEST: usize = 12;
    let Some(rest) = next.strip_prefix(['、', '，', '；']) else { return false };
    let Some((end, _)) = rest.char_indices().take(LONGEST).find(|(_, c)| *c == '第') else { return false };
    let name = &rest[..end];
    let is_own = || words::SENDS.iter().chain(LEADS).chain(ALSO).any(|word| name.ends_with(word));
    name.chars().count() > 1 && name.chars().all(char::is_alphabetic) && !is_own()
}

/// Whether a name behind a Latin pointer says whose place it is: `section 7, Apache License`, `Table 5 in Smith (2010)`.
fn is_named_behind(next: &str) -> bool {
    let Some(name) = next.strip_prefix(", ").or_else(|| next.strip_prefix("in ")) else { return false };
    let word = &name[..name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len())];
    let is_own = words::spoken(&word.to_ascii_lowercase()).is_some() || caption::word_before(word).is_some();
    word.starts_with(|c: char| c.is_ascii_uppercase()) && !is_own
}

/// Words for works in English. `this guide` is the document itself.
const LATIN_WORKS: &[&str] =
    &["spec", "specification", "standard", "paper", "thesis", "book", "reference", "manual", "license", "act"];

/// Whether the words right before a Latin pointer name another work: `our paper (Section 4)`, `the API reference, see`.
fn speaks_of_work(near: &str) -> bool {
    let mut words = near.rsplit(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let near: Vec<String> = words.by_ref().take(4).map(str::to_ascii_lowercase).collect();
    near.iter()
        .take(2)
        .enumerate()
        .any(|(at, word)| LATIN_WORKS.contains(&word.as_str()) && !near[at + 1..].iter().any(|word| word == "this"))
}

/// Whether somebody's work is said to do something in the place: `田中（2010）は第7章で`, `Smith (2010) in section 7`.
fn names_author(near: &str) -> bool {
    let of = near.trim_end_matches(|c: char| c.is_whitespace() || "はがもでは，,在은는이가".contains(c));
    let of = of.strip_suffix("in").map_or(of, str::trim_end);
    let year = of.strip_suffix(['）', ')']).and_then(|of| Some(of.rsplit_once(['（', '('])?.1));
    year.is_some_and(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))
}

/// As much of a sentence as says whose number it is, in bytes.
const ENOUGH: usize = 400;

/// The end of a text, as far as it says that.
pub(super) fn tail(text: &str) -> &str {
    &text[floor(text, text.len().saturating_sub(ENOUGH))..]
}

/// Its beginning, likewise.
fn head(text: &str) -> &str {
    &text[..floor(text, ENOUGH)]
}

/// Whether what stands before a Latin pointer ends in the name of a work: `RFC 2119`, `C11`, `ISO 8601,`.
fn names_work(near: &str) -> bool {
    let near = near.trim_end_matches([',', 'の', '의', '的']);
    let last = near.rsplit(char::is_whitespace).next().unwrap_or_default();
    is_code(last) && last.chars().any(|c| c.is_ascii_uppercase()) || names_standard(near)
}

/// The same where it is a word of capitals and a number behind it.
fn names_standard(near: &str) -> bool {
    let mut words = near.trim_end_matches(',').rsplit(char::is_whitespace);
    words.next().is_some_and(|last| last.chars().all(|c| c.is_ascii_digit())) && words.next().is_some_and(is_code)
}

fn is_code(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '/' | '.'))
}
