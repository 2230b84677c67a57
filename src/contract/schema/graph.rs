//! How the parts of a JSON Schema hang together: where each reference leads, and what judging a value may cost at most.

use std::collections::{BTreeSet, HashMap};

use super::Flaw;
use crate::{
    finding::Message,
    source::{
        Span, percent_decode,
        yaml::{Node, steps},
    },
};

/// Values within values are judged to this depth.
pub(super) const MAX_DEPTH: usize = 16;
/// References and combinations within each other, for one value, beyond this are refused: judging is recursive.
const MAX_CHAIN: usize = 256;
/// A single value that would be held against more schemas than this is refused: references can double at every step.
const MAX_FAN: u64 = 10_000;
/// More names of fields than this are not needed to say which are meant.
const MAX_NAMES: usize = 2_000;

/// What judging one value may take.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    /// Against how many schemas anything on the way to the innermost value is held.
    pub(super) fan: u64,
    /// How many schemas are open within each other at most.
    pub(super) chain: usize,
}

impl Cost {
    fn and(self, other: Self) -> Self {
        Self { fan: self.fan.saturating_add(other.fan), chain: self.chain.max(other.chain) }
    }

    fn or(self, other: Self) -> Self {
        Self { fan: self.fan.max(other.fan), chain: self.chain.max(other.chain) }
    }
}

/// A schema within the file, and which others it holds a value, or what is within the value, against.
#[derive(Debug, Default)]
struct Part<'n> {
    /// Those for the same value, each with its place.
    here: Vec<(usize, Span)>,
    /// Fields by name; one that is only required has no schema.
    named: Vec<(&'n str, Option<usize>)>,
    /// Those for one item each.
    items: Vec<usize>,
    /// Those for any field or item.
    within: Vec<usize>,
}

/// A schema with all that it refers to.
#[derive(Debug)]
pub(super) struct Graph<'n> {
    root: &'n Node,
    nodes: Vec<(&'n Node, &'n Node)>,
    known: HashMap<usize, usize>,
    parts: Vec<Part<'n>>,
    /// What has a name of its own in the file, and the resource around it.
    anchors: Vec<(&'n str, &'n Node, &'n Node)>,
    resources: Vec<(&'n str, &'n Node)>,
    pub(super) flaws: Vec<Flaw>,
}

impl<'n> Graph<'n> {
    pub(super) fn of(root: &'n Node) -> Self {
        let mut graph = Self {
            root,
            nodes: Vec::new(),
            known: HashMap::new(),
            parts: Vec::new(),
            anchors: Vec::new(),
            resources: Vec::new(),
            flaws: Vec::new(),
        };
        graph.find_names(root, root);
        graph.add(root, root);
        while let Some(&(node, base)) = graph.nodes.get(graph.parts.len()) {
            let part = graph.part(node, base);
            graph.parts.push(part);
        }
        graph
    }

    /// Everything in the file that references can name.
    fn find_names(&mut self, node: &'n Node, base: &'n Node) {
        let base = base_of(node, base);
        for (key, value) in node.as_map().unwrap_or_default() {
            if let (Some("$id" | "id" | "$anchor" | "$dynamicAnchor"), Some(text)) = (key.as_str(), value.as_str()) {
                match text.strip_prefix('#').or((!matches!(key.as_str(), Some("$id" | "id"))).then_some(text)) {
                    Some(anchor) => self.anchors.push((anchor, node, base)),
                    None => self.resources.push((text.trim_end_matches('#'), node)),
                }
            }
            self.find_names(value, base);
        }
        for item in node.as_list().unwrap_or_default() {
            self.find_names(item, base);
        }
    }

    /// The number of a schema.
    fn add(&mut self, node: &'n Node, base: &'n Node) -> usize {
        let next = self.nodes.len();
        let index = *self.known.entry(std::ptr::from_ref(node).addr()).or_insert(next);
        if index == next {
            self.nodes.push((node, base_of(node, base)));
        }
        index
    }

    fn part(&mut self, node: &'n Node, base: &'n Node) -> Part<'n> {
        let mut part = Part::default();
        for (key, value) in node.as_map().unwrap_or_default() {
            let list = value.as_list().unwrap_or_default().iter();
            let values = value.as_map().unwrap_or_default().iter();
            match key.as_str().unwrap_or_default() {
                "$ref" | "$dynamicRef" | "$recursiveRef" => {
                    let reference = value.as_str().unwrap_or_default();
                    let targets = self.resolve(reference, base);
                    if targets.is_empty() && value.as_str().is_some() {
                        self.flaws.push((value.span, Message::new("bad-reference").with("reference", reference)));
                    }
                    for (target, base) in targets {
                        part.here.push((self.add(target, base), value.span));
                    }
                }
                "allOf" | "anyOf" | "oneOf" => {
                    part.here.extend(list.map(|own| (self.add(own, base), own.span)));
                }
                "not" | "if" | "then" | "else" => part.here.push((self.add(value, base), value.span)),
                "dependentSchemas" | "dependencies" => {
                    part.here.extend(values.map(|(_, own)| (self.add(own, base), own.span)));
                }
                "properties" => {
                    part.named
                        .extend(values.filter_map(|(name, own)| Some((name.as_str()?, Some(self.add(own, base))))));
                }
                "required" => part.named.extend(list.filter_map(|name| Some((name.as_str()?, None)))),
                "prefixItems" => part.items.extend(list.map(|own| self.add(own, base))),
                "items" if value.as_list().is_some() => part.items.extend(list.map(|own| self.add(own, base))),
                "items"
                | "additionalItems"
                | "unevaluatedItems"
                | "contains"
                | "additionalProperties"
                | "unevaluatedProperties"
                | "propertyNames" => part.within.push(self.add(value, base)),
                "patternProperties" => part.within.extend(values.map(|(_, own)| self.add(own, base))),
                // Nothing is held against these, but their references have to lead somewhere as well.
                "$defs" | "definitions" => {
                    for (_, own) in values {
                        self.add(own, base);
                    }
                }
                _ => {}
            }
        }
        part
    }

    /// What a reference leads to, and the resource around it. Of several with one name it may be any.
    fn resolve(&self, reference: &str, base: &'n Node) -> Vec<(&'n Node, &'n Node)> {
        let (resource, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let last = |id: &str| id.rsplit('/').next().unwrap_or_default().to_owned();
        let bases: Vec<&Node> = match resource {
            "" => vec![base],
            _ => self.resources.iter().filter(|(id, _)| last(id) == last(resource)).map(|(_, node)| *node).collect(),
        };
        let from = |base: &'n Node| {
            let step = |(node, base): (&'n Node, &'n Node), step: String| {
                let next = node.step(&step)?;
                Some((next, base_of(next, base)))
            };
            steps(&percent_decode(fragment)).try_fold((base, base), step)
        };
        if fragment.is_empty() || fragment.starts_with('/') {
            return bases.into_iter().filter_map(from).collect();
        }
        let own = self.anchors.iter().filter(|(anchor, ..)| *anchor == fragment && !bases.is_empty());
        own.map(|(_, node, base)| (*node, *base)).collect()
    }

    /// What judging a value takes, by how deep values are within it. Notes what refers to itself for one and the same value,
    /// and what takes too much.
    pub(super) fn costs(&mut self) -> Vec<Cost> {
        let mut out: Vec<Cost> = Vec::new();
        let mut outer: Vec<Cost> = Vec::new();
        for _ in 0..=MAX_DEPTH {
            let mut pass = Pass {
                parts: &self.parts,
                outer: &outer,
                states: vec![State::New; self.parts.len()],
                flaws: Vec::new(),
            };
            let costs: Vec<Cost> = (0..self.parts.len()).map(|at| pass.cost(at, 0)).collect();
            self.flaws.append(&mut pass.flaws);
            let is_heavy = outer.is_empty() && costs.iter().any(|cost| cost.fan > MAX_FAN || cost.chain > MAX_CHAIN);
            if is_heavy && self.flaws.is_empty() {
                self.flaws.push((self.root.span, Message::new("too-large")));
            }
            if !self.flaws.is_empty() {
                break;
            }
            out.push(costs[0]);
            outer = costs;
        }
        out
    }

    /// The names of all fields that it speaks of, each once; `a.b` is `b` within `a`.
    pub(super) fn names(&self) -> Vec<String> {
        let (mut out, mut seen) = (Vec::new(), BTreeSet::new());
        self.names_in(0, "", 0, &mut out, &mut seen);
        out
    }

    fn names_in(
        &self,
        at: usize,
        outer: &str,
        depth: usize,
        out: &mut Vec<String>,
        seen: &mut BTreeSet<(usize, String)>,
    ) {
        if depth > MAX_DEPTH || out.len() > MAX_NAMES || !seen.insert((at, outer.to_owned())) {
            return;
        }
        for (name, own) in &self.parts[at].named {
            let name = if outer.is_empty() { (*name).to_owned() } else { format!("{outer}.{name}") };
            if !out.contains(&name) {
                out.push(name.clone());
            }
            if let Some(own) = own {
                self.names_in(*own, &name, depth + 1, out, seen);
            }
        }
        for (own, _) in &self.parts[at].here {
            self.names_in(*own, outer, depth, out, seen);
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum State {
    New,
    Open,
    Done(Cost),
}

/// Costs for values of one depth, from those for values one step within.
struct Pass<'p, 'n> {
    parts: &'p [Part<'n>],
    outer: &'p [Cost],
    states: Vec<State>,
    flaws: Vec<Flaw>,
}

impl Pass<'_, '_> {
    fn cost(&mut self, at: usize, chain: usize) -> Cost {
        if let State::Done(cost) = self.states[at] {
            return cost;
        }
        if chain > MAX_CHAIN {
            return Cost { fan: 0, chain: MAX_CHAIN };
        }
        self.states[at] = State::Open;
        let part = &self.parts[at];
        let mut sum = Cost::default();
        for &(own, span) in &part.here {
            if matches!(self.states[own], State::Open) {
                self.flaws.push((span, Message::new("endless")));
                continue;
            }
            sum = sum.and(self.cost(own, chain + 1));
        }
        let within = |own: usize| self.outer.get(own).copied().unwrap_or_default();
        let apart = part.named.iter().filter_map(|(_, own)| *own).chain(part.items.iter().copied());
        sum = sum.and(apart.map(within).fold(Cost::default(), Cost::or));
        sum = part.within.iter().map(|&own| within(own)).fold(sum, Cost::and);
        let cost = Cost { fan: sum.fan.saturating_add(1), chain: sum.chain + 1 };
        self.states[at] = State::Done(cost);
        cost
    }
}

/// The resource that a schema is of.
fn base_of<'n>(node: &'n Node, base: &'n Node) -> &'n Node {
    let id = node.get("$id").or_else(|| node.get("id")).and_then(Node::as_str);
    if id.is_some_and(|id| !id.starts_with('#')) { node } else { base }
}
