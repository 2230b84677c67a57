//! Lines for fields, where a document states the others.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use crate::{
    document::{Document, FrontMatter, PartKind},
    finding::Edit,
    source::{Span, line_start, yaml::scalar},
};

pub(super) fn names(values: &[(String, String)]) -> Vec<(&str, &str)> {
    values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Fields as lines of YAML, their values as they are written; `a.b` is `b` within `a`.
pub(super) fn lines(values: &[(&str, &str)], indent: &str, end: &str) -> String {
    let mut out = String::new();
    let mut within: HashMap<&str, Vec<(&str, &str)>> = HashMap::new();
    for (name, value) in values {
        if let Some((outer, inner)) = name.split_once('.') {
            within.entry(outer).or_default().push((inner, value));
        }
    }
    for (name, value) in values {
        let Some((outer, _)) = name.split_once('.') else {
            out.extend([indent, &scalar(name), ": ", value, end]);
            continue;
        };
        // All of a mapping stand where its first field does.
        if let Some(inner) = within.remove(outer) {
            out.extend([indent, &scalar(outer), ":", end]);
            out.push_str(&lines(&inner, &format!("{indent}  "), end));
        }
    }
    out
}

type Lines<'a> = (String, Vec<(&'a str, &'a str)>);

/// Each field at the end of the mapping that it belongs to. Where something else stands in that one's place, none is
/// put in.
pub(super) fn within(
    document: &Document,
    header: &FrontMatter,
    values: &[(String, String)],
    end: &str,
) -> Option<Vec<Edit>> {
    let text = &document.source.text;
    let close = document.source.slice(header.span).rfind('\n')? + 1 + header.span.start as usize;
    // By place: how its lines are indented, and which fields they state. Of mappings that end at one place, the innermost
    // is the first.
    let mut places: BTreeMap<(usize, Reverse<usize>), Lines<'_>> = BTreeMap::new();
    for (name, value) in values {
        let (mut at, mut indent, mut name) = (close, String::new(), name.as_str());
        let mut mapping = header.yaml.root.as_ref();
        while let Some((inner, node)) =
            name.split_once('.').and_then(|(outer, rest)| Some((rest, mapping?.get(outer)?)))
        {
            let first =
                node.as_map().and_then(|entries| entries.first()).filter(|_| !text[node.span.range()].starts_with('{'));
            let Some((key, _)) = first else {
                at = usize::MAX;
                break;
            };
            let line = line_start(text, key.span.start as usize);
            let last = node.span.end as usize;
            let is_whole = text[..last].ends_with('\n');
            at = if is_whole { last } else { text[last..].find('\n').map_or(close, |at| last + at + 1) };
            (mapping, name, indent) = (Some(node), inner, text[line..key.span.start as usize].to_owned());
        }
        if at <= close && indent.trim().is_empty() {
            let place = (at, Reverse(indent.len()));
            places.entry(place).or_insert_with(|| (indent, Vec::new())).1.push((name, value));
        }
    }
    // Edits must not touch, so those of one place are one.
    let mut texts: BTreeMap<usize, String> = BTreeMap::new();
    for ((at, _), (indent, values)) in places {
        texts.entry(at).or_default().push_str(&lines(&values, &indent, end));
    }
    let edit = |(at, text)| Edit::replace(document.at(Span::at(at)), text);
    (!texts.is_empty()).then(|| texts.into_iter().map(edit).collect())
}

/// Lines like the one of the last field, with its marks before, between and behind, where that field ends: what belongs
/// to it stays with it.
pub(super) fn beside(
    document: &Document,
    key: Span,
    value: Span,
    values: &[(String, String)],
    end: &str,
) -> Option<Edit> {
    let text = &document.source.text;
    let line_start = line_start(text, key.start as usize);
    let line_end = text[value.end as usize..].find(['\r', '\n']).map_or(text.len(), |at| value.end as usize + at);
    let before = text.get(line_start..key.start as usize)?;
    let between = text.get(key.end as usize..value.start as usize)?;
    // A remark behind a value is about that one.
    let behind =
        text.get(value.end as usize..line_end).filter(|behind| !behind.contains(['<', '['])).unwrap_or_default();
    if between.contains('\n') || values.is_empty() {
        return None;
    }
    let facts = &document.facts;
    let items = facts.parts.iter().filter(|part| part.kind == PartKind::Item).map(|block| block.span);
    let own = items.chain(facts.paragraphs.iter().copied()).find(|span| span.contains(key));
    let own_end = own.map_or(line_end, |own| own.start as usize + document.source.slice(own).trim_end().len());
    let lines = values.iter().flat_map(|(name, value)| [end, before, name, between, value, behind]);
    Some(Edit::replace(document.at(Span::at(own_end.max(line_end))), lines.collect::<String>()))
}
