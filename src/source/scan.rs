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

/// Lets a chunk of a text be looked at, with as many bytes behind it as make up the window. Behind the end of the text
/// stand blanks.
fn look<const LEN: usize, T>(text: &[u8], start: usize, look: impl FnOnce(&[u8; LEN]) -> T) -> T {
    let rest = &text[start..];
    // In place, since to copy it would take longer than the look.
    if let Some(window) = rest.first_chunk() {
        return look(window);
    }
    let mut padded = [b' '; LEN];
    padded[..rest.len()].copy_from_slice(rest);
    look(&padded)
}

/// Calls back with the offsets at which three bytes look like what is looked for, which blanks do not, in order. The test
/// has to be made of comparisons only: then it is made on many bytes at once. Behind the end of the text stand blanks.
pub(crate) fn each(text: &[u8], looks_like: impl Fn(u8, u8, u8) -> bool, found: impl FnMut(usize)) {
    each_rare(text, &looks_like, &looks_like, found);
}

/// The same where a test takes many comparisons: that a chunk holds nothing, `may` says with fewer of them.
pub(crate) fn each_rare(
    text: &[u8],
    may: impl Fn(u8, u8, u8) -> bool,
    looks_like: impl Fn(u8, u8, u8) -> bool,
    mut found: impl FnMut(usize),
) {
    for start in (0..text.len()).step_by(CHUNK) {
        let words = look(text, start, |window: &[u8; CHUNK + 2]| {
            if !(0..CHUNK).fold(false, |any, at| any | may(window[at], window[at + 1], window[at + 2])) {
                return [0; CHUNK / 8];
            }
            marks(|at| looks_like(window[at], window[at + 1], window[at + 2]))
        });
        for (index, mut left) in words.into_iter().enumerate() {
            while left != 0 {
                found(start + index * 8 + left.trailing_zeros() as usize / 8);
                left &= left - 1;
            }
        }
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
            text in prop::collection::vec(prop::sample::select(b" abc".to_vec()), 0..200),
        ) {
            let byte = |at: usize| text.get(at).copied().unwrap_or(b' ');
            let three = |first: u8, second: u8, third: u8| (first == b'a') & (second == b'b') & (third == b' ');
            let mut all = Vec::new();
            let may = |first: u8, second: u8, _| (first == b'a') & (second != b'c');
            each_rare(&text, may, three, |at| all.push(at));
            let plain: Vec<usize> =
                (0..text.len()).filter(|&at| three(byte(at), byte(at + 1), byte(at + 2))).collect();
            prop_assert_eq!(all, plain);
        }
    }
}
