//! The site that is made of documents: where its root is, and what it may call them.

use std::{cmp::Reverse, collections::BTreeSet};

use super::{docusaurus, is_index};
use crate::{document::Renderer, order, source::CorpusPath};

/// Where paths that begin with a slash lead.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The folder with the documents of the site; others are read as they stand in the repository.
    folder: CorpusPath,
    /// A folder outside of that, from which it takes its documents.
    outside: Option<CorpusPath>,
    /// What the beginning of a path stands for, in the order in which they are tried.
    pub(super) mounts: Vec<Mount>,
}

/// A beginning of paths and the folder it stands for.
#[derive(Clone, Debug)]
pub struct Mount {
    /// Components without slashes at the ends; none for `/`.
    pub prefix: CorpusPath,
    /// The folder.
    pub folder: CorpusPath,
    /// Whether it counts for documents outside the site as well, as what is configured does.
    pub everywhere: bool,
}

impl Site {
    /// The site that a renderer makes of a folder; `sources` is where its configuration says the documents are.
    pub fn of(renderer: Renderer, folder: &CorpusPath, sources: Option<&str>) -> Self {
        let places: &[(&str, &str)] = match renderer {
            Renderer::VitePress => &[("", ""), ("", ".vuepress/public")],
            Renderer::Docusaurus => {
                &[("docs", "docs"), ("blog", "blog"), ("", "static"), ("", "src/pages"), ("", "docs"), ("", "")]
            }
            Renderer::Hugo | Renderer::HugoAscii | Renderer::HugoBlackfriday => {
                &[("", "content"), ("", "static"), ("", "assets"), ("", "")]
            }
            Renderer::MkDocs | Renderer::MkDocsUnicode | Renderer::MkDocsPymdownx => &[("", "docs")],
            Renderer::MdBook => &[("", "src")],
            _ => &[("", "")],
        };
        // A configured folder takes the place of the first one.
        let own = sources.map(|sources| ("", sources));
        let rest = places.iter().copied().skip(usize::from(own.is_some()));
        let mount = |(prefix, below): (&str, &str)| {
            let folder = folder.join(below)?;
            Some(Mount { prefix: CorpusPath::new(prefix)?, folder, everywhere: false })
        };
        Self { folder: folder.clone(), outside: None, mounts: own.into_iter().chain(rest).filter_map(mount).collect() }
    }

    /// The site that something makes of a folder and serves these folders of it from its root.
    pub fn serving(folder: &CorpusPath, served: &[&str]) -> Self {
        let mount = |below: &&str| {
            Some(Mount { prefix: CorpusPath::default(), folder: folder.join(below)?, everywhere: false })
        };
        Self { folder: folder.clone(), outside: None, mounts: served.iter().filter_map(mount).collect() }
    }

    /// The same, where Docusaurus takes its documents from another folder, seen from that of the site.
    #[must_use]
    pub fn with_docs(mut self, folder: &str) -> Self {
        self.outside = self.folder.join(folder);
        let prefixes = ["docs", ""].into_iter().filter_map(CorpusPath::new);
        let mount = |prefix| Some(Mount { prefix, folder: self.outside.clone()?, everywhere: false });
        let added: Vec<Mount> = prefixes.filter_map(mount).collect();
        self.mounts.splice(0..0, added);
        self
    }

    /// The same, where what lies in a folder, seen from that of the site, is served behind this.
    #[must_use]
    pub fn with_route(mut self, prefix: &str, folder: &str) -> Self {
        if let (Some(prefix), Some(folder)) = (CorpusPath::new(prefix), self.folder.join(folder)) {
            self.mounts.insert(0, Mount { prefix, folder, everywhere: false });
        }
        self
    }

    /// Whether documents of the site begin in a folder, or the site itself.
    pub(super) fn begins_at(&self, folder: &CorpusPath) -> bool {
        self.folder == *folder || self.mounts.iter().any(|mount| !mount.everywhere && mount.folder == *folder)
    }

    /// Whether paths in a document may be read from the root of the site.
    fn holds(&self, document: &CorpusPath) -> bool {
        std::iter::once(&self.folder).chain(&self.outside).any(|folder| document.is_within(folder))
    }

    /// Whether the site is made of a file, as far as the folders go that its generator has.
    pub(super) fn is_made_of(&self, path: &CorpusPath) -> bool {
        self.mounts.iter().any(|mount| !mount.everywhere && path.is_within(&mount.folder))
    }

    /// The folder with the documents of the site.
    pub(super) fn folder(&self) -> &CorpusPath {
        &self.folder
    }

    /// The same, where paths from the root may be meant from that of the repository as well.
    #[must_use]
    pub fn or_root(mut self) -> Self {
        let (prefix, folder) = Default::default();
        self.mounts.push(Mount { prefix, folder, everywhere: false });
        self
    }

    /// Puts configured mounts before all others; of several that fit, the longest counts.
    #[must_use]
    pub fn with(mut self, mut configured: Vec<Mount>) -> Self {
        order::by_key(&mut configured, |mount| Reverse(mount.prefix.as_str().len()));
        self.mounts.splice(0..0, configured);
        self
    }

    /// The same, where what lies in a folder `public` is served from the folder around it, as Vite does and what is made
    /// with it.
    #[must_use]
    pub fn with_public(mut self) -> Self {
        let public = |mount: &Mount| Some(Mount { folder: mount.folder.join("public")?, ..mount.clone() });
        let served: Vec<Mount> = self.mounts.iter().filter_map(public).collect();
        self.mounts.extend(served);
        self
    }

    /// The beginnings of paths of which the configuration says where they lead.
    pub(crate) fn configured(&self) -> impl Iterator<Item = &CorpusPath> {
        self.mounts.iter().filter(|mount| mount.everywhere).map(|mount| &mount.prefix)
    }

    /// Whether a relative path can lead from a document to a file: not out of the site.
    pub(crate) fn reaches(&self, from: &CorpusPath, to: &CorpusPath) -> bool {
        let mut configured = self.mounts.iter().filter(|mount| mount.everywhere).peekable();
        if configured.peek().is_none() {
            return self.address(from, to, "").is_some();
        }
        let folders: Vec<&CorpusPath> = configured.map(|mount| &mount.folder).collect();
        let holds = |path: &CorpusPath| folders.iter().any(|folder| path.is_within(folder));
        holds(to) || !holds(from)
    }

    /// The path from the root that leads to a file or folder, seen from a document; of several one that begins as
    /// another one does, in what stands for the folder or else in its first component, or else the shortest.
    pub(crate) fn address(&self, from: &CorpusPath, to: &CorpusPath, like: &str) -> Option<String> {
        let inside = self.holds(from);
        let fitting = self.mounts.iter().filter(|mount| (inside || mount.everywhere) && to.is_within(&mount.folder));
        let own = (!inside).then(|| format!("/{}", to.as_str()));
        let like = CorpusPath::new(like).unwrap_or_default();
        let first = |path: &'_ str| path.trim_start_matches('/').split('/').next().map(str::to_owned);
        let own_first = first(like.as_str());
        let mounted = fitting.map(|mount| {
            let below = to.as_str()[mount.folder.as_str().len()..].trim_start_matches('/');
            let prefix = mount.prefix.as_str();
            let shared = if like.is_within(&mount.prefix) { prefix.len() } else { 0 };
            (shared, if prefix.is_empty() { format!("/{below}") } else { format!("/{prefix}/{below}") })
        });
        let all = mounted.chain(own.map(|own| (0, own)));
        all.min_by_key(|(shared, address)| (Reverse(*shared), first(address) != own_first, address.len()))
            .map(|(_, address)| address)
    }

    /// What the configuration of the site may call a file or folder: its path from a folder that the site is made of.
    pub(crate) fn names(&self, path: &CorpusPath) -> BTreeSet<String> {
        let fitting = self.mounts.iter().filter(|mount| path.is_within(&mount.folder));
        let below = |folder: &CorpusPath| path.as_str()[folder.as_str().len()..].trim_start_matches('/').to_owned();
        fitting.map(|mount| below(&mount.folder)).filter(|name| !name.is_empty()).collect()
    }

    /// What it may call the page of a document.
    pub(crate) fn page_names(&self, path: &CorpusPath) -> BTreeSet<String> {
        let page = |name: String| {
            let name = CorpusPath::new(&name).filter(CorpusPath::is_markdown)?;
            let bare = name.parent().join(name.file_stem())?;
            let all = if is_index(&name) { vec![name.parent(), bare] } else { vec![bare] };
            let numberless = all.iter().map(docusaurus::folder).collect::<Vec<_>>();
            Some(all.into_iter().chain(numberless))
        };
        let pages = self.names(path).into_iter().filter_map(page).flatten();
        pages.map(|page| page.as_str().to_owned()).filter(|page| !page.is_empty()).collect()
    }

    /// Where a path that begins with a slash may lead, seen from a document.
    pub(super) fn candidates<'a>(
        &'a self,
        from: &'a CorpusPath,
        path: &'a str,
    ) -> impl Iterator<Item = CorpusPath> + 'a {
        let inside = self.holds(from);
        let path = CorpusPath::new(path);
        let mounted = self.mounts.iter().filter(move |mount| inside || mount.everywhere).filter_map({
            let path = path.clone();
            move |mount| {
                let path = path.as_ref().filter(|path| path.is_within(&mount.prefix))?;
                mount.folder.join(&path.as_str()[mount.prefix.as_str().len()..])
            }
        });
        // Outside a site, the root is that of the repository, as on GitHub.
        // From outside of its folder the repository's root may be meant as well.
        let is_beside = self.outside.as_ref().is_some_and(|folder| from.is_within(folder));
        let own = path.filter(|_| !inside || is_beside || self.mounts.iter().all(|mount| mount.everywhere));
        mounted.chain(own)
    }

    /// On a site of Docusaurus, the folders besides its own from which a document may name the path of another one: where its kind of documents begins,
    /// its version or translation, and that of the site.
    pub(super) fn docusaurus_roots<'a>(
        &'a self,
        document: &CorpusPath,
        path: &str,
    ) -> impl Iterator<Item = CorpusPath> + use<'a> {
        let is_of_plugin = |folder: &CorpusPath| folder.file_name().starts_with(docusaurus::PLUGIN);
        let is_root = move |folder: &CorpusPath| {
            let parent = folder.parent();
            let is_version =
                parent.file_name().ends_with(docusaurus::VERSIONS) || is_of_plugin(&parent) || is_of_plugin(folder);
            is_version || self.begins_at(folder)
        };
        let names_document = !path.starts_with('.') && matches!(path.rsplit_once('.'), Some((_, "md" | "mdx")));
        document.parent().ancestors().skip(1).filter(move |folder| names_document && is_root(folder))
    }
}
