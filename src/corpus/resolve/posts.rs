//! Where Jekyll, and what has posts as it does, puts the pages of posts: `_posts/2024-01-02-a.md` at `/2024/01/02/a.html`.

use super::{Settings, site::is_post};
use crate::{
    document::Document,
    source::{
        CorpusPath,
        hash::{HashMap, HashMapExt},
    },
};

/// The posts of all blogs by what the end of their addresses is, each with its date, if that has to stand before it. What
/// is the address of another one is not worked out.
#[derive(Debug)]
pub(super) struct Posts(HashMap<String, Vec<Option<[u32; 3]>>>);

impl Posts {
    pub(super) fn of(documents: &[std::sync::Arc<Document>], settings: &Settings) -> Self {
        let mut out: HashMap<String, Vec<Option<[u32; 3]>>> = HashMap::new();
        let blogs = &settings.blogs;
        for document in documents.iter().filter(|_| !blogs.is_empty()) {
            let path = &document.source.path;
            let mut around = blogs.iter().filter(|blog| is_post(path) && path.is_within(&blog.folder));
            let Some(first) = around.next() else { continue };
            let is_dated = first.has_dates && around.all(|blog| blog.has_dates);
            let (date, title) = split(path);
            let date = date.filter(|_| is_dated && document.header_field("date").is_none());
            let own = document.header_field("slug").and_then(|slug| slug.as_str());
            for title in [Some(title), own].into_iter().flatten() {
                out.entry(slug(title)).or_default().push(date);
            }
        }
        Self(out)
    }

    /// Whether a path may be the address of a post.
    pub(super) fn has(&self, path: &str) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let mut parts = path.split('/').rev().filter(|part| !part.is_empty());
        let Some(last) = parts.next() else { return false };
        let Some(posts) = self.0.get(&slug(last.strip_suffix(".html").unwrap_or(last))) else { return false };
        let before: Vec<u32> = parts.take(3).map_while(|part| part.parse().ok()).collect();
        let is_at = |[year, month, day]: [u32; 3]| before == [day, month, year];
        posts.iter().any(|date| date.map_or(path.starts_with('/'), is_at))
    }
}

/// The date that the name of a post begins with, and its title.
fn split(path: &CorpusPath) -> (Option<[u32; 3]>, &str) {
    let stem = path.file_stem();
    let mut parts = stem.splitn(4, '-');
    let mut number = || parts.next()?.parse::<u32>().ok();
    match [number(), number(), number()] {
        [Some(year), Some(month), Some(day)] => {
            parts.next().map_or((None, stem), |title| (Some([year, month, day]), title))
        }
        _ => (None, stem),
    }
}

/// A title as it stands in an address, as far as one is told from others by it.
fn slug(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}
