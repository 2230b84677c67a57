//! Headings get other texts: what has to be rewritten for every link to keep leading where it leads.

use std::collections::{BTreeMap, BTreeSet};

use super::{Corpus, Destination, Fragment, Reference, Resolution, Target, resolve::compare_form};
use crate::{
    document::{
        Document, Link, LinkKind, Renderer,
        anchors::{Anchored, Slugger, stem},
    },
    finding::Edit,
    order,
    source::{Location, Span, percent_decode, percent_encode},
};

/// How many headings may be gone through to find new anchors, in one run of one rule: those that share an anchor but for a
/// number behind it, where links name one of them. A document in which very many of these would be renamed is not repaired
/// at once.
pub const BUDGET: usize = 100_000;

/// A link that follows though the heading it leads to keeps its text costs as much as so many headings.
const REWRITTEN: usize = 16;

/// Why headings cannot be renamed.
#[derive(Debug)]
pub enum Stuck {
    /// A link that cannot be rewritten so that it surely means the same.
    Link(Location),
    /// What may be a link to a heading that changes, and is none that could be rewritten.
    Mention(Location),
    /// The budget is spent.
    Budget,
}

/// The edits to links anywhere, when headings of a document get other texts (by index; as a reader sees them, `{#id}`
/// left out). Anchors that only change because an equal one before them does are followed as well.
pub fn rename_headings(
    corpus: &Corpus,
    document: &Document,
    texts: &BTreeMap<usize, String>,
    budget: &mut usize,
) -> Result<Vec<Edit>, Stuck> {
    rename_headings_for(corpus.settings.all_renderers(), corpus, document, texts, None, budget)
}

/// The same, where links have to work for some renderers only; `written` is how the headings will be written, where they
/// are written otherwise than they read.
pub(crate) fn rename_headings_for(
    renderers: &[Renderer],
    corpus: &Corpus,
    document: &Document,
    texts: &BTreeMap<usize, String>,
    written: Option<&str>,
    budget: &mut usize,
) -> Result<Vec<Edit>, Stuck> {
    let headings = &document.facts.headings;
    let mut anchors: BTreeMap<usize, Vec<Moved>> = order::map(texts.keys().map(|&index| (index, Vec::new())));
    for &renderer in renderers {
        let old = &document.anchors(renderer).all;
        for (index, new) in new_anchors(corpus, document, renderer, texts, budget).ok_or(Stuck::Budget)? {
            anchors.entry(index).or_default().push(Moved { renderer, old: old[index].clone(), new });
        }
    }
    let mut edits = Vec::new();
    for (index, anchors) in anchors {
        let heading = &headings[index];
        let text = texts.get(&index).unwrap_or(&heading.text);
        for moved in anchors.iter().filter(|moved| moved.old != moved.new) {
            if let Some(place) = corpus.loose_mention(document, &moved.old) {
                return Err(Stuck::Mention(place));
            }
        }
        let id = Renderer::any_id(&heading.hidden);
        let written = written.filter(|_| texts.contains_key(&index));
        let names = Names::new(document.source.slice(heading.content), &heading.text, text, written);
        let renamed = Renamed { corpus, before: &heading.text, after: text, names, id, anchors };
        let references = corpus.references(document.file, index);
        if !texts.contains_key(&index) {
            *budget = budget.checked_sub(references.len() * REWRITTEN).ok_or(Stuck::Budget)?;
        }
        for reference in references {
            renamed.rewrite(*reference, &mut edits).map_err(Stuck::Link)?;
        }
    }
    // Two steps of one wikilink may lead to edits in any order.
    order::by_key(&mut edits, |edit: &Edit| (edit.at.file, edit.at.span));
    edits.dedup();
    Ok(edits)
}

/// Texts of links to a heading that are all of its own text, code marks and the like aside, and that no edit changes along
/// with it, with how the link is written: those of wikilinks and references are their author's.
pub fn texts_that_stay(corpus: &Corpus, document: &Document, heading: usize) -> Vec<(LinkKind, Location)> {
    let text = document.facts.headings[heading].text.trim();
    let leads = |resolution: &Resolution| {
        matches!(resolution, Resolution::Found(target)
            if target.file == Some(document.file) && target.headings().last() == Some(heading))
    };
    let shown = |from: &Document, link: &Link, resolution: &Resolution| {
        let is_page = matches!(resolution, Resolution::Found(Target { page: Some(_), .. }));
        let shown = match (link.kind, link.halves(&from.source.text)) {
            (LinkKind::Wiki, (front, Some(_))) if is_page => front,
            (LinkKind::Wiki, (_, behind)) => behind?,
            (LinkKind::Reference, _) => {
                let label = from.source.slice(link.span).strip_prefix('[')?.split(']').next()?;
                Span::new(0, label.len()).shifted(link.span.start as usize + 1)
            }
            (LinkKind::Inline, _) if !link.is_image => inline_text(from, link)?,
            _ => return None,
        };
        let own = from.source.slice(shown).trim();
        let follows = link.kind == LinkKind::Inline && own == text;
        let is_same = own == text || own.replace(['`', '*'], "") == text;
        (is_same && !follows).then(|| (link.kind, from.at(shown)))
    };
    let others = corpus.visitors(document.file).filter_map(|(from, _)| corpus.document(from));
    let all = others.map(|from| &**from).chain([document]);
    let led = all.flat_map(|from| corpus.links(from).map(move |(link, resolution)| (from, link, resolution)));
    led.filter(|(.., resolution)| leads(resolution))
        .filter_map(|(from, link, resolution)| shown(from, link, resolution))
        .collect()
}

/// Links that lead to a heading only for a renderer that may show its document besides the one that counts.
pub fn links_of_others(corpus: &Corpus, document: &Document, heading: usize) -> Vec<Location> {
    let leads = |destination: &Destination<'_>| {
        let Resolution::Found(target) = destination.resolution else { return false };
        let fragment = percent_decode(destination.fragment());
        let finds = |renderer: &Renderer| document.anchors(*renderer).find(without_prefix(&fragment)) == Some(heading);
        let is_missing = target.file == Some(document.file) && matches!(target.fragment, Fragment::Missing(_));
        is_missing && corpus.settings.all_renderers().iter().any(finds)
    };
    let all = corpus.doubtful().filter(|(_, destination)| leads(destination));
    all.map(|(from, destination)| from.at(destination.span)).collect()
}

/// The text that an inline link shows.
fn inline_text(document: &Document, link: &Link) -> Option<Span> {
    let start = link.span.start as usize + 1;
    let inner = document.source.text.get(start..link.destination.start as usize)?;
    let shown = inner.strip_suffix('<').unwrap_or(inner).trim_end().strip_suffix("](")?;
    Some(Span::new(start, start + shown.len()))
}

/// An anchor before and after.
struct Moved {
    renderer: Renderer,
    old: String,
    new: String,
}

/// The headings whose text or anchor changes, with their anchors afterwards; none where nothing names any of them.
fn new_anchors(
    corpus: &Corpus,
    document: &Document,
    renderer: Renderer,
    texts: &BTreeMap<usize, String>,
    budget: &mut usize,
) -> Option<Vec<(usize, String)>> {
    let (headings, source) = (&document.facts.headings, &*document.source.text);
    let anchors = document.anchors(renderer);
    let families = anchors.families(renderer, headings, source);
    let after = texts.iter().map(|(&index, text)| (index, renderer.anchor(&headings[index], text, source)));
    let after: BTreeMap<usize, Anchored> = order::map(after);
    let stems = after.iter().flat_map(|(&index, new)| [stem(&families.bases[index].base), stem(&new.base)]);
    let stems: BTreeSet<&str> = stems.collect();
    if !stems.iter().any(|stem| corpus.is_named(document, stem)) {
        return Some(Vec::new());
    }
    let own = stems.iter().map(|stem| families.of(stem));
    *budget = budget.checked_sub(own.clone().map(<[usize]>::len).sum())?;
    let own: BTreeSet<usize> = own.flatten().copied().collect();
    let mut slugger = Slugger::new(renderer, own.iter().map(|&index| &headings[index]));
    let base = |index: &usize| after.get(index).unwrap_or(&families.bases[*index]).clone();
    let all = own.iter().map(|index| (*index, slugger.next(base(index))));
    let changed = all.filter(|(index, anchor)| *anchor != anchors.all[*index] || texts.contains_key(index));
    Some(changed.collect())
}

impl Moved {
    /// Whether a fragment leads to the old anchor. GitHub looks for it in lower case, too.
    fn fits(&self, fragment: &str) -> bool {
        self.renderer != Renderer::Obsidian
            && (fragment == self.old || (self.renderer == Renderer::GitHub && fragment.to_lowercase() == self.old))
    }
}

struct Renamed<'a> {
    corpus: &'a Corpus,
    before: &'a str,
    after: &'a str,
    names: Names,
    /// What stands behind the text as an id, and stays.
    id: Option<&'a str>,
    anchors: Vec<Moved>,
}

impl Renamed<'_> {
    fn rewrite(&self, reference: Reference, out: &mut Vec<Edit>) -> Result<(), Location> {
        let Some(document) = self.corpus.document(reference.from) else { return Ok(()) };
        let Some(destination) = self.corpus.destination(document, reference.slot) else { return Ok(()) };
        let failed = document.at(destination.span);
        let written = document.source.slice(destination.span);
        let Some((before, fragment)) = written.split_once(destination.hash()) else { return Err(failed) };
        // Escapes or entities stand in the way of saying which bytes are which.
        if written != destination.target {
            return Err(failed);
        }
        let start = destination.span.start as usize + before.len() + destination.hash().len();
        let whole = Span::new(start, start + fragment.len());
        let edit = if self.is_anchor(fragment) {
            let text = self.as_anchor(fragment).ok_or(failed)?;
            (text != fragment).then_some((whole, text))
        } else if self.id.is_some_and(|id| without_prefix(&percent_decode(fragment)) == id) {
            None
        } else {
            let (at, step) = step(fragment, reference.step).ok_or(failed)?;
            let text = self.as_name(step).ok_or(failed)?;
            let is_open =
                !destination.is_wiki() && !document.source.text[..destination.span.start as usize].ends_with('<');
            // Only between `<` and `>` may a destination hold blanks.
            let text = if is_open && !step.contains('%') { percent_encode(&text, false) } else { text };
            (text != step).then(|| (Span::new(at, at + step.len()).shifted(start), text))
        };
        out.extend(edit.map(|(span, text)| Edit::replace(document.at(span), text)));
        out.extend(self.display_text(document, &destination));
        Ok(())
    }

    /// Whether a fragment is the old anchor for some renderer, and not the heading's name.
    fn is_anchor(&self, fragment: &str) -> bool {
        let decoded = percent_decode(fragment);
        self.anchors.iter().any(|moved| moved.fits(without_prefix(&decoded)))
    }

    /// The fragment as the new anchor, encoded where it was; `None` where renderers that it works for would need
    /// different ones.
    fn as_anchor(&self, fragment: &str) -> Option<String> {
        let decoded = percent_decode(fragment);
        let own = without_prefix(&decoded);
        let prefix = &decoded[..decoded.len() - own.len()];
        let mut fitting = self.anchors.iter().filter(|moved| moved.fits(own)).map(|moved| moved.new.as_str());
        let new = fitting.next()?;
        if fitting.any(|other| other != new) {
            return None;
        }
        let new = if fragment.contains('%') { percent_encode(new, true) } else { new.to_owned() };
        Some(format!("{prefix}{new}"))
    }

    /// The heading's name in a wikilink, changed where the heading's text changes.
    fn as_name(&self, name: &str) -> Option<String> {
        let encoded = name.contains('%');
        let plain = if encoded { percent_decode(name) } else { name.into() };
        let (before, after) = self.names.of(&plain)?;
        if name.trim() == before.trim() {
            return Some(name.replace(before.trim(), after.trim()));
        }
        let (at, text) = difference(before, after);
        let gone = &before[at];
        let candidates = plain.match_indices(gone).map(|(found, _)| {
            let changed = [&plain[..found], text, &plain[found + gone.len()..]].concat();
            if encoded { percent_encode(&changed, name.is_ascii()) } else { changed }
        });
        let wanted = compare_form(after);
        let mut fitting = candidates.filter(|changed| compare_form(&percent_decode(changed)) == wanted);
        let fitting = if gone.is_empty() { None } else { fitting.next() };
        // In other letter case, say, it is all of the text nevertheless.
        let is_all = || compare_form(&plain) == compare_form(before);
        let all = || if encoded { percent_encode(after.trim(), name.is_ascii()) } else { after.trim().to_owned() };
        fitting.or_else(|| is_all().then(all))
    }

    /// A table of contents shows the heading's text: `[2. Use](#2-use)`.
    fn display_text(&self, document: &Document, destination: &Destination<'_>) -> Option<Edit> {
        let link = destination.link.filter(|link| link.kind == LinkKind::Inline && !link.is_image)?;
        let shown = inline_text(document, link)?;
        let (at, text) = difference(self.before, self.after);
        let place = || document.at(Span::new(at.start, at.end).shifted(shown.start as usize));
        (document.source.slice(shown) == self.before).then(|| Edit::replace(place(), text))
    }
}

/// What wikilinks may call a heading: what it says, and what is written there, by which Obsidian goes.
struct Names {
    read: (String, String),
    /// Afterwards, if that can be told.
    written: (String, Option<String>),
    /// How both are compared before.
    forms: [String; 2],
    /// Whether the new heading is called as it is written, since what it says is not enough.
    is_marked: bool,
}

impl Names {
    fn new(content: &str, before: &str, after: &str, written: Option<&str>) -> Self {
        let (at, new) = difference(before, after);
        // What changes before all markup, or behind it, changes so in what is written.
        let along = || {
            let front = content.strip_prefix(&before[..at.end]).map(|rest| [&before[..at.start], new, rest].concat());
            let tail = || content.strip_suffix(&before[at.start..]).map(|rest| [rest, new, &before[at.end..]].concat());
            front.or_else(tail)
        };
        let now = written.map(str::to_owned).or_else(along).map(|text| speakable(&text));
        let is_marked = written.is_some_and(|written| compare_form(written) != compare_form(after));
        let after = if written.is_some() { speakable(after) } else { after.to_owned() };
        let forms = [before, content].map(compare_form);
        Self { read: (before.to_owned(), after), written: (content.to_owned(), now), forms, is_marked }
    }

    /// What a name is one of, and what takes the place of that.
    fn of(&self, name: &str) -> Option<(&str, &str)> {
        let form = compare_form(name);
        let [read, written] = &self.forms;
        let is_read = form == *read || form != *written;
        let before = if is_read { &self.read.0 } else { &self.written.0 };
        let after = if is_read && !self.is_marked { Some(&self.read.1) } else { self.written.1.as_ref() };
        Some((before, after?))
    }
}

/// What is written in a heading without the signs that a wikilink cannot hold; they count as blanks.
fn speakable(text: &str) -> String {
    let spaced = text.replace(['[', ']', '#', '|', '^', '\\', '%', '\n', '\r'], " ");
    if spaced == text { spaced } else { spaced.split_whitespace().collect::<Vec<_>>().join(" ") }
}

/// A fragment without what GitHub puts before ids.
fn without_prefix(fragment: &str) -> &str {
    fragment.strip_prefix("user-content-").unwrap_or(fragment)
}

/// The part of a fragment between two `#` that names the heading at a step of the path, and where it begins.
fn step(fragment: &str, index: usize) -> Option<(usize, &str)> {
    let start = |part: &str| Span::of_part(part, fragment).start as usize;
    fragment.split('#').filter(|part| !part.trim().is_empty()).nth(index).map(|part| (start(part), part))
}

/// The bytes of a text that another one has differently, and what it has there.
pub(crate) fn difference<'a>(before: &str, after: &'a str) -> (std::ops::Range<usize>, &'a str) {
    let shared = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| -> usize {
        a.zip(b).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
    };
    let head = shared(&mut before.chars(), &mut after.chars());
    let tail = shared(&mut before[head..].chars().rev(), &mut after[head..].chars().rev());
    (head..before.len() - tail, &after[head..after.len() - tail])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_change_along_with_what_is_written() {
        let names = Names::new("2. **重点**甲", "2. 重点甲", "3. 重点甲", None);
        assert_eq!(names.of("2. **重点**甲"), Some(("2. **重点**甲", "3. **重点**甲")));
        assert_eq!(names.of("2. 重点甲"), Some(("2. 重点甲", "3. 重点甲")));
        let inside = Names::new("2. **重点**甲", "2. 重点甲", "2. 重 点甲", None);
        assert_eq!(inside.of("2. **重点**甲"), None);
    }
}
