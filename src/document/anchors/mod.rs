//! The anchors that renderers make of headings: for each family of them a way to turn a text into an anchor, and a way
//! to make a repeated one unique. Both are linear in the number of headings.

mod algorithms;
mod families;
mod renderer;
mod unique;

use std::{borrow::Cow, sync::OnceLock};

use super::{Heading, InlineKind, attributes};
use crate::source::hash::HashMap;

pub use algorithms::github;
pub(crate) use families::{Families, stem};
pub use renderer::Renderer;
pub(crate) use unique::{Anchored, Slugger};

impl Renderer {
    /// The anchor of a heading before it is made unique. `source` is the text of its file; `text` is what the heading
    /// says, which a repair may change.
    pub(crate) fn anchor(self, heading: &Heading, text: &str, source: &str) -> Anchored {
        if let Some(id) = self.explicit_id(&heading.hidden) {
            return Anchored { base: id.to_owned(), is_explicit: true };
        }
        // This one looks at the bytes of the heading, markup included, and not at what a reader sees.
        let mut text = if self == Self::Goldmark { raw(heading, text, source) } else { self.spoken(heading, text) };
        if self != Self::Goldmark && !heading.hidden.starts_with('<') && !self.reads_attributes(&heading.hidden) {
            text.push_str(&heading.hidden);
        }
        Anchored { base: algorithms::anchor(self, &text), is_explicit: false }
    }

    /// The fragment that a link leads to, of one that is written in Markdown.
    pub(crate) fn linked(self, fragment: &str) -> Cow<'_, str> {
        match self {
            // Source: its `link.ts`, which makes an anchor of what stands behind `#`.
            Self::VitePress => Cow::Owned(algorithms::anchor(self, fragment)),
            _ => Cow::Borrowed(fragment),
        }
    }

    /// The id in what follows the text of a heading, where this renderer looks for one.
    pub(crate) fn explicit_id(self, hidden: &str) -> Option<&str> {
        if self.reads_attributes(hidden) {
            return attributes::id(hidden.trim());
        }
        let hidden = hidden.trim();
        let in_html = hidden.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
        let inside = in_html.or_else(|| hidden.strip_prefix("{/*")?.strip_suffix("*/}"))?;
        inside.split_whitespace().next()?.strip_prefix('#').filter(|_| self == Self::Docusaurus)
    }

    /// The id in what follows the text of a heading, for whatever renderer looks for one.
    pub(crate) fn any_id(hidden: &str) -> Option<&str> {
        Self::ALL.iter().find_map(|renderer| renderer.explicit_id(hidden))
    }

    /// Whether it takes what follows the text of a heading for an attribute list.
    fn reads_attributes(self, hidden: &str) -> bool {
        let list = hidden.trim();
        if !list.ends_with('}') || list.starts_with("{/*") {
            return false;
        }
        match self {
            Self::GitHub | Self::GitLab | Self::MarkdownIt | Self::Obsidian => false,
            // An id, and nothing besides.
            Self::Docusaurus => list.starts_with("{#") && !list.contains(char::is_whitespace),
            _ if self.is_mkdocs() => hidden.starts_with([' ', '\t']),
            Self::VitePress => true,
            _ => !list.starts_with("{:"),
        }
    }

    /// The text of a heading as this renderer takes it for an anchor.
    fn spoken(self, heading: &Heading, text: &str) -> String {
        let is_hugo = self.is_hugo();
        let plain = |text: &str| if is_hugo { with_dashes(text) } else { text.to_owned() };
        // Of a text that a repair would write, nobody knows more than what it says.
        if heading.inlines.is_empty() || text != heading.text {
            return plain(text);
        }
        let (mut out, mut done) = (String::with_capacity(text.len()), 0);
        for inline in &heading.inlines {
            let (start, end) = inline.at;
            out.push_str(&plain(&text[done..start]));
            match &inline.kind {
                // Of a heading of several lines, goldmark looks at the last one.
                InlineKind::Break if is_hugo => out.clear(),
                InlineKind::Break if matches!(self, Self::VitePress | Self::Docusaurus | Self::MarkdownIt) => {}
                InlineKind::Url if is_hugo => {}
                InlineKind::Alt(alt) if is_hugo => out.push_str(&plain(alt)),
                InlineKind::Alt(alt) if matches!(self, Self::GitLab | Self::Docusaurus) => out.push_str(alt),
                _ => out.push_str(&text[start..end]),
            }
            done = end;
        }
        out + &plain(&text[done..])
    }
}

/// Hugo's typographer writes `--` and `---` as dashes before an anchor is made of them.
fn with_dashes(text: &str) -> String {
    text.replace("---", "—").replace("--", "–")
}

/// The bytes of a heading's content, with its text replaced where that has been changed.
fn raw(heading: &Heading, text: &str, source: &str) -> String {
    let written = source.get(heading.content.range()).unwrap_or_default().trim_end();
    let last = written.lines().next_back().unwrap_or_default();
    if text == heading.text { last.to_owned() } else { last.replacen(&heading.text, text, 1) }
}

/// Among so many anchors, looking is faster than an index.
const FEW: usize = 16;

/// The anchors of a document's headings.
#[derive(Debug)]
pub struct Anchors {
    /// One for each heading, in order.
    pub all: Vec<String>,
    /// Where there are many; made when a link first asks.
    by_anchor: OnceLock<HashMap<String, usize>>,
    families: OnceLock<Families>,
}

impl Anchors {
    pub(super) fn new(renderer: Renderer, headings: &[Heading], source: &str) -> Self {
        let mut slugger = Slugger::new(renderer, headings);
        let next = |heading: &Heading| slugger.next(renderer.anchor(heading, &heading.text, source));
        Self { all: headings.iter().map(next).collect(), by_anchor: OnceLock::new(), families: OnceLock::new() }
    }

    /// The heading with an anchor; the first one where several have it.
    pub fn find(&self, anchor: &str) -> Option<usize> {
        if self.all.len() <= FEW {
            return self.all.iter().position(|own| own == anchor);
        }
        let all = self.all.iter().enumerate().rev();
        let index = self.by_anchor.get_or_init(|| all.map(|(at, anchor)| (anchor.clone(), at)).collect());
        index.get(anchor).copied()
    }

    /// The anchors before they are made unique.
    pub(crate) fn families(&self, renderer: Renderer, headings: &[Heading], source: &str) -> &Families {
        let base = |heading: &Heading| renderer.anchor(heading, &heading.text, source);
        self.families.get_or_init(|| Families::new(headings.iter().map(base).collect()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        document::{Document, Flavor},
        source::{CorpusPath, FileId, Source},
    };

    /// The file says how it was made.
    fn frozen() -> serde_json::Value {
        serde_json::from_str(include_str!("../../../fixtures/anchors.json")).expect("JSON")
    }

    fn texts(frozen: &serde_json::Value, key: &str) -> Vec<String> {
        frozen[key].as_array().expect("a list").iter().map(|text| text.as_str().expect("text").to_owned()).collect()
    }

    #[test]
    fn as_the_real_thing_makes_them() {
        let frozen = frozen();
        let headings = texts(&frozen, "headings");
        for renderer in [
            Renderer::GitHub,
            Renderer::VitePress,
            Renderer::MkDocs,
            Renderer::MkDocsUnicode,
            Renderer::MkDocsPymdownx,
            Renderer::Docsify,
            Renderer::MarkdownIt,
        ] {
            let mut slugger = Slugger::new(renderer, []);
            let ours = headings
                .iter()
                .map(|text| slugger.next(Anchored { base: algorithms::anchor(renderer, text), is_explicit: false }));
            let theirs = texts(&frozen, renderer.name());
            let differ: Vec<_> = headings.iter().zip(ours.zip(&theirs)).filter(|(_, (a, b))| a != *b).collect();
            assert!(differ.is_empty(), "{renderer:?} {differ:?}");
        }
    }

    #[test]
    fn ids_where_docusaurus_reads_them() {
        let frozen = frozen();
        for (written, theirs) in texts(&frozen, "written").into_iter().zip(texts(&frozen, "docusaurus")) {
            let source = Arc::new(Source::new(CorpusPath::new("a.md").expect("a path"), &*written));
            let document = Document::parse(FileId::from_index(0), source, Flavor::GitHub);
            assert_eq!(document.anchors(Renderer::Docusaurus).all, [theirs], "{written}");
        }
    }

    #[test]
    fn as_the_real_thing_makes_them_of_what_is_written() {
        let frozen = &frozen()["as-written"];
        let written = texts(frozen, "headings");
        let source = Arc::new(Source::new(CorpusPath::new("a.md").expect("a path"), written.join("\n\n")));
        let document = Document::parse(FileId::from_index(0), source, Flavor::GitHub);
        assert_eq!(document.facts.headings.len(), written.len());
        for renderer in frozen.as_object().expect("a map").keys().filter_map(|name| Renderer::parse(name)) {
            let anchors = document.anchors(renderer);
            let theirs = frozen[renderer.name()].as_array().expect("a list");
            let both = written.iter().zip(anchors.all.iter().zip(theirs));
            // Where one has none, the renderer reads no heading there.
            let differ: Vec<_> = both.filter(|(_, (own, theirs))| theirs.as_str().is_some_and(|t| t != *own)).collect();
            assert!(differ.is_empty(), "{renderer:?} {differ:#?}");
        }
    }

    #[test]
    fn as_the_sources_of_the_others_say() {
        let rows = [
            ("①步骤一", "①步骤一", "①步骤一", "heading", "①步骤一"),
            ("第〇章", "第〇章", "第章", "heading", "第〇章"),
            ("Rust 语言 - 入门", "rust-语言---入门", "rust-语言---入门", "rust----", "rust-语言---入门"),
            ("你好\u{3000}世界", "你好世界", "你好世界", "heading", "你好-世界"),
            ("snake_case 名", "snake_case-名", "snake_case-名", "snake-case-", "snake_case-名"),
            ("？！", "", "heading", "heading", "section"),
            ("हिन्दी", "हिन्दी", "हनद", "heading", "हिनदी"),
        ];
        for (text, gitlab, hugo, goldmark, mdbook) in rows {
            for (renderer, wanted) in
                [(Renderer::GitLab, gitlab), (Renderer::Goldmark, goldmark), (Renderer::MdBook, mdbook)]
            {
                assert_eq!(algorithms::anchor(renderer, text), wanted, "{renderer:?} {text}");
            }
            if text != "①步骤一" {
                assert_eq!(algorithms::anchor(Renderer::Hugo, text), hugo, "hugo {text}");
            }
        }
    }

    #[test]
    fn twenty_thousand_equal_headings() {
        for &renderer in Renderer::ALL {
            let start = std::time::Instant::now();
            let mut slugger = Slugger::new(renderer, []);
            let mut last = String::new();
            for _ in 0..20_000 {
                last = slugger.next(Anchored { base: algorithms::anchor(renderer, "echo"), is_explicit: false });
            }
            assert!(renderer == Renderer::Obsidian || last.ends_with("19999"), "{renderer:?} {last}");
            assert!(start.elapsed().as_millis() < 1_000, "{renderer:?} took {:?}", start.elapsed());
        }
    }
}
