//! `rubrica fix --renumber PATH[:LINE[:COLUMN]]`.

use rubrica::{
    corpus::Corpus,
    document::{Document, Numbered, counted_labels},
    engine::{self, Fixed, Job, Refused},
    finding::Finding,
    numbering::Counting,
    rule::Rule,
    rules::{misnumbered, renumber},
    source::{CorpusPath, Span},
};

use crate::{
    Failure,
    args::Fix,
    setup::Run,
    surroundings,
    words::{count, said_at, shown},
};

/// Renumbers the one document that a run is narrowed to, counting as is configured.
pub(crate) fn run(run: &Run, line: Option<u32>, args: &Fix) -> Result<Fixed, Failure> {
    let path = &run.narrow[0];
    let refused = |why: String| Err(Refused::Because { why, way_out: None });
    let counting = counting(&run.job, &run.narrow[0]);
    // The first and the last line of the sequence, which stay where they are.
    let mut concerned = None;
    let fixed = engine::request(&run.job, args.allow_unsafe, |corpus| {
        let Some(document) = corpus.documents.iter().find(|document| document.source.path == *path) else {
            let path = if path.as_str().is_empty() { "." } else { path.as_str() };
            return refused(format!("`{path}` is not a document of this corpus"));
        };
        let lines = document.source.text.lines().count();
        if let Some(line) = line.filter(|&line| line == 0 || line as usize > lines) {
            let all = count(lines, "line");
            return refused(format!("there is no line {line}: `{}` has {all}", path.as_str()));
        }
        let only = line.map(|line| line_of(document, line));
        let asked = renumber(corpus, document, only, &counting);
        if let Some(stuck) = asked.iter().find(|finding| finding.fix.is_none()) {
            let place = stuck.related.last().map(|related| corpus.place(related.at));
            let at = place.map_or_else(String::new, |place| format!(": `{}` at {place}", place.text));
            return refused(format!("a link that leads to a heading cannot be rewritten{at}"));
        }
        let line_at = |at: u32| document.source.position(at).line;
        let ends = asked.iter().flat_map(|own| [own.at.span.start, own.at.span.end]).map(line_at);
        concerned = line.map(|line| ends.fold((line, line), |(from, to), own| (from.min(own), to.max(own))));
        if asked.is_empty() && !args.output.quiet {
            let carries =
                |only: Span| Numbered::ALL.into_iter().any(|place| has_label(document, place, only, &counting));
            let what = match line.zip(only) {
                None => "every sequence that can be renumbered counts on already".to_owned(),
                Some((line, only)) if carries(only) => {
                    format!("the sequence of line {line} counts on already, or cannot be renumbered")
                }
                Some((line, _)) => format!("line {line} carries no number"),
            };
            say!("nothing to renumber: {what}");
        }
        Ok(asked)
    });
    let fixed = fixed.map(|mut fixed| {
        let corpus = &fixed.outcome.corpus;
        let lines = concerned.map(|lines| (path, lines));
        fixed.outcome.findings.retain(|own| own.is_failure() || is_told(&run.job, corpus, own, lines));
        fixed
    });
    fixed.map_err(|why| match why {
        Refused::Io(error) => error.into(),
        Refused::Harmful { harm, first } => {
            let help = "`--unsafe` does it all the same";
            let said = first.map(|said| said_at(&run.job, &said, surroundings::language(args.output.lang)));
            let said = said.unwrap_or_default();
            Failure::new(format!("nothing was renumbered: it would {}{said}", shown(harm.to_string()))).with_help(help)
        }
        why => Failure::new(format!("nothing was renumbered: {}", shown(why.to_string()))),
    })
}

/// Whether a finding is about the numbers that were to be changed: those in some lines of a document, or else any, since
/// others may point at them.
fn is_told(job: &Job, corpus: &Corpus, finding: &Finding, lines: Option<(&CorpusPath, (u32, u32))>) -> bool {
    let of_numbers = job.catalogue.page(&finding.rule).is_some_and(|page| &*page.group == "numbering");
    let place = corpus.place(finding.at);
    let is_there =
        |(path, (from, to)): (&CorpusPath, (u32, u32))| place.path == *path && (from..=to).contains(&place.at.line);
    of_numbers && lines.is_none_or(is_there)
}

/// Whether some label of a kind of place stands in a span.
fn has_label(document: &Document, place: Numbered, only: Span, counting: &impl Fn(Numbered) -> Counting) -> bool {
    counted_labels(document, place, &counting(place)).iter().any(|(placed, _)| only.contains(placed.span))
}

/// How numbers are counted at each kind of place in a document.
pub(crate) fn counting(job: &Job, path: &CorpusPath) -> impl Fn(Numbered) -> Counting {
    let set = job.rules_of(path, &|page| &*page.group == "numbering");
    move |place| set.rule(misnumbered(place)).and_then(Rule::read).unwrap_or_default()
}

/// The bytes of a line, counted from 1.
fn line_of(document: &Document, line: u32) -> Span {
    let text = &document.source.text;
    let mut start = 0;
    for (at, own) in text.split_inclusive('\n').enumerate() {
        if at + 1 == line as usize {
            return Span::new(start, start + own.len());
        }
        start += own.len();
    }
    Span::at(start)
}
