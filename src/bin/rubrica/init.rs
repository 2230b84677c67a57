//! `rubrica init`.

use rubrica::{
    config::FILE_NAME,
    files,
    learn::{self, FEWEST, Lesson},
    source::CorpusPath,
};

use crate::{
    CLEAN, Failure, account,
    args::Init,
    output,
    setup::{self, Run},
    surroundings,
    words::{count, shown},
};

pub(crate) fn run(args: &Init) -> Result<u8, Failure> {
    let own = &args.output;
    if !args.check && (own.format.is_some() || !own.files.is_empty() || own.baseline.is_some() || own.no_baseline) {
        let help = "`rubrica init --check` reports who deviates, and writes nothing";
        return Err(Failure::new("there is a report with `--check` only").with_help(help));
    }
    let (root, job) = setup::job(&args.place, &[])?;
    let path = root.join(FILE_NAME);
    let file = CorpusPath::new(FILE_NAME).unwrap_or_default();
    let exists = job.tree.has(&file);
    if exists && !args.check {
        let help =
            "`rubrica init --check` reports the documents that deviate from what most of them keep, and writes nothing";
        return Err(Failure::new(format!("`{FILE_NAME}` exists already, and is not overwritten")).with_help(help));
    }
    let lesson = learn::learn(&job)?;
    let documents = lesson.outcome.corpus.documents.len();
    if documents == 0 {
        return Err(account::no_documents(&root));
    }
    report(&lesson, documents);
    if args.check {
        let Lesson { outcome, job, .. } = lesson;
        let run = Run { root, job, narrow: Vec::new(), named: None };
        return output::finish(&run, outcome, &args.output, None);
    }
    // Whoever made the file in the meantime keeps it.
    files::create(&path, lesson.text.as_bytes())
        .map_err(|error| Failure::new(format!("cannot write `{}`: {error}", shown(&path))))?;
    let note = match (lesson.outcome.findings.is_empty(), lesson.asks) {
        (false, _) => "`rubrica` reports the documents that it names",
        (true, true) => "every document keeps it",
        (true, false) => "it asks for nothing yet",
    };
    say!("wrote `{}`; {note}", shown(surroundings::here(&root).name(&file)));
    Ok(CLEAN)
}

/// What was learned, in a line.
fn report(lesson: &Lesson, documents: usize) {
    let counted = format!("{} teach{}", count(documents, "document"), if documents == 1 { "es" } else { "" });
    if documents < FEWEST {
        say!("note: {counted} nothing: a rule needs {FEWEST} that keep it");
    } else if lesson.kinds > 0 {
        say!("note: one folder holds documents of several kinds; `{FILE_NAME}` says which are alike");
    } else if !lesson.asks {
        say!("note: {counted} nothing: no folder has anything that nine of ten in it have");
    }
}
