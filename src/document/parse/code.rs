//! Blocks of code, and the links in what is none although it is indented: MDX has no such code.

use super::{reading::Reading, walk::Walk};
use crate::{
    document::LinkKind,
    source::{Span, lines},
};

impl Walk<'_> {
    /// A block of code ends.
    pub(super) fn code_block(&mut self) {
        let Some(code) = self.fence.take() else { return };
        self.facts.code.push(code.span);
        if code.content != code.span {
            self.facts.fences.push(code);
        } else if self.reads_indented {
            self.links_in(code.span);
        }
    }

    /// Takes the links out of what is indented, line by line. All else there is left as code, since what was meant as code
    /// is often indented too, and its comments look like headings.
    fn links_in(&mut self, block: Span) {
        let mut fence: Option<&str> = None;
        for (at, line) in lines(self.text.get(block.range()).unwrap_or_default()) {
            let inner = line.trim();
            if let Some(mark) = fence {
                fence = Some(mark).filter(|mark| !inner.starts_with(mark));
                continue;
            }
            fence = ["```", "~~~"].into_iter().find(|mark| inner.starts_with(mark));
            if fence.is_some() || !inner.contains("](") {
                continue;
            }
            let start = block.start as usize + at + line.len() - line.trim_start().len();
            let reading = Reading::new(self.text, Span::new(start, start + inner.len()), self.flavor);
            let mut apart = Walk::new(self.text, self.flavor, false);
            for (event, span, is_verbatim) in reading.events(reading.plain_parser()) {
                apart.event(&event, span, is_verbatim);
            }
            self.facts.links.extend(apart.facts.links.into_iter().filter(|link| link.kind == LinkKind::Inline));
        }
    }
}
