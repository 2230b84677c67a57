//! `misdirected-link`: the text of a link is the title of one section or document, and the link leads to another.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    iter,
};

use serde::Deserialize;

use crate::{
    corpus::{Corpus, Destination, Fragment, Resolution, Target},
    document::{Document, LinkKind, Renderer, title, top},
    finding::{Edit, Fix, Message, Safety},
    rule::{CorpusRule, Findings},
    source::{FileId, Location},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MisdirectedLink {}

impl CorpusRule for MisdirectedLink {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let (mut sections, mut referrals) = (HashMap::new(), HashMap::new());
        let mut pages = Pages::of(corpus);
        for document in &corpus.documents {
            let (mut astray, mut led) = (Vec::new(), HashMap::<_, HashSet<_>>::new());
            for destination in corpus.destinations(document) {
                let Some(said) = Said::of(corpus, document, destination) else { continue };
                let Some(heading) = said.heading else {
                    pages.add(said);
                    continue;
                };
                if let Some(meant) = said.other_section(heading, &mut sections) {
                    led.entry((said.to.file, said.text.clone())).or_default().insert(heading);
                    astray.push((said, heading, meant));
                }
            }
            // A text with which a document leads to several sections is the title of none: `[Moderators](#zoom)`.
            astray.retain(|(said, heading, meant)| {
                let referrals = referrals.entry(said.to.file).or_insert_with(|| own_referrals(corpus, said.to));
                led[&(said.to.file, said.text.clone())].len() == 1 && !referrals.contains(&(*meant, *heading))
            });
            for (said, heading, meant) in astray {
                said.report_section(corpus, heading, meant, out);
            }
        }
        pages.report(corpus, out);
    }
}

/// A link whose text may be the title of something, and what it leads to.
struct Said<'a> {
    destination: Destination<'a>,
    document: &'a Document,
    /// What it shows, in lower case.
    text: String,
    to: &'a Document,
    /// `None` where it leads to the document as a whole.
    heading: Option<usize>,
}

impl<'a> Said<'a> {
    fn of(corpus: &'a Corpus, document: &'a Document, destination: Destination<'a>) -> Option<Self> {
        let link = destination.link.filter(|link| link.kind == LinkKind::Inline && !link.is_image)?;
        let Resolution::Found(Target { file: Some(file), fragment, .. }) = destination.resolution else { return None };
        let heading = match &fragment {
            Fragment::Headings(headings) => Some(*headings.first()?),
            Fragment::Unjudged if destination.fragment().is_empty() && *file != document.file => None,
            _ => return None,
        };
        let before = document.source.text.get(link.span.start as usize + 1..link.destination.start as usize)?;
        let (text, _) = before.rsplit_once("](")?;
        let is_plain = !text.contains(['[', '<', '\\']);
        let to = corpus.document(*file)?;
        is_plain.then(|| Self { destination, document, text: lowered(text), to, heading })
    }

    /// The only section whose title the text is, where it is neither the one that the link leads to, nor around that one,
    /// nor deeper: a part may be named by what stands around it, and a section by a part of it.
    fn other_section(&self, heading: usize, known: &mut HashMap<FileId, Sections>) -> Option<usize> {
        let headings = &self.to.facts.headings;
        let is_word = self.text.chars().nth(1).is_some() && self.text.contains(char::is_alphabetic);
        if !is_word || overlap(&self.text, &lowered(&headings[heading].text)) {
            return None;
        }
        let sections = known.entry(self.to.file).or_insert_with(|| sections(self.to));
        let meant = (*sections.get(&self.text)?)?;
        let mut around = iter::successors(headings[heading].parent, |&at| headings[at].parent);
        (headings[meant].level <= headings[heading].level && !around.any(|at| at == meant)).then_some(meant)
    }

    fn report_section(&self, corpus: &Corpus, heading: usize, meant: usize, out: &mut Findings) {
        let headings = &self.to.facts.headings;
        let message = Message::new("section")
            .with("heading", headings[meant].text.trim())
            .with("other", headings[heading].text.trim());
        let finding = out.report(self.at(), message).concerns(self.to.source.path.clone());
        finding.related(self.to.at(headings[meant].span), "meant");
        let renderers = corpus.settings.renderers_of(&self.to.source.path);
        let renderer = renderers.first().copied().unwrap_or(Renderer::GitHub);
        if renderer == Renderer::Obsidian {
            return;
        }
        let anchor = &self.to.anchors(renderer).all[meant];
        if let Some(edit) = self.destination.with_anchor(self.document, anchor) {
            let title = Message::new("fix").with("target", format!("#{anchor}"));
            finding.fix(Fix::new(title, Safety::Unsafe, vec![edit]).redirecting());
        }
    }

    fn at(&self) -> Location {
        self.document.at(self.destination.span)
    }
}

/// As texts are compared here: what is shown, in lower case.
fn lowered(text: &str) -> String {
    let shown: String = text.chars().filter(|c| !matches!(c, '`' | '*')).collect();
    shown.trim().to_lowercase()
}

/// Whether one text says the other as well: `术语表` and `TiCDC 术语表`.
fn overlap(a: &str, b: &str) -> bool {
    a.contains(b) || b.contains(a)
}

/// The headings of a document by what they say; `None` where several say the same.
type Sections = HashMap<String, Option<usize>>;

fn sections(document: &Document) -> Sections {
    let headings = document.facts.headings.iter().enumerate().filter(|(_, heading)| heading.container == 0);
    let mut sections = HashMap::new();
    for (at, heading) in headings {
        sections.entry(lowered(&heading.text)).and_modify(|only| *only = None).or_insert(Some(at));
    }
    sections
}

/// Which sections of a document refer to which other ones, as in `See [Memory](#memory)`.
fn own_referrals(corpus: &Corpus, document: &Document) -> HashSet<(usize, usize)> {
    let headings = &document.facts.headings;
    let referral = |destination: Destination<'_>| {
        let Resolution::Found(target) = destination.resolution else { return None };
        let to = target.headings().next().filter(|_| target.file == Some(document.file))?;
        let from = headings.partition_point(|heading| heading.span.start < destination.span.start).checked_sub(1)?;
        Some((from, to))
    };
    corpus.destinations(document).filter_map(referral).collect()
}

/// The documents that have a title of their own, and the links that say it.
struct Pages<'a> {
    /// By title; `None` where several documents have it.
    titled: HashMap<String, Option<FileId>>,
    /// By the document whose title they say: how many lead there, and those that lead elsewhere.
    said: BTreeMap<FileId, (usize, Vec<Said<'a>>)>,
}

impl<'a> Pages<'a> {
    fn of(corpus: &Corpus) -> Self {
        let mut titled = HashMap::new();
        let titles = corpus.documents.iter().filter_map(|document| Some((lowered(title(document)?.0), document.file)));
        for (title, file) in titles.filter(|(title, _)| is_telling(title)) {
            titled.entry(title).and_modify(|only| *only = None).or_insert(Some(file));
        }
        Self { titled, said: BTreeMap::new() }
    }

    fn add(&mut self, said: Said<'a>) {
        if let Some(&Some(meant)) = self.titled.get(&said.text) {
            let (right, astray) = self.said.entry(meant).or_default();
            if said.to.file == meant {
                *right += 1;
            } else {
                astray.push(said);
            }
        }
    }

    /// Reports a link where it alone leads elsewhere, to a document beside the one that has the title.
    fn report(self, corpus: &Corpus, out: &mut Findings) {
        for (meant, (right, astray)) in self.said {
            let [said] = &astray[..] else { continue };
            let Some(meant) = corpus.document(meant).filter(|meant| meant.file != said.document.file) else { continue };
            let (from, to, path) = (&said.document.source.path, &said.to.source.path, &meant.source.path);
            if right < FEW || to.parent() != path.parent() || is_about(said.to, &said.text) {
                continue;
            }
            let message = Message::new("document")
                .with("path", path.as_str())
                .with("right", right.to_string())
                .with("other", to.as_str());
            let finding = out.report(said.at(), message).concerns(path.clone());
            finding.related(top(meant), "meant");
            if let Some(text) = corpus.respell(said.document, &said.destination, from, path, &corpus.paths) {
                let title = Message::new("fix").with("target", &*text);
                let edit = Edit::replace(said.at(), text);
                finding.fix(Fix::new(title, Safety::Unsafe, vec![edit]).redirecting());
            }
        }
    }
}

/// So many links have to lead to the document whose title they say, before one that does not is astray.
const FEW: usize = 2;

/// Whether a title says so much that a link with this text can hardly mean something else: two words, or four letters that
/// are not of ASCII.
fn is_telling(title: &str) -> bool {
    let wide = title.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
    wide >= 4 || title.split_whitespace().nth(1).is_some()
}

/// Whether a document is about something: its title, a heading or its name say it.
fn is_about(document: &Document, text: &str) -> bool {
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let title = title(document).is_some_and(|(title, _)| overlap(text, &lowered(title)));
    title
        || document.facts.headings.iter().any(|heading| lowered(&heading.text).contains(text))
        || letters(&document.source.path.file_stem().to_lowercase()).contains(&letters(text))
}
