//! Marks of ASCII in other text, and what stands for others.

use super::{
    pass::{Pass, is_unspaced},
    spot::SpotKind,
};
use crate::{
    document::prose::{BlockKind, formula},
    source::characters::{is_face, is_wide_mark},
};

/// What is quoted or stands in brackets is not longer than this, in bytes.
pub(super) const LONGEST: usize = 240;

/// Full-width brackets.
pub(super) const BRACKETS: &[(char, char)] =
    &[('（', '）'), ('《', '》'), ('「', '」'), ('『', '』'), ('【', '】'), ('〈', '〉')];

/// How far the partner of one is looked for, in characters.
pub(super) const FAR: usize = 80;

/// Whether it, or a quotation mark, ends what another opens.
fn closes(c: char) -> bool {
    c == '”' || BRACKETS.iter().any(|&(_, close)| c == close)
}

/// How far the beginning of a name is looked for, in characters.
const NEAR: usize = 30;

/// Chinese numerals that labels are written with.
const NUMERALS: &str = "零〇一二三四五六七八九十百";

/// Whether brackets hold the sign of an item and nothing else: `(一)`, `(ア)`, `(甲)`. It stands before the item as well as
/// in the text, beside Latin and marks, and is to look the same everywhere.
fn is_sign(inner: &str) -> bool {
    let is_one = |c: char| ('\u{3041}'..='\u{30FA}').contains(&c) || "甲乙丙丁戊己庚辛壬癸".contains(c);
    let mut chars = inner.chars();
    inner.chars().all(|c| NUMERALS.contains(c)) || (chars.next().is_some_and(is_one) && chars.next().is_none())
}

impl Pass<'_> {
    /// A mark of ASCII. Returns where the pass goes on.
    pub(super) fn mark(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        match bytes[at] {
            b'"' => self.quotes.push(at),
            b'(' => self.open.push(at),
            b')' => self.brackets(at),
            _ if at == self.start || bytes[at - 1].is_ascii() => {}
            mark => {
                let run = bytes[at..].iter().take_while(|&&byte| byte == mark).count();
                let before = self.before(at).unwrap_or_default();
                match (mark, run) {
                    (_, 1) if mark != b'-' && (is_unspaced(before) || closes(before)) => self.narrow(at, mark),
                    (b'-', _) if is_unspaced(before) => self.hyphens(at, run),
                    (b'.', 3..) if is_unspaced(before) => self.dots(at, run),
                    _ => {}
                }
                return at + run;
            }
        }
        at + 1
    }

    /// A single mark behind Han or kana, or what closes a quotation or remark.
    fn narrow(&mut self, at: usize, mark: u8) {
        let next = self.at(at + 1);
        let is_end = next.is_none() && self.kind == BlockKind::Paragraph && matches!(mark, b'.' | b'!' | b'?');
        let may_blank = next == Some(' ') && matches!(mark, b',' | b';' | b'!' | b'?');
        let end = at + 1 + usize::from(may_blank);
        let before = self.before(at).filter(|&c| !is_unspaced(c));
        let is_quoted = before.is_some_and(|c| matches!(c, '”' | '」' | '』' | '"'));
        let opens = |c: char| matches!(c, '“' | '‘' | '《' | '「' | '『' | '（' | '【');
        let is_text = |c: char| is_unspaced(c) || (opens(c) && !is_quoted);
        // `（一）.概述` is a label.
        let is_in_label = mark == b'.' && !is_end && before.is_some();
        // `冯.诺依曼`, `设置.通用`: it ends a sentence only where one does at the end of the paragraph.
        let is_in_path = mark == b'.' && !is_end && !self.text.ends_with('.');
        if is_in_label || is_in_path {
            return;
        }
        if !is_end && !self.at(end).is_some_and(is_text) {
            return;
        }
        // `? 号`, `用,分隔` speak of the mark.
        let uses = ["分隔", "隔开", "分开", "分割", "开头", "结尾", "连接", "隔開", "分開", "開頭", "結尾", "連接"];
        let is_used = self.before(at).is_some_and(|c| matches!(c, '用' | '以' | '由' | '按' | '是' | '为'))
            && uses.iter().any(|used| self.text[end..].starts_with(used));
        let is_mentioned = is_used || self.text[end..].starts_with(['号', '號', '符']);
        let is_other = is_mentioned
            || self.is_label(at)
            || (mark == b':' && self.is_ratio(at))
            || self.is_in_name(at, end)
            || self.is_in_formula(at)
            || self.is_in_literal(at)
            || (mark == b',' && self.is_in_call());
        if !is_other && !self.is_reference() {
            self.doubted(SpotKind::Narrow, at, end, mark == b':' && self.is_notation(at));
        }
    }

    /// A mark behind what other repairs make full-width, found along with that: it would be a finding afterwards.
    pub(super) fn narrow_behind(&mut self, at: usize) {
        if let &[mark @ (b',' | b'.' | b':' | b';' | b'!' | b'?'), ref rest @ ..] = &self.text.as_bytes()[at..]
            && rest.first() != Some(&mark)
        {
            self.narrow(at, mark);
        }
    }

    /// Whether the text around a mark is the name of a file, a path, a key or an address: `甲,乙.txt`, `甲,乙::`,
    /// `a@例子.中国`.
    fn is_in_name(&self, at: usize, end: usize) -> bool {
        let before = &self.text[self.start..at];
        let is_token = |c: &char| !c.is_whitespace() && !is_wide_mark(*c);
        let token: usize = before.chars().rev().take(NEAR).take_while(is_token).map(char::len_utf8).sum();
        let token = &before[before.len() - token..];
        let is_address = self.at(at) == Some('.') && token.find('@').is_some_and(|host| host > 0);
        if is_address || token.starts_with(['/', '\\', '~']) {
            return true;
        }
        let rest = self.text[end..].trim_start_matches(is_unspaced);
        let is_latin = |c: char| c.is_ascii_alphanumeric();
        rest.starts_with(['/', '\\'])
            || rest.starts_with("::")
            || rest.strip_prefix('.').is_some_and(|name| name.starts_with(is_latin))
    }

    /// Whether a mark stands in what some renderers take for a formula.
    fn is_in_formula(&mut self, at: usize) -> bool {
        let formulas = self
            .formulas
            .get_or_insert_with(|| self.prose.block_at(at).map(|block| self.prose.formulas(block)).unwrap_or_default());
        formula::is_in(formulas, at)
    }

    /// Whether what is open is the parenthesis of a call or a relation: `sum(甲, 乙)`.
    fn is_in_call(&self) -> bool {
        let before = self.open.last().and_then(|&open| self.before(open));
        before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
    }

    /// Whether a place stands in a list or map of data: `[甲, 乙]`, `{键: 值}`.
    pub(super) fn is_in_literal(&self, at: usize) -> bool {
        let opens = |c: char| matches!(c, '[' | '{');
        let closes = |c: char| matches!(c, ']' | '}');
        let is_bracket = |&c: &char| opens(c) || closes(c);
        self.text[self.start..at].chars().rev().take(FAR).find(is_bracket).is_some_and(opens)
            && self.text[at..].chars().take(FAR).find(is_bracket).is_some_and(closes)
    }

    /// Whether a colon stands between words that are all of a cell or of what stands in brackets, or before 行, so that it
    /// may show how something is written: `文件:行`.
    fn is_notation(&self, at: usize) -> bool {
        /// The name of a thing is not longer than this, in characters.
        const NOUN: usize = 5;
        let (before, behind) = (&self.text[self.start..at], &self.text[at + 1..]);
        let is_cell = matches!(self.kind, BlockKind::Cell { .. });
        let is_edge = |c: char| match c {
            '\n' => is_cell,
            _ => matches!(c, ':' | '(' | ')' | '（' | '）' | '「' | '」' | '【' | '】'),
        };
        let is_whole = |chars: &mut dyn Iterator<Item = char>| {
            chars.chain(['\n']).take(NOUN + 1).find(|c| !c.is_alphanumeric()).is_some_and(is_edge)
        };
        // 行业 and 行きます are other words.
        let goes_on = ['号', '號', '番', 'の', 'を', 'と', 'は', 'が', 'に', 'で'];
        let is_line = |rest: &str| !rest.starts_with(is_unspaced) || rest.starts_with(goes_on);
        // `用户名:密码 的形式`: a blank within Chinese sets something off.
        let is_set_off = || {
            let word = behind.trim_start_matches(char::is_alphanumeric);
            let is_begun = word.strip_prefix(' ').is_some_and(|rest| rest.starts_with(is_unspaced));
            is_begun && behind[..behind.len() - word.len()].chars().nth(NOUN).is_none()
        };
        (is_whole(&mut before.chars().rev()) && is_whole(&mut behind.chars()))
            || is_set_off()
            || behind.strip_prefix('行').is_some_and(is_line)
    }

    /// `甲:乙`, one character each: a ratio, or names of what is compared.
    fn is_ratio(&self, at: usize) -> bool {
        let before = self.text[self.start..at].chars().rev().take(2).take_while(|&c| is_unspaced(c)).count();
        let behind = self.text[at + 1..].chars().take(2).take_while(|&c| is_unspaced(c)).count();
        before == 1 && behind == 1
    }

    /// Whether a mark ends a label: a number at the start of the block, of a line or of a part of a sentence.
    pub(super) fn is_label(&self, at: usize) -> bool {
        let is_number = |c: &char| c.is_ascii_digit() || NUMERALS.contains(*c);
        let before = &self.text[self.start..at];
        let number: usize = before.chars().rev().take(4).take_while(is_number).map(char::len_utf8).sum();
        let rest = before[..before.len() - number].chars().next_back();
        number > 0 && rest.is_none_or(|c| c.is_whitespace() || is_wide_mark(c) || c.is_ascii_punctuation())
    }

    fn hyphens(&mut self, at: usize, run: usize) {
        if run == 2 && self.at(at + 2).is_some_and(is_unspaced) {
            self.found(SpotKind::Hyphens, at, at + 2);
        }
    }

    fn dots(&mut self, at: usize, run: usize) {
        let next = self.at(at + run);
        if next.is_none_or(|c| is_unspaced(c) || is_wide_mark(c) || matches!(c, ' ' | '\n' | ')' | '"')) {
            self.found(SpotKind::Dots, at, at + run);
        }
    }

    /// A closing bracket of ASCII: whether it and its partner stand in other text and hold such.
    fn brackets(&mut self, close: usize) {
        let Some(open) = self.open.pop() else {
            let is_round = |&c: &char| matches!(c, '（' | '）');
            if self.text[self.start..close].chars().rev().take(FAR).find(is_round) == Some('（') {
                self.narrow_behind(close + 1);
            }
            return;
        };
        let inner = &self.text[open + 1..close];
        let is_text = |c: Option<char>| c.is_some_and(is_unspaced);
        let is_end = self.kind == BlockKind::Paragraph && matches!(&self.text[close + 1..], "." | "!" | "?");
        let follows = is_end || self.at(close + 1).is_none_or(|c| is_unspaced(c) || is_wide_mark(c) || c == '\n');
        let is_found = follows
            && inner.len() <= LONGEST
            && !is_sign(inner)
            && !is_face(inner)
            && is_text(inner.chars().next())
            && is_text(inner.chars().next_back())
            && is_text(self.before(open));
        if is_found && !self.is_in_literal(open) && !self.is_reference() {
            self.found(SpotKind::Brackets, open, close + 1);
            self.narrow_behind(close + 1);
        }
    }
}
