//! Looking for rare characters in much text.

/// How many bytes are looked at together.
const CHUNK: usize = 32;

/// A byte for each that was looked at: 1 where the test holds. Written down for all of them before any is looked at, so
/// that a compiler sees that no test depends on another.
fn marks(test: impl Fn(usize) -> bool) -> [u64; CHUNK / 8] {
    let mut marks = [0; CHUNK];
    for (at, mark) in marks.iter_mut().enumerate() {
        *mark = u8::from(test(at));
    }
    let mut words = [0; CHUNK / 8];
    for (word, eight) in words.iter_mut().zip(marks.as_chunks::<8>().0) {
        *word = u64::from_le_bytes(*eight);
    }
    words
}

/// A chunk, and what stands behind it, which a test of three bytes sees as well.
type Window = [u8; CHUNK + 2];

fn has(window: &Window, test: impl Fn(u8, u8, u8) -> bool) -> bool {
    (0..CHUNK).fold(false, |any, at| any | test(window[at], window[at + 1], window[at + 2]))
}

/// Calls back with the offsets at which three bytes look like what is looked for, which blanks do not, in order. The test
/// has to be made of comparisons only: then it is made on many bytes at once. Behind the end of the text stand blanks.
pub(crate) fn each(text: &[u8], looks_like: impl Fn(u8, u8, u8) -> bool, found: impl FnMut(usize)) {
    each_near(text, |window| has(window, &looks_like), &looks_like, found);
}

/// The same where a test takes many comparisons: that a chunk holds nothing, `narrow` says of what begins with a character
/// of ASCII, and `wide` of the rest if there is any, both with fewer of them.
pub(crate) fn each_rare(
    text: &[u8],
    narrow: impl Fn(u8, u8, u8) -> bool,
    wide: impl Fn(u8, u8, u8) -> bool,
    looks_like: impl Fn(u8, u8, u8) -> bool,
    found: impl FnMut(usize),
) {
    let is_near = |window: &Window| has(window, &narrow) || (!window[..CHUNK].is_ascii() && has(window, &wide));
    each_near(text, is_near, looks_like, found);
}

fn each_near(
    text: &[u8],
    is_near: impl Fn(&Window) -> bool,
    looks_like: impl Fn(u8, u8, u8) -> bool,
    mut found: impl FnMut(usize),
) {
    let mut look = |window: &Window, start: usize| {
        if !is_near(window) {
            return;
        }
        let words = marks(|at| looks_like(window[at], window[at + 1], window[at + 2]));
        for (index, mut left) in words.into_iter().enumerate() {
            while left != 0 {
                found(start + index * 8 + left.trailing_zeros() as usize / 8);
                left &= left - 1;
            }
        }
    };
    let mut start = 0;
    // In place, since to copy it would take longer than the look.
    while let Some(window) = text[start..].first_chunk() {
        look(window, start);
        start += CHUNK;
    }
    while start < text.len() {
        let (mut padded, rest) = ([b' '; CHUNK + 2], &text[start..]);
        padded[..rest.len()].copy_from_slice(rest);
        look(&padded, start);
        start += CHUNK;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// As a search byte by byte finds them, over texts of several chunks and less than one.
        #[test]
        #[expect(clippy::needless_bitwise_bool, reason = "as the searches are written")]
        fn finds_what_a_plain_search_finds(
            text in prop::collection::vec(prop::sample::select(b" abc\xE3\x80".to_vec()), 0..200),
        ) {
            let byte = |at: usize| text.get(at).copied().unwrap_or(b' ');
            let is_mark = |first: u8, second: u8| (first == 0xE3) & (second == 0x80);
            let three = |first: u8, second: u8, third: u8| (first == b'a') | (is_mark(first, second) & (third == b'b'));
            let plain: Vec<usize> =
                (0..text.len()).filter(|&at| three(byte(at), byte(at + 1), byte(at + 2))).collect();
            let mut all = Vec::new();
            each(&text, three, |at| all.push(at));
            prop_assert_eq!(&all, &plain);
            all.clear();
            let narrow = |first, _, _| (first == b'a') | (first == b'c');
            each_rare(&text, narrow, |first, second, _| is_mark(first, second), three, |at| all.push(at));
            prop_assert_eq!(all, plain);
        }
    }
}
