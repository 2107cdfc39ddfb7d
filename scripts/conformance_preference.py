"""conformance_preference.py KIT OUTPUT_DIR: every preference row of an output folder goes through the code of the trainer that is installed.

With LLaMA-Factory: its parser, loader, converter and the processors of its `dpo` and `kto` stages. With TRL: the tokenising of its DPO and KTO
trainers. A row counts when it is not dropped, both answers are rendered whole and differ, and the context is the same for both. The two live in
environments of their own, so that one run looks at one of them. KIT is the folder of the conformance kit, for its byte tokenizer.
"""
import collections
import copy
import importlib.util
import json
import os
import sys
from types import SimpleNamespace

sys.path.insert(0, sys.argv[1])
import conformance as kit  # noqa: E402

OUT = sys.argv[2]
NO_PARALLEL = ("glm4", "gptoss")
SEEN, BAD = collections.Counter(), []


def rows_of(target, trainer):
    path = os.path.join(OUT, target, f"{trainer}.jsonl")
    return path, [json.loads(line) for line in open(path, encoding="utf-8")]


def note(consumer, row, why, calls=()):
    if why and len(calls) > 1 and any(name in consumer for name in NO_PARALLEL):
        why = ""
    SEEN[consumer.split("[")[0]] += 1
    if why:
        BAD.append(f"{consumer} {row['id']}: {why}")


def parallel_before(messages, key):
    """Calls of the most parallel turn of a context."""
    return max(([c for c in (m.get("tool_calls") or [])] if key == "trl" else lf_message_calls(m) for m in messages), key=len, default=[])


def lf_message_calls(message):
    if message["from"] != "function_call":
        return []
    value = json.loads(message["value"])
    return [(one["name"], one["arguments"]) for one in (value if isinstance(value, list) else [value])]


def answer_is_whole(calls, text, trained):
    if calls:
        return kit.lossless(calls, trained, whole=True)
    return "" if text.strip() in trained else "the answer's words are not rendered"


def llamafactory():
    import logging
    from llamafactory.data.converter import get_dataset_converter
    from llamafactory.data.parser import get_dataset_list
    from llamafactory.data.processor.feedback import FeedbackDatasetProcessor
    from llamafactory.data.processor.pairwise import PairwiseDatasetProcessor
    from llamafactory.data.template import TEMPLATES

    logging.getLogger("llamafactory").setLevel(logging.CRITICAL)
    arguments = SimpleNamespace(cutoff_len=10**9, train_on_prompt=False, mask_history=False)
    for target, processor in (("dpo", PairwiseDatasetProcessor), ("kto", FeedbackDatasetProcessor)):
        folder = os.path.join(OUT, target)
        if not os.path.isdir(folder):
            continue
        attr = get_dataset_list([f"walktalk_{target}"], folder)[0]
        path, raw = rows_of(target, "llamafactory")
        if os.path.join(folder, attr.dataset_name) != path or attr.ranking != (target == "dpo"):
            BAD.append(f"{target}: dataset_info.json names another file or stage")
        convert = get_dataset_converter(attr.formatting, attr, SimpleNamespace(media_dir=folder))
        standard = [convert(copy.deepcopy(row)) for row in kit.arrow_rows(path)]
        if len(standard) != len(raw):
            BAD.append(f"{target}: {len(raw)} rows, {len(standard)} loaded")
        for name in kit.LF_TEMPLATES:
            tokenizer = kit.byte_tokenizer()
            template = copy.deepcopy(TEMPLATES[name])
            template.fix_special_tokens(tokenizer)
            work = processor(template=template, tokenizer=tokenizer, processor=None, data_args=arguments)
            for row, one in zip(raw, standard):
                consumer = f"llamafactory-{target}[{name}]"
                context = row["conversations"] if target == "dpo" else row["conversations"][:-1]
                answers = [row["chosen"], row["rejected"]] if target == "dpo" else [row["conversations"][-1]]
                parallel = max([parallel_before(context, "lf")] + [lf_message_calls(answer) for answer in answers], key=len)
                try:
                    done = work.preprocess_dataset({key: [one[key]] for key in one})
                    note(consumer, row, lf_verdict(target, row, answers, done, tokenizer), parallel)
                except Exception as error:
                    note(consumer, row, f"{type(error).__name__}: {error}", parallel)


def lf_verdict(target, row, answers, done, tokenizer):
    keys = ("chosen", "rejected") if target == "dpo" else ("",)
    ids = [done.get(f"{key}_input_ids" if key else "input_ids") for key in keys]
    if not all(ids):
        return "dropped by the processor"
    labels = [done[f"{key}_labels" if key else "labels"][0] for key in keys]
    trained = [tokenizer.decode([token for token in one if token != -100]) for one in labels]
    for answer, text in zip(answers, trained):
        why = answer_is_whole(lf_message_calls(answer), answer["value"], text)
        if why:
            return why
    if target == "kto":
        return "" if done["kto_tags"][0] == row["kto_tag"] else "the tag is another one"
    contexts = [[token for token, label in zip(one[0], mask) if label == -100] for one, mask in zip(ids, labels)]
    if contexts[0] != contexts[1]:
        return "the contexts differ"
    return "both answers are the same" if trained[0] == trained[1] else ""


def trl():
    from trl.data_utils import _tokenize, is_conversational

    folder = os.path.join(os.path.dirname(importlib.util.find_spec("trl").origin), "chat_templates")
    for target in ("dpo", "kto"):
        if not os.path.isdir(os.path.join(OUT, target)):
            continue
        path, raw = rows_of(target, "trl")
        loaded = list(kit.arrow_rows(path))
        if len(loaded) != len(raw):
            BAD.append(f"{target}: {len(raw)} rows, {len(loaded)} loaded")
        for name in ("qwen2_5", "qwen3", "glm4moe", "gptoss"):
            template = open(os.path.join(folder, f"{name}.jinja"), encoding="utf-8").read()
            tokenizer = kit.byte_tokenizer()
            tokenizer.chat_template = template
            for row, one in zip(raw, loaded):
                consumer = f"trl-{target}[{name}]"
                keys = ("chosen", "rejected") if target == "dpo" else ("completion",)
                parallel = parallel_before(row["prompt"] + [message for key in keys for message in row[key]], "trl")
                try:
                    note(consumer, row, trl_verdict(target, row, one, keys, tokenizer, _tokenize, is_conversational), parallel)
                except Exception as error:
                    note(consumer, row, f"{type(error).__name__}: {error}", parallel)


def trl_verdict(target, row, loaded, keys, tokenizer, tokenize, is_conversational):
    if not is_conversational(loaded):
        return "not read as a conversation"
    if target == "kto" and loaded["label"] is not row["label"]:
        return "the label is another one"
    tools = json.loads(loaded["tools"])
    prompt = tokenize(tokenizer, loaded["prompt"], add_generation_prompt=True, tools=tools)["input_ids"]
    shown = tokenizer.decode(prompt)
    missing = [tool["function"]["name"] for tool in tools if tool["function"]["name"] not in shown]
    if missing:
        return f"tools not shown to the model: {missing}"
    trained = []
    for key in keys:
        whole = tokenize(tokenizer, loaded["prompt"] + loaded[key], tools=tools)["input_ids"]
        start = next((at for at, (a, b) in enumerate(zip(prompt, whole)) if a != b), min(len(prompt), len(whole)))
        trained.append(tokenizer.decode(whole[start:]))
        (message,) = row[key]
        calls = [(call["function"]["name"], call["function"]["arguments"]) for call in message.get("tool_calls", [])]
        why = answer_is_whole(calls, message["content"], trained[-1])
        if why:
            return f"{key}: {why}"
    return "both answers are the same" if len(set(trained)) < len(trained) else ""


def main():
    kit.light_stubs.install()
    ran = [check for check in (llamafactory, trl) if importlib.util.find_spec(check.__name__)]
    for check in ran:
        check()
    for consumer, count in sorted(SEEN.items()):
        print(f"{consumer:24} {count:8} checks")
    print(f"{len(BAD)} refusals")
    for line in BAD[:10]:
        print("  ", line[:300])
    sys.exit(1 if BAD or not SEEN else 0)


main()
