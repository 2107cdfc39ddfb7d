"""acceptance_count.py PREFIX: one catalog in figures, as JSON: what walktalk wrote for each target, and what each consumer said of it.

Reads PREFIX.manifest (of `generate --json`), PREFIX.all-* and PREFIX.some-* (results of the checks) and the rows in PREFIX.some. A refusal is
excused where the consumer's template is known to have no parallel calls and the row has some, and where the check of whole renderings
takes a null of the tools or results for one that was added; both are counted by themselves.
"""
import collections
import glob
import json
import os
import sys

from conformance_verdict import NO_PARALLEL, has_null_outside_calls, has_parallel, rows_of

PREFIX = sys.argv[1]
SOME = PREFIX + ".some"


def excuse(check, rows):
    row = rows.get(check["file"], [None] * (check["row"] + 1))[check["row"]]
    if row is None:
        return ""
    if any(name in check["consumer"].lower() for name in NO_PARALLEL) and has_parallel(row):
        return "parallel"
    if check["consumer"] in ("mistral-tekken-encode", "harmony") and check["why"].startswith("null arguments were added") and has_null_outside_calls(row):
        return "null"
    return ""


def counted(pattern, rows):
    """By folder and consumer: rows seen, rows accepted, rows excused, and the reasons of the rest."""
    seen = collections.defaultdict(lambda: collections.defaultdict(dict))
    for path in sorted(glob.glob(pattern)):
        for check in json.load(open(path, encoding="utf-8")):
            consumer = check["consumer"].split("[")[0]
            consumer = "datasets" if consumer.startswith("datasets") else consumer
            row = (check["file"], check["row"])
            why = "" if check["ok"] else excuse(check, rows) or check["why"][:160]
            known = seen[check["file"].split("/")[0]][consumer]
            # The worst that a template of the consumer says of a row.
            known[row] = max(known.get(row, ""), why, key=lambda word: (word not in ("", "parallel", "null"), word != ""))
    out = {}
    for folder, consumers in sorted(seen.items()):
        for consumer, found in sorted(consumers.items()):
            words = collections.Counter(found.values())
            excused = {word: words.pop(word, 0) for word in ("parallel", "null")}
            accepted = words.pop("", 0)
            out.setdefault(folder, {})[consumer] = {
                "rows": len(found), "accepted": accepted, "excused": {word: count for word, count in excused.items() if count}, "refused": dict(words)}
    return out


def main():
    manifest = json.load(open(PREFIX + ".manifest", encoding="utf-8"))
    rows = {os.path.relpath(path, SOME): rows_of(path) for path in glob.glob(os.path.join(SOME, "*", "*.json*")) if not path.endswith("dataset_info.json")}
    json.dump({
        "tools": manifest["tools"]["loaded"], "left_out": len(manifest["tools"]["skipped"]), "asked": manifest["size"], "dialogues": manifest["stages"]["accepted"],
        "targets": manifest["targets"], "every": counted(PREFIX + ".all-*", {}), "some": counted(PREFIX + ".some-*", rows),
    }, sys.stdout, indent=1)


main()
