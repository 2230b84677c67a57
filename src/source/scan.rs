//! Looking for rare characters in much text.

/// How many bytes are looked at together.
const CHUNK: usize = 32;

/// The first offset at which two bytes are what is looked for. The test has to be made of comparisons only: then it is
/// made on many bytes at once. Behind the end of the text stands a zero.
pub(crate) fn position(text: &[u8], is_one: impl Fn(u8, u8) -> bool) -> Option<usize> {
    let mut at = 0;
    while let Some(window) = text[at..].first_chunk::<{ CHUNK + 1 }>() {
        if (0..CHUNK).fold(false, |any, at| any | is_one(window[at], window[at + 1])) {
            break;
        }
        at += CHUNK;
    }
    (at..text.len()).find(|&at| is_one(text[at], text.get(at + 1).copied().unwrap_or(0)))
}

/// Calls back with the offsets at which three bytes look like what is looked for, in order. The tests have to be made of
/// comparisons only: then they are made on many bytes at once. Where the first of them may not begin anything, as `may`
/// says, the rest is not asked. Behind the end of the text stand zeros.
pub(crate) fn each(
    text: &[u8],
    may: impl Fn(u8) -> bool,
    looks_like: impl Fn(u8, u8, u8) -> bool,
    mut found: impl FnMut(usize),
) {
    let mut start = 0;
    while let Some(window) = text[start..].first_chunk::<{ CHUNK + 2 }>() {
        if !window[..CHUNK].iter().fold(false, |any, &byte| any | may(byte)) {
            start += CHUNK;
            continue;
        }
        // Written down for all of them before any is looked at: a compiler sees that no test depends on another.
        let mut marks = [0; CHUNK];
        for (at, mark) in marks.iter_mut().enumerate() {
            *mark = u8::from(looks_like(window[at], window[at + 1], window[at + 2]));
            debug_assert!(*mark == 0 || may(window[at]), "what may not begin anything is not looked for");
        }
        let (words, _) = marks.as_chunks::<8>();
        for (index, word) in words.iter().enumerate() {
            let mut left = u64::from_le_bytes(*word);
            while left != 0 {
                found(start + index * 8 + left.trailing_zeros() as usize / 8);
                left &= left - 1;
            }
        }
        start += CHUNK;
    }
    let byte = |at: usize| text.get(at).copied().unwrap_or(0);
    (start..text.len()).filter(|&at| looks_like(byte(at), byte(at + 1), byte(at + 2))).for_each(found);
}
