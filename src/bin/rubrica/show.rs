//! `rubrica config`.

use rubrica::{
    corpus::TagSource,
    engine,
    files::within,
    report::{Format, Report, Style},
    rule::{Layer, RuleSet},
    source::CorpusPath,
};

use crate::{CLEAN, FAILED, Failure, args::Config, setup};

pub(crate) fn config(args: &Config) -> Result<u8, Failure> {
    let (root, job) = setup::job(&args.place, args.path.as_deref())?;
    let path = match &args.path {
        Some(path) => within(&root, path).map_err(|error| Failure::new(setup::shown(error.to_string())))?,
        None => CorpusPath::default(),
    };
    let config = &job.config;
    println!("root: {}", setup::shown(&root));
    let file = config.source.as_ref().map_or("none".to_owned(), |source| setup::shown(source.path.as_str()));
    println!("configuration: {file}");
    println!("files.include: {}", setup::shown(format!("{:?}", config.files.written.0)));
    println!("files.exclude: {}", setup::shown(format!("{:?}", config.files.written.1)));
    println!("files.max-bytes: {}", config.files.max_bytes);
    let tags: Vec<String> = config.tags.iter().map(tag_source).collect();
    println!("tags: {}", setup::shown(format!("[{}]", tags.join(", "))));
    if args.path.is_some() {
        println!("file: {}", setup::shown(path.as_str()));
    }
    let applies = config.layers_of(&path);
    let layers: Vec<&Layer> =
        config.layers.iter().zip(applies).filter(|(_, on)| *on).map(|((_, layer), _)| layer).collect();
    let set = RuleSet::new(&job.catalogue, &layers, &|_| true);
    println!("rules:");
    for page in job.catalogue.pages() {
        let Some(rule) = set.rule(&page.name) else {
            println!("  {}: off", page.name);
            continue;
        };
        let origin = |key: &str| rule.origins.get(key).map_or("its page", String::as_str);
        println!("  {}: {} ({})", page.name, rule.severity.as_str(), setup::shown(origin("severity")));
        for (option, value) in &rule.options {
            println!("    {option}: {} ({})", setup::shown(value.to_string()), setup::shown(origin(option)));
        }
    }
    if config.mistakes.is_empty() {
        return Ok(CLEAN);
    }
    // The mistakes are findings like any others.
    let mut outcome = engine::check(&job)?;
    outcome.findings.retain(|finding| &*finding.rule == "invalid-configuration");
    let report = Report { outcome: &outcome, catalogue: &job.catalogue, style: Style::default() };
    report.write(Format::Concise, &mut std::io::stderr().lock())?;
    Ok(FAILED)
}

fn tag_source(source: &TagSource) -> String {
    match source {
        TagSource::FrontMatter => "front-matter".to_owned(),
        TagSource::Inline => "inline".to_owned(),
        TagSource::Section(title) => format!("section: {title}"),
    }
}
