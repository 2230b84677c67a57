//! Marks: of ASCII in other text, full-width ones that repeat or have blanks beside them, and what stands for others.

use super::{
    SpotKind,
    pass::{Pass, is_unspaced},
};
use crate::{
    document::prose::{BlockKind, Kind, OBJECT},
    source::characters::is_wide_mark,
};

/// What is quoted or stands in brackets is not longer than this, in bytes.
const LONGEST: usize = 240;

/// Full-width brackets.
const BRACKETS: &[(char, char)] = &[('（', '）'), ('《', '》'), ('「', '」'), ('『', '』'), ('【', '】'), ('〈', '〉')];

/// How far the partner of one is looked for, in characters.
const FAR: usize = 80;

/// Whether it, or a quotation mark, ends what another opens.
fn closes(c: char) -> bool {
    c == '”' || BRACKETS.iter().any(|&(_, close)| c == close)
}

/// How far the end of a formula is looked for, in characters.
const NEAR: usize = 30;

/// Chinese numerals that labels are written with.
const NUMERALS: &str = "零〇一二三四五六七八九十百";

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
        if is_in_label {
            return;
        }
        if !is_end && !self.at(end).is_some_and(is_text) {
            return;
        }
        // `? 号` speaks of the mark.
        let is_mentioned = self.text[end..].starts_with(['号', '號', '符']);
        let is_other = is_mentioned
            || self.is_label(at)
            || (mark == b':' && self.is_ratio(at))
            || self.is_in_name(at, end)
            || self.is_in_formula(at)
            || (mark == b',' && self.is_in_call());
        if !is_other && !self.is_reference() {
            self.found(SpotKind::Narrow, at, end);
        }
    }

    /// A mark behind what other repairs make full-width, found along with that: it would be a finding afterwards.
    fn narrow_behind(&mut self, at: usize) {
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

    /// Whether a mark stands in `\(…\)` or `$…$`, which some renderers take for a formula.
    fn is_in_formula(&self, at: usize) -> bool {
        let (before, behind) = (&self.text[self.start..at], &self.text[at..]);
        let open = before.char_indices().rev().take(NEAR).find(|(_, c)| matches!(c, '(' | '['));
        let is_escaped = open.is_some_and(|(open, _)| {
            let open = self.start + open;
            let after = self.pieces.partition_point(|piece| piece.text().end <= open);
            self.pieces.get(after).is_some_and(|piece| piece.kind != Kind::Text)
        });
        let is_near = |chars: &mut dyn Iterator<Item = char>| {
            chars.take(NEAR).take_while(|c| !c.is_whitespace()).any(|c| c == '$')
        };
        is_escaped || (is_near(&mut before.chars().rev()) && is_near(&mut behind.chars()))
    }

    /// Whether what is open is the parenthesis of a call or a relation: `sum(甲, 乙)`.
    fn is_in_call(&self) -> bool {
        let before = self.open.last().and_then(|&open| self.before(open));
        before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
    }

    /// `甲:乙`, one character each: a ratio, or names of what is compared.
    fn is_ratio(&self, at: usize) -> bool {
        let before = self.text[self.start..at].chars().rev().take(2).take_while(|&c| is_unspaced(c)).count();
        let behind = self.text[at + 1..].chars().take(2).take_while(|&c| is_unspaced(c)).count();
        before == 1 && behind == 1
    }

    /// Whether a mark ends a label: a number at the start of the block, of a line or of a part of a sentence.
    fn is_label(&self, at: usize) -> bool {
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
        let is_number = inner.chars().all(|c| NUMERALS.contains(c));
        let is_found = follows
            && inner.len() <= LONGEST
            && !is_number
            && is_text(inner.chars().next())
            && is_text(inner.chars().next_back())
            && is_text(self.before(open));
        if is_found && !self.is_reference() {
            self.found(SpotKind::Brackets, open, close + 1);
            self.narrow_behind(close + 1);
        }
    }

    /// The straight quotes of a block, which belong together in pairs if there are as many as that takes.
    pub(super) fn pair_quotes(&mut self) {
        let quotes = std::mem::take(&mut self.quotes);
        if quotes.len().is_multiple_of(2) {
            let are_of_code = self.are_of_code(&quotes);
            for pair in quotes.chunks(2) {
                if self.is_quotation(pair[0], pair[1]) {
                    if !are_of_code {
                        self.found(SpotKind::Quotes, pair[0], pair[1] + 1);
                    }
                    self.narrow_behind(pair[1] + 1);
                }
            }
        }
        self.quotes = quotes;
        self.quotes.clear();
    }

    /// Whether the quotes of a block are those of code that nobody has marked as such, by what stands before one of them:
    /// `名 = "值"`, `f("值")`, `"键": "值"`, `["值"]`, `-m "修复"`.
    fn are_of_code(&self, quotes: &[usize]) -> bool {
        let ends_name = |text: &str| text.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '"'));
        quotes.iter().any(|&at| {
            let before = self.text[self.start..at].trim_end_matches(' ');
            let is_joined = |sign: char| before.strip_suffix(sign).is_some_and(ends_name);
            // Looked for only behind a blank: then the word is no longer than what stands before the blank.
            let is_option = || {
                let word = before.rsplit(' ').next().unwrap_or_default();
                word.len() > 1 && word.starts_with('-') && ends_name(word)
            };
            before.ends_with(['=', '{', '['])
                || is_joined('(')
                || is_joined(':')
                || (self.start + before.len() < at && is_option())
        })
    }

    fn is_quotation(&self, open: usize, close: usize) -> bool {
        let inner = &self.text[open + 1..close];
        let is_text = |c: Option<char>| c.is_some_and(|c| is_unspaced(c) || (is_wide_mark(c) && c != '“' && c != '”'));
        // In data and expressions they are part of the language.
        let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric() && !"=+\\\"{}[]:".contains(c));
        inner.len() <= LONGEST
            && !inner.contains(['“', '”', '「', '」', '\n'])
            && is_text(inner.chars().next())
            && is_text(inner.chars().next_back())
            && is_apart(self.before(open))
            && is_apart(self.at(close + 1))
    }

    /// A character of which the first byte tells little. Returns where the pass goes on.
    pub(super) fn wide(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let byte = |next: usize| bytes.get(at + next).copied().unwrap_or_default();
        match (bytes[at], byte(1), byte(2)) {
            // `，` `：` `；` `！` `？`, and `。` `、`.
            (0xEF, 0xBC, 0x81 | 0x8C | 0x9A | 0x9B | 0x9F) | (0xE3, 0x80, 0x81 | 0x82) => self.stop(at),
            // Brackets.
            (0xEF, 0xBC, 0x88 | 0x89) | (0xE3, 0x80, 0x8A..=0x91) => self.blanks(at),
            (0xEF, 0xBC, 0x90..=0x99 | 0xA1..=0xBA) | (0xEF, 0xBD, 0x81..=0x9A) => self.wide_run(at),
            // `・` `•` `‧` `∙`.
            (0xE3, 0x83, 0xBB) | (0xE2, 0x80, 0xA2 | 0xA7) | (0xE2, 0x88, 0x99) => self.middle_dot(at, 3),
            (0xC2, second, _) => {
                if second == 0xB7 {
                    self.middle_dot(at, 2);
                }
                at + 2
            }
            _ => at + 3,
        }
    }

    fn middle_dot(&mut self, at: usize, len: usize) -> usize {
        let run = self.text[at..].chars().take_while(|&c| c == '・').count();
        if run > 2 {
            let end = at + run * len;
            if self.before(at).is_some_and(is_unspaced) {
                self.found(SpotKind::Dots, at, end);
            }
            return end;
        }
        if self.before(at).is_some_and(is_unspaced) && self.at(at + len).is_some_and(is_unspaced) {
            self.found(SpotKind::MiddleDot, at, at + len);
        }
        at + len
    }

    /// A mark that ends a sentence or a part of it.
    fn stop(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mark = &bytes[at..at + 3];
        let run = bytes[at..].chunks(3).take_while(|other| *other == mark).count();
        let end = at + 3 * run;
        if run == 1 {
            return self.blanks(at);
        }
        let is_quote = |c: Option<char>| c.is_some_and(|c| matches!(c, '“' | '”' | '「' | '」' | '"' | '\''));
        if run > 2 && mark == "。".as_bytes() {
            if self.before(at).is_some_and(is_unspaced) {
                self.found(SpotKind::Stops, at, end);
            }
        } else if !(is_quote(self.before(at)) && is_quote(self.at(end))) {
            self.found(SpotKind::Repeated, at, end);
        }
        end
    }

    /// A blank before a full-width mark and one behind it.
    fn blanks(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let end = at + 3;
        let is_text = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || is_unspaced(c));
        if at > self.start && bytes[at - 1] == b' ' && is_text(self.before(at - 1)) && !self.is_kept_blank(at, false) {
            self.found(SpotKind::Blank, at - 1, at);
        }
        // `（位）x 8` is multiplied.
        let is_times = matches!(&bytes[end..], [b' ', b'x' | b'X', b' ', digit, ..] if digit.is_ascii_digit());
        if bytes.get(end) == Some(&b' ')
            && !is_times
            && is_text(self.at(end + 1))
            && !self.is_label(at)
            && !self.is_kept_blank(at, true)
        {
            self.found(SpotKind::Blank, end, end + 1);
        }
        end
    }

    /// Whether the blank behind what opens, or before what closes, has to stay because the one at the other end of what
    /// the two hold does: `（ 1, 2, … ）`.
    fn is_kept_blank(&self, at: usize, is_behind: bool) -> bool {
        let stays = |c: Option<char>| c.is_some_and(|c| !c.is_ascii_alphanumeric() && !is_unspaced(c));
        let mark = self.at(at).unwrap_or_default();
        let pair = BRACKETS.iter().find(|&&(open, close)| mark == if is_behind { open } else { close });
        match pair {
            Some(&(_, close)) if is_behind => {
                let behind = &self.text[at + mark.len_utf8()..];
                let end = behind.char_indices().take(FAR).find(|(_, c)| *c == close);
                let inner = end.and_then(|(end, _)| behind[..end].strip_suffix(' '));
                inner.is_some_and(|inner| stays(inner.chars().next_back()))
            }
            Some(&(open, _)) => {
                let before = &self.text[self.start..at];
                let start = before.char_indices().rev().take(FAR).find(|(_, c)| *c == open);
                let inner = start.and_then(|(start, open)| before[start + open.len_utf8()..].strip_prefix(' '));
                inner.is_some_and(|inner| stays(inner.chars().next()))
            }
            None => false,
        }
    }

    /// Full-width letters and digits, and the marks that belong to a number.
    fn wide_run(&mut self, at: usize) -> usize {
        let is_digit = |c: char| ('０'..='９').contains(&c);
        let is_word = |c: char| is_digit(c) || ('Ａ'..='Ｚ').contains(&c) || ('ａ'..='ｚ').contains(&c);
        let mut end = at;
        while let Some(c) = self.at(end) {
            let behind = end + c.len_utf8();
            // Behind a comma of thousands stand three digits.
            let is_group = || {
                let digits = self.text[behind..].chars().take(4).take_while(|&c| is_digit(c)).count();
                digits == 3
            };
            let is_point = matches!(c, '．' | '，' | '：' | '.' | ',' | ':') && self.before(end).is_some_and(is_digit);
            let is_point = is_point && (!matches!(c, '，' | ',') || is_group());
            let is_sign = c == '％' && self.before(end).is_some_and(is_digit);
            let is_part = is_word(c) || is_sign || (is_point && self.at(behind).is_some_and(is_digit));
            if !is_part {
                break;
            }
            end = behind;
        }
        self.borders(at, end);
        // `Ｑ＆Ａ`, `Ｃ＋＋` and `Ｎｏ．１` are of one width, and a letter of ASCII before a bare URL would end it.
        let is_sign = |c: Option<char>| {
            let is_one = |c| matches!(c, '＂'..='＇' | '＊' | '＋' | '－' | '．' | '／' | '＜'..='＞' | '＠' | OBJECT);
            c.is_some_and(is_one)
        };
        let is_part = is_sign(self.before(at)) || is_sign(self.at(end));
        let is_label = self.is_wide_label(at, end);
        if !is_part && !is_label {
            self.found(SpotKind::Wide, at, end);
        }
        end
    }

    /// Whether full-width characters are a label, the number of one, or of a series that begins with a label: `Ａ、Ｂ、Ｃ`.
    fn is_wide_label(&mut self, at: usize, end: usize) -> bool {
        let before = self.before(at);
        if before.is_some_and(|c| matches!(c, '第' | '图' | '圖' | '図' | '表')) {
            return true;
        }
        let first = self.at(at).unwrap_or_default();
        let is_short = match (end - at) / first.len_utf8() {
            1 => true,
            2 => ('０'..='９').contains(&first),
            _ => false,
        };
        let begins = before.is_none_or(|c| matches!(c, '（' | '【' | '［' | '(' | '\n'));
        let is_mark = |c: char| c.is_whitespace() || is_wide_mark(c) || c.is_ascii_punctuation();
        let next = self.at(end);
        // A number of ASCII before one of these begins a list where a line does, of which the text shows a blank.
        let behind = self.text[end..].trim_start_matches(|c: char| c.is_ascii_digit());
        let is_item = before.is_none_or(|c| matches!(c, '\n' | ' ')) && behind.starts_with(['.', ')']);
        let is_label = is_item || (is_short && begins && next.is_none_or(is_mark));
        self.is_labelled |= is_label;
        is_label || (is_short && self.is_labelled)
    }
}
