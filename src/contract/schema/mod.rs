//! A JSON Schema of front matter. The only module that knows the crate that judges by it, and what that finds is said in the
//! words of contracts.

mod breach;
mod cost;
mod graph;

use std::{
    collections::{BTreeMap, btree_map::Entry},
    fmt,
};

use jsonschema::{Draft, PatternOptions, ValidationError, Validator, error::ValidationErrorKind};
use regex::Regex;
use serde_json::{Map, Value as Json};

use super::regex_reason;
use crate::{
    finding::Message,
    order,
    source::{
        Span,
        yaml::{Node, Value, steps},
    },
};
use breach::{Choices, Reading};
use cost::Cost;
use graph::Graph;

pub use breach::{Absent, Breach};
pub use graph::Flaw;

/// More errors than this are not told of one document, or of one schema.
const MAX_ERRORS: usize = 100;
/// More errors than this are not looked at to tell those.
const MAX_LOOKS: usize = 2_000;
/// How often a document is held against a schema at most, all of its values taken together.
const MAX_WORK: u64 = 1_000_000;
/// Schemas that may be open within each other, since judging is recursive.
const MAX_OPEN: usize = 512;
/// Bytes of a compiled pattern, and of what matching it keeps.
const PATTERN_BYTES: usize = 1 << 20;

/// A JSON Schema, ready to judge.
pub struct Schema {
    validator: Validator,
    costs: Vec<Cost>,
    names: Vec<String>,
    choices: Choices,
    /// Of names of fields.
    patterns: Vec<Regex>,
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schema").field("names", &self.names).finish_non_exhaustive()
    }
}

impl Schema {
    /// Reads a schema, of the draft that it names, else of 2020-12. Nothing but the file is looked at. Returns everything
    /// that is wrong with it.
    pub fn new(root: &Node) -> Result<Self, Vec<Flaw>> {
        let json = root.to_json();
        let draft = Draft::default().detect(&json);
        let mut graph = Graph::of(root, if draft == Draft::Draft4 { "id" } else { "$id" });
        let costs = graph.costs();
        if !graph.flaws.is_empty() {
            return Err(settled(graph.flaws));
        }
        if draft == Draft::Unknown {
            let draft = root.get("$schema").unwrap_or(root);
            let message = Message::new("unknown-draft").with("draft", draft.as_str().unwrap_or_default());
            return Err(vec![(draft.span, message)]);
        }
        let flaw = |error: &ValidationError<'_>| flaw(root, error, error.instance_path().as_str());
        let meta = jsonschema::meta::validator_for(&json).map_err(|error| vec![flaw(&error)])?;
        let flaws: Vec<Flaw> = meta.iter_errors(&json).take(MAX_ERRORS).map(|error| flaw(&error)).collect();
        if !flaws.is_empty() {
            return Err(settled(flaws));
        }
        let patterns = PatternOptions::regex().size_limit(PATTERN_BYTES).dfa_size_limit(PATTERN_BYTES);
        let options = jsonschema::options().should_validate_formats(true).with_pattern_options(patterns);
        let validator = options
            .build(&graph.with_pointers().to_json())
            .map_err(|error| vec![self::flaw(root, &error, error.schema_path().as_str())])?;
        // One that only the crate can read, by the rules of ECMAScript, speaks of no field here.
        let patterns = graph.patterns().into_iter().filter_map(|pattern| Regex::new(pattern).ok()).collect();
        Ok(Self { validator, costs, names: graph.names(), choices: Choices::default(), patterns })
    }

    /// Whether it speaks of a field by a pattern for names.
    pub fn has_pattern_for(&self, name: &str) -> bool {
        self.patterns.iter().any(|pattern| pattern.is_match(name))
    }

    /// The fields that it speaks of; `a.b` is `b` within `a`.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How front matter differs from it, one breach for each place, those that are missing first; but not what `is_own` says
    /// is judged elsewhere. Where there is no front matter, only what is missing is told.
    pub fn breaches(&self, root: Option<&Node>, is_own: impl Fn(&Breach) -> bool) -> Vec<Breach> {
        if !self.can_judge(root) {
            return vec![Breach::TooLarge];
        }
        let empty = Json::Object(Map::new());
        let json = root.map_or(empty, Node::to_json);
        if self.validator.is_valid(&json) {
            return Vec::new();
        }
        let mut absent: Vec<Breach> = Vec::new();
        let mut placed: BTreeMap<Span, Breach> = BTreeMap::new();
        for error in self.validator.iter_errors(&json).take(MAX_LOOKS) {
            let breaches = Reading { choices: &self.choices, root, error: &error }.breaches();
            for breach in breaches.into_iter().filter(|breach| !is_own(breach)) {
                match breach.span() {
                    None if absent.contains(&breach) => {}
                    None => absent.push(breach),
                    Some(span) => match placed.entry(span) {
                        Entry::Vacant(entry) => drop(entry.insert(breach)),
                        // What says most of a place counts.
                        Entry::Occupied(mut entry) if entry.get().is_general() && !breach.is_general() => {
                            entry.insert(breach);
                        }
                        Entry::Occupied(_) => {}
                    },
                }
            }
        }
        absent.into_iter().chain(placed.into_values()).take(MAX_ERRORS).collect()
    }

    /// Whether judging takes no more than it may.
    fn can_judge(&self, root: Option<&Node>) -> bool {
        let (count, depth) = root.map_or((1, 0), size);
        let Some(cost) = self.costs.get(depth) else { return false };
        cost.chain <= MAX_OPEN && cost.fan.saturating_mul(count) <= MAX_WORK
    }

    /// Texts for missing fields, each with its place among them: `TODO` where it would do, or the only text that would.
    pub fn stubs(&self, root: Option<&Node>, missing: &[&Absent]) -> Vec<Option<String>> {
        let todo = |missing: &&Absent| missing.path.as_ref().map(|_| "TODO".to_owned());
        let mut stubs: Vec<Option<String>> = missing.iter().map(todo).collect();
        // Again with what the time before has shown; what has not been tried is not put in.
        for is_last in [false, false, true] {
            let mut json = root.map_or_else(|| Json::Object(Map::new()), Node::to_json);
            for (missing, stub) in missing.iter().zip(&stubs) {
                if let (Some(path), Some(stub)) = (&missing.path, stub) {
                    put(&mut json, path, stub);
                }
            }
            let errors: Vec<ValidationError<'_>> = self.validator.iter_errors(&json).take(MAX_ERRORS).collect();
            for (missing, stub) in missing.iter().zip(&mut stubs) {
                let (Some(path), Some(tried)) = (&missing.path, stub.clone()) else { continue };
                let concerns = |error: &&ValidationError<'_>| {
                    let place: Vec<String> = steps(error.instance_path().as_str()).collect();
                    place.starts_with(path) || (is_choice(error.kind()) && path.starts_with(&place))
                };
                for error in errors.iter().filter(concerns) {
                    *stub = only(error.kind()).filter(|only| !is_last && *only != tried);
                    if stub.is_none() {
                        break;
                    }
                }
            }
        }
        stubs
    }
}

/// Whether a choice between schemas has failed, which a field within may be the reason of.
fn is_choice(kind: &ValidationErrorKind) -> bool {
    matches!(
        kind,
        ValidationErrorKind::AnyOf { .. }
            | ValidationErrorKind::OneOfNotValid { .. }
            | ValidationErrorKind::OneOfMultipleValid { .. }
            | ValidationErrorKind::Not { .. }
    )
}

/// The only text that a schema takes.
fn only(kind: &ValidationErrorKind) -> Option<String> {
    let own = match kind {
        ValidationErrorKind::Constant { expected_value } => expected_value,
        ValidationErrorKind::Enum { options: Json::Array(options) } if options.len() == 1 => &options[0],
        _ => return None,
    };
    own.as_str().map(str::to_owned)
}

/// Puts a text where the last step of a path leads, if all before it lead to mappings.
fn put(json: &mut Json, path: &[String], text: &str) {
    let Some((last, outer)) = path.split_last() else { return };
    let place = outer.iter().try_fold(json, |json, step| json.get_mut(step));
    if let Some(Json::Object(entries)) = place {
        entries.insert(last.clone(), text.into());
    }
}

/// How many values there are, and how deep they lie.
fn size(node: &Node) -> (u64, usize) {
    let of = |nodes: &mut dyn Iterator<Item = &Node>| {
        let sizes = nodes
            .map(size)
            .fold((0, 0), |(sum, deepest): (u64, usize), (count, depth)| (sum + count, deepest.max(depth)));
        (sizes.0 + 1, sizes.1 + 1)
    };
    match &node.value {
        Value::List(items) => of(&mut items.iter()),
        Value::Map(entries) => of(&mut entries.iter().map(|(_, value)| value)),
        _ => (1, 0),
    }
}

/// What is wrong with a schema, by place, each place once.
fn settled(mut flaws: Vec<Flaw>) -> Vec<Flaw> {
    order::by_key(&mut flaws, |(span, _)| *span);
    flaws.dedup_by_key(|(span, _)| *span);
    flaws
}

/// What is wrong with a schema at the place of it that a pointer leads to.
fn flaw(root: &Node, error: &ValidationError<'_>, pointer: &str) -> Flaw {
    let span = root.pointed(pointer).map_or(root.span, |node| node.span);
    let mut keys = steps(pointer).collect::<Vec<_>>().into_iter().rev();
    let pattern = match (keys.next(), keys.next()) {
        (Some(key), _) if key == "pattern" => root.pointed(pointer).and_then(Node::as_str).map(str::to_owned),
        (Some(pattern), Some(key)) if key == "patternProperties" => Some(pattern),
        _ => None,
    };
    let refusal = pattern.and_then(|pattern| Some((Regex::new(&pattern).err()?, pattern)));
    if let Some((error, pattern)) = refusal {
        let message = Message::new("bad-pattern").with("pattern", pattern).with("reason", regex_reason(&error));
        return (span, message);
    }
    // Of several choices the one between words says most.
    let inner = match error.kind() {
        ValidationErrorKind::AnyOf { context } => {
            context.iter().flatten().find(|own| matches!(own.kind(), ValidationErrorKind::Enum { .. }))
        }
        _ => None,
    };
    let reason = inner.unwrap_or(error).masked_with("this value").to_string();
    let mut rest = reason.trim_end_matches('.').chars();
    let reason: String = rest.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(rest).collect();
    (span, Message::new("no-schema").with("reason", reason))
}
