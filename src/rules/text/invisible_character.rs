//! `invisible-character`: a character that nobody sees, or that is what is left of another.

use serde::Deserialize;

use crate::{
    document::{Document, prose::Kind},
    finding::{Edit, Fix, Message, Safety},
    rule::{DocumentRule, Findings},
    source::Span,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct InvisibleCharacter {}

/// What is wrong with a character: a key of the page.
type Fault = &'static str;

/// The first bytes of the characters that are looked at.
static LEADS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = (byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D)
            || matches!(byte, 0x7F | 0xC2 | 0xE1 | 0xE2 | 0xEE | 0xEF | 0xF3);
        byte += 1;
    }
    table
};

impl DocumentRule for InvisibleCharacter {
    fn check(&self, document: &Document, out: &mut Findings) {
        let text = &*document.source.text;
        let mut runs: Vec<(Span, Fault)> = Vec::new();
        let mut at = 0;
        while let Some(found) = text.as_bytes()[at..].iter().position(|&byte| LEADS[usize::from(byte)]) {
            at += found;
            let Some(c) = text[at..].chars().next() else { break };
            let end = at + c.len_utf8();
            if let Some(fault) = fault(c).filter(|_| !is_excused(text, at, c)) {
                match runs.last_mut() {
                    Some((span, own)) if span.end as usize == at && *own == fault => {
                        *span = Span::new(span.start as usize, end);
                    }
                    _ => runs.push((Span::new(at, end), fault)),
                }
            }
            at = end;
        }
        runs.extend(lost(text));
        if !runs.is_empty() {
            runs.sort_unstable();
            report(document, &runs, out);
        }
    }
}

fn report(document: &Document, runs: &[(Span, Fault)], out: &mut Findings) {
    let prose = document.prose();
    let pieces = prose.blocks().iter().flat_map(|block| prose.pieces(block));
    let mut texts: Vec<Span> = pieces.filter(|piece| piece.kind == Kind::Text).map(|piece| piece.span).collect();
    texts.sort_unstable();
    for &(span, fault) in runs {
        let written = document.source.slice(span);
        let name = match written.chars().next() {
            Some(c) if fault != "undecoded" => format!("U+{:04X}", u32::from(c)),
            _ => written.to_owned(),
        };
        let finding = out.report(document.at(span), Message::new(fault).with("character", name));
        let after = texts.partition_point(|text| text.start <= span.start);
        let is_prose = after.checked_sub(1).is_some_and(|before| texts[before].contains(span));
        if is_prose && matches!(fault, "no-width" | "direction" | "control") {
            finding.fix(Fix::new("fix", Safety::Safe, vec![Edit::replace(document.at(span), "")]));
        }
    }
}

fn fault(c: char) -> Option<Fault> {
    Some(match c {
        '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => "no-width",
        '\u{115F}' | '\u{1160}' | '\u{2028}' | '\u{2029}' | '\u{E0000}'..='\u{E007F}' => "blank",
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => "direction",
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' => "private",
        '\u{FFFD}' => "replaced",
        '\t' | '\n' | '\r' => return None,
        c if c.is_control() => "control",
        _ => return None,
    })
}

/// Whether a character does its work where it stands.
fn is_excused(text: &str, at: usize, c: char) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + c.len_utf8()..].chars().next();
    let around = |is: fn(char) -> bool| before.is_some_and(is) || after.is_some_and(is);
    match c {
        '\u{FEFF}' => at == 0,
        // Breaks lines in scripts without blanks, and shapes letters; it also makes emphasis work beside a letter.
        '\u{200B}' => around(is_shaped) || around(|c| matches!(c, '*' | '_' | '~' | '`')),
        '\u{200C}' | '\u{200D}' | '\u{E0000}'..='\u{E007F}' => around(is_shaped) || around(is_emoji),
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            // Far enough for a sentence, and no farther: hostile texts hold nothing else.
            let near = |chars: &mut dyn Iterator<Item = char>| {
                chars.take(200).take_while(|&c| c != '\n').any(is_right_to_left)
            };
            near(&mut text[..at].chars().rev()) || near(&mut text[at..].chars())
        }
        _ => false,
    }
}

/// Letters of scripts that write without blanks or join letters: Arabic, Indic, Thai, Khmer and their neighbours.
fn is_shaped(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{1950}'..='\u{1AAF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{20E3}' | '\u{1F000}'..='\u{1FAFF}' | '\u{E0020}'..='\u{E007F}')
}

/// What becomes of text that is read in another encoding than it was written in; and the blank of Hangul, whose first byte
/// is too common to look at each.
fn lost(text: &str) -> impl Iterator<Item = (Span, Fault)> {
    let known = [("锟斤拷", 0, "undecoded"), ("â€", 1, "undecoded"), ("\u{3164}", 0, "blank")];
    known.into_iter().flat_map(move |(known, more, fault)| {
        memchr::memmem::find_iter(text.as_bytes(), known).map(move |at| {
            // `â€™`: three characters for one.
            let rest: usize = text[at + known.len()..].chars().take(more).map(char::len_utf8).sum();
            (Span::new(at, at + known.len() + rest), fault)
        })
    })
}
