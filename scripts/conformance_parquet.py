"""conformance_parquet.py OUTPUT_DIR: `parquet/data.parquet` holds the rows of `chat/data.jsonl`, for whoever reads it.

pyarrow reads texts, `datasets` objects; both have to be the rows of `chat`, byte for byte where a value is a text. Nothing is compared when the
output has no Parquet. No network.
"""
import json
import os
import sys
import tempfile

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_DATASETS_OFFLINE", "1")
os.environ.setdefault("HF_DATASETS_DISABLE_PROGRESS_BARS", "1")
import datasets
import pyarrow.parquet

OUT = sys.argv[1]
PATH = os.path.join(OUT, "parquet", "data.parquet")
CHAT = os.path.join(OUT, "chat", "data.jsonl")


def main():
    if not os.path.exists(PATH):
        return
    lines = [line for line in open(CHAT, encoding="utf-8").read().split("\n") if line]
    wanted = [json.loads(line) for line in lines]
    bad = []
    file = pyarrow.parquet.ParquetFile(PATH)
    texts = file.read().to_pylist()
    if len(texts) != len(wanted):
        bad.append(f"{len(texts)} rows, {len(wanted)} of chat")
    for line, row in zip(lines, texts):
        # The very bytes: a number that was written as 1.10 is still 1.10.
        again = '{"id":%s,"messages":[%s],"tools":%s}' % (json.dumps(row["id"], ensure_ascii=False), ",".join(row["messages"]), row["tools"])
        if again != line:
            bad.append(f"pyarrow: {row['id']} is another row")
    datasets.disable_progress_bars()
    with tempfile.TemporaryDirectory() as cache:
        loaded = datasets.load_dataset("parquet", data_files=PATH, split="train", cache_dir=cache)
        for row, one in zip(wanted, loaded):
            if one["id"] != row["id"] or one["messages"] != row["messages"] or json.loads(one["tools"]) != row["tools"]:
                bad.append(f"datasets: {row['id']} is another row")
    print(f"parquet: {len(texts)} rows in {file.num_row_groups} groups, {os.path.getsize(PATH)} bytes of {os.path.getsize(CHAT)}; {loaded.features}")
    for line in bad[:10]:
        print("  ", line)
    sys.exit(1 if bad else 0)


main()
