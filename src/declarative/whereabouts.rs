//! `where:` and `except_where:` of a clause.

use super::{
    place::{Place, Places, Selector},
    reader::Reader,
};
use crate::{finding::Message, source::Span};

impl Reader<'_, '_> {
    /// Where the clause looks. What is named and left out as well is looked at nowhere.
    pub(super) fn all_places(&mut self) -> Places {
        let places = Places { only: self.places("where"), except: self.places("except_where") };
        let is_left_out = |own: &Selector| {
            let covers = |other: &Selector| other.details.is_empty() || other.details == own.details;
            places.except.iter().any(|other| other.place == own.place && covers(other))
        };
        if let (Some(own), Some(node)) = (places.only.iter().find(|own| is_left_out(own)), self.get("except_where")) {
            self.mistakes.add(node.span, Message::new("nowhere").with("place", own.place.name()));
        }
        places
    }

    fn places(&mut self, key: &str) -> Vec<Selector> {
        let Some(node) = self.get(key) else { return Vec::new() };
        self.mistakes.filled(node, key);
        let mut out = Vec::new();
        for item in node.items() {
            if let Some(word) = item.as_str() {
                out.extend(self.place(word, item.span, Vec::new()));
                continue;
            }
            for (word, span, value) in self.mistakes.entries(item, key, &[]) {
                // A level is a number, which is text as well.
                let details = self.texts(value, word);
                let is_level = |level: &String| matches!(level.as_str(), "1" | "2" | "3" | "4" | "5" | "6");
                let has_detail =
                    matches!(Place::parse(word), None | Some(Place::Heading | Place::CodeBlock | Place::FrontMatter));
                if !has_detail {
                    self.mistakes.add(value.span, Message::new("no-detail").with("place", word));
                }
                let is_number = |detail: &String| word == "code-block" && detail.bytes().all(|b| b.is_ascii_digit());
                if let Some(number) = details.iter().find(|detail| is_number(detail)) {
                    let message = Message::new("wrong-type").with("key", word).with("wanted", "languages");
                    self.mistakes.add(value.span, message.with("found", format!("`{number}`")));
                }
                if let Some(level) = details.iter().find(|level| word == "heading" && !is_level(level)) {
                    let message = Message::new("wrong-type").with("key", word).with("wanted", "levels from 1 to 6");
                    self.mistakes.add(value.span, message.with("found", format!("`{level}`")));
                }
                out.extend(self.place(word, span, details));
            }
        }
        out
    }

    fn place(&mut self, word: &str, span: Span, details: Vec<String>) -> Option<Selector> {
        let place = Place::parse(word);
        if place.is_none() {
            let known = Place::ALL.iter().map(|(_, name)| *name);
            self.mistakes.unknown(span, Message::new("unknown-place").with("place", word), word, known);
        }
        place.map(|place| Selector { place, details })
    }
}
