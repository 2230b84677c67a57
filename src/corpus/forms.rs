//! Humility: where one way to write paths fails again and again, the build of the site knows something that we do not.

use std::{collections::BTreeMap, sync::Arc};

use super::{Corpus, Destination, Evidence, Form, Resolution};
use crate::{
    document::Document,
    parallel,
    source::{CorpusPath, Location, hash::HashSet},
};

/// From so many failures on, and this share of all paths of the form, a form is not judged. A path counts once, however
/// many links write it.
const FAILURES: usize = 5;
const PERCENT: usize = 30;

/// A way to write paths that is not judged.
#[derive(Clone, Debug)]
pub struct Unrecognised {
    /// The way.
    pub form: Form,
    /// How many paths are written so.
    pub paths: usize,
    /// How many of them are not known.
    pub failures: usize,
    /// The first link to one of these.
    pub first: Location,
    /// The folder in which most of these would be known.
    pub folder: Option<CorpusPath>,
}

/// The paths of a form that links lead to.
#[derive(Default)]
struct Tally<'a> {
    known: HashSet<&'a CorpusPath>,
    missing: HashSet<&'a CorpusPath>,
    first: Option<Location>,
}

type Tallies<'a> = BTreeMap<Form, Tally<'a>>;

impl Corpus {
    /// Finds out which forms fail too often, and takes back what was said of their links.
    pub(super) fn judge_forms(&mut self) {
        let mut failures: BTreeMap<Form, usize> = BTreeMap::new();
        for failure in self.resolved.iter().flat_map(|own| &own.failures).filter(|failure| failure.is_written) {
            *failures.entry(failure.form).or_default() += 1;
        }
        failures.retain(|form, count| *count >= FAILURES && !self.is_answered(*form));
        let suspects: Vec<Form> = failures.into_keys().collect();
        if suspects.is_empty() {
            return;
        }
        let unrecognised: Vec<Unrecognised> =
            self.tallies(&suspects).into_iter().filter_map(|own| self.judged(own)).collect();
        if unrecognised.is_empty() {
            return;
        }
        let is_unjudged = |form| unrecognised.iter().any(|unrecognised| unrecognised.form == form);
        for resolved in &mut self.resolved {
            resolved.take_back(is_unjudged);
        }
        self.unrecognised = unrecognised;
    }

    /// Whether the configuration says what there is to say of a form: then what fails is broken.
    fn is_answered(&self, form: Form) -> bool {
        let mut configured = self.settings.site.configured();
        match form {
            Form::Rooted => configured.any(|prefix| prefix.as_str().is_empty()),
            Form::Bare | Form::Html => configured.next().is_some() || self.settings.evidence == Evidence::Told,
        }
    }

    fn tallies<'a>(&'a self, suspects: &[Form]) -> Tallies<'a> {
        let count = |mut tallies: Tallies<'a>, document: &'a Arc<Document>| {
            for destination in self.destinations(document) {
                let (path, is_missing) = match destination.resolution {
                    Resolution::Missing { path } => (path, true),
                    Resolution::Found(target) => (&target.path, false),
                    _ => continue,
                };
                let Some(form) = form_of(&destination).filter(|form| suspects.contains(form)) else { continue };
                let tally = tallies.entry(form).or_default();
                if is_missing {
                    tally.missing.insert(path);
                    tally.first = tally.first.or(Some(document.at(destination.span)));
                } else {
                    tally.known.insert(path);
                }
            }
            tallies
        };
        // To join tallies takes longer than to count a few documents.
        let parts: Vec<&[Arc<Document>]> = self.documents.chunks(64).collect();
        let tallies = parallel::map(&parts, |part| part.iter().fold(Tallies::new(), count));
        tallies.into_iter().fold(Tallies::new(), joined)
    }

    fn judged(&self, (form, tally): (Form, Tally<'_>)) -> Option<Unrecognised> {
        let failures = tally.missing.len();
        let paths = tally.known.len() + failures;
        // Folders and other files without an extension stand in every repository; only pages need a build.
        let needs_build =
            form != Form::Bare || tally.known.is_empty() || tally.known.iter().any(|path| path.is_markdown());
        let is_unjudged = needs_build && failures >= FAILURES && failures * 100 >= paths * PERCENT;
        let first = tally.first.filter(|_| is_unjudged)?;
        let folder = self.folder_with_most(&tally.missing);
        Some(Unrecognised { form, paths, failures, first, folder })
    }

    /// The folder in which more than half of some paths would be known, as files or as pages.
    fn folder_with_most(&self, missing: &HashSet<&CorpusPath>) -> Option<CorpusPath> {
        let missing: HashSet<&str> = missing.iter().map(|path| path.as_str()).collect();
        let mut found: BTreeMap<&str, HashSet<&str>> = BTreeMap::new();
        for file in self.paths.files() {
            let page = file.as_str().strip_suffix(".md").unwrap_or(file.as_str());
            let page = page.strip_suffix("/index").unwrap_or(page);
            for (end, _) in page.match_indices('/') {
                if let Some(&path) = missing.get(&page[end + 1..]) {
                    found.entry(&page[..end]).or_default().insert(path);
                }
            }
        }
        // Of several the first, so that what is said does not depend on the order of the files.
        let most = found.into_iter().rev().max_by_key(|(_, paths)| paths.len());
        most.filter(|(_, paths)| paths.len() * 2 > missing.len()).and_then(|(folder, _)| CorpusPath::new(folder))
    }
}

/// The form of a destination, if it counts: wikilinks are no paths.
fn form_of(destination: &Destination<'_>) -> Option<Form> {
    if destination.is_wiki() { None } else { Form::of(destination.target) }
}

/// The tallies of documents and of those behind them.
fn joined<'a>(mut all: Tallies<'a>, others: Tallies<'a>) -> Tallies<'a> {
    for (form, other) in others {
        let tally = all.entry(form).or_default();
        tally.known.extend(other.known);
        tally.missing.extend(other.missing);
        tally.first = tally.first.or(other.first);
    }
    all
}
