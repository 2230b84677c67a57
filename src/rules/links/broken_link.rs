//! `broken-link`: a link leads to a path that does not exist.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::unused_definition::unused;
use crate::{
    corpus::{
        Corpus, Destination, Paths, Resolution, Suggestions, is_in_capitals, is_index, page_beside, speaks_alike,
    },
    document::Document,
    finding::{Edit, Fix, Message, Safety},
    rule::{CorpusRule, Findings},
    source::{
        CorpusPath, FileId, Span,
        characters::{has_no_width, turns_direction},
        percent_decode,
    },
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct BrokenLink {}

/// Of so many files of one name, one may be another that was meant.
const MOST_OF_A_NAME: usize = 256;

impl CorpusRule for BrokenLink {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut suggestions = Suggestions::default();
        let bare_of = unwrapped(corpus);
        let mut unused_in: HashMap<FileId, HashSet<Span>> = HashMap::new();
        for (document, destination) in corpus.doubtful() {
            // A definition that nothing uses leads nobody anywhere; `unused-definition` says so.
            if destination.link.is_none() {
                let spans = || unused(document).iter().map(|definition| definition.destination).collect();
                if unused_in.entry(document.file).or_insert_with(spans).contains(&destination.span) {
                    continue;
                }
            }
            let at = document.at(destination.span);
            match destination.resolution {
                Resolution::Missing { path } => {
                    // A URL that lost its scheme is no path to speak of.
                    let is_wrapped = bare(destination.target).is_some();
                    let bare = bare_of.get(&(document.file, destination.slot)).copied();
                    let is_url = destination.target.contains("//") || is_wrapped;
                    let shown = if is_url { destination.target } else { path.as_str() };
                    let finding = out.report(at, Message::new("missing").with("path", shown)).concerns(path.clone());
                    if let Some(bare) = bare {
                        finding.help(Message::new("did-you-mean").with("near", bare));
                        if document.source.slice(destination.span) == destination.target {
                            let title = Message::new("fix").with("near", bare);
                            // `[Tim]: [a](https://…)` was meant as text, more likely than as a definition.
                            let may_be_text = destination.link.is_none() && destination.target.starts_with('[');
                            let safety = if may_be_text { Safety::Unsafe } else { Safety::Safe };
                            finding.fix(Fix::new(title, safety, vec![Edit::replace(at, bare)]));
                        }
                    }
                    if is_url {
                        continue;
                    }
                    let near = meant(corpus, document, &destination, path, &mut suggestions);
                    let Some(Meant { path: near, key, safety }) = near else { continue };
                    let folder = document.source.path.parent();
                    finding.help(Message::new(key).with("near", near.relative_to(&folder)));
                    let own = &document.source.path;
                    let Some(safety) = safety else { continue };
                    if let Some(text) = corpus.respell(document, &destination, own, &near, &corpus.paths) {
                        // A manner of writing is kept where a path stays the same, not for the sake of a wrong one.
                        let text = text.strip_prefix("./").filter(|rest| rest.starts_with("../")).unwrap_or(&text);
                        let title = Message::new("fix").with("near", text);
                        finding.fix(Fix::new(title, safety, vec![Edit::replace(at, text)]));
                    }
                }
                Resolution::Ignored { path, is_tracked: false } => {
                    out.report(at, Message::new("ignored").with("path", path.as_str())).concerns(path.clone());
                }
                _ => {}
            }
        }
    }
}

/// The destinations, by document and slot, that lead somewhere once what stands around them is gone, and what is left.
fn unwrapped(corpus: &Corpus) -> HashMap<(FileId, usize), &str> {
    let missing = |destination: &Destination<'_>| matches!(destination.resolution, Resolution::Missing { .. });
    let all: Vec<(&Document, usize, &str)> = corpus
        .doubtful()
        .filter(|(_, destination)| missing(destination))
        .filter_map(|(document, destination)| Some((&**document, destination.slot, bare(destination.target)?)))
        .collect();
    if all.is_empty() {
        return HashMap::new();
    }
    let resolved = corpus.resolve(all.iter().map(|&(document, _, bare)| (document, bare, false)));
    let good = all.iter().zip(resolved).filter(|(_, resolution)| !resolution.is_doubtful());
    good.map(|(&(document, slot, bare), _)| ((document.file, slot), bare)).collect()
}

/// A destination without the parentheses, quotation marks or invisible characters around it; of a link that stands in
/// another one's place, where it leads.
fn bare(target: &str) -> Option<&str> {
    let bare = target.trim_matches(|c| has_no_width(c) || turns_direction(c) || "\"'“”‘’".contains(c));
    let of_link = bare.starts_with('[').then(|| bare.rsplit_once("](")).flatten().map(|(_, inner)| inner);
    let inner = of_link.or(bare.strip_prefix('('));
    let bare = inner.and_then(|inner| inner.strip_suffix(')')).unwrap_or(bare);
    (bare.len() < target.len() && !bare.is_empty()).then_some(bare)
}

/// What a path was probably meant to be, the key of the help that says so, and how sure that is; a mere question is no
/// repair.
struct Meant {
    path: CorpusPath,
    key: &'static str,
    safety: Option<Safety>,
}

/// Whether links lead to a document where it stands: then it may be another one of the same name, which has always been
/// there, and what a link misses has not moved but is gone.
fn is_at_home(corpus: &Corpus, path: &CorpusPath) -> bool {
    corpus.paths.document(path).is_some_and(|file| corpus.visitors(file).next().is_some())
}

/// Whether a file of the same name is the one that is missed and has only moved: the link names no folder, or the last one
/// it names is on the way to it still, and its name is none that any folder may have a file of, as `LICENSE` is. What a
/// path from the root begins with may be known to a server alone.
fn has_moved(missing: &CorpusPath, written: &str, found: &CorpusPath) -> bool {
    let folder = percent_decode(written.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder));
    let named: Vec<&str> = folder.split('/').filter(|name| !matches!(*name, "" | "." | "..")).collect();
    let there = found.parent();
    let stands_in = |name: &&str| there.as_str().split('/').any(|own| own == *name);
    let stem = missing.file_stem();
    !written.starts_with('/') && !is_in_capitals(stem) && named.last().map_or(!is_of_folder(stem), stands_in)
}

/// The folder of somebody else's project that a path lies in, where copies of others are kept; empty for what is no copy.
fn project_of(path: &CorpusPath) -> &str {
    const KEEPERS: &[&str] = &[
        "vendor",
        "vendored",
        "node_modules",
        "third_party",
        "third-party",
        "thirdparty",
        "deps",
        "external",
        "extern",
    ];
    let path = path.as_str();
    let keeps = |name: &str| KEEPERS.iter().any(|keeper| name.eq_ignore_ascii_case(keeper));
    let slashes: Vec<usize> = path.match_indices('/').map(|(at, _)| at).collect();
    let name = |nth: usize| &path[nth.checked_sub(1).map_or(0, |before| slashes[before] + 1)..slashes[nth]];
    let last = (0..slashes.len()).rev().find(|&nth| keeps(name(nth)));
    last.and_then(|keeper| slashes.get(keeper + 1)).map_or("", |&end| &path[..end])
}

/// Whether a path lies in a folder that is a project of its own, with a manifest and a licence, and that a document is no
/// part of.
fn is_of_other_project(paths: &Paths, document: &CorpusPath, path: &CorpusPath) -> bool {
    const MANIFESTS: &[&str] =
        &["package.json", "Cargo.toml", "pyproject.toml", "setup.py", "go.mod", "pom.xml", "composer.json"];
    const LICENCES: &[&str] = &["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "COPYING"];
    let is_project = |folder: CorpusPath| paths.has_one(&folder, MANIFESTS) && paths.has_one(&folder, LICENCES);
    path.ancestors().skip(1).take_while(|folder| !document.is_within(folder)).any(is_project)
}

/// Whether a name without its extension is one of which every folder may have a file, whatever it holds.
fn is_of_folder(stem: &str) -> bool {
    ["index", "readme"].iter().any(|name| stem.eq_ignore_ascii_case(name))
}

/// The path from the root, if it was meant so; a file of this name elsewhere, if there is one and no other; else a name
/// in the same folder that is close. Never the document itself, nor one in another language.
fn meant<'a>(
    corpus: &'a Corpus,
    document: &Document,
    destination: &Destination<'_>,
    missing: &CorpusPath,
    suggestions: &mut Suggestions,
) -> Option<Meant> {
    let own = &document.source.path;
    let written = destination.path();
    let is_possible = |path: &&CorpusPath| {
        *path != own && speaks_alike(missing.as_str(), path.as_str()) && project_of(path) == project_of(own)
    };
    let from_root = CorpusPath::new(written.trim_start_matches("../")).filter(|path| path.as_str().contains('/'));
    if let Some(path) = from_root.filter(|path| is_possible(&path) && corpus.paths.is_file(path)) {
        return Some(Meant { path, key: "from-root", safety: Some(Safety::Safe) });
    }
    let all = corpus.paths.named(missing.file_name()).iter().take(MOST_OF_A_NAME);
    let mut of_project = all.filter(|path| project_of(path) == project_of(own));
    if let (Some(only), None) = (of_project.next(), of_project.next()) {
        if !is_possible(&only) {
            return None;
        }
        let has_moved = has_moved(missing, written, only);
        // Every folder may have an index; that there is one other says nothing. `OWNERS.md` is not the page `owners.md`.
        let is_of_folder = is_index(only) || (is_of_folder(missing.file_stem()) && !has_moved);
        let is_sure = !is_of_folder
            && only.file_name() == missing.file_name()
            && (has_moved || !is_of_other_project(&corpus.paths, own, only));
        let safety = if has_moved && !is_at_home(corpus, only) { Safety::Safe } else { Safety::Unsafe };
        return Some(Meant { path: only.clone(), key: "moved", safety: is_sure.then_some(safety) });
    }
    // A page of a site is written without the extension of its document, or with `.html`.
    let page = page_beside(missing).filter(|page| !is_index(page));
    if let Some([only]) = page.as_ref().map(|page| corpus.paths.named(page.file_name())) {
        if !is_possible(&only) {
            return None;
        }
        // Where files are shown, there are no pages, and what is meant may be a folder.
        let is_sure =
            !corpus.settings.is_shown_as_file(own) && page.is_some_and(|page| page.file_name() == only.file_name());
        let safety = if has_moved(missing, written, only) { Safety::Safe } else { Safety::Unsafe };
        return Some(Meant { path: only.clone(), key: "moved", safety: is_sure.then_some(safety) });
    }
    let folder = missing.parent();
    // What is not possible is close to nothing; to find that out costs as well.
    let name = |path: &'a CorpusPath| if is_possible(&path) { path.file_name() } else { "" };
    let beside = corpus.paths.in_folder(&folder).map(name);
    let (near, is_slip) = suggestions.near(missing.file_name(), beside)?;
    let safety = is_slip.then_some(Safety::Unsafe);
    Some(Meant { path: folder.join(near)?, key: "did-you-mean", safety })
}
