//! The changes of a fix as a unified diff.

use std::io::{self, Write};

use similar::TextDiff;

use crate::{files::Rewrite, source::Untrusted};

/// Writes the changes of one file. The lines are the document's own, except that on a terminal whatever is not
/// text for the eye is made visible.
pub fn write_diff(rewrite: &Rewrite, for_terminal: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut path = Untrusted::new(rewrite.path.as_str()).line();
    // As git has it: a tab ends a name that holds a blank.
    if path.contains(' ') {
        path.push('\t');
    }
    let diff = TextDiff::from_lines(&*rewrite.before, &*rewrite.after);
    let text = diff.unified_diff().context_radius(3).header(&format!("a/{path}"), &format!("b/{path}")).to_string();
    if !for_terminal {
        return out.write_all(text.as_bytes());
    }
    for line in text.split_inclusive('\n') {
        writeln!(out, "{}", Untrusted::new(line.trim_end_matches(['\n', '\r'])).line())?;
    }
    Ok(())
}
