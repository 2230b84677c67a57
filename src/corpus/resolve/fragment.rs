//! What a `#fragment` names in a document.

use std::sync::{Arc, OnceLock};

use super::{
    Fragment, Resolver,
    destination::{is_footnote, is_line_range},
    including::{included_by, only_named},
};
use crate::{
    corpus::Evidence,
    document::{Anchors, Document, Flavor, Heading, Renderer},
    source::{
        CorpusPath, FileId,
        characters::lower_case,
        hash::{HashMap, HashMapExt, HashSet},
        percent_decode,
    },
};

/// The link targets of one document.
pub(super) struct Targets<'a> {
    /// For each renderer.
    headings: Vec<Arc<Anchors>>,
    ids: HashMap<&'a str, usize>,
    /// Headings by the id behind them, whoever reads it; made when a link first asks.
    given: OnceLock<HashMap<&'a str, usize>>,
    /// Headings by the form in which Obsidian compares them; made when a link first asks.
    compared: OnceLock<HashMap<String, Vec<usize>>>,
}

impl<'a> Targets<'a> {
    pub(super) fn new(document: &'a Document, renderers: &[Renderer]) -> Self {
        // Where an id stands twice, the first one wins.
        let anchors = document.facts.anchors.iter().enumerate().rev();
        let ids = anchors.map(|(at, anchor)| (anchor.id.as_str(), at)).collect();
        let headings = renderers.iter().map(|&renderer| document.anchors(renderer)).collect();
        Self { headings, ids, given: OnceLock::new(), compared: OnceLock::new() }
    }

    /// What a fragment names for one of the renderers.
    fn find(&self, renderer: usize, id: &str) -> Option<Fragment> {
        let heading = self.headings[renderer].find(id).map(|at| Fragment::Headings(vec![at]));
        heading.or_else(|| self.id(id))
    }

    /// What it names for any of them.
    fn find_any(&self, id: &str) -> Option<Fragment> {
        (0..self.headings.len()).find_map(|renderer| self.find(renderer, id))
    }

    /// An explicit id.
    fn id(&self, id: &str) -> Option<Fragment> {
        self.ids.get(id).map(|&at| Fragment::Anchor(at))
    }

    /// The first heading with an id behind it, whoever reads that.
    fn given(&self, headings: &'a [Heading], id: &str) -> Option<usize> {
        let index = self.given.get_or_init(|| {
            let all = headings.iter().enumerate().rev();
            all.filter_map(|(at, heading)| Some((Renderer::any_id(&heading.hidden)?, at))).collect()
        });
        index.get(id).copied()
    }

    /// The headings that Obsidian takes for a name, in order. It compares them as they are written, but most people write
    /// what they read.
    fn compared(&self, document: &Document, name: &str) -> &[usize] {
        let index = self.compared.get_or_init(|| {
            let mut index: HashMap<String, Vec<usize>> = HashMap::new();
            for (at, heading) in document.facts.headings.iter().enumerate() {
                let read = compare_form(&heading.text);
                let written = Some(document.source.slice(heading.content)).filter(|written| *written != heading.text);
                let written = written.map(compare_form).filter(|written| *written != read);
                for form in [Some(read), written].into_iter().flatten() {
                    index.entry(form).or_default().push(at);
                }
            }
            index
        });
        index.get(&compare_form(name)).map_or(&[], Vec::as_slice)
    }
}

/// A page is put together of fewer documents than this; what has more is not judged.
const MOST_PARTS: usize = 500;

/// Ids of the page that GitHub puts around a document.
const AROUND: &[&str] = &["readme", "readme-ov-file", "repo-content-pjax-container", "js-repo-pjax-container"];

impl Resolver<'_> {
    /// What a fragment names in a document, in a link of one that stands at a path.
    pub(super) fn fragment(&self, from: &CorpusPath, file: FileId, fragment: &str) -> Fragment {
        let decoded = percent_decode(fragment);
        let own = decoded.strip_prefix("user-content-").unwrap_or(&decoded);
        // Where a slash begins it, or `!/`, it is a page of an application, and no place on one.
        let is_elsewhere = own.starts_with(":~:") || own.starts_with('/') || own.starts_with("!/");
        if own.is_empty() || own == "top" || is_elsewhere || is_line_range(own) || is_footnote(own) {
            return Fragment::Unjudged;
        }
        let anchors = self.anchors(file);
        let is_guessed = self.settings.evidence == Evidence::None;
        let document = &self.documents[file.index()];
        let given = || {
            let at = if is_guessed { anchors.given(&document.facts.headings, own) } else { None };
            at.map(|at| Fragment::Headings(vec![at]))
        };
        let renderers = self.settings.renderers_of(&document.source.path);
        let is_outside = self.settings.is_outside_site(&document.source.path);
        let as_note = || Some(self.subpath(file, &decoded)).filter(|named| !matches!(named, Fragment::Missing(_)));
        let mut found = None;
        let mut missing = Vec::new();
        for (at, &renderer) in renderers.iter().enumerate() {
            let exact =
                || anchors.find(at, own).or_else(|| anchors.find(at, fragment)).or_else(|| anchors.find(at, &decoded));
            let named = match renderer {
                Renderer::Obsidian => as_note(),
                // GitHub looks for the fragment in lower case where it does not find it as it stands.
                Renderer::GitHub => {
                    let around = || AROUND.contains(&own).then_some(Fragment::Unjudged);
                    exact().or_else(|| anchors.find(at, &own.to_lowercase())).or_else(given).or_else(around)
                }
                _ => exact().or_else(|| anchors.find(at, &renderer.linked(own))),
            };
            match named {
                Some(named) => found = found.or(Some(named)),
                None if (is_guessed || renderer.reads_lists()) && document.lists_id(own) => {}
                None if matches!(renderer, Renderer::GitHub | Renderer::GitLab) && document.has_html_heading(own) => {}
                None if is_guessed && self.is_counted(file, at, own) => {}
                None if (is_guessed || !renderer.shows_files()) && self.is_put_in(file, own) => {}
                None => missing.push(renderer),
            }
        }
        let is_one_enough = is_outside || self.settings.is_at_odds();
        let is_enough = missing.is_empty() || (is_one_enough && missing.len() < renderers.len());
        // Who comes from there sees the document where it stands in the repository.
        let as_file = || {
            let is_there = self.settings.is_outside_site(from) && !is_outside;
            let anchors = is_there.then(|| document.anchors(Renderer::GitHub))?;
            anchors.find(own).or_else(|| anchors.find(&own.to_lowercase()))
        };
        match found {
            found if is_enough => found.unwrap_or(Fragment::Unjudged),
            _ if let Some(heading) = as_file() => Fragment::Headings(vec![heading]),
            _ if let Some(named) = as_note().filter(|_| self.settings.flavor == Flavor::Obsidian) => named,
            _ if self.settings.has_other_anchors || self.settings.reference_of(&document.source.path).is_some() => {
                Fragment::Unjudged
            }
            _ => Fragment::Missing(missing),
        }
    }

    /// Whether an id counts headings of one text in the way of another renderer, `usage_1` for the second, and there are
    /// as many: nobody writes that by accident.
    fn is_counted(&self, file: FileId, renderer: usize, id: &str) -> bool {
        let Some((base, number)) = id.rsplit_once('_') else { return false };
        let Some(number) = number.parse::<usize>().ok().filter(|&number| number > 0) else { return false };
        let document = &self.documents[file.index()];
        let families = self.anchors(file).headings[renderer].families(
            self.settings.renderers_of(&document.source.path)[renderer],
            &document.facts.headings,
            &document.source.text,
        );
        families.count(base) > number
    }

    /// Whether what the build of a site puts into a document may have an anchor that the document has not. A number behind
    /// it counts those before it.
    fn is_put_in(&self, file: FileId, id: &str) -> bool {
        let Some(included) = self.included[file.index()].get_or_init(|| self.included(file)) else { return true };
        let counted = id.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix(['-', '_']).unwrap_or(id);
        let has = |file: &FileId, id: &str| self.anchors(*file).find_any(id).is_some();
        included.iter().any(|file| has(file, id) || has(file, counted))
    }

    /// The documents that the build of a site puts into one, and those that it puts into these. `None` where something is
    /// put in that is no document of the corpus.
    fn included(&self, file: FileId) -> Option<Vec<FileId>> {
        let has_plugins = self.settings.renderers.iter().any(|renderer| renderer.is_mkdocs());
        let mut all = vec![file];
        let mut known = HashSet::from_iter([file]);
        let mut at = 0;
        while let Some(&from) = all.get(at) {
            let document = &self.documents[from.index()];
            let included = document.included();
            if included.is_open || (included.has_objects && has_plugins) {
                return None;
            }
            for path in &included.files {
                let from = &document.source.path;
                let file = included_by(self.paths, from, path).and_then(|path| self.paths.document(&path));
                let file = file.or_else(|| only_named(self.paths, path));
                let file = file.filter(|_| all.len() < MOST_PARTS)?;
                if known.insert(file) {
                    all.push(file);
                }
            }
            at += 1;
        }
        Some(all.split_off(1))
    }

    /// `#H1#H2` or `#^block` of a document, as Obsidian compares them.
    pub(super) fn subpath(&self, file: FileId, subpath: &str) -> Fragment {
        let document = &self.documents[file.index()];
        let headings = &document.facts.headings;
        let anchors = self.anchors(file);
        let missing = || Fragment::Missing(self.settings.renderers.clone());
        if let Some(block) = subpath.trim().strip_prefix('^') {
            let found = anchors.id(&format!("^{block}")).or_else(|| anchors.id(&format!("^{}", block.to_lowercase())));
            return found.unwrap_or_else(missing);
        }
        // `[[note#[^1]]]` leads to a footnote.
        if subpath.trim().is_empty() || subpath.trim().starts_with("[^") {
            return Fragment::Unjudged;
        }
        let mut path = Vec::new();
        for name in subpath.split('#').filter(|name| !name.trim().is_empty()) {
            let last = path.last().copied();
            let below = |&&at: &&usize| last.is_none_or(|last| is_below(headings, at, last));
            let named = anchors.compared(document, name);
            let after = named.partition_point(|&at| last.is_some_and(|last| at <= last));
            // What is below a heading stands soon behind it; no more candidates than these are tried.
            if let Some(&at) = named[after..].iter().take(100).find(below) {
                path.push(at);
                continue;
            }
            let is_vault = self.settings.flavor == Flavor::Obsidian;
            return if is_vault { None } else { anchors.find_any(subpath) }.unwrap_or_else(missing);
        }
        Fragment::Headings(path)
    }
}

fn is_below(headings: &[Heading], at: usize, above: usize) -> bool {
    std::iter::successors(headings[at].parent, |&parent| headings[parent].parent).any(|parent| parent == above)
}

/// How Obsidian compares headings: some ASCII signs become blanks, blanks are collapsed, letter case is folded.
/// Full-width and CJK punctuation is kept.
pub(crate) fn compare_form(text: &str) -> String {
    let spaced: String =
        text.chars().map(|c| if "!\"#$%&()*+,.:;<=>?@^`{|}~/[]\\\n\r".contains(c) { ' ' } else { c }).collect();
    lower_case(&spaced.split_whitespace().collect::<Vec<_>>().join(" "))
}
