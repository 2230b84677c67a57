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
    pub(super) mod schemeless_link;
    pub(super) mod shadowed_heading;
    pub(super) mod undefined_reference;
    pub(super) mod unrecognised_site;
    pub(super) mod unused_asset;
    pub(super) mod unused_definition;
    pub(super) mod unwritten_note;
    mod wide_marks;
    pub(super) mod wrong_path_case;
}
mod numbering {
    pub(super) mod ambiguous_section_reference;
    mod chapters;
    pub(super) mod dangling_section_reference;
    pub(super) mod fault;
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
    mod excuses;
    pub(super) mod invisible_character;
    mod label_widths;
    mod lines;
    pub(super) mod overrunning_url;
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

use crate::rule::Native;

pub use numbering::{fault::misnumbered, repair::renumber};

/// A rule's page is `rules/<group>/<name>.md`.
macro_rules! native {
    ($kind:ident $group:literal $name:literal $(=> $rule:path)?) => {
        Native::$kind$(::<$rule>)?($group, $name, include_str!(concat!("../../rules/", $group, "/", $name, ".md")))
    };
}

/// Every rule of the program.
pub const NATIVE: &[Native] = &[
    native!(document "headings" "duplicate-heading" => headings::duplicate_heading::DuplicateHeading),
    native!(document "headings" "empty-heading" => headings::empty_heading::EmptyHeading),
    native!(document "headings" "skipped-heading-level" => headings::skipped_heading_level::SkippedHeadingLevel),
    native!(corpus "links" "absolute-self-link" => links::absolute_self_link::AbsoluteSelfLink),
    native!(corpus "links" "ambiguous-wikilink" => links::ambiguous_wikilink::AmbiguousWikilink),
    native!(corpus "links" "broken-anchor" => links::broken_anchor::BrokenAnchor),
    native!(corpus "links" "broken-link" => links::broken_link::BrokenLink),
    native!(corpus "links" "broken-wikilink" => links::broken_wikilink::BrokenWikilink),
    native!(corpus "links" "colliding-path" => links::colliding_path::CollidingPath),
    native!(document "links" "duplicate-definition" => links::duplicate_definition::DuplicateDefinition),
    native!(corpus "links" "empty-link" => links::empty_link::EmptyLink),
    native!(corpus "links" "link-outside-root" => links::link_outside_root::LinkOutsideRoot),
    native!(corpus "links" "misdirected-link" => links::misdirected_link::MisdirectedLink),
    native!(corpus "links" "orphan-document" => links::orphan_document::OrphanDocument),
    native!(corpus "links" "schemeless-link" => links::schemeless_link::SchemelessLink),
    native!(corpus "links" "shadowed-heading" => links::shadowed_heading::ShadowedHeading),
    native!(corpus "links" "undefined-reference" => links::undefined_reference::UndefinedReference),
    native!(corpus "links" "unrecognised-site" => links::unrecognised_site::UnrecognisedSite),
    native!(corpus "links" "unused-asset" => links::unused_asset::UnusedAsset),
    native!(document "links" "unused-definition" => links::unused_definition::UnusedDefinition),
    native!(corpus "links" "unwritten-note" => links::unwritten_note::UnwrittenNote),
    native!(corpus "links" "wrong-path-case" => links::wrong_path_case::WrongPathCase),
    native!(document "numbering" "ambiguous-section-reference" => numbering::ambiguous_section_reference::AmbiguousSectionReference),
    native!(corpus "numbering" "dangling-section-reference" => numbering::dangling_section_reference::DanglingSectionReference),
    native!(corpus "numbering" "misnumbered-caption" => numbering::misnumbered_caption::MisnumberedCaption),
    native!(corpus "numbering" "misnumbered-list" => numbering::misnumbered_list::MisnumberedList),
    native!(corpus "numbering" "mixed-numbering" => numbering::mixed_numbering::MixedNumbering),
    native!(corpus "numbering" "misnumbered-item" => numbering::misnumbered_item::MisnumberedItem),
    native!(corpus "numbering" "misnumbered-section" => numbering::misnumbered_section::MisnumberedSection),
    native!(corpus "numbering" "skipped-number" => numbering::skipped_number::SkippedNumber),
    native!(pipeline "run" "costly-pattern"),
    native!(pipeline "run" "internal-error"),
    native!(pipeline "run" "invalid-configuration"),
    native!(pipeline "run" "stale-suppression"),
    native!(pipeline "run" "unmatched-glob"),
    native!(pipeline "run" "unreadable-file"),
    native!(corpus "structure" "duplicate-field-value" => structure::duplicate_field_value::DuplicateFieldValue),
    native!(corpus "structure" "duplicate-title" => structure::duplicate_title::DuplicateTitle),
    native!(corpus "structure" "empty-section" => structure::empty_section::EmptySection),
    native!(corpus "structure" "invalid-field" => structure::invalid_field::InvalidField),
    native!(corpus "structure" "invalid-front-matter" => structure::invalid_front_matter::InvalidFrontMatter),
    native!(corpus "structure" "misplaced-section" => structure::misplaced_section::MisplacedSection),
    native!(corpus "structure" "missing-field" => structure::missing_field::MissingField),
    native!(corpus "structure" "missing-section" => structure::missing_section::MissingSection),
    native!(corpus "structure" "missing-title" => structure::missing_title::MissingTitle),
    native!(corpus "structure" "near-duplicate-document" => structure::near_duplicate_document::NearDuplicateDocument),
    native!(corpus "structure" "overlong-section" => structure::overlong_section::OverlongSection),
    native!(corpus "structure" "unexpected-section" => structure::unexpected_section::UnexpectedSection),
    native!(corpus "tags" "inconsistent-tag" => tags::inconsistent_tag::InconsistentTag),
    native!(corpus "tags" "missing-tags" => tags::missing_tags::MissingTags),
    native!(corpus "tags" "too-many-tags" => tags::too_many_tags::TooManyTags),
    native!(corpus "tags" "unknown-tag" => tags::unknown_tag::UnknownTag),
    native!(document "text" "broken-cjk-line" => text::broken_cjk_line::BrokenCjkLine),
    native!(document "text" "broken-table" => text::broken_table::BrokenTable),
    native!(corpus "text" "inconsistent-spacing" => text::typography::inconsistent_spacing::InconsistentSpacing),
    native!(document "text" "invisible-character" => text::invisible_character::InvisibleCharacter),
    native!(corpus "text" "makeshift-mark" => text::typography::makeshift_mark::MakeshiftMark),
    native!(corpus "text" "misspaced-unit" => text::typography::misspaced_unit::MisspacedUnit),
    native!(corpus "text" "narrow-mark" => text::typography::narrow_mark::NarrowMark),
    native!(document "text" "overrunning-url" => text::overrunning_url::OverrunningUrl),
    native!(corpus "text" "repeated-mark" => text::typography::repeated_mark::RepeatedMark),
    native!(document "text" "reversed-quote" => text::reversed_quote::ReversedQuote),
    native!(document "text" "unbalanced-punctuation" => text::unbalanced_punctuation::UnbalancedPunctuation),
    native!(document "text" "unclosed-code" => text::unclosed_code::UnclosedCode),
    native!(document "text" "unclosed-fence" => text::unclosed_fence::UnclosedFence),
    native!(document "text" "unrendered-emphasis" => text::unrendered_emphasis::UnrenderedEmphasis),
    native!(document "text" "unrendered-heading" => text::unrendered_heading::UnrenderedHeading),
    native!(document "text" "unrendered-link" => text::unrendered_link::UnrenderedLink),
    native!(document "text" "unrendered-list" => text::unrendered_list::UnrenderedList),
    native!(document "text" "unresolved-conflict" => text::unresolved_conflict::UnresolvedConflict),
    native!(corpus "text" "wide-alphanumeric" => text::typography::wide_alphanumeric::WideAlphanumeric),
    native!(matched "text" "miswritten-name"),
    native!(matched "text" "miswritten-word"),
    native!(matched "text" "placeholder-text"),
    native!(matched "text" "repeated-word"),
];
