//! How the parts of a JSON Schema hang together: which schemas are within it, where each reference leads, and which fields it
//! speaks of.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    finding::Message,
    source::{
        Span, percent_decode, percent_encode_but,
        yaml::{Node, Value, steps},
    },
};

/// What is wrong with a schema: where, and a message of the rule `invalid-configuration`.
pub type Flaw = (Span, Message);

/// Values within values are judged to this depth.
pub(super) const MAX_DEPTH: usize = 16;
/// More names of fields than this are not needed to say which are meant.
const MAX_NAMES: usize = 2_000;
/// More ways from one schema to another than this are refused: a dynamic reference may lead to every anchor of its name.
const MAX_WAYS: usize = 50_000;

/// A schema within the file, and which others it holds a value, or what is within the value, against.
#[derive(Debug, Default)]
pub(super) struct Part<'n> {
    /// Those for the same value, each with its place.
    pub(super) here: Vec<(usize, Span)>,
    /// Fields by name; one that is only required has no schema.
    pub(super) named: Vec<(&'n str, Option<usize>)>,
    /// Those for one item each.
    pub(super) items: Vec<usize>,
    /// Those for any field or item.
    pub(super) within: Vec<usize>,
    /// Patterns for names of fields.
    patterns: Vec<&'n str>,
    /// Whether it asks what the schemas for the same value have left over.
    pub(super) counts_left_over: bool,
}

/// What a schema that a keyword names is for.
enum Role<'n> {
    Here,
    Named(&'n str),
    Item,
    Within,
    /// Nothing, unless a reference leads to it.
    Apart,
}

/// A schema within another.
struct Inner<'n> {
    role: Role<'n>,
    /// The way to it, as steps of a JSON pointer in a URI.
    way: String,
    node: &'n Node,
}

/// A schema that has a name in its resource.
#[derive(Debug)]
struct Anchor<'n> {
    name: &'n str,
    is_dynamic: bool,
    goal: Goal<'n>,
    /// The way to it from its resource, as a JSON pointer in a URI.
    pointer: String,
}

/// A schema and the resource around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Goal<'n> {
    node: &'n Node,
    base: &'n Node,
}

/// A schema with all that it refers to.
#[derive(Debug)]
pub(super) struct Graph<'n> {
    pub(super) root: &'n Node,
    /// The keyword that says what a resource is called; another in the earliest drafts.
    id: &'static str,
    pub(super) goals: Vec<Goal<'n>>,
    known: HashMap<usize, usize>,
    pub(super) parts: Vec<Part<'n>>,
    anchors: Vec<Anchor<'n>>,
    resources: Vec<(&'n str, &'n Node)>,
    /// References by the name of an anchor, by place, and how they would be written with a pointer.
    pointed: BTreeMap<Span, String>,
    pub(super) flaws: Vec<Flaw>,
}

impl<'n> Graph<'n> {
    /// Of the schema of a file, whose resources are called what the keyword `id` says.
    pub(super) fn of(root: &'n Node, id: &'static str) -> Self {
        let mut graph = Self {
            root,
            id,
            goals: Vec::new(),
            known: HashMap::new(),
            parts: Vec::new(),
            anchors: Vec::new(),
            resources: Vec::new(),
            pointed: BTreeMap::new(),
            flaws: Vec::new(),
        };
        graph.find_names(Goal { node: root, base: root }, "");
        graph.add(Goal { node: root, base: root });
        let mut ways = 0;
        while let Some(&goal) = graph.goals.get(graph.parts.len()) {
            let part = graph.part(goal);
            ways += part.here.len();
            graph.parts.push(part);
            if ways > MAX_WAYS {
                graph.flaws.push((root.span, Message::new("too-large")));
                break;
            }
        }
        graph
    }

    /// Everything in the file that references can name.
    fn find_names(&mut self, outer: Goal<'n>, pointer: &str) {
        let goal = self.within(outer, outer.node);
        let is_resource = std::ptr::eq(goal.base, goal.node);
        let pointer = if is_resource { "" } else { pointer };
        for (key, value) in goal.node.as_map().unwrap_or_default() {
            let (Some(key), Some(text)) = (key.as_str(), value.as_str()) else { continue };
            let name = match key {
                "$anchor" | "$dynamicAnchor" => Some(text),
                _ if key == self.id => text.strip_prefix('#'),
                _ => None,
            };
            if let Some(name) = name {
                let is_dynamic = key == "$dynamicAnchor";
                self.anchors.push(Anchor { name, is_dynamic, goal, pointer: pointer.to_owned() });
            } else if key == self.id {
                self.resources.push((text.trim_end_matches('#'), goal.node));
            }
        }
        for inner in inner(goal.node) {
            self.find_names(Goal { node: inner.node, ..goal }, &format!("{pointer}{}", inner.way));
        }
    }

    /// A schema within another one, which may be a resource of its own.
    fn within(&self, outer: Goal<'n>, node: &'n Node) -> Goal<'n> {
        let id = node.get(self.id).and_then(Node::as_str);
        Goal { node, base: if id.is_some_and(|id| !id.starts_with('#')) { node } else { outer.base } }
    }

    /// The number of a schema.
    fn add(&mut self, goal: Goal<'n>) -> usize {
        let next = self.goals.len();
        let index = *self.known.entry(std::ptr::from_ref(goal.node).addr()).or_insert(next);
        if index == next {
            self.goals.push(self.within(goal, goal.node));
        }
        index
    }

    fn part(&mut self, goal: Goal<'n>) -> Part<'n> {
        let mut part = Part::default();
        for Inner { role, node, .. } in inner(goal.node) {
            let own = self.add(Goal { node, ..goal });
            match role {
                Role::Here => part.here.push((own, node.span)),
                Role::Named(name) => part.named.push((name, Some(own))),
                Role::Item => part.items.push(own),
                Role::Within => part.within.push(own),
                Role::Apart => {}
            }
        }
        for (key, value) in goal.node.as_map().unwrap_or_default() {
            let entries = value.as_map().unwrap_or_default();
            let texts = |node: &'n Node| node.as_list().unwrap_or_default().iter().filter_map(Node::as_str);
            match key.as_str().unwrap_or_default() {
                key @ ("$ref" | "$dynamicRef" | "$recursiveRef") => {
                    for target in self.resolve(key, value, goal.base) {
                        part.here.push((self.add(target), value.span));
                    }
                }
                "required" => part.named.extend(texts(value).map(|name| (name, None))),
                "dependentRequired" | "dependencies" => {
                    let names =
                        entries.iter().flat_map(|(name, others)| name.as_str().into_iter().chain(texts(others)));
                    part.named.extend(names.map(|name| (name, None)));
                }
                "patternProperties" => part.patterns.extend(entries.iter().filter_map(|(key, _)| key.as_str())),
                "unevaluatedProperties" | "unevaluatedItems" => part.counts_left_over = true,
                _ => {}
            }
        }
        part
    }

    /// What a reference leads to; several where the way there decides. Notes one that leads nowhere, and how one by the name
    /// of an anchor is written with a pointer.
    fn resolve(&mut self, key: &str, reference: &'n Node, base: &'n Node) -> Vec<Goal<'n>> {
        // What is no text is no schema to begin with.
        let Some(text) = reference.as_str() else { return Vec::new() };
        let (resource, fragment) = text.split_once('#').unwrap_or((text, ""));
        let last = |id: &'n str| id.rsplit('/').next();
        let named = || self.resources.iter().filter(|(id, _)| last(id) == last(resource)).map(|(_, node)| *node);
        let bases: Vec<&Node> = if resource.is_empty() { vec![base] } else { named().collect() };
        let mut goals: Vec<Goal<'n>> = if fragment.is_empty() || fragment.starts_with('/') {
            bases.into_iter().filter_map(|base| self.at(base, fragment)).collect()
        } else {
            let alike: Vec<&Anchor<'n>> = self.anchors.iter().filter(|anchor| anchor.name == fragment).collect();
            let is_own = |anchor: &&&Anchor<'n>| bases.iter().any(|base| std::ptr::eq(*base, anchor.goal.base));
            let own: Vec<&Anchor<'n>> = alike.iter().filter(is_own).copied().collect();
            let dynamic: Vec<&Anchor<'n>> = alike.iter().filter(|anchor| anchor.is_dynamic).copied().collect();
            let is_dynamic = key == "$dynamicRef" && own.iter().any(|anchor| anchor.is_dynamic) && dynamic.len() > 1;
            if let ([anchor], false) = (&own[..], is_dynamic) {
                self.pointed.insert(reference.span, format!("{resource}#{}", anchor.pointer));
            }
            (if is_dynamic { dynamic } else { own }).into_iter().map(|anchor| anchor.goal).collect()
        };
        if goals.is_empty() {
            self.flaws.push((reference.span, Message::new("bad-reference").with("reference", text)));
        } else if key == "$recursiveRef" {
            goals.push(Goal { node: self.root, base: self.root });
        }
        goals
    }

    /// Where a JSON pointer leads.
    fn at(&self, base: &'n Node, pointer: &str) -> Option<Goal<'n>> {
        let step = |outer: Goal<'n>, step: String| Some(self.within(outer, outer.node.step(&step)?));
        steps(&percent_decode(pointer)).try_fold(Goal { node: base, base }, step)
    }

    /// The schema with pointers in the place of names of anchors: the crate that judges takes whatever a name leads to for the
    /// root of its resource, so that two names are one to it.
    pub(super) fn with_pointers(&self) -> Node {
        let mut root = self.root.clone();
        point(&mut root, &self.pointed);
        root
    }

    /// The names of all fields that it speaks of, each once; `a.b` is `b` within `a`.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names = Names { parts: &self.parts, open: Vec::new(), seen: BTreeSet::new(), out: Vec::new() };
        names.add(0, "");
        names.out
    }

    /// The patterns for names of fields, but not for those within fields.
    pub(super) fn patterns(&self) -> Vec<&'n str> {
        let (mut out, mut seen, mut open) = (Vec::new(), BTreeSet::from([0]), vec![0]);
        while let Some(at) = open.pop() {
            out.extend(&self.parts[at].patterns);
            open.extend(self.parts[at].here.iter().map(|(own, _)| *own).filter(|own| seen.insert(*own)));
        }
        out
    }
}

/// The names of fields that are found on a way through a schema.
struct Names<'g, 'n> {
    parts: &'g [Part<'n>],
    /// The schemas on the way: a field of one that is within itself is named once.
    open: Vec<usize>,
    seen: BTreeSet<(usize, String)>,
    out: Vec<String>,
}

impl Names<'_, '_> {
    fn add(&mut self, at: usize, outer: &str) {
        if self.open.contains(&at) || self.out.len() > MAX_NAMES || !self.seen.insert((at, outer.to_owned())) {
            return;
        }
        self.open.push(at);
        for &(name, own) in &self.parts[at].named {
            let name = if outer.is_empty() { name.to_owned() } else { format!("{outer}.{name}") };
            if !self.out.contains(&name) {
                self.out.push(name.clone());
            }
            if let Some(own) = own {
                self.add(own, &name);
            }
        }
        for &(own, _) in &self.parts[at].here {
            self.add(own, outer);
        }
        self.open.pop();
    }
}

/// The schemas within a schema, by the keywords of all drafts.
fn inner(node: &Node) -> Vec<Inner<'_>> {
    let mut out = Vec::new();
    for (key, value) in node.as_map().unwrap_or_default() {
        let Some(key) = key.as_str() else { continue };
        let role = |name| match key {
            "allOf" | "anyOf" | "oneOf" | "not" | "if" | "then" | "else" | "dependentSchemas" | "dependencies" => {
                Role::Here
            }
            "properties" => Role::Named(name),
            "prefixItems" => Role::Item,
            "items" if value.as_list().is_some() => Role::Item,
            "$defs" | "definitions" => Role::Apart,
            _ => Role::Within,
        };
        match key {
            "allOf" | "anyOf" | "oneOf" | "prefixItems" | "items" if value.as_list().is_some() => {
                let items = value.as_list().unwrap_or_default().iter().enumerate();
                out.extend(items.map(|(at, node)| Inner { role: role(""), way: format!("/{key}/{at}"), node }));
            }
            "dependentSchemas" | "dependencies" | "properties" | "patternProperties" | "$defs" | "definitions" => {
                let entries = value.as_map().unwrap_or_default().iter();
                let entries = entries.filter_map(|(name, node)| Some((name.as_str()?, node)));
                out.extend(entries.map(|(name, node)| Inner {
                    role: role(name),
                    way: format!("/{key}/{}", step(name)),
                    node,
                }));
            }
            "not"
            | "if"
            | "then"
            | "else"
            | "items"
            | "additionalItems"
            | "unevaluatedItems"
            | "contains"
            | "additionalProperties"
            | "unevaluatedProperties"
            | "propertyNames" => {
                out.push(Inner { role: role(""), way: format!("/{key}"), node: value });
            }
            _ => {}
        }
    }
    out
}

/// Writes references with pointers, by their places.
fn point(node: &mut Node, pointed: &BTreeMap<Span, String>) {
    match &mut node.value {
        Value::Scalar { text, .. } => {
            if let Some(pointer) = pointed.get(&node.span) {
                text.clone_from(pointer);
            }
        }
        Value::List(items) => items.iter_mut().for_each(|item| point(item, pointed)),
        Value::Map(entries) => entries.iter_mut().for_each(|(_, value)| point(value, pointed)),
        Value::Alias => {}
    }
}

/// A step of a JSON pointer, as it is written in a URI.
fn step(key: &str) -> String {
    percent_encode_but(&key.replace('~', "~0").replace('/', "~1"), b"$")
}
