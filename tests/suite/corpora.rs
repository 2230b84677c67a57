//! Real documents, where they are at hand.

use std::fs;

use rubrica::{
    document::{Flavor, structure},
    engine::{Selection, fix},
    files::Tree,
    finding::{Markup, Safety},
    source::CorpusPath,
};

use crate::support::{copy, corpora, job, lines, repaired, rubrica, stdout};

#[test]
fn the_document_it_began_with() {
    let Some(corpora) = corpora() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    copy(&corpora.join("vault-article"), folder.path());
    let name = "ilya-from-scaling-to-research.md";
    let before = fs::read(folder.path().join(name)).expect("the article");
    let output = rubrica(folder.path(), &["check", "--root", ".", ".", "--format", "concise"]);
    assert_eq!(
        stdout(&output),
        format!(
            "{name}:171:1: error[misnumbered-section] `【9】` should be `【8】`: `8` is missing and `9` stands twice\n"
        )
    );
    assert_eq!(rubrica(folder.path(), &["fix", "--root", "."]).status.code(), Some(0));
    let after = fs::read(folder.path().join(name)).expect("the article");
    assert_eq!(before.iter().zip(&after).filter(|(a, b)| a != b).count(), 1);
    assert_eq!(before.len(), after.len());
    rubrica(folder.path(), &["fix", "--root", "."]);
    assert_eq!(fs::read(folder.path().join(name)).expect("the article"), after);
    assert_eq!(rubrica(folder.path(), &["check", "--root", "."]).status.code(), Some(0));
}

#[test]
fn known_defects_are_found_and_known_good_places_are_silent() {
    let Some(corpora) = corpora() else { return };
    let known = [
        ("javaguide", "README_JA.md:353:1 duplicate-heading"),
        (
            "kubernetes-community",
            "archive/wg-iot-edge/whitepapers/edge-security-challenges/README.md:123:5 skipped-number",
        ),
        ("kubernetes-community", "sig-cloud-provider/README.md:13:15 wrong-path-case"),
        ("javaguide", "docs/system-design/framework/spring/async.md:726:1 empty-heading"),
        ("javaguide", "docs/database/redis/cache-basics.md:168:36 unbalanced-punctuation"),
        ("tidb-docs-cn", "dm/dm-binlog-event-filter.md:18:5 invisible-character"),
        ("tidb-docs-cn", "dm/dm-binlog-event-filter.md:19:5 invisible-character"),
        ("tidb-docs-cn", "dm/dm-binlog-event-filter.md:21:5 invisible-character"),
        ("tidb-docs-cn", "ticdc/ticdc-data-replication-capabilities.md:10:8 invisible-character"),
        ("tidb-docs-cn", "dynamic-config.md:244:1 broken-table"),
        ("tidb-docs-cn", "develop/dev-guide-delete-data.md:38:64 unrendered-emphasis"),
    ];
    let silent = [("tidb-docs-cn", "ai/vector-search-get-started-using-python.md")];
    for corpus in ["javaguide", "kubernetes-community", "tidb-docs-cn", "vue-docs-zh-cn"] {
        let job = job(Tree::on_disk(corpora.join(corpus)));
        let outcome = rubrica::engine::check(&job).expect("a corpus");
        let lines = lines(&job, &outcome);
        assert!(!lines.iter().any(|line| line.contains(" internal-error ")), "{corpus}");
        for (_, start) in known.iter().filter(|(name, _)| *name == corpus) {
            assert!(lines.iter().any(|line| line.starts_with(start)), "{corpus}: {start}");
        }
        for (_, path) in silent.iter().filter(|(name, _)| *name == corpus) {
            assert!(!lines.iter().any(|line| line.starts_with(path)), "{corpus}: {path}");
        }
    }
}

#[test]
fn repairs_of_text_change_nothing_else_in_real_documents() {
    let Some(corpora) = corpora() else { return };
    let markup = [Markup::Emphasis, Markup::Strong, Markup::Strikethrough, Markup::Link];
    for corpus in ["javaguide", "kubernetes-community", "tidb-docs-cn", "vue-docs-zh-cn"] {
        let profile = (CorpusPath::new("rubrica.yaml").expect("a path"), "text: {profile: zh-Hans}\n");
        let all = |tree: Tree| {
            let mut job = job(tree);
            let text = job.catalogue.pages().filter(|page| &*page.group == "text").map(|page| page.name.clone());
            job.selection = Selection::of(text.collect());
            job
        };
        let job = all(Tree::on_disk(corpora.join(corpus)).with([profile]));
        let fixed = repaired(&job, Safety::Safe);
        let files: Vec<_> = fixed.units.iter().flat_map(|unit| &unit.files).collect();
        for file in &files {
            let shape = |text| structure(text, Flavor::GitHub, &markup);
            let ((shape, had), (now, has)) = (shape(&file.before), shape(&file.after));
            assert!(shape == now, "{}", file.path.as_str());
            assert!(markup.iter().all(|markup| has.get(markup) >= had.get(markup)), "{}", file.path.as_str());
        }
        // Of the whole corpus as it is afterwards, since what most of it does counts.
        let after = files.iter().map(|file| (file.path.clone(), file.after.to_string()));
        let again = fix(&all(job.tree.with(after)), Safety::Safe, &|_, _| true).expect("a corpus");
        assert!(again.units.is_empty(), "{corpus}: a second fix changes something");
    }
}
