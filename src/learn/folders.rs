//! Which folders have documents of one kind.

use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, FEWEST, fields, is_enough, named, sections, tags};
use crate::{
    contract::{TAG_FIELDS, TagSource},
    corpus::Corpus,
    document::{Place, folded},
    source::{CorpusPath, Untrusted},
};

/// Folders deeper than this are not looked at by themselves.
const DEEPEST: usize = 4;
/// More contracts than this are not proposed.
const MOST: usize = 20;

/// The contracts that the folders of a corpus keep; and what is worth saying of folders that keep several.
pub(super) fn drafts(corpus: &Corpus) -> (Vec<Draft>, Vec<String>) {
    let (mut out, mut notes) = (Vec::new(), Vec::new());
    let facts: Vec<Known> = corpus.map(|document| Known {
        fields: fields::names(document, &[Place::FrontMatter]),
        sections: sections::keys(document),
    });
    let mut visit = Visit { corpus, facts: &facts, out: &mut out, notes: &mut notes };
    let all: Vec<usize> = (0..corpus.documents.len()).collect();
    visit.folder(&CorpusPath::default(), &all, 0, &Asked::default());
    out.truncate(MOST);
    (out, notes)
}

/// What the contracts of the folders above ask for already.
#[derive(Clone, Default)]
struct Asked {
    fields: BTreeSet<String>,
    /// Titles of sections, as titles are compared.
    sections: BTreeSet<String>,
    tags: Vec<TagSource>,
}

/// What is compared of a document.
pub(super) struct Known {
    pub(super) fields: BTreeSet<String>,
    pub(super) sections: Vec<sections::Key>,
}

impl Known {
    /// Whether a document has at least half of what a contract asks for; fields in the text stand and fall with their
    /// section.
    fn has_much_of(&self, draft: &Draft) -> bool {
        let fields = draft.fields.iter().filter(|_| draft.places.is_empty());
        let fields = fields.map(|field| self.fields.contains(&field.name));
        let sections = draft.sections.iter().map(|section| self.sections.iter().any(|key| key.is(section)));
        let has: Vec<bool> = fields.chain(sections).collect();
        has.iter().filter(|has| **has).count() * 2 >= has.len()
    }
}

struct Visit<'a> {
    corpus: &'a Corpus,
    facts: &'a [Known],
    out: &'a mut Vec<Draft>,
    notes: &'a mut Vec<String>,
}

impl Visit<'_> {
    /// Proposes a contract for a folder, and for those within it what theirs have besides.
    fn folder(&mut self, folder: &CorpusPath, documents: &[usize], depth: usize, known: &Asked) {
        if documents.len() < FEWEST || depth > DEEPEST {
            return;
        }
        let children = self.children(folder, documents);
        let mut known = known.clone();
        let draft = self.draft(folder, documents, &known, None);
        let has_outline = draft.as_ref().is_some_and(|draft| !draft.sections.is_empty());
        if let Some(draft) = draft.filter(|draft| !self.belongs_to_one(draft, documents, &children)) {
            known.fields.extend(draft.fields.iter().map(|field| field.name.clone()));
            known.sections.extend(draft.sections.iter().map(|section| folded(&section.written)));
            known.tags.extend(draft.tags.iter().map(|(source, _)| source.clone()));
            self.out.push(draft);
        }
        if !has_outline {
            self.kinds(folder, documents, &known);
        }
        for (child, documents) in &children {
            self.folder(child, documents, depth + 1, &known);
        }
    }

    /// Documents of several kinds in one folder, each with sections of its own: a contract for those that a field tells
    /// from the others, and a note on those that nothing does.
    fn kinds(&mut self, folder: &CorpusPath, documents: &[usize], known: &Asked) {
        let here: Vec<usize> = documents.iter().copied().filter(|&at| self.parent(at) == *folder).collect();
        let is_new = |key: &&sections::Key| !key.is_among(&known.sections);
        let titles =
            |at: usize| self.facts[at].sections.iter().filter(is_new).map(sections::Key::folded).collect::<Vec<_>>();
        for group in sections::groups(&here, titles) {
            let outlines: Vec<&[sections::Key]> = group.iter().map(|&at| &*self.facts[at].sections).collect();
            let (mut outline, ..) = sections::common(&outlines);
            outline.retain(|section| !known.sections.contains(&folded(&section.written)));
            // One title alone makes no kind.
            if outline.len() < 2 {
                continue;
            }
            let draft = fields::telling(self.corpus, &group, documents).and_then(|(when, bound)| {
                self.draft(folder, &bound, known, Some(when)).filter(|draft| !draft.sections.is_empty())
            });
            if let Some(draft) = draft {
                self.out.push(draft);
                continue;
            }
            let titles: Vec<String> = outline.iter().map(|section| Untrusted::new(&section.written).line()).collect();
            let paths: Vec<CorpusPath> =
                group.iter().map(|&at| self.corpus.documents[at].source.path.clone()).collect();
            self.notes.push(format!(
                "{} documents are alike in the sections {}, such as {}: in a folder of their own,\n# or with a field that tells them from the others, a contract could ask for them.",
                group.len(),
                titles.join(", "),
                named(&paths[..paths.len().min(2)])
            ));
        }
    }

    fn parent(&self, at: usize) -> CorpusPath {
        self.corpus.documents[at].source.path.parent()
    }

    /// The folders in a folder, each with the documents below it.
    fn children(&self, folder: &CorpusPath, documents: &[usize]) -> BTreeMap<CorpusPath, Vec<usize>> {
        let prefix = if folder.as_str().is_empty() { 0 } else { folder.as_str().len() + 1 };
        let child = |at: usize| {
            let path = self.corpus.documents[at].source.path.as_str();
            let end = prefix + path[prefix..].find('/')?;
            CorpusPath::new(&path[..end])
        };
        let mut out: BTreeMap<CorpusPath, Vec<usize>> = BTreeMap::new();
        for (child, at) in documents.iter().filter_map(|&at| Some((child(at)?, at))) {
            out.entry(child).or_default().push(at);
        }
        out
    }

    /// Whether what a folder has in common is really that of one folder within it, and the other documents have little
    /// of it.
    fn belongs_to_one(&self, draft: &Draft, documents: &[usize], children: &BTreeMap<CorpusPath, Vec<usize>>) -> bool {
        let with = |documents: &[usize]| documents.iter().filter(|at| self.facts[**at].has_much_of(draft)).count();
        let all = with(documents);
        children.values().any(|inner| {
            let supporting = with(inner);
            let outer = documents.len() - inner.len();
            is_enough(supporting, inner.len()) && (all - supporting) * 2 < outer.max(1)
        })
    }

    fn draft(
        &self,
        folder: &CorpusPath,
        documents: &[usize],
        known: &Asked,
        when: Option<(String, String)>,
    ) -> Option<Draft> {
        let mut draft = Draft { folder: folder.clone(), documents: documents.len(), ..Draft::default() };
        draft.name = if folder.as_str().is_empty() { "document".to_owned() } else { folder.as_str().to_owned() };
        if let Some((_, value)) = &when {
            draft.name = format!("{} {value}", draft.name);
        }
        draft.when = when;
        draft.tags = tags::tags(self.corpus, documents)
            .filter(|tags| is_enough(tags.with, documents.len()) && !known.tags.contains(&tags.source))
            .map(|tags| (tags.source.clone(), tags.vocabulary()));
        let places = [Place::FrontMatter];
        let (enough, almost) = fields::common(documents, |at| &self.facts[at].fields);
        // What is asked of tags is asked once.
        let are_tags =
            matches!(draft.tags, Some((TagSource::FrontMatter, _))) || known.tags.contains(&TagSource::FrontMatter);
        let is_tag = |name: &String| are_tags && TAG_FIELDS.contains(&name.as_str());
        let new = |name: &String| !known.fields.contains(name) && !is_tag(name);
        let stated = fields::stated(self.corpus, documents, &places);
        draft.fields = enough.into_iter().filter(new).map(|name| fields::draft(&stated, name)).collect();
        draft.almost.extend(
            almost.into_iter().filter(|(name, _)| new(name)).map(|(name, count)| (format!("field {name}"), count)),
        );
        let outlines: Vec<&[sections::Key]> = documents.iter().map(|&at| &*self.facts[at].sections).collect();
        let (outline, ordered, almost) = sections::common(&outlines);
        draft.sections =
            outline.into_iter().filter(|section| !known.sections.contains(&folded(&section.written))).collect();
        for section in draft.sections.iter_mut().filter(|section| !section.repeated) {
            section.inner = sections::within(self.corpus, documents, section);
        }
        draft.ordered = ordered;
        draft.almost.extend(almost.into_iter().map(|(title, count)| (format!("section {title}"), count)));
        fields::below_sections(self.corpus, documents, &mut draft);
        (!draft.fields.is_empty() || !draft.sections.is_empty() || draft.tags.is_some()).then_some(draft)
    }
}
