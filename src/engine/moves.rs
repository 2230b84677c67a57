//! What a move leaves to the author: places that name what moved and are no links, links that only the build of a site
//! could follow, and translations that stay where they are.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
};

use aho_corasick::AhoCorasick;

use super::{Job, Leftover, dialect, mdx::lost_in_mdx, moved::Moved, notes::wikilinked, shortcodes};
use crate::{
    corpus::{Corpus, Resolution, Settings, Translations, included_by, is_index, is_language, only_named, originals},
    document::{Document, Flavor, Renderer},
    order, parallel,
    source::{CorpusPath, Place, Source, Span, holding},
};

/// The corpus before and after files and folders get other paths.
pub(super) struct Moves<'a> {
    pub(super) before: &'a Corpus,
    pub(super) after: &'a Corpus,
    pub(super) moved: &'a Moved<'a>,
}

impl Moves<'_> {
    /// Everything that is left, what breaks first.
    pub(super) fn leftovers(&self, job: &Job) -> Vec<Leftover> {
        let documents: Vec<_> = self.before.documents.iter().zip(&self.after.documents).collect();
        let links = parallel::map(&documents, |(was, now)| self.lost_in(was, now));
        let mut left: Vec<Leftover> = links.into_iter().flatten().map(Leftover::Link).collect();
        let includes = parallel::map(&documents, |(was, now)| self.includes_in(was, now));
        left.extend(includes.into_iter().flatten());
        let translations = self.translations();
        let more = translations.len().saturating_sub(1);
        left.extend(translations.into_iter().next().map(|first| Leftover::Translations(first, more)));
        if let Some(source) = &job.config.source {
            let own = self.moved.all().iter().flat_map(|(old, _)| self.names_in_own_configuration(source, old));
            left.extend(sorted(own.collect()).into_iter().map(Leftover::Name));
        }
        let configurations = dialect::configurations(job, &self.before.paths).into_iter();
        let of_site = configurations.flat_map(|(path, text)| {
            let source = Source::new(path, text);
            sorted(self.moved.all().iter().flat_map(|(old, _)| self.names_in_configuration(&source, old)).collect())
        });
        left.extend(of_site.map(Leftover::Name));
        let wanted = Wanted::new(self.moved.all(), &self.before.settings);
        left.extend(self.names_in_canvases(job, &wanted).into_iter().map(Leftover::Name));
        left.extend(lost_in_mdx(job, self.before, self.after, self.moved));
        let of_documents = parallel::map(&documents, |(was, now)| {
            let names = wanted.in_text(&now.source.text).into_iter().map(|at| &self.moved.all()[at]);
            let names = names.flat_map(|(old, new)| self.names_in(was, now, old, new));
            sorted(names.chain(self.addresses_in(now, &wanted)).collect())
        });
        left.extend(of_documents.into_iter().flatten().map(Leftover::Name));
        left
    }

    fn moves(&self, path: &CorpusPath) -> bool {
        self.moved.by(path).is_some()
    }

    /// Places in a document that name what moved, by its path from the root or from the document's own folder.
    fn names_in(&self, was: &Document, now: &Document, old: &CorpusPath, new: &CorpusPath) -> Vec<Place> {
        let folder = was.source.path.parent();
        let mut spellings = vec![old.relative_to(&folder)];
        // What stands beside the document is meant first.
        let paths = &self.before.paths;
        let beside = folder.join(old.as_str()).unwrap_or_default();
        let is_beside = beside == *old || paths.is_file(&beside) || paths.is_folder(&beside);
        let is_folder = paths.is_folder(old);
        if (is_folder || old.as_str().contains('/')) && !is_beside {
            spellings.push(old.as_str().to_owned());
        }
        // From the folder of the site, as `VitePress` and `VuePress` write it.
        let of_site = self.before.settings.site.names(old).into_iter().chain([old.as_str().to_owned()]);
        spellings.extend(of_site.map(|name| format!("@/{name}")));
        // A way up names nothing.
        spellings.retain(|spelling| spelling.ends_with(old.file_name()));
        // The name of a file alone stays right where it is the same afterwards.
        let is_told = old.file_name() != new.file_name() || is_folder;
        spellings.retain(|spelling| is_told || spelling.contains('/'));
        if let Some(name) = post_name(old).filter(|name| post_name(new) != Some(name)) {
            spellings.push(format!("post_url {name}"));
        }
        let source = &now.source;
        let mut found: Vec<Span> =
            spellings.iter().flat_map(|spelling| self.named(&source.text, old, spelling)).collect();
        if self.before.settings.is_hugo() {
            // The name of a document alone is right wherever it stands.
            let counts = |span: &Span| is_told || source.slice(*span).contains('/');
            found
                .extend(shortcodes::named(self.before, &was.source.path, &source.text, old).into_iter().filter(counts));
        }
        if self.before.settings.flavor == Flavor::Obsidian && !is_folder {
            found.extend(wikilinked(&source.text, old, new));
        }
        if found.is_empty() {
            return Vec::new();
        }
        found.sort_unstable();
        found.dedup();
        let mut links: Vec<Span> = self.after.destinations(now).map(|destination| destination.span).collect();
        links.extend(now.includes());
        links.sort_unstable();
        let begins_in = |spans: &[Span], inner: Span| holding(spans, inner.start as usize);
        let verbatim = [&now.facts.code, &now.facts.html];
        let is_in_block = |span| {
            verbatim.iter().any(|all| begins_in(all, span).is_some_and(|block| source.slice(block).contains('\n')))
        };
        let counts = |span: &Span| {
            let name = source.slice(*span);
            // From the root it is another one.
            let before = &source.text[..span.start as usize];
            let is_rooted = before.ends_with('/') && !before.ends_with("./") && !name.starts_with(old.as_str());
            // In a block of code a name alone may be that of anything.
            let says_enough = name.contains('/') || before.ends_with("[[") || !is_in_block(*span);
            begins_in(&links, *span).is_none() && !is_rooted && says_enough
        };
        found.into_iter().filter(counts).map(|span| source.place(span)).collect()
    }

    /// URLs in a document that lead to what moved, where the corpus is published.
    fn addresses_in(&self, now: &Document, wanted: &Wanted) -> Vec<Place> {
        let is_own = |url: &str| {
            let path = self.after.settings.addresses.path_in(url).and_then(|path| CorpusPath::new(&path));
            path.is_some_and(|path| path.ancestors().any(|above| wanted.lower.contains(&above)))
        };
        let urls = self.after.destinations(now).filter(|link| link.target.contains("://") && is_own(link.target));
        urls.map(|link| now.source.place(link.span)).collect()
    }

    /// Where a text has a spelling of the old path, or for a folder of a path below it, that stands for itself.
    fn named(&self, text: &str, old: &CorpusPath, spelling: &str) -> Vec<Span> {
        let is_folder = self.before.paths.is_folder(old);
        let spelling = if is_folder { format!("{spelling}/") } else { spelling.to_owned() };
        let whole = |at: usize| {
            let behind = &text[at + spelling.len()..];
            if !is_folder {
                return ends(behind).then_some(0);
            }
            let rest = behind.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/')));
            let rest = behind[..rest.unwrap_or(behind.len())].trim_end_matches('.');
            let is_known = |path: CorpusPath| self.before.paths.is_file(&path) || self.before.paths.is_folder(&path);
            old.join(rest).is_some_and(is_known).then_some(rest.len())
        };
        let all = text.match_indices(&*spelling).filter(|(at, _)| begins(&text[..*at], &spelling));
        all.filter_map(|(at, _)| Some(Span::new(at, at + spelling.len() + whole(at)?))).collect()
    }

    /// Places in `rubrica.yaml` that name what moved, or what lies below it: by its path from the root. A key is no path, nor
    /// is what stands in a comment, or a word that is alone where no path is expected.
    fn names_in_own_configuration(&self, source: &Source, old: &CorpusPath) -> Vec<Place> {
        const KEYS: &[&str] = &["files:", "include:", "exclude:", "paths:", "rule_pages:", "vocabulary:", "schema:"];
        let (text, is_folder) = (&source.text, self.before.paths.is_folder(old));
        let counts = |at: usize| {
            let (before, behind) = (&text[..at], &text[at + old.as_str().len()..]);
            let line = before.rsplit('\n').next().unwrap_or_default();
            let is_comment = line.trim_start().starts_with('#') || line.contains(" #");
            let is_path = old.as_str().contains('/') || KEYS.iter().any(|key| line.contains(key));
            let goes_on = is_folder && behind.starts_with('/');
            let is_whole = goes_on || (is_path && ends(behind) && !behind.starts_with(':'));
            begins(before, old.as_str()) && is_whole && !is_comment
        };
        let all = text.match_indices(old.as_str()).map(|(at, _)| at).filter(|at| counts(*at));
        all.map(|at| source.place(Span::new(at, at + old.as_str().len()))).collect()
    }

    /// Places in the configuration of a site that name what moved: by its path from a folder of the site, or in quotes
    /// as the page of a document.
    fn names_in_configuration(&self, source: &Source, old: &CorpusPath) -> Vec<Place> {
        let (text, site) = (&source.text, &self.before.settings.site);
        let lists_pages = source.path.file_name().starts_with("sidebars.");
        let mut found: Vec<Span> = site.names(old).iter().flat_map(|name| self.named(text, old, name)).collect();
        let documents = self.before.documents.iter().zip(&self.after.documents);
        let documents = documents.filter(|(was, _)| was.source.path.is_within(old));
        let lost = documents.flat_map(|(was, now)| &self.page_names(was) - &self.page_names(now));
        for page in lost {
            let all = text.match_indices(&*page).map(|(at, _)| Span::new(at, at + page.len()));
            found.extend(all.filter(|span| is_quoted(text, *span, lists_pages || page.contains('/'))));
        }
        order::by_key(&mut found, |span| (span.start, Reverse(span.end)));
        found.dedup_by_key(|span| span.start);
        found.into_iter().map(|span| source.place(span)).collect()
    }

    /// Places in canvases of Obsidian that name what moved: the files and pictures that they show, by their paths from the
    /// root, and wikilinks in their texts.
    fn names_in_canvases(&self, job: &Job, wanted: &Wanted) -> Vec<Place> {
        let paths = &self.before.paths;
        let mut all: Vec<&CorpusPath> = paths.files().filter(|path| path.extension() == Some("canvas")).collect();
        all.sort_unstable();
        let names = |path: &CorpusPath| {
            let source = Source::new(self.moved.path(path), job.tree.read(path, job.config.files.max_bytes).ok()?);
            let named = |(old, new): &(CorpusPath, CorpusPath)| {
                let (text, is_folder) = (&source.text, paths.is_folder(old));
                let string = |at: usize| {
                    let end = at + old.as_str().len();
                    let key = text[..at].strip_suffix('"')?.trim_end().strip_suffix(':')?.trim_end();
                    let rest = text[end..]
                        .find('"')
                        .filter(|_| key.ends_with(r#""file""#) || key.ends_with(r#""background""#))?;
                    let is_whole = rest == 0 || (is_folder && text[end..].starts_with('/'));
                    is_whole.then(|| source.place(Span::new(at, end + rest)))
                };
                let linked = wikilinked(text, old, new).into_iter().map(|span| source.place(span));
                text.match_indices(old.as_str()).filter_map(|(at, _)| string(at)).chain(linked).collect::<Vec<_>>()
            };
            Some(sorted(
                wanted.in_text(&source.text).into_iter().map(|at| &self.moved.all()[at]).flat_map(named).collect(),
            ))
        };
        all.into_iter().filter_map(names).flatten().collect()
    }

    /// What the configuration may call the page of a document. On a site of Docusaurus a document may give itself a name.
    fn page_names(&self, document: &Document) -> BTreeSet<String> {
        let Settings { site, renderers, .. } = &self.before.settings;
        let path = &document.source.path;
        let names_itself = renderers.contains(&Renderer::Docusaurus);
        let id = document.header_field("id").filter(|_| names_itself).and_then(|id| id.as_str());
        let own = id.and_then(|id| path.beside(&format!("{id}.md")));
        own.iter().chain([path]).flat_map(|path| site.page_names(path)).collect()
    }

    /// Links of a document that were not looked at, since a build knew where they lead, and are doubtful now.
    fn lost_in(&self, was: &Document, now: &Document) -> Vec<Place> {
        let open = self.before.destinations(was).filter(|link| *link.resolution == Resolution::Elsewhere);
        let lost = open.filter_map(|destination| self.after.destination(now, destination.slot));
        let lost = lost.filter(|destination| destination.resolution.is_doubtful());
        lost.map(|destination| now.source.place(destination.span)).collect()
    }

    /// Includes of a document that led to a file, and do not any more. Where the build looked for it in a folder of
    /// its own, it may find it elsewhere as well.
    fn includes_in(&self, was: &Document, now: &Document) -> Vec<Leftover> {
        let (before, after) = (&self.before.paths, &self.after.paths);
        let left = |(old, new): (Span, Span)| {
            let (old, text) = (was.source.slice(old), now.source.slice(new));
            let place = || now.source.place(new);
            if let Some(file) = included_by(before, &was.source.path, old) {
                let stays = included_by(after, &now.source.path, text) == Some(self.moved.path(&file));
                return (!stays).then(|| Leftover::Link(place()));
            }
            let named = self.before.document(only_named(before, old)?)?;
            self.moves(&named.source.path).then(|| Leftover::Name(place()))
        };
        was.includes().into_iter().zip(now.includes()).filter_map(left).collect()
    }

    /// Documents that stay, and are the same as one that moves in another language.
    fn translations(&self) -> Vec<CorpusPath> {
        let moves = |path: &CorpusPath| self.moves(path);
        let paths = || self.before.documents.iter().map(|document| &document.source.path);
        let translations = Translations::new(paths());
        let mut staying: HashMap<String, Vec<&CorpusPath>> = HashMap::new();
        for path in paths().filter(|path| !moves(path)) {
            staying.entry(translations.key(path)).or_default().push(path);
        }
        let alike = |path: &CorpusPath| staying.get(&translations.key(path)).into_iter().flatten().copied().cloned();
        // Whoever moves the folder of a language has other things in mind.
        let is_of_language = |old: &CorpusPath| self.before.paths.is_folder(old) && is_language(old.file_name());
        let counts =
            |path: &&CorpusPath| self.moved.by(path).is_some_and(|at| !is_of_language(&self.moved.all()[at].0));
        let mut out: Vec<CorpusPath> = paths().filter(counts).flat_map(alike).collect();
        for path in paths() {
            let originals: Vec<CorpusPath> = originals(&self.before.paths, &self.before.settings, path).collect();
            if moves(path) {
                out.extend(originals.into_iter().filter(|original| !moves(original)));
            } else if originals.iter().any(moves) {
                out.push(path.clone());
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// What is looked for in every document, however much moves: one pass tells what may be named in it.
struct Wanted {
    /// The names of the files and folders that move.
    names: Option<AhoCorasick>,
    /// For each name, whose it is.
    owners: Vec<Vec<usize>>,
    /// The old paths in lower case, as URLs have them.
    lower: HashSet<CorpusPath>,
}

impl Wanted {
    fn new(all: &[(CorpusPath, CorpusPath)], settings: &Settings) -> Self {
        let is_hugo = settings.is_hugo();
        let is_vault = settings.flavor == Flavor::Obsidian;
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, (old, _)) in all.iter().enumerate() {
            let folder = old.as_str().rsplit('/').nth(1).filter(|_| is_hugo && is_index(old));
            let is_bare = is_hugo || (is_vault && old.is_markdown()) || post_name(old).is_some();
            let name = folder.unwrap_or_else(|| if is_bare { old.file_stem() } else { old.file_name() });
            by_name.entry(name).or_default().push(at);
        }
        let lower = all.iter().filter_map(|(old, _)| CorpusPath::new(&old.as_str().to_lowercase())).collect();
        let (names, owners): (Vec<&str>, Vec<_>) = by_name.into_iter().unzip();
        Self { names: AhoCorasick::new(names).ok(), owners, lower }
    }

    /// The moves of what may be named in a text.
    fn in_text(&self, text: &str) -> BTreeSet<usize> {
        let found = self.names.iter().flat_map(|names| names.find_overlapping_iter(text));
        let found: BTreeSet<usize> = found.map(|found| found.pattern().as_usize()).collect();
        found.into_iter().flat_map(|name| self.owners[name].iter().copied()).collect()
    }
}

/// What Jekyll calls a post in `{% post_url 2024-01-02-title %}`: its path from the folder of posts, without extension.
fn post_name(path: &CorpusPath) -> Option<&str> {
    let (before, name) = path.as_str().rsplit_once("_posts/")?;
    let bare = name.rsplit_once('.')?.0;
    (before.is_empty() || before.ends_with('/')).then_some(bare)
}

/// Places of one file in the order of the file.
fn sorted(mut all: Vec<Place>) -> Vec<Place> {
    order::by_key(&mut all, |place| place.at);
    all.dedup();
    all
}

/// Whether a path can begin behind a text: no longer one goes on there.
fn begins(before: &str, path: &str) -> bool {
    let before = before.strip_suffix("./").or_else(|| before.strip_suffix('/')).unwrap_or(before);
    let goes_on = |c: char| {
        let is_letter = if path.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() };
        is_letter || matches!(c, '_' | '-' | '.' | '/' | '\\' | '~' | '%' | '@' | '$' | '}')
    };
    !before.chars().next_back().is_some_and(goes_on)
}

/// Whether the path of a file can end before a text.
fn ends(behind: &str) -> bool {
    let mut rest = behind.chars();
    match rest.next() {
        Some('.') => !rest.next().is_some_and(char::is_alphanumeric),
        Some(c) => !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | '%' | '~')),
        None => true,
    }
}

/// Whether all that stands in quotes is a page, a fragment aside. Where its name says little, a slash has to begin it.
fn is_quoted(text: &str, page: Span, says_enough: bool) -> bool {
    let (before, behind) = (&text[..page.start as usize], &text[page.end as usize..]);
    let rooted = before.strip_suffix('/');
    let before = rooted.or_else(|| before.strip_suffix("./")).unwrap_or(before);
    let Some(quote) = before.chars().next_back().filter(|c| matches!(c, '"' | '\'' | '`')) else { return false };
    let behind = behind.strip_prefix(".html").unwrap_or(behind);
    let behind = behind.strip_prefix('/').unwrap_or(behind);
    (says_enough || rooted.is_some()) && (behind.starts_with(quote) || behind.starts_with('#'))
}
