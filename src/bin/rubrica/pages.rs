//! `rubrica rules`, `rubrica test`.

use std::{
    fmt::Write as _,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use rubrica::{
    examples,
    rule::{Activation, Catalogue, FixClass, Language, Page},
    source::{CorpusPath, Span},
};

use crate::{
    CLEAN, FAILED, FINDINGS, Failure,
    args::{Rules, Test},
    setup,
};

pub(crate) fn list(args: &Rules) -> Result<u8, Failure> {
    let mut out = std::io::stdout().lock();
    let catalogue = setup::job(&args.place, None, setup::on_disk)?.1.catalogue;
    let mut pages: Vec<&Page> = catalogue.pages().map(|page| &**page).collect();
    pages.sort_by_key(|page| (page.group.clone(), page.name.clone()));
    let mut group = "";
    for page in pages {
        if &*page.group != group {
            group = &page.group;
            writeln!(out, "{group}")?;
        }
        let summary = setup::shown(page.summary());
        writeln!(out, "  {:<24} {:<8} {:<14} {summary}", page.name, page.severity.as_str(), fix(page))?;
        if page.default != Activation::On {
            writeln!(out, "  {:<24} {}", "", default(page))?;
        }
    }
    Ok(CLEAN)
}

pub(crate) fn fix(page: &Page) -> &'static str {
    match page.fix {
        FixClass::Never => "no fix",
        FixClass::Unsafe => "unsafe fix",
        FixClass::Safe => "safe fix",
    }
}

pub(crate) fn default(page: &Page) -> String {
    match &page.default {
        Activation::On => "on by default".to_owned(),
        Activation::Off => "off by default".to_owned(),
        Activation::When(key) => format!("on once `{key}` is configured"),
    }
}

pub(crate) fn test(args: &Test) -> Result<u8, Failure> {
    let mut out = std::io::stdout().lock();
    let (root, job) = setup::job(&args.place, args.pages.first().map(PathBuf::as_path), setup::on_disk)?;
    let configured = || job.config.rule_pages.iter().map(|place| root.join(place.as_str())).collect();
    let pages: Vec<PathBuf> = match (args.pages.as_slice(), job.config.rule_pages.as_slice()) {
        ([], []) => vec![PathBuf::from("rules")],
        ([], _) => configured(),
        (named, _) => named.to_vec(),
    };
    let (mut run, mut failed, mut unshown, mut broken) = (0, 0, 0, 0);
    for path in &pages {
        for file in markdown_files(path)? {
            let (verdicts, missing) = match page(&job.catalogue, &file) {
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
                        let _ = writeln!(text, "  {}", setup::shown(line));
                    }
                    writeln!(
                        out,
                        "{}:{}: {}\n{text}",
                        setup::shown(&file),
                        verdict.line,
                        setup::shown(&verdict.title)
                    )?;
                }
                failed += usize::from(!verdict.failures.is_empty());
            }
        }
    }
    let broken_pages = if broken > 0 { format!(", {broken} broken pages") } else { String::new() };
    let declarations = if unshown > 0 { format!(", {unshown} declarations without an example") } else { String::new() };
    writeln!(out, "{run} examples, {failed} failed{declarations}{broken_pages}")?;
    Ok(if broken > 0 {
        FAILED
    } else if failed + unshown > 0 {
        FINDINGS
    } else {
        CLEAN
    })
}

/// A page, or the pages in a folder; an index is none.
fn markdown_files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |error: std::io::Error| Failure::new(format!("`{}`: {error}", setup::shown(path)));
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut out = Vec::new();
    for entry in path.read_dir().map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            out.extend(markdown_files(&path)?);
        } else if path.extension().is_some_and(|e| e == "md") && path.file_stem().is_some_and(|stem| stem != "README") {
            out.push(path);
        }
    }
    out.sort();
    Ok(out)
}

/// How the examples of a page went, and what it declares without an example, each in a line.
fn page(catalogue: &Arc<Catalogue>, file: &Path) -> Result<(Vec<examples::Verdict>, Vec<String>), Failure> {
    let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let text =
        std::fs::read_to_string(file).map_err(|error| Failure::new(format!("`{}`: {error}", setup::shown(file))))?;
    let group =
        file.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let path = CorpusPath::new(&file.to_string_lossy()).unwrap_or_default();
    let (page, mistakes) = Page::parse(&group, &name, path, &text);
    let located = |span: Span, said: &str| {
        let at = page.source.position(span.start);
        format!("{}:{}:{}: {}", setup::shown(file), at.line, at.column, setup::shown(said))
    };
    if let Some(mistake) = mistakes.first() {
        let said = catalogue.say("invalid-configuration", &mistake.message, Language::English);
        return Err(Failure::new(located(mistake.span, &said)));
    }
    let mut catalogue = catalogue.clone();
    let known = catalogue.page(&name).map(|known| known.matching.is_some());
    match (known, page.matching.is_some()) {
        // The page says itself what the rule looks for, so it is this page that is tested.
        (None | Some(true), true) => Arc::make_mut(&mut catalogue).add(page.clone()),
        (Some(false), false) => {}
        _ => {
            let what = format!("`{}`: no rule is called `{}`", setup::shown(file), setup::shown(&name));
            return Err(
                Failure::new(what).with_help(Some("a page is named after its rule, or has a `match`".to_owned()))
            );
        }
    }
    let verdicts = examples::run(&catalogue, &page)?;
    let unshown = examples::unshown(&page, &verdicts).into_iter().map(|(span, said)| located(span, &said)).collect();
    Ok((verdicts, unshown))
}
