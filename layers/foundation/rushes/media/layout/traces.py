"""What a stretch of a lecture leaves behind: where it moves, and where edges stand still."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_MOST_PAIRS = 48
_MOST_FRAMES = 24
_CHANGED = 12.0
"""Steps of luma: more is another slide."""


@dataclass(frozen=True)
class Trace:
    """All maps are height × width, float32, in steps of luma; edges of chroma count where they are stronger."""

    moving: np.ndarray
    """How much a pixel moves most of the time, noise averaged away; 0 where the picture stands still."""
    across: np.ndarray
    """Standing vertical edges: between the pixel and the one to its left."""
    down: np.ndarray
    """Standing horizontal edges: between the pixel and the one above."""
    middle: np.ndarray
    """The median picture's luma."""
    weight: int
    """Samples it was made from."""


def trace(pictures: np.ndarray, colours: np.ndarray) -> Trace:
    """Of at least two samples (number × height × width, number × 2 × height × width) in which no slide changes."""
    middle = np.median(_spread(pictures, _MOST_FRAMES), axis=0).astype(np.float32)
    across, down = np.zeros_like(middle), np.zeros_like(middle)
    for plane in (middle, *np.median(_spread(colours, _MOST_FRAMES), axis=0).astype(np.float32)):
        across[:, 1:] = np.maximum(across[:, 1:], np.abs(np.diff(plane, axis=1)))
        down[1:] = np.maximum(down[1:], np.abs(np.diff(plane, axis=0)))
    return Trace(_movement(pictures), across, down, middle, len(pictures))


def changed(traces: Sequence[Trace]) -> np.ndarray:
    """bool, height × width: another picture in one stretch than in another, as where slides change."""
    return np.ptp(np.stack([trace.middle for trace in traces]), axis=0) > _CHANGED


def _movement(pictures: np.ndarray) -> np.ndarray:
    pairs = _spread(np.arange(1, len(pictures)), _MOST_PAIRS)
    steps = [np.abs(boxed(pictures[n].astype(np.float32) - pictures[n - 1])) for n in pairs]
    # In few pairs a pointer that goes by would count.
    return np.percentile(np.stack(steps), 70 if len(steps) >= 10 else 50, axis=0).astype(np.float32)


def boxed(picture: np.ndarray, reach: int = 1) -> np.ndarray:
    """Means over squares of 2·reach+1 pixels."""
    side = 2 * reach + 1
    padded = np.pad(picture, reach, mode="edge")
    sums = np.pad(padded.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    total = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    return (total / side**2).astype(np.float32)


def _spread(items: np.ndarray, most: int) -> np.ndarray:
    """At most so many of them, evenly."""
    if len(items) <= most:
        return items
    return items[np.linspace(0, len(items) - 1, most).round().astype(int)]
