"""Scores a run of ours beside published sets, and prints the table of docs/score.md.

    walktalk generate --out run
    python3 scripts/score/beside.py ./target/release/walktalk run ../shared/real-data

Nothing of the published sets is copied; the figures are all that is kept.
"""
import json
import subprocess
import sys

program, run, real = sys.argv[1:4]
bfcl = [f"{real}/bfcl/BFCL_v4_{name}.json" for name in ("simple_python", "multiple", "parallel", "parallel_multiple", "live_simple")]
SETS = {
    "ours": [f"{run}/dialogues.jsonl"],
    "ours, as chat": [f"{run}/chat/data.jsonl"],
    "API-Bank": [f"{real}/api-bank/level-1-given-desc", "--tools", f"{real}/api-bank/DERIVED-tools.json"],
    "ToolTalk": [f"{real}/tooltalk/easy", "--tools", f"{real}/tooltalk/DERIVED-tools.json"],
    "SGD": [f"{real}/sgd-CC-BY-SA/train/dialogues_033.json", f"{real}/sgd-CC-BY-SA/train/dialogues_043.json"],
    "BFCL": bfcl,
}


def at(panels, path):
    for key in path.split("/"):
        panels = panels.get(key) if isinstance(panels, dict) else None
    return panels


def shown(panels, path):
    value = at(panels, path)
    if value is None:
        return "–"
    if isinstance(value, dict):
        if "low" in value:
            return f"{number(value['value'])} [{number(value['low'])}, {number(value['high'])}]"
        return number(value["value"])
    return number(value)


def number(value):
    return f"{value:g}" if isinstance(value, int) or abs(value) >= 1000 else f"{value:.3g}"


FIGURES = [
    ("rows", "sizes/rows"),
    ("pass", "quality/pass_rate"),
    ("fail `schema`", "quality/checks/schema/share"),
    ("fail `sourced`", "quality/checks/sourced/share"),
    ("fail `stated`", "quality/checks/stated/share"),
    ("fail `order`", "quality/checks/order/share"),
    ("arguments read back", "quality/round_trip/read"),
    ("faulty surface", "quality/surface/faulty"),
    ("*of rows that pass*", None),
    ("2-way coverage", "diversity/two_way/share"),
    ("tools called of offered", "diversity/tool_coverage"),
    ("edges, q1", "diversity/edges/q1"),
    ("edges, unseen", "diversity/edges/unseen"),
    ("skeletons, q1", "diversity/skeletons/q1"),
    ("skeletons, unseen", "diversity/skeletons/unseen"),
    ("values, commonest", "diversity/values/top"),
    ("user: words of a sample", "diversity/user/tokens"),
    ("user: distinct-4", "diversity/user/distinct_4"),
    ("user: self-repetition", "diversity/user/self_repetition"),
    ("user: compression", "diversity/user/compression_ratio"),
    ("user: RKE", "diversity/user/rke"),
    ("user: effective openings", "diversity/user/effective_openings"),
    ("assistant: distinct-4", "diversity/assistant/distinct_4"),
    ("nearly the same", "diversity/near_duplicates"),
    ("calls", "complexity/fields/calls/mean"),
    ("depth", "complexity/fields/depth/mean"),
    ("user turns", "complexity/fields/user_turns/mean"),
    ("tools visible", "complexity/fields/tools_visible/mean"),
    ("confusability, %", "complexity/fields/confusability/mean"),
    ("provenance distance", "complexity/fields/provenance_distance/mean"),
    ("events", "complexity/fields/events/mean"),
    ("decision bits", "complexity/fields/decision_bits/mean"),
    ("calls shown to be needed", "complexity/needed_calls"),
]

panels = {}
for name, arguments in SETS.items():
    done = subprocess.run([program, "score", *arguments, "--json"], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{name}: {done.stderr}")
    panels[name] = json.loads(done.stdout)

print("| | " + " | ".join(SETS) + " |")
print("|---|" + "---|" * len(SETS))
for title, path in FIGURES:
    cells = [shown(panels[name], path) if path else "" for name in SETS]
    print(f"| {title} | " + " | ".join(cells) + " |")
