//! Full-width marks that repeat or have blanks beside them, full-width letters and digits, and middle dots.

use super::{
    marks::{BRACKETS, FAR},
    pass::{Pass, is_unspaced},
    spot::SpotKind,
};
use crate::{document::prose::OBJECT, numbering::numerals::is_wide_digit, source::characters::is_wide_mark};

/// Words that say what the number behind them counts.
const COUNTED: &[&str] = &[
    "式", "問", "问", "注", "註", "例", "案", "別紙", "別添", "別記", "付録", "附录", "附錄", "手順", "步骤", "步驟",
    "資料", "资料", "議題", "課題", "参考", "写真", "段階", "その", "※",
];

/// Whether a text ends with an article or item of a law, of which `の２` is a branch: `第３条の２`, `第２号の２の３`.
fn is_article(text: &str) -> bool {
    text.ends_with(['条', '項', '号', '章', '節', '款', '編']) || text.ends_with(is_wide_digit)
}

impl Pass<'_> {
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
        let is_word = |c: char| is_wide_digit(c) || ('Ａ'..='Ｚ').contains(&c) || ('ａ'..='ｚ').contains(&c);
        let mut end = at;
        while let Some(c) = self.at(end) {
            let behind = end + c.len_utf8();
            // Behind a comma of thousands stand three digits.
            let is_group = || {
                let digits = self.text[behind..].chars().take(4).take_while(|&c| is_wide_digit(c)).count();
                digits == 3
            };
            let is_point =
                matches!(c, '．' | '，' | '：' | '.' | ',' | ':') && self.before(end).is_some_and(is_wide_digit);
            let is_point = is_point && (!matches!(c, '，' | ',') || is_group());
            let is_sign = c == '％' && self.before(end).is_some_and(is_wide_digit);
            let is_part = is_word(c) || is_sign || (is_point && self.at(behind).is_some_and(is_wide_digit));
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
        if is_part || is_label {
            self.kept_wide[usize::from(self.at(at).is_some_and(is_wide_digit))] = true;
        } else {
            self.found(SpotKind::Wide, at, end);
        }
        end
    }

    /// Full-width letters, or digits, are of one width in a block: where some are kept, the others that were found, which
    /// are among the spots behind so many, become narrow only as the author says.
    pub(super) fn settle_wide(&mut self, before: usize) {
        let kept = std::mem::take(&mut self.kept_wide);
        for spot in &mut self.out.spots[before..] {
            let is_number = || self.text[spot.range()].starts_with(is_wide_digit);
            spot.is_doubtful |= spot.kind == SpotKind::Wide && kept[usize::from(is_number())];
        }
    }

    /// Whether full-width characters are a label, the number of one, or of a series that begins with a label: `Ａ、Ｂ、Ｃ`.
    fn is_wide_label(&mut self, at: usize, end: usize) -> bool {
        let before = self.before(at);
        let is_drawn = |c| matches!(c, '△' | '▲' | '▽' | '▼' | '⊿' | '∠' | '☗' | '☖');
        if before.is_some_and(|c| matches!(c, '第' | '图' | '圖' | '図' | '表') || is_drawn(c)) {
            return true;
        }
        // `１`, `１０`, `Ｑ１`.
        let is_short = match (end - at) / '０'.len_utf8() {
            1 => true,
            2 => self.text[at..end].contains(is_wide_digit),
            _ => false,
        };
        let head = &self.text[self.start..at];
        let is_counted =
            COUNTED.iter().any(|word| head.ends_with(word)) || head.strip_suffix('の').is_some_and(is_article);
        if is_short && is_counted {
            return true;
        }
        let is_first = self.text[self.line_start(at)..at].trim_end_matches('\u{3000}').is_empty();
        let begins = is_first || before.is_none_or(|c| matches!(c, '（' | '【' | '［' | '(' | '\n'));
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
