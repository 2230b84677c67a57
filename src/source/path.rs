//! Paths inside the corpus.

use std::{borrow::Borrow, fmt, sync::Arc};

/// A path relative to the root: forward slashes, no leading slash, no `.` or `..` component.
/// The root itself is the empty path.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CorpusPath(Arc<str>);

impl CorpusPath {
    /// A path from a string with forward slashes; empty and `.` components are dropped.
    /// `None` where `..` climbs out of the root.
    pub fn new(path: &str) -> Option<Self> {
        join("", path)
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Resolves a relative path against this one, taken as a folder, on the text alone: nothing is
    /// looked up, so `a/../b` is `b` whether or not `a` exists. `None` where `..` climbs out of the root.
    pub fn join(&self, relative: &str) -> Option<Self> {
        join(&self.0, relative)
    }

    /// Resolves a relative path that is written in the file at this one.
    pub fn beside(&self, relative: &str) -> Option<Self> {
        join(self.folder(), relative)
    }

    /// The folder that holds this path; the root for a path without one.
    #[must_use]
    pub fn parent(&self) -> Self {
        Self(self.folder().into())
    }

    fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last component, extension included.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The last component without its extension; a leading dot begins no extension.
    pub fn file_stem(&self) -> &str {
        let name = self.file_name();
        match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        }
    }

    /// The text behind the last dot of the file name; a leading dot begins no extension.
    pub fn extension(&self) -> Option<&str> {
        let (stem, extension) = self.file_name().rsplit_once('.')?;
        (!stem.is_empty()).then_some(extension)
    }

    /// Whether this path is `folder` or lies below it.
    pub fn is_within(&self, folder: &Self) -> bool {
        folder.0.is_empty()
            || self.0.strip_prefix(&*folder.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// What of this path lies below a folder; `None` outside of it.
    pub fn below(&self, folder: &Self) -> Option<&str> {
        self.is_within(folder).then(|| self.0[folder.0.len()..].trim_start_matches('/'))
    }

    /// This path and all folders that it lies in, up to the root.
    pub fn ancestors(&self) -> impl Iterator<Item = Self> + use<> {
        std::iter::successors(Some(self.clone()), |path| (!path.as_str().is_empty()).then(|| path.parent()))
    }

    /// The folders that this path lies in, the root aside.
    pub(crate) fn folders(&self) -> impl Iterator<Item = Self> + use<> {
        self.ancestors().skip(1).filter(|folder| !folder.as_str().is_empty())
    }

    /// The path of this one, or of what it lies in, once `old` is called `new`; `None` where it has nothing to do with it.
    #[must_use]
    pub fn rebased(&self, old: &Self, new: &Self) -> Option<Self> {
        let below = self.is_within(old).then(|| &self.0[old.0.len()..])?;
        new.join(below)
    }

    /// The relative path that leads from a folder to this path.
    pub fn relative_to(&self, folder: &Self) -> String {
        let own: Vec<&str> = self.0.split('/').filter(|part| !part.is_empty()).collect();
        let from: Vec<&str> = folder.0.split('/').filter(|part| !part.is_empty()).collect();
        let shared = own.iter().zip(&from).take_while(|(a, b)| a == b).count();
        let up = std::iter::repeat_n("..", from.len() - shared);
        up.chain(own[shared..].iter().copied()).collect::<Vec<_>>().join("/")
    }

    /// Whether the file is the text of a licence by its name, `license.md` or `LICENSE-MIT.md`: that of somebody else, word
    /// for word.
    pub fn is_licence(&self) -> bool {
        let stem = self.file_stem();
        ["LICENSE", "LICENCE", "COPYING"].iter().any(|word| {
            let is_qualified = |rest: &str| rest.starts_with(['-', '_', '.']);
            stem.eq_ignore_ascii_case(word) || stem.strip_prefix(word).is_some_and(is_qualified)
        })
    }

    /// Whether the file is a Markdown document by its name.
    pub fn is_markdown(&self) -> bool {
        self.extension().is_some_and(|e| e.eq_ignore_ascii_case("md") || e.eq_ignore_ascii_case("markdown"))
    }
}

fn join(folder: &str, relative: &str) -> Option<CorpusPath> {
    if is_plain(relative) {
        let whole = if folder.is_empty() { relative.into() } else { [folder, "/", relative].concat().into() };
        return Some(CorpusPath(whole));
    }
    let mut out = String::with_capacity(folder.len() + 1 + relative.len());
    out.push_str(folder);
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." if out.is_empty() => return None,
            ".." => out.truncate(out.rfind('/').unwrap_or(0)),
            part => {
                if !out.is_empty() {
                    out.push('/');
                }
                out.push_str(part);
            }
        }
    }
    Some(CorpusPath(out.into()))
}

/// Whether a path has no component that joining drops or follows.
fn is_plain(path: &str) -> bool {
    let mut before = b'/';
    for byte in path.bytes() {
        if before == b'/' && matches!(byte, b'/' | b'.') {
            return false;
        }
        before = byte;
    }
    before != b'/'
}

impl Default for CorpusPath {
    /// The root.
    fn default() -> Self {
        Self("".into())
    }
}

impl Borrow<str> for CorpusPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CorpusPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}
