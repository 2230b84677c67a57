//! Real documents, where they are at hand.

use std::fs;

use rubrica::files::Tree;

use crate::support::{copy, corpora, job, lines, rubrica, stdout};

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
