//! Where Docusaurus serves the documents of its plugins, as its configuration says with `routeBasePath`.

/// What the paths of pages begin with, and the folder of their documents, seen from that of the site.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Route<'a> {
    pub(super) prefix: &'a str,
    pub(super) folder: &'a str,
}

/// The routes that a configuration names; `None` where one is not written out.
pub(super) fn routes(text: &str) -> Option<Vec<Route<'_>>> {
    /// A site has one for each kind of its documents.
    const MOST: usize = 32;
    let line = |at: usize| text[..at].rsplit('\n').next().unwrap_or_default();
    let is_code = |at: usize| !line(at).trim_start().starts_with(['/', '*']);
    let all = text.match_indices(KEY).map(|(at, _)| at).filter(|at| is_code(*at)).take(MOST);
    let route = |at: usize| {
        let (before, own) = around(text, at);
        let path = own.find(PATH).and_then(|at| literal(&own[at + PATH.len()..]));
        let prefix = literal(&text[at + KEY.len()..])?.trim_matches('/');
        Some(Route { prefix, folder: path.or_else(|| usual(before))? })
    };
    all.map(route).collect()
}

const KEY: &str = "routeBasePath";
const PATH: &str = "path:";

/// What stands in quotes behind a key.
fn literal(behind: &str) -> Option<&str> {
    let value = behind.trim_start_matches(['"', '\'', ':', ' ']);
    let quote = behind[..behind.len() - value.len()].chars().next_back().filter(|c| matches!(c, '"' | '\''))?;
    value.split(quote).next().filter(|value| !value.contains('\n'))
}

/// What stands before the inside of the braces around a place, and that inside.
fn around(text: &str, at: usize) -> (&str, &str) {
    let leaves = |up: char, down: char| {
        let mut depth = 0;
        move |c: char| {
            depth += i32::from(c == down) - i32::from(c == up);
            depth < 0
        }
    };
    let start = text[..at].rfind(leaves('{', '}')).map_or(0, |start| start + 1);
    let end = text[at..].find(leaves('}', '{')).map_or(text.len(), |end| at + end);
    (&text[..start], &text[start..end])
}

/// The folder of a plugin that names none, by what stands before its options.
fn usual(before: &str) -> Option<&'static str> {
    let name = before.rsplit(['{', '}', '[', ']']).nth(1)?;
    [("docs", "docs"), ("blog", "blog"), ("pages", "src/pages")]
        .into_iter()
        .find_map(|(kind, folder)| name.contains(kind).then_some(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_of_plugins() {
        let text =
            "presets: [['classic', {docs: {routeBasePath: '/guide'}, blog: {path: \"news\", routeBasePath: \"x/y\"}}]],
            plugins: [['@docusaurus/plugin-content-docs', {id: 'api', path: '../api', routeBasePath: '/'}]]";
        let all = [("guide", "docs"), ("x/y", "news"), ("", "../api")].map(|(prefix, folder)| Route { prefix, folder });
        assert_eq!(routes(text), Some(all.into()));
        assert_eq!(routes("docs: {\n// routeBasePath: 'x',\n}"), Some(Vec::new()));
        assert_eq!(routes("docs: {routeBasePath: BASE}"), None);
    }
}
