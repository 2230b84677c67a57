//! What `rubrica explain` shows of a rule on links: every destination of a document, and where it leads.

use rubrica::{
    corpus::{Corpus, Destination, Fragment, Resolution, Target},
    document::Document,
    rule::Page,
};

/// The destinations of a document, by where they stand. `None` for a rule that does not look at where links lead.
pub(crate) fn of(page: &Page, corpus: &Corpus, document: &Document) -> Option<Vec<(u32, String)>> {
    if &*page.group != "links" || page.matching.is_some() {
        return None;
    }
    let shown = |destination: &Destination<'_>| format!("`{}` {}", destination.target, goal(corpus, destination));
    Some(corpus.destinations(document).map(|destination| (destination.span.start, shown(&destination))).collect())
}

fn goal(corpus: &Corpus, destination: &Destination<'_>) -> String {
    match destination.resolution {
        Resolution::Elsewhere => "not looked at: it has a scheme or a host, or is of a kind that is not checked".into(),
        Resolution::Malformed(_) => "is no path".into(),
        Resolution::OutsideRoot => "leads out of the root".into(),
        Resolution::Missing { path } => format!("leads to `{}`, which does not exist", path.as_str()),
        Resolution::Ignored { path, .. } => format!("leads to `{}`, which is ignored", path.as_str()),
        Resolution::Unrecognised(_) => "not judged: too many paths that are written so are not known".into(),
        Resolution::Unwritten => "is a note that nobody has written".into(),
        Resolution::Misspelt(path) => format!("is a misspelling of `{}`", path.as_str()),
        Resolution::Found(target) => found(corpus, destination, target),
    }
}

fn found(corpus: &Corpus, destination: &Destination<'_>, target: &Target) -> String {
    let document = target.file.and_then(|file| corpus.document(file));
    let named = |at: &usize| document.and_then(|document| Some(&*document.facts.headings.get(*at)?.text));
    let place = match &target.fragment {
        Fragment::Headings(path) => {
            path.last().and_then(named).map(|text| format!(", to the heading `{}`", text.trim()))
        }
        Fragment::Anchor(_) => Some(", to an id".to_owned()),
        Fragment::Missing(_) => Some(", where nothing is called so".to_owned()),
        Fragment::Unjudged if destination.fragment().is_empty() => None,
        Fragment::Unjudged => Some(", whose fragments are not judged".to_owned()),
    };
    format!("leads to `{}`{}", target.path.as_str(), place.unwrap_or_default())
}
