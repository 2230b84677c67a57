//! The rules as they are configured for some files.

use std::{collections::BTreeMap, sync::Arc};

use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::{Activation, Catalogue, Check, Findings, Page};
use crate::finding::Severity;

/// Whether a rule runs, and how much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It does not run.
    Off,
    /// It runs at this severity.
    At(Severity),
}

impl Level {
    /// All words for one.
    pub const WORDS: &'static [&'static str] = &["off", "info", "warning", "error"];

    /// The level a word names.
    pub fn parse(word: &str) -> Option<Self> {
        if word == "off" { Some(Self::Off) } else { Severity::parse(word).map(Self::At) }
    }
}

/// What one layer of configuration says of one rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Setting {
    /// Where it stands, for people: `rubrica.yaml:12`.
    pub origin: String,
    /// The level, where it says one.
    pub level: Option<Level>,
    /// Options by name.
    pub options: BTreeMap<String, Json>,
}

/// One layer of configuration: the settings of rules and groups.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    /// Where it comes from, for people: `rubrica.yaml:12`.
    pub origin: String,
    /// By name of a rule or a group. A rule's own entry counts more than its group's.
    pub settings: BTreeMap<String, Setting>,
    /// Other keys of the configuration that are set, which some rules wait for.
    pub keys: Vec<String>,
    /// Options that a key of its own sets for all rules that have them, and where it stands, for people.
    pub shared: BTreeMap<String, (Json, String)>,
}

/// A rule, ready to run. Native or not: nobody can tell.
#[derive(Debug)]
pub struct Rule {
    /// Its page.
    pub page: Arc<Page>,
    /// As configured.
    pub severity: Severity,
    /// Its options.
    pub options: serde_json::Map<String, Json>,
    /// The layer that turned it on, and for each option set by configuration, its layer.
    pub origins: BTreeMap<String, String>,
    /// Its check.
    pub check: Check,
}

impl Rule {
    /// An empty sink for it.
    pub fn sink(&self) -> Findings<'_> {
        Findings::new(&self.page.name, self.severity)
    }

    /// Its options, as a type that has some of them.
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_value(Json::Object(self.options.clone())).ok()
    }
}

/// The rules that are on for some files.
#[derive(Debug, Default)]
pub struct RuleSet {
    rules: Vec<Rule>,
}

impl RuleSet {
    /// Applies layers of configuration, the later ones winning, and keeps the rules that are on and `wanted`.
    pub fn new(catalogue: &Catalogue, layers: &[&Layer], wanted: &dyn Fn(&Page) -> bool) -> Self {
        let on = catalogue.pages().filter(|page| wanted(page)).filter_map(|page| configure(catalogue, page, layers));
        Self { rules: on.collect() }
    }

    /// Whether one of them asks every document for the text as it is read: of the native ones only those about text do, as
    /// a test makes sure.
    pub(crate) fn reads_prose(&self) -> bool {
        self.rules.iter().any(|rule| matches!(rule.check, Check::Matched) || *rule.page.group == *"text")
    }

    /// The rules, by name.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// A rule, if it is on.
    pub fn rule(&self, name: &str) -> Option<&Rule> {
        self.position(name).map(|at| &self.rules[at])
    }

    /// Where a rule stands among [`RuleSet::rules`], if it is on.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.rules.binary_search_by(|rule| (*rule.page.name).cmp(name)).ok()
    }
}

fn configure(catalogue: &Catalogue, page: &Arc<Page>, layers: &[&Layer]) -> Option<Rule> {
    let mut level = match &page.default {
        Activation::On => Level::At(page.severity),
        Activation::When(key) if layers.iter().any(|layer| layer.keys.contains(key)) => Level::At(page.severity),
        Activation::Off | Activation::When(_) => Level::Off,
    };
    let mut options = page.default_options();
    let mut origins = BTreeMap::new();
    for layer in layers {
        for (option, (value, origin)) in &layer.shared {
            if options.contains_key(option) {
                options.insert(option.clone(), value.clone());
                origins.insert(option.clone(), origin.clone());
            }
        }
        for name in [&page.group, &page.name] {
            let Some(setting) = layer.settings.get(&**name) else { continue };
            // Options without a level turn a rule on; nobody configures what is to stay silent.
            let implied = (level == Level::Off && !setting.options.is_empty()).then_some(Level::At(page.severity));
            // What is off until turned on is turned on by its own name: nobody means all of a group's.
            let is_named = *name == page.name || page.default != Activation::Off || level != Level::Off;
            if let Some(new) = setting.level.or(implied).filter(|_| is_named) {
                level = new;
                origins.insert("severity".to_owned(), setting.origin.clone());
            }
            for (option, value) in &setting.options {
                if options.contains_key(option) {
                    options.insert(option.clone(), value.clone());
                    origins.insert(option.clone(), setting.origin.clone());
                }
            }
        }
    }
    let Level::At(severity) = level else { return None };
    // Types were checked against the page when the configuration was read.
    let check = catalogue.build(&page.name, Json::Object(options.clone()))?;
    Some(Rule { page: page.clone(), severity, options, origins, check })
}
