//! What makes sites of the documents in ways of its own, as far as the repository shows it.

use std::sync::Arc;

use super::{Job, stated};
use crate::{
    corpus::{Build, Builder, Listing, Mount, Site},
    document::{FrontMatter, Renderer, header},
    source::CorpusPath,
};

/// All folders of which something is made.
pub(super) fn builds(job: &Job, listing: &Listing) -> Vec<Build> {
    let configured = stated::files_named(job, listing, |name| configured_in(name).is_some());
    let build = |(path, text): (&CorpusPath, Arc<str>)| {
        let builder = configured_in(path.file_name())?;
        let is_sure = match builder {
            Builder::Zola => stated::setting(&text, "base_url").is_some(),
            Builder::Nextra => text.contains("nextra"),
            _ => true,
        };
        let own = stated::setting(&text, "PATH").filter(|_| builder == Builder::Pelican);
        is_sure.then(|| made(builder, path.parent(), own))
    };
    let graphs = listing.folders.iter().filter(|folder| is_of_logseq(job, folder));
    let graphs = graphs.map(|folder| made(Builder::Logseq, folder.parent(), None));
    configured.filter_map(build).chain(graphs).collect()
}

fn made(builder: Builder, folder: CorpusPath, content: Option<&str>) -> Build {
    let usual = builder.sources().iter().copied().filter(|_| content.is_none());
    let sources = content.into_iter().chain(usual).filter_map(|below| folder.join(below)).collect();
    Build { builder, folder, sources }
}

/// What is configured in a file of some name. Other programs have a `config.toml` as well.
fn configured_in(name: &str) -> Option<Builder> {
    Some(match name {
        "config.toml" | "zola.toml" => Builder::Zola,
        "pelicanconf.py" => Builder::Pelican,
        "docfx.json" => Builder::DocFx,
        _ => match name.split_once(".config.")?.0 {
            "astro" => Builder::Astro,
            "next" => Builder::Nextra,
            "nuxt" => Builder::Nuxt,
            _ => return None,
        },
    })
}

/// A repository of articles and books that Zenn shows, and of nothing else: its articles say their emoji and topics.
pub(super) fn zenn(job: &Job, listing: &Listing) -> Option<(Renderer, Site)> {
    let path = |path| CorpusPath::new(path).unwrap_or_default();
    let articles = path("articles");
    let says = |header: &FrontMatter| ["emoji", "topics"].iter().all(|name| header.field(name).is_some());
    let is_article = |path: &&CorpusPath| path.is_markdown() && path.parent() == articles;
    // One that is just begun says nothing of others.
    let mut some = listing.files.iter().filter(is_article).take(3);
    let is_one = |path: &CorpusPath| {
        job.tree.read(path, 1 << 20).ok().and_then(|text| header(&text)).is_some_and(|own| says(&own))
    };
    let books = path("books");
    let is_of_it = |path: &CorpusPath| {
        let is_shown = path.is_within(&articles) || path.is_within(&books);
        is_shown || path.parent().as_str().is_empty() || path.as_str().starts_with('.') || !path.is_markdown()
    };
    (some.any(is_one) && listing.files.iter().all(is_of_it)).then(|| {
        let mount = |(prefix, folder)| Mount { prefix: path(prefix), folder: path(folder), everywhere: false };
        let mounts = [("images", "images"), ("books", "books"), ("articles", "articles")].map(mount);
        (Renderer::MarkdownIt, Site::serving(&articles, &[]).with(mounts.into()))
    })
}

/// Whether a folder is the one in which Logseq keeps what it knows of the notes around it.
fn is_of_logseq(job: &Job, folder: &CorpusPath) -> bool {
    let has = |folder: &CorpusPath, name| folder.join(name).is_some_and(|path| job.tree.has(&path));
    folder.file_name() == "logseq" && (has(folder, "config.edn") || has(&folder.parent(), "journals"))
}
