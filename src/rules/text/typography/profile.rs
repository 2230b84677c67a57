//! Languages and their manners, as they are configured.

use serde::Deserialize;

use crate::document::Tongue;

/// A language and its manner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Profile {
    #[serde(rename = "zh-Hans")]
    Simplified,
    #[serde(rename = "zh-Hant")]
    Traditional,
    #[serde(rename = "ja")]
    Japanese,
    #[serde(rename = "ko")]
    Korean,
}

impl Profile {
    pub(super) fn language(self) -> Tongue {
        match self {
            Self::Simplified | Self::Traditional => Tongue::Chinese,
            Self::Japanese => Tongue::Japanese,
            Self::Korean => Tongue::Korean,
        }
    }
}

/// Whether blanks are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Blank {
    Require,
    Forbid,
    Majority,
}
