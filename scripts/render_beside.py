#!/usr/bin/env python3
"""render_beside.py PROGRAM ROWS.jsonl [TEMPLATE...]

Renders every row of a `chat` file with transformers and with `PROGRAM convert --render`, and compares byte for byte: the text, and the
characters that carry loss where the template has the tag `generation`. A row that one of them refuses the other has to refuse as well.
Without templates: all that the packages in this environment (trl, axolotl) ship. Run it in the environment of the conformance kit.
"""
import collections
import datetime
import glob
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile

os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
import transformers.utils.chat_template_utils as gold

TODAY = "2026-05-17"
SPECIAL = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>"}
# Refusals of our own, which have no match there: the rendering is made and then found to have lost a call.
OURS = ("a call that the template does not show", "calls that are others when they are read back")


class Frozen(datetime.datetime):
    """The day on which both render."""

    @classmethod
    def now(cls, tz=None):
        return cls.fromisoformat(TODAY)


gold.datetime = Frozen


def shipped():
    paths = []
    for package, folder in (("trl", "chat_templates"), ("axolotl", "utils/chat_templates/templates")):
        spec = importlib.util.find_spec(package)
        if spec:
            paths += glob.glob(os.path.join(os.path.dirname(spec.origin), folder, "*.jinja"))
    return sorted(paths)


def theirs(template, row):
    """Text and spans, or why there are none."""
    try:
        marked = re.search(r"\{%[-+]?\s*generation", template) is not None
        texts, spans = gold.render_jinja_template(
            conversations=[row["messages"]], tools=row["tools"], chat_template=template, return_assistant_tokens_mask=marked, **SPECIAL)
        return texts[0], [list(span) for span in spans[0]] if marked else None
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"


def ours(program, template, path, home):
    with open(os.path.join(home, "chat_template.jinja"), "w", encoding="utf-8", newline="") as file:
        file.write(template)
    with open(os.path.join(home, "tokenizer_config.json"), "w", encoding="utf-8") as file:
        json.dump(SPECIAL, file)
    command = [program, "convert", "--render", os.path.join(home, "chat_template.jinja"), "--today", TODAY, "--json", "--out", "-", path]
    done = subprocess.run(command, capture_output=True)
    if done.returncode:
        return None, done.stderr.decode()[-400:]
    rows = {row["id"]: row for row in map(json.loads, done.stdout.decode().splitlines())}
    return rows, json.loads(done.stderr)["rendered"]


def main():
    program, path, templates = sys.argv[1], sys.argv[2], sys.argv[3:] or shipped()
    rows = [json.loads(line) for line in open(path, encoding="utf-8")]
    totals = collections.Counter()
    with tempfile.TemporaryDirectory() as home:
        for template_path in templates:
            template = open(template_path, encoding="utf-8", newline="").read()
            made, entry = ours(program, template, path, home)
            name = "/".join([template_path.split(os.sep)[-3], os.path.basename(template_path)])
            if made is None:
                totals["templates that fail here"] += 1
                print(f"FAILS {name}: {entry}")
                continue
            tally, example = collections.Counter(), ""
            own = sum(count for reason, count in entry["refused"].items() if reason.startswith(OURS))
            for row in rows:
                text, spans = theirs(template, row)
                mine = made.get(row["id"])
                if text is None or mine is None:
                    same = (text is None and mine is None) or (mine is None and own > 0)
                    tally["refused by both" if text is None and mine is None else "lost calls, told" if same else "DIFFERENT"] += 1
                    own -= text is not None and mine is None
                    if not same:
                        example = example or f"{row['id']}: there {spans if text is None else 'rendered'}, here {'refused' if mine is None else 'rendered'} {entry['refused']}"
                elif mine["text"] != text:
                    tally["DIFFERENT"] += 1
                    at = next((i for i, (a, b) in enumerate(zip(mine["text"], text)) if a != b), min(len(text), len(mine["text"])))
                    example = example or f"{row['id']} at {at}:\n    there {text[max(0, at - 60):at + 60]!r}\n    here  {mine['text'][max(0, at - 60):at + 60]!r}"
                elif spans is not None and mine["loss"] != spans:
                    tally["OTHER LOSS"] += 1
                    example = example or f"{row['id']}: there {spans[:3]}, here {mine['loss'] and mine['loss'][:3]}"
                else:
                    tally["equal"] += 1
            totals.update(tally)
            worst = "DIFFERENT" in tally or "OTHER LOSS" in tally
            totals["templates equal" if not worst else "templates that differ"] += 1
            told = ", ".join(f"{count} {what}" for what, count in sorted(tally.items()))
            print(f"{'BAD ' if worst else 'ok  '} {name:50} {told}; loss unknown {entry['loss_unknown']}; calls {entry['calls']}{chr(10) + '  ' + example if example else ''}")
    print(dict(totals))
    sys.exit(1 if totals["DIFFERENT"] or totals["OTHER LOSS"] or totals["templates that fail here"] else 0)


main()
