//! `schemeless-link`: the name of a host, or an e-mail address, without its scheme, or with one that is misspelt.

use crate::{
    corpus::{Corpus, Malformed, Resolution, misspelt_scheme},
    finding::{Edit, Fix, Message, Safety},
    rule::{CorpusRule, Findings},
    source::Span,
};

#[derive(Debug)]
pub(crate) struct SchemelessLink;

impl CorpusRule for SchemelessLink {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for (document, destination) in corpus.doubtful() {
            let misspelt = || misspelt_scheme(destination.target);
            if let (Resolution::Malformed(Malformed::Scheme), Some((own, scheme))) =
                (destination.resolution, misspelt())
            {
                let message = Message::new("misspelt").with("target", destination.target).with("scheme", scheme);
                let finding = out.report(document.at(destination.span), message);
                let start = destination.span.start as usize;
                if document.source.slice(destination.span).starts_with(own) {
                    let title = Message::new("respell").with("scheme", scheme);
                    let at = document.at(Span::new(start, start + own.len()));
                    finding.fix(Fix::new(title, Safety::Unsafe, vec![Edit::replace(at, scheme)]));
                }
                continue;
            }
            let (key, scheme) = match destination.resolution {
                Resolution::Malformed(Malformed::Host) => ("host", "https://"),
                Resolution::Malformed(Malformed::Email) => ("email", "mailto:"),
                _ => continue,
            };
            let message = Message::new(key).with("target", destination.target);
            let finding = out.report(document.at(destination.span), message);
            let title = Message::new("fix").with("scheme", scheme);
            let written = document.source.slice(destination.span);
            let start = destination.span.start as usize + written.len() - written.trim_start_matches("./").len();
            let at = document.at(Span::new(destination.span.start as usize, start));
            finding.fix(Fix::new(title, Safety::Unsafe, vec![Edit::replace(at, scheme)]));
        }
    }
}
