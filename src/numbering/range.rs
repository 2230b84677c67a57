//! Labels that stand for more numbers than their own, and labels that a sentence names together.

use super::{
    label::{Label, Scheme},
    numerals::{self, Numeral},
};

/// What stands between the first label of a range and its last.
const THROUGH: &[&str] =
    &["至", "到", "—", "–", "-", "~", "～", "〜", "から", "乃至", "ないし", "내지", "부터", "to ", "through "];

/// What stands between labels of which each is named.
const AND: &[&str] = &[
    "、", "，", "及び", "及", "和", "与", "與", "并", "或", "または", "又は", "と", "및", "또는", "와 ", "과 ", "and ",
];

/// What closes a range.
const CLOSES: &[&str] = &["まで", "까지"];

/// What a sentence says of the label that it begins with.
const SAYS: &[&str] = &["规定", "規定", "所称", "所稱", "所述"];

/// A number that a text names beside a label is looked for in so many steps before its own.
const EXPLAINED: u64 = 4;

/// Labels that a text joins to the one it begins with.
struct Joined<'t> {
    last: u64,
    /// Whether nothing is left out among them, or all of it is meant.
    is_whole: bool,
    /// What stands behind them.
    behind: &'t str,
}

/// The last number that a label stands for with those joined to it, if they are a title: `第三条至第五条（已删除）`,
/// `第七条、第八条　废止`.
pub fn through(label: &Label, behind: &str) -> Option<u64> {
    let joined = joined(label, behind)?;
    (joined.is_whole && is_closed(joined.behind)).then_some(joined.last)
}

/// Whether a text begins with a label because it speaks of what has it: `第二条、第三条规定的情形`, `第二章所述`.
pub fn is_named(label: &Label, behind: &str) -> bool {
    let says = || SAYS.iter().any(|word| behind.starts_with(word));
    matches!(label.scheme, Scheme::Counted(_))
        && (says() || (joined(label, behind).is_some() && through(label, behind).is_none()))
}

/// The first of the numbers before a label's own that the text behind it names, without a gap: 4 of `第五章（跳过第四章）`.
pub fn explained(label: &Label, behind: &str) -> Option<u64> {
    let (Scheme::Counted(_), [number]) = (&label.scheme, &label.numbers[..]) else { return None };
    let Numeral { system, width, value } = number.numeral;
    let behind = behind.to_lowercase();
    let is_named = |value: &u64| {
        let Some(own) = system.print(*value, width) else { return false };
        let own = label.with_numbers(&[own]).to_lowercase();
        let goes_on = |at: usize| behind[at + own.len()..].starts_with(numerals::is_numeral_character);
        behind.match_indices(&own).any(|(at, _)| !goes_on(at))
    };
    let before = (value.saturating_sub(EXPLAINED).max(1)..value).rev();
    before.take_while(is_named).last()
}

fn joined<'t>(label: &Label, behind: &'t str) -> Option<Joined<'t>> {
    let (Scheme::Counted(_), [number]) = (&label.scheme, &label.numbers[..]) else { return None };
    let (before, after) = (label.text[..number.at.start].trim(), label.text[number.at.end..].trim());
    let blank = |c: char| c.is_whitespace() || c == '*';
    let again = |text: &'t str| {
        let text = text.trim_start_matches(blank).strip_prefix(before)?.trim_start();
        let (numeral, rest) = numerals::leading(text)?;
        Some((numeral.value, rest.trim_start_matches(blank).strip_prefix(after)?))
    };
    let strip = |text: &'t str, words: &[&str]| words.iter().find_map(|word| text.strip_prefix(word));
    let mut out: Option<Joined<'t>> = None;
    loop {
        let (last, is_whole, rest) =
            out.as_ref().map_or((number.numeral.value, true, behind), |own| (own.last, own.is_whole, own.behind));
        let text = rest.trim_start_matches(blank);
        let through = strip(text, THROUGH).map(|text| text.trim_start_matches(['—', '–', '-', '~']));
        let Some((value, behind)) = through.or_else(|| strip(text, AND)).and_then(again) else { return out };
        let follows = if through.is_some() { value > last } else { value.checked_sub(1) == Some(last) };
        out = Some(Joined { last: value, is_whole: is_whole && follows, behind });
    }
}

/// Whether a title begins behind a range, or nothing.
fn is_closed(behind: &str) -> bool {
    let behind = CLOSES.iter().find_map(|word| behind.strip_prefix(word)).unwrap_or(behind);
    let next = behind.trim_start_matches('*').chars().next();
    next.is_none_or(|c| c.is_whitespace() || "（(【[：:".contains(c))
}

#[cfg(test)]
mod tests {
    use super::{super::label::parse, *};

    fn read<T>(text: &str, ask: impl Fn(&Label, &str) -> T) -> T {
        let label = parse(text).unwrap_or_else(|| panic!("{text} begins with a label"));
        ask(&label, label.behind(text))
    }

    #[test]
    fn what_labels_stand_for() {
        for (text, last) in [
            ("第三条至第五条　（已删除）", Some(5)),
            ("第三条—第五条　（删去）", Some(5)),
            ("第七条、第八条　（废止）", Some(8)),
            ("第３条〜第５条　削除", Some(5)),
            ("第3条から第5条まで　削除", Some(5)),
            ("제4조 내지 제6조 삭제", Some(6)),
            ("第一条、第二条、第三条（略）", Some(3)),
            ("第三条、第五条（略）", None),
            ("第五章至第三章", None),
            ("第二条、第三条规定的情形", None),
            ("第二条　定义", None),
        ] {
            assert_eq!(read(text, through), last, "{text}");
        }
    }

    #[test]
    fn what_sentences_name() {
        for text in
            ["第二条、第三条规定的情形", "제2조 및 제3조를 준용한다.", "第二章所述的方法", "第三条、第五条（略）"]
        {
            assert!(read(text, is_named), "{text}");
        }
        for text in ["第三条至第五条　（已删除）", "第二条　第一款", "第二章、方法"] {
            assert!(!read(text, is_named), "{text}");
        }
    }

    #[test]
    fn what_titles_explain() {
        for (text, first) in [
            ("Day 4: Osaka (day 3 was a rest day)", Some(3)),
            ("第五章　丙（跳过第四章）", Some(4)),
            ("第六章　丙（第四章、第五章从缺）", Some(4)),
            ("Day 4: Osaka (Day 30)", None),
            ("第五章　丙（参见第三章）", None),
        ] {
            assert_eq!(read(text, explained), first, "{text}");
        }
    }
}
