//! What judging a value by a JSON Schema may cost at most: references can double what is asked at every step, and judging is
//! recursive.

use super::graph::{Flaw, Graph, MAX_DEPTH, Part};
use crate::finding::Message;

/// References and combinations within each other, for one value, beyond this are refused: judging is recursive.
const MAX_CHAIN: usize = 256;
/// A single value that would be held against more schemas than this is refused.
const MAX_FAN: u64 = 10_000;
/// How often a value is held against the schemas beside a keyword for what is left over.
const LEFT_OVER: u64 = 3;

/// What judging one value may take.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    /// Against how many schemas anything on the way to the innermost value is held.
    pub(super) fan: u64,
    /// How many schemas are open within each other at most.
    pub(super) chain: usize,
}

impl Cost {
    fn and(self, other: Self) -> Self {
        Self { fan: self.fan.saturating_add(other.fan), chain: self.chain.max(other.chain) }
    }

    fn or(self, other: Self) -> Self {
        Self { fan: self.fan.max(other.fan), chain: self.chain.max(other.chain) }
    }
}

impl Graph<'_> {
    /// What judging a value takes, by how deep values are within it. Notes what refers to itself for one and the same value,
    /// and what takes too much.
    pub(super) fn costs(&mut self) -> Vec<Cost> {
        // One with too many ways is not known as a whole.
        if self.parts.len() < self.goals.len() {
            return Vec::new();
        }
        let mut out: Vec<Cost> = Vec::new();
        let mut outer: Vec<Cost> = Vec::new();
        for _ in 0..=MAX_DEPTH {
            let mut pass = Pass {
                parts: &self.parts,
                outer: &outer,
                states: vec![State::New; self.parts.len()],
                flaws: Vec::new(),
            };
            let costs: Vec<Cost> = (0..self.parts.len()).map(|at| pass.cost(at, 0)).collect();
            self.flaws.append(&mut pass.flaws);
            let is_heavy = outer.is_empty() && costs.iter().any(|cost| cost.fan > MAX_FAN || cost.chain > MAX_CHAIN);
            if is_heavy && self.flaws.is_empty() {
                self.flaws.push((self.root.span, Message::new("too-large")));
            }
            if !self.flaws.is_empty() {
                break;
            }
            out.push(costs[0]);
            outer = costs;
        }
        out
    }
}

#[derive(Clone, Copy, Debug)]
enum State {
    New,
    Open,
    Done(Cost),
}

/// Costs for values of one depth, from those for values one step within.
struct Pass<'p, 'n> {
    parts: &'p [Part<'n>],
    outer: &'p [Cost],
    states: Vec<State>,
    flaws: Vec<Flaw>,
}

impl Pass<'_, '_> {
    fn cost(&mut self, at: usize, chain: usize) -> Cost {
        if let State::Done(cost) = self.states[at] {
            return cost;
        }
        if chain > MAX_CHAIN {
            return Cost { fan: 0, chain: MAX_CHAIN };
        }
        self.states[at] = State::Open;
        let part = &self.parts[at];
        let mut sum = Cost::default();
        for &(own, span) in &part.here {
            if matches!(self.states[own], State::Open) {
                self.flaws.push((span, Message::new("endless")));
                continue;
            }
            sum = sum.and(self.cost(own, chain + 1));
        }
        if part.counts_left_over {
            sum.fan = sum.fan.saturating_mul(LEFT_OVER);
        }
        let within = |own: usize| self.outer.get(own).copied().unwrap_or_default();
        let apart = part.named.iter().filter_map(|(_, own)| *own).chain(part.items.iter().copied());
        sum = sum.and(apart.map(within).fold(Cost::default(), Cost::or));
        sum = part.within.iter().map(|&own| within(own)).fold(sum, Cost::and);
        let cost = Cost { fan: sum.fan.saturating_add(1), chain: sum.chain + 1 };
        self.states[at] = State::Done(cost);
        cost
    }
}
