//! What holds for any text.

use proptest::prelude::*;
use rubrica::{
    corpus::Corpus,
    document::{Document, Facts, Flavor, Metadata, Place, prose::Kind, structure},
    engine::{check, fix},
    finding::{Finding, Markup, Safety, applied},
    source::{CorpusPath, FileId, LineColumn, LineIndex, Source, Span},
};

use crate::support::{cases, lines, memory, repaired};

/// Pieces of Markdown, Chinese, Japanese and English, right and wrong.
const PIECES: &[&str] = &[
    "【1】",
    "【2】",
    "【9】",
    "第一章 ",
    "第2章 ",
    "第 三 节 ",
    "1. ",
    "2. ",
    "2. ",
    "4. ",
    "1.1 ",
    "2.3 ",
    "3.1 ",
    "一、",
    "三、",
    "（二）",
    "(1) ",
    "１、",
    "## ",
    "### ",
    "# ",
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "中文",
    "かな",
    "한글",
    "word ",
    "重复",
    "**粗**",
    "*",
    "`code`",
    "```\n",
    "~~~",
    "[a](b.md)",
    "[b](a.md#1)",
    "[c](#中文)",
    "[[b]]",
    "[[b#中文]]",
    "[[b|文字]]",
    "![x](y.png)",
    "[x]: a.md\n",
    "!!! note\n",
    "=== \"中\"\n",
    ":   ",
    "\n\n    ",
    "[x]",
    "[[a]](b.md)",
    "<a id=\"i\"></a>",
    "<!-- c -->",
    "<!-- rubrica-disable-next-line -->\n",
    "%%",
    "> ",
    "- ",
    "---\n",
    "===\n",
    "| a | b |\n|---|---|\n",
    "\\",
    "&amp;",
    "\t",
    "\u{3000}",
    "\u{FEFF}",
    "𠮷",
    "👨\u{200D}👩",
    "#标签 ",
    "^id\n",
    "{#id}",
    "title: x\n",
    "(",
    ")",
    "[",
    "]",
    "：",
    "，",
    "https://example.org ",
    "- 日期：2025-11-26\n",
    "**日期**：2025/9/4\n",
    "https://example.org/",
    "$a$",
    "$",
    "{x}",
    "<code>",
    "</code>",
    "|",
    "**注意：**",
    "**“甲”**",
    "（",
    "）",
    "”乙“",
    "\u{200B}",
    "https://example.org，",
    "** 丙 **",
    "1.丁\n",
    "用Rust写",
    "甲 A",
    "甲,乙",
    "好.",
    "等...",
    "甲--乙",
    "\"甲\"",
    "１２",
    "Ｂ",
    "用10GB",
    "5 % ",
    "太好！！",
    "（x） 甲",
    "(丙)",
    "甲•乙",
    "[Rust语言](#用Rust写)",
    "## 用Rust写,甲\n",
    "_A_",
];

/// Profiles of typography, with blanks as they are not set by themselves.
const PROFILES: &[&str] = &[
    "text: {profile: zh-Hans}\nrules: {inconsistent-spacing: {blank: require}, misspaced-unit: {blank: require}}\n",
    "text: {profile: zh-Hant}\nrules: {inconsistent-spacing: {blank: forbid}, broken-cjk-line: warning}\n",
    "text: {profile: ja}\nrules: {misspaced-unit: {blank: forbid}}\n",
    "text: {profile: ko}\n",
];

/// Rules that change characters and nothing else.
const TYPOGRAPHY: [&str; 5] =
    ["inconsistent-spacing", "makeshift-mark", "misspaced-unit", "narrow-mark", "wide-alphanumeric"];

/// Contracts that hardly any document keeps.
const CONTRACTS: &str = "
contracts:
  - name: all
    files: ['*.md']
    metadata: [front-matter, preamble, section: 中文]
    title: {required: true, unique: true}
    empty_sections: false
    sections: [word?, ..., 重复, '{n} {any}*', '{label}中文?']
    fields:
      title: {required: true, equals: heading}
      日期: {format: 2025/11/26, unique: true}
      x: required
    tags: {from: [front-matter, inline, section: 中文], min: 1, max: 1, vocabulary: [标籤, A]}
  - name: some
    files: [dir]
    order: any
    sections: [重复: [かな, 한글], word: {max_words: 1}]
    tags: {from: inline, vocabulary: corpus}
";

/// Markup that a repair may bring to light.
const MARKUP: [Markup; 4] = [Markup::Emphasis, Markup::Strong, Markup::Strikethrough, Markup::Link];

pub(crate) fn markdown() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

fn corpus() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::vec(markdown(), 1..4).prop_map(|texts| {
        let names = ["a.md", "b.md", "dir/中文.md"];
        texts.into_iter().zip(names).map(|(text, name)| (name.to_owned(), text)).collect()
    })
}

const FLAVORS: [Flavor; 4] = [Flavor::GitHub, Flavor::Obsidian, Flavor::PythonMarkdown { in_html: true }, Flavor::Mdx];

fn facts(text: &str, flavor: Flavor) -> (std::sync::Arc<Source>, Facts) {
    let source = std::sync::Arc::new(Source::new(CorpusPath::new("a.md").expect("a path"), text));
    (source.clone(), Document::parse(FileId(0), source, flavor).facts)
}

fn spans(facts: &Facts) -> Vec<Span> {
    let mut out = Vec::new();
    for heading in &facts.headings {
        out.extend([heading.span, heading.content]);
        out.extend(heading.label.iter().flat_map(|label| label.numbers.iter().copied().chain([label.span])));
    }
    out.extend(facts.links.iter().flat_map(|link| [link.span, link.destination]));
    out.extend(facts.definitions.iter().flat_map(|definition| [definition.span, definition.destination]));
    out.extend(facts.anchors.iter().map(|anchor| anchor.span));
    out.extend(facts.tags.iter().map(|tag| tag.span));
    out.extend(facts.fences.iter().flat_map(|fence| [fence.span, fence.content]));
    out.extend(facts.paragraphs.iter().copied());
    out.extend(facts.parts.iter().map(|part| part.span));
    out.extend(facts.directives.iter().flat_map(|directive| [directive.span, directive.covers]));
    out
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn spans_lie_on_character_boundaries(text in markdown(), flavor in prop::sample::select(&FLAVORS[..])) {
        let (source, facts) = facts(&text, flavor);
        for span in spans(&facts) {
            prop_assert!(source.text.get(span.range()).is_some(), "{span:?} in {text:?}");
        }
        let document = Document::parse(FileId(0), source.clone(), flavor);
        let places = [Place::FrontMatter, Place::Preamble, Place::Section("中文".to_owned())];
        for field in Metadata::of(&document, &places).fields {
            prop_assert_eq!(source.slice(field.key).trim_matches('"'), field.name.trim_matches('"'), "{:?}", text);
            prop_assert!(source.text.get(field.value.span.range()).is_some(), "{field:?} in {text:?}");
        }
    }

    #[test]
    fn parts_are_where_the_facts_say(text in markdown(), flavor in prop::sample::select(&FLAVORS[..])) {
        let (source, facts) = facts(&text, flavor);
        for placed in facts.headings.iter().filter_map(|heading| heading.label.as_ref()) {
            for (number, &span) in placed.label.numbers.iter().zip(&placed.numbers) {
                prop_assert_eq!(source.slice(span), &placed.label.text[number.at.clone()]);
            }
        }
        for link in &facts.links {
            let written = source.slice(link.destination);
            if link.kind != rubrica::document::LinkKind::Reference && !written.contains(['\\', '&', '\n', '\r', '>']) {
                prop_assert_eq!(written, &link.target, "{:?}", source.slice(link.span));
            }
        }
        for tag in &facts.tags {
            prop_assert_eq!(source.slice(tag.span), format!("#{}", tag.name));
        }
    }

    #[test]
    fn prose_is_where_it_says(text in markdown(), flavor in prop::sample::select(&FLAVORS[..])) {
        let source = std::sync::Arc::new(Source::new(CorpusPath::new("a.md").expect("a path"), text.as_str()));
        let document = Document::parse(FileId(0), source, flavor);
        let prose = document.prose();
        let mut end = 0;
        for block in prose.blocks() {
            let range = prose.range_of(block);
            prop_assert_eq!(range.start, end, "blocks follow each other in {:?}", text);
            let mut at = range.start;
            let mut last = 0;
            for piece in prose.pieces(block) {
                prop_assert_eq!(piece.text().start, at);
                at = piece.text().end;
                prop_assert!(last <= piece.span.start, "pieces in order in {text:?}");
                last = piece.span.end;
                let written = text.get(piece.span.range());
                prop_assert!(written.is_some(), "{:?} in {text:?}", piece.span);
                if piece.kind == Kind::Text {
                    prop_assert_eq!(written, prose.text().get(piece.text()));
                    prop_assert_eq!(prose.editable(piece.text()), Some(piece.span));
                }
            }
            prop_assert_eq!(range.end, at);
            end = at + 1;
        }
        prop_assert_eq!(prose.text().len(), end);
    }

    #[test]
    fn positions_count_lines_and_characters(text in markdown()) {
        let index = LineIndex::new(&text);
        let mut position = LineColumn { line: 1, column: 1 };
        for (offset, c) in text.char_indices().chain([(text.len(), ' ')]) {
            prop_assert_eq!(index.position(&text, u32::try_from(offset).expect("short")), position);
            position.column += 1;
            if c == '\n' || (c == '\r' && !text[offset + 1..].starts_with('\n')) {
                position = LineColumn { line: position.line + 1, column: 1 };
            }
        }
    }

    #[test]
    fn fixing_settles_and_leaves_no_more_than_it_met(
        mut files in corpus(),
        config in prop::sample::select([PROFILES, &["", "", CONTRACTS, CONTRACTS]].concat()),
    ) {
        files.push(("rubrica.yaml".to_owned(), config.to_owned()));
        let job = memory(files.clone());
        let before = check(&job).expect("a root");
        let fixed = repaired(&job, Safety::Unsafe);
        // What a comment silences at the top may stand in the header once there is one.
        prop_assert!(fixed.outcome.findings.len() <= before.findings.len() + before.silenced.len());
        let after: Vec<(String, String)> = files
            .iter()
            .map(|(name, _)| {
                let source = fixed.outcome.corpus.sources.iter().find(|source| source.path.as_str() == name);
                (name.clone(), source.expect("still there").text.to_string())
            })
            .collect();
        let again = repaired(&memory(after), Safety::Unsafe);
        prop_assert!(again.units.is_empty(), "a second fix changes something: {files:?}");
    }

    #[test]
    fn repairs_of_text_change_nothing_else(text in markdown(), profile in prop::sample::select(PROFILES)) {
        let job = memory([("a.md", text.clone()), ("rubrica.yaml", profile.to_owned())]);
        let is_text = |_: &Corpus, finding: &Finding| {
            job.catalogue.page(&finding.rule).is_some_and(|page| &*page.group == "text")
        };
        // The check after a repair would hide what a rule of typography does wrong: so each is put in unchecked.
        for finding in check(&job).expect("a root").findings {
            let safe = finding.fix.as_ref().filter(|fix| fix.safety == Safety::Safe);
            if let Some(fix) = safe.filter(|_| TYPOGRAPHY.contains(&&*finding.rule)) {
                let after = applied(&text, Span::new(0, text.len()), fix.edits());
                prop_assert_eq!(structure(&text, Flavor::GitHub, &[]), structure(&after, Flavor::GitHub, &[]), "{}: {:?} and {:?}", finding.rule, text, after);
            }
        }
        let fixed = fix(&job, Safety::Safe, &is_text).expect("a root");
        let after = &fixed.outcome.corpus.sources[0].text;
        let ((shape, had), (now, has)) = (structure(&text, Flavor::GitHub, &MARKUP), structure(after, Flavor::GitHub, &MARKUP));
        prop_assert_eq!(shape, now, "{:?} and {:?}", text, after);
        prop_assert!(MARKUP.iter().all(|markup| has.get(markup) >= had.get(markup)), "{text:?} and {after:?}");
    }

    #[test]
    fn the_order_of_files_does_not_matter(files in corpus()) {
        let job = memory(files.clone());
        let reversed = memory(files.into_iter().rev());
        prop_assert_eq!(lines(&job, &check(&job).expect("a root")), lines(&reversed, &check(&reversed).expect("a root")));
    }
}
