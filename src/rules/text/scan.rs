//! Looking for rare characters in much text.

/// How many bytes are looked at together.
const CHUNK: usize = 32;

/// The offsets at which three bytes look like what is looked for, in order. The test has to be made of comparisons only:
/// then it is made on many bytes at once. Behind the end of the text stand zeros.
pub(super) fn positions(text: &[u8], looks_like: impl Fn(u8, u8, u8) -> bool + Copy) -> impl Iterator<Item = usize> {
    let byte = |at: usize| text.get(at).copied().unwrap_or(0);
    let holds_one = move |start: usize| match text.get(start..start + CHUNK + 2) {
        Some(window) => {
            let (first, second, third) = (&window[..CHUNK], &window[1..=CHUNK], &window[2..]);
            (0..CHUNK).fold(false, |any, at| any | looks_like(first[at], second[at], third[at]))
        }
        None => true,
    };
    let chunks = (0..text.len()).step_by(CHUNK).filter(move |&start| holds_one(start));
    let of_chunk = move |start: usize| start..(start + CHUNK).min(text.len());
    chunks.flat_map(of_chunk).filter(move |&at| looks_like(byte(at), byte(at + 1), byte(at + 2)))
}
