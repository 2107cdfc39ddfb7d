"""conformance_verdict.py OUTPUT_DIR REPORT.json...: every expected consumer saw every row that was written for it and accepted it.

What is expected follows from the folders that are there. Templates that cannot carry parallel calls (GLM-4, gpt-oss, Llama-3.1) may refuse rows
that have them. Checks of whole renderings look at what tools answer too: a null there may look like one that was added to a call, and an answer
that is the arguments of a call, which templates write as a text, like arguments that were put into JSON twice. Where values of one place are of
mixed kinds, `datasets` reads decimals a digit at a time, and some come out a unit in the last place off (0.35 as 0.35000000000000003): rows with such
a number may be changed. Nothing else is excused.
"""
import collections
import glob
import json
import os
import re
import sys

NO_PARALLEL = ("glm4", "gptoss", "gpt-oss", "llama3.1", "llama-3.1", "llama3_1", "llama-31")
# The consumers that read each folder; a name stands for all of its templates.
CONSUMERS = {
    "llamafactory": ["llamafactory"],
    "chat": ["datasets", "hf-template", "trl", "axolotl", "swift", "harmony"],
    "axolotl": ["datasets", "axolotl", "swift"],
    "openai_ft": ["datasets", "openai-types", "harmony"],
    "mistral": ["datasets", "mistral-v3-finetuning", "mistral-tekken-encode"],
    "hermes": ["datasets", "hermes"],
    "swift": ["datasets", "swift"],
    "xlam": ["datasets", "xlam"],
    "bfcl": ["bfcl"],
}


def rows_of(path):
    return [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]


def has_parallel(row):
    """Whether a row of any target has two calls in one message."""
    for message in row.get("messages", []) + row.get("conversations", []):
        if len(message.get("tool_calls") or []) > 1:
            return True
        if message.get("from") == "function_call" and message["value"].startswith("["):
            return True
    return False


def has_null_outside_calls(row):
    """Whether the tools or the results of a row say null themselves: the check of whole renderings takes that for a null added to a call."""
    text = json.dumps(row.get("tools")) + "".join(m["content"] for m in row.get("messages", []) if m.get("role") == "tool")
    return re.search(r'": ?null', text) is not None


def echoes_arguments(row):
    """Whether some tool answers with the very object that a call has as its arguments."""
    answers = "\n".join(m["content"] for m in row.get("messages", []) if m.get("role") == "tool")
    for message in row.get("messages", []):
        for call in message.get("tool_calls") or []:
            arguments = call["function"]["arguments"]
            arguments = json.loads(arguments) if isinstance(arguments, str) else arguments
            written = (json.dumps(arguments, separators=gaps, ensure_ascii=False) for gaps in ((",", ":"), (", ", ": ")))
            if arguments and any(text in answers for text in written):
                return True
    return False


def decimals_off(value):
    """Whether some number is another one when it is read as a whole part and so many times a power of a tenth."""
    if isinstance(value, dict):
        return any(map(decimals_off, value.values()))
    if isinstance(value, list):
        return any(map(decimals_off, value))
    whole, point, part = repr(abs(value)).partition(".") if isinstance(value, float) else ("", "", "")
    return bool(point) and part.isdigit() and int(whole) + int(part) * float(f"1e-{len(part)}") != abs(value)


def excuse(check, row):
    """Why a refusal is none of the row's fault; nothing when it is."""
    if any(name in check["consumer"].lower() for name in NO_PARALLEL) and has_parallel(row):
        return "parallel"
    whole = check["consumer"].startswith(("mistral-tekken-encode", "harmony", "hf-template"))
    if whole and check["why"].startswith("null arguments were added") and has_null_outside_calls(row):
        return "null"
    if whole and check["why"].startswith("arguments were double-encoded") and echoes_arguments(row):
        return "echo"
    if check["consumer"].startswith("datasets") and check["why"].startswith("row changed by the Arrow") and decimals_off(row):
        return "digits"
    return ""


def main():
    out, reports = sys.argv[1], sys.argv[2:]
    checks = [check for path in reports if os.path.exists(path) for check in json.load(open(path))]
    bad, seen = [], collections.defaultdict(lambda: collections.defaultdict(set))
    written = {}
    for folder in CONSUMERS:
        for path in glob.glob(os.path.join(out, folder, "*.json*")):
            if not path.endswith("dataset_info.json"):
                written[os.path.relpath(path, out)] = rows_of(path)
    tally = collections.Counter()
    for check in checks:
        consumer = check["consumer"].split("[")[0]
        consumer = "datasets" if consumer.startswith("datasets") else consumer
        folder = check["file"].split("/")[0]
        seen[folder][consumer].add((check["file"], check["row"]))
        tally[f"{folder}: {consumer}"] += 1
        if not check["ok"] and not excuse(check, written[check["file"]][check["row"]]):
            bad.append(check)
    missing, total = [], 0
    for folder, consumers in CONSUMERS.items():
        rows = {(path, row) for path, all_rows in written.items() if path.split("/")[0] == folder for row in range(len(all_rows))}
        total += len(rows)
        for consumer in consumers if rows else []:
            unseen = len(rows - seen[folder][consumer])
            if unseen:
                missing.append(f"{consumer} did not see {unseen} of {len(rows)} rows of {folder}/")
    for name, count in sorted(tally.items()):
        print(f"{name:40} {count:8} checks")
    for line in missing:
        print(line)
    print(f"{total} rows, {len(bad)} refusals, {len(missing)} consumers that did not see all")
    for check in bad[:10]:
        print("  ", check["consumer"], check["file"], check["id"], check["why"][:200])
    sys.exit(1 if bad or missing or total == 0 else 0)


if __name__ == "__main__":
    main()
