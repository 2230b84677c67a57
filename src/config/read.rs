//! The tree of `rubrica.yaml` to [`Config`].

use std::sync::Arc;

use super::{
    Config, Files, keys,
    own::{MATCH, Own, is_definition},
};
use crate::{
    contract::TagSource,
    corpus::{Mount, closest},
    declarative,
    document::Renderer,
    files::Tree,
    finding::Message,
    mistakes::{Mistake, Mistakes},
    rule::{Catalogue, Layer, Level, OptionDeclaration, OptionKind, Page, Setting, label_example},
    source::{
        CorpusPath, Globs, Source, Span,
        yaml::{self, Node},
    },
};

pub(super) fn config(source: Arc<Source>, tree: &Tree, catalogue: &mut Catalogue) -> Config {
    let start = if source.text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let reading = yaml::parse(&source.text[start..], start);
    let mut mistakes = Mistakes::default();
    mistakes.yaml(&reading.problems);
    let mut own =
        Own { tree, catalogue, mistakes: &mut mistakes, places: Vec::new(), parts: Vec::new(), faulty: Vec::new() };
    if let Some(root) = &reading.root {
        own.read(root, &source);
    }
    let (rule_pages, parts, mut faulty) = (own.places, own.parts, own.faulty);
    let mut reader = Reader {
        source: &source,
        tree,
        catalogue,
        mistakes,
        named: Vec::new(),
        overridden: Vec::new(),
        parts,
        faulty: Vec::new(),
    };
    let mut config = Config::default();
    if let Some(root) = &reading.root {
        reader.top(root, &mut config);
    }
    faulty.append(&mut reader.faulty);
    let (named, overridden, parts) = (reader.named, reader.overridden, reader.parts);
    let mut mistakes = reader.mistakes.found;
    mistakes.sort_by_key(|mistake| mistake.span);
    Config { mistakes, named, overridden, rule_pages, parts, faulty, source: Some(source), ..config }
}

pub(super) struct Reader<'a> {
    source: &'a Source,
    pub(super) tree: &'a Tree,
    catalogue: &'a Catalogue,
    pub(super) mistakes: Mistakes,
    /// Globs that have to match a document.
    pub(super) named: Vec<(Span, Globs)>,
    pub(super) overridden: Vec<(Span, Globs)>,
    /// Files that it names: pages of rules, schemas, vocabularies.
    pub(super) parts: Vec<CorpusPath>,
    /// Those of them with mistakes.
    pub(super) faulty: Vec<(Arc<Source>, Vec<Mistake>)>,
}

impl Reader<'_> {
    fn top(&mut self, root: &Node, config: &mut Config) {
        let mut base = Layer::default();
        let mut overrides = Vec::new();
        for (key, span, value) in self.mistakes.entries(root, "the file", &keys::names(keys::TOP)) {
            match key {
                "files" => config.files = self.files(value),
                "rules" => {
                    let Layer { keys, shared, .. } = std::mem::take(&mut base);
                    base = Layer { keys, shared, ..self.layer(value, span, true) };
                }
                "overrides" => {
                    let items = self.mistakes.expect(value, key, "a list", Node::as_list).unwrap_or_default();
                    overrides = items.iter().filter_map(|item| self.override_entry(item)).collect();
                }
                "link-fields" => {
                    let fields = self.mistakes.strings(value, key);
                    config.link_fields = fields.into_iter().map(|(field, _)| field.to_owned()).collect();
                }
                "paths" => config.paths = self.paths(value),
                "renderers" => config.renderers = self.renderers(value),
                "tags" => {
                    config.tags = self.tags(value);
                    if !config.tags.is_empty() {
                        base.keys.push("tags".to_owned());
                    }
                }
                "text" => {
                    if let Some((profile, span)) = self.profile(value) {
                        let origin = self.origin(span);
                        base.keys.push("text".to_owned());
                        base.shared.insert("profile".to_owned(), (profile.into(), origin));
                    }
                }
                "contracts" => {
                    config.contracts = self.contracts(value);
                    base.keys.push("contracts".to_owned());
                    if config.contracts.iter().any(|(_, contract)| contract.tags.is_some()) {
                        base.keys.push("tags".to_owned());
                    }
                }
                _ => {}
            }
        }
        config.layers = [(None, base)].into_iter().chain(overrides).collect();
    }

    /// The profile of typography, and where it is named.
    fn profile(&mut self, node: &Node) -> Option<(&'static str, Span)> {
        let entries = self.mistakes.entries(node, "text", &keys::names(keys::TEXT));
        let Some((_, span, value)) = entries.into_iter().next() else {
            if node.as_map().is_some() || node.is_null() {
                self.mistakes.add(node.span, Message::new("missing-key").with("key", "profile"));
            }
            return None;
        };
        let known = |name: &str| keys::PROFILES.iter().copied().find(|own| *own == name);
        Some((self.mistakes.choose(value, "profile", keys::PROFILES, known)?, span))
    }

    /// The line of a place, for people.
    fn origin(&self, span: Span) -> String {
        format!("{}:{}", self.source.path.as_str(), self.source.position(span.start).line)
    }

    fn files(&mut self, node: &Node) -> Files {
        let mut files = Files::default();
        for (key, _, value) in self.mistakes.entries(node, "files", &keys::names(keys::FILES)) {
            match key {
                "include" => files.include = self.mistakes.globs(value, key),
                "exclude" => files.exclude = self.mistakes.globs(value, key),
                _ => {
                    let number = |node: &Node| u64::try_from(node.as_integer()?).ok().filter(|&bytes| bytes > 0);
                    let bytes = self.mistakes.expect(value, key, "a whole number above 0", number);
                    files.max_bytes = bytes.unwrap_or(files.max_bytes);
                }
            }
        }
        files
    }

    fn override_entry(&mut self, node: &Node) -> Option<(Option<Globs>, Layer)> {
        let entries = self.mistakes.entries(node, "overrides", &keys::names(keys::OVERRIDE));
        let (mut globs, mut layer) = (None, Layer::default());
        for (key, span, value) in entries {
            match key {
                "files" => {
                    let (own, each) = self.mistakes.files(value);
                    globs = Some(own);
                    self.overridden.extend(each);
                }
                _ => layer = self.layer(value, span, false),
            }
        }
        if globs.is_none() && (node.as_map().is_some() || node.is_null()) {
            self.mistakes.add(node.span, Message::new("missing-key").with("key", "files"));
        }
        globs.map(|globs| (Some(globs), layer))
    }

    fn layer(&mut self, node: &Node, span: Span, may_define: bool) -> Layer {
        let mut layer = Layer { origin: self.origin(span), ..Layer::default() };
        for (name, span, value) in self.mistakes.entries(node, "rules", &[]) {
            if may_define && is_definition(value) {
                continue;
            }
            if !self.catalogue.knows(name) {
                if declarative::SUBJECTS.iter().any(|(subject, _)| value.get(subject).is_some()) {
                    self.mistakes.add(value.span, Message::new("no-match").with("rule", name));
                    continue;
                }
                let is_meant = |key: &&Node| key.as_str().is_some_and(|key| closest(key, [MATCH]).is_some());
                let mut keys = value.as_map().unwrap_or_default().iter().map(|(key, _)| key);
                if let Some(key) = keys.find(is_meant).filter(|_| may_define) {
                    let text = key.as_str().unwrap_or_default();
                    self.mistakes.unknown(key.span, Message::new("unknown-key").with("key", text), text, [MATCH]);
                    continue;
                }
                let known = self.catalogue.names().collect::<Vec<_>>();
                self.mistakes.unknown(span, Message::new("unknown-rule").with("rule", name), name, known);
                continue;
            }
            let page = self.catalogue.page(name).cloned();
            let setting = self.setting(name, page.as_deref(), value);
            layer.settings.insert(name.to_owned(), Setting { origin: self.origin(span), ..setting });
        }
        layer
    }

    /// `off`, a severity, or a mapping of `severity` and the rule's options; of a group, those that any of its rules
    /// has.
    fn setting(&mut self, name: &str, page: Option<&Page>, node: &Node) -> Setting {
        let mut setting = Setting::default();
        if node.as_map().is_none() {
            setting.level = self.level(node, name);
            return setting;
        }
        let catalogue = self.catalogue;
        let options: Vec<&OptionDeclaration> = match page {
            Some(page) => page.options.iter().collect(),
            None => catalogue.pages().filter(|page| &*page.group == name).flat_map(|page| &page.options).collect(),
        };
        let known: Vec<&str> =
            ["severity"].into_iter().chain(options.iter().map(|option| option.name.as_str())).collect();
        for (key, _, value) in self.mistakes.entries(node, name, &known) {
            match options.iter().find(|option| option.name == key) {
                Some(option) if option.kind == OptionKind::Globs => {
                    let globs = self.mistakes.globs(value, key);
                    setting.options.insert(key.to_owned(), globs.written().to_vec().into());
                }
                Some(option) if option.kind == OptionKind::Labels && value.as_list().is_some() => {
                    let label =
                        |item| self.mistakes.expect(item, key, "labels such as `第一章` or `!Step 1`", label_example);
                    let labels: Vec<_> = value.as_list().unwrap_or_default().iter().filter_map(label).collect();
                    setting.options.insert(key.to_owned(), labels.into());
                }
                Some(option) => {
                    let read = option.kind.read(value);
                    let read = match &option.kind {
                        OptionKind::Choice(words) => {
                            let words: Vec<&str> = words.iter().map(String::as_str).collect();
                            self.mistakes.choose(value, key, &words, |_| read)
                        }
                        kind => self.mistakes.expect(value, key, &kind.in_words(), |_| read),
                    };
                    if let Some(value) = read {
                        setting.options.insert(key.to_owned(), value);
                    }
                }
                None => setting.level = self.level(value, key),
            }
        }
        setting
    }

    fn level(&mut self, node: &Node, key: &str) -> Option<Level> {
        self.mistakes.choose(node, key, Level::WORDS, Level::parse)
    }

    fn renderers(&mut self, node: &Node) -> Vec<Renderer> {
        let mut out = Vec::new();
        for (name, span) in self.mistakes.strings(node, "renderers") {
            let renderer = Renderer::parse(name);
            if renderer.is_none() {
                let known = Renderer::ALL.iter().map(|renderer| renderer.name());
                self.mistakes.unknown(span, Message::new("unknown-renderer").with("renderer", name), name, known);
            }
            out.extend(renderer);
        }
        out.dedup();
        out
    }

    /// `/prefix: folder`, or a list of folders.
    fn paths(&mut self, node: &Node) -> Vec<(Mount, Span)> {
        let mut out = Vec::new();
        for (key, span, value) in self.mistakes.entries(node, "paths", &[]) {
            let Some(prefix) = CorpusPath::new(key).filter(|_| key.starts_with('/')) else {
                self.mistakes.add(span, Message::new("wrong-value").with("key", key));
                continue;
            };
            for (folder, span) in self.mistakes.strings(value, key) {
                match CorpusPath::new(folder.trim_start_matches('/')) {
                    Some(folder) => out.push((Mount { prefix: prefix.clone(), folder, everywhere: true }, span)),
                    None => drop(self.mistakes.add(span, Message::new("wrong-value").with("key", key))),
                }
            }
        }
        out
    }

    pub(super) fn tags(&mut self, node: &Node) -> Vec<TagSource> {
        let mut out = Vec::new();
        for item in node.as_list().unwrap_or(std::slice::from_ref(node)) {
            match item.as_str() {
                Some("front-matter") => out.push(TagSource::FrontMatter),
                Some("inline") => out.push(TagSource::Inline),
                Some(word) => {
                    let message = Message::new("unknown-tag-source").with("source", word);
                    self.mistakes.unknown(item.span, message, word, ["front-matter", "inline", "section"]);
                }
                None => {
                    for (key, _, value) in self.mistakes.entries(item, "tags", &keys::names(keys::SECTION_PLACE)) {
                        out.extend(self.heading(value, key).map(TagSource::Section));
                    }
                }
            }
        }
        out
    }
}
