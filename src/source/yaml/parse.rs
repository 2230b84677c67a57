//! Events of the YAML parser to the spanned tree.

use serde_yaml::granit_parser::{self, Event, Parser, ScalarStyle};

use super::{
    Value,
    builder::{Builder, Problem, Reading},
    plain,
};
use crate::source::{Span, floor};

/// Reads a YAML text that begins `base` bytes into its file; all spans are offsets into the file.
pub fn parse(text: &str, base: usize) -> Reading {
    let Some(reading) = plainly(text, base) else { return parsed(text, base) };
    debug_assert_eq!(reading, parsed(text, base), "{text}");
    reading
}

/// The same without the parser, where the text is plain enough.
pub(super) fn plainly(text: &str, base: usize) -> Option<Reading> {
    let mut builder = Builder::new(text, base);
    plain::read(text, &mut builder)?;
    Some(builder.finish())
}

/// The same by the parser, whatever is written.
pub(super) fn parsed(text: &str, base: usize) -> Reading {
    let options = granit_parser::options! {
        emit_unresolved_aliases: true,
        emit_comments: false,
        bom_inside_document_as_content: true
    };
    let mut builder = Builder::new(text, base);
    for next in Parser::new_from_str_with_options(text, options) {
        let step = match next {
            Ok((next, span)) => event(&mut builder, next, span.byte_range().unwrap_or_default().into()),
            Err(error) => Err(syntax(text, base, &error)),
        };
        if let Err(problem) = step {
            builder.fail(problem);
            break;
        }
        if builder.is_complete() {
            break;
        }
    }
    builder.finish()
}

fn event(builder: &mut Builder<'_>, event: Event<'_>, span: Span) -> Result<(), Problem> {
    match event {
        Event::Scalar(text, style, _, tag) => {
            // A tag says that it is a text.
            let is_text = tag.is_some_and(|tag| tag.suffix() == "str");
            let value = Value::Scalar { text: text.into_owned(), plain: style == ScalarStyle::Plain && !is_text };
            builder.node(span, value)
        }
        Event::Alias(_) | Event::UnresolvedAlias(_) => builder.node(span, Value::Alias),
        Event::SequenceStart(..) => builder.open(span, false),
        Event::MappingStart(..) => builder.open(span, true),
        Event::SequenceEnd | Event::MappingEnd => builder.close(),
        _ => Ok(()),
    }
}

fn syntax(text: &str, base: usize, error: &granit_parser::ScanError) -> Problem {
    let at = floor(text, error.marker().byte_offset().unwrap_or(0));
    let width = text[at..].chars().next().filter(|c| !c.is_control()).map_or(0, char::len_utf8);
    let info = error.info();
    let reason = info.strip_suffix('.').unwrap_or(&info).to_owned();
    Problem::Syntax { span: Span::new(at, at + width).shifted(base), reason }
}
