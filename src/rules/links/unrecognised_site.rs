//! `unrecognised-site`: one way to write paths fails so often that the build of the site must know more.

use crate::{
    corpus::{Corpus, Form},
    finding::Message,
    rule::{CorpusRule, Findings},
};

#[derive(Debug)]
pub(crate) struct UnrecognisedSite;

impl CorpusRule for UnrecognisedSite {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for unrecognised in &corpus.unrecognised {
            let help_rooted = || match &unrecognised.folder {
                Some(folder) => Message::new("help-folder").with("folder", folder.as_str()),
                None => Message::new("help-rooted"),
            };
            let (key, help) = match unrecognised.form {
                Form::Rooted => ("rooted", help_rooted()),
                Form::Bare => ("bare", Message::new("help-pages")),
                Form::Html => ("html", Message::new("help-pages")),
            };
            let message = Message::new(key)
                .with("failures", unrecognised.failures.to_string())
                .with("paths", unrecognised.paths.to_string());
            out.report(unrecognised.first, message).help(help);
        }
    }
}
