//! References by the name of an anchor, as references by place.
//!
//! The crate that judges takes every schema that a name leads to for the root of its resource, so two names are one to it.

use std::fmt::Write;

use serde_json::Value as Json;

/// A schema that has a name.
struct Anchor {
    name: String,
    /// What its resource is called; empty for the file.
    resource: String,
    /// The way to it from its resource, as a JSON pointer in a URI.
    pointer: String,
    is_dynamic: bool,
}

/// Replaces names of schemas by pointers to them wherever they are referred to. What a `$dynamicRef` leads to depends on the
/// way to it if a name is given twice: that stays as it is.
pub(super) fn replace(schema: &mut Json) {
    let mut anchors = Vec::new();
    find(schema, "", "", &mut anchors);
    if !anchors.is_empty() {
        replace_in(schema, "", &anchors);
    }
}

fn find(json: &Json, resource: &str, pointer: &str, out: &mut Vec<Anchor>) {
    match json {
        Json::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                find(item, resource, &format!("{pointer}/{at}"), out);
            }
        }
        Json::Object(entries) => {
            let id = resource_of(json);
            let (resource, pointer) = id.map_or((resource, pointer), |id| (id, ""));
            for (key, value) in entries {
                let name = value.as_str().and_then(|text| match key.as_str() {
                    "$anchor" | "$dynamicAnchor" => Some(text),
                    "$id" | "id" => text.strip_prefix('#'),
                    _ => None,
                });
                if let Some(name) = name {
                    out.push(Anchor {
                        name: name.to_owned(),
                        resource: resource.to_owned(),
                        pointer: pointer.to_owned(),
                        is_dynamic: key == "$dynamicAnchor",
                    });
                }
                find(value, resource, &format!("{pointer}/{}", step(key)), out);
            }
        }
        _ => {}
    }
}

fn replace_in(json: &mut Json, resource: &str, anchors: &[Anchor]) {
    let own = resource_of(json).map(str::to_owned);
    let resource = own.as_deref().unwrap_or(resource);
    match json {
        Json::Array(items) => items.iter_mut().for_each(|item| replace_in(item, resource, anchors)),
        Json::Object(entries) => {
            for (key, value) in entries {
                match (key.as_str(), &mut *value) {
                    // Values, not schemas.
                    ("const" | "enum" | "default" | "examples", _) => {}
                    ("$ref" | "$dynamicRef", Json::String(reference)) => {
                        if let Some(pointed) = pointed(reference, key == "$dynamicRef", resource, anchors) {
                            *reference = pointed;
                        }
                    }
                    _ => replace_in(value, resource, anchors),
                }
            }
        }
        _ => {}
    }
}

/// A reference with a pointer for its name.
fn pointed(reference: &str, is_dynamic: bool, resource: &str, anchors: &[Anchor]) -> Option<String> {
    let (outer, name) = reference.split_once('#')?;
    let meant = if outer.is_empty() { resource } else { last(outer) };
    let mut own = anchors.iter().filter(|anchor| anchor.name == name);
    if is_dynamic && own.clone().filter(|anchor| anchor.is_dynamic).count() > 1 {
        return None;
    }
    let anchor = own.find(|anchor| anchor.resource == meant)?;
    Some(format!("{outer}#{}", anchor.pointer))
}

/// What a schema that is a resource of its own is called: the last step of its `$id`.
fn resource_of(json: &Json) -> Option<&str> {
    let id = json.get("$id").or_else(|| json.get("id"))?.as_str()?;
    (!id.starts_with('#')).then(|| last(id.trim_end_matches('#')))
}

fn last(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or_default()
}

/// A step of a JSON pointer in the fragment of a URI.
fn step(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    for byte in key.replace('~', "~0").replace('/', "~1").bytes() {
        if byte.is_ascii_alphanumeric() || b"$-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
