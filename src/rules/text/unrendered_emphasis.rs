//! `unrendered-emphasis`: marks that were meant to make text bold, italic or struck show as they stand.

use crate::{
    document::{
        Document, Flavor,
        emphasis::{self, Pair, Run},
        prose::{Kind, Style},
    },
    finding::{Edit, Fix, Markup, Message, Safety},
    rule::{DocumentRule, Findings},
    source::{
        Span,
        characters::{is_cjk, is_stop, opens_pair},
    },
};

#[derive(Debug)]
pub(crate) struct UnrenderedEmphasis;

impl DocumentRule for UnrenderedEmphasis {
    fn check(&self, document: &Document, out: &mut Findings) {
        let mut unclosed = Unclosed::default();
        emphasis::pairs(document, |runs, pairs| {
            if pairs.is_empty() {
                unclosed.look_at(document, runs);
            }
            let is_in_line = |a: &Run, b: &Run| !document.source.slice(a.span.to(b.span)).contains('\n');
            // Where the parser made something of every run, none lacks an asterisk: `*a：**b` may go on in the next line.
            if runs.iter().any(|run| run.is_text) {
                runs.chunk_by(is_in_line).for_each(|line| uneven(document, line, out));
            }
            let pairs: Vec<Pair> = pairs.into_iter().filter(|pair| !pair.renders()).collect();
            let fixes: Vec<Option<Fix>> = pairs.iter().map(Pair::fix).collect();
            // Beside a pair that stays as it is, other text would be bold.
            let is_safe = |fix: &Fix| fix.safety == Safety::Safe;
            let are_safe = fixes.iter().all(|fix| fix.as_ref().is_some_and(is_safe));
            for (pair, fix) in pairs.into_iter().zip(fixes) {
                let finding = out.report(document.at(pair.open.span.to(pair.close.span)), pair.why);
                if let Some(mut fix) = fix {
                    if !are_safe {
                        fix.safety = Safety::Unsafe;
                    }
                    finding.fix(fix);
                }
            }
        });
        unclosed.report(document, out);
    }
}

/// Words that bold text begins with, and hardly a note or a name that is masked.
const CALLS: &[&str] = &[
    "注意", "注意事项", "特别注意", "提示", "温馨提示", "重要提示", "提醒", "特别提醒", "警告", "重要", "结论", "总结",
    "小结", "优点", "缺点",
];

/// Where bold text begins that nothing closes: `**注意：这里`.
#[derive(Default)]
struct Unclosed {
    calls: Vec<Span>,
    /// Whether asterisks behind a word lead to a note.
    are_notes: bool,
}

impl Unclosed {
    /// Looks at the runs of a block that make no pair.
    fn look_at(&mut self, document: &Document, runs: &[Run]) {
        let Some(run) = runs.first().filter(|run| run.is_text && run.mark == "**") else { return };
        // `2**10` is a power.
        let is_within = run.before.is_ascii_alphanumeric() && run.after.is_ascii_alphanumeric();
        self.are_notes |= run.before.is_alphanumeric() && !is_within;
        let prose = document.prose();
        let Some(block) = prose.blocks().get(run.block).filter(|_| runs.len() == 1) else { return };
        let text = prose.text_of(block).strip_prefix(run.mark).filter(|text| !text.contains('*'));
        let call = text.and_then(|text| Some((text, text.split_once(['：', ':'])?.0)));
        let Some((text, call)) = call.filter(|(_, call)| CALLS.contains(call)) else { return };
        let colon = text[call.len()..].chars().next().map_or(0, char::len_utf8);
        let start = prose.range_of(block).start + run.mark.len();
        self.calls.extend(prose.span(start..start + call.len() + colon));
    }

    fn report(&self, document: &Document, out: &mut Findings) {
        for call in self.calls.iter().filter(|_| !self.are_notes) {
            let message = Message::new("unclosed").with("text", document.source.slice(*call));
            let start = call.start - 2;
            out.report(document.at(Span { start, end: call.end }), message);
        }
    }
}

/// How a text goes on that says what asterisks stand for.
const SAID: &[&str] = &["表示", "是", "为", "為", "代表", "指", "は", "の", "が", "는", "은", "이"];

/// Reports the runs of a line that begins with a label in bold of which one has an asterisk too few: `*时间：** 九点`.
fn uneven(document: &Document, runs: &[Run], out: &mut Findings) {
    /// A longer text is no label, in characters.
    const LONGEST: usize = 16;
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return };
    let text = &*document.source.text;
    let span = first.span.to(last.span);
    // What the parser made something of may be part of a run.
    let written = document.source.slice(span);
    let label = written.trim_matches('*');
    let lead = written.len() - written.trim_start_matches('*').len();
    let trail = (written.len() - label.len()).saturating_sub(lead);
    let is_marker = |c: &char| matches!(c, ' ' | '\t' | '>' | '-' | '+' | '.') || c.is_ascii_digit();
    let is_first = || matches!(text[..span.start as usize].chars().rev().find(|c| !is_marker(c)), None | Some('\n'));
    // A mark before the colon would be the name of something masked: `**强*：三等奖`. And what asterisks stand for is said of
    // them: `*注：** 表示 5% 水平`.
    let is_said = || SAID.iter().any(|word| text[span.end as usize..].trim_start().starts_with(word));
    let is_named = label.ends_with(['：', ':']) && (last.after.is_whitespace() || is_cjk(last.after));
    let is_label = label.starts_with(char::is_alphanumeric) && label.contains(is_cjk) && !label.contains('*');
    let is_short = label.chars().nth(LONGEST).is_none();
    if matches!((lead, trail), (1, 2) | (2, 1)) && is_first() && is_label && is_short && is_named && !is_said() {
        let (open, close) = written.split_at(lead + label.len());
        let message = Message::new("uneven").with("open", &open[..lead]).with("close", close);
        let lone = if lead == 1 { span.start } else { span.end };
        let edit = Edit::replace(document.at(Span { start: lone, end: lone }), "*");
        let title = Message::new("fix").with("text", format!("**{label}**"));
        out.report(document.at(span), message).fix(Fix::new(title, Safety::Unsafe, vec![edit]));
    }
}

impl Pair<'_> {
    /// Python-Markdown asks of asterisks only that no blank stands inside.
    fn renders(&self) -> bool {
        let is_python = matches!(self.document.flavor, Flavor::PythonMarkdown { .. });
        is_python && self.open.mark.starts_with('*') && self.why.key != "blank"
    }

    fn markup(&self) -> Vec<Markup> {
        match self.open.mark {
            "~~" => vec![Markup::Strikethrough],
            mark if mark.len() == 1 => vec![Markup::Emphasis],
            mark if mark.len() == 2 => vec![Markup::Strong],
            _ => vec![Markup::Emphasis, Markup::Strong],
        }
    }

    fn safety(&self) -> Safety {
        if self.is_certain { Safety::Safe } else { Safety::Unsafe }
    }

    /// Both runs elsewhere: so many bytes of the content go out before the first and behind the second.
    fn moved(&self, before: usize, after: usize, mark: &str) -> Option<Fix> {
        let (lead, rest) = self.inner.split_at_checked(before)?;
        let (content, trail) = rest.split_at_checked(rest.len().checked_sub(after)?)?;
        if !self.fits(lead, content, trail) {
            return None;
        }
        // Beside a blank, and where a line begins or ends, another one shows nothing; before a mark it is wrong.
        let lead = if self.open.before.is_whitespace() { lead.trim_start() } else { lead };
        let is_needless = |c: char| c.is_whitespace() || is_stop(c);
        let trail = if is_needless(self.close.after) { trail.trim_end() } else { trail };
        let around = self.around();
        let edits = vec![
            Edit::replace(
                self.document.at(Span::new(around.start as usize, self.open.span.end as usize + before)),
                format!("{lead}{mark}"),
            ),
            Edit::replace(
                self.document.at(Span::new(self.close.span.start as usize - after, around.end as usize)),
                format!("{mark}{trail}"),
            ),
        ];
        let title = Message::new("fix").with("text", format!("{lead}{mark}{content}{mark}{trail}"));
        // A sentence of another script is quoted as it stands, with its full stop.
        let is_foreign = is_cjk(self.close.after) && content.contains(' ') && !content.contains(is_cjk);
        let is_quoted = is_foreign && trail.ends_with(['.', '!', '?']);
        let safety = if is_quoted { Safety::Unsafe } else { self.safety() };
        Some(Fix::new(title, safety, edits).adding(self.markup()))
    }

    fn fix(&self) -> Option<Fix> {
        match &*self.why.key {
            "blank" => self.trimmed(),
            "underscore" => self.moved(0, 0, "**"),
            _ if self.inner.chars().all(is_stop) => Some(self.plain()),
            _ => self.nested().or_else(|| self.wrapped()).or_else(|| self.trailing()).or_else(|| Some(self.spaced())),
        }
    }

    /// Bold marks say no more than plain ones: the runs go.
    fn plain(&self) -> Fix {
        let edits = [self.open.span, self.close.span].map(|span| Edit::replace(self.document.at(span), ""));
        Fix::new(Message::new("fix-plain").with("mark", self.open.mark), Safety::Unsafe, edits.into())
    }

    /// The blanks inside go out.
    fn trimmed(&self) -> Option<Fix> {
        let (lead, trail) = (self.inner.trim_start().len(), self.inner.trim_end().len());
        self.moved(self.inner.len() - lead, self.inner.len() - trail, self.open.mark)
    }

    /// `**_…_**`: with asterisks throughout.
    fn nested(&self) -> Option<Fix> {
        let content = self.inner.strip_prefix('_')?.strip_suffix('_')?;
        let prose = self.document.prose();
        let pieces = prose.pieces(prose.blocks().get(self.open.block)?);
        let start = self.open.span.end + 1;
        let first = pieces.get(pieces.partition_point(|piece| piece.span.start < start))?;
        if first.kind != Kind::Text
            || !first.style.has(Style::EMPHASIS)
            || content.contains(['*', '_'])
            || self.open.mark != "**"
        {
            return None;
        }
        let mark = "***";
        let grown = |span: Span, before: u32, after: u32| Span { start: span.start - before, end: span.end + after };
        let edits = vec![
            Edit::replace(self.document.at(grown(self.open.span, 0, 1)), mark),
            Edit::replace(self.document.at(grown(self.close.span, 1, 0)), mark),
        ];
        let title = Message::new("fix").with("text", format!("{mark}{content}{mark}"));
        let fits = self.fits("", content, "");
        fits.then(|| Fix::new(title, self.safety(), edits).adding([Markup::Strong]))
    }

    /// Such a pair goes out.
    fn wrapped(&self) -> Option<Fix> {
        let (first, last) = (self.open.after.len_utf8(), self.close.before.len_utf8());
        if self.is_bracketed() { self.moved(first, last, self.open.mark) } else { None }
    }

    /// Marks that a sentence goes on with, and brackets that open, go out.
    fn trailing(&self) -> Option<Fix> {
        let kept = self.inner.trim_end_matches(|c: char| is_stop(c) || opens_pair(c));
        (kept.len() < self.inner.len()).then(|| self.moved(0, self.inner.len() - kept.len(), self.open.mark))?
    }

    /// A blank outside, which shows.
    fn spaced(&self) -> Fix {
        let around = self.around();
        let blank = |start: u32, end: u32| Edit::replace(self.document.at(Span { start, end }), " ");
        let edits: Vec<Edit> = [
            (!self.open.opens()).then(|| blank(around.start, self.open.span.start)),
            (!self.close.closes()).then(|| blank(self.close.span.end, around.end)),
        ]
        .into_iter()
        .flatten()
        .collect();
        Fix::new("fix-blank", Safety::Unsafe, edits).adding(self.markup())
    }
}
