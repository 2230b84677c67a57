//! The tree of `rubrica.yaml` to [`Config`].

use std::sync::Arc;

use super::{
    Config, Files, keys,
    own::{MATCH, Own, is_definition},
    reader::Reader,
};
use crate::{
    contract::TagSource,
    corpus::Mount,
    declarative,
    document::Renderer,
    files::Tree,
    finding::Message,
    mistakes::Mistakes,
    order,
    rule::{Catalogue, Layer, Level, OptionDeclaration, OptionKind, Page, Setting, label_example},
    source::{
        CorpusPath, Globs, Source, Span,
        yaml::{self, Node},
    },
    suggest::closest,
};

pub(super) fn config(source: Arc<Source>, tree: &Tree, catalogue: &mut Catalogue) -> Config {
    let start = if source.text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let reading = yaml::parse(&source.text[start..], start);
    let mut mistakes = Mistakes::default();
    mistakes.yaml(&reading.problems);
    let mut config = Config::default();
    if let Some(root) = &reading.root {
        Own { tree, catalogue, mistakes: &mut mistakes, config: &mut config }.read(root, &source);
    }
    let mut reader = Reader { source: &source, tree, catalogue, mistakes, config };
    if let Some(root) = &reading.root {
        reader.top(root);
    }
    let Reader { mut mistakes, mut config, .. } = reader;
    order::by_key(&mut mistakes.found, |mistake| mistake.span);
    (config.mistakes, config.source) = (mistakes.found, Some(source));
    config
}

impl Reader<'_> {
    fn top(&mut self, root: &Node) {
        let mut base = Layer::default();
        for (key, span, value) in self.mistakes.entries(root, "the file", &keys::names(keys::TOP)) {
            match key {
                "files" => self.config.files = self.files(value),
                "rules" => {
                    let Layer { keys, shared, .. } = std::mem::take(&mut base);
                    base = Layer { keys, shared, ..self.layer(value, span, true) };
                }
                "overrides" => {
                    let items = self.mistakes.expect(value, key, "a list", Node::as_list).unwrap_or_default();
                    self.config.overrides = items.iter().filter_map(|item| self.override_entry(item)).collect();
                }
                "link_fields" => {
                    let fields = self.mistakes.strings(value, key);
                    self.config.link_fields = fields.into_iter().map(|(field, _)| field.to_owned()).collect();
                }
                "paths" => self.config.paths = self.paths(value),
                "renderers" => (self.config.renderers, self.config.renderer_names) = self.renderers(value),
                "tags" => {
                    self.config.tags = self.tags(value);
                    if !self.config.tags.is_empty() {
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
                    self.config.contracts = self.contracts(value);
                    base.keys.push("contracts".to_owned());
                    if self.config.contracts.iter().any(|(_, contract)| contract.tags.is_some()) {
                        base.keys.push("tags".to_owned());
                    }
                }
                _ => {}
            }
        }
        self.config.base = base;
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

    fn files(&mut self, node: &Node) -> Files {
        let mut files = Files::default();
        for (key, _, value) in self.mistakes.entries(node, "files", &keys::names(keys::FILES)) {
            match key {
                "include" => files.include = self.mistakes.globs(value, key),
                "exclude" => {
                    files.exclude = self.mistakes.globs(value, key);
                    self.config.excluded = Mistakes::each_glob(value);
                }
                _ => {
                    let number = |node: &Node| u64::try_from(node.as_integer()?).ok().filter(|&bytes| bytes > 0);
                    let bytes = self.mistakes.expect(value, key, "a whole number above 0", number);
                    files.max_bytes = bytes.unwrap_or(files.max_bytes);
                }
            }
        }
        files
    }

    fn override_entry(&mut self, node: &Node) -> Option<(Globs, Layer)> {
        let entries = self.mistakes.entries(node, "overrides", &keys::names(keys::OVERRIDE));
        let (mut globs, mut layer) = (None, Layer::default());
        for (key, span, value) in entries {
            match key {
                "files" => {
                    let (own, each) = self.mistakes.files(value);
                    globs = Some(own);
                    self.config.overridden.extend(each);
                }
                _ => layer = self.layer(value, span, false),
            }
        }
        if globs.is_none() && (node.as_map().is_some() || node.is_null()) {
            self.mistakes.add(node.span, Message::new("missing-key").with("key", "files"));
        }
        Some((globs?, layer))
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

    fn renderers(&mut self, node: &Node) -> (Vec<Renderer>, Vec<String>) {
        let mut out: Vec<(Renderer, String)> = Vec::new();
        for (name, span) in self.mistakes.strings(node, "renderers") {
            let renderer = Renderer::parse(name);
            if renderer.is_none() {
                let message = Message::new("unknown-renderer").with("renderer", name);
                self.mistakes.unknown(span, message, name, Renderer::names());
            }
            out.extend(renderer.map(|renderer| (renderer, name.to_owned())));
        }
        out.dedup_by_key(|(renderer, _)| *renderer);
        out.into_iter().unzip()
    }

    /// `/prefix: folder`, or a list of folders.
    fn paths(&mut self, node: &Node) -> Vec<(Mount, Span)> {
        let mut out = Vec::new();
        for (key, span, value) in self.mistakes.entries(node, "paths", &[]) {
            let Some(prefix) = CorpusPath::new(key).filter(|_| key.starts_with('/')) else {
                if key.starts_with('/') {
                    self.mistakes.add(span, Message::new("wrong-value").with("key", "paths"));
                } else {
                    let meant = value.as_str().and_then(|value| mount_meant(key, value));
                    self.mistakes.add(span, Message::new("no-prefix").with("key", key)).help =
                        meant.map(|meant| Message::new("did-you-mean").with("name", meant));
                }
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
        for item in node.items() {
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

/// What was probably meant by a key of `paths` that does not begin with a slash, and its value: which of the two is which is
/// easily taken the other way round.
fn mount_meant(key: &str, value: &str) -> Option<String> {
    let path = |text: &str| CorpusPath::new(text).filter(|_| !text.contains(':'));
    let (key, other) = (path(key).filter(|key| !key.as_str().is_empty())?, path(value)?);
    let (key, other) = (key.as_str(), other.as_str());
    Some(if value.starts_with('/') { format!("/{other}: {key}") } else { format!("/{key}: {other}") })
}
