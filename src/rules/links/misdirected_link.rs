//! `misdirected-link`: the text of a link is the title of one section or document, and the link leads to another.

use std::{collections::BTreeMap, iter};

use memchr::memchr3;

use super::titles::{About, Titles, compared, overlap};
use crate::{
    corpus::{Corpus, Destination, Fragment, Resolution, Target},
    document::{Document, LinkKind, top},
    finding::{Edit, Fix, Message, Safety},
    rule::{CorpusRule, Findings},
    source::{
        FileId, Location,
        hash::{HashMap, HashMapExt, HashSet},
    },
};

#[derive(Debug)]
pub(crate) struct MisdirectedLink;

impl CorpusRule for MisdirectedLink {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let titles = Titles::of(corpus);
        let (mut right, mut pages) = (vec![0; corpus.documents.len()], BTreeMap::<_, Vec<_>>::new());
        let mut referrals = HashMap::new();
        // To read texts as titles takes longer than all the rest.
        for own in corpus.map(|document| Own::of(corpus, document, &titles)) {
            own.right.into_iter().for_each(|meant| right[meant.index()] += 1);
            own.pages.into_iter().for_each(|(meant, said)| pages.entry(meant).or_default().push(said));
            for (said, heading, meant) in own.sections {
                let referrals = referrals.entry(said.to.file).or_insert_with(|| own_referrals(corpus, said.to));
                if !referrals.contains(&(meant, heading)) {
                    said.report_section(corpus, heading, meant, out);
                }
            }
        }
        report_pages(corpus, &right, pages, out);
    }
}

/// What the links of a document say.
#[derive(Default)]
struct Own<'a> {
    /// Those that lead to another section than the one whose title they say, with both.
    sections: Vec<(Said<'a>, usize, usize)>,
    /// The documents whose titles they say and to which they lead.
    right: Vec<FileId>,
    /// Those that lead to another document than the one whose title they say, with that.
    pages: Vec<(FileId, Said<'a>)>,
}

impl<'a> Own<'a> {
    fn of(corpus: &'a Corpus, document: &'a Document, titles: &Titles) -> Self {
        let mut own = Self::default();
        for said in corpus.destinations(document).filter_map(|link| Said::of(corpus, document, link)) {
            match said.heading {
                Some(heading) => {
                    let meant = said.other_section(heading, titles);
                    own.sections.extend(meant.map(|meant| (said, heading, meant)));
                }
                None => match titles.document(&said.text) {
                    Some(meant) if said.to.file == meant => own.right.push(meant),
                    Some(meant) => own.pages.push((meant, said)),
                    None => {}
                },
            }
        }
        // A text with which a document leads to several sections is the title of none: `[Moderators](#zoom)`.
        let mut led: HashMap<_, HashSet<usize>> = HashMap::new();
        for (said, heading, _) in &own.sections {
            led.entry((said.to.file, &*said.text)).or_default().insert(*heading);
        }
        let is_one = |(said, ..): &(Said<'_>, usize, usize)| led[&(said.to.file, &*said.text)].len() == 1;
        let mut are_ones = own.sections.iter().map(is_one).collect::<Vec<_>>().into_iter();
        own.sections.retain(|_| are_ones.next() == Some(true));
        own
    }
}

/// A link whose text may be the title of something, and what it leads to.
struct Said<'a> {
    destination: Destination<'a>,
    document: &'a Document,
    /// What it shows, as titles are compared.
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
        let to = corpus.document(*file)?;
        let text = document.source.slice(link.shown(&document.source.text)?);
        // Most entries say what they lead to.
        if heading.is_some_and(|heading| to.facts.headings[heading].text == text) {
            return None;
        }
        let is_plain = memchr3(b'[', b'<', b'\\', text.as_bytes()).is_none();
        is_plain.then(|| Self { destination, document, text: compared(text), to, heading })
    }

    /// The only section whose title the text is, where it is neither the one that the link leads to, nor around that one,
    /// nor deeper: a part may be named by what stands around it, and a section by a part of it.
    fn other_section(&self, heading: usize, titles: &Titles) -> Option<usize> {
        let headings = &self.to.facts.headings;
        let is_word = self.text.chars().nth(1).is_some() && self.text.contains(char::is_alphabetic);
        let own = &headings[heading].text;
        if !is_word || own.len() > LONGEST || overlap(&self.text, &compared(own)) {
            return None;
        }
        let meant = titles.section(self.to, &self.text)?;
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
        if let Some((anchor, edit)) = self.destination.with_heading(corpus, self.document, self.to, meant) {
            let title = Message::new("fix").with("target", format!("#{anchor}"));
            finding.fix(Fix::new(title, Safety::Unsafe, vec![edit]).redirecting());
        }
    }

    fn at(&self) -> Location {
        self.document.at(self.destination.span)
    }
}

/// A title that is longer, in bytes, says more than any link to it.
const LONGEST: usize = 1_000;

/// Which sections of a document refer to which other ones, as in `See [Memory](#memory)`.
fn own_referrals(corpus: &Corpus, document: &Document) -> HashSet<(usize, usize)> {
    let referral = |destination: Destination<'_>| {
        let Resolution::Found(target) = destination.resolution else { return None };
        let to = target.headings().next().filter(|_| target.file == Some(document.file))?;
        Some((document.section_at(destination.span.start as usize)?, to))
    };
    corpus.destinations(document).filter_map(referral).collect()
}

/// Reports a link where it alone leads elsewhere, to a document beside the one whose title it says; `right` is to how many
/// links, by document, what they say led.
fn report_pages(corpus: &Corpus, right: &[usize], astray: BTreeMap<FileId, Vec<Said<'_>>>, out: &mut Findings) {
    let mut about = HashMap::new();
    for (meant, astray) in astray {
        let right = right[meant.index()];
        let [said] = &astray[..] else { continue };
        let Some(meant) = corpus.document(meant).filter(|meant| meant.file != said.document.file) else { continue };
        let (from, to, path) = (&said.document.source.path, &said.to.source.path, &meant.source.path);
        if right < FEW || to.parent() != path.parent() {
            continue;
        }
        let about = about.entry(said.to.file).or_insert_with(|| About::of(said.to));
        if about.says(&said.text) {
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

/// So many links have to lead to the document whose title they say, before one that does not is astray.
const FEW: usize = 2;
