//! The code base itself: layers, homes of outside crates, sizes, formatting.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::support::repository;

/// Lines a file may have, tests aside.
const FILE_LIMIT: usize = 400;
/// Lines a function may have.
const FUNCTION_LIMIT: usize = 70;
/// Lines a rule may have.
const RULE_LIMIT: usize = 250;

/// Files and functions beyond the limits. The list only ever shrinks.
const EXCEPTIONS: &[&str] = &[];

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, out: &mut Vec<(PathBuf, String)>) {
        for entry in folder.read_dir().expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source file");
                out.push((path.strip_prefix(repository()).expect("below the root").to_owned(), text));
            }
        }
    }
    let mut out = Vec::new();
    walk(&repository().join("src"), &mut out);
    out.sort();
    out
}

/// The code of a file without its tests.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

/// The groups of modules of `lib.rs`, in order.
fn layers() -> BTreeMap<String, usize> {
    let lib = fs::read_to_string(repository().join("src/lib.rs")).expect("lib.rs");
    let mut layers = BTreeMap::new();
    let mut group = 0;
    let name = |line: &str| {
        let rest = line.strip_prefix("pub mod ").or_else(|| line.strip_prefix("pub(crate) mod "))?;
        rest.strip_suffix(';').map(str::to_owned)
    };
    for line in lib.lines().skip_while(|line| name(line).is_none()) {
        match name(line) {
            Some(module) => {
                layers.insert(module, group);
            }
            None => group += 1,
        }
    }
    layers
}

#[test]
fn imports_point_up_the_list_of_modules() {
    let layers = layers();
    assert!(layers.len() > 10, "{layers:?}");
    for (path, text) in sources() {
        let module = path.iter().nth(1).expect("below src").to_string_lossy().trim_end_matches(".rs").to_owned();
        let Some(own) = layers.get(&module) else { continue };
        let text = without_tests(&text);
        for used in crate_imports(text) {
            let Some(layer) = layers.get(&used) else { panic!("{}: imports unknown crate::{used}", path.display()) };
            assert!(used == module || layer < own, "{}: {module} must not import {used}", path.display());
        }
    }
}

/// The modules named in `crate::…` paths and in `use crate::{…}` lists.
fn crate_imports(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &text[at + "crate::".len()..];
        let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        if !rest.starts_with('{') {
            out.push(name(rest));
            continue;
        }
        let mut depth = 0;
        let mut expects = false;
        for (at, c) in rest.char_indices() {
            match c {
                '{' => {
                    depth += 1;
                    expects |= depth == 1;
                }
                '}' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                ',' if depth == 1 => expects = true,
                c if expects && c.is_alphabetic() => {
                    out.push(name(&rest[at..]));
                    expects = false;
                }
                _ => {}
            }
        }
    }
    out.retain(|name| !name.is_empty());
    out
}

/// Within a layer, too, no file imports one that imports it, by however many steps. A folder's `mod.rs` is its face: what
/// it names, and who names it, is not counted.
#[test]
fn imports_go_round_in_no_circle() {
    let sources = sources();
    let module = |path: &Path| path.with_extension("").to_string_lossy().replace('\\', "/");
    let files: BTreeMap<String, &str> =
        sources.iter().map(|(path, text)| (module(path), without_tests(text))).collect();
    let imports = |(own, text): (&String, &&str)| {
        let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
        let root = if own.starts_with("src/bin/") { "src/bin/rubrica" } else { "src" };
        let from = |start: &str, base: &str| {
            paths_from(text, start).into_iter().map(|path| format!("{base}/{path}")).collect::<Vec<_>>()
        };
        let named = from("super::", folder).into_iter().chain(from("crate::", root));
        let file = |path: String| {
            let above = std::iter::successors(Some(path.as_str()), |path| Some(path.rsplit_once('/')?.0));
            above.into_iter().find(|path| files.contains_key(*path)).map(str::to_owned)
        };
        (own.clone(), named.filter_map(file).filter(|used| used != own).collect::<Vec<_>>())
    };
    let mut left: BTreeMap<String, Vec<String>> =
        files.iter().filter(|(own, _)| !own.ends_with("/mod")).map(imports).collect();
    assert!(left.values().map(Vec::len).sum::<usize>() > 500, "imports are seen");
    // What imports nothing that is left, or is imported by nothing that is, stands in no circle.
    loop {
        let used: BTreeSet<String> = left.values().flatten().cloned().collect();
        let count = left.len();
        let known: BTreeSet<String> = left.keys().filter(|own| used.contains(*own)).cloned().collect();
        for used in left.values_mut() {
            used.retain(|used| known.contains(used));
        }
        left.retain(|own, used| known.contains(own) && !used.is_empty());
        if left.len() == count {
            break;
        }
    }
    assert!(left.is_empty(), "{left:#?}");
}

/// The paths behind each `start` of a text, lists in braces included, with `/` between their parts.
fn paths_from(text: &str, start: &str) -> Vec<String> {
    fn expand(text: &str, before: &str, out: &mut Vec<String>) -> usize {
        let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | ':'))).unwrap_or(text.len());
        let path = format!("{before}{}", text[..end].replace("::", "/"));
        if !text[end..].starts_with('{') {
            out.push(path);
            return end;
        }
        let mut at = end + 1;
        while at < text.len() && !text[at..].starts_with('}') {
            at += match text[at..].find(|c: char| !c.is_whitespace() && c != ',') {
                Some(blank) if blank > 0 => blank,
                Some(_) if !text[at..].starts_with('}') => expand(&text[at..], &path, out).max(1),
                _ => break,
            };
        }
        at + 1
    }
    let mut out = Vec::new();
    let text: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]).collect();
    for (at, _) in text.match_indices(start) {
        // `super::super::` is read from the last one on, and leads further up.
        if !text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '$')) {
            expand(&text[at + start.len()..], "", &mut out);
        }
    }
    out
}

#[test]
fn outside_crates_stay_at_home() {
    let homes: &[(&str, &[&str])] = &[
        ("pulldown_cmark", &["src/document/parse/"]),
        ("serde_yaml", &["src/source/yaml/"]),
        ("miette", &["src/report/terminal.rs", "src/report/snippet.rs"]),
        ("clap", &["src/bin/"]),
        ("clap_complete", &["src/bin/"]),
        ("clap_mangen", &["src/bin/"]),
        ("std::process", &["src/files/git.rs", "src/bin/"]),
        ("terminal_size", &["src/bin/"]),
        ("rayon", &["src/parallel.rs", "src/engine/", "src/files/"]),
        ("ignore", &["src/files/"]),
        ("tempfile", &["src/files/"]),
        ("globset", &["src/source/globs.rs"]),
        ("similar", &["src/report/", "src/engine/changes.rs"]),
        ("jsonschema", &["src/contract/schema/"]),
        ("strsim", &["src/suggest.rs"]),
        ("unicode_width", &["src/report/"]),
        ("std::fs", &["src/files/", "src/bin/"]),
    ];
    for (path, text) in sources() {
        let shown = path.to_string_lossy().replace('\\', "/");
        for (name, home) in homes {
            let used = text.lines().any(|line| {
                let line = line.trim_start();
                !line.starts_with("//")
                    && (line.contains(&format!("{name}::")) || line.contains(&format!("use {name}")))
            });
            assert!(!used || home.iter().any(|home| shown.starts_with(home)), "{shown}: {name} belongs in {home:?}");
        }
    }
}

#[test]
fn files_and_functions_are_short() {
    let mut long = Vec::new();
    for (path, text) in sources() {
        let shown = path.to_string_lossy().replace('\\', "/");
        let text = without_tests(&text);
        let limit = if shown.starts_with("src/rules/") { RULE_LIMIT } else { FILE_LIMIT };
        if text.lines().count() > limit {
            long.push(format!("{shown}: {} lines", text.lines().count()));
        }
        assert!(text.starts_with("//!"), "{shown}: begins without a word on what it is");
        let mut open: Option<(String, usize, usize)> = None;
        for (number, line) in text.lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let is_function = ["fn ", "pub fn ", "pub(crate) fn ", "pub(super) fn ", "const fn ", "pub const fn "]
                .iter()
                .any(|start| line.trim_start().starts_with(start));
            if is_function
                && line.trim_end().ends_with(['{', '('])
                && open.as_ref().is_none_or(|(.., outer)| indent <= *outer)
            {
                open = Some((line.trim().to_owned(), number, indent));
            }
            if let Some((name, start, outer)) = &open
                && line.len() == outer + 1
                && line.trim() == "}"
            {
                if number - start + 1 > FUNCTION_LIMIT {
                    long.push(format!("{shown}: {name} has {} lines", number - start + 1));
                }
                open = None;
            }
        }
    }
    long.retain(|entry| !EXCEPTIONS.iter().any(|exception| entry.starts_with(exception)));
    assert!(long.is_empty(), "{long:#?}");
}

/// The text as it is read is made on the way only where such rules are on.
#[test]
fn only_rules_about_text_ask_for_prose() {
    for (path, text) in sources() {
        let shown = path.to_string_lossy().replace('\\', "/");
        let is_other_rule = shown.starts_with("src/rules/") && !shown.starts_with("src/rules/text/");
        let asks = [".prose()", ".language()", ".typography()"].iter().any(|call| text.contains(call));
        assert!(!is_other_rule || !asks, "{shown} asks for prose: see `RuleSet::reads_prose`");
    }
}

#[test]
fn every_golden_holds_its_output() {
    for entry in repository().join("fixtures/cli").read_dir().expect("the goldens") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            for output in ["stdout", "stderr"] {
                assert!(path.with_extension(output).is_file(), "{} has no {output}", path.display());
            }
        }
    }
}

#[test]
fn the_changelog_knows_the_version() {
    let changelog = fs::read_to_string(repository().join("CHANGELOG.md")).expect("CHANGELOG.md");
    assert!(changelog.contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_architecture_gives_a_reason_for_every_dependency() {
    let manifest = fs::read_to_string(repository().join("Cargo.toml")).expect("Cargo.toml");
    let architecture = fs::read_to_string(repository().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let sections = manifest
        .split("\n[")
        .filter(|section| section.starts_with("dependencies]") || section.starts_with("dev-dependencies]"));
    for line in sections.flat_map(str::lines) {
        let Some((name, _)) = line.split_once(" = ").filter(|(name, _)| !name.starts_with('#')) else { continue };
        assert!(architecture.contains(&format!("`{name}`")), "ARCHITECTURE.md says nothing of {name}");
    }
}

#[test]
fn the_code_is_formatted() {
    let formatted = Command::new("cargo").args(["fmt", "--check"]).current_dir(repository()).output();
    match formatted {
        Ok(output) => assert!(output.status.success(), "run cargo fmt\n{}", String::from_utf8_lossy(&output.stdout)),
        Err(_) => eprintln!("skipped: no cargo to format with"),
    }
}
