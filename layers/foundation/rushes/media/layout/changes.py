"""Moments at which something new stands in the picture and stays: another slide, one more bullet, another layout."""

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from rushes.media.layout.sampling import BLOCK, TICK, Samples

_NEIGHBOURS = 6
_LEAST_STEP = 5.0
"""Steps of luma by which a block must change."""
_LEAST_SHARE = 0.004
"""Of the picture's blocks. A pointer is smaller, a line of text larger."""

_CUT = 0.3
"""Of the picture's blocks: more than a person moves at once."""
_LONGEST = 4
"""Steps from sample to sample that a cross-dissolve takes."""
_LEAST_PART = 0.4
"""Of the strongest step, for another to be part of the same dissolve."""


@dataclass(frozen=True)
class Change:
    first: int
    """Number of the last sample before it."""
    last: int
    """Number of the first sample after it; a cross-dissolve takes several."""
    time: int
    """Milliseconds."""
    blocks: np.ndarray
    """bool, which blocks changed and stayed so, without those that move all the time before or after."""


def changes(samples: Samples) -> list[Change]:
    steps = _steps(samples.pictures)
    novel = _novel(steps)
    shares = novel.mean(axis=(1, 2))
    found = []
    for first, last in _runs(shares >= _LEAST_SHARE):
        if last - first > _LONGEST:  # a camera that pans, or a slide that changes while something else moves
            strongest = first + 1 + int(np.argmax(shares[first + 1 : last + 1]))
            if shares[strongest] < 3 * np.median(shares[first + 1 : last + 1]):
                continue
            first, last = strongest - 1, strongest
        if (change := _confirmed(samples, steps, first, last)) is not None:
            found.append(change)
    return found


def blocks_of(pictures: np.ndarray) -> np.ndarray:
    """Means over blocks: … × height × width to … × height/4 × width/4, float32."""
    *front, height, width = pictures.shape
    cut = pictures.reshape(*front, height // BLOCK, BLOCK, width // BLOCK, BLOCK)
    return cut.mean(axis=(-3, -1), dtype=np.float32)


def _steps(pictures: np.ndarray) -> np.ndarray:
    """How much each block changes from one sample to the next; the first is nothing."""
    steps = [np.zeros_like(blocks_of(pictures[0]))]
    for before, after in itertools.pairwise(pictures):
        steps.append(blocks_of(np.abs(after.astype(np.int16) - before)))
    return np.stack(steps)


def _novel(steps: np.ndarray) -> np.ndarray:
    """bool: blocks that change far more than they usually do at this time. A moving person's do not."""
    padded = np.pad(
        steps,
        ((_NEIGHBOURS, _NEIGHBOURS), (0, 0), (0, 0)),
        mode="reflect" if len(steps) > _NEIGHBOURS else "edge",
    )
    novel = np.empty(steps.shape, bool)
    for number, step in enumerate(steps):
        window = padded[number : number + 2 * _NEIGHBOURS + 1]
        usual = np.partition(window, 9, axis=0)[9]
        novel[number] = step > 2.5 * usual + _LEAST_STEP
    return novel


def _runs(flags: np.ndarray) -> list[tuple[int, int]]:
    """(number before, last number) of every run of true flags; in the first half second a recording only begins."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(start) - 1, int(end) - 1) for start, end in edges.reshape(-1, 2) if start > 1]


def _confirmed(samples: Samples, steps: np.ndarray, first: int, last: int) -> Change | None:
    """None when what changed did not stay, or is as small as a pointer."""
    before = np.median(samples.pictures[max(0, first - 2) : first + 1], axis=0)
    after = np.median(samples.pictures[last : last + 3], axis=0)
    blocks = blocks_of(np.abs(after - before)) > _LEAST_STEP
    blocks &= steps[first + 1 : last + 1].max(axis=0) > _LEAST_STEP
    if blocks.mean() < _CUT:  # where everything changes, what moved before or moves after does so too
        blocks &= ~_busy(steps[max(1, first - 7) : first]) & ~_busy(steps[last + 1 : last + 8])
    wide = sliding_window_view(blocks, 4, axis=1).all(axis=2)
    if blocks.mean() < _LEAST_SHARE or not wide.any():
        return None
    return Change(first, last, _moment(samples, first, last, blocks), blocks)


def _moment(samples: Samples, first: int, last: int, blocks: np.ndarray) -> int:
    """Milliseconds: the middle of what happened to these blocks between two samples, to half a TICK."""
    step = int(TICK * 1000)
    start, end = int(samples.times[first]) // step, int(samples.times[last]) // step
    shown = samples.coarse[start : end + 1, blocks].astype(np.float32)
    sums = np.abs(np.diff(shown, axis=0)).sum(axis=1)
    weights = np.where(sums >= _LEAST_PART * sums.max(), sums, 0) + 1e-6
    return int((weights * (np.arange(start, end) + 0.5)).sum() / weights.sum() * step)


def _busy(steps: np.ndarray) -> np.ndarray:
    """bool: blocks that change in nearly half of these steps, as a person's and a playing video's do."""
    if len(steps) < 3:
        return np.zeros(steps.shape[1:], bool)
    return (steps > 1.5).mean(axis=0) > 0.4
