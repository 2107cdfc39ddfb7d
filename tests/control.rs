//! The experiment on the controls runs, at sizes at which its verdict means nothing, and writes what it promises.

mod support;

#[allow(dead_code)] // Its own main is not called.
#[path = "../examples/control_response/main.rs"]
mod control;

use support::*;

#[test]
fn the_experiment_runs_and_its_results_are_whole() {
    let home = folder();
    let arguments = ["--quick", "--only", small_catalog().to_str().unwrap(), "--out", home.path().to_str().unwrap()].map(String::from);
    let results = control::run(&control::options(arguments.into_iter()).unwrap()).unwrap();
    let written = read_json(home.path().join("control.json"));
    assert_eq!(written["sensitivity"].as_array().unwrap().len(), 12);
    let blocks = written["blocks"].as_array().unwrap();
    assert!(
        blocks.iter().all(|block| block["cells"].as_array().unwrap().len() == 27 && block["entangled"].as_array().unwrap().len() == 27)
    );
    // What can be known at any size: the control of quality takes truth away, and what is put together is what the pipeline makes.
    let pass = |cell: usize| blocks[0]["cells"][cell]["pass"].as_f64().unwrap();
    assert!((18..27).all(|cell| pass(cell) == 1.0), "quality 1 is all true");
    assert!((0..9).map(pass).sum::<f64>() < 9.0, "quality 0 is not");
    let placebo = results.placebo.unwrap();
    assert!(placebo.put_together && placebo.same == placebo.of && placebo.of > 0, "{placebo:?}");
    assert!(text(home.path().join("control.md")).contains("## D. The entangled baseline"));
    assert!(text(home.path().join("control.svg")).ends_with("</svg>\n"));
}

#[test]
fn what_cannot_be_asked_is_told() {
    for (arguments, words) in
        [(&["--size"][..], "needs a value"), (&["--size", "few"], "whole number"), (&["--speed", "9"], "no option --speed")]
    {
        let message = control::options(arguments.iter().map(|text| text.to_string())).err().unwrap();
        assert!(message.contains(words), "{message}");
    }
}
