"""The asset: a vocabulary, one row of 4-bit values with a scale for each word piece, and a small correcting layer.

Layout, all numbers little-endian:

    offset  size             what
    0       8                magic "WTENCODE"
    8       4    u32         version, 2
    12      4    u32         dims D, even
    16      4    u32         rows V
    20      4    u32         length L of the vocabulary block in bytes
    24      4    u32         row of the unknown piece
    28      4    u32         hidden H, the width of the correcting layer
    32      64   16 x f32    levels: the value that each 4-bit code stands for
    96      L                vocabulary, in order of UTF-8 bytes, front-coded: for each piece one byte with the number of bytes
                             shared with the piece before, one byte with the number of bytes that follow, and those bytes
    96+L    2 V  V x f16     scales
    ...     V D/2            codes, row by row; the low half of a byte is the even dimension
    ...     2 H  H x f16     W1: scale of each of its H rows
    ...     H D  i8          W1: its values over their scale, row by row
    ...     4 H  H x f32     b1
    ...     2 D  D x f16     W2: scale of each of its D rows
    ...     D H  i8          W2: its values over their scale, row by row
    ...     4 D  D x f32     b2

The vector of a text: u = unit(sum over its word pieces of scale * levels[code]), v = unit(u + W2 relu(W1 u + b1) + b2). The
weight of a piece (how little a frequent word counts) is in its scale already. Without a known piece v is all zeros.
"""

import math
import os
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

MAGIC, VERSION, UNKNOWN = b"WTENCODE", 2, "[UNK]"
MAX_PIECES = 256


def front_code(pieces: list[str]) -> bytes:
    out, before = bytearray(), b""
    for piece in (p.encode() for p in pieces):
        shared = len(os.path.commonprefix([before, piece]))
        out += bytes([shared, len(piece) - shared]) + piece[shared:]
        before = piece
    return bytes(out)


def front_decode(block: bytes, rows: int) -> list[str]:
    pieces, before, at = [], b"", 0
    for _ in range(rows):
        shared, more = block[at], block[at + 1]
        before = before[:shared] + block[at + 2 : at + 2 + more]
        pieces.append(before.decode())
        at += 2 + more
    return pieces


def gaussian_levels(table: np.ndarray, rounds: int = 30) -> np.ndarray:
    """Sixteen levels for values of unit root mean square in each row, by Lloyd's algorithm on a sample of the table."""
    rms = np.sqrt((table * table).mean(1, keepdims=True))
    values = (table / np.maximum(rms, 1e-12))[rms[:, 0] > 0][::7].ravel()
    levels = np.quantile(values, (np.arange(16) + 0.5) / 16)
    for _ in range(rounds):
        codes = np.searchsorted((levels[1:] + levels[:-1]) / 2, values)
        sums, counts = np.bincount(codes, values, 16), np.bincount(codes, minlength=16)
        levels = np.where(counts > 0, sums / np.maximum(counts, 1), levels)
    return levels.astype(np.float32)


def quantise(table: np.ndarray, levels: np.ndarray, rounds: int = 6) -> tuple[np.ndarray, np.ndarray]:
    """Scales (f16) and codes of each row: codes for the scale, then the least-squares scale for the codes, in turn."""
    scales = np.sqrt((table * table).mean(1))
    middles = (levels[1:] + levels[:-1]) / 2
    for _ in range(rounds):
        codes = np.searchsorted(middles, table / np.maximum(scales, 1e-12)[:, None]).astype(np.uint8)
        said = levels[codes]
        scales = np.maximum((table * said).sum(1) / np.maximum((said * said).sum(1), 1e-12), 0)
        scales = scales.astype(np.float16).astype(np.float32)
    return scales.astype(np.float16), codes


@dataclass
class Layer:
    """The correcting layer, in single precision."""

    w1: np.ndarray
    b1: np.ndarray
    w2: np.ndarray
    b2: np.ndarray

    def apply(self, u: np.ndarray) -> np.ndarray:
        return u + np.maximum(u @ self.w1.T + self.b1, 0) @ self.w2.T + self.b2


def write(path: Path, pieces: list[str], scales: np.ndarray, codes: np.ndarray, levels: np.ndarray, layer: Layer) -> int:
    vocabulary = front_code(pieces)
    parts = [MAGIC, struct.pack("<6I", VERSION, codes.shape[1], len(pieces), len(vocabulary), pieces.index(UNKNOWN), len(layer.b1))]
    parts += [levels.astype("<f4"), vocabulary, scales.astype("<f2"), codes[:, 0::2] | (codes[:, 1::2] << 4)]
    for weights, bias in ((layer.w1, layer.b1), (layer.w2, layer.b2)):
        row_scales, bytes_ = quantise8(weights)
        parts += [row_scales.astype("<f2"), bytes_, bias.astype("<f4")]
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.write_bytes(b"".join(p if isinstance(p, bytes) else p.tobytes() for p in parts))


class Student:
    """The reader of the asset: the reference that the Rust code is held against."""

    def __init__(self, path: Path):
        data = path.read_bytes()
        if data[:8] != MAGIC:
            raise SystemExit(f"{path} is not an encoder asset")
        version, dims, rows, length, self.unknown, hidden = struct.unpack_from("<6I", data, 8)
        if version != VERSION:
            raise SystemExit(f"{path} has version {version}, this script reads {VERSION}")
        at = 32

        def take(kind, *shape):
            nonlocal at
            values = np.frombuffer(data, kind, math.prod(shape), at).reshape(shape)
            at += values.nbytes
            return values

        levels = take("<f4", 16)
        self.pieces = front_decode(bytes(take("u1", length)), rows)
        scales, packed = take("<f2", rows, 1).astype(np.float32), take("u1", rows, dims // 2)
        self.table = levels[np.stack([packed & 15, packed >> 4], -1).reshape(rows, dims)] * scales
        w1 = take("<f2", hidden, 1).astype(np.float32) * take("i1", hidden, dims)
        b1 = take("<f4", hidden)
        w2 = take("<f2", dims, 1).astype(np.float32) * take("i1", dims, hidden)
        self.layer = Layer(w1, b1, w2, take("<f4", dims))
        self.tokenizer = word_pieces({p: i for i, p in enumerate(self.pieces)})

    def encode(self, texts: list[str]) -> np.ndarray:
        out = np.zeros((len(texts), self.table.shape[1]), np.float32)
        for row, encoding in zip(out, self.tokenizer.encode_batch(texts, add_special_tokens=False)):
            row[:] = self.table[encoding.ids[:MAX_PIECES]].sum(0)
        known = out.any(1)
        out[known] = unit(self.layer.apply(unit(out[known])))
        return out


def unit(x: np.ndarray) -> np.ndarray:
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def word_pieces(vocabulary: dict[str, int]):
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    made = Tokenizer(models.WordPiece(vocabulary, unk_token=UNKNOWN, max_input_chars_per_word=100))
    made.normalizer = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=True, lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def kept_pieces(vocabulary: list[str]) -> list[str]:
    """Pieces of Latin script, digits and punctuation, without unused and special ones; in order of UTF-8 bytes."""
    import unicodedata

    special = {"[PAD]", "[CLS]", "[SEP]", "[MASK]"}

    def kept(piece: str) -> bool:
        latin = all(c < "\x80" or "LATIN" in unicodedata.name(c, "") for c in piece)
        return bool(piece) and piece not in special and not piece.startswith("[unused") and latin

    return sorted(filter(kept, vocabulary), key=str.encode)


def rounded4(table, levels):
    """The table as it reads back after four bits."""
    scales, codes = quantise(table, levels, rounds=2)
    return levels[codes] * scales.astype(np.float32)[:, None]


def rounded8(weights):
    scales, codes = quantise8(weights)
    return codes.astype(np.float32) * scales.astype(np.float32)[:, None]


def quantise8(weights):
    """Signed bytes and one f16 scale a row."""
    scales = (np.abs(weights).max(1, initial=0) / 127).astype(np.float16)
    codes = np.round(weights / np.maximum(scales.astype(np.float32), 1e-8)[:, None])
    return scales, np.clip(codes, -127, 127).astype(np.int8)
