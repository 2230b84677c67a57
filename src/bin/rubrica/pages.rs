//! `rubrica explain`, `rubrica rules`, `rubrica test`.

use std::{
    fmt::Write as _,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use rubrica::{
    examples,
    rule::{Activation, Catalogue, FixClass, Page},
    source::CorpusPath,
};

use crate::{CLEAN, FINDINGS, Failure, args::Test, setup};

pub(crate) fn explain(name: &str) -> Result<u8, Failure> {
    let mut out = std::io::stdout().lock();
    let catalogue = setup::catalogue();
    let Some(page) = catalogue.page(name) else {
        let group = catalogue.select(name).unwrap_or_default();
        if !group.is_empty() {
            writeln!(out, "`{name}` is a group: {}", group.join(", "))?;
            return Ok(CLEAN);
        }
        let near = catalogue.select(name).err().and_then(|unknown| unknown.suggestion);
        let help =
            near.map_or_else(|| "`rubrica rules` lists all".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(Failure::new(format!("no rule is called `{}`", setup::shown(name))).with_help(Some(help)));
    };
    let (group, severity) = (&page.group, page.severity.as_str());
    writeln!(out, "{name}: {severity}, group {group}, {}, {}, since {}\n", fix(page), default(page), page.since)?;
    for option in &page.options {
        writeln!(
            out,
            "- option `{}` ({}; default {}): {}",
            option.name,
            option.kind.in_words(),
            option.default,
            option.summary
        )?;
    }
    writeln!(out, "{}", page.body.trim_end())?;
    Ok(CLEAN)
}

pub(crate) fn list() -> Result<u8, Failure> {
    let mut out = std::io::stdout().lock();
    let catalogue = setup::catalogue();
    let mut pages: Vec<&Page> = catalogue.pages().map(|page| &**page).collect();
    pages.sort_by_key(|page| (page.group.clone(), page.name.clone()));
    let mut group = "";
    for page in pages {
        if &*page.group != group {
            group = &page.group;
            writeln!(out, "{group}")?;
        }
        writeln!(out, "  {:<24} {:<8} {:<14} {}", page.name, page.severity.as_str(), fix(page), page.summary)?;
        if page.default != Activation::On {
            writeln!(out, "  {:<24} {}", "", default(page))?;
        }
    }
    Ok(CLEAN)
}

fn fix(page: &Page) -> &'static str {
    match page.fix {
        FixClass::Never => "no fix",
        FixClass::Unsafe => "unsafe fix",
        FixClass::Safe => "safe fix",
    }
}

fn default(page: &Page) -> String {
    match &page.default {
        Activation::On => "on by default".to_owned(),
        Activation::Off => "off by default".to_owned(),
        Activation::When(key) => format!("on once `{key}` is configured"),
    }
}

pub(crate) fn test(args: &Test) -> Result<u8, Failure> {
    let mut out = std::io::stdout().lock();
    let catalogue = setup::catalogue();
    let (mut run, mut failed) = (0, 0);
    let usual = [PathBuf::from("rules")];
    let pages = if args.pages.is_empty() { &usual[..] } else { &args.pages };
    for path in pages {
        for file in markdown_files(path)? {
            let verdicts = page(&catalogue, &file)?;
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
    writeln!(out, "{run} examples, {failed} failed")?;
    Ok(if failed > 0 { FINDINGS } else { CLEAN })
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

fn page(catalogue: &Arc<Catalogue>, file: &Path) -> Result<Vec<examples::Verdict>, Failure> {
    let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let text =
        std::fs::read_to_string(file).map_err(|error| Failure::new(format!("`{}`: {error}", setup::shown(file))))?;
    if catalogue.page(&name).is_none() {
        let help = Some("a page is named after its rule".to_owned());
        return Err(Failure::new(format!("`{}`: no rule is called `{}`", setup::shown(file), setup::shown(&name)))
            .with_help(help));
    }
    let group =
        file.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (page, mistakes) = Page::parse(&group, &name, CorpusPath::new(&name).unwrap_or_default(), &text);
    if let Some(mistake) = mistakes.first() {
        let line = page.document.source.position(mistake.span.start).line;
        let said = catalogue.say("invalid-configuration", &mistake.message, rubrica::rule::Language::English);
        return Err(Failure::new(format!("{}:{line}: {}", setup::shown(file), setup::shown(said))));
    }
    Ok(examples::run(catalogue, &page)?)
}
