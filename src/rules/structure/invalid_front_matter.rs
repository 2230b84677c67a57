//! `invalid-front-matter`: the YAML header cannot be read as meant.

use crate::{
    corpus::Corpus,
    document::{
        Document,
        front_matter::{USUAL, field},
    },
    finding::{Edit, Fix, Message, Safety},
    mistakes::Mistake,
    rule::{CorpusRule, Findings},
    source::{CorpusPath, Span, lines, yaml::Problem},
};

#[derive(Debug)]
pub(crate) struct InvalidFrontMatter;

impl CorpusRule for InvalidFrontMatter {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        // What is wrong with the header of a rule's page is a mistake in the configuration.
        let is_rule = |path: &CorpusPath| corpus.settings.is_rule_page(path) && path.file_stem() != "README";
        let is_hugo = corpus.settings.renderers.iter().any(|renderer| renderer.is_hugo());
        for document in corpus.documents.iter().filter(|document| !is_rule(&document.source.path)) {
            let is_read = corpus.settings.reads_unopened_headers(&document.source.path);
            check(document, is_read, is_hugo, out);
        }
    }
}

/// Looks at one document; `is_read` says that a header that nothing opens is one to whoever shows it. To Hugo one behind
/// blank lines is.
fn check(document: &Document, is_read: bool, is_hugo: bool, out: &mut Findings) {
    let Some(header) = &document.facts.front_matter else {
        if let Some(header) = document.late_header() {
            if !is_read && !is_hugo {
                let lines = document.at(Span { end: header.start, ..Span::default() });
                let fix = Fix::new("remove", Safety::Unsafe, vec![Edit::replace(lines, "")]);
                out.report(document.at(header), "late").fix(fix);
            }
        } else if let Some(span) = unclosed_header(&document.source.text) {
            out.report(document.at(span), "unclosed");
        } else if let Some(span) = unopened_header(&document.source.text).filter(|_| !is_read) {
            out.report(document.at(span), "unopened");
        } else if let Some(colons) = unspaced_header(&document.source.text) {
            let (colon, key) = colons[0];
            let at = document.at(Span::new(colon, colon + 1));
            out.report(at, Message::new("unspaced").with("key", key)).fix(spaced(document, &colons));
        }
        return;
    };
    // A template of Hugo is YAML only once it is filled in.
    if document.source.slice(header.span).contains("{{") && !header.yaml.problems.is_empty() {
        return;
    }
    let inner = document.source.slice(header.span);
    for problem in &header.yaml.problems {
        // The parser blames the line for what it misses in it.
        let blamed = |span: Span| {
            let (before, line) = inner.split_at_checked(span.start.checked_sub(header.span.start)? as usize)?;
            line.lines().next().filter(|_| before.ends_with('\n'))
        };
        if let Problem::Syntax { span, .. } = problem
            && let Some(key) = blamed(*span).and_then(unspaced)
        {
            let colons = own_lines(inner).filter_map(|(at, line)| {
                let key = unspaced(line)?;
                Some((header.span.start as usize + at + key.len(), key))
            });
            let colons: Vec<_> = colons.collect();
            let colon = span.start as usize + key.len();
            if colons.iter().any(|(own, _)| *own == colon) {
                let at = document.at(Span::new(colon, colon + 1));
                out.report(at, Message::new("unspaced-field").with("key", key)).fix(spaced(document, &colons));
                continue;
            }
        }
        let mistake = Mistake::of_yaml(problem);
        let finding = out.report(document.at(mistake.span), mistake.message);
        if let Some((span, message)) = mistake.related {
            finding.related(document.at(span), message);
        }
    }
    let root = header.yaml.root.as_ref().filter(|root| root.as_map().is_none() && !root.is_null());
    if let Some(root) = root.filter(|_| header.yaml.problems.is_empty()) {
        out.report(document.at(root.span), Message::new("not-a-mapping").with("found", root.kind()));
    }
}

/// The line with which a header begins that nothing closes, so that it is shown as text. It has two fields at least, one of
/// which is known to stand in such. Some programs take more dashes for an end as well.
fn unclosed_header(text: &str) -> Option<Span> {
    let mut lines = lines(text);
    let (at, first) = lines.next().filter(|(_, line)| line.trim_start_matches('\u{FEFF}').trim_end() == "---")?;
    let (mut fields, mut is_known) = (0, false);
    for (_, line) in lines {
        let own = line.trim_end();
        if let Some(key) = field(own) {
            fields += 1;
            is_known |= USUAL.contains(&key);
        } else if fields == 0 || !(own.starts_with([' ', '\t']) || own.starts_with("- ")) {
            if !own.is_empty() && !own.starts_with('#') {
                return None;
            }
            break;
        }
    }
    (fields > 1 && is_known).then(|| Span::new(at, at + first.trim_end().len()))
}

/// The first line of a header that nothing opens, so that it is shown as one heading: two fields at least and nothing but
/// what belongs to them down to the line that closes it, one of them known to stand in headers.
fn unopened_header(text: &str) -> Option<Span> {
    let start = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let (mut fields, mut is_known) = (0, false);
    for line in text[start..].lines() {
        if line.trim_end() == "---" {
            let first = text[start..].lines().next().unwrap_or_default();
            return (fields > 1 && is_known).then(|| Span::new(start, start + first.trim_end().len()));
        }
        if let Some(key) = field(line.trim_end()) {
            is_known |= USUAL.contains(&key);
            fields += 1;
        } else if fields == 0 || !(line.starts_with([' ', '\t']) || line.starts_with("- ")) {
            return None;
        }
    }
    None
}

/// The colons of fields that no blank follows, each with its key, where the first field is such a one, so that the header is
/// none and is shown as text. That field is known to stand in headers, or all lines are fields and another one is.
fn unspaced_header(text: &str) -> Option<Vec<(usize, &str)>> {
    let mut lines = own_lines(text);
    lines.next().filter(|(_, line)| line.trim_start_matches('\u{FEFF}').trim_end() == "---")?;
    let mut colons = Vec::new();
    let (mut is_known, mut is_all) = (false, true);
    for (at, line) in lines {
        let line = line.trim_end();
        if line == "---" {
            let (_, first) = colons.first()?;
            return (USUAL.contains(first) || (is_all && is_known)).then_some(colons);
        }
        let own = unspaced(line);
        if colons.is_empty() && own.is_none() {
            return None;
        }
        colons.extend(own.map(|key| (at + key.len(), key)));
        let goes_on = line.is_empty() || line.starts_with([' ', '\t', '#', '-']);
        let key = own.or_else(|| field(line));
        is_known |= key.is_some_and(|key| USUAL.contains(&key));
        is_all &= key.is_some() || goes_on;
        if !goes_on && !line.contains(':') {
            return None;
        }
    }
    None
}

/// The lines of a header that are not part of a value in quotes or brackets which begins above.
fn own_lines(header: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut open: Option<char> = None;
    lines(header).filter(move |(_, line)| {
        let is_own = open.is_none() || line.trim_end() == "---";
        open = if is_own { left_open(line) } else { open.filter(|&end| !line.contains(end)) };
        is_own
    })
}

/// The sign that would end the value of a line, where it is missing in it.
fn left_open(line: &str) -> Option<char> {
    let (_, value) = line.split_once(':').filter(|(key, _)| !key.starts_with('#'))?;
    let mut value = value.trim().chars();
    let end = match value.next()? {
        quote @ ('"' | '\'') => quote,
        '[' => ']',
        '{' => '}',
        _ => return None,
    };
    (!value.as_str().contains(end)).then_some(end)
}

/// The key of a line that would hold a field, were there a blank behind its colon.
fn unspaced(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(':')?;
    let is_key = key.starts_with(char::is_alphabetic) && key.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
    let is_value = value.starts_with(|c: char| c.is_alphanumeric() || "\"'[".contains(c));
    (is_key && is_value).then_some(key)
}

/// The repair that puts a blank behind each of some colons.
fn spaced(document: &Document, colons: &[(usize, &str)]) -> Fix {
    let blank = |(colon, _): &(usize, &str)| Edit::replace(document.at(Span::at(colon + 1)), " ");
    Fix::new("space", Safety::Unsafe, colons.iter().map(blank).collect())
}
