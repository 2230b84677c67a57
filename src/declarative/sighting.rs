//! A literal that was seen in a text.

/// What a literal stands for in a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// What is looked for.
    Subject,
    /// A match of the pattern may begin here.
    Start,
    /// A match of the pattern may hold this.
    Within,
    /// What has to be said where the subject is.
    Then,
    /// Excuses what stands within it.
    Unless,
    /// Has to stand in the same sentence.
    Beside,
    /// Must not stand in the same sentence.
    UnlessBeside,
}

impl Role {
    /// Whether a clause has something to say only where such a literal stands.
    pub(super) fn is_sought(self) -> bool {
        matches!(self, Self::Subject | Self::Start | Self::Within)
    }
}

/// Stands for every word of a clause.
pub(super) const ANY: u32 = u32::MAX;

/// A literal that was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sighting {
    pub(super) clause: u32,
    pub(super) ground: u32,
    pub(super) role: Role,
    pub(super) start: usize,
    /// Longer ones first.
    pub(super) end: std::cmp::Reverse<usize>,
    pub(super) word: u32,
}

/// The sightings of a clause in one ground, by role.
pub(super) struct Seen<'s>(pub(super) &'s [Sighting]);

impl<'s> Seen<'s> {
    pub(super) fn of(&self, role: Role) -> &'s [Sighting] {
        let from = self.0.partition_point(|sighting| sighting.role < role);
        let to = self.0.partition_point(|sighting| sighting.role <= role);
        &self.0[from..to]
    }
}
