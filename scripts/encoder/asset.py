"""The asset: a vocabulary and one row of 4-bit values with a scale for each word piece. Layout, all numbers little-endian:

    offset  size             what
    0       8                magic "WTENCODE"
    8       4    u32         version, 1
    12      4    u32         dims D, even
    16      4    u32         rows V
    20      4    u32         length L of the vocabulary block in bytes
    24      4    u32         row of the unknown piece
    28      4    u32         reserved, 0
    32      64   16 x f32    levels: the value that each 4-bit code stands for
    96      L                vocabulary, in order of UTF-8 bytes, front-coded: for each piece one byte with the number of bytes
                             shared with the piece before, one byte with the number of bytes that follow, and those bytes
    96+L    2 V  V x f16     scales
    ...     V D/2            codes, row by row; the low half of a byte is the even dimension

A text's vector is the sum over its word pieces of scale * levels[code], made unit length. The weight of a piece (how little a
frequent word counts) is in its scale already.
"""

import os
import struct
from pathlib import Path

import numpy as np

MAGIC, VERSION, UNKNOWN = b"WTENCODE", 1, "[UNK]"
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


def write(path: Path, pieces: list[str], scales: np.ndarray, codes: np.ndarray, levels: np.ndarray) -> int:
    vocabulary = front_code(pieces)
    header = MAGIC + struct.pack("<6I", VERSION, codes.shape[1], len(pieces), len(vocabulary), pieces.index(UNKNOWN), 0)
    packed = codes[:, 0::2] | (codes[:, 1::2] << 4)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.write_bytes(header + levels.astype("<f4").tobytes() + vocabulary + scales.astype("<f2").tobytes() + packed.tobytes())


class Student:
    """The reader of the asset: the reference that the Rust code is held against."""

    def __init__(self, path: Path):
        data = path.read_bytes()
        if data[:8] != MAGIC:
            raise SystemExit(f"{path} is not an encoder asset")
        version, dims, rows, length, self.unknown, _ = struct.unpack_from("<6I", data, 8)
        if version != VERSION:
            raise SystemExit(f"{path} has version {version}, this script reads {VERSION}")
        levels = np.frombuffer(data, "<f4", 16, 32)
        self.pieces = front_decode(data[96 : 96 + length], rows)
        scales = np.frombuffer(data, "<f2", rows, 96 + length).astype(np.float32)
        packed = np.frombuffer(data, np.uint8, rows * dims // 2, 96 + length + 2 * rows).reshape(rows, -1)
        codes = np.stack([packed & 15, packed >> 4], -1).reshape(rows, dims)
        self.table = levels[codes] * scales[:, None]
        self.tokenizer = word_pieces({p: i for i, p in enumerate(self.pieces)})

    def encode(self, texts: list[str]) -> np.ndarray:
        out = np.zeros((len(texts), self.table.shape[1]), np.float32)
        for row, encoding in zip(out, self.tokenizer.encode_batch(texts, add_special_tokens=False)):
            row[:] = self.table[encoding.ids[:MAX_PIECES]].sum(0)
        return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)


def word_pieces(vocabulary: dict[str, int]):
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    made = Tokenizer(models.WordPiece(vocabulary, unk_token=UNKNOWN, max_input_chars_per_word=100))
    made.normalizer = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=True, lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def kept_pieces(vocabulary: list[str]) -> list[str]:
    """Pieces of Latin script, digits and punctuation; in order of UTF-8 bytes."""
    import unicodedata

    def latin(piece: str) -> bool:
        return all(ord(c) < 128 or "LATIN" in unicodedata.name(c, "") for c in piece)

    special = {"[PAD]", "[CLS]", "[SEP]", "[MASK]"}
    kept = [p for p in vocabulary if p and p not in special and not p.startswith("[unused") and latin(p)]
    return sorted(kept, key=str.encode)
