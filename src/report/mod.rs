//! What turns an outcome into text: one file per format.

mod concise;
mod diff;
mod json;
mod snippet;
mod terminal;
mod words;

use std::io::{self, Write};

pub use diff::write_diff;
pub use words::summary_line;

use crate::{
    engine::{Outcome, Summary},
    finding::{Finding, Message, Withheld},
    rule::{Catalogue, Language},
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
}

impl Default for Style {
    fn default() -> Self {
        Self { color: false, width: 100, language: Language::English, cap: 200 }
    }
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

impl Report<'_> {
    /// Writes the report. Without findings, `terminal` and `concise` write nothing at all.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Terminal => terminal::write(self, out),
            Format::Concise => concise::write(self, &self.outcome.findings, out),
            Format::Json => json::write(self, out),
        }
    }

    fn say(&self, finding: &Finding, message: &Message) -> String {
        self.catalogue.say(&finding.rule, message, self.style.language)
    }

    /// What to do about a finding, and why its repair is withheld.
    fn help(&self, finding: &Finding) -> Option<String> {
        let help = finding.help.as_ref().map(|help| self.say(finding, help));
        let withheld = finding.withheld.as_ref().map(|withheld| match withheld {
            Withheld::Because(message) => self.say(finding, message),
            Withheld::WouldCause(rules) => words::would_cause(rules, self.style.language),
        });
        match (help, withheld) {
            (Some(help), Some(withheld)) => Some(format!("{help}; {withheld}")),
            (help, withheld) => help.or(withheld),
        }
    }
}
