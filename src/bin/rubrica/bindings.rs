//! What contracts make of a document, for `rubrica explain`.

use std::io::Write;

use rubrica::{
    contract::{Breach, Condition, Contract},
    corpus::Bound,
    document::Document,
    engine::{Job, Outcome},
    rule::{Activation, Language, Page},
};

use crate::words::{either, shown};

/// Whether a rule is about contracts.
pub(crate) fn concern(page: &Page) -> bool {
    &*page.group == "tags" || matches!(&page.default, Activation::When(key) if key == "contracts")
}

/// Which contracts are for a document, and why the others are not.
pub(crate) fn state(job: &Job, document: &Document, language: Language, out: &mut dyn Write) -> std::io::Result<()> {
    for (globs, contract) in &job.config.contracts {
        let why = if !globs.matches(&document.source.path) {
            format!("{}`{}`", either(language, "for other files: ", "用于其他文件："), globs.written().join("`, `"))
        } else if !contract.binds(document) {
            let needed = conditions(contract, language);
            let why = format!("not for this document, which would need {needed}");
            either(language, why, format!("不用于此文档：需要{needed}"))
        } else {
            either(language, "for this document", "用于此文档").to_owned()
        };
        let (name, why) = (shown(&contract.name), shown(why));
        writeln!(out, "{}", either(language, format!("contract `{name}`: {why}"), format!("契约 `{name}`：{why}")))?;
    }
    Ok(())
}

fn conditions(contract: &Contract, language: Language) -> String {
    let condition = |Condition { field, values, .. }: &Condition| match values[..] {
        [] => either(language, format!("a value of `{field}`"), format!(" `{field}` 有值")),
        _ => either(
            language,
            format!("`{field}` to be `{}`", values.join("` or `")),
            format!(" `{field}` 为 `{}`", values.join("` 或 `")),
        ),
    };
    contract.when.iter().map(condition).collect::<Vec<_>>().join(either(language, " and ", "，且"))
}

/// What was taken for what: headings for sections, values for fields, tags for tags.
pub(crate) fn taken(page: &Page, outcome: &Outcome, document: &Document, language: Language) -> Vec<(u32, String)> {
    let corpus = &outcome.corpus;
    let own = |bound: &Bound<'_>| bound.document.file == document.file;
    let mut out = Vec::new();
    if page.name.contains("section") {
        for bound in corpus.bound().filter(own) {
            for (heading, section) in &bound.differences.held {
                let heading = &bound.document.facts.headings[*heading];
                let (text, title) = (heading.text.trim(), &section.title.written);
                let is = either(language, "is section", "是章节");
                out.push((heading.span.start, format!("`{text}` {is} `{title}`")));
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
                    Some(field) => {
                        out.push((field.key.start, format!("{} `{name}`", either(language, "field", "字段"))));
                    }
                    None if is_required => {}
                    None => out.push((0, format!("{} `{name}`", either(language, "no field", "没有字段")))),
                }
            }
        }
    }
    if &*page.group == "tags" {
        let demand = corpus.bound().filter(own).find_map(|bound| bound.contract.tags.as_ref());
        let tag = either(language, "tag", "标签");
        let all = corpus.tags(document, demand).into_iter();
        out.extend(all.map(|own| (own.span.start, format!("{tag} `{}`", own.name))));
    }
    out
}
