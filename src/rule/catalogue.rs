//! All rules there are.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::Value as Json;

use super::{Check, Page};
use crate::{finding::Message, order, parallel};

type Build = fn(Json) -> Result<Check, serde_json::Error>;

/// A rule that is part of the program.
#[derive(Clone, Copy, Debug)]
pub struct Native {
    /// The group it belongs to.
    pub group: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// Its page, compiled in.
    pub page: &'static str,
    /// Makes its check from its options.
    pub check: Build,
}

/// All rules, by name.
#[derive(Clone, Debug)]
pub struct Catalogue {
    rules: BTreeMap<Arc<str>, (Arc<Page>, Build)>,
}

impl Catalogue {
    /// Reads the pages of native rules.
    pub fn new(native: &[Native]) -> Self {
        // Reading them is most of what a start takes. From the last one on, since those about text have the longest pages.
        let read = |native: &&Native| {
            let page = Page::native(native.group, native.name, native.page);
            (page.name.clone(), (Arc::new(page), native.check))
        };
        let last_first: Vec<&Native> = native.iter().rev().collect();
        Self { rules: order::map(parallel::map(&last_first, read)) }
    }

    /// Adds a declarative rule, in place of one that has its name.
    pub fn add(&mut self, page: Page) {
        self.rules.insert(page.name.clone(), (Arc::new(page), |_| Ok(Check::Matched)));
    }

    /// Takes a rule out.
    pub fn remove(&mut self, name: &str) {
        self.rules.remove(name);
    }

    /// The page of a rule.
    pub fn page(&self, name: &str) -> Option<&Arc<Page>> {
        self.rules.get(name).map(|(page, _)| page)
    }

    /// All pages, by name.
    pub fn pages(&self) -> impl Iterator<Item = &Arc<Page>> {
        self.rules.values().map(|(page, _)| page)
    }

    /// Whether a name stands for a rule or a group.
    pub fn knows(&self, name: &str) -> bool {
        !self.named(name).is_empty()
    }

    /// The rules that a name stands for, itself or all of its group; none for one that is not known.
    pub fn named(&self, name: &str) -> Vec<Arc<str>> {
        let own = self.pages().filter(|page| &*page.name == name || &*page.group == name);
        own.map(|page| page.name.clone()).collect()
    }

    /// The names of all rules and groups.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.pages().flat_map(|page| [&*page.name, &*page.group])
    }

    /// A message of a rule in words.
    pub fn say(&self, rule: &str, message: &Message, language: super::Language) -> String {
        self.page(rule).map_or_else(|| message.key.to_string(), |page| page.say(message, language))
    }

    /// The check of a rule with options of the types that its page declares.
    pub(super) fn build(&self, name: &str, options: Json) -> Option<Check> {
        let (_, build) = self.rules.get(name)?;
        build(options).ok()
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        rule::{Catalogue, Page},
        rules::NATIVE,
        source::CorpusPath,
    };

    /// What is read of a page to start is what is read of all of it, and that has no mistakes.
    #[test]
    fn pages_of_the_program_are_sound() {
        let stated = |page: &Page| {
            let Page { severity, fix, since, default, url, options, has_help, .. } = page;
            format!("{:?}", (severity, fix, since, default, url, options, has_help))
        };
        for start in Catalogue::new(NATIVE).pages() {
            let (page, mistakes) = Page::parse(&start.group, &start.name, CorpusPath::default(), &start.source().text);
            assert!(mistakes.is_empty(), "{}: {mistakes:?}", page.name);
            assert_eq!(stated(&page), stated(start), "{}", page.name);
        }
    }
}
