"""Makes fixtures/score/golden.json: what reference implementations say of fixtures/score/lines.txt.

    pip install numpy scipy nltk vendi_score
    python3 scripts/score/golden.py > fixtures/score/golden.json

distinct-4: nltk.util.ngrams. RKE: vendi_score of order 2 on the kernel of tf-idf vectors (the frozen idf of assets/score/idf.tsv). Compression:
gzip of the standard library. Hill numbers: numpy. Intervals: the beta quantiles of scipy. W1: scipy.stats.wasserstein_distance.
"""
import collections
import gzip
import json
import math

import numpy as np
from nltk.util import ngrams
from scipy.stats import beta, wasserstein_distance
from vendi_score import vendi

lines = [line.split(" ") for line in open("fixtures/score/lines.txt", encoding="utf-8").read().splitlines() if line]

four = [gram for words in lines for gram in ngrams(words, 4)]
distinct_4 = len(set(four)) / len(four)

having = collections.Counter(gram for words in lines for gram in set(ngrams(words, 4)))
logs = [math.log(1 + sum(having[gram] - 1 for gram in set(ngrams(words, 4)))) for words in lines if len(words) >= 4]

table = [line.rstrip("\n") for line in open("assets/score/idf.tsv", encoding="utf-8") if not line.startswith("#")]
documents = int(table[0])
smooth = lambda df: math.log((1 + documents) / (1 + df)) + 1
idf = {word: smooth(int(count)) for word, count in (line.split("\t") for line in table[1:])}
of = lambda word: idf.get(word, smooth(0))
features = {}
rows = []
for words in lines:
    row = collections.Counter()
    for word in words:
        row[word] += of(word)
    for a, b in zip(words, words[1:]):
        row[f"{a} {b}"] += min(of(a) + of(b) - 1, smooth(0))
    rows.append(row)
    for feature in row:
        features.setdefault(feature, len(features))
matrix = np.zeros((len(lines), len(features)))
for at, row in enumerate(rows):
    for feature, weight in row.items():
        matrix[at, features[feature]] = weight
matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
kernel = matrix @ matrix.T

counts = np.array([7, 5, 5, 3, 1, 1, 1, 1, 12, 4])
p = counts / counts.sum()
bits = {"a": {8: 3, 12: 5, 40: 1}, "b": {9: 2, 16: 2, 33: 4}}
spread = lambda histogram: [value for value, times in histogram.items() for _ in range(times)]

text = "\n".join(" ".join(words) for words in lines).encode()
json.dump({
    "distinct_4": distinct_4,
    "self_repetition": float(np.mean(logs)),
    "vendi_2": float(vendi.score_K(kernel, q=2)),
    "gzip_ratio": len(text) / len(gzip.compress(text, 6, mtime=0)),
    "ead": len({word for words in lines for word in words}) / (30_000 * (1 - (29_999 / 30_000) ** sum(map(len, lines)))),
    "hill": {"counts": counts.tolist(), "q1": float(np.exp(-(p * np.log(p)).sum())), "q2": float(1 / (p**2).sum()), "unseen": float((counts == 1).sum() / counts.sum())},
    "clopper_pearson": [[k, n, float(beta.ppf(0.025, k, n - k + 1)), float(beta.ppf(0.975, k + 1, n - k))] for k, n in [(3, 40), (97, 100), (1, 7)]],
    "wasserstein": {**{name: {str(k): v for k, v in histogram.items()} for name, histogram in bits.items()}, "distance": float(wasserstein_distance(spread(bits["a"]), spread(bits["b"])))},
}, __import__("sys").stdout, indent=1)
print()
