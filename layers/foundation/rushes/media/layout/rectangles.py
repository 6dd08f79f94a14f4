"""The rectangle of a moving picture within a picture: the four standing edges that best enclose what moves."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rushes.media.layout.life import Bounds, Life
from rushes.media.layout.lines import Box, Lines
from rushes.media.layout.movement import movement
from rushes.media.layout.traces import Trace

_LINES = 7
"""Candidates for each side."""
_LEAST_SCORE = 0.2
_LEAST_FREE = 0.02
"""Of the picture that must move when no edges enclose it."""
_TRIM = 0.12
"""Share of a side at each end that need not show: corners may be round."""


@dataclass(frozen=True)
class Found:
    box: Box | None
    """None when nothing moves."""
    score: float
    """Positive: edges that enclose; 0 for the whole picture."""
    support: float
    """0..1: how much of the sides within the picture shows as an edge; 0 when there are none."""


def camera_in(traces: Sequence[Trace], known: Sequence[Box] = ()) -> Found:
    """The best rectangle around what moves; the whole picture when no edges enclose it.

    `known` are rectangles to be weighed as well.
    """
    mass = mass_of(traces)
    if not mass.any():
        return Found(None, 0, 0)
    lines = Lines(traces)
    height, width = mass.shape
    boxes = np.concatenate([_candidates(mass, lines), np.array(known, int).reshape(-1, 4)])
    scores, supports = _judged(boxes, mass, lines, Life(traces))
    best = int(np.argmax(scores))
    if scores[best] < _LEAST_SCORE:
        if (mass > 0).mean() < _LEAST_FREE:
            return Found(None, 0, 0)
        return Found((0, 0, width, height), 0, 0)
    return Found(tuple(int(v) for v in boxes[best]), float(scores[best]), float(supports[best]))  # type: ignore[arg-type]


def mass_of(traces: Sequence[Trace]) -> np.ndarray:
    weights = np.array([trace.weight for trace in traces], np.float32)
    return np.tensordot(weights / weights.sum(), np.stack([movement(trace) for trace in traces]), 1)


def _candidates(mass: np.ndarray, lines: Lines) -> np.ndarray:
    height, width = mass.shape
    left, top, right, bottom = extent(mass)
    slack_x, slack_y = round(0.03 * width), round(0.03 * height)
    rows = (np.array(top), np.array(bottom))
    columns = (np.array(left), np.array(right))
    x = np.arange(width)
    y = np.arange(height)
    upright = lines.upright(x, *rows)
    level = lines.level(y, *columns)
    lefts = _best(upright, 3, left + slack_x, 0)
    rights = _best(upright, right - slack_x, width - 3, width)
    tops = _best(level, 3, top + slack_y, 0)
    bottoms = _best(level, bottom - slack_y, height - 3, height)
    boxes = np.stack(np.meshgrid(lefts, tops, rights, bottoms, indexing="ij"), -1).reshape(-1, 4)
    wide, tall = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    return boxes[(wide >= 0.06 * width) & (tall >= 0.08 * height)]


def judged(trace: Trace, box: Box) -> Found:
    """How well this rectangle encloses what moves."""
    score, support = _judged(np.array([box]), movement(trace), Lines([trace]), Life([trace]))
    return Found(box, float(score[0]), float(support[0]))


def extent(mass: np.ndarray, lost: float = 0.01) -> Box:
    """The box outside of which lies at most `lost` of the mass on each side."""
    spans = []
    for axis in (0, 1):
        share = mass.sum(axis=axis).cumsum()
        share = share / share[-1]
        spans.append((int(np.searchsorted(share, lost)), int(np.searchsorted(share, 1 - lost)) + 1))
    (left, right), (top, bottom) = spans
    return left, top, min(right, mass.shape[1]), min(bottom, mass.shape[0])


def _judged(boxes: np.ndarray, mass: np.ndarray, lines: Lines, life: Life) -> tuple[np.ndarray, np.ndarray]:
    """(scores, supports) of many boxes, one a row."""
    height, width = mass.shape
    left, top, right, bottom = bounds = tuple(boxes.T)
    trim_x, trim_y = (_TRIM * (right - left)).astype(int), (_TRIM * (bottom - top)).astype(int)
    sides = np.stack(
        [
            lines.upright(left, top + trim_y, bottom - trim_y),
            lines.upright(right, top + trim_y, bottom - trim_y),
            lines.level(top, left + trim_x, right - trim_x),
            lines.level(bottom, left + trim_x, right - trim_x),
        ]
    )
    inner = np.stack([left > 0, right < width, top > 0, bottom < height])
    alive = np.stack([life.across(bounds, side) for side in range(4)])
    worth = np.where(inner, (sides - 0.5) - 2 * np.maximum(0, 0.4 - sides) + 0.5 * alive, 0).sum(axis=0)
    worth -= 3 * np.maximum(0, life.changed(bounds) - 0.05)
    worth -= 0.6 * _running_on(bounds, lines, life)
    sums = np.pad(mass.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    inside = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    worth -= 6 * np.maximum(0, 0.97 - inside / max(sums[-1, -1], 1e-6))
    support = np.where(inner, sides, 0).sum(axis=0) / np.maximum(1, inner.sum(axis=0))
    return worth, support


def _running_on(bounds: Bounds, lines: Lines, life: Life) -> np.ndarray:
    """For how many sides the lines that meet it run on beyond it: a pane's sides end at its corners."""
    left, top, right, bottom = bounds
    wide, tall = (0.15 * (right - left)).astype(int), (0.15 * (bottom - top)).astype(int)
    far_left, far_right = np.maximum(0, left - wide), np.minimum(lines.width, right + wide)
    far_top, far_bottom = np.maximum(0, top - tall), np.minimum(lines.height, bottom + tall)

    def level(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        pair = lines.level(top, a, b), lines.level(bottom, a, b)
        return (
            _both(pair, (top > 0, bottom < lines.height))
            * (b - a > 2)
            * (0.3 + life.rough((a, top, b, bottom)))
        )

    def upright(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        pair = lines.upright(left, a, b), lines.upright(right, a, b)
        return (
            _both(pair, (left > 0, right < lines.width))
            * (b - a > 2)
            * (0.3 + life.rough((left, a, right, b)))
        )

    return (
        level(far_left, left) + level(right, far_right) + upright(far_top, top) + upright(bottom, far_bottom)
    )


def _both(shares: tuple[np.ndarray, np.ndarray], inner: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """The mean of the two shares; sides on the picture's border have none."""
    total = np.where(inner[0], shares[0], 0) + np.where(inner[1], shares[1], 0)
    return total / np.maximum(1, inner[0].astype(int) + inner[1])


def _best(support: np.ndarray, first: int, last: int, border: int) -> np.ndarray:
    """The strongest lines from `first` to `last`, no two of them neighbours, and the picture's border."""
    left = support.copy()
    left[: max(3, first)] = left[min(len(left) - 3, last) + 1 :] = 0
    found = [border]
    for _ in range(_LINES):
        best = int(np.argmax(left))
        if left[best] < 0.3:
            break
        found.append(best)
        left[max(0, best - 1) : best + 2] = 0
    return np.array(found)
