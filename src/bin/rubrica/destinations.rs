//! What `rubrica explain` shows of a rule on links: every destination of a document, and where it leads.

use rubrica::{
    corpus::{Corpus, Destination, Fragment, Resolution, Target},
    document::Document,
    rule::{Language, Page},
};

use crate::words::either;

/// The destinations of a document, by where they stand. `None` for a rule that does not look at where links lead.
pub(crate) fn of(page: &Page, corpus: &Corpus, document: &Document, language: Language) -> Option<Vec<(u32, String)>> {
    if &*page.group != "links" || page.matching.is_some() {
        return None;
    }
    let shown =
        |destination: &Destination<'_>| format!("`{}` {}", destination.target, goal(corpus, destination, language));
    Some(corpus.destinations(document).map(|destination| (destination.span.start, shown(&destination))).collect())
}

fn goal(corpus: &Corpus, destination: &Destination<'_>, language: Language) -> String {
    let said = |english: &str, chinese: &str| either(language, english, chinese).to_owned();
    match destination.resolution {
        Resolution::Elsewhere => said(
            "not looked at: it has a scheme or a host, or is of a kind that is not checked",
            "未检查：带有协议或主机名，或属于不检查的一类",
        ),
        Resolution::Malformed(_) => said("is no path", "不是路径"),
        Resolution::OutsideRoot => said("leads out of the root", "指向根目录之外"),
        Resolution::Missing { path } => {
            let path = path.as_str();
            said(&format!("leads to `{path}`, which does not exist"), &format!("指向 `{path}`，它不存在"))
        }
        Resolution::Ignored { path, .. } => {
            let path = path.as_str();
            said(&format!("leads to `{path}`, which is ignored"), &format!("指向 `{path}`，它被忽略"))
        }
        Resolution::Unrecognised(_) => {
            said("not judged: too many paths that are written so are not known", "不作判断：这样写的路径有太多找不到")
        }
        Resolution::Unwritten => said("is a note that nobody has written", "是尚未写的笔记"),
        Resolution::Misspelt(path) => {
            let path = path.as_str();
            said(&format!("is a misspelling of `{path}`"), &format!("是 `{path}` 的误写"))
        }
        Resolution::Found(target) => found(corpus, destination, target, language),
    }
}

fn found(corpus: &Corpus, destination: &Destination<'_>, target: &Target, language: Language) -> String {
    let document = target.file.and_then(|file| corpus.document(file));
    let named = |at: &usize| document.and_then(|document| Some(&*document.facts.headings.get(*at)?.text));
    let said = |english: &str, chinese: &str| either(language, english, chinese).to_owned();
    let heading = |text: &str| said(&format!(", to the heading `{text}`"), &format!(" 的标题 `{text}`"));
    let place = match &target.fragment {
        Fragment::Headings(path) => path.last().and_then(named).map(|text| heading(text.trim())),
        Fragment::Anchor(_) => Some(said(", to an id", " 的一个 id")),
        Fragment::Missing(_) => Some(said(", where nothing is called so", "，其中没有这个名字")),
        Fragment::Unjudged if destination.fragment().is_empty() => None,
        Fragment::Unjudged => Some(said(", whose fragments are not judged", "，不检查其中的片段")),
    };
    let (path, place) = (target.path.as_str(), place.unwrap_or_default());
    said(&format!("leads to `{path}`{place}"), &format!("指向 `{path}`{place}"))
}
