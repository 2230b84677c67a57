//! Changes that a person asks for by name, all of them in one step or none.

use std::{io, sync::Arc};

use super::{
    Fixed, Job, Outcome,
    analyse::Snapshot,
    fix::{finish, leaves, with_all_rules},
    run::judge,
    verify::{self, Broken, Damage, Edits, rule_at},
};
use crate::{
    corpus::Corpus,
    finding::{Finding, Fix, Harm, Message, Safety},
    source::{FileId, Place},
};

/// Why what was asked for is not done.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The root cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It makes no sense, or something stands in its way.
    #[error("{why}")]
    Because {
        /// What is wrong.
        why: String,
        /// What to do, where that is not plain.
        way_out: Option<String>,
    },
    /// A link that cannot be rewritten, or that would lead elsewhere or to several things.
    #[error("the link `{}` at {}:{} could not be kept leading where it leads", .0.text, .0.path.as_str(), .0.at.line)]
    Link(Place),
    /// What may be a link to a heading, and is none that could be rewritten.
    #[error(
        "`{}` at {}:{} may lead to this heading, and is no link that can be rewritten",
        .0.text, .0.path.as_str(), .0.at.line
    )]
    Mention(Place),
    /// Something would break.
    #[error("that would {harm}")]
    Harmful {
        /// What.
        harm: Harm,
        /// The first finding that there would be.
        first: Option<Box<Said>>,
    },
}

/// What a rule would say once a request is carried out.
#[derive(Debug)]
pub struct Said {
    /// Where.
    pub place: Place,
    /// The rule.
    pub rule: Arc<str>,
    /// Its message.
    pub message: Message,
}

/// Applies fixes that a person asks for. With `anyway` what the findings afterwards say does not matter.
pub fn request(
    job: &Job,
    anyway: bool,
    ask: impl FnOnce(&Corpus) -> Result<Vec<Finding>, Refused>,
) -> Result<Fixed, Refused> {
    let all = &with_all_rules(job);
    let snapshot = Snapshot::take(all)?;
    let before = judge(all, &snapshot);
    let asked = ask(&before.corpus)?;
    let edits = Edits::new(asked.iter().filter_map(|finding| finding.fix.as_ref()).flat_map(Fix::edits));
    let outcome = judge(all, &snapshot.again(None, &edits.texts(&before.corpus)));
    let damage = verify::damage(&before, &outcome, &asked.iter().collect::<Vec<_>>(), &edits);
    if !damage.is_empty() && !anyway {
        let first = damage.iter().find_map(|damage| said(&outcome, damage));
        return Err(Refused::Harmful { harm: verify::harm(&damage, &before.corpus), first });
    }
    let files: Vec<FileId> = edits.files().collect();
    let connected = if files.is_empty() { Vec::new() } else { vec![(files, Safety::Unsafe)] };
    let left = edits.unchanged(leaves(&asked)).collect();
    Ok(finish(job, outcome, connected, left, &before.corpus.sources))
}

/// The finding that damage is, if it is one.
fn said(after: &Outcome, damage: &Damage) -> Option<Box<Said>> {
    let Broken::Finding(at) = &damage.broken else { return None };
    let finding = after.findings.iter().find(|finding| rule_at(finding) == *at)?;
    let place = after.corpus.place(finding.at);
    Some(Box::new(Said { place, rule: finding.rule.clone(), message: finding.message.clone() }))
}
