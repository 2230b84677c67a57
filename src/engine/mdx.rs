//! Pages in MDX are no documents, since they are programs as well: where their paths lead is looked at, and nothing is
//! rewritten.

use std::sync::Arc;

use super::{Job, Leftover, moved::Moved};
use crate::{
    corpus::{Corpus, Resolution},
    document::{Document, Flavor, LinkKind},
    source::{CorpusPath, FileId, Source, Span},
};

/// Longer texts in quotes are no paths, in bytes.
const LONGEST: usize = 300;

/// A page before and after a move, and the paths in it.
struct Page {
    was: Document,
    now: Document,
    paths: Vec<(Span, String)>,
}

/// Paths in `.mdx` files that led somewhere and do not lead there any more: those of links, and those in quotes, as
/// components and imports have them.
pub(super) fn lost_in_mdx(job: &Job, before: &Corpus, after: &Corpus, moved: &Moved<'_>) -> Vec<Leftover> {
    let mut files: Vec<&CorpusPath> = before.paths.files().filter(|path| is_mdx(path)).collect();
    files.sort_unstable();
    let page = |path| Some(page(path, moved.path(path), &job.tree.read(path, job.config.files.max_bytes).ok()?));
    let pages: Vec<Page> = files.into_iter().filter_map(page).collect();
    let all = || pages.iter().flat_map(|page| page.paths.iter().map(move |(span, path)| (page, *span, path)));
    let led = before.resolve(all().map(|(page, span, path)| ((page, span), &page.was, path.clone(), false)));
    let lead = after.resolve(all().map(|(page, _, path)| ((), &page.now, path.clone(), false)));
    let lost = led.into_iter().zip(lead).filter_map(|(((page, span), was), ((), now))| {
        let Resolution::Found(was) = was else { return None };
        let goal = moved.path(&was.path);
        if matches!(&now, Resolution::Found(now) if now.path == goal) {
            return None;
        }
        let place = page.now.source.place(span);
        Some(if goal == was.path { Leftover::Link(place) } else { Leftover::Name(place) })
    });
    lost.collect()
}

/// A page that has one path before and another afterwards.
fn page(path: &CorpusPath, new: CorpusPath, text: &Arc<str>) -> Page {
    let parse =
        |path: CorpusPath| Document::parse(FileId(0), Arc::new(Source::new(path, text.clone())), Flavor::GitHub);
    let was = parse(path.clone());
    let own = was.facts.links.iter().filter(|link| !matches!(link.kind, LinkKind::Reference | LinkKind::Wiki));
    let links = own.map(|link| (link.destination, link.target.clone()));
    let definitions = was.facts.definitions.iter().map(|own| (own.destination, own.target.clone()));
    let quoted = quoted(text).into_iter().map(|span| (span, was.source.slice(span).to_owned()));
    let mut paths: Vec<(Span, String)> = links.chain(definitions).chain(quoted).collect();
    paths.retain(|(_, path)| !path.is_empty() && !path.starts_with('#') && !path.contains("://"));
    paths.sort_unstable();
    paths.dedup_by_key(|(span, _)| span.start);
    Page { now: parse(new), was, paths }
}

fn is_mdx(path: &CorpusPath) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("mdx"))
}

/// What stands in quotes and may be a path.
fn quoted(text: &str) -> Vec<Span> {
    let is_path = |inner: &str| {
        let names_file = inner.contains('/') || matches!(inner.rsplit_once('.'), Some((_, "md" | "mdx")));
        names_file && inner.len() <= LONGEST && !inner.contains(char::is_whitespace)
    };
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find(['"', '\'', '`']).map(|found| at + found) {
        at = open + 1;
        let quote = char::from(text.as_bytes()[open]);
        let Some(length) = text[at..].find([quote, '\n']).filter(|length| text[at + length..].starts_with(quote))
        else {
            continue;
        };
        if is_path(&text[at..at + length]) {
            out.push(Span::new(at, at + length));
            at += length + 1;
        }
    }
    out
}
