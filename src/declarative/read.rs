//! The tree under `match:` to [`Matching`]. A clause with a mistake is left out, since half of it would say something
//! else than was meant; the others stand.

use super::{
    boundary::Boundary,
    clause::{Clause, Count, Preference, Subject, Unit, Word},
    expression::Expression,
    matching::Matching,
    reader::Reader,
    template::Template,
};
use crate::{
    document::Tongue,
    finding::{Message, Safety},
    mistakes::Mistakes,
    source::{
        Span,
        yaml::{Node, Value},
    },
};

/// What a clause can look for, and what each may stand with.
pub const SUBJECTS: &[(&str, &[&str])] = &[
    ("find", &["boundary", "count", "fix", "per"]),
    ("swap", &["boundary"]),
    ("pattern", &["count", "fix", "per"]),
    ("agree", &["boundary", "per", "prefer"]),
    ("if", &["boundary", "per", "then"]),
];

/// What any of them may stand with.
const COMMON: &[&str] =
    &["beside", "except_where", "files", "ignore_case", "lang", "safety", "unless", "unless_beside", "where"];

const SAFETIES: &[(Safety, &str)] = &[(Safety::Safe, "safe"), (Safety::Unsafe, "unsafe")];

/// The keys of a clause.
pub fn keys() -> Vec<&'static str> {
    let subjects = SUBJECTS.iter().flat_map(|(subject, own)| [*subject].into_iter().chain(own.iter().copied()));
    subjects.chain(COMMON.iter().copied()).collect()
}

/// The words that a key of a clause takes, where it takes some of a few.
pub fn words(key: &str) -> Vec<&'static str> {
    match key {
        "per" => Unit::ALL.iter().map(|(_, word)| *word).collect(),
        "prefer" => Preference::ALL.iter().map(|(_, word)| *word).collect(),
        "boundary" => Boundary::ALL.iter().map(|(_, word)| *word).collect(),
        "safety" => SAFETIES.iter().map(|(_, word)| *word).collect(),
        "lang" => Tongue::ALL.iter().map(|(_, word)| *word).collect(),
        _ => Vec::new(),
    }
}

/// Reads what stands under `match:`: a clause, or a list of them. Patterns are compiled at once, unless they are `sound`,
/// which a test makes sure of.
pub fn read(node: &Node, sound: bool, mistakes: &mut Mistakes) -> Matching {
    let clauses = match &node.value {
        Value::List(items) => {
            mistakes.filled(node, "match");
            items.iter().collect()
        }
        _ => vec![node],
    };
    let read = |clause: &Node| {
        let before = mistakes.found.len();
        let clause = Reader { mistakes, entries: clause.as_map().unwrap_or_default(), sound }.clause(clause);
        clause.filter(|_| mistakes.found.len() == before)
    };
    Matching { clauses: clauses.into_iter().filter_map(read).collect(), page: None }
}

impl<'n> Reader<'_, 'n> {
    fn clause(&mut self, node: &'n Node) -> Option<Clause> {
        let name = self.keys(node)?;
        let before = self.mistakes.found.len();
        let ignore_case = self.flag("ignore_case");
        let subject = match name {
            "find" => self.find(),
            "swap" => self.swap(),
            "pattern" => self.pattern(ignore_case)?,
            "agree" => self.agree(),
            _ => Subject::Condition(self.literals("if"), self.literals("then")),
        };
        if subject.is_empty() && self.mistakes.found.len() == before {
            self.mistakes.add(node.span, Message::new("empty").with("key", name));
        }
        let (unless, unless_patterns) = self.unless(ignore_case);
        self.in_vain(&subject, &unless, node.span);
        let unless_beside = self.unless_beside(&subject);
        let (files, named) = self.get("files").map(|node| self.mistakes.files(node)).unzip();
        let named = named.unwrap_or_default();
        let within = [Unit::Sentence, Unit::Paragraph, Unit::Section, Unit::Document];
        let (usual, units): (_, &[Unit]) = match &subject {
            Subject::Variants(_) => (Unit::Corpus, &[Unit::Document, Unit::Corpus]),
            _ => (Unit::Document, &within),
        };
        let units: Vec<_> = Unit::ALL.iter().filter(|(unit, _)| units.contains(unit)).copied().collect();
        Some(Clause {
            subject,
            count: self.count(),
            per: self.choice("per", &units).unwrap_or(usual),
            prefer: self.choice("prefer", &Preference::ALL).unwrap_or(Preference::Majority),
            places: self.all_places(),
            files,
            named,
            languages: self.languages(),
            unless,
            unless_patterns,
            beside: self.literals("beside"),
            unless_beside,
            safety: self.choice("safety", SAFETIES).unwrap_or(Safety::Safe),
            boundary: self.choice("boundary", &Boundary::ALL).unwrap_or(Boundary::Auto),
            ignore_case,
        })
    }

    /// Which of the subjects it has: exactly one, and nothing that means nothing beside it.
    fn keys(&mut self, node: &'n Node) -> Option<&'static str> {
        let before = self.mistakes.found.len();
        let entries = self.mistakes.entries(node, "match", &keys());
        let mut found: Option<(&'static str, &[&str])> = None;
        for (key, span, _) in &entries {
            let Some((subject, own)) = SUBJECTS.iter().find(|(subject, _)| subject == key) else { continue };
            if let Some((first, _)) = found {
                self.misplaced(*span, key, first);
            } else {
                found = Some((subject, own));
            }
        }
        let Some((subject, own)) = found else {
            // An unknown key may be meant as the subject.
            if self.mistakes.found.len() == before {
                self.mistakes.add(node.span, Message::new("no-subject"));
            }
            return None;
        };
        for (key, span, _) in entries {
            let is_subject = SUBJECTS.iter().any(|(subject, _)| *subject == key);
            if !is_subject && !own.contains(&key) && !COMMON.contains(&key) {
                self.misplaced(span, key, subject);
            }
        }
        let needs = match subject {
            "if" => Some("then"),
            "find" | "pattern" if self.get("per").is_some() => Some("count"),
            _ => None,
        };
        if let Some(needs) = needs.filter(|key| self.get(key).is_none()) {
            self.mistakes.add(node.span, Message::new("missing-key").with("key", needs));
            return None;
        }
        if let (Some(fix), Some(_)) = (self.get("fix"), self.get("count")) {
            self.misplaced(fix.span, "fix", "count");
        }
        Some(subject)
    }

    /// What can never be reported.
    fn in_vain(&mut self, subject: &Subject, unless: &[String], span: Span) {
        let texts: Vec<&str> = match subject {
            Subject::Words(words) => words.iter().map(|word| word.text.as_str()).collect(),
            Subject::Pattern(..) => Vec::new(),
            Subject::Variants(groups) => groups.iter().flatten().map(String::as_str).collect(),
            Subject::Condition(if_said, then) => {
                for text in if_said.iter().filter(|text| then.contains(text)) {
                    self.mistakes.add(span, Message::new("always-said").with("text", text));
                }
                if_said.iter().map(String::as_str).collect()
            }
        };
        for text in texts.into_iter().filter(|text| unless.iter().any(|excuse| excuse == text)) {
            self.mistakes.add(span, Message::new("always-excused").with("text", text));
        }
    }

    fn misplaced(&mut self, span: Span, key: &str, beside: &str) {
        self.mistakes.add(span, Message::new("misplaced-key").with("key", key).with("other", beside));
    }

    fn find(&mut self) -> Subject {
        let fix = self.get("fix").and_then(|node| self.mistakes.expect(node, "fix", "a string", Node::as_str));
        let words = self.literals("find");
        if let (Some(fix), Some(node)) = (fix.filter(|fix| words.iter().any(|word| word == fix)), self.get("fix")) {
            self.mistakes.add(node.span, Message::new("same-text").with("text", fix));
        }
        let template = fix.and_then(|fix| self.template(fix, |_| None));
        let word = |text: String| {
            let replacements = template.iter().map(|template| template.fill(|_| &text)).collect();
            Word { text, replacements }
        };
        Subject::Words(words.into_iter().map(word).collect())
    }

    fn swap(&mut self) -> Subject {
        let Some(node) = self.get("swap") else { return Subject::Words(Vec::new()) };
        let mut words = Vec::new();
        for (text, span, value) in self.mistakes.entries(node, "swap", &[]) {
            if text.is_empty() {
                self.mistakes.add(span, Message::new("empty-match"));
            }
            // An empty replacement leaves the word out.
            let replacements: Vec<String> =
                self.mistakes.strings(value, text).into_iter().map(|(replacement, _)| replacement.to_owned()).collect();
            if replacements.is_empty() {
                let wanted = "a text or several, or an empty one to leave the word out";
                let message = Message::new("wrong-type").with("key", text).with("wanted", wanted);
                self.mistakes.add(value.span, message.with("found", value.kind()));
            }
            if replacements.iter().any(|replacement| replacement == text) {
                self.mistakes.add(value.span, Message::new("same-text").with("text", text));
            }
            let next = |replacement: &&String| *replacement != text && node.get(replacement).is_some();
            if let Some(next) = replacements.iter().find(next) {
                let message = Message::new("replaced-again").with("text", next);
                self.mistakes.add(value.span, message.with("match", text));
            }
            words.push(Word { text: text.to_owned(), replacements });
        }
        Subject::Words(words)
    }

    fn pattern(&mut self, ignore_case: bool) -> Option<Subject> {
        let node = self.get("pattern")?;
        let expression = self.expression(node, ignore_case)?;
        let fix = self.get("fix").and_then(|node| self.mistakes.expect(node, "fix", "a string", Node::as_str));
        let template = fix.and_then(|fix| self.template(fix, |name| expression.group(name)));
        Some(Subject::Pattern(Box::new(expression), template))
    }

    /// The template that `fix` is.
    fn template(&mut self, fix: &str, group: impl Fn(&str) -> Option<usize>) -> Option<Template> {
        let read = Template::parse(fix, group);
        let span = self.get("fix").map_or_else(Span::default, |node| node.span);
        read.map_err(|group| self.mistakes.add(span, Message::new("no-group").with("group", group))).ok()
    }

    fn expression(&mut self, node: &Node, ignore_case: bool) -> Option<Expression> {
        let text = self.mistakes.expect(node, "pattern", "a regular expression", Node::as_str)?;
        if self.sound {
            return Some(Expression::sound(text, ignore_case));
        }
        match Expression::new(text, ignore_case) {
            Ok(expression) if expression.matches_nothing() => {
                self.mistakes.add(node.span, Message::new("empty-match"));
                None
            }
            Ok(expression) => Some(expression),
            Err(reason) => {
                self.mistakes.add(node.span, Message::new("bad-pattern").with("pattern", text).with("reason", reason));
                None
            }
        }
    }

    fn agree(&mut self) -> Subject {
        let Some(node) = self.get("agree") else { return Subject::Variants(Vec::new()) };
        let groups =
            self.mistakes.expect(node, "agree", "a list of lists of strings", Node::as_list).unwrap_or_default();
        let mut out = Vec::new();
        for group in groups {
            let variants = self.texts(group, "agree");
            let is_twice = |at: &usize| variants[..*at].contains(&variants[*at]);
            if let Some(at) = (0..variants.len()).find(is_twice) {
                self.mistakes.add(group.span, Message::new("twice").with("text", &variants[at]));
            }
            if variants.len() < 2 {
                self.mistakes.add(group.span, Message::new("one-variant"));
            }
            out.push(variants);
        }
        Subject::Variants(out)
    }

    /// `unless`: texts, and patterns as `{pattern: …}`.
    fn unless(&mut self, ignore_case: bool) -> (Vec<String>, Vec<Expression>) {
        let (mut texts, mut patterns) = (Vec::new(), Vec::new());
        let Some(node) = self.get("unless") else { return (texts, patterns) };
        for item in node.items() {
            if item.as_map().is_none() {
                texts.extend(self.texts(item, "unless"));
                continue;
            }
            for (_, _, value) in self.mistakes.entries(item, "unless", &["pattern"]) {
                patterns.extend(self.expression(value, ignore_case));
            }
        }
        (texts, patterns)
    }

    /// `unless_beside`: texts; `{fix}` stands for the replacement of the word.
    fn unless_beside(&mut self, subject: &Subject) -> Vec<(String, Option<usize>)> {
        let mut out = Vec::new();
        for text in self.literals("unless_beside") {
            match subject {
                Subject::Words(words) if text == "{fix}" => {
                    let replacements = words.iter().enumerate().flat_map(|(index, word)| {
                        word.replacements.iter().map(move |text| (text.clone(), Some(index)))
                    });
                    out.extend(replacements.filter(|(text, _)| !text.is_empty()));
                }
                _ => {
                    // What looks like a hole is meant as one.
                    let hole = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
                    if let (Some(hole), Some(node)) = (hole, self.get("unless_beside")) {
                        self.mistakes.unknown(
                            node.span,
                            Message::new("unknown-hole").with("hole", hole),
                            hole,
                            ["fix"],
                        );
                    }
                    out.push((text, None));
                }
            }
        }
        out
    }

    fn count(&mut self) -> Option<Count> {
        let node = self.get("count")?;
        let before = self.mistakes.found.len();
        let mut count = Count { min: 0, max: usize::MAX };
        for (key, _, value) in self.mistakes.entries(node, "count", &["max", "min"]) {
            let number = |node: &Node| usize::try_from(node.as_integer()?).ok();
            let number = self.mistakes.expect(value, key, "a whole number", number);
            *(if key == "min" { &mut count.min } else { &mut count.max }) = number.unwrap_or_default();
        }
        if self.mistakes.found.len() == before && count.min > count.max {
            self.mistakes.add(node.span, Message::new("min-above-max"));
        } else if self.mistakes.found.len() == before && count.min == 0 && count.max == usize::MAX {
            let message = Message::new("wrong-type").with("key", "count").with("wanted", "`min` or `max` above 0");
            self.mistakes.add(node.span, message.with("found", "neither"));
        }
        Some(count)
    }

    fn languages(&mut self) -> Vec<Tongue> {
        let Some(node) = self.get("lang") else { return Vec::new() };
        self.mistakes.filled(node, "lang");
        let mut out = Vec::new();
        for (word, span) in self.mistakes.strings(node, "lang") {
            if let Some(language) = Tongue::parse(word) {
                out.push(language);
            } else {
                let message = Message::new("none-of").with("key", "lang").with("value", word);
                self.mistakes.add(span, message.with("values", words("lang").join("`, `")));
            }
        }
        out
    }
}
