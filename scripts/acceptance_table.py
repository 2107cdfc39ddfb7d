"""acceptance_table.py DIR [NOTE]: the page of acceptance.sh, from the figures that it left in DIR, with a note on how they came about."""
import collections
import glob
import json
import os
import sys

DIR = sys.argv[1]
TARGETS = ["sharegpt", "chat", "axolotl", "openai", "mistral", "hermes", "swift", "xlam", "bfcl"]
FOLDERS = {"sharegpt": "llamafactory", "openai": "openai_ft"}
EVERY = [("llamafactory", "llamafactory"), ("hermes", "hermes"), ("xlam", "xlam"), ("bfcl", "bfcl")]
WORDS = {
    "parallel": "a template of the consumer has no place for parallel calls, and says so or loses them: GLM-4, gpt-oss, Llama-3.1",
    "echo": "a tool answers with the very object that a call has as its arguments, and the template writes answers as texts: the check takes that for arguments that were put "
    "into JSON twice; the row is whole",
    "digits": "`datasets` reads a decimal a unit in the last place off (0.35 as 0.35000000000000003) where the values of one place are of mixed kinds",
    "null": "a null of the tools or of a result stands in the text, which the check takes for one that was added to a call; the row is whole",
}


def whole(count):
    return f"{count:,}"


def folder(target):
    return FOLDERS.get(target, target)


def rows(cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |\n"


def table(heads, lines, right):
    text = rows(heads) + "|" + "|".join("---:" if at >= right else "---" for at in range(len(heads))) + "|\n"
    return text + "".join(rows(line) for line in lines) + "\n"


def written(sets):
    heads = ["catalog", "tools", "dialogues"] + [f"`{target}`" for target in TARGETS]
    lines = []
    for name, one in sets:
        counts = [one["targets"].get(target) for target in TARGETS]
        lines.append([name, whole(one["tools"]), whole(one["dialogues"])] + [whole(count["rows_out"]) if count else "–" for count in counts])
    total = lambda key: whole(sum(one[key] for _, one in sets))
    out = [whole(sum(one["targets"][target]["rows_out"] for _, one in sets if target in one["targets"])) for target in TARGETS]
    lines.append(["**all**", total("tools"), total("dialogues")] + out)
    return table(heads, lines, 1)


def reasons(sets, key, head):
    tally = collections.Counter()
    for _, one in sets:
        for target, counts in one["targets"].items():
            for reason, count in counts.get(key, {}).items():
                tally[(target, reason)] += count
    lines = [[f"`{target}`", reason, whole(count)] for (target, reason), count in sorted(tally.items(), key=lambda item: (TARGETS + ["jsonl"]).index(item[0][0]))]
    return table(["target", head, "rows"], lines, 2)


def consumers(sets, part):
    """Rows seen, accepted, excused and refused, by target and consumer."""
    tally = collections.defaultdict(lambda: [0, 0, 0, collections.Counter(), collections.Counter()])
    for _, one in sets:
        for target in TARGETS:
            for consumer, counts in one[part].get(folder(target), {}).items():
                entry = tally[(target, consumer)]
                entry[0] += counts["rows"]
                entry[1] += counts["accepted"]
                entry[2] += sum(counts["excused"].values())
                entry[3].update(counts["excused"])
                entry[4].update(counts["refused"])
    return tally


def by_consumer(tally):
    lines = []
    for (target, consumer), (seen, accepted, excused, _, refused) in sorted(tally.items(), key=lambda item: (TARGETS.index(item[0][0]), item[0][1])):
        lines.append([f"`{target}`", consumer, whole(seen), whole(accepted), whole(excused), whole(sum(refused.values()))])
    return table(["target", "consumer", "rows", "accepted", "excused", "refused"], lines, 2)


def by_catalog(sets):
    """Accepted, or excused, of seen: all consumers of a target together."""
    heads = ["catalog"] + [f"`{target}`" for target in TARGETS]
    lines = []
    for name, one in sets:
        cells = [name]
        for target in TARGETS:
            found = one["some"].get(folder(target), {}).values()
            seen, good = sum(c["rows"] for c in found), sum(c["accepted"] + sum(c["excused"].values()) for c in found)
            cells.append(f"{whole(good)} of {whole(seen)}" if seen else "–")
        lines.append(cells)
    return table(heads, lines, 1)


def main():
    found = {os.path.basename(path)[:-5]: json.load(open(path, encoding="utf-8")) for path in glob.glob(os.path.join(DIR, "*.json"))}
    sets = sorted(found.items(), key=lambda item: (item[0] != "own", item[0]))
    some, every = consumers(sets, "some"), consumers(sets, "every")
    excuses, refusals = collections.Counter(), collections.Counter()
    for (target, consumer), (_, _, _, excused, refused) in list(some.items()) + list(every.items()):
        excuses.update(excused)
        refusals.update({(target, consumer, why): count for why, count in refused.items()})
    asked = sorted({one["asked"] for _, one in sets})
    short = [f"{name} ({whole(one['dialogues'])} of {whole(one['asked'])})" for name, one in sets if one["dialogues"] < one["asked"]]
    out = sys.stdout.write
    out(f"# Acceptance\n\nWhat the trainers' own code says of our rows. Made by `scripts/acceptance.sh DIR` and `scripts/acceptance_table.py DIR`: for each of {len(sets)} sources "
        f"(our catalogs together, and catalogs that others made) {' or '.join(map(whole, asked))} dialogues with every event, `--seed 7 --export all`.\n\n")
    if len(sys.argv) > 2:
        out(sys.argv[2] + "\n\n")
    if short:
        out(f"Fewer dialogues than asked for came about from: {', '.join(short)}.\n\n")
    out("## Rows in and out\n\nEvery dialogue goes into every target; these came out. What did not is below, by reason.\n\n" + written(sets))
    out(reasons(sets, "refused", "left out, because of") + "Written, with something missing:\n\n" + reasons(sets, "reduced", "without"))
    out("## Every row\n\nLLaMA-Factory's loader and converter, by which rows vanish in silence, and the checks that need no tokenizer, over every row that was written.\n\n" + by_consumer(every))
    seen = [counts["rows"] for _, one in sets for folder, found in one["some"].items() if folder != "bfcl" for counts in found.values()]
    out(f"## Every consumer\n\nThe whole of the conformance kit, with all of its templates and tokenizers, over {min(seen)} to {max(seen)} rows of each target of each catalog, evenly "
        "spread (of `bfcl` as many of each category): accepted means that every name and every value of every call is in the text that the consumer trains on. A row counts as the "
        "worst that any template says of it.\n\n" + by_consumer(some))
    for word, count in sorted(excuses.items()):
        out(f"Excused, {'once' if count == 1 else whole(count) + ' times'}: {WORDS[word]}.\n\n")
    if refusals:
        out("Refused:\n\n" + "".join(f"- `{target}`, {consumer}, {whole(count)}: {why}\n" for (target, consumer, why), count in refusals.most_common(30)) + "\n")
    out("## By catalog\n\nChecks of the kit that accept or are excused, of all: one for each row and consumer of the target.\n\n" + by_catalog(sets))


main()
