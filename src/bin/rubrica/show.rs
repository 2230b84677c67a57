//! `rubrica config`.

use std::{io::Write, sync::Arc};

use rubrica::{
    config::schema,
    contract::TagSource,
    corpus::{Listing, Mount},
    document::{Document, Flavor},
    engine::{self, Job},
    files::within,
    rule::Language,
    source::{CorpusPath, FileId, Globs, Source},
};

use crate::{CLEAN, FAILED, Failure, args::Config, setup, words::shown};

pub(crate) fn config(args: &Config) -> Result<u8, Failure> {
    let mut out = std::io::stdout().lock();
    if args.schema {
        writeln!(out, "{:#}", schema(setup::catalogue()))?;
        return Ok(CLEAN);
    }
    let (root, job) = setup::job(&args.place, args.path.as_deref().as_slice())?;
    let path = match &args.path {
        Some(path) => {
            let inside = within(&root, path)?;
            // A path is also what its settings would be, if there is a folder to put it into.
            if !path.exists() && !path.parent().is_some_and(|folder| folder.as_os_str().is_empty() || folder.is_dir()) {
                return Err(Failure::new(format!("`{}` does not exist", shown(path))));
            }
            if !path.exists() {
                say!("note: `{}` does not exist; these are the settings it would have", shown(path));
            }
            inside
        }
        None => CorpusPath::default(),
    };
    let config = &job.config;
    writeln!(out, "root: {}", shown(&root))?;
    let file = config.source.as_ref().map_or("none".to_owned(), |source| shown(source.path.as_str()));
    writeln!(out, "configuration: {file}")?;
    let listing = job.tree.find()?.listing;
    writeln!(out, "files.include: {}", globs(&config.files.include, &listing))?;
    writeln!(out, "files.exclude: {}", globs(&config.files.exclude, &listing))?;
    writeln!(out, "files.max_bytes: {}", config.files.max_bytes)?;
    for (files, layer) in &config.overrides {
        writeln!(out, "overrides: {} ({})", globs(files, &listing), shown(&layer.origin))?;
    }
    how_documents_are_read(&job, &listing, &mut out)?;
    let own = config.contracts_of(&path);
    let document = document(&job, &path);
    for (at, (_, contract)) in config.contracts.iter().enumerate() {
        let applies = match &document {
            _ if args.path.is_none() || !own.contains(&at) => "",
            Some(document) if !contract.binds(document) => " (not for this file, which does not state its `when`)",
            _ => " (for this file)",
        };
        writeln!(out, "contract: {}{applies}", shown(&contract.name))?;
    }
    if args.path.is_some() {
        writeln!(out, "file: {}", shown(path.as_str()))?;
    }
    rules(&job, &path, &mut out)?;
    for mistake in setup::mistakes(&job, None) {
        writeln!(out, "mistake in {mistake}")?;
    }
    Ok(if config.is_invalid() { FAILED } else { CLEAN })
}

/// A document, where there is one.
fn document(job: &Job, path: &CorpusPath) -> Option<Document> {
    let text = job.tree.read(path, job.config.files.max_bytes).ok().filter(|_| path.is_markdown())?;
    Some(Document::parse(FileId(0), Arc::new(Source::new(path.clone(), text)), Flavor::GitHub))
}

/// Globs as they are written. One that matches nothing may be a slip, or wait for what it is for.
fn globs(globs: &Globs, listing: &Listing) -> String {
    let own = |glob: &String| {
        // What takes files away takes none alone, so it is asked for what it names.
        let single = Globs::from(vec![glob.strip_prefix('!').unwrap_or(glob).to_owned()]);
        let matches = listing.files.iter().chain(&listing.folders).any(|path| single.matches(path));
        format!("{glob:?}{}", if matches { "" } else { " (matches nothing)" })
    };
    shown(format!("[{}]", globs.written().iter().map(own).collect::<Vec<_>>().join(", ")))
}

/// What decides how the documents are read together.
fn how_documents_are_read(job: &Job, listing: &Listing, out: &mut impl Write) -> Result<(), Failure> {
    let config = &job.config;
    let settings = engine::settings(job, listing);
    if config.renderers.is_empty() {
        let seen: Vec<&str> = settings.renderers.iter().map(|renderer| renderer.name()).collect();
        writeln!(out, "renderers: [{}] (seen from what the repository holds)", seen.join(", "))?;
    } else {
        writeln!(out, "renderers: [{}]", config.renderer_names.join(", "))?;
    }
    for (Mount { prefix, folder, .. }, _) in &config.paths {
        let is_there = folder.as_str().is_empty() || listing.folders.contains(folder);
        let missing = if is_there { "" } else { " (no such folder)" };
        writeln!(out, "paths: /{} leads to {}/{missing}", shown(prefix.as_str()), shown(folder.as_str()))?;
    }
    let listed = |key: &str, values: Vec<&str>| {
        if values.is_empty() { String::new() } else { format!("{key}: [{}]\n", shown(values.join(", "))) }
    };
    let pages = config.rule_pages.iter().map(CorpusPath::as_str).collect();
    write!(out, "{}", listed("link_fields", config.link_fields.iter().map(String::as_str).collect()))?;
    write!(out, "{}", listed("rule_pages", pages))?;
    let tags: Vec<String> = config.tags.iter().map(TagSource::to_string).collect();
    writeln!(out, "tags: {}", shown(format!("[{}]", tags.join(", "))))?;
    Ok(())
}

/// Every rule as it is set for a file, and where that comes from.
fn rules(job: &Job, path: &CorpusPath, out: &mut impl Write) -> Result<(), Failure> {
    let config = &job.config;
    let layers = config.layers_of(path);
    let set = job.rules_of(path, &|_| true);
    let page_of = |page| setup::page_of(job, page, Language::English);
    writeln!(out, "rules:")?;
    for page in job.catalogue.pages() {
        let Some(rule) = set.rule(&page.name) else {
            let names = [&*page.name, &*page.group];
            let setting = layers.iter().rev().find_map(|layer| names.iter().find_map(|name| layer.settings.get(*name)));
            let origin = setting.map_or_else(|| page_of(page), |setting| setting.origin.as_str());
            writeln!(out, "  {}: off ({})", page.name, shown(origin))?;
            continue;
        };
        let origin = |key: &str| rule.origins.get(key).map_or_else(|| page_of(page), String::as_str);
        writeln!(out, "  {}: {} ({})", page.name, rule.severity.as_str(), shown(origin("severity")))?;
        for (option, value) in &rule.options {
            writeln!(out, "    {option}: {} ({})", shown(value.to_string()), shown(origin(option)))?;
        }
    }
    let slow = job.catalogue.pages().filter(|page| page.matching.as_ref().is_some_and(|own| own.is_slow()));
    for page in slow {
        let why = "its pattern needs no text of two characters, so it is tried everywhere";
        writeln!(out, "note: `{}` is slow: {why}", page.name)?;
    }
    Ok(())
}
