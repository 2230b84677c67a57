//! `unrendered-emphasis`: marks that were meant to make text bold, italic or struck show as they stand.

use serde::Deserialize;

use super::delimiter::{self, Run};
use crate::{
    document::{
        Document,
        prose::{Kind, Style},
    },
    finding::{Edit, Fix, Markup, Message, Safety},
    rule::{DocumentRule, Findings},
    source::{
        Span,
        characters::{is_cjk, is_full_width_mark, is_punctuation},
    },
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct UnrenderedEmphasis {}

impl DocumentRule for UnrenderedEmphasis {
    fn check(&self, document: &Document, out: &mut Findings) {
        // The open run of each mark.
        let mut open: Vec<Run> = Vec::new();
        for run in delimiter::runs(document) {
            open.retain(|opener| opener.block == run.block);
            let opener = open.iter().position(|opener| opener.mark == run.mark).map(|at| open.swap_remove(at));
            let pair = opener.and_then(|opener| Pair::of(document, opener, run));
            let is_closed = pair.is_some() || opener.is_some_and(|opener| opener.opens() && run.closes());
            if let Some(pair) = pair {
                pair.report(out);
            } else if !is_closed {
                open.push(run);
            }
        }
    }
}

/// Two runs that would make emphasis but for what stands around them.
struct Pair<'a> {
    document: &'a Document,
    open: Run<'a>,
    close: Run<'a>,
    /// What stands between.
    inner: &'a str,
    why: Message,
}

impl<'a> Pair<'a> {
    fn of(document: &'a Document, open: Run<'a>, close: Run<'a>) -> Option<Self> {
        let inner = document.source.text.get(open.span.end as usize..close.span.start as usize)?;
        let mut pair = Self { document, open, close, inner, why: "blank".into() };
        let is_blank = inner.starts_with(' ') || inner.ends_with(' ');
        let is_left = open.is_text && close.is_text;
        // Marks that the parser paired with others make the wrong text bold.
        let is_astray = open.mark == "**" && (!open.bold.1 || !close.bold.0 || open.bold.0 || close.bold.1);
        pair.why = match open.mark {
            _ if inner.trim().is_empty() => None,
            "**" | "~~" if is_blank && is_left => pair.blank(),
            // Within a word an underscore does nothing, and words of Han have no blanks around them.
            "__" if is_left && !is_blank && inner.contains(is_cjk) && !inner.contains('_') => {
                (is_cjk(open.before) || is_cjk(close.after)).then(|| Message::new("underscore"))
            }
            "*" | "**" | "***" | "~~" if is_left || is_astray => pair.flank(),
            _ => None,
        }?
        .with("mark", open.mark);
        Some(pair)
    }

    /// Blanks inside, where the other side shows that no operator is meant.
    fn blank(&self) -> Option<Message> {
        let around = [self.open.before, self.open.after, self.close.before, self.close.after];
        let is_text = self.inner.contains(is_cjk) || around.into_iter().any(is_cjk);
        // Between blanks a run may stand for itself: what it and the next enclose is then a part of a sentence.
        let is_apart = |run: Run| run.before == ' ' && run.after == ' ';
        let is_phrase = self.inner.contains(is_cjk) && !self.inner.contains(['。', '，', '；', '：', '、']);
        let is_power = |run: Run| run.before.is_ascii_alphanumeric() || (is_apart(run) && !is_phrase);
        let is_meant = is_text && !is_power(self.open) && !is_power(self.close) && !self.inner.contains('\n');
        (is_meant && self.trimmed().is_some()).then(|| Message::new("blank"))
    }

    /// As `CommonMark` would have it if letters of Han, kana and Hangul, and full-width marks, needed no blanks around
    /// them.
    fn flank(&self) -> Option<Message> {
        let (opens, closes) = (self.open.opens(), self.close.closes());
        let (key, inside, outside) = match (opens, closes) {
            (true, true) => return None,
            (_, false) => ("closing", self.close.before, self.close.after),
            (false, true) => ("opening", self.open.after, self.open.before),
        };
        let is_product = self.open.mark == "*" && self.is_bracketed() && matches!(self.open.after, '(' | '（');
        if is_product {
            return None;
        }
        let is_wide = |c: char| is_full_width_mark(c) || (self.is_bracketed() && self.inner.contains(is_cjk));
        let could = |fits: bool, inside: char, outside: char| {
            fits || (is_punctuation(inside) && (is_cjk(outside) || is_wide(inside)))
        };
        let is_certain =
            could(opens, self.open.after, self.open.before) && could(closes, self.close.before, self.close.after);
        is_certain.then(|| Message::new(key).with("inside", inside.to_string()).with("outside", outside.to_string()))
    }

    fn report(self, out: &mut Findings) {
        let span = self.open.span.to(self.close.span);
        let fix = self.fix();
        let finding = out.report(self.document.at(span), self.why);
        if let Some(fix) = fix {
            finding.fix(fix);
        }
    }

    fn markup(&self) -> Vec<Markup> {
        match self.open.mark {
            "~~" => vec![Markup::Strikethrough],
            mark if mark.len() == 1 => vec![Markup::Emphasis],
            mark if mark.len() == 2 => vec![Markup::Strong],
            _ => vec![Markup::Emphasis, Markup::Strong],
        }
    }

    /// Both runs elsewhere: so many bytes of the content go out before the first and behind the second.
    fn moved(&self, before: usize, after: usize, mark: &str) -> Option<Fix> {
        let (lead, rest) = self.inner.split_at_checked(before)?;
        let (content, trail) = rest.split_at_checked(rest.len().checked_sub(after)?)?;
        if !self.fits(lead, content, trail) {
            return None;
        }
        let edits = vec![
            Edit::replace(
                self.document.at(self.open.span.to(Span::at(self.open.span.end as usize + before))),
                format!("{lead}{mark}"),
            ),
            Edit::replace(
                self.document.at(Span::new(self.close.span.start as usize - after, self.close.span.end as usize)),
                format!("{mark}{trail}"),
            ),
        ];
        let title = Message::new("fix").with("text", format!("{lead}{mark}{content}{mark}{trail}"));
        Some(Fix::new(title, Safety::Safe, edits).adding(self.markup()))
    }

    /// Whether the marks mean something around a content, with these texts behind and before them outside.
    fn fits(&self, lead: &str, content: &str, trail: &str) -> bool {
        let (Some(first), Some(last)) = (content.chars().next(), content.chars().next_back()) else { return false };
        let before = lead.chars().next_back().unwrap_or(self.open.before);
        let after = trail.chars().next().unwrap_or(self.close.after);
        delimiter::flanks(before, first) && delimiter::flanks(after, last)
    }

    fn fix(&self) -> Option<Fix> {
        match &*self.why.key {
            "blank" => self.trimmed(),
            "underscore" => self.moved(0, 0, "**"),
            _ => self.nested().or_else(|| self.wrapped()).or_else(|| self.trailing()).or_else(|| Some(self.spaced())),
        }
    }

    /// The blanks inside go out.
    fn trimmed(&self) -> Option<Fix> {
        let (lead, trail) = (self.inner.trim_start().len(), self.inner.trim_end().len());
        self.moved(self.inner.len() - lead, self.inner.len() - trail, self.open.mark)
    }

    /// `**_…_**`: with asterisks throughout.
    fn nested(&self) -> Option<Fix> {
        let content = self.inner.strip_prefix('_')?.strip_suffix('_')?;
        let prose = self.document.prose();
        let pieces = prose.pieces(prose.blocks().get(self.open.block)?);
        let start = self.open.span.end + 1;
        let first = pieces.get(pieces.partition_point(|piece| piece.span.start < start))?;
        if first.kind != Kind::Text
            || !first.style.has(Style::EMPHASIS)
            || content.contains(['*', '_'])
            || self.open.mark != "**"
        {
            return None;
        }
        let mark = "***";
        let grown = |span: Span, before: u32, after: u32| Span { start: span.start - before, end: span.end + after };
        let edits = vec![
            Edit::replace(self.document.at(grown(self.open.span, 0, 1)), mark),
            Edit::replace(self.document.at(grown(self.close.span, 1, 0)), mark),
        ];
        let title = Message::new("fix").with("text", format!("{mark}{content}{mark}"));
        let fits = self.fits("", content, "");
        fits.then(|| Fix::new(title, Safety::Safe, edits).adding([Markup::Strong]))
    }

    /// Whether a pair of quotes or brackets stands around all of the content.
    fn is_bracketed(&self) -> bool {
        let (first, last) = (self.open.after, self.close.before);
        let content = self.inner.get(first.len_utf8()..self.inner.len().saturating_sub(last.len_utf8()));
        delimiter::PAIRS.contains(&(first, last)) && content.is_some_and(|content| !content.contains([first, last]))
    }

    /// Such a pair goes out.
    fn wrapped(&self) -> Option<Fix> {
        let (first, last) = (self.open.after.len_utf8(), self.close.before.len_utf8());
        if self.is_bracketed() { self.moved(first, last, self.open.mark) } else { None }
    }

    /// Marks that a sentence goes on with, and brackets that open, go out.
    fn trailing(&self) -> Option<Fix> {
        let opens = |c: char| delimiter::PAIRS.iter().any(|&(open, close)| c == open && open != close);
        let kept = self.inner.trim_end_matches(|c: char| delimiter::is_stop(c) || opens(c));
        (kept.len() < self.inner.len()).then(|| self.moved(0, self.inner.len() - kept.len(), self.open.mark))?
    }

    /// A blank outside, which shows.
    fn spaced(&self) -> Fix {
        let blank = |at: u32| Edit::replace(self.document.at(Span::at(at as usize)), " ");
        let edits: Vec<Edit> = [
            (!self.open.opens()).then(|| blank(self.open.span.start)),
            (!self.close.closes()).then(|| blank(self.close.span.end)),
        ]
        .into_iter()
        .flatten()
        .collect();
        Fix::new("fix-blank", Safety::Unsafe, edits).adding(self.markup())
    }
}
