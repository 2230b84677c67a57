//! YAML as JSON, by the core schema of YAML 1.2.

use serde_json::{Number, Value as Json};

use super::{Node, Value};
use crate::order;

impl Node {
    /// The value as JSON has it. Only what stands without quotes is a number, a boolean or nothing; a date is a text, and so
    /// are infinity and what is no number, which JSON lacks. An alias is nothing, and a key that is no text is left out.
    pub fn to_json(&self) -> Json {
        match &self.value {
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Map(entries) => {
                let entry = |(key, value): &(Self, Self)| Some((key.as_str()?.to_owned(), value.to_json()));
                Json::Object(order::map(entries.iter().filter_map(entry)))
            }
            Value::Alias => Json::Null,
            Value::Scalar { .. } if self.is_null() => Json::Null,
            Value::Scalar { text, plain } => {
                let number = plain.then(|| number(text)).flatten();
                self.as_bool().map(Json::Bool).or(number.map(Json::Number)).unwrap_or_else(|| text.as_str().into())
            }
        }
    }

    /// Where a JSON pointer leads.
    pub fn pointed(&self, pointer: &str) -> Option<&Self> {
        steps(pointer).try_fold(self, |node, step| node.step(&step))
    }

    /// The value of a key, or the item with a number.
    pub fn step(&self, step: &str) -> Option<&Self> {
        self.as_list().map_or_else(|| self.get(step), |items| items.get(step.parse::<usize>().ok()?))
    }
}

/// The steps of a JSON pointer.
pub fn steps(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// A number as YAML 1.2 writes them: `3`, `-0.5`, `1e3`, `0x1F`, `0o17`.
pub(super) fn number(text: &str) -> Option<Number> {
    for (mark, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(mark) {
            let is_plain = digits.chars().all(|c| c.is_digit(radix));
            return is_plain.then(|| u64::from_str_radix(digits, radix).ok().map(Number::from)).flatten();
        }
    }
    // Rust reads `inf` and `nan` as numbers, too.
    if !text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E')) {
        return None;
    }
    let whole = text.parse::<i64>().map(Number::from).or_else(|_| text.parse::<u64>().map(Number::from));
    whole.ok().or_else(|| Number::from_f64(text.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::parse;

    #[test]
    fn values_are_those_of_the_core_schema() {
        let text = "a: 3\nb: \"3\"\nc: 3.0\nd: 1e3\ne: -.5\nf: 0x1F\ng: 0o17\nh: 007\ni: +1\nj: true\nk: yes\nl:\nm: ~\nn: Null\n\
                    o: ''\np: 2025-11-26\nq: .inf\nr: .nan\ns: inf\nt: 1_000\nu: [1, [x, null]]\nv: {w: {x: False}}\nw: 0x\n\
                    y: 18446744073709551615\nz: &a 1\nalias: *a\n1: one\n? [p]\n: q\n";
        let reading = parse(text, 0);
        assert_eq!(reading.problems, []);
        assert_eq!(
            reading.root.expect("a tree").to_json(),
            json!({
                "a": 3, "b": "3", "c": 3.0, "d": 1000.0, "e": -0.5, "f": 31, "g": 15, "h": 7, "i": 1, "j": true, "k": "yes",
                "l": null, "m": null, "n": null, "o": "", "p": "2025-11-26", "q": ".inf", "r": ".nan", "s": "inf",
                "t": "1_000", "u": [1, ["x", null]], "v": {"w": {"x": false}}, "w": "0x", "y": u64::MAX, "z": 1,
                "alias": null, "1": "one"
            })
        );
    }
}
