"""The rectangle of a moving picture within a picture: the four standing edges that best enclose what moves."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rushes.media.layout.movement import movement
from rushes.media.layout.traces import Trace

Box = tuple[int, int, int, int]
"""left, top, right, bottom in pixels of a sample; right and bottom are outside."""

_LINES = 10
"""Candidates for each side."""
_LEAST_SCORE = 0.2
_LEAST_FREE = 0.02
"""Of the picture that must move when no edges enclose it."""
_EDGE = 3.0
"""Steps of luma that make an edge."""
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


class Lines:
    """How much of any straight line shows as a standing edge: in all stretches a pane's do, a slide's in one."""

    def __init__(self, traces: Sequence[Trace]) -> None:
        self.height, self.width = traces[0].moving.shape
        weights = np.array([trace.weight for trace in traces], np.float32)
        upright, level = np.zeros((2, self.height, self.width), np.float32)
        for trace, weight in zip(traces, weights / weights.sum(), strict=True):
            upright += weight * _ridges(trace.across)
            level += weight * _ridges(trace.down.T).T
        self.life = Life(traces)
        self._upright = np.pad(upright.cumsum(0), ((1, 0), (0, 0)))
        self._level = np.pad(level.cumsum(1), ((0, 0), (1, 0)))

    def upright(self, x: np.ndarray, top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
        """Shares (0..1) of the vertical lines left of columns `x`, from rows `top` to `bottom`."""
        x = np.clip(x, 0, self.width - 1)
        return (self._upright[bottom, x] - self._upright[top, x]) / np.maximum(1, bottom - top)

    def near(self, box: Box) -> tuple[float, float, float, float]:
        """How much of the box's left, top, right and bottom side shows, the best of those within three pixels."""
        left, top, right, bottom = (np.array(side) for side in box)
        off = np.arange(-3, 4)
        return (
            float(self.upright(left + off, top, bottom).max()),
            float(self.level(top + off, left, right).max()),
            float(self.upright(right + off, top, bottom).max()),
            float(self.level(bottom + off, left, right).max()),
        )

    def level(self, y: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        y = np.clip(y, 0, self.height - 1)
        return (self._level[y, right] - self._level[y, left]) / np.maximum(1, right - left)


class Life:
    """How lively the bands on both sides of a line are: within a camera's picture even a wall is, by its noise."""

    def __init__(self, traces: Sequence[Trace]) -> None:
        moving = np.mean([np.minimum(trace.moving, 1.5) for trace in traces], axis=0)
        middles = [trace.middle for trace in traces]
        steps = [np.abs(a - b) > 10 for a, b in zip(middles, middles[1:], strict=False)]
        changed = np.mean(steps, axis=0) if steps else np.zeros_like(moving)
        self._usual = float(changed.mean())
        self._changes = np.pad(changed.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        rough = np.mean([np.minimum(trace.across + trace.down, 6) for trace in traces], axis=0)
        self._rough = np.pad(rough.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        self._quiet = float(np.percentile(moving, 20))
        self._sums = np.pad(moving.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        self._height, self._width = moving.shape

    def across(self, left: np.ndarray, top: np.ndarray, right: np.ndarray, bottom: np.ndarray, side: int) -> np.ndarray:
        """-1..1 for side 0 (left), 1 (right), 2 (top), 3 (bottom): falling outwards is good, equal life is bad."""
        near, far = 2, 8
        bands = {
            0: ((left + near, top, left + far, bottom), (left - far, top, left - near, bottom)),
            1: ((right - far, top, right - near, bottom), (right + near, top, right + far, bottom)),
            2: ((left, top + near, right, top + far), (left, top - far, right, top - near)),
            3: ((left, bottom - far, right, bottom - near), (left, bottom + near, right, bottom + far)),
        }[side]
        inside, outside = (self._mean(self._sums, *band) for band in bands)
        fall = (inside - outside) / (inside + outside + 0.1)
        lively = (outside - self._quiet) / (outside + self._quiet + 0.1)
        living = np.where(fall > 0.25, fall, np.minimum(fall - np.maximum(0, lively), 0) * (lively > 0.3))
        inside, outside = (self._mean(self._changes, *band) for band in bands)
        return living + outside - inside - self._missed(outside) * self.rough(*bands[1])

    def _missed(self, changed: np.ndarray) -> np.ndarray:
        """0..1: texture that stays when slides change all around is no slide's."""
        return np.clip(1 - changed / max(self._usual, 0.05), 0, 1) * min(1.0, self._usual / 0.3)

    def rough(self, left: np.ndarray, top: np.ndarray, right: np.ndarray, bottom: np.ndarray) -> np.ndarray:
        """0..1: 0 for a flat tone, 1 for texture."""
        return np.minimum(1, self._mean(self._rough, left, top, right, bottom))

    def _mean(self, s: np.ndarray, left: np.ndarray, top: np.ndarray, right: np.ndarray, bottom: np.ndarray) -> np.ndarray:
        left, right = np.clip(left, 0, self._width), np.clip(right, 0, self._width)
        top, bottom = np.clip(top, 0, self._height), np.clip(bottom, 0, self._height)
        total = s[bottom, right] - s[top, right] - s[bottom, left] + s[top, left]
        return total / np.maximum(1, (right - left) * (bottom - top))


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
    scores, supports = _judged(boxes, mass, lines)
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
    score, support = _judged(np.array([box]), movement(trace), Lines([trace]))
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


def _judged(boxes: np.ndarray, mass: np.ndarray, lines: Lines) -> tuple[np.ndarray, np.ndarray]:
    height, width = mass.shape
    left, top, right, bottom = boxes.T
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
    life = np.stack([lines.life.across(left, top, right, bottom, side) for side in range(4)])
    worth = np.where(inner, (sides - 0.5) - 2 * np.maximum(0, 0.4 - sides) + 0.5 * life, 0).sum(axis=0)
    worth -= 0.6 * _running_on(left, top, right, bottom, lines)
    sums = np.pad(mass.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    inside = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    worth -= 6 * np.maximum(0, 0.97 - inside / max(sums[-1, -1], 1e-6))
    support = np.where(inner, sides, 0).sum(axis=0) / np.maximum(1, inner.sum(axis=0))
    return worth, support


def _running_on(left: np.ndarray, top: np.ndarray, right: np.ndarray, bottom: np.ndarray, lines: Lines) -> np.ndarray:
    """For how many sides the lines that meet it run on beyond it: a pane's sides end at its corners."""
    height, width = lines.height, lines.width
    wide, tall = (0.15 * (right - left)).astype(int), (0.15 * (bottom - top)).astype(int)
    out = [np.maximum(0, left - wide), np.maximum(0, top - tall), np.minimum(width, right + wide), np.minimum(height, bottom + tall)]
    inner_top, inner_bottom, inner_left, inner_right = top > 0, bottom < height, left > 0, right < width

    def level(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        upper = np.where(inner_top, lines.level(top, a, b), 1)
        lower = np.where(inner_bottom, lines.level(bottom, a, b), 1)
        return np.where(inner_top | inner_bottom, np.minimum(upper, lower), 0) * (b - a > 2)

    def upright(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        first = np.where(inner_left, lines.upright(left, a, b), 1)
        last = np.where(inner_right, lines.upright(right, a, b), 1)
        return np.where(inner_left | inner_right, np.minimum(first, last), 0) * (b - a > 2)

    rough = lines.life.rough
    return (
        level(out[0], left) * (0.3 + rough(out[0], top, left, bottom))
        + level(right, out[2]) * (0.3 + rough(right, top, out[2], bottom))
        + upright(out[1], top) * (0.3 + rough(left, out[1], right, top))
        + upright(bottom, out[3]) * (0.3 + rough(left, bottom, right, out[3]))
    )


def _ridges(edges: np.ndarray) -> np.ndarray:
    """1 where a vertical edge stands out from what lies left and right of it, one pixel of jitter allowed."""
    padded = np.pad(edges, ((0, 0), (5, 5)), mode="edge")
    width = edges.shape[1]
    around = sum(padded[:, 5 + shift : 5 + shift + width] for shift in (-5, -4, -3, 3, 4, 5)) / 6
    ridge = (edges > _EDGE) & (edges > 1.5 * around)
    wide = np.pad(ridge, ((0, 0), (1, 1)))
    return (wide[:, :-2] | wide[:, 1:-1] | wide[:, 2:]).astype(np.float32)


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
