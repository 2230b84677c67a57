//! A first look at a text: every place where something may begin that points at a number. What stands there is read by
//! hand.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use crate::source::scan;

/// What was seen of a text.
pub(super) struct Places {
    signs: Vec<usize>,
    words: Option<&'static Regex>,
}

impl Places {
    pub(super) fn of(text: &str) -> Self {
        let (signs, has_dotted) = signs(text);
        let words = if has_dotted { &WORDS_AND_DOTTED } else { &WORDS };
        Self { signs, words: words.as_ref() }
    }

    /// The next place in a stretch of the same text from an offset on. Offsets are asked for in order.
    pub(super) fn within<'t>(
        &'t self,
        text: &'t str,
        stretch: Range<usize>,
    ) -> impl FnMut(usize) -> Option<usize> + use<'t> {
        let (words, whole) = (self.words, text.get(..stretch.end).unwrap_or_default());
        let next_word = move |from: usize| words?.find_at(whole, from).map(|found| found.start());
        let mut word = if stretch.start < whole.len() { next_word(stretch.start) } else { None };
        let first = self.signs.partition_point(|&at| at < stretch.start);
        let mut signs = self.signs[first..].iter().copied().take_while(move |&at| at < whole.len()).peekable();
        move |from| {
            if from >= whole.len() {
                return None;
            }
            while signs.next_if(|&at| at < from).is_some() {}
            if word.is_some_and(|at| at < from) {
                word = next_word(from);
            }
            word.into_iter().chain(signs.peek().copied()).min()
        }
    }
}

/// Words and dotted numbers.
static WORDS_AND_DOTTED: LazyLock<Option<Regex>> = LazyLock::new(|| words(true));
/// Words alone, for texts without `2.3 节`: where no digit may begin anything, it is several times as quick.
static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| words(false));

fn words(has_dotted: bool) -> Option<Regex> {
    // Without `\b` and Unicode's letter cases, so that it runs on the fast engine.
    let words = "[Ss]ections?|[Ss]ec[.t]|[Cc]hapters?|[Pp]art|[Ss]tep|[Aa]ppendix|[Ff]igures?|[Ff]ig[.]|[Tt]ables?|[Ll]istings?";
    let dotted = r"|[0-9]{1,4}(?:[.．][0-9]{1,4}){1,6}[ \x{a0}]{0,4}(?:[小章]?[节節]|절)";
    let dotted = if has_dotted { dotted } else { "" };
    let pattern = format!(
        r"(?:{words})\.?[ \t\n\x{{a0}}]+[0-9]|[Aa]ppendix[ \t\n\x{{a0}}]+[A-Z]|[Tt](?:able|ABLE)[ \t\n\x{{a0}}]+[IVXL]{dotted}"
    );
    Regex::new(&pattern).ok()
}

/// The signs of Chinese, Japanese and Korean with which one may begin, and 节 and 절, which end one that begins with a number.
/// They are in very many words, 表示 and 例如, so they are not asked of a regular expression one by one.
const SIGNS: &[[u8; 3]] = "第제【图圖図表式例附그节節절".as_bytes().as_chunks().0;

/// Whether one of them, or `§`, begins with three bytes. Of the first, it is enough that it begins a character.
#[expect(clippy::needless_bitwise_bool, reason = "many bytes are tested at once")]
fn looks_like_sign(first: u8, second: u8, third: u8) -> bool {
    let goes_on = SIGNS.iter().fold(false, |any, sign| any | ((second == sign[1]) & (third == sign[2])));
    (goes_on & (first >= 0xE0)) | ((first == 0xC2) & (second == 0xA7))
}

/// Where signs stand with which a place may begin, and whether 节 stands somewhere behind a number.
fn signs(text: &str) -> (Vec<usize>, bool) {
    let (mut signs, mut has_dotted) = (Vec::new(), false);
    scan::each(text.as_bytes(), looks_like_sign, |at| {
        let Some((before, rest)) = text.split_at_checked(at) else { return };
        let is_sign = rest.starts_with(['第', '제', '【', '图', '圖', '図', '表', '式', '例', '§']);
        if is_sign || ["그림", "附录", "附錄"].iter().any(|word| rest.starts_with(word)) {
            signs.push(at);
        } else if !has_dotted && rest.starts_with(['节', '節', '절']) {
            let before = before.strip_suffix(['小', '章']).unwrap_or(before);
            has_dotted = before.trim_end_matches([' ', '\u{a0}']).ends_with(|c: char| c.is_ascii_digit());
        }
    });
    (signs, has_dotted)
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::*;

    /// All places of a stretch, each asked for behind the one before.
    fn all(text: &str, stretch: Range<usize>, mut next: impl FnMut(usize) -> Option<usize>) -> Vec<usize> {
        let mut from = stretch.start;
        let next = || {
            let at = next(from)?;
            from = at + text[at..].chars().next().map_or(1, char::len_utf8);
            Some(at)
        };
        std::iter::from_fn(next).collect()
    }

    const PARTS: &[&str] = &[
        "第", "章", "图 ", "表", "例", "【", "§", "제", "2.3 节", "2.3 小节", "12.4節", "2.3절", "절차", "1.2 章节",
        "字节", "节点 3", "附录", "附", "그림", "section 2", "Sec. 3", "Appendix B", "Table IV", "figures\n1", "part",
        "12", " ", "\n", "a",
    ];

    proptest! {
        /// As one expression for all of them finds them.
        #[test]
        fn finds_what_one_expression_finds(
            before in prop::collection::vec(select(PARTS), 0..12),
            inside in prop::collection::vec(select(PARTS), 0..12),
            behind in prop::collection::vec(select(PARTS), 0..4),
        ) {
            let (before, inside, behind) = (before.concat(), inside.concat(), behind.concat());
            let text = format!("{before}{inside}\n{behind}");
            let stretch = before.len()..before.len() + inside.len();
            let words = words(true).expect("a pattern");
            let whole = Regex::new(&format!("[第제【图圖図表式例§]|그림|附[录錄]|{}", words.as_str())).expect("a pattern");
            let plain = |from: usize| {
                let found = (from <= stretch.end).then(|| whole.find_at(&text[..stretch.end], from))?;
                found.map(|found| found.start())
            };
            let places = Places::of(&text);
            prop_assert_eq!(
                all(&text, stretch.clone(), places.within(&text, stretch.clone())),
                all(&text, stretch.clone(), plain),
                "{:?}", text
            );
        }
    }
}
