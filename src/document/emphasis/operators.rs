//! Pairs of runs that are no emphasis: operators, parts of names, stars that point at a note.

use super::{pair::Pair, run::Run};
use crate::source::characters::{closes_pair, is_cjk, is_punctuation, is_stop, opens_pair};

impl Pair<'_> {
    /// Whether the two are operators, parts of names, or stars that point at a note.
    pub(super) fn means_itself(&self) -> bool {
        let (open, close) = (self.open, self.close);
        let is_letter = char::is_alphanumeric;
        let is_name = |c: char| c.is_ascii_alphabetic() || c == '_';
        let begins_item = |c: char| c.is_whitespace() || opens_pair(c) || ",;，；、".contains(c);
        let ends_label = |text: &str| text.trim_end().ends_with([':', '：', '.', '!', '?']);
        // `f(**kwargs)`, `char *p`.
        let is_named = is_name(open.after) && is_name(close.after) && begins_item(close.before);
        // `*1：需联网；*2：需登录。`
        let is_numbered = open.after.is_ascii_digit() && close.after.is_ascii_digit() && begins_item(close.before);
        // `2**3`, `3~~5`.
        let is_between_digits = open.before.is_ascii_digit() && open.after.is_ascii_digit();
        // `A*：`, `好~~，`: nothing begins with such a mark. A mark alone may have been made bold.
        let is_behind = is_letter(open.before) && "，。、；：！？,;）】》」』”".contains(open.after);
        // `姓名*（必填）、电话*（必填）`
        let is_note = is_letter(open.before)
            && is_letter(close.before)
            && open.after == close.after
            && is_punctuation(open.after);
        // `单价*数量（个）*折扣（折）*税率`
        let is_product = open.mark == "*"
            && (is_letter(open.before) || closes_pair(open.before))
            && is_letter(open.after)
            && is_letter(close.after)
            && closes_pair(close.before);
        // `好的~~好棒！~~开心`: a voice that is drawn out.
        let is_voice =
            open.mark == "~~" && is_letter(open.before) && matches!(close.before, '！' | '？' | '!' | '?' | '~');
        (is_named && !(close.before.is_whitespace() && ends_label(self.inner)))
            || is_numbered
            || self.stands_before_names()
            || is_between_digits
            || (is_behind && self.inner.chars().nth(1).is_some())
            || is_note
            || is_product
            || self.is_wildcard()
            || self.is_path()
            || (self.is_operator(open) && self.is_operator(close))
            || self.is_masked()
            || is_voice
            || open.is_tail()
    }

    /// Whether an asterisk stands for whatever there may be: how many, in a path, or both as the names of files. In one
    /// pair around it, an extension is emphasised.
    fn is_wildcard(&self) -> bool {
        let text = &*self.document.source.text;
        let ends_range = |run: Run| {
            let before = &text[..run.span.start as usize];
            before.ends_with("..") || before.ends_with('/')
        };
        let begins_name = |run: Run| {
            let rest = text[run.span.end as usize..].strip_prefix('.');
            rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
        };
        let runs = [self.open, self.close];
        self.open.mark == "*"
            && (runs.into_iter().any(ends_range)
                || runs.into_iter().all(begins_name)
                || matches!(self.open.after, ',' | '，' | '、'))
    }

    /// `docs/**`, `**/tmp`: any folder of a path. A pair around a path, `**/tmp/**`, emphasises it.
    fn is_path(&self) -> bool {
        self.open.mark == "**" && (self.open.before == '/' || self.close.after == '/')
    }

    /// `2 ** 3`: between two operands, with blanks around it or not.
    fn is_operator(&self, run: Run) -> bool {
        let text = &*self.document.source.text;
        let before = text[..run.span.start as usize].trim_end_matches(' ').chars().next_back();
        let after = text[run.span.end as usize..].trim_start_matches(' ').chars().next();
        before.is_some_and(|c| c.is_ascii_alphanumeric() || closes_pair(c))
            && after.is_some_and(|c| c.is_ascii_alphanumeric() || opens_pair(c))
    }

    /// `张** 和 李**`, `** 年 ** 月`: asterisks for what is not to be told.
    fn is_masked(&self) -> bool {
        let (open, close) = (self.open, self.close);
        let ends = |run: Run| is_cjk(run.before) && (run.after.is_whitespace() || is_stop(run.after));
        let is_unit = matches!(self.inner.trim(), "年" | "月" | "日" | "时" | "分" | "号" | "元" | "時" | "號");
        (ends(open) && ends(close)) || (is_unit && open.after.is_whitespace() && close.before.is_whitespace())
    }

    /// `指针 **pp。**pp 的类型是`: both stand before a name of a program, a blank before the first of them or the same name
    /// behind both. What a block begins with is a label, unless it is such a name by itself; and so is a name before a
    /// colon: `**Redis：**Redis 是`.
    fn stands_before_names(&self) -> bool {
        let behind = &self.document.source.text[self.close.span.end as usize..];
        let (first, second) = (identifier(self.inner), identifier(behind));
        let is_small = |name: &str| name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
        let is_same = !first.is_empty() && first == second;
        if self.close.before.is_whitespace() {
            false
        } else if self.open.before == '\n' {
            is_same && is_small(first) && self.inner.trim_end_matches(is_stop) == first
        } else {
            let is_apart = self.open.before.is_whitespace() || opens_pair(self.open.before);
            (is_small(first) && is_small(second) && is_apart)
                || (is_same && (is_small(first) || !matches!(self.close.before, ':' | '：')))
        }
    }
}

/// The name of a program that a text begins with.
fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    let name = &text[..end];
    if name.starts_with(|c: char| c.is_ascii_digit()) { "" } else { name }
}
