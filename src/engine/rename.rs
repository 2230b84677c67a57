//! A heading gets another text, and every link to it goes on leading there.

use std::{collections::BTreeMap, sync::Arc};

use super::{Fixed, Job, Refused, request};
use crate::{
    corpus::{Corpus, Stuck, compare_form, difference, links_of_others, rename_headings_for, texts_that_stay},
    document::{Document, Heading, LinkKind, Renderer},
    finding::{Edit, Fix, Message, Safety, Severity},
    rule::Findings,
    source::{CorpusPath, FileId, Location, Source, Span},
    suggest::closest,
};

/// Places in a heading's markup where its text may stand; further ones are not tried.
const MOST_PLACES: usize = 16;

/// How many lines of equal headings are named, and how many headings where none is like the one that was named.
const MOST_LINES: usize = 10;

/// Which heading of a document is meant.
#[derive(Clone, Copy, Debug)]
pub enum Named<'a> {
    /// The one that says this, as a reader sees it or as it is written.
    Text(&'a str),
    /// The one that stands in this line, from 1.
    Line(u32),
}

/// Gives a heading another text, which may hold Markdown. Links to it are rewritten in every document. What they show of
/// the old text, and nobody but their author can change, is named in [`Fixed::left`]. Where the site is known that the
/// document is a page of, and no link could work for it and for GitHub as well, links work for the site.
pub fn rename_heading(job: &Job, path: &CorpusPath, which: Named<'_>, new: &str) -> Result<Fixed, Refused> {
    let mut only_for = None;
    let fixed = request(job, false, |corpus| {
        let fix = renamed(corpus, path, which, new, &mut only_for)?;
        let name = "rename-heading".into();
        let mut sink = Findings::new(&name, Severity::Info);
        let at = fix.edits().first().map_or(Location::new(FileId(0), Span::at(0)), |edit| edit.at);
        sink.report(at, Message::new("rename")).fix(fix);
        Ok(sink.into_vec())
    });
    fixed.map(|fixed| Fixed { only_for, ..fixed })
}

/// The renderer of the site that a document is a page of, if nothing but GitHub may show it besides, nor what links to a
/// heading of it.
fn site_of(corpus: &Corpus, document: &Document, heading: usize) -> Option<Renderer> {
    let settings = &corpus.settings;
    let [only] = settings.renderers_of(&document.source.path) else { return None };
    let is_inside = |document: &Document| !settings.is_outside_site(&document.source.path);
    let references = corpus.references(document.file, heading).iter();
    let mut from = references.filter_map(|reference| corpus.document(reference.from));
    (is_inside(document) && from.all(|from| is_inside(from))).then_some(*only)
}

fn renamed(
    corpus: &Corpus,
    path: &CorpusPath,
    which: Named<'_>,
    new: &str,
    only_for: &mut Option<Renderer>,
) -> Result<Fix, Refused> {
    let Some(document) = corpus.documents.iter().find(|document| document.source.path == *path) else {
        let why = format!("`{}` is not a document of this corpus", path.as_str());
        return Err(refusal(why, "`rubrica config` says which files are"));
    };
    let index = named(document, which)?;
    let heading = &document.facts.headings[index];
    if new.trim().is_empty() {
        return Err(refusal("a heading needs a text".to_owned(), None));
    }
    // The id behind it stays, whether it is named along or not.
    let new = without_id(new, heading);
    let bare = new.trim_start_matches('#');
    if bare != new && bare.starts_with([' ', '\t']) {
        let near = format!("did you mean `{}`? a backslash before it makes a `#` part of the text", bare.trim_start());
        return Err(refusal(format!("`{new}` is a text with the marks of a heading"), &*near));
    }
    let all = text_of(document, heading);
    let text = read_after(document, index, all, new).ok_or_else(|| {
        let why = format!("`{new}` would not be the text of a heading there, or would change what follows");
        let has_id = new.ends_with('}') && new.contains("{#");
        let id = "the id behind a heading stays as it is; leave it out";
        refusal(why, if has_id { id } else { "a backslash before a sign makes it one of the text" })
    })?;
    let is_taken = |other: &Heading| compare_form(&other.text) == compare_form(&text);
    let mut others = document.facts.headings.iter().enumerate().filter(|(at, _)| *at != index);
    if let Some((_, other)) = others.find(|(_, other)| is_taken(other)) {
        let why = format!("another heading says `{}` already, in line {}", text.trim(), line(document, other));
        return Err(refusal(why, "links could not tell them apart; choose another text"));
    }
    let place = place(document, index, which, (new, &text))?;
    let own = replaced(document, place, new);
    // A link that is written as the heading was is written as the heading is; other marks around plain words stay.
    let slice = |start: u32, end: u32| document.source.slice(Span { start, end });
    let written = [slice(all.start, place.start), new, slice(place.end, all.end)].concat();
    let old = document.source.slice(all);
    let follows = |shown: &str| {
        if shown == old {
            return (!written.contains(['[', ']', '<'])).then(|| written.clone());
        }
        marked(shown, &heading.text, &text).filter(|_| old.contains(heading.text.trim()))
    };
    let (mut shown, mut left) = (Vec::new(), links_of_others(corpus, document, index));
    for (kind, at) in texts_that_stay(corpus, document, index) {
        match follows(corpus.text(at)).filter(|_| kind == LinkKind::Inline) {
            Some(text) => shown.push(Edit::replace(at, text)),
            None => left.push(at),
        }
    }
    let links =
        links(corpus, document, &[(index, text)].into(), &written, only_for).map_err(|stuck_at| match stuck_at {
            Stuck::Link(at) => Refused::Link(corpus.place(at)),
            Stuck::Mention(at) => Refused::Mention(corpus.place(at)),
            Stuck::Budget => refusal("there are too many headings".to_owned(), None),
        })?;
    let edits = links.into_iter().chain([own]).chain(shown).collect();
    let fix = Fix::new(Message::new("rename"), Safety::Unsafe, edits);
    Ok(fix.leaving(left))
}

/// The edits to links to a heading that gets another text: for all that may show it, or else for the site it is a page of.
fn links(
    corpus: &Corpus,
    document: &Document,
    texts: &BTreeMap<usize, String>,
    written: &str,
    only_for: &mut Option<Renderer>,
) -> Result<Vec<Edit>, Stuck> {
    let mut budget = usize::MAX;
    let mut links =
        |renderers: &[Renderer]| rename_headings_for(renderers, corpus, document, texts, Some(written), &mut budget);
    let of_all = links(corpus.settings.all_renderers());
    let Err(Stuck::Link(at)) = of_all else { return of_all };
    let mut sites = texts.keys().map(|&heading| site_of(corpus, document, heading));
    let renderer = sites.next().flatten().ok_or(Stuck::Link(at))?;
    let of_site = links(&[renderer])?;
    *only_for = Some(renderer);
    Ok(of_site)
}

/// What a link shows that has a heading's text between marks of one kind, once the heading says something else: the same
/// marks around that, if nothing in it is read otherwise between them.
fn marked(shown: &str, before: &str, after: &str) -> Option<String> {
    let (front, back) = shown.split_once(before.trim())?;
    let mark = front.chars().next()?;
    let is_plain = !after.contains(['`', '*', '[', ']', '<']) && (mark == '`' || !after.contains(['_', '\\', '&']));
    let is_one_kind = front == back && front.chars().all(|c| c == mark);
    (is_plain && is_one_kind).then(|| [front, after.trim(), back].concat())
}

/// The one heading that is meant.
fn named(document: &Document, which: Named<'_>) -> Result<usize, Refused> {
    let headings = &document.facts.headings;
    let wanted = match which {
        Named::Text(text) => text.trim(),
        Named::Line(wanted) => {
            let is_there = |heading: &Heading| {
                let last = document.source.position(heading.span.end).line;
                (line(document, heading)..=last).contains(&wanted)
            };
            let at = headings.iter().position(is_there);
            let above = headings.iter().map(|heading| line(document, heading)).take_while(|own| *own < wanted).last();
            let way_out = above.map(|above| format!("the heading above it stands in line {above}"));
            return at.ok_or_else(|| refusal(format!("no heading stands in line {wanted}"), way_out.as_deref()));
        }
    };
    let says =
        |heading: &Heading| heading.text.trim() == wanted || document.source.slice(heading.content).trim() == wanted;
    let all: Vec<usize> = (0..headings.len()).filter(|&at| says(&headings[at])).collect();
    match all[..] {
        [only] => Ok(only),
        [] => {
            let texts: Vec<&str> = headings.iter().map(|heading| heading.text.trim()).collect();
            let near = like(wanted, &texts).map(|near| format!("did you mean `{near}`?"));
            let few = || (1..=MOST_LINES).contains(&texts.len()).then(|| format!("there are `{}`", texts.join("`, `")));
            Err(refusal(format!("no heading says `{wanted}`"), near.or_else(few).as_deref()))
        }
        [first, ..] => {
            let lines = all.iter().take(MOST_LINES).map(|&at| line(document, &headings[at]).to_string());
            let (lines, more) = (lines.collect::<Vec<_>>().join(", "), if all.len() > MOST_LINES { ", …" } else { "" });
            let why = format!("{} headings say `{wanted}`, in lines {lines}{more}", all.len());
            let (path, first) = (document.source.path.as_str(), line(document, &headings[first]));
            Err(refusal(why, &*format!("name one by its line, as in `{path}:{first}`, and leave its text out")))
        }
    }
}

/// A text of a heading without the id that stands behind the heading.
fn without_id<'a>(text: &'a str, heading: &Heading) -> &'a str {
    let text = text.trim();
    text.strip_suffix(&*heading.hidden).unwrap_or(text).trim_end()
}

/// The bytes of a heading's text: all but the id behind it.
fn text_of(document: &Document, heading: &Heading) -> Span {
    let text = without_id(document.source.slice(heading.content), heading);
    Span::new(0, text.len()).shifted(heading.content.start as usize)
}

/// The bytes that a heading's new text takes the place of: what was named, or all of its text. Where the name stands in
/// its markup as well, the heading reads as it should after only one of them changes.
fn place(document: &Document, index: usize, which: Named<'_>, (new, read): (&str, &str)) -> Result<Span, Refused> {
    let heading = &document.facts.headings[index];
    let all = text_of(document, heading);
    let Named::Text(old) = which else { return Ok(all) };
    let (old, own) = (without_id(old, heading), document.source.slice(all));
    let places = own.match_indices(old).map(|(at, _)| Span::new(at, at + old.len()).shifted(all.start as usize));
    // Each is a document to be read, and whoever wrote the heading chooses how many there are.
    let mut fitting =
        places.take(MOST_PLACES).filter(|&place| read_after(document, index, place, new).as_deref() == Some(read));
    // Signs around words are only how they look; links, pictures and HTML are more than that.
    let all = Some(all).filter(|_| !own.contains(['<', '[']));
    fitting.next().or(all).ok_or_else(|| {
        let place = format!("{}:{}", document.source.path.as_str(), line(document, heading));
        let way_out = format!("name it as it stands in the file, or by its line: `{place}`");
        refusal("the heading holds markup".to_owned(), &*way_out)
    })
}

/// The edit that puts a text in a place. What the two have in common stays, with the links in it.
fn replaced(document: &Document, place: Span, new: &str) -> Edit {
    let (at, rest) = difference(document.source.slice(place), new);
    Edit::replace(document.at(Span::new(at.start, at.end).shifted(place.start as usize)), rest)
}

/// What a heading reads as once a text stands in a place of it. `None` where it is none then, where a part of the new text
/// is none of the heading's, or where another heading comes, goes or changes.
fn read_after(document: &Document, index: usize, place: Span, new: &str) -> Option<String> {
    let (before, start) = (&document.source.text, place.start as usize);
    let after = [&before[..start], new, &before[place.end as usize..]].concat();
    let source = Arc::new(Source::new(document.source.path.clone(), after));
    let after = Document::parse(document.file, source, document.flavor);
    let (was, now) = (&document.facts.headings, &after.facts.headings);
    let stays =
        |at: usize| now[at].level == was[at].level && (at == index || now[at].text.trim() == was[at].text.trim());
    let is_whole = |own: &Heading| {
        let last = was[index].content.end as usize - place.end as usize;
        own.content == Span::new(was[index].content.start as usize, start + new.len() + last)
            && own.hidden == was[index].hidden
            && !own.text.trim().is_empty()
    };
    let is_same = was.len() == now.len() && !new.contains('\n') && (0..was.len()).all(stays);
    now.get(index).filter(|own| is_same && is_whole(own)).map(|own| own.text.clone())
}

/// The line a heading begins in, from 1.
fn line(document: &Document, heading: &Heading) -> u32 {
    document.source.position(heading.span.start).line
}

fn refusal<'a>(why: String, way_out: impl Into<Option<&'a str>>) -> Refused {
    Refused::Because { why, way_out: way_out.into().map(str::to_owned) }
}

/// The heading whose text is closest to another one, or holds it, or begins as it does.
fn like<'a>(wanted: &str, texts: &[&'a str]) -> Option<&'a str> {
    let form = compare_form(wanted.trim_start_matches('#'));
    let is_part = |text: &&str| !form.is_empty() && compare_form(text).contains(&form);
    // The shortest says the least besides.
    let holds = || texts.iter().copied().filter(is_part).min_by_key(|text| text.chars().count());
    closest(wanted, texts.iter().copied()).or_else(holds).or_else(|| begins(&form, texts))
}

/// The heading that shares the most of its beginning with a text, half of the text at least.
fn begins<'a>(form: &str, texts: &[&'a str]) -> Option<&'a str> {
    let shared =
        |text: &str| compare_form(text).chars().zip(form.chars()).take_while(|(own, other)| own == other).count();
    let (most, text) = texts.iter().map(|&text| (shared(text), text)).max_by_key(|(shared, _)| *shared)?;
    (most > 1 && most * 2 >= form.chars().count()).then_some(text)
}
