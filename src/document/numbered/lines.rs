//! Numbered lines of paragraphs, and items of lists without order, as items of an outline.

use super::number_of;
use crate::{
    document::{Document, NumberedLine},
    numbering::{
        Item, Label, Scheme, System, label,
        numerals::Class,
        parts::{self, Gap, Row},
        range, titled, unmarked,
    },
    source::hash::{HashMap, HashMapExt, HashSet, HashSetExt},
};

/// So many clauses are no chance.
const CLAUSES: usize = 3;

/// A heading ends a sequence of lines, unless it goes on behind it; lines of other containers are among themselves. Bold
/// labels and plain ones are two levels, like two schemes.
pub(super) fn items(document: &Document) -> Vec<Item> {
    let lines = &document.facts.numbered_lines;
    let clauses = clauses(document);
    let bullets = bullets(lines);
    let letters = letters(lines);
    let sentences = sentences(document);
    let second = second_paragraphs(document);
    let ties = ties(document);
    let are_all_one = are_all_one(lines);
    let mut groups: HashMap<_, u32> = HashMap::new();
    let mut sections: HashMap<Option<usize>, u32> = HashMap::new();
    // The last line of each kind that begins with a 1: whether it stands below an item of a list.
    let mut firsts: HashMap<(u32, &Scheme), bool> = HashMap::new();
    let mut items = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let own = &line.label.label;
        let behind = behind(document, line);
        let counts = match line.list {
            _ if ties.get(&at).is_some_and(Option::is_none) => false,
            Some(_) => bullets.contains(&at),
            None if enumerates(own, behind) || (are_all_one && is_one(own)) => false,
            None => (may_count(line) && !sentences.contains(&at)) || clauses.contains(&at) || letters.contains(&at),
        };
        let (is_first, is_below) = (own.number() == 1, line.is_below);
        let before = if is_first { firsts.insert((line.container, &own.scheme), is_below) } else { None };
        items.push(Item {
            group: number_of(&mut groups, (line.container, line.list)),
            section: number_of(&mut sections, line.heading),
            is_bold: line.is_bold,
            label: counts.then(|| own.clone()),
            unmarked: (own.scheme == Scheme::Bare).then(|| own.clone()),
            is_set_off: line.is_set_off || (is_below && before == Some(true)),
            covers: if second.contains(&at) {
                Some((1, own.number()))
            } else {
                let shared = ties.get(&at).copied().flatten();
                shared.or_else(|| range::through(own, behind)).map(|last| (own.number(), last))
            },
            hints: if counts { Vec::new() } else { readings(own).collect() },
            ..Item::default()
        });
    }
    items
}

/// The lines of a ranking that share a place: the first with the last place that they take together, the others with none. So
/// many come out equal as places are left out behind them: `2、李四 95 分`, `2、王五 95 分`, `4、赵六 90 分`.
fn ties(document: &Document) -> HashMap<usize, Option<u64>> {
    let mut out = HashMap::new();
    // Lines with one number and figure, by their kind.
    let mut equal: HashMap<_, (Vec<usize>, u64, &str)> = HashMap::new();
    for (at, line) in document.facts.numbered_lines.iter().enumerate() {
        let label = &line.label.label;
        let Some(figure) = last_figure(behind(document, line)).filter(|_| label.numbers.len() == 1) else { continue };
        let key = (line.container, line.heading, line.list, line.is_bold, &label.scheme);
        let (known, number, score) = equal.entry(key).or_insert_with(|| (Vec::new(), label.number(), figure));
        if (*number, *score) == (label.number(), figure) {
            known.push(at);
            continue;
        }
        if known.len() > 1 && *score != figure && label.number() == *number + known.len() as u64 {
            out.extend(known.iter().map(|&tied| (tied, None)));
            out.insert(known[0], Some(label.number() - 1));
        }
        (*known, *number, *score) = (vec![at], label.number(), figure);
    }
    out
}

/// The last figure of a text.
fn last_figure(text: &str) -> Option<&str> {
    let is_of_figure = |c: char| c.is_ascii_digit() || c == '.';
    let mut figures = text.rsplit(|c| !is_of_figure(c)).map(|figure| figure.trim_matches('.'));
    figures.find(|figure| !figure.is_empty())
}

/// Whether a label is `一、`.
fn is_one(label: &Label) -> bool {
    label.scheme == Scheme::Marked('、', Class::Han) && label.number() == 1
}

/// Whether all lines with such labels, two at least, begin with `一、`: so vows and public notices are written, each point as
/// important as the others.
fn are_all_one(lines: &[NumberedLine]) -> bool {
    let scheme = Scheme::Marked('、', Class::Han);
    let labels = || lines.iter().map(|line| &line.label.label).filter(|label| label.scheme == scheme);
    labels().nth(1).is_some() && labels().all(is_one)
}

/// What stands behind the label of a line.
fn behind<'a>(document: &'a Document, line: &NumberedLine) -> &'a str {
    let rest = document.source.text.get(line.label.span.end as usize..).unwrap_or_default();
    rest.lines().next().unwrap_or_default().trim_matches('*')
}

/// Whether a line that begins with the first label goes on with the next one, so that it is an enumeration of its own:
/// `（一）要重视；（二）要落实。`
fn enumerates(first: &Label, behind: &str) -> bool {
    let [number] = &first.numbers[..] else { return false };
    let is_mark = matches!(first.scheme, Scheme::Bracketed(..) | Scheme::Sign(_) | Scheme::Marked('、' | ')', _));
    let is_next = |at: usize| {
        let before = behind[..at].trim_end_matches(' ');
        let is_set_off = before.len() < at || before.ends_with([',', ';', '，', '；', '。', '、', '：', ':']);
        is_set_off && !before.is_empty() && label::parse(&behind[at..]).is_some_and(|own| own.scheme == first.scheme)
    };
    let next = || number.numeral.system.print(2, number.numeral.width).map(|next| first.with_numbers(&[next]));
    is_mark
        && number.numeral.value == 1
        && next().is_some_and(|next| behind.match_indices(&next).any(|(at, _)| is_next(at)))
}

/// Lines that [come again](parts::again) behind the one with their number and speak of it: they go on where the others have a
/// sign (`第三步：…`, and behind it `第三步需要…`), or say so (`Step 3 Summary`).
fn sentences(document: &Document) -> HashSet<usize> {
    let lines = &document.facts.numbered_lines;
    let behind = |line: &NumberedLine| behind(document, line);
    let mut rows: HashMap<_, Row> = HashMap::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.list.is_none()) {
        let label = &line.label.label;
        if matches!(label.scheme, Scheme::Counted(_)) {
            let row = rows.entry((line.container, line.heading, line.is_bold, &label.scheme)).or_default();
            row.push((at, label.number(), Gap::of(behind(line))));
        }
    }
    let again = rows.into_values().flat_map(|row| parts::again(&row));
    let speaks = |&(at, is_joined): &(usize, bool)| {
        let line = &lines[at];
        // The title of an article stands in brackets, and is no remark: `第3条（委員会）　…`.
        let title = if line.label.label.scheme.is_article() { text_of_article(behind(line)) } else { behind(line) };
        is_joined || parts::is_about(title.trim_end())
    };
    again.filter(speaks).map(|(at, _)| at).collect()
}

/// What stands behind the title of an article, if that has one in brackets.
fn text_of_article(behind: &str) -> &str {
    let inner = behind.trim_start().strip_prefix(['(', '（']);
    inner.and_then(|inner| inner.split_once([')', '）'])).map_or(behind, |(_, text)| text)
}

/// The lines with a 2 before which the number of an article stands for the 1: `第4条　会員は…` and `② 前項の…`, or
/// `제4조(자격) ① …` and `② …`.
fn second_paragraphs(document: &Document) -> HashSet<usize> {
    let lines = document.facts.numbered_lines.iter().enumerate().filter(|(_, line)| line.list.is_none());
    let is_article = |label: &Label| label.scheme.is_article();
    let heading = |line: &NumberedLine| document.facts.headings.get(line.heading?)?.numbering();
    // The schemes since the last article.
    let mut since: HashMap<(u32, Option<usize>), Option<HashSet<&Scheme>>> = HashMap::new();
    let mut out = HashSet::new();
    for (at, line) in lines {
        let label = &line.label.label;
        let begin = || heading(line).filter(|own| is_article(&own.label)).map(|_| HashSet::new());
        let known = since.entry((line.container, line.heading)).or_insert_with(begin);
        if is_article(label) {
            *known = Some(HashSet::new());
        } else if known.as_mut().is_some_and(|known| known.insert(&label.scheme)) && label.number() == 2 {
            out.insert(at);
        }
    }
    out
}

/// In running text, much that looks like a label is none: versions, initials, citations.
fn may_count(line: &NumberedLine) -> bool {
    match &line.label.label.scheme {
        Scheme::Bare | Scheme::Bracketed('[', _) => false,
        Scheme::Marked(':', _) => line.is_title,
        Scheme::Dotted => line.is_bold,
        // A full-width stop makes no list, so this is how numbers are written in Japanese.
        Scheme::Marked('.', Class::Arabic) => line.is_title || line.label.label.text.ends_with('．'),
        Scheme::Marked('.', class) => line.is_title || class.is_han() || *class == Class::Letter(System::Hangul),
        Scheme::Bracketed(_, class) | Scheme::Marked(_, class) => {
            line.is_bold || !matches!(class, Class::LatinUpper | Class::RomanUpper)
        }
        Scheme::Counted(word) => {
            let words = ["day", "part", "日", "周", "週", "期", "回", "部", "话", "話", "회"];
            let is_word = words.contains(&word.as_str());
            !is_word && (line.is_title || !titled::is_titled(&line.label.label))
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

/// Lines with letters that may be initials or options, where four at least count from the first: `（A）`, `A、`, `a.`. `A.` may
/// always be an initial.
fn letters(lines: &[NumberedLine]) -> HashSet<usize> {
    let mut groups: HashMap<_, Vec<(usize, &Label)>> = HashMap::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.list.is_none()) {
        let label = &line.label.label;
        let class = label.class();
        let is_upper = matches!(class, Class::LatinUpper | Class::RomanUpper);
        let is_lower = matches!(class, Class::LatinLower | Class::RomanLower | Class::Letter(_));
        let signs = match label.scheme {
            Scheme::Bracketed(sign, _) if is_upper && sign != '[' => sign,
            Scheme::Marked(sign @ ('、' | ')'), _) if is_upper => sign,
            Scheme::Marked('.', _) if is_lower => '.',
            _ => continue,
        };
        groups.entry((line.container, line.heading, signs)).or_default().push((at, label));
    }
    let mut out = HashSet::new();
    for members in groups.into_values() {
        let is_first = |label: &Label| readings(label).any(|value| value == 1);
        for run in members.chunk_by(|(_, before), (_, next)| !is_first(next) || is_first(before)) {
            // Of C and D, which are letters and Roman numbers, the others decide.
            let counts = |reading: usize| {
                let value = |&(at, label): &(usize, &Label)| {
                    Some((at, readings(label).nth(reading).or(readings(label).next())?))
                };
                unmarked::is_sequence(&run.iter().filter_map(value).collect::<Vec<_>>())
            };
            if counts(0) || counts(1) {
                out.extend(run.iter().map(|(at, _)| *at));
            }
        }
    }
    out
}

/// What the number of a label can be worth.
fn readings(label: &Label) -> impl Iterator<Item = u64> {
    [Some(label), label.other.as_deref()].into_iter().flatten().map(Label::number)
}

/// Items of lists without order whose labels count beyond doubt: among few, or such as do not begin with 1, they may be
/// what somebody chose.
fn bullets(lines: &[NumberedLine]) -> HashSet<usize> {
    let mut lists: HashMap<(u32, &Scheme), Vec<(usize, u64)>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(list) = line.list else { continue };
        let label = &line.label.label;
        lists.entry((list, &label.scheme)).or_default().push((at, label.number()));
    }
    let sequences = lists.into_values().filter(|members| unmarked::is_sequence(members));
    sequences.flatten().map(|(at, _)| at).collect()
}
