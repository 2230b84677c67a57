//! Text that counts as the headings will: whoever wrote it had the right numbers in mind.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    fault::{Changed, Found},
    link_texts::shown,
};
use crate::{
    document::{Document, Numbered, Pointers},
    numbering::{mention, pointer::Pointer},
    source::{FileId, Location},
};

/// More pointers and links of a document are not looked at.
const MOST: usize = 1_000;

impl<'a> Found<'a> {
    /// Whether text already speaks of numbers that only the repair makes: it points at one that nothing has today, or the
    /// text of a link is a heading as it will be.
    pub(super) fn is_foretold(&self) -> bool {
        let mut changes: BTreeMap<FileId, Vec<Changed<'a, '_>>> = BTreeMap::new();
        for changed in self.changes() {
            changes.entry(changed.document.file).or_default().push(changed);
        }
        changes.values().any(|own| pointed_at(own[0].document, own).is_some() || self.is_listed(own[0].document, own))
    }

    /// Where the text points at a number that nothing has today and a repair would hand on: where several numbers change, any of
    /// them may be the one that was meant, or one that is gone. Of a single one it is in doubt only if the text has a title
    /// for it that is not its own.
    pub(super) fn handed_on(&self) -> Option<Location> {
        let (document, ..) = self.spot(self.first());
        let own: Vec<_> = self.changes().filter(|changed| changed.document.file == document.file).collect();
        let pointer = pointed_at(document, &own)?;
        let is_one = || {
            let [changed] = &own[..] else { return false };
            let heading = document.facts.headings.get(changed.at).filter(|_| changed.place == Numbered::Headings);
            let title = heading.zip(changed.label()).map(|(heading, own)| own.label.behind(&heading.text));
            let [_, said] = mention::title_of(&document.source.text[pointer.at.end..]);
            title.zip(said).is_none_or(|(title, said)| title.contains(&said))
        };
        (!is_one()).then(|| document.at(pointer.at.clone().into()))
    }

    /// Whether the text of a link is one of the headings as it will be, and none as it is.
    fn is_listed(&self, document: &Document, changes: &[Changed<'a, '_>]) -> bool {
        let headings = &document.facts.headings;
        let renamed = |changed: &Changed<'a, '_>| {
            let label = changed.label()?;
            Some(self.renamed(&headings.get(changed.at)?.text, &label.label.text, changed.change).trim().to_owned())
        };
        let links = || document.facts.links.iter().take(MOST).filter(|link| !link.is_image);
        if links().next().is_none() {
            return false;
        }
        let renamed: HashSet<String> = changes.iter().filter_map(renamed).collect();
        let text = |link| document.source.slice(shown(document, link).0).trim();
        let listed: HashSet<&str> = links().map(text).filter(|text| renamed.contains(*text)).collect();
        !listed.is_empty() && !headings.iter().any(|heading| listed.contains(heading.text.trim()))
    }
}

/// Where the text points at a number that nothing has today and something will have.
fn pointed_at<'d>(document: &'d Document, changes: &[Changed<'_, '_>]) -> Option<&'d Pointer> {
    let pointers = document.pointers();
    let mut will_be: HashMap<&[u64], Vec<&Changed<'_, '_>>> = HashMap::new();
    for changed in changes {
        will_be.entry(&changed.change.values).or_default().push(changed);
    }
    let mut nowhere = pointers.all.iter().take(MOST).filter(|pointer| pointers.goals(pointer).is_empty());
    nowhere.find(|pointer| {
        let mut meant = will_be.get(pointer.values().as_slice()).into_iter().flatten();
        meant.any(|changed| {
            changed.label().is_some_and(|placed| Pointers::may_mean(pointer, changed.place, &placed.label))
        })
    })
}
