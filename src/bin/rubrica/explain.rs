//! `rubrica explain`.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    io::Write,
    path::Path,
    sync::Arc,
};

use rubrica::{
    declarative::{Matcher, Matching, Reason},
    document::Document,
    engine::{self, Job, Outcome, Selection},
    files::within,
    finding::Finding,
    rule::{Catalogue, Language, Page},
};

use crate::{
    CLEAN, Failure,
    args::Explain,
    bindings, destinations, labels, setup, surroundings,
    words::{self, either, shown},
};

pub(crate) fn run(args: &Explain) -> Result<u8, Failure> {
    let mut out = std::io::stdout().lock();
    let (root, mut job) = setup::job(&args.place, args.path.as_deref().as_slice())?;
    let name = args.rule.as_str();
    let Some(page) = job.catalogue.page(name).cloned() else { return group(&job.catalogue, args, &mut out) };
    let language = surroundings::language(args.lang);
    let Some(path) = &args.path else { return whole(&page, language, &mut out) };
    if job.config.is_invalid() {
        say!("note: the configuration has mistakes, so this may not be what was meant: `rubrica config` names them");
    }
    job.selection = Selection::of(vec![page.name.clone()]);
    let (outcome, document) = look(&job, &root, path)?;
    state(&job, &page, &document, language, &mut out)?;
    let mut seen = match &page.matching {
        Some(matching) => sightings((&page.name, matching), &job, language, &outcome, &document),
        None => reported(&job, language, &outcome, &document),
    };
    let others = destinations::of(&page, &outcome.corpus, &document, language);
    let others = others.or_else(|| labels::of(&job, &page, &document, language));
    let shows_all = page.matching.is_some() || others.is_some() || bindings::concern(&page);
    let reported: HashSet<u32> = seen.iter().map(|(start, _)| *start).collect();
    seen.extend(others.into_iter().flatten().filter(|(start, _)| !reported.contains(start)));
    seen.sort_by_key(|(start, _)| *start);
    if bindings::concern(&page) {
        bindings::state(&job, &document, language, &mut out)?;
        seen.extend(bindings::taken(&page, &outcome, &document, language));
        seen.sort_by_key(|(start, _)| *start);
    }
    for (start, what) in &seen {
        let at = document.source.position(*start);
        writeln!(out, "{at} {}", shown(what))?;
    }
    if seen.is_empty() {
        let nothing = if shows_all {
            either(language, "nothing here that the rule looks for", "此处没有该规则要找的内容")
        } else {
            either(language, "nothing is reported here", "此处没有报告")
        };
        writeln!(out, "{nothing}")?;
    }
    Ok(CLEAN)
}

/// The page of a rule.
fn whole(page: &Page, language: Language, out: &mut dyn Write) -> Result<u8, Failure> {
    let (name, group, severity) = (&page.name, &page.group, words::severity(page.severity, language));
    let (fix, default, since) = (words::fix(page, language), words::default(page, language), shown(&page.since));
    let summary = page.summary(language);
    match language {
        Language::English => {
            let since = if page.since.is_empty() { String::new() } else { format!(", since {since}") };
            writeln!(out, "{name}: {severity}, group {group}, {fix}, {default}{since}\n")?;
        }
        Language::Chinese => {
            let since = if page.since.is_empty() { String::new() } else { format!("，自 {since} 起") };
            writeln!(out, "{name}：{severity}，规则组 {group}，{fix}，{default}{since}\n")?;
            // What follows is as the page has it.
            if summary != page.summary(Language::English) {
                writeln!(out, "{}\n", shown(summary))?;
            }
        }
    }
    if let Some(url) = &page.url {
        writeln!(out, "{}\n", shown(url))?;
    }
    for option in &page.options {
        let (name, kind, summary) = (&option.name, option.kind.in_words(), &option.summary);
        writeln!(out, "- option `{name}` ({kind}; default {}): {summary}", option.default)?;
    }
    let body = if page.body().is_empty() { summary } else { page.body() };
    for line in body.trim_end().lines() {
        writeln!(out, "{}", shown(line))?;
    }
    Ok(CLEAN)
}

/// What a name stands for that is no rule's.
fn group(catalogue: &Catalogue, args: &Explain, out: &mut dyn Write) -> Result<u8, Failure> {
    let name = args.rule.as_str();
    let group = catalogue.named(name);
    if !group.is_empty() {
        writeln!(out, "`{name}` is a group: {}", group.join(", "))?;
        return Ok(CLEAN);
    }
    let help = if Path::new(name).exists() {
        let rule = args.path.as_deref().map_or_else(|| "RULE".to_owned(), shown);
        format!("the rule stands first: `rubrica explain {rule} {}`", shown(name))
    } else {
        words::near_rule(catalogue, name)
    };
    Err(Failure::new(format!("no rule is called `{}`", shown(name))).with_help(help))
}

/// Checks the corpus for one rule, and finds a document in it.
fn look(job: &Job, root: &Path, path: &Path) -> Result<(Outcome, Arc<Document>), Failure> {
    let inside = within(root, path)?;
    let outcome = engine::check(job)?;
    let document = outcome.corpus.documents.iter().find(|document| document.source.path == inside).cloned();
    let Some(document) = document else {
        if !path.exists() {
            return Err(Failure::new(format!("`{}` does not exist", shown(path))));
        }
        return Err(Failure::new(format!("`{}` is no document that is checked", shown(path))));
    };
    Ok((outcome, document))
}

fn preferred(language: Language) -> String {
    either(language, "counted: this form is the one to use", "已计入：应当用的就是这种写法").to_owned()
}

fn as_reported(language: Language) -> &'static str {
    either(language, "reported", "已报告")
}

/// How the rule is set for a document.
fn state(job: &Job, page: &Page, document: &Document, language: Language, out: &mut dyn Write) -> Result<(), Failure> {
    let path = &document.source.path;
    let set = job.rules_of(path, &|own| own.name == page.name);
    let state = match set.rules().first() {
        Some(rule) => {
            let origin = rule.origins.get("severity");
            let origin = origin.map_or_else(|| setup::page_of(job, page, language), String::as_str);
            let severity = words::severity(rule.severity, language);
            either(language, format!("{severity} ({origin})"), format!("{severity}（{origin}）"))
        }
        None => either(language, "off", "关闭").to_owned(),
    };
    let (name, path, state) = (&page.name, shown(path.as_str()), shown(state));
    writeln!(
        out,
        "{}",
        either(language, format!("{name} in {path}: {state}"), format!("{path} 中的 {name}：{state}"))
    )?;
    Ok(())
}

/// What is reported of a rule that shows nothing else, and what would be but for a comment.
fn reported(job: &Job, language: Language, outcome: &Outcome, document: &Document) -> Vec<(u32, String)> {
    let own = |findings: &[Finding], what: &dyn Fn(&Finding) -> String| {
        let own = findings.iter().filter(|finding| finding.at.file == document.file);
        let line = |finding: &Finding| {
            let said = job.catalogue.say(&finding.rule, &finding.message, language);
            (finding.at.span.start, format!("{}{}{said}", what(finding), either(language, ": ", "：")))
        };
        own.map(line).collect::<Vec<_>>()
    };
    let mut out = own(&outcome.findings, &|_| as_reported(language).to_owned());
    let why = |own: &Finding| silenced(job, document, (&own.rule, own.at.span.start), language);
    let mut unheard = own(&outcome.silenced, &why);
    // Two contracts may ask for the same.
    unheard.dedup();
    out.extend(unheard);
    out
}

/// Why a finding at a place is not reported that the rule has.
fn silenced(job: &Job, document: &Document, (rule, start): (&str, u32), language: Language) -> String {
    let comment = engine::silencing(&job.catalogue, document, rule, start);
    let line = comment.map(|comment| document.source.position(comment.span.start).line);
    match (language, line) {
        (Language::English, Some(line)) => format!("not reported: the comment in line {line} silences it"),
        (Language::English, None) => "not reported: the rule is off here".to_owned(),
        (Language::Chinese, Some(line)) => format!("未报告：已被第 {line} 行的注释屏蔽"),
        (Language::Chinese, None) => "未报告：规则在此处关闭".to_owned(),
    }
}

/// Everything in the file that a declarative rule could be about, and what became of it.
fn sightings(
    (rule, matching): (&str, &Arc<Matching>),
    job: &Job,
    language: Language,
    outcome: &Outcome,
    document: &Document,
) -> Vec<(u32, String)> {
    let matcher = Matcher::new(vec![matching.clone()]);
    let sightings = matcher.look(document, &|_| true, true);
    let text = |start: u32, end: u32| document.source.text.get(start as usize..end as usize).unwrap_or_default();
    // The first finding at each place.
    let own = outcome.findings.iter().rev().filter(|finding| finding.at.file == document.file);
    let reported: HashMap<u32, &Finding> = own.map(|finding| (finding.at.span.start, finding)).collect();
    let silenced = |start: u32| silenced(job, document, (rule, start), language);
    let has_finding = |start: u32| reported.contains_key(&start);
    let mut seen: BTreeMap<(u32, u32), String> = BTreeMap::new();
    // What is said first of a place stands.
    let hits = sightings.hits.iter().map(|hit| hit.span);
    for span in hits {
        let what = if has_finding(span.start) { as_reported(language).to_owned() } else { silenced(span.start) };
        seen.entry((span.start, span.end)).or_insert(what);
    }
    for (at, _) in &sightings.votes {
        let span = at.span;
        let is_unheard = || outcome.silenced.iter().any(|own| own.at == *at);
        let what = match has_finding(span.start) {
            true => as_reported(language).to_owned(),
            false if is_unheard() => silenced(span.start),
            false => preferred(language),
        };
        seen.entry((span.start, span.end)).or_insert(what);
    }
    for note in &sightings.notes {
        seen.entry((note.span.start, note.span.end)).or_insert_with(|| why(&note.reason, language));
    }
    let covered: Vec<(u32, u32)> = seen.keys().copied().collect();
    for span in matcher.bytes(&document.source.text) {
        let before = covered.partition_point(|(start, _)| *start <= span.start);
        let is_seen = before.checked_sub(1).is_some_and(|last| span.start < covered[last].1);
        if !is_seen {
            let english = "not looked at: it is no text that is read, but code, an address or the like";
            let what = either(language, english, "未检查：这不是供人阅读的文字，而是代码、网址之类");
            seen.entry((span.start, span.end)).or_insert_with(|| what.to_owned());
        }
    }
    let colon = either(language, ": ", "：");
    let line = |((start, end), what): ((u32, u32), String)| {
        if start < end {
            return (start, format!("`{}` {what}", text(start, end)));
        }
        // What is not there has no text.
        let said = |own: &&Finding| job.catalogue.say(&own.rule, &own.message, language);
        (start, reported.get(&start).map_or_else(|| what.clone(), |own| format!("{what}{colon}{}", said(own))))
    };
    seen.into_iter().map(line).collect()
}

/// Why something does not count, in the words of the page.
fn why(reason: &Reason, language: Language) -> String {
    let passed =
        |english: &str, chinese: &str| either(language, format!("passed over: {english}"), format!("不计：{chinese}"));
    match reason {
        Reason::OwnPage => passed("this is the page of the rule itself", "这是该规则自己的页面"),
        Reason::Files(globs) => {
            passed(&format!("the rule is for other files: `{globs}`"), &format!("该规则只用于其他文件：`{globs}`"))
        }
        Reason::Language(own, wanted) => passed(
            &format!("the document is in `{own}`, and the rule is for {wanted}"),
            &format!("文档的语言是 `{own}`，该规则用于 {wanted}"),
        ),
        Reason::PartOfWord => passed("it is part of a longer word", "它是更长的词的一部分"),
        Reason::Place(places) => passed(
            &format!("it stands in {}, where the rule does not look", places.join(", ")),
            &format!("它位于 {}，该规则不检查那里", places.join("、")),
        ),
        Reason::Excused(text) => passed(&format!("it is part of `{text}`"), &format!("它是 `{text}` 的一部分")),
        Reason::Alone(texts) => passed(
            &format!(
                "nothing that the page lists under `beside:`, such as `{}`, stands in the same sentence",
                texts.join("`, `")
            ),
            &format!("同一句中没有规则页 `beside:` 所列的任何文字，如 `{}`", texts.join("`、`")),
        ),
        Reason::Beside => passed(
            "something that the page lists under `unless_beside:` stands in the same sentence",
            "同一句中有规则页 `unless_beside:` 所列的文字",
        ),
        Reason::NoMatch => passed("the pattern does not match here", "正则表达式在此不匹配"),
        Reason::Overlaps => passed("it is part of another match", "它是另一处匹配的一部分"),
        Reason::Allowed => passed("it is as it may be", "这样写是允许的"),
        Reason::Preferred => preferred(language),
        Reason::Counted => either(
            language,
            "counted: the finding for all of them stands at another",
            "已计入：全部合为一处报告，见别处",
        )
        .to_owned(),
    }
}
