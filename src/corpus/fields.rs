//! Links in front matter.

use std::collections::HashSet;

use crate::{
    document::{Document, Link, LinkKind},
    order,
    source::{Span, yaml::Node},
};

/// The links that some fields hold: paths, URLs, and `[[wikilinks]]`, alone or in a list. A field within another is
/// named `outer.inner`, also where the outer one is a list. In a vault, a wikilink in any field is a link.
pub(super) fn links(document: &Document, fields: &[String], is_vault: bool) -> Vec<Link> {
    let root = document.header_root();
    let Some(root) = root.filter(|_| is_vault || !fields.is_empty()) else { return Vec::new() };
    // Hardly any header has one of them.
    let is_there = |field: &&String| field.split('.').next().is_some_and(|key| root.get(key).is_some());
    let named = fields.iter().filter(is_there);
    let named = named.flat_map(|field| field.split('.').fold(vec![root], |nodes, key| within(&nodes, key)));
    let is_wikilink = |node: &&Node| node.as_str().is_some_and(|text| text.starts_with("[[") && text.ends_with("]]"));
    let properties = root.as_map().filter(|_| is_vault).unwrap_or_default().iter();
    let properties = properties.flat_map(|(_, value)| value.items()).filter(is_wikilink);
    let all = named.flat_map(Node::items).chain(properties);
    let mut links: Vec<Link> = all.filter_map(|item| link(document, item)).collect();
    order::by_key(&mut links, |link| link.span);
    links.dedup_by_key(|link| link.span);
    links
}

/// What stands below a key in each of some nodes, or in each item of a list.
fn within<'n>(nodes: &[&'n Node], key: &str) -> Vec<&'n Node> {
    nodes.iter().flat_map(|node| node.items()).filter_map(|node| node.get(key)).collect()
}

fn link(document: &Document, value: &Node) -> Option<Link> {
    // `next: {link: false}` says that there is none.
    let text = value.as_str().filter(|text| !text.trim().is_empty() && value.as_bool().is_none())?;
    let (text, kind) = match text.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
        Some(inner) => (inner.split('|').next().unwrap_or(inner), LinkKind::Wiki),
        None => (text, LinkKind::Inline),
    };
    // A text with escapes has no bytes of its own in the file.
    let start = document.source.slice(value.span).find(text)?;
    let destination = Span::new(start, start + text.len()).shifted(value.span.start as usize);
    Some(Link { kind, is_image: false, span: value.span, destination, target: text.to_owned(), label: None })
}

/// The links among those of some fields that stand beside `target:` or `rel:`. `VitePress` leaves them to the browser, so
/// they may lead to what is put beside the site: `{link: /playground/, target: _self}`.
pub(super) fn left_to_browser(document: &Document, fields: &[String]) -> HashSet<Span> {
    let Some(root) = document.header_root() else { return HashSet::new() };
    let is_left = |outer: &&Node| outer.get("target").or(outer.get("rel")).is_some();
    let beside = |field: &String| {
        let (outer, key) = field.rsplit_once('.')?;
        let outer = outer.split('.').fold(vec![root], |nodes, key| within(&nodes, key));
        let left: Vec<&Node> = outer.into_iter().flat_map(Node::items).filter(is_left).collect();
        Some(within(&left, key).into_iter().map(|value| value.span))
    };
    fields.iter().filter_map(beside).flatten().collect()
}
