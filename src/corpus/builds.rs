//! Sites of which only some is known of what their build makes: what makes them is no renderer of ours.

use super::Form;
use crate::source::CorpusPath;

/// What makes a site of documents, or reads them in a way of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Builder {
    /// Zola.
    Zola,
    /// Pelican.
    Pelican,
    /// Astro, and Starlight, which is made with it.
    Astro,
    /// Nextra, on Next.js.
    Nextra,
    /// Nuxt Content.
    Nuxt,
    /// `DocFX`.
    DocFx,
    /// Logseq, which shows a folder of notes.
    Logseq,
}

impl Builder {
    /// The folders with documents, seen from the one that it is configured in.
    pub(crate) fn sources(self) -> &'static [&'static str] {
        match self {
            Self::Zola | Self::Pelican | Self::Nuxt => &["content"],
            Self::Astro => &["src"],
            Self::Nextra => &["pages", "content", "app", "src/pages", "src/content", "src/app"],
            Self::DocFx | Self::Logseq => &[""],
        }
    }

    /// The folders that are served from the root of the site, the first that fits before others.
    pub(crate) fn served(self) -> &'static [&'static str] {
        match self {
            Self::Zola => &["content", "static"],
            Self::Pelican => &["content"],
            Self::Astro => &["src/content/docs", "src/content", "src/pages", "public"],
            Self::Nextra => &["pages", "content", "app", "src/pages", "src/content", "src/app", "public"],
            Self::Nuxt => &["content", "public"],
            Self::DocFx | Self::Logseq => &[],
        }
    }
}

/// A folder that something is made of.
#[derive(Clone, Debug)]
pub struct Build {
    /// What makes it.
    pub builder: Builder,
    /// The folder with the configuration.
    pub folder: CorpusPath,
    /// The folders with documents; paths from the root are read from the first.
    pub sources: Vec<CorpusPath>,
}

impl Build {
    /// Whether a document is one of those that it is made of.
    pub(crate) fn holds(&self, document: &CorpusPath) -> bool {
        self.sources.iter().any(|folder| document.is_within(folder))
    }

    /// Whether only the build knows where a path leads that leads nowhere here: one of a page, or from the root of the site.
    pub(super) fn may_know(&self, path: &str) -> bool {
        !self.builder.served().is_empty() && Form::of(path).is_some()
    }
}
