//! What makes a finding the same one after edits elsewhere: its rule, its file, the text it is about or lacks, and which
//! of those it is. Lines do not count, so what moved stays known; nor does the wording, which may quote other places.

use std::collections::HashMap;

use crate::{corpus::Corpus, finding::Finding, parallel, source::floor};

/// The fingerprint of a finding: 16 hexadecimal digits, the same in every report and in a baseline.
pub fn fingerprint(finding: &Finding) -> String {
    format!("{:016x}", finding.fingerprint)
}

/// More of a text is not told from another, in bytes: code that nobody closes goes on to the end of its document, and
/// stays the same finding when something is added there.
const LONGEST: usize = 1_000;

/// The text a finding is about, runs of white space as one blank; of a long one its beginning.
pub(super) fn excerpt(corpus: &Corpus, finding: &Finding) -> String {
    let mut out = String::new();
    let text = corpus.text(finding.at);
    for word in text[..floor(text, LONGEST)].split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Gives the findings their fingerprints; those that are alike are numbered in output order. That has to happen before any of them is left out.
pub(super) fn number(corpus: &Corpus, findings: &mut [Finding]) {
    let hashes: Vec<Hash> = parallel::map(findings, |finding| hash(corpus, finding));
    let mut seen: HashMap<u64, u32> = HashMap::new();
    for (finding, mut hash) in findings.iter_mut().zip(hashes) {
        let next = seen.entry(hash.0).or_default();
        hash.add(&next.to_string());
        finding.fingerprint = hash.0;
        *next += 1;
    }
}

fn hash(corpus: &Corpus, finding: &Finding) -> Hash {
    let mut hash = Hash(0xCBF2_9CE4_8422_2325);
    hash.add(&finding.rule);
    hash.add(corpus.source(finding.at.file).path.as_str());
    hash.add(&excerpt(corpus, finding));
    if let Some(what) = &finding.lacks {
        hash.add(what);
    }
    hash
}

/// FNV-1a of 64 bits (Fowler, Noll, Vo), which is the same on every machine and in every version.
struct Hash(u64);

impl Hash {
    /// Adds a part, and a byte behind it that no text holds.
    fn add(&mut self, part: &str) {
        for byte in part.bytes().chain([0xFF]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }
}
