//! From documents to findings: the corpus is put together, its rules run, comments silence some of what they say.

use std::{
    cell::LazyCell,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use super::{
    Job, Outcome,
    analyse::{Analysis, Snapshot},
    follow, guarded, suppress,
};
use crate::{
    contract::Condition,
    corpus::{Corpus, Mount, Past, Renamed, page_beside},
    files::{Move, Unreadable},
    finding::{Finding, Message, Severity},
    mistakes::Mistake,
    order, parallel,
    rule::{Check, Findings, Rule},
    source::{CorpusPath, FileId, Globs, Location, Source, Span},
    suggest::Suggestions,
};

/// Puts the documents of a snapshot together.
pub(super) fn corpus(job: &Job, snapshot: &Snapshot) -> Corpus {
    let documents: Vec<_> = snapshot.analyses.iter().map(|analysis| analysis.document.clone()).collect();
    let mut others: Vec<Arc<Source>> = job.config.all_mistakes().map(|(source, _)| source.clone()).collect();
    others.extend(snapshot.unreadable.iter().map(|(path, _)| Arc::new(Source::new(path.clone(), ""))));
    let mut corpus = Corpus::new(documents, others, &snapshot.listing, snapshot.settings.clone());
    let existing = snapshot.existing.get_or_init(|| job.tree.existing(corpus.missing_paths()));
    corpus.mark_ignored(existing);
    corpus.remember(snapshot.committed.get_or_init(|| Arc::new(committed(job, &corpus))).clone());
    corpus
}

/// What the last commit held, where something is missed that may have moved.
fn committed(job: &Job, corpus: &Corpus) -> Past {
    let mut missed = corpus.missing_paths();
    if missed.is_empty() && !corpus.has_misspelt() {
        return Past::default();
    }
    missed.extend(missed.iter().filter_map(page_beside).collect::<Vec<_>>());
    let (stood, moves) = job.tree.committed(&missed, &corpus.missing_from()).unwrap_or_default();
    let renamed = moves.into_iter().map(|Move { was, is, is_same }| (was, Renamed { path: is, is_same }));
    Past::new(stood, renamed, &corpus.paths)
}

/// Judges a snapshot.
pub(super) fn judge(job: &Job, snapshot: &Snapshot) -> Outcome {
    let findings = snapshot.analyses.iter().flat_map(|analysis| analysis.findings.iter().cloned()).collect();
    judge_with(job, snapshot, findings)
}

/// The same of one that nobody needs any more: its findings are not written down twice.
pub(super) fn judge_last(job: &Job, mut snapshot: Snapshot) -> Outcome {
    let own = |analysis: &mut Arc<Analysis>| match Arc::get_mut(analysis) {
        Some(analysis) => std::mem::take(&mut analysis.findings),
        None => analysis.findings.clone(),
    };
    let findings = snapshot.analyses.iter_mut().flat_map(own).collect();
    judge_with(job, &snapshot, findings)
}

/// Judges a snapshot whose findings on single documents are these.
fn judge_with(job: &Job, snapshot: &Snapshot, mut findings: Vec<Finding>) -> Outcome {
    let mut corpus = corpus(job, snapshot);
    corpus.compare_with(&job.before);
    let contracts = job.config.contracts.iter().map(|(_, contract)| contract.clone()).collect();
    corpus.bind(contracts, |document| job.config.contracts_of(&document.source.path));
    if snapshot.analyses.iter().any(|analysis| analysis.document.has_numbering_faults()) {
        corpus.prepare_renames();
    }
    // Without documents, the matcher is never made.
    if !snapshot.analyses.is_empty() {
        let matched = snapshot.profiles.matched();
        let votes: Vec<_> = snapshot.analyses.iter().flat_map(|analysis| analysis.votes.iter().cloned()).collect();
        findings.extend(matched.settle(&votes, &|file| {
            let analysis = snapshot.analyses.get(file.index())?;
            Some((&analysis.document, analysis.profile, snapshot.profiles.set(analysis.profile)))
        }));
    }
    follow::take_links_along(&corpus, &mut findings);
    let (found, panics) = corpus_rules(job, snapshot, &corpus);
    findings.extend(found);
    let own = Own { job, corpus: &corpus, snapshot };
    findings.extend(own.unreadable());
    findings.extend(own.mistakes());
    findings.extend(own.unmatched());
    findings.extend(own.panics(panics));
    let (mut findings, silenced) = suppress::apply(job, snapshot, findings);
    drop_told(&mut findings);
    let rank = ranks(&corpus);
    findings.sort_by_cached_key(|finding| {
        (rank[finding.at.file.index()], finding.at.span, finding.rule.clone(), finding.message.arguments.clone())
    });
    // Two contracts may ask for the same.
    findings
        .dedup_by(|later, first| later.rule == first.rule && later.at == first.at && later.message == first.message);
    let invalid_configuration = job.config.is_invalid();
    let unread = snapshot.unreadable.iter().map(|(path, _)| path.clone()).collect();
    Outcome { corpus, findings, silenced, unread, invalid_configuration }
}

/// Of a finding and the one that tells the same, where it says, drops the one that matters less: else the other.
fn drop_told(findings: &mut Vec<Finding>) {
    let mut places: HashMap<Location, Severity> = HashMap::new();
    for (at, finding) in findings.iter().filter_map(|finding| Some((finding.told_at?, finding))) {
        places.entry(at).and_modify(|own| *own = finding.severity.max(*own)).or_insert(finding.severity);
    }
    if places.is_empty() {
        return;
    }
    let tells = |finding: &&Finding| {
        finding.told_at.is_none() && places.get(&finding.at).is_some_and(|other| *other <= finding.severity)
    };
    let told: HashSet<Location> = findings.iter().filter(tells).map(|finding| finding.at).collect();
    findings.retain(|finding| match finding.told_at {
        Some(at) => !told.contains(&at),
        None => !places.contains_key(&finding.at) || told.contains(&finding.at),
    });
}

/// For each file, its place in the order of paths.
fn ranks(corpus: &Corpus) -> Vec<usize> {
    let mut files: Vec<usize> = (0..corpus.file_count()).collect();
    let path = |&file: &usize| &corpus.source(FileId::from_index(file)).path;
    order::by(&mut files, |a, b| path(a).cmp(path(b)));
    let mut ranks = vec![0; files.len()];
    for (rank, file) in files.into_iter().enumerate() {
        ranks[file] = rank;
    }
    ranks
}

/// A corpus rule with one set of options, and the profiles that have it so.
struct Task<'a> {
    rule: &'a Rule,
    profiles: BTreeMap<usize, &'a Rule>,
}

/// Runs every corpus rule once for each distinct set of options. A finding belongs to the settings of the file of its
/// primary place; those that other settings would have made are dropped.
fn corpus_rules(job: &Job, snapshot: &Snapshot, corpus: &Corpus) -> (Vec<Finding>, Vec<(Arc<str>, String)>) {
    let mut tasks: BTreeMap<(Arc<str>, String), Task<'_>> = BTreeMap::new();
    for (profile, set) in snapshot.profiles.sets().iter().enumerate() {
        for rule in set.rules().iter().filter(|rule| matches!(rule.check, Check::Corpus(_))) {
            let options = serde_json::Value::Object(rule.options.clone()).to_string();
            let task = tasks
                .entry((rule.page.name.clone(), options))
                .or_insert_with(|| Task { rule, profiles: BTreeMap::new() });
            task.profiles.insert(profile, rule);
        }
    }
    let tasks: Vec<Task<'_>> = tasks.into_values().collect();
    let results: Vec<_> = parallel::map(&tasks, |task| run(task, job, snapshot, corpus));
    let (mut findings, mut panics) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(found) => findings.extend(found),
            Err(panic) => panics.push(panic),
        }
    }
    (findings, panics)
}

fn run(task: &Task<'_>, job: &Job, snapshot: &Snapshot, corpus: &Corpus) -> Result<Vec<Finding>, (Arc<str>, String)> {
    let Check::Corpus(check) = &task.rule.check else { return Ok(Vec::new()) };
    let mut sink = task.rule.sink();
    guarded(|| check.check(corpus, &mut sink)).map_err(|why| (task.rule.page.name.clone(), why))?;
    let mut findings = sink.into_vec();
    findings.retain_mut(|finding| {
        let profile = match snapshot.analyses.get(finding.at.file.index()) {
            Some(analysis) => Some(analysis.profile),
            None => snapshot.profiles.of(job, &corpus.source(finding.at.file).path),
        };
        let own = profile.and_then(|profile| task.profiles.get(&profile));
        if let Some(rule) = own {
            finding.severity = rule.severity;
        }
        own.is_some()
    });
    Ok(findings)
}

/// Findings that the pipeline itself raises.
struct Own<'a> {
    job: &'a Job,
    corpus: &'a Corpus,
    snapshot: &'a Snapshot,
}

impl Own<'_> {
    /// A sink for one of the pipeline's rules as it is set for a file, if it is on there.
    fn sink(&self, name: &str, path: &CorpusPath) -> Option<Findings<'_>> {
        let profile = self.snapshot.profiles.of(self.job, path)?;
        self.snapshot.profiles.set(profile).rule(name).map(Rule::sink)
    }

    fn unreadable(&self) -> Vec<Finding> {
        let mut out = Vec::new();
        // They are the last that findings point into.
        let first = self.corpus.sources.len() - self.snapshot.unreadable.len();
        for (index, (path, reason)) in self.snapshot.unreadable.iter().enumerate() {
            let Some(mut sink) = self.sink("unreadable-file", path) else { continue };
            let at = Location::new(FileId::from_index(first + index), Span::at(0));
            let message = match reason {
                Unreadable::TooLarge { bytes, limit } => {
                    Message::new("too-large").with("bytes", bytes.to_string()).with("limit", limit.to_string())
                }
                Unreadable::Utf16 => Message::new("utf-16"),
                Unreadable::Binary => Message::new("binary"),
                Unreadable::NotUtf8 { at } => Message::new("not-utf-8").with("byte", at.to_string()),
                Unreadable::TooDeep { line, limit } => {
                    Message::new("too-deep").with("line", line.to_string()).with("limit", limit.to_string())
                }
                Unreadable::Io(reason) => Message::new("io").with("reason", reason),
            };
            let help = match reason {
                Unreadable::TooLarge { .. } => Some("help-too-large"),
                Unreadable::Utf16 | Unreadable::NotUtf8 { .. } => Some("help-encoding"),
                Unreadable::Binary | Unreadable::TooDeep { .. } | Unreadable::Io(_) => None,
            };
            let finding = sink.report(at, message);
            finding.help = help.map(Message::new);
            out.extend(sink.into_vec());
        }
        out
    }

    /// Mistakes in the configuration and in pages of rules: they cannot be switched off in the file that has them.
    fn mistakes(&self) -> Vec<Finding> {
        let Some(page) = self.job.catalogue.page("invalid-configuration") else { return Vec::new() };
        let mut sink = Findings::new(&page.name, page.severity);
        let first = self.corpus.documents.len();
        for (index, (_, mistakes)) in self.job.config.all_mistakes().enumerate() {
            let file = FileId::from_index(first + index);
            for Mistake { span, message, help, related } in mistakes {
                let finding = sink.report(Location::new(file, *span), message.clone());
                finding.help.clone_from(help);
                if let Some((span, message)) = related {
                    finding.related(Location::new(file, *span), message.clone());
                }
            }
        }
        sink.into_vec()
    }

    /// Globs of the configuration and of rules that match no document, conditions that are about a field of none, and
    /// folders for paths from the root that are not there.
    fn unmatched(&self) -> Vec<Finding> {
        let documents = &self.corpus.documents;
        // Without documents there is nothing that could be matched.
        let Some(source) = self.job.config.source.as_ref().filter(|_| !documents.is_empty()) else { return Vec::new() };
        let Some(mut sink) = self.sink("unmatched-glob", &source.path) else { return Vec::new() };
        let at = |span: Span| Location::new(FileId::from_index(documents.len()), span);
        let is_idle = |globs: &Globs| !documents.iter().any(|document| globs.matches(&document.source.path));
        let unmatched = |globs: &Globs| Message::new("unmatched").with("glob", globs.written().join("`, `"));
        for (span, globs) in self.job.config.named.iter().filter(|(_, globs)| is_idle(globs)) {
            sink.report(at(*span), unmatched(globs)).help("help");
        }
        for page in self.job.catalogue.pages() {
            // A page is a document, unless it is left out.
            let place = |span: Span| match self.corpus.paths.document(&page.source().path) {
                Some(file) => Some(Location::new(file, span)),
                None => (page.source().path == source.path).then(|| at(span)),
            };
            for (span, globs) in page.matching.iter().flat_map(|own| own.named()).filter(|(_, own)| is_idle(own)) {
                if let Some(place) = place(*span) {
                    sink.report(place, unmatched(globs)).help("help");
                }
            }
        }
        for (span, globs) in &self.job.config.overridden {
            if !self.corpus.paths.files().any(|path| globs.matches(path)) {
                let message = Message::new("no-file").with("glob", globs.written().join("`, `"));
                sink.report(at(*span), message).help("help");
            }
        }
        for (span, glob, near) in self.misspelt_exclusions() {
            let finding = sink.report(at(span), Message::new("no-file").with("glob", glob));
            finding.help(Message::new("did-you-mean").with("name", near));
        }
        for (Mount { folder, .. }, span) in &self.job.config.paths {
            if !folder.as_str().is_empty() && !self.corpus.paths.is_folder(folder) && !self.job.tree.has(folder) {
                sink.report(at(*span), Message::new("no-folder").with("folder", folder.as_str())).help("help-folder");
            }
        }
        for (globs, contract) in self.job.config.contracts.iter().filter(|(_, contract)| !contract.when.is_empty()) {
            let own: Vec<_> = documents.iter().filter(|document| globs.matches(&document.source.path)).collect();
            for Condition { field, span, .. } in contract.when.iter().filter(|_| !own.is_empty()) {
                if !own.iter().any(|document| contract.metadata(document).field(field).is_some()) {
                    let message = Message::new("unstated").with("field", field);
                    sink.report(at(*span), message).help("help-field");
                }
            }
        }
        sink.into_vec()
    }

    /// Names of what is left out that nothing has, where that is a slip of the pen for what is there and stays in. Else it
    /// may be what a build makes, or be ignored as well.
    fn misspelt_exclusions(&self) -> Vec<(Span, &str, String)> {
        let (config, paths) = (&self.job.config, &self.corpus.paths);
        let is_there = |name: &str| CorpusPath::new(name).is_some_and(|path| self.job.tree.has(&path));
        let (mut out, mut suggestions) = (Vec::new(), Suggestions::default());
        // Made when a glob is idle, which hardly any is.
        let kept = LazyCell::new(|| {
            let kept = paths.files().filter(|path| !config.files.exclude.matches(path));
            kept.flat_map(CorpusPath::ancestors).collect::<BTreeSet<_>>()
        });
        for (span, globs) in &config.excluded {
            let Some(glob) = globs.written().first() else { continue };
            let name = glob.trim_matches('/');
            if name.contains(['*', '?', '[', '{']) || is_there(name) || paths.files().any(|path| globs.matches(path)) {
                continue;
            }
            let names = kept.iter().map(|path| if name.contains('/') { path.as_str() } else { path.file_name() });
            if let Some((near, true)) = suggestions.near(name, names.collect::<BTreeSet<_>>()) {
                out.push((*span, glob.as_str(), near.to_owned()));
            }
        }
        out
    }

    fn panics(&self, of_corpus_rules: Vec<(Arc<str>, String)>) -> Vec<Finding> {
        let mut out = Vec::new();
        let top = |file: FileId| Location::new(file, Span::at(0));
        for analysis in &self.snapshot.analyses {
            for (rule, text) in &analysis.panics {
                let Some(mut sink) = self.sink("internal-error", &analysis.document.source.path) else { continue };
                let message = match rule {
                    Some(rule) => Message::new("rule").with("rule", &**rule),
                    None => Message::new("parser"),
                };
                sink.report(top(analysis.document.file), message.with("reason", text)).help("report");
                out.extend(sink.into_vec());
            }
        }
        // A rule that needs every document has no document to speak of; the first one stands for them.
        for (rule, text) in of_corpus_rules {
            let Some(mut sink) = self.sink("internal-error", &self.corpus.source(FileId(0)).path) else { continue };
            let message = Message::new("rule").with("rule", &*rule).with("reason", text);
            sink.report(top(FileId(0)), message).help("report");
            out.extend(sink.into_vec());
        }
        out
    }
}
