//! `mv` and `rename-heading`: every link keeps leading where it leads, and no other byte changes.

use std::{collections::BTreeMap, fs};

use rubrica::{
    corpus::Resolution,
    document::Renderer,
    engine::{Fixed, Job, Named, Refused, check, relocate, rename_heading},
    source::CorpusPath,
};

use crate::support::{copy, folder, in_seconds, memory, repository, rubrica, stderr, stdout, write};

fn path(text: &str) -> CorpusPath {
    CorpusPath::new(text).expect("a path")
}

/// The files after a move.
fn moved(files: &[(&str, &str)], old: &str, new: &str) -> BTreeMap<String, String> {
    let plan = relocate(&memory(files.iter().copied()), &[(path(old), path(new))]).expect("it can be moved");
    let name = |name: &str| match name.strip_prefix(old) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => format!("{new}{rest}"),
        _ => name.to_owned(),
    };
    let mut out: BTreeMap<String, String> = files.iter().map(|(path, text)| (name(path), (*text).to_owned())).collect();
    out.extend(plan.files.iter().map(|rewrite| (rewrite.path.as_str().to_owned(), rewrite.after.to_string())));
    out
}

/// Where the links of a corpus lead, document by document.
fn goals(job: &Job) -> Vec<(String, Option<String>)> {
    let outcome = check(job).expect("a corpus");
    let corpus = &outcome.corpus;
    let all = corpus.documents.iter().flat_map(|document| {
        corpus.destinations(document).map(|destination| {
            let goal = match destination.resolution {
                Resolution::Found(target) => Some(format!("{} {:?}", target.path.as_str(), target.fragment)),
                _ => None,
            };
            (document.source.path.as_str().to_owned(), goal)
        })
    });
    all.collect()
}

#[test]
fn links_follow_a_document() {
    let files = [
        (
            "a.md",
            "[b](docs/b.md#用法) [raw](<docs/b.md>) [bare](docs/b) [x](docs/b.md?x=1) [[b]] [[docs/b|B]] [r]\n\n[r]: ./docs/b.md \"t\"\n",
        ),
        (
            "docs/b.md",
            "# 用法\n\n[a](../a.md) [c](c.md) [own](#用法) ![](图/x.png) <img src=\"图/x.png\"> [none](none.md)\n",
        ),
        ("docs/c.md", "[b](b.md) [root](/docs/b.md) <a href=\"b.md#用法\">b</a>\n"),
        ("docs/图/x.png", ""),
    ];
    let after = moved(&files, "docs/b.md", "手册/新 b.md");
    assert_eq!(
        after["a.md"],
        "[b](手册/新%20b.md#用法) [raw](<手册/新 b.md>) [bare](手册/新%20b) [x](手册/新%20b.md?x=1) [[新 b]] [[手册/新 b|B]] [r]\n\n[r]: ./手册/新%20b.md \"t\"\n"
    );
    assert_eq!(
        after["手册/新 b.md"],
        "# 用法\n\n[a](../a.md) [c](../docs/c.md) [own](#用法) ![](../docs/图/x.png) <img src=\"../docs/图/x.png\"> [none](none.md)\n"
    );
    assert_eq!(
        after["docs/c.md"],
        "[b](../手册/新%20b.md) [root](/手册/新%20b.md) <a href=\"../手册/新%20b.md#用法\">b</a>\n"
    );
}

/// Of a wikilink the target changes, and nothing that stands behind it.
#[test]
fn wikilinks_keep_what_they_show() {
    let files = [
        (".obsidian/app.json", ""),
        ("a.md", "# A\n\n## Use\n\ntext ^block\n"),
        (
            "b.md",
            "[[a|text]] [[a#Use|Use]] ![[a]] ![[a#^block]] [[f/c#C|c]]\n\n| [[a\\|t]] |\n|---|\n| ![[a\\|200]] |\n",
        ),
        ("f/c.md", "---\nup: \"[[a|A]]\"\n---\n# C\n"),
    ];
    let after = moved(&files, "a.md", "f/z.md");
    assert_eq!(
        after["b.md"],
        "[[z|text]] [[z#Use|Use]] ![[z]] ![[z#^block]] [[f/c#C|c]]\n\n| [[z\\|t]] |\n|---|\n| ![[z\\|200]] |\n"
    );
    assert_eq!(after["f/c.md"], "---\nup: \"[[z|A]]\"\n---\n# C\n");
    let after = moved(&files, "f", "g h");
    assert!(after["b.md"].contains("[[g h/c#C|c]]"), "{}", after["b.md"]);
}

/// In a wiki of GitHub the page stands behind the text, and blanks may stand for its hyphens.
#[test]
fn links_follow_a_page_of_a_wiki() {
    let files = [
        (
            "Home.md",
            "[[Price Signal]] [[the FAQ|FAQ]] [[FAQ|FAQ]] [[up|Price Signal#go-up]] [p](Price-Signal) [[Price-Signal]]\n",
        ),
        ("_Sidebar.md", "- [[Price Signal#Go up]]\n- [[FAQ|Home]]\n"),
        ("Price-Signal.md", "# Go up\n"),
        ("FAQ.md", "# FAQ\n"),
        ("more/Page.md", "[[Price Signal]]\n"),
    ];
    let after = moved(&files, "Price-Signal.md", "Cost-Signal.md");
    let home =
        "[[Cost Signal]] [[the FAQ|FAQ]] [[FAQ|FAQ]] [[up|Cost Signal#go-up]] [p](Cost-Signal) [[Cost-Signal]]\n";
    assert_eq!(after["Home.md"], home);
    assert_eq!(after["_Sidebar.md"], "- [[Cost Signal#Go up]]\n- [[FAQ|Home]]\n");
    assert_eq!(after["more/Page.md"], "[[Cost Signal]]\n");
    let after = moved(&files, "FAQ.md", "Questions.md");
    assert!(after["Home.md"].contains("[[the FAQ|Questions]] [[FAQ|Questions]]"), "{}", after["Home.md"]);
    assert_eq!(after["_Sidebar.md"], files[1].1);
    let after = renamed(&files, "Price-Signal.md", Named::Text("Go up"), "Rise");
    assert!(after["Home.md"].contains("[[up|Price Signal#rise]]"), "{}", after["Home.md"]);
    assert!(after["_Sidebar.md"].contains("[[Price Signal#Rise]]"), "{}", after["_Sidebar.md"]);
    let files = [("_Sidebar.md", "[[pic|logo.png]] [[the guide|Guide.md]]\n"), ("logo.png", ""), ("Guide.md", "x\n")];
    assert_eq!(moved(&files, "logo.png", "brand.png")["_Sidebar.md"], "[[pic|brand.png]] [[the guide|Guide.md]]\n");
    assert_eq!(moved(&files, "Guide.md", "Manual.md")["_Sidebar.md"], "[[pic|logo.png]] [[the guide|Manual.md]]\n");
    // What is shown is no page where nothing but a `Home.md` stands, nor where no wiki is.
    let areas = [
        ("Home.md", "[[areas/health/index|Health]] [[future idea|Alpha]]\n"),
        ("areas/health/index.md", "x\n"),
        ("x/Health.md", "x\n"),
        ("x/Alpha.md", "x\n"),
    ];
    for home in ["Home.md", "Start.md"] {
        let areas: Vec<_> = areas.map(|(path, text)| (if path == "Home.md" { home } else { path }, text)).into();
        assert_eq!(moved(&areas, "x", "y")[home], areas[0].1);
        assert_eq!(moved(&areas, "x/Alpha.md", "x/Gamma.md")[home], areas[0].1);
        let health = moved(&areas, "areas/health", "areas/body");
        assert_eq!(health[home], "[[areas/body/index|Health]] [[future idea|Alpha]]\n");
    }
    // Away from what shows that it is a wiki, nothing would show where this leads.
    let outside = [("wiki/Home.md", "[[A Page]]\n"), ("wiki/A-Page.md", "x\n")];
    assert!(relocate(&memory(outside), &[(path("wiki/Home.md"), path("Start.md"))]).is_err());
}

#[test]
fn links_follow_a_folder() {
    let files = [
        ("a.md", "[b](docs/b.md) [dir](docs/) [x](docs/x.png)\n"),
        ("docs/b.md", "[c](c.md) [a](../a.md)\n"),
        ("docs/c.md", "[b](b.md#none)\n"),
        ("docs/x.png", ""),
    ];
    let after = moved(&files, "docs", "site/guide");
    assert_eq!(after["a.md"], "[b](site/guide/b.md) [dir](site/guide/) [x](site/guide/x.png)\n");
    assert_eq!(after["site/guide/b.md"], "[c](c.md) [a](../../a.md)\n");
    assert_eq!(after["site/guide/c.md"], "[b](b.md#none)\n");
}

#[test]
fn links_follow_where_only_letter_case_changes() {
    let files = [("i.md", "[t](a/note.md)\n"), ("a/note.md", "x\n")];
    assert_eq!(moved(&files, "a/note.md", "a/Note.md")["i.md"], "[t](a/Note.md)\n");
    assert_eq!(moved(&files, "a", "A")["i.md"], "[t](A/note.md)\n");
}

#[test]
fn links_follow_from_the_folder_that_a_page_is_served_as() {
    for site in ["mkdocs.yml", "hugo.toml"] {
        let folder = if site == "mkdocs.yml" { "docs" } else { "content" };
        let at = |name: &str| format!("{folder}/{name}");
        let (a, b, c) = (at("a.md"), at("b.md"), at("c.md"));
        let files =
            [(site, ""), (&*a, "[b](../b/) [c](../c/#c) [file](b.md)\n"), (&*b, "[a](../a/)\n"), (&*c, "# c\n")];
        let after = moved(&files, &b, &at("s/b.md"));
        assert_eq!(after[&a], "[b](../s/b/) [c](../c/#c) [file](s/b.md)\n", "{site}");
        assert_eq!(after[&at("s/b.md")], "[a](../../a/)\n", "{site}");
    }
}

#[test]
fn links_follow_what_is_public_in_their_manner() {
    let files = [("a.md", "![](/public/img/x.png) ![](/img/x.png)\n"), ("public/img/x.png", "")];
    let after = moved(&files, "public/img/x.png", "public/img/y.png");
    assert_eq!(after["a.md"], "![](/public/img/y.png) ![](/img/y.png)\n");
}

#[test]
fn links_follow_the_index_of_a_folder_that_a_site_shows() {
    let files = [
        ("docs/.vitepress/config.ts", ""),
        ("docs/a.md", "[x](/guide/) [y](guide/)\n"),
        ("docs/guide/index.md", "x\n"),
        ("docs/guide/p.md", "p\n"),
    ];
    let after = moved(&files, "docs/guide/index.md", "docs/guide/start.md");
    assert_eq!(after["docs/a.md"], "[x](/guide/start) [y](guide/start)\n");
}

/// A path that Docusaurus reads from where its documents begin goes on from there, as long as it can.
#[test]
fn links_follow_from_where_documents_of_docusaurus_begin() {
    let files = [
        ("website/docusaurus.config.js", "docs: { path: '../docs' },\n"),
        ("docs/guide/a.md", "[b](other/b.md) [b](../other/b.md)\n"),
        ("docs/other/b.md", "x\n"),
    ];
    let text = |old: &str, new: &str, document: &str| moved(&files, old, new)[document].clone();
    let a = "docs/guide/a.md";
    assert_eq!(text("docs/other", "docs/more", a), "[b](more/b.md) [b](../more/b.md)\n");
    assert_eq!(text("docs/other/b.md", "b.md", a), "[b](../../b.md) [b](../../b.md)\n");
    assert_eq!(text(a, "docs/x/y/a.md", "docs/x/y/a.md"), "[b](other/b.md) [b](../../other/b.md)\n");
    assert_eq!(text(a, "a.md", "a.md"), "[b](docs/other/b.md) [b](docs/other/b.md)\n");
}

/// Docusaurus leaves out the numbers that order its pages: so do the links that do, and those to files keep them.
#[test]
fn links_follow_a_page_of_docusaurus_in_their_manner() {
    let files = [
        ("docusaurus.config.js", ""),
        (
            "docs/01-basics/01-intro.md",
            "[f](./02-setup.md) [p](./setup) [p](/docs/basics/setup#use) [t](../adv/tuning/)\n",
        ),
        ("docs/01-basics/02-setup.md", "## Use\n\n[p](intro) [f](./01-intro.md) [i](/docs/basics/)\n"),
        ("docs/01-basics/index.md", "---\nid: own\n---\n[@](@site/docs/01-basics/02-setup.md)\n"),
        ("docs/02-adv/01-tuning.md", "[p](../basics/intro) [f](../01-basics/01-intro.md) [id](../basics/own)\n"),
        ("README.md", "[f](docs/01-basics/02-setup.md) [post](/blog/2024/01/02/post)\n"),
        ("blog/2024-01-02-post.md", "x\n"),
    ];
    let after = moved(&files, "docs/01-basics/02-setup.md", "docs/02-adv/02-install.md");
    assert_eq!(
        after["docs/01-basics/01-intro.md"],
        "[f](./../02-adv/02-install.md) [p](./../adv/install) [p](/docs/adv/install#use) [t](../adv/tuning/)\n"
    );
    assert_eq!(
        after["docs/02-adv/02-install.md"],
        "## Use\n\n[p](../basics/intro) [f](./../01-basics/01-intro.md) [i](/docs/basics/)\n"
    );
    assert_eq!(after["docs/01-basics/index.md"], "---\nid: own\n---\n[@](@site/docs/02-adv/02-install.md)\n");
    let after = moved(&files, "docs/01-basics", "docs/03-start");
    assert_eq!(
        after["docs/02-adv/01-tuning.md"],
        "[p](../start/intro) [f](../03-start/01-intro.md) [id](../start/own)\n"
    );
    assert_eq!(after["docs/03-start/02-setup.md"], "## Use\n\n[p](intro) [f](./01-intro.md) [i](/docs/start/)\n");
    let after = moved(&files, "docs/02-adv/01-tuning.md", "docs/02-adv/05-tuning.md");
    assert!(after["docs/01-basics/01-intro.md"].ends_with("[t](../adv/tuning/)\n"));
    let after = moved(&files, "blog/2024-01-02-post.md", "blog/2024-03-04-other.md");
    assert!(after["README.md"].ends_with("[post](/blog/2024/03/04/other)\n"));
}

/// What begins with a word that the build of a site reads begins with it still, wherever the document goes.
#[test]
fn links_behind_a_word_of_the_build_follow() {
    let zola = [
        ("config.toml", "base_url = 'https://example.org'\n"),
        ("content/posts/a.md", "[b](@/posts/b.md#b) [b](/posts/b/)\n"),
        ("content/posts/b.md", "# B\n"),
    ];
    let after = moved(&zola, "content/posts/b.md", "content/old/c.md");
    assert_eq!(after["content/posts/a.md"], "[b](@/old/c.md#b) [b](/old/c/)\n");
    let after = moved(&zola, "content/posts/a.md", "content/a.md");
    assert_eq!(after["content/a.md"], "[b](@/posts/b.md#b) [b](/posts/b/)\n");
    let pelican = [
        ("pelicanconf.py", "PATH = 'text'\n"),
        ("text/posts/a.md", "[b]({filename}b.md) [b]({filename}/posts/b.md) ![](|static|/x.png) [t]({tag}t)\n"),
        ("text/posts/b.md", "x\n"),
        ("text/x.png", ""),
    ];
    let after = moved(&pelican, "text/posts/b.md", "text/old/b.md");
    assert_eq!(
        after["text/posts/a.md"],
        "[b]({filename}../old/b.md) [b]({filename}/old/b.md) ![](|static|/x.png) [t]({tag}t)\n"
    );
    let after = moved(&pelican, "text/posts/a.md", "text/a.md");
    assert_eq!(
        after["text/a.md"],
        "[b]({filename}posts/b.md) [b]({filename}/posts/b.md) ![](|static|/x.png) [t]({tag}t)\n"
    );
}

#[test]
fn links_to_an_index_follow() {
    let files = [
        ("a.md", "[x](b/index) [y](b/) [z](c)\n"),
        ("b/index.md", "x\n"),
        ("c.md", "[r](./README)\n"),
        ("README.md", "r\n"),
    ];
    assert_eq!(moved(&files, "a.md", "d/a.md")["d/a.md"], "[x](../b/index) [y](../b/) [z](../c)\n");
    assert_eq!(moved(&files, "b", "e")["a.md"], "[x](e/index) [y](e/) [z](c)\n");
    let after = moved(&files, "c.md", "c/index.md");
    assert_eq!((&*after["a.md"], &*after["c/index.md"]), ("[x](b/index) [y](b/) [z](c)\n", "[r](./../README)\n"));
}

/// `VitePress` follows no `..`, and shows `README.md` at `/README`, but for who rewrites paths; `VuePress` shows it for its
/// folder.
#[test]
fn links_to_an_index_of_vitepress_follow() {
    let files = |configuration| {
        [
            (configuration, "export default {}\n"),
            ("docs/it.md", "# T\n\n## Use\n"),
            ("docs/guide/a.md", "[x](../it#use) [y](../it) [z](../it.md)\n"),
            ("docs/b.md", "[z](it) [w](/it) [h](it.html)\n"),
        ]
    };
    let (press, other) = (files("docs/.vitepress/config.js"), files("docs/.vuepress/config.js"));
    let after = moved(&press, "docs/it.md", "docs/index.md");
    assert_eq!(after["docs/guide/a.md"], "[x](../#use) [y](../) [z](../index.md)\n");
    assert_eq!(after["docs/b.md"], "[z](./) [w](/) [h](index.html)\n");
    let back: Vec<(&str, &str)> = after.iter().map(|(path, text)| (&**path, &**text)).collect();
    let back = moved(&back, "docs/index.md", "docs/it.md");
    assert_eq!((&*back["docs/guide/a.md"], &*back["docs/b.md"]), (press[2].1, press[3].1));
    let after = moved(&press, "docs/it.md", "docs/README.md");
    assert_eq!(after["docs/guide/a.md"], "[x](../README#use) [y](../README) [z](../README.md)\n");
    assert_eq!(after["docs/b.md"], "[z](README) [w](/README) [h](README.html)\n");
    assert_eq!(moved(&other, "docs/it.md", "docs/README.md")["docs/b.md"], "[z](./) [w](/) [h](index.html)\n");
}

/// `MkDocs` reads the path of a file from the folder of its document, and rewrites it; what HTML names, a browser reads.
#[test]
fn links_follow_a_file_of_mkdocs() {
    let files = [
        ("mkdocs.yml", "site_name: x\n"),
        ("docs/setup.md", "# T\n"),
        ("docs/p.png", ""),
        ("docs/guide/a.md", "# A\n\n[x](../setup.md) ![i](../p.png) [y](../../setup/)\n"),
    ];
    let after = moved(&files, "docs/setup.md", "docs/guide/setup.md");
    assert_eq!(after["docs/guide/a.md"], "# A\n\n[x](setup.md) ![i](../p.png) [y](../setup/)\n");
    assert_eq!(moved(&files, "docs/p.png", "docs/guide/p.png")["docs/guide/a.md"].matches("![i](p.png)").count(), 1);
    assert_eq!(
        moved(&files, "docs/guide/a.md", "docs/a.md")["docs/a.md"].matches("[x](setup.md) ![i](p.png)").count(),
        1
    );
}

/// What begins like a scheme is a path behind `./` only.
#[test]
fn links_to_a_name_with_a_colon_follow() {
    let files = [("a.md", "# A\n"), ("b.md", "[x](a.md#a) [y](./a.md) [[a]]\n"), ("d/e.md", "[x](../a.md)\n")];
    let after = moved(&files, "a.md", "c:d.md");
    assert_eq!(after["b.md"], "[x](./c:d.md#a) [y](./c:d.md) [[c:d]]\n");
    assert_eq!(after["d/e.md"], "[x](../c:d.md)\n");
}

/// Obsidian writes paths from the root of the vault, if told so.
#[test]
fn links_from_the_root_of_a_vault_follow() {
    let files = [
        (".obsidian/app.json", "{}"),
        ("Projects/Plan.md", "# P\n"),
        ("img/p.png", ""),
        ("Notes/a.md", "[x](Projects/Plan.md#P) [y](../Projects/Plan.md) ![i](img/p.png)\n"),
    ];
    let after = moved(&files, "Projects/Plan.md", "Work/Other.md");
    assert_eq!(after["Notes/a.md"], "[x](Work/Other.md#P) [y](../Work/Other.md) ![i](img/p.png)\n");
    assert_eq!(moved(&files, "img", "图")["Notes/a.md"].matches("![i](图/p.png)").count(), 1);
    let after = moved(&files, "Notes/a.md", "New/d/a.md");
    assert_eq!(after["New/d/a.md"], "[x](Projects/Plan.md#P) [y](../../Projects/Plan.md) ![i](img/p.png)\n");
}

#[test]
fn what_code_speaks_of_is_in_nobodys_way() {
    let files = [("a.md", "# Use\n"), ("b.md", "See `a.md#use` or [a](a.md#use).\n")];
    let fixed = rename_heading(&memory(files), &path("a.md"), Named::Text("Use"), "Usage").expect("it can be renamed");
    assert_eq!(fixed.units.iter().map(|unit| unit.files.len()).sum::<usize>(), 2);
}

#[test]
fn what_would_become_ambiguous_is_refused() {
    let files = [("a.md", "[[note]]\n"), ("x/note.md", "x\n"), ("y/other.md", "y\n")];
    let after = moved(&files, "y/other.md", "y/third.md");
    assert_eq!(after["a.md"], "[[note]]\n");
    // The link could mean either, so it is written out.
    let after = moved(&files, "y/other.md", "y/note.md");
    assert_eq!(after["a.md"], "[[x/note]]\n");
    let job = memory([("a.md", "# 甲\n\n[[#甲]]\n\n# 乙\n")]);
    assert!(rename_heading(&job, &path("a.md"), Named::Text("乙"), "甲").is_err());
    assert!(rename_heading(&job, &path("a.md"), Named::Text("丙"), "丁").is_err());
}

#[test]
fn links_follow_a_heading() {
    let files = [
        ("a.md", "# 用法 `x`\n\n[t](#用法-x) [[#用法 x]]\n\n## Next\n"),
        ("b.md", "[a](a.md#%E7%94%A8%E6%B3%95-x) [n](a.md#next) [N](a.md#NEXT) [[a#NEXT]]\n"),
    ];
    let after = renamed(&files, "a.md", Named::Text("Next"), "下一步");
    assert_eq!(after["a.md"], "# 用法 `x`\n\n[t](#用法-x) [[#用法 x]]\n\n## 下一步\n");
    assert_eq!(after["b.md"], "[a](a.md#%E7%94%A8%E6%B3%95-x) [n](a.md#下一步) [N](a.md#下一步) [[a#下一步]]\n");
}

/// A link keeps the marks that it has around the heading's text, whether the heading has them as well or not.
#[test]
fn marks_around_the_text_of_a_link_stay() {
    let links = "[`foo`](a.md#foo) [foo](a.md#foo) [**foo**](a.md#foo) [`foo` **x**](a.md#foo)\n";
    let after = |heading: &str, new: &str| {
        let text = format!("# P\n\n## {heading}\n");
        renamed(&[("a.md", &text), ("b.md", links)], "a.md", Named::Text("foo"), new)
    };
    let all = "[`bar_x`](a.md#bar_x) [bar_x](a.md#bar_x) [**foo**](a.md#bar_x) [`foo` **x**](a.md#bar_x)\n";
    assert_eq!((&*after("`foo`", "bar_x")["a.md"], &*after("`foo`", "bar_x")["b.md"]), ("# P\n\n## `bar_x`\n", all));
    let all = "[`bar`](a.md#bar) [bar](a.md#bar) [**bar**](a.md#bar) [`foo` **x**](a.md#bar)\n";
    assert_eq!(after("foo", "bar")["b.md"], all);
    assert_eq!(after("**foo**", "bar")["b.md"], all);
}

/// What stands in the way is named, with its place; a text that is there already, or comes with its marks, changes nothing.
#[test]
fn what_a_heading_cannot_be_called_is_said() {
    let text = "# T\n\n## 1. 甲\n\n见第 2 节。\n\n## 2. 乙\n\n## 3. 丙\n";
    let folder = folder(&[("m.md", text)]);
    let said = |old: &str, new: &str| {
        let output = rubrica(folder.path(), &["rename-heading", "--root", ".", "m.md", old, new]);
        assert_eq!(fs::read_to_string(folder.path().join("m.md")).expect("a file"), text);
        (output.status.code(), stderr(&output))
    };
    let (code, harm) = said("2. 乙", "4. 乙");
    let wanted = "would cause dangling-section-reference (m.md:5 `第 2 节` names a number that nothing here has)\n";
    assert!(code == Some(2) && harm.contains(wanted), "{harm}");
    let marks =
        "error: nothing was renamed: `## 3. 丁` is a text with the marks of a heading\n  help: did you mean `3. 丁`?";
    let (code, said_of_marks) = said("3. 丙", "## 3. 丁");
    assert!(code == Some(2) && said_of_marks.starts_with(marks), "{said_of_marks}");
    let same = "nothing changes: that is how the heading is written already\n";
    assert_eq!(said("3. 丙", "3. 丙"), (Some(0), same.to_owned()));
}

#[test]
fn neither_git_nor_what_makes_a_vault_is_moved() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join(".git")).expect("a folder");
    fs::create_dir(folder.path().join(".obsidian")).expect("a folder");
    fs::write(folder.path().join("a.md"), "# A\n").expect("a file");
    for (old, new, why) in [
        ("a.md", ".git/x.md", "`.git/x.md` would be git's"),
        ("a.md", ".git", "`.git/a.md` would be git's"),
        (".obsidian", ".obs", "`.obsidian` makes its folder a vault"),
    ] {
        let output = rubrica(folder.path(), &["mv", "--root", ".", old, new]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(why), "{}", stderr(&output));
        assert!(folder.path().join(old).exists());
    }
}

fn rename(files: &[(&str, &str)], path_of: &str, which: Named<'_>, new: &str) -> Result<Fixed, Refused> {
    rename_heading(&memory(files.iter().copied()), &path(path_of), which, new)
}

/// The documents after a heading got another text.
fn renamed(files: &[(&str, &str)], path_of: &str, which: Named<'_>, new: &str) -> BTreeMap<String, String> {
    let fixed = rename(files, path_of, which, new).expect("it can be renamed");
    let sources = &fixed.outcome.corpus.sources;
    sources.iter().map(|source| (source.path.as_str().to_owned(), source.text.to_string())).collect()
}

/// Markup may come and go with the text; a link in it, and an id behind it, stay.
#[test]
fn a_heading_with_markup_is_named_by_its_line() {
    let text =
        "# Use `x`\n\n## A **bold** [b](b.md) one\n\nUnder\nlined\n---\n\n> ## Same ##\n\n## Same\n\n## Id {#id}\n";
    let files = [("a.md", text), ("b.md", "[a](a.md#same-1) [a](a.md#use-x) [[a#use X]]\n")];
    let first = |line: u32, new: &str| {
        let after = renamed(&files, "a.md", Named::Line(line), new);
        let changed = after["a.md"].lines().find(|line| !text.contains(line)).unwrap_or_default().to_owned();
        (changed, after["b.md"].clone())
    };
    assert_eq!(first(1, "Use y"), ("# Use y".into(), "[a](a.md#same-1) [a](a.md#use-y) [[a#Use y]]\n".into()));
    assert_eq!(first(3, "A `c` [b](b.md) one").0, "## A `c` [b](b.md) one");
    assert_eq!(first(6, "One line").0, "One line");
    assert_eq!(first(9, "Other"), ("> ## Other ##".into(), "[a](a.md#same) [a](a.md#use-x) [[a#use X]]\n".into()));
    assert_eq!(first(13, "New").0, "## New {#id}");
    let named = |old: &str, new: &str| {
        let text = "## <a name=\"usage\"></a>usage\n\n## Use `x`\n\n## Own {#own}\n\n[o](#own)\n";
        let files = [("docusaurus.config.js", ""), ("docs/a.md", text)];
        let after = renamed(&files, "docs/a.md", Named::Text(old), new);
        after["docs/a.md"].lines().filter(|line| !text.contains(line)).collect::<Vec<_>>().join("\n")
    };
    // The text that is read changes, not the same word in markup before it.
    assert_eq!(named("usage", "Use it"), "## <a name=\"usage\"></a>Use it");
    assert_eq!(named("Use x", "Using"), "## Using");
    assert_eq!(named("Use `x`", "Use `y`"), "## Use `y`");
    assert_eq!(named("Own {#own}", "New"), "## New {#own}");
    assert_eq!(named("Own {#own}", "New {#own}"), "## New {#own}");
}

/// What a link shows of a heading is its author's in a wikilink and a reference: it stays, and is named.
/// Where no anchor works on GitHub and on the site alike, that of the site counts for its own documents.
#[test]
fn links_to_a_heading_of_a_site_follow() {
    let site = |from, link| {
        let text = "# T\n\n[x](#faq)\n\n## Faq\n";
        [("docs/.vitepress/config.js", "x"), ("docs/a.md", text), (from, link)]
    };
    let (inside, outside) = (site("docs/b.md", "[y](a.md#faq)\n"), site("README.md", "[y](docs/a.md#faq)\n"));
    let named = |new| rename(&inside, "docs/a.md", Named::Line(5), new).expect("it can be renamed").only_for;
    assert_eq!((named("Faq & y"), named("Usage")), (Some(Renderer::VitePress), None));
    let after = renamed(&inside, "docs/a.md", Named::Line(5), "Faq & y");
    assert_eq!(after["docs/a.md"], "# T\n\n[x](#faq-y)\n\n## Faq & y\n");
    assert_eq!(after["docs/b.md"], "[y](a.md#faq-y)\n");
    // From there GitHub leads.
    assert!(rename(&outside, "docs/a.md", Named::Line(5), "Faq & y").is_err());
}

#[test]
fn what_wikilinks_show_of_a_heading_is_named() {
    let files = [
        (".obsidian/app.json", ""),
        ("a.md", "# A\n\n## Old one\n"),
        (
            "b.md",
            "[[a#Old one|Old one]] [[a#Old one|the Old one]] [Old one](<a.md#Old one>)\n\n| [[a#Old one\\|Old one]] |\n|---|\n",
        ),
        ("c.md", "[Old one][] [x][old one]\n\n[old one]: <a.md#Old one>\n"),
    ];
    let fixed = rename(&files, "a.md", Named::Text("Old one"), "新的").expect("it can be renamed");
    let left = fixed.left.iter().map(|place| format!("{place} {}", place.text));
    assert_eq!(left.collect::<Vec<_>>(), ["b.md:1:8 Old one", "b.md:3:11 Old one", "c.md:1:2 Old one"]);
    let after = renamed(&files, "a.md", Named::Text("Old one"), "新的");
    assert_eq!(
        after["b.md"],
        "[[a#新的|Old one]] [[a#新的|the Old one]] [新的](<a.md#新的>)\n\n| [[a#新的\\|Old one]] |\n|---|\n"
    );
}

/// In a Markdown link the text follows as it is written too, and what is only like it is named.
#[test]
fn what_links_show_of_markup_in_a_heading() {
    let text = "## Use `x`\n\n[Use `x`](#use-x) [Use x](#use-x) [**Use x**](#use-x) [Use](#use-x)\n";
    let after = renamed(&[("a.md", text)], "a.md", Named::Line(1), "Use `y` now");
    let wanted = "## Use `y` now\n\n[Use `y` now](#use-y-now) [Use y now](#use-y-now) [**Use x**](#use-y-now) [Use](#use-y-now)\n";
    assert_eq!(after["a.md"], wanted);
    let fixed = rename(&[("a.md", text)], "a.md", Named::Line(1), "Use `y` now").expect("it can be renamed");
    let left: Vec<&str> = fixed.left.iter().map(|place| &*place.text).collect();
    assert_eq!(left, ["**Use x**"]);
    // In a wiki it is the half before the bar that is shown.
    let files = [("_Sidebar.md", "![[Use|Guide#Use]] [[Use|Guide#Use]]\n"), ("Guide.md", "# Use\n")];
    let fixed = rename(&files, "Guide.md", Named::Text("Use"), "Usage").expect("it can be renamed");
    assert_eq!(fixed.left.len(), 2);
}

/// Nothing shows who reads the id, but the link leads there, and goes on doing so.
#[test]
fn an_id_behind_a_heading_stays_its_anchor() {
    let files = [("a.md", "# T\n\n## With id {#my-id}\n\n[x](#my-id) [With id](#my-id)\n")];
    let after = renamed(&files, "a.md", Named::Text("With id"), "New");
    assert_eq!(after["a.md"], "# T\n\n## New {#my-id}\n\n[x](#my-id) [New](#my-id)\n");
}

/// What a heading cannot be renamed for, and what can be done about it.
#[test]
fn a_heading_that_cannot_be_renamed_says_why() {
    let text = "# 甲\n\n## Installation of it\n\n## 安装说明\n\n<https://example.org/docs/甲.md#安装说明>\n\n## Same\n\nx\n\n## Same\n\nSetext [x](b.md)\n---\n";
    let refused = |which: Named<'_>, new: &str| match rename(&[("docs/甲.md", text)], "docs/甲.md", which, new)
        .expect_err("it is refused")
    {
        Refused::Because { why, way_out: Some(way_out) } => format!("{why}: {way_out}"),
        other => other.to_string(),
    };
    let by_text = |old: &str, new: &str| refused(Named::Text(old), new);
    assert_eq!(by_text("Instalation", "x"), "no heading says `Instalation`: did you mean `Installation of it`?");
    assert_eq!(by_text("安装", "x"), "no heading says `安装`: did you mean `安装说明`?");
    assert_eq!(by_text("## 安装说明", "x"), "no heading says `## 安装说明`: did you mean `安装说明`?");
    let all = "`甲`, `Installation of it`, `安装说明`, `Same`, `Same`, `Setext x`";
    assert_eq!(by_text("xyz", "x"), format!("no heading says `xyz`: there are {all}"));
    assert_eq!(by_text("甲", " "), "a heading needs a text");
    // The signs at its end close a heading, and are none of its text.
    assert!(by_text("甲", "乙 #").starts_with("`乙 #` would not be the text of a heading there"));
    let id = "the id behind a heading stays as it is; leave it out";
    assert!(by_text("甲", "乙 {#b}").ends_with(id));
    assert_eq!(
        by_text("甲", "安装说明"),
        "another heading says `安装说明` already, in line 5: links could not tell them apart; choose another text"
    );
    assert_eq!(
        by_text("安装说明", "安装"),
        "`https://example.org/docs/甲.md#安装说明` at docs/甲.md:7 may lead to this heading, and is no link that can be \
         rewritten"
    );
    assert_eq!(
        by_text("Same", "x"),
        "2 headings say `Same`, in lines 9, 13: name one by its line, as in `docs/甲.md:9`, and leave its text out"
    );
    assert_eq!(
        by_text("Setext x", "y"),
        "the heading holds markup: name it as it stands in the file, or by its line: `docs/甲.md:15`"
    );
    assert_eq!(refused(Named::Line(6), "x"), "no heading stands in line 6: the heading above it stands in line 5");
    // Under a line, what is no paragraph is no heading.
    for new in ["- x", "[x]: y"] {
        let why = format!("`{new}` would not be the text of a heading there");
        assert!(refused(Named::Line(15), new).starts_with(&why), "{new}");
    }
    assert!(
        refused(Named::Line(15), "## x").starts_with("`## x` is a text with the marks of a heading: did you mean `x`?")
    );
    let missing = rename(&[("a.md", "# a\n")], "b.md", Named::Line(1), "x").expect_err("it is refused");
    assert_eq!(missing.to_string(), "`b.md` is not a document of this corpus");
}

/// What works on GitHub only follows where it counts, and is named where it does not.
#[test]
fn a_heading_of_a_vault_that_is_shown_twice() {
    let readme = "- [Set up](#set-up)\n- [Use](#Set%20up)\n\n## Set up\n";
    let of_vault = [(".obsidian/app.json", "{}"), (".git/config", "[core]")];
    let files = |file| [of_vault[0], of_vault[1], (file, readme)];
    let after = renamed(&files("README.md"), "README.md", Named::Text("Set up"), "Set it up");
    assert_eq!(after["README.md"], "- [Set it up](#set-it-up)\n- [Use](#Set%20it%20up)\n\n## Set it up\n");
    let fixed = rename(&files("note.md"), "note.md", Named::Text("Set up"), "Set it up").expect("it can be renamed");
    let left: Vec<String> = fixed.left.iter().map(|place| format!("{place} {}", place.text)).collect();
    assert_eq!(left, ["note.md:1:12 #set-up"]);
}

/// What a link of a site names is a version of a document, and another one's path is no reason to rewrite it.
#[test]
fn versions_of_a_document_move_by_themselves() {
    let links = "[a](/docs/first#setup) [b](/docs/next/first#setup) [c](/docs/1.0/first) [d](/zh/docs/next/first)\n";
    let text = "# First\n\n## Setup\n";
    let files = [
        ("docusaurus.config.js", "export default {i18n: {locales: ['en', 'zh']}};"),
        ("versions.json", "[\"2.0\", \"1.0\"]"),
        ("docs/first.md", text),
        ("versioned_docs/version-2.0/first.md", text),
        ("versioned_docs/version-1.0/first.md", text),
        ("blog/hello.md", links),
    ];
    let after = |old, new| moved(&files, old, new)["blog/hello.md"].clone();
    let now = "[a](/docs/first#setup) [b](/docs/next/start#setup) [c](/docs/1.0/first) [d](/zh/docs/next/start)\n";
    assert_eq!(after("docs/first.md", "docs/start.md"), now);
    let last = after("versioned_docs/version-2.0/first.md", "versioned_docs/version-2.0/start.md");
    assert_eq!(last, links.replace("(/docs/first", "(/docs/start"));
    let renamed = renamed(&files, "docs/first.md", Named::Text("Setup"), "Installation");
    assert_eq!(renamed["blog/hello.md"], links.replace("next/first#setup", "next/first#installation"));
    // A version that is not listed is served nowhere.
    let unlisted = [(path("versioned_docs/version-1.0"), path("versioned_docs/version-1.1"))];
    let refused = relocate(&memory(files), &unlisted).expect_err("no address");
    assert!(refused.to_string().contains("`/docs/1.0/first` at blog/hello.md:1"), "{refused}");
}

#[test]
fn links_in_fields_of_a_site_follow() {
    let home = "---\nhero:\n  actions:\n    - link: /guide/start\nnext: {link: /guide/start#x}\n---\n";
    let files = [
        ("docs/.vitepress/config.mts", "export default {}"),
        ("docs/index.md", home),
        ("docs/guide/start.md", "# X\n"),
    ];
    let after = moved(&files, "docs/guide/start.md", "docs/guide/begin.md");
    assert_eq!(after["docs/index.md"], home.replace("/start", "/begin"));
    let after = moved(&files, "docs/guide", "docs/manual");
    assert_eq!(after["docs/index.md"], home.replace("/guide", "/manual"));
}

/// Somebody else's file of the same name is in nobody's way.
#[test]
fn a_url_of_somebody_else_does_not_keep_a_heading() {
    let links = "<https://github.com/example/other/blob/main/docs/a.md#use> <https://example.com/README.md#use>\n";
    let own = "<https://github.com/example/own/blob/main/docs/a.md#use>\n";
    let remote = "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = git@github.com:example/own.git\n\
                  [submodule \"other\"]\n\turl = https://github.com/example/other.git\n";
    let rename = |file: &str, links: &str| {
        let texts = [(file, format!("# Use\n\n{links}")), (".git/config", remote.to_owned())];
        rename_heading(&memory(texts), &path(file), Named::Text("Use"), "Usage")
            .map(|_| ())
            .map_err(|error| error.to_string())
    };
    assert_eq!(rename("docs/a.md", links), Ok(()));
    assert_eq!(rename("README.md", links), Ok(()));
    assert!(rename("docs/a.md", own).is_err_and(|error| error.contains("docs/a.md:3")));
    assert!(rename("README.md", "<https://github.com/example/own#use>\n").is_err());
}

/// What nobody but the build of a site can follow is not rewritten, and that is said.
#[test]
fn paths_that_are_not_understood_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let links: String = (0..9).map(|n| format!("[{n}](/api/{n})\n")).collect();
    fs::write(folder.path().join("a.md"), links).expect("a file");
    fs::write(folder.path().join("b.md"), "# b\n").expect("a file");
    let output = rubrica(folder.path(), &["mv", "b.md", "c.md", "--root", "."]);
    assert!(stderr(&output).starts_with("note: where 9 paths lead only the build"), "{}", stderr(&output));
}

/// A move and the move back leave every document as it was, `./` and all.
#[test]
fn there_and_back_is_nowhere() {
    let files = [
        ("a/甲.md", "[b](./b.md) [c](../b/c.md) [d](./../b/c.md) [b](b.md) ![](./图.png)\n"),
        ("a/b.md", "[a](./甲.md) [a](甲.md) [a](甲.md#x) [[甲]]\n"),
        ("b/c.md", "[a](../a/甲.md) [a](./../a/甲.md) [b](../a/b.md)\n"),
        ("a/图.png", ""),
    ];
    for (old, new) in
        [("a/甲.md", "b/甲.md"), ("a/甲.md", "甲.md"), ("a/甲.md", "x/y/乙.md"), ("a", "x/z"), ("b/c.md", "a/c.md")]
    {
        let there = moved(&files, old, new);
        let there: Vec<(&str, &str)> = there.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let back = moved(&there, new, old);
        let before: BTreeMap<String, String> =
            files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        assert_eq!(back, before, "{old} {new}");
    }
}

/// A path of a vault stays one, unless its links go by names.
#[test]
fn a_path_of_a_vault_is_not_found_by_name() {
    let files = [
        (".obsidian/app.json", r#"{"newLinkFormat":"relative","useMarkdownLinks":true}"#),
        ("a/x.md", "x\n"),
        ("b/y.md", "[x](../a/x.md)\n"),
    ];
    let there = moved(&files, "a/x.md", "b/x.md");
    assert_eq!(there["b/y.md"], "[x](x.md)\n");
    let there: Vec<(&str, &str)> = there.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(moved(&there, "b/x.md", "a/x.md")["b/y.md"], files[2].1);
    let by_name = [files[0], files[1], ("b/y.md", "[x](x.md)\n")];
    assert_eq!(moved(&by_name, "a/x.md", "c/x.md")["b/y.md"], "[x](x.md)\n");
}

#[test]
fn a_percent_sign_is_escaped_between_brackets_as_well() {
    let files = [("a.md", "[1](<d/b.md#x>) [2]\n\n[2]: <d/b.md>\n"), ("d/b.md", "# x\n")];
    assert_eq!(
        moved(&files, "d/b.md", "d/x%20(y).md")["a.md"],
        "[1](<d/x%2520(y).md#x>) [2]\n\n[2]: <d/x%2520(y).md>\n"
    );
}

#[test]
fn a_repeated_definition_follows_and_so_does_an_attribute() {
    let files = [("a.md", "[x] <img src=\"p.png\">\n\n[x]: d/b.md\n\n[X]: d/b.md\n"), ("d/b.md", "x\n"), ("p.png", "")];
    let after = moved(&files, "d/b.md", "c.md");
    assert_eq!(after["a.md"], "[x] <img src=\"p.png\">\n\n[x]: c.md\n\n[X]: c.md\n");
    assert!(moved(&files, "p.png", "A&B's.png")["a.md"].starts_with("[x] <img src=\"A&amp;B's.png\">"));
}

/// A book has an `index.html` in each folder, whatever its document is called.
#[test]
fn links_to_the_index_of_a_book_follow() {
    let files = [
        ("book.toml", "[book]\n"),
        ("src/SUMMARY.md", "- [A](guide/a.md)\n"),
        ("src/guide/README.md", "# Guide\n\n## Use\n"),
        ("src/guide/a.md", "[up](index.html#use)\n"),
        ("src/b.md", "[g](guide/index.html)\n"),
    ];
    assert_eq!(moved(&files, "src/guide/a.md", "src/other/a.md")["src/other/a.md"], "[up](../guide/index.html#use)\n");
    assert_eq!(moved(&files, "src/guide", "src/手册")["src/b.md"], "[g](手册/index.html)\n");
}

/// Hugo makes small letters and hyphens of the names of files, and leaves out the default language.
#[test]
fn links_follow_to_the_addresses_of_hugo() {
    let files = [
        ("hugo.toml", "baseURL = 'https://e.com/'\ndefaultContentLanguage = 'zh'\n"),
        ("content/b.md", "[1](/guide/api-notes/) [2](../guide/set-up/#use) [3](/guide/deploy/)\n"),
        ("content/guide/API-notes.md", "x\n"),
        ("content/guide/set up.zh.md", "# Use\n"),
        ("content/guide/deploy.md", "x\n"),
    ];
    let after = |old, new| moved(&files, &format!("content/guide/{old}.md"), &format!("content/guide/{new}.md"));
    let (one, two, three) = ("[1](/guide/api-notes/)", "[2](../guide/set-up/#use)", "[3](/guide/deploy/)");
    assert_eq!(after("API-notes", "New API")["content/b.md"], format!("[1](/guide/new-api/) {two} {three}\n"));
    assert_eq!(after("set up.zh", "安装.zh")["content/b.md"], format!("{one} [2](../guide/安装/#use) {three}\n"));
    assert_eq!(after("deploy", "De - ploy")["content/b.md"], format!("{one} {two} [3](/guide/de-ploy/)\n"));
}

#[test]
fn shortcodes_of_hugo_are_left() {
    let text =
        "{{< relref \"/g/a.md#x\" >}} {{% ref \"a.md\" %}} {{< ref `g/a` >}} {{< relref \"b\" >}} ref \"a.md\"\n";
    let files = [("hugo.toml", "baseURL = 'https://e.com/'\n"), ("content/b.md", text), ("content/g/a.md", "x\n")];
    let left = |old: &str, new: &str| {
        let plan = relocate(&memory(files), &[(path(old), path(new))]).expect("it can be moved");
        plan.left.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let named = |column, name| format!("content/b.md:1:{column} still names `{name}`");
    let all = [named(13, "/g/a.md"), named(37, "a.md"), named(56, "g/a")];
    assert_eq!(left("content/g/a.md", "content/g/c.md"), all);
    assert_eq!(left("content/g/a.md", "content/h/a.md"), [all[0].clone(), all[2].clone()]);
}

/// Without its index, a folder has no page.
#[test]
fn links_to_an_index_of_jekyll_follow() {
    let files =
        [("_config.yml", "title: x\n"), ("a.md", "[1](/zh/) [2](/zh/#use) [3](zh/)\n"), ("zh/index.md", "# Use\n")];
    let there = moved(&files, "zh/index.md", "zh/start.md");
    assert_eq!(there["a.md"], "[1](/zh/start) [2](/zh/start#use) [3](zh/)\n");
    let there: Vec<(&str, &str)> = there.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(moved(&there, "zh/start.md", "zh/index.md")["a.md"], files[1].1);
}

/// Obsidian goes by what is written in a heading.
#[test]
fn wikilinks_name_the_markup_of_a_heading() {
    let files =
        |link: &'static str| [(".obsidian/app.json", "{}"), ("n.md", "# T\n\n## 2. **重点**甲\n"), ("b.md", link)];
    let after = |link, which, new| renamed(&files(link), "n.md", which, new)["b.md"].clone();
    assert_eq!(after("[[n#2. **重点**甲]]\n", Named::Line(3), "普通"), "[[n#普通]]\n");
    assert_eq!(after("[[n#2. 重点甲]]\n", Named::Line(3), "`code`的用法"), "[[n#`code`的用法]]\n");
    assert_eq!(after("[[n#2. 重点甲]]\n", Named::Line(3), "见[[b|乙]]的笔记"), "[[n#见 b 乙 的笔记]]\n");
    assert_eq!(after("[[n#2. **重点**甲]]\n", Named::Line(3), "3. **重点**甲"), "[[n#3. **重点**甲]]\n");
    assert_eq!(after("[x](n.md#2.%20重点甲)\n", Named::Line(3), "新 API"), "[x](n.md#新%20API)\n");
    let bare = [(".obsidian/app.json", "{}"), ("n.md", "# T\n\n## 旧\n"), ("b.md", "[x](n.md#旧) [y](<n.md#旧>)\n")];
    let sharp = [bare[0], bare[1], ("b.md", "[[n#旧]]\n")];
    assert_eq!(renamed(&sharp, "n.md", Named::Line(3), "C# 入门")["b.md"], "[[n#C 入门]]\n");
    assert_eq!(renamed(&bare, "n.md", Named::Line(3), "新 API")["b.md"], "[x](n.md#新%20API) [y](<n.md#新 API>)\n");
}

/// The page of a folder is one again, and an index in letters of another case is still one.
#[test]
fn an_index_there_and_back_is_nowhere() {
    let files = [
        ("docs/.vitepress/config.ts", "export default {}\n"),
        ("docs/index.md", "[a](/ref/#x) [b](./ref/) [c](ref/index.md)\n"),
        ("docs/ref/index.md", "# x\n"),
    ];
    let there = moved(&files, "docs/ref/index.md", "docs/ref/a.md");
    assert_eq!(there["docs/index.md"], "[a](/ref/a#x) [b](./ref/a) [c](ref/a.md)\n");
    let there: Vec<(&str, &str)> = there.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(moved(&there, "docs/ref/a.md", "docs/ref/index.md")["docs/index.md"], files[1].1);
    let files = [
        (".vuepress/config.ts", "export default {}\n"),
        ("db/a.md", "[m](./mongodb/)\n"),
        ("db/mongodb/README.md", "x\n"),
    ];
    assert_eq!(moved(&files, "db/mongodb/README.md", "db/mongodb/Readme.md")["db/a.md"], files[1].1);
}

/// Every document of a vault moved to another folder, one after the other: what resolved resolves to the same.
#[test]
fn a_vault_survives_every_move() {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&repository().join("fixtures/vault"), folder.path());
    let job = || crate::support::job(rubrica::files::Tree::on_disk(folder.path()));
    let documents: Vec<CorpusPath> = check(&job())
        .expect("a corpus")
        .corpus
        .documents
        .iter()
        .map(|document| document.source.path.clone())
        .filter(|path| path.as_str() != "README.md")
        .collect();
    for old in documents {
        let before = goals(&job());
        let new = path(&format!("搬家 (1)/{}", old.file_name()));
        let moves = [(old.clone(), new.clone())];
        let Ok(plan) = relocate(&job(), &moves) else { continue };
        job().tree.relocate(&moves, &plan.files).expect("it is written");
        let back = |text: &String| text.replace(new.as_str(), old.as_str());
        let mut after: Vec<_> =
            goals(&job()).iter().map(|(path, goal)| (back(path), goal.as_ref().map(back))).collect();
        let mut before = before;
        before.sort();
        after.sort();
        assert_eq!(before, after, "{old:?}");
    }
}

#[test]
fn on_the_command_line() {
    let folder = folder(&[("a.md", "[b](b.md#use)\n"), ("b.md", "# Use\n")]);
    fs::create_dir(folder.path().join("docs")).expect("a folder");
    let run = |args: &[&str]| rubrica(folder.path(), args);
    assert_eq!(run(&["mv", "--diff", "b.md", "docs"]).status.code(), Some(1));
    let output = run(&["mv", "b.md", "docs"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "moved `b.md` to `docs/b.md`; 1 link in 1 document rewritten\n");
    let output = run(&["rename-heading", "--root", ".", "docs/b.md", "Use", "用法"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(folder.path().join("a.md")).expect("a file"), "[b](docs/b.md#用法)\n");
    // As `--format concise` prints a place.
    let output = run(&["rename-heading", "--root", ".", "docs/b.md:1:3", "Usage"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(folder.path().join("a.md")).expect("a file"), "[b](docs/b.md#usage)\n");
    let output = run(&["mv", "a.md", "a.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("has to end in `.md`; `git mv`"), "{}", stderr(&output));
    let output = run(&["mv", "a.md", "new"]);
    assert_eq!(output.status.code(), Some(2));
    let wanted = "error: a document named `new` would be none any more\n  help: `new.md`, or `new/` for a folder\n";
    assert_eq!(stderr(&output), wanted);
    let output = run(&["mv", "a.md", "docs/b.md"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("exists already"), "{}", stderr(&output));
}

/// What a move leaves to the author is named, up to a number of places.
#[test]
fn what_is_left_is_named() {
    let folder = folder(&[("a.md", &"`b.md`\n\n".repeat(12)), ("b.md", "# b\n")]);
    let output = rubrica(folder.path(), &["mv", "b.md", "c.md", "--root", "."]);
    let said = stderr(&output);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!((lines[0], lines[9]), ("note: a.md:1:2 still names `b.md`", "note: a.md:19:2 still names `b.md`"));
    assert_eq!(lines[10..], ["note: and 2 more", "moved `b.md` to `c.md`; 0 links in 0 documents rewritten"]);
}

#[test]
fn what_names_a_post_of_jekyll_is_left() {
    let other = "[b]({% post_url 2024-01-02-b %}) [c]({% post_url 2024-01-02-b-c %}) `2024-01-02-b`\n";
    let files = [("_config.yml", "title: x\n"), ("_posts/2024-01-01-a.md", other), ("_posts/2024-01-02-b.md", "b\n")];
    let left = |new: &str| {
        let plan = relocate(&memory(files), &[(path("_posts/2024-01-02-b.md"), path(new))]).expect("it can be moved");
        plan.left.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let wanted = "_posts/2024-01-01-a.md:1:8 still names `post_url 2024-01-02-b`";
    assert_eq!(left("_posts/2024-01-02-x.md"), [wanted]);
    assert!(left("de/_posts/2024-01-02-b.md").is_empty());
}

/// What begins with the folder of the articles is one of them.
#[test]
fn links_between_articles_of_zenn_follow() {
    let header = "---\ntitle: x\nemoji: x\ntopics: [x]\n---\n\n";
    let a = format!("{header}[b](/articles/b) [b](/me/articles/b) ![i](/images/i.png)\n");
    let files = [("articles/a.md", &*a), ("articles/b.md", header), ("images/i.png", "")];
    let after = moved(&files, "articles/b.md", "articles/c.md");
    assert_eq!(after["articles/a.md"], format!("{header}[b](/articles/c) [b](/me/articles/b) ![i](/images/i.png)\n"));
}

/// Links to what ignore files leave out follow, and a move that makes something part of the corpus, or takes it out, is
/// told.
#[test]
fn a_move_into_an_ignored_folder_or_out_of_it_is_told() {
    let run = |old: &str, new: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        };
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(".gitignore", "build/\n");
        write("a.md", "[x](build/x.md) [b](docs/b.md)\n");
        write("docs/b.md", "[a](../a.md) [x](../build/x.md)\n");
        write("build/x.md", "[b](../docs/b.md)\n");
        let output = rubrica(folder.path(), &["mv", "--root", ".", old, new]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let read = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap_or_default();
        let note = stderr(&output).lines().next().unwrap_or_default().to_owned();
        (note, read("a.md"), read(new))
    };
    let (note, a, b) = run("docs/b.md", "build/b.md");
    let wanted = "note: `build/b.md` is left out by ignore files: links to it are reported, and those in it not checked any more";
    assert_eq!(note, wanted);
    assert_eq!((&*a, &*b), ("[x](build/x.md) [b](build/b.md)\n", "[a](../a.md) [x](x.md)\n"));
    let (note, a, x) = run("build/x.md", "docs/new/x.md");
    assert!(note.starts_with("note: `docs/new/x.md` was no document of the corpus: the links in it stay"), "{note}");
    assert_eq!((&*a, &*x), ("[x](docs/new/x.md) [b](docs/b.md)\n", "[b](../docs/b.md)\n"));
    let (note, _, b) = run("docs/b.md", "docs/new/b.md");
    assert!(note.starts_with("moved"), "{note}");
    assert_eq!(b, "[a](../../a.md) [x](../../build/x.md)\n");
}

/// Forms to be filled in are no documents, and what cannot be read is one nevertheless.
#[test]
fn a_move_among_templates_is_told_only_where_it_matters() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    for name in ["T", ".obsidian"] {
        fs::create_dir(folder.path().join(name)).expect("a folder");
    }
    write(".obsidian/templates.json", "{\"folder\": \"T\"}\n");
    write("rubrica.yaml", "files: {max_bytes: 1000}\n");
    for name in ["T/a.md", "r.md", "s.md"] {
        write(name, "x\n");
    }
    write("large.md", &"x ".repeat(2000));
    let run = |old: &str, new: &str| {
        let output = rubrica(folder.path(), &["mv", "--root", ".", old, new]);
        stderr(&output).lines().find(|line| !line.contains("cannot be read")).unwrap_or_default().to_owned()
    };
    assert!(run("T/a.md", "T/b.md").starts_with("moved"));
    assert!(run("large.md", "larger.md").starts_with("moved"));
    assert!(run("r.md", "T/").starts_with("note: `T/r.md` is no document of the corpus"));
    assert!(run("T/b.md", "b.md").starts_with("note: `b.md` was no document of the corpus"));
    assert!(run("s.md", "t.md").starts_with("moved"));
}

/// A symbolic link goes on standing for what moves along with it.
#[cfg(unix)]
#[test]
fn a_symbolic_link_moves_along() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "docs/a/real.md", "# Real\n");
    write(folder.path(), "index.md", "[x](docs/a/link.md#real)\n");
    std::os::unix::fs::symlink("real.md", folder.path().join("docs/a/link.md")).expect("a link");
    let output = rubrica(folder.path(), &["mv", "docs/a", "docs/b", "--root", "."]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = fs::read_to_string(folder.path().join("index.md")).expect("a file");
    assert_eq!(text, "[x](docs/b/link.md#real)\n");
}

/// Each of very many moves costs little.
#[test]
fn very_many_moves() {
    let name = |n: usize| format!("d{n}.md");
    let texts: Vec<(String, String)> =
        (0..2_000).map(|n| (name(n), format!("[next](d{}.md) and `d{}.md`\n", (n + 1) % 2_000, n / 2))).collect();
    let moves: Vec<_> = (0..2_000).map(|n| (path(&name(n)), path(&format!("new/x{n}.md")))).collect();
    let plan = in_seconds(20, "a move", || relocate(&memory(texts), &moves).expect("they can be moved"));
    assert_eq!((plan.links, plan.left.len()), (2_000, 2_000));
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_not_taken_for_what_it_stands_for() {
    let folder = folder(&[("real.md", "# Real\n")]);
    std::os::unix::fs::symlink("real.md", folder.path().join("alias.md")).expect("a link");
    let output = rubrica(folder.path(), &["mv", "alias.md", "other.md"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("`alias.md` is a symbolic link"), "{}", stderr(&output));
    assert!(folder.path().join("real.md").exists() && !folder.path().join("other.md").exists());
}

#[cfg(unix)]
#[test]
fn a_folder_that_a_move_empties_goes_as_well() {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in [("a.md", "[x](deep/b.md) [y](other)\n"), ("deep/er/b.md", "# B\n"), ("other/c.md", "# C\n")] {
        fs::create_dir_all(folder.path().join(path).parent().expect("a folder")).expect("a folder");
        fs::write(folder.path().join(path), text).expect("a file");
    }
    fs::create_dir(folder.path().join("other/empty")).expect("a folder");
    let mv = |old: &str, new: &str| rubrica(folder.path(), &["mv", "--root", ".", old, new]).status.code();
    assert_eq!(mv("deep/er/b.md", "b.md"), Some(0));
    assert!(!folder.path().join("deep").exists());
    // A link leads to the folder, which holds nothing then that git would carry.
    assert_eq!(mv("other/c.md", "c.md"), Some(2));
    fs::write(folder.path().join("a.md"), "# A\n").expect("a file");
    assert_eq!(mv("other/c.md", "c.md"), Some(0));
    assert!(folder.path().join("other/empty").exists());
    fs::write(folder.path().join("a.md"), "[y](other) [z](other/empty/)\n").expect("a file");
    let output = rubrica(folder.path(), &["check", "--root", ".", "--format", "concise"]);
    let expected = "a.md:1:5: error[broken-link] `other` does not exist\na.md:1:16: error[broken-link] `other/empty` does not exist\n";
    assert_eq!(stdout(&output), expected);
}

#[test]
fn a_move_that_fails_leaves_nothing_behind() {
    let folder = folder(&[("a.md", "[b](b.md)\n"), ("b.md", "# b\n")]);
    let mut permissions = fs::metadata(folder.path().join("a.md")).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(folder.path().join("a.md"), permissions).expect("a mode");
    let output = rubrica(folder.path(), &["mv", "b.md", "x/y/b.md"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("read-only") && stderr(&output).contains("nothing was moved"), "{output:?}");
    assert!(folder.path().join("b.md").exists() && !folder.path().join("x").exists());
    // What cannot be written is named as it was, and what moved with it is back.
    fs::write(folder.path().join("b.md"), "[a](x.png)\n").expect("a file");
    fs::create_dir(folder.path().join("z")).expect("a folder");
    fs::write(folder.path().join("z/a.md"), "[b](../b.md)\n").expect("a file");
    let mut permissions = fs::metadata(folder.path().join("z/a.md")).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(folder.path().join("z/a.md"), permissions).expect("a mode");
    fs::remove_file(folder.path().join("a.md")).expect("a file");
    let output = rubrica(folder.path(), &["mv", "b.md", "z/a.md", "x/y/"]);
    assert!(stderr(&output).starts_with("error: `z/a.md` cannot be written: it is read-only"), "{output:?}");
    assert!(folder.path().join("b.md").exists() && !folder.path().join("x").exists());
    assert!(folder.path().join("z/a.md").exists());
}

/// What is not shown on a terminal or in a log of CI can be applied.
#[test]
fn diffs_are_raw_where_they_are_to_be_applied() {
    let folder =
        folder(&[("a.md", "a\ttab\n[b](b.md)\n::set-output x\n"), ("b.md", "# 1. b\n# 2. b\n# 2. c\n\ta\t::x\n")]);
    let commands: [&[&str]; 3] =
        [&["mv", "--diff", "b.md", "c.md"], &["rename-heading", "--diff", "b.md", "1. b", "1. d"], &["fix", "--diff"]];
    for args in commands {
        let piped = stdout(&rubrica(folder.path(), args));
        assert!(piped.contains('\t'), "{args:?}: {piped}");
        let run = |name: &str| {
            let mut command = crate::support::program(folder.path(), args);
            command.env(name, "true");
            command
        };
        for name in ["GITHUB_ACTIONS", "GITLAB_CI"] {
            let seen = stdout(&run(name).output().expect("the program"));
            assert!(!seen.contains('\t') && seen.contains("@@"), "{args:?}: {seen}");
            let file = fs::File::create(folder.path().join("patch")).expect("a file");
            run(name).stdout(file).status().expect("the program");
            assert_eq!(fs::read_to_string(folder.path().join("patch")).expect("the patch"), piped);
        }
    }
}

#[test]
fn several_are_moved_into_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a file");
    write("a.md", "[b](b.md) [c](c.md)\n");
    write("b.md", "[a](a.md)\n");
    write("c.md", "[a](a.md)\n");
    let refused = |args: &[&str], said: &str| {
        let output = rubrica(folder.path(), &[&["mv"], args].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    };
    fs::create_dir(folder.path().join("x")).expect("a folder");
    write("x/a.md", "x\n");
    refused(&["a.md", "b.md", "c"], "`c` is no folder\n  help: `c/` makes one");
    refused(&["a.md", "b.md", "c.md"], "`c.md` is a file, and no folder\n");
    refused(&["a.md", "c.md/"], "`c.md` is a file, and no folder\n");
    refused(&["a.md", "none.md", "docs/"], "`none.md` does not exist");
    // None moves where one cannot.
    refused(&["b.md", "a.md", "x"], "`x/a.md` exists already");
    refused(&["a.md", "x/a.md", "docs/"], "`a.md` and `x/a.md` would both become `docs/a.md`");
    refused(&["a.md", "./a.md", "docs/"], "`a.md` is named twice");
    refused(&["x", "x/a.md", "docs/"], "`x/a.md` lies within `x`, which is named as well");
    refused(&["b.md", "x", "x/y/"], "`x/y/b.md` lies within `x`");
    assert_eq!(read("c.md") + &read("a.md"), "[a](a.md)\n[b](b.md) [c](c.md)\n");
    assert!(!folder.path().join("docs").exists());
    let output = rubrica(folder.path(), &["mv", "--diff", "a.md", "b.md", "docs/"]);
    let wanted = "+++ b/c.md\n@@ -1 +1 @@\n-[a](a.md)\n+[a](docs/a.md)\n";
    assert!(stdout(&output).contains(wanted) && stdout(&output).matches("@@ -1").count() == 2, "{}", stdout(&output));
    assert_eq!(stderr(&output), "would move `a.md` to `docs/a.md`\nwould move `b.md` to `docs/b.md`\n");
    let output = rubrica(folder.path(), &["mv", "a.md", "b.md", "docs/"]);
    let wanted = "moved `a.md` to `docs/a.md`,\n      `b.md` to `docs/b.md`; 2 links in 2 documents rewritten\n";
    assert_eq!((output.status.code(), &*stderr(&output)), (Some(0), wanted));
    assert_eq!(
        read("docs/a.md") + &read("docs/b.md") + &read("c.md"),
        "[b](b.md) [c](../c.md)\n[a](a.md)\n[a](docs/a.md)\n"
    );
    // Links between what moves together stay, also where nobody looks at them any more.
    fs::create_dir(folder.path().join(".git")).expect("a folder");
    write(".git/HEAD", "ref: refs/heads/main\n");
    write(".gitignore", "build/\n");
    let output = rubrica(folder.path(), &["mv", "docs/a.md", "docs/b.md", "build/"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(read("build/a.md") + &read("build/b.md"), "[b](b.md) [c](../c.md)\n[a](a.md)\n");
}

#[test]
fn a_baseline_with_old_paths_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a/x.md", "[x](none.md)\n");
    write(folder.path(), "b.md", "# B\n");
    rubrica(folder.path(), &["baseline"]);
    let output = rubrica(folder.path(), &["mv", "b.md", "c.md"]);
    assert!(!stderr(&output).contains("baseline"), "{}", stderr(&output));
    let output = rubrica(folder.path(), &["mv", "a", "d"]);
    assert!(stderr(&output).contains("`rubrica baseline` writes it anew"), "{}", stderr(&output));
}

/// The links that a move leaves behind, where only the configuration can say that they lead there.
#[test]
fn links_from_a_root_that_is_not_configured_are_told_of() {
    let links =
        "[a](/guide/a) [b](/guide/a.html#x) [c](/guide/b) [d](/guide/c) [e](/guide/d) [f](/guide/e) [g](/guide/s/)\n";
    let documents: Vec<_> = ["a", "b", "c", "d", "e"].map(|name| format!("src/guide/{name}.md")).into();
    let mut all: Vec<(&str, &str)> = documents.iter().map(|path| (&**path, "# x\n")).collect();
    all.extend([("src/links.md", links), ("src/guide/s/_index.md", "# x\n")]);
    let folder = folder(&all);
    let at = folder.path();
    let moves = ["mv", "--root", ".", "src/guide/a.md", "src/guide/z.md"];
    let told = stderr(&rubrica(at, &[&moves[..], &["--diff"]].concat()));
    assert!(
        told.contains("note: 2 links may lead to what moves, and stay as they are: if `src` is the root"),
        "{told}"
    );
    assert!(told.contains("`paths: {/: src}`"), "{told}");
    let other = stderr(&rubrica(at, &["mv", "--root", ".", "src/links.md", "src/own.md", "--diff"]));
    assert!(other.contains("where 7 paths lead") && other.contains("if `src` is its root"), "{other}");
    let folder = stderr(&rubrica(at, &["mv", "--root", ".", "src/guide/s", "src/guide/t", "--diff"]));
    assert!(folder.contains("note: 1 link may lead to what moves, and stays as it is"), "{folder}");
    write(at, "rubrica.yaml", "paths: {/: src}\n");
    assert_eq!(stderr(&rubrica(at, &[&moves[..], &["--quiet"]].concat())), "");
    let text = fs::read_to_string(at.join("src/links.md")).expect("the document");
    assert!(text.starts_with("[a](/guide/z) [b](/guide/z.html#x) [c](/guide/b)"), "{text}");
}
