//! Templates of replacements: `$1`, `${name}`, `{1}`, `{name}` stand for groups of a pattern, `{match}` for all of it.

/// A replacement with holes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Group(usize),
}

impl Template {
    /// Reads a template; `group` knows the number of a group by its name or number, and `match` is group 0. Fails with
    /// the name of a group that does not exist. `$$` is a dollar sign, and braces around anything but a name are braces.
    pub(super) fn parse(text: &str, group: impl Fn(&str) -> Option<usize>) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['$', '{']) {
            plain.push_str(&rest[..at]);
            rest = &rest[at..];
            let (taken, name) = hole(rest);
            match name {
                None => plain.push_str(rest[..taken].strip_prefix("$$").map_or(&rest[..taken], |_| "$")),
                Some(name) => {
                    let group = if name == "match" { Some(0) } else { group(name) };
                    let Some(group) = group else { return Err(name.to_owned()) };
                    pieces.push(Piece::Text(std::mem::take(&mut plain)));
                    pieces.push(Piece::Group(group));
                }
            }
            rest = &rest[taken..];
        }
        plain.push_str(rest);
        pieces.push(Piece::Text(plain));
        Ok(Self { pieces })
    }

    /// The replacement, with the text of each group.
    pub(super) fn fill<'t>(&self, group: impl Fn(usize) -> &'t str) -> String {
        let text = |piece: &'_ Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Group(index) => group(*index).to_owned(),
        };
        self.pieces.iter().map(text).collect()
    }
}

/// The hole that a text begins with: how many bytes it takes, and its name if it is one.
fn hole(text: &str) -> (usize, Option<&str>) {
    if text.starts_with("$$") {
        return (2, None);
    }
    let is_braced = text.starts_with("${") || text.starts_with('{');
    let open = if text.starts_with("${") { 2 } else { 1 };
    let rest = &text[open..];
    // Without braces a name is ASCII, and a number ends with its digits: `$1文` is group 1 and a character.
    let is_number = rest.starts_with(|c: char| c.is_ascii_digit());
    let is_part = |c: char| match (is_braced, is_number) {
        (true, _) => c.is_alphanumeric() || c == '_',
        (false, true) => c.is_ascii_digit(),
        (false, false) => c.is_ascii_alphanumeric() || c == '_',
    };
    let name = &rest[..rest.find(|c: char| !is_part(c)).unwrap_or(rest.len())];
    let end = open + name.len();
    match (name.is_empty(), is_braced) {
        (false, false) => (end, Some(name)),
        (false, true) if text[end..].starts_with('}') => (end + 1, Some(name)),
        _ => (1, None),
    }
}

#[cfg(test)]
mod tests {
    use super::Template;

    fn filled(template: &str) -> Result<String, String> {
        let group = |name: &str| ["0", "1", "word"].iter().position(|known| *known == name);
        Ok(Template::parse(template, group)?.fill(|index| ["whole", "one", "two"][index]))
    }

    #[test]
    fn holes_are_filled() {
        assert_eq!(filled("a"), Ok("a".to_owned()));
        assert_eq!(filled("$1-${word}{match}{1}"), Ok("one-twowholeone".to_owned()));
        assert_eq!(filled("$$1 { } {} {a b} $ ${"), Ok("$1 { } {} {a b} $ ${".to_owned()));
        assert_eq!(filled("中$1文"), Ok("中one文".to_owned()));
        assert_eq!(filled("中${1}文"), Ok("中one文".to_owned()));
        assert_eq!(filled("{none}"), Err("none".to_owned()));
        assert_eq!(filled("$2"), Err("2".to_owned()));
    }
}
