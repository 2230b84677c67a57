//! What turns an outcome into text: one file per format.

mod checkstyle;
mod concise;
mod diff;
mod github;
mod gitlab;
mod json;
mod junit;
mod markdown;
mod rdjson;
mod sarif;
mod snippet;
mod terminal;
mod words;

use std::io::{self, Write};

use serde_json::Value;

pub use diff::write_diff;
pub use words::{clean_line, summary_line};

use crate::{
    engine::{Outcome, Summary},
    finding::{Finding, Message, Withheld},
    order,
    rule::{Catalogue, Language},
    source::{CorpusPath, FileId, LineColumn, Location, Source, Untrusted, harmless_json},
};

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Snippets for people.
    Terminal,
    /// One line per finding.
    Concise,
    /// One JSON object.
    Json,
    /// One JSON object per line and finding.
    JsonLines,
    /// Workflow commands of GitHub Actions.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// GitLab's Code Quality report.
    Gitlab,
    /// The XML of `JUnit`.
    Junit,
    /// Checkstyle's XML.
    Checkstyle,
    /// reviewdog's Diagnostic Format.
    Rdjson,
    /// A summary in Markdown, of less than 1 MiB.
    Markdown,
}

/// How to report.
#[derive(Clone, Debug)]
pub struct Style {
    /// Whether to colour. Colour alone never carries meaning.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// The language of messages.
    pub language: Language,
    /// How many findings `terminal` renders with a snippet; the rest follow in one line each.
    pub cap: usize,
    /// The root, as seen from the top of its repository: what CI services show names files from there.
    pub root: CorpusPath,
    /// From where people name files: `terminal` and `concise` say what they would type.
    pub here: Here,
    /// Bytes that `markdown` may have.
    pub limit: usize,
}

/// The current folder, as it lies to the root.
#[derive(Clone, Debug, Default)]
pub struct Here {
    /// The current folder, where it lies below the root.
    pub folder: CorpusPath,
    /// What leads from the current folder to a root below it, with a slash at its end.
    pub way: String,
}

impl Here {
    /// A path under the root, as it is named from here.
    pub fn name(&self, path: &CorpusPath) -> String {
        self.way.clone() + &path.relative_to(&self.folder)
    }
}

impl Default for Style {
    fn default() -> Self {
        Self {
            color: false,
            width: 100,
            language: Language::English,
            cap: 200,
            root: CorpusPath::default(),
            here: Here::default(),
            limit: 1_000_000,
        }
    }
}

/// Writes values of JSON as an array, one at a time: a report may be many times as large as the documents.
fn array(values: impl IntoIterator<Item = Value>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "[")?;
    for (index, value) in values.into_iter().enumerate() {
        write!(out, "{}{}", if index > 0 { "," } else { "" }, harmless_json(&value.to_string()))?;
    }
    write!(out, "]")
}

/// What a reporter needs besides the format.
#[derive(Debug)]
pub struct Report<'a> {
    /// What was found.
    pub outcome: &'a Outcome,
    /// Its counts, with those of findings that are not listed.
    pub summary: Summary,
    /// How messages are worded.
    pub catalogue: &'a Catalogue,
    /// How to show them.
    pub style: Style,
}

impl Format {
    /// Every format with its name and what it is.
    pub const ALL: [(Self, &'static str, &'static str); 11] = [
        (Self::Terminal, "terminal", "Snippets, for people: of the first 200 findings, and a line for each other"),
        (Self::Concise, "concise", "path:line:column: severity[rule] message"),
        (Self::Json, "json", "One JSON object"),
        (Self::JsonLines, "json-lines", "One JSON object per finding and line"),
        (Self::Github, "github", "Annotations of GitHub Actions"),
        (Self::Sarif, "sarif", "SARIF 2.1.0, for code scanning"),
        (Self::Gitlab, "gitlab", "GitLab's Code Quality report"),
        (Self::Junit, "junit", "Test results in XML, for Jenkins and others"),
        (Self::Checkstyle, "checkstyle", "XML as Checkstyle writes it"),
        (Self::Rdjson, "rdjson", "reviewdog's Diagnostic Format"),
        (Self::Markdown, "markdown", "A summary in Markdown, of less than 1 MiB"),
    ];

    /// The format of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, own, _)| *own == name).map(|(format, ..)| *format)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(format, ..)| *format == self).map_or("", |(_, name, _)| name)
    }
}

impl Report<'_> {
    /// Writes the report. Without findings, `terminal` and `concise` write nothing at all.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Terminal => terminal::write(self, out),
            Format::Concise => concise::write(self, &self.outcome.findings, |file| self.name(file), out),
            Format::Json => json::write(self, out),
            Format::JsonLines => json::write_lines(self, out),
            Format::Github => github::write(self, out),
            Format::Sarif => sarif::write(self, out),
            Format::Gitlab => gitlab::write(self, out),
            Format::Junit => junit::write(self, out),
            Format::Checkstyle => checkstyle::write(self, out),
            Format::Rdjson => rdjson::write(self, out),
            Format::Markdown => markdown::write(self, out),
        }
    }

    fn say(&self, finding: &Finding, message: &Message) -> String {
        self.catalogue.say(&finding.rule, message, self.style.language)
    }

    /// A file by its id.
    fn source(&self, file: FileId) -> &Source {
        self.outcome.corpus.source(file)
    }

    /// Where a place begins and ends.
    fn ends(&self, at: Location) -> [LineColumn; 2] {
        [at.span.start, at.span.end].map(|end| self.source(at.file).position(end))
    }

    /// The name of a file for people, harmless in one line.
    fn name(&self, file: FileId) -> String {
        Untrusted::new(&self.style.here.name(&self.source(file).path)).line()
    }

    /// The path of a file from the top of its repository.
    fn path_from_top(&self, file: FileId) -> CorpusPath {
        let path = &self.source(file).path;
        self.style.root.join(path.as_str()).unwrap_or_else(|| path.clone())
    }

    /// The findings of each file, in order.
    fn by_file(&self) -> impl Iterator<Item = &[Finding]> {
        self.outcome.findings.chunk_by(|a, b| a.at.file == b.at.file)
    }

    /// The findings, the most severe first.
    fn by_severity(&self) -> Vec<&Finding> {
        let mut findings: Vec<&Finding> = self.outcome.findings.iter().collect();
        order::by_key(&mut findings, |finding| std::cmp::Reverse(finding.severity));
        findings
    }

    /// What to do about a finding, and why its repair is withheld.
    fn help(&self, finding: &Finding) -> Option<String> {
        let help = finding.help.as_ref().map(|help| self.say(finding, help));
        let withheld = finding.withheld.as_ref().map(|withheld| match withheld {
            Withheld::Because(message) => self.say(finding, message),
            Withheld::WouldCause(harm) => words::would_cause(harm, self.style.language),
        });
        self.joined([help, withheld])
    }

    /// The same, and where more is said, for formats that have no place of their own for that.
    fn help_with_url(&self, finding: &Finding) -> Option<String> {
        self.joined([self.help(finding), self.url(finding).map(str::to_owned)])
    }

    /// Where more is said about a rule.
    fn url(&self, finding: &Finding) -> Option<&str> {
        self.catalogue.page(&finding.rule)?.url.as_deref()
    }

    fn joined(&self, parts: [Option<String>; 2]) -> Option<String> {
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let between = if self.style.language == Language::Chinese { "；" } else { "; " };
        (!parts.is_empty()).then(|| parts.join(between))
    }
}
