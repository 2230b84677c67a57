//! Patterns: regular expressions that run only where a text they need was seen.
//!
//! The literals that a pattern needs come from the expression itself: those it begins with, or those without which it
//! cannot match. The former say where a match would begin, so it is tried there and nowhere else.

use std::{ops::Range, sync::OnceLock};

use regex_automata::{
    Anchored, Input,
    meta::{Builder, Config, Regex},
};
use regex_syntax::{
    ParserBuilder,
    hir::{Capture, Hir, HirKind, Look, Repetition, literal::Extractor},
};

use super::effort::Effort;
use crate::source::floor;

/// A match has fewer bytes than this. It bounds what a pattern can cost: a text of any length is looked at in windows
/// of this size.
pub(super) const LONGEST: usize = 512;
/// A pattern needs one of at most so many literals; one that needs more is run everywhere.
const MAX_LITERALS: usize = 100;
/// Bytes a compiled pattern may take.
const MAX_SIZE: usize = 1 << 20;
/// Bytes that a small one takes.
const SMALL: usize = 1 << 14;

/// What has to be seen before a pattern is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Gate {
    /// A match begins with one of these.
    Start(Vec<String>),
    /// A match holds one of these.
    Within(Vec<String>),
    /// Nothing.
    Open,
}

/// A pattern.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    /// As it was written.
    pub(super) written: String,
    ignore_case: bool,
    /// Whether it stands on a page of the program: there it is sound, and run on little text.
    is_sound: bool,
    /// Read when somebody asks: what excuses something is hardly ever met.
    shape: OnceLock<Shape>,
    /// Compiled when it is first run: those of the program's own pages mostly are not.
    regex: OnceLock<Option<Regex>>,
}

/// What a pattern says of itself.
#[derive(Clone, Debug)]
struct Shape {
    gate: Gate,
    /// The names of its groups; the first one is all of a match.
    groups: Vec<Option<String>>,
}

/// A match: bytes of the text, and of each group.
pub(super) type Groups = Vec<Option<Range<usize>>>;

impl Expression {
    /// Reads a pattern and compiles it; fails with the reason. `\b` is a boundary of ASCII words, so that it stands between
    /// Latin and Han as well.
    pub(super) fn new(pattern: &str, ignore_case: bool) -> Result<Self, String> {
        let shape = Shape::of(pattern)?;
        let own = Self { shape: shape.into(), is_sound: false, ..Self::sound(pattern, ignore_case) };
        if own.regex().is_some() { Ok(own) } else { Err("it is too large".to_owned()) }
    }

    /// One that is known to be sound, and compiled when it is first run.
    pub(super) fn sound(pattern: &str, ignore_case: bool) -> Self {
        let written = pattern.to_owned();
        Self { written, ignore_case, is_sound: true, shape: OnceLock::new(), regex: OnceLock::new() }
    }

    fn shape(&self) -> &Shape {
        let nothing = || Shape { gate: Gate::Open, groups: vec![None] };
        self.shape.get_or_init(|| Shape::of(&self.written).unwrap_or_else(|_| nothing()))
    }

    /// What has to be seen before it is run.
    pub(super) fn gate(&self) -> &Gate {
        &self.shape().gate
    }

    fn regex(&self) -> Option<&Regex> {
        let make = || {
            let hir = latin_boundaries(parse(&self.written, self.ignore_case).ok()?);
            let config = Config::new().nfa_size_limit(Some(MAX_SIZE)).onepass_size_limit(Some(MAX_SIZE)).dfa(false);
            // Most are run once or twice on a few words. For that a small one needs nothing but its states: what makes it
            // quick on much text takes longer to make than it ever saves.
            let small = config.clone().nfa_size_limit(Some(SMALL)).hybrid(false);
            let lean = || small.clone().nfa_size_limit(Some(4 * SMALL)).onepass(false).auto_prefilter(false);
            let small = if self.is_sound { lean() } else { small };
            let build = |config| Builder::new().configure(config).build_from_hir(&hir).ok();
            build(small).or_else(|| build(config))
        };
        self.regex.get_or_init(make).as_ref()
    }

    /// Whether a text holds what each match has to hold. Where that is one of a few words, to see it takes less than to run
    /// a pattern, and much less than to compile it.
    pub(super) fn may_match(&self, text: &str) -> bool {
        const FEW: usize = 8;
        match self.gate() {
            Gate::Start(literals) | Gate::Within(literals) if !self.ignore_case && literals.len() <= FEW => {
                literals.iter().any(|literal| text.contains(literal.as_str()))
            }
            _ => true,
        }
    }

    /// Whether it matches the empty text.
    pub(super) fn matches_nothing(&self) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(""))
    }

    /// The number of a group.
    pub(super) fn group(&self, name: &str) -> Option<usize> {
        let number = name.parse().ok().filter(|number| *number < self.shape().groups.len());
        number.or_else(|| self.shape().groups.iter().position(|own| own.as_deref() == Some(name)))
    }

    /// The names of its groups.
    pub(super) fn names(&self) -> impl Iterator<Item = (usize, Option<&str>)> {
        self.shape().groups.iter().map(Option::as_deref).enumerate()
    }

    /// The match in a block that begins at an offset. Offsets are those of the text; a block ends where its text does.
    /// `None` as well where no effort is left.
    pub(super) fn match_at(&self, text: &str, block: usize, start: usize, effort: &Effort) -> Option<Groups> {
        let (text, start) = (&text[block..], start - block);
        let end = floor(text, start + LONGEST);
        // What reaches the end of the window may be cut off there.
        let found = self.search(text, start..end, Anchored::Yes, effort);
        found.filter(|groups| end == text.len() || whole(groups).end < end).map(|groups| shifted(groups, block))
    }

    /// The first match in a block that begins at or behind an offset. `None` as well where no effort is left.
    pub(super) fn find_from(&self, text: &str, block: usize, start: usize, effort: &Effort) -> Option<Groups> {
        let (text, mut at) = (&text[block..], start - block);
        while at < text.len() && !effort.is_spent() {
            let end = floor(text, at + 2 * LONGEST);
            let next = match self.search(text, at..end, Anchored::No, effort) {
                // Nothing begins in the first half, and what begins in the second has not been seen whole.
                None => floor(text, at + LONGEST),
                Some(groups) => {
                    let found = whole(&groups);
                    if found.len() < LONGEST && (found.end < end || end == text.len()) {
                        return Some(shifted(groups, block));
                    }
                    found.start
                }
            };
            let step = text[at..].chars().next().map_or(1, char::len_utf8);
            at = next.max(at + step);
        }
        None
    }

    fn search(&self, text: &str, window: Range<usize>, anchored: Anchored, effort: &Effort) -> Option<Groups> {
        let regex = self.regex()?;
        if !effort.spend(window.len()) {
            return None;
        }
        let mut captures = regex.create_captures();
        regex.search_captures(&Input::new(text).range(window).anchored(anchored), &mut captures);
        let groups: Groups = captures.iter().map(|group| group.map(|span| span.start..span.end)).collect();
        (captures.is_match() && !whole(&groups).is_empty()).then_some(groups)
    }
}

impl Shape {
    fn of(pattern: &str) -> Result<Self, String> {
        // What is looked for first is looked for in any case.
        let hir = parse(pattern, false)?;
        let mut groups = vec![None];
        name_groups(&hir, &mut groups);
        Ok(Self { gate: gate(&hir), groups })
    }
}

fn shifted(groups: Groups, by: usize) -> Groups {
    groups.into_iter().map(|group| group.map(|group| group.start + by..group.end + by)).collect()
}

/// All of a match.
pub(super) fn whole(groups: &Groups) -> Range<usize> {
    groups.first().cloned().flatten().unwrap_or(0..0)
}

fn parse(pattern: &str, ignore_case: bool) -> Result<Hir, String> {
    let mut parser = ParserBuilder::new().nest_limit(50).case_insensitive(ignore_case).build();
    parser.parse(pattern).map_err(|error| match error {
        regex_syntax::Error::Parse(error) => error.kind().to_string(),
        regex_syntax::Error::Translate(error) => error.kind().to_string(),
        _ => error.to_string(),
    })
}

/// Adds the names of the groups of an expression, in the order of their numbers.
fn name_groups(hir: &Hir, out: &mut Vec<Option<String>>) {
    match hir.kind() {
        HirKind::Capture(capture) => {
            let index = capture.index as usize;
            out.resize(out.len().max(index + 1), None);
            out[index] = capture.name.as_deref().map(str::to_owned);
            name_groups(&capture.sub, out);
        }
        HirKind::Repetition(repetition) => name_groups(&repetition.sub, out),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().for_each(|part| name_groups(part, out)),
        _ => {}
    }
}

fn gate(hir: &Hir) -> Gate {
    let mut extractor = Extractor::new();
    extractor.limit_total(MAX_LITERALS).limit_repeat(4).limit_literal_len(LONGEST);
    let is_telling = |literal: &String| literal.len() > 1;
    let starts: Option<Vec<String>> = extractor.extract(hir).literals().and_then(|literals| {
        literals.iter().map(|literal| String::from_utf8(literal.as_bytes().to_vec()).ok()).collect()
    });
    match starts.filter(|starts| !starts.is_empty() && starts.iter().all(is_telling)) {
        Some(starts) => Gate::Start(starts),
        None => required(hir).map_or(Gate::Open, Gate::Within),
    }
}

/// Literals one of which stands in every match.
fn required(hir: &Hir) -> Option<Vec<String>> {
    let found = match hir.kind() {
        HirKind::Literal(literal) => vec![String::from_utf8(literal.0.to_vec()).ok()?],
        HirKind::Capture(capture) => required(&capture.sub)?,
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub)?,
        HirKind::Concat(parts) => {
            let shortest = |literals: &Vec<String>| literals.iter().map(String::len).min();
            parts.iter().filter_map(required).max_by_key(shortest)?
        }
        HirKind::Alternation(parts) => {
            let each: Option<Vec<Vec<String>>> = parts.iter().map(required).collect();
            each?.into_iter().flatten().collect()
        }
        _ => return None,
    };
    (found.len() <= MAX_LITERALS && found.iter().all(|literal| literal.len() > 1)).then_some(found)
}

/// The same expression with word boundaries of ASCII words.
fn latin_boundaries(hir: Hir) -> Hir {
    match hir.into_kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => Hir::literal(literal.0),
        HirKind::Class(class) => Hir::class(class),
        HirKind::Look(look) => Hir::look(match look {
            Look::WordUnicode => Look::WordAscii,
            Look::WordUnicodeNegate => Look::WordAsciiNegate,
            Look::WordStartUnicode => Look::WordStartAscii,
            Look::WordEndUnicode => Look::WordEndAscii,
            Look::WordStartHalfUnicode => Look::WordStartHalfAscii,
            Look::WordEndHalfUnicode => Look::WordEndHalfAscii,
            other => other,
        }),
        HirKind::Repetition(repetition) => {
            Hir::repetition(Repetition { sub: Box::new(latin_boundaries(*repetition.sub)), ..repetition })
        }
        HirKind::Capture(capture) => Hir::capture(Capture { sub: Box::new(latin_boundaries(*capture.sub)), ..capture }),
        HirKind::Concat(parts) => Hir::concat(parts.into_iter().map(latin_boundaries).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.into_iter().map(latin_boundaries).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Effort, Expression, Gate, LONGEST};

    fn gate(pattern: &str) -> Gate {
        Expression::new(pattern, false).expect("a pattern").gate().clone()
    }

    fn all(pattern: &str, text: &str) -> Vec<String> {
        let expression = Expression::new(pattern, false).expect("a pattern");
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(groups) = expression.find_from(text, 0, at, &Effort::new(text.len())) {
            let whole = groups[0].clone().expect("a match");
            out.push(text[whole.clone()].to_owned());
            at = whole.end;
        }
        out
    }

    #[test]
    fn a_pattern_says_what_it_needs() {
        let owned = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        assert_eq!(gate("登[录陆]系统"), Gate::Start(owned(&["登录系统", "登陆系统"])));
        assert_eq!(gate(r"\bteh\b"), Gate::Start(owned(&["teh"])));
        assert_eq!(gate(r"\w+登陆"), Gate::Within(owned(&["登陆"])));
        assert_eq!(gate(r"\w+(登陆|上岸)\w*"), Gate::Within(owned(&["登陆", "上岸"])));
        assert_eq!(gate(r"\d+"), Gate::Open);
        assert_eq!(gate(r"(登陆)?"), Gate::Open);
    }

    #[test]
    fn boundaries_stand_between_latin_and_han() {
        assert_eq!(all(r"\bteh\b", "使用teh方法 tehran teh"), ["teh", "teh"]);
        assert_eq!(all(r"\Bx", "中x ax"), ["x"]);
    }

    #[test]
    fn matches_are_found_wherever_they_begin() {
        for before in [0, 1, LONGEST / 2 - 1, LONGEST / 2, LONGEST - 1, LONGEST, 5 * LONGEST] {
            let text = format!("{}甲{}乙", "中".repeat(before), "x".repeat(40));
            assert_eq!(all("甲x+乙", &text).len(), 1, "behind {before}");
        }
    }

    #[test]
    fn what_is_too_long_is_no_match() {
        let text = |n: usize| format!("a{}b", "x".repeat(n));
        assert_eq!(all("ax*b", &text(LONGEST - 3)).len(), 1);
        assert_eq!(all("ax*", &text(2 * LONGEST)).len(), 0);
    }

    #[test]
    fn patterns_that_cost_too_much_are_refused() {
        assert!(Expression::new(&"(".repeat(1000), false).is_err());
        assert!(Expression::new(r"(\w{1000}){1000}", false).is_err());
        assert!(Expression::new(r"a(?=b)", false).is_err());
    }
}
