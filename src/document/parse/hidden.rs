//! What `%%` marks hide in a vault: it is not there, but directives may stand in it.

use std::cell::OnceCell;

use super::walk::Walk;
use crate::{
    document::{Facts, Heading},
    source::{
        Span,
        hash::{HashMap, HashMapExt},
        surrounds,
    },
};

impl Walk<'_> {
    /// Forgets what stands between `%%` marks, and reads the directives there.
    pub(super) fn hide(&mut self) {
        let hidden: Vec<Span> =
            self.marks.chunks_exact(2).map(|pair| Span::new(pair[0], pair[1] + "%%".len())).collect();
        forget(&mut self.facts, |span| surrounds(&hidden, span));
        let blocks = OnceCell::new();
        for span in hidden {
            let inside = Span { start: span.start + 2, end: span.end - 2 };
            let known = self.comments.len();
            self.comment(span, inside, true);
            let paragraphs = &self.facts.paragraphs;
            let own = paragraphs.binary_search_by_key(&span.start, |paragraph| paragraph.start);
            let is_alone = own.is_ok_and(|at| self.trimmed(paragraphs[at]) == span);
            if let Some(comment) = self.comments.get_mut(known).filter(|_| is_alone) {
                let blocks: &Vec<Span> = blocks.get_or_init(|| top_blocks(&self.facts));
                let next = blocks.partition_point(|block| block.start < span.end);
                comment.covers = blocks.get(next).copied().unwrap_or(Span::at(span.end as usize));
            }
        }
    }

    fn trimmed(&self, span: Span) -> Span {
        let text = self.text.get(span.range()).unwrap_or_default();
        Span::new(span.start as usize, span.start as usize + text.trim_end().len())
    }
}

/// Leaves what is hidden out of the facts. Where its paragraphs, code and HTML are, somebody may still ask, and a footnote
/// that only hidden text refers to is not unused.
fn forget(facts: &mut Facts, is_hidden: impl Fn(Span) -> bool) {
    facts.links.retain(|link| !is_hidden(link.span));
    facts.footnotes.retain(|footnote| !is_hidden(footnote.span));
    facts.undefined.retain(|reference| !is_hidden(reference.span));
    facts.anchors.retain(|anchor| !is_hidden(anchor.span));
    facts.tags.retain(|tag| !is_hidden(tag.span));
    facts.fences.retain(|fence| !is_hidden(fence.span));
    facts.numbered_lines.retain(|line| !is_hidden(line.label.span));
    facts.list_items.retain(|item| !is_hidden(item.label.span));
    facts.captions.retain(|caption| !is_hidden(caption.label.span));
    facts.swallowed.retain(|line| !is_hidden(line.span));
    facts.swallowed_unnumbered.retain(|line| !is_hidden(*line));
    facts.html_labels.retain(|label| !is_hidden(label.span));
    facts.parts.retain(|part| !is_hidden(part.span));
    if facts.headings.iter().any(|heading| is_hidden(heading.span)) {
        forget_headings(facts, is_hidden);
    }
}

/// The same for headings, which enclose others and have things below them.
fn forget_headings(facts: &mut Facts, is_hidden: impl Fn(Span) -> bool) {
    let mut shown: Vec<Heading> = Vec::new();
    // Of each container the last heading that is shown, and those that enclose it.
    let mut open: HashMap<u32, Vec<usize>> = HashMap::new();
    let mut place = Vec::new();
    for mut heading in std::mem::take(&mut facts.headings) {
        let open = open.entry(heading.container).or_default();
        if !is_hidden(heading.span) {
            while open.pop_if(|last| shown[*last].level >= heading.level).is_some() {}
            heading.parent = open.last().copied();
            open.push(shown.len());
            shown.push(heading);
        }
        place.push(open.last().copied());
    }
    facts.headings = shown;
    let moved = |heading: &mut Option<usize>| *heading = heading.and_then(|heading| place[heading]);
    facts.numbered_lines.iter_mut().for_each(|line| moved(&mut line.heading));
    facts.list_items.iter_mut().for_each(|item| moved(&mut item.heading));
    facts.swallowed.iter_mut().for_each(|line| moved(&mut line.parent));
}

/// Paragraphs at the top level, headings and fences, in order.
fn top_blocks(facts: &Facts) -> Vec<Span> {
    let headings = facts.headings.iter().map(|heading| heading.span);
    let fences = facts.fences.iter().map(|fence| fence.span);
    let mut all: Vec<Span> = facts.paragraphs.iter().copied().chain(headings).chain(fences).collect();
    all.sort_unstable();
    all
}
