//! `ambiguous-section-reference`: the text names a number that stands twice.

use crate::{
    document::{Document, Numbered, numbered_label},
    finding::Message,
    rule::{DocumentRule, Findings},
    source::Span,
};

#[derive(Debug)]
pub(crate) struct AmbiguousSectionReference;

impl DocumentRule for AmbiguousSectionReference {
    fn check(&self, document: &Document, out: &mut Findings) {
        if !super::reference::is_numbered(document) {
            return;
        }
        let pointers = document.pointers();
        for pointer in pointers.all.iter().filter(|pointer| pointer.is_sure) {
            let goals = pointers.goals(pointer);
            let Some(&first) = goals.first() else { continue };
            // The same number under another heading is another sequence, and the text around says which.
            let is_twin = |&&goal: &&(Numbered, usize)| goal != first && siblings(document, first, goal);
            let twins: Vec<_> = goals.iter().filter(is_twin).collect();
            if twins.is_empty() || twins.len() + 1 < goals.len() {
                continue;
            }
            let at = Span::from(pointer.at.clone());
            let text = pointer.name(&document.source.text);
            let finding = out.report(document.at(at), Message::new("ambiguous").with("reference", text));
            for &(place, at) in goals.iter().take(4) {
                if let Some(placed) = numbered_label(document, place, at) {
                    let label = placed.label.text.clone();
                    finding.related(document.at(placed.span), Message::new("see-goal").with("label", label));
                }
            }
        }
    }
}

/// Whether two numbered places belong to one sequence, or stand under two headings that do and have one number.
fn siblings(document: &Document, a: (Numbered, usize), b: (Numbered, usize)) -> bool {
    let label = |(place, at)| numbered_label(document, place, at).map(|placed| &placed.label);
    let (Some(one), Some(other)) = (label(a), label(b)) else { return false };
    if one.scheme != other.scheme || one.values() != other.values() {
        return false;
    }
    match (a, b) {
        ((Numbered::Headings, a), (Numbered::Headings, b)) => {
            let (a, b) = (&document.facts.headings[a], &document.facts.headings[b]);
            let above = |(a, b)| siblings(document, (Numbered::Headings, a), (Numbered::Headings, b));
            let same_parent = a.parent == b.parent || a.parent.zip(b.parent).is_some_and(above);
            // Parts of one chapter are one place: 第二章（上）, 第二章（下）.
            a.container == b.container && same_parent && !super::reference::are_parts(a, b)
        }
        ((Numbered::Captions, _), (Numbered::Captions, _)) => true,
        _ => false,
    }
}
