"""conformance_verdict.py LF.json MAIN.json OUTPUT_DIR: every expected consumer saw every row and accepted it.

Templates that cannot carry parallel calls (GLM-4, gpt-oss, Llama-3.1) may refuse rows that have them, and nothing else.
"""
import collections
import json
import os
import sys

NO_PARALLEL = ("glm4", "gptoss", "gpt-oss", "llama3.1", "llama-3.1", "llama3_1", "llama-31", "harmony")


def load(path):
    return json.load(open(path)) if os.path.exists(path) else []


def parallel_rows(out):
    rows = set()
    for line in open(os.path.join(out, "dialogues.jsonl")):
        dialogue = json.loads(line)
        if any(len(turn.get("calls", [])) > 1 for turn in dialogue["turns"]):
            rows.add(dialogue["id"])
    return rows


def main():
    lf, other, out = load(sys.argv[1]), load(sys.argv[2]), sys.argv[3]
    rows = sum(1 for _ in open(os.path.join(out, "dialogues.jsonl")))
    parallel = parallel_rows(out)
    seen, bad = collections.Counter(), []
    for check in lf + other:
        consumer = check["consumer"]
        seen[consumer.split("[")[0]] += 1
        excused = check["id"] in parallel and any(name in consumer.lower() for name in NO_PARALLEL)
        if not check["ok"] and not excused:
            bad.append(check)
    for consumer, count in sorted(seen.items()):
        print(f"{consumer:24} {count:8} checks")
    missing = [name for name in ("llamafactory", "datasets", "trl") if not any(key.startswith(name) for key in seen)]
    if missing:
        print("consumers that did not run:", ", ".join(missing))
    print(f"{rows} rows, {len(bad)} refusals")
    for check in bad[:10]:
        print("  ", check["consumer"], check["id"], check["why"][:200])
    sys.exit(1 if bad or missing or rows == 0 else 0)


main()
