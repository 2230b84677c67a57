//! Attribute lists, as several renderers read them behind the text of a heading: `{#id .class key="value"}`, `{: #id }`.

use std::borrow::Cow;

/// The text before an attribute list at its end, and the list with its braces. Braces around anything else are text.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    let at = text.strip_suffix('}')?.rfind('{')?;
    let (before, list) = text.split_at(at);
    is_list(list).then_some((before.trim_end(), list))
}

/// Whether braces and what stands between them are an attribute list.
fn is_list(list: &str) -> bool {
    // A bare word is an attribute without a value, but `{#each list}` and `{ x }` are no lists: a colon tells them apart, or
    // a blank and something else that is an attribute.
    let has_colon = list.starts_with("{:");
    let may_hold_words = has_colon || list.starts_with("{ ");
    let (mut has_word, mut has_item) = (false, false);
    let is_right = |item| {
        let is_own = is_item(item);
        let is_word = !is_own && may_hold_words && is_word(item);
        has_item |= is_own;
        has_word |= is_word;
        is_own || is_word
    };
    items(list).all(is_right) && (has_item || (has_word && has_colon))
}

/// The id that a list gives.
pub(super) fn id(list: &str) -> Option<&str> {
    let of_item = |item: &str| item.strip_prefix('#').map(str::len).or(item.strip_prefix("id=").map(str::len));
    let item = items(list).filter(|item| of_item(item).is_some()).last()?;
    let length = of_item(item)?;
    Some(item[item.len() - length..].trim_matches(['"', '\'']))
}

/// The id that the list at the beginning of a text gives.
pub(super) fn leading_id(text: &str) -> Option<Cow<'_, str>> {
    let inside = text.strip_prefix('{')?;
    // A list stands in one line, and has none in it.
    let end = inside.find(['{', '}', '\n']).filter(|&end| inside[end..].starts_with('}'))?;
    let list = &text[..end + 2];
    let id = id(list).filter(|_| is_list(list))?;
    // `{#\_x}`
    Some(if id.contains('\\') { Cow::Owned(id.replace('\\', "")) } else { Cow::Borrowed(id) })
}

/// What a list holds, piece by piece; a quoted value may hold blanks.
fn items(list: &str) -> impl Iterator<Item = &str> {
    let inside = list.trim_start_matches('{').trim_end_matches('}');
    let mut rest = inside.strip_prefix(':').unwrap_or(inside);
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let mut quote = None;
        let end = rest.find(|c: char| {
            match quote {
                Some(open) if open == c => quote = None,
                None if matches!(c, '"' | '\'') => quote = Some(c),
                _ => {}
            }
            quote.is_none() && c.is_whitespace()
        });
        let (item, behind) = rest.split_at(end.unwrap_or(rest.len()));
        rest = behind;
        (!item.is_empty()).then_some(item)
    })
}

fn is_word(item: &str) -> bool {
    item.starts_with(|c: char| c.is_ascii_alphabetic())
        && item.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.'))
}

fn is_item(item: &str) -> bool {
    match item.strip_prefix(['#', '.']) {
        Some(name) => !name.is_empty() && !name.contains(['{', '=', '"', '\'', '<', '>']),
        None => {
            item.split_once('=').is_some_and(|(key, value)| is_word(key) && !value.trim_matches(['"', '\'']).is_empty())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_other_braces() {
        let lists = [
            ("概述 {#overview}", Some("overview")),
            ("概述{ #overview .big }", Some("overview")),
            ("A {: #a-b }", Some("a-b")),
            ("A {id=\"x\" title='a b'}", Some("x")),
            ("A, b {: #a-b toc env-var }", Some("a-b")),
            ("A { #a toc }", Some("a")),
            ("A {: toc }", None),
            ("A { .card }", None),
            ("A { data-toc-label=\"F\" }", None),
        ];
        for (text, wanted) in lists {
            let (_, list) = split(text).expect(text);
            assert_eq!(id(list), wanted, "{text}");
        }
        for text in ["A {b}", "A {#a b}", "A { b }", "A {}", "A {#}", "A {#a} b", "{{ x }}", "f(x) = {1, 2}"] {
            assert_eq!(split(text), None, "{text}");
        }
    }

    #[test]
    fn lists_that_begin_a_text() {
        let texts = [
            ("{#a} b", Some("a")),
            ("{: #a .b }", Some("a")),
            ("{#\\_fn_1}", Some("_fn_1")),
            ("{.a}", None),
            ("{#a\n}", None),
            ("{#a{#b}", None),
            ("#a}", None),
        ];
        for (text, wanted) in texts {
            assert_eq!(leading_id(text).as_deref(), wanted, "{text}");
        }
    }
}
