//! `unbalanced-punctuation`: a bracket has no partner, or one of another width.

use std::cell::OnceCell;

use super::{
    brackets::{self, Lone},
    excuses,
    label_widths::{self, Series},
    pairing::partners,
};
use crate::{
    document::{Document, Tongue},
    finding::{Edit, Fix, Message, Safety},
    rule::{DocumentRule, Findings},
    source::{
        Span,
        characters::{is_cjk, is_face, is_han_or_kana, is_hangul},
    },
};

#[derive(Debug)]
pub(crate) struct UnbalancedPunctuation;

/// How many blocks further on a partner may stand.
const REACH: usize = 12;

impl DocumentRule for UnbalancedPunctuation {
    fn check(&self, document: &Document, out: &mut Findings) {
        let mut alone = brackets::lone(document);
        widths(document, &mut alone, out);
        let reaches = |open: &Lone, close: &Lone| close.block - open.block <= REACH;
        let partner_of = partners(&alone, |lone| (lone.kind, lone.opens), reaches);
        for (lone, partner) in alone.iter().zip(partner_of) {
            let is_excused = partner.is_some_and(|partner| alone[partner].block != lone.block);
            let is_foreign = lone.is_narrow() && !brackets::is_in_wide_text(document, lone);
            let is_label = brackets::is_label(document, lone)
                || excuses::heads_line(document, lone)
                || excuses::is_sign(document, lone)
                || excuses::is_note(document, lone)
                || excuses::is_part(document, lone);
            let is_face = excuses::is_drawn(document, lone) || excuses::is_shown(document, lone);
            let is_meant = is_label
                || is_face
                || brackets::is_mentioned(document, lone)
                || excuses::is_opened_again(document, lone)
                || (brackets::is_round(lone) && excuses::is_of_link(document, lone.span));
            if is_excused || is_foreign || is_meant || excuses::is_swallowed(document, lone) {
                continue;
            }
            let key = if lone.opens { "unclosed" } else { "unopened" };
            let message = Message::new(key).with("mark", lone.mark).with("partner", lone.partner());
            out.report(document.at(lone.span), message);
        }
    }
}

/// Takes out the brackets whose partner is of another width.
fn widths(document: &Document, alone: &mut Vec<Lone>, out: &mut Findings) {
    let mut rest: Vec<Lone> = Vec::new();
    let mut letters = Letters::default();
    for lone in std::mem::take(alone) {
        let is_pair = |open: &Lone| {
            open.block == lone.block
                && open.opens
                && !lone.opens
                && open.is_narrow() != lone.is_narrow()
                && brackets::is_round(open)
                && brackets::is_round(&lone)
        };
        // A label such as `1)` closes nothing.
        let is_label = brackets::is_label(document, &lone) && !brackets::is_after_word(document, &lone);
        let closes = |open: &Lone| is_pair(open) && (!is_label || brackets::is_of_function(document, open, &lone));
        match rest.last().filter(|open| closes(open)).cloned() {
            Some(open) => {
                rest.pop();
                let inner = Span::new(open.span.end as usize, lone.span.start as usize);
                if !is_face(document.source.slice(inner)) && !excuses::is_of_link(document, open.span) {
                    letters.look_at(document, lone.block);
                    report(document, &open, &lone, &letters, out);
                }
            }
            None => rest.push(lone),
        }
    }
    *alone = rest;
}

fn report(document: &Document, open: &Lone, close: &Lone, letters: &Letters, out: &mut Findings) {
    let message = Message::new("width").with("open", open.mark).with("close", close.mark);
    let is_narrow = label_widths::is_narrow(document, open, close, &letters.series).unwrap_or_else(|| {
        (brackets::is_call(document, open) && !is_gloss(document, open, close, letters))
            || brackets::is_formula(document, open, close)
            || is_latin(document, open, close, letters)
            || letters.are_korean
    });
    let (at, text) = match (open.is_narrow(), is_narrow) {
        (true, true) => (close.span, ")"),
        (true, false) => (open.span, "（"),
        (false, true) => (open.span, "("),
        (false, false) => (close.span, "）"),
    };
    let blank = if is_narrow { None } else { blank(document, at, text == "（") };
    let title = Message::new(if blank.is_some() { "fix-blank" } else { "fix" }).with("text", text);
    let edit = Edit::replace(document.at(blank.map_or(at, |blank| at.to(blank))), text);
    let fix = Fix::new(title, Safety::Safe, vec![edit]);
    let related = document.at(open.span);
    out.report(document.at(close.span), message).related(related, "opened").fix(fix);
}

/// Whether a bracket that stands like that of a call holds what explains a name in Chinese or Japanese: `Redis(远程字典服务）`.
/// Functions begin with a small letter.
fn is_gloss(document: &Document, open: &Lone, close: &Lone, letters: &Letters) -> bool {
    let text = &*document.source.text;
    let before = &text[..open.span.start as usize];
    let name = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '.' | '$')).next();
    let is_name =
        name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_uppercase()) && !name.contains(['_', '.', '$']));
    is_name && letters.has_cjk(open.span.end, close.span.start)
}

/// Whether a pair stands in Latin text and begins with some, or holds nothing else: `only when it is off (see 下）`.
fn is_latin(document: &Document, open: &Lone, close: &Lone, letters: &Letters) -> bool {
    let (start, end) = (open.span.end, close.span.start);
    let begins = document.source.text[start as usize..].starts_with(|c: char| c.is_ascii_alphanumeric());
    let is_own = (begins && start < end) || !letters.has_cjk(start, end);
    let has_latin = letters.latin.is_some_and(|(first, last)| first < open.span.start || close.span.end <= last);
    is_own && has_latin && !letters.has_cjk(0, open.span.start) && !letters.has_cjk(close.span.end, u32::MAX)
}

/// Where the letters of a block stand; looked for once, however many pairs there are.
#[derive(Default)]
struct Letters {
    block: Option<usize>,
    /// The first one of ASCII and the last.
    latin: Option<(u32, u32)>,
    cjk: Vec<u32>,
    /// Whether there are more of Hangul than of Han and kana.
    are_korean: bool,
    /// Those of the document.
    series: OnceCell<Series>,
}

impl Letters {
    fn look_at(&mut self, document: &Document, block: usize) {
        if self.block == Some(block) {
            return;
        }
        let span = document.prose().blocks().get(block).map_or(Span::at(0), |block| block.span);
        let text = document.source.slice(span);
        self.block = Some(block);
        let is_latin = |c: char| c.is_ascii_alphabetic();
        let at = |at: usize| span.start + Span::at(at).start;
        self.latin = text.find(is_latin).zip(text.rfind(is_latin)).map(|(first, last)| (at(first), at(last)));
        self.are_korean =
            text.chars().filter(|&c| is_hangul(c)).count() * 2 > text.chars().filter(|&c| is_cjk(c)).count();
        self.cjk = text.char_indices().filter(|(_, c)| is_cjk(*c)).map(|(place, _)| at(place)).collect();
    }

    /// Whether letters of Han, kana or Hangul stand between two places of the block.
    fn has_cjk(&self, start: u32, end: u32) -> bool {
        self.cjk.get(self.cjk.partition_point(|&at| at < start)).is_some_and(|&at| at < end)
    }
}

/// The blank beside a bracket that becomes full-width, and brings its own: before one that opens, behind one that closes.
/// Korean has blanks between words.
fn blank(document: &Document, at: Span, opens: bool) -> Option<Span> {
    if !matches!(document.language(), Tongue::Chinese | Tongue::Japanese) {
        return None;
    }
    let text = &*document.source.text;
    let (before, behind) = (&text[..at.start as usize], &text[at.end as usize..]);
    let is_text = |c: char| c.is_ascii_alphanumeric() || is_han_or_kana(c);
    if opens {
        let rest = before.strip_suffix(' ')?;
        rest.ends_with(is_text).then(|| Span::new(rest.len(), before.len()))
    } else {
        let start = at.end as usize;
        behind.strip_prefix(' ')?.starts_with(is_text).then(|| Span::new(start, start + 1))
    }
}
