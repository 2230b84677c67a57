//! Rules that users write: where they come from, what they find, and that none of them can do harm.

use std::{fmt::Write, fs, path::Path};

use rubrica::{
    declarative::Place,
    document::{Document, Flavor},
    engine::check,
    examples,
    finding::Safety,
    rule::{Language, Page},
    source::{CorpusPath, FileId, Source},
};

use crate::support::{
    catalogue, findings, in_seconds, lines, memory, repaired, repository, rubrica, stderr, stdout, write,
};

/// The findings of one rule `own` with a `match`, in one document.
fn own(matched: &str, text: &str) -> Vec<String> {
    let config = format!("rules:\n  own:\n    match: {matched}\n");
    let own = findings([("rubrica.yaml", config.as_str()), ("a.md", text)]);
    own.into_iter().filter(|line| line.contains(" own ") || line.contains("rubrica.yaml")).collect()
}

/// Line, column and what is in the first backticks of each finding.
fn places(matched: &str, text: &str) -> Vec<String> {
    let short = |line: String| {
        let (place, message) = line.split_once(" own ").unwrap_or(("", &line));
        let quoted = message.split('`').nth(1).unwrap_or(message);
        format!("{} {quoted}", place.trim_start_matches("a.md:"))
    };
    own(matched, text).into_iter().map(short).collect()
}

fn fixed(config: &str, text: &str, at_least: Safety) -> String {
    let job = memory([("rubrica.yaml", config), ("a.md", text)]);
    let fixed = repaired(&job, at_least);
    let sources = &fixed.outcome.corpus.sources;
    sources.iter().find(|source| source.path.as_str() == "a.md").map(|source| source.text.to_string()).expect("a.md")
}

#[test]
fn a_page_and_an_entry_are_rules_like_any_other() {
    let page = "---\nseverity: error\nmatch:\n  find: 甲\nmessages:\n  found: {en: \"no {match}\", zh: \"不用 {match}\"}\n---\n\n# jia\n\nNo 甲.\n";
    let config =
        "rule_pages: [rules]\nrules: {yi: {match: {find: 乙}}}\noverrides: [{files: [old], rules: {own: off}}]\n";
    let files = [
        ("rubrica.yaml", config),
        ("rules/jia.md", page),
        ("rules/README.md", "# 说明甲\n"),
        ("a.md", "甲乙\n\n<!-- rubrica-disable-next-line jia -->\n甲乙\n"),
        ("old/b.md", "甲乙\n"),
    ];
    assert_eq!(
        findings(files),
        [
            "a.md:1:1 jia no 甲",
            "a.md:1:2 yi `乙` is not to be used here",
            "a.md:4:2 yi `乙` is not to be used here",
            "rules/README.md:1:5 jia no 甲",
        ]
    );
}

#[test]
fn a_rule_does_not_look_at_its_own_page() {
    let text = "---\nfix: safe\nmatch:\n  - {swap: {Foobar: FooBar}, where: [prose, code-block]}\n  - agree: [[账号, 帐号]]\n---\n\n# brand\n\nWrite FooBar, never Foobar; 账号, never 帐号帐号.\n\n```md\nFoobar\n```\n";
    let config = "rule_pages: [rules]\n";
    let of_page = [("rubrica.yaml", config), ("rules/brand.md", text), ("a.md", "Foobar 账号\n")];
    assert_eq!(findings(of_page), ["a.md:1:1 brand `Foobar` should be `FooBar`"]);
    let fixed = repaired(&memory(of_page), Safety::Safe);
    assert!(fixed.outcome.corpus.sources.iter().any(|source| *source.text == *text));
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in of_page {
        write(folder.path(), name, text);
    }
    let said = stdout(&rubrica(folder.path(), &["explain", "brand", "rules/brand.md"]));
    assert!(said.contains("10:21 `Foobar` passed over: this is the page of the rule itself"), "{said}");
}

#[test]
fn boundaries_are_for_latin_edges() {
    assert_eq!(places("{find: teh}", "使用teh方法 tehran ateh teh"), ["1:3 teh", "1:21 teh"]);
    assert_eq!(places("{find: teh, boundary: none}", "tehran"), ["1:1 teh"]);
    assert_eq!(places("{find: Git, boundary: token}", "Git. Git.io a/Git Git-x 用Git，@Git"), ["1:1 Git", "1:26 Git"]);
    assert_eq!(places("{find: 部署}", "部署部署者"), ["1:1 部署", "1:3 部署"]);
}

#[test]
fn the_longest_wins() {
    assert_eq!(places("{find: [ユーザ, ユーザー]}", "ユーザーとユーザ"), ["1:1 ユーザー", "1:6 ユーザ"]);
    assert_eq!(
        places("{find: 登陆, unless: [登陆舰, {pattern: '台风.{0,3}登陆'}]}", "登陆舰登陆，台风今天登陆。"),
        ["1:4 登陆"]
    );
    // What is right may hold what is wrong.
    assert_eq!(
        places("{swap: {GitHub Action: GitHub Actions}}", "GitHub Actions, GitHub Action"),
        ["1:17 GitHub Action"]
    );
}

#[test]
fn what_stands_in_the_sentence_counts() {
    assert_eq!(
        places("{find: 登陆, beside: 账号}", "用账号登陆。登陆了。\n\n| 登陆 | 账号 |\n|---|---|\n"),
        ["1:4 登陆", "3:3 登陆"]
    );
    assert_eq!(
        places("{swap: {阀值: 阈值, 甲: 乙}, unless_beside: '{fix}'}", "阀值不是阈值。阀值。甲不是阈值。"),
        ["1:8 阀值", "1:11 甲"]
    );
}

#[test]
fn a_bare_url_is_a_target() {
    let text = "http://甲.org <http://甲.org/b> [甲](http://甲.org/c) [http://甲.org](d.md)\n\n[e]: http://甲.org/e\n\n`http://甲.org`\n";
    let found = places("{find: 'http:', where: link-target}", text);
    assert_eq!(found, ["1:1 http:", "1:15 http:", "1:35 http:", "3:6 http:"]);
}

#[test]
fn rules_look_where_they_say() {
    let text = "---\ntitle: 甲\nother: 甲\n---\n# 甲\n\n甲 [甲](甲.md) `甲`\n\n- 甲\n\n> 甲\n\n## 甲\n\n| 甲 |\n|---|\n\n![甲](b.png)\n\n```js\n甲\n```\n";
    let lines = |places: &str| -> Vec<String> {
        self::places(&format!("{{find: 甲, {places}}}"), text).iter().map(|line| line.replace(" 甲", "")).collect()
    };
    assert_eq!(lines(""), ["5:3", "7:1", "7:4", "9:3", "11:3", "13:4", "15:3"]);
    assert_eq!(lines("where: heading"), ["5:3", "13:4"]);
    assert_eq!(lines("where: [{heading: 2}]"), ["13:4"]);
    assert_eq!(lines("where: title"), ["2:8", "5:3"]);
    assert_eq!(lines("where: [{front-matter: [other]}]"), ["3:8"]);
    assert_eq!(lines("where: [link-text, alt-text]"), ["7:4", "18:3"]);
    assert_eq!(lines("where: link-target"), ["7:7"]);
    assert_eq!(lines("where: [code, {code-block: js}]"), ["7:14", "21:1"]);
    assert_eq!(lines("where: {code-block: rust}"), [""; 0]);
    assert_eq!(lines("except_where: [heading, quote, table-cell, list-item]"), ["7:1", "7:4"]);
    assert_eq!(lines("where: prose, except_where: [link-text, quote]"), ["7:1"]);
}

#[test]
fn rules_are_for_files_and_languages() {
    assert_eq!(places("{find: 甲, files: ['*.md', '!a.md']}", "甲"), [""; 0]);
    assert_eq!(places("{find: 甲, files: [a.md]}", "甲").len(), 1);
    assert_eq!(places("{find: 甲, lang: ja}", "甲はここにあります"), ["1:1 甲"]);
    assert_eq!(places("{find: 甲, lang: [zh, ko]}", "甲はここにあります"), [""; 0]);
    assert_eq!(
        places("{find: 甲, lang: zh}", "---\nlang: zh-Hans\n---\nonly 甲 and English words all the way to the end"),
        ["4:6 甲"]
    );
}

#[test]
fn letter_case_counts_unless_told() {
    assert_eq!(places("{find: Lorem}", "lorem Lorem"), ["1:7 Lorem"]);
    assert_eq!(places("{find: Lorem, ignore_case: true}", "lorem Lorem"), ["1:1 lorem", "1:7 Lorem"]);
    assert_eq!(places("{pattern: 'lo+rem', ignore_case: true}", "LOOREM"), ["1:1 LOOREM"]);
    let swap = "{swap: {vs code: Microsoft VS Code, github: GitHub}, ignore_case: true}";
    assert_eq!(places(swap, "Microsoft VS Code, VS Code, GitHub, github"), ["1:20 VS Code", "1:37 github"]);
    let config = format!("rules: {{own: {{match: {swap}, fix: safe}}}}\n");
    assert_eq!(fixed(&config, "Use vs code daily.\n", Safety::Safe), "Use Microsoft VS Code daily.\n");
}

#[test]
fn what_stands_beside_is_a_word() {
    let matched = "{find: rate, unless_beside: [tax]}";
    assert_eq!(places(matched, "The rate of a tax. The rate of a taxi."), ["1:24 rate"]);
}

#[test]
fn places_are_named_by_what_they_have() {
    let said = |matched: &str| own(matched, "甲\n").join("\n");
    assert!(said("{find: 甲, where: {prose: 1}}").contains("`prose` has no kinds to choose from"));
    assert!(said("{find: 甲, where: {code-block: 3}}").contains("`code-block` takes languages, not `3`"));
    assert!(said("{find: 甲, files: 3}").contains("`files` takes a glob, not `3`"));
}

#[test]
fn counts_are_of_units() {
    let count = |per: &str, text: &str| places(&format!("{{find: ！, count: {{max: 1}}, per: {per}}}"), text);
    assert_eq!(count("sentence", "甲，！乙！丙"), [""; 0]);
    let rows =
        own("{find: ！, count: {min: 1}, per: sentence}", "| 甲 | 乙 |\n| - | - |\n| 丙 | 丁 |\n| 戊！ | 己 |\n");
    let rows: Vec<&str> = rows.iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(rows, ["a.md:1:3", "a.md:3:3"]);
    assert_eq!(count("paragraph", "甲！乙！丙！\n\n丁！"), ["1:4 ！"]);
    assert_eq!(count("section", "# 一\n\n甲！\n\n乙！\n\n# 二\n\n丙！"), ["5:2 ！"]);
    assert_eq!(count("document", "# 一\n\n甲！\n\n# 二\n\n丙！"), ["7:2 ！"]);
    let few = own("{find: 示例, count: {min: 1}, per: section}", "# 甲\n\n示例\n\n# 乙\n\n无\n");
    assert_eq!(few, ["a.md:5:3 own `示例` stands here 0 ×, fewer than 1"]);
    assert_eq!(own("{find: 示例, count: {min: 1}}", "甲").len(), 1);
}

#[test]
fn documents_and_corpora_agree() {
    let said = own("{agree: [[账号, 帐号]], per: document}", "账号、账号、帐号\n");
    assert_eq!(said, ["a.md:1:7 own `帐号` stands 1 ×, `账号` 2 ×: use `账号`"]);
    assert_eq!(
        places("{agree: [[账号, 帐号]], per: document, prefer: first}", "帐号、账号、账号\n"),
        ["1:4 账号", "1:7 账号"]
    );
    assert_eq!(places("{agree: [[账号, 帐号]], per: document, prefer: fixed}", "帐号\n"), ["1:1 帐号"]);
    assert_eq!(places("{agree: [[账号, 帐号]]}", "帐号\n"), [""; 0]);
    let config = "rules: {own: {match: {agree: [[账号, 帐号]]}}}\noverrides: [{files: [c.md], rules: {own: off}}]\n";
    let files = [("rubrica.yaml", config), ("a.md", "帐号"), ("b.md", "账号账号"), ("c.md", "帐号帐号帐号")];
    assert_eq!(findings(files), ["a.md:1:1 own `帐号` stands 1 ×, `账号` 2 ×: use `账号`"]);
}

#[test]
fn who_says_one_thing_says_the_other() {
    let rule = "{if: 价格, then: [含税, 不含税]}";
    assert_eq!(own(rule, "价格一元。\n\n价格\n"), ["a.md:1:1 own says `价格`, but not `含税`, `不含税`"]);
    assert_eq!(places(rule, "价格一元。\n\n含税\n"), [""; 0]);
    assert_eq!(places("{if: 价格, then: 含税, per: section}", "# 一\n\n价格，含税\n\n# 二\n\n价格\n"), ["7:1 价格"]);
}

#[test]
fn repairs_fill_their_templates_and_keep_off_what_is_no_text() {
    let rule = |class: &str, matched: &str| format!("rules: {{own: {{fix: {class}, match: {matched}}}}}\n");
    let swap = rule("safe", "{swap: {登陆: 登录}}");
    assert_eq!(fixed(&swap, "登陆，**登**陆，`登陆`\n", Safety::Safe), "登录，**登**陆，`登陆`\n");
    let unsafe_swap = rule("unsafe", "{swap: {登陆: 登录}}");
    assert_eq!(fixed(&unsafe_swap, "登陆\n", Safety::Safe), "登陆\n");
    assert_eq!(fixed(&unsafe_swap, "登陆\n", Safety::Unsafe), "登录\n");
    let pattern = rule("safe", "{pattern: '(\\d+)年(?<m>\\d+)月', fix: '$1-${m}'}");
    assert_eq!(fixed(&pattern, "2024年12月。\n", Safety::Safe), "2024-12。\n");
    let several = rule("safe", "{swap: {登陆: [登录, 登入]}}");
    assert_eq!(fixed(&several, "登陆\n", Safety::Safe), "登陆\n");
    // Two rules that undo each other come to rest.
    let both = "rules: {a: {fix: safe, match: {swap: {甲: 乙}}}, b: {fix: safe, match: {swap: {乙: 甲}}}}\n";
    assert_eq!(fixed(both, "甲乙\n", Safety::Safe), "甲乙\n");
}

#[test]
fn a_text_without_replacement_is_left_out() {
    let config = "rules:\n  own: {match: {swap: {very: \"\", 非常: \"\"}}}\n";
    let said = findings([("rubrica.yaml", config), ("a.md", "a very b\n")]);
    assert_eq!(said, ["a.md:1:3 own `very` is to be left out"]);
    for (text, wanted) in [
        // One blank goes as well.
        ("a very b", "a b"),
        ("very b", "b"),
        ("a very, b very. c very", "a, b. c"),
        ("a (very b very)", "a (b)"),
        ("a **very b**", "a **b**"),
        ("- very b", "- b"),
        ("甲 very，乙 very 丙", "甲，乙 丙"),
        // The end of a line stays.
        ("a\nvery b very\nc", "a\nb\nc"),
        // There is none to take, or words would be joined.
        ("甲非常乙 非常丙 very丁", "甲乙 丙 丁"),
        ("a very.gitignore", "a .gitignore"),
        ("`a` very `b`", "`a` `b`"),
        // Of two marks that would meet, the comma goes, or the one of them that is too many.
        ("甲非常。非常，乙", "甲。乙"),
        ("甲，非常，乙：非常，丙——非常，丁", "甲，乙：丙——丁"),
        ("甲，非常。乙、非常；（丙，非常）“丁，非常”", "甲。乙；（丙）“丁”"),
        ("a, very. b, very! (c, very) d, very", "a. b! (c) d"),
        // Which one is too many, or how a sentence would go on, is not certain.
        ("甲！非常。乙，非常：丙", "甲！非常。乙，非常：丙"),
        ("a. very, b, very, c; very. d: very", "a. very, b, very, c; very. d:"),
        // A sentence may end before a bracket, and a bracket before a mark.
        ("（甲。非常）乙（丙）非常，丁", "（甲。）乙（丙），丁"),
        // Nothing would be left of the line, the emphasis or the text of the link; or a mark would begin it.
        ("very", "very"),
        ("a\nvery\nb", "a\nvery\nb"),
        ("very, a", "very, a"),
        ("a (very) “very” [very] x", "a (very) “very” [very] x"),
        ("a **very** 甲**非常**乙 [very](b.md)", "a **very** 甲**非常**乙 [very](b.md)"),
    ] {
        assert_eq!(fixed(config, text, Safety::Unsafe), wanted, "{text}");
    }
    let code = "rules:\n  own: {match: {swap: {very: ''}, where: [code-block, front-matter]}}\n";
    let text = "---\na: very\nb: very c\n---\n\n```\n  very b\nvery\n```\n";
    let wanted = "---\na: very\nb: c\n---\n\n```\n  b\nvery\n```\n";
    assert_eq!(fixed(code, text, Safety::Unsafe), wanted);
    let pattern = "rules:\n  own: {match: {pattern: 'very ?', fix: ''}}\n";
    assert_eq!(fixed(pattern, "a very b", Safety::Unsafe), "a b");
}

#[test]
fn what_is_written_into_a_header_reads_as_it_should() {
    let config = "rules:\n  own: {fix: safe, match: {swap: {Foo: '#x', Bar: 'a: b', Baz: c}, where: [front-matter]}}\n";
    let text = "---\ntitle: Foo\nlist: [Bar, z]\nmore: z Foo\nquoted: 'Foo'\nlines: |\n  Foo\n  Baz\n---\n";
    let wanted = "---\ntitle: \"#x\"\nlist: [\"a: b\", z]\nmore: \"z #x\"\nquoted: '#x'\nlines: |\n  Foo\n  c\n---\n";
    assert_eq!(fixed(config, text, Safety::Safe), wanted);
    let agree = "rules:\n  own: {fix: safe, match: {agree: [['a: b', Foo]], prefer: fixed, where: [front-matter]}}\n";
    assert_eq!(fixed(agree, "---\ntitle: Foo\n---\n", Safety::Safe), "---\ntitle: \"a: b\"\n---\n");
}

#[test]
fn a_repair_is_judged_by_rules_that_are_not_selected() {
    let config = "rules:\n  own: {fix: safe, match: {swap: {甲: 乙}}}\n  other: {match: {find: 乙}}\n";
    let mut job = memory([("rubrica.yaml", config), ("a.md", "甲\n")]);
    job.selection.only = Some(vec!["own".into()]);
    let fixed = repaired(&job, Safety::Safe);
    assert!(fixed.units.is_empty());
    assert_eq!(lines(&job, &fixed.outcome), ["a.md:1:1 own `甲` should be `乙`"]);
    assert!(fixed.outcome.findings[0].withheld.is_some());
}

#[test]
fn a_note_of_what_a_repair_wrote_is_harm() {
    let config = "text: {profile: zh-Hans}\nrules:\n  own: {match: {pattern: 'AI (的|是)', fix: 'AI$1'}}\n";
    let text = "这里的 API 版本请看 README 文件。\n\n".repeat(40) + "所有 AI 的想象。\n";
    assert_eq!(fixed(config, &text, Safety::Unsafe), text);
}

#[test]
fn globs_take_away_what_others_name() {
    let config = "rules:\n  own: {match: {find: 甲, files: ['*.md', '!README.md']}}\ncontracts:\n  - {name: c, files: ['*.md', '!README.md'], title: required}\n";
    let found = findings([("rubrica.yaml", config), ("README.md", "甲\n"), ("a.md", "甲\n")]);
    assert_eq!(found, ["a.md:1:1 missing-title document has no title", "a.md:1:1 own `甲` is not to be used here"]);
    let found = findings([("rubrica.yaml", "files: {exclude: ['!a.md']}\n"), ("a.md", "甲\n")]);
    assert!(found[0].contains("`!a.md` is no glob: there is none before it"), "{found:?}");
}

#[test]
fn a_broken_rule_does_not_stop_the_others() {
    let config = "rule_pages: [rules]\nrules: {one: {match: {find: \"\"}}, two: {match: {find: 甲}}}\n";
    let job =
        memory([("rubrica.yaml", config), ("rules/three.md", "---\nmatch: {pattern: '('}\n---\n"), ("a.md", "甲")]);
    let outcome = check(&job).expect("a root");
    assert!(outcome.invalid_configuration);
    assert_eq!(
        lines(&job, &outcome),
        [
            "a.md:1:1 two `甲` is not to be used here",
            "rubrica.yaml:2:29 invalid-configuration this would be found everywhere: it matches empty text",
            "rules/three.md:2:18 invalid-configuration `(` cannot be read: unclosed group",
        ]
    );
}

#[test]
fn what_excuses_a_match_is_looked_for_around_it() {
    let text = "登陆舰\n\n账号登陆\n\n| 账号 | 登陆 | x ![登陆](a) |\n|---|---|---|\n| 登陆 | 舰 | ![账号](b) |\n\n登陆\n\n登陆了\n";
    for matched in [
        "{find: 登陆, unless: 登陆舰}",
        "{find: 登陆, beside: 账号}",
        "{find: 登陆, unless_beside: 账号}",
        "{find: 登陆, where: [alt-text, table-cell], beside: 账号, unless: [舰登陆]}",
        "{find: 登陆, unless: \"登陆\\n\"}",
        "{find: \"登陆\\n登陆\", unless: \"登陆\\n登陆了\"}",
    ] {
        // Where another rule has something to look for in all of a document, so do these.
        let both = |other: &str| {
            let config = format!("rules:\n  own:\n    match: {matched}\n{other}");
            let own = findings([("rubrica.yaml", config.as_str()), ("a.md", text)]);
            own.into_iter().filter(|line| line.contains(" own ")).collect::<Vec<_>>()
        };
        assert_eq!(both(""), both("  other:\n    match: {if: 从未, then: 说过}\n"), "{matched}");
    }
    assert_eq!(own("{find: 登陆, unless: \"登陆\\n\"}", "登陆\n\n登陆了\n").len(), 1);
}

#[test]
fn hostile_rules_and_texts_cost_little() {
    let text: String = format!("{}\n\n{}\n", "ab".repeat(100_000), "甲乙".repeat(50_000));
    let words = |n: usize| (0..50).map(|word| format!("a{n}a{word}")).collect::<Vec<_>>().join("|");
    let patterns = (0..20).map(|n| format!("{{pattern: '({})x'}}", words(n))).collect::<Vec<_>>().join(", ");
    for matched in [
        "{pattern: 'a.*b'}",
        "{pattern: 'ab(ab)*c'}",
        "{pattern: '(a|b)+c'}",
        "{pattern: '.*甲.*乙.*丙'}",
        "{find: 甲, beside: 丙, unless_beside: 丁}",
        "{find: 甲, beside: 乙}",
        "{find: 甲, unless: [乙甲, {pattern: '甲.*丙'}], boundary: token}",
        "{find: ab, boundary: none, count: {max: 1}, per: sentence}",
        "{agree: [[甲, 乙]], per: document}",
        &format!("{{find: ab, boundary: none, unless: [{patterns}]}}"),
    ] {
        in_seconds(20, matched, || own(matched, &text));
    }
    // Bounds are refused, not run into.
    assert_eq!(own("{pattern: '(\\w{1000}){1000}'}", "a").len(), 1);
    assert_eq!(own(&format!("{{pattern: '{}'}}", "(".repeat(5_000)), "a").len(), 1);
    assert_eq!(own(&format!("{}{}", "[".repeat(200), "]".repeat(200)), "a").len(), 1);
}

#[test]
fn many_rules_are_one_pass() {
    let mut config = "rules:\n".to_owned();
    for n in 0..1_000 {
        let _ = writeln!(config, "  own-{n}: {{match: {{find: 词{n}号}}}}");
    }
    let said = findings([("rubrica.yaml", config.as_str()), ("a.md", "词7号、词70号、词999号")]);
    let rules: Vec<&str> = said.iter().filter_map(|line| line.split(' ').nth(1)).collect();
    assert_eq!(rules, ["own-7", "own-70", "own-999"]);
}

/// A folder with a rule on a page, one in the configuration, and a document.
fn folder(at: &Path) {
    let page = "---\nfix: safe\nzh: 登录不是登陆。\nmatch:\n  swap: {登陆: 登录}\n  beside: 账号\n  unless: 登陆舰\n---\n\n# denglu\n\nSign in.\n\n## In a sentence\n\n```md\n账号登陆\n```\n\n```report\n1:3 `登陆` should be `登录`\n```\n\n```md fixed\n账号登录\n```\n";
    let text = "账号登陆。登陆。登陆舰。`登陆`\n\n<!-- rubrica-disable-next-line denglu -->\n账号登陆\n";
    fs::create_dir_all(at.join("pages")).expect("a folder");
    for (name, text) in [
        ("rubrica.yaml", "rule_pages: [pages]\nrules: {jia: {match: {find: 甲}, summary: No 甲.}}\n"),
        ("pages/denglu.md", page),
        ("a.md", text),
    ] {
        fs::write(at.join(name), text).expect("a file");
    }
}

#[test]
fn the_program_knows_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    self::folder(at);
    assert_eq!(
        stdout(&rubrica(at, &["--only", "own", "--format", "concise", "-q"])),
        "a.md:1:3: warning[denglu] `登陆` should be `登录`\n"
    );
    let rules = stdout(&rubrica(at, &["rules"]));
    assert!(rules.contains("denglu") && rules.contains("No 甲."), "{rules}");
    assert!(stdout(&rubrica(at, &["explain", "denglu"])).contains("# denglu"));
    let chinese = stdout(&rubrica(at, &["rules", "--lang", "zh"]));
    let [own, inline, native] = ["denglu ", "jia ", "empty-heading "].map(|name| {
        let line = chinese.lines().find(|line| line.trim_start().starts_with(name)).unwrap_or_default();
        line.split_whitespace().last().unwrap_or_default().to_owned()
    });
    assert_eq!([own, inline, native], ["登录不是登陆。", "甲.", "标题没有文字。"]);
    let explained = stdout(&rubrica(at, &["explain", "denglu", "--lang", "zh"]));
    assert!(
        explained.starts_with("denglu：警告，规则组 own，") && explained.contains("\n登录不是登陆。\n"),
        "{explained}"
    );
    assert_eq!(stdout(&rubrica(at, &["test"])), "1 example, 0 failed\n");
    assert_eq!(
        stdout(&rubrica(at, &["explain", "denglu", "a.md"])),
        "denglu in a.md: warning (its page)\n\
         1:3 `登陆` reported\n\
         1:6 `登陆` passed over: nothing that the page lists under `beside:`, such as `账号`, stands in the same sentence\n\
         1:9 `登陆` passed over: it is part of `登陆舰`\n\
         1:14 `登陆` not looked at: it is no text that is read, but code, an address or the like\n\
         4:3 `登陆` not reported: the comment in line 3 silences it\n"
    );
    assert_eq!(
        stdout(&rubrica(at, &["explain", "denglu", "a.md", "--lang", "zh"])),
        "a.md 中的 denglu：警告（规则页）\n\
         1:3 `登陆` 已报告\n\
         1:6 `登陆` 不计：同一句中没有规则页 `beside:` 所列的任何文字，如 `账号`\n\
         1:9 `登陆` 不计：它是 `登陆舰` 的一部分\n\
         1:14 `登陆` 未检查：这不是供人阅读的文字，而是代码、网址之类\n\
         4:3 `登陆` 未报告：已被第 3 行的注释屏蔽\n"
    );
    let native = stdout(&rubrica(at, &["explain", "empty-heading", "a.md"]));
    assert_eq!(native, "empty-heading in a.md: warning (its page)\nnothing is reported here\n");
    assert!(stderr(&rubrica(at, &["explain", "denglu", "b.md"])).contains("`b.md` does not exist"));
    assert_eq!(rubrica(at, &["fix", "--only", "denglu", "-q"]).status.code(), Some(0));
    assert!(fs::read_to_string(at.join("a.md")).expect("a.md").starts_with("账号登录。登陆。"));
}

#[test]
fn what_is_counted_is_explained() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let config = "rules:\n  many: {match: {find: 很, count: {max: 2}}}\n  tax: {match: {if: 价, then: 税}}\n  other: {match: {find: 很, files: [b.md]}}\n  english: {match: {find: 很, lang: en}}\n";
    fs::write(at.join("rubrica.yaml"), config).expect("a file");
    fs::write(at.join("a.md"), "很好。很好。很好的天气，价格是价。\n").expect("a file");
    let explain = |rule: &str| {
        let said = stdout(&rubrica(at, &["explain", rule, "a.md"]));
        said.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let counted = "counted: the finding for all of them stands at another";
    assert_eq!(
        explain("many"),
        [format!("1:1 `很` {counted}"), format!("1:4 `很` {counted}"), "1:7 `很` reported".to_owned()]
    );
    assert_eq!(explain("tax"), ["1:13 `价` reported".to_owned(), format!("1:16 `价` {counted}")]);
    let config = "rules:\n  first: {match: {agree: [[登录, 登陆]], prefer: first, per: document}}\n  month: {match: {pattern: '(\\d{4})年(\\d{1,2})月'}}\n  some: {match: {find: 丙, count: {min: 1}}}\n";
    fs::write(
        at.join("rubrica.yaml"),
        format!(
            "{config}{}",
            "  other: {match: {find: 很, files: [b.md]}}\n  english: {match: {find: 很, lang: en}}\n"
        ),
    )
    .expect("a file");
    fs::write(at.join("a.md"), "登陆后登录。2025年1月是个月。\n").expect("a file");
    let kept = "counted: this form is the one to use";
    assert_eq!(explain("first"), [format!("1:1 `登陆` {kept}"), "1:4 `登录` reported".to_owned()]);
    let other = "1:16 `月` passed over: the pattern does not match here";
    assert_eq!(explain("month"), ["1:7 `2025年1月` reported", other]);
    assert_eq!(explain("some"), ["1:1 reported: `丙` stands here 0 ×, fewer than 1"]);
    fs::write(at.join("a.md"), "很好。\n").expect("a file");
    assert_eq!(explain("other")[0], "1:1 `很` passed over: the rule is for other files: `b.md`");
    assert_eq!(explain("english")[0], "1:1 `很` passed over: the document is in `zh`, and the rule is for en");
}

#[test]
fn what_a_comment_silences_is_explained() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let config = "contracts: [{name: n, files: '*.md', fields: {date: required}}]\nrules:\n  word: {match: {agree: [[账号, 帐号]]}}\n  other: {match: {find: 甲, count: {min: 2}, files: b.md}}\n";
    write(at, "rubrica.yaml", config);
    let text = "<!-- rubrica-disable-file missing-field -->\n# 甲\n\n<!-- rubrica-disable-next-line links, own -->\n[账号账号帐号](none.md)\n";
    write(at, "a.md", text);
    for (rule, wanted) in [
        (
            "missing-field",
            "2:1 not reported: the comment in line 1 silences it: document states no fields, and needs `date`",
        ),
        ("broken-link", "5:10 not reported: the comment in line 4 silences it: `none.md` does not exist"),
        ("word", "5:6 `帐号` not reported: the comment in line 4 silences it"),
        ("other", "2:3 `甲` passed over: the rule is for other files: `b.md`"),
    ] {
        let said = stdout(&rubrica(at, &["explain", rule, "a.md"]));
        assert!(said.lines().any(|line| line == wanted), "{said}");
        assert!(!said.contains("nothing") && !said.contains("off here"), "{said}");
    }
}

#[test]
fn reasons_are_in_the_language_of_the_reader() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = "rule_pages: [none]\ncontracts: [{name: n, files: ['a[.md'], sections: ['{x}章'], tags: {vocabulary: v.yaml}}]\nrules: {own: {match: {pattern: '(a'}}}\n";
    write(folder.path(), "rubrica.yaml", config);
    write(folder.path(), "a.md", "# 甲\n");
    let said = stdout(&rubrica(folder.path(), &["--lang", "zh", "--format", "concise", "--only", "run"]));
    let said: Vec<&str> = said.lines().filter_map(|line| Some(line.split_once("] ")?.1)).collect();
    assert_eq!(
        said,
        [
            "`none` 无法读取：没有这个文件或文件夹",
            "`a[.md` 不是合法的通配符：方括号没有闭合，缺少 `]`",
            "`{x}章` 无法解析：占位符只有 `{n}`、`{any}` 和 `{label}`",
            "`v.yaml` 无法读取：没有这个文件或文件夹",
            "`(a` 无法解析：括号没有闭合",
        ]
    );
}

#[test]
fn several_replacements_are_texts_of_their_own() {
    assert_eq!(
        own("{swap: {utilize: [use, apply]}}", "utilize\n"),
        ["a.md:1:1 own `utilize` should be `use` / `apply`"]
    );
}

#[test]
fn a_block_begins_and_ends_where_its_text_does() {
    for (pattern, places) in [("^foo", &["1:1", "5:1"][..]), ("foo$", &["3:3", "5:1"]), ("^foo$", &["5:1"])] {
        let config = format!("rules: {{own: {{match: {{pattern: '{pattern}'}}}}}}\n");
        let found = findings([("rubrica.yaml", config.as_str()), ("a.md", "foo x\n\nx foo\n\nfoo\n")]);
        let found: Vec<&str> = found.iter().filter_map(|line| line.split(' ').next()?.strip_prefix("a.md:")).collect();
        assert_eq!(found, places, "{pattern}");
    }
}

#[test]
fn pages_are_tested_one_by_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    self::folder(at);
    fs::write(at.join("pages/broken.md"), "---\nmatch: {find: ''}\n---\n\n# broken\n").expect("a file");
    let wrong = "---\nmatch: {find: 甲}\n---\n\n# wrong\n\n```md\n甲\n```\n";
    fs::write(at.join("pages/wrong.md"), wrong).expect("a file");
    let output = rubrica(at, &["test", "pages"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stdout(&output);
    assert!(said.contains("pages/broken.md:2:15: this would be found everywhere"), "{said}");
    assert!(said.contains("silence was promised"), "{said}");
    for (name, text, wanted) in [
        ("nothing.md", "---\ntitle: x\n---\n\n# nothing\n", "nothing.md:1:1: `match` is missing\n"),
        ("Bad Name.md", "---\nmatch: {find: 甲}\n---\n", "Bad Name.md:1:1: `Bad Name` is no name for a rule"),
        ("broken-link.md", "---\nmatch: {find: 甲}\n---\n", "there is a rule or group `broken-link` already"),
        ("yaml.md", "---\nmatch: {swap: {a: b}\nfix: [\n---\n", "yaml.md:3:1: not YAML: while parsing"),
        (
            "empty-link.md",
            "---\nmatch: {find: ''}\n---\n",
            "already\nempty-link.md:2:15: this would be found everywhere",
        ),
        ("keys.md", "---\nmatch: {find: 甲}\nfoo: 1\nbar: 2\n---\n", "foo`\nkeys.md:4:1: unknown key `bar`"),
    ] {
        fs::write(at.join(name), text).expect("a file");
        let said = stdout(&rubrica(at, &["test", name]));
        assert!(said.contains(wanted), "{said}");
        assert!(!said.contains("is missing") || wanted.contains("is missing"), "{said}");
    }
    let header = "---\nmatch: {find: 甲}\n---\n\n# own\n\nNo 甲.\n";
    for (examples, wanted) in [
        ("", "own.md:2:1: there is no example\n"),
        ("\n```report\n1:1 x\n```\n", "there is a report, and no document for it"),
    ] {
        fs::write(at.join("own.md"), format!("{header}{examples}")).expect("a file");
        let output = rubrica(at, &["test", "own.md"]);
        assert!(stdout(&output).contains(wanted), "{}", stdout(&output));
        assert_eq!(output.status.code(), Some(1));
    }
    assert!(said.ends_with("2 examples, 1 failed, 1 broken page\n"), "{said}");
}

#[test]
fn what_a_page_declares_has_to_be_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let header = "---\nfix: safe\nhelp: why\nmessages: {swap: no, fix: write}\nmatch: {swap: {甲: 乙}}\n---\n";
    let page = |examples: &str| {
        fs::write(at.join("own.md"), format!("{header}\n# own\n\nNo 甲.\n\n{examples}")).expect("a file");
        let output = rubrica(at, &["test", "own.md"]);
        (stdout(&output), output.status.code())
    };
    assert_eq!(
        page("```md\n丙\n```\n"),
        (
            "own.md:2:6: declared is `fix: safe`, and the strongest of its examples is `never`\n\
             own.md:3:1: no example shows the message `help`\n\
             own.md:4:12: no example shows the message `swap`\n\
             own.md:4:22: no example shows the message `fix`\n\
             1 example, 0 failed, 4 declarations without an example\n"
                .to_owned(),
            Some(1)
        )
    );
    let shown = page("```md\n甲\n```\n\n```report\n1:1 no\n```\n");
    assert_eq!(shown, ("1 example, 0 failed\n".to_owned(), Some(0)));
}

#[test]
fn a_page_may_begin_with_a_section() {
    let text = "---\nmatch: {find: 甲}\n---\n\n## own\n\nNo 甲,\nnever.\n\n## Examples\n";
    let (page, mistakes) = Page::parse("rules", "own", CorpusPath::new("own.md").expect("a path"), text);
    assert_eq!((page.summary(Language::English), mistakes.len()), ("No 甲, never.", 0));
}

#[test]
fn what_the_manual_shows_works() {
    let text = fs::read_to_string(repository().join("docs/writing-rules.md")).expect("the manual");
    for (_, name) in Place::ALL {
        assert!(
            text.contains(&format!("`{name}`")) || text.contains(&format!("{{{name}:")),
            "{name} is not in the manual"
        );
    }
    let path = |name: &str| CorpusPath::new(name).expect("a path");
    let source = std::sync::Arc::new(Source::new(path("writing-rules.md"), text));
    let manual = Document::parse(FileId(0), source, Flavor::GitHub);
    let (mut entries, mut pages) = (0, 0);
    for fence in &manual.facts.fences {
        let content = manual.source.slice(fence.content);
        match fence.info.as_str() {
            "yaml" => {
                entries += 1;
                let text = "Foobar `foo-cli`\n\n用密码登陆账号，公元2025年，帐号。price\n";
                let job = memory([("rubrica.yaml", content), ("a.md", text)]);
                let found = lines(&job, &check(&job).expect("a root"));
                assert!(!found.iter().any(|line| line.contains("invalid-configuration")), "{found:?}");
                let own = job.catalogue.named("own");
                for name in own {
                    assert!(found.iter().any(|line| line.contains(&format!(" {name} "))), "{name}: {found:?}");
                }
            }
            "markdown" => {
                pages += 1;
                let (page, mistakes) = Page::parse("rules", "project-name", path("project-name.md"), content);
                assert!(mistakes.is_empty(), "{mistakes:?}");
                let mut catalogue = catalogue();
                std::sync::Arc::make_mut(&mut catalogue).add(page.clone());
                let verdicts = examples::run(&catalogue, &page).expect("examples run in memory");
                assert_eq!(verdicts.len(), 2);
                assert!(verdicts.iter().all(|verdict| verdict.failures.is_empty()), "{verdicts:?}");
            }
            _ => {}
        }
    }
    assert_eq!((entries, pages), (2, 1));
}

#[test]
fn a_replacement_may_hold_the_word_it_replaces() {
    let rule = |fix: &str| format!("rules: {{own: {{match: {{find: [甲, 丙], fix: \"{fix}\"}}}}}}\n");
    assert_eq!(fixed(&rule("{match}乙"), "甲和丙\n", Safety::Unsafe), "甲乙和丙乙\n");
    assert_eq!(
        own("{find: 甲, fix: $1乙}", "甲\n"),
        ["rubrica.yaml:3:27 invalid-configuration the pattern has no group `1`"]
    );
}
