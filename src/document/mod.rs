//! One Markdown file, parsed: what it states, as plain data with spans.

pub mod anchors;
mod conflict;
pub mod directive;
mod elements;
pub(crate) mod emphasis;
pub mod facts;
pub mod front_matter;
pub mod metadata;
pub mod prose;
pub mod typography;

mod attributes;
mod fences;
mod html_headings;
mod includes;
mod lead;
mod mdx;
mod mentions;
mod numbered;
mod parse;
mod pointers;
mod sections;
mod title;
mod tongue;
mod written;

use std::{
    borrow::Cow,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use crate::numbering::{Counting, Fault};
use crate::source::{FileId, Location, Source, Span, hash::HashSet, holding, is_within, surrounds, yaml};

pub use anchors::{Anchors, Renderer};
pub use conflict::{CONFLICT_BEGINS, CONFLICT_ENDS};
pub use directive::{Directive, Scope};
pub use facts::{
    Anchor, Caption, Definition, Facts, Fence, Footnote, Heading, Inline, InlineKind, Link, LinkKind, ListItem,
    NumberedLine, Part, PartKind, PlacedLabel, Swallowed, Tag, Undefined,
};
pub use fences::Unclosed;
pub use front_matter::{FrontMatter, header};
use includes::Included;
pub use mentions::Mentions;
pub use metadata::{Metadata, Place};
pub use numbered::{Numbered, counted_labels, numbered_label, renumbering};
pub(crate) use parse::normalized_label;
pub use parse::{MOST_NESTED, bare, nested_too_deep, structure};
pub use pointers::Pointers;
pub use prose::Prose;
pub(crate) use title::fold_into;
pub use title::{fold_alike, folded, repeated_title, title, title_heading, title_heading_as, top};
pub use tongue::Tongue;
pub use typography::Typography;
pub use written::{inside, written};

/// Which dialect the documents are written in, where it changes what a document states or how it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flavor {
    /// GitHub-flavoured Markdown, with wikilinks.
    #[default]
    GitHub,
    /// An Obsidian vault: `%%…%%` hides text as well.
    Obsidian,
    /// What nothing but Python-Markdown shows: its asterisks make emphasis whatever letters and marks stand around them.
    PythonMarkdown {
        /// Whether it reads Markdown in elements that say so: `<div markdown>`.
        in_html: bool,
    },
    /// What nothing but Docusaurus shows, as MDX: nothing is code because it is indented.
    Mdx,
}

/// A Markdown file and what it states.
#[derive(Debug)]
pub struct Document {
    /// Its place among the files of the check.
    pub file: FileId,
    /// Its text.
    pub source: Arc<Source>,
    /// What it states.
    pub facts: Facts,
    /// The dialect it is written in.
    pub flavor: Flavor,
    derived: Derived,
}

/// What is wrong with the numbers of a document, each with the place it is at.
pub type NumberingFaults = Arc<[(Numbered, Fault)]>;

/// What is made of a document when somebody first asks.
#[derive(Debug, Default)]
struct Derived {
    /// See [`Document::forget_prose`].
    prose: OnceLock<Prose>,
    tongue: OnceLock<Tongue>,
    typography: OnceLock<Typography>,
    broken_emphasis: OnceLock<Vec<Span>>,
    /// What is wrong with its numbers, for each way to count them by itself.
    numbering: Mutex<Vec<(Counting, NumberingFaults)>>,
    anchors: Mutex<Vec<(Renderer, Arc<Anchors>)>>,
    pointers: OnceLock<Pointers>,
    mentions: OnceLock<Mentions>,
    included: OnceLock<Included>,
    late_header: OnceLock<Option<Span>>,
    /// Made when a link first asks.
    listed_ids: OnceLock<HashSet<String>>,
    /// The same.
    html_anchors: OnceLock<HashSet<String>>,
}

impl Document {
    /// Parses a text. Never fails: what cannot be understood is a problem among the facts. Who asks for the text as it is
    /// read pays for another parse.
    pub fn parse(file: FileId, source: Arc<Source>, flavor: Flavor) -> Self {
        let facts = parse::facts(&source.text, flavor);
        Self { file, source, facts, flavor, derived: Derived::default() }
    }

    /// The same for rules that will ask for the text as it is read, which is made on the way.
    pub fn parse_with_prose(file: FileId, source: Arc<Source>, flavor: Flavor) -> Self {
        let (facts, prose) = parse::facts_and_prose(&source.text, flavor);
        Self { file, source, facts, flavor, derived: Derived { prose: prose.into(), ..Derived::default() } }
    }

    /// A document of which nothing is known but its text.
    pub fn unparsed(file: FileId, source: Arc<Source>) -> Self {
        Self {
            file,
            source,
            facts: Facts::default(),
            flavor: Flavor::default(),
            derived: Derived { prose: Prose::default().into(), ..Derived::default() },
        }
    }

    /// Its text as it is read.
    pub fn prose(&self) -> &Prose {
        self.derived.prose.get_or_init(|| parse::prose(&self.source.text, self.flavor))
    }

    /// Gives up the text as it is read, which is as large as the document. Hardly anybody asks for it after the rules
    /// that look at one document; who does pays for another parse. Where typography has found places, it is kept: they
    /// are judged when the corpus is known.
    pub(crate) fn forget_prose(&mut self) {
        if self.derived.typography.get().is_none_or(Typography::is_empty) {
            self.derived.prose = OnceLock::new();
        }
    }

    /// The language it is written in.
    pub fn language(&self) -> Tongue {
        *self.derived.tongue.get_or_init(|| Tongue::of(self))
    }

    /// What typography has rules for; found when one first asks.
    pub fn typography(&self) -> &Typography {
        self.derived.typography.get_or_init(|| Typography::of(self))
    }

    /// Runs of marks that were meant to make emphasis and do not; found when a rule first asks.
    pub(crate) fn broken_emphasis(&self) -> &[Span] {
        self.derived.broken_emphasis.get_or_init(|| emphasis::broken_runs(self))
    }

    /// The anchors that a renderer makes of its headings.
    pub fn anchors(&self, renderer: Renderer) -> Arc<Anchors> {
        // Hardly ever more than one or two renderers, so that a list will do.
        let mut known = self.derived.anchors.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, anchors)) = known.iter().find(|(own, _)| *own == renderer) {
            return anchors.clone();
        }
        let anchors = Arc::new(Anchors::new(renderer, &self.facts.headings, &self.source.text));
        known.push((renderer, anchors.clone()));
        anchors
    }

    /// Where its text points at numbered places.
    pub fn pointers(&self) -> &Pointers {
        self.derived.pointers.get_or_init(|| Pointers::of(self))
    }

    /// Whether a place stands in a block quote: somebody else's text.
    pub fn is_quoted(&self, span: Span) -> bool {
        surrounds(&self.facts.quotes, span)
    }

    /// The code that a byte stands in.
    pub(crate) fn code_at(&self, at: usize) -> Option<Span> {
        holding(&self.facts.code, at)
    }

    /// Whether a byte stands in code.
    pub(crate) fn is_in_code(&self, at: usize) -> bool {
        self.code_at(at).is_some()
    }

    /// The id that the attribute list right behind a place gives to what stands there.
    pub(crate) fn id_behind(&self, span: Span) -> Option<Cow<'_, str>> {
        attributes::leading_id(self.source.text.get(span.end as usize..)?)
    }

    /// Whether an attribute list gives an id to anything but a heading. The ids of headings are among their anchors.
    pub(crate) fn lists_id(&self, id: &str) -> bool {
        let ids = self.derived.listed_ids.get_or_init(|| {
            let text = &self.source.text;
            let headings: Vec<Span> = self.facts.headings.iter().map(|heading| heading.span).collect();
            let all = text.match_indices('{').filter_map(|(at, _)| Some((at, attributes::leading_id(&text[at..])?)));
            let is_list = |at: usize| !text[..at].ends_with(['\\', '$', '{', '_']);
            let is_read = |at: usize| is_list(at) && !self.is_in_code(at) && !is_within(&headings, at);
            all.filter(|(at, _)| is_read(*at)).map(|(_, id)| id.into_owned()).collect()
        });
        ids.contains(id)
    }

    /// What the build of a site puts into it.
    pub(crate) fn included(&self) -> &Included {
        self.derived.included.get_or_init(|| Included::of(self))
    }

    /// The paths of the files that the build of a site puts into it, as they are written.
    pub(crate) fn included_files(&self) -> impl Iterator<Item = &str> {
        includes::files(self)
    }

    /// The paths in its includes, where they stand, in order.
    pub(crate) fn includes(&self) -> Vec<Span> {
        includes::places(self)
    }

    /// The paths of the files that `VitePress` puts into it, where they stand.
    pub(crate) fn parts(&self) -> Vec<&str> {
        includes::parts(self)
    }

    /// The names of the files that the build of a site may put into it.
    pub fn included_names(&self) -> impl Iterator<Item = &str> {
        includes::names(self)
    }

    /// Where its text may speak of its numbers.
    pub fn mentions(&self) -> &Mentions {
        self.derived.mentions.get_or_init(|| Mentions::of(self))
    }

    /// What is wrong with its numbers, place by place.
    pub fn numbering_faults(&self, counting: &Counting) -> NumberingFaults {
        let mut known = self.derived.numbering.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, faults)) = known.iter().find(|(own, _)| own == counting) {
            return faults.clone();
        }
        let faults: NumberingFaults = numbered::faults(self, counting).into();
        known.push((counting.clone(), faults.clone()));
        faults
    }

    /// Whether a rule has asked for what is wrong with its numbers, and something is.
    pub(crate) fn has_numbering_faults(&self) -> bool {
        let known = self.derived.numbering.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().any(|(_, faults)| !faults.is_empty())
    }

    /// Whether its front matter cannot be read, so that nobody knows which fields it has.
    pub fn has_broken_header(&self) -> bool {
        self.facts.front_matter.as_ref().is_some_and(FrontMatter::is_broken) || self.late_header().is_some()
    }

    /// The mark of a header that is none, since blank lines stand before it.
    pub(crate) fn late_header(&self) -> Option<Span> {
        *self.derived.late_header.get_or_init(|| front_matter::late(&self.source.text))
    }

    /// Whether a place is in the YAML header.
    pub fn is_in_front_matter(&self, span: Span) -> bool {
        self.facts.front_matter.as_ref().is_some_and(|header| header.span.contains(span))
    }

    /// What the YAML header holds.
    pub fn header_root(&self) -> Option<&yaml::Node> {
        self.facts.front_matter.as_ref()?.yaml.root.as_ref()
    }

    /// The value of a top-level field of the YAML header.
    pub fn header_field(&self, name: &str) -> Option<&yaml::Node> {
        self.facts.front_matter.as_ref()?.field(name)
    }

    /// What has to stand where for some bytes of text to become others: in the header, what they belong to is quoted where
    /// YAML needs that. `None` where no way is known. All repairs that write a value ask here.
    pub fn respelt(&self, part: Span, text: &str) -> Option<(Span, String)> {
        if !self.is_in_front_matter(part) {
            return Some((part, text.to_owned()));
        }
        let root = self.header_root()?;
        let (node, in_flow) = yaml::scalar_at(root, &self.source.text, part)?;
        let start = node.span.start as usize;
        let within = part.start as usize - start..part.end as usize - start;
        let (range, text) = yaml::respelt(self.source.slice(node.span), within, text, in_flow)?;
        Some((Span::from(range).shifted(start), text))
    }

    /// A place in this document.
    pub fn at(&self, span: Span) -> Location {
        Location::new(self.file, span)
    }
}
