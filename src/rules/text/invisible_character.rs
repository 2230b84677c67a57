//! `invisible-character`: a character that nobody sees, or that is what is left of another.

use super::unseen::{self, parts_url};
use crate::{
    document::{
        Document,
        prose::{Kind, Piece},
    },
    finding::{Edit, Fix, Message, Safety},
    order,
    rule::{DocumentRule, Findings},
    source::{
        Span,
        characters::{PAIRS, has_no_width, turns_direction},
        scan,
    },
};

use memchr::{memchr2_iter, memchr3_iter, memmem};

#[derive(Debug)]
pub(crate) struct InvisibleCharacter;

/// What is wrong with a character: a key of the page.
type Fault = &'static str;

/// Whether a control character may stand here: few comparisons, since this is asked of every byte.
#[expect(clippy::needless_bitwise_bool, reason = "many bytes are tested at once")]
fn is_low(first: u8, _: u8, _: u8) -> bool {
    (first < b' ') & (first != b'\n')
}

/// The same, or a character in the last part of the basic plane that is no full-width one.
#[expect(clippy::needless_bitwise_bool, reason = "many bytes are tested at once")]
fn is_low_or_late(first: u8, second: u8, third: u8) -> bool {
    is_low(first, second, third) | ((first == 0xEF) & (second & 0xFE != 0xBC))
}

/// Where a character may begin that is looked at, in order. What begins with a byte that hardly any text holds is found by
/// a search for that byte, which takes less than a look at each; all full-width marks begin with another one.
fn places(text: &[u8]) -> Vec<usize> {
    // U+007F, and U+C0000 to U+FFFFF.
    let mut out: Vec<usize> = memchr2_iter(0x7F, 0xF3, text).collect();
    if text.is_ascii() {
        scan::each(text, is_low, |at| out.push(at));
    } else {
        // U+0080 to U+00FF, U+0600 to U+063F, U+1000 to U+2FFF, U+E000 to U+EFFF.
        out.extend(memchr3_iter(0xC2, 0xC3, 0xD8, text).chain(memchr3_iter(0xE1, 0xE2, 0xEE, text)));
        out.extend(["锟", "\u{3164}"].into_iter().flat_map(|word| memmem::find_iter(text, word)));
        scan::each(text, is_low_or_late, |at| out.push(at));
    }
    out.sort_unstable();
    out
}

impl DocumentRule for InvisibleCharacter {
    fn check(&self, document: &Document, out: &mut Findings) {
        let text = &*document.source.text;
        let mut runs: Vec<(Span, Fault)> = Vec::new();
        for at in places(text.as_bytes()) {
            let Some((fault, len)) = text.get(at..).and_then(|rest| fault(text, at, rest)) else { continue };
            match runs.last_mut() {
                Some((span, own)) if span.end as usize == at && *own == fault => {
                    *span = Span::new(span.start as usize, at + len);
                }
                _ => runs.push((Span::new(at, at + len), fault)),
            }
        }
        if !runs.is_empty() {
            report(document, &runs, out);
        }
    }
}

fn report(document: &Document, runs: &[(Span, Fault)], out: &mut Findings) {
    let prose = document.prose();
    let mut pieces: Vec<&Piece> = prose.all_pieces().collect();
    order::by_key(&mut pieces, |piece| piece.span);
    let mut told = None;
    for &(span, fault) in runs {
        // What a terminal has printed may hold hundreds: said once for each block of code.
        let code = document.code_at(span.start as usize).filter(|_| fault == "control");
        if code.is_some() && code == told {
            continue;
        }
        told = code.or(told);
        let after = pieces.partition_point(|piece| piece.span.start <= span.start);
        let (before, behind) = pieces.split_at(after);
        let own = before.last().filter(|piece| piece.kind == Kind::Text && piece.span.contains(span));
        let written = document.source.slice(span);
        if own.is_some_and(|own| unseen::works(document, span, (before, own, behind)))
            || is_spoken_of(document, span, fault)
        {
            continue;
        }
        let name = match written.chars().next() {
            Some(c) if fault != "undecoded" => format!("U+{:04X}", u32::from(c)),
            _ => written.to_owned(),
        };
        let finding = out.report(document.at(span), Message::new(fault).with("character", name));
        let is_free = matches!(fault, "no-width" | "direction" | "control") && !parts_url(document, span);
        if own.is_some() && is_free && !unseen::is_of_id(document, span) {
            let safety = if unseen::hides_block(document, span) { Safety::Unsafe } else { Safety::Safe };
            finding.fix(Fix::new("fix", safety, vec![Edit::replace(document.at(span), "")]));
        }
    }
}

/// Whether the text shows what becomes of characters that are lost: in code or quotes by itself, or beside a word for it.
fn is_spoken_of(document: &Document, span: Span, fault: Fault) -> bool {
    /// As far as a line is looked at, in characters.
    const REACH: usize = 80;
    if !matches!(fault, "replaced" | "undecoded") {
        return false;
    }
    let text = &*document.source.text;
    // The remark may go on in the next line.
    let length = |chars: &mut dyn Iterator<Item = char>| -> usize {
        let mut lines = 0;
        let is_near = |c: &char| {
            lines += usize::from(*c == '\n');
            lines < 2
        };
        chars.take(REACH).take_while(is_near).map(char::len_utf8).sum()
    };
    let (start, end) = (span.start as usize, span.end as usize);
    let line = text[start - length(&mut text[..start].chars().rev())..end + length(&mut text[end..].chars())]
        .replace('\n', " ");
    let words = ["乱码", "亂碼", "文字化け", "깨진", "mojibake", "U+FFFD", "replacement character"];
    let (left, right) = document.source.around(span);
    let is_alone = (left == right && matches!(left, '`' | '"' | '\'')) || PAIRS.contains(&(left, right));
    is_alone || words.iter().any(|word| line.contains(word))
}

/// What is wrong with what stands at an offset, and its length.
fn fault(text: &str, at: usize, rest: &str) -> Option<(Fault, usize)> {
    // What becomes of text that is read in another encoding than it was written in: `â€™` is three characters for one.
    if let Some(last) = rest.strip_prefix("â€") {
        return Some(("undecoded", "â€".len() + last.chars().next().map_or(0, char::len_utf8)));
    }
    if rest.starts_with("锟斤拷") {
        return Some(("undecoded", "锟斤拷".len()));
    }
    let c = rest.chars().next()?;
    let fault = of_character(c).filter(|_| !is_excused(text, at, c))?;
    Some((fault, c.len_utf8()))
}

fn of_character(c: char) -> Option<Fault> {
    Some(match c {
        c if has_no_width(c) => "no-width",
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{2028}' | '\u{2029}' | '\u{E0000}'..='\u{E007F}' => "blank",
        c if turns_direction(c) => "direction",
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' => "private",
        '\u{FFFD}' => "replaced",
        '\t' | '\n' | '\r' => return None,
        c if c.is_control() => "control",
        _ => return None,
    })
}

fn is_jamo(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{A960}'..='\u{A97F}' | '\u{D7B0}'..='\u{D7FF}')
}

/// Whether a character does its work where it stands.
fn is_excused(text: &str, at: usize, c: char) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + c.len_utf8()..].chars().next();
    let around = |is: fn(char) -> bool| before.is_some_and(is) || after.is_some_and(is);
    match c {
        '\u{FEFF}' => at == 0,
        // A form feed that begins a line is the break of a page, as GNU's texts have it.
        '\u{C}' => matches!(before, None | Some('\n')),
        // What a letter of Hangul stands on that has no syllable.
        '\u{115F}' | '\u{1160}' => around(is_jamo),
        // Breaks lines in scripts without blanks, and shapes letters.
        '\u{200B}' | '\u{180E}' => around(is_shaped),
        '\u{200C}' | '\u{200D}' | '\u{E0000}'..='\u{E007F}' => around(is_shaped) || around(is_emoji),
        c if turns_direction(c) => {
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
    matches!(c, '\u{0590}'..='\u{061B}' | '\u{061D}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{20E3}' | '\u{1F000}'..='\u{1FAFF}' | '\u{E0020}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_hold_for_all_that_is_looked_at() {
        let texts = (char::MIN..=char::MAX).filter(|&c| of_character(c).is_some()).map(String::from);
        for text in texts.chain(["â€™".to_owned(), "锟斤拷".to_owned()]) {
            assert_eq!(places(text.as_bytes()).first(), Some(&0), "{text:?}");
        }
    }
}
