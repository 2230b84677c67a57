//! Attribute lists, as several renderers read them behind the text of a heading: `{#id .class key="value"}`, `{: #id }`.

/// The text before an attribute list at its end, and the list with its braces. Braces around anything else are text.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    let at = text.strip_suffix('}')?.rfind('{')?;
    let (before, list) = text.split_at(at);
    let mut all = items(list).peekable();
    (all.peek().is_some() && all.all(is_item)).then_some((before.trim_end(), list))
}

/// The id that a list gives.
pub(super) fn id(list: &str) -> Option<&str> {
    let of_item = |item: &str| item.strip_prefix('#').map(str::len).or(item.strip_prefix("id=").map(str::len));
    let item = items(list).filter(|item| of_item(item).is_some()).last()?;
    let length = of_item(item)?;
    Some(item[item.len() - length..].trim_matches(['"', '\'']))
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

fn is_item(item: &str) -> bool {
    match item.strip_prefix(['#', '.']) {
        Some(name) => !name.is_empty() && !name.contains(['{', '=', '"', '\'', '<', '>']),
        None => item.split_once('=').is_some_and(|(key, value)| {
            key.starts_with(|c: char| c.is_ascii_alphabetic())
                && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.'))
                && !value.trim_matches(['"', '\'']).is_empty()
        }),
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
            ("A { .card }", None),
            ("A { data-toc-label=\"F\" }", None),
        ];
        for (text, wanted) in lists {
            let (_, list) = split(text).expect(text);
            assert_eq!(id(list), wanted, "{text}");
        }
        for text in ["A {b}", "A {#a b}", "A {}", "A {#}", "A {#a} b", "{{ x }}", "f(x) = {1, 2}"] {
            assert_eq!(split(text), None, "{text}");
        }
    }
}
