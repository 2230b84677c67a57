//! `invalid-front-matter`: the YAML header cannot be read as meant.

use serde::Deserialize;

use crate::{
    corpus::Corpus,
    document::Document,
    finding::Message,
    mistakes::Mistake,
    rule::{CorpusRule, Findings},
    source::{CorpusPath, Span, lines},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct InvalidFrontMatter {}

impl CorpusRule for InvalidFrontMatter {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        // What is wrong with the header of a rule's page is a mistake in the configuration.
        let is_rule = |path: &CorpusPath| corpus.settings.is_rule_page(path) && path.file_stem() != "README";
        for document in corpus.documents.iter().filter(|document| !is_rule(&document.source.path)) {
            check(corpus, document, out);
        }
    }
}

fn check(corpus: &Corpus, document: &Document, out: &mut Findings) {
    let Some(header) = &document.facts.front_matter else {
        // Hugo looks for a header behind blank lines as well.
        let is_hugo = || corpus.settings.all_renderers().iter().any(|renderer| renderer.is_hugo());
        if let Some((span, key)) = header_as_text(&document.source.text).filter(|(_, key)| *key != "late" || !is_hugo())
        {
            out.report(document.at(span), key);
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

/// The line because of which a header is shown as text, and what is wrong there: nothing closes it, what closes it is none,
/// or it begins behind blank lines. A header has two fields at least, one of which is known to stand in such.
fn header_as_text(text: &str) -> Option<(Span, &'static str)> {
    let span = |(at, line): (usize, &str)| Span::new(at, at + line.trim_end().len());
    let mut lines = lines(text).skip_while(|(_, line)| line.trim_matches('\u{FEFF}').trim().is_empty());
    let first = lines.next().filter(|(_, line)| line.trim_start_matches('\u{FEFF}').trim_end() == "---")?;
    let is_late = !text[..first.0].trim_matches('\u{FEFF}').is_empty();
    let (mut fields, mut is_known, mut end) = (0, false, None);
    for line in lines {
        let own = line.1.trim_end();
        if let Some(key) = field(own) {
            fields += 1;
            is_known |= USUAL.contains(&key);
        } else if fields == 0 || !(own.starts_with([' ', '\t']) || own.starts_with("- ")) {
            end = Some((line, own));
            break;
        }
    }
    if fields < 2 || !is_known {
        return None;
    }
    match end {
        Some((_, "---")) => is_late.then(|| (span(first), "late")),
        _ if is_late => None,
        Some((line, own)) if own.len() > 1 && own.bytes().all(|byte| byte == b'-') => Some((span(line), "other-fence")),
        Some((_, own)) if own.is_empty() || own.starts_with('#') => Some((span(first), "unclosed")),
        None => Some((span(first), "unclosed")),
        Some(_) => None,
    }
}

/// Fields that nearly every header has one of.
const USUAL: &[&str] = &[
    "aliases",
    "author",
    "categories",
    "date",
    "description",
    "draft",
    "layout",
    "permalink",
    "slug",
    "tags",
    "title",
];

/// The key of a line that holds a field.
fn field(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(':')?;
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    (is_key && (value.is_empty() || value.starts_with(' '))).then_some(key)
}
