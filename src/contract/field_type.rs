//! The types of fields.

use super::{Date, date::is_date_time, link_target};
use crate::source::yaml::Node;

/// The type of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldType {
    /// Nothing is said of it.
    #[default]
    Any,
    /// A single value.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A day.
    Date,
    /// A point in time, in ISO 8601.
    DateTime,
    /// An address with a scheme.
    Url,
    /// An e-mail address.
    Email,
    /// Several values.
    List,
}

impl FieldType {
    /// All but [`FieldType::Any`], which has no name.
    pub const ALL: [Self; 9] = [
        Self::String,
        Self::Integer,
        Self::Number,
        Self::Boolean,
        Self::Date,
        Self::DateTime,
        Self::Url,
        Self::Email,
        Self::List,
    ];

    /// As the configuration writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::DateTime => "date-time",
            Self::Url => "url",
            Self::Email => "email",
            Self::List => "list",
        }
    }

    /// What a name stands for.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether a value that is neither empty nor a mapping is of this type; of a date, in any way it can be written.
    pub fn fits(self, node: &Node, in_text: bool) -> bool {
        let text = node.as_str();
        let is = |test: &dyn Fn(&str) -> bool| text.is_some_and(test);
        match self {
            Self::Any => true,
            Self::List => in_text || node.as_list().is_some(),
            Self::String => text.is_some(),
            Self::Integer => node.as_integer().is_some(),
            Self::Number => node.as_number().is_some(),
            Self::Boolean => node.as_bool().is_some(),
            Self::Date => is(&|text| Date::read(text).flatten().is_some()),
            Self::DateTime => is(&is_date_time),
            Self::Url => is(&|text| is_url(link_target(text))),
            Self::Email => is(&is_email),
        }
    }

    /// Whether a value is a text for its quotes alone, and would be of this type without them.
    pub fn fits_unquoted(self, node: &Node) -> bool {
        matches!(self, Self::Integer | Self::Number | Self::Boolean)
            && node.unquoted().is_some_and(|bare| self.fits(&bare, false))
    }
}

fn is_url(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, rest)| {
        let is_scheme = scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
        !scheme.is_empty() && is_scheme && rest.len() > 1 && !rest.contains(char::is_whitespace)
    })
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        let inner = host.trim_matches('.');
        !name.is_empty()
            && inner == host
            && inner.contains('.')
            && !text.contains(char::is_whitespace)
            && !host.contains('@')
    })
}
