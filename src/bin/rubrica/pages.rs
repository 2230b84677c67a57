//! `rubrica rules`, `rubrica test`.

use std::{
    fmt::Write as _,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use rubrica::{
    config::{self, DEFAULT_MAX_BYTES},
    engine::Job,
    examples,
    files::within,
    mistakes::Mistake,
    rule::{Activation, Language, Page},
    source::{CorpusPath, Span},
};

use crate::{
    CLEAN, FAILED, FINDINGS, Failure,
    args::{Rules, Test},
    setup, surroundings,
    words::{self, count, shown},
};

pub(crate) fn list(args: &Rules) -> Result<u8, Failure> {
    let mut out = std::io::stdout().lock();
    let catalogue = setup::job(&args.place, &[])?.1.catalogue;
    let mut pages: Vec<&Page> = catalogue.pages().map(|page| &**page).collect();
    pages.sort_unstable_by_key(|page| (page.group.clone(), page.name.clone()));
    let language = surroundings::language(args.lang);
    let width = pages.iter().map(|page| page.name.chars().count()).max().unwrap_or_default();
    let mut group = "";
    for page in pages {
        if &*page.group != group {
            group = &page.group;
            writeln!(out, "{group}")?;
        }
        let summary = shown(page.summary(language));
        let (severity, fix) = (words::severity(page.severity, language), words::fix(page, language));
        match language {
            Language::English => writeln!(out, "  {:<width$} {severity:<8} {fix:<14} {summary}", page.name)?,
            // Filled up with blanks as wide as the characters.
            Language::Chinese => writeln!(out, "  {:<width$} {severity} {fix:\u{3000}<5} {summary}", page.name)?,
        }
        if page.default != Activation::On {
            writeln!(out, "  {:<width$} {}", "", words::default(page, language))?;
        }
    }
    Ok(CLEAN)
}

pub(crate) fn test(args: &Test) -> Result<u8, Failure> {
    let mut out = std::io::stdout().lock();
    let named: Vec<&Path> = args.pages.iter().map(PathBuf::as_path).collect();
    let (root, job) = setup::job(&args.place, &named)?;
    let (mut run, mut failed, mut unshown, mut broken) = (0, 0, 0, 0);
    for place in places(args, &root, &job)? {
        let unreadable = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => Failure::new(format!("`{}` does not exist", shown(place.as_str())))
                .with_help("`rubrica test` takes pages of rules, and folders of them"),
            _ => Failure::new(format!("`{}`: {}", shown(place.as_str()), shown(error.to_string()))),
        };
        let pages = job.tree.markdown_in(&place).map_err(unreadable)?;
        // An index is no page.
        for file in pages.iter().filter(|path| path.file_stem() != "README") {
            let (verdicts, missing) = match page(&job, file) {
                Ok(tested) => tested,
                // A page that is broken does not keep the others from being tested.
                Err(failure) => {
                    broken += 1;
                    writeln!(out, "{}", failure.message())?;
                    continue;
                }
            };
            unshown += missing.len();
            for line in missing {
                writeln!(out, "{line}")?;
            }
            for verdict in verdicts {
                run += 1;
                for failure in &verdict.failures {
                    let mut text = String::new();
                    for line in failure.lines() {
                        let _ = writeln!(text, "  {}", shown(line));
                    }
                    let (path, title) = (shown(file.as_str()), shown(&verdict.title));
                    writeln!(out, "{path}:{}: {title}\n{text}", verdict.line)?;
                }
                failed += usize::from(!verdict.failures.is_empty());
            }
        }
    }
    let broken_pages = if broken > 0 { format!(", {}", count(broken, "broken page")) } else { String::new() };
    let declarations =
        if unshown > 0 { format!(", {} without an example", count(unshown, "declaration")) } else { String::new() };
    writeln!(out, "{}, {failed} failed{declarations}{broken_pages}", count(run, "example"))?;
    Ok(if broken > 0 {
        FAILED
    } else if failed + unshown > 0 {
        FINDINGS
    } else {
        CLEAN
    })
}

/// Where the pages are: as named, else as configured, else in `rules`.
fn places(args: &Test, root: &Path, job: &Job) -> Result<Vec<CorpusPath>, Failure> {
    if !args.pages.is_empty() {
        return Ok(args.pages.iter().map(|path| within(root, path)).collect::<Result<_, _>>()?);
    }
    if !job.config.rule_pages.is_empty() {
        return Ok(job.config.rule_pages.clone());
    }
    let usual = CorpusPath::new("rules").unwrap_or_default();
    if !job.tree.has(&usual) {
        let help = "name them, or list their folders under `rule_pages:` in rubrica.yaml";
        return Err(Failure::new("there are no rule pages to test").with_help(help));
    }
    Ok(vec![usual])
}

/// How the examples of a page went, and what it declares without an example, each in a line.
fn page(job: &Job, file: &CorpusPath) -> Result<(Vec<examples::Verdict>, Vec<String>), Failure> {
    let name = file.file_stem();
    let text = job.tree.read(file, DEFAULT_MAX_BYTES);
    let text = text.map_err(|error| Failure::new(format!("`{}`: {error}", shown(file.as_str()))))?;
    let group = file.parent();
    let mut catalogue = job.catalogue.clone();
    let read = if catalogue.page(name).is_some_and(|known| known.matching.is_none()) { Page::parse } else { Page::own };
    let (page, mut mistakes) = read(group.file_name(), name, file.clone(), &text);
    let located = |span: Span, said: &str| {
        let at = page.source().position(span.start);
        format!("{}:{at}: {}", shown(file.as_str()), shown(said))
    };
    let said = |mistakes: &[Mistake]| {
        let language = surroundings::language(None);
        let say = |own: &Mistake| located(own.span, &catalogue.say("invalid-configuration", &own.message, language));
        Failure::new(mistakes.iter().map(say).collect::<Vec<_>>().join("\n"))
    };
    let is_page_of = |known: &Page| known.source().path == *file || known.matching.is_none() && page.matching.is_none();
    let known = catalogue.page(name);
    let is_other = known.is_some_and(|known| !is_page_of(known));
    let refusal = config::refusal(&catalogue, name).filter(|message| is_other || message.key == "bad-name");
    mistakes.splice(0..0, refusal.map(|message| Mistake::new(Span::at(0), message)));
    if !mistakes.is_empty() {
        return Err(said(&mistakes));
    }
    // The page says itself what the rule looks for, so it is this page that is tested.
    if page.matching.is_some() {
        Arc::make_mut(&mut catalogue).add(page.clone());
    }
    let verdicts = examples::run(&catalogue, &page)?;
    let unshown = examples::unshown(&page, &verdicts).into_iter().map(|(span, said)| located(span, &said)).collect();
    Ok((verdicts, unshown))
}
