//! `missing-section`: a contract asks for a section that the document does not have.

use std::{
    cell::LazyCell,
    cmp::Reverse,
    collections::{BTreeMap, HashSet},
};

use crate::{
    contract::{Differences, Missing, Outline, Section},
    corpus::{Bound, Corpus},
    document::{Document, Heading, folded},
    finding::{Edit, Fix, Message, Safety},
    numbering::{Numeral, System, context},
    order,
    rule::{CorpusRule, Findings},
    source::{Span, is_within, lines, merged},
};

#[derive(Debug)]
pub(crate) struct MissingSection;

impl CorpusRule for MissingSection {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for bound in corpus.bound() {
            // What belongs behind one heading is said at once.
            let mut places: BTreeMap<u32, Vec<&Missing>> = BTreeMap::new();
            for missing in &bound.differences.missing {
                match missing.like {
                    Some(like) => misspelt(bound, missing, like, out),
                    None => places.entry(place(bound.document, missing).start).or_default().push(missing),
                }
            }
            if !places.is_empty() {
                let strays = Strays::of(bound.document, bound.differences);
                for missing in places.values_mut() {
                    // In the order of the text, what belongs within a section before what belongs behind it.
                    order::by_key(missing, |missing| (missing.at, Reverse(missing.parent)));
                    report(bound, missing, &strays, out);
                }
            }
        }
    }
}

/// The heading behind which, or below which, a section belongs.
fn place(document: &Document, missing: &Missing) -> Span {
    missing.after.map_or(Span::at(0), |at| document.facts.headings[at].span)
}

/// A heading that is probably meant to be a section. What belongs behind it has its place, so this one has its text's.
fn misspelt(bound: Bound<'_>, missing: &Missing, like: usize, out: &mut Findings) {
    let heading = &bound.document.facts.headings[like];
    let title = &missing.section.title.written;
    let message = Message::new("misspelt").with("sections", title).with("heading", heading.text.trim());
    let is_labelled = heading.label.is_some() && missing.section.title.literal().is_some();
    let key = if is_labelled { "help-label" } else { "help" };
    let mut help = Message::new(key).with("contract", &bound.contract.name);
    if is_labelled {
        help = help.with("title", format!("{{label}}{title}"));
    }
    out.report(bound.document.at(heading.content), message).help(help);
}

/// What a document says that may be a section which is missing.
struct Strays<'a> {
    /// The texts of headings that are no section of the outline.
    headings: HashSet<String>,
    /// Lines that make no heading, but were perhaps meant to: `##2. 方法`, `**2. 方法**`.
    spoilt: LazyCell<HashSet<&'a str>, Box<dyn FnOnce() -> HashSet<&'a str> + 'a>>,
    /// Where its text ends, and whether its foot may stand there.
    end: usize,
    has_foot: bool,
    line_ending: &'static str,
}

impl<'a> Strays<'a> {
    fn of(document: &'a Document, differences: &Differences) -> Self {
        let headings = document.facts.headings.iter().enumerate();
        let is_held = |at: usize| differences.held.binary_search_by_key(&at, |(heading, _)| *heading).is_ok();
        let text = &document.source.text;
        Self {
            headings: headings.filter(|(at, _)| !is_held(*at)).map(|(_, heading)| folded(&heading.text)).collect(),
            spoilt: LazyCell::new(Box::new(|| spoilt(document))),
            end: text.trim_end().len(),
            has_foot: document.may_have_foot(),
            line_ending: if text.contains("\r\n") { "\r\n" } else { "\n" },
        }
    }
}

fn spoilt(document: &Document) -> HashSet<&str> {
    let headings = merged(document.facts.headings.iter().map(|heading| heading.span));
    let others = lines(&document.source.text).filter(|(start, _)| !is_within(&headings, *start));
    others.map(|(_, line)| context::without_signs(line.trim_end()).trim_matches(['*', ' '])).collect()
}

fn report(bound: Bound<'_>, missing: &[&Missing], strays: &Strays<'_>, out: &mut Findings) {
    let document = bound.document;
    let at = document.at(place(document, missing[0]));
    let names: Vec<&str> = missing.iter().map(|missing| missing.section.title.written.as_str()).collect();
    let key = if missing.len() == 1 { "missing" } else { "several" };
    let finding = out.report(at, Message::new(key).with("sections", shown(document, missing).join("`, `")));
    finding.help(bound.help()).lacks(names.join("`, `"));
    match stubs(document, missing, strays) {
        Ok(edits) => finding.fix(Fix::new("insert", Safety::Unsafe, edits)),
        Err(reason) => finding.withhold(reason),
    };
}

/// The titles of sections; where they belong below several headings, with the heading of those that lie deeper.
fn shown(document: &Document, missing: &[&Missing]) -> Vec<String> {
    let outermost = missing.iter().map(|missing| missing.parent).min().flatten();
    let name = |missing: &&Missing| {
        let title = &missing.section.title.written;
        let parent = missing.parent.filter(|_| missing.parent != outermost);
        parent.map_or_else(|| title.clone(), |at| format!("{}` > `{title}", document.facts.headings[at].text.trim()))
    };
    missing.iter().map(name).collect()
}

/// Headings for those of the sections that can have one, or why there are none: one would not be what the contract asks
/// for, since its title is not always the same or it has to hold something, or such a heading stands elsewhere and would
/// stand there twice; or the foot of the document may stand in its place.
fn stubs(document: &Document, missing: &[&Missing], strays: &Strays<'_>) -> Result<Vec<Edit>, Message> {
    let mut texts: BTreeMap<u32, String> = BTreeMap::new();
    let mut reason = None;
    let mut numbers: BTreeMap<(Option<usize>, Option<usize>), u64> = BTreeMap::new();
    for missing in missing {
        if missing.at as usize >= strays.end && strays.has_foot {
            reason = reason.or(Some("foot".into()));
            continue;
        }
        let mut own = String::new();
        let inner = missing.section.inner.as_ref().filter(|_| !missing.heads);
        let numbered = |place: u64| missing.section.title.numbered(&number(document, missing, place)?);
        let title = || {
            let place = numbers.entry((missing.parent, missing.after)).or_default();
            *place += 1;
            numbered(*place)
        };
        let title = missing.section.title.literal().map(str::to_owned).or_else(title);
        match stub(document, (&missing.section, title), inner, missing.level, strays, &mut own) {
            Ok(()) => texts.entry(missing.at).or_default().push_str(&own),
            Err(why) => reason = reason.or(Some(why)),
        }
    }
    if let Some(reason) = reason.filter(|_| texts.is_empty()) {
        return Err(reason);
    }
    let text = &document.source.text;
    let edit = |(at, stub): (u32, String)| {
        let before = &text[..at as usize];
        let end = strays.line_ending;
        let set_off = match before.trim_end_matches(['\n', '\r']) {
            "" => String::new(),
            body => end.repeat(2usize.saturating_sub(before[body.len()..].matches('\n').count())),
        };
        // At the end of the file no blank line is left behind.
        let stub = if (at as usize) < text.len() { &*stub } else { stub.trim_end_matches('\n') };
        let last = if (at as usize) < text.len() { "" } else { end };
        Edit::replace(document.at(Span::at(at as usize)), format!("{set_off}{}{last}", stub.replace('\n', end)))
    };
    Ok(texts.into_iter().map(edit).collect())
}

/// The number that a section gets which is the so manieth that is missing behind a heading: as the siblings count on, if
/// they left it out.
fn number(document: &Document, missing: &Missing, place: u64) -> Option<String> {
    let headings = &document.facts.headings;
    let numeral = |heading: &Heading| Some(heading.label.as_ref()?.label.last().numeral);
    let sibling = |heading: &&Heading| heading.level == missing.level && heading.parent == missing.parent;
    let next = headings.iter().filter(sibling).find(|heading| heading.span.start >= missing.at).map(numeral);
    let before = headings.iter().rev().filter(sibling).find(|heading| heading.span.start < missing.at).map(numeral);
    let value = before.map_or(Some(0), |before| Some(before?.value))? + place;
    let is_left_out = next.is_none_or(|next| next.is_some_and(|next| next.value > value));
    let form = before.or(next).flatten().unwrap_or(Numeral { system: System::Ascii, value, width: 0 });
    form.system.print(value, form.width).filter(|_| is_left_out)
}

/// The heading of a section, by its title if it can have one, with those within it.
fn stub(
    document: &Document,
    (section, title): (&Section, Option<String>),
    inner: Option<&Outline>,
    level: u8,
    strays: &Strays<'_>,
    out: &mut String,
) -> Result<(), Message> {
    let title = title.filter(|_| section.content.holds.is_empty()).ok_or("no-stub")?;
    let stands = strays.headings.contains(&folded(&title)) || strays.spoilt.contains(&*title);
    if stands || document.has_html_title(&title) {
        return Err(Message::new("stands").with("title", title));
    }
    out.extend([&*"#".repeat(usize::from(level)), " ", &title, "\n\n"]);
    let inner = inner.into_iter().flat_map(Outline::sections);
    let mut numbers = 1..;
    inner.filter(|inner| !inner.optional).try_for_each(|own| {
        let numbered = || own.title.numbered(&numbers.next()?.to_string());
        let title = own.title.literal().map(str::to_owned).or_else(numbered);
        stub(document, (own, title), own.inner.as_ref(), (level + 1).min(6), strays, out)
    })
}
