"""Makes assets/score/idf.tsv: in how many user turns of a default run each word stands.

    walktalk generate --size 4000 --seed 0 --out run
    python3 scripts/score/idf.py run/dialogues.jsonl > assets/score/idf.tsv

Words with digits, and words that stand with a capital inside of sentences more often than not, are values and are left out. The table is
frozen: change it and no RKE can be compared with one taken before. `<v>`, which stands for a value, is a word like others: it is counted where the
record says that a value was said.
"""
import collections
import json
import re
import sys

documents, having, capital, inside = 0, collections.Counter(), collections.Counter(), collections.Counter()
for line in open(sys.argv[1], encoding="utf-8"):
    turns = json.loads(line)["turns"]
    sources = [source for turn in turns for call in turn.get("calls", []) for source in call["provenance"].values()]
    said = {source["turn"] for source in sources if source["source"] == "user_turn"}
    for number, turn in enumerate(turns):
        if turn["role"] != "user":
            continue
        documents += 1
        having["<v>"] += number in said
        words = set()
        for match in re.finditer(r"[^\W_]+(?:['’][^\W_]+)*", turn["text"]):
            word = match.group()
            if any(c.isdigit() for c in word):
                continue
            low = word.lower()
            words.add(low)
            before = turn["text"][: match.start()].rstrip()
            if before and before[-1] not in ".!?:\"“":
                inside[low] += 1
                capital[low] += word[0].isupper()
        having.update(words)

print("# word, user turns that have it; scripts/score/idf.py")
print(documents)
kept = [(w, c) for w, c in having.items() if w == "<v>" or c >= 4 and (w in ("i", "i'd", "i'm", "i'll", "i've") or capital[w] * 2 <= inside[w]) and inside[w]]
for word, count in sorted(kept, key=lambda pair: (-pair[1], pair[0]))[:4000]:
    print(f"{word}\t{count}")
