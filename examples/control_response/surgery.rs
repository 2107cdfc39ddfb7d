//! Single cuts in finished dialogues, which the checks of the library's own corruptions do not make.

use walktalk::dialogue::{Dialogue, Provenance, Role};

/// Without the tools that nobody calls: as true as before, with less to choose from.
pub fn without_distractors(dialogue: &Dialogue) -> Option<Dialogue> {
    let mut out = dialogue.clone();
    out.tools.retain(|tool| dialogue.calls().any(|call| call.tool == tool.name));
    (!out.tools.is_empty() && out.tools.len() < dialogue.tools.len()).then_some(out)
}

/// What was asked for first, and nothing after: as true as before, with fewer calls.
pub fn first_task(dialogue: &Dialogue) -> Option<Dialogue> {
    let first = dialogue.goals.first()?.turn;
    let starts = dialogue.goals.iter().map(|goal| goal.turn).filter(|turn| *turn > first && dialogue.turns[*turn].role == Role::User);
    let cut = starts.min()?;
    let mut out = dialogue.clone();
    out.turns.truncate(cut);
    let kept: Vec<usize> = out.calls().map(|call| call.id).collect();
    let whole = out.goals.iter().filter(|goal| goal.turn < cut).all(|goal| goal.calls.iter().all(|call| kept.contains(call)));
    out.goals.retain(|goal| goal.turn < cut);
    out.sequels.clear();
    let called: Vec<String> = out.calls().map(|call| call.tool.clone()).collect();
    out.relations.retain(|relation| called.contains(&relation.from) && called.contains(&relation.to));
    (whole && !kept.is_empty() && kept.len() < dialogue.calls().count()).then_some(out)
}

/// A call and its result stand before the request that they answer.
pub fn called_too_early(dialogue: &Dialogue) -> Option<Dialogue> {
    let at = (2..dialogue.turns.len().saturating_sub(1))
        .find(|at| !dialogue.turns[*at].calls.is_empty() && dialogue.turns[*at - 1].role == Role::User)?;
    let mut out = dialogue.clone();
    out.turns[at - 1..=at + 1].rotate_left(1);
    let moved = |turn: usize| match turn {
        turn if turn == at - 1 => at + 1,
        turn if turn == at || turn == at + 1 => turn - 1,
        turn => turn,
    };
    out.goals.iter_mut().for_each(|goal| goal.turn = moved(goal.turn));
    for call in out.turns.iter_mut().flat_map(|turn| &mut turn.calls) {
        call.provenance.values_mut().for_each(|source| follow(source, &moved));
    }
    Some(out)
}

/// A source says where its turn has gone.
fn follow(source: &mut Provenance, moved: &dyn Fn(usize) -> usize) {
    match source {
        Provenance::UserTurn { turn, .. } | Provenance::AssistantOffer { turn, .. } => *turn = moved(*turn),
        Provenance::Derived { inputs, .. } => inputs.iter_mut().for_each(|input| follow(input, moved)),
        _ => {}
    }
}

/// The result of a call is not there.
pub fn without_result(dialogue: &Dialogue) -> Option<Dialogue> {
    let at = dialogue.turns.iter().position(|turn| !turn.results.is_empty())?;
    let mut out = dialogue.clone();
    out.turns[at].results.clear();
    Some(out)
}
