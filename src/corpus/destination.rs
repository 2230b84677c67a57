//! What a destination shows by itself, before anything is looked up.

use memchr::{memchr, memchr2, memrchr};

/// Why a destination leads nowhere, whatever exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// Nothing is written, or only a `#`.
    Empty,
    /// A word that stands for an address still to be found: `TODO`.
    Placeholder,
    /// The name of a host without a scheme: `www.example.org`.
    Host,
    /// An e-mail address without `mailto:`.
    Email,
    /// A host behind `http` and another mark than `://`, or behind a word that is `http` with a slip of the pen.
    Scheme,
}

/// Words that stand for an address still to be found.
const PLACEHOLDERS: &[&str] = &[
    "todo", "tbd", "tba", "fixme", "xxx", "url", "link", "href", "your-link", "link-here", "待补充", "待定", "待添加",
    "链接", "地址",
];

/// Top-level domains that are common and no extension of a file.
const DOMAINS: &[&str] = &[
    "com", "org", "net", "edu", "gov", "io", "dev", "cn", "jp", "kr", "tw", "hk", "de", "fr", "uk", "eu", "ru", "info",
    "me", "co", "tv", "cc", "xyz", "site", "tech", "cloud", "blog",
];

/// Those of short addresses; alone, `song.ly` is a file.
const SHORT_DOMAINS: &[&str] = &["ly", "gl", "gle", "be", "ai", "app"];

/// What a path that does not exist was meant to be, if it was not meant to be a path.
pub(super) fn malformed(path: &str) -> Option<Malformed> {
    let path = path.trim_start_matches("./");
    let first = path.split('/').next().unwrap_or_default();
    if PLACEHOLDERS.contains(&path.to_lowercase().as_str()) {
        return Some(Malformed::Placeholder);
    }
    if let Some((name, host)) = first.split_once('@') {
        let is_email = !name.is_empty() && first == path && is_host(host);
        return is_email.then_some(Malformed::Email);
    }
    let is_short =
        || first != path && first.rsplit_once('.').is_some_and(|(_, domain)| SHORT_DOMAINS.contains(&domain));
    (is_host(first) || is_short()).then_some(Malformed::Host)
}

/// Words that are `http` or `https` with a letter too many, too few or astray, and what they can only be.
const MISSPELT: &[(&str, &str)] = &[
    ("htps", "https://"),
    ("htpps", "https://"),
    ("htttps", "https://"),
    ("hhttps", "https://"),
    ("hptts", "https://"),
    ("httsp", "https://"),
    ("httpss", "https://"),
    ("httpps", "https://"),
    ("ttps", "https://"),
    ("htp", "http://"),
    ("htpp", "http://"),
    ("htttp", "http://"),
    ("hhttp", "http://"),
    ("hptt", "http://"),
    ("ttp", "http://"),
];

/// What stands for `http://` or `https://` before a host, and is misspelt: `http:/`, `https：//`, `htps://`; and how it is spelt.
pub(crate) fn misspelt_scheme(target: &str) -> Option<(&str, &'static str)> {
    /// The words are no longer.
    const LONGEST: usize = 7;
    // Targets are many.
    if !matches!(target.as_bytes(), [b'h' | b'H' | b't' | b'T', b'h' | b'H' | b't' | b'T' | b'p' | b'P', ..]) {
        return None;
    }
    let word = &target[..target.bytes().take(LONGEST).take_while(u8::is_ascii_alphabetic).count()];
    let of = |&(own, scheme): &(&str, &'static str)| own.eq_ignore_ascii_case(word).then_some(scheme);
    let behind = &target[word.len()..];
    let host = behind.trim_start_matches([':', '：', ';', '.', '/', '／']);
    let (written, mark) = (&target[..target.len() - host.len()], &behind[..behind.len() - host.len()]);
    if let Some(scheme) = MISSPELT.iter().find_map(of) {
        return (mark == "://" && host.starts_with(char::is_alphanumeric)).then_some((written, scheme));
    }
    let scheme = [("https", "https://"), ("http", "http://")].iter().find_map(of)?;
    let is_wide = mark.starts_with([':', '：']) && mark.contains(['：', '／']) && mark.ends_with(['/', '／']);
    let is_wrong = is_wide || [":", "：", ":/", "//", "//:", ":://", ";//", ".//"].contains(&mark);
    let name = host.split(['/', '?', '#']).next().unwrap_or_default();
    (is_wrong && is_host(name)).then_some((written, scheme))
}

/// Whether a template makes the path when the site is built: `{{ site.baseurl }}/x.js`.
pub(super) fn is_template(path: &str) -> bool {
    ["{{", "{%", "${", "<%"].iter().any(|open| path.contains(open))
}

/// Whether a destination is a name in a program, as `ExDoc` writes it: `` [map](`Enum.map/2`) ``.
pub(super) fn is_code(target: &str) -> bool {
    target.len() > 2 && target.starts_with('`') && target.ends_with('`')
}

/// Whether a path is left out, where a text speaks of links: `[text](…)`.
pub(super) fn is_ellipsis(path: &str) -> bool {
    matches!(path, "…" | "……" | "...")
}

/// Whether a path is the dotted name of an object of a program, and none of a file: `Spawner.ssl_alt_names`, `auth.HubAuth`.
pub(super) fn is_object(path: &str) -> bool {
    let is_name = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    // No extension is written so.
    let is_own = |last: &str| {
        let is_mixed = last.contains(char::is_lowercase) && last.contains(char::is_uppercase);
        last.contains('_') || (is_mixed && last.len() > 4)
    };
    path.rsplit_once('.').is_some_and(|(_, last)| is_own(last)) && path.split('.').all(is_name)
}

/// Whether a path may be the label of a place as `MyST` has them, `(installation/setup)=`, and no file: nothing in it is an
/// extension or a way up, and it is not called like a file of the repository.
pub(super) fn is_label(path: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/');
    path.starts_with(char::is_alphabetic)
        && path.ends_with(|c: char| c != '/' && is_part(c))
        && path.chars().all(is_part)
        && path.contains(char::is_lowercase)
}

/// Labels of ASCII letters, digits and hyphens, the last of them a domain; behind `www.` any. A port may follow.
fn is_host(name: &str) -> bool {
    let (name, port) = name.split_once(':').unwrap_or((name, "80"));
    let mut labels = name.rsplit('.');
    let domain = labels.next().unwrap_or_default().to_ascii_lowercase();
    let is_label =
        |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_domain = DOMAINS.contains(&domain.as_str()) || (name.starts_with("www.") && is_label(&domain));
    let mut labels = labels.peekable();
    is_domain
        && labels.peek().is_some()
        && labels.all(is_label)
        && !port.is_empty()
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// `scheme:` of two letters or more (one letter is a drive), or `//host`.
pub(super) fn has_scheme(target: &str) -> bool {
    if target.starts_with("//") || target.starts_with("https://") {
        return true;
    }
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-');
    let end = target.bytes().position(|byte| !is_part(byte));
    let parts = end.and_then(|end| Some((&target[..end], target[end..].strip_prefix(':')?)));
    parts.is_some_and(|(scheme, rest)| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            // `example.org:8080/x` is a host and its port.
            && !(scheme.contains('.') && rest.starts_with(|c: char| c.is_ascii_digit()))
    })
}

/// What docsify writes before a fragment: a `#` stands before the path already.
pub(super) const ID: &str = "?id=";

/// The path of a destination, what follows its `?`, and what follows its `#`.
pub(super) fn parts(target: &str) -> (&str, Option<&str>, Option<&str>) {
    // Targets are many and short.
    if memchr2(b'#', b'?', target.as_bytes()).is_none() {
        return (target, None, None);
    }
    let (before, fragment) = split_fragment(target);
    match before.split_once('?') {
        Some((path, query)) => (path, Some(query), fragment),
        None => (before, None, fragment),
    }
}

/// What stands before the `#`, and what follows it.
pub(super) fn split_fragment(target: &str) -> (&str, Option<&str>) {
    target.split_once('#').map_or((target, None), |(path, fragment)| (path, Some(fragment)))
}

/// `L10`, `L10-L20`, `L10C3-L20C4`: lines of a source file.
pub(super) fn is_line_range(fragment: &str) -> bool {
    fragment.starts_with('L')
        && fragment.len() > 1
        && fragment[1..].starts_with(|c: char| c.is_ascii_digit())
        && fragment.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'L' | b'C' | b'-'))
}

/// Renderers name footnotes in their own ways.
pub(super) fn is_footnote(fragment: &str) -> bool {
    ["fn-", "fnref-", "fn:", "fnref:", "fn", "fnref"].iter().any(|prefix| {
        fragment
            .strip_prefix(prefix)
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'-'))
    })
}

/// A way to write a path that only the build of a site may know how to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// From the root of the site: `/guide/x`.
    Rooted,
    /// Without an extension: `guide/x`, `guide/`.
    Bare,
    /// To a page as it is served: `guide/x.html`.
    Html,
}

impl Form {
    /// The form of a destination; `None` for a path that says which file it means.
    pub(crate) fn of(target: &str) -> Option<Self> {
        let (path, ..) = parts(target);
        if memchr(b':', path.as_bytes()).is_some() && path.contains("://") {
            return None;
        }
        if path.starts_with('/') {
            return Some(Self::Rooted);
        }
        let path = path.trim_end_matches('/');
        let name = memrchr(b'/', path.as_bytes()).map_or(path, |slash| &path[slash + 1..]);
        match name.rsplit_once('.') {
            _ if name.is_empty() => None,
            Some((_, extension)) if extension.eq_ignore_ascii_case("html") || extension.eq_ignore_ascii_case("htm") => {
                Some(Self::Html)
            }
            Some(_) => None,
            None => Some(Self::Bare),
        }
    }
}

/// Whether a path may be that of a page: of a form that only a build reads, or one that only climbs.
pub(super) fn is_page(path: &str) -> bool {
    Form::of(path).is_some() || is_way_up(path)
}

/// Whether a path only climbs: `../`, `../..`.
pub(super) fn is_way_up(path: &str) -> bool {
    path.starts_with("..") && path.split('/').all(|part| matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes() {
        for target in ["https://example.org", "mailto:a@b", "//example.org/x", "obsidian://open"] {
            assert!(has_scheme(target), "{target}");
        }
        for target in ["a.md", "a/b:c.md", "注意:x", "C:x", "./x:y", "#a:b", "example.org:8080/x"] {
            assert!(!has_scheme(target), "{target}");
        }
    }

    #[test]
    fn no_paths() {
        for host in [
            "www.example.org", "example.com/a/b.html", "docs.example.co:8080", "www.example.museum", "./x.com",
            "bit.ly/x",
        ] {
            assert_eq!(malformed(host), Some(Malformed::Host), "{host}");
        }
        assert_eq!(malformed("me@example.org"), Some(Malformed::Email));
        assert_eq!(malformed("TODO"), Some(Malformed::Placeholder));
        for path in [
            "a.md", "com", ".com", "logo.png", "a@b/c.md", "config.toml", "install.sh", "中文.com.md", "x..com",
            "song.ly",
        ] {
            assert_eq!(malformed(path), None, "{path}");
        }
    }

    #[test]
    fn schemes_that_are_misspelt() {
        for scheme in [
            "http:/", "HTTPS:/", "https：//", "http:／／", "http：/", "http:", "https//", "http:://", "http//:",
            "https：", "Htps://", "HHTTPS://", "HPTTS://", "httpps://",
        ] {
            let url = format!("{scheme}example.com/x");
            assert_eq!(misspelt_scheme(&url).map(|(own, _)| own), Some(scheme), "{url}");
        }
        for target in [
            "http://example.com", "https://example.com", "http:a.md", "https：说明.md", "http:/a.md", "http",
            "htps//example.com",
        ] {
            assert_eq!(misspelt_scheme(target), None, "{target}");
        }
    }

    #[test]
    fn objects() {
        for path in ["Spawner.ssl_alt_names", "jupyterhub.services.auth.HubAuth"] {
            assert!(is_object(path), "{path}");
        }
        for path in ["a.md", "a.Rmd", "a.PNG", "a/b.c_d", "a-b.c_d", "a..c_d", "c_d", "LICENSE"] {
            assert!(!is_object(path), "{path}");
        }
    }

    #[test]
    fn labels() {
        for path in ["my-target", "installation/setup", "tab_a1"] {
            assert!(is_label(path), "{path}");
        }
        for path in ["LICENSE", "guide/", "../guide", "/guide", "a.md", "2-a"] {
            assert!(!is_label(path), "{path}");
        }
    }

    #[test]
    fn forms() {
        let forms = [("/a.md", Some(Form::Rooted)), ("a/b", Some(Form::Bare)), ("a/#x", Some(Form::Bare))];
        for (target, form) in forms.into_iter().chain([("a.html?q", Some(Form::Html)), ("a.md", None), ("#x", None)]) {
            assert_eq!(Form::of(target), form, "{target}");
        }
    }
}
