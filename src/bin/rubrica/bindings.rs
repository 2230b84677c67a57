//! What contracts make of a document, for `rubrica explain`.

use std::io::Write;

use rubrica::{
    contract::{Breach, Condition, Contract},
    corpus::Bound,
    document::Document,
    engine::{Job, Outcome},
    rule::{Activation, Page},
};

use crate::words::shown;

/// Whether a rule is about contracts.
pub(crate) fn concern(page: &Page) -> bool {
    &*page.group == "tags" || matches!(&page.default, Activation::When(key) if key == "contracts")
}

/// Which contracts are for a document, and why the others are not.
pub(crate) fn state(job: &Job, document: &Document, out: &mut dyn Write) -> std::io::Result<()> {
    for (globs, contract) in &job.config.contracts {
        let why = if !globs.matches(&document.source.path) {
            format!("for other files: `{}`", globs.written().join("`, `"))
        } else if !contract.binds(document) {
            format!("not for this document, which would need {}", conditions(contract))
        } else {
            "for this document".to_owned()
        };
        writeln!(out, "contract `{}`: {}", shown(&contract.name), shown(why))?;
    }
    Ok(())
}

fn conditions(contract: &Contract) -> String {
    let condition = |Condition { field, values, .. }: &Condition| match values[..] {
        [] => format!("a value of `{field}`"),
        _ => format!("`{field}` to be `{}`", values.join("` or `")),
    };
    contract.when.iter().map(condition).collect::<Vec<_>>().join(" and ")
}

/// What was taken for what: headings for sections, values for fields, tags for tags.
pub(crate) fn taken(page: &Page, outcome: &Outcome, document: &Document) -> Vec<(u32, String)> {
    let corpus = &outcome.corpus;
    let own = |bound: &Bound<'_>| bound.document.file == document.file;
    let mut out = Vec::new();
    if page.name.contains("section") {
        for bound in corpus.bound().filter(own) {
            for (heading, section) in &bound.differences.held {
                let heading = &bound.document.facts.headings[*heading];
                let (text, title) = (heading.text.trim(), &section.title.written);
                out.push((heading.span.start, format!("`{text}` is section `{title}`")));
            }
        }
    }
    if page.name.contains("field") {
        for bound in corpus.bound().filter(own) {
            let stated = bound.contract.metadata(document);
            for name in bound.contract.names() {
                let is_absent = bound.breaches.iter().filter_map(Breach::absent).any(|absent| absent.field == name);
                let is_demanded = bound.contract.demands().any(|demand| demand.name == name && demand.required);
                let is_required = is_absent || is_demanded;
                match stated.field(name) {
                    Some(field) => out.push((field.key.start, format!("field `{name}`"))),
                    None if is_required => {}
                    None => out.push((0, format!("no field `{name}`"))),
                }
            }
        }
    }
    if &*page.group == "tags" {
        let demand = corpus.bound().filter(own).find_map(|bound| bound.contract.tags.as_ref());
        out.extend(
            corpus.tags(document, demand).into_iter().map(|tag| (tag.span.start, format!("tag `{}`", tag.name))),
        );
    }
    out
}
