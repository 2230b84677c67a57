//! From files to documents and what their own rules say: everything that is a function of one file.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    io,
    sync::{Arc, OnceLock},
};

use super::{Job, dialect, guarded, moved::Moved, profiles::Profiles};
use crate::{
    corpus::{Listing, Past, Settings},
    declarative::Vote,
    document::{Document, Flavor, MOST_NESTED, nested_too_deep},
    files::{Trouble, Unreadable},
    finding::Finding,
    order, parallel,
    rule::Check,
    source::{CorpusPath, FileId, Location, Source},
};

/// A corpus as it was read, before it is looked at as a whole.
pub(super) struct Snapshot {
    pub(super) listing: Arc<Listing>,
    /// Which of the paths that links miss exist after all, and whether git tracks them; looked up once for all rounds of a
    /// fix.
    pub(super) existing: Arc<OnceLock<HashMap<CorpusPath, bool>>>,
    /// What the last commit held; looked up once likewise, and only if links miss something.
    pub(super) committed: Arc<OnceLock<Arc<Past>>>,
    /// How the documents are read: configured, or seen from what the repository holds.
    pub(super) settings: Settings,
    pub(super) analyses: Vec<Arc<Analysis>>,
    /// Files without a text, and why.
    pub(super) unreadable: Vec<(CorpusPath, Unreadable)>,
    pub(super) profiles: Arc<Profiles>,
}

/// One document, its profile, and what the rules say that need no other.
pub(super) struct Analysis {
    pub(super) document: Arc<Document>,
    pub(super) profile: usize,
    pub(super) findings: Vec<Finding>,
    /// What it uses of variants that all documents should agree on.
    pub(super) votes: Vec<(Location, Vote)>,
    /// Why the parser or a rule gave up, by rule; the parser has no name.
    pub(super) panics: Vec<(Option<Arc<str>>, String)>,
}

impl Snapshot {
    /// Reads and parses everything.
    pub(super) fn take(job: &Job) -> io::Result<Self> {
        let found = job.tree.find()?;
        let settings = dialect::settings(job, &found.listing);
        let is_document = dialect::documents(job, &settings);
        let paths: Vec<&CorpusPath> = found.regular.iter().filter(|path| is_document(path)).collect();
        let limit = job.config.files.max_bytes;
        let unread = found.trouble.into_iter().map(|Trouble { path, reason }| (path, Unreadable::Io(reason)));
        let mut unreadable: Vec<_> = unread.collect();
        // What is said of files that are no documents follows the settings for them.
        let others = if job.config.overrides.is_empty() { &[] } else { &found.listing.files[..] };
        let configuration = job.config.source.iter().map(|source| &source.path);
        let seen = paths.iter().copied().chain(unreadable.iter().map(|(path, _)| path)).chain(configuration);
        let profiles = Profiles::new(job, seen.chain(others));
        let read = |&path: &&CorpusPath| {
            let text = job.tree.read(path, limit).and_then(|text| match nested_too_deep(&text) {
                Some(line) => Err(Unreadable::TooDeep { line, limit: MOST_NESTED }),
                None => Ok(text),
            });
            text.map_err(|reason| (path.clone(), reason))
        };
        // Who came first would make the matcher while all others wait.
        let prepare = || paths.first().map(|_| profiles.matched().prepare());
        let (read, _) = rayon::join(|| parallel::map(&paths, read), prepare);
        let mut texts = Vec::new();
        for (path, result) in paths.into_iter().zip(read) {
            match result {
                Ok(text) => texts.push((FileId::from_index(texts.len()), path, text)),
                Err(reason) => unreadable.push(reason),
            }
        }
        // The longest first: a thread that met one at the end would be the only one at work.
        order::by_key(&mut texts, |(_, _, text)| Reverse(text.len()));
        let mut analyses = parallel::map(&texts, |(file, path, text)| {
            let source = Arc::new(Source::new((*path).clone(), text.clone()));
            let profile = profiles.of(job, path).unwrap_or_default();
            Arc::new(analyse(*file, source, settings.flavor_of(path), profile, &profiles))
        });
        order::by_key(&mut analyses, |analysis| analysis.document.file);
        let (listing, existing) = (Arc::new(found.listing), Arc::default());
        let committed = Arc::default();
        Ok(Self { listing, existing, committed, settings, analyses, unreadable, profiles: Arc::new(profiles) })
    }

    /// The same where documents have other texts, and those that `moved` knows other paths; only they are analysed anew.
    /// Files keep their ids.
    pub(super) fn again(&self, moved: Option<&Moved<'_>>, texts: &HashMap<FileId, Arc<str>>) -> Self {
        let new_path = |path: &CorpusPath| moved.and_then(|moved| moved.new_path(path));
        let (listing, existing) = match moved {
            Some(moved) => (Arc::new(relocated(&self.listing, moved)), Arc::default()),
            None => (self.listing.clone(), self.existing.clone()),
        };
        let analyses = parallel::map(&self.analyses, |old| {
            let source = &old.document.source;
            let (path, text) = (new_path(&source.path), texts.get(&old.document.file));
            if path.is_none() && text.is_none() {
                return old.clone();
            }
            let path = path.unwrap_or_else(|| source.path.clone());
            let flavor = self.settings.flavor_of(&path);
            let source = Arc::new(Source::new(path, text.unwrap_or(&source.text).clone()));
            Arc::new(analyse(old.document.file, source, flavor, old.profile, &self.profiles))
        });
        Self {
            listing,
            existing,
            committed: self.committed.clone(),
            settings: self.settings.clone(),
            analyses,
            unreadable: self.unreadable.clone(),
            profiles: self.profiles.clone(),
        }
    }
}

/// The paths as they are after a move. What a symbolic link stands for is known where both move together or neither does.
fn relocated(listing: &Listing, moved: &Moved<'_>) -> Listing {
    let all = |paths: &[CorpusPath]| paths.iter().map(|path| moved.path(path)).collect::<Vec<_>>();
    let (torn, aliases): (Vec<_>, Vec<_>) = listing.aliases.iter().partition(|alias| moved.tears(alias));
    let torn: HashSet<CorpusPath> = torn.into_iter().map(|(link, _)| moved.path(link)).collect();
    let (mut files, mut folders, foreign) = (all(&listing.files), all(&listing.folders), all(&listing.foreign));
    // Such a link leads nowhere then.
    files.retain(|path| !torn.contains(path));
    // A folder that nothing is left in goes as well.
    let left: HashSet<CorpusPath> = moved.all().iter().flat_map(|(old, _)| old.folders()).collect();
    folders.retain(|folder| !left.contains(folder));
    folders.extend(files.iter().chain(&foreign).flat_map(CorpusPath::folders));
    Listing {
        aliases: aliases.into_iter().map(|(link, real)| (moved.path(link), moved.path(real))).collect(),
        foreign,
        files,
        folders,
    }
}

fn analyse(file: FileId, source: Arc<Source>, flavor: Flavor, profile: usize, profiles: &Profiles) -> Analysis {
    let mut panics = Vec::new();
    let rules = profiles.set(profile);
    let parse = if rules.reads_prose() { Document::parse_with_prose } else { Document::parse };
    let parsed = guarded(|| parse(file, source.clone(), flavor));
    let mut document = parsed.unwrap_or_else(|why| {
        panics.push((None, why));
        Document::unparsed(file, source)
    });
    let mut findings = Vec::new();
    for rule in rules.rules() {
        let mut sink = rule.sink();
        let look = || match &rule.check {
            Check::Document(check) => check.check(&document, &mut sink),
            Check::Corpus(check) => check.gather(&document),
            Check::Matched | Check::Pipeline => {}
        };
        match guarded(look) {
            Ok(()) => findings.extend(sink.into_vec()),
            Err(why) => panics.push((Some(rule.page.name.clone()), why)),
        }
    }
    let mut votes = Vec::new();
    match guarded(|| profiles.matched().look(&document, profile, rules)) {
        Ok((found, cast)) => {
            findings.extend(found);
            votes = cast;
        }
        Err(why) => panics.push((Some("match".into()), why)),
    }
    document.forget_prose();
    Analysis { document: Arc::new(document), profile, findings, votes, panics }
}
