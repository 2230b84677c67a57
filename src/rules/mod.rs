//! The rules of the program: for each group its modules, and for each rule its line in the list.

mod headings {
    pub(super) mod duplicate_heading;
    pub(super) mod empty_heading;
    mod excuses;
    pub(super) mod skipped_heading_level;
}
mod links {
    pub(super) mod absolute_self_link;
    pub(super) mod ambiguous_wikilink;
    mod anchor_names;
    pub(super) mod broken_anchor;
    pub(super) mod broken_link;
    pub(super) mod broken_wikilink;
    pub(super) mod colliding_path;
    mod definitions;
    pub(super) mod duplicate_definition;
    pub(super) mod empty_link;
    mod foreign_anchors;
    pub(super) mod link_outside_root;
    mod meant;
    pub(super) mod misdirected_link;
    pub(super) mod orphan_document;
    mod own_links;
    mod projects;
    mod renumbered;
    pub(super) mod schemeless_link;
    pub(super) mod shadowed_heading;
    mod titles;
    pub(super) mod undefined_reference;
    pub(super) mod unrecognised_site;
    pub(super) mod unused_asset;
    pub(super) mod unused_definition;
    pub(super) mod unwritten_note;
    mod usual_names;
    mod wide_marks;
    pub(super) mod wrong_path_case;
}
mod numbering {
    pub(super) mod ambiguous_section_reference;
    mod chapters;
    pub(super) mod dangling_section_reference;
    mod elsewhere;
    pub(super) mod fault;
    mod following;
    mod foretold;
    mod link_texts;
    pub(super) mod misnumbered_caption;
    pub(super) mod misnumbered_item;
    pub(super) mod misnumbered_list;
    pub(super) mod misnumbered_section;
    pub(super) mod mixed_numbering;
    mod reference;
    pub(super) mod repair;
    pub(super) mod skipped_number;
    mod spoken;
    mod trusted;
}
mod structure {
    mod candidates;
    pub(super) mod duplicate_field_value;
    pub(super) mod duplicate_title;
    pub(super) mod empty_section;
    mod field_lines;
    pub(super) mod invalid_field;
    pub(super) mod invalid_front_matter;
    pub(super) mod misplaced_section;
    pub(super) mod missing_field;
    pub(super) mod missing_section;
    pub(super) mod missing_title;
    pub(super) mod near_duplicate_document;
    pub(super) mod overlong_section;
    mod references;
    pub(super) mod unexpected_section;
    mod values;
}
mod tags {
    pub(super) mod inconsistent_tag;
    pub(super) mod missing_tags;
    mod place;
    pub(super) mod too_many_tags;
    pub(super) mod unknown_tag;
}
mod text {
    mod brackets;
    pub(super) mod broken_cjk_line;
    pub(super) mod broken_table;
    mod destinations;
    mod excuses;
    mod images;
    pub(super) mod invisible_character;
    mod label_widths;
    mod lines;
    pub(super) mod overrunning_url;
    mod pairing;
    pub(super) mod reversed_quote;
    pub(super) mod typography;
    pub(super) mod unbalanced_punctuation;
    pub(super) mod unclosed_code;
    pub(super) mod unclosed_fence;
    pub(super) mod unrendered_emphasis;
    pub(super) mod unrendered_heading;
    pub(super) mod unrendered_link;
    pub(super) mod unrendered_list;
    pub(super) mod unresolved_conflict;
    mod unseen;
}

use crate::rule::{Check, Native};

pub use numbering::{fault::misnumbered, repair::renumber};

/// A rule's page is `rules/<group>/<name>.md`. Its struct is made of the options that the page declares, where there are any.
macro_rules! native {
    ($kind:ident $group:literal $name:literal) => { native!($group $name, |_| Ok(Check::$kind)) };
    ($kind:ident $group:literal $name:literal => $rule:path) => {
        native!($group $name, |_| Ok(Check::$kind(Box::new($rule))))
    };
    ($kind:ident $group:literal $name:literal => $rule:path, options) => {
        native!($group $name, |options| Ok(Check::$kind(Box::new(serde_json::from_value::<$rule>(options)?))))
    };
    ($group:literal $name:literal, $check:expr) => {
        Native {
            group: $group,
            name: $name,
            page: include_str!(concat!("../../rules/", $group, "/", $name, ".md")),
            check: $check,
        }
    };
}

/// Every rule of the program.
pub const NATIVE: &[Native] = &[
    native!(Document "headings" "duplicate-heading" => headings::duplicate_heading::DuplicateHeading),
    native!(Document "headings" "empty-heading" => headings::empty_heading::EmptyHeading),
    native!(Document "headings" "skipped-heading-level" => headings::skipped_heading_level::SkippedHeadingLevel),
    native!(Corpus "links" "absolute-self-link" => links::absolute_self_link::AbsoluteSelfLink, options),
    native!(Corpus "links" "ambiguous-wikilink" => links::ambiguous_wikilink::AmbiguousWikilink),
    native!(Corpus "links" "broken-anchor" => links::broken_anchor::BrokenAnchor),
    native!(Corpus "links" "broken-link" => links::broken_link::BrokenLink),
    native!(Corpus "links" "broken-wikilink" => links::broken_wikilink::BrokenWikilink),
    native!(Corpus "links" "colliding-path" => links::colliding_path::CollidingPath),
    native!(Document "links" "duplicate-definition" => links::duplicate_definition::DuplicateDefinition),
    native!(Corpus "links" "empty-link" => links::empty_link::EmptyLink),
    native!(Corpus "links" "link-outside-root" => links::link_outside_root::LinkOutsideRoot),
    native!(Corpus "links" "misdirected-link" => links::misdirected_link::MisdirectedLink),
    native!(Corpus "links" "orphan-document" => links::orphan_document::OrphanDocument, options),
    native!(Corpus "links" "schemeless-link" => links::schemeless_link::SchemelessLink),
    native!(Corpus "links" "shadowed-heading" => links::shadowed_heading::ShadowedHeading),
    native!(Corpus "links" "undefined-reference" => links::undefined_reference::UndefinedReference),
    native!(Corpus "links" "unrecognised-site" => links::unrecognised_site::UnrecognisedSite),
    native!(Corpus "links" "unused-asset" => links::unused_asset::UnusedAsset, options),
    native!(Document "links" "unused-definition" => links::unused_definition::UnusedDefinition),
    native!(Corpus "links" "unwritten-note" => links::unwritten_note::UnwrittenNote),
    native!(Corpus "links" "wrong-path-case" => links::wrong_path_case::WrongPathCase),
    native!(Document "numbering" "ambiguous-section-reference" => numbering::ambiguous_section_reference::AmbiguousSectionReference),
    native!(Corpus "numbering" "dangling-section-reference" => numbering::dangling_section_reference::DanglingSectionReference),
    native!(Corpus "numbering" "misnumbered-caption" => numbering::misnumbered_caption::MisnumberedCaption, options),
    native!(Corpus "numbering" "misnumbered-list" => numbering::misnumbered_list::MisnumberedList, options),
    native!(Corpus "numbering" "mixed-numbering" => numbering::mixed_numbering::MixedNumbering, options),
    native!(Corpus "numbering" "misnumbered-item" => numbering::misnumbered_item::MisnumberedItem, options),
    native!(Corpus "numbering" "misnumbered-section" => numbering::misnumbered_section::MisnumberedSection, options),
    native!(Corpus "numbering" "skipped-number" => numbering::skipped_number::SkippedNumber, options),
    native!(Pipeline "run" "costly-pattern"),
    native!(Pipeline "run" "internal-error"),
    native!(Pipeline "run" "invalid-configuration"),
    native!(Pipeline "run" "stale-suppression"),
    native!(Pipeline "run" "unmatched-glob"),
    native!(Pipeline "run" "unreadable-file"),
    native!(Corpus "structure" "duplicate-field-value" => structure::duplicate_field_value::DuplicateFieldValue),
    native!(Corpus "structure" "duplicate-title" => structure::duplicate_title::DuplicateTitle),
    native!(Corpus "structure" "empty-section" => structure::empty_section::EmptySection),
    native!(Corpus "structure" "invalid-field" => structure::invalid_field::InvalidField),
    native!(Corpus "structure" "invalid-front-matter" => structure::invalid_front_matter::InvalidFrontMatter),
    native!(Corpus "structure" "misplaced-section" => structure::misplaced_section::MisplacedSection),
    native!(Corpus "structure" "missing-field" => structure::missing_field::MissingField),
    native!(Corpus "structure" "missing-section" => structure::missing_section::MissingSection),
    native!(Corpus "structure" "missing-title" => structure::missing_title::MissingTitle),
    native!(Corpus "structure" "near-duplicate-document" => structure::near_duplicate_document::NearDuplicateDocument, options),
    native!(Corpus "structure" "overlong-section" => structure::overlong_section::OverlongSection),
    native!(Corpus "structure" "unexpected-section" => structure::unexpected_section::UnexpectedSection),
    native!(Corpus "tags" "inconsistent-tag" => tags::inconsistent_tag::InconsistentTag),
    native!(Corpus "tags" "missing-tags" => tags::missing_tags::MissingTags),
    native!(Corpus "tags" "too-many-tags" => tags::too_many_tags::TooManyTags),
    native!(Corpus "tags" "unknown-tag" => tags::unknown_tag::UnknownTag),
    native!(Document "text" "broken-cjk-line" => text::broken_cjk_line::BrokenCjkLine),
    native!(Document "text" "broken-table" => text::broken_table::BrokenTable),
    native!(Corpus "text" "inconsistent-spacing" => text::typography::inconsistent_spacing::InconsistentSpacing, options),
    native!(Document "text" "invisible-character" => text::invisible_character::InvisibleCharacter),
    native!(Corpus "text" "makeshift-mark" => text::typography::makeshift_mark::MakeshiftMark, options),
    native!(Corpus "text" "misspaced-unit" => text::typography::misspaced_unit::MisspacedUnit, options),
    native!(Corpus "text" "narrow-mark" => text::typography::narrow_mark::NarrowMark, options),
    native!(Document "text" "overrunning-url" => text::overrunning_url::OverrunningUrl),
    native!(Corpus "text" "repeated-mark" => text::typography::repeated_mark::RepeatedMark, options),
    native!(Document "text" "reversed-quote" => text::reversed_quote::ReversedQuote),
    native!(Document "text" "unbalanced-punctuation" => text::unbalanced_punctuation::UnbalancedPunctuation),
    native!(Document "text" "unclosed-code" => text::unclosed_code::UnclosedCode),
    native!(Document "text" "unclosed-fence" => text::unclosed_fence::UnclosedFence),
    native!(Document "text" "unrendered-emphasis" => text::unrendered_emphasis::UnrenderedEmphasis),
    native!(Document "text" "unrendered-heading" => text::unrendered_heading::UnrenderedHeading),
    native!(Document "text" "unrendered-link" => text::unrendered_link::UnrenderedLink),
    native!(Document "text" "unrendered-list" => text::unrendered_list::UnrenderedList),
    native!(Document "text" "unresolved-conflict" => text::unresolved_conflict::UnresolvedConflict),
    native!(Corpus "text" "wide-alphanumeric" => text::typography::wide_alphanumeric::WideAlphanumeric, options),
    native!(Matched "text" "miswritten-name"),
    native!(Matched "text" "miswritten-word"),
    native!(Matched "text" "placeholder-text"),
    native!(Matched "text" "repeated-word"),
];
