//! Projects within the one of a document, whose files are others than those of their names here.

use crate::{corpus::Paths, source::CorpusPath};

/// The folder of somebody else's project that a path lies in, where copies of others are kept; empty for what is no copy.
pub(super) fn project_of(path: &CorpusPath) -> &str {
    const KEEPERS: &[&str] = &[
        "vendor", "vendored", "node_modules", "third_party", "third-party", "thirdparty", "deps", "external", "extern",
    ];
    let path = path.as_str();
    let keeps = |name: &str| KEEPERS.iter().any(|keeper| name.eq_ignore_ascii_case(keeper));
    let slashes: Vec<usize> = path.match_indices('/').map(|(at, _)| at).collect();
    let name = |nth: usize| &path[nth.checked_sub(1).map_or(0, |before| slashes[before] + 1)..slashes[nth]];
    let last = (0..slashes.len()).rev().find(|&nth| keeps(name(nth)));
    last.and_then(|keeper| slashes.get(keeper + 1)).map_or("", |&end| &path[..end])
}

/// Whether a path lies in a folder that is a project of its own, with a manifest and a licence, and that a document is no
/// part of.
pub(super) fn is_of_other_project(paths: &Paths, document: &CorpusPath, path: &CorpusPath) -> bool {
    const MANIFESTS: &[&str] =
        &["package.json", "Cargo.toml", "pyproject.toml", "setup.py", "go.mod", "pom.xml", "composer.json"];
    const LICENCES: &[&str] = &["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "COPYING"];
    let is_project = |folder: CorpusPath| paths.has_one(&folder, MANIFESTS) && paths.has_one(&folder, LICENCES);
    path.ancestors().skip(1).take_while(|folder| !document.is_within(folder)).any(is_project)
}
