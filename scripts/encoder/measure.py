"""Holds the asset against the full model on catalogs that the fit never saw.

For every held-out catalog, all pairs of its tools and all pairs of its parameters ("one pool": all pairs over all of them); the student's cosines against the teacher's:
Spearman's rho over all pairs together, and which part of the teacher's top 5% of pairs is in the student's (taken within each
group). Word TF-IDF (smooth idf over the catalog, unit norm) stands beside it. `--write` puts the figures into encoder.json;
`--golden` writes fixtures/encoder/golden.json, against which the Rust reader is tested.
"""

import argparse
import json
import math
import re
from pathlib import Path

import numpy as np
from scipy.stats import rankdata

import asset
import corpus
import minilm

ROOT = Path(__file__).resolve().parent.parent.parent
GOLDEN = [
    "search flights: Find flights between two airports on one day, with ids, times and prices.",
    "find_airports",
    "check in date: Day of arrival, YYYY-MM-DD.",
    "Could you book me a table for four at 7:30 tonight?",
    "café au lait, s'il vous plaît",
    "naïve zero\u200bwidth and soft\u00adhyphen",
    "東京",
    "",
]


def cosines(vectors):
    upper = np.triu_indices(len(vectors), 1)
    return (vectors @ vectors.T)[upper]


def tf_idf(texts):
    words = [re.findall(r"[a-z0-9]+", t.lower()) for t in texts]
    number = {w: i for i, w in enumerate(sorted({w for t in words for w in t}))}
    counts = np.zeros((len(texts), len(number)))
    for row, text in zip(counts, words):
        for w in text:
            row[number[w]] += 1
    counts *= np.log((1 + len(texts)) / (1 + (counts > 0).sum(0))) + 1
    return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-12)


def spearman(a, b):
    return float(np.corrcoef(rankdata(a), rankdata(b))[0, 1])


def top(values, share=0.05):
    count = max(1, math.ceil(share * len(values)))
    return set(np.argsort(-values, kind="stable")[:count].tolist())


def compare(groups, full, other):
    """Pooled rho, mean rho of the groups, and overlap of the top 5%."""
    a, b = {g: cosines(full[g]) for g in groups}, {g: cosines(other[g]) for g in groups}
    tops = [(top(a[g]), top(b[g])) for g in groups]
    overlap = sum(len(x & y) for x, y in tops) / sum(len(x) for x, _ in tops)
    pooled = spearman(np.concatenate(list(a.values())), np.concatenate(list(b.values())))
    return {"rho": pooled, "rho_mean": float(np.mean([spearman(a[g], b[g]) for g in groups])), "overlap": overlap}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--shared", type=Path, help="folder that holds real-data; without it nothing is measured")
    p.add_argument("--asset", type=Path, default=ROOT / "assets/encoder.bin")
    p.add_argument("--cache", type=Path)
    p.add_argument("--write", action="store_true")
    p.add_argument("--golden", action="store_true")
    a = p.parse_args()
    student = asset.Student(a.asset)
    if a.golden:
        write_golden(student)
    if a.shared:
        measure(a, student, minilm.Teacher(a.cache))


def measure(a, student, teacher):
    groups = {(c, part): t for c, parts in corpus.held_out(a.shared).items() for part, t in parts.items() if len(t) > 4}
    for part in ("tools", "parameters"):
        groups["one pool", part] = sorted({t for (c, p), texts in groups.items() if p == part for t in texts})
    within = [g for g in groups if g[0] != "one pool"]
    full = {g: teacher.encode(t) for g, t in groups.items()}
    ours = {g: student.encode(t) for g, t in groups.items()}
    words = {g: tf_idf(t) for g, t in groups.items()}
    sets = {
        "strict (api-bank, museum, spotify)": [g for g in groups if g[0] in ("api-bank", "museum", "spotify")],
        "graph (nestful, taskbench)": [g for g in groups if g[0] in ("nestful", "taskbench")],
        "all": within,
        "all tools": [g for g in within if g[1] == "tools"],
        "all parameters": [g for g in within if g[1] == "parameters"],
        "one pool": [("one pool", "tools"), ("one pool", "parameters")],
    } | {f"{c} {part}": [(c, part)] for c, part in groups}
    figures = {}
    for name, chosen in sets.items():
        x, y = compare(chosen, full, ours), compare(chosen, full, words)
        count = sum(len(groups[g]) for g in chosen)
        print(
            f"{name:36} {count:5} texts  rho {x['rho']:.3f} (mean {x['rho_mean']:.3f}) overlap {x['overlap']:.3f}"
            f"   tf-idf rho {y['rho']:.3f} (mean {y['rho_mean']:.3f}) overlap {y['overlap']:.3f}"
        )
        figures[name] = {k: round(v, 4) for k, v in x.items()} | {"tf_idf_" + k: round(v, 4) for k, v in y.items()}
    if a.write:
        about_path = a.asset.with_suffix(".json")
        about = json.loads(about_path.read_text())
        about["measured"] = {k: figures[k] for k in list(sets)[:6]}
        about_path.write_text(json.dumps(about, indent=2) + "\n")


def write_golden(student):
    path = ROOT / "fixtures/encoder/golden.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    counts = [len(e.ids) for e in student.tokenizer.encode_batch(GOLDEN, add_special_tokens=False)]
    rows = [
        {"text": t, "tokens": n, "vector": [round(float(v), 6) for v in vector]}
        for t, n, vector in zip(GOLDEN, counts, student.encode(GOLDEN))
    ]
    path.write_text("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")


if __name__ == "__main__":
    main()
