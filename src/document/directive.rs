//! Comments that silence findings.

use crate::source::{
    Span,
    hash::{HashMap, HashMapExt},
};

/// One comment that silences findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The comment, its marks included.
    pub span: Span,
    /// The bytes it silences: a finding whose primary place begins there.
    pub covers: Span,
    /// What it covers, as written.
    pub scope: Scope,
    /// Rules or groups it silences, each with its place; all rules where it names none.
    pub rules: Vec<(String, Span)>,
}

/// How far a directive reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The line of the comment.
    Line,
    /// The block after the comment; from within a paragraph, its next line.
    NextLine,
    /// From the comment to the `rubrica-enable` that ends it.
    Region,
    /// The whole file.
    File,
    /// Nothing: the comment ends regions, and none is open.
    Nothing,
}

/// What a comment says, before it is known what it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Silence within a scope.
    Disable(Scope, Vec<(String, Span)>),
    /// End regions; all of them where no rule is named.
    Enable(Vec<String>),
}

/// The words that comments silence with, how far each reaches, and the one that ends it.
const COMMANDS: [(&str, Option<Scope>); 5] = [
    ("rubrica-disable", Some(Scope::Region)),
    ("rubrica-disable-line", Some(Scope::Line)),
    ("rubrica-disable-next-line", Some(Scope::NextLine)),
    ("rubrica-disable-file", Some(Scope::File)),
    ("rubrica-enable", None),
];

/// The words of all commands.
pub(crate) fn commands() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|(command, _)| *command)
}

/// Reads the inside of a comment that begins `base` bytes into the file. `None` for an ordinary comment.
pub(crate) fn read(comment: &str, base: usize) -> Option<Command> {
    let mut words = words(comment, base);
    let (first, span) = words.next()?;
    let command = COMMANDS.iter().find_map(|(own, scope)| {
        let behind = first.strip_prefix(own)?;
        // A colon behind a command sets it off, as people write it.
        let behind = if behind.is_empty() { behind } else { behind.strip_prefix([':', '：'])? };
        Some((*scope, (behind, Span::of_part(behind, comment).shifted(base))))
    });
    let Some((scope, behind)) = command else {
        return is_command(first).then(|| Command::Disable(Scope::Line, vec![(first.to_owned(), span)]));
    };
    // What follows `--`, or a colon, is a reason, for people.
    let mut rules: Vec<(String, Span)> = Vec::new();
    for (word, span) in std::iter::once(behind).chain(words).take_while(|(word, _)| *word != "--") {
        let (name, has_reason) = word.split_once([':', '：']).map_or((word, false), |(name, _)| (name, true));
        if !name.is_empty() {
            rules.push((name.to_owned(), Span::new(span.start as usize, span.start as usize + name.len())));
        }
        if has_reason {
            break;
        }
    }
    Some(match scope {
        Some(scope) => Command::Disable(scope, rules),
        None => Command::Enable(rules.into_iter().map(|(rule, _)| rule).collect()),
    })
}

/// Whether a word is meant for a command, be it a misspelt one: `rubrica-disable-nextline`, `rubrica:disable`.
pub(crate) fn is_command(word: &str) -> bool {
    let usual = word.to_ascii_lowercase().replace([':', '_'], "-");
    word.starts_with("rubrica-") || commands().any(|command| command == usual)
}

/// The command with which a word begins that is none because of what is put to it: `rubrica-disable（links）`.
pub(crate) fn begun(word: &str) -> Option<&'static str> {
    commands().find(|command| word.strip_prefix(command).is_some_and(|behind| !behind.starts_with(is_of_name)))
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

fn words(text: &str, base: usize) -> impl Iterator<Item = (&str, Span)> {
    let parts =
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、')).filter(|word| !word.is_empty());
    parts.map(move |word| (word, Span::of_part(word, text).shifted(base)))
}

/// A comment with a command.
#[derive(Debug)]
pub(crate) struct Comment {
    /// The comment, its marks included.
    pub(crate) span: Span,
    /// What a command for a line or block covers.
    pub(crate) covers: Span,
    pub(crate) command: Command,
}

/// Turns commands into directives, in order. A region ends, for each rule it names, at the next `rubrica-enable` that
/// names the rule or none, or at the end of the file.
pub(crate) fn resolve(comments: Vec<Comment>, end: u32) -> Vec<Directive> {
    let mut out: Vec<Directive> = Vec::new();
    // The regions that no comment has ended yet, by the rule that each names.
    let mut open: HashMap<Option<String>, Vec<usize>> = HashMap::new();
    for Comment { span, covers, command } in comments {
        match command {
            Command::Disable(Scope::Region, rules) => {
                let covers = Span { start: span.end, end };
                let each: Vec<Vec<_>> =
                    if rules.is_empty() { vec![rules] } else { rules.into_iter().map(|rule| vec![rule]).collect() };
                for rules in each {
                    open.entry(rules.first().map(|(rule, _)| rule.clone())).or_default().push(out.len());
                    out.push(Directive { span, covers, scope: Scope::Region, rules });
                }
            }
            Command::Disable(scope, rules) => {
                let covers = if scope == Scope::File { Span { start: 0, end } } else { covers };
                out.push(Directive { span, covers, scope, rules });
            }
            Command::Enable(rules) => {
                let ended: Vec<usize> = if rules.is_empty() {
                    open.drain().flat_map(|(_, regions)| regions).collect()
                } else {
                    rules.into_iter().filter_map(|rule| open.remove(&Some(rule))).flatten().collect()
                };
                for &region in &ended {
                    out[region].covers.end = span.start;
                }
                if ended.is_empty() {
                    let covers = Span::at(span.end as usize);
                    out.push(Directive { span, covers, scope: Scope::Nothing, rules: Vec::new() });
                }
            }
        }
    }
    out
}
