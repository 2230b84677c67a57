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
    source::{CorpusPath, Span, lines},
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
        } else if let Some((span, key)) = unspaced_header(&document.source.text) {
            out.report(document.at(span), Message::new("unspaced").with("key", key));
        }
        return;
    };
    // A template of Hugo is YAML only once it is filled in.
    if document.source.slice(header.span).contains("{{") && !header.yaml.problems.is_empty() {
        return;
    }
    for mistake in header.yaml.problems.iter().map(Mistake::of_yaml) {
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

/// The colon of the first field of a header that no blank follows, so that the header is none and is shown as text; and the
/// key, which is known to stand in headers.
fn unspaced_header(text: &str) -> Option<(Span, &str)> {
    let mut lines = lines(text);
    lines.next().filter(|(_, line)| line.trim_start_matches('\u{FEFF}').trim_end() == "---")?;
    let (at, first) = lines.next()?;
    let (key, value) = first.trim_end().split_once(':').filter(|(key, _)| USUAL.contains(key))?;
    let belongs = |line: &str| line.is_empty() || line.contains(':') || line.starts_with([' ', '\t', '#', '-']);
    let is_closed = lines.map(|(_, line)| line.trim_end()).find(|line| *line == "---" || !belongs(line)) == Some("---");
    let colon = Span::new(at + key.len(), at + key.len() + 1);
    (is_closed && value.starts_with(char::is_alphanumeric)).then_some((colon, key))
}
