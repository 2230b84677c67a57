//! The renderers that are known, and how they are alike.

macro_rules! renderers {
    ($($(#[$doc:meta])* $variant:ident $name:literal;)*) => {
        /// What shows the documents to their readers, as far as anchors differ.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Renderer { $($(#[$doc])* $variant,)* }

        impl Renderer {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name it has in the configuration.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

renderers! {
    /// GitHub, and what follows it.
    GitHub "github";
    /// GitLab from 17.
    GitLab "gitlab";
    /// Docusaurus: as GitHub, but an explicit id replaces the anchor, and one may stand in a comment.
    Docusaurus "docusaurus";
    /// `VitePress` and `VuePress` 2.
    VitePress "vitepress";
    /// `MkDocs` with the settings it comes with.
    MkDocs "mkdocs";
    /// `MkDocs` with `slugify_unicode`.
    MkDocsUnicode "mkdocs-unicode";
    /// `MkDocs` with `pymdownx.slugs.slugify` and `case: lower`.
    MkDocsPymdownx "mkdocs-pymdownx";
    /// Hugo with `autoHeadingIDType: github`, which it comes with.
    Hugo "hugo";
    /// Hugo with `github-ascii`.
    HugoAscii "hugo-ascii";
    /// Hugo with `blackfriday`.
    HugoBlackfriday "hugo-blackfriday";
    /// goldmark by itself, as Gitea and others use it.
    Goldmark "goldmark";
    /// `mdBook`.
    MdBook "mdbook";
    /// docsify.
    Docsify "docsify";
    /// markdown-it with `markdown-it-anchor` as it comes, as Zenn uses it.
    MarkdownIt "markdown-it";
    /// Obsidian, where a heading is named by its text.
    Obsidian "obsidian";
}

/// Names of programs whose documents are read as those of another one.
const ALIKE: &[(&str, Renderer)] = &[("vuepress", Renderer::VitePress)];

impl Renderer {
    /// The renderer of a name.
    pub fn parse(name: &str) -> Option<Self> {
        let own = Self::ALL.iter().copied().find(|renderer| renderer.name() == name);
        own.or_else(|| ALIKE.iter().find(|(other, _)| *other == name).map(|(_, renderer)| *renderer))
    }

    /// Every name that the configuration knows.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let own = Self::ALL.iter().map(|renderer| renderer.name());
        own.chain(ALIKE.iter().map(|(name, _)| *name))
    }

    /// Whether it shows a file by itself, so that nothing is put into it.
    pub fn shows_files(self) -> bool {
        matches!(self, Self::GitHub | Self::GitLab | Self::Goldmark | Self::MarkdownIt | Self::Obsidian)
    }

    /// Whether it is another one with other settings at most: the same program.
    pub(crate) fn is_akin(self, other: Self) -> bool {
        self == other || (self.is_mkdocs() && other.is_mkdocs()) || (self.is_hugo() && other.is_hugo())
    }

    /// Whether it serves a document as a folder of its own, so that `../x` leads to what stands beside it.
    pub fn serves_folders(self) -> bool {
        self.is_hugo() || self.is_mkdocs()
    }

    /// Whether it reads attribute lists elsewhere than behind headings.
    pub(crate) fn reads_lists(self) -> bool {
        self.is_hugo() || self.is_mkdocs() || self == Self::VitePress
    }

    /// Whether it is Hugo, however it makes anchors.
    pub(crate) fn is_hugo(self) -> bool {
        matches!(self, Self::Hugo | Self::HugoAscii | Self::HugoBlackfriday)
    }

    pub(crate) fn is_mkdocs(self) -> bool {
        matches!(self, Self::MkDocs | Self::MkDocsUnicode | Self::MkDocsPymdownx)
    }
}
