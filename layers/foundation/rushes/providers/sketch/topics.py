"""Topics by counting words: TextTiling over TF-IDF of stems. It sees repetition, not meaning."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rushes.providers.topical.answer import answered
from rushes.providers.topical.sentences import sentences_of
from rushes.providers.topical.words import stems


def topics_by_words(parameters: dict[str, Any]) -> dict[str, Any]:
    """The answer to a recipe for topics. Raises `BadRequest` for one without sentences."""
    sentences = sentences_of(parameters)
    return answered(sentences, _TfIdf([sentence.text for sentence in sentences]))


class _TfIdf:
    """Vectors over the stems of some texts, the rarer ones heavier."""

    def __init__(self, texts: Sequence[str]) -> None:
        spread = Counter(found for text in texts for found in set(stems(text)))
        self._column = {found: column for column, found in enumerate(sorted(spread))}
        self._weight = {found: math.log(1 + len(texts) / times) for found, times in spread.items()}

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), max(1, len(self._column))), np.float32)
        for row, text in enumerate(texts):
            for found, times in Counter(stems(text)).items():
                if found in self._column:
                    rows[row, self._column[found]] = (1 + math.log(times)) * self._weight[found]
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
