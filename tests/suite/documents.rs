//! What the documents say can be done, done: commands are run, configuration is read.

use std::{collections::BTreeSet, fs, path::Path, sync::Arc};

use rubrica::{
    document::{Document, Flavor},
    source::{CorpusPath, FileId, Source, yaml},
};

use crate::support::{copy, git, memory, program, repository};

/// Programs of others that the documents name; what they do is not ours to test.
const OTHERS: &[&str] = &["cargo", "cd", "echo", "git", "npm", "npx", "pip"];

/// The documents with their texts.
fn documents() -> Vec<(String, Document)> {
    let docs = repository().join("docs").read_dir().expect("docs/");
    let docs = docs.map(|entry| format!("docs/{}", entry.expect("an entry").file_name().to_string_lossy()));
    let mut names: Vec<String> = docs.chain(["README.md".to_owned(), "README.zh-CN.md".to_owned()]).collect();
    names.sort();
    let parse = |name: String| {
        let text = fs::read_to_string(repository().join(&name)).expect("a document");
        let source = Source::new(CorpusPath::new(&name).expect("a path"), text);
        (name, Document::parse(FileId(0), Arc::new(source), Flavor::GitHub))
    };
    names.into_iter().map(parse).collect()
}

/// Each fence of the documents: where it stands, its info string and its text.
fn fences() -> Vec<(String, String, String)> {
    let mut out = Vec::new();
    for (name, document) in documents() {
        for fence in &document.facts.fences {
            let line = document.source.position(fence.span.start).line;
            let text = document.source.slice(fence.content).to_owned();
            out.push((format!("{name}:{line}"), fence.info.clone(), text));
        }
    }
    out
}

/// The commands of a fence: behind a `$`, or as the value of a key or a step.
fn commands(info: &str, text: &str) -> Vec<String> {
    let line = |line: &str| {
        let line = line.trim();
        if info.starts_with("console") {
            return line.strip_prefix("$ ").map(str::to_owned);
        }
        let line = ["- script: ", "- run: ", "run: ", "- ", "sh '"]
            .iter()
            .find_map(|start| line.strip_prefix(start))
            .unwrap_or(line);
        line.starts_with("rubrica ").then(|| line.trim_end_matches('\'').to_owned())
    };
    let without_comment = |line: String| line.split(" #").next().unwrap_or_default().trim().to_owned();
    text.lines().filter_map(line).map(without_comment).collect()
}

/// A repository with everything that the commands name.
fn scratch() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    copy(&repository().join("fixtures/vault"), root);
    copy(&repository().join("rules"), &root.join("rules"));
    fs::create_dir_all(root.join("docs")).expect("a folder");
    fs::write(root.join("docs/guide.md"), "# Guide\n").expect("a file");
    fs::write(root.join("buffer.md"), "# Buffer\n").expect("a file");
    fs::write(root.join("b.md"), "# b\n").expect("a file");
    let git = |args: &[&str]| assert!(git(root).args(args).status().expect("git").success());
    git(&["init", "--quiet", "--initial-branch=main"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "start"]);
    git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    folder
}

/// The words of a command as a shell takes them: quotes hold them together.
fn words(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    let split = |(at, part): (usize, &str)| -> Vec<String> {
        if at % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() }
    };
    parts.flat_map(split).collect()
}

fn run(place: &str, command: &str, root: &Path) {
    let (command, input) = command.split_once(" < ").map_or((command, None), |(command, file)| (command, Some(file)));
    let command = command.split(" | ").next().unwrap_or_default();
    let words = words(command);
    let (name, args) = words.split_first().expect("a command");
    if name != "rubrica" {
        assert!(OTHERS.contains(&name.as_str()), "{place}: what is `{name}`?");
        return;
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut child = program(root, &args);
    if let Some(file) = input {
        child.stdin(fs::File::open(root.join(file.trim())).expect("the input"));
    }
    let output = child.output().expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code().is_some_and(|code| code <= 1), "{place}: `{command}`: {said}");
}

#[test]
fn every_command_of_the_documents_runs() {
    let mut count = 0;
    let mut seen = String::new();
    let mut folder = scratch();
    for (place, info, text) in fences() {
        let document = place.split(':').next().unwrap_or_default();
        // The commands of a document follow upon each other.
        if document != seen {
            document.clone_into(&mut seen);
            folder = scratch();
        }
        for command in commands(&info, &text) {
            count += usize::from(command.starts_with("rubrica"));
            if command == "rubrica init" {
                // It never overwrites the file, which the other commands need.
                let bare = scratch();
                fs::remove_file(bare.path().join("rubrica.yaml")).expect("the configuration");
                run(&place, &command, bare.path());
                continue;
            }
            // Whatever the command before has repaired in it.
            fs::write(folder.path().join("a.md"), "# 1. a\n\n# 3. b\n").expect("a file");
            run(&place, &command, folder.path());
        }
    }
    assert!(count > 30, "{count}");
}

#[test]
fn every_configuration_of_the_documents_is_valid() {
    let hooks = fs::read_to_string(repository().join(".pre-commit-hooks.yaml")).expect("the hooks");
    let action = fs::read_to_string(repository().join("action.yml")).expect("the action");
    let mut count = 0;
    for (place, info, text) in fences().into_iter().filter(|(_, info, _)| info.starts_with("yaml")) {
        count += 1;
        let file = info.split_once("file=").map_or("rubrica.yaml", |(_, file)| file);
        assert!(yaml::parse(&text, 0).problems.is_empty(), "{place}: no YAML");
        if file == "rubrica.yaml" {
            // The folders of rule pages and of tags that some of them name.
            let page = "---\nmatch: {find: a}\n---\n";
            let config =
                memory([(file, text.as_str()), ("docs/rules/some.md", page), ("00-元语/AI.md", "# AI\n")]).config;
            assert!(!config.is_invalid(), "{place}: {:?}", config.mistakes);
        }
        for id in text.lines().filter_map(|line| line.trim().strip_prefix("- id: ")) {
            assert!(hooks.contains(&format!("- id: {id}\n")), "{place}: there is no hook {id}");
        }
        for input in inputs(&text) {
            assert!(action.contains(&format!("\n  {input}:\n")), "{place}: the action has no input {input}");
        }
    }
    assert!(count > 8, "{count}");
}

/// The keys under `with:` of steps that use our action.
fn inputs(workflow: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut ours = false;
    for line in workflow.lines() {
        if line.trim_start().starts_with("- ") {
            ours = line.contains("/rubrica@");
        } else if ours && line.trim() != "with:" {
            out.extend(line.split_once(':').map(|(key, _)| key.trim()));
        }
    }
    out
}

#[test]
fn both_readmes_show_the_same_commands() {
    let of = |name: &str| -> BTreeSet<String> {
        let own = fences().into_iter().filter(|(place, ..)| place.split(':').next() == Some(name));
        own.flat_map(|(_, info, text)| commands(&info, &text)).collect()
    };
    let (english, chinese) = (of("README.md"), of("README.zh-CN.md"));
    let missing: Vec<&String> = english.difference(&chinese).filter(|command| !command.starts_with("cargo")).collect();
    assert!(missing.is_empty(), "README.zh-CN.md lacks {missing:?}");
}

#[test]
fn every_input_of_the_action_is_described() {
    let action = fs::read_to_string(repository().join("action.yml")).expect("the action");
    let inputs = action.split("inputs:\n").nth(1).and_then(|rest| rest.split("\noutputs:").next()).expect("inputs");
    let names = inputs.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let page = fs::read_to_string(repository().join("docs/ci.md")).expect("docs/ci.md");
    for name in names.map(|line| line.trim().trim_end_matches(':')) {
        assert!(page.contains(&format!("| `{name}` |")), "docs/ci.md says nothing of `{name}`");
    }
}

#[test]
fn a_release_is_named_alike_by_all_who_make_or_take_it() {
    let read = |name: &str| fs::read_to_string(repository().join(name)).expect("a file");
    let release = read(".github/workflows/release.yml");
    assert!(release.contains("archive=rubrica-$TARGET.tar.gz"));
    assert!(read(".github/action/install.sh").contains("archive=rubrica-$RUBRICA_TARGET.tar.gz"));
    assert!(read("Cargo.toml").contains("/releases/download/v{ version }/rubrica-{ target }.tar.gz"));
    let targets: BTreeSet<&str> =
        release.split("{target: ").skip(1).filter_map(|rest| Some(rest.split_once(',')?.0)).collect();
    let npm = read("packages/npm/pack.mjs");
    let packages: BTreeSet<&str> =
        npm.lines().filter_map(|line| line.trim().strip_prefix('"')?.split_once("\": { os")).map(|(t, _)| t).collect();
    assert_eq!((targets.len(), &targets), (8, &packages));
}
