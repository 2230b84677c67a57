//! A vault of Chinese documents, as large as one likes, whose broken links are known. The tests check a small one, the
//! bench a large one.

use std::{collections::BTreeSet, fmt::Write};

use rubrica::{engine::Outcome, finding::Finding};

/// Links in each document.
pub(crate) const LINKS: usize = 10;

/// Headings and the anchors that GitHub makes of them.
const HEADINGS: &[(&str, &str)] =
    &[("缘由", "缘由"), ("做法（第 2 版）", "做法第-2-版"), ("结果：`数据`、图", "结果数据图"), ("【附】Q&A", "附qa")];

const SENTENCES: &[&str] = &[
    "每次改动之前先把旧的抄一份，改完以后对照着读一遍。",
    "这一条是从去年的教训里来的：没有写下来的约定，半年以后就没有人记得。",
    "数据先存在本机，晚上再同步到另一台机器，中间断了也不要紧。",
    "如果两处说法不同，以日期较新的为准，并把旧的那一处改过来。",
    "配置文件里的每一项都要说明为什么这样写，而不只是写了什么。",
    "读者多半是第一次来，所以先给例子，再讲道理。",
];

/// The files of a vault, and where in it links are broken.
#[derive(Debug)]
pub(crate) struct Vault {
    /// Path and text.
    pub(crate) files: Vec<(String, String)>,
    /// Path, line, and the rule that has to see it.
    pub(crate) broken: BTreeSet<(String, usize, &'static str)>,
}

impl Vault {
    /// Asserts that a check finds what is broken, and nothing else.
    pub(crate) fn assert_found(&self, outcome: &Outcome) {
        let place = |finding: &Finding| {
            let source = outcome.corpus.source(finding.at.file);
            let line = source.position(finding.at.span.start).line as usize;
            (source.path.as_str().to_owned(), line, finding.rule.to_string())
        };
        let found: BTreeSet<_> = outcome.findings.iter().map(place).collect();
        let broken = self.broken.iter().map(|(path, line, rule)| (path.clone(), *line, (*rule).to_owned())).collect();
        assert_eq!(found, broken, "what is broken, and nothing else");
    }
}

/// The path of a document.
fn path(at: usize) -> String {
    format!("卷{:02}/札记{at:05}.md", at % 40)
}

/// So many documents with [`LINKS`] links each. A third of the links have fragments, a tenth are wikilinks; `broken`
/// of them, evenly spread, lead nowhere, each kind in its turn.
pub(crate) fn vault(documents: usize, broken: usize) -> Vault {
    let config = "renderers: [github]\n".to_owned();
    let mut files = vec![("rubrica.yaml".to_owned(), config), (".obsidian/app.json".to_owned(), "{}".to_owned())];
    let mut places = BTreeSet::new();
    let total = documents * LINKS;
    for at in 0..documents {
        let mut text = format!("# 札记 {at:05}\n");
        for (section, (heading, _)) in HEADINGS.iter().enumerate() {
            let _ = write!(text, "\n## {heading}\n\n");
            for line in 0..6 {
                text.push_str(SENTENCES[(at + section + line) % SENTENCES.len()]);
            }
            text.push('\n');
        }
        text.push_str("\n## 参见\n\n");
        for link in 0..LINKS {
            let number = at * LINKS + link;
            // One in each stretch of so many links, at another place of its document each time.
            let stretch = total / broken.max(1);
            let is_broken = number / stretch < broken && number % stretch == number / stretch * 3 % LINKS;
            // A multiplier without a common divisor scatters the targets.
            let target = (number * 7_919 + 13) % documents;
            let (anchor, heading) = (HEADINGS[number % HEADINGS.len()].1, HEADINGS[number % HEADINGS.len()].0);
            let folder = format!("../卷{:02}", target % 40);
            let (written, rule) = match (link, is_broken.then_some(places.len() % 3)) {
                (_, Some(0)) => (format!("[甲]({folder}/札迹{target:05}x.md)"), "broken-link"),
                (_, Some(1)) => (format!("[乙]({folder}/札记{target:05}.md#{anchor}甲乙丙丁)"), "broken-anchor"),
                (_, Some(_)) => (format!("[[札记{target:05}#没有这一节|丙]]"), "broken-wikilink"),
                (9, None) => (format!("[[札记{target:05}#{}|丁]]", heading.replace('`', "")), ""),
                (0 | 3, None) => (format!("[戊]({folder}/札记{target:05}.md#{anchor})"), ""),
                (6, None) => (format!("[己](#{anchor})"), ""),
                (_, None) => (format!("[庚]({folder}/札记{target:05}.md)"), ""),
            };
            if is_broken {
                places.insert((path(at), text.lines().count() + 1, rule));
            }
            let _ = writeln!(text, "- {written}");
        }
        files.push((path(at), text));
    }
    Vault { files, broken: places }
}
