//! Which fields documents state, and what their values are.

use std::collections::BTreeSet;

use super::{Draft, DraftField, MOST, is_enough, is_sure, tally};
use crate::{
    contract::{Date, DateFormat, Demand, Equals, FieldType, is_blank},
    corpus::Corpus,
    document::{Document, Metadata, Place, metadata::Field},
    order,
    source::yaml::Node,
};

/// A field with more values than this is no choice between them.
const MOST_CHOICES: usize = 12;
/// A value that fewer documents state may as well be a slip.
const FEWEST_OF_A_CHOICE: usize = 5;

/// The fields with a value that a document states in some places.
pub(super) fn names(document: &Document, places: &[Place]) -> BTreeSet<String> {
    let stated = Metadata::of(document, places).fields;
    stated.into_iter().take(MOST).filter(|field| !is_blank(&field.value)).map(|field| field.name.into_owned()).collect()
}

/// What enough of some documents have, most common first; and what more than half have, but not enough, with how many.
pub(super) fn common<'a>(
    documents: &[usize],
    of: impl Fn(usize) -> &'a BTreeSet<String>,
) -> (Vec<String>, Vec<(String, usize)>) {
    let counts = tally(documents.iter().flat_map(|&at| of(at)));
    let mut counts: Vec<(&String, usize)> = counts.into_iter().collect();
    counts.sort_unstable_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let all = documents.len();
    let enough = counts.iter().filter(|(_, count)| is_enough(*count, all)).map(|(name, _)| (*name).clone());
    let almost = counts.iter().filter(|(_, count)| !is_enough(*count, all) && count * 2 > all);
    (enough.collect(), almost.map(|(name, count)| ((*name).clone(), *count)).collect())
}

/// What each of some documents states in some places.
pub(super) fn stated<'a>(
    corpus: &'a Corpus,
    documents: &[usize],
    places: &[Place],
) -> Vec<(&'a Document, Metadata<'a>)> {
    let own = |&at: &usize| (&*corpus.documents[at], Metadata::of(&corpus.documents[at], places));
    documents.iter().map(own).collect()
}

/// A field with the type that enough of its values have.
pub(super) fn draft(stated: &[(&Document, Metadata<'_>)], name: String) -> DraftField {
    let values: Vec<(Node, bool)> = stated
        .iter()
        .filter_map(|(_, metadata)| metadata.field(&name))
        .filter(|field| !is_blank(&field.value))
        .map(|field| (field.value.clone().into_owned(), field.is_in_text()))
        .collect();
    let fits = |kind: FieldType| values.iter().filter(|(node, in_text)| kind.fits(node, *in_text)).count();
    // A list in running text is any text.
    let told = [
        FieldType::Boolean,
        FieldType::Integer,
        FieldType::Date,
        FieldType::DateTime,
        FieldType::Url,
        FieldType::Email,
        FieldType::List,
    ];
    let is_told = |kind: &FieldType| {
        is_enough(fits(*kind), values.len()) && (*kind != FieldType::List || values.iter().all(|(_, in_text)| !in_text))
    };
    let kind = told.into_iter().find(is_told).unwrap_or_default();
    let texts: Vec<&str> = values.iter().filter_map(|(node, _)| node.as_str()).collect();
    let distinct = texts.iter().collect::<BTreeSet<_>>().len();
    let formats = if kind == FieldType::Date { formats(&texts) } else { Vec::new() };
    let one_of = if kind == FieldType::Any { choices(&texts, values.len()) } else { Vec::new() };
    let may_equal = one_of.is_empty() && matches!(kind, FieldType::Any | FieldType::Date);
    let keeps = |(_, equals): &(&str, Equals)| {
        let ways = formats.iter().filter_map(|way| DateFormat::parse(way)).collect();
        let demand = Demand { kind, formats: ways, equals: Some(equals.clone()), ..Demand::default() };
        let pairs = stated.iter().filter_map(|(document, own)| Some((document, own.field(&name)?)));
        let agree = pairs
            .filter(|(document, field)| !is_blank(&field.value) && demand.faults(document, field, None).is_empty());
        is_sure(agree.count(), values.len())
    };
    let mut equals = [("filename", Equals::FileName), ("heading", Equals::Heading)].into_iter().filter(|_| may_equal);
    DraftField {
        unique: kind == FieldType::Url && is_enough(distinct, texts.len()),
        equals: equals.find(keeps).map(|(written, _)| written),
        formats,
        one_of,
        kind,
        name,
    }
}

/// A field and a value of it that nearly all documents of a group state, and hardly any other; and the documents that do.
pub(super) fn telling(corpus: &Corpus, group: &[usize], documents: &[usize]) -> Option<((String, String), Vec<usize>)> {
    let of = |&at: &usize| {
        let stated = Metadata::of(&corpus.documents[at], &[Place::FrontMatter]).fields;
        let pair = |field: &Field<'_>| Some((field.name.to_string(), field.value.as_str()?.to_owned()));
        stated.iter().filter_map(pair).collect::<BTreeSet<_>>()
    };
    let counts = tally(group.iter().flat_map(of));
    let (pair, _) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let bound: Vec<usize> = documents.iter().filter(|at| of(at).contains(&pair)).copied().collect();
    let both = bound.iter().filter(|at| group.contains(at)).count();
    (is_enough(both, group.len()) && is_enough(both, bound.len())).then_some((pair, bound))
}

/// The values that are used again and again, most common first, if they are few and enough of all are among them.
fn choices(texts: &[&str], all: usize) -> Vec<String> {
    let mut known: Vec<(&str, usize)> = tally(texts.iter().copied()).into_iter().collect();
    known.retain(|(_, count)| *count >= FEWEST_OF_A_CHOICE);
    order::by_key(&mut known, |(_, count)| std::cmp::Reverse(*count));
    let covered = known.iter().map(|(_, count)| count).sum();
    let is_list = (2..=MOST_CHOICES).contains(&known.len()) && is_sure(covered, all);
    known.into_iter().filter(|_| is_list).map(|(text, _)| text.to_owned()).collect()
}

/// Examples of the ways in which enough dates are written; none where ISO 8601 is enough.
fn formats(texts: &[&str]) -> Vec<String> {
    // The first shows whether there are zeros before numbers; where the second is read as well, it says the same.
    let days = [Date { year: 2025, month: 9, day: 4 }, Date { year: 2025, month: 11, day: 26 }];
    let writes = |way: &DateFormat, text: &str| way.read(text).flatten().is_some_and(|day| way.writes(day, text));
    let example = |text: &&str| {
        let way = DateFormat::parse(text)?;
        let usual = DateFormat::parse(&way.print(days[1])).filter(|usual| writes(usual, text));
        Some(usual.map_or_else(|| way.print(days[0]), |usual| usual.example))
    };
    let ways: BTreeSet<String> = texts.iter().filter_map(example).collect();
    let mut ways: Vec<DateFormat> = ways.iter().filter_map(|way| DateFormat::parse(way)).collect();
    ways.sort_by_cached_key(|way| std::cmp::Reverse(texts.iter().filter(|text| writes(way, text)).count()));
    let mut needed: Vec<DateFormat> = Vec::new();
    for way in ways {
        let is_kept = |text: &&&str| needed.iter().any(|needed| writes(needed, text));
        if is_enough(texts.iter().filter(is_kept).count(), texts.len()) {
            break;
        }
        needed.push(way);
    }
    let needed: Vec<String> = needed.into_iter().map(|way| way.example).collect();
    if needed == [days[1].iso()] { Vec::new() } else { needed }
}

/// Fields that stand in a list, lines or a table below one of the sections.
pub(super) fn below_sections(corpus: &Corpus, documents: &[usize], draft: &mut Draft) {
    for section in draft.sections.iter().filter(|section| !section.repeated && !section.written.contains('{')) {
        let place = [Place::Section(section.written.clone())];
        let known: Vec<BTreeSet<String>> = documents.iter().map(|&at| names(&corpus.documents[at], &place)).collect();
        let indexes: Vec<usize> = (0..documents.len()).collect();
        let (enough, _) = common(&indexes, |at| &known[at]);
        // A single line with a colon makes no list of fields.
        if enough.len() < 2 {
            continue;
        }
        let stated = stated(corpus, documents, &place);
        draft.fields.extend(enough.into_iter().map(|name| self::draft(&stated, name)));
        draft.places = vec![Place::FrontMatter, place[0].clone()];
        return;
    }
}
