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
    words::{self, shown},
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
    state(&job, &page, &document, &mut out)?;
    let mut seen = match &page.matching {
        Some(matching) => sightings((&page.name, matching), &job, language, &outcome, &document),
        None => reported(&job, language, &outcome, &document),
    };
    let others = destinations::of(&page, &outcome.corpus, &document).or_else(|| labels::of(&job, &page, &document));
    let shows_all = page.matching.is_some() || others.is_some() || bindings::concern(&page);
    let reported: HashSet<u32> = seen.iter().map(|(start, _)| *start).collect();
    seen.extend(others.into_iter().flatten().filter(|(start, _)| !reported.contains(start)));
    seen.sort_by_key(|(start, _)| *start);
    if bindings::concern(&page) {
        bindings::state(&job, &document, &mut out)?;
        seen.extend(bindings::taken(&page, &outcome, &document));
        seen.sort_by_key(|(start, _)| *start);
    }
    for (start, what) in &seen {
        let at = document.source.position(*start);
        writeln!(out, "{at} {}", shown(what))?;
    }
    if seen.is_empty() {
        let nothing = if shows_all { "nothing here that the rule looks for" } else { "nothing is reported here" };
        writeln!(out, "{nothing}")?;
    }
    Ok(CLEAN)
}

/// The page of a rule.
fn whole(page: &Page, language: Language, out: &mut dyn Write) -> Result<u8, Failure> {
    let (name, group, severity) = (&page.name, &page.group, words::severity(page, language));
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

const PREFERRED: &str = "counted: this form is the one to use";

/// How the rule is set for a document.
fn state(job: &Job, page: &Page, document: &Document, out: &mut dyn Write) -> Result<(), Failure> {
    let path = &document.source.path;
    let set = job.rules_of(path, &|own| own.name == page.name);
    let state = match set.rules().first() {
        Some(rule) => {
            let origin = rule.origins.get("severity").map_or(setup::page_of(job, page), String::as_str);
            format!("{} ({origin})", rule.severity.as_str())
        }
        None => "off".to_owned(),
    };
    writeln!(out, "{} in {}: {}", page.name, shown(path.as_str()), shown(state))?;
    Ok(())
}

/// What is reported of a rule that shows nothing else, and what would be but for a comment.
fn reported(job: &Job, language: Language, outcome: &Outcome, document: &Document) -> Vec<(u32, String)> {
    let own = |findings: &[Finding], what: &dyn Fn(&Finding) -> String| {
        let own = findings.iter().filter(|finding| finding.at.file == document.file);
        let line = |finding: &Finding| {
            let said = job.catalogue.say(&finding.rule, &finding.message, language);
            (finding.at.span.start, format!("{}: {said}", what(finding)))
        };
        own.map(line).collect::<Vec<_>>()
    };
    let mut out = own(&outcome.findings, &|_| "reported".to_owned());
    let mut unheard = own(&outcome.silenced, &|own| silenced(job, document, &own.rule, own.at.span.start));
    // Two contracts may ask for the same.
    unheard.dedup();
    out.extend(unheard);
    out
}

/// Why a finding at a place is not reported that the rule has.
fn silenced(job: &Job, document: &Document, rule: &str, start: u32) -> String {
    let comment = engine::silencing(&job.catalogue, document, rule, start);
    let line = comment.map(|comment| document.source.position(comment.span.start).line);
    let why = line.map(|line| format!("the comment in line {line} silences it"));
    format!("not reported: {}", why.as_deref().unwrap_or("the rule is off here"))
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
    let is_reported = |start: u32| reported.contains_key(&start);
    let mut seen: BTreeMap<(u32, u32), String> = BTreeMap::new();
    // What is said first of a place stands.
    let hits = sightings.hits.iter().map(|hit| hit.span);
    for span in hits {
        let what =
            if is_reported(span.start) { "reported".to_owned() } else { silenced(job, document, rule, span.start) };
        seen.entry((span.start, span.end)).or_insert(what);
    }
    for (at, _) in &sightings.votes {
        let span = at.span;
        let is_unheard = || outcome.silenced.iter().any(|own| own.at == *at);
        let what = match is_reported(span.start) {
            true => "reported".to_owned(),
            false if is_unheard() => silenced(job, document, rule, span.start),
            false => PREFERRED.to_owned(),
        };
        seen.entry((span.start, span.end)).or_insert(what);
    }
    for note in &sightings.notes {
        seen.entry((note.span.start, note.span.end)).or_insert_with(|| why(&note.reason));
    }
    let covered: Vec<(u32, u32)> = seen.keys().copied().collect();
    for span in matcher.bytes(&document.source.text) {
        let before = covered.partition_point(|(start, _)| *start <= span.start);
        let is_seen = before.checked_sub(1).is_some_and(|last| span.start < covered[last].1);
        if !is_seen {
            let what = "not looked at: it is no text that is read, but code, an address or the like";
            seen.entry((span.start, span.end)).or_insert_with(|| what.to_owned());
        }
    }
    let line = |((start, end), what): ((u32, u32), String)| {
        if start < end {
            return (start, format!("`{}` {what}", text(start, end)));
        }
        // What is not there has no text.
        let said = |own: &&Finding| job.catalogue.say(&own.rule, &own.message, language);
        (start, reported.get(&start).map_or_else(|| what.clone(), |own| format!("{what}: {}", said(own))))
    };
    seen.into_iter().map(line).collect()
}

fn why(reason: &Reason) -> String {
    match reason {
        Reason::OwnPage => "passed over: this is the page of the rule itself".to_owned(),
        Reason::Files(globs) => format!("passed over: the rule is for other files: `{globs}`"),
        Reason::Language(own, wanted) => {
            format!("passed over: the document is in `{own}`, and the rule is for {wanted}")
        }
        Reason::PartOfWord => "passed over: it is part of a longer word".to_owned(),
        Reason::Place(places) => {
            format!("passed over: it stands in {}, where the rule does not look", places.join(", "))
        }
        Reason::Excused(text) => format!("passed over: it is part of `{text}`"),
        Reason::Alone => "passed over: nothing of `beside` stands in the same sentence".to_owned(),
        Reason::Beside => "passed over: something of `unless_beside` stands in the same sentence".to_owned(),
        Reason::NoMatch => "passed over: the pattern does not match here".to_owned(),
        Reason::Overlaps => "passed over: it is part of another match".to_owned(),
        Reason::Allowed => "passed over: it is as it may be".to_owned(),
        Reason::Preferred => PREFERRED.to_owned(),
        Reason::Counted => "counted: the finding for all of them stands at another".to_owned(),
    }
}
