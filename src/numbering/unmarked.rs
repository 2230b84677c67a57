//! Numbers that lack the mark of a label, but number all the same: `1 Introduction`, `1.打开`.

use super::{
    item::{Item, Siblings},
    label::{BRACKETS, Label, MARKS, Scheme, YEARS, before, components, digits, ends_with_blank},
    number::Number,
    numerals::{Class, Numeral, is_digit},
    words,
};
use crate::source::{
    characters::is_cjk,
    hash::{HashMap, HashMapExt, HashSet},
};

/// Fewer are no sequence, but amounts and dates.
const ENOUGH: usize = 4;

/// So many whose numbers dotted ones below carry are sections, whatever their titles say.
const SURE: usize = 3;

/// Those of siblings that look alike: how, and what stands before the last number of a dotted one.
type Alike = (Siblings, bool, Scheme, Vec<u64>);

/// Makes labels of them where all siblings that begin with a number have it so, and the numbers count from 1 to about
/// as many as there are. Those without any mark, and dotted ones that run into their titles, count if they are `titles`
/// and no amounts or versions, or where dotted ones below carry enough of them.
pub fn promote(items: &mut [Item], titles: impl Fn(&[usize]) -> bool) {
    let mut groups: HashMap<Alike, Vec<(usize, u64)>> = HashMap::new();
    for (at, item) in items.iter().enumerate() {
        let Some(bare) = &item.unmarked else { continue };
        let Some(scheme) = unmarked_scheme(bare) else { continue };
        let mut above = bare.values();
        let Some(value) = above.pop() else { continue };
        groups.entry((item.siblings(), item.is_bold, scheme, above)).or_default().push((at, value));
    }
    if groups.is_empty() {
        return;
    }
    let carried = carried(items);
    groups.retain(|(_, _, scheme, _), members| {
        let is_carried = |(at, _): &&(usize, u64)| *scheme == Scheme::Bare && carried.contains(at);
        let carried = members.iter().filter(is_carried).count();
        let places = || members.iter().map(|(at, _)| *at).collect::<Vec<_>>();
        let may_be_amounts = matches!(scheme, Scheme::Bare | Scheme::Dotted) && carried < SURE;
        (members.len() >= ENOUGH || carried > 1)
            && counts(members)
            && has_no_gaps(scheme, members)
            && (!may_be_amounts || titles(&places()))
    });
    let labelled = |is_dotted: bool| -> HashSet<Siblings> {
        let is_own = |label: &Label| (label.scheme == Scheme::Dotted) == is_dotted;
        items.iter().filter(|item| item.label.as_ref().is_some_and(is_own)).map(Item::siblings).collect()
    };
    let (plain, dotted) = (labelled(false), labelled(true));
    for ((siblings, _, scheme, _), members) in groups {
        if plain.contains(&siblings) || (scheme == Scheme::Dotted && dotted.contains(&siblings)) {
            continue;
        }
        for (at, _) in members {
            let label = items[at].unmarked.take();
            items[at].label = label.map(|label| Label { scheme: scheme.clone(), ..label });
        }
    }
}

/// The items whose numbers dotted labels below them carry: that leaves no doubt that they are numbers.
fn carried(items: &[Item]) -> HashSet<usize> {
    let carried = items.iter().filter_map(|item| {
        let (parent, label) = (item.parent?, item.label.as_ref()?);
        let bare = items[parent].unmarked.as_ref()?;
        (label.scheme == Scheme::Dotted && label.values().starts_with(&bare.values())).then_some(parent)
    });
    carried.collect()
}

/// Versions leave numbers out (`1.1新增`, `1.3优化`) and stand several times: dotted ones have to be as many as they count.
fn has_no_gaps(scheme: &Scheme, members: &[(usize, u64)]) -> bool {
    *scheme != Scheme::Dotted || members.last().is_some_and(|(_, last)| *last == members.len() as u64)
}

/// Whether numbers count from 1 to about as many as there are, each with its place, and are too many to be amounts.
pub fn is_sequence(members: &[(usize, u64)]) -> bool {
    members.len() >= ENOUGH && counts(members)
}

fn counts(members: &[(usize, u64)]) -> bool {
    let steps = || members.windows(2).map(|pair| pair[1].1.checked_sub(pair[0].1));
    let right = steps().filter(|step| *step == Some(1)).count();
    let ends_well = members.last().is_some_and(|(_, last)| last.abs_diff(members.len() as u64) <= 1);
    members[0].1 == 1
        && ends_well
        && steps().all(|step| step.is_some_and(|by| by <= 2))
        && right * 2 + 1 >= members.len() - 1
}

/// The number that a text begins with where its mark is missing (`3 标题`, `（3 标题`, `第三 标题`), wrong (`3，标题`) or runs
/// into the title (`3.标题`, `三.标题`, `2.3标题`). Not a label; but where exactly this number is missing in a sequence it stands for one.
pub fn bare(text: &str) -> Option<Label> {
    let text = text.trim_start();
    if !text.starts_with(is_digit) {
        return halved(text);
    }
    if let Some((numbers, rest)) = components(text, text) {
        // `3.3.删除` runs on like `3.3删除`.
        let rest = rest.strip_prefix(['.', '．']).unwrap_or(rest);
        let runs_on = rest.starts_with(|c: char| c.is_alphabetic());
        return runs_on.then(|| Label::new(Scheme::Bare, before(text, rest), numbers));
    }
    let (number, rest) = digits(text, text)?;
    let number = number.number(0).filter(|number| number.numeral.system.class() == Class::Arabic)?;
    let behind = rest.trim_start_matches(['.', '．', '、', ')', '）', '，', ',', '。', ':', '：']);
    let is_marked = behind.len() < rest.len();
    let is_apart = ends_with_blank(rest) || (is_marked && behind.starts_with(|c: char| c.is_alphabetic()));
    let is_number = is_apart && !YEARS.contains(&number.numeral.value);
    if !is_number {
        return halved(text);
    }
    Some(Label::new(Scheme::Bare, before(text, behind), vec![number]))
}

/// A number of which half the label is missing, with a blank behind it: `（3`, `3】`, `第三`, `三章`; or all of it: `三`. Or
/// a Han number with a full stop that runs into the title: `三.标题`.
fn halved(text: &str) -> Option<Label> {
    let open = text.chars().next().filter(|c| *c == '第' || BRACKETS.iter().any(|(open, ..)| open == c));
    let (number, rest) = digits(text, &text[open.map_or(0, char::len_utf8)..])?;
    let number = number.number(0)?;
    if let Some(title) = rest.strip_prefix('.').filter(|_| open.is_none()) {
        let runs_on = number.numeral.system.class().is_han() && title.starts_with(is_cjk);
        return runs_on.then(|| Label::new(Scheme::Bare, before(text, title), vec![number]));
    }
    let closed = BRACKETS.iter().map(|(_, close, _)| *close).find(|close| open.is_none() && rest.starts_with(*close));
    let counter =
        words::UNMISTAKABLE.iter().chain(&["节", "節"]).find(|word| open.is_none() && rest.starts_with(**word));
    let behind = &rest[closed.map_or(counter.map_or(0, |word| word.len()), char::len_utf8)..];
    let is_bare_digit =
        open.is_none() && closed.is_none() && counter.is_none() && number.numeral.system.class() == Class::Arabic;
    let is_apart = closed.is_some() || ends_with_blank(behind);
    let is_number = is_apart && !is_bare_digit && !YEARS.contains(&number.numeral.value);
    is_number.then(|| Label::new(Scheme::Bare, before(text, behind), vec![number]))
}

/// The same for a heading, where a title may run into what is counted (`第一节绪论`), and a Roman number may be all there is.
pub fn in_heading(text: &str) -> Option<Label> {
    bare(text).or_else(|| joined(text.trim_start())).or_else(|| alone(text.trim()))
}

/// `第一节绪论`: a word like 第一节课, unless all around it are like it.
fn joined(text: &str) -> Option<Label> {
    let (number, rest) = digits(text, text.strip_prefix('第')?)?;
    let counter = words::COUNTERS.iter().find(|counter| rest.starts_with(**counter))?;
    let title = &rest[counter.len()..];
    let is_title = title.starts_with(char::is_alphanumeric) && !title.starts_with(['之', 'の']);
    let numbers = vec![number.number(0)?];
    is_title.then(|| Label::new(Scheme::Bare, before(text, title), numbers))
}

/// `IV` and nothing else.
fn alone(text: &str) -> Option<Label> {
    let number = Number { numeral: Numeral::roman_alone(text)?, at: 0..text.len() };
    Some(Label::new(Scheme::Bare, text, vec![number]))
}

/// Whether a title runs into what a bare label counts: that is a way to write, and no slip.
pub fn is_joined(label: &Label) -> bool {
    label.scheme == Scheme::Bare && counter_of(label).is_some()
}

/// What a bare label counts.
fn counter_of(bare: &Label) -> Option<&str> {
    let number =
        bare.numbers.first().filter(|number| bare.text.starts_with('第') && number.at.end < bare.text.len())?;
    bare.text.get(number.at.end..)
}

/// The label that a number without its mark would be among others like it (`1 Introduction`, `1.打开`): if it has a mark
/// at all, the one that the text runs on behind.
fn unmarked_scheme(bare: &Label) -> Option<Scheme> {
    if let Some(counter) = counter_of(bare) {
        return Some(Scheme::Counted(counter.to_owned()));
    }
    let number = bare.numbers.first().filter(|number| number.at.start == 0)?;
    if bare.numbers.len() > 1 {
        return (bare.joint() == "." && !YEARS.contains(&number.numeral.value)).then_some(Scheme::Dotted);
    }
    let Some(mark) = bare.text[number.at.end..].chars().next() else { return Some(Scheme::Bare) };
    let (_, narrow, _) = MARKS.iter().find(|(known, ..)| *known == mark)?;
    Some(Scheme::Marked(*narrow, number.numeral.system.class()))
}

#[cfg(test)]
mod tests {
    use super::{super::label::parse, *};

    #[test]
    fn bare_numbers() {
        let found =
            |text: &str| bare(text).filter(|_| parse(text).is_none()).map(|label| (label.text.clone(), label.values()));
        for (text, label, values) in [
            ("3 组装", "3", vec![3]),
            ("3.组装", "3.", vec![3]),
            ("2.3组装", "2.3", vec![2, 3]),
            ("2.3.组装", "2.3.", vec![2, 3]),
            ("3", "3", vec![3]),
            ("三 组装", "三", vec![3]),
            ("（3 组装", "（3", vec![3]),
            ("3】组装", "3】", vec![3]),
            ("第三 组装", "第三", vec![3]),
            ("三章 组装", "三章", vec![3]),
            ("三.组装", "三.", vec![3]),
        ] {
            assert_eq!(found(text), Some((label.to_owned(), values)), "{text}");
        }
        for text in ["3、组装", "3.5 寸", "2024 年", "3个", "3%", "三个", "（3个", "第三方", "3.5", "三.5"]
        {
            assert_eq!(found(text), None, "{text}");
        }
        let found = |text: &str| in_heading(text).map(|label| (label.text.clone(), label.values()));
        for (text, label, value) in
            [("第一节绪论", "第一节", 1), ("第12条为了", "第12条", 12), ("IV", "IV", 4), ("Ⅳ", "Ⅳ", 4)]
        {
            assert_eq!(found(text), Some((label.to_owned(), vec![value])), "{text}");
        }
        for text in ["第一次", "第一条之一", "C", "MIX", "I think", "第一节"] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
