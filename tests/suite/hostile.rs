//! What a stranger may send: it ends in a finding or in silence, never in a crash or a hang.

use std::{fs, path::Path};

use rubrica::{
    engine::{Fixed, check},
    finding::Safety,
    report::{Format, Report, Style},
};

use crate::support::{findings, folder, in_time, json, lines, memory, repaired, rubrica, stderr, stdout};

fn report_of(bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), bytes).expect("a file");
    let output = in_time("a file", || rubrica(folder.path(), &["check", "--format", "concise"]));
    assert!(output.status.code().is_some_and(|code| code <= 2), "{output:?}");
    stdout(&output).lines().map(str::to_owned).collect()
}

#[test]
fn bytes_that_are_no_text() {
    assert_eq!(report_of(b"# a\n\xFF\xFE\n"), ["a.md:1:1: error[unreadable-file] not read: byte 4 is not UTF-8"]);
    assert_eq!(report_of(b"\xFF\xFEa\0"), ["a.md:1:1: error[unreadable-file] not read: the file is UTF-16"]);
    assert_eq!(
        report_of(b"# a\0\n"),
        ["a.md:1:1: error[unreadable-file] not read: the file holds a NUL byte, so it is no text"]
    );
    let line = vec![b'a'; 50_000_000];
    assert_eq!(report_of(&line), ["a.md:1:1: error[unreadable-file] not read: 50000000 bytes, more than 4194304"]);
}

#[test]
fn what_is_looked_for_behind_a_broken_anchor_takes_one_look() {
    for text in ["<h1 <!--", "<h1 ", "<h1>", "<!-- ", "<h1><!-- -->", "8<- ", "--8<-- ", "import x from ", "\nimport '"]
    {
        let text = format!("[a](#b)\n\n{}\n", text.repeat(1_000_000 / text.len()));
        in_time("a broken anchor", || findings([("a.md", text.as_str())]));
    }
}

#[test]
fn what_a_site_puts_into_a_page_takes_one_look() {
    let config = ("docs/.vitepress/config.mts", "export default {}");
    for text in
        ["<<< ./x/none.js\n", "<!--@include: ./none.md-->", "   <<<", "<!--  ", "# a {#x}\n\n# b {#y}\n\n<b>\n\n"]
    {
        let text = text.repeat(400_000 / text.len());
        in_time("a page", || findings([config, ("docs/a.md", text.as_str()), ("docs/x/there.js", "")]));
    }
}

#[test]
fn what_cannot_be_read_moves_no_finding() {
    let numbers = "[x](none.md)\n\n# 1. a\n\nx\n\n# 2. b\n\nx\n\n# 2. c\n\n的的确确，我们我们。\n";
    let texts =
        [("a.md", b"\0".to_vec()), ("b.md", numbers.into()), ("c.md", b"\0".to_vec()), ("d.md", numbers.into())];
    let job = memory(texts);
    let outcome = check(&job).expect("a root");
    let found = lines(&job, &outcome);
    assert_eq!(found.len(), 8, "{found:#?}");
    for path in
        ["b.md:1:5 broken-link", "b.md:11:3 misnumbered-section", "b.md:13:6 repeated-word", "d.md:13:6 repeated-word"]
    {
        assert!(found.iter().any(|line| line.starts_with(path)), "{path}: {found:#?}");
    }
    let fixed = repaired(&job, Safety::Safe);
    let rewritten = fixed.units.iter().flat_map(|unit| &unit.files).map(|rewrite| rewrite.path.as_str());
    assert_eq!(rewritten.collect::<Vec<_>>(), ["b.md", "d.md"]);
}

#[test]
fn long_and_deep_texts() {
    let many = |piece: &str, times: usize| piece.repeat(times);
    let texts = [
        ("one long line", many("字", 1_300_000)),
        ("nested quotes", many("> ", 100_000)),
        ("nested brackets", many("[", 100_000)),
        ("closed brackets", many("[", 50_000) + &many("]", 50_000)),
        ("nested wikilinks", many("[[", 50_000)),
        ("links", many("[a](b)", 20_000)),
        ("open links", many("[a](", 50_000)),
        ("headings of one text", many("# a\n", 20_000)),
        ("fences before numbers", many("```\n```\n", 60_000) + &many("section\u{3000}, section 1\n", 80_000)),
        ("headings of one number", many("## 1. a\n", 20_000)),
        ("headings counting on", (0..20_000).map(|n| format!("## {}. a\n", n * 2 % 97)).collect()),
        ("dotted headings", (1..20_000).map(|n| format!("## {}.{} a\n", n % 89 + 1, n % 7 + 1)).collect()),
        (
            "dotted headings without the first",
            "## 0. a\n### 0.1 a\n".to_owned()
                + &(1..6_000).map(|n| format!("## {n}. a\n### {n}.2 a\n### {n}.3 a\n")).collect::<String>(),
        ),
        (
            "equal headings, and as many places that point at them",
            "## 1. a\n".repeat(10_000) + &"见第 1 节\n".repeat(10_000),
        ),
        ("one line that points and points", "# 1. a\n# 2. b\n".to_owned() + &"见第 3 章 ".repeat(10_000)),
        ("equations that are nowhere", "# 1 甲\n\n式 1\n\n式 2\n\n".to_owned() + &"见式 5。\n".repeat(40_000)),
        (
            "numbers in brackets",
            "# 1 甲\n\n式 1\n\n式 2\n\n见式 5。\n".to_owned() + &many("(1 ", 100_000) + &many(") ", 100_000),
        ),
        (
            "appendices that are nowhere",
            "# Appendix A\n# Appendix B\n".to_owned() + &"# x\n".repeat(20_000) + &"see Appendix G.\n".repeat(20_000),
        ),
        ("captions that repeat", "图 3 a\n\n如图 4 所示\n\n".repeat(5_000)),
        ("captions with hyphens", "图 3-1 a\n\n如图 3-1～3-2 所示，见图 3-1。\n\n".repeat(5_000)),
        ("a gap to the end of the numbers", "## 1. a\n## 2. b\n## 3. c\n## 99999999. d\n".to_owned()),
        ("broken links", (0..20_000).map(|n| format!("[a](missing-{n}.md) ")).collect()),
        (
            "broken anchors",
            "# heading\n".repeat(2_000) + &(0..20_000).map(|n| format!("[a](#headinh-{n}) ")).collect::<String>(),
        ),
        ("comments", many("<!-- rubrica-disable-next-line -->\n", 20_000)),
        ("open comments", many("<!--", 50_000)),
        ("tags", many("<a id='x' ", 20_000)),
        ("hash marks", many("#a ", 100_000)),
        ("percent signs", many("%%", 100_000)),
        ("emphasis", many("*a", 100_000)),
        ("open emphasis", many("**甲：", 50_000)),
        ("emphasis that does not work", many("**甲：**乙", 30_000)),
        ("emphasis astray", many("**甲**（乙）**", 30_000)),
        ("blanks in emphasis", many("** 甲 ** ", 30_000)),
        ("open brackets", many("（", 100_000)),
        ("closing brackets", many("）", 100_000)),
        ("brackets that cross widths", many("（甲) (乙）", 30_000)),
        ("labels in brackets", many("（原因：1）甲；2）乙；", 20_000) + "）丙）"),
        ("escaped brackets", many("\\(（a", 30_000) + &many("）) $（x", 30_000)),
        ("brackets across blocks", many("（甲\n\n", 20_000) + &many("乙）\n\n", 20_000)),
        ("brackets and URLs", many("（<https://a.b/c）> ", 20_000)),
        ("labels", many("1）", 100_000)),
        ("quotation marks", many("”甲“", 50_000)),
        ("closing quotation marks", many("”", 100_000) + &many("“", 100_000)),
        ("invisible characters", many("\u{200B}", 100_000)),
        ("directions", many("\u{202E}a", 100_000)),
        ("lost characters", many("锟斤拷â€", 50_000)),
        ("backticks", many("`", 100_000) + "甲"),
        ("a backtick per line", many("甲`\n\n", 30_000)),
        ("links that nothing closes", many("[甲乙](https://a.b ", 30_000)),
        ("links with wide parentheses", many("[甲乙]（https://a.b） ", 30_000)),
        ("marks that are the same", many("”甲乙”", 50_000)),
        ("URLs that go on", many("https://a.b，", 50_000)),
        ("URLs in angle brackets", many("<https://a.b/c。>", 30_000)),
        ("rows too long", "|a|b|\n|-|-|\n".to_owned() + &many("|a|b|c|\n", 30_000)),
        ("rows of dashes", many("|---|---|\n", 30_000)),
        ("lines that are no headings", many("##甲\n", 50_000)),
        ("lines that are no list", many("1.甲\n", 50_000)),
        ("fences", many("> ```\n\n", 20_000)),
        ("tables", many("|a", 50_000) + "\n" + &many("|-", 50_000)),
        ("definitions", (0..20_000).map(|n| format!("[{n}]: x{n}.md\n")).collect()),
    ];
    let eighth = (4 << 20) / 8;
    let to_size = |piece: &str| piece.repeat(eighth / piece.len());
    let more = [
        ("brackets and parentheses", to_size("[[a]](")),
        ("hidden links", to_size("%% [a](b.md) ")),
        ("ids between comments", to_size("<!-- x --><a id='b'>\n\n")),
        ("comments on one line", to_size("x <!-- rubrica-disable-line broken-link --> ")),
        ("escaped dots", "# 1".to_owned() + &to_size("\\.1")),
        ("runs", (0..30_000).map(|n| format!("# {}. a{n}\n", n / 3 * 3 + [1, 2, 2][n % 3])).collect()),
        ("open regions", to_size("<!-- rubrica-disable broken-link -->\n\n[a](n.md)\n\n")),
        ("paths of headings", "# a\n".repeat(30_000) + &to_size("[[#a#a]] ")),
        ("empty headings", "#\n".repeat(60_000) + &to_size("[x](#xyz) ")),
        ("findings on one line", to_size("[a](none.md) ")),
        ("numbered paragraphs", to_size("（1）a\n\n")),
        ("ends of tags", "<div\n".to_owned() + &to_size(">")),
        ("tags", "<div>\n".to_owned() + &to_size("<b>图")),
        ("open parentheses in twin headings", "# 1. a\n# 1. b `".to_owned() + &to_size("(") + "`"),
        ("a list for each item", to_size("1. a\n2) b\n")),
        ("lists in lists", to_size(&("1. ".repeat(40) + "a\n"))),
        ("lists in lists that begin with 2", to_size(&("2. ".repeat(40) + "a\n"))),
        ("lists without order in lists", to_size(&("- ".repeat(40) + "1、a\n"))),
        ("lists in lists with gaps", (0..6_000).map(|n| "  ".repeat(n % 60) + &format!("{}. a\n", n * 2)).collect()),
        ("parents and prefixes", (1..60_000).map(|n| format!("# {n}. a\n## {n}.1 b\n")).collect()),
        (
            "a gap full of bare numbers",
            "# 1. a\n".to_owned() + &(2..120_000).map(|n| format!("# {n} a\n")).collect::<String>() + "# 120000. a\n",
        ),
        ("dotted numbers that take turns", (1..60_000).map(|n| format!("# {}.{n} a\n", n % 3)).collect()),
        (
            "tags that never close, and those that nothing opens",
            many("<a>\n\n", 60_000) + "## x\na\n\n## x\nb\n\n" + &many("<b>\n\n</c>\n\n</a>\n\n", 60_000),
        ),
        (
            "headings in elements",
            (0..30_000).map(|n| format!("# {n} a\n\n<a>\n\n## x\na\n\n</a>\n\n<a>\n\n## x\n\n")).collect(),
        ),
        ("comments that never end", "## x\na\n\n## x\nb\n\n".to_owned() + &many("<!--markdownlint-disable ", 100_000)),
        (
            "a tab full of rows",
            "=== \"a\" ".to_owned() + &many("*a* ", 100_000) + "\n    b\n" + &many("| a\nb\n", 100_000),
        ),
        ("a row of cells with backticks", "| a |\n|---|\n".to_owned() + &many("| ```a ", 100_000)),
        ("articles without end", (1..60_000).map(|n| format!("# a\n\n第{n}条 b\n\n")).collect()),
    ];
    for (what, text) in texts.into_iter().chain(more) {
        assert!(text.len() < 4 << 20, "{what}");
        in_time(what, || findings([("a.md", text.clone())]));
        in_time(what, || findings([("a.md", text), (".obsidian/app.json", "{}".to_owned())]));
    }
}

/// Each took longer than the limit once, since what one half of the text holds was gone through for each piece of the other.
#[test]
fn code_of_mdx_that_does_not_end() {
    let pieces = [
        "{", "<a ", "<a x={", "<a x={<b y='", "`{", "'\\'{", "{`\\`", "export a = {\n\n", "import x\n\n", "{/* ",
        "{}}", "<a x={}，", "<a x={(}",
    ];
    for piece in pieces {
        let text = format!("的确\n\n{}\n", piece.repeat(1_000_000 / piece.len()));
        let files = [("docusaurus.config.js", "export default {}"), ("docs/a.md", text.as_str())];
        in_time(piece, || findings(files));
    }
}

#[test]
fn many_of_one_beside_many_of_another() {
    let fill = |piece: &str| piece.repeat((3 << 19) / piece.len());
    let count = (3 << 19) / 16;
    let texts = [
        ("footnotes that nothing defines, on one line", fill("a[^1] ")),
        ("comments for a file, and what they silence", fill("<!-- rubrica-disable-file text -->\n\n[a](n.md)\n\n")),
        (
            "a comment that names very many rules",
            format!("<!-- rubrica-disable {}-->\n\n", fill("x, ")) + &fill("[b](n.md) "),
        ),
        (
            "regions, and what ends none of them",
            format!("<!-- rubrica-disable {}-->\n\n", fill("x "))
                + &format!("<!-- rubrica-enable {}-->\n\n", fill("y ")),
        ),
        ("definitions that lead nowhere", (0..count).map(|n| format!("[a{n}]: #\n")).collect()),
        ("a long title, and links to the top", "# ".to_owned() + &fill("a b ") + "\n\n" + &fill("[a](#) ")),
        ("links to other languages", fill("[a](#b) ") + "\n\n" + &fill("[en](#) ")),
        ("a long target, and definitions that do not count", format!("[a]: {}\n", fill("b")) + &fill("[a]: z\n")),
        ("ends of labels on one line", "[a]: b\n\n".to_owned() + &fill("]: ")),
        ("brackets of two widths in Latin text", fill("x (b） ")),
        ("brackets of two widths, nested", fill("a (") + &fill("b）")),
        ("a line in very many quotes, and lines behind it", fill("> ") + "a\n" + &fill("a\n")),
        ("dollar signs", fill("$ ")),
        ("signs of entities in an address", format!("<a href=\"{}\">x</a>\n", fill("&"))),
        (
            "numbers without their mark in a list",
            (0..60_000).map(|n| format!("{}. a\n{} b\n", 2 * n + 1, 2 * n + 2)).collect(),
        ),
        ("remarks behind pointers that nothing closes", "# 1. a\n# 2. b\n# 2. c\n\n".to_owned() + &fill("第3章（")),
        ("pointers that are joined", "# 1. a\n# 2. b\n# 2. c\n\n".to_owned() + &fill("第3章/")),
        ("numbers with hyphens, and particles", "# 1-1 a\n# 1-2 b\n# 1-2 c\n\n".to_owned() + &fill("1-1-1을")),
        ("marks of conflicts on one line", fill("<<<<<<< ")),
        (
            "lists with a number that stands twice",
            (0..30_000).map(|n| format!("# h{n}\n\n1. a\n2. b\n2. c\n4. d\n\n")).collect(),
        ),
        (
            "sections below a long title",
            format!("# 1. {}\n", fill("a")) + &(2..60_000).map(|n| format!("## {n}.1 b\n")).collect::<String>(),
        ),
        (
            "summaries, and steps in elements",
            (1..20_000)
                .map(|n| format!("## 第{n}章 总结\n\n<div>\n\n### 步骤 {n}\n\na\n\n</div>\n\n"))
                .collect::<String>()
                + "## 第3章 总结\n",
        ),
        (
            "a long section without a title, and others with its number",
            format!("# 第1节\n# 第2节\n\n{}\n\n", "。".repeat(5_000))
                + &(3..20_000)
                    .map(|n| format!("# 第{}节\n\na\n\n", if n % 6 == 0 { 2 } else { n }))
                    .collect::<String>(),
        ),
        ("lines behind whose labels a word joins on", (0..100_000).map(|n| format!("（{}）或\n", n % 3 + 2)).collect()),
        (
            "titles set off, under numbers of many other sections",
            "## 1. a\n".to_owned() + &(1..60_000).map(|n| format!("### 1.{n} -a\n### {n}.1 -a\n")).collect::<String>(),
        ),
        (
            "numbers that stand there in another form",
            (0..20_000).map(|n| format!("## {}. a\n### {}、b\n", 2 * n + 1, 2 * n + 2)).collect::<String>()
                + "## 40001. c\n## 40001. d\n",
        ),
        (
            "titles quoted behind numbers",
            (1..20_000).map(|n| format!("## {n}. title {n}\n")).collect::<String>()
                + "## 19999. a\n\n"
                + &"“19999. title 3”, 19999 title 4, step no. 19999, ".repeat(10_000),
        ),
        ("blanks before the destinations of images", fill("![] (")),
        ("full-width marks of images", fill("！[a]（")),
        ("calls that are closed full-width", fill("f（x)")),
        ("straight quotation marks before curved ones", fill("\"确”")),
        ("bold text that begins with a call", fill("**注意：")),
        ("schemes with a slip of the pen", fill("htps://")),
        ("schemes with a slip of the pen, in angle brackets", fill("<htps://")),
        ("places that are shared", (0..100_000).map(|n| format!("{}、a {}\n\n", n / 3 * 3 + 1, n / 3)).collect()),
        (
            "chapters whose last section stands first",
            (1..15_000).map(|n| format!("# {n}. a\n## {n}.3 a\n## {n}.1 a\n## {n}.2 a\n")).collect(),
        ),
        (
            "turns that may speak of a section",
            "# 1. a\n# 2. b\n# 2. c\n\n".to_owned() + &fill("前2节（2）部分2中所第V节"),
        ),
        ("sections whose numbers have no mark", "# a\n## 1 b\n## 2 c\n## 3 d\n## 5 e\n".repeat(40_000)),
    ];
    for (what, text) in texts {
        assert!(text.len() < 4 << 20, "{what}");
        in_time(what, || findings([("a.md", text)]));
    }
    let nested = ": ".to_owned() + &"> ".repeat(300_000) + "[a](gone.md)\n" + &"x\n".repeat(150_000);
    in_time("quotes in a definition", || findings([("a.md", nested), ("mkdocs.yml", "site_name: x\n".to_owned())]));
    let indented = "# a\n\n".to_owned() + &fill("    [a](a.md)\n");
    in_time("links in what is indented", || {
        findings([("docs/a.md", indented), ("docusaurus.config.js", String::new())])
    });
    let long = format!("## {} {{#x}}\n\n## cd\n\n", "ab ".repeat(150_000)) + &"[cd](#x) ".repeat(100_000);
    in_time("a long title, and links to it that say another one", || {
        findings([("docs/a.md", long), ("docusaurus.config.js", String::new())])
    });
    let marks = format!("# 1. ab{}\n\n", "!".repeat(1 << 20)) + &"[x](#2-ab) ".repeat(50_000);
    in_time("a title of marks, and links that have another number", || findings([("a.md", marks)]));
    let pages = (0..5_000).map(|n| (format!("{n}.md"), format!("# Page {n}x\n")));
    let others = [
        ("index.md".to_owned(), (0..5_000).map(|n| format!("[Page {n}x]({n}.md) ").repeat(2)).collect()),
        ("b.md".to_owned(), (0..5_000).map(|n| format!("[Page {n}x](a.md)\n\n")).collect()),
        ("a.md".to_owned(), "# zz\n\n".to_owned() + &fill("## b\n")),
    ];
    in_time("links that say titles and lead to a document with many others", || findings(pages.chain(others)));
    let sequences = "# x\n\n## 1. a\n\n## 2. b\n\n## 2. c\n\n".repeat(3_000);
    for (what, other) in [
        ("numbers in a document that names another one", "a.md\n\n".to_owned() + &"第2节\n".repeat(100_000)),
        ("numbers in a document that links to another one", "[a](a.md)\n\n".to_owned() + &"第2节\n".repeat(100_000)),
        ("names of another document", fill("a.md 3 ")),
        ("titles that nothing closes", fill("《a")),
    ] {
        in_time(what, || findings([("a.md", sequences.clone()), ("b.md", other)]));
    }
    let wide = fill("## １．あ\n\nこれは１節、ＡＢＣを見る。\n\n");
    let profile = ("rubrica.yaml", "text: {profile: ja}\n".to_owned());
    in_time("full-width labels, and text that speaks of them", || findings([("a.md", wide), profile]));
    let hidden = fill("%%a%%\n\n") + "%% rubrica-disable-next-line %%\n\n";
    in_time("hidden texts", || findings([("a.md", hidden), (".obsidian/app.json", "{}".to_owned())]));
}

/// Each took longer than the limit once, since what one file holds was gone through for each piece of the other.
#[test]
fn rules_of_which_a_text_holds_very_many_pieces() {
    let fill = |piece: &str| piece.repeat((3 << 19) / piece.len());
    let sentences = "{find: x, per: sentence, count: {min: 1}, where: table-cell}";
    let groups: String = (0..6_000).map(|n| format!("[a{n}, b{n}], ")).collect();
    let variants: String = (0..18_000).map(|n| format!("a{n}, ")).collect();
    let clauses = "{find: c, per: sentence, count: {max: 1}}, ".repeat(1_200) + "{find: x, where: link-target}";
    let cells = 60_000;
    let cases = [
        ("cells of a row", sentences.to_owned(), "|a".repeat(cells) + "\n" + &"|-".repeat(cells) + "\n"),
        ("groups of variants", format!("{{agree: [{groups}[c, d]]}}"), fill("c ")),
        ("variants of a group", format!("{{agree: [[{variants}c]]}}"), fill("c ")),
        (
            "clauses, and links that none of them is about",
            format!("[{clauses}]"),
            "c\n\n".to_owned() + &fill("[](a.md) "),
        ),
    ];
    for (what, clause, text) in cases {
        let files = [("rubrica.yaml", format!("rules: {{x: {{match: {clause}}}}}\n")), ("a.md", text)];
        let found = in_time(what, || findings(files));
        assert!(!found.iter().any(|line| line.contains("invalid-configuration")), "{what}: {:?}", found.first());
    }
}

#[test]
fn a_line_in_very_many_quotes_is_not_read() {
    let text = format!("# a\n\n{}a\n[x](none.md)\n", "> ".repeat(1_001));
    assert_eq!(
        findings([("a.md", text)]),
        ["a.md:1:1 unreadable-file not read: line 3 is nested deeper than 1000 quotes and lists"]
    );
}

#[test]
fn very_many_files_of_one_name() {
    let files = |text: fn(usize) -> String| (0..6_000).map(move |n| (format!("d{n}/a.md"), text(n)));
    in_time("notes", || findings(files(|_| "# x\n\n[[a]] [[b/a]]\n".to_owned())));
    let urls = |n| format!("# 1. a\n\n# 2. b\n\n# 2. c\n\nhttps://github.com/x/y/blob/main/d{n}/a.md#2-c\n");
    in_time("URLs that may name headings", || findings(files(urls)));
    let links = (0..6_000).map(|n| (format!("document-{n}.md"), format!("[a](documint-{n}.md)\n")));
    in_time("links to files that may be meant", || findings(links));
}

#[test]
fn very_many_values_of_a_field() {
    let config = "contracts: [{name: note, files: [\"*.md\"], fields: {y: {type: list, one_of: [abc]}}}]\n";
    let text = format!("---\ny: [{}abc]\n---\n# a\n", "ABC, ".repeat(15_000));
    let found = in_time("values", || findings([("rubrica.yaml", config.to_owned()), ("a.md", text)]));
    assert_eq!(found.len(), 15_000);
}

/// What is read of a glob nests, and so does what is made of that.
#[test]
fn nested_globs_are_refused() {
    let nested = format!("{}{}", "{a,".repeat(20_000), "}".repeat(20_000));
    let found =
        findings([("rubrica.yaml", format!("files: {{exclude: [\"{nested}\"]}}\n")), ("a.md", "# a\n".to_owned())]);
    assert!(found[0].contains("is no glob: it has 80000 bytes, more than 1024") && found[0].len() < 2_000, "{found:?}");
    let folder = folder(&[("a.md", "# a\n"), ("b/.gitignore", &nested)]);
    let output = rubrica(folder.path(), &["check", "--format", "concise", "--root", "."]);
    assert_eq!(
        stdout(&output),
        "b:1:1: error[unreadable-file] not read: line 1 of its `.gitignore` has more than 1024 bytes\n"
    );
}

/// Each of these does harm, and to find that out takes a trial for each.
#[test]
fn very_many_harmful_fixes() {
    let files = [
        ("rubrica.yaml", "rules: {x: {fix: safe, match: {pattern: 'fo+', fix: '{match}o'}}}\n".to_owned()),
        ("a.md", "foo ".repeat(2_000)),
    ];
    let fixed = in_time("fix", || repaired(&memory(files), Safety::Unsafe));
    assert_eq!(fixed.outcome.findings.len(), 2_000);
}

#[test]
fn fixing_many_numbers_at_once() {
    let text: String = (0..1_800).map(|n| format!("## {}. a{n}\n", if n % 10 == 0 { n + 2 } else { n + 1 })).collect();
    let job = memory([("a.md", text)]);
    let fixed = in_time("fix", || repaired(&job, Safety::Unsafe));
    assert_eq!(lines(&job, &fixed.outcome), [] as [String; 0]);
}

/// Each of these took very long once: what changes one anchor was looked for among all, or each repair took a trial for
/// every halving of the others.
#[test]
fn very_many_repairs() {
    let sequence = "# x\n\n## 1. a\n\n## 2. b\n\n## 2. c\n\n";
    let fixed = |what: &str, files: Vec<(String, String)>| in_time(what, || repaired(&memory(files), Safety::Unsafe));
    let repaired = |fixed: &Fixed| fixed.units.iter().map(|unit| unit.repaired).sum::<usize>();
    let of = |text: String| vec![("a.md".to_owned(), text)];
    let equal = fixed("equal headings", of(sequence.repeat(3_000)));
    assert_eq!((repaired(&equal), equal.is_unfinished), (3_000, false));
    // Each repair changes the link, so there is one in each trial, and a long text gets few of these.
    let rest = format!("[x](#2-c-119)\n\n```\n{}\n```\n", "x".repeat(150_000));
    let linked = fixed("equal headings, and a link to one", of(sequence.repeat(120) + &rest));
    assert_eq!((repaired(&linked), linked.is_unfinished), (96, true));
    let alike = fixed("headings that would be the same", of("##甲\n".repeat(15_000)));
    assert_eq!((repaired(&alike), alike.is_unfinished), (1, false));
    let notes = (0..1_500).map(|n| (format!("Notebook{n}.md"), "# x\n".to_owned()));
    let slips = (0..1_500).map(|n| format!("[[Notebok{n}]]\n")).collect();
    let notes = notes.chain([("a.md".to_owned(), slips), (".obsidian/app.json".to_owned(), "{}".to_owned())]);
    assert_eq!(repaired(&fixed("slips", notes.collect())), 1_500);
}

/// Names of any length are compared, and of very many long ones some.
#[test]
fn very_long_names() {
    let title = |n: usize| format!("{}{n}", "abcdefghij".repeat(100));
    let headings: String = (0..300).map(|n| format!("## {}\n\n", title(n))).collect();
    let links: String = (0..100).map(|n| format!("[x](#{}x)\n", title(n))).collect();
    let found = in_time("long names", || findings([("a.md", headings + &links)]));
    assert_eq!(found.len(), 100);
}

/// What is not looked for is told.
#[test]
fn patterns_that_run_on() {
    let rules: String = (0..300).map(|n| format!("  r{n}: {{match: {{pattern: '.*fox.*'}}}}\n")).collect();
    let text = "the quick brown fox jumps over the lazy dog\n".repeat(300);
    let files = [("rubrica.yaml", format!("rules:\n{rules}")), ("a.md", format!("# a\n\n{text}"))];
    let found = in_time("patterns", || findings(files));
    assert!(found[0].starts_with("a.md:1:1 costly-pattern not looked for here"), "{found:#?}");
    let unchecked = found[0].rsplit_once(" and ").and_then(|(_, end)| end.split(' ').next()?.parse::<usize>().ok());
    assert_eq!(unchecked.map(|more| more + 5 + found.len() - 1), Some(300), "{found:#?}");
}

/// Whoever sends the text chooses its tags, and each of these becomes the same one.
#[test]
fn very_many_spellings_of_a_tag() {
    let spelling = |n: usize| -> String {
        let letters = ('a'..='p').enumerate();
        letters.map(|(at, c)| if n >> at & 1 == 1 { c.to_ascii_uppercase() } else { c }).collect()
    };
    let config =
        "contracts: [{name: note, files: [\"*.md\"], tags: {from: front-matter, vocabulary: [abcdefghijklmnop]}}]\n";
    for last in ["", ", abcdefghijklmnop"] {
        let tags = (1..4_000).map(spelling).collect::<Vec<_>>().join(", ");
        let files = [("rubrica.yaml", config.to_owned()), ("a.md", format!("---\ntags: [{tags}{last}]\n---\n# a\n"))];
        let found = in_time("check", || findings(files.clone()));
        assert_eq!(found.len(), 3_999);
        let fixed = in_time("fix", || repaired(&memory(files), Safety::Unsafe));
        assert_eq!(fixed.outcome.findings.len(), 0);
    }
}

#[test]
fn very_many_folders() {
    let book = "## 第一章 甲\n\n见第九章。\n\n## 第二章 乙\n\n好。\n";
    let found = in_time("chapters beside each", || findings((0..16_000).map(|n| (format!("f{n}/a.md"), book))));
    assert_eq!(found.iter().filter(|line| line.contains("dangling-section-reference")).count(), 16_000);
}

#[test]
fn yaml_bombs() {
    let laughs: String = ["a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned()]
        .into_iter()
        .chain((b'b'..=b'i').map(|c| {
            let (own, before) = (char::from(c), char::from(c - 1));
            format!("{own}: &{own} [{}]\n", vec![format!("*{before}"); 9].join(","))
        }))
        .collect();
    let texts = [
        ("billion laughs", laughs),
        ("one anchor, many aliases", format!("a: &a [{}]\nb: [{}]\n", "x,".repeat(5_000), "*a,".repeat(5_000))),
        ("nested flow", "a: ".to_owned() + &"[".repeat(20_000)),
        ("nested blocks", "- ".repeat(200_000)),
        ("nested maps", (0..12_000).map(|n| format!("{}a:\n", " ".repeat(n.min(200)))).collect()),
        ("many keys", (0..200_000).map(|n| format!("k{n}: 1\n")).collect()),
        ("open quote", "a: \"".to_owned() + &"x".repeat(100_000)),
    ];
    for (what, yaml) in texts {
        let lines = in_time(what, || findings([("a.md", format!("---\nk: v\n{yaml}\n---\ntext\n"))]));
        // The blocks would be lists, were they no header.
        let of_header =
            lines.iter().all(|line| line.contains("invalid-front-matter") || line.contains("nested deeper"));
        assert!(of_header, "{what}: {lines:?}");
        in_time(what, || findings([("rubrica.yaml", yaml), ("a.md", "# a\n".to_owned())]));
    }
}

#[test]
fn links_out_of_the_root_are_neither_followed_nor_confirmed() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("root");
    fs::create_dir(&root).expect("a folder");
    fs::write(folder.path().join("secret.md"), "# secret\n").expect("a file");
    fs::write(root.join("a.md"), "[a](../secret.md) [b](../none.md) [c](../../../../etc/passwd)\n").expect("a file");
    let output = rubrica(&root, &["check", "--format", "concise", "--root", "."]);
    assert_eq!(
        stdout(&output),
        "a.md:1:5: warning[link-outside-root] `../secret.md` leads outside the root\n\
         a.md:1:23: warning[link-outside-root] `../none.md` leads outside the root\n\
         a.md:1:39: warning[link-outside-root] `../../../../etc/passwd` leads outside the root\n"
    );
}

#[cfg(unix)]
#[test]
fn odd_files() {
    use std::os::unix::{ffi::OsStrExt, fs::symlink};
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("x.md")).expect("a folder");
    fs::write(path("x.md/inner.md"), "# inner\n").expect("a file");
    symlink("loop2.md", path("loop1.md")).expect("a link");
    symlink("loop1.md", path("loop2.md")).expect("a link");
    symlink(".", path("self")).expect("a link");
    symlink("/etc/passwd", path("passwd.md")).expect("a link");
    symlink("gone.md", path("dangling.md")).expect("a link");
    fs::write(
        path("a.md"),
        "[x](x.md) [l](loop1.md#a) [s](self/self/self/a.md) [p](passwd.md#root) [d](dangling.md)\n",
    )
    .expect("a file");
    fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"bad\xFF.md")), "# a\n").expect("a file");
    let output = in_time("odd files", || rubrica(folder.path(), &["check", "--format", "concise", "--root", "."]));
    let report = stdout(&output);
    assert!(!report.contains("passwd") && !report.contains("internal-error"), "{report}");
    // A link that leads nowhere is nothing.
    let is_meant = |line: &str| line.contains("unreadable-file") || line.contains("`dangling.md` does not exist");
    assert!(report.lines().all(is_meant), "{report}{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_a_finding() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a.md", "# a\n")]);
    fs::set_permissions(folder.path().join("a.md"), fs::Permissions::from_mode(0o000)).expect("a mode");
    if fs::read(folder.path().join("a.md")).is_ok() {
        eprintln!("skipped: permissions do not bind this user");
        return;
    }
    let output = rubrica(folder.path(), &["check", "--format", "concise", "--root", "."]);
    assert_eq!(stdout(&output), "a.md:1:1: error[unreadable-file] not read: permission denied\n");
}

/// What a run says of a folder whose files lead out of it.
#[cfg(unix)]
#[test]
fn no_file_outside_the_root_is_read() {
    use std::os::unix::fs::symlink;
    let secret = "token: ghp_SECRET\nrules: [ghp_SECRET]\n\"ghp_SECRET\"\n";
    let configs = [
        ("rubrica.yaml", ""),
        (".rubrica-baseline.json", ""),
        ("schema.json", "contracts: {a: {schema: schema.json}}\n"),
        ("words.yaml", "tags: {vocabulary: words.yaml}\n"),
        ("pages/own.md", "rule_pages: [pages]\n"),
        ("mkdocs.yml", ""),
    ];
    for (name, config) in configs {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("root");
        fs::create_dir_all(root.join("pages")).expect("a folder");
        fs::write(folder.path().join("secret"), secret).expect("a file");
        fs::write(root.join("a.md"), "# a\n").expect("a file");
        if !config.is_empty() {
            fs::write(root.join("rubrica.yaml"), config).expect("a file");
        }
        let target = if name.contains('/') { "../../secret" } else { "../secret" };
        symlink(target, root.join(name)).expect("a link");
        for command in ["check", "rules", "config", "test"] {
            let output = rubrica(&root, &[command, "--root", "."]);
            assert!(!(stdout(&output) + &stderr(&output)).contains("ghp_"), "{name} {command}: {output:?}");
        }
        if name == "rubrica.yaml" {
            let output = rubrica(&root, &["check", "--root", "."]);
            assert!(stderr(&output).contains("`rubrica.yaml`: ") && output.status.code() == Some(2), "{output:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn ignore_files_that_are_none() {
    use std::os::unix::fs::symlink;
    for name in [".ignore", ".gitignore"] {
        let folder = tempfile::tempdir().expect("a folder");
        let sub = folder.path().join("sub");
        fs::create_dir(&sub).expect("a folder");
        fs::write(sub.join("a.md"), "# a\n").expect("a file");
        fs::write(folder.path().join("b.md"), "# b\n").expect("a file");
        symlink("/dev/zero", sub.join(name)).expect("a link");
        let run = || {
            let output = in_time(name, || rubrica(folder.path(), &["check", "--format", "concise", "--root", "."]));
            (stdout(&output), output.status.code())
        };
        let (report, _) = run();
        assert_eq!(
            report,
            format!("sub:1:1: error[unreadable-file] not read: its `{name}` leads out of the repository\n")
        );
        fs::remove_file(sub.join(name)).expect("a file");
        fs::write(sub.join(name), "*a?b*c*\n".repeat(100_000)).expect("a file");
        assert!(run().0.contains("more than"), "{:?}", run());
        fs::write(sub.join(name), "*a?b*c*\n".repeat(60_000)).expect("a file");
        assert_eq!(run(), (String::new(), Some(0)));
        symlink("/dev/zero", folder.path().join(name)).expect("a link");
        assert_eq!(run().1, Some(2));
        // One that leads to another file of the corpus is an ordinary one.
        fs::remove_file(folder.path().join(name)).expect("a file");
        fs::write(folder.path().join("shared"), "sub\n").expect("a file");
        symlink("shared", folder.path().join(name)).expect("a link");
        assert_eq!(run(), (String::new(), Some(0)));
    }
}

#[cfg(unix)]
#[test]
fn reports_are_not_written_through_links() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("root");
    fs::create_dir(&root).expect("a folder");
    fs::write(folder.path().join("victim"), "mine").expect("a file");
    fs::write(root.join("a.md"), "# a\n").expect("a file");
    std::os::unix::fs::symlink("../victim", root.join("rubrica.sarif")).expect("a link");
    let args = ["check", "--root", ".", "--output", "json=no/such/x", "--output", "sarif=rubrica.sarif"];
    let output = rubrica(&root, &args);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("`no/such/x`"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(folder.path().join("victim")).expect("a file"), "mine");
    drop(json(&fs::read_to_string(root.join("rubrica.sarif")).expect("the other report is written all the same")));
    let output = rubrica(&root, &["check", "--root", ".", "--quiet", "--output", "json=/dev/stdout"]);
    drop(json(&stdout(&output)));
}

#[cfg(unix)]
#[test]
fn folders_of_pages_that_link_to_themselves() {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = folder.path().join("rules");
    fs::create_dir(&rules).expect("a folder");
    fs::write(rules.join("own.md"), "---\nmatch: {find: a}\n---\n").expect("a file");
    for name in ["a", "b"] {
        std::os::unix::fs::symlink(".", rules.join(name)).expect("a link");
    }
    let output = in_time("pages", || rubrica(folder.path(), &["test", "rules"]));
    assert!(stdout(&output).contains("0 examples"), "{output:?}");
}

/// Nothing that a terminal acts on, and no command of a CI runner.
fn assert_harmless(text: &str) {
    assert_harmless_but_for(text, &[]);
}

/// The same, with the workflow commands that are ours.
fn assert_harmless_but_for(text: &str, commands: &[&str]) {
    for c in text.chars() {
        assert!(!c.is_control() || c == '\n', "{c:?} in {text:?}");
        assert!(
            !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}'),
            "{c:?} in {text:?}"
        );
    }
    for line in text.lines() {
        assert!(!line.contains("##[") && !line.contains("##vso["), "{line:?}");
        let ours = commands.iter().any(|command| line.starts_with(&format!("::{command}")));
        assert!(ours || !line.trim_start().starts_with("::"), "{line:?}");
    }
}

#[cfg(unix)]
#[test]
fn names_and_texts_cannot_reach_the_terminal_raw() {
    let evil = "\u{1b}]0;x\u{7}\u{1b}[31m\u{202E}##[error]x##vso[task]\u{85}\u{9b}";
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let body = format!("# {evil}\n\n[{evil}](<{evil}.md>)\n\n[x](<::error::x>) [[b#{evil}]]\n\n# {evil}\n");
    fs::write(root.join("a.md"), &body).expect("a file");
    fs::write(root.join("b.md"), "# b\n").expect("a file");
    fs::write(root.join("::error file=x::y\n::warning::\u{1b}[2J##[group].md"), &body).expect("a file");
    fs::write(root.join("rubrica.yaml"), format!("\"{}\": 1\nrules:\n  \"##[x]\": off\n", "::set-env name=x::\\e[31m"))
        .expect("a file");
    let formats = [
        ("terminal", &[][..]),
        ("concise", &[]),
        ("json", &[]),
        ("json-lines", &[]),
        ("sarif", &[]),
        ("gitlab", &[]),
        ("junit", &[]),
        ("checkstyle", &[]),
        ("rdjson", &[]),
        ("markdown", &[]),
        // Properties end at the first `::`, so no text of others can stand before it.
        ("github", &["error file=", "warning file=", "notice ", "group::rubrica", "endgroup::"]),
    ];
    for (format, commands) in formats {
        let args = ["check", "--format", format, "--verbose", "--root", ".", "--color", "never"];
        let output = rubrica(root, &args);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        let report = stdout(&output);
        assert!(report.len() > 100, "{}", stderr(&output));
        assert_harmless_but_for(&report, commands);
        assert_harmless(&stderr(&output));
        match format {
            "json" | "sarif" | "gitlab" | "rdjson" => drop(json(&report)),
            "json-lines" => report.lines().for_each(|line| drop(json(line))),
            "github" => report.lines().for_each(assert_own_properties),
            "markdown" => assert_eq!(tables(&report), [5], "{report}"),
            _ => {}
        }
    }
    let group = root.join("pages/ev\u{1b}[31mil\n::error::x");
    fs::create_dir_all(&group).expect("a folder");
    fs::write(group.join("my-rule.md"), "---\nmatch: {find: a}\n---\n").expect("a file");
    fs::write(root.join("rubrica.yaml"), "rule_pages: [pages]\n").expect("a file");
    for args in [&["rules"][..], &["explain", "my-rule"], &["config", "a.md"], &["test"], &["baseline"], &["fix"]] {
        let output = rubrica(root, args);
        assert_harmless(&stdout(&output));
        assert_harmless(&stderr(&output));
    }
    for args in
        [vec!["check", "::error::x\n::y.md"], vec!["check", "--only", "\u{1b}[31m"], vec!["explain", "::x\u{1b}"]]
    {
        let output = rubrica(root, &args);
        assert_eq!(output.status.code(), Some(2));
        assert_harmless(&stderr(&output));
    }
}

/// A workflow command has the properties that we gave it and no others.
fn assert_own_properties(line: &str) {
    let Some((command, _)) = line.strip_prefix("::").and_then(|rest| rest.split_once("::")) else { return };
    let Some((_, properties)) = command.split_once(' ') else { return };
    let keys: Vec<&str> = properties.split(',').filter_map(|property| Some(property.split_once('=')?.0)).collect();
    let ours: [&[&str]; 3] =
        [&["file", "line", "endLine", "col", "endColumn", "title"], &["file", "line", "endLine", "title"], &["title"]];
    assert!(ours.contains(&&*keys), "{line}");
}

/// How many cells the rows of a Markdown page's tables have; each number once.
fn tables(page: &str) -> Vec<usize> {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let mut cells = std::collections::BTreeSet::new();
    let mut count = 0;
    for event in Parser::new_ext(page, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableRow | Tag::TableHead) => count = 0,
            Event::Start(Tag::TableCell) => count += 1,
            Event::End(TagEnd::TableRow) => drop(cells.insert(count)),
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => panic!("a link in {page}"),
            _ => {}
        }
    }
    cells.into_iter().collect()
}

#[test]
fn twenty_thousand_findings_in_one_file() {
    let text: String = (0..20_000).map(|n| format!("中文文字与 [链接](缺失-{n}.md) 在此。\n")).collect();
    let job = memory([("a.md", text)]);
    let outcome = check(&job).expect("a root");
    assert_eq!(outcome.findings.len(), 20_000);
    let report = Report {
        outcome: &outcome,
        summary: outcome.summary(),
        catalogue: &job.catalogue,
        style: Style { cap: usize::MAX, ..Style::default() },
    };
    let mut out = Vec::new();
    in_time("rendering", || report.write(Format::Terminal, &mut out).expect("a buffer"));
    assert!(out.len() > 20_000 * 100);
}

#[test]
fn the_pipeline_reports_what_a_page_cannot_show() {
    // Every kind of unreadable file is above; here, that its words exist in both languages.
    let catalogue = crate::support::catalogue();
    for name in ["unreadable-file", "internal-error"] {
        assert!(catalogue.page(name).is_some_and(|page| !page.messages().is_empty()), "{name}");
    }
    assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/run").is_dir());
}

/// A page cannot hold one.
#[test]
fn control_characters_are_named() {
    let found = findings([("a.md", "# 甲\n\n退\u{8}格\n")]);
    assert_eq!(found, ["a.md:3:2 invisible-character U+0008 is a control character"]);
}

#[test]
fn control_characters_in_code_are_told_once_for_each_block() {
    let printed = "```\n\u{1B}[31ma\u{1B}[0m\n\u{1B}[32mb\u{1B}[0m\n```\n";
    let found = findings([("a.md", format!("\u{C}\n# a\n\n{printed}\nb\n\n{printed}"))]);
    let told = |line: u32| format!("a.md:{line}:1 invisible-character U+001B is a control character");
    assert_eq!(found, [told(5), told(12)]);
}
