//! Code of a module, which MDX takes out of what shows.

/// Whether a paragraph is a statement of a module: `export const a = 1`, `import B from './b'`. A sentence may begin with
/// the same word.
pub(super) fn is_module(paragraph: &str) -> bool {
    if let Some(rest) = paragraph.strip_prefix("import ") {
        return rest.starts_with(['{', '"', '\'']) || is_from(rest);
    }
    let Some(rest) = paragraph.strip_prefix("export ") else { return false };
    let mut words = rest.split_ascii_whitespace();
    match words.next() {
        Some("const" | "let" | "var") => words.nth(1) == Some("="),
        Some("function" | "async" | "class") => rest.contains('{'),
        // `export default Page` is all there is.
        Some("default") => {
            rest.contains('{') || rest.trim_end().ends_with(';') || (rest.is_ascii() && words.count() == 1)
        }
        _ => rest.starts_with('{') || (rest.starts_with('*') && is_from(rest)),
    }
}

/// Whether what is taken comes from a file or package, which is named in quotes.
fn is_from(rest: &str) -> bool {
    rest.contains(" from '") || rest.contains(" from \"")
}
