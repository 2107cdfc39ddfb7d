"""acceptance_some.py OUTPUT_DIR SOME_DIR ROWS: ROWS rows of every target, evenly spread, in a folder of the same shape."""
import glob
import json
import os
import shutil
import sys

OUT, SOME, ROWS = sys.argv[1], sys.argv[2], int(sys.argv[3])


def spread(lines):
    count = min(ROWS, len(lines))
    return [lines[at * len(lines) // count] for at in range(count)]


def lines_of(path):
    return [line for line in open(path, encoding="utf-8").read().split("\n") if line]


def write(path, lines):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)


for path in sorted(glob.glob(os.path.join(OUT, "*", "*.jsonl")) + glob.glob(os.path.join(OUT, "bfcl", "*.json"))):
    name = os.path.relpath(path, OUT)
    if name.startswith("sidecar"):
        continue
    some = spread(lines_of(path))
    write(os.path.join(SOME, name), some)
    answers = os.path.join(OUT, "bfcl", "possible_answer", os.path.basename(path))
    if name.startswith("bfcl") and os.path.exists(answers):
        wanted = {json.loads(line)["id"] for line in some}
        write(os.path.join(SOME, "bfcl", "possible_answer", os.path.basename(path)), [line for line in lines_of(answers) if json.loads(line)["id"] in wanted])
info = os.path.join(OUT, "llamafactory", "dataset_info.json")
if os.path.exists(info):
    shutil.copy(info, os.path.join(SOME, "llamafactory"))
