//! Comments, in HTML and in front matter: which of them silence findings, and where.

use super::{
    html,
    walk::{Waiting, Walk},
};
use crate::{
    document::{
        Definition, FrontMatter,
        directive::{self, Command, Comment, Scope},
    },
    source::{LineIndex, Span, yaml},
};

/// So many comments may wait for one block.
const MOST_WAITING: usize = 64;

impl Walk<'_> {
    /// A piece of HTML: a whole block, or one tag or comment within a paragraph.
    pub(super) fn html(&mut self, span: Span, is_inline: bool) {
        let html = self.text.get(span.range()).unwrap_or_default();
        let comments = html::comments(html, span.start as usize);
        let hidden: Vec<Span> = comments.iter().map(|comment| comment.span).collect();
        html::elements(html, span.start as usize, &hidden, &mut self.facts);
        for comment in comments {
            self.comment(comment.span, comment.inside, is_inline);
        }
    }

    /// The comments of front matter: `# rubrica-disable-next-line …`. What stands in a value is none.
    pub(super) fn yaml_comments(&mut self, header: &FrontMatter) {
        let text = self.text.get(header.span.range()).unwrap_or_default();
        let root = header.yaml.root.as_ref();
        for (at, _) in text.match_indices("# rubrica") {
            let start = header.span.start as usize + at;
            let end = start + text[at..].find('\n').unwrap_or(text.len() - at);
            if root.is_none_or(|root| yaml::scalar_at(root, self.text, Span::new(start, start + 1)).is_none()) {
                self.comment(Span::new(start, end), Span::new(start + 1, end), true);
            }
        }
    }

    pub(super) fn comment(&mut self, span: Span, inside: Span, is_inline: bool) {
        let Some(text) = self.text.get(inside.range()) else { return };
        let Some(command) = directive::read(text, inside.start as usize) else { return };
        let covers = match &command {
            Command::Disable(Scope::NextLine, _) if is_inline => self.line_behind(span.end),
            Command::Disable(Scope::NextLine, _) => {
                if self.waiting.len() < MOST_WAITING {
                    self.waiting.push(Waiting { comment: self.comments.len(), depth: self.depth });
                }
                Span::at(span.end as usize)
            }
            Command::Disable(Scope::Line, _) => self.line(span.start, 0),
            _ => span,
        };
        self.comments.push(Comment { span, covers, command });
    }

    /// What stands directly behind a comment may be a definition, and no block then.
    pub(super) fn cover_definitions<'d>(&mut self, all: impl Iterator<Item = &'d Definition>) {
        let is_next_line = |comment: &Comment| matches!(comment.command, Command::Disable(Scope::NextLine, _));
        if !self.comments.iter().any(is_next_line) {
            return;
        }
        let mut all: Vec<Span> = all.map(|definition| definition.span).collect();
        all.sort_unstable();
        for comment in self.comments.iter_mut().filter(|comment| is_next_line(comment)) {
            let next = all.get(all.partition_point(|own| own.start < comment.span.end));
            let between = next.and_then(|next| self.text.get(comment.span.end as usize..next.start as usize));
            if let Some(next) = next.filter(|_| between.is_some_and(|between| between.trim().is_empty())) {
                comment.covers = *next;
            }
        }
    }

    /// Containers of Python-Markdown begin. A comment that waits covers the first of them, and one that covers the term
    /// right above definitions covers those as well.
    pub(super) fn definitions_begin(&mut self, list: Span) {
        let depth = self.depth;
        for waiting in self.waiting.iter_mut().filter(|waiting| waiting.depth == depth) {
            waiting.depth += 1;
        }
        let is_definition = self.text[list.start as usize..].trim_start_matches(' ').starts_with(':');
        let last = self.comments.last_mut().filter(|last| is_definition && last.covers != last.span);
        if let Some(last) = last.filter(|last| last.covers.end < list.start && list.start - last.covers.end <= 2) {
            last.covers = last.covers.to(list);
        }
        self.fill_section();
    }

    /// The line behind the one that holds an offset; further comments between are none.
    fn line_behind(&mut self, offset: u32) -> Span {
        /// So many comments stand one below the other.
        const MOST: usize = 8;
        let own = self.line(offset, 0);
        // A line may hold many of them.
        if let Some((_, behind)) = self.behind.filter(|(line, _)| *line == own) {
            return behind;
        }
        let further = (1..=MOST).find(|&further| {
            let line = self.line(offset, further);
            !self.is_comment(line)
        });
        let behind = self.line(offset, further.unwrap_or(1));
        self.behind = Some((own, behind));
        behind
    }

    /// Whether there is nothing but comments.
    pub(super) fn is_comment(&self, span: Span) -> bool {
        let mut rest = self.text.get(span.range()).unwrap_or_default().trim();
        let is_begun = rest.starts_with("<!--");
        while let Some((_, behind)) = rest.strip_prefix("<!--").and_then(|inner| inner.split_once("-->")) {
            rest = behind.trim_start();
        }
        is_begun && rest.is_empty()
    }

    /// The line that holds an offset, or one so many lines further on; empty behind the end of the text.
    pub(super) fn line(&mut self, offset: u32, further: usize) -> Span {
        let lines = self.lines.get_or_insert_with(|| LineIndex::new(self.text));
        let line = lines.line_of(offset) + further;
        Span { start: lines.start_of(line), end: lines.end_of(line, self.text) }
    }
}
