//! The text of a document as it is read: what is text, what is opaque, and where each stands.

use std::sync::Arc;

use proptest::prelude::*;
use rubrica::{
    document::{
        Document, Flavor,
        prose::{BlockKind, Kind, Style},
    },
    source::{CorpusPath, FileId, Source},
};

use crate::{
    laws::markdown,
    support::{cases, findings},
};

fn source(text: &str) -> Arc<Source> {
    Arc::new(Source::new(CorpusPath::new("a.md").expect("a path"), text))
}

fn document(text: &str) -> Document {
    Document::parse_with_prose(FileId(0), source(text), Flavor::GitHub)
}

proptest! {
    #![proptest_config(cases(400))]

    /// Made while the facts are, or by a parse of its own.
    #[test]
    fn prose_is_the_same_whenever_it_is_made(text in markdown()) {
        let (now, later) = (document(&text), Document::parse(FileId(0), source(&text), Flavor::GitHub));
        prop_assert_eq!(now.prose(), later.prose(), "{:?}", text);
    }
}

/// Whether a tag breaks the line.
fn breaks_line(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    ["<br>", "<br/", "<br "].iter().any(|begin| tag.starts_with(begin))
}

proptest! {
    #![proptest_config(cases(400))]

    /// As a walk over the pieces of each paragraph finds them.
    #[test]
    fn lines_that_begin_like_a_block(text in markdown(), signs in prop::sample::select(vec!["\n|", "<br>\n#", "\\\n1", "\r\n- ", "！\n＃"])) {
        let document = document(&text.replace('\n', signs));
        let (prose, file) = (document.prose(), &document.source.text);
        let mut expected = Vec::new();
        for (at, block) in prose.blocks().iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Paragraph) {
            let (mut is_first, mut is_hard, mut number, mut is_broken) = (true, false, 0, false);
            for piece in prose.pieces(block) {
                let sign = file[piece.span.range()].chars().next();
                let begins = sign.is_some_and(|c| c.is_ascii_digit() || "#*+-:|".contains(c) || ('\u{F000}'..='\u{FFFF}').contains(&c));
                if is_first && piece.kind == Kind::Text && begins {
                    expected.push((at, number, is_hard, piece.span));
                }
                is_first = matches!(piece.kind, Kind::SoftBreak | Kind::HardBreak);
                number += usize::from(is_first);
                is_hard = piece.kind == Kind::HardBreak || (is_first && is_broken);
                is_broken = piece.kind == Kind::Html && breaks_line(document.source.slice(piece.span));
            }
        }
        let openings = prose.openings().iter();
        let found: Vec<_> = openings.map(|own| (own.block, own.number, own.is_hard, own.first)).collect();
        prop_assert_eq!(found, expected, "{:?}", document.source.text);
    }
}

/// Each block and its text, opaque pieces as their kind.
fn shown(text: &str) -> Vec<String> {
    let document = document(text);
    let prose = document.prose();
    let block = |block| {
        let pieces = prose.pieces(block).iter().map(|piece| match piece.kind {
            Kind::Text => document.source.slice(piece.span).to_owned(),
            Kind::Written(c) => format!("‹{c}›"),
            Kind::SoftBreak => "␣".to_owned(),
            Kind::HardBreak => "⏎".to_owned(),
            kind => format!("‹{kind:?} {}›", document.source.slice(piece.span)),
        });
        let pieces: String = pieces.collect();
        let kind = match block.kind {
            BlockKind::Heading(level) => format!("h{level}"),
            BlockKind::Paragraph => "p".to_owned(),
            BlockKind::Cell { is_header } => if is_header { "th" } else { "td" }.to_owned(),
            BlockKind::Alt => "alt".to_owned(),
        };
        format!(
            "{kind}{}{}: {pieces}",
            if block.is_listed { " li" } else { "" },
            if block.is_quoted { " >" } else { "" }
        )
    };
    prose.blocks().iter().map(block).collect()
}

#[test]
fn blocks_and_what_they_stand_in() {
    let text =
        "# 一 *二*\n\n三\n四  \n五\n\n- 六\n- 七\n\n  八\n\n> 九\n\n| 十 | b |\n|---|---|\n| c | d |\n\n[^1]: 注\n";
    assert_eq!(
        shown(text),
        [
            "h1: 一 二", "p: 三␣四⏎五", "p li: 六", "p li: 七", "p li: 八", "p >: 九", "th: 十", "th: b", "td: c",
            "td: d", "p: 注"
        ]
    );
}

#[test]
fn what_is_no_text_is_opaque() {
    let cases = [
        ("用 `code` 与 <b>粗</b>", "p: 用 ‹Code `code`› 与 ‹Html <b>›粗‹Html </b>›"),
        ("按 <kbd>删除</kbd> 键", "p: 按 ‹Code <kbd>删除</kbd>› 键"),
        ("[文字](u)与[[笔记]]和[[笔记|显示]]", "p: 文字与‹Other [[笔记]]›和显示"),
        ("见<https://a.b>和https://a.b/c_d?x=1，后文", "p: 见‹Url <https://a.b>›和‹Url https://a.b/c_d?x=1›，后文"),
        ("(https://a.b/c(d)) www.a.b.", "p: (‹Url https://a.b/c(d)›) ‹Url www.a.b›."),
        ("写信给a@b.org，或找 @某 @name", "p: 写信给‹Url a@b.org›，或找 @某 ‹Other @name›"),
        ("价格$100和$200，式$a_b$与$$\\text{中}$$", "p: 价格$100和$200，式‹Other $a_b$›与‹Other $$\\text{中}$$›"),
        ("式$x_{部署}$与$布署$", "p: 式‹Other $x_{部署}$›与$布署$"),
        ("$$\na\n$$后", "p: ‹Other $$\na\n$$›后"),
        ("#标签 后 C#语言", "p: ‹Other #标签› 后 C#语言"),
        ("正文 ^id", "p: 正文 ‹Other ^id›"),
        ("{{ 变量 }}与{name}与{文字}", "p: ‹Other {{ 变量 }}›与‹Other {name}›与{文字}"),
        ("%%隐%%:smile: 比例3:4", "p: ‹Other %%隐%%›‹Other :smile:› 比例3:4"),
        (":::tip 注意\n文字", "p: ‹Other :::tip 注意›␣文字"),
        ("a&nbsp;\\*b\\\\c&amp;", "p: a‹\u{A0}›‹*›b‹\\›c‹&›"),
        ("注[^1]\n\n[^1]: x", "p: 注‹Other [^1]›"),
        ("- [ ] 事", "p li: ‹Other [ ]›事"),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text)[0], expected, "{text:?}");
    }
    assert_eq!(shown("> [!tip] 题\n> 文")[0], "p >: ‹Other [!tip]› 题␣文");
    assert_eq!(shown("图![替 *代*](a.png)后"), ["p: 图‹Other ![替 *代*](a.png)›后", "alt: 替 代"]);
    assert_eq!(shown("```\n代码\n```\n\n<div>\n块\n</div>\n"), [] as [&str; 0]);
}

#[test]
fn a_range_of_the_text_has_a_place_in_the_file() {
    let document = document("请先**登**陆&amp;看\n\n`x`。\n");
    let prose = document.prose();
    let at = prose.text().find("登陆").expect("across a style");
    let place = prose.span(at..at + 6).expect("a place");
    assert_eq!(document.source.slice(place), "登**陆");
    assert_eq!(prose.editable(at..at + 6), None);
    assert!(prose.piece_at(at).expect("a piece").style.has(Style::STRONG));
    let own = prose.editable(at + 3..at + 6).expect("written as it reads");
    assert_eq!(document.source.slice(own), "陆");
    let entity = prose.text().find("&看").expect("as it reads");
    assert_eq!(document.source.slice(prose.span(entity..entity + 4).expect("a place")), "&amp;看");
    assert_eq!(prose.editable(entity..entity + 1), None);
    let block = &prose.blocks()[1];
    assert_eq!(prose.text_of(block), "\u{FFFC}。");
    assert_eq!(prose.block_at(prose.range_of(block).start), Some(block));
    assert_eq!(prose.span(at..prose.range_of(block).end), None);
}

/// A bar in code ends the cell: what is lost behind the row and the backtick without a partner are one mistake.
#[test]
fn code_that_a_bar_parts_is_told_once() {
    let row = "| a | b |\n|---|---|\n| `c` | `d|e` |\n";
    let said = |config: &str| findings([("rubrica.yaml", config), ("a.md", row)]);
    assert_eq!(said(""), ["a.md:3:12 broken-table the table has 2 columns: `e`` does not show"]);
    let alone = "a.md:3:9 unclosed-code a backtick without a partner shows as it stands";
    assert_eq!(said("rules: {broken-table: off}\n"), [alone]);
}
