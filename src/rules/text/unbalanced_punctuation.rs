//! `unbalanced-punctuation`: a bracket has no partner, or one of another width.

use serde::Deserialize;

use super::brackets::{self, Lone};
use crate::{
    document::Document,
    finding::{Edit, Fix, Message, Safety},
    rule::{DocumentRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct UnbalancedPunctuation {}

/// How many blocks further on a partner may stand.
const REACH: usize = 12;

impl DocumentRule for UnbalancedPunctuation {
    fn check(&self, document: &Document, out: &mut Findings) {
        let mut alone = brackets::lone(document);
        widths(document, &mut alone, out);
        let reaches = |open: &Lone, close: &Lone| close.block - open.block <= REACH;
        let partners = brackets::partners(&alone, |lone| (lone.kind, lone.opens), reaches);
        for (lone, partner) in alone.iter().zip(partners) {
            let is_excused = partner.is_some_and(|partner| alone[partner].block != lone.block);
            let is_foreign = lone.is_narrow() && !brackets::is_in_wide_text(document, lone);
            let is_meant = brackets::is_label(document, lone) || brackets::is_mentioned(document, lone);
            if is_excused || is_foreign || is_meant || brackets::is_swallowed(document, lone) {
                continue;
            }
            let key = if lone.opens { "unclosed" } else { "unopened" };
            let message = Message::new(key).with("mark", lone.mark).with("partner", lone.partner());
            out.report(document.at(lone.span), message);
        }
    }
}

/// Takes out the brackets whose partner is of another width.
fn widths(document: &Document, alone: &mut Vec<Lone>, out: &mut Findings) {
    let mut rest: Vec<Lone> = Vec::new();
    for lone in std::mem::take(alone) {
        let is_pair = |open: &Lone| {
            open.block == lone.block
                && open.opens
                && !lone.opens
                && open.is_narrow() != lone.is_narrow()
                && brackets::is_round(open)
                && brackets::is_round(&lone)
        };
        // A label such as `1)` closes nothing.
        let is_label = brackets::is_label(document, &lone) && !brackets::is_after_word(document, &lone);
        match rest.last().filter(|open| !is_label && is_pair(open)).cloned() {
            Some(open) => {
                rest.pop();
                report(document, &open, &lone, out);
            }
            None => rest.push(lone),
        }
    }
    *alone = rest;
}

fn report(document: &Document, open: &Lone, close: &Lone, out: &mut Findings) {
    let message = Message::new("width").with("open", open.mark).with("close", close.mark);
    let before = document.source.text[..open.span.start as usize].chars().next_back();
    // A call of a function is written in ASCII.
    let is_call = open.is_narrow() && before.is_some_and(|c| c.is_ascii_alphanumeric());
    let (at, text) = match (open.is_narrow(), is_call) {
        (true, true) => (close.span, ")"),
        (true, false) => (open.span, "（"),
        (false, _) => (close.span, "）"),
    };
    let fix =
        Fix::new(Message::new("fix").with("text", text), Safety::Safe, vec![Edit::replace(document.at(at), text)]);
    let related = document.at(open.span);
    out.report(document.at(close.span), message).related(related, "opened").fix(fix);
}
