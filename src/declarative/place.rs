//! Where text stands, as rules name it: `where:` and `except_where:`.

/// A kind of place in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The first heading of level 1, or the field `title` of the front matter.
    Title,
    /// A heading; in detail its level.
    Heading,
    /// A paragraph outside lists.
    Prose,
    /// An item of a list.
    ListItem,
    /// A cell of a table.
    TableCell,
    /// Anything in a block quote.
    Quote,
    /// What is shown of a link.
    LinkText,
    /// What stands for an image where it is not shown.
    AltText,
    /// Code within text.
    Code,
    /// A block of code; in detail its language.
    CodeBlock,
    /// The destination of a link or an image.
    LinkTarget,
    /// A field of the front matter; in detail its name.
    FrontMatter,
}

impl Place {
    /// All of them, with the words that stand for them.
    pub const ALL: [(Self, &'static str); 12] = [
        (Self::Title, "title"),
        (Self::Heading, "heading"),
        (Self::Prose, "prose"),
        (Self::ListItem, "list-item"),
        (Self::TableCell, "table-cell"),
        (Self::Quote, "quote"),
        (Self::LinkText, "link-text"),
        (Self::AltText, "alt-text"),
        (Self::Code, "code"),
        (Self::CodeBlock, "code-block"),
        (Self::LinkTarget, "link-target"),
        (Self::FrontMatter, "front-matter"),
    ];

    /// The place a word stands for.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == word).map(|(place, _)| *place)
    }

    /// The word that stands for it.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(place, _)| *place == self).map_or("", |(_, name)| name)
    }

    /// Whether rules that do not say where look there: at what a reader reads.
    pub(super) fn is_read(self) -> bool {
        !matches!(self, Self::AltText | Self::Code | Self::CodeBlock | Self::LinkTarget | Self::FrontMatter)
    }
}

/// A place, and in detail which: a level, a language, a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) place: Place,
    pub(super) detail: String,
}

/// A choice of places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Selector {
    pub(super) place: Place,
    /// Any, if there are none.
    pub(super) details: Vec<String>,
}

impl Selector {
    fn takes(&self, standing: &Standing) -> bool {
        let is_named = |detail: &String| detail.eq_ignore_ascii_case(&standing.detail);
        self.place == standing.place && (self.details.is_empty() || self.details.iter().any(is_named))
    }
}

/// Where a rule looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// Only there; what is read, if there are none.
    pub(super) only: Vec<Selector>,
    /// Not there.
    pub(super) except: Vec<Selector>,
}

impl Places {
    /// Whether a text that stands in some places at once is looked at.
    pub(super) fn take(&self, standings: &[Standing]) -> bool {
        let any = |selectors: &[Selector]| {
            selectors.iter().any(|selector| standings.iter().any(|standing| selector.takes(standing)))
        };
        let wanted = if self.only.is_empty() {
            standings.iter().all(|standing| standing.place.is_read())
        } else {
            any(&self.only)
        };
        wanted && !any(&self.except)
    }

    /// Whether a kind of place is asked for by name.
    pub(super) fn name(&self, place: Place) -> bool {
        self.only.iter().any(|selector| selector.place == place)
    }
}
