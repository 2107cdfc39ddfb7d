"""acceptance_count.py PREFIX: one catalog in figures, as JSON: what walktalk wrote for each target, and what each consumer said of it.

Reads PREFIX.manifest (of `generate --json`), PREFIX.all-* and PREFIX.some-* (results of the checks) and the rows in PREFIX.some. A refusal is
excused where `conformance_verdict.py` excuses it, and counted by itself.
"""
import collections
import glob
import json
import os
import sys

from conformance_verdict import excuse, rows_of

PREFIX = sys.argv[1]
SOME = PREFIX + ".some"
EXCUSES = ("parallel", "null", "echo", "digits")


def counted(pattern, rows):
    """By folder and consumer: rows seen, rows accepted, rows excused, and the reasons of the rest."""
    seen = collections.defaultdict(lambda: collections.defaultdict(dict))
    for path in sorted(glob.glob(pattern)):
        for check in json.load(open(path, encoding="utf-8")):
            consumer = check["consumer"].split("[")[0]
            consumer = "datasets" if consumer.startswith("datasets") else consumer
            row = (check["file"], check["row"])
            # Every-row checks have no template and no excuse.
            forgiven = excuse(check, rows[check["file"]][check["row"]]) if check["file"] in rows else ""
            why = "" if check["ok"] else forgiven or check["why"][:160]
            known = seen[check["file"].split("/")[0]][consumer]
            # The worst that a template of the consumer says of a row.
            known[row] = max(known.get(row, ""), why, key=lambda word: (word not in ("", *EXCUSES), word != ""))
    out = {}
    for folder, consumers in sorted(seen.items()):
        for consumer, found in sorted(consumers.items()):
            words = collections.Counter(found.values())
            excused = {word: words.pop(word, 0) for word in EXCUSES}
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
