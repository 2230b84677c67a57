//! What a site of `VitePress` puts into its pages, and cannot find.

use super::{Corpus, resolve::leads_to_part};
use crate::{
    document::{Document, Renderer},
    source::{CorpusPath, Span},
};

impl Corpus {
    /// The paths of files that are to be put into a page and are not there, each with its place. What lies in a folder that
    /// is not there either may be made by a program.
    pub fn missing_parts(&self, document: &Document) -> Vec<(Span, CorpusPath)> {
        let (settings, from) = (&self.settings, &document.source.path);
        if !settings.renderers.contains(&Renderer::VitePress) || settings.is_outside_site(from) {
            return Vec::new();
        }
        let missing = |written: &str| {
            let path = match written.strip_prefix('@') {
                Some(rooted) => settings.site.candidates(from, rooted).next()?,
                None => from.beside(written)?,
            };
            let is_missing = self.paths.is_folder(&path.parent())
                && !leads_to_part(&self.paths, from, written)
                && !self.unseen.contains(&path);
            is_missing.then_some(path)
        };
        let place = |written: &str| Span::of_part(written, &document.source.text);
        document.parts().into_iter().filter_map(|written| Some((place(written), missing(written)?))).collect()
    }
}
