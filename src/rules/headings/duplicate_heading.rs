//! `duplicate-heading`: two headings that stand side by side say the same.

use std::{cell::LazyCell, collections::BTreeMap, ops::Range};

use super::excuses;
use crate::{
    document::{Document, Heading, InlineKind, fold_into},
    finding::Message,
    order,
    rule::{DocumentRule, Findings},
    source::hash::{HashMap, HashMapExt, HashSet},
};

#[derive(Debug)]
pub(crate) struct DuplicateHeading;

impl DocumentRule for DuplicateHeading {
    fn check(&self, document: &Document, out: &mut Findings) {
        let headings = &document.facts.headings;
        if headings.len() < 2 {
            return;
        }
        // One string for all of them, since there are very many headings.
        let mut folded = String::new();
        let keys: Vec<Option<Range<usize>>> = headings.iter().map(|heading| key(heading, &mut folded)).collect();
        let keys: Vec<Option<&str>> = keys.into_iter().map(|key| Some(&folded[key?])).collect();
        // The later heading of each pair, and the earlier one.
        let mut pairs: BTreeMap<usize, usize> = siblings(headings, &keys);
        leave_parts_of_releases(headings, &mut pairs);
        for (first, heading) in headings.iter().enumerate() {
            let second = first + 1;
            let repeated =
                headings.get(second).is_some_and(|next| next.container == heading.container && !heading.has_body);
            if repeated && keys[first].is_some() && keys[first] == keys[second] {
                pairs.insert(second, first);
            }
        }
        excuses::leave_meant(document, &mut pairs);
        for (&second, &first) in &pairs {
            let heading = &headings[second];
            // Within a run that was pasted twice, only its first heading is reported.
            if second > first + 1 && first > 0 && pairs.get(&(second - 1)) == Some(&(first - 1)) {
                continue;
            }
            let goes_on = |by: &usize| second > first + 1 && pairs.get(&(second + by)) == Some(&(first + by));
            let run = (1..headings.len()).take_while(goes_on).count();
            let text = heading.text.trim();
            let version = release(text).filter(|_| headings[first].text.trim() != text);
            let message = match (version, run) {
                (Some(version), _) => Message::new("version").with("version", version),
                (None, 0) if second == first + 1 && !headings[first].has_body => {
                    Message::new("adjacent").with("text", text)
                }
                (None, 0) => Message::new("repeated").with("text", text),
                (None, more) => Message::new("pasted").with("text", text).with("count", more.to_string()),
            };
            out.report(document.at(heading.span), message).related(document.at(headings[first].span), "first");
        }
    }
}

/// Headings of one level under one parent whose text stands exactly twice there, and nowhere else at this level: what
/// comes again and again, `Example` in each chapter, may do so twice in one.
fn siblings(headings: &[Heading], keys: &[Option<&str>]) -> BTreeMap<usize, usize> {
    // Most documents have no such pair.
    let counts = LazyCell::new(|| {
        let mut counts: HashMap<(u8, &str), usize> = HashMap::new();
        for (heading, key) in headings.iter().zip(keys) {
            if let Some(key) = key {
                *counts.entry((heading.level, key)).or_default() += 1;
            }
        }
        counts
    });
    // A version has each kind of change once.
    let is_of_version = |at: usize| headings[at].parent.is_some_and(|parent| names_version(&headings[parent]));
    let recurs = |at: usize| keys[at].is_some_and(|key| counts[&(headings[at].level, key)] > 2) && !is_of_version(at);
    let place = |at: usize| (headings[at].container, headings[at].parent, headings[at].level, keys[at]);
    let mut order: Vec<usize> = (0..headings.len()).filter(|&at| keys[at].is_some()).collect();
    order::by(&mut order, |&a, &b| place(a).cmp(&place(b)));
    let twice = order.chunk_by(|&a, &b| place(a) == place(b)).filter_map(|group| match *group {
        [first, second] => {
            let says_something = holds_something(headings, first) || holds_something(headings, second);
            (says_something && !recurs(first)).then_some((second, first))
        }
        _ => None,
    });
    order::map(twice)
}

/// A heading with nothing below it is a line of the document ("cancelled"), and may well be said twice.
fn holds_something(headings: &[Heading], at: usize) -> bool {
    headings[at].has_body || headings.get(at + 1).is_some_and(|next| next.parent == Some(at))
}

/// Takes out headings each of which belongs to a version, date or number of its own, though that stands beside it and not
/// above: `## 1.2`, `## Fixed`, `## 1.1`, `## Fixed`, and `## 1.2`, `### Fixed`, `### 1.1.1`, `### Fixed`.
fn leave_parts_of_releases(headings: &[Heading], pairs: &mut BTreeMap<usize, usize>) {
    if pairs.is_empty() {
        return;
    }
    let paired: HashSet<usize> = pairs.iter().flat_map(|(&second, &first)| [first, second]).collect();
    let mut last: HashMap<_, usize> = HashMap::new();
    let release = |(at, heading): (usize, &Heading)| {
        let place = (heading.container, heading.parent, heading.level);
        if is_release(heading) && !paired.contains(&at) {
            last.insert(place, at);
        }
        last.get(&place).copied()
    };
    let releases: Vec<Option<usize>> = headings.iter().enumerate().map(release).collect();
    let is_below_one = |at: usize| headings[at].parent.is_some_and(|parent| is_release(&headings[parent]));
    let is_apart = |first: usize, second: usize| match releases[first] {
        None => releases[second].is_some() && is_below_one(first),
        own => own != releases[second],
    };
    pairs.retain(|&second, &mut first| !is_apart(first, second));
}

/// Whether a heading names a version or a date, or has a number.
fn is_release(heading: &Heading) -> bool {
    heading.numbering().is_some() || names_version(heading)
}

/// Whether a heading names a version or a date: `[0.4.33] - 2026-06-20`.
fn names_version(heading: &Heading) -> bool {
    let is_parted = |three: &[u8]| three[0].is_ascii_digit() && b".-/".contains(&three[1]) && three[2].is_ascii_digit();
    heading.text.as_bytes().windows(3).any(is_parted)
}

/// The version of which a heading is the release, with its date or without: `1.2.0` of `[v1.2.0] - 2026-06-20`. A year is none.
fn release(text: &str) -> Option<&str> {
    let text = text.trim_start_matches('[').trim_start_matches(['v', 'V']);
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
    let (version, rest) = text.split_at(text.find(|c| !is_part(c)).unwrap_or(text.len()));
    let mut numbers = version.split('.').map(|number| number.starts_with(|c: char| c.is_ascii_digit()));
    let is_version = numbers.next() == Some(true) && numbers.next() == Some(true) && numbers.all(|is_number| is_number);
    let is_year = version.split('.').next().is_some_and(|first| first.len() == 4);
    let is_date = rest.chars().all(|c| !c.is_alphabetic() || matches!(c, '年' | '月' | '日'));
    (is_version && !is_year && is_date).then_some(version)
}

/// Adds what makes two headings the same, and says where it stands; `None` for one without text, or that introduces
/// something, or that is to be filled in: `[Name]`. Letter case counts in code, and in a single word, which may be
/// the name of something.
fn key(heading: &Heading, folded: &mut String) -> Option<Range<usize>> {
    let text = heading.text.trim();
    let text = release(text).unwrap_or(text);
    if text.is_empty() || text.ends_with([':', '：']) || (text.starts_with(['[', '{']) && text.ends_with([']', '}'])) {
        return None;
    }
    // What a file holds, before and after.
    if names_file(heading) {
        return None;
    }
    let start = folded.len();
    fold_into(text, folded);
    if !text.contains(char::is_whitespace) {
        folded.extend(text.chars().filter(char::is_ascii));
    }
    let code = heading.inlines.iter().filter(|inline| inline.kind == InlineKind::Literal);
    code.filter_map(|inline| heading.text.get(inline.at.0..inline.at.1)).for_each(|code| folded.push_str(code));
    Some(start..folded.len())
}

/// Whether a heading is the name of a file, and so a caption for what that holds: a path, or code.
fn names_file(heading: &Heading) -> bool {
    let text = heading.text.trim();
    let is_code =
        || heading.inlines.iter().any(|inline| inline.kind == InlineKind::Literal && inline.at.1 >= text.len());
    let has_extension = text.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && (1..=4).contains(&extension.len())
            && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    has_extension && !text.contains(char::is_whitespace) && (text.contains('/') || is_code())
}
