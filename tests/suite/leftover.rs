//! What a move leaves to the author is said, and nothing else is.

use rubrica::{engine::relocate, source::CorpusPath};

use crate::support::memory;

/// What is left by a move, one line each.
fn left(files: &[(&str, &str)], old: &str, new: &str) -> Vec<String> {
    let path = |path: &str| CorpusPath::new(path).expect("a path");
    let plan = relocate(&memory(files.iter().copied()), &[(path(old), path(new))]).expect("it can be moved");
    plan.left.iter().map(ToString::to_string).collect()
}

#[test]
fn places_that_name_a_document() {
    let text = "---\nsource: docs/guide.md\n---\n[docs/guide.md](guide.md) `guide.md` 见docs/guide.md。 ./guide.md\n\n\
                ```sh\ncat docs/guide.md\n```\n";
    let files = [("docs/a.md", text), ("docs/guide.md", "# Guide\n"), ("b/c.md", "See ../docs/guide.md.\n")];
    let all = [
        "b/c.md:1:5 still names `../docs/guide.md`",
        "docs/a.md:2:9 still names `docs/guide.md`",
        "docs/a.md:4:2 still names `docs/guide.md`",
        "docs/a.md:4:28 still names `guide.md`",
        "docs/a.md:4:39 still names `docs/guide.md`",
        "docs/a.md:4:56 still names `guide.md`",
        "docs/a.md:7:5 still names `docs/guide.md`",
    ];
    assert_eq!(left(&files, "docs/guide.md", "docs/start.md"), all);
    // Its name alone is right in another folder as well.
    let kept = left(&files, "docs/guide.md", "more/guide.md");
    assert_eq!(kept.len(), 5, "{kept:?}");
    assert!(kept.iter().all(|line| line.contains("docs/guide.md`")), "{kept:?}");
}

#[test]
fn what_only_looks_like_a_path_names_nothing() {
    let text = "guide.md.bak myguide.md my-guide.md my/guide.md /guide.md ../guide.md 用guide.mdx guide\n\
                https://example.org/docs/guide.md\n\n```\nguide.md\n```\n\n[x](guide.md) [[guide]] <img src=\"guide.md\">\n";
    let files = [("docs/a.md", text), ("docs/guide.md", "x\n"), ("other/b.md", "`guide.md` `docs/guide.md`\n")];
    let more = [("other/docs/guide.md", "x\n"), ("docs/高级用法.md", "用法.md 高级用法.md\n"), ("docs/用法.md", "x\n")];
    let files: Vec<_> = files.into_iter().chain(more).collect();
    assert_eq!(left(&files, "docs/guide.md", "docs/start.md"), Vec::<String>::new());
    assert_eq!(left(&files, "docs/用法.md", "docs/x.md"), ["docs/高级用法.md:1:1 still names `用法.md`"]);
}

#[test]
fn places_that_name_a_folder() {
    let text = "`docs/img/` `docs/img/x.png` `docs/img/none.png` docs/image/ img docs/img\n![](docs/img/x.png)\n";
    let files = [("a.md", text), ("docs/img/x.png", ""), ("docs/img/a.md", "./ / .. // x\n")];
    let wanted = ["a.md:1:2 still names `docs/img/`", "a.md:1:14 still names `docs/img/x.png`"];
    assert_eq!(left(&files, "docs/img", "docs/pictures"), wanted);
    // It keeps its name, but not its place.
    assert_eq!(left(&files, "docs/img", "img"), wanted);
    let files = [("README.md", "`docs/guide.md` and docs\n"), ("docs/guide.md", "`guide.md`\n")];
    assert_eq!(left(&files, "docs", "site/docs"), ["README.md:1:2 still names `docs/guide.md`"]);
    // From the root as well, wherever it is written.
    let files = [("posts/a.md", "`posts/b.md`\n"), ("posts/b.md", "x\n"), ("docs/c.md", "`posts/a.md`\n")];
    let wanted = ["docs/c.md:1:2 still names `posts/a.md`", "articles/a.md:1:2 still names `posts/b.md`"];
    let mut found = left(&files, "posts", "articles");
    found.sort_by_key(|line| line.contains("articles"));
    assert_eq!(found, wanted);
}

#[test]
fn places_in_the_configuration_of_rubrica() {
    let yaml = "contracts:\n  - {name: article, files: [articles/, docs/articles.md]}\nrule_pages: [rules/own]\n";
    let files = [("rubrica.yaml", yaml), ("articles/a.md", "x\n"), ("rules/own/x.md", "x\n")];
    assert_eq!(left(&files, "articles", "posts"), ["rubrica.yaml:2:29 still names `articles`"]);
    assert_eq!(left(&files, "rules/own", "rules/ours"), ["rubrica.yaml:3:14 still names `rules/own`"]);
    assert_eq!(left(&files, "rules", "pages"), ["rubrica.yaml:3:14 still names `rules`"]);
    // A word alone names nothing where no path is expected, nor in a comment.
    let files = [("rubrica.yaml", "tags: [inline] # inline\nfiles: {exclude: [inline]}\n"), ("inline/a.md", "x\n")];
    assert_eq!(left(&files, "inline", "other"), ["rubrica.yaml:2:19 still names `inline`"]);
}

#[test]
fn includes_of_vuepress() {
    let text = "!!!include(docs/guide/part.md)!!!\n\n!!! include(./part.md) !!!\n\n<<< @/src/x.js\n\n\
                <<< @/guide/e.js{2}\n\n<<< ./e.js#part\n\n@[code](./e.js)\n";
    let files = [
        ("docs/.vuepress/config.js", ""),
        ("docs/guide/a.md", text),
        ("docs/guide/part.md", "x\n"),
        ("docs/guide/e.js", ""),
        ("src/x.js", ""),
    ];
    let at = |line: &str| format!("docs/guide/a.md:{line}");
    assert_eq!(
        left(&files, "docs/guide/part.md", "docs/guide/b.md"),
        [at("1:12 leads nowhere any more: `docs/guide/part.md`"), at("3:13 leads nowhere any more: `./part.md`"),]
    );
    assert_eq!(
        left(&files, "docs/guide/e.js", "docs/guide/f.js"),
        [at("9:5 leads nowhere any more: `./e.js`"), at("7:5 still names `@/guide/e.js`")]
    );
    assert_eq!(left(&files, "src/x.js", "src/y.js"), [at("5:5 still names `@/src/x.js`")]);
    let moved = left(&files, "docs/guide/a.md", "docs/a.md");
    let lines: Vec<&str> = moved.iter().filter_map(|line| line.strip_prefix("docs/a.md:")).collect();
    assert_eq!(lines, ["3:13 leads nowhere any more: `./part.md`", "9:5 leads nowhere any more: `./e.js`"]);
}

/// What a build puts into a document is no link: it is named where it leads nowhere any more.
#[test]
fn includes() {
    let files = [
        ("docs/a.md", "<!-- @include: ./parts/p.md{1,3} -->\n\n<!-- @include: @q.md -->\n\n`p.md`\n"),
        ("docs/b.md", "--8<-- \"docs/parts/p.md\"\n"),
        ("docs/parts/p.md", "p\n"),
        ("snippets/q.md", "q\n"),
    ];
    let wanted = [
        "docs/a.md:1:16 leads nowhere any more: `./parts/p.md`",
        "docs/b.md:1:9 leads nowhere any more: `docs/parts/p.md`",
    ];
    assert_eq!(left(&files, "docs/parts/p.md", "docs/p.md"), wanted);
    assert_eq!(left(&files, "docs/a.md", "a.md"), ["a.md:1:16 leads nowhere any more: `./parts/p.md`"]);
    assert_eq!(left(&files, "snippets/q.md", "more/q.md"), ["docs/a.md:3:16 still names `@q.md`"]);
    assert_eq!(left(&files, "docs/b.md", "b.md"), Vec::<String>::new());
}

#[test]
fn a_url_of_the_repository() {
    let config = "[remote \"origin\"]\n\turl = git@github.com:example/own.git\n";
    let urls = "<https://github.com/example/own/blob/main/docs/A.md#x> <https://github.com/example/other/blob/main/docs/A.md>\n";
    let files = [(".git/config", config), ("b.md", urls), ("docs/A.md", "# x\n")];
    let wanted = "b.md:1:2 still names `https://github.com/example/own/blob/main/docs/A.md#x`";
    assert_eq!(left(&files, "docs/A.md", "docs/c.md"), [wanted]);
    assert_eq!(left(&files, "docs", "more"), [wanted]);
}

/// Queries and what is hidden hold wikilinks that nothing resolves, and so does a text on a canvas.
#[test]
fn notes_that_are_named_in_brackets() {
    let text = "[[乙]] [[x/乙]] `[[乙]]`\n\n```dataview\nLIST FROM [[乙]] AND [[乙丙]]\n```\n\n%% [[乙#用法|见]] [[x/乙.md]] [[y/乙]] %%\n";
    let canvas = r#"{"nodes": [{"type": "text", "text": "[[乙]] 与乙"}]}"#;
    let files = [(".obsidian/app.json", "{}"), ("甲.md", text), ("x/乙.md", "x\n"), ("图.canvas", canvas)];
    let by_path = ["甲.md:7:17 still names `x/乙.md`"];
    assert_eq!(left(&files, "x/乙.md", "z/乙.md"), by_path);
    let all = [
        "图.canvas:1:40 still names `乙`",
        "甲.md:1:18 still names `乙`",
        "甲.md:4:13 still names `乙`",
        "甲.md:7:6 still names `乙`",
        "甲.md:7:17 still names `x/乙.md`",
    ];
    assert_eq!(left(&files, "x/乙.md", "x/丁.md"), all);
    let elsewhere = [files[1], files[2]];
    assert!(left(&elsewhere, "x/乙.md", "x/丁.md").iter().all(|note| !note.contains(":4:")));
}

#[test]
fn canvases_of_obsidian() {
    let canvas = r#"{"nodes": [{"type": "file", "file": "笔记/概念01.md"}, {"text": "笔记/概念01.md 很好"},
        {"file": "旧/笔记/概念01.md"}, {"file":"笔记/图.png"}]}"#;
    let files = [("图/x.canvas", canvas), ("笔记/概念01.md", "x\n"), ("笔记/图.png", "")];
    let wanted = ["图/x.canvas:1:38 still names `笔记/概念01.md`"];
    assert_eq!(left(&files, "笔记/概念01.md", "归档/概念一.md"), wanted);
    let both = ["图/x.canvas:1:38 still names `笔记/概念01.md`", "图/x.canvas:2:44 still names `笔记/图.png`"];
    assert_eq!(left(&files, "笔记", "归档"), both);
    assert_eq!(left(&files, "图", "画布"), Vec::<String>::new());
}

#[test]
fn the_configuration_of_a_site() {
    let nav = "nav:\n  - index.md\n  - Guide: guide/a.md\n  - 'b.md'\nguide: x\n";
    let mkdocs = [("mkdocs.yml", nav), ("docs/index.md", "x\n"), ("docs/guide/a.md", "x\n"), ("docs/b.md", "x\n")];
    assert_eq!(left(&mkdocs, "docs/guide/a.md", "docs/a.md"), ["mkdocs.yml:3:12 still names `guide/a.md`"]);
    assert_eq!(left(&mkdocs, "docs/b.md", "docs/guide/b.md"), ["mkdocs.yml:4:6 still names `b.md`"]);
    assert_eq!(left(&mkdocs, "docs/guide", "docs/g"), ["mkdocs.yml:3:12 still names `guide/a.md`"]);

    let config = "nav: [{ text: 'start', link: '/start' }, '/guide/', '/guide/a.html', '/guide/a#x', '/zh/guide/a']\n";
    let vitepress = [
        (".vitepress/config.ts", config),
        ("start.md", "x\n"),
        ("guide/a.md", "x\n"),
        ("guide/index.md", "x\n"),
        ("other/config.ts", "'/guide/a'\n"),
    ];
    let wanted = [".vitepress/config.ts:1:55 still names `guide/a`", ".vitepress/config.ts:1:72 still names `guide/a`"];
    assert_eq!(left(&vitepress, "guide/a.md", "guide/b.md"), wanted);
    assert_eq!(left(&vitepress, "guide/index.md", "guide/b.md"), [".vitepress/config.ts:1:44 still names `guide`"]);
    assert_eq!(left(&vitepress, "start.md", "begin.md"), [".vitepress/config.ts:1:32 still names `start`"]);

    let sidebars = "['intro', { id: 'basics/setup', label: 'Setup' }]\n";
    let docusaurus = [
        ("docusaurus.config.js", ""),
        ("sidebars.js", sidebars),
        ("docs/intro.md", "x\n"),
        ("docs/01-basics/02-setup.md", "x\n"),
    ];
    assert_eq!(left(&docusaurus, "docs/01-basics", "docs/02-x"), ["sidebars.js:1:18 still names `basics/setup`"]);
    assert_eq!(left(&docusaurus, "docs/intro.md", "docs/start.md"), ["sidebars.js:1:3 still names `intro`"]);
    let mut named = docusaurus;
    named[2].1 = "---\nid: intro\n---\n";
    assert_eq!(left(&named, "docs/intro.md", "docs/start.md"), Vec::<String>::new());
    assert_eq!(left(&named, "docs/intro.md", "docs/x/intro.md"), ["sidebars.js:1:3 still names `intro`"]);
}

/// Beside a `Home.md` it may have been the page; in other folders it was what is shown.
#[test]
fn what_may_be_a_page_of_a_wiki() {
    let home = [("Home.md", "[[future idea|Alpha]]\n"), ("Alpha.md", "x\n")];
    assert_eq!(left(&home, "Alpha.md", "Gamma.md"), ["Home.md:1:3 leads nowhere any more: `future idea`"]);
    let notes = [("Start.md", "[[future idea|Alpha]]\n"), ("Alpha.md", "x\n")];
    assert_eq!(left(&notes, "Alpha.md", "Gamma.md"), Vec::<String>::new());
}

/// They are no documents, so that nothing in them is rewritten.
#[test]
fn pages_in_mdx() {
    let page = "import P from './_p.mdx';\n\n[f](./02-setup.md) [p](./setup#use) [r](/docs/basics/setup) [n](none) [i](intro)\n\n\
                <Link to=\"/docs/basics/setup\">setup \"and/or\"</Link> [u](https://example.org/docs/basics/setup)\n";
    let files = [
        ("docusaurus.config.js", ""),
        ("docs/01-basics/page.mdx", page),
        ("docs/01-basics/_p.mdx", "x\n"),
        ("docs/01-basics/02-setup.md", "## Use\n"),
        ("docs/01-basics/01-intro.md", "x\n"),
    ];
    let at = |place: &str, name: &str| format!("docs/01-basics/page.mdx:{place} still names `{name}`");
    let wanted = [
        at("3:5", "./02-setup.md"),
        at("3:24", "./setup#use"),
        at("3:41", "/docs/basics/setup"),
        at("5:11", "/docs/basics/setup"),
    ];
    assert_eq!(left(&files, "docs/01-basics/02-setup.md", "docs/01-basics/02-install.md"), wanted);
    assert_eq!(left(&files, "docs/01-basics/02-setup.md", "docs/01-basics/05-setup.md"), wanted[..1]);
    let wanted = [at("1:16", "./_p.mdx")];
    assert_eq!(left(&files, "docs/01-basics/_p.mdx", "docs/01-basics/_q.mdx"), wanted);
    let lost = left(&files, "docs/01-basics/page.mdx", "docs/page.mdx");
    assert_eq!(lost.len(), 4, "{lost:?}");
    assert_eq!(lost[0], "docs/page.mdx:1:16 leads nowhere any more: `./_p.mdx`");
}

#[test]
fn translations_that_stay() {
    let files = [
        ("docs/en/a.md", "x\n"),
        ("docs/zh/a.md", "x\n"),
        ("docs/a.md", "x\n"),
        ("docs/b.md", "x\n"),
        ("docs/b.zh.md", "x\n"),
        ("docs/zh/README.md", "x\n"),
        ("docs/README.md", "x\n"),
    ];
    let stays = |path: &str| format!("`{path}` is the same in another language, and stays");
    let both = "`docs/a.md` and 1 more are the same in another language, and stay";
    assert_eq!(left(&files, "docs/en/a.md", "docs/en/c.md"), [both]);
    assert_eq!(left(&files, "docs/b.md", "docs/c.md"), [stays("docs/b.zh.md")]);
    assert_eq!(left(&files, "docs/README.md", "README.md"), Vec::<String>::new());
    // Words may be codes as well.
    let words = [("what-is.md", "x\n"), ("what-is-it.md", "x\n"), ("setup.md", "x\n"), ("it/setup.md", "x\n")];
    assert_eq!(left(&words, "what-is.md", "about.md"), Vec::<String>::new());
    assert_eq!(left(&words, "setup.md", "start.md"), Vec::<String>::new());
    // Whoever moves a language, or all of them, means to.
    assert_eq!(left(&files, "docs/en", "docs/english"), Vec::<String>::new());
    assert_eq!(left(&files, "docs", "text"), Vec::<String>::new());
}

/// Below `i18n/` stands what is laid over the documents of the site: its links lead to what is not translated there.
#[test]
fn translations_that_are_laid_over() {
    let over = "i18n/zh/docusaurus-plugin-content-docs/current";
    let (zh_a, zh_c) = (format!("{over}/guide/a.md"), format!("{over}/c.md"));
    let files = [
        ("docusaurus.config.js", ""),
        ("docs/guide/a.md", "[b](b.md)\n"),
        ("docs/guide/b.md", "x\n"),
        ("docs/c.md", "x\n"),
        (&*zh_a, "[b](b.md) [c](../c.md)\n"),
        (&*zh_c, "x\n"),
    ];
    let stays = |path: &str| format!("`{path}` is the same in another language, and stays");
    assert_eq!(left(&files, "docs/guide/b.md", "docs/b.md"), [format!("{zh_a}:1:5 leads nowhere any more: `b.md`")]);
    assert_eq!(left(&files, "docs/c.md", "docs/d.md"), [stays(&zh_c)]);
    assert_eq!(left(&files, &zh_c, &format!("{over}/d.md")), [stays("docs/c.md")]);
}
