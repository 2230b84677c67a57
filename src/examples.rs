//! The examples on a rule's page, run as its test.
//!
//! An example is what stands between two headings: `yaml` fences with configuration, `md` fences with documents, a
//! `report` fence with the findings, `md fixed` fences with the text after fixing. Without a `report` fence it asserts
//! silence.

use std::{collections::BTreeSet, io, sync::Arc};

use crate::{
    config::FILE_NAME,
    document::Fence,
    engine::{Fixed, Job, Outcome, Selection, check, fix},
    files::Tree,
    finding::{Finding, Message, Safety, Withheld},
    rule::{Catalogue, Language, Page},
    source::{CorpusPath, Span, yaml::Node},
};

/// The name of a document whose fence does not say one.
const DEFAULT_NAME: &str = "example.md";

/// How an example went.
#[derive(Debug)]
pub struct Verdict {
    /// The heading above it.
    pub title: String,
    /// Its line on the page, from 1.
    pub line: u32,
    /// What is not as the page says.
    pub failures: Vec<String>,
    /// What the page's fences should hold: places on the page and their texts.
    pub corrections: Vec<(Span, String)>,
    /// The keys of the messages that came up.
    pub keys: BTreeSet<String>,
    /// How sure the strongest fix is that was offered, if any was.
    pub offered: Option<Safety>,
}

/// Runs all examples of a page.
pub fn run(catalogue: &Arc<Catalogue>, page: &Page) -> io::Result<Vec<Verdict>> {
    examples(page).iter().map(|example| example.run(catalogue, page)).collect()
}

/// What a page without code declares and none of its examples shows: how sure its fixes are, and messages of its own.
pub fn unshown(page: &Page, verdicts: &[Verdict]) -> Vec<(Span, String)> {
    let header = page.document().header_root();
    let Some(header) = header.filter(|_| page.matching.is_some()) else { return Vec::new() };
    if verdicts.is_empty() {
        return vec![(header.span, "there is no example".to_owned())];
    }
    let mut out = Vec::new();
    let offered = verdicts.iter().filter_map(|verdict| verdict.offered).max();
    if let Some(node) = header.get("fix").filter(|_| offered != page.fix) {
        let [declared, offered] = [page.fix, offered].map(|fix| fix.map_or("never", Safety::as_str));
        out.push((
            node.span,
            format!("declared is `fix: {declared}`, and the strongest of its examples is `{offered}`"),
        ));
    }
    let entries = |node: Option<&'_ Node>| node.and_then(Node::as_map).unwrap_or_default().to_vec();
    let help = entries(Some(header)).into_iter().filter(|(key, _)| key.as_str() == Some("help"));
    for (key, _) in help.chain(entries(header.get("messages"))) {
        let text = key.as_str().unwrap_or_default();
        if !verdicts.iter().any(|verdict| verdict.keys.contains(text)) {
            out.push((key.span, format!("no example shows the message `{text}`")));
        }
    }
    out.sort_unstable();
    out
}

/// One example as the page has it.
#[derive(Debug, Default)]
struct Example {
    title: String,
    line: u32,
    config: Option<String>,
    files: Vec<(String, String)>,
    report: Option<(Span, String)>,
    fixed: Vec<Expected>,
}

/// What a document should hold after fixing.
#[derive(Debug)]
struct Expected {
    file: String,
    at_least: Safety,
    span: Span,
    text: String,
}

fn examples(page: &Page) -> Vec<Example> {
    let facts = &page.document().facts;
    let source = page.source();
    let mut out: Vec<Example> = Vec::new();
    let mut last_heading = None;
    for fence in facts.fences.iter().filter(|fence| fence.top_level) {
        let heading = facts.headings.iter().rposition(|heading| heading.span.start < fence.span.start);
        if out.is_empty() || heading != last_heading {
            last_heading = heading;
            let title = heading.map_or_else(String::new, |at| facts.headings[at].text.clone());
            out.push(Example { title, line: source.position(fence.span.start).line, ..Example::default() });
        }
        if let Some(example) = out.last_mut() {
            example.take(fence, source.slice(fence.content));
        }
    }
    out.retain(|example| !example.files.is_empty() || example.report.is_some());
    out
}

impl Example {
    fn take(&mut self, fence: &Fence, text: &str) {
        let mut words = fence.info.split_whitespace();
        let language = words.next().unwrap_or_default();
        let words: Vec<&str> = words.collect();
        let file = fence.info.split_once("file=").map_or(DEFAULT_NAME, |(_, name)| name.trim()).to_owned();
        let text = text.to_owned();
        match language {
            "yaml" => self.config = Some(text),
            "report" => self.report = Some((fence.content, text)),
            "md" if words.contains(&"fixed") => {
                let at_least = if words.contains(&"unsafe") { Safety::Unsafe } else { Safety::Safe };
                self.fixed.push(Expected { file, at_least, span: fence.content, text });
            }
            "md" => self.files.push((file, text)),
            _ => {}
        }
    }

    fn run(&self, catalogue: &Arc<Catalogue>, page: &Page) -> io::Result<Verdict> {
        let job = self.job(catalogue, page);
        let outcome = check(&job)?;
        let own = || outcome.findings.iter().filter(|finding| *finding.rule == *page.name);
        let mut verdict = Verdict {
            title: self.title.clone(),
            line: self.line,
            failures: Vec::new(),
            corrections: Vec::new(),
            keys: own().flat_map(keys).collect(),
            offered: own().filter_map(|finding| Some(finding.fix.as_ref()?.safety)).max(),
        };
        if self.files.is_empty() {
            verdict.failures.push("there is a report, and no document for it".to_owned());
            return Ok(verdict);
        }
        let actual = self.report(&outcome, catalogue);
        match &self.report {
            Some((span, wanted)) => verdict.compare("report", *span, wanted, &actual),
            None if actual.is_empty() => {}
            None => verdict.failures.push(format!("silence was promised, but:\n{actual}")),
        }
        let fixed = fix(&job, Safety::Unsafe, &|_, _| true)?;
        let is_safe = |expected: &Expected| expected.at_least == Safety::Safe;
        let safely = self.fixed.iter().any(is_safe).then(|| fix(&job, Safety::Safe, &|_, _| true)).transpose()?;
        for expected in &self.fixed {
            let fixed = safely.as_ref().filter(|_| is_safe(expected)).unwrap_or(&fixed);
            verdict.compare("fixed", expected.span, &expected.text, &text_of(fixed, &expected.file));
        }
        self.fixes_settle(&outcome, &fixed, catalogue, page, &mut verdict)?;
        Ok(verdict)
    }

    /// With every fix allowed: a second run changes nothing, and there are no more findings than before.
    fn fixes_settle(
        &self,
        before: &Outcome,
        once: &Fixed,
        catalogue: &Arc<Catalogue>,
        page: &Page,
        verdict: &mut Verdict,
    ) -> io::Result<()> {
        if once.outcome.findings.len() > before.findings.len() {
            verdict.failures.push("fixing leaves more findings than there were".to_owned());
        }
        // What is no document is what it was.
        let is_read = |name: &String| once.outcome.corpus.sources.iter().any(|source| source.path.as_str() == name);
        let after = |(name, text): &(String, String)| {
            (name.clone(), if is_read(name) { text_of(once, name) } else { text.clone() })
        };
        let files = self.files.iter().map(after).collect();
        let again = Self { files, config: self.config.clone(), ..Self::default() };
        let twice = fix(&again.job(catalogue, page), Safety::Unsafe, &|_, _| true)?;
        if !twice.units.is_empty() {
            verdict.failures.push("a second fix changes something".to_owned());
        }
        Ok(())
    }

    /// Only the page's own rule is on, and what the configuration names.
    fn job(&self, catalogue: &Arc<Catalogue>, page: &Page) -> Job {
        let own = |name: &str| CorpusPath::new(name).unwrap_or_default();
        let config = self.config.iter().map(|text| (own(FILE_NAME), text.clone()));
        let files = self.files.iter().map(|(name, text)| (own(name), text.clone()));
        let tree = Tree::in_memory(config.chain(files));
        let job = Job::new(tree.clone(), None, catalogue);
        let mut job = job.unwrap_or_else(|_| Job::bare(tree, catalogue));
        let named = job.config.layers().flat_map(|layer| layer.settings.keys());
        let only = named.map(String::as_str).chain([&*page.name]).flat_map(|name| catalogue.named(name));
        job.selection = Selection::of(only.collect());
        job
    }

    /// The findings as a `report` fence lists them.
    fn report(&self, outcome: &Outcome, catalogue: &Catalogue) -> String {
        let alone = self.files.len() == 1;
        let line = |finding: &Finding| {
            let source = outcome.corpus.source(finding.at.file);
            let at = source.position(finding.at.span.start);
            let path = source.path.as_str();
            let file = if alone && path == self.files[0].0 { String::new() } else { format!("{path}:") };
            let message = catalogue.say(&finding.rule, &finding.message, Language::English);
            format!("{file}{at} {message}\n")
        };
        outcome.findings.iter().map(line).collect()
    }
}

/// What a document holds after fixing.
fn text_of(fixed: &Fixed, file: &str) -> String {
    let sources = &fixed.outcome.corpus.sources;
    sources
        .iter()
        .find(|source| source.path.as_str() == file)
        .map_or_else(String::new, |source| source.text.to_string())
}

impl Verdict {
    fn compare(&mut self, what: &str, span: Span, wanted: &str, actual: &str) {
        if wanted != actual {
            self.failures.push(format!("{what} is\n{actual}and not\n{wanted}"));
            self.corrections.push((span, actual.to_owned()));
        }
    }
}

fn keys(finding: &Finding) -> Vec<String> {
    let withheld = match &finding.withheld {
        Some(Withheld::Because(message)) => Some(message),
        _ => None,
    };
    let related = finding.related.iter().map(|related| &related.message);
    let own = [Some(&finding.message), finding.help.as_ref(), finding.fix.as_ref().map(|fix| &fix.title), withheld];
    own.into_iter().flatten().chain(related).map(|message: &Message| message.key.to_string()).collect()
}
