"""conformance_recipes.py KIT OUTPUT_DIR: the configurations beside the rows go through the trainers' own definitions of them.

Axolotl: its pydantic schema, which refuses what it does not know. LLaMA-Factory: the dataclasses of its arguments. ms-swift and TRL need torch to
be imported, so that the names of the arguments are read from their source. mistral-finetune is no package: its file is held against the keys
that its README documents. Each trainer lives in an environment of its own; one run looks at those that are installed. No weights, no network.
"""
import ast
import dataclasses
import glob
import importlib.util
import os
import re
import sys

os.environ["DISABLE_VERSION_CHECK"] = "1"
sys.path.insert(0, sys.argv[1])
import light_stubs  # noqa: E402

OUT = sys.argv[2]
BAD, SEEN = [], []


def here(*parts):
    path = os.path.join(OUT, *parts)
    return path if os.path.exists(path) else None


def yaml_of(path):
    import yaml

    return yaml.safe_load(open(path, encoding="utf-8"))


def known(where, given, names):
    unknown = sorted(set(given) - set(names))
    SEEN.append(where)
    if unknown:
        BAD.append(f"{where}: the trainer has no {unknown}")


def fields_in_source(package, files, class_names):
    """Annotated names in the bodies of classes, and of the classes that they inherit from, in some files of a package."""
    root = os.path.dirname(importlib.util.find_spec(package).origin)
    bodies = {}
    for path in (path for pattern in files for path in glob.glob(os.path.join(root, pattern), recursive=True)):
        for node in ast.parse(open(path, encoding="utf-8").read()).body:
            if isinstance(node, ast.ClassDef):
                bodies.setdefault(node.name, node)
    out, todo, done = set(), list(class_names), set()
    while todo:
        name = todo.pop()
        if name in done or name not in bodies:
            continue
        done.add(name)
        todo += [base.id for base in bodies[name].bases if isinstance(base, ast.Name)]
        out |= {line.target.id for line in bodies[name].body if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)}
    return out


def training_arguments():
    """The arguments of transformers' own trainer."""
    return fields_in_source("transformers", ["training_args*.py"], ["TrainingArguments", "Seq2SeqTrainingArguments"])


def axolotl():
    path = here("axolotl", "train.yaml")
    if not path or not importlib.util.find_spec("axolotl"):
        return
    light_stubs.install()
    from axolotl.utils.schemas.config import AxolotlInputConfig

    given = yaml_of(path)
    known("axolotl/train.yaml", given, AxolotlInputConfig.model_fields)
    try:
        read = AxolotlInputConfig.model_validate(given)
    except Exception as error:
        BAD.append(f"axolotl/train.yaml: {error}")
        return
    data = read.datasets[0]
    if not here("axolotl", data.path) or data.message_field_training != "train":
        BAD.append("axolotl/train.yaml does not name the data beside it, or its mask")


def llamafactory():
    path = here("llamafactory", "train.yaml")
    if not path or not importlib.util.find_spec("llamafactory"):
        return
    names = fields_in_source("llamafactory", ["hparams/*.py"], ["DataArguments", "ModelArguments", "FinetuningArguments", "GeneratingArguments", "TrainingArguments"])
    given = yaml_of(path)
    known("llamafactory/train.yaml", given, names | training_arguments())
    light_stubs.install()
    from llamafactory.data.template import TEMPLATES
    from llamafactory.hparams.data_args import DataArguments

    own = {field.name for field in dataclasses.fields(DataArguments)}
    read = DataArguments(**{key: value for key, value in given.items() if key in own})
    info = yaml_of(here("llamafactory", "dataset_info.json"))
    if read.template not in TEMPLATES or any(name not in info for name in read.dataset):
        BAD.append("llamafactory/train.yaml names a template or a data set that is not there")


def swift():
    path = here("swift", "train.sh")
    if not path or not importlib.util.find_spec("swift"):
        return
    words = re.sub(r"\\\n", " ", "".join(line for line in open(path, encoding="utf-8") if not line.startswith("#"))).split()
    given = {words[at][2:]: words[at + 1] for at in range(len(words) - 1) if words[at].startswith("--")}
    if words[:2] != ["swift", "sft"] or not here("swift", given.get("dataset", "")):
        BAD.append("swift/train.sh is no call of `swift sft` with the data beside it")
    known("swift/train.sh", given, fields_in_source("swift", ["arguments/**/*.py", "trainers/arguments.py"], ["SftArguments"]) | training_arguments())
    if given["agent_template"] not in open(os.path.join(os.path.dirname(importlib.util.find_spec("swift").origin), "agent_template/mapping.py")).read():
        BAD.append("swift/train.sh: nobody knows that agent template")


def trl():
    path = here("chat", "train.py")
    if not path or not importlib.util.find_spec("trl"):
        return
    tree = ast.parse(open(path, encoding="utf-8").read())
    calls = {node.func.id: node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    config = [keyword.arg for keyword in calls["SFTConfig"].keywords]
    known("chat/train.py", config, fields_in_source("trl", ["trainer/*config.py"], ["SFTConfig"]) | training_arguments())
    trainer = importlib.util.find_spec("trl").origin.replace("__init__.py", "trainer/sft_trainer.py")
    init = next(
        function
        for node in ast.walk(ast.parse(open(trainer, encoding="utf-8").read()))
        if isinstance(node, ast.ClassDef) and node.name == "SFTTrainer"
        for function in node.body
        if isinstance(function, ast.FunctionDef) and function.name == "__init__"
    )
    known("chat/train.py: SFTTrainer", [keyword.arg for keyword in calls["SFTTrainer"].keywords], [one.arg for one in init.args.args])


def mistral():
    path = here("mistral", "train.yaml")
    if not path:
        return
    keys = "data model_id_or_path lora seq_len batch_size num_microbatches max_steps optim seed log_freq eval_freq no_eval ckpt_freq save_adapters run_dir"
    given = yaml_of(path)
    known("mistral/train.yaml", given, keys.split())
    if not here("mistral", given["data"]["instruct_data"]):
        BAD.append("mistral/train.yaml does not name the data beside it")


def main():
    for check in (axolotl, llamafactory, swift, trl, mistral):
        check()
    for where in SEEN:
        print(f"{where:40} read")
    for line in BAD:
        print("  ", line)
    sys.exit(1 if BAD else 0)


main()
