//! A proposal as the text of a `rubrica.yaml`.

use std::{collections::BTreeSet, fmt::Write};

use super::{Deviants, Draft, DraftField, DraftSection, FEWEST, Proposal, TAGS, TERMS, is_enough, named, tags, usage};
use crate::{
    contract::{FieldType, TagSource, Vocabulary},
    corpus::{Corpus, Form},
    document::{Place, Renderer},
    source::{CorpusPath, Untrusted, yaml::scalar},
};

/// Writes the proposal; with comments once it is known who deviates.
pub(super) fn configuration(corpus: &Corpus, proposal: &Proposal, deviants: Option<&Deviants>) -> String {
    let Proposal { drafts, notes, tags, terms } = proposal;
    let mut out = String::new();
    let all = corpus.documents.len();
    // Writing to a text cannot fail.
    let _ = head(&mut out, corpus, drafts, all);
    let _ = root_of_site(&mut out, corpus);
    let _ = tags.as_ref().map_or(Ok(()), |tags| places_of_tags(&mut out, tags, drafts, all));
    for note in notes {
        let _ = writeln!(out, "\n# {note}");
    }
    if !drafts.is_empty() {
        out.push_str("\ncontracts:\n");
    }
    for draft in drafts {
        let _ = contract(&mut out, corpus, draft, deviants);
    }
    let _ = rule_of_terms(&mut out, terms, deviants);
    if deviants.is_some() && all >= FEWEST {
        let _ = numbering(&mut out, corpus);
        let _ = typography(&mut out, corpus);
    }
    out
}

fn head(out: &mut String, corpus: &Corpus, drafts: &[Draft], all: usize) -> std::fmt::Result {
    writeln!(out, "# Made from {all} document(s). Counts say how many agree; those that are named do not.")?;
    if all < FEWEST {
        writeln!(out, "# So few documents teach nothing: a rule needs {FEWEST} that keep it.")?;
    } else if drafts.is_empty() {
        writeln!(out, "# They have nothing in common that {FEWEST} of them, and nine of ten in a folder, keep.")?;
    }
    let names: Vec<&str> = corpus.settings.renderers.iter().map(|renderer| renderer.name()).collect();
    match corpus.settings.renderers[..] {
        [Renderer::GitHub] => {
            writeln!(out, "\n# No site generator was seen, so anchors are those of GitHub.\n# renderers: [github]")
        }
        _ => writeln!(out, "\nrenderers: [{}] # seen from the files of the repository", names.join(", ")),
    }
}

/// Where paths that begin with a slash seem to lead: a comment, since it makes broken ones of those that do not.
fn root_of_site(out: &mut String, corpus: &Corpus) -> std::fmt::Result {
    let rooted = corpus.unrecognised.iter().find(|unrecognised| unrecognised.form == Form::Rooted);
    let Some((rooted, folder)) = rooted.and_then(|rooted| Some((rooted, rooted.folder.as_ref()?))) else {
        return Ok(());
    };
    let (failures, paths) = (rooted.failures, rooted.paths);
    writeln!(
        out,
        "# {failures} of {paths} paths that begin with a slash are not known; most are, seen from this folder."
    )?;
    writeln!(out, "# paths: {{/: {}}}", scalar(folder.as_str()))
}

/// Where most documents state tags, unless a contract says so.
fn places_of_tags(out: &mut String, tags: &tags::Tags, drafts: &[Draft], all: usize) -> std::fmt::Result {
    let (source, with) = (&tags.source, tags.with);
    let has_own = drafts.iter().any(|draft| draft.tags.is_some());
    if has_own {
        writeln!(out, "\n# {with} of {all} documents carry tags.")?;
    } else if is_enough(with, all) {
        let except = if tags.without.is_empty() { String::new() } else { format!("; not {}", named(&tags.without)) };
        writeln!(out, "\ntags: [{}] # {with} of {all} documents{except}", tag_source(source))?;
    } else {
        writeln!(out, "\n# {with} of {all} documents carry tags: too few to ask all for them.")?;
        writeln!(out, "# tags: [{}]", tag_source(source))?;
    }
    let (different, alone) = (tags.different(), tags.alone());
    writeln!(out, "# There are {different} different tags, {alone} of them in one document alone: a contract with")?;
    writeln!(out, "# `tags: {{from: [{}], vocabulary: corpus}}` reports those.", tag_source(source))
}

/// What is asked of tags.
fn tag_demand(source: &TagSource, vocabulary: &Vocabulary) -> String {
    let words = match vocabulary {
        Vocabulary::Words(words) => {
            let words: Vec<_> = words.iter().map(|word| scalar(word)).collect();
            format!(", vocabulary: [{}]", words.join(", "))
        }
        Vocabulary::Corpus => ", vocabulary: corpus".to_owned(),
        Vocabulary::Open | Vocabulary::Folder(_) => String::new(),
    };
    format!("{{from: [{}], min: 1{words}}}", tag_source(source))
}

fn tag_source(source: &TagSource) -> String {
    match source {
        TagSource::Section(title) => format!("section: {}", scalar(title)),
        source => source.to_string(),
    }
}

fn contract(out: &mut String, corpus: &Corpus, draft: &Draft, deviants: Option<&Deviants>) -> std::fmt::Result {
    let note = |line: &str, all: usize| {
        let Some(deviants) = deviants else { return String::new() };
        let known = deviants.of(&draft.name, line);
        let of = format!(" # {} of {all} documents", all - known.len().min(all));
        if known.is_empty() { of } else { format!("{of}; not {}", named(known)) }
    };
    writeln!(out, "  - name: {}", scalar(&draft.name))?;
    writeln!(out, "    files: [{}]", files(corpus, &draft.folder))?;
    if let Some((field, value)) = &draft.when {
        writeln!(out, "    when: {{{}: {}}}", scalar(field), scalar(value))?;
    }
    if !draft.places.is_empty() {
        let place = |place: &Place| match place {
            Place::Section(title) => format!("section: {}", scalar(title)),
            place => place.to_string(),
        };
        writeln!(out, "    metadata: [{}]", draft.places.iter().map(place).collect::<Vec<_>>().join(", "))?;
    }
    if !draft.fields.is_empty() {
        writeln!(out, "    fields:")?;
    }
    for field in &draft.fields {
        let unequal = deviants.map_or(&[][..], |deviants| deviants.unequal(&draft.name, &field.name));
        let except = if unequal.is_empty() { String::new() } else { format!("; equal but for {}", named(unequal)) };
        writeln!(
            out,
            "      {}: {}{}{except}",
            scalar(&field.name),
            demand(field),
            note(&field.name, draft.documents)
        )?;
    }
    if !draft.sections.is_empty() {
        if !draft.ordered {
            writeln!(out, "    order: any")?;
        }
        writeln!(out, "    sections:\n      - ...")?;
    }
    for section in &draft.sections {
        let colon = if section.inner.is_empty() { "" } else { ":" };
        writeln!(out, "      - {}{colon}{}", outline(section), note(&section.written, section.documents))?;
        for inner in &section.inner {
            writeln!(out, "          - ...\n          - {}{}", outline(inner), note(&inner.written, inner.documents))?;
        }
        if !section.inner.is_empty() {
            writeln!(out, "          - ...")?;
        }
        if draft.ordered {
            writeln!(out, "      - ...")?;
        }
    }
    if let Some((source, vocabulary)) = &draft.tags {
        writeln!(out, "    tags: {}{}", tag_demand(source, vocabulary), note(TAGS, draft.documents))?;
    }
    for (what, count) in draft.almost.iter().take(8).filter(|_| deviants.is_some()) {
        writeln!(
            out,
            "    # too few to ask for: {} ({count} of {} documents)",
            Untrusted::new(what).line(),
            draft.documents
        )?;
    }
    Ok(())
}

/// The globs of a folder.
fn files(corpus: &Corpus, folder: &CorpusPath) -> String {
    if folder.as_str().is_empty() {
        let of_all: BTreeSet<&str> =
            corpus.documents.iter().filter_map(|document| document.source.path.extension()).collect();
        return of_all.into_iter().rev().map(|own| format!("\"*.{own}\"")).collect::<Vec<_>>().join(", ");
    }
    let mut escaped = String::from("/");
    for c in folder.as_str().chars() {
        if matches!(c, '*' | '?' | '[' | ']' | '{' | '}' | '!' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped.push('/');
    scalar(&escaped).into_owned()
}

fn demand(field: &DraftField) -> String {
    let list = |key: &str, items: &[String]| {
        let items: Vec<_> = items.iter().map(|item| scalar(item)).collect();
        if items.is_empty() { String::new() } else { format!(", {key}: [{}]", items.join(", ")) }
    };
    let kind = match field.kind {
        FieldType::Any => String::new(),
        kind => format!(", type: {}", kind.name()),
    };
    let unique = if field.unique { ", unique: true" } else { "" };
    let equals = field.equals.map_or_else(String::new, |equals| format!(", equals: {equals}"));
    let (formats, choices) = (list("format", &field.formats), list("one_of", &field.one_of));
    let asked = format!("{kind}{formats}{choices}{equals}{unique}");
    if asked.is_empty() { "required".to_owned() } else { format!("{{required: true{asked}}}") }
}

fn outline(section: &DraftSection) -> String {
    let sign = if section.repeated { "+" } else { "" };
    let escape = if section.written.ends_with(['?', '+', '*']) && !section.repeated { "\\" } else { "" };
    let at = section.written.len() - escape.len();
    scalar(&format!("{}{escape}{}{sign}", &section.written[..at], &section.written[at..])).into_owned()
}

/// The words that nearly all documents write alike, as a rule; of other ways to write them, those that it reports.
fn rule_of_terms(out: &mut String, terms: &[usage::Term], deviants: Option<&Deviants>) -> std::fmt::Result {
    let mut lines = String::new();
    for usage::Term { word, documents, others } in terms {
        for other in others {
            let note = match deviants.map(|deviants| deviants.of(TERMS, other)) {
                None => String::new(),
                Some([]) => continue,
                Some(known) => format!(" # {documents} documents write {word}; not {}", named(known)),
            };
            writeln!(lines, "        {}: {}{note}", scalar(other), scalar(word))?;
        }
    }
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nrules:\n  {TERMS}: # words that nearly all documents write alike")?;
    write!(out, "    match:\n      boundary: token\n      swap:\n{lines}")
}

/// How the documents number their headings.
fn numbering(out: &mut String, corpus: &Corpus) -> std::fmt::Result {
    let numbering = usage::numbering(corpus);
    if !numbering.is_empty() {
        writeln!(out, "\n# Headings are numbered like this:")?;
    }
    for (example, count, path) in numbering {
        let documents = if count == 1 { "document" } else { "documents" };
        writeln!(out, "#   {example}  in {count} {documents}, such as {}", named(&[path]))?;
    }
    Ok(())
}

/// The typography of the language that most documents are written in: an opinion, so a comment.
fn typography(out: &mut String, corpus: &Corpus) -> std::fmt::Result {
    let Some((profile, count)) = usage::profile(corpus) else { return Ok(()) };
    let all = corpus.documents.len();
    let language = match profile {
        "zh-Hans" => "Chinese in simplified characters",
        "zh-Hant" => "Chinese in traditional characters",
        "ja" => "Japanese",
        _ => "Korean",
    };
    writeln!(out, "\n# {count} of {all} documents are written in {language}: this checks its typography.")?;
    writeln!(out, "# text: {{profile: {profile}}}")
}
