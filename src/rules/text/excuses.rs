//! Brackets that stand alone, or differ in width, for a reason.

use super::brackets::{Lone, is_round};
use crate::{
    document::{
        Document, Prose,
        prose::{Kind, Piece},
    },
    numbering::numerals::{is_digit, is_plain_numeral},
    source::{
        Span,
        characters::{is_cjk, is_full_width_mark, is_kana_or_hangul},
        floor,
    },
};

/// Whether a closing bracket ends the word that a line begins with: `例）`, `注1)`, `참고)`.
pub(super) fn heads_line(document: &Document, lone: &Lone) -> bool {
    /// A longer text is no label.
    const LONGEST: usize = 4;
    let prose = document.prose();
    let Some(block) = prose.blocks().get(lone.block).filter(|_| !lone.opens && is_round(lone)) else { return false };
    let start = (block.span.start).min(lone.span.start) as usize;
    let before = &document.source.text[start..lone.span.start as usize];
    let word = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let len: usize = word.chars().rev().take(LONGEST).take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    let rest = word[..word.len() - len].trim_end_matches([' ', '\t', '*', '_', '※', '>', '-', '+', '|']);
    !before.is_empty() && (rest.is_empty() || rest.ends_with('\n'))
}

/// Whether a closing bracket ends one of the signs that parts of a sentence are counted with: `가)`, `ア）`, `甲）`, `第一）`.
pub(super) fn is_sign(document: &Document, lone: &Lone) -> bool {
    let before = &document.source.text[..lone.span.start as usize];
    let mut chars = before.chars().rev();
    let number = chars.clone().take(3).take_while(|c| is_plain_numeral(*c)).count();
    let is_one = |c: char| "甲乙丙丁戊己庚辛壬癸壹贰貳叁肆伍".contains(c) || is_kana_or_hangul(c);
    let is_counted = match number {
        0 => chars.next().is_some_and(|c| is_one(c) || ('Ⅰ'..='ⅿ').contains(&c)),
        number => chars.nth(number) == Some('第'),
    };
    !lone.opens
        && is_round(lone)
        && is_counted
        && chars.next().is_none_or(|c| c.is_whitespace() || "：；。，、）:;,.)".contains(c))
}

/// Whether a closing bracket ends the number of a note, or the word for an example behind a mark: `注1）`, `※１）`, `。例）`.
pub(super) fn is_note(document: &Document, lone: &Lone) -> bool {
    let before = &document.source.text[..lone.span.start as usize];
    let word = before.trim_end_matches(is_digit);
    let rest = ['注', '註', '例', '※'].iter().find_map(|note| word.strip_suffix(*note));
    let is_noted = rest.is_some_and(|rest| word.len() < before.len() || rest.ends_with(['。', '、', '，', '；']));
    !lone.opens && is_round(lone) && is_noted
}

/// Whether a closing bracket ends the letter of a part of a figure, a table or the like: `图 3a）`.
pub(super) fn is_part(document: &Document, lone: &Lone) -> bool {
    let before = &document.source.text[..lone.span.start as usize];
    let number = before.strip_suffix(|c: char| c.is_ascii_alphabetic()).filter(|rest| rest.ends_with(is_digit));
    let word = number.map(|number| number.trim_end_matches(is_digit).trim_end_matches(' '));
    !lone.opens
        && is_round(lone)
        && word.is_some_and(|word| word.ends_with(['图', '圖', '図', '表', '式', '例', '题', '題']))
}

/// What is said behind a bracket that stays open, on purpose.
const ASIDES: &[&str] = &[
    "笑", "哭", "泣", "汗", "误", "雾", "大雾", "逃", "划掉", "迫真", "确信", "大嘘", "滑稽", "狗头", "誤", "霧",
    "大霧", "違", "爆", "爆笑", "苦笑", "棒読み", "謎", "涙", "照", "死", "灑花", "撒花", "揮手", "挥手", "淚奔",
    "泪奔",
];

/// Faces that are not closed, drawn with letters.
const FACES: &[&str] = &["T_T", "ToT", "TT", "x_x", "o_o", "O_O"];

/// Whether what stands behind a bracket is a face that is not closed: `(^^; `, `(-_-;`, `(T_T`.
fn begins_face(behind: &str) -> bool {
    /// A longer text is none, in bytes.
    const LONGEST: usize = 6;
    let is_end = |c: &char| c.is_whitespace() || is_cjk(*c) || is_full_width_mark(*c);
    let len = behind.chars().take(LONGEST + 1).take_while(|c| !is_end(c)).map(char::len_utf8).sum();
    let face = &behind[..len];
    let eyes = face.trim_end_matches(';');
    // A face that has neither of these sweats: `(--;`.
    let is_drawn = face.contains(['^', '_']) || (eyes == "--" && eyes.len() < len);
    let is_one = (2..=LONGEST).contains(&len) && is_drawn && face.bytes().all(|byte| byte.is_ascii_punctuation());
    is_one || FACES.contains(&eyes)
}

/// Whether a bracket is the mouth of a face, or laughs: `:-）`, `难过：（`, `真好（笑`, `（（（`.
pub(super) fn is_drawn(document: &Document, lone: &Lone) -> bool {
    let text = &*document.source.text;
    let (before, behind) = (&text[..lone.span.start as usize], &text[lone.span.end as usize..]);
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(['\n', '\r', '。']);
    let is_mouth = [":-", "：-", ";-", "；-"].iter().any(|eyes| before.ends_with(eyes))
        || (lone.opens && before.ends_with([':', '：']) && ends(behind))
        || (lone.opens && behind.strip_prefix([':', '：']).is_some_and(|rest| ends(rest.trim_start_matches(' '))));
    let is_laughter = lone.opens && ASIDES.iter().any(|word| behind.strip_prefix(word).is_some_and(ends));
    let run = before.chars().rev().take(3).take_while(|c| lone.mark.starts_with(*c)).count()
        + behind.chars().take(3).take_while(|c| lone.mark.starts_with(*c)).count();
    is_round(lone) && (is_mouth || is_laughter || run > 1 || (lone.opens && begins_face(behind)))
}

/// Whether a block shows a bracket and names it, or holds nothing else: `《 左书名号`.
pub(super) fn is_shown(document: &Document, lone: &Lone) -> bool {
    /// A longer text is no name.
    const LONGEST: usize = 12;
    let prose = document.prose();
    let text = prose.blocks().get(lone.block).map_or("", |block| prose.text_of(block)).trim();
    let Some(name) = text.strip_prefix(lone.mark) else { return false };
    let names = ["号", "號", "括", "かっこ", "カッコ", "bracket"];
    let is_short = name.starts_with(' ') && name.chars().nth(LONGEST).is_none();
    name.is_empty() || (is_short && names.iter().any(|word| name.contains(word)))
}

/// Whether a parenthesis is one of a link that does not render, `[text]（https://…`: another rule says so.
pub(super) fn is_of_link(document: &Document, span: Span) -> bool {
    /// How far back a parenthesis that closes looks for the one that opens, in characters.
    const REACH: usize = 256;
    let text = &*document.source.text;
    let is_open = |c: char| matches!(c, '(' | '（');
    let mut before = text[..span.start as usize].chars().rev().take(REACH).take_while(|c| *c != '\n');
    let is_behind_one = text[span.range()].starts_with(is_open) || before.any(is_open);
    is_behind_one && before.find(|c| *c != ' ').is_some_and(|c| matches!(c, ']' | '］'))
}

/// Whether the partner of an open bracket stands in a URL behind it, which has swallowed it; or whether a closing one
/// stands directly behind a bare URL, which goes on over it.
pub(super) fn is_swallowed(document: &Document, lone: &Lone) -> bool {
    /// How many pieces of the block are looked through, and how many bytes of each.
    const REACH: usize = 16;
    const FAR: usize = 1_024;
    let prose = document.prose();
    let pieces = prose.blocks().get(lone.block).map_or(&[][..], |block| prose.pieces(block));
    let (before, behind) = pieces.split_at(pieces.partition_point(|piece| piece.span.start < lone.span.start));
    if lone.opens {
        let mut urls = behind.iter().take(REACH).filter(|piece| piece.kind == Kind::Url);
        let near = |url: &Piece| {
            let url = document.source.slice(url.span);
            &url[..floor(url, FAR)]
        };
        return urls.any(|url| near(url).contains(lone.partner()));
    }
    let is_bare = |url: &str| url.find("://").is_some_and(|at| at > 0) && !url.starts_with('<');
    before.last().is_some_and(|url| {
        url.kind == Kind::Url && url.span.end == lone.span.start && is_bare(document.source.slice(url.span))
    })
}

/// Where the bracket stands that opens the text of a link before a parenthesis, if nothing closes it: `[text(https://…`. Both
/// are places in the text that is read.
pub(super) fn unended(prose: &Prose, begin: usize) -> Option<usize> {
    /// How far a bracket is looked for, in characters.
    const REACH: usize = 240;
    let text = prose.text();
    let block = prose.range_of(prose.block_at(begin)?);
    let is_bracket = |c: &char| matches!(c, '[' | ']' | '［' | '］');
    let mut before = text.get(block.start..begin)?.char_indices().rev().take(REACH);
    // `[0, 1) (https://…` is a range.
    let (at, open) = before.find(|(_, c)| is_bracket(c) || matches!(c, '(' | ')' | '（' | '）'))?;
    let own = &text[block.start + at + open.len_utf8()..begin];
    let next = text[begin..block.end].chars().take(REACH).find(is_bracket);
    let is_open = matches!(open, '[' | '［') && !matches!(next, Some(']' | '］'));
    (is_open && !own.is_empty() && own.trim() == own).then_some(block.start + at)
}

/// Whether a quotation goes on in the next block, which opens it again.
pub(super) fn is_opened_again(document: &Document, lone: &Lone) -> bool {
    let prose = document.prose();
    let begins = |block: usize| {
        prose
            .blocks()
            .get(block)
            .is_some_and(|block| prose.text_of(block).trim_start_matches('\u{3000}').starts_with(lone.mark))
    };
    matches!(lone.mark, "「" | "『") && begins(lone.block) && begins(lone.block + 1)
}
