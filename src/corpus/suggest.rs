//! "Did you mean": the closest of some names.

/// How much a run spends on looking for close names. A document with very many broken links gets suggestions for
/// the first of them.
#[derive(Debug)]
pub struct Suggestions {
    left: usize,
}

impl Default for Suggestions {
    fn default() -> Self {
        Self { left: 20_000_000 }
    }
}

impl Suggestions {
    /// The candidate closest to a name, if it is close enough to be a slip of the pen. `None` once the run has spent
    /// what it may.
    pub fn closest<'a>(&mut self, name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        let spent = &mut self.left;
        let affordable = candidates.into_iter().take_while(|candidate| {
            *spent = spent.saturating_sub((candidate.len() + 1) * (name.len() + 1));
            *spent > 0
        });
        closest(name, affordable)
    }
}

/// The candidate closest to a name, if it is close enough to be a slip of the pen: at most a third of the
/// characters differ. Ties go to what sorts first.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    let limit = (length / 3).min(6);
    let lower = name.to_lowercase();
    let near = candidates.into_iter().filter(|candidate| candidate.chars().count().abs_diff(length) <= limit);
    let scored = near.map(|candidate| (strsim::osa_distance(&lower, &candidate.to_lowercase()), candidate));
    scored.filter(|(distance, _)| *distance <= limit).min().map(|(_, candidate)| candidate)
}
