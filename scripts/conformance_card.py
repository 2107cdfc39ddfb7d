"""conformance_card.py OUTPUT_DIR: `datasets.load_dataset` on an output folder loads every configuration that its card names.

Each configuration has to give as many rows as its files have lines, and the columns that the card says it has. No network.
"""
import glob
import os
import sys
import tempfile

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_DATASETS_OFFLINE", "1")
os.environ.setdefault("HF_DATASETS_DISABLE_PROGRESS_BARS", "1")
import datasets
import yaml

OUT = sys.argv[1]
BAD = []


def lines(pattern):
    return sum(1 for path in glob.glob(os.path.join(OUT, pattern)) for line in open(path, encoding="utf-8") if line.strip())


def main():
    datasets.disable_progress_bars()
    head = yaml.safe_load(open(os.path.join(OUT, "README.md"), encoding="utf-8").read().split("---\n")[1])
    described = {info["config_name"]: [feature["name"] for feature in info["features"]] for info in head.get("dataset_info", [])}
    for config in head["configs"]:
        name, files = config["config_name"], config["data_files"]
        try:
            with tempfile.TemporaryDirectory() as cache:
                loaded = datasets.load_dataset(OUT, name, split="train", cache_dir=cache)
                rows, columns = len(loaded), loaded.column_names
        except Exception as error:
            cause = error.__cause__ or error
            BAD.append(f"{name}: {type(cause).__name__}: {str(cause)[:200]}")
            continue
        if rows != lines(files):
            BAD.append(f"{name}: {rows} rows of {lines(files)}")
        if name in described and sorted(described[name]) != sorted(columns):
            BAD.append(f"{name}: columns {columns}, described {described[name]}")
        print(f"card: {name:20} {rows:6} rows, columns {', '.join(columns)}")
    for line in BAD:
        print("card:", line)
    sys.exit(1 if BAD or not head["configs"] else 0)


main()
