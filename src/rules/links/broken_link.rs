//! `broken-link`: a link leads to a path that does not exist.

use serde::Deserialize;

use crate::{
    corpus::{Corpus, Destination, Resolution, Suggestions, is_index},
    document::Document,
    finding::{Edit, Fix, Message, Safety},
    rule::{CorpusRule, Findings},
    source::CorpusPath,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct BrokenLink {}

impl CorpusRule for BrokenLink {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut suggestions = Suggestions::default();
        for (document, destination) in corpus.doubtful() {
            let at = document.at(destination.span);
            match destination.resolution {
                Resolution::Missing { path } => {
                    // A URL that lost its scheme is no path to speak of.
                    let is_url = destination.target.contains("//");
                    let shown = if is_url { destination.target } else { path.as_str() };
                    let finding = out.report(at, Message::new("missing").with("path", shown)).concerns(path.clone());
                    let near = meant(corpus, document, &destination, path, &mut suggestions).filter(|_| !is_url);
                    let Some(Meant { path: near, key, safety }) = near else { continue };
                    let folder = document.source.path.parent();
                    finding.help(Message::new(key).with("near", near.relative_to(&folder)));
                    let own = &document.source.path;
                    if let Some(text) = corpus.respell(document, &destination, own, &near, &corpus.paths) {
                        let title = Message::new("fix").with("near", &*text);
                        finding.fix(Fix::new(title, safety, vec![Edit::replace(at, text)]));
                    }
                }
                Resolution::Ignored { path } => {
                    out.report(at, Message::new("ignored").with("path", path.as_str())).concerns(path.clone());
                }
                _ => {}
            }
        }
    }
}

/// What a path was probably meant to be, the key of the help that says so, and how sure that is.
struct Meant {
    path: CorpusPath,
    key: &'static str,
    safety: Safety,
}

/// The path from the root, if it was meant so; a file of this name elsewhere, if there is one and no other; else a name
/// in the same folder that is close.
fn meant(
    corpus: &Corpus,
    document: &Document,
    destination: &Destination<'_>,
    missing: &CorpusPath,
    suggestions: &mut Suggestions,
) -> Option<Meant> {
    let from_root =
        CorpusPath::new(destination.path().trim_start_matches("../")).filter(|path| path.as_str().contains('/'));
    if let Some(path) = from_root.filter(|path| path != &document.source.path && corpus.paths.is_file(path)) {
        return Some(Meant { path, key: "from-root", safety: Safety::Safe });
    }
    if let [only] = corpus.paths.named(missing.file_name()) {
        // Every folder may have an index; that there is one other says nothing. `OWNERS.md` is not the page `owners.md`.
        let is_sure = !is_index(only) && only.file_name() == missing.file_name();
        let safety = if is_sure { Safety::Safe } else { Safety::Unsafe };
        return Some(Meant { path: only.clone(), key: "moved", safety });
    }
    let folder = missing.parent();
    let near = suggestions.closest(missing.file_name(), corpus.paths.in_folder(&folder).map(CorpusPath::file_name))?;
    Some(Meant { path: folder.join(near).ok()?, key: "did-you-mean", safety: Safety::Unsafe })
}
