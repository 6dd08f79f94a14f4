"""Where a topic ends and the next begins: depths of the similarity between what was said before and after.

TextTiling (Hearst 1997) over vectors instead of word counts, at three widths at once; which valleys become boundaries
is decided for all together, so that every segment's length is allowed wherever the sentences permit it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rushes.providers.topical.limits import LONGEST, SHORTEST
from rushes.providers.topical.sentences import Sentence

Floats = NDArray[np.floating]

_WIDTHS = (4, 7, 11)  # sentences before and after a gap that are compared
_THRESHOLD = 0.5  # standard deviations above the mean depth from which a valley divides topics
_STEP = 0.1  # by which it is raised while there are too many
_MISFIT = 1000.0  # what a length that is not allowed costs: more than any number of valleys gains


def segments(sentences: Sequence[Sentence], vectors: Floats, most: int) -> list[range]:
    """Indexes of the sentences of each segment, in order, without gaps; not more than `most` if lengths allow it.

    `vectors` has a row of length 1 (or 0) for each sentence.
    """
    if not sentences:
        return []
    weights = np.sqrt([1 + len(sentence.text.split()) for sentence in sentences])
    depth = _depths(vectors * weights[:, None])
    threshold = depth.mean() + _THRESHOLD * depth.std() if len(depth) else 0.0
    found = _divided(sentences, depth - threshold)
    while len(found) > most and threshold <= depth.max():
        threshold += _STEP
        found = _divided(sentences, depth - threshold)
    return found


def _depths(vectors: Floats) -> Floats:
    """Of each gap between two sentences: how far its similarity lies below the hills on both sides, at each width in
    units of the standard deviation there, and then the mean over the widths."""
    scores = []
    for width in _WIDTHS:
        depth = _valleys(_similarities(vectors, width))
        scores.append(depth / (depth.std() + 1e-9) if len(depth) else depth)
    return np.mean(scores, axis=0)


def _similarities(vectors: Floats, width: int) -> Floats:
    """Cosine of the sums of up to `width` sentences before and after each gap."""
    sums = np.vstack([np.zeros((1, vectors.shape[1])), np.cumsum(vectors, axis=0, dtype=np.float64)])
    count = len(vectors)
    gaps = np.arange(1, count)
    before = sums[gaps] - sums[np.maximum(gaps - width, 0)]
    after = sums[np.minimum(gaps + width, count)] - sums[gaps]
    lengths = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1)
    return (before * after).sum(axis=1) / np.maximum(lengths, 1e-9)


def _valleys(similarity: Floats) -> Floats:
    """How much higher the nearest hilltops are, left and right together."""
    tops = _hilltops(similarity) + _hilltops(similarity[::-1])[::-1]
    return tops - 2 * similarity


def _hilltops(heights: Floats) -> Floats:
    """For each place, the height one gets to by walking back uphill as long as it does not go down."""
    tops = heights.copy()
    for place in range(1, len(heights)):
        if heights[place - 1] >= heights[place]:
            tops[place] = tops[place - 1]
    return tops


def _divided(sentences: Sequence[Sentence], gain: Floats) -> list[range]:
    """The division with the greatest sum of gains of its gaps (gap k follows sentence k) and no misfit if possible."""
    count = len(sentences)
    best = [0.0] + [-np.inf] * count
    begins = [0] * (count + 1)
    for end in range(1, count + 1):
        for begin in range(end - 1, -1, -1):
            length = sentences[end - 1].end - sentences[begin].start
            value = best[begin] + (gain[begin - 1] if begin else 0.0) - _misfit(length)
            if value > best[end]:
                best[end], begins[end] = value, begin
            if length > LONGEST:
                break
    found: list[range] = []
    end = count
    while end:
        found.append(range(begins[end], end))
        end = begins[end]
    return found[::-1]


def _misfit(seconds: float) -> float:
    beyond = max(SHORTEST - seconds, seconds - LONGEST, 0.0)
    return _MISFIT * (1 + beyond) if beyond else 0.0
