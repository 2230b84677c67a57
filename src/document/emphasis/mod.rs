//! Marks that were meant to make emphasis: pairs of runs that do not.

mod operators;
mod pair;
mod run;

use std::cell::OnceCell;

use super::Document;
use crate::{
    finding::Message,
    source::{
        Span,
        characters::{is_cjk, is_full_width_mark, is_punctuation, is_stop},
        hash::{HashSet, HashSetExt},
    },
};
use pair::ZERO_WIDTH_SPACE;
use run::Tally;

pub(crate) use pair::Pair;
pub(crate) use run::Run;

/// The runs that do not work, and all of a block in which one is left: a repair beside it would settle whose it is.
pub(super) fn broken_runs(document: &Document) -> Vec<Span> {
    let mut out = Vec::new();
    pairs(document, |runs, pairs| {
        out.extend(pairs.iter().flat_map(|pair| [pair.open.span, pair.close.span]));
        let is_left = runs.iter().any(|run| run.is_text && (run.opens() || run.closes()));
        // Where the parser paired them with others, all pairs behind are others than they will be.
        let is_astray = pairs.iter().any(|pair| !pair.open.is_text || !pair.close.is_text);
        if is_left || is_astray {
            out.extend(runs.iter().map(|run| run.span));
        }
    });
    out.sort_unstable();
    out
}

/// The runs of each block, and the pairs among them.
pub(crate) fn pairs<'a>(document: &'a Document, mut found: impl FnMut(&[Run<'a>], Vec<Pair<'a>>)) {
    for runs in run::runs(document).chunk_by(|a, b| a.block == b.block) {
        let may_be_broken = may_be_broken(runs);
        debug_assert!(
            may_be_broken || of_block(document, runs).is_empty(),
            "a look that costs little says what is true"
        );
        found(runs, if may_be_broken { of_block(document, runs) } else { Vec::new() });
    }
}

/// The pairs among the runs of a block.
fn of_block<'a>(document: &'a Document, runs: &[Run<'a>]) -> Vec<Pair<'a>> {
    // The pairs, and the open run of each mark.
    let (tally, mut pairs, mut open) = (OnceCell::new(), Vec::new(), Vec::<Run>::new());
    let mut paired: HashSet<Span> = HashSet::new();
    for &run in runs {
        let opener = open.iter().position(|opener| opener.mark == run.mark).map(|at| open.swap_remove(at));
        let pair = opener.and_then(|opener| Pair::of(document, opener, run, || tally.get_or_init(|| Tally::of(runs))));
        let is_closed = pair.is_some() || opener.is_some_and(|opener| opener.opens() && run.closes());
        if let (Some(opener), true) = (opener, is_closed) {
            paired.extend([opener.span, run.span]);
        }
        if let Some(pair) = pair {
            pairs.push(pair);
        } else if !is_closed && !run.is_tail() {
            open.push(run);
        }
    }
    // Beside a run that is left, another pair may have been meant.
    let left = || runs.iter().filter(|run| run.is_text && !paired.contains(&run.span));
    let marks: HashSet<&str> = left().map(|run| run.mark).collect();
    let is_asterisk_left = left().any(|run| run.mark.starts_with('*') && (run.opens() || run.closes()));
    for pair in &mut pairs {
        let is_beside_asterisk = is_asterisk_left && pair.open.mark.starts_with('*');
        pair.is_certain &= !marks.contains(pair.open.mark) && !is_beside_asterisk;
    }
    pairs
}

/// Whether something can be wrong with the runs of a block: the parser left one in the text, or what `**` makes bold does
/// not begin and end in turn. For a pair both were left, or its `**` went astray ([`Pair::of`]).
fn may_be_broken(runs: &[Run]) -> bool {
    let turns = [(false, true), (true, false)].into_iter().cycle();
    let mut strong = runs.iter().filter(|run| run.mark == "**").zip(turns);
    runs.iter().any(|run| run.is_text) || strong.any(|(run, turn)| run.bold != turn)
}

impl<'a> Pair<'a> {
    fn of<'t>(
        document: &'a Document,
        open: Run<'a>,
        close: Run<'a>,
        tally: impl Fn() -> &'t Tally<'t>,
    ) -> Option<Self> {
        let inner = document.source.text.get(open.span.end as usize..close.span.start as usize)?;
        let mut pair = Self { document, open, close, inner, why: "blank".into(), is_certain: false };
        if inner.trim().is_empty() || pair.means_itself() {
            return None;
        }
        let is_blank = |c: char| c.is_whitespace() && c != '\n';
        let is_blank = inner.starts_with(is_blank) || inner.ends_with(is_blank);
        let is_left = open.is_text && close.is_text;
        // Marks that the parser paired with others make the wrong text bold.
        let is_astray = open.mark == "**" && (!open.bold.1 || !close.bold.0 || open.bold.0 || close.bold.1);
        pair.why = match open.mark {
            "**" | "~~" if is_blank && is_left => pair.blank(),
            "__" if is_left && !is_blank => pair.underscore(tally()).or_else(|| pair.underscored(tally())),
            "*" | "**" | "***" | "~~" if is_left || is_astray => pair.flank(),
            _ => None,
        }?
        .with("mark", open.mark);
        pair.is_certain = open.mark != "__" && tally().is_even(open.mark);
        Some(pair)
    }

    /// Within a word an underscore does nothing, and words of Han have no blanks around them. Three and more of them in a
    /// block are left to be filled in, and so are those at the end of something.
    fn underscore(&self, tally: &Tally) -> Option<Message> {
        if tally.underscores != 2 {
            return None;
        }
        let (first, last) = (self.inner.chars().next()?, self.inner.chars().next_back()?);
        let is_word = self.inner.contains(is_cjk) && !self.inner.contains('_') && self.inner.chars().nth(1).is_some();
        let is_edge = first.is_alphanumeric() && last.is_alphanumeric();
        // `名前__旧い__版.txt`
        let behind =
            self.document.source.text[self.close.span.end as usize..].trim_start_matches(char::is_alphanumeric);
        let is_file =
            behind.strip_prefix('.').is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphanumeric()));
        (is_word && is_edge && is_cjk(self.close.after) && !is_file).then(|| Message::new("underscore"))
    }

    /// `__注意：__这里`: a label, a sentence or a quotation, and not what is to be filled in (`__年，__月`).
    fn underscored(&self, tally: &Tally) -> Option<Message> {
        let is_end = matches!(self.close.before, '：' | ':' | '。' | '！' | '？') || self.is_bracketed();
        let is_text = self.inner.contains(is_cjk) && self.inner.chars().nth(2).is_some();
        let is_begun = self.open.before.is_whitespace() && is_cjk(self.close.after);
        if tally.underscores == 2 && is_begun && is_end && is_text { self.flank() } else { None }
    }

    /// Blanks inside, where the other side shows that no operator is meant.
    fn blank(&self) -> Option<Message> {
        let around = [self.open.before, self.open.after, self.close.before, self.close.after];
        let is_text = self.inner.contains(is_cjk) || around.into_iter().any(is_cjk);
        let is_meant = if is_text { self.is_phrase() } else { self.is_sentence() };
        let inner = self.inner.trim();
        let (lead, trail) = self.inner.split_at(self.inner.len() - self.inner.trim_start().len());
        let trail = &trail[inner.len()..];
        (is_meant && !self.inner.contains('\n') && self.fits(lead, inner, trail)).then(|| Message::new("blank"))
    }

    fn is_phrase(&self) -> bool {
        // Between blanks a run may stand for itself: what it and the next enclose is then a part of a sentence.
        let is_apart = |run: Run| run.before == ' ' && run.after == ' ';
        let is_phrase = self.inner.contains(is_cjk) && !self.inner.contains(['。', '，', '；', '：', '、']);
        let is_power = |run: Run| run.before.is_ascii_alphanumeric() || (is_apart(run) && !is_phrase);
        !is_power(self.open) && !is_power(self.close)
    }

    /// The same of Latin text, where blanks are everywhere: `**Note: **here`, `**A title **`, `** Note:** here`.
    fn is_sentence(&self) -> bool {
        let (open, close) = (self.open, self.close);
        let inner = self.inner.trim();
        let is_word = inner.chars().filter(|c| c.is_alphabetic()).count() > 2;
        let ends = |c: char| c.is_whitespace() || is_stop(c);
        let is_label = inner.ends_with([':', '.', '!', '?']);
        if !open.before.is_whitespace() || !is_word {
            false
        } else if open.after.is_whitespace() {
            let is_edge = open.before == '\n' || close.after == '\n';
            is_edge && ends(close.after) && inner.starts_with(char::is_uppercase)
        } else {
            let is_begun = open.after.is_alphanumeric() || matches!(open.after, '[' | '`' | '@');
            is_begun && close.before.is_whitespace() && (ends(close.after) || (is_label && close.after.is_alphabetic()))
        }
    }

    /// As `CommonMark` would have it if letters of Han, kana and Hangul, and full-width marks, needed no blanks around
    /// them.
    fn flank(&self) -> Option<Message> {
        let (opens, closes) = (self.open.opens(), self.close.closes());
        let ([key, beside_code], inside, outside) = match (opens, closes) {
            (true, true) => return None,
            (_, false) => (["closing", "closing-code"], self.close.before, self.close.after),
            (false, true) => (["opening", "opening-code"], self.open.after, self.open.before),
        };
        let key = if inside == '`' { beside_code } else { key };
        let is_product = self.open.mark == "*" && self.is_bracketed() && matches!(self.open.after, '(' | '（');
        if is_product {
            return None;
        }
        let is_wide = |c: char| is_full_width_mark(c) || (self.is_bracketed() && self.inner.contains(is_cjk));
        let could = |fits: bool, inside: char, outside: char| {
            fits || (is_punctuation(inside) && (is_cjk(outside) || is_wide(inside) || outside == ZERO_WIDTH_SPACE))
        };
        let is_meant = could(opens, self.open.after, self.open.before)
            && (could(closes, self.close.before, self.close.after) || self.is_run_on());
        is_meant.then(|| Message::new(key).with("inside", inside.to_string()).with("outside", outside.to_string()))
    }

    /// `**Note:**Here is one.`: a label or sentence of Latin text, and the next one directly behind it.
    fn is_run_on(&self) -> bool {
        let (open, close) = (self.open, self.close);
        // A single word with a full stop may be a name, and one in lower case a pattern.
        let is_cry = matches!(close.before, '!' | '?') && open.after.is_uppercase();
        let is_sentence = matches!(close.before, '.' | '!' | '?') && self.inner.contains(' ');
        let is_end = close.before == ':' || is_cry || is_sentence;
        open.mark == "**"
            && open.before.is_whitespace()
            && open.after.is_alphabetic()
            && is_end
            && close.after.is_uppercase()
            && !self.inner.contains(['\n', '(', '/'])
    }
}
