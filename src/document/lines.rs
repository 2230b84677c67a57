//! Numbered lines of paragraphs, and items of lists without order, as items of an outline.

use std::collections::{HashMap, HashSet};

use super::{Document, NumberedLine, sections::number_of};
use crate::numbering::{Item, Label, Scheme, System, label, numerals::Class, unmarked};

/// So many clauses are no chance.
const CLAUSES: usize = 3;

/// A heading ends a sequence of lines, unless it goes on behind it; lines of other containers are among themselves. Bold
/// labels and plain ones are two levels, like two schemes.
pub(super) fn items(document: &Document) -> Vec<Item> {
    let lines = &document.facts.numbered_lines;
    let clauses = clauses(document);
    let bullets = bullets(lines);
    let mut groups: HashMap<_, u32> = HashMap::new();
    let mut sections: HashMap<Option<usize>, u32> = HashMap::new();
    let item = |(at, line): (usize, &NumberedLine)| {
        let own = &line.label.label;
        let counts = match line.list {
            Some(_) => bullets.contains(&at),
            None => may_count(line) || clauses.contains(&at),
        };
        Item {
            group: number_of(&mut groups, (line.container, line.list)),
            section: number_of(&mut sections, line.heading),
            form: u8::from(line.is_bold),
            label: counts.then(|| own.clone()),
            unmarked: (own.scheme == Scheme::Bare).then(|| own.clone()),
            is_set_off: line.is_set_off,
            hints: if counts { Vec::new() } else { vec![own.last().numeral.value] },
            ..Item::default()
        }
    };
    lines.iter().enumerate().map(item).collect()
}

/// In running text, much that looks like a label is none: versions, initials, citations.
fn may_count(line: &NumberedLine) -> bool {
    match &line.label.label.scheme {
        Scheme::Bare | Scheme::Bracketed('[', _) => false,
        Scheme::Marked(':', _) => line.is_title,
        Scheme::Dotted => line.is_bold,
        // A full-width stop makes no list, so this is how numbers are written in Japanese.
        Scheme::Marked('.', Class::Arabic) => line.is_title || line.label.label.text.ends_with('．'),
        Scheme::Marked('.', class) => line.is_title || matches!(class, Class::Han | Class::Letter(System::Hangul)),
        Scheme::Bracketed(_, class) | Scheme::Marked(_, class) => {
            line.is_bold || !matches!(class, Class::LatinUpper | Class::RomanUpper)
        }
        Scheme::Counted(word) => {
            let is_word = matches!(word.as_str(), "day" | "part" | "日" | "周" | "週" | "期" | "回" | "部");
            !is_word && (line.is_title || !label::is_titled(&line.label.label))
        }
        Scheme::Sign(_) => true,
    }
}

/// Lines with plain dotted labels (`1.1`), of which most in their section carry the number of the heading above or of a
/// line before: elsewhere they may be versions or amounts.
fn clauses(document: &Document) -> HashSet<usize> {
    let heading = |line: &NumberedLine| document.facts.headings.get(line.heading?)?.numbering().map(|own| &own.label);
    let mut above: HashMap<(u32, Option<usize>), &Label> = HashMap::new();
    let mut sections: HashMap<(u32, Option<usize>), (Vec<usize>, usize)> = HashMap::new();
    for (at, line) in document.facts.numbered_lines.iter().enumerate().filter(|(_, line)| line.list.is_none()) {
        let own = &line.label.label;
        let place = (line.container, line.heading);
        if own.scheme != Scheme::Dotted {
            // （1） stands within a clause.
            if may_count(line) && matches!(own.scheme, Scheme::Marked(..) | Scheme::Counted(_)) {
                above.insert(place, own);
            }
            continue;
        }
        let values = own.values();
        let carries = |label: &Label| values.split_last().is_some_and(|(_, prefix)| label.values() == prefix);
        let (members, belong) = sections.entry(place).or_default();
        *belong += usize::from(heading(line).is_some_and(carries) || above.get(&place).is_some_and(|own| carries(own)));
        members.push(at);
    }
    let sections = sections.into_values();
    let most = sections.filter(|(members, belong)| *belong >= CLAUSES && belong * 3 >= members.len() * 2);
    most.flat_map(|(members, _)| members).collect()
}

/// Items of lists without order whose labels count beyond doubt: among few, or such as do not begin with 1, they may be
/// what somebody chose.
fn bullets(lines: &[NumberedLine]) -> HashSet<usize> {
    let mut lists: HashMap<(u32, &Scheme), Vec<(usize, u64)>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(list) = line.list else { continue };
        let label = &line.label.label;
        lists.entry((list, &label.scheme)).or_default().push((at, label.last().numeral.value));
    }
    let sequences = lists.into_values().filter(|members| unmarked::is_sequence(members));
    sequences.flatten().map(|(at, _)| at).collect()
}
