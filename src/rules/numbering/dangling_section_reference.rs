//! `dangling-section-reference`: the text names a number that the document does not have.

use serde::Deserialize;

use crate::{
    document::Document,
    finding::Message,
    numbering::pointer::Subject,
    rule::{DocumentRule, Findings},
    source::Span,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct DanglingSectionReference {}

impl DocumentRule for DanglingSectionReference {
    fn check(&self, document: &Document, out: &mut Findings) {
        if !super::reference::is_numbered(document) {
            return;
        }
        let pointers = document.pointers();
        for pointer in pointers.all.iter().filter(|pointer| pointer.is_sure) {
            // Steps, articles and the like are as often those of something else.
            let is_place = match pointer.subject {
                Subject::Counted(word) => matches!(word, "章" | "chapter" | "장" | "appendix"),
                Subject::Section | Subject::Bracketed | Subject::Caption(_) => true,
            };
            if is_place
                && pointers.goals(pointer).is_empty()
                && pointers.has_kind(pointer)
                && (matches!(pointer.subject, Subject::Caption(_)) || !pointers.stands_somewhere(pointer))
            {
                let at = Span::from(pointer.at.clone());
                let text = document.source.slice(at).to_owned();
                out.report(document.at(at), Message::new("dangling").with("reference", text));
            }
        }
    }
}
