//! Where a document may speak of its own numbers, and is not sure to.

use super::{Document, Heading, LinkKind, Numbered, NumberedLine, PlacedLabel, repeated_title};
use crate::{
    numbering::{
        Label, Scheme,
        mention::{self, About, Mention, Name},
        sends, unmarked,
    },
    source::{
        Span,
        hash::{HashMap, HashMapExt, HashSet, HashSetExt},
        is_within, merged,
    },
};

/// So many mentions by one name are looked at.
const MANY: usize = 32;

/// A mention by name, and which of the others stand at its number.
type Loose = (Mention, Vec<usize>);

/// The mentions of a document, anywhere but in code, labels and destinations of links.
#[derive(Debug, Default)]
pub struct Mentions {
    all: Vec<Mention>,
    by_values: HashMap<Vec<u64>, Vec<usize>>,
    /// Labels of lines; to what is no line they may be sentences that begin with its number.
    lines: Vec<Span>,
    /// Those among them that count by a word and for themselves: `第二步：` behind `第一步：`.
    steps: Vec<Span>,
    /// What may be spoken of by the word of a label or the title behind it, by that name and the number.
    loose: HashMap<(Name, u64), Vec<Loose>>,
    /// The beginnings of the titles of headings.
    titles: HashSet<String>,
    /// What several headings say.
    repeated: HashSet<String>,
    /// Lists of which not all surely points at something.
    doubtful: HashSet<usize>,
}

impl Mentions {
    /// Reads a document's text.
    pub(super) fn of(document: &Document) -> Self {
        let mut all = mention::all(&document.source.text);
        let counted: Vec<&NumberedLine> = counted_lines(document).collect();
        let hidden = hidden(document, &counted);
        let pointers = document.pointers();
        all.retain(|mention| {
            let meant = || pointers.hyphenated_around(mention.start());
            let is_other = || meant().is_some_and(|own| own.values() != mention.values());
            !is_within(&hidden, mention.start()) && !is_other()
        });
        let mut by_values: HashMap<Vec<u64>, Vec<usize>> = HashMap::new();
        for (at, mention) in all.iter().enumerate() {
            by_values.entry(mention.values()).or_default().push(at);
        }
        let lines = merged(document.facts.numbered_lines.iter().map(|line| line.label.span));
        let steps = counted.iter().filter(|line| is_called(line) && is_marked(document, line));
        let steps = merged(steps.map(|line| line.label.span));
        let items = called_items(document);
        let may_be_item = |own: &Mention| {
            let values = own.values();
            is_of_item(own) && values.len() == 1 && items.contains(&(document.section_at(own.start()), values[0]))
        };
        let is_sure = |own: &Mention| {
            pointers.at(own.start()).is_some_and(|own| own.is_sure) && !own.is_spanned && !may_be_item(own)
        };
        let mut doubtful: HashSet<usize> = all.iter().filter(|own| !is_sure(own)).map(|own| own.list).collect();
        doubtful.insert(mention::NO_LIST);
        let loose = loose(document, &hidden, &all);
        let titles = document.facts.headings.iter().flat_map(|heading| {
            let label = heading.label.as_ref().map(|placed| &placed.label);
            mention::title_of(label.map_or(&heading.text, |label| label.behind(&heading.text)))
        });
        let titles = titles.flatten().collect();
        let mut said = HashSet::new();
        let texts = document.facts.headings.iter().map(|heading| heading.text.trim());
        let repeated = texts.filter(|text| !said.insert(*text)).map(str::to_owned).collect();
        Self { all, by_values, lines, steps, loose, titles, repeated, doubtful }
    }

    /// Whether a mention surely points at something, as does all that it stands together with.
    pub fn is_sure(&self, mention: &Mention) -> bool {
        !self.doubtful.contains(&mention.list)
    }

    /// Whether a mention is all that a heading says, and no other one says, and the reader is sent there: `见三、部署`.
    pub fn is_all_of(&self, document: &Document, mention: &Mention, heading: &Heading, label: &Label) -> bool {
        let before = label.numbers.first().map_or(0, |number| number.at.start);
        let text = heading.text.trim();
        let Some(start) = mention.start().checked_sub(before) else { return false };
        let Some((before, behind)) = document.source.text.split_at_checked(start) else { return false };
        let Some(rest) = behind.strip_prefix(text) else { return false };
        // `3. 部署.pdf` is the name of a file.
        let ends = !rest.strip_prefix('.').unwrap_or(rest).starts_with(char::is_alphanumeric);
        mention.numbers.len() == label.numbers.len()
            && text.len() > label.text.trim().len()
            && ends
            && !self.repeated.contains(text)
            && !is_within(&document.facts.quotes, start)
            && sends(before, rest)
    }

    /// Whether the text behind a mention is the title of another heading than the one with a title.
    pub fn is_of_another(&self, behind: &str, title: &str) -> bool {
        let own = mention::title_of(title);
        let said = mention::title_of(behind);
        let mut said = said.iter().flatten().filter(|said| self.titles.contains(*said)).peekable();
        said.peek().is_some() && !said.any(|said| own.iter().flatten().any(|own| own == said))
    }

    /// The mentions that may mean a label of a place.
    pub fn of_label<'a>(&'a self, place: Numbered, placed: &'a PlacedLabel) -> impl Iterator<Item = &'a Mention> {
        let values = placed.label.values();
        let all = self.by_values.get(&values).map(Vec::as_slice).unwrap_or_default();
        all.iter().map(|&at| &self.all[at]).filter(move |mention| self.may_mean(mention, place, placed))
    }

    fn may_mean(&self, mention: &Mention, place: Numbered, placed: &PlacedLabel) -> bool {
        // The numbers of a list are the renderer's; only steps and items are called by them.
        let is_told = place != Numbered::ListItems || is_of_item(mention);
        is_told && !self.is_peer(place, mention) && mention.may_mean(&placed.label, place == Numbered::Captions)
    }

    /// Whether what seems to speak of a place is the label of a line that counts like it, or beside it.
    fn is_peer(&self, place: Numbered, mention: &Mention) -> bool {
        let peers = match place {
            Numbered::Lines => &self.lines[..],
            Numbered::ListItems => &self.steps[..],
            Numbered::Headings | Numbered::Captions => &[],
        };
        is_within(peers, mention.start())
    }

    /// Where the text may speak of the label of a heading or an item of a list in other ways, with what stands behind it.
    pub fn loosely<'a>(
        &'a self,
        place: Numbered,
        placed: &'a PlacedLabel,
        title: &str,
    ) -> impl Iterator<Item = &'a Mention> {
        let is_meant = matches!(place, Numbered::Headings | Numbered::ListItems) && placed.label.numbers.len() == 1;
        let title = Some(title).filter(|_| place == Numbered::Headings);
        let names = if is_meant { mention::names(&placed.label, title) } else { Vec::new() };
        let named = names.into_iter().filter_map(|name| self.loose.get(&(name, placed.label.number())));
        let near = named.flat_map(|found| found.iter().take(MANY));
        let is_read = move |at: &usize| {
            self.all[*at].values() == placed.label.values() && self.may_mean(&self.all[*at], place, placed)
        };
        let is_meant =
            move |(mention, others): &&'a Loose| !self.is_peer(place, mention) && !others.iter().any(is_read);
        near.filter(is_meant).map(|(mention, _)| mention)
    }
}

/// What may be spoken of by the names of the document's labels.
fn loose(document: &Document, hidden: &[Span], all: &[Mention]) -> HashMap<(Name, u64), Vec<Loose>> {
    let facts = &document.facts;
    let mut names: HashSet<Name> = HashSet::new();
    for heading in &facts.headings {
        if let Some(placed) = heading.label.as_ref().filter(|placed| placed.label.numbers.len() == 1) {
            names.extend(mention::names(&placed.label, Some(placed.label.behind(&heading.text))));
        }
    }
    if let Some(item) = facts.list_items.first() {
        names.extend(mention::names(&item.label.label, None));
    }
    let mut starts: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, mention) in all.iter().enumerate() {
        starts.entry(mention.start()).or_default().push(at);
    }
    let mut out: HashMap<(Name, u64), Vec<Loose>> = HashMap::new();
    for (name, mention) in mention::loose(&document.source.text, &names) {
        if !is_within(hidden, mention.start()) {
            let others = starts.get(&mention.start()).cloned().unwrap_or_default();
            out.entry((name, mention.values()[0])).or_default().push((mention, others));
        }
    }
    out
}

/// Whether the words of a mention may call an item of a list: nobody calls one a chapter.
fn is_of_item(mention: &Mention) -> bool {
    matches!(mention.about, About::Part("步" | "项" | "条"))
}

/// The numbers of the items of lists, and of the lines that are items in all but name, each with its section: in `5. 输入第 4
/// 步的密码` the fourth step is one of them as well as a heading.
fn called_items(document: &Document) -> HashSet<(Option<usize>, u64)> {
    let facts = &document.facts;
    let lines = facts.numbered_lines.iter().map(|line| &line.label);
    let lines =
        lines.filter(|placed| !matches!(placed.label.scheme, Scheme::Counted(_) | Scheme::Bare | Scheme::Dotted));
    let items = facts.list_items.iter().map(|item| &item.label);
    items.chain(lines).map(|own| (document.section_at(own.span.start as usize), own.label.number())).collect()
}

/// What is not read, in order: code, destinations, labels, and the lines among some that can be no sentences.
fn hidden(document: &Document, counted: &[&NumberedLine]) -> Vec<Span> {
    let facts = &document.facts;
    let own = facts.links.iter().filter(|link| link.kind != LinkKind::Reference);
    let destinations = own.map(|link| link.destination);
    let definitions = facts.definitions.iter().map(|definition| definition.destination);
    // 第三节课 is a word, unless many headings are like it.
    let labels = || facts.headings.iter().filter_map(|heading| heading.label.as_deref());
    let is_joined = |placed: &&PlacedLabel| unmarked::is_joined(&placed.label);
    let counts = labels().filter(is_joined).nth(3).is_some();
    let headings = labels().filter(|placed| counts || !is_joined(placed)).map(|placed| placed.span);
    let captions = facts.captions.iter().map(|caption| caption.label.span);
    // The title in the header goes with its heading.
    let title = repeated_title(document).map(|(title, _)| title);
    // What has a word for what it counts may always be a sentence.
    let lines = counted.iter().filter(|line| !is_called(line)).map(|line| line.label.span);
    let labels = headings.chain(captions).chain(lines).chain(title);
    merged(facts.code.iter().copied().chain(destinations).chain(definitions).chain(labels))
}

/// The lines that count on from one beside them.
fn counted_lines(document: &Document) -> impl Iterator<Item = &NumberedLine> {
    let is_plain = |line: &&NumberedLine| line.list.is_none() && line.label.label.numbers.len() == 1;
    let lines = || document.facts.numbered_lines.iter().filter(is_plain);
    let key = |line: &NumberedLine| {
        (line.heading, line.container, line.label.label.scheme.clone(), line.label.label.number())
    };
    let known: HashSet<_> = lines().map(key).collect();
    lines().filter(move |line| {
        let (heading, container, scheme, value) = key(line);
        let mut beside = [value.checked_sub(1), Some(value + 1)].into_iter().flatten();
        beside.any(|beside| known.contains(&(heading, container, scheme.clone(), beside)))
    })
}

/// Whether a line's label has a word for what it counts. `第三章已述其详` begins like such a line, and is a sentence.
fn is_called(line: &NumberedLine) -> bool {
    matches!(line.label.label.scheme, Scheme::Counted(_))
}

/// Whether a sign sets off what stands behind a line's label.
fn is_marked(document: &Document, line: &NumberedLine) -> bool {
    document.source.text[line.label.span.end as usize..].starts_with(['：', ':', '，', ',', '、'])
}
