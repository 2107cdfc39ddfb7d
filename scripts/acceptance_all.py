"""acceptance_all.py KIT OUTPUT_DIR RESULT: the consumers that can be asked about every row of a large set, each by its own code.

LLaMA-Factory: its loader and its converter, by which rows vanish in silence. Hermes, xLAM and BFCL: as in the conformance kit. What is not
installed in this environment is left out; RESULT has a line of JSON for each check, as the kit has them.
"""
import copy
import json
import os
import sys
from types import SimpleNamespace

KIT, OUT, RESULT = sys.argv[1:4]
sys.path.insert(0, KIT)
import conformance as kit  # noqa: E402
import light_stubs  # noqa: E402


def llamafactory():
    """The first half of the kit's check: no template, no tokenizer."""
    from llamafactory.data.converter import get_dataset_converter
    from llamafactory.data.parser import get_dataset_list

    import llamafactory.data.converter as converter

    said = []
    converter.logger.warning_rank0 = lambda message, *rest, **more: said.append(str(message)[:160])
    base = os.path.join(OUT, "llamafactory")
    for name in json.load(open(os.path.join(base, "dataset_info.json"))):
        attributes = get_dataset_list([name], base)[0]
        path = os.path.join(base, attributes.dataset_name)
        rows = kit.rows_of(path)
        loaded = kit.arrow_rows(path)
        convert = get_dataset_converter(attributes.formatting, attributes, SimpleNamespace(media_dir=base))
        for at, (row, read) in enumerate(zip(rows, loaded)):
            said.clear()
            try:
                kept = bool(convert(copy.deepcopy(read))["_response"])
                why = "" if kept else "dropped in silence: " + "; ".join(said)
            except Exception as error:
                why = f"{type(error).__name__}: {error}"
            kit.record("llamafactory", path, at, row["id"], not why, why)
        if len(loaded) != len(rows):
            kit.record("llamafactory", path, 0, "", False, f"{len(loaded)} of {len(rows)} rows loaded")


def main():
    kit.ROOT, kit.VOCAB, kit.ALL = os.path.abspath(OUT), None, False
    light_stubs.install()
    checks = [(llamafactory, "llamafactory"), (kit.check_hermes, "swift"), (kit.check_xlam, "swift"), (kit.check_bfcl, "bfcl_eval")]
    for check, package in checks:
        if kit.HAVE(package):
            check()
    with open(RESULT, "w", encoding="utf-8") as file:
        json.dump(kit.RESULTS, file)


main()
