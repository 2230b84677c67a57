//! Labels that can be two things: `C.` is the third letter or a hundred in Roman, `イ` the second kana or the first.

use super::{
    item::{Item, Siblings},
    label::{Label, Scheme},
};
use crate::source::hash::{HashMap, HashMapExt};

/// Decides, among siblings, what labels are that can be two things: what an unmistakable neighbour is; else what
/// makes the first of them count 1; else the later reading, which is the plainer one (a letter, not a Roman number).
pub(super) fn settled(items: &[Item]) -> Vec<Item> {
    let mut out = items.to_vec();
    // Hardly any label can be two things.
    if items.iter().filter_map(|item| item.label.as_ref()).all(|label| label.other.is_none()) {
        return out;
    }
    let mut groups: HashMap<(Siblings, String), Vec<usize>> = HashMap::new();
    for (at, item) in items.iter().enumerate() {
        if let Some(label) = &item.label {
            groups.entry((item.siblings(), signs(label))).or_default().push(at);
        }
    }
    for members in groups.into_values() {
        let labels = || members.iter().filter_map(|&at| items[at].label.as_ref());
        let Some((first, other)) = labels().find_map(|label| Some((label, label.other.as_deref()?))) else { continue };
        let (own, others) = (first.class(), other.class());
        let unmistakable = labels().filter(|label| label.other.is_none()).map(Label::class);
        let certain = unmistakable.into_iter().find(|class| *class == own || *class == others);
        let stays = certain.map_or(first.number() == 1, |class| class == own);
        for (index, &at) in members.iter().enumerate() {
            let Some((label, other)) = items[at].label.as_ref().and_then(|own| Some((own, own.other.as_deref()?)))
            else {
                continue;
            };
            let is_other = if stays {
                // C. behind A. and B. is no hundred, though I. and II. stand before them.
                let before = index.checked_sub(1).and_then(|before| out[members[before]].label.as_ref());
                before.is_some_and(|before| counts_on(before, other))
            } else {
                // (i) before (ii) is no letter, though (a) and (b) stand before it.
                let next = members.get(index + 1).and_then(|&next| items[next].label.as_ref());
                !next.is_some_and(|next| counts_on(label, next))
            };
            if is_other {
                out[at].label = Some(other.clone());
            }
        }
    }
    out
}

fn counts_on(label: &Label, next: &Label) -> bool {
    label.class() == next.class() && label.number() + 1 == next.number()
}

/// What stands around the number of a label, whatever the kind of number.
fn signs(label: &Label) -> String {
    match &label.scheme {
        Scheme::Counted(word) => word.clone(),
        Scheme::Bracketed(open, _) => format!("{open}1"),
        Scheme::Marked(mark, _) => format!("1{mark}"),
        Scheme::Sign(system) => format!("{system:?}"),
        Scheme::Dotted => "1.1".to_owned(),
        Scheme::Bare => "1".to_owned(),
    }
}
