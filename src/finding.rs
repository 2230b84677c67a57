//! What a rule says: a finding, and the fix that rides in it.

use std::{borrow::Cow, sync::Arc};

use serde::Serialize;

use crate::{
    order,
    source::{CorpusPath, Location, Place, Span, floor},
};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never affects the exit status by default.
    Info,
    /// Probably a mistake.
    Warning,
    /// A reader is led astray.
    Error,
}

impl Severity {
    /// All words for one.
    pub const WORDS: &'static [&'static str] = &["info", "warning", "error"];

    /// The word that configuration and reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity a word names.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Info, Self::Warning, Self::Error].into_iter().find(|severity| severity.as_str() == word)
    }
}

/// How sure a fix is. Ordered: a fix is applied where it is at least as sure as is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// Plausible, but only the author knows: applied on request.
    Unsafe,
    /// Meaning is kept but for what the message names.
    Safe,
}

impl Safety {
    /// The word that pages and reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unsafe => "unsafe",
            Self::Safe => "safe",
        }
    }

    /// The safety a word names.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Unsafe, Self::Safe].into_iter().find(|safety| safety.as_str() == word)
    }
}

/// A message without its wording: a key of the rule's page, and what fills the holes of the template.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Message {
    /// Key under `messages:` of the rule's page.
    pub key: Cow<'static, str>,
    /// Hole name and text, in the order given.
    pub arguments: Vec<(Cow<'static, str>, String)>,
}

/// The most bytes that fill a hole: nobody reads more, and thousands of findings may name one long text.
const LONGEST_ARGUMENT: usize = 1_000;

impl Message {
    /// A message by its key.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), arguments: Vec::new() }
    }

    /// Fills a hole. A text of more than 1000 bytes is cut, and ends in `…`.
    #[must_use]
    pub fn with<'a>(mut self, hole: impl Into<Cow<'static, str>>, text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        let text = if text.len() > LONGEST_ARGUMENT {
            format!("{}…", &text[..floor(&text, LONGEST_ARGUMENT)])
        } else {
            text.into_owned()
        };
        self.arguments.push((hole.into(), text));
        self
    }

    /// What fills a hole.
    pub fn argument(&self, hole: &str) -> Option<&str> {
        self.arguments.iter().find(|(name, _)| name == hole).map(|(_, text)| text.as_str())
    }
}

impl From<&'static str> for Message {
    fn from(key: &'static str) -> Self {
        Self::new(key)
    }
}

/// Another place that belongs to a finding, possibly in another file.
#[derive(Clone, Debug)]
pub struct Related {
    /// The place.
    pub at: Location,
    /// What it has to do with the finding.
    pub message: Message,
}

/// One place where a rule is broken.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Name of the rule.
    pub rule: Arc<str>,
    /// As configured for the file of `at`.
    pub severity: Severity,
    /// The primary place.
    pub at: Location,
    /// What is wrong.
    pub message: Message,
    /// Other places that the reader needs to see.
    pub related: Vec<Related>,
    /// What to do.
    pub help: Option<Message>,
    /// How to repair it.
    pub fix: Option<Fix>,
    /// Why the fix that could be offered is not, where that is worth saying.
    pub withheld: Option<Withheld>,
    /// Paths the finding depends on beyond its places, whether they exist or not: the target of a link. Naming such
    /// a path on the command line shows the finding.
    pub concerns: Vec<CorpusPath>,
    /// What is not there, where the finding is about that: the text of its place does not tell it from others.
    pub lacks: Option<String>,
    /// Where another finding stands that says what this one would, if there is one: then this one is not told, or the
    /// other is not where that matters less.
    pub told_at: Option<Location>,
    /// What makes it the same one in every report and in a baseline; set when a check is done.
    pub fingerprint: u64,
}

impl Finding {
    /// Adds a related place.
    pub fn related(&mut self, at: Location, message: impl Into<Message>) -> &mut Self {
        self.related.push(Related { at, message: message.into() });
        self
    }

    /// Says where another finding may tell the same.
    pub fn told_at(&mut self, at: Location) -> &mut Self {
        self.told_at = Some(at);
        self
    }

    /// Says what to do.
    pub fn help(&mut self, message: impl Into<Message>) -> &mut Self {
        self.help = Some(message.into());
        self
    }

    /// Offers a repair; one without edits is no offer.
    pub fn fix(&mut self, fix: Fix) -> &mut Self {
        self.fix = (!fix.edits.is_empty()).then_some(fix);
        self
    }

    /// Names a path the finding depends on.
    pub fn concerns(&mut self, path: CorpusPath) -> &mut Self {
        self.concerns.push(path);
        self
    }

    /// Says what is not there.
    pub fn lacks(&mut self, what: impl Into<String>) -> &mut Self {
        self.lacks = Some(what.into());
        self
    }

    /// Whether it is what is left of another finding: less of the same is lacking.
    pub fn is_rest_of(&self, other: &Self) -> bool {
        let names = |finding: &Self| -> Vec<String> {
            finding.lacks.iter().flat_map(|lacks| lacks.split("`, `")).map(str::to_owned).collect()
        };
        let (own, others) = (names(self), names(other));
        !own.is_empty() && own.len() < others.len() && own.iter().all(|name| others.contains(name))
    }

    /// Whether it says that the run itself went wrong. Nothing hides that.
    pub fn is_failure(&self) -> bool {
        matches!(&*self.rule, "invalid-configuration" | "internal-error")
    }

    /// Withholds the repair, with the reason.
    pub fn withhold(&mut self, reason: impl Into<Message>) -> &mut Self {
        self.fix = None;
        self.withheld = Some(Withheld::Because(reason.into()));
        self
    }
}

/// Why a repair is not offered or was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// The rule's reason.
    Because(Message),
    /// Trying it showed that it would break something.
    WouldCause(Harm),
}

/// What a repair would break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Harm {
    /// These rules would have new findings.
    Findings(Vec<Arc<str>>),
    /// A link would lead elsewhere.
    Link(Place),
    /// A document would be read differently.
    Structure {
        /// The document.
        path: CorpusPath,
    },
}

impl std::fmt::Display for Harm {
    /// As it goes on behind "that would".
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Findings(rules) => write!(f, "cause {}", rules.join(", ")),
            Self::Link(Place { path, at, text }) => {
                write!(f, "make the link `{text}` at {}:{} lead elsewhere", path.as_str(), at.line)
            }
            Self::Structure { path } => write!(f, "make {} be read differently", path.as_str()),
        }
    }
}

/// One replacement of bytes by a text. An empty span inserts; an empty text deletes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub at: Location,
    /// What stands there afterwards.
    pub text: String,
}

impl Edit {
    /// A replacement.
    pub fn replace(at: Location, text: impl Into<String>) -> Self {
        Self { at, text: text.into() }
    }
}

/// What a part of a text says after edits in it, which are in order and disjoint.
pub fn applied<'e>(text: &str, part: Span, edits: impl IntoIterator<Item = &'e Edit>) -> String {
    let mut out = String::with_capacity(part.len());
    let mut at = part.start;
    for Edit { at: Location { span, .. }, text: new } in edits {
        out.push_str(&text[at as usize..span.start as usize]);
        out.push_str(new);
        at = span.end;
    }
    out.push_str(&text[at as usize..part.end as usize]);
    out
}

/// What a fix may bring to light: markup that stood there as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Markup {
    /// `*…*`.
    Emphasis,
    /// `**…**`.
    Strong,
    /// `~~…~~`.
    Strikethrough,
    /// `<https://…>`.
    Link,
    /// `![…](…)`.
    Image,
}

/// Edits that repair one finding: possibly in several files, applied whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the repair does.
    pub title: Message,
    /// How sure it is.
    pub safety: Safety,
    /// The markup that the document may have more of afterwards. By a safe fix, nothing else of how it is read changes.
    pub adds: Vec<Markup>,
    /// Whether the link that the finding is about leads elsewhere afterwards, as it should.
    pub redirects: bool,
    /// Places that it leaves as they are, and that may have to follow: only the author knows.
    pub leaves: Vec<Location>,
    edits: Vec<Edit>,
}

impl Fix {
    /// A fix from its edits, which are put in order. A fix is applied whole or not at all, so one whose edits
    /// overlap is void: it has no edits, and [`Finding::fix`] drops it.
    pub fn new(title: impl Into<Message>, safety: Safety, edits: Vec<Edit>) -> Self {
        let edits = in_order(edits);
        debug_assert!(edits.is_some(), "a rule made a fix whose edits overlap");
        let edits = edits.unwrap_or_default();
        Self { title: title.into(), safety, adds: Vec::new(), redirects: false, leaves: Vec::new(), edits }
    }

    /// Says what the document may have more of afterwards.
    #[must_use]
    pub fn adding(mut self, markup: impl IntoIterator<Item = Markup>) -> Self {
        self.adds.extend(markup);
        self
    }

    /// Says that the link at the place of the finding leads elsewhere afterwards.
    #[must_use]
    pub fn redirecting(mut self) -> Self {
        self.redirects = true;
        self
    }

    /// Says what the author has to look at afterwards.
    #[must_use]
    pub fn leaving(mut self, places: impl IntoIterator<Item = Location>) -> Self {
        self.leaves.extend(places);
        self
    }

    /// The same with more edits; `None` where some would quarrel.
    #[must_use]
    pub fn and(mut self, more: Vec<Edit>) -> Option<Self> {
        self.edits.extend(more);
        self.edits = in_order(self.edits)?;
        Some(self)
    }

    /// The edits: sorted by file and place, disjoint.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }
}

/// Edits sorted by file and place; `None` where some of them quarrel.
fn in_order(mut edits: Vec<Edit>) -> Option<Vec<Edit>> {
    order::by_key(&mut edits, |edit| (edit.at.file, edit.at.span));
    let quarrel = |pair: &[Edit]| pair[0].at.file == pair[1].at.file && touches(pair[0].at.span, pair[1].at.span);
    (!edits.windows(2).any(quarrel)).then_some(edits)
}

/// Whether two edits would quarrel: they share a byte, or begin at the same place.
pub(crate) fn touches(a: Span, b: Span) -> bool {
    a.overlaps(b) || a.start == b.start
}
