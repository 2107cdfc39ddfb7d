use super::*;
use crate::catalog::Catalog;
use crate::dialogue::Role;
use crate::graph::{GraphOptions, ToolGraph};
use crate::pipeline::{Pipeline, Refinement};
use crate::plan::Plan;
use crate::verify::Verifier;
use crate::world::Schemas;
use std::sync::{Arc, LazyLock};

/// The built-in catalogs and plans, made once for all tests.
struct Given {
    catalog: Catalog,
    graph: ToolGraph,
    schemas: Arc<Schemas>,
    plans: Vec<Plan>,
}

static GIVEN: LazyLock<Given> = LazyLock::new(|| {
    let catalog = Catalog::open(&[]).unwrap();
    let graph = ToolGraph::build(&catalog, &GraphOptions::default());
    Given { graph, schemas: Arc::new(Schemas::new(&catalog)), plans: crate::plan::load(&[]).unwrap(), catalog }
});

/// Accepted dialogues of one operator alone, each with what the verifier says of the record alone.
fn dialogues(operators: &[Operator], count: u64) -> Vec<Dialogue> {
    let Given { catalog, graph, schemas, plans } = &*GIVEN;
    let pipeline = Pipeline::new(catalog, graph, schemas.clone(), plans, 11).unwrap();
    let pipeline = pipeline.refining(Refinement { share: 1.0, operators: operators.to_vec() });
    let made: Vec<Dialogue> = (0..count).filter_map(|index| pipeline.dialogue(index).0).collect();
    let reader = Verifier::without_catalog();
    for dialogue in made.iter().filter(|dialogue| !dialogue.operators.is_empty()) {
        let read: Dialogue = serde_json::from_str(&serde_json::to_string(dialogue).unwrap()).unwrap();
        let report = reader.verify(&read);
        assert!(report.ok(), "{:?} {}: {:?}", dialogue.operators, dialogue.plan, report.failures);
    }
    made.into_iter().filter(|dialogue| !dialogue.operators.is_empty()).collect()
}

#[test]
fn names_are_read_back_and_no_operator_goes_with_itself() {
    for operator in Operator::ALL {
        assert_eq!(Operator::named(operator.name()), Some(operator));
        assert!(!operator.goes_with(operator));
        assert!(Operator::ALL.iter().all(|other| operator.goes_with(*other) == other.goes_with(operator)));
    }
    assert_eq!(Operator::named("shout"), None);
}

#[test]
fn every_operator_alone_leaves_the_label_true() {
    for operator in Operator::ALL {
        let made = dialogues(&[operator], 3);
        assert!(!made.is_empty(), "{operator:?} was never applied");
        for dialogue in &made {
            assert_eq!(dialogue.operators, [operator.name()]);
            assert!(does(operator, dialogue), "{operator:?} in {} did nothing", dialogue.plan);
        }
    }
}

/// What the operator promises shows in the record.
fn does(operator: Operator, dialogue: &Dialogue) -> bool {
    let plain = dialogue.undisguised().unwrap();
    let unused = dialogue.tools.iter().filter(|tool| !dialogue.calls().any(|call| call.tool == tool.name)).count();
    match operator {
        Operator::InjectError => dialogue.turns.iter().any(|turn| turn.results.iter().any(|result| result.is_error)),
        Operator::Lengthen => dialogue.turns.iter().any(|turn| turn.role == Role::User && turn.acts.iter().any(|act| act == "chit_chat")),
        Operator::Recombine => !dialogue.sequels.is_empty(),
        Operator::InsertCall | Operator::Describe => dialogue.goals.iter().any(|goal| goal.calls.len() > 1),
        Operator::Merge => (0..dialogue.turns.len()).any(|turn| dialogue.goals.iter().filter(|goal| goal.turn == turn).count() > 1),
        Operator::DistractNear | Operator::DistractFar | Operator::DistractConfusable => unused > 0,
        Operator::RenameTools => plain.tools.iter().zip(&dialogue.tools).any(|(own, shown)| own.name != shown.name),
        Operator::RenameParameters => plain.tools.iter().zip(&dialogue.tools).any(|(own, shown)| own.parameters != shown.parameters),
        Operator::Mask => plain.calls().zip(dialogue.calls()).all(|(own, shown)| own.tool != shown.tool),
        Operator::Reformat | Operator::Noise => plain.turns.iter().zip(&dialogue.turns).any(|(own, shown)| own.results != shown.results),
        Operator::Split | Operator::Constrain | Operator::DropUnused | Operator::Reorder => true,
    }
}

#[test]
fn operators_work_in_sequence() {
    let made = dialogues(&Operator::ALL, 12);
    assert!(made.len() > 8, "{}", made.len());
    assert!(made.iter().any(|dialogue| dialogue.operators.len() > 1));
}

#[test]
fn what_was_renamed_or_wrapped_wrongly_is_found() {
    let made = dialogues(&[Operator::Mask, Operator::Reformat], 6);
    let reader = Verifier::without_catalog();
    let broken = |change: &dyn Fn(&mut Dialogue)| {
        made.iter().any(|dialogue| {
            let mut wrong = dialogue.clone();
            change(&mut wrong);
            wrong != *dialogue && reader.verify(&wrong).ok()
        })
    };
    assert!(!broken(&|one| one.disguise = None), "without the way back nothing can be run again");
    let exchange = |one: &mut Dialogue| {
        // A call without arguments is the same under any name that says nothing.
        let given = |call: &&crate::dialogue::Call| call.arguments.as_object().is_some_and(|map| !map.is_empty());
        let called: Vec<String> = one.calls().filter(given).map(|call| call.tool.clone()).collect();
        let Some(disguise) = one.disguise.as_mut().filter(|disguise| disguise.tools.len() > 1) else { return };
        let Some(mine) = called.first().and_then(|name| disguise.tools.get(name).cloned()) else { return };
        let Some(other) = disguise.tools.iter().find(|(name, _)| **name != called[0]).map(|(name, _)| name.clone()) else { return };
        let Some(theirs) = disguise.tools.insert(other, mine) else { return };
        disguise.tools.insert(called[0].clone(), theirs);
    };
    assert!(!broken(&exchange), "a name that stands for another tool");
    let moved = |one: &mut Dialogue| {
        let Some(results) = one.disguise.as_mut().and_then(|disguise| disguise.results.as_mut()) else { return };
        results.envelope = Some("elsewhere".into());
    };
    assert!(!broken(&moved), "an envelope that is not there");
}
