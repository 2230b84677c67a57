//! Links at scale, and what holds for the anchors of every renderer.

use proptest::prelude::*;
use rubrica::{
    corpus::{Fragment, Resolution},
    document::Renderer,
    engine::check,
};

use crate::{
    laws::markdown,
    support::{cases, memory},
    vault::vault,
};

proptest! {
    #![proptest_config(cases(150))]

    /// A link to the anchor of any heading leads to a heading with this anchor; to this very one, unless an explicit id
    /// before it is the same.
    #[test]
    fn every_anchor_leads_to_its_heading(text in markdown(), at in 0..Renderer::ALL.len()) {
        let renderer = Renderer::ALL[at];
        let config = format!("renderers: [{}]\n", renderer.name());
        let job = memory([("a.md", text.clone()), ("b.md", String::new()), ("rubrica.yaml", config)]);
        let corpus = check(&job).expect("a corpus in memory").corpus;
        let (own, other) = (&corpus.documents[0], &corpus.documents[1]);
        let anchors = own.anchors(renderer);
        let named: Vec<(usize, &String)> = anchors.all.iter().enumerate().filter(|(_, anchor)| !anchor.is_empty()).collect();
        let targets: Vec<String> = named
            .iter()
            .map(|(_, anchor)| format!("a.md#{}", rubrica::source::percent_encode(anchor, true)))
            .collect();
        let resolved = corpus.resolve(targets.into_iter().map(|target| ((), other.as_ref(), target, false)));
        for ((heading, anchor), ((), resolution)) in named.into_iter().zip(resolved) {
            let Resolution::Found(target) = resolution else {
                return Err(TestCaseError::fail(format!("{anchor:?} leads nowhere in {text:?}")));
            };
            let leads = match &target.fragment {
                Fragment::Headings(found) => {
                    found.last().is_some_and(|found| *found == heading || anchors.all[*found] == *anchor)
                }
                Fragment::Anchor(id) => own.facts.anchors[*id].id == **anchor,
                Fragment::Unjudged => anchor == "top",
                Fragment::Missing(_) => false,
            };
            prop_assert!(leads, "{anchor:?} of {renderer:?} leads to {:?} in {text:?}", target.fragment);
        }
    }
}

#[test]
fn broken_links_of_a_vault_are_found_and_no_others() {
    let vault = vault(300, 60);
    assert_eq!(vault.broken.len(), 60);
    let job = memory(vault.files.clone());
    vault.assert_found(&check(&job).expect("a corpus in memory"));
}
