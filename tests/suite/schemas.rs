//! JSON Schemas of front matter, beyond what pages can hold.

use std::time::{Duration, Instant};

use rubrica::engine::check;

use crate::support::{findings, memory};

const CONFIG: &str = "contracts:\n  - name: a\n    files: ['*.md']\n    schema: a.json\n";

/// What is found in one document whose front matter is held against a schema.
fn found(schema: &str, document: &str) -> Vec<String> {
    findings([("rubrica.yaml", CONFIG), ("a.json", schema), ("a.md", document)])
}

/// The same for front matter alone, without the names of the file and the rule.
fn said(schema: &str, header: &str) -> Vec<String> {
    let found = found(schema, &format!("---\n{header}\n---\n"));
    let said = |line: String| line.replacen("a.md:", "", 1).replacen("invalid-field ", "", 1);
    found.into_iter().map(said).collect()
}

#[test]
fn fields_beside_a_schema_count_more() {
    let config = format!("{CONFIG}    fields: {{id: required, date: {{format: 2025/11/26}}, size: optional}}\n");
    let schema = r#"{
        "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "additionalProperties": false,
        "required": ["title", "id"],
        "properties": {
            "title": {"type": "string", "minLength": 1},
            "id": {"type": "integer"},
            "date": {"type": ["string", "null"], "format": "date"},
            "kind": {"enum": ["note", "essay"]},
            "tags": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]+$"}},
            "author": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
        },
        "not": {"required": ["draft"]}
    }"#;
    let header = "---\nid: x\ndate: 2025-1-2\nkind: poem\ntags: [a, B]\nauthor: {}\nextra: 1\nsize: 1\ndraft: 1\n---\n";
    let found = findings([("rubrica.yaml", config.as_str()), ("a.json", schema), ("a.md", header)]);
    assert_eq!(
        found,
        [
            "a.md:1:1 invalid-field the front matter does not keep `not` of the schema",
            "a.md:1:1 missing-field fields `title`, `author.name` are missing",
            "a.md:3:7 invalid-field `date`: `2025-1-2` is not written like `2025/11/26`",
            "a.md:4:7 invalid-field `kind`: `poem` is none of `note`, `essay`",
            "a.md:5:11 invalid-field `tags`: `B` does not match the pattern `^[a-z]+$`",
            "a.md:7:1 invalid-field the contract `a` has no field `extra`",
            "a.md:9:1 invalid-field the contract `a` has no field `draft`",
        ]
    );
    // Closed by the contract, what the schema names is known.
    let config = format!("{CONFIG}    other_fields: false\n");
    let schema = r#"{"properties": {"title": {}}, "anyOf": [{"properties": {"kind": {}}}]}"#;
    let found =
        findings([("rubrica.yaml", config.as_str()), ("a.json", schema), ("a.md", "---\nkind: 1\nx: 1\n---\n")]);
    assert_eq!(found, ["a.md:3:1 invalid-field the contract `a` has no field `x`"]);
}

#[test]
fn values_are_judged_strictly() {
    let schema = r##"{
        "$defs": {
            "person": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
            "dated": {"properties": {"at": {"type": "string", "format": "date-time"}}, "required": ["at"]}
        },
        "allOf": [{"$ref": "#/$defs/dated"}],
        "properties": {
            "author": {"$ref": "#/$defs/person"},
            "editor": {"$ref": "#/$defs/person"},
            "title": {"type": "string"},
            "part": {"const": 5},
            "level": {"enum": [1.5, 2]},
            "size": {"type": "integer", "multipleOf": 2},
            "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "tags": {"type": "array", "maxItems": 1, "items": {"type": "string", "pattern": "^[a-z]+$"}}
        }
    }"##;
    let header = "at: 2025-01-02 10:00\neditor: {}\ntitle: 7\npart: \"5\"\nsize: 3\nnote: 1\ntags: [a, B]\nlevel: \"1.5\"\nauthor: ~";
    assert_eq!(
        said(schema, header),
        [
            "1:1 missing-field field `editor.name` is missing",
            "2:5 `at` is `2025-01-02 10:00`, and should be of type date-time",
            "4:8 `title` is `7`, and should be of type string",
            "5:7 `part` is a string, and should be of type integer",
            "6:7 `size` does not keep `multipleOf: 2`",
            "7:7 `note` is `1`, and should be of type string | null",
            "8:7 `tags` does not keep `maxItems: 1`",
            "8:11 `tags`: `B` does not match the pattern `^[a-z]+$`",
            "9:8 `level` is a string, and should be of type number",
            "10:9 `author` is nothing, and should be of type mapping",
        ]
    );
    let proper = "at: 2025-01-02T10:00:00+08:00\neditor: {name: x}\ntitle: \"7\"\npart: 5\nsize: 4\nnote: x\ntags: [a]\nlevel: 1.5";
    assert_eq!(said(schema, proper), [""; 0]);
}

#[test]
fn every_keyword_has_a_place_and_a_word() {
    for (schema, header, expected) in [
        (r#"{"minProperties": 2}"#, "a: 1", "1:1 the front matter does not keep `minProperties: 2` of the schema"),
        (r#"{"not": {"type": "object"}}"#, "a: 1", "1:1 the front matter does not keep `not` of the schema"),
        (
            r#"{"propertyNames": {"pattern": "^[a-z]+$"}}"#,
            "a: 1\nB: 2",
            "3:1 `B` does not keep `propertyNames` of the schema",
        ),
        (r#"{"properties": {"a": false}}"#, "a: 1", "2:4 `a` does not keep `false` of the schema"),
        (
            r#"{"properties": {"a": {"contains": {"const": 1}}}}"#,
            "a: [2]",
            "2:4 `a` does not keep `contains` of the schema",
        ),
        (
            r#"{"properties": {"a": {"items": {"enum": [1]}}}}"#,
            "a: [[2]]",
            "2:5 `a` does not keep `enum` of the schema",
        ),
        (r#"{"properties": {"a": {"enum": ["x", null]}}}"#, "a: y", "2:4 `a`: `y` is none of `x`, `null`"),
        (
            r#"{"properties": {"a": {"type": "integer"}}}"#,
            "a: \"3\"",
            "2:4 `a` is the text `3`, since it is in quotes, and should be of type integer",
        ),
        (r#"{"properties": {"a": {"type": "number"}}}"#, "a: .inf", "2:4 `a` is `.inf`, and should be of type number"),
        (r#"{"properties": {"a": {"format": "date"}}}"#, "a: 2025-02-30", "2:4 `a`: there is no day `2025-02-30`"),
        (r#"{"properties": {"a": {"format": "ipv4"}}}"#, "a: 1.2.3", "2:4 `a` is `1.2.3`, and should be of type ipv4"),
        (r#"{"properties": {"a": {"format": "uri"}}}"#, "a: x y", "2:4 `a` is `x y`, and should be of type url"),
        (
            r#"{"properties": {"a": {"items": {"required": ["b"]}}}}"#,
            "a: [{c: 1}, {}]",
            "1:1 missing-field field `a.b` is missing",
        ),
        (
            r#"{"unevaluatedProperties": false, "allOf": [{"properties": {"a": {}}}]}"#,
            "a: 1\nab: 2",
            "3:1 the contract `a` has no field `ab`",
        ),
        // The draft is the one that is named.
        (
            r#"{"$schema": "http://json-schema.org/draft-04/schema#", "properties": {"a": {"maximum": 3, "exclusiveMaximum": true}}}"#,
            "a: 3",
            "2:4 `a` does not keep `exclusiveMaximum: 3`",
        ),
        (
            r#"{"properties": {"a": {"prefixItems": [{"type": "string"}]}}}"#,
            "a: [1]",
            "2:5 `a`: `1` should be of type string",
        ),
        // Two words about one place are one finding, the one that says more.
        (
            r#"{"properties": {"a": {"not": {"minLength": 1}, "minLength": 5, "maxLength": 2}}}"#,
            "a: abc",
            "2:4 `a` does not keep `minLength: 5`",
        ),
    ] {
        assert_eq!(said(schema, header), [expected], "{schema}");
    }
    // What an alias stands for is not known, and neither are formats and keywords of others.
    for (schema, header) in [
        (r#"{"properties": {"b": {"type": "string"}}}"#, "a: &x [1]\nb: *x"),
        (r#"{"properties": {"a": {"format": "colour", "x-order": 1}}}"#, "a: 1"),
    ] {
        assert_eq!(said(schema, header), [""; 0], "{schema}");
    }
}

#[test]
fn documents_without_fields_and_with_broken_ones() {
    let schema = r#"{"required": ["a"], "properties": {"a": {"type": "string"}, "b": {}}, "minProperties": 9}"#;
    assert_eq!(found(schema, "# T\n"), ["a.md:1:1 missing-field document states no fields, and needs `a`"]);
    let optional = r#"{"properties": {"a": {"properties": {"b": {}}}}}"#;
    assert_eq!(found(optional, "# T\n"), [""; 0]);
    assert_eq!(found(r#"{"minProperties": 9}"#, "# T\n"), [""; 0]);
    for broken in ["---\na: [1\n---\n", "---\na：1\n---\n", "---\na: {b: 1\nc: 2\n---\n"] {
        let found = found(schema, broken);
        assert!(found.iter().all(|line| !line.contains("-field ")), "{found:?}");
    }
    // What stands in the text is there.
    let config = format!("{CONFIG}    metadata: [front-matter, preamble]\n");
    let document = "---\nb: 1\n---\n\n# T\n\n**a:** x\n";
    let found = findings([("rubrica.yaml", config.as_str()), ("a.json", r#"{"required": ["a"]}"#), ("a.md", document)]);
    assert_eq!(found, [""; 0]);
}

#[test]
fn schemas_with_mistakes_judge_nothing() {
    let unread = |reason: &str| format!("this is no JSON Schema that could be read: {reason}");
    for (schema, place, message) in [
        (
            r#"{"$ref": "https://example.com/a.json"}"#,
            "1:10",
            "`https://example.com/a.json` leads to nothing in this file, and no other is read".to_owned(),
        ),
        (
            r#"{"$ref": "b.json#/x"}"#,
            "1:10",
            "`b.json#/x` leads to nothing in this file, and no other is read".to_owned(),
        ),
        (
            r#"{"$ref": "file:///etc/passwd"}"#,
            "1:10",
            "`file:///etc/passwd` leads to nothing in this file, and no other is read".to_owned(),
        ),
        (
            r##"{"$defs": {"a": {"$ref": "#/$defs/b"}}}"##,
            "1:26",
            "`#/$defs/b` leads to nothing in this file, and no other is read".to_owned(),
        ),
        (
            r##"{"properties": {"a": {"items": {"$ref": "#b"}}}}"##,
            "1:41",
            "`#b` leads to nothing in this file, and no other is read".to_owned(),
        ),
        (r##"{"$ref": "#"}"##, "1:10", "this refers back to where it stands, without end".to_owned()),
        (
            r##"{"$ref": "#/$defs/a", "$defs": {"a": {"allOf": [{"$ref": "#/$defs/b"}]}, "b": {"not": {"$ref": "#/$defs/a"}}}}"##,
            "1:96",
            "this refers back to where it stands, without end".to_owned(),
        ),
        (
            r#"{"$schema": "https://example.com/my"}"#,
            "1:13",
            "no draft of JSON Schema is called `https://example.com/my`".to_owned(),
        ),
        (
            r#"{"properties": {"a": {"pattern": "(?!x)y"}}}"#,
            "1:34",
            "`(?!x)y` cannot be read: look-around, including look-ahead and look-behind, is not supported".to_owned(),
        ),
        (
            r#"{"patternProperties": {"(a)\\1": {}}}"#,
            "1:34",
            "`(a)\\1` cannot be read: backreferences are not supported".to_owned(),
        ),
        (r#"{"properties": {"a": {"pattern": "("}}}"#, "1:34", "`(` cannot be read: unclosed group".to_owned()),
        (
            r#"{"properties": {"a": {"type": "strng"}}}"#,
            "1:31",
            unread("this value is not one of \"array\", \"boolean\" or 5 other candidates"),
        ),
        (r#"{"minLength": -1}"#, "1:15", unread("this value is less than the minimum of 0")),
        (r#"{"required": "a"}"#, "1:14", unread("this value is not of type \"array\"")),
        (r#"{"properties": {"a": 5}}"#, "1:22", unread("this value is not of types \"boolean\", \"object\"")),
        (r#"{"$ref": 5}"#, "1:10", "`5` leads to nothing in this file, and no other is read".to_owned()),
    ] {
        let found = found(schema, "---\na: 1\n---\n");
        assert_eq!(found, [format!("a.json:{place} invalid-configuration {message}")], "{schema}");
    }
    // All that is wrong is told at once.
    let schema = "{\"properties\": {\"a\": {\"type\": 1},\n\"b\": {\"minLength\": \"x\"}}}";
    assert_eq!(found(schema, "---\na: 1\n---\n").len(), 2);
}

#[test]
fn references_within_the_file() {
    let schema = r##"{
        "$id": "https://example.com/a.json",
        "properties": {
            "a": {"$ref": "#/$defs/deep/properties/x"}, "b": {"$ref": "#named"}, "c": {"$ref": "part.json"},
            "d": {"$ref": "part.json#/$defs/own"}, "e": {"$ref": "#/$defs/a%20b~1c"}, "f": {"$ref": "a.json#/properties/a"},
            "g": {"$ref": "#"}, "h": {"$ref": "#text"}, "i": {"$ref": "part.json#name"}, "j": {"$dynamicRef": "#text"}
        },
        "$defs": {
            "deep": {"properties": {"x": {"type": "integer"}}}, "named": {"$anchor": "named", "type": "integer"},
            "part": {
                "$id": "part.json", "$ref": "#/$defs/own",
                "$defs": {"own": {"type": "integer"}, "~ {中}/": {"$anchor": "name", "type": "boolean"}}
            },
            "text": {"$dynamicAnchor": "text", "type": "string"},
            "a b/c": {"type": "integer"}
        }
    }"##;
    let header = "a: x\nb: x\nc: x\nd: x\ne: x\nf: x\ng: {a: x, g: {g: {a: x}}}\nh: 1\ni: 2\nj: 3";
    let said = said(schema, header);
    let wanted = [
        ("2:4", "integer"),
        ("3:4", "integer"),
        ("4:4", "integer"),
        ("5:4", "integer"),
        ("6:4", "integer"),
        ("7:4", "integer"),
        ("8:8", "integer"),
        ("8:22", "integer"),
        ("9:4", "string"),
        ("10:4", "boolean"),
        ("11:4", "string"),
    ];
    assert_eq!(said.len(), wanted.len(), "{said:#?}");
    for (said, (place, kind)) in said.iter().zip(wanted) {
        assert!(said.starts_with(&format!("{place} ")), "{said} is not at {place}");
        assert!(said.ends_with(&format!("and should be of type {kind}")), "{said} does not ask for {kind}");
    }
}

#[test]
fn what_is_merged_is_not_known() {
    let schema = r#"{"required": ["title"], "additionalProperties": false, "properties": {"base": {}, "b": {"required": ["x"]}}}"#;
    assert_eq!(said(schema, "base: &b {title: x}\n<<: *b"), [""; 0]);
    assert_eq!(said(schema, "title: x\nbase: &b {x: 1}\nb: {<<: *b}"), ["2:1 the contract `a` has no field `title`"]);
    assert_eq!(said(r#"{"properties": {"a": {"type": "string"}}}"#, "a: !!str 2025"), [""; 0]);
}

#[test]
fn a_choice_is_not_made_for_the_author() {
    let schema = r#"{"required": ["kind"], "oneOf": [{"properties": {"kind": {"const": "a"}}}, {"properties": {"kind": {"const": "b"}}}]}"#;
    let job = memory([("rubrica.yaml", CONFIG), ("a.json", schema), ("a.md", "---\nx: 1\n---\n")]);
    let outcome = check(&job).expect("a root");
    assert!(outcome.findings.iter().all(|finding| finding.fix.is_none()), "{:?}", outcome.findings);
}

#[test]
fn names_within_the_file_are_those_of_the_draft() {
    // What is called as a keyword is a field, where fields are described.
    let schema = r##"{
        "$defs": {"n": {"$anchor": "n", "type": "integer"}, "m": {"$anchor": "m", "type": "boolean"}},
        "properties": {"a": {"$ref": "#n"}, "b": {"$ref": "#m"}, "enum": {"$ref": "#n"}, "const": {"properties": {"a": {"$ref": "#n"}}}}
    }"##;
    assert_eq!(
        said(schema, "a: x\nb: x\nenum: x\nconst: {a: x}"),
        [
            "2:4 `a` is `x`, and should be of type integer",
            "3:4 `b` is `x`, and should be of type boolean",
            "4:7 `enum` is `x`, and should be of type integer",
            "5:12 `const.a` is `x`, and should be of type integer",
        ]
    );
    for (draft, id) in
        [("https://json-schema.org/draft/2020-12/schema", "id"), ("http://json-schema.org/draft-04/schema#", "$id")]
    {
        let schema = format!(
            r##"{{"$schema": "{draft}", "definitions": {{"d": {{"type": "integer"}}}},
            "properties": {{"a": {{"{id}": "a-field", "properties": {{"b": {{"$ref": "#/definitions/d"}}}}}}}}}}"##
        );
        assert_eq!(said(&schema, "a: {b: x}"), ["2:8 `a.b` is `x`, and should be of type integer"]);
    }
}

#[test]
fn schemas_that_would_never_end() {
    let start = Instant::now();
    let deep = |levels: usize| "{x: ".repeat(levels) + "1" + &"}".repeat(levels);
    // Each definition holds a value against the next one twice.
    let doubled = |levels: usize| {
        let defs = (0..levels).map(|at| {
            format!(r##""{at}": {{"allOf": [{{"$ref": "#/$defs/{0}"}}, {{"$ref": "#/$defs/{0}"}}]}}, "##, at + 1)
        });
        format!(
            r##"{{"$ref": "#/$defs/0", "$defs": {{{}"{levels}": {{"required": ["q"]}}}}}}"##,
            defs.collect::<String>()
        )
    };
    assert_eq!(said(&doubled(8), "a: 1"), ["1:1 missing-field field `q` is missing"]);
    assert_eq!(
        found(&doubled(60), "---\na: 1\n---\n"),
        ["a.json:1:1 invalid-configuration nested too deep or too many entries"]
    );
    // What is left over is asked of each level, which looks at all within once more.
    let left_over = |levels: usize| {
        let defs = (0..levels).map(|at| {
            format!(r##""{at}": {{"unevaluatedProperties": false, "allOf": [{{"$ref": "#/$defs/{}"}}]}}, "##, at + 1)
        });
        format!(
            r##"{{"$ref": "#/$defs/0", "$defs": {{{}"{levels}": {{"properties": {{"a": true}}}}}}}}"##,
            defs.collect::<String>()
        )
    };
    assert_eq!(said(&left_over(4), "a: 1"), [""; 0]);
    assert_eq!(said(&left_over(4), "b: 1"), ["2:1 the contract `a` has no field `b`"]);
    assert_eq!(
        found(&left_over(20), "---\na: 1\n---\n"),
        ["a.json:1:1 invalid-configuration nested too deep or too many entries"]
    );
    // Each reference may lead to every anchor of its name.
    let anchors = |key: &str| {
        let defs =
            (0..2_400).map(|at| format!(r##""{at}": {{"$id": "{at}.json", "{key}Anchor": "a", "{key}Ref": "#a"}}, "##));
        format!(r#"{{"$defs": {{{}"end": {{}}}}}}"#, defs.collect::<String>())
    };
    assert_eq!(
        found(&anchors("$dynamic"), "---\na: 1\n---\n"),
        ["a.json:1:1 invalid-configuration nested too deep or too many entries"]
    );
    let own = r##"{"properties": {"x": {"allOf": [{"$ref": "#"}, {"$ref": "#"}]}}, "type": "object"}"##;
    assert_eq!(said(own, &format!("x: {}", deep(4))).len(), 1);
    let too_large = "1:1 the front matter is too large, or nested too deep, to be held against the schema";
    let wide = (0..2_000).map(|at| format!("x{at}: 1\n")).collect::<String>();
    assert_eq!(said(own, &format!("{wide}x: {}", deep(13))), [too_large]);
    assert_eq!(said("{}", &format!("x: {}", deep(30))), [too_large]);
    // Long chains of references, and values within values, fit on the stack of a thread.
    let chain = |steps: usize, last: &str| {
        let defs = (0..steps)
            .map(|at| format!(r##""{at}": {{"allOf": [{{"$ref": "#/$defs/{}"}}]}}, "##, at + 1))
            .collect::<String>();
        format!(r##"{{"$ref": "#/$defs/0", "$defs": {{{defs}"{steps}": {last}}}}}"##)
    };
    assert_eq!(said(&chain(120, r#"{"required": ["q"]}"#), "a: 1"), ["1:1 missing-field field `q` is missing"]);
    let within = r##"{"type": "object", "properties": {"x": {"$ref": "#"}}}"##;
    assert_eq!(said(&chain(14, within), &format!("x: {}", deep(14))).len(), 1);
    assert_eq!(
        found(&chain(2_800, "{}"), "---\na: 1\n---\n"),
        ["a.json:1:1 invalid-configuration nested too deep or too many entries"]
    );
    let nested = r#"{"not": "#.repeat(60) + "{}" + &"}".repeat(60);
    assert_eq!(said(&nested, "a: 1"), [""; 0]);
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

#[test]
fn patterns_are_linear() {
    let start = Instant::now();
    let schema = r#"{"properties": {"a": {"pattern": "^(a+)+$"}, "b": {"pattern": "^(\\w|\\d)*x$"}}}"#;
    let long = "a".repeat(200_000);
    let said = said(schema, &format!("a: {long}!\nb: {long}"));
    assert_eq!(said.len(), 2);
    assert!(said.iter().all(|line| line.contains("does not match the pattern")));
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    let large = r#"{"properties": {"a": {"pattern": "((a{1000}){1000}){1000}"}}}"#;
    assert!(found(large, "---\na: 1\n---\n")[0].starts_with("a.json:1:34 invalid-configuration"));
}

#[test]
fn many_errors_are_told_in_part() {
    let start = Instant::now();
    let schema = r#"{"properties": {"a": {"items": {"type": "string"}}}}"#;
    let said = said(schema, &format!("a: [{}]", "1, ".repeat(9_000)));
    assert_eq!(said.len(), 100);
    // Those that stand first, whatever they are called; and what is judged elsewhere is none of them.
    let schema = r#"{"additionalProperties": {"type": "string"}}"#;
    let header: String = (0..150).map(|at| format!("k{}: 1\n", (at * 7) % 150)).collect();
    let lines = self::said(schema, &header)
        .iter()
        .map(|line| line.split(':').next().unwrap_or_default().to_owned())
        .collect::<Vec<_>>();
    assert_eq!(lines, (2..102).map(|line| line.to_string()).collect::<Vec<_>>());
    let config = format!("{CONFIG}    fields: {{atags: optional}}\n");
    let schema = r#"{"properties": {"atags": {"items": {"type": "integer"}}, "title": {"type": "string"}}}"#;
    let header = format!("---\natags: [{}]\ntitle: 3\n---\n", "x, ".repeat(150));
    let found = findings([("rubrica.yaml", &*config), ("a.json", schema), ("a.md", &header)]);
    assert_eq!(found, ["a.md:3:8 invalid-field `title` is `3`, and should be of type string"]);
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

/// Nothing that a schema says stops a run.
#[test]
fn odd_values_of_every_keyword() {
    let keywords = [
        "$schema", "$id", "$ref", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor",
        "$vocabulary", "$defs", "definitions", "type", "enum", "const", "multipleOf", "maximum", "exclusiveMaximum",
        "maxLength", "pattern", "items", "prefixItems", "additionalItems", "unevaluatedItems", "uniqueItems",
        "contains", "minContains", "maxProperties", "required", "properties", "patternProperties",
        "additionalProperties", "unevaluatedProperties", "propertyNames", "dependencies", "dependentRequired",
        "dependentSchemas", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "format", "contentEncoding",
        "contentMediaType", "id", "discriminator",
    ];
    let values = [
        "null",
        "true",
        "5",
        "-1e400",
        "\"\"",
        "\"#\"",
        "\"#x\"",
        "\"x\"",
        "\"%zz\"",
        "\"#/%ff/~9\"",
        "\"http://[\"",
        "\"urn:x\"",
        "[]",
        "[1]",
        "[{}]",
        "[\"a\", \"a\"]",
        "{}",
        "{\"a\": []}",
        "{\"a\": {\"$ref\": \"#\"}}",
        "{\"(\": {}}",
        "[{\"$anchor\": \"x\"}]",
        "\"http://json-schema.org/draft-04/schema#\"",
        "\"https://json-schema.org/draft/2019-09/schema\"",
        "\"regex\"",
    ];
    let mut schemas = Vec::new();
    for keyword in keywords {
        for value in values {
            for other in ["", r##", "$dynamicRef": "#x", "$defs": {"x": {"$dynamicAnchor": "x", "$id": "y"}}"##] {
                schemas.push(format!(r#"{{"{keyword}": {value}{other}}}"#));
            }
            schemas.push(format!(
                r#"{{"properties": {{"a": {{"{keyword}": {value}}}}}, "unevaluatedProperties": false}}"#
            ));
        }
    }
    let mut refused = 0;
    for schemas in schemas.chunks(1_000) {
        let contract = |at: usize| format!("  - {{name: a{at}, files: ['*.md'], schema: {at}.json}}\n");
        let config = "contracts:\n".to_owned() + &(0..schemas.len()).map(contract).collect::<String>();
        let document = "---\na: [1, {b: x}, null]\nx: ~\n\"\": 3\n---\n".to_owned();
        let files = schemas.iter().enumerate().map(|(at, schema)| (format!("{at}.json"), schema.clone()));
        let found = findings(files.chain([("rubrica.yaml".to_owned(), config), ("a.md".to_owned(), document)]));
        assert!(!found.iter().any(|line| line.contains("internal-error")), "{found:#?}");
        let is_refused = |at: &usize| found.iter().any(|line| line.starts_with(&format!("{at}.json:")));
        refused += (0..schemas.len()).filter(is_refused).count();
    }
    assert!((1_000..3_000).contains(&refused), "{refused} of {} refused", schemas.len());
}
