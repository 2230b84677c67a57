//! Contracts beyond what pages can hold, and the schema of the configuration.

use std::{collections::BTreeSet, fs};

use rubrica::{config::schema, engine::check, files::Tree, finding::Safety, source::yaml};
use serde_json::{Value as Json, json};

use crate::support::{catalogue, findings, folder, in_seconds, job, memory, repaired, repository, rubrica, stdout};

#[test]
fn vocabularies_and_header_lines_are_read_from_files() {
    let config = "contracts:\n  - name: a\n    files: ['*.md']\n    tags: {from: inline, vocabulary: words.yaml}\n";
    let documents = |words| [("rubrica.yaml", config), ("words.yaml", words), ("a.md", "#学习 #写作\n")];
    for words in ["[学习]", "学习: 读书与听课\n"] {
        assert_eq!(findings(documents(words)), ["a.md:1:6 unknown-tag tag `写作` is not in the vocabulary"]);
    }
}

#[test]
fn what_cannot_be_read_is_no_vocabulary_and_no_schema() {
    let config = |own: &str| format!("contracts:\n  - {{name: a, files: ['*.md'], {own}}}\n");
    for (own, reason) in [
        ("tags: {from: inline, vocabulary: nofolder/}", "`nofolder/` cannot be read: no such file or folder"),
        ("tags: {from: inline, vocabulary: tags.txt}", "`tags.txt` cannot be read: no such file or folder"),
        ("tags: {from: inline, vocabulary: ../tags}", "`../tags` cannot be read: leads out of the root"),
        ("tags: {from: inline, vocabulary: empty.yaml}", "`empty.yaml` cannot be read: there are no words in it"),
        ("tags: {from: inline, vocabulary: broken.yaml}", "key `a` stands twice"),
        ("tags: {from: inline, vocabulary: []}", "`vocabulary` names nothing"),
        ("tags: {from: inline, vocabulary: [学习, '']}", "`vocabulary` names nothing"),
        ("sections: []", "`sections` names nothing"),
        ("sections: [titel: x]", "unknown key `titel`"),
        (
            "metadata: [section: '{label}信息'], title: {unique: true}",
            "`{label}信息` is compared as it stands: holes are for `sections`",
        ),
        ("schema: [a]", "`schema` takes a string, not a list"),
        ("schema: bad.json", "this is no JSON that could be read: key must be a string"),
        ("schema: list.json", "this is no JSON that could be read: it is no object"),
    ] {
        let found = findings([
            ("rubrica.yaml", config(own).as_str()),
            ("a.md", "---\nx: 1\n---\n#学习\n"),
            ("tags.txt", "学习"),
            ("empty.yaml", ""),
            ("broken.yaml", "a: b\na: c\n"),
            ("bad.json", r#"{"type": "object",}"#),
            ("list.json", "[]"),
        ]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].ends_with(&format!("invalid-configuration {reason}")), "{found:?}");
    }
}

/// What one of them still misses, and what a rule says of the document, moves behind what another one puts in.
#[test]
fn contracts_of_one_document_are_kept_one_after_the_other() {
    let config = "contracts:\n  - {name: a, files: ['*.md'], fields: {title: required}}\n  - {name: b, files: ['*.md'], fields: {author: required}, tags: {min: 1}}\n";
    let job = memory([("rubrica.yaml", config), ("a.md", "# A\n")]);
    let fixed = repaired(&job, Safety::Unsafe);
    let texts: Vec<&str> = fixed.units.iter().flat_map(|unit| &unit.files).map(|file| &*file.after).collect();
    assert_eq!(texts, ["---\nauthor: TODO\ntitle: TODO\n---\n\n# A\n"]);
    let left: Vec<&str> = fixed.outcome.findings.iter().map(|finding| &*finding.rule).collect();
    assert_eq!(left, ["missing-tags"]);
}

#[test]
fn contracts_that_pass_a_document_are_explained() {
    let config = "contracts:\n  - {name: a, files: [a.md], sections: ['{n}. One?', ...], fields: {x: optional}}\n  - {name: b, files: [b.md], title: required}\n  - {name: c, files: ['*.md'], when: {type: [d, e], y: true}, title: required}\n";
    let folder = folder(&[("rubrica.yaml", config), ("a.md", "---\nx: 1\n---\n# T\n\n## 1. One\n"), ("b.md", "# B\n")]);
    let explain = |rule: &str| stdout(&rubrica(folder.path(), &["explain", rule, "a.md"]));
    let contracts = "contract `a`: for this document\ncontract `b`: for other files: `b.md`\ncontract `c`: not for this document, which would need `type` to be `d` or `e` and a value of `y`\n";
    for (rule, line) in
        [("missing-section", "6:1 `1. One` is section `{n}. One`\n"), ("missing-field", "2:1 field `x`\n")]
    {
        assert_eq!(explain(rule), format!("{rule} in a.md: warning (its page)\n{contracts}{line}"));
    }
}

#[test]
fn insertions_keep_line_endings_and_marks() {
    let config = "contracts:\n  - name: a\n    files: [a.md]\n    sections: [One, Two]\n    fields: {x: required}\n";
    let folder =
        folder(&[("rubrica.yaml", config), ("a.md", "\u{FEFF}---\r\ny: 1\r\n---\r\n# T\r\n\r\n## Two\r\ntext")]);
    rubrica(folder.path(), &["fix", "--unsafe"]);
    let text = fs::read_to_string(folder.path().join("a.md")).expect("a file");
    assert_eq!(text, "\u{FEFF}---\r\ny: 1\r\nx: TODO\r\n---\r\n# T\r\n\r\n## One\r\n\r\n## Two\r\ntext");
    let output = rubrica(folder.path(), &["check", "--format", "concise"]);
    assert_eq!(stdout(&output), "");
}

#[test]
fn very_many_headings_cost_little() {
    let config = "contracts:\n  - name: a\n    files: ['*.md']\n    empty_sections: true\n    sections:\n      - A?\n      - \"{n} {any}+\":\n          holds: [list, link]\n          sections: [X?, ...]\n      - B\n      - ...\n";
    let text = "# T\n\n".to_owned() + &"## 1 a\n\n- [x](a.md)\n\n### X\n\n### X\n\n".repeat(20_000);
    let found = in_seconds(20, "a check", || findings([("rubrica.yaml", config.to_owned()), ("a.md", text)]));
    assert!(found.iter().any(|line| line.contains("missing-section")), "{}", found.len());
    let config = "contracts: [{name: a, files: ['*.md'], sections: ['{n} {any}+': [X]]}]\n".to_owned();
    let text = "## 1 a\n\nb\n\n<b>\n\n".repeat(20_000);
    let found =
        in_seconds(10, "a section that is missing in each", || findings([("rubrica.yaml", config), ("a.md", text)]));
    assert_eq!(found.iter().filter(|line| line.contains("missing-section")).count(), 20_000);
}

#[test]
fn very_many_contracts_of_one_document_cost_little() {
    let config = |place: &str| {
        let own = |n: usize| {
            format!("  - {{name: a{n}, files: ['*.md'], metadata: [{place}], fields: {{t{n}: required}}}}\n")
        };
        "contracts:\n".to_owned() + &(0..1_000).map(own).collect::<String>()
    };
    let fields: String = (0..9_000).map(|n| format!("k{n}: v\n")).collect();
    for (what, place, text) in [
        ("a header behind a blank line", "front-matter", format!("\n---\ntitle: x\n{fields}---\n")),
        ("a field with a long name", "section: b", format!("# a\n\n## b\n\n{}: x\n", "c".repeat(500_000))),
    ] {
        in_seconds(10, what, || findings([("rubrica.yaml", config(place)), ("a.md", text)]));
    }
}

#[test]
fn the_schema_takes_every_configuration_of_the_repository() {
    let schema = jsonschema::validator_for(&lenient(schema(&catalogue()))).expect("a schema");
    let mut seen = 0;
    for text in configurations() {
        let reading = yaml::parse(&text, 0);
        let Some(root) = reading.root.filter(|_| reading.problems.is_empty()) else { continue };
        // A name that nothing has is YAML's mistake, which an editor sees without the schema.
        if text.contains("[*") {
            continue;
        }
        // Where rubrica finds a mistake, the schema may as well.
        let is_right = !findings([("rubrica.yaml", text.as_str()), ("a.md", "")])
            .iter()
            .any(|line| line.contains("invalid-configuration") && !line.contains("cannot be read"));
        let refusal = schema.validate(&root.to_json()).err().map(|error| error.to_string());
        assert_eq!(refusal.is_none(), is_right, "{refusal:?}\n{text}");
        seen += usize::from(is_right);
    }
    assert!(seen > 40, "{seen} configurations");
}

/// The configurations in the repository: files, and those on rule pages.
fn configurations() -> Vec<String> {
    let mut out: Vec<String> = ["rubrica.yaml", "fixtures/vault/rubrica.yaml"]
        .iter()
        .map(|path| fs::read_to_string(repository().join(path)).expect("a configuration"))
        .collect();
    for page in catalogue().pages() {
        let source = page.source();
        let fences = page.document().facts.fences.iter().filter(|fence| fence.info == "yaml" && fence.top_level);
        out.extend(fences.map(|fence| source.slice(fence.content).to_owned()));
    }
    let docs = fs::read_dir(repository().join("docs")).expect("docs/").map(|entry| entry.expect("an entry").path());
    let readmes = ["README.md", "README.zh-CN.md"].map(|name| repository().join(name));
    for path in docs.chain(readmes).filter(|path| path.extension().is_some_and(|extension| extension == "md")) {
        let text = fs::read_to_string(path).expect("a document");
        let blocks = text.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
        out.extend(blocks.map(str::to_owned));
    }
    out
}

#[test]
fn every_key_of_the_configuration_stands_in_an_example() {
    let catalogue = catalogue();
    let mut shown = BTreeSet::new();
    for text in configurations() {
        if let Some(root) = yaml::parse(&text, 0).root {
            keys_of(&root.to_json(), &mut shown);
        }
    }
    let mut keys = BTreeSet::new();
    properties(&schema(&catalogue), &mut keys);
    for page in catalogue.pages() {
        keys.remove(&*page.name);
        keys.remove(&*page.group);
    }
    let missing: Vec<_> = keys.difference(&shown).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The keys of all maps in a value.
fn keys_of(value: &Json, out: &mut BTreeSet<String>) {
    match value {
        Json::Object(entries) => {
            for (key, value) in entries {
                out.insert(key.clone());
                keys_of(value, out);
            }
        }
        Json::Array(items) => items.iter().for_each(|item| keys_of(item, out)),
        _ => {}
    }
}

/// The keys that a schema knows.
fn properties(schema: &Json, out: &mut BTreeSet<String>) {
    match schema {
        Json::Object(entries) => {
            for (key, value) in entries {
                if let (true, Some(own)) = (key == "properties", value.as_object()) {
                    out.extend(own.keys().cloned());
                    own.values().for_each(|value| properties(value, out));
                } else {
                    properties(value, out);
                }
            }
        }
        Json::Array(items) => items.iter().for_each(|item| properties(item, out)),
        _ => {}
    }
}

/// A schema that takes a key without a value for one that is not there, and every scalar for a text, as the reader does.
fn lenient(schema: Json) -> Json {
    match schema {
        Json::Array(items) => items.into_iter().map(lenient).collect(),
        Json::Object(entries) => {
            let own = |(key, value): (String, Json)| match (&*key, value) {
                ("type", Json::String(word)) if word == "string" => {
                    (key, json!(["string", "number", "boolean", "null"]))
                }
                ("type", Json::String(word)) => (key, json!([word, "null"])),
                ("type" | "enum", Json::Array(mut words)) => {
                    words.push(if key == "type" { "null".into() } else { Json::Null });
                    (key, words.into())
                }
                (_, value) => (key, lenient(value)),
            };
            Json::Object(entries.into_iter().map(own).collect())
        }
        other => other,
    }
}

/// Rules run in parallel and ask for the same things. Who waits for a thing that another makes must not be needed for
/// making it.
#[test]
fn rules_do_not_wait_for_each_other() {
    let (done, finished) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(8).build().expect("a pool");
        let job = job(Tree::on_disk(repository().join("fixtures/vault")));
        for _ in 0..400 {
            pool.install(|| check(&job)).expect("a corpus");
        }
        done.send(()).expect("somebody who waits");
    });
    let waited = finished.recv_timeout(std::time::Duration::from_secs(120));
    assert!(waited.is_ok(), "the checks hang");
}

/// A field's link that leads nowhere is told by the rule on links, where that is on, and else by the contract.
#[test]
fn a_reference_that_leads_nowhere_is_told_once() {
    let config = "contracts:\n  - name: a\n    files: ['*.md']\n    metadata: [preamble]\n    fields: {up: {type: list, refers: document}}\n";
    let text = "# A\n\n- up: [x](nope.md)\n";
    let link = "a.md:3:11 broken-link `nope.md` does not exist";
    let field = "a.md:3:7 invalid-field `up`: `nope.md` leads to no document";
    let off = format!("{config}rules: {{broken-link: off}}\n");
    assert_eq!(findings([("rubrica.yaml", config), ("a.md", text)]), [link]);
    assert_eq!(findings([("rubrica.yaml", off.as_str()), ("a.md", text)]), [field]);
    // Outside a vault double brackets that lead nowhere are no links to the rules on links.
    let wiki = "a.md:3:7 invalid-field `up`: `nope` leads to no document";
    assert_eq!(findings([("rubrica.yaml", config), ("a.md", "# A\n\n- up: [[nope]]\n")]), [wiki]);
    // In one, what matters more is told.
    let vault = [("rubrica.yaml", config), (".obsidian/app.json", "{}"), ("a.md", "# A\n\n- up: [[nope]]\n")];
    assert_eq!(findings(vault), [wiki]);
}
