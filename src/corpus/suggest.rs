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
    let is_near = |candidate: &&str| candidate.chars().count().abs_diff(length) <= limit;
    let near = candidates.into_iter().filter(is_near);
    let scored = near.map(|candidate| (strsim::osa_distance(&lower, &candidate.to_lowercase()), candidate));
    let is_meant = |(distance, own): &(usize, &str)| *distance <= limit && !is_numbered_apart(name, own);
    scored.filter(is_meant).min().map(|(_, candidate)| candidate)
}

/// Whether a name with a number differs from another one in that number and nothing else: `v122` is no slip of `v123`.
fn is_numbered_apart(name: &str, other: &str) -> bool {
    let parts = |text: &str, numeric: bool| text.chars().filter(|c| c.is_numeric() == numeric).collect::<String>();
    let number = parts(name, true);
    !number.is_empty() && number != parts(other, true) && parts(name, false) == parts(other, false)
}
